#include "lexicon/calendar.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace ceasewire {
namespace {

TEST(DayNumber, CountsFrom1970) {
    EXPECT_EQ(day_number(1970, 1, 1), 0);
    EXPECT_EQ(day_number(1969, 12, 31), -1);
    EXPECT_EQ(day_number(2000, 3, 1), 11'017);
    EXPECT_EQ(day_number(2024, 6, 11), 19'885);
    EXPECT_EQ(day_number(1600, 2, 29), -135'081);
}

struct Case {
    const char* name;
    const char* text;
    bool known;
    std::int32_t first;
    std::int32_t last;
};

const Case kCases[] = {
    {"day", "2024-06-11", true, day_number(2024, 6, 11), day_number(2024, 6, 11)},
    {"leap_day", "2024-02-29", true, day_number(2024, 2, 29), day_number(2024, 2, 29)},
    {"month", "2024-06", true, day_number(2024, 6, 1), day_number(2024, 6, 30)},
    {"february_of_a_leap_year", "2024-02", true, day_number(2024, 2, 1), day_number(2024, 2, 29)},
    {"february_of_a_century", "1900-02", true, day_number(1900, 2, 1), day_number(1900, 2, 28)},
    {"year", "2024", true, day_number(2024, 1, 1), day_number(2024, 12, 31)},
    {"december", "1999-12", true, day_number(1999, 12, 1), day_number(1999, 12, 31)},
    {"empty", "", false, 0, 0},
    {"no_such_day", "2023-02-29", false, 0, 0},
    {"day_31_of_june", "2024-06-31", false, 0, 0},
    {"day_zero", "2024-06-00", false, 0, 0},
    {"month_zero", "2024-00", false, 0, 0},
    {"month_13", "2024-13", false, 0, 0},
    {"one_digit_month", "2024-6", false, 0, 0},
    {"one_digit_day", "2024-06-1", false, 0, 0},
    {"slashes", "2024/06/11", false, 0, 0},
    {"slash_in_month", "2024/06", false, 0, 0},
    {"letters", "20x4", false, 0, 0},
    {"time_behind", "2024-06-11T08:00", false, 0, 0},
    {"blank_in_front", " 2024", false, 0, 0},
    {"minus", "-024", false, 0, 0},
};

class DayRangeTest : public testing::TestWithParam<Case> {};
TEST_P(DayRangeTest, Reads) {
    const auto range = parse_day_range(GetParam().text);
    ASSERT_EQ(range.has_value(), GetParam().known);
    if (!range) return;
    EXPECT_EQ(range->first, GetParam().first);
    EXPECT_EQ(range->last, GetParam().last);
}
INSTANTIATE_TEST_SUITE_P(Dates, DayRangeTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ceasewire
