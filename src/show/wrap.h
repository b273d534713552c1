#pragma once
/// Styled text that wraps: words of known width on lines of known width.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "show/terminal.h"

namespace ceasewire::show {

/// How a stretch of text looks where there is colour. The plain form of everything must say the
/// same without it.
enum class Ink : std::uint8_t { plain, bold, dim, underlined, green, red, yellow, blue };

/// Text with an ink for every byte. What is added is made fit for a terminal: each run of white
/// space becomes one space, and control characters, among them the escape that starts terminal
/// commands and the marks that turn the direction of writing, are dropped.
class StyledText {
public:
    StyledText& add(std::string_view text, Ink ink = Ink::plain);
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] Ink ink(std::size_t byte) const { return inks_[byte]; }

private:
    std::string text_;
    std::vector<Ink> inks_;
};

/// The columns that `text` (valid UTF-8) takes on a terminal: two for a wide character, none for a
/// combining mark. A sequence that draws one picture (an emoji with its modifiers) counts as that.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// Appends `text` to `out` as lines of at most `style.columns` columns, broken at spaces; a word
/// longer than a line is broken where it must. The first line starts with `first`, the others with
/// `rest`, which are written as they are and should be equally wide. Linear in the text.
void wrap(const StyledText& text, std::string_view first, std::string_view rest,
          const TerminalStyle& style, std::string& out);

/// The escape sequence that switches to `ink`; empty for plain.
[[nodiscard]] std::string_view sgr(Ink ink);

/// `text` in `ink`, or as it is where there is no colour.
[[nodiscard]] std::string inked(std::string_view text, Ink ink, const TerminalStyle& style);

}  // namespace ceasewire::show
