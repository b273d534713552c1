/// The service on librdkafka's mock cluster, which can be told to fail: every error that mends
/// itself must cost no message, every error that does not must end the service with its own kind of
/// failure and without a commit.

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/cluster.h"
#include "enrich/enrich.h"
#include "kafka/known_bugs.h"
#include "kafka/mock_service.h"
#include "record/encode.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

/// Three brokers; four partitions of input and two of output.
struct FaultyCluster : MockCluster {
    explicit FaultyCluster(int brokers = 3)
        : MockCluster(brokers, {{"in", 4}, {"out", 2}, {"dead", 1}}) {}
};

app::ServiceSettings settings(const MockCluster& cluster) {
    app::ServiceSettings settings = settings_on(cluster);
    settings.kafka.lanes = 2;
    // The mock waits three seconds for the first members, and later for a session less a second
    // whether all are there or not. A member whose session ends while it waits is never answered:
    // it asks again after its poll interval.
    settings.kafka.session_timeout = 3'500ms;
    settings.kafka.max_poll_interval = 6s;
    settings.kafka.commit_interval = 100ms;
    settings.kafka.consumer_properties = {{"heartbeat.interval.ms", "300"}};
    return settings;
}

std::string article(int i) {
    return i % 10 == 9 ? "{\"broken"
                       : R"({"id":"a)" + std::to_string(i) + R"(","title":"t","body":"b"})";
}

void feed(const MockCluster& cluster, int begin, int count) {
    cluster.topics().fill("in", static_cast<std::size_t>(count), [&](std::size_t i) {
        return NewMessage{"k" + std::to_string(begin + static_cast<int>(i)),
                          article(begin + static_cast<int>(i)),
                          {},
                          -1,
                          0};
    });
}

/// Every input has its output with the core's bytes, and first copies keep the order of their
/// partition.
void expect_accounted(const MockCluster& cluster, int count) {
    const Topics topics = cluster.topics();
    std::map<std::string, std::set<std::string>> outputs;
    std::map<std::pair<int, std::string>, std::int64_t> last;
    for (const StoredMessage& message : topics.read("out")) {
        const std::string source = message.header("ceasewire-source").value_or("");
        if (outputs[source].empty()) {
            const auto slash = source.rfind('/');
            const std::int64_t offset = std::stoll(source.substr(slash + 1));
            auto& before =
                last.try_emplace({message.partition, source.substr(0, slash)}, -1).first->second;
            EXPECT_GT(offset, before) << "out of order: " << source;
            before = offset;
        }
        outputs[source].insert(message.value.value_or(""));
    }
    for (const StoredMessage& message : topics.read("dead"))
        outputs[message.header("ceasewire-source").value_or("")].insert(message.value.value_or(""));
    Scratch scratch;
    int inputs = 0;
    for (const StoredMessage& input : topics.read("in")) {
        ++inputs;
        const auto record = enrich(*input.value, shipped_lexicon(), scratch);
        std::string bytes = *input.value;
        if (record) {
            bytes.clear();
            encode(*record, bytes);
        }
        const std::string source =
            "in/" + std::to_string(input.partition) + "/" + std::to_string(input.offset);
        EXPECT_EQ(outputs[source], std::set<std::string>{bytes}) << source;
    }
    EXPECT_EQ(inputs, count);
    EXPECT_EQ(outputs.size(), static_cast<std::size_t>(count));
}

bool all_committed(const MockCluster& cluster, int count) {
    std::int64_t total = 0;
    try {
        for (const auto& [partition, offset] : cluster.topics().committed("ceasewire", "in"))
            total += std::max<std::int64_t>(0, offset);
    } catch (const std::exception&) {
        return false;  // this look met an error that was meant for the service
    }
    return total == count;
}

struct Fault {
    std::string name;
    std::vector<std::pair<Api, rd_kafka_resp_err_t>> errors;
};
void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class Mends : public testing::TestWithParam<Fault> {};

TEST_P(Mends, AndCostsNoMessage) {
    const FaultyCluster cluster;
    feed(cluster, 0, 300);
    for (const auto& [api, code] : GetParam().errors) cluster.fail(api, code);
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    ASSERT_TRUE(eventually([&] { return service.totals().consumed >= 300; }, 60s)) << log.text;
    for (const auto& [api, code] : GetParam().errors)
        cluster.fail(api, code);  // and in the middle of the work
    feed(cluster, 300, 300);
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 600); }, 90s)) << log.text;
    service.request_stop();
    const auto outcome = service.wait();
    EXPECT_FALSE(outcome.failure) << outcome.failure->message;
    EXPECT_FALSE(outcome.abandoned);
    expect_accounted(cluster, 600);
}

INSTANTIATE_TEST_SUITE_P(
    Every, Mends,
    testing::Values(Fault{"nothing", {}},
                    Fault{"produce_leader",
                          {{kProduce, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION},
                           {kProduce, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE},
                           {kProduce, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR}}},
                    Fault{"produce_replicas",
                          {{kProduce, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT},
                           {kProduce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS},
                           {kProduce, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND}}},
                    Fault{"produce_connection", {{kProduce, RD_KAFKA_RESP_ERR__TRANSPORT}}},
                    Fault{"fetch",
                          {{kFetch, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION},
                           {kFetch, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR},
                           {kFetch, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART},
                           {kFetch, RD_KAFKA_RESP_ERR__TRANSPORT}}},
                    Fault{"offsets",
                          {{kListOffsets, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION},
                           {kOffsetFetch, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS},
                           {kOffsetFetch, RD_KAFKA_RESP_ERR_NOT_COORDINATOR}}},
                    Fault{"commit",
                          {{kOffsetCommit, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE},
                           {kOffsetCommit, RD_KAFKA_RESP_ERR_NOT_COORDINATOR},
                           {kOffsetCommit, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS},
                           {kOffsetCommit, RD_KAFKA_RESP_ERR__TRANSPORT}}},
                    Fault{"coordinator",
                          {{kFindCoordinator, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE},
                           {kJoinGroup, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE},
                           {kJoinGroup, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID},
                           {kSyncGroup, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS}}},
                    Fault{"heartbeat",
                          {{kHeartbeat, RD_KAFKA_RESP_ERR_NOT_COORDINATOR},
                           {kHeartbeat, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS},
                           {kHeartbeat, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID},
                           {kHeartbeat, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION}}},
                    Fault{"producer_id",
                          {{kInitProducerId, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS},
                           {kInitProducerId, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE},
                           {kInitProducerId, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT}}}),
    [](const auto& info) { return info.param.name; });

struct Ending {
    std::string name;
    Api api;
    rd_kafka_resp_err_t code;
    stream::FailureKind kind;
};
void PrintTo(const Ending& ending, std::ostream* out) { *out << ending.name; }

class Ends : public testing::TestWithParam<Ending> {};

TEST_P(Ends, TheServiceWithoutACommit) {
    const FaultyCluster cluster;
    feed(cluster, 0, 50);
    cluster.fail(GetParam().api, GetParam().code, 20);
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    // wait() returns by itself: the failure stops every lane.
    const auto outcome = service.wait();
    ASSERT_TRUE(outcome.failure) << log.text;
    EXPECT_EQ(outcome.failure->kind, GetParam().kind) << outcome.failure->message;
    const auto totals = service.totals();
    if (GetParam().api == kProduce || GetParam().api == kInitProducerId) {
        EXPECT_EQ(totals.settled(), 0U);
        EXPECT_TRUE(all_committed(cluster, 0));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Every, Ends,
    testing::Values(Ending{"write_denied", kProduce, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                           stream::FailureKind::denied},
                    Ending{"producer_id_denied", kInitProducerId,
                           RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
                           stream::FailureKind::denied},
                    Ending{"group_denied", kJoinGroup, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
                           stream::FailureKind::denied},
                    Ending{"read_denied", kFetch, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                           stream::FailureKind::denied},
                    Ending{"offsets_denied", kOffsetFetch,
                           RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
                           stream::FailureKind::denied}),
    [](const auto& info) { return info.param.name; });

TEST(OnMock, ABrokerThatIsAwayIsWaitedFor) {
    const FaultyCluster cluster(1);
    feed(cluster, 0, 200);
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    ASSERT_TRUE(eventually([&] { return service.totals().settled() >= 200; }, 60s)) << log.text;
    feed(cluster, 200, 200);
    rd_kafka_mock_broker_set_down(cluster.get(), 1);
    ASSERT_TRUE(eventually(
        [&] {
            const std::lock_guard lock(log.mutex);
            return log.text.find("ALL_BROKERS_DOWN") != std::string::npos;
        },
        30s));
    rd_kafka_mock_broker_set_up(cluster.get(), 1);
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 400); }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    expect_accounted(cluster, 400);
}

TEST(OnMock, ARecordDoesNotWaitForTheClientsLinger) {
    const FaultyCluster cluster(1);
    feed(cluster, 0, 3);
    Quiet log;
    auto patient = settings(cluster);
    patient.kafka.linger = 15min;
    app::Service service(patient, shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 3); }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    expect_accounted(cluster, 3);
}

TEST(OnMock, MembersComeAndGoWhileMessagesFlow) {
    const FaultyCluster cluster;
    Quiet log;
    auto first = std::make_unique<app::Service>(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(first->start());
    int sent = 0;
    const auto feed_some = [&] {
        feed(cluster, sent, 200);
        sent += 200;
    };
    feed_some();
    for (int round = 0; round < 3; ++round) {
        app::Service second(settings(cluster), shipped_lexicon(), log);
        ASSERT_TRUE(second.start());
        feed_some();
        ASSERT_TRUE(eventually([&] { return second.totals().assigned_partitions > 0; }, 60s))
            << log.text;
        feed_some();
        second.request_stop();
        EXPECT_FALSE(second.wait().failure);
    }
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, sent); }, 90s)) << log.text;
    first->request_stop();
    EXPECT_FALSE(first->wait().failure);
    expect_accounted(cluster, sent);
}

/// Lanes that end while their group forms, which either's leaving makes the other do again. Many at
/// once, each stopped a little later in the course of it.
TEST(OnMock, TwoLanesMayBeStoppedAtAnyMoment) {
    constexpr int kServices = 24;
    const FaultyCluster cluster;
    feed(cluster, 0, 100);
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int i = 0; i < kServices; ++i) {
        threads.emplace_back([&, i] {
            Quiet log;
            app::ServiceSettings mine = settings(cluster);
            mine.kafka.group_id = "stopped-" + std::to_string(i);
            app::Service service(mine, shipped_lexicon(), log);
            if (!service.start()) ++failures;
            std::this_thread::sleep_for(std::chrono::milliseconds(2'500 + 50 * i));
            service.request_stop();
            if (service.wait().failure) ++failures;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
}

/// The group takes the consumers in, gives them nothing and forgets them. A consumer that has
/// joined and was never assigned anything makes librdkafka < 2.3.0 abort when it is destroyed, so
/// it must be left behind, also where it has lost the name by which one could tell.
TEST(OnMock, ConsumersThatTheirGroupHasForgottenMayBeStopped) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    const auto run = [] {
        const FaultyCluster cluster;
        cluster.fail(kSyncGroup, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, 50);
        Quiet log;
        app::Service service(settings(cluster), shipped_lexicon(), log);
        const bool started = service.start().has_value();
        std::this_thread::sleep_for(4s);  // the group forms after three
        service.request_stop();
        const auto outcome = service.wait();
        std::fprintf(stderr, "started %d failed %d left behind %d\n", started,
                     outcome.failure.has_value(), outcome.abandoned);
        std::_Exit(0);
    };
    const bool has_it = kafka::has(kafka::Bug::cooperative_close_crash);
    EXPECT_EXIT(run(), testing::ExitedWithCode(0),
                "started 1 failed 0 left behind " + std::to_string(has_it));
}

/// Outputs that a broker never takes, while it answers other questions.
app::ServiceSettings impatient(const MockCluster& cluster) {
    app::ServiceSettings mine = settings(cluster);
    mine.kafka.lanes = 1;
    mine.stall_limit = 5s;
    mine.loop.stop_drain = 200ms;
    mine.loop.revoke_drain = 200ms;
    mine.kafka.close_timeout = 2s;
    cluster.fail(kProduce, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, 20'000);
    return mine;
}
std::size_t count_of(Quiet& log, std::string_view words) {
    const std::lock_guard lock(log.mutex);
    std::size_t count = 0;
    for (auto at = log.text.find(words); at != std::string::npos; at = log.text.find(words, at + 1))
        ++count;
    return count;
}

TEST(OnMock, ALaneWithoutProgressIsRebuiltAndGoesOn) {
    const FaultyCluster cluster;
    feed(cluster, 0, 100);
    Quiet log;
    app::Service service(impatient(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    ASSERT_TRUE(eventually([&] { return count_of(log, "it is given new clients") == 1; }, 60s))
        << log.text;
    // The old clients take none of these: they have left their group by now, or are about to.
    ASSERT_TRUE(eventually([&] { return count_of(log, "gave up 4 partitions") == 1; }, 60s));
    rd_kafka_mock_clear_request_errors(cluster.get(), kProduce);
    feed(cluster, 100, 100);
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 200); }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    EXPECT_EQ(count_of(log, "it is given new clients"), 1U);
    expect_accounted(cluster, 200);
}

/// Asks the probes from within the log line that says that a lane is rebuilt, which nobody goes on
/// before.
struct Prober : Quiet {
    void log(stream::LogLevel level, std::string_view line) override {
        if (line.find("it is given new clients") != std::string_view::npos) {
            ready = http_get(service->metrics_url() + "/readyz");
            live = http_get(service->metrics_url() + "/livez");
        }
        Quiet::log(level, line);
    }
    const app::Service* service = nullptr;
    std::pair<int, std::string> ready;
    std::pair<int, std::string> live;
};

app::ServiceSettings probed(app::ServiceSettings settings) {
    settings.metrics.enabled = true;
    settings.metrics.address = "127.0.0.1:0";
    return settings;
}

TEST(OnMock, ALaneThatIsRebuiltIsNotReadyAndIsLive) {
    const FaultyCluster cluster;
    feed(cluster, 0, 100);
    Prober log;
    app::Service service(probed(impatient(cluster)), shipped_lexicon(), log);
    log.service = &service;
    ASSERT_TRUE(service.start());
    const std::string url = service.metrics_url();
    ASSERT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 200; }, 60s));
    ASSERT_TRUE(eventually([&] { return count_of(log, "it is given new clients") == 1; }, 60s));
    EXPECT_EQ(log.ready.first, 503);
    EXPECT_THAT(log.ready.second, testing::HasSubstr("lane 0 made no progress"));
    EXPECT_EQ(log.live, std::pair(200, std::string("ok\n")));
    ASSERT_TRUE(eventually([&] { return count_of(log, "gave up 4 partitions") == 1; }, 60s));
    // Until the new clients are members, it is not ready either.
    if (count_of(log, "assigned 4 partitions") == 1) {
        EXPECT_EQ(http_get(url + "/readyz").first, 503);
    }
    rd_kafka_mock_clear_request_errors(cluster.get(), kProduce);
    EXPECT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 200; }, 60s))
        << log.text;
    EXPECT_EQ(http_get(url + "/livez").first, 200);
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 100); }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
}

TEST(OnMock, ALaneThatHasHaltedIsNotReadyAndIsLive) {
    const FaultyCluster cluster;
    Quiet log;
    app::ServiceSettings mine = probed(settings(cluster));
    mine.kafka.lanes = 1;
    mine.loop.breaker = {50, 100, 60s, 300s};
    std::atomic<std::chrono::seconds> now{1h};
    mine.loop.breaker_clock = [&] { return std::chrono::steady_clock::time_point(now.load()); };
    app::Service service(mine, shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    const std::string url = service.metrics_url();
    ASSERT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 200; }, 60s));
    cluster.topics().fill("in", 100, [](std::size_t i) {
        return NewMessage{"k" + std::to_string(i), "no article", {}, -1, 0};
    });
    ASSERT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 503; }, 60s));
    EXPECT_EQ(http_get(url + "/readyz").second,
              "lane 0 has halted: too much of its input became dead letters\n");
    EXPECT_EQ(http_get(url + "/livez"), std::pair(200, std::string("ok\n")));
    feed(cluster, 100, 20);  // waits
    EXPECT_EQ(http_get(url + "/readyz").first, 503);
    EXPECT_EQ(service.totals().consumed, 100U);
    now = 1h + 300s;
    EXPECT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 200; }, 60s));
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 120); }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
}

TEST(OnMock, ALaneThatARebuildingDoesNotHelpEndsTheService) {
    const FaultyCluster cluster;
    feed(cluster, 0, 100);
    Quiet log;
    app::Service service(probed(impatient(cluster)), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    // The probe turns before the end.
    std::pair<int, std::string> live;
    EXPECT_TRUE(eventually(
        [&] {
            live = http_get(service.metrics_url() + "/livez");
            return live.first != 200;
        },
        60s));
    EXPECT_THAT(live.second, testing::HasSubstr("lane 0 makes no progress"));
    const auto outcome = service.wait();
    ASSERT_TRUE(outcome.failure);
    EXPECT_EQ(outcome.failure->kind, stream::FailureKind::restart) << outcome.failure->message;
    EXPECT_EQ(count_of(log, "it is given new clients"), 1U) << log.text;
    EXPECT_EQ(count_of(log, "once more, with new clients"), 1U) << log.text;
    EXPECT_TRUE(all_committed(cluster, 0));
}

/// The time of the last answer is what tells an alert of brokers that are away.
TEST(OnMock, TheLastAnswerIsThatOfABrokerWhichIsThere) {
    const FaultyCluster cluster(1);
    Quiet log;
    app::Service service(probed(settings(cluster)), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    const auto last = [&] {
        const std::string page = "\n" + http_get(service.metrics_url() + "/metrics").second;
        const std::string name = "\nceasewire_last_answer_timestamp_seconds{lane=\"0\"} ";
        const auto at = page.find(name);
        return at == std::string::npos ? 0 : std::stod(page.substr(at + name.size()));
    };
    // A member with its partitions: one that looks for them when its broker goes may take minutes
    // to find it again (Bug::coordinator_search_stuck).
    feed(cluster, 0, 100);
    ASSERT_TRUE(eventually([&] { return all_committed(cluster, 100); }, kPatience));
    ASSERT_TRUE(eventually([&] { return last() > 0; }, kPatience));
    const double before = last();
    ASSERT_TRUE(eventually([&] { return last() > before; }, kPatience));
    rd_kafka_mock_broker_set_down(cluster.get(), 1);
    ASSERT_TRUE(eventually([&] { return count_of(log, "consumer 0: _") > 0; }, kPatience));
    // What was heard before may be exported a round later; then it stands still.
    double away = last();
    int looks = 0;
    ASSERT_TRUE(eventually(
        [&] {
            looks = std::exchange(away, last()) == away ? looks + 1 : 0;
            return looks == 100;
        },
        kPatience));
    rd_kafka_mock_broker_set_up(cluster.get(), 1);
    EXPECT_TRUE(eventually([&] { return last() > away; }, kPatience));
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
}

TEST(OnMock, ALeaderThatMovesCostsNothing) {
    const FaultyCluster cluster;
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    for (int round = 0; round < 6; ++round) {
        feed(cluster, round * 100, 100);
        for (int partition = 0; partition < 2; ++partition) {
            rd_kafka_mock_partition_set_leader(cluster.get(), "out", partition,
                                               1 + (round + partition) % 3);
        }
        rd_kafka_mock_partition_set_leader(cluster.get(), "in", round % 4, 1 + round % 3);
        rd_kafka_mock_coordinator_set(cluster.get(), "group", "ceasewire", 1 + round % 3);
    }
    EXPECT_TRUE(eventually([&] { return all_committed(cluster, 600); }, 90s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    expect_accounted(cluster, 600);
}

}  // namespace
}  // namespace ceasewire::test
