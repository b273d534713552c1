/// Decoding a 4 KB message of each kind: validated to its last byte.

#include <benchmark/benchmark.h>

#include "article/article.h"
#include "corpus.h"

namespace ceasewire {
namespace {

void decode_all(benchmark::State& state, const std::vector<std::string>& messages) {
    Decoder decoder;
    std::size_t bytes = 0;
    for (const std::string& message : messages) {
        const auto decoded = decoder.decode(message);
        bench::require(decoded.has_value() && (*decoded)->body.size() > 3'000,
                       "the message is an article of the size");
        bytes += message.size();
    }
    for (auto _ : state) {
        for (const std::string& message : messages)
            benchmark::DoNotOptimize(decoder.decode(message).has_value());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(messages.size()) * state.iterations());
}

void DecodeNative(benchmark::State& state) {
    std::vector<std::string> messages;
    for (std::uint64_t i = 0; i < 64; ++i) messages.push_back(bench::message(i, 4'000, 3));
    decode_all(state, messages);
}
BENCHMARK(DecodeNative);

/// A surrogate pair in an escape has the slow reader look for lone ones.
void DecodeNativeWithSurrogates(benchmark::State& state) {
    std::vector<std::string> messages;
    for (std::uint64_t i = 0; i < 64; ++i) {
        messages.push_back(bench::message(i, 4'000, 3));
        messages.back().insert(messages.back().find("\"body\":\"") + 8, "\\ud83d\\ude00 ");
    }
    decode_all(state, messages);
}
BENCHMARK(DecodeNativeWithSurrogates);

void DecodeHtml(benchmark::State& state) {
    std::vector<std::string> messages;
    for (std::uint64_t i = 0; i < 64; ++i) {
        std::string html;
        for (const char c : bench::body(i, 4'000, 3)) {
            if (c == '\n') {
                html += "</p>\\n<p>";
            } else if (c != '"') {
                html += c;
            }
        }
        messages.push_back(R"({"id":"1","title":"Notes","content_html":"<p>)" + html + R"(</p>"})");
    }
    decode_all(state, messages);
}
BENCHMARK(DecodeHtml);

void RejectTruncated(benchmark::State& state) {
    std::string message = bench::message(1, 4'000, 3);
    message.pop_back();
    Decoder decoder;
    const auto decoded = decoder.decode(message);
    bench::require(!decoded && decoded.error().byte == message.size(),
                   "the message is turned away at its end");
    for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(message).has_value());
    state.SetBytesProcessed(static_cast<std::int64_t>(message.size()) * state.iterations());
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RejectTruncated);

}  // namespace
}  // namespace ceasewire
