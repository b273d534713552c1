// Tokenising, tagging and parsing of news sentences written for this file, and loading the model.
// Run it on a quiet core.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "syntax/parse.h"
#include "syntax/tokenize.h"

namespace {

using namespace ceasewire;

constexpr std::string_view kSentences[] = {
    "The two sides agreed on Tuesday to a three-day ceasefire that would let aid convoys into the "
    "besieged city, officials said.",
    "A spokesman for the rebels, who asked not to be named, told reporters in Cairo that the group "
    "had not yet received a written proposal.",
    "\"We will not accept a truce that does not include the release of all prisoners,\" the "
    "minister said.",
    "Mediators from Qatar and Egypt are expected to meet the delegations separately before the "
    "talks resume on Sunday.",
    "The army denied that it had violated the agreement, saying its troops fired only after coming "
    "under attack.",
    "Under the terms of the deal, which was announced late Monday, 50 hostages would be exchanged "
    "for 150 detainees over four days.",
    "The U.N. envoy called on both parties to show restraint and return to the negotiating table.",
    "According to a senior official briefed on the negotiations, the government has agreed in "
    "principle to extend the pause.",
    "Shelling resumed minutes after the truce expired, residents said by telephone.",
    "The president's office didn't immediately respond to a request for comment.",
    "He added that any lasting peace would require the withdrawal of foreign forces from the north "
    "of the country.",
    "CEASEFIRE HOLDS AS TALKS BEGIN IN GENEVA",
};
constexpr std::size_t kWordCount = 231;

std::string read_model() {
    std::ifstream file(CEASEWIRE_SOURCE_DIR "/models/syntax.bin", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Expected<syntax::Model, std::string> load(const std::string& bytes) {
    return syntax::load_model(std::as_bytes(std::span(bytes)));
}

void require(bool holds, const char* what, std::size_t got) {
    if (holds) return;
    std::fprintf(stderr, "benchmark: %s (%zu)\n", what, got);
    std::exit(1);
}

Span whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }

void report(benchmark::State& state, std::size_t words) {
    const auto rounds = static_cast<double>(state.iterations());
    state.counters["sentences/s"] = benchmark::Counter(
        rounds * static_cast<double>(std::size(kSentences)), benchmark::Counter::kIsRate);
    state.counters["words/s"] =
        benchmark::Counter(rounds * static_cast<double>(words), benchmark::Counter::kIsRate);
}

void BM_Tokenize(benchmark::State& state) {
    std::vector<Span> words;
    std::size_t count = 0;
    for (const std::string_view text : kSentences) {
        syntax::tokenize(text, whole(text), words);
        count += words.size();
    }
    require(count == kWordCount, "words", count);
    for (auto _ : state) {
        for (const std::string_view text : kSentences) {
            syntax::tokenize(text, whole(text), words);
            benchmark::DoNotOptimize(words.data());
        }
    }
    report(state, count);
}
BENCHMARK(BM_Tokenize);

void BM_Parse(benchmark::State& state) {
    const std::string bytes = read_model();
    const auto model = load(bytes);
    require(model.has_value(), "model does not load", bytes.size());
    syntax::Workspace workspace;
    syntax::Tree tree;
    std::size_t words = 0;
    std::size_t roots = 0;
    for (const std::string_view text : kSentences) {
        syntax::parse(text, whole(text), *model, workspace, tree);
        words += tree.words.size();
        for (const syntax::Word& word : tree.words) roots += word.head == syntax::kNoHead ? 1 : 0;
    }
    require(words == kWordCount, "words", words);
    require(roots == std::size(kSentences), "roots", roots);
    for (auto _ : state) {
        for (const std::string_view text : kSentences) {
            syntax::parse(text, whole(text), *model, workspace, tree);
            benchmark::DoNotOptimize(tree.words.data());
        }
    }
    report(state, words);
}
BENCHMARK(BM_Parse);

void BM_LoadModel(benchmark::State& state) {
    const std::string bytes = read_model();
    for (auto _ : state) {
        auto model = load(bytes);
        benchmark::DoNotOptimize(model);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
BENCHMARK(BM_LoadModel)->Unit(benchmark::kMillisecond);

}  // namespace
