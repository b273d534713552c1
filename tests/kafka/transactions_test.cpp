/// Exactly once on librdkafka's mock cluster: every error code at every request of a transaction is
/// mended, or ends the service with the right kind of failure. The mock forgets the offsets of
/// transactions and shows undone records, so what it proves is the client's steps; that nothing
/// comes twice is for the real broker (tests/broker/exactly_once_test.cpp).

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/cluster.h"
#include "kafka/mock_service.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

struct TransactionCluster : MockCluster {
    TransactionCluster() : MockCluster(2, {{"in", 2}, {"out", 2}, {"dead", 1}}) {}
    void feed(int begin, int count) const {
        topics().fill("in", static_cast<std::size_t>(count), [&](std::size_t i) {
            const std::string number = std::to_string(begin + static_cast<int>(i));
            return NewMessage{
                "k" + number, R"({"id":"a)" + number + R"(","title":"t","body":"b"})", {}, -1, 0};
        });
    }
};

app::ServiceSettings settings(const MockCluster& cluster) {
    app::ServiceSettings settings = settings_on(cluster);
    settings.kafka.delivery = kafka::Delivery::exactly_once;
    settings.kafka.transactional_id = "test";
    settings.kafka.lanes = 1;
    settings.kafka.session_timeout = 6s;
    settings.kafka.consumer_properties = {{"heartbeat.interval.ms", "300"}};
    settings.loop.transaction_interval = 20ms;
    return settings;
}

struct Fault {
    std::string name;
    Api api;
    std::vector<rd_kafka_resp_err_t> codes;
};

class Transactions : public testing::TestWithParam<Fault> {};

TEST_P(Transactions, MendAndCostNoMessage) {
    const TransactionCluster cluster;
    Quiet log;
    auto with = settings(cluster);
    if (GetParam().api == kProduce) {
        with.kafka.linger = 200ms;
        with.loop.transaction_interval = 200ms;
    }
    app::Service service(with, shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    int sent = 0;
    for (const rd_kafka_resp_err_t code : GetParam().codes) {
        SCOPED_TRACE(rd_kafka_err2name(code));
        // An error at Produce would meet the feeder first: so only once the feeder is through.
        const bool produce = GetParam().api == kProduce;
        if (!produce) cluster.fail(GetParam().api, code);
        cluster.feed(sent, 50);
        if (produce) cluster.fail(GetParam().api, code);
        sent += 50;
        ASSERT_TRUE(eventually(
            [&] { return service.totals().settled() >= static_cast<std::uint64_t>(sent); }, 60s))
            << log.text;
        // On a slow machine the service may have been through before the error came.
        if (produce) cluster.forgive(GetParam().api);
    }
    service.request_stop();
    const auto outcome = service.wait();
    EXPECT_FALSE(outcome.failure) << outcome.failure->message;
    EXPECT_FALSE(outcome.abandoned);
    EXPECT_EQ(service.totals().consumed, static_cast<std::uint64_t>(sent)) << "read once";
    std::set<std::string> sources;
    for (const StoredMessage& message : cluster.topics().read("out"))
        sources.insert(message.header("ceasewire-source").value_or(""));
    EXPECT_EQ(sources.size(), static_cast<std::size_t>(sent));
}

INSTANTIATE_TEST_SUITE_P(
    Every, Transactions,
    testing::Values(
        Fault{"init",
              kInitProducerId,
              {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
               RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS}},
        Fault{"add_partitions",
              kAddPartitions,
              {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
               RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
               RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
               RD_KAFKA_RESP_ERR_OPERATION_NOT_ATTEMPTED, RD_KAFKA_RESP_ERR__TRANSPORT,
               RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE}},
        Fault{"add_offsets",
              kAddOffsets,
              {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
               RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
               RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR__TRANSPORT,
               RD_KAFKA_RESP_ERR_INVALID_TXN_STATE}},
        Fault{"offsets",
              kTxnOffsetCommit,
              {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
               RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
               RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
               RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID}},
        Fault{"end",
              kEndTxn,
              {RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
               RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
               RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR__TRANSPORT,
               RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, RD_KAFKA_RESP_ERR_UNKNOWN}},
        Fault{"produce",
              kProduce,
              {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__TRANSPORT,
               RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
               RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, RD_KAFKA_RESP_ERR_UNKNOWN}}),
    [](const auto& tested) { return tested.param.name; });

struct Ending {
    std::string name;
    Api api;
    rd_kafka_resp_err_t code;
};

class Denied : public testing::TestWithParam<Ending> {};

TEST_P(Denied, EndsTheServiceWithoutACommit) {
    const TransactionCluster cluster;
    cluster.feed(0, 50);
    cluster.fail(GetParam().api, GetParam().code, 20);
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    std::optional<stream::Failure> failure;
    if (auto started = service.start(); started) {
        failure = service.wait().failure;
    } else {
        failure = started.error();
    }
    ASSERT_TRUE(failure) << log.text;
    EXPECT_EQ(failure->kind, stream::FailureKind::denied) << failure->message;
    EXPECT_EQ(service.totals().settled(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Every, Denied,
    testing::Values(
        Ending{"id", kInitProducerId, RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED},
        Ending{"partitions", kAddPartitions, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED},
        Ending{"group", kAddOffsets, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED},
        Ending{"fenced_at_the_start", kInitProducerId, RD_KAFKA_RESP_ERR_PRODUCER_FENCED},
        Ending{"fenced_while_adding", kAddPartitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH},
        Ending{"fenced_at_the_end", kEndTxn, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH},
        Ending{"fenced_with_offsets", kTxnOffsetCommit, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH}),
    [](const auto& tested) { return tested.param.name; });

TEST(ExactlyOnceOnMock, ACoordinatorThatMovesCostsNothing) {
    const TransactionCluster cluster;
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    for (int round = 0; round < 6; ++round) {
        cluster.feed(round * 100, 100);
        rd_kafka_mock_coordinator_set(cluster.get(), "transaction", "test-0", 1 + round % 2);
        rd_kafka_mock_coordinator_set(cluster.get(), "group", "ceasewire", 1 + (round + 1) % 2);
        rd_kafka_mock_partition_set_leader(cluster.get(), "out", round % 2, 1 + round % 2);
    }
    EXPECT_TRUE(eventually([&] { return service.totals().settled() >= 600; }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
}

TEST(ExactlyOnceOnMock, ADistantBrokerIsSlowAndNothingElse) {
    const TransactionCluster cluster;
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    for (int broker = 1; broker <= 2; ++broker)
        rd_kafka_mock_broker_set_rtt(cluster.get(), broker, 300);
    cluster.feed(0, 500);
    EXPECT_TRUE(eventually([&] { return service.totals().settled() >= 500; }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    EXPECT_EQ(service.totals().consumed, 500U);
}

/// The client sends a request again when its connection breaks. The first one may be still on its
/// way, and must not meet a later transaction of the same producer. (On real brokers: ./dev faults
/// c
/// --row 11.)
class Broken : public testing::TestWithParam<std::pair<const char*, Api>> {};

TEST_P(Broken, ConnectionUnderARequestIsFollowedByANewProducer) {
    const TransactionCluster cluster;
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    const auto settled = [&](std::uint64_t count) {
        return eventually([&] { return service.totals().settled() >= count; }, 60s);
    };
    cluster.feed(0, 50);
    ASSERT_TRUE(settled(50)) << log.text;
    cluster.fail(GetParam().second, RD_KAFKA_RESP_ERR__TRANSPORT);
    cluster.feed(50, 50);
    ASSERT_TRUE(settled(100)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    EXPECT_EQ(service.totals().consumed, 100U) << "read once";
    EXPECT_THAT(log.text, testing::HasSubstr("a new producer takes over"));
}

INSTANTIATE_TEST_SUITE_P(Every, Broken,
                         testing::Values(std::pair("add_partitions", kAddPartitions),
                                         std::pair("add_offsets", kAddOffsets),
                                         std::pair("offsets", kTxnOffsetCommit),
                                         std::pair("end", kEndTxn)),
                         [](const auto& tested) { return std::string(tested.param.first); });

TEST(ExactlyOnceOnMock, AnAnswerThatIsLateNeedsNoNewProducer) {
    const TransactionCluster cluster;
    Quiet log;
    app::Service service(settings(cluster), shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    for (int broker = 1; broker <= 2; ++broker)
        rd_kafka_mock_broker_push_request_error_rtts(cluster.get(), broker, kEndTxn, 1,
                                                     RD_KAFKA_RESP_ERR_NO_ERROR, 2'500);
    cluster.feed(0, 50);
    EXPECT_TRUE(eventually([&] { return service.totals().settled() >= 50; }, 60s)) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);
    EXPECT_THAT(log.text, testing::Not(testing::HasSubstr("a new producer takes over")));
}

/// The client's call takes longer than it was told to, and its coordinator gives the transaction
/// up: that we were there all the time is known all the same, so we go on.
TEST(ExactlyOnceOnMock, AProcessThatWaitsInACallIsNotAsleep) {
    const TransactionCluster cluster;
    Quiet log;
    auto with = settings(cluster);  // a transaction has 4 s
    with.loop.transaction_interval = 1s;
    app::Service service(with, shipped_lexicon(), log);
    ASSERT_TRUE(service.start());
    for (int broker = 1; broker <= 2; ++broker) {
        rd_kafka_mock_broker_push_request_error_rtts(
            cluster.get(), broker, kAddOffsets, 1, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, 3'600);
    }
    cluster.feed(0, 50);
    EXPECT_TRUE(eventually([&] { return service.totals().settled() >= 50; }, 60s)) << log.text;
    service.request_stop();
    const auto outcome = service.wait();
    EXPECT_FALSE(outcome.failure) << outcome.failure->message;
    EXPECT_THAT(log.text, testing::HasSubstr("a new producer takes over"));
}

}  // namespace
}  // namespace ceasewire::test
