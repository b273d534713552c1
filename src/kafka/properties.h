#pragma once
/// Which librdkafka properties may be passed through.

#include <optional>
#include <string>
#include <string_view>

namespace ceasewire::kafka {

/// Why the property is not to be set by hand: it would break delivery, or a setting of our own
/// stands for it. Nothing when it may be.
[[nodiscard]] std::optional<std::string> why_refused(std::string_view property);

}  // namespace ceasewire::kafka
