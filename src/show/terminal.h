#pragma once
/// What the terminal at hand can do: how wide it is and whether it has colour.

#include <cstddef>
#include <string_view>

namespace ceasewire::show {

struct TerminalStyle {
    std::size_t columns = 80;
    bool colour = false;  ///< SGR escape sequences may be written
};

/// The style for writing to the open descriptor `fd`: plain where it is no terminal, TERM is "dumb"
/// or unset, or NO_COLOR is set and not empty (no-color.org). The width is the terminal's, else
/// COLUMNS, else 80, and never more than 100, where lines of prose stop being readable at a glance.
/// Reads the environment: not to be called while another thread changes it.
[[nodiscard]] TerminalStyle terminal_style(int fd);

/// The same from plain values, so that a test needs no terminal. Null views: the variable is unset.
struct TerminalFacts {
    bool is_terminal = false;
    std::size_t columns = 0;  ///< as the kernel says, 0: it does not know
    const char* term = nullptr;
    const char* no_color = nullptr;
    const char* columns_variable = nullptr;
};
[[nodiscard]] TerminalStyle terminal_style(const TerminalFacts& facts);

}  // namespace ceasewire::show
