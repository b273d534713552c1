#pragma once
/// What is the same for every subcommand's command line.

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace ceasewire::app {

/// Names the program, and gives it and every subcommand `--version` and a footer that leads to the
/// manual page. Call it when all subcommands have been added.
void describe_program(CLI::App& app);

/// The arguments for App::parse(std::vector), which wants them last to first. `-j` without a number
/// becomes `-j 0`, since CLI11 would take the file name that follows it for the number.
[[nodiscard]] std::vector<std::string> arguments_of(int argc, char** argv);

}  // namespace ceasewire::app
