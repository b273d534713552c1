#pragma once
/// The table of keys as people read it.

#include <string>

#include "config/config.h"
#include "config/keys.h"

namespace ceasewire::config {

/// deploy/ceasewire.toml: every key commented out at its default, with what it means. Loads as it
/// is, and with every comment of a setting removed.
[[nodiscard]] std::string sample();

/// The effective values as a TOML file, each with its origin in a comment. Secrets stand as
/// comments that only say that they are set.
[[nodiscard]] std::string print(const Loaded& loaded);

/// A key's value as it would be written in TOML. A secret as "".
[[nodiscard]] std::string value_text(const Key& key, const Config& config);

/// The help of one key in one paragraph: what it is, what it may hold, its default, its name in the
/// environment.
[[nodiscard]] std::string help_of(const Key& key);

}  // namespace ceasewire::config
