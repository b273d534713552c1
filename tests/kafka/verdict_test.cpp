/// What is done about an error of a transaction.

#include <gtest/gtest.h>

#include "kafka/client.h"

namespace ceasewire::kafka {
namespace {

struct Case {
    const char* name;
    rd_kafka_resp_err_t code;
    bool fatal;
    bool abort;
    bool retriable;
    Verdict verdict;
};

class Verdicts : public testing::TestWithParam<Case> {};

TEST_P(Verdicts, FollowFromTheErrorsParts) {
    const Case& c = GetParam();
    EXPECT_EQ(verdict_of(c.code, c.fatal, c.abort, c.retriable), c.verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Every, Verdicts,
    testing::Values(
        Case{"time_out", RD_KAFKA_RESP_ERR__TIMED_OUT, false, false, true, Verdict::retry},
        Case{"coordinator_loads", RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, false, false,
             true, Verdict::retry},
        Case{"not_a_member", RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, false, true, false,
             Verdict::abort},
        Case{"old_generation", RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, false, true, false,
             Verdict::abort},
        Case{"static_member_replaced", RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, false, true, false,
             Verdict::abort},
        Case{"abort_before_retry", RD_KAFKA_RESP_ERR__TIMED_OUT, false, true, true, Verdict::abort},
        Case{"fenced_but_undoable", RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, false, true, false,
             Verdict::fenced},
        Case{"fenced", RD_KAFKA_RESP_ERR__FENCED, true, false, false, Verdict::fenced},
        Case{"fenced_epoch", RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, true, false, false,
             Verdict::fenced},
        Case{"fenced_producer", RD_KAFKA_RESP_ERR_PRODUCER_FENCED, true, false, false,
             Verdict::fenced},
        Case{"fenced_while_starting", RD_KAFKA_RESP_ERR_PRODUCER_FENCED, false, false, false,
             Verdict::fenced},
        Case{"state_of_the_transaction", RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, true, false, false,
             Verdict::renew},
        Case{"wrong_call", RD_KAFKA_RESP_ERR__STATE, false, false, false, Verdict::renew},
        Case{"denied", RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, true, false, false,
             Verdict::denied},
        Case{"too_old", RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, true, false, false,
             Verdict::too_old},
        Case{"group_denied", RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, false, true, false,
             Verdict::denied}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace ceasewire::kafka
