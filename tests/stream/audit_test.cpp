#include "stream/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/encode.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A message that owns its bytes.
struct Kept {
    std::string topic;
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<std::pair<std::string, std::string>> headers;
    std::int32_t partition = 0;
    std::int64_t offset = 0;

    [[nodiscard]] Message message() const {
        Message message;
        message.topic = topic;
        message.from.partition = Partition(partition);
        message.offset = Offset(offset);
        if (key) message.key = *key;
        if (value) message.value = *value;
        for (const auto& [name, text] : headers) message.headers.push_back({name, text});
        return message;
    }
};

/// What the service makes of an input message.
std::pair<Destination, Kept> output_of(const Kept& input, std::int64_t offset) {
    HeaderList headers;
    const Message message = input.message();
    Kept out{"out", input.key, input.value, {}, 0, offset};
    Destination where = Destination::records;
    Scratch scratch;
    record_headers(message, headers);
    const auto record = enrich(input.value.value_or("{}"), test::shipped_lexicon(), scratch);
    if (input.value && record) {
        out.key = std::string(record->article->id);
        out.value.emplace();
        encode(*record, *out.value);
    } else if (input.value) {
        dead_letter_headers(message, record.error(), {}, "group", headers);
        out.topic = "dead";
        where = Destination::dead_letters;
    }
    for (const Header& header : headers.headers())
        out.headers.emplace_back(header.name, header.value.value_or(""));
    return {where, out};
}

struct World {
    std::vector<Kept> input;
    std::vector<std::pair<Destination, Kept>> output;
    World() {
        for (int i = 0; i < 6; ++i) {
            Kept message{"in", "k", R"({"id":"a)" + std::to_string(i) + R"(","title":"t"})",
                         {},   0,   i};
            if (i == 2) message.value = "{";
            if (i == 3) message.value.reset();
            if (i == 4) message.headers = {{"feed", "one"}, {"feed", "two"}};
            input.push_back(message);
            output.push_back(output_of(message, i));
        }
    }
    void renumber() {
        for (std::size_t i = 0; i < output.size(); ++i)
            output[i].second.offset = static_cast<std::int64_t>(i);
    }
    std::vector<std::string> findings(std::int64_t window = 100) {
        std::vector<std::string> lines;
        Audit audit(test::shipped_lexicon(), {}, "group", [&](const Finding& finding) {
            lines.push_back(std::string(to_string(finding.fault)) + " " + finding.source +
                            (finding.what.empty() ? "" : ": " + finding.what));
        });
        for (std::int64_t at = 0; at < 6; at += window) {
            audit.begin({{"in", 0, at, std::min<std::int64_t>(6, at + window)}});
            for (const Kept& each : input) audit.expect(each.message());
            for (const auto& [where, each] : output) audit.saw(where, each.message());
            audit.end();
        }
        counts = audit.counts();
        return lines;
    }
    AuditCounts counts;
};

TEST(Audit, FindsNothingWhereNothingIsWrong) {
    for (const std::int64_t window : {100, 1, 4}) {
        World world;
        EXPECT_THAT(world.findings(window), IsEmpty()) << window;
        EXPECT_EQ(world.counts.messages, 6U);
        EXPECT_EQ(world.counts.records, 5U);
        EXPECT_EQ(world.counts.dead_letters, 1U);
    }
}

TEST(Audit, NamesEachFault) {
    struct Case {
        const char* finding;
        void (*spoil)(World&);
    };
    const Case cases[] = {
        {"missing in/0/1", [](World& w) { w.output.erase(w.output.begin() + 1); }},
        {"missing in/0/2", [](World& w) { w.output.erase(w.output.begin() + 2); }},
        {"doubled in/0/0", [](World& w) { w.output.push_back(w.output[0]); }},
        {"reordered in/0/0: after offset 1", [](World& w) { std::swap(w.output[0], w.output[1]); }},
        {"differing in/0/0: value", [](World& w) { w.output[0].second.value->back() = ' '; }},
        {"differing in/0/0: value", [](World& w) { w.output[0].second.value.reset(); }},
        {"differing in/0/3: value", [](World& w) { w.output[3].second.value = ""; }},
        {"differing in/0/2: value", [](World& w) { w.output[2].second.value = "{{"; }},
        {"differing in/0/0: key", [](World& w) { w.output[0].second.key = "b"; }},
        {"differing in/0/4: headers",
         [](World& w) { std::swap(w.output[4].second.headers[0], w.output[4].second.headers[1]); }},
        {"differing in/0/2: reason",
         [](World& w) {
             for (auto& [name, value] : w.output[2].second.headers) {
                 if (name == "ceasewire.reason") value = "bad_utf8";
             }
         }},
        {"misplaced in/0/2", [](World& w) { w.output[2].first = Destination::records; }},
        {"misplaced in/0/1", [](World& w) { w.output[1].first = Destination::dead_letters; }},
        {"unexpected in/0/5", [](World& w) { w.input.pop_back(); }},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.finding);
        World world;
        each.spoil(world);
        world.renumber();
        EXPECT_THAT(world.findings(), ElementsAre(each.finding));
        // Windows find the same, though a swap across an edge is told by the place in the output.
        World again;
        each.spoil(again);
        again.renumber();
        EXPECT_EQ(again.findings(1).size(), 1U);
    }
}

TEST(Audit, ARefusedOrCutMessageIsComparedByItsOriginal) {
    World world;
    const auto refuse = [&](std::size_t at, std::optional<std::size_t> cut, const char* bytes) {
        const Kept& input = world.input[at];
        const Message message = input.message();
        const Rejection rejection{Reason::publish_refused, "", std::nullopt, "no"};
        HeaderList headers;
        DeadLetterShape shape;
        shape.value_bytes = cut;
        dead_letter_headers(message, rejection, shape, "group", headers);
        Kept out{"dead", input.key, bytes, {}, 0, static_cast<std::int64_t>(at)};
        for (const Header& header : headers.headers())
            out.headers.emplace_back(header.name, header.value.value_or(""));
        world.output[at] = {Destination::dead_letters, out};
    };
    refuse(0, std::nullopt, R"({"id":"a0","title":"t"})");
    refuse(1, 4, R"({"id)");
    EXPECT_THAT(world.findings(), IsEmpty());
    EXPECT_EQ(world.counts.refused, 2U);
    refuse(0, std::nullopt, R"({"id":"a1","title":"t"})");
    EXPECT_THAT(world.findings(), ElementsAre("differing in/0/0: value"));
}

TEST(Audit, SaysWhichOtherLexiconMadeARecord) {
    World world;
    std::string& value = *world.output[0].second.value;
    const std::string name = "\"" + std::string(test::shipped_lexicon().version()) + "\"";
    ASSERT_NE(value.rfind(name), std::string::npos);
    value.replace(value.rfind(name), name.size(), "\"desk.1\"");
    EXPECT_THAT(world.findings(), ElementsAre("differing in/0/0: value, made with lexicon desk.1"));
}

TEST(Audit, LeavesOthersOutputsAlone) {
    World world;
    for (const char* source : {"", "in/0", "in/0/x", "in/0/-", "/0/1", "in//1", "other/0/1",
                               "in/1/0", "in/0/77", "in/0/1/0"}) {
        Kept other{"out", "k", "v", {{"ceasewire-source", source}}, 0, 50};
        world.output.emplace_back(Destination::records, other);
    }
    world.output.emplace_back(Destination::records, Kept{"out", "k", "v", {}, 0, 51});
    EXPECT_THAT(world.findings(), IsEmpty());
    EXPECT_EQ(world.counts.foreign, 6U);
}

}  // namespace
}  // namespace ceasewire::stream
