#pragma once
/// The program's exit codes (sysexits(3) where it has one), and what they mean for the help and the
/// manual page.

#include <array>
#include <string_view>

namespace ceasewire::app {

enum ExitCode : int {
    kExitOk = 0,
    kExitFailure = 1,
    kExitRejected = 3,
    kExitUsage = 64,
    kExitNoInput = 66,
    kExitUnavailable = 69,
    kExitInternal = 70,
    kExitCannotWrite = 74,
    kExitRestart = 75,
    kExitNotPermitted = 77,
    kExitConfig = 78,
    kExitLexicon = 79,
    kExitGap = 80,
    kExitBrokenPipe = 141,
};

struct ExitMeaning {
    ExitCode code;
    std::string_view meaning;
};

inline constexpr std::array kExitMeanings = {
    ExitMeaning{kExitOk, "All went well."},
    ExitMeaning{kExitFailure,
                "verify found something wrong, lexicon find nobody, or lexicon diff a change."},
    ExitMeaning{kExitRejected,
                "tag, explain: some lines were no articles; tag wrote all the others."},
    ExitMeaning{kExitUsage, "Wrong command line."},
    ExitMeaning{kExitNoInput, "A file cannot be read."},
    ExitMeaning{kExitUnavailable,
                "run: the brokers do not answer or cannot be trusted, or a topic does not exist."},
    ExitMeaning{kExitInternal, "A mistake of the program itself; please report it."},
    ExitMeaning{kExitCannotWrite, "The output cannot be written, for instance to a full disk."},
    ExitMeaning{kExitRestart,
                "run: the Kafka client cannot go on; start the program again. Nothing is lost."},
    ExitMeaning{kExitNotPermitted,
                "run: the brokers deny access, or another program took this one's place."},
    ExitMeaning{kExitConfig, "The configuration is wrong."},
    ExitMeaning{kExitLexicon, "The lexicon is wrong."},
    ExitMeaning{kExitGap,
                "run: messages of the input are gone that were not read yet (run.on_gap)."},
    ExitMeaning{kExitBrokenPipe, "tag: the reader of the output went away, as `head` does."},
};

}  // namespace ceasewire::app
