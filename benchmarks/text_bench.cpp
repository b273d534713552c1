/// Tokens and sentences of a 4 KB article, and the document of it.

#include <benchmark/benchmark.h>

#include "corpus.h"
#include "text/document.h"
#include "text/sentences.h"

namespace ceasewire {
namespace {

constexpr std::size_t kArticle = 4'000;

void report(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
    state.SetItemsProcessed(state.iterations());
}

void Tokenize(benchmark::State& state) {
    const std::string text = bench::body(1, kArticle, 10);
    std::string padded = text + std::string(text::kTokenizePadding, '\0');
    std::vector<text::Token> tokens;
    std::vector<text::Token> simple;
    std::string scratch;
    text::tokenize({padded.data(), text.size()}, tokens, scratch);
    text::tokenize_simply(text, simple);
    bench::require(tokens.size() == simple.size() && tokens.size() > 600,
                   "the tokens are those of the slow twin");
    for (auto _ : state) {
        tokens.clear();
        text::tokenize({padded.data(), text.size()}, tokens, scratch);
        benchmark::DoNotOptimize(tokens.data());
    }
    report(state, text.size());
}
BENCHMARK(Tokenize);

void AssignDocument(benchmark::State& state) {
    const std::string text = bench::body(1, kArticle, 10);
    Document document;
    document.assign("Notes of the day", text);
    bench::require(document.tokens().size() > 600, "the document has its tokens");
    for (auto _ : state) {
        document.assign("Notes of the day", text);
        benchmark::DoNotOptimize(document.tokens().data());
    }
    report(state, text.size());
}
BENCHMARK(AssignDocument);

void SplitSentences(benchmark::State& state) {
    Document document;
    document.assign("", bench::body(1, kArticle, 10));
    std::vector<Sentence> found;
    text::split_sentences(document.text(), document.body(), document.tokens(), found);
    bench::require(found.size() > 35 && found.back().token_end == document.tokens().size(),
                   "the sentences hold every token");
    for (auto _ : state) {
        found.clear();
        text::split_sentences(document.text(), document.body(), document.tokens(), found);
        benchmark::DoNotOptimize(found.data());
    }
    report(state, document.text().size());
}
BENCHMARK(SplitSentences);

}  // namespace
}  // namespace ceasewire
