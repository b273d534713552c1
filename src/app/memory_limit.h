#pragma once
/// How much memory this process may use.

#include <cstdint>
#include <filesystem>
#include <optional>

namespace ceasewire::app {

/// The least of the limits of the control groups that the process is in (versions 1 and 2), and the
/// machine's memory. `root` is for tests: where /proc and /sys are found.
[[nodiscard]] std::uint64_t memory_limit_bytes(const std::filesystem::path& root = "/");

/// Only the control groups' limit; nothing where there is none.
[[nodiscard]] std::optional<std::uint64_t> control_group_limit_bytes(
    const std::filesystem::path& root = "/");

}  // namespace ceasewire::app
