#pragma once
/// Sentences as news has them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/strong.h"
#include "text/span.h"
#include "text/token.h"

namespace ceasewire {

struct SentenceTag;
using SentenceIndex = Strong<SentenceTag, std::uint32_t>;

struct Sentence {
    Span span;                      ///< without blanks at either end
    std::uint32_t token_begin = 0;  ///< into the document's tokens
    std::uint32_t token_end = 0;
    std::uint32_t paragraph = 0;  ///< counts from 0 over the document
    bool title = false;
};

inline constexpr std::size_t kSentenceTokensMax = 250;  ///< of one Sentence
inline constexpr std::uint32_t kSentenceGapMax =
    1000;  ///< bytes between two tokens of one Sentence, and before and after them

namespace text {

/// Appends the sentences of `field` (a part of `text`) in order; together they hold every token of
/// the field, and each holds at least one.
///
/// A sentence ends at a full stop, question or exclamation mark or ellipsis (with closing quotes
/// and brackets) before a blank and no lower-case letter, at an empty line, and at a line end that
/// looks like one of a list or headline. Abbreviations, initials, titles, decimals and dotted
/// acronyms do not end one; a stop that lacks its blank ("stronghold.The") does. Linear.
///
/// A sentence of more than kSentenceTokensMax tokens is divided, at a comma or semicolon where
/// there is one in its second half, and so is one with a desert of marks and blanks: what comes
/// after may take each sentence's square in time.
void split_sentences(std::string_view text, Span field, std::span<const Token> tokens,
                     std::vector<Sentence>& out);

}  // namespace text
}  // namespace ceasewire
