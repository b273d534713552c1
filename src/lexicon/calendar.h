#pragma once
/// Days of the Gregorian calendar as the lexicon's dates and the article's day use them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ceasewire {

/// Days from 1970-01-01 to the given day of the proleptic Gregorian calendar (days_from_civil of
/// std::chrono).
[[nodiscard]] std::int32_t day_number(int year, unsigned month, unsigned day);

/// First and last day of `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; nothing when it is none of these or no
/// such day exists.
struct DayRange {
    std::int32_t first = 0;
    std::int32_t last = 0;
};
[[nodiscard]] std::optional<DayRange> parse_day_range(std::string_view text);

/// `YYYY-MM-DD` of a day number.
[[nodiscard]] std::string date_text(std::int32_t day);

}  // namespace ceasewire
