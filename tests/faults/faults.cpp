/// The fault suite on three real brokers; `./dev faults` runs it.
///
///     faults [c|d] [--row N]... [--delivery at_least_once|exactly_once|both] [--seed N]
///            [--messages N] [--pace SHARE] [--away SECONDS] [--minutes N]
///
/// Prints one row of a table for each fault and kind of delivery: what was sent, what was done to
/// it, and what became of the messages by two accounts, the tests' own and `ceasewire verify`. Ends
/// with 1 when anything is lost, differs or is out of order, or doubled where it must not be. The
/// seed decides what happens when, as far as a machine repeats itself.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

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
        "| %d | %.*s | %s | %u | %zu | %zu | %zu | %zu | %zu | %zu | %zu | %zu | %.0f s | %s%s |\n",
        row.number, static_cast<int>(row.fault.size()), row.fault.data(),
        guarantee == Guarantee::exactly_once ? "exactly once" : "at least once", options.seed,
        outcome.messages, outcome.injected, outcome.lost, outcome.doubled, outcome.may_double,
        outcome.differing, outcome.reordered, outcome.restarts, took,
        outcome.trouble.empty() ? "" : "FAILED; ", outcome.note.c_str());
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
    Choice choice;
    choice.options.seed = std::random_device{}() % 1'000'000;
    std::string tier = "c";
    std::string delivery = "exactly_once";
    CLI::App app("The fault suite on three real brokers");
    app.add_option("tier", tier, "c, or d: for hours")->check(CLI::IsMember({"c", "d"}));
    app.add_option("--row", choice.rows, "Rows of tests/broker/README.md; none: all of the tier");
    app.add_option("--delivery", delivery, "exactly_once, at_least_once or both")
        ->check(CLI::IsMember({"exactly_once", "at_least_once", "both"}));
    app.add_option("--seed", choice.options.seed, "Plays again what a run with this seed did");
    app.add_option("--messages", choice.options.messages, "Messages; 0: the row's own number");
    app.add_option("--pace", choice.options.pace,
                   "Of the feed, as a share of the row's own: less for a busy machine");
    app.add_option("--away", choice.options.away, "Seconds that the brokers of row 25 are away");
    app.add_option("--minutes", choice.options.minutes, "How long row 28 lasts");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 64;
    }
    choice.tier = tier[0];
    if (delivery == "at_least_once") choice.guarantees = {Guarantee::at_least_once};
    if (delivery == "both") choice.guarantees.push_back(Guarantee::at_least_once);
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
            "| # | fault | delivery | seed | messages | faults | lost | doubled | of | differing | "
            "reordered | restarts | time | |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- "
            "|\n");
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
