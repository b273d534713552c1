#pragma once
/// The stem that the inflected forms of an English word share: "released", "releases", "releasing"
/// give "releas". Linear in the word; any thread.

#include <string>
#include <string_view>

namespace ceasewire::text {

/// Lower case of ASCII letters, irregular forms by a list ("broke" gives "break"), else the ending
/// stripped. A stem is a key, not a word: it need not be in any dictionary, and the same word has
/// always the same. Linear in the word.
[[nodiscard]] std::string stem(std::string_view word);

/// Lower case of ASCII letters; the rest as it is.
[[nodiscard]] std::string lower(std::string_view word);

}  // namespace ceasewire::text
