#pragma once
/// Who tells what a sentence says, and through whom. Internal to the analysis room.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/features.h"
#include "analysis/view.h"

namespace ceasewire::analysis {

/// A reference to an actor in the text: a mention, or a pronoun or description that was resolved to
/// one.
struct Reference {
    std::uint32_t actor = 0;
    std::uint32_t begin = 0;  ///< tokens
    std::uint32_t end = 0;
    Form form = Form::name;
    bool is_new = false;  ///< not yet among the mentions
};

[[nodiscard]] inline Reference reference_to(const Mention& mention) {
    return {mention.actor, mention.token_begin, mention.token_end, mention.form, false};
}

struct Attribution {
    std::vector<Reference>
        chain;  ///< from the outermost teller to the source itself; empty: the article's own voice
    std::optional<Span> cue;          ///< of the innermost link
    std::string_view report_value;    ///< kind of that cue
    std::uint32_t content_begin = 0;  ///< tokens of what is told
    std::uint32_t content_end = 0;
    bool carried = false;  ///< taken over from an earlier sentence
};

/// Whose words a sentence is where quotation marks or layout tell it.
struct Speaker {
    Reference who;
    std::string_view how;  ///< static: label turn opens closes goes_on frame
};

/// What earlier sentences leave for later ones: who spoke last, and through whom.
struct Discourse {
    std::optional<Attribution> last;  ///< last attribution with a source
    std::uint32_t last_paragraph = 0;
    std::size_t last_sentence = 0;
    std::optional<Reference> earlier;  ///< the last source that was another one
    std::optional<std::uint32_t>
        author;                      ///< who speaks in the first person: "Statement by President X"
    std::optional<Speaker> speaker;  ///< of the sentence in hand
};

/// Who speaks in the first person outside quotations: the person or body that the title of a
/// statement or speech names.
[[nodiscard]] std::optional<std::uint32_t> first_person(const View& view, const Analysis& analysis);

/// Reads the attribution of sentence `s`.
[[nodiscard]] Attribution read_attribution(const View& view, const Analysis& analysis,
                                           const std::vector<SentenceFacts>& facts, std::size_t s,
                                           const Discourse& discourse);

/// What a pronoun at token t of sentence s refers to, or nothing.
[[nodiscard]] std::optional<std::uint32_t> resolve_pronoun(const View& view,
                                                           const Analysis& analysis,
                                                           const std::vector<SentenceFacts>& facts,
                                                           std::size_t s, std::uint32_t t,
                                                           const Discourse& discourse);

/// The actor of a description that ends before token `head_end` ("the group", "the ministry"), or
/// nothing.
[[nodiscard]] std::optional<Reference> resolve_nominal(const View& view, const Analysis& analysis,
                                                       const std::vector<SentenceFacts>& facts,
                                                       std::size_t s, std::uint32_t head_end);

/// Whose words the noun that ends before token `head_end` is ("the statement", "the letter"), or
/// nothing.
[[nodiscard]] std::optional<Reference> issuer_of(const View& view, const Analysis& analysis,
                                                 const std::vector<SentenceFacts>& facts,
                                                 std::size_t s, std::uint32_t head_end,
                                                 const Discourse& discourse);

/// The subject of the verb at [begin, end): the reference before it in its clause, or nothing.
/// `from` bounds the search to the left.
[[nodiscard]] std::optional<Reference> subject_of(const View& view, const Analysis& analysis,
                                                  const std::vector<SentenceFacts>& facts,
                                                  std::size_t s, std::uint32_t verb,
                                                  std::uint32_t from, const Discourse& discourse);

/// The reference right after token `after`, or nothing.
[[nodiscard]] std::optional<Reference> object_at(const View& view, const Analysis& analysis,
                                                 const std::vector<SentenceFacts>& facts,
                                                 std::size_t s, std::uint32_t after,
                                                 std::uint32_t until);

}  // namespace ceasewire::analysis
