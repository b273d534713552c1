/// delivery = "exactly_once" on a real broker: what a reader of committed records sees is each
/// input once, in order, with the core's bytes, whatever died on the way.

#include <csignal>
#include <cstdlib>
#include <memory>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/audit.h"
#include "broker/cluster.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> exactly_once(const Broker& broker, const std::string& id,
                                      std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--delivery", "exactly_once", "--set", "run.transactional_id=" + id});
    return run_command(broker.address(), "in", "out", "dead", "group", more);
}

void create_topics(const Topics& topics, int partitions) {
    topics.create("in", partitions);
    topics.create("out", 3);
    topics.create("dead", 1);
}

std::size_t committed(const Topics& topics) {
    std::size_t total = 0;
    for (const auto& [partition, offset] : topics.committed("group", "in"))
        total += static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
    return total;
}

/// By the tests' own audit and by the program's.
void expect_exactly_once(const Broker& broker, std::size_t messages) {
    const Topics topics = broker.topics();
    const Accounts accounts = audit(topics, "in", "out", "dead");
    EXPECT_EQ(accounts.inputs, messages);
    EXPECT_EQ(accounts.records + accounts.dead_letters, messages);
    EXPECT_EQ(accounts.duplicates, 0U);
    EXPECT_EQ(accounts.reordered, 0U);
    EXPECT_THAT(accounts.faults, IsEmpty());
    Process verify({"verify", "--brokers", broker.address(), "--input", "in", "--output", "out",
                    "--dead-letter", "dead", "--group", "group", "--delivery", "exactly_once"});
    EXPECT_EQ(verify.wait(60s), 0) << verify.log();
    EXPECT_THAT(verify.log(), HasSubstr(std::to_string(messages) + " messages: "));
}

bool ready(const Process& process) {
    return eventually(
        [&] {
            return !process.metrics_url().empty() &&
                   http_get(process.metrics_url() + "/readyz").first == 200;
        },
        60s);
}

TEST(ExactlyOnce, HoldsThroughOrderedStopsKillsAndABrokersRestart) {
    constexpr std::size_t kMessages = 20'000;
    constexpr int kKills = 5;
    const char* given = std::getenv("CEASEWIRE_TEST_SEED");
    const unsigned seed =
        given != nullptr ? static_cast<unsigned>(std::atoi(given)) : std::random_device{}();
    std::fprintf(stderr, "CEASEWIRE_TEST_SEED=%u\n", seed);
    std::mt19937 random(seed);
    const auto up_to = [&](unsigned limit) { return random() % limit; };

    Broker broker;
    const Topics topics = broker.topics();
    create_topics(topics, 4);
    const auto run = exactly_once(broker, "one");
    std::size_t sent = 0;
    const auto feed = [&](std::size_t count) {
        const std::size_t begin = sent;
        topics.fill("in", count, [&](std::size_t i) { return mixed(begin + i); });
        sent += count;
    };
    auto process = std::make_unique<Process>(run);
    const auto reaches = [&](std::size_t count) {
        return eventually([&] { return !process->running() || committed(topics) >= count; },
                          120s) &&
               process->running();
    };

    feed(4'000);
    ASSERT_TRUE(reaches(500)) << process->log();
    // An ordered stop with work in hand.
    feed(1'000);
    process->signal(SIGTERM);
    ASSERT_EQ(process->wait(40s), 0) << process->log();
    {
        const auto seen = topics.read("out").size() + topics.read("dead").size();
        EXPECT_EQ(seen, committed(topics)) << "an ordered stop leaves nothing open behind";
    }
    // Death at any moment, with a transaction open or about to be committed.
    std::size_t killed_with = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        process = std::make_unique<Process>(run);
        const std::size_t before = committed(topics);
        feed(2'000);
        ASSERT_TRUE(reaches(before + 1 + up_to(800))) << process->log();
        std::this_thread::sleep_for(std::chrono::milliseconds(up_to(60)));
        process->signal(SIGKILL);
        ASSERT_EQ(process->wait(40s), 128 + SIGKILL);
        killed_with += sent - committed(topics);
    }
    process = std::make_unique<Process>(run);
    const std::size_t before = committed(topics);
    feed(2'000);
    ASSERT_TRUE(reaches(before + 1)) << process->log();
    broker.kill9();
    broker.start();
    feed(kMessages - sent);
    ASSERT_TRUE(reaches(kMessages)) << committed(topics) << "\n" << process->log();
    process->signal(SIGTERM);
    EXPECT_EQ(process->wait(40s), 0) << process->log();
    expect_exactly_once(broker, kMessages);
    std::fprintf(stderr, "%d kills with %zu messages not committed\n", kKills, killed_with);
}

TEST(ExactlyOnce, OfTwoWithOneNameTheOlderOneEndsWith77) {
    Broker broker;
    const Topics topics = broker.topics();
    create_topics(topics, 2);
    Process first(exactly_once(broker, "same", {"--lanes", "1"}));
    ASSERT_TRUE(ready(first)) << first.log();
    topics.fill("in", 200, mixed);
    ASSERT_TRUE(eventually([&] { return committed(topics) == 200; }, 60s)) << first.log();
    Process second(exactly_once(broker, "same", {"--lanes", "1"}));
    ASSERT_TRUE(ready(second)) << second.log();
    // Both are members of the group; the older one finds out with its next transaction.
    std::size_t sent = 200;
    ASSERT_TRUE(eventually(
        [&] {
            topics.fill("in", 100, [&](std::size_t i) { return mixed(sent + i); });
            sent += 100;
            return !first.running();
        },
        60s))
        << first.log();
    EXPECT_EQ(first.wait(40s), 77) << first.log();
    EXPECT_THAT(first.log(), HasSubstr("transactional id"));
    ASSERT_TRUE(eventually([&] { return committed(topics) == sent; }, 60s)) << second.log();
    second.signal(SIGTERM);
    EXPECT_EQ(second.wait(40s), 0) << second.log();
    expect_exactly_once(broker, sent);
}

/// The process sleeps through its session and its transaction; its partitions go to another, and
/// what it then wants to commit must not count.
TEST(ExactlyOnce, AZombieCommitsNothing) {
    Broker broker;
    const Topics topics = broker.topics();
    create_topics(topics, 4);
    Process zombie(exactly_once(broker, "zombie", {"--set", "run.transaction_interval=2 s"}));
    ASSERT_TRUE(ready(zombie)) << zombie.log();
    topics.fill("in", 2'000, mixed);
    // Stopped with a transaction open: nothing is committed yet, and much is taken.
    ASSERT_TRUE(eventually(
        [&] {
            const auto page = http_get(zombie.metrics_url() + "/metrics").second;
            return page.find("\nceasewire_records_consumed_total 0\n") == std::string::npos;
        },
        60s));
    zombie.signal(SIGSTOP);
    Process heir(exactly_once(broker, "heir"));
    ASSERT_TRUE(eventually([&] { return committed(topics) == 2'000; }, 60s)) << heir.log();
    zombie.signal(SIGCONT);
    topics.fill("in", 1'000, [](std::size_t i) { return mixed(2'000 + i); });
    ASSERT_TRUE(eventually([&] { return committed(topics) == 3'000; }, 60s)) << heir.log();
    zombie.signal(SIGTERM);
    const auto status = zombie.wait(40s);
    EXPECT_TRUE(status == 0 || status == 77) << zombie.log();
    heir.signal(SIGTERM);
    EXPECT_EQ(heir.wait(40s), 0) << heir.log();
    expect_exactly_once(broker, 3'000);
}

/// The brokers sleep through the transaction: nobody's fault, so nobody ends.
TEST(ExactlyOnce, AFrozenBrokerIsWaitedFor) {
    Broker broker;
    const Topics topics = broker.topics();
    create_topics(topics, 4);
    Process process(exactly_once(broker, "one"));
    ASSERT_TRUE(ready(process)) << process.log();
    topics.fill("in", 3'000, mixed);
    ASSERT_TRUE(eventually([&] { return committed(topics) > 0; }, 60s));
    broker.pause();
    std::this_thread::sleep_for(12s);  // the session is 6 s, a transaction's time-out 4 s
    broker.resume();
    topics.fill("in", 1'000, [](std::size_t i) { return mixed(3'000 + i); });
    ASSERT_TRUE(eventually([&] { return !process.running() || committed(topics) == 4'000; }, 90s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_exactly_once(broker, 4'000);
}

/// One process, then four, then one again, while messages flow: partitions move with a commit or an
/// abort before, and nothing is lost, doubled or out of order.
TEST(ExactlyOnce, HoldsWhileProcessesComeAndGo) {
    Broker broker;
    const Topics topics = broker.topics();
    create_topics(topics, 8);
    std::size_t sent = 0;
    const auto feed = [&](std::size_t count) {
        const std::size_t begin = sent;
        topics.fill("in", count, [&](std::size_t i) { return mixed(begin + i); });
        sent += count;
    };
    const auto start = [&](const std::string& id) {
        return std::make_unique<Process>(exactly_once(broker, id, {"--lanes", "1"}));
    };
    std::vector<std::unique_ptr<Process>> processes;
    processes.push_back(start("p0"));
    feed(2'000);
    ASSERT_TRUE(ready(*processes[0])) << processes[0]->log();
    for (int i = 1; i < 4; ++i) {
        processes.push_back(start("p" + std::to_string(i)));
        feed(1'000);
        ASSERT_TRUE(ready(*processes.back())) << processes.back()->log();
        feed(500);
    }
    // The last but one leaves by death, the others in order.
    for (int i = 3; i > 0; --i) {
        feed(1'000);
        Process& leaving = *processes[static_cast<std::size_t>(i)];
        leaving.signal(i == 2 ? SIGKILL : SIGTERM);
        EXPECT_EQ(leaving.wait(40s), i == 2 ? 128 + SIGKILL : 0) << leaving.log();
    }
    feed(1'000);
    ASSERT_TRUE(eventually([&] { return committed(topics) == sent; }, 120s))
        << committed(topics) << " of " << sent << "\n"
        << processes[0]->log();
    processes[0]->signal(SIGTERM);
    EXPECT_EQ(processes[0]->wait(40s), 0) << processes[0]->log();
    expect_exactly_once(broker, sent);
}

/// The topic's limit falls below the records that are on their way: the refused ones become dead
/// letters, nothing is lost, doubled or out of order.
TEST(ExactlyOnce, ARefusedRecordIsTakenOutOfItsTransaction) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 2);
    topics.create("out", 1, {{"max.message.bytes", "20000"}});
    topics.create("dead", 1);
    std::vector<NewMessage> messages;
    for (int i = 0; i < 400; ++i) {
        const std::string title = i % 101 == 50 ? std::string(50'000, 'T') : "t";
        messages.push_back(
            {"k",
             R"({"id":"a)" + std::to_string(i) + R"(","title":")" + title + R"(","body":"b"})",
             {},
             i % 2,
             0});
    }
    topics.fill("in", messages);
    Process process(exactly_once(broker, "one"));
    ASSERT_TRUE(eventually([&] { return committed(topics) == 400; }, 90s)) << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    const auto records = topics.read("out");
    const auto letters = topics.read("dead");
    EXPECT_EQ(records.size() + letters.size(), 400U);
    EXPECT_EQ(letters.size(), 4U);
    std::map<std::string, std::int64_t> last;
    for (const StoredMessage& record : records) {
        const std::string source = record.header("ceasewire-source").value_or("");
        const auto slash = source.rfind('/');
        auto& before = last.try_emplace(source.substr(0, slash), -1).first->second;
        EXPECT_GT(std::stoll(source.substr(slash + 1)), before) << source;
        before = std::stoll(source.substr(slash + 1));
    }
    for (const StoredMessage& letter : letters) {
        EXPECT_EQ(letter.header("ceasewire.reason"), "publish_refused");
        EXPECT_THAT(*letter.value, HasSubstr("TTTT"));
    }
}

}  // namespace
}  // namespace ceasewire::test
