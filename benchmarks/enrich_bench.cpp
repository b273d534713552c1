/// The whole core: message in, encoded record out, with the allocations an article takes once the
/// scratch is warm.

#include <atomic>
#include <new>

#include <benchmark/benchmark.h>

#include "corpus.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace {
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* block = std::malloc(size == 0 ? 1 : size)) return block;
    throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }

namespace ceasewire {
namespace {

constexpr std::size_t kMessages = 64;

void enrich_all(benchmark::State& state, unsigned on_percent) {
    std::vector<std::string> messages;
    std::size_t bytes = 0;
    for (std::uint64_t i = 0; i < kMessages; ++i) {
        messages.push_back(bench::message(i, 4'000, on_percent));
        bytes += messages.back().size();
    }
    Scratch scratch;
    std::string out;
    std::size_t claims = 0;
    std::size_t actors = 0;
    const auto run = [&] {
        claims = actors = 0;
        for (const std::string& message : messages) {
            const auto record = enrich(message, bench::lexicon(), scratch);
            bench::require(record.has_value(), "the message is an article");
            claims += record->claims.size();
            actors += record->actors.size();
            out.clear();
            encode(*record, out);
            benchmark::DoNotOptimize(out.data());
        }
    };
    run();
    if (on_percent == 0)
        bench::require(claims == 0 && actors == 0, "an off-topic article yields nothing");
    if (on_percent > 0)
        bench::require(claims > kMessages && actors > kMessages,
                       "an on-topic article yields claims and actors");
    run();
    const std::size_t before = allocations.load();
    run();
    const std::size_t taken = allocations.load() - before;
    for (auto _ : state) run();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(kMessages) * state.iterations());
    state.counters["allocations/article"] = static_cast<double>(taken) / kMessages;
    state.counters["claims/article"] = static_cast<double>(claims) / kMessages;
    state.counters["us/article"] = benchmark::Counter(
        static_cast<double>(kMessages) * 1e-6,
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void EnrichOffTopic(benchmark::State& state) { enrich_all(state, 0); }
BENCHMARK(EnrichOffTopic);

/// A tenth of the sentences is about a ceasefire.
void EnrichMixed(benchmark::State& state) { enrich_all(state, 10); }
BENCHMARK(EnrichMixed)->Unit(benchmark::kMillisecond);

void EnrichOnTopic(benchmark::State& state) { enrich_all(state, 60); }
BENCHMARK(EnrichOnTopic)->Unit(benchmark::kMillisecond);

/// What a program does before its first article: the lexicon compiled, the parser's model unpacked
/// into a scratch.
void StartUp(benchmark::State& state) {
    const auto files = bench::lexicon_files();
    const std::string message = bench::message(1, 4'000, 10);
    for (auto _ : state) {
        const auto lexicon = Lexicon::compile(files);
        bench::require(lexicon.has_value(), "the shipped lexicon compiles");
        Scratch scratch;
        benchmark::DoNotOptimize(enrich(message, *lexicon, scratch).has_value());
    }
}
BENCHMARK(StartUp)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ceasewire
