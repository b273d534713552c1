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

/// Whether an entry says that a text may be about war or diplomacy: a term, or a cue of conflict.
[[nodiscard]] bool tells_topic(const LexiconData& data, const Entry& entry);
/// Whether an entry is the name of an actor. Surnames and short names alone do not count: they are
/// words as well.
[[nodiscard]] bool names_actor(const Entry& entry);

/// False when no phrase that find_phrases() would find has an entry of either kind; much cheaper
/// where there is none. True may be wrong where a longer phrase covers it. Safe from many threads.
[[nodiscard]] bool any_telling_phrase(std::string_view text, std::span<const text::Token> tokens,
                                      const Lexicon& lexicon);

/// Whether the text at `token` has the spelling that `entry` asks for (capitals).
[[nodiscard]] bool spelling_fits(std::string_view text, std::span<const text::Token> tokens,
                                 std::uint32_t token, const Entry& entry);

}  // namespace ceasewire
