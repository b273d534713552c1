#pragma once
/// The service's settings out of the configuration.

#include <string>

#include "app/service.h"
#include "base/expected.h"
#include "config/config.h"

namespace ceasewire::app {

/// What `config` means for the service. The time-outs that follow from others (draining on a
/// rebalance or a stop, closing) are set here.
[[nodiscard]] ServiceSettings service_settings(const config::Config& config);

/// Sees to it that the buffers fit into `limit_bytes`: fewer lanes where their number was left to
/// us, else an error for a person. The answer is a line for the log, empty when nothing had to
/// change.
[[nodiscard]] Expected<std::string, std::string> fit_memory(ServiceSettings& settings,
                                                            std::uint64_t limit_bytes);

}  // namespace ceasewire::app
