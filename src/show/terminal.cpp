#include "show/terminal.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace ceasewire::show {
namespace {

constexpr std::size_t kColumnsDefault = 80;
constexpr std::size_t kColumnsMin = 40;
constexpr std::size_t kColumnsMax = 100;

bool is_set(const char* variable) { return variable != nullptr && *variable != '\0'; }

}  // namespace

TerminalStyle terminal_style(const TerminalFacts& facts) {
    TerminalStyle style;
    std::size_t columns = facts.columns;
    if (columns == 0 && is_set(facts.columns_variable)) {
        const std::string_view text = facts.columns_variable;
        std::from_chars(text.data(), text.data() + text.size(), columns);
    }
    style.columns = std::clamp(columns == 0 ? kColumnsDefault : columns, kColumnsMin, kColumnsMax);
    style.colour = facts.is_terminal && is_set(facts.term) &&
                   std::string_view(facts.term) != "dumb" && !is_set(facts.no_color);
    return style;
}

TerminalStyle terminal_style(int fd) {
    TerminalFacts facts;
    facts.is_terminal = isatty(fd) == 1;
    winsize size{};
    if (facts.is_terminal && ioctl(fd, TIOCGWINSZ, &size) == 0) facts.columns = size.ws_col;
    facts.term = std::getenv("TERM");
    facts.no_color = std::getenv("NO_COLOR");
    facts.columns_variable = std::getenv("COLUMNS");
    return terminal_style(facts);
}

}  // namespace ceasewire::show
