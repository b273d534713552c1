#pragma once
/// What a subcommand is to main: a name in the command line and something to run. One file a
/// subcommand.

#include <functional>

#include <CLI/CLI.hpp>

#include "app/exit_codes.h"

namespace ceasewire::app {

struct Command {
    CLI::App* app = nullptr;   ///< owned by the parent App
    std::function<int()> run;  ///< returns the exit code
};

Command add_tag(CLI::App& parent);
Command add_run(CLI::App& parent);
Command add_demo(CLI::App& parent);
Command add_explain(CLI::App& parent);
Command add_config(CLI::App& parent);
Command add_lexicon(CLI::App& parent);
Command add_replay(CLI::App& parent);
Command add_verify(CLI::App& parent);
Command add_man(CLI::App& parent);

}  // namespace ceasewire::app
