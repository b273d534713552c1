#include "stream/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ceasewire::stream {
namespace {

/// A message with headers; `in` gives the position.
Message message(std::vector<Header> headers) {
    Message message;
    message.topic = "dead";
    message.from.partition = Partition(3);
    message.offset = Offset(17);
    message.key = "key";
    message.value = "{";
    message.headers = std::move(headers);
    return message;
}

std::vector<std::string> lines(const HeaderList& list) {
    std::vector<std::string> lines;
    for (const Header& header : list.headers())
        lines.push_back(std::string(header.name) + "=" +
                        std::string(header.value.value_or("(null)")));
    return lines;
}

const Header kReason{"ceasewire.reason", "bad_json"};
const Header kTopic{"__connect.errors.topic", "in"};

TEST(Replay, DecidesByTheHeaders) {
    struct Case {
        const char* name;
        std::vector<Header> headers;
        Replay fate;
    };
    const Case cases[] = {
        {"whole", {kReason, kTopic}, Replay::again},
        {"no headers", {}, Replay::not_a_letter},
        {"no reason", {kTopic}, Replay::not_a_letter},
        {"another program's", {{"ceasewire.reason", std::nullopt}, kTopic}, Replay::not_a_letter},
        {"no topic", {kReason}, Replay::not_a_letter},
        {"cut value", {kReason, kTopic, {"ceasewire.truncated", "1"}}, Replay::cut},
        {"no headers left", {kReason, kTopic, {"ceasewire.original_headers", "2"}}, Replay::cut},
        {"no key left", {kReason, kTopic, {"ceasewire.original_key_bytes", "9"}}, Replay::cut},
        {"twice so far", {kReason, kTopic, {"ceasewire.attempt", "2"}}, Replay::again},
        {"three times", {kReason, kTopic, {"ceasewire.attempt", "3"}}, Replay::too_often},
        {"four times", {kReason, kTopic, {"ceasewire.attempt", "4"}}, Replay::too_often},
        {"no number", {kReason, kTopic, {"ceasewire.attempt", "x"}}, Replay::again},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        EXPECT_EQ(replay_of(message(each.headers), 3), each.fate);
    }
}

TEST(Replay, TheMessageGoesBackAsItCameAndSaysHowOften) {
    const Message letter = message({{"feed", "one"},
                                    {"feed", std::nullopt},
                                    {"ceasewire.attempt", "1"},
                                    {"ceasewire-source", "in/0/5"},
                                    kTopic,
                                    kReason,
                                    {"__connect.errors.stage", "VALUE_CONVERTER"}});
    HeaderList headers;
    replay_headers(letter, headers);
    EXPECT_THAT(lines(headers),
                testing::ElementsAre("feed=one", "feed=(null)", "ceasewire.attempt=2",
                                     "ceasewire.replayed=dead/3/17"));
}

TEST(Replay, TheAttemptSurvivesAnotherDeath) {
    const Message again =
        message({{"feed", "one"}, {"ceasewire.attempt", "2"}, {"ceasewire.replayed", "dead/3/17"}});
    HeaderList headers;
    const Rejection rejection{Reason::bad_json, "", std::nullopt, "no"};
    dead_letter_headers(again, rejection, {}, "group", headers);
    Message letter = message({headers.headers().begin(), headers.headers().end()});
    EXPECT_EQ(attempts_of(letter), 2U);
    EXPECT_EQ(replay_of(letter, 2), Replay::too_often);
    EXPECT_EQ(text_of(letter, "ceasewire.replayed"), "");
}

}  // namespace
}  // namespace ceasewire::stream
