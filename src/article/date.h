#pragma once
/// Dates as articles write them.

#include <cstdint>
#include <optional>
#include <string_view>

namespace ceasewire {

/// Seconds since 1970-01-01 UTC of an RFC 3339 time, a date ("2024-06-11"), "2024-06-11 08:00:00",
/// the basic form of ISO 8601 ("20240611T080000Z") or RFC 822
/// ("Tue, 11 Jun 2024 08:00:00 +0200", GMT, UT, EST …). A time without a zone is taken as UTC.
/// Nothing when the text is none of these or no such time exists.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text);

/// Writes "2024-06-11T08:00:00Z" (20 bytes) for years 0000 to 9999; false outside.
[[nodiscard]] bool write_time(std::int64_t seconds, char* out);

}  // namespace ceasewire
