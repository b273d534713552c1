#pragma once
/// The lexicon's phrases in a text.

#include <span>
#include <string_view>
#include <vector>

#include "lexicon/data.h"
#include "lexicon/lexicon.h"

namespace ceasewire {

/// Finds every lexicon phrase in `text`, whose tokens are `tokens`: leftmost-longest in each Layer,
/// on word boundaries, ignoring case and accents, but asking for capitals where an entry does.
///
/// Appends to `out` in order of first token, then layer. Linear in the tokens plus matches;
/// allocates only when `out` must grow. Safe from many threads.
void find_phrases(std::string_view text, std::span<const text::Token> tokens,
                  const Lexicon& lexicon, std::vector<PhraseMatch>& out);

/// Whether the text at `token` has the spelling that `entry` asks for (capitals).
[[nodiscard]] bool spelling_fits(std::string_view text, std::span<const text::Token> tokens,
                                 std::uint32_t token, const Entry& entry);

}  // namespace ceasewire
