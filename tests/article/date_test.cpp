#include "article/date.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace ceasewire {
namespace {

struct Case {
    const char* name;
    const char* text;
    const char* expected;  ///< empty: unreadable
};

constexpr Case kCases[] = {
    {"rfc3339_utc", "2024-06-11T08:00:00Z", "2024-06-11T08:00:00Z"},
    {"rfc3339_lower_case", "2024-06-11t08:00:00z", "2024-06-11T08:00:00Z"},
    {"rfc3339_offset_east", "2024-06-11T08:00:00+03:00", "2024-06-11T05:00:00Z"},
    {"rfc3339_offset_west", "2024-06-11T22:30:00-04:00", "2024-06-12T02:30:00Z"},
    {"rfc3339_offset_half_hour", "2024-06-11T00:15:00+05:30", "2024-06-10T18:45:00Z"},
    {"rfc3339_unknown_offset", "2024-06-11T08:00:00-00:00", "2024-06-11T08:00:00Z"},
    {"fraction", "2024-06-11T08:00:00.123456789Z", "2024-06-11T08:00:00Z"},
    {"fraction_comma", "2024-06-11T08:00:00,5+00:00", "2024-06-11T08:00:00Z"},
    {"minutes_only", "2024-06-11T08:00Z", "2024-06-11T08:00:00Z"},
    {"offset_without_colon", "2024-06-11T08:00:00+0300", "2024-06-11T05:00:00Z"},
    {"offset_hours_only", "2024-06-11T08:00:00+03", "2024-06-11T05:00:00Z"},
    {"leap_second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
    {"end_of_day_24", "2024-06-11T24:00:00Z", "2024-06-12T00:00:00Z"},
    {"date_only", "2024-06-11", "2024-06-11T00:00:00Z"},
    {"leap_day", "2024-02-29", "2024-02-29T00:00:00Z"},
    {"basic_gdelt", "20240611T080000Z", "2024-06-11T08:00:00Z"},
    {"basic_date", "20240611", "2024-06-11T00:00:00Z"},
    {"news_please", "2024-06-11 08:00:00", "2024-06-11T08:00:00Z"},
    {"blank_and_zone", "2024-06-11 08:00:00 UTC", "2024-06-11T08:00:00Z"},
    {"blank_and_offset", "2024-06-11 08:00:00 +0200", "2024-06-11T06:00:00Z"},
    {"blanks_around", "  2024-06-11T08:00:00Z ", "2024-06-11T08:00:00Z"},
    {"rfc822", "Tue, 11 Jun 2024 08:00:00 +0200", "2024-06-11T06:00:00Z"},
    {"rfc822_gmt", "Tue, 11 Jun 2024 08:00:00 GMT", "2024-06-11T08:00:00Z"},
    {"rfc822_est", "Tue, 11 Jun 2024 08:00:00 EST", "2024-06-11T13:00:00Z"},
    {"rfc822_no_weekday", "11 Jun 2024 08:00 UT", "2024-06-11T08:00:00Z"},
    {"rfc822_one_digit_day", "Sat, 1 Jun 2024 08:00:00 GMT", "2024-06-01T08:00:00Z"},
    {"rfc822_short_year", "11 Jun 24 08:00:00 GMT", "2024-06-11T08:00:00Z"},
    {"rfc822_short_year_of_last_century", "11 Jun 94 08:00:00 GMT", "1994-06-11T08:00:00Z"},
    {"rfc822_long_month", "11 June 2024 08:00:00 GMT", "2024-06-11T08:00:00Z"},
    {"before_1970", "1948-05-15T00:00:01Z", "1948-05-15T00:00:01Z"},
    {"year_0001", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
    {"year_9999", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},

    {"empty", "", ""},
    {"blanks", "   ", ""},
    {"words", "yesterday", ""},
    {"a_year", "2024", ""},
    {"no_such_month", "2024-13-01", ""},
    {"month_zero", "2024-00-10", ""},
    {"no_such_day", "2024-02-30", ""},
    {"day_zero", "2024-02-00", ""},
    {"no_leap_day", "2023-02-29T00:00:00Z", ""},
    {"hour_25", "2024-06-11T25:00:00Z", ""},
    {"hour_24_and_a_second", "2024-06-11T24:00:01Z", ""},
    {"minute_60", "2024-06-11T08:60:00Z", ""},
    {"second_61", "2024-06-11T08:00:61Z", ""},
    {"offset_too_large", "2024-06-11T08:00:00+24:00", ""},
    {"offset_cut", "2024-06-11T08:00:00+0", ""},
    {"zone_unknown", "2024-06-11T08:00:00 MSK", ""},
    {"trailing_garbage", "2024-06-11T08:00:00Zx", ""},
    {"american_slashes", "06/11/2024", ""},
    {"negative_year", "-2024-06-11", ""},
    {"month_unknown", "11 Jux 2024 08:00:00 GMT", ""},
    {"fraction_without_digits", "2024-06-11T08:00:00.Z", ""},
    {"half_a_second_field", "2024-06-11T08:00:0Z", ""},
    {"dashes_mixed", "2024-0611", ""},
    {"nul_inside", "2024-06-11\x01", ""},
};

class DateTest : public testing::TestWithParam<Case> {};

TEST_P(DateTest, Reads) {
    const auto seconds = parse_time(GetParam().text);
    std::string got;
    if (seconds) {
        std::array<char, 20> buffer{};
        ASSERT_TRUE(write_time(*seconds, buffer.data()));
        got.assign(buffer.data(), buffer.size());
    }
    EXPECT_EQ(got, GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Dates, DateTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(WriteTime, RefusesYearsThatFourDigitsDoNotHold) {
    std::array<char, 20> buffer{};
    EXPECT_FALSE(write_time(253'402'300'800, buffer.data()));  // 10000-01-01
    EXPECT_FALSE(write_time(-62'167'219'201, buffer.data()));  // the last second of the year -1
    EXPECT_TRUE(write_time(-62'167'219'200, buffer.data()));   // 0000-01-01
    EXPECT_EQ(std::string(buffer.data(), 20), "0000-01-01T00:00:00Z");
}

TEST(WriteTime, UndoesParseTimeOnEveryDay) {
    for (std::int64_t day = -719'528; day < 2'932'896; day += 97) {
        std::array<char, 20> buffer{};
        const std::int64_t seconds = day * 86'400 + (day % 86'400 + 86'400) % 86'400;
        ASSERT_TRUE(write_time(seconds, buffer.data()));
        ASSERT_EQ(parse_time({buffer.data(), 20}), seconds);
    }
}

}  // namespace
}  // namespace ceasewire
