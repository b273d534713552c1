#pragma once
/// An assertion states what only our own mistake can break. It is kept in release builds; no
/// article can reach one.

namespace ceasewire {

/// Prints the broken statement with its place on standard error and aborts.
[[noreturn]] void assertion_failed(const char* statement, const char* file, int line) noexcept;

}  // namespace ceasewire

// A macro, since it needs the text of the statement.
#define CEASEWIRE_ASSERT(statement)                      \
    (static_cast<bool>(statement) ? static_cast<void>(0) \
                                  : ::ceasewire::assertion_failed(#statement, __FILE__, __LINE__))
