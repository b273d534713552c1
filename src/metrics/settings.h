#pragma once
/// Where the HTTP endpoint listens.

#include <string>

namespace ceasewire::metrics {

struct Settings {
    bool enabled = true;
    std::string address = "127.0.0.1:9464";  ///< host:port; port 0 takes a free one
};

}  // namespace ceasewire::metrics
