#pragma once
/// The log of long-running commands: one line an event on standard error.

#include <memory>
#include <string>

#include "stream/failure.h"
#include "stream/observer.h"

namespace ceasewire::app {

/// Writes log lines by spdlog and ignores the rest. `level`: debug, info, warning, error or off.
[[nodiscard]] std::unique_ptr<stream::Observer> make_log(const std::string& level);

/// The exit code that stands for a failure.
[[nodiscard]] int exit_code(stream::FailureKind kind);

}  // namespace ceasewire::app
