#pragma once
/// Counts what the program allocates, so that a test can say that something allocates nothing.

#include <cstddef>

namespace ceasewire::syntax {

[[nodiscard]] std::size_t allocations();

}  // namespace ceasewire::syntax
