#pragma once
/// Values as people write them: "8 MiB", "25 s".

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "config/config.h"

namespace ceasewire::config {

/// Reads "8 MiB", "512 KiB", "1.5 GB" is refused: whole numbers of B, KiB, MiB, GiB, kB, MB or GB.
/// The error is a sentence's end.
[[nodiscard]] Expected<Bytes, std::string> parse_bytes(std::string_view text);
/// Reads "500 ms", "25 s", "2 min", "1 h". The error is a sentence's end.
[[nodiscard]] Expected<std::chrono::milliseconds, std::string> parse_duration(
    std::string_view text);
[[nodiscard]] Expected<std::int64_t, std::string> parse_number(std::string_view text);

/// In the largest unit that leaves a whole number.
[[nodiscard]] std::string format(Bytes bytes);
[[nodiscard]] std::string format(std::chrono::milliseconds duration);

/// With control characters as \u and four digits.
[[nodiscard]] std::string in_one_line(std::string_view text);

/// A TOML basic string, with its quotes.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The parts of "a, b,c", without the blanks around them; at least one, which may be empty.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);

/// The candidate that `name` was probably meant to be, empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view name,
                                       const std::vector<std::string_view>& candidates);

}  // namespace ceasewire::config
