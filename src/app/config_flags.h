#pragma once
/// The configuration's flags, for every subcommand that takes one.

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "config/config.h"

namespace ceasewire::app {

struct ConfigFlags {
    std::string file;  ///< empty: the one that CEASEWIRE_CONFIG names, or none
    std::vector<config::Flag> flags;
};

/// Adds `--config FILE`, a flag for each key that has one, and `--set NAME=VALUE` for all. They
/// fill `out` while the command line is parsed; it must live as long as the app.
void add_config_flags(CLI::App& app, ConfigFlags& out);

/// The configuration out of the file, the environment and the flags. Prints warnings and errors on
/// standard error, a line each; on an error the answer is the exit code.
[[nodiscard]] Expected<config::Loaded, int> load_config(const ConfigFlags& flags);

/// The whole file, or why it cannot be read.
[[nodiscard]] Expected<std::string, std::string> read_file(const std::string& path);

}  // namespace ceasewire::app
