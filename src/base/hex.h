#pragma once
/// Numbers as hexadecimal digits.

#include <cstdint>
#include <string>

namespace ceasewire {

/// Appends the lowest `digits` (at most 16) hexadecimal digits of `value`, in lower case.
inline void append_hex(std::string& out, std::uint64_t value, unsigned digits) {
    while (digits-- > 0) out += "0123456789abcdef"[value >> 4U * digits & 15U];
}

}  // namespace ceasewire
