#pragma once
/// Short ways to load a configuration in tests.

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "config/config.h"

namespace ceasewire::config {

using Environment = std::vector<std::pair<std::string, std::string>>;

inline Expected<Loaded, std::vector<Error>> load_text(std::string_view text,
                                                      const Environment& environment = {},
                                                      const std::vector<Flag>& flags = {}) {
    return load(
        {.file_name = "test.toml", .file_text = text, .environment = environment, .flags = flags});
}

/// Everything that is wrong, one error a line; "" when nothing is.
inline std::string errors_of(std::string_view text, const Environment& environment = {},
                             const std::vector<Flag>& flags = {}) {
    const auto loaded = load_text(text, environment, flags);
    if (loaded) return "";
    std::string out;
    for (const Error& error : loaded.error()) out += (out.empty() ? "" : "\n") + error.to_string();
    return out;
}

/// A configuration that must load.
inline Loaded loaded(std::string_view text, const Environment& environment = {},
                     const std::vector<Flag>& flags = {}) {
    EXPECT_EQ(errors_of(text, environment, flags), "");
    auto result = load_text(text, environment, flags);
    return result ? std::move(*result) : Loaded{};
}

}  // namespace ceasewire::config
