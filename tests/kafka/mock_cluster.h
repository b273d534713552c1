#pragma once
/// librdkafka's in-process mock cluster for tests of the service, and an observer that keeps what
/// was said. The mock keeps 5 MiB a partition; tests stay far below.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "broker/cluster.h"
#include "stream/observer.h"

namespace ceasewire::test {

/// Requests that can be made to fail, by their numbers in the protocol.
enum Api : std::int16_t {
    kProduce = 0,
    kFetch = 1,
    kListOffsets = 2,
    kOffsetCommit = 8,
    kOffsetFetch = 9,
    kFindCoordinator = 10,
    kJoinGroup = 11,
    kHeartbeat = 12,
    kSyncGroup = 14,
    kInitProducerId = 22,
    kAddPartitions = 24,
    kAddOffsets = 25,
    kEndTxn = 26,
    kTxnOffsetCommit = 28,
};

/// The mock of librdkafka 2.0.2 does not look at a connection while its member waits for the answer
/// to JoinGroup, so it does not see that the client has closed it (a coordinator that moved, a
/// request that timed out); when the member then asks anew, the mock aborts the whole program
/// ("rd_kafka_mock_cgrp_member_add: Assertion `!member->resp'"). A reset it does see. So in every
/// program that uses this class, close() resets connections instead of ending them politely.
class MockCluster {
public:
    explicit MockCluster(int brokers, const std::map<std::string, int>& partitions_of_topics);
    ~MockCluster();
    MockCluster(const MockCluster&) = delete;
    MockCluster& operator=(const MockCluster&) = delete;

    [[nodiscard]] std::string address() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
    [[nodiscard]] Topics topics() const { return Topics(address()); }
    [[nodiscard]] rd_kafka_mock_cluster_t* get() const { return cluster_; }
    /// The next requests of this kind are answered with `code`.
    void fail(Api api, rd_kafka_resp_err_t code, int times = 1) const;
    /// Takes back what has met no request yet.
    void forgive(Api api) const;

private:
    rd_kafka_t* owner_ = nullptr;
    rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

/// Keeps the log, and prints it where CEASEWIRE_TEST_LOG is set.
struct Quiet : stream::Observer {
    void log(stream::LogLevel level, std::string_view line) override;
    const std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
    std::mutex mutex;
    std::string text;
};

}  // namespace ceasewire::test
