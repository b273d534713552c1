// How long the core takes for one article, decoding and encoding included:
//     latency < articles.jsonl
// The least of several rounds an article, in processor time; then quantiles over the articles with
// claims, those without, and all with both layers. The last line is an
// article of a megabyte, of the benchmarks' own sentences.

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include <time.h>

#include "corpus.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace {

using namespace ceasewire;

double processor_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    if (times.empty()) return;
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%s: %zu articles, median %.1f us, nine in ten %.1f us, most %.1f us\n", what,
                times.size(), at(0.5), at(0.9), at(1));
}

}  // namespace

int main() {
    Scratch scratch;
    std::string out;
    const auto time = [&](const std::string& message, LayerChoice layers, int rounds) {
        double least = 1e18;
        for (int round = 0; round < rounds; ++round) {
            out.clear();
            const double before = processor_microseconds();
            const auto record = enrich(message, bench::lexicon(), scratch, layers);
            if (record) encode(*record, out);
            least = std::min(least, processor_microseconds() - before);
        }
        return least;
    };
    std::vector<double> with_claims;
    std::vector<double> without_claims;
    std::vector<double> layered;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.size() < 3'000 || line.size() > 5'000) continue;  // four kilobytes
        const auto record = enrich(line, bench::lexicon(), scratch);
        if (!record) continue;
        const bool relevant = record->relevant;
        const bool quiet = !relevant;
        const double taken = time(line, {}, 7);
        if (relevant) with_claims.push_back(taken);
        if (quiet) without_claims.push_back(taken);
        layered.push_back(time(line, {.syntax = true, .attributions = true}, 1));
    }
    print("with claims", std::move(with_claims));
    print("without claims", std::move(without_claims));
    print("with both layers", std::move(layered));
    const std::string megabyte = bench::message(7, 1'000'000, 10);
    std::printf("a megabyte, a tenth of its sentences about a ceasefire: %.1f ms\n",
                1e-3 * time(megabyte, {}, 3));
    return 0;
}
