#pragma once
/// What must hold for any bytes at all.

#include <cstdint>
#include <string>
#include <string_view>

namespace ceasewire::fuzz {

/// Sends `message` through enrich with a scratch that has been used, every eighth (by its hash)
/// with a new one too, and checks what every answer owes its reader: slices lie in their field on
/// code point borders and hold the very text, indices are valid, the output is JSON, both scratches
/// answer alike. Returns the first thing that is wrong, empty when all is well.
[[nodiscard]] std::string complaint_about(std::string_view message);

}  // namespace ceasewire::fuzz
