#pragma once
/// A record as JSON.

#include <string>
#include <string_view>

#include "record/record.h"

namespace ceasewire {

/// Appends `record` to `out` as one line of JSON (UTF-8, no newline), keys in the order of the
/// contract. Deterministic. Linear in the output.
void encode(const EnrichedRecord& record, std::string& out);

/// Appends `text` (valid UTF-8) as a JSON string with its quotes: `"`, `\` and control characters
/// are escaped, everything else is kept.
void append_json_string(std::string& out, std::string_view text);

/// The program's version, as in the record.
inline constexpr std::string_view kProgramVersion = "0.1.0";

}  // namespace ceasewire
