#pragma once
/// What a subcommand is to main: a name in the command line and something to run. One file a subcommand.

#include <functional>

#include <CLI/CLI.hpp>

namespace ceasewire::app {

/// The program's exit codes (sysexits(3) where it has one).
enum ExitCode : int {
    kExitOk = 0,
    kExitFailure = 1,        ///< a check found errors
    kExitRejected = 3,       ///< tag: some lines were no articles
    kExitUsage = 64,         ///< wrong command line
    kExitNoInput = 66,       ///< a file cannot be read
    kExitUnavailable = 69,   ///< brokers unreachable at start, or topics missing
    kExitInternal = 70,      ///< our own mistake
    kExitCannotWrite = 74,   ///< output cannot be written (disk full)
    kExitRestart = 75,       ///< the client cannot go on; start the service again
    kExitNotPermitted = 77,  ///< fenced, or denied by the broker
    kExitConfig = 78,        ///< configuration error
    kExitLexicon = 79,       ///< bad lexicon
};

struct Command {
    CLI::App* app = nullptr;      ///< owned by the parent App
    std::function<int()> run;     ///< returns the exit code
};

Command add_tag(CLI::App& parent);
Command add_run(CLI::App& parent);
Command add_demo(CLI::App& parent);
Command add_config(CLI::App& parent);
Command add_lexicon(CLI::App& parent);

}  // namespace ceasewire::app
