#include "record/encode.h"

#include <array>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

namespace ceasewire {
namespace {

std::string utf8(char32_t c) {
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    if (c < 0x10000)
        return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                static_cast<char>(0x80 | (c & 63))};
    return {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
            static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
}

std::string round_trip(std::string_view text) {
    std::string json = "[";
    append_json_string(json, text);
    json += ']';
    static simdjson::dom::parser parser;
    const simdjson::padded_string padded(json);
    std::string_view back;
    EXPECT_EQ(parser.parse(padded).at(0).get_string().get(back), simdjson::SUCCESS) << json;
    return std::string(back);
}

std::string escaped(std::string_view text) {
    std::string json;
    append_json_string(json, text);
    return json;
}

TEST(JsonString, EscapesWhatItMustAndNothingElse) {
    using namespace std::string_literals;
    EXPECT_EQ(escaped(""), "\"\"");
    EXPECT_EQ(escaped("plain / text"), "\"plain / text\"");
    EXPECT_EQ(escaped("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(escaped("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(escaped("\0\x01\x1f"s), R"("\u0000\u0001\u001f")");
    EXPECT_EQ(escaped("\x7F\u0085\u2028\u2029\uFEFF\uFFFF😀é"),
              "\"\x7F\u0085\u2028\u2029\uFEFF\uFFFF😀é\"");
}

TEST(JsonString, EveryCodePointComesBack) {
    std::string all;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        // Each of the first planes' characters, and every 97th beyond.
        if (c < 0x3000 || c % 97 == 0 || c > 0x10FFF0) all += utf8(c);
    }
    EXPECT_EQ(round_trip(all), all);
}

TEST(JsonString, EveryByteOfAnEscapeAtEveryPlaceComesBack) {
    for (std::size_t before = 0; before < 70; ++before) {
        for (const char c : {'"', '\\', '\n', '\x1f', 'x'}) {
            const std::string text = std::string(before, 'a') + c + std::string(3, 'b');
            ASSERT_EQ(round_trip(text), text);
        }
    }
}

/// A record with something in every place.
struct Full {
    Article article;
    std::vector<std::string_view> sectors = {"EDU", "ELI"}, roles = {"Head of \"X\""},
                                  aliases = {"Ada"}, terms = {"ceasefire", "monitoring"},
                                  why = {"claim: a", "act: b"};
    std::vector<RecordMention> mentions = {
        {{Field::title, 0, 3, "Ada"}, "name", "name actors.tsv:2"},
        {{Field::body, 5, 7, "☃\n"}, "pronoun", ""}};
    std::vector<RecordMention> others = {{{Field::body, 9, 12, "two"}, "role", "group"}};
    std::vector<RecordActor> actors;
    std::vector<ActorIndex> first = {0}, both = {0, 1}, none;
    std::vector<RecordQuantity> quantities = {{"five days", 5, "day"}, {"1.5", 1.5, ""}};
    std::vector<RecordWhen> when = {{"Monday", "2024-06-10", "2024-06-10"}, {"next year", "", ""}};
    std::vector<RecordClaim> claims;
    EnrichedRecord record;

    Full() {
        article.id = "a\"1";
        article.title = "Ada\tspoke";
        article.body = "body";
        article.has_title = article.has_body = true;
        article.url = "https://n.example/1";
        article.published_at = "2024-06-11T08:00:00Z";
        article.language = "en";
        article.format = Format::schema_org;
        article.html = true;
        article.warnings = {{Warning::duplicate_key, "title"}, {Warning::duplicate_key, ""}};
        actors.push_back({"ada",
                          "Ada Lovelace",
                          "person",
                          "Q7259",
                          "GBR",
                          {"GBREDU", "GBR", sectors},
                          0,
                          roles,
                          aliases,
                          mentions,
                          0.9});
        actors.push_back({"", "two officials", "role_group", "", "", {}, 2, {}, {}, others});
        RecordClaim claim;
        claim.id = "c-1";
        claim.slice = {Field::body, 0, 4, "body"};
        claim.act = "accept";
        claim.actors = first;
        claim.sources = both;
        claim.via = none;
        claim.targets = none;
        claim.stance = "for";
        claim.status = "actual";
        claim.terms = terms;
        claim.quantities = quantities;
        claim.when = when;
        claim.quote = "mixed";
        claim.cue = RecordSlice{Field::body, 1, 3, "od"};
        claim.cameo = "0356";
        claim.plover_event = "AGREE";
        claim.confidence = 0.86;
        claim.why = why;
        claims.push_back(claim);
        claim.cue.reset();
        claim.cameo = claim.plover_event = "";
        claim.quantities = {};
        claim.when = {};
        claim.confidence = 1;
        claims.push_back(claim);
        record.article = &article;
        record.relevant = true;
        record.actors = actors;
        record.claims = claims;
        record.lexicon_version = "2026.11";
    }
};

/// The whole form, key by key, in the order of the contract. A change here is a change of the
/// schema.
TEST(Encode, WritesAFullRecord) {
    std::string out = "kept";
    encode(Full().record, out);
    EXPECT_EQ(
        out,
        "kept"
        R"({"schema_version":"1.0","article":{"id":"a\"1","title":"Ada\tspoke","url":"https://n.example/1","source":null,"published_at":"2024-06-11T08:00:00Z","language":"en","format":"schema_org","body":"body"},)"
        R"("relevant":true,"actors":[{"id":"ada","name":"Ada Lovelace","type":"person","wikidata":"Q7259","country":"GBR","codes":{"cameo":"GBREDU","plover":{"country":"GBR","sector":["EDU","ELI"]}},"roles":["Head of \"X\""],"aliases":["Ada"],)"
        R"("mentions":[{"field":"title","start":0,"end":3,"exact":"Ada","form":"name","why":"name actors.tsv:2"},{"field":"body","start":5,"end":7,"exact":"☃\n","form":"pronoun"}],"confidence":0.9},)"
        R"({"id":null,"name":"two officials","type":"role_group","wikidata":null,"country":null,"codes":{"cameo":null,"plover":{"country":null,"sector":[]}},"number":2,"roles":[],"mentions":[{"field":"body","start":9,"end":12,"exact":"two","form":"role","why":"group"}],"confidence":0}],)"
        R"("claims":[{"id":"c-1","field":"body","start":0,"end":4,"exact":"body","act":"accept","actors":[0],"sources":[0,1],"via":[],"targets":[],"stance":"for","status":"actual","terms":["ceasefire","monitoring"],)"
        R"("quantities":[{"exact":"five days","value":5,"unit":"day"},{"exact":"1.5","value":1.5,"unit":null}],"when":[{"exact":"Monday","from":"2024-06-10","to":"2024-06-10"},{"exact":"next year","from":null,"to":null}],)"
        R"("quote":"mixed","cue":{"start":1,"end":3,"exact":"od"},"cameo":"0356","plover":{"event":"AGREE","mode":null},"confidence":0.86,"why":["claim: a","act: b"]},)"
        R"({"id":"c-1","field":"body","start":0,"end":4,"exact":"body","act":"accept","actors":[0],"sources":[0,1],"via":[],"targets":[],"stance":"for","status":"actual","terms":["ceasefire","monitoring"],)"
        R"("quantities":[],"when":[],"quote":"mixed","cue":null,"cameo":null,"plover":null,"confidence":1,"why":["claim: a","act: b"]}],)"
        R"("warnings":[{"code":"duplicate_key","field":"title"},{"code":"duplicate_key","field":null}],"lexicon":"2026.11","ceasewire":"0.1.0"})");
    EXPECT_EQ(out.find('\n'), std::string::npos) << "a record is one line";
}

TEST(Encode, IsValidJson) {
    std::string out;
    encode(Full().record, out);
    simdjson::dom::parser parser;
    EXPECT_EQ(parser.parse(simdjson::padded_string(out)).error(), simdjson::SUCCESS);
}

TEST(Encode, WritesTheSmallestRecord) {
    Article article;
    article.id = "1";
    article.has_body = true;
    EnrichedRecord record;
    record.article = &article;
    record.lexicon_version = "v";
    std::string out;
    encode(record, out);
    EXPECT_EQ(
        out,
        R"({"schema_version":"1.0","article":{"id":"1","title":null,"url":null,"source":null,"published_at":null,"language":null,"format":"native"},"relevant":false,"actors":[],"claims":[],"lexicon":"v","ceasewire":"0.1.0"})");
}

/// JSON has no infinity, and a number that we wrote must be one that every reader takes.
TEST(Encode, NumbersAreJson) {
    for (const double value :
         {0.0, -1.0, 0.1, 1e21, 1e-7, 123456789.0, 1e300, std::numeric_limits<double>::max(),
          std::numeric_limits<double>::denorm_min()}) {
        Full full;
        full.quantities[0].value = value;
        std::string out;
        encode(full.record, out);
        simdjson::dom::parser parser;
        EXPECT_EQ(parser.parse(simdjson::padded_string(out)).error(), simdjson::SUCCESS) << value;
    }
}

}  // namespace
}  // namespace ceasewire
