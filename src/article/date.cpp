#include "article/date.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace ceasewire {
namespace {

class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}
    [[nodiscard]] bool done() const { return at_ == text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    bool take(char c) { return !done() && text_[at_] == c ? (++at_, true) : false; }
    bool take_any(std::string_view set) {
        return !done() && set.find(text_[at_]) != std::string_view::npos ? (++at_, true) : false;
    }
    void skip_blanks() {
        while (take(' ')) {
        }
    }
    /// Exactly `count` digits.
    bool number(unsigned count, int& value) {
        value = 0;
        for (unsigned i = 0; i < count; ++i) {
            if (peek() < '0' || peek() > '9') return false;
            value = value * 10 + (text_[at_++] - '0');
        }
        return true;
    }
    /// One or two digits.
    bool short_number(int& value) {
        if (!number(1, value)) return false;
        if (peek() >= '0' && peek() <= '9') value = value * 10 + (text_[at_++] - '0');
        return true;
    }
    std::string_view letters() {
        const std::size_t begin = at_;
        while ((peek() >= 'a' && peek() <= 'z') || (peek() >= 'A' && peek() <= 'Z')) ++at_;
        return text_.substr(begin, at_ - begin);
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

struct Fields {
    int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, offset_minutes = 0;
};

std::optional<std::int64_t> seconds_of(const Fields& f) {
    using namespace std::chrono;
    const year_month_day date =
        year(f.year) / month(static_cast<unsigned>(f.month)) / day(static_cast<unsigned>(f.day));
    if (!date.ok() || f.hour > 24 || f.minute > 59 || f.second > 60 ||
        (f.hour == 24 && (f.minute != 0 || f.second != 0)))
        return std::nullopt;
    const auto days = static_cast<std::int64_t>(sys_days(date).time_since_epoch().count());
    return days * 86400 + f.hour * 3600 + f.minute * 60 + f.second -
           static_cast<std::int64_t>(f.offset_minutes) * 60;
}

bool take_offset(Cursor& in, Fields& f) {
    const bool minus = in.peek() == '-';
    if (!in.take_any("+-")) return false;
    int hours = 0;
    int minutes = 0;
    if (!in.number(2, hours)) return false;
    in.take(':');
    if (!in.done() && !in.number(2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    f.offset_minutes = (minus ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

std::optional<std::int64_t> parse_iso(std::string_view text) {
    Cursor in(text);
    Fields f;
    if (!in.number(4, f.year)) return std::nullopt;
    const bool extended = in.take('-');
    if (!in.number(2, f.month) || (extended && !in.take('-')) || !in.number(2, f.day))
        return std::nullopt;
    if (in.done()) return seconds_of(f);
    if (!in.take_any("Tt ")) return std::nullopt;
    if (!in.number(2, f.hour)) return std::nullopt;
    in.take(':');
    if (!in.number(2, f.minute)) return std::nullopt;
    in.take(':');
    if (in.peek() >= '0' && in.peek() <= '9' && !in.number(2, f.second)) return std::nullopt;
    if (in.take_any(".,")) {
        int digit = 0;
        if (!in.number(1, digit)) return std::nullopt;
        while (in.number(1, digit)) {
        }
    }
    in.skip_blanks();
    if (in.done() || (in.take_any("Zz") && in.done())) return seconds_of(f);
    if (in.peek() == 'U' || in.peek() == 'G') {
        const auto zone = in.letters();
        return (zone == "UTC" || zone == "GMT") && in.done() ? seconds_of(f) : std::nullopt;
    }
    if (!take_offset(in, f) || !in.done()) return std::nullopt;
    return seconds_of(f);
}

std::optional<std::int64_t> parse_rfc822(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    Cursor in(text);
    Fields f;
    if (!in.letters().empty()) {
        in.take(',');
        in.skip_blanks();
    }
    if (!in.short_number(f.day)) return std::nullopt;
    in.skip_blanks();
    const auto name = in.letters();
    f.month = 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (name.substr(0, 3) == kMonths[i]) f.month = static_cast<int>(i) + 1;
    }
    if (f.month == 0) return std::nullopt;
    in.skip_blanks();
    if (!in.number(2, f.year)) return std::nullopt;
    int rest = 0;
    if (in.peek() >= '0' && in.peek() <= '9') {
        if (!in.number(2, rest)) return std::nullopt;
        f.year = f.year * 100 + rest;
    } else {
        f.year += f.year < 70 ? 2000 : 1900;
    }
    in.skip_blanks();
    if (in.done()) return seconds_of(f);
    if (!in.short_number(f.hour) || !in.take(':') || !in.number(2, f.minute)) return std::nullopt;
    if (in.take(':') && !in.number(2, f.second)) return std::nullopt;
    in.skip_blanks();
    if (in.done()) return seconds_of(f);
    if (in.peek() == '+' || in.peek() == '-')
        return take_offset(in, f) && in.done() ? seconds_of(f) : std::nullopt;
    struct Zone {
        std::string_view name;
        int hours;
    };
    constexpr std::array<Zone, 12> kZones = {{{"GMT", 0},
                                              {"UT", 0},
                                              {"UTC", 0},
                                              {"Z", 0},
                                              {"EST", -5},
                                              {"EDT", -4},
                                              {"CST", -6},
                                              {"CDT", -5},
                                              {"MST", -7},
                                              {"MDT", -6},
                                              {"PST", -8},
                                              {"PDT", -7}}};
    const auto zone = in.letters();
    for (const Zone& known : kZones) {
        if (zone != known.name || !in.done()) continue;
        f.offset_minutes = known.hours * 60;
        return seconds_of(f);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.empty()) return std::nullopt;
    const bool digit = text.front() >= '0' && text.front() <= '9';
    if (digit && text.size() >= 8) {
        if (const auto iso = parse_iso(text)) return iso;
    }
    return parse_rfc822(text);
}

bool write_time(std::int64_t seconds, char* out) {
    using namespace std::chrono;
    const std::int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    const std::int64_t rest = seconds - days * 86400;
    const year_month_day date{sys_days(std::chrono::days(days))};
    const int y = static_cast<int>(date.year());
    if (y < 0 || y > 9999) return false;
    const auto put = [&](std::size_t at, unsigned value, unsigned digits) {
        for (unsigned i = digits; i > 0; --i) {
            out[at + i - 1] = static_cast<char>('0' + value % 10);
            value /= 10;
        }
    };
    put(0, static_cast<unsigned>(y), 4);
    out[4] = out[7] = '-';
    put(5, static_cast<unsigned>(date.month()), 2);
    put(8, static_cast<unsigned>(date.day()), 2);
    out[10] = 'T';
    put(11, static_cast<unsigned>(rest / 3600), 2);
    out[13] = out[16] = ':';
    put(14, static_cast<unsigned>(rest / 60 % 60), 2);
    put(17, static_cast<unsigned>(rest % 60), 2);
    out[19] = 'Z';
    return true;
}

}  // namespace ceasewire
