#pragma once
/// UTF-8 by code points, and what a code point is to us: part of a word or not, and its folded
/// form.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ceasewire::text {

/// The code point that begins at `text[at]` and its length in bytes. `text` must be valid UTF-8 and
/// `at` on a border.
struct CodePoint {
    char32_t value = 0;
    std::uint32_t size = 1;
};
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);

/// The code point that ends just before `text[at]`; `at` is on a border and not 0.
[[nodiscard]] CodePoint code_point_before(std::string_view text, std::size_t at);

/// Code points in `text` (valid UTF-8). Linear, several bytes a cycle.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// Letters, marks and digits of every script, and the invisible characters that may stand inside a
/// word.
[[nodiscard]] bool is_word(char32_t code_point);

/// Invisible inside a word: soft hyphen, zero-width characters, combining marks. Folding drops
/// them.
[[nodiscard]] bool is_ignorable(char32_t code_point);

[[nodiscard]] bool is_upper(char32_t code_point);
[[nodiscard]] bool is_lower(char32_t code_point);

/// Appends the folded form of a word: lower case, without diacritics (NFKD with marks dropped, case
/// folded), invisible characters dropped; letters without a decomposition get the usual Latin
/// spelling (ø o, ł l, đ d, ı i, ß ss, æ ae). Tables from utf8proc (Unicode 15).
void append_folded(std::string_view word, std::string& out);

}  // namespace ceasewire::text
