/// End to end on a real broker: `ceasewire run` against a pass-through with the same client and
/// settings, in turn, on the same backlog.
///
///     e2e [--messages N] [--rounds N] [--lanes N] [--relevant PERCENT]     both rates and their
///     ratio e2e --soak GIGABYTES [--lanes N]                                    memory of `run`
///     over a long backlog
///
/// Every round reads the whole backlog with a fresh group into fresh topics, and its delivered
/// count is verified. The rate leaves out the first quarter (start, joining the group). Trust
/// ratios, not rates: the broker shares the machine.

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "broker/cluster.h"
#include "load.h"

namespace {

using namespace ceasewire::bench;
using namespace ceasewire::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct Options {
    std::size_t messages = 300'000;
    std::size_t rounds = 3;
    std::size_t lanes = 2;
    std::size_t relevant = 3;
    double soak_gigabytes = 0;
};

double resident_mb(int pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

struct Result {
    double rate = 0;
    double cpu_us = 0;
    double resident = 0;
};

Result measure(Process& process, const Topics& topics, const std::string& out,
               const std::string& dead, std::size_t messages) {
    const auto delivered = [&] {
        return static_cast<std::size_t>(topics.size(out) + topics.size(dead));
    };
    std::optional<std::pair<Clock::time_point, std::size_t>> from;
    Result result;
    for (;;) {
        const std::size_t count = delivered();
        const auto now = Clock::now();
        result.resident = std::max(result.resident, resident_mb(process.pid()));
        if (!from && count >= messages / 4) from = {now, count};
        if (count >= messages) {
            if (!from || from->second >= messages) {
                throw std::runtime_error("too few messages to measure");
            }
            result.rate = static_cast<double>(messages - from->second) /
                          std::chrono::duration<double>(now - from->first).count();
            break;
        }
        if (!process.running()) throw std::runtime_error(process.log());
    }
    result.cpu_us = cpu_seconds(process.pid()) * 1e6 / static_cast<double>(messages);
    process.signal(SIGTERM);
    if (process.wait(60s) != 0) throw std::runtime_error("bad exit: " + process.log());
    // At least once: a lane that joined late, or lost its session on a busy machine, may have made
    // some twice.
    if (const std::size_t count = delivered(); count != messages) {
        std::fprintf(stderr, "delivered %zu for %zu\n", count, messages);
        if (count < messages) throw std::runtime_error("some are missing");
    }
    return result;
}

int compare(const Options& options) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    topics.fill("in", options.messages,
                [&](std::size_t i) { return article(i, options.relevant); });
    std::printf(
        "%zu messages of about %zu bytes, %zu in 100 relevant, %zu lanes, %ld cores, one broker on "
        "this machine\n",
        options.messages, article(0, 0).value->size(), options.relevant, options.lanes,
        sysconf(_SC_NPROCESSORS_ONLN));
    std::vector<double> ratios;
    std::array<std::vector<double>, 2> rates;
    std::array<std::vector<double>, 2> cpus;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        std::array<double, 2> pair{};
        for (std::size_t turn = 0; turn < 2; ++turn) {
            const std::size_t which = (round + turn) % 2;  // each begins every other round
            const std::string suffix = std::to_string(round) + (which == 0 ? "-pass" : "-run");
            topics.create("out-" + suffix, 4);
            topics.create("dead-" + suffix, 1);
            const std::string load = load_average();
            std::vector<std::string> command =
                run_command(broker.address(), "in", "out-" + suffix, "dead-" + suffix,
                            "group-" + suffix, {"--lanes", std::to_string(options.lanes)});
            if (which == 0) {
                command = {broker.address(),  "in",
                           "out-" + suffix,   "dead-" + suffix,
                           "group-" + suffix, std::to_string(options.lanes)};
            }
            Process process(command, which == 0 ? E2E_PASS_THROUGH : CEASEWIRE_PROGRAM);
            const Result result =
                measure(process, topics, "out-" + suffix, "dead-" + suffix, options.messages);
            std::printf("%-12s %9.0f msg/s  %6.2f us CPU a message  %5.0f MB resident  (load %s)\n",
                        which == 0 ? "pass-through" : "run", result.rate, result.cpu_us,
                        result.resident, load.c_str());
            std::fflush(stdout);
            pair[which] = result.rate;
            rates[which].push_back(result.rate);
            cpus[which].push_back(result.cpu_us);
            topics.remove({"out-" + suffix, "dead-" + suffix});
        }
        ratios.push_back(pair[1] / pair[0]);
    }
    std::printf(
        "median: pass-through %.0f msg/s, run %.0f msg/s, ratio %.2f; CPU %.2f and %.2f us a "
        "message\n",
        median(rates[0]), median(rates[1]), median(ratios), median(cpus[0]), median(cpus[1]));
    return 0;
}

int soak(const Options& options) {
    Broker broker("log.segment.bytes=268435456");
    const Topics topics = broker.topics();
    topics.create("in", 4);
    topics.create("out", 4);
    topics.create("dead", 1);
    const std::size_t size = article(0, 0).value->size();
    const auto messages =
        static_cast<std::size_t>(options.soak_gigabytes * 1e9 / static_cast<double>(size));
    std::printf("writing %zu messages, %.1f GB\n", messages, options.soak_gigabytes);
    std::fflush(stdout);
    topics.fill("in", messages, [&](std::size_t i) { return article(i, options.relevant); });
    Process process(run_command(broker.address(), "in", "out", "dead", "group",
                                {"--lanes", std::to_string(options.lanes)}),
                    CEASEWIRE_PROGRAM);
    std::vector<double> resident;  // by hundredths of the way
    const auto begin = Clock::now();
    for (;;) {
        const auto done = static_cast<std::size_t>(topics.size("out") + topics.size("dead"));
        const std::size_t step = std::min<std::size_t>(100, done * 100 / messages);
        if (step >= resident.size()) {
            resident.resize(step + 1, resident_mb(process.pid()));
            if (step % 10 == 0) {
                std::printf("%3zu %%  %5.0f MB resident  %.0f s\n", step, resident.back(),
                            std::chrono::duration<double>(Clock::now() - begin).count());
                std::fflush(stdout);
            }
        }
        if (done >= messages) break;
        if (!process.running()) {
            std::fprintf(stderr, "%s\n", process.log().c_str());
            return 1;
        }
    }
    process.signal(SIGTERM);
    if (process.wait(60s) != 0) return 1;
    const auto delivered = static_cast<std::size_t>(topics.size("out") + topics.size("dead"));
    const double early = *std::max_element(resident.begin() + 10, resident.begin() + 30);
    const double late = *std::max_element(resident.end() - 20, resident.end());
    std::printf(
        "delivered %zu of %zu; resident at most %.0f MB from 10 to 30 %%, %.0f MB in the last "
        "fifth\n",
        delivered, messages, early, late);
    return delivered == messages && late < early * 1.1 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("What run delivers beside a pass-through, on a real broker");
    app.option_defaults()->always_capture_default();
    app.add_option("--messages", options.messages, "Messages of a round");
    app.add_option("--rounds", options.rounds, "Rounds of each of the two");
    app.add_option("--lanes", options.lanes, "Lanes of the service");
    app.add_option("--relevant", options.relevant, "Articles in a hundred that have claims");
    app.add_option("--soak", options.soak_gigabytes, "Gigabytes to pass instead, memory watched");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 64;
    }
    try {  // so that the broker ends with us
        return options.soak_gigabytes > 0 ? soak(options) : compare(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
