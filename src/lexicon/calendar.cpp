#include "lexicon/calendar.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace ceasewire {
namespace {

std::optional<unsigned> digits(std::string_view text) {
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return text.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

std::int32_t day_number(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    return static_cast<std::int32_t>(
        sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day))
            .time_since_epoch()
            .count());
}

std::optional<DayRange> parse_day_range(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    if (!y) return std::nullopt;
    const int year = static_cast<int>(*y);
    if (text.size() == 4) return DayRange{day_number(year, 1, 1), day_number(year, 12, 31)};
    const auto m = digits(text.substr(5, 2));
    if (text[4] != '-' || !m || *m < 1 || *m > 12) return std::nullopt;
    const auto last_of_month = static_cast<unsigned>(
        year_month_day_last(std::chrono::year(year) / std::chrono::month(*m) / last).day());
    if (text.size() == 7)
        return DayRange{day_number(year, *m, 1), day_number(year, *m, last_of_month)};
    const auto d = digits(text.substr(8, 2));
    if (text[7] != '-' || !d || *d < 1 || *d > last_of_month) return std::nullopt;
    const std::int32_t day = day_number(year, *m, *d);
    return DayRange{day, day};
}

std::string date_text(std::int32_t day) {
    using namespace std::chrono;
    const year_month_day date{sys_days(days(day))};
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return out.data();
}

}  // namespace ceasewire
