#include "analysis/times.h"

#include <array>
#include <chrono>
#include <cstdlib>

namespace ceasewire::analysis {
namespace {

constexpr std::array<std::string_view, 21> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

std::optional<double> number_at(const View& view, std::uint32_t t, std::uint32_t end,
                                std::uint32_t& next) {
    next = t + 1;
    if (view.number(t)) {
        std::string digits(view.word(t));
        while (next < end && view.gap_before(next) == "," && view.number(next) &&
               view.word(next).size() == 3)
            digits += view.word(next++);
        if (next < end && view.gap_before(next) == "." && view.number(next))
            digits += "." + std::string(view.word(next++));
        for (const char c : digits) {
            if ((c < '0' || c > '9') && c != '.') return std::nullopt;
        }
        double value = std::strtod(digits.c_str(), nullptr);
        if (next < end && view.is_any(next, "million", "thousand", "billion"))
            value *= view.is(next, "thousand") ? 1e3 : view.is(next, "million") ? 1e6 : 1e9, ++next;
        constexpr double kMost = 9007199254740992;  // 2^53: what all readers of JSON read alike
        if (value >= kMost) return std::nullopt;
        return value;
    }
    for (std::size_t i = 1; i < kSmall.size(); ++i) {
        if (view.is(t, kSmall[i])) return static_cast<double>(i);
    }
    constexpr std::array<std::string_view, 8> kTens = {"twenty", "thirty",  "forty",  "fifty",
                                                       "sixty",  "seventy", "eighty", "ninety"};
    for (std::size_t i = 0; i < kTens.size(); ++i) {
        if (view.is(t, kTens[i])) return static_cast<double>(20 + 10 * i);
    }
    return std::nullopt;
}

/// What numbers count in our claims; the unit is the singular.
std::string_view unit_of(const View& view, std::uint32_t t) {
    struct Unit {
        std::string_view word;
        std::string_view unit;
    };
    constexpr std::array<Unit, 47> kUnits = {{{"day", "day"},
                                              {"days", "day"},
                                              {"week", "week"},
                                              {"weeks", "week"},
                                              {"month", "month"},
                                              {"months", "month"},
                                              {"hour", "hour"},
                                              {"hours", "hour"},
                                              {"year", "year"},
                                              {"years", "year"},
                                              {"minute", "minute"},
                                              {"minutes", "minute"},
                                              {"phase", "phase"},
                                              {"phases", "phase"},
                                              {"stage", "phase"},
                                              {"stages", "phase"},
                                              {"hostage", "hostage"},
                                              {"hostages", "hostage"},
                                              {"captives", "hostage"},
                                              {"prisoner", "prisoner"},
                                              {"prisoners", "prisoner"},
                                              {"detainees", "prisoner"},
                                              {"bodies", "body"},
                                              {"body", "body"},
                                              {"soldiers", "soldier"},
                                              {"troops", "soldier"},
                                              {"trucks", "truck"},
                                              {"truck", "truck"},
                                              {"point", "point"},
                                              {"points", "point"},
                                              {"people", "person"},
                                              {"civilians", "person"},
                                              {"rockets", "rocket"},
                                              {"violations", "violation"},
                                              {"women", "person"},
                                              {"children", "person"},
                                              {"kilometers", "kilometre"},
                                              {"kilometres", "kilometre"},
                                              {"miles", "mile"},
                                              {"km", "kilometre"},
                                              {"countries", "country"},
                                              {"rounds", "round"},
                                              {"members", "person"},
                                              {"fighters", "fighter"},
                                              {"remains", "body"},
                                              {"observers", "person"},
                                              {"mediators", "person"}}};
    for (const Unit& unit : kUnits) {
        if (view.is(t, unit.word)) return unit.unit;
    }
    return {};
}

}  // namespace

std::vector<Quantity> find_quantities(const View& view, const Sentence& sentence) {
    std::vector<Quantity> found;
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end;) {
        std::uint32_t next = t + 1;
        const auto value = number_at(view, t, sentence.token_end, next);
        if (value) {
            // The unit stands at once or after up to three describing words ("five more US
            // prisoners").
            for (std::uint32_t u = next; u < std::min(next + 4, sentence.token_end); ++u) {
                const std::string_view gap = view.gap_before(u);
                if (gap != " " && gap != "-" && gap != "\u2011") break;
                const std::string_view unit = unit_of(view, u);
                if (unit.empty()) continue;
                found.push_back({view.span_of(t, u + 1), *value, std::string(unit)});
                next = u + 1;
                break;
            }
        }
        t = next;
    }
    return found;
}

std::vector<TimeExpression> find_times(const View& view, const Sentence& sentence,
                                       std::optional<std::int32_t> day) {
    using namespace std::chrono;
    std::vector<TimeExpression> found;
    const auto add = [&](std::uint32_t begin, std::uint32_t end, std::optional<std::int32_t> from,
                         std::optional<std::int32_t> to) {
        found.push_back({view.span_of(begin, end), from, to});
    };
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        const auto shifted = [&](std::int32_t by) {
            return day ? std::optional(*day + by) : std::nullopt;
        };
        if (view.is(t, "yesterday")) add(t, t + 1, shifted(-1), shifted(-1));
        if (view.is_any(t, "today", "tonight")) add(t, t + 1, shifted(0), shifted(0));
        if (view.is(t, "tomorrow")) add(t, t + 1, shifted(1), shifted(1));
        if (t + 1 < sentence.token_end && view.is_any(t, "last", "next", "this") &&
            view.adjacent(t + 1)) {
            const std::int32_t step = view.is(t, "last") ? -1 : view.is(t, "next") ? 1 : 0;
            if (view.is(t + 1, "week") && day) {
                const auto weekday_index =
                    static_cast<std::int32_t>(weekday(sys_days(days(*day))).iso_encoding()) - 1;
                const std::int32_t monday = *day - weekday_index + 7 * step;
                add(t, t + 2, monday, monday + 6);
            } else if (view.is(t + 1, "month") && day) {
                year_month_day date{sys_days(days(*day))};
                const year_month which = year_month(date.year(), date.month()) + months(step);
                add(t, t + 2,
                    static_cast<std::int32_t>(sys_days(which / 1).time_since_epoch().count()),
                    static_cast<std::int32_t>(sys_days(which / last).time_since_epoch().count()));
            } else if (view.is_any(t + 1, "week", "month", "year")) {
                add(t, t + 2, std::nullopt, std::nullopt);
            }
        }
        for (std::size_t w = 0; w < kWeekdays.size(); ++w) {
            if (!view.is(t, kWeekdays[w]) || !view.upper(t)) continue;
            if (!day) {
                add(t, t + 1, std::nullopt, std::nullopt);
                break;
            }
            const auto today =
                static_cast<std::int32_t>(weekday(sys_days(days(*day))).c_encoding());
            const std::int32_t back = (today - static_cast<std::int32_t>(w) + 7) % 7;
            const bool ahead = t > sentence.token_begin && view.is(t - 1, "next");
            const std::int32_t which = ahead ? *day + (back == 0 ? 7 : 7 - back) : *day - back;
            add(ahead ? t - 1 : t, t + 1, which, which);
            break;
        }
        for (std::size_t m = 0; m < kMonths.size(); ++m) {
            if (!view.is(t, kMonths[m]) || !view.upper(t)) continue;
            // "May 31", "31 May", "May 31, 2024"; a month alone only with a year.
            int date = 0;
            std::uint32_t begin = t;
            std::uint32_t end = t + 1;
            if (end < sentence.token_end && view.number(end) && view.word(end).size() <= 2 &&
                view.adjacent(end)) {
                date = std::atoi(std::string(view.word(end)).c_str());
                ++end;
            } else if (t > sentence.token_begin && view.number(t - 1) &&
                       view.word(t - 1).size() <= 2 && view.adjacent(t)) {
                date = std::atoi(std::string(view.word(t - 1)).c_str());
                begin = t - 1;
            }
            int year_number = 0;
            if (end < sentence.token_end && view.number(end) && view.word(end).size() == 4 &&
                (view.gap_before(end) == ", " || view.gap_before(end) == " ")) {
                year_number = std::atoi(std::string(view.word(end)).c_str());
                ++end;
            }
            if (date == 0 && year_number == 0) break;
            if (year_number == 0 && day) {
                // The nearest such day: an article of January that says "December 30" means the
                // year before.
                const year_month_day today{sys_days(days(*day))};
                year_number = static_cast<int>(today.year());
                const int distance = static_cast<int>(m) + 1 -
                                     static_cast<int>(static_cast<unsigned>(today.month()));
                if (distance > 6) --year_number;
                if (distance < -8) ++year_number;
            }
            if (year_number == 0) {
                add(begin, end, std::nullopt, std::nullopt);
                break;
            }
            const auto month_of =
                std::chrono::year(year_number) / std::chrono::month(static_cast<unsigned>(m) + 1);
            if (date == 0) {
                add(begin, end,
                    static_cast<std::int32_t>(sys_days(month_of / 1).time_since_epoch().count()),
                    static_cast<std::int32_t>(
                        sys_days(month_of / last).time_since_epoch().count()));
            } else if (const auto exact = month_of / std::chrono::day(static_cast<unsigned>(date));
                       exact.ok()) {
                const auto number =
                    static_cast<std::int32_t>(sys_days(exact).time_since_epoch().count());
                add(begin, end, number, number);
            }
            break;
        }
    }
    return found;
}

}  // namespace ceasewire::analysis
