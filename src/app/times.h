#pragma once
/// Times on a command line.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "article/date.h"

namespace ceasewire::app {

/// Milliseconds since 1970 of "2024-06-11T08:00:00Z" (or another form that articles use) or of
/// "1718092800000"; empty text is no time. Nothing at all when it is neither.
[[nodiscard]] inline std::optional<std::optional<std::int64_t>> read_moment(std::string_view text) {
    if (text.empty()) return std::optional<std::int64_t>();
    constexpr std::size_t kDate = 8;  // "20240611" is a date
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() > kDate && read.ec == std::errc() && read.ptr == text.data() + text.size())
        return std::optional(number);
    const auto seconds = parse_time(text);
    if (!seconds) return std::nullopt;
    return std::optional(*seconds * 1000);
}

}  // namespace ceasewire::app
