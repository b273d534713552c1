#pragma once
/// Writing to where output goes, with errors that are seen.

#include <string>
#include <string_view>

namespace ceasewire::app {

/// Writes all of `text` to a file descriptor. Returns 0, or errno when it could not.
[[nodiscard]] int write_all(int file, std::string_view text);

/// Writes `text` to standard output; returns the exit code: kExitOk, kExitBrokenPipe (silently), or
/// kExitCannotWrite after one line on standard error.
[[nodiscard]] int print_out(std::string_view text);

/// Whether `text` may stand in JSON: file names and what brokers say are only bytes.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Says why `what` cannot be written, and returns the exit code; silent for a reader that went
/// away.
[[nodiscard]] int cannot_write(const std::string& what, int error);

}  // namespace ceasewire::app
