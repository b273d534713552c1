#pragma once
/// How much work the rooms that read text have done, in the preset `asan`.

#include <cstdint>

namespace ceasewire {

/// Basic blocks that this thread has run in them so far; the same for the same calls.
[[nodiscard]] std::uint64_t work_done();

}  // namespace ceasewire
