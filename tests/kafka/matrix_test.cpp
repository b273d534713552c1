/// Every error code that the client knows as the answer to every kind of request that the service
/// makes, one service for each: nearly all cost nothing but time; the others end the service with a
/// failure of their kind, and the next one does what was left. Nothing is lost either way.
/// Metadata is not among the requests: the mock cannot be told to answer it with an error.

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include "broker/cluster.h"
#include "kafka/mock_service.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using kafka::Delivery;

constexpr int kAtOnce = 50;  // most of their time they wait for the mock's group to form

/// Messages before the first error, and again before the second. A broker refuses the batch behind
/// one that it has not taken; the mock takes it, and the client then believes that both are there:
/// where Produce fails there is one message, so that none is behind it.
constexpr int fed_at_once(Api failing) { return failing == kProduce ? 1 : 3; }

/// How services end that do not get over a code, each with the codes.
using Ends = std::map<std::string, std::set<std::string>>;

const std::set<std::string> kRefusals = {
    "CLUSTER_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED", "SASL_AUTHENTICATION_FAILED",
    "TOPIC_AUTHORIZATION_FAILED", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"};
const std::set<std::string> kOfProducers = {"CLUSTER_AUTHORIZATION_FAILED",
                                            "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"};
const std::set<std::string> kNameTaken = {"FENCED_INSTANCE_ID"};
const std::set<std::string> kNewerSelf = {"INVALID_PRODUCER_EPOCH", "PRODUCER_FENCED"};

Ends denied(std::set<std::string> codes, const std::set<std::string>& more = {}) {
    codes.insert(more.begin(), more.end());
    return {{"denied", codes}};
}
Ends and_also(Ends ends, const std::string& how, const std::string& code) {
    ends[how].insert(code);
    return ends;
}

struct Row {
    std::string name;
    Api api;
    Delivery delivery;
    Ends ends;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::vector<rd_kafka_resp_err_t> codes_of_the_protocol(const Row& row) {
    const rd_kafka_err_desc* described = nullptr;
    std::size_t count = 0;
    rd_kafka_get_err_descs(&described, &count);
    std::vector<rd_kafka_resp_err_t> codes = {RD_KAFKA_RESP_ERR__TRANSPORT};
    for (std::size_t i = 0; i < count; ++i) {
        const rd_kafka_resp_err_t code = described[i].code;
        if (described[i].name == nullptr) continue;
        // The message is there already: no error, and from a mock that has not kept it a lie.
        if (row.api == kProduce && code == RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER) continue;
        if (code == RD_KAFKA_RESP_ERR_UNKNOWN || code > RD_KAFKA_RESP_ERR_NO_ERROR)
            codes.push_back(code);
    }
    return codes;
}

/// One service, one cluster, one code; the first broker has the input and the groups, the second
/// the output, so that an answer to Produce does not meet whoever feeds.
class Case {
public:
    Case(const Row& row, rd_kafka_resp_err_t code)
        : row_(row), code_(code), cluster_(2, {{"in", 1}, {"out", 1}, {"dead", 1}}) {
        rd_kafka_mock_partition_set_leader(cluster_.get(), "in", 0, 1);
        for (const char* topic : {"out", "dead"})
            rd_kafka_mock_partition_set_leader(cluster_.get(), topic, 0, 2);
        rd_kafka_mock_coordinator_set(cluster_.get(), "group", "ceasewire", 1);
        rd_kafka_mock_coordinator_set(cluster_.get(), "transaction", "test-0", 1);
    }

    /// "mends", or the kind of failure that ended it.
    std::string outcome() {
        feed();
        answer_with_the_code();
        std::string ended = serve();
        if (ended.empty()) answer_with_the_code();
        feed();
        if (ended.empty()) ended = serve();
        if (ended.empty()) ended = stop();
        return ended.empty() ? "mends" : ended;
    }
    /// What is wrong when a service without errors has done the rest.
    std::string left() {
        // The client that could not be ended is still a member, until its process ends.
        if (abandoned_) return "";
        rd_kafka_mock_clear_request_errors(cluster_.get(), row_.api);
        // The mock forgets the offsets of transactions.
        committed_ = std::max<std::int64_t>(0, committed());
        if (committed_ != fed_) {
            std::string ended = serve();
            if (ended.empty()) ended = stop();
            if (!ended.empty()) return "the next one ends too: " + ended;
        }
        std::set<std::string> sources;
        for (const StoredMessage& message : cluster_.topics().read("out"))
            sources.insert(message.header("ceasewire-source").value_or(""));
        if (std::cmp_not_equal(sources.size(), fed_))
            return std::to_string(sources.size()) + " records";
        if (row_.delivery == Delivery::at_least_once && committed() != fed_)
            return "committed " + std::to_string(committed());
        return "";
    }
    [[nodiscard]] const std::string& said() const { return log_.text; }

private:
    void answer_with_the_code() {
        if (row_.api == kProduce)
            rd_kafka_mock_broker_push_request_error_rtts(cluster_.get(), 2, kProduce, 1, code_, 0);
        else
            cluster_.fail(row_.api, code_);
    }
    [[nodiscard]] app::ServiceSettings settings() const {
        app::ServiceSettings settings = settings_on(cluster_);
        settings.kafka.delivery = row_.delivery;
        settings.kafka.transactional_id = "test";
        settings.kafka.lanes = 1;
        settings.kafka.session_timeout = 6s;
        settings.kafka.max_poll_interval = 10s;
        settings.kafka.commit_interval = 20ms;
        settings.kafka.consumer_properties = {{"heartbeat.interval.ms", "300"}};
        settings.loop.transaction_interval = 20ms;
        return settings;
    }
    void feed() {
        const int begin = fed_;
        fed_ += fed_at_once(row_.api);
        cluster_.topics().fill(
            "in", fed_ - begin,
            [begin](std::size_t i) {
                const std::string id = std::to_string(begin + static_cast<int>(i));
                return NewMessage{
                    id, R"({"id":")" + id + R"(","title":"t","body":"b"})", {}, -1, 0};
            },
            {{"enable.idempotence", "false"}, {"linger.ms", "0"}});
    }
    [[nodiscard]] std::int64_t committed() const {
        return cluster_.topics().committed("ceasewire", "in")[0];
    }
    /// Has a service do all that was fed; how it ended, if it did.
    std::string serve() {
        if (!service_) {
            service_ = std::make_unique<app::Service>(settings(), shipped_lexicon(), log_);
            if (const auto started = service_->start(); !started) {
                service_.reset();
                return std::string(to_string(started.error().kind));
            }
        }
        // Where commits fail, until one has got through: else the stop may come before the error.
        const auto settled = [&] {
            return committed_ + static_cast<std::int64_t>(service_->totals().settled()) >= fed_ &&
                   (row_.api != kOffsetCommit || committed() == fed_);
        };
        const auto ended = [&] {
            pollfd one{service_->ended_fd(), POLLIN, 0};
            return poll(&one, 1, 0) == 1;
        };
        if (!eventually([&] { return ended() || settled(); }, 60s)) return "stuck" + stop();
        if (!ended()) return "";
        const std::string how = stop();
        return how.empty() ? "ended without a word" : how;
    }
    std::string stop() {
        service_->request_stop();
        const auto outcome = service_->wait();
        service_.reset();
        abandoned_ = abandoned_ || outcome.abandoned;
        return outcome.failure ? std::string(to_string(outcome.failure->kind)) : "";
    }

    const Row& row_;
    const rd_kafka_resp_err_t code_;
    const MockCluster cluster_;
    Quiet log_;
    std::unique_ptr<app::Service> service_;
    int fed_ = 0;
    std::int64_t committed_ = 0;  ///< before the present service
    bool abandoned_ = false;
};

class Matrix : public testing::TestWithParam<Row> {};

TEST_P(Matrix, MendsOrEndsAndLosesNothing) {
    const Row& row = GetParam();
    const auto codes = codes_of_the_protocol(row);
    ASSERT_GT(codes.size(), 90U);
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    Ends ends;
    std::vector<std::string> wrong;
    std::vector<std::thread> threads;
    for (int i = 0; i < kAtOnce; ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < codes.size(); at = next++) {
                Case one(row, codes[at]);
                const std::string outcome = one.outcome();
                const std::string left = one.left();
                const std::lock_guard lock(mutex);
                const std::string name = rd_kafka_err2name(codes[at]);
                if (outcome != "mends") ends[outcome].insert(name);
                if (!left.empty()) wrong.push_back(name + ": " + left + "\n" + one.said());
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(wrong, testing::IsEmpty());
    EXPECT_EQ(ends, row.ends);
}

INSTANTIATE_TEST_SUITE_P(
    Every, Matrix,
    testing::Values(
        Row{"produce", kProduce, Delivery::at_least_once,
            and_also(denied(kRefusals), "restart", "OUT_OF_ORDER_SEQUENCE_NUMBER")},
        Row{"fetch", kFetch, Delivery::at_least_once,
            and_also(denied(kRefusals), "gap", "OFFSET_OUT_OF_RANGE")},
        Row{"list_offsets", kListOffsets, Delivery::at_least_once, denied(kRefusals)},
        Row{"offset_commit", kOffsetCommit, Delivery::at_least_once, denied(kRefusals, kNameTaken)},
        Row{"offset_fetch", kOffsetFetch, Delivery::at_least_once, denied(kRefusals)},
        Row{"find_coordinator", kFindCoordinator, Delivery::at_least_once, denied(kRefusals)},
        Row{"join_group", kJoinGroup, Delivery::at_least_once, denied(kRefusals, kNameTaken)},
        Row{"heartbeat", kHeartbeat, Delivery::at_least_once, denied(kNameTaken)},
        Row{"sync_group", kSyncGroup, Delivery::at_least_once, denied(kNameTaken)},
        Row{"producer_id", kInitProducerId, Delivery::at_least_once,
            and_also(denied(kOfProducers, kNewerSelf), "restart", "INVALID_TRANSACTION_TIMEOUT")},
        Row{"produce_once", kProduce, Delivery::exactly_once, denied(kRefusals, kNewerSelf)},
        Row{"producer_id_once", kInitProducerId, Delivery::exactly_once,
            denied(kOfProducers, kNewerSelf)},
        Row{"add_partitions", kAddPartitions, Delivery::exactly_once,
            denied(kRefusals, kNewerSelf)},
        Row{"add_offsets", kAddOffsets, Delivery::exactly_once, denied(kRefusals, kNewerSelf)},
        Row{"offsets_once", kTxnOffsetCommit, Delivery::exactly_once,
            denied(kRefusals, kNewerSelf)},
        Row{"end_transaction", kEndTxn, Delivery::exactly_once, denied(kRefusals, kNewerSelf)}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace ceasewire::test
