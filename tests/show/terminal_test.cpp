#include "show/terminal.h"

#include <ostream>

#include <gtest/gtest.h>

namespace ceasewire::show {
namespace {

struct Case {
    const char* name;
    TerminalFacts facts;
    bool colour;
    std::size_t columns;
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

class TerminalStyleTest : public testing::TestWithParam<Case> {};

TEST_P(TerminalStyleTest, IsAsTheFactsAsk) {
    const TerminalStyle style = terminal_style(GetParam().facts);
    EXPECT_EQ(style.colour, GetParam().colour);
    EXPECT_EQ(style.columns, GetParam().columns);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, TerminalStyleTest,
    testing::Values(
        Case{"a_terminal", {true, 90, "xterm-256color", nullptr, nullptr}, true, 90},
        Case{"a_pipe", {false, 0, "xterm", nullptr, nullptr}, false, 80},
        Case{"a_pipe_with_columns", {false, 0, "xterm", nullptr, "60"}, false, 60},
        Case{"no_color", {true, 90, "xterm", "1", nullptr}, false, 90},
        Case{"empty_no_color_counts_as_unset", {true, 90, "xterm", "", nullptr}, true, 90},
        Case{"dumb", {true, 90, "dumb", nullptr, nullptr}, false, 90},
        Case{"no_term", {true, 90, nullptr, nullptr, nullptr}, false, 90},
        Case{"very_wide", {true, 240, "xterm", nullptr, nullptr}, true, 100},
        Case{"very_narrow", {true, 10, "xterm", nullptr, nullptr}, true, 40},
        Case{"columns_is_no_number", {false, 0, nullptr, nullptr, "wide"}, false, 80}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace ceasewire::show
