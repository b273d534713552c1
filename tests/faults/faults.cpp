/// The fault suite on three real brokers; `./dev faults` runs it.
///
///     faults [c|d] [--row N]... [--delivery at_least_once|exactly_once|both] [--seed N]
///            [--messages N] [--away SECONDS] [--minutes N]
///
/// Prints one row of a table for each fault and kind of delivery: what was sent, what was done to
/// it, and what became of the messages by two accounts, the tests' own and `ceasewire verify`. Ends
/// with 1 when anything is lost, differs or is out of order, or doubled where it must not be. The
/// seed decides what happens when, as far as a machine repeats itself.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "faults/rows.h"

namespace {

using namespace ceasewire::test;
using Clock = std::chrono::steady_clock;

struct Choice {
    Options options;
    char tier = 'c';
    std::vector<int> rows;
    std::vector<Guarantee> guarantees = {Guarantee::exactly_once};
};

[[noreturn]] void usage() {
    std::fprintf(stderr,
                 "usage: faults [c|d] [--row N]... [--delivery at_least_once|exactly_once|both] "
                 "[--seed N]\n"
                 "              [--messages N] [--away SECONDS] [--minutes N]\n");
    std::exit(64);
}

Choice read(int argc, char** argv) {
    Choice choice;
    choice.options.seed = std::random_device{}() % 1'000'000;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "c" || name == "d") {
            choice.tier = name[0];
            continue;
        }
        if (i + 1 >= argc) usage();
        const std::string value = argv[++i];
        if (name == "--row") {
            choice.rows.push_back(std::atoi(value.c_str()));
        } else if (name == "--seed") {
            choice.options.seed = static_cast<unsigned>(std::strtoul(value.c_str(), nullptr, 10));
        } else if (name == "--messages") {
            choice.options.messages = std::strtoull(value.c_str(), nullptr, 10);
        } else if (name == "--away") {
            choice.options.away = std::strtoull(value.c_str(), nullptr, 10);
        } else if (name == "--minutes") {
            choice.options.minutes = std::atof(value.c_str());
        } else if (name == "--delivery" && value == "at_least_once") {
            choice.guarantees = {Guarantee::at_least_once};
        } else if (name == "--delivery" && value == "both") {
            choice.guarantees = {Guarantee::exactly_once, Guarantee::at_least_once};
        } else if (name != "--delivery" || value != "exactly_once") {
            usage();
        }
    }
    return choice;
}

bool play(const Row& row, Guarantee guarantee, Stage& stage, const Options& options) {
    const auto begin = Clock::now();
    std::fprintf(stderr, "row %d, %.*s, %s, seed %u\n", row.number,
                 static_cast<int>(row.fault.size()), row.fault.data(),
                 guarantee == Guarantee::exactly_once ? "exactly once" : "at least once",
                 options.seed);
    Outcome outcome;
    try {
        Scene scene(stage, options, guarantee, row.number);
        try {
            row.play(scene);
        } catch (const std::exception& error) {
            scene.outcome.trouble.emplace_back(error.what());
        }
        outcome = scene.outcome;
    } catch (const std::exception& error) {
        outcome.trouble.emplace_back(error.what());
    }
    const double took = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf(
        "| %d | %.*s | %s | %u | %zu | %zu | %zu | %zu | %zu | %zu | %zu | %.0f s | %s%s |\n",
        row.number, static_cast<int>(row.fault.size()), row.fault.data(),
        guarantee == Guarantee::exactly_once ? "exactly once" : "at least once", options.seed,
        outcome.messages, outcome.injected, outcome.lost, outcome.doubled, outcome.differing,
        outcome.reordered, outcome.restarts, took, outcome.trouble.empty() ? "" : "FAILED; ",
        outcome.note.c_str());
    std::fflush(stdout);
    for (const std::string& trouble : outcome.trouble)
        std::fprintf(stderr, "%s\n", trouble.c_str());
    if (!outcome.trouble.empty()) {
        std::fprintf(stderr, "again: ./dev faults %c --row %d --seed %u --delivery %s\n", row.tier,
                     row.number, options.seed,
                     guarantee == Guarantee::exactly_once ? "exactly_once" : "at_least_once");
    }
    return outcome.trouble.empty();
}

}  // namespace

int main(int argc, char** argv) {
    const Choice choice = read(argc, argv);
    std::vector<const Row*> chosen;
    for (const Row& row : rows()) {
        const bool named =
            std::find(choice.rows.begin(), choice.rows.end(), row.number) != choice.rows.end();
        if (choice.rows.empty() ? row.tier == choice.tier : named) chosen.push_back(&row);
    }
    if (chosen.empty()) {
        std::fprintf(stderr, "faults: no such row\n");
        return 64;
    }
    bool good = true;
    try {  // so that the brokers end with us
        Stage stage(choice.options.seed);
        std::printf(
            "| # | fault | delivery | seed | messages | faults | lost | doubled | differing | "
            "reordered | restarts | time | |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (const Row* row : chosen) {
            for (const Guarantee guarantee : choice.guarantees) {
                if (row->once_only && guarantee == Guarantee::at_least_once) continue;
                good = play(*row, guarantee, stage, choice.options) && good;
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return good ? 0 : 1;
}
