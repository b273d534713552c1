/// Building a matcher and a lexicon, and finding phrases: the tokens are made beforehand, as an
/// article's are. MB/s is of text.

#include <algorithm>
#include <set>

#include <benchmark/benchmark.h>

#include "corpus.h"
#include "lexicon/data.h"
#include "lexicon/find.h"
#include "text/document.h"

namespace ceasewire {
namespace {

constexpr std::size_t kArticles = 256;

std::vector<std::uint64_t> hashes_of(std::string_view phrase) {
    std::vector<text::Token> tokens;
    text::tokenize_simply(phrase, tokens);
    std::vector<std::uint64_t> hashes;
    for (const text::Token& token : tokens) hashes.push_back(token.hash);
    return hashes;
}

/// Names of two to four invented words, all different.
std::vector<std::string> synthetic_phrases(std::size_t count) {
    bench::Random random(42);
    const auto word = [&] {
        static constexpr std::string_view kSyllables[] = {"ka",  "lo",  "mir", "ten", "sa",  "bru",
                                                          "vel", "dor", "ni",  "gha", "zur", "pe",
                                                          "shi", "ran", "tol", "us"};
        std::string made;
        for (std::size_t left = 2 + random.below(3); left > 0; --left)
            made += kSyllables[random.below(std::size(kSyllables))];
        made[0] = static_cast<char>(made[0] - 'a' + 'A');
        return made;
    };
    std::set<std::string> phrases;
    while (phrases.size() < count) {
        std::string phrase = word();
        for (std::size_t left = 1 + random.below(3); left > 0; --left) phrase += " " + word();
        phrases.insert(std::move(phrase));
    }
    return {phrases.begin(), phrases.end()};
}

PhraseTable table_of(const std::vector<std::string>& phrases) {
    PhraseTable table;
    for (const std::string& phrase : phrases) table.add(hashes_of(phrase), 1);
    table.finish();
    return table;
}

/// Articles of 4 KB with ten of the names in each.
struct Corpus {
    std::vector<Document> documents;
    std::size_t bytes = 0;
    std::size_t names = 0;

    Corpus(const std::vector<std::string>& phrases, unsigned on_percent) : documents(kArticles) {
        bench::Random random(7);
        for (std::size_t i = 0; i < kArticles; ++i) {
            std::string text = bench::body(i, 3'800, on_percent);
            for (int k = 0; k < 10 && !phrases.empty(); ++k) {
                const std::size_t at = text.find(". ", random.below(text.size()));
                if (at == std::string::npos) continue;
                text.insert(at + 2, phrases[random.below(phrases.size())] + ", ");
                ++names;
            }
            documents[i].assign("", text);
            bytes += text.size();
        }
    }
};

void report(benchmark::State& state, const Corpus& corpus) {
    state.SetBytesProcessed(static_cast<std::int64_t>(corpus.bytes) * state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(kArticles) * state.iterations());
}

void BuildTable(benchmark::State& state) {
    const auto phrases = synthetic_phrases(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        const PhraseTable table = table_of(phrases);
        benchmark::DoNotOptimize(table.size());
    }
    state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(BuildTable)->Arg(50'000)->Unit(benchmark::kMillisecond);

/// Finds the phrases of `table` in each document that `document_of(index)` gives.
template <class DocumentOf>
void match(benchmark::State& state, const PhraseTable& table, const Corpus& corpus,
           DocumentOf document_of) {
    std::vector<PhraseMatch> matches;
    const auto run = [&] {
        std::size_t found = 0;
        for (std::size_t i = 0; i < kArticles; ++i) {
            const Document& document = document_of(i);
            matches.clear();
            table.find(
                document.text(), document.tokens(),
                [](PhraseId, std::uint32_t, std::uint8_t) { return true; }, matches);
            found += matches.size();
        }
        return found;
    };
    bench::require(run() == corpus.names, "every name that was put in is found, and nothing else");
    for (auto _ : state) benchmark::DoNotOptimize(run());
    report(state, corpus);
}

void MatchSynthetic(benchmark::State& state) {
    const auto phrases = synthetic_phrases(static_cast<std::size_t>(state.range(0)));
    const Corpus corpus(phrases, 3);
    match(state, table_of(phrases), corpus,
          [&](std::size_t i) -> const Document& { return corpus.documents[i]; });
}
BENCHMARK(MatchSynthetic)->Arg(20'000)->Arg(50'000);

/// From text: tokens and matches.
void TokenizeAndMatchSynthetic(benchmark::State& state) {
    const auto phrases = synthetic_phrases(50'000);
    const Corpus corpus(phrases, 3);
    std::vector<std::string> texts;
    for (const Document& document : corpus.documents) texts.emplace_back(document.text());
    Document document;
    match(state, table_of(phrases), corpus, [&](std::size_t i) -> const Document& {
        document.assign("", texts[i]);
        return document;
    });
}
BENCHMARK(TokenizeAndMatchSynthetic);

void MatchShipped(benchmark::State& state) {
    const Corpus corpus({}, static_cast<unsigned>(state.range(0)));
    std::vector<PhraseMatch> matches;
    const auto run = [&] {
        std::size_t found = 0;
        for (const Document& document : corpus.documents) {
            matches.clear();
            find_phrases(document.text(), document.tokens(), bench::lexicon(), matches);
            found += matches.size();
        }
        return found;
    };
    bench::require(run() > kArticles * 5, "the shipped lexicon finds phrases");
    for (auto _ : state) benchmark::DoNotOptimize(run());
    report(state, corpus);
}
BENCHMARK(MatchShipped)->Arg(0)->Arg(100);

void CompileShipped(benchmark::State& state) {
    const auto files = bench::lexicon_files();
    bench::require(bench::lexicon().data().actors.size() > 1'000, "the shipped lexicon has actors");
    for (auto _ : state) {
        auto made = Lexicon::compile(files);
        benchmark::DoNotOptimize(made.has_value());
    }
    state.counters["phrases"] = static_cast<double>(bench::lexicon().data().phrases.size());
}
BENCHMARK(CompileShipped)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ceasewire
