#pragma once
/// Text with marks that is both what a test puts in and what it expects:
///
///     [actor:egypt|Cairo] said the truce was [claim:holding|holding]
///
/// strip() takes the marks out, the test analyses what is left, render() puts the marks of what was
/// found back in, and the two are compared. Marks may stand inside each other. The text itself has
/// no '[', '|' or ']'.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"

namespace ceasewire::test {

struct Mark {
    std::string label;  ///< "actor:egypt"
    Span span;          ///< of the text without marks
};

[[nodiscard]] std::string strip(std::string_view marked);

/// `text` with the marks in it. Of marks that begin at one place the longer is outside. Marks that
/// cross give a text that says so.
[[nodiscard]] std::string render(std::string_view text, std::vector<Mark> marks);

/// One text analysed with the shipped lexicon and its models, as an article of that day without a
/// title.
struct Analyzed {
    Document document;
    Analysis analysis;
    std::uint32_t added = 0;  ///< bytes behind the text
};
struct Wish {
    std::string_view day = "2024-06-11";
    std::string_view title = "";
    bool claims = true;
    bool war = true;
};
/// A sentence of war follows the text, in a paragraph of its own, so that the article is on topic,
/// unless the wish is not to have it; the functions below do not show it.
void analyze(std::string_view text, const Wish& wish, Analyzed& out);

/// Each mention as `[actor:ID|…]`; an unnamed group has the label `group`, one that the lexicon
/// lacks an id that begins with `x-`.
[[nodiscard]] std::vector<Mark> actor_marks(const Analyzed& analyzed);

/// Each claim as `[SOURCE|…]` over its sentence, with what hands it on behind: `[SOURCE via
/// OUTLET|…]`; `[author|…]` is the article's own voice.
[[nodiscard]] std::vector<Mark> teller_marks(const Analyzed& analyzed);

/// Each sentence as `[s|…]`.
[[nodiscard]] std::vector<Mark> sentence_marks(const Analyzed& analyzed);

/// The body's text without the sentence of war.
[[nodiscard]] std::string shown(const Analyzed& analyzed);

}  // namespace ceasewire::test
