/// `ceasewire verify` on a real broker: says nothing where nothing is wrong, and names what is.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/audit.h"
#include "broker/cluster.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kEight = 1'718'092'800'000;  // 2024-06-11T08:00:00Z

TEST(Verify, NamesWhatIsMissingDoubledOrDifferent) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 2, {{"retention.ms", "-1"}});
    topics.create("out", 2, {{"retention.ms", "-1"}});
    topics.create("dead", 1, {{"retention.ms", "-1"}});
    topics.fill("in", 2'000, [](std::size_t i) {
        NewMessage message = mixed(i);
        message.partition = static_cast<std::int32_t>(i % 2);
        message.timestamp_ms = kEight + (i < 1'000 ? 0 : kHour);
        return message;
    });
    {
        Process process(run_command(broker.address(), "in", "out", "dead", "group"));
        ASSERT_TRUE(eventually(
            [&] {
                const auto committed = topics.committed("group", "in");
                return committed.at(0) == 1'000 && committed.at(1) == 1'000;
            },
            60s))
            << process.log();
        process.signal(SIGTERM);
        ASSERT_EQ(process.wait(40s), 0);
    }
    const auto verify = [&](std::vector<std::string> more) {
        std::vector<std::string> words = {
            "verify", "--brokers",     broker.address(), "--input", "in",   "--output",
            "out",    "--dead-letter", "dead",           "--group", "group"};
        words.insert(words.end(), more.begin(), more.end());
        Process process(words);
        const auto status = process.wait(60s);
        return std::pair(status.value_or(-1), process.log());
    };
    EXPECT_THAT(verify({}), testing::Pair(0, HasSubstr("2000 messages: 1980 records, 20 dead")));
    EXPECT_THAT(verify({"--window", "300"}), testing::Pair(0, HasSubstr("2000 messages: 1980")));
    EXPECT_THAT(verify({"--to", "2024-06-11T08:30:00Z"}),
                testing::Pair(0, HasSubstr("1000 messages: ")));
    EXPECT_THAT(verify({"--from", "2024-06-11T08:30:00Z", "--to", "2024-06-11T10:00:00Z"}),
                testing::Pair(0, HasSubstr("1000 messages: ")));
    EXPECT_THAT(verify({"--from", "2024-06-11T10:00:00Z"}),
                testing::Pair(0, HasSubstr("0 messages: ")));
    EXPECT_EQ(verify({"--from", "yesterday"}).first, 64);

    // What the group has not come to is not missing.
    topics.fill("in", 10, mixed);
    EXPECT_THAT(verify({}), testing::Pair(0, HasSubstr("10 offsets are not committed yet")));

    // A copy, one of them with other bytes; a record that nobody wrote down; a lost one.
    const auto records = topics.read("out");
    ASSERT_GT(records.size(), 100U);
    const auto again = [&](const StoredMessage& record, const std::string& end) {
        NewMessage message{record.key, record.value.value_or("") + end, record.headers,
                           record.partition, 0};
        topics.fill("out", {message});
    };
    const auto& copied = records.at(50);
    ASSERT_TRUE(copied.value);
    const std::string source = copied.header("ceasewire-source").value_or("");
    again(copied, "");
    EXPECT_THAT(verify({}), testing::Pair(0, AllOf(HasSubstr("doubled " + source + " -> out/"),
                                                   HasSubstr(" 1 doubled, "))))
        << "copies are no fault with at_least_once";
    EXPECT_EQ(verify({"--delivery", "exactly_once"}).first, 1);
    again(copied, " ");
    EXPECT_THAT(verify({}), testing::Pair(1, AllOf(HasSubstr("differing " + source + " -> out/"),
                                                   HasSubstr(": value"))));
    const std::string first = records.front().header("ceasewire-source").value_or("");
    topics.delete_before("out", records.front().partition, records.front().offset + 1);
    EXPECT_THAT(verify({}), testing::Pair(1, AllOf(HasSubstr("missing " + first + "\n"),
                                                   HasSubstr(" 1 missing, "))));
    EXPECT_EQ(verify({"--set", "topics.dead_letter=nowhere"}).first, 69);
}

}  // namespace
}  // namespace ceasewire::test
