#pragma once
/// How the parts of people's names are ordered, and what transliterations of one name share.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "text/token.h"

namespace ceasewire {

/// "Kim Jong Un", "Chung Eui-yong": whether the family name of a person of `country` (ISO 3166
/// alpha-3, empty when unknown) stands first. `tokens` are those of `name`, at least one.
[[nodiscard]] bool family_name_first(std::string_view name, std::span<const text::Token> tokens,
                                     std::string_view country);

/// "Mohammed", without accents, hyphens, apostrophes and Arabic articles, in lower case and without
/// blanks, for two spellings of one name to be compared letter by letter.
[[nodiscard]] std::string bare_letters(std::string_view name);

/// Whether the first and last words of two names begin with the same letter, or with letters that
/// languages write for each other: "Qasim" and "Kassem", not "Acosta" and "Costa".
[[nodiscard]] bool begin_alike(std::string_view name, std::string_view other);

/// What most transliterations of a name of several words share: its consonants, those that
/// languages write differently as one, without blanks. "Muhammad Abd al-Salam" and "Mohammed
/// Abdulsalam" have the same. Names that are not one person's may share it too, so compare their
/// letters. 0 for names of one word and for those with fewer than three consonants.
[[nodiscard]] std::uint64_t name_skeleton(std::string_view name);

}  // namespace ceasewire
