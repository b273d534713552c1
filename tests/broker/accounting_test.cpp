/// The promise on a real broker: whatever dies, every message has its record or its dead letter,
/// and the bytes are the core's.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/audit.h"
#include "broker/cluster.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

TEST(OnBroker, AccountsForEveryMessageWhateverDies) {
    constexpr std::size_t kMessages = 20'000;
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    topics.create("out", 3);
    topics.create("dead", 1);
    const auto run = run_command(broker.address(), "in", "out", "dead", "group");
    std::size_t sent = 0;
    const auto feed = [&](std::size_t count) {
        const std::size_t begin = sent;
        topics.fill("in", count, [&](std::size_t i) { return mixed(begin + i); });
        sent += count;
    };
    const auto finished = [&] {
        return static_cast<std::size_t>(topics.size("out") + topics.size("dead"));
    };
    std::unique_ptr<Process> process;
    const auto reaches = [&](std::size_t count) {
        return eventually([&] { return !process->running() || finished() >= count; }, 120s) &&
               process->running();
    };

    process = std::make_unique<Process>(run);
    feed(5'000);
    ASSERT_TRUE(reaches(1'000)) << process->log();

    // An ordered stop with work in hand.
    feed(1'000);
    process->signal(SIGTERM);
    ASSERT_EQ(process->wait(40s), 0) << process->log();
    const std::size_t after_term = finished();
    std::int64_t committed = 0;
    for (const auto& [partition, offset] : topics.committed("group", "in"))
        committed += std::max<std::int64_t>(0, offset);
    EXPECT_EQ(static_cast<std::size_t>(committed), after_term)
        << "an ordered stop leaves nothing uncommitted behind";

    process = std::make_unique<Process>(run);
    feed(3'000);
    ASSERT_TRUE(reaches(after_term + 500)) << process->log();

    // Death in the middle: the messages of this last feed are on their way.
    feed(2'000);
    process->signal(SIGKILL);
    ASSERT_EQ(process->wait(40s), 128 + SIGKILL);
    const std::size_t after_kill = finished();
    std::fprintf(stderr, "killed with %zu of %zu messages finished\n", after_kill, sent);

    process = std::make_unique<Process>(run);
    feed(3'000);
    ASSERT_TRUE(reaches(after_kill + 500)) << process->log();

    // The broker goes and comes back.
    feed(2'000);
    broker.kill9();
    broker.start();
    feed(kMessages - sent);
    ASSERT_TRUE(eventually(
        [&] {
            std::size_t total = 0;
            for (const auto& [partition, offset] : topics.committed("group", "in"))
                total += static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
            return total == kMessages;
        },
        120s))
        << process->log();
    process->signal(SIGTERM);
    EXPECT_EQ(process->wait(40s), 0) << process->log();

    const Accounts accounts = audit(topics, "in", "out", "dead");
    EXPECT_EQ(accounts.inputs, kMessages);
    EXPECT_EQ(accounts.records + accounts.dead_letters, kMessages);
    EXPECT_EQ(accounts.dead_letters, kMessages / 100);
    EXPECT_THAT(accounts.faults, testing::IsEmpty());
    std::fprintf(stderr, "%zu messages, %zu records, %zu dead letters, %zu duplicates\n",
                 accounts.inputs, accounts.records, accounts.dead_letters, accounts.duplicates);
    RecordProperty("duplicates", static_cast<int>(accounts.duplicates));
}

}  // namespace
}  // namespace ceasewire::test
