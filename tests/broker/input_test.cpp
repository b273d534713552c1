/// Input as other programs write it: in transactions, some of them undone or never ended, in every
/// codec, and in the formats of old clients.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/on_broker.h"
#include "faults/proxy.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

class Input : public OneBroker<Input, testing::TestWithParam<const char*>> {
public:
    static BrokerSetup broker_setup() {
        // Transactions that nobody ends are looked for more often than every ten seconds.
        return {.config = "transaction.abort.timed.out.transaction.cleanup.interval.ms=500",
                .listeners = "OLD:PLAINTEXT:" + std::to_string(gateway().port())};
    }
    static void SetUpTestSuite() {
        OneBroker::SetUpTestSuite();
        gateway().lead_to(shared().address("OLD"));
    }
    /// The road of those who come to the second listener.
    static Proxy& gateway() {
        static Proxy proxy(1);
        return proxy;
    }

protected:
    [[nodiscard]] std::vector<std::string> run() const {
        return run_command(broker.address(), in, out, dead, group,
                           delivery_flags(GetParam(), group));
    }
    [[nodiscard]] bool no_lag(const Process& process, int partitions) const {
        const std::string url = process.metrics_url();
        if (url.empty()) return false;
        const auto page = http_get(url + "/metrics").second;
        for (int i = 0; i < partitions; ++i) {
            if (page.find("\nceasewire_consumer_lag_records{topic=\"" + in + "\",partition=\"" +
                          std::to_string(i) + "\"} 0\n") == std::string::npos)
                return false;
            if (topics.committed(group, in).at(i) != topics.end(in, i)) return false;
        }
        return true;
    }
};

INSTANTIATE_TEST_SUITE_P(Every, Input, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& info) { return std::string(info.param); });

/// Messages [begin, begin + count) of the mix; the undone ones have keys of their own.
std::vector<NewMessage> part(std::size_t begin, std::size_t count, const std::string& key = "") {
    std::vector<NewMessage> messages;
    for (std::size_t i = begin; i < begin + count; ++i) {
        messages.push_back(mixed(i));
        if (!key.empty()) messages.back().key = key;
    }
    return messages;
}

TEST_P(Input, OfTransactionsIsSeenWhenTheyAreCommittedAndNeverWhenTheyAreUndone) {
    make_topics(2, 2);
    Process process(run());
    TransactionalFeeder feeder(broker.address(), group + "-feeder");
    std::size_t sent = 0;
    for (int round = 0; round < 30; ++round) {
        feeder.write(in, part(sent, 40, round % 3 == 2 ? "undone" : ""));
        if (round % 3 == 2) {
            feeder.abort();
        } else {
            feeder.commit();
            sent += 40;
        }
    }
    // The last thing in the log is undone, so what remains to be stepped over are markers alone.
    feeder.write(in, part(sent, 10, "undone"));
    feeder.abort();
    EXPECT_TRUE(eventually([&] { return !process.running() || no_lag(process, 2); }, 60s))
        << process.log();
    // One is open: what comes behind it is not seen before it ends.
    {
        TransactionalFeeder dies(broker.address(), group + "-dies", 3s);
        dies.write(in, part(sent, 10, "undone"));
        topics.fill(in, 40, [&](std::size_t i) { return mixed(sent + i); });
        sent += 40;
    }
    // Its end comes by its time-out.
    EXPECT_TRUE(eventually([&] { return !process.running() || no_lag(process, 2); }, 60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted(sent, true);  // a fault "from nowhere" would be an undone one
}

TEST_P(Input, OfEveryCodecAndOfOldClientsIsRead) {
    make_topics(2, 2);
    Process process(run());
    std::size_t sent = 0;
    for (const std::string codec : {"none", "gzip", "snappy", "lz4", "zstd"}) {
        topics.fill(in, 300, [&](std::size_t i) { return mixed(sent + i); },
                    {{"compression.type", codec}});
        sent += 300;
    }
    // Message format 1, as before Kafka 0.11: no headers, and what is compressed is a message of
    // messages.
    for (const std::string codec : {"none", "gzip", "snappy", "lz4"}) {
        topics.fill(in, 100,
                    [&](std::size_t i) {
                        NewMessage message = mixed(sent + i);
                        message.headers.clear();
                        return message;
                    },
                    {{"compression.type", codec},
                     {"enable.idempotence", "false"},
                     {"max.in.flight", "1"},
                     {"api.version.request", "false"},
                     {"broker.version.fallback", "0.10.0.0"}});
        sent += 100;
    }
    EXPECT_TRUE(eventually([&] { return !process.running() || no_lag(process, 2); }, 60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted(sent, true);
}

/// A gateway before the brokers that knows no more than Kafka 1.1 did: no static members, no
/// epochs of leaders, no group's metadata in transactions. With less than 0.11 there are no
/// transactions, and that is said at the start.
TEST_P(Input, ThroughAGatewayThatHidesWhatIsNewIsReadAndWrittenAsEver) {
    gateway().hide({{0, 5},
                    {1, 7},
                    {2, 2},
                    {3, 5},
                    {8, 3},
                    {9, 3},
                    {10, 1},
                    {11, 2},
                    {12, 1},
                    {13, 1},
                    {14, 1},
                    {22, 0},
                    {24, 0},
                    {25, 0},
                    {26, 0},
                    {28, 0}});
    make_topics(2, 2);
    const std::string road = gateway().address();
    Process process(run_command(road, in, out, dead, group, delivery_flags(GetParam(), group)));
    topics.fill(in, 2'000, mixed);
    EXPECT_TRUE(eventually([&] { return !process.running() || no_lag(process, 2); }, 60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted(2'000, true);

    gateway().hide({{22, -1}, {24, -1}, {25, -1}, {26, -1}, {28, -1}});
    Process older(run_command(road, in, out, dead, group, delivery_flags(GetParam(), group)));
    EXPECT_EQ(older.wait(40s), 78) << older.log();
    EXPECT_THAT(older.log(), testing::HasSubstr("0.11"));
}

/// What we write ourselves is read by others in every codec.
TEST_P(Input, OutputOfEveryCodecIsReadByOthers) {
    make_topics(2, 2);
    std::size_t sent = 0;
    for (const std::string codec : {"gzip", "snappy", "lz4", "zstd"}) {
        topics.fill(in, 200, [&](std::size_t i) { return mixed(sent + i); });
        sent += 200;
        auto command = run();
        command.insert(command.end(), {"--set", "kafka.compression=" + codec});
        Process process(command);
        EXPECT_TRUE(eventually([&] { return !process.running() || no_lag(process, 2); }, 60s))
            << process.log();
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(40s), 0) << process.log();
    }
    expect_accounted(sent, false);
}

}  // namespace
}  // namespace ceasewire::test
