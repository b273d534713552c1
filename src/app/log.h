#pragma once
/// The log of long-running commands: one line an event on standard error.

#include <memory>
#include <string>
#include <string_view>

#include "config/config.h"
#include "stream/failure.h"
#include "stream/observer.h"

namespace ceasewire::app {

/// Writes log lines by spdlog and ignores the rest.
[[nodiscard]] std::unique_ptr<stream::Observer> make_log(const config::Config::Log& settings);

/// A line as text: control characters, which a broker or a file name may hold, become '?'.
[[nodiscard]] std::string log_text(std::string_view line);
/// A line as a JSON string; bytes that are no UTF-8 become '?'.
[[nodiscard]] std::string log_json(std::string_view line);

/// The exit code that stands for a failure.
[[nodiscard]] int exit_code(stream::FailureKind kind);

}  // namespace ceasewire::app
