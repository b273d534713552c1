/// `ceasewire replay` on a real broker: dead letters go back once, as they came, and no more often
/// than allowed.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/cluster.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Pair;

TEST(Replay, SendsDeadLettersBackOnceAndNotForEver) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 2);
    topics.create("out", 1);
    topics.create("dead", 1);
    topics.fill("in", {{"a", "{", {{"feed", "one"}}, 0, 0},
                       {"b", R"({"title":"t","body":"b"})", {}, 0, 0},
                       {"c", R"({"weather":"fine"})", {}, 1, 0},
                       {"d", "{", {}, 1, 0}});
    const auto run_to = [&](std::int64_t committed) {
        Process process(run_command(broker.address(), "in", "out", "dead", "group"));
        ASSERT_TRUE(eventually(
            [&] {
                std::int64_t total = 0;
                for (const auto& [partition, offset] : topics.committed("group", "in"))
                    total += std::max<std::int64_t>(0, offset);
                return total == committed;
            },
            60s))
            << process.log();
        process.signal(SIGTERM);
        ASSERT_EQ(process.wait(40s), 0);
    };
    const auto replay = [&](std::vector<std::string> more) {
        std::vector<std::string> words = {
            "replay", "--brokers",     broker.address(), "--input", "in",   "--output",
            "out",    "--dead-letter", "dead",           "--group", "group"};
        words.insert(words.end(), more.begin(), more.end());
        Process process(words);
        const auto status = process.wait(60s);
        return std::pair(status.value_or(-1), process.log());
    };
    run_to(4);
    ASSERT_EQ(topics.size("dead"), 3);

    EXPECT_EQ(replay({}).first, 64) << "which?";
    EXPECT_EQ(replay({"--reason", "odd"}).first, 64);
    EXPECT_THAT(replay({"--reason", "bad_json", "--dry-run"}),
                Pair(0, AllOf(HasSubstr("in/0/0 bad_json dead/0/"), HasSubstr("in/1/1 bad_json"),
                              HasSubstr("would be 2 sent back"))));
    EXPECT_EQ(topics.size("in"), 4) << "dry";
    EXPECT_THAT(replay({"--id", "in/0/0"}), Pair(0, HasSubstr("1 sent back, ")));
    const auto input = topics.read("in");
    ASSERT_EQ(input.size(), 5U);
    const StoredMessage& again = input.at(2);  // the last one of partition 0
    EXPECT_EQ(again.partition, 0);
    EXPECT_EQ(again.key, "a");
    EXPECT_EQ(again.value, "{");
    EXPECT_EQ(again.header("feed"), "one");
    EXPECT_EQ(again.header("ceasewire.attempt"), "1");
    EXPECT_EQ(again.header("ceasewire.reason"), std::nullopt);

    // The same letter does not go back twice; the other one does.
    EXPECT_THAT(replay({"--reason", "bad_json"}),
                Pair(0, AllOf(HasSubstr("1 sent back, "), HasSubstr("1 sent back before"))));
    // They die again, and the letters of this second death may go back once more, not twice.
    run_to(6);
    ASSERT_EQ(topics.size("dead"), 5);
    EXPECT_THAT(replay({"--reason", "bad_json", "--attempts", "1"}),
                Pair(0, AllOf(HasSubstr("0 sent back, "), HasSubstr("2 sent back too often"),
                              HasSubstr("2 sent back before"))));
    EXPECT_THAT(replay({"--all", "--attempts", "2"}),
                Pair(0, AllOf(HasSubstr("3 sent back, "), HasSubstr("2 sent back before"))));
    EXPECT_EQ(topics.size("in"), 9);
}

}  // namespace
}  // namespace ceasewire::test
