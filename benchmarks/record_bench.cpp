/// Encoding a record of five kilobytes, and JSON strings by themselves.

#include <benchmark/benchmark.h>

#include "corpus.h"
#include "record/encode.h"

namespace ceasewire {
namespace {

void EncodeRecord(benchmark::State& state) {
    Article article;
    article.id = "a1";
    article.title = "Notes of the day";
    article.has_title = article.has_body = true;
    const std::string body = bench::body(3, 1'000, 60);
    std::vector<RecordMention> mentions(
        5, {{Field::body, 10, 25, "Antony Blinken"}, "name", "name actors-people.tsv:12"});
    const std::vector<std::string_view> sectors = {"GOV"};
    std::vector<RecordActor> actors(6, {"antony-blinken",
                                        "Antony Blinken",
                                        "person",
                                        "Q7821917",
                                        "USA",
                                        {"USAGOV", "USA", sectors},
                                        0,
                                        {},
                                        {},
                                        mentions});
    const std::vector<ActorIndex> who = {0, 1};
    const std::vector<std::string_view> terms = {"ceasefire", "hostage_release"};
    const std::vector<std::string_view> why = {"claim: core deal", "act: act_main:accept"};
    RecordClaim claim;
    claim.id = "c-0123456789abcdef";
    claim.slice = {Field::body, 0, 180, std::string_view(body).substr(0, 180)};
    claim.act = "accept";
    claim.actors = claim.sources = who;
    claim.stance = "for";
    claim.status = "actual";
    claim.terms = terms;
    claim.quote = "indirect";
    claim.cameo = "0356";
    claim.plover_event = "AGREE";
    claim.confidence = 0.86;
    claim.why = why;
    const std::vector<RecordClaim> claims(3, claim);
    EnrichedRecord record;
    record.article = &article;
    record.relevant = true;
    record.actors = actors;
    record.claims = claims;
    record.lexicon_version = "2026.11";
    std::string out;
    encode(record, out);
    bench::require(out.size() > 4'000 && out.back() == '}', "the record has the size");
    for (auto _ : state) {
        out.clear();
        encode(record, out);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(out.size()) * state.iterations());
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(EncodeRecord);

void JsonString(benchmark::State& state) {
    const std::string text = bench::body(3, 4'000, 10);
    std::string out;
    append_json_string(out, text);
    bench::require(out.size() > text.size(), "newlines are escaped");
    for (auto _ : state) {
        out.clear();
        append_json_string(out, text);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}
BENCHMARK(JsonString);

}  // namespace
}  // namespace ceasewire
