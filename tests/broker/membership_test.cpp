/// Members of the group: with a name that stays over restarts, with somebody else's name, and one
/// that is too slow for the others.

#include <condition_variable>
#include <csignal>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/load_lexicon.h"
#include "app/service.h"
#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Membership : public OneBroker<Membership, testing::TestWithParam<const char*>> {
protected:
    [[nodiscard]] bool exactly_once() const {
        return std::string_view(GetParam()) == "exactly_once";
    }
    [[nodiscard]] std::vector<std::string> named(const std::string& name,
                                                 const std::string& session) const {
        return run_command(broker.address(), in, out, dead, group,
                           {"--delivery", GetParam(), "--set", "kafka.instance=" + name, "--set",
                            "kafka.session_timeout=" + session, "--lanes", "1"});
    }
};

INSTANTIATE_TEST_SUITE_P(Every, Membership, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& info) { return std::string(info.param); });

std::size_t count_of(const std::string& text, std::string_view words) {
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1))
        ++count;
    return count;
}

bool owns(const Process& process, int partitions) {
    return eventually(
        [&] {
            return !process.metrics_url().empty() &&
                   http_get(process.metrics_url() + "/metrics")
                           .second.find("\nceasewire_assigned_partitions{lane=\"0\"} " +
                                        std::to_string(partitions) + "\n") != std::string::npos;
        },
        60s);
}

/// A member with a name is waited for: its partitions do not move, and the others do not notice.
TEST_P(Membership, ARestartWithinTheSessionMovesNothing) {
    make_topics(4, 2);
    Process stays(named("stays", "30 s"));
    ASSERT_TRUE(owns(stays, 4)) << stays.log();
    auto goes = std::make_unique<Process>(named("goes", "30 s"));
    ASSERT_TRUE(owns(*goes, 2)) << goes->log();
    ASSERT_TRUE(owns(stays, 2)) << stays.log();
    topics.fill(in, 400, mixed);
    ASSERT_TRUE(eventually([&] { return committed() == 400; }, 60s)) << stays.log();
    const auto changes = [&] {
        return count_of(stays.log(), "assigned ") + count_of(stays.log(), "gave up ");
    };
    const auto before = changes();
    for (const int how : {SIGTERM, SIGKILL}) {
        goes->signal(how);
        ASSERT_EQ(goes->wait(40s), how == SIGKILL ? 128 + SIGKILL : 0) << goes->log();
        topics.fill(in, 400, mixed);
        goes = std::make_unique<Process>(named("goes", "30 s"));
        ASSERT_TRUE(owns(*goes, 2)) << goes->log();
        const auto sent = how == SIGTERM ? 800U : 1'200U;
        ASSERT_TRUE(eventually([&] { return committed() == sent; }, 60s)) << goes->log();
    }
    EXPECT_EQ(changes(), before) << stays.log();
    EXPECT_THAT(stays.log(), Not(HasSubstr("lost ")));
    goes->signal(SIGTERM);
    stays.signal(SIGTERM);
    EXPECT_EQ(goes->wait(40s), 0) << goes->log();
    EXPECT_EQ(stays.wait(40s), 0) << stays.log();
    expect_accounted(1'200, exactly_once());
}

TEST_P(Membership, OfTwoWithOneNameTheOlderOneEndsWith77) {
    make_topics(2, 2);
    Process older(named("same", "6 s"));
    ASSERT_TRUE(owns(older, 2)) << older.log();
    topics.fill(in, 200, mixed);
    ASSERT_TRUE(eventually([&] { return committed() == 200; }, 60s)) << older.log();
    Process newer(named("same", "6 s"));
    ASSERT_EQ(older.wait(60s), 77) << older.log();
    EXPECT_THAT(older.complaints(),
                ElementsAre(AllOf(HasSubstr(exactly_once() ? "same" : "instance name same"),
                                  HasSubstr("another process has taken over"))));
    ASSERT_TRUE(owns(newer, 2)) << newer.log();
    topics.fill(in, 200, [](std::size_t i) { return mixed(200 + i); });
    ASSERT_TRUE(eventually([&] { return !newer.running() || committed() == 400; }, 60s))
        << newer.log();
    newer.signal(SIGTERM);
    EXPECT_EQ(newer.wait(40s), 0) << newer.log();
    expect_accounted(400, exactly_once());
}

/// Stops the lane that meets a certain article, until it is let go: a record that takes for ever.
struct Slow : stream::Observer {
    void enriched(const stream::Message& message, const EnrichedRecord& /*record*/) override {
        std::unique_lock lock(mutex);
        if (message.key != "slow" || met) return;
        met = true;
        changed.notify_all();
        changed.wait(lock, [&] { return go; });
    }
    void log(stream::LogLevel /*level*/, std::string_view line) override {
        const std::lock_guard lock(mutex);
        text.append(line).append("\n");
    }
    bool wait_until_met() {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, 60s, [&] { return met; });
    }
    void release() {
        const std::lock_guard lock(mutex);
        go = true;
        changed.notify_all();
    }
    std::string said() {
        const std::lock_guard lock(mutex);
        return text;
    }
    std::mutex mutex;
    std::condition_variable changed;
    bool met = false;
    bool go = false;
    std::string text;
};

/// A record takes longer than the group allows a member to be silent: its partitions go to another,
/// which does it again, and what the slow one has in hand does not count any more.
TEST_P(Membership, ARecordSlowerThanThePollInterval) {
    // Exactly once, the slow one ends (75 or 77).
    make_topics(2, 2);
    const auto lexicon = app::load_lexicon("");
    const auto settings = [&](const std::string& id) {
        app::ServiceSettings settings;
        settings.kafka.brokers = broker.address();
        settings.kafka.input_topics = {in};
        settings.kafka.output_topic = out;
        settings.kafka.dead_letter_topic = dead;
        settings.kafka.group_id = group;
        settings.kafka.lanes = 1;
        settings.kafka.session_timeout = 1'500ms;
        settings.kafka.max_poll_interval = 1'500ms;
        settings.kafka.commit_interval = 100ms;
        settings.kafka.transactional_id = group + id;
        if (exactly_once()) settings.kafka.delivery = kafka::Delivery::exactly_once;
        settings.metrics.enabled = false;
        return settings;
    };
    topics.fill(in, 300, mixed);
    NewMessage slow = mixed(300);
    slow.key = "slow";
    topics.fill(in, {slow});
    topics.fill(in, 99, [](std::size_t i) { return mixed(301 + i); });
    Slow sleeper;
    app::Service first(settings("-first"), *lexicon, sleeper);
    ASSERT_TRUE(first.start());
    ASSERT_TRUE(sleeper.wait_until_met());
    stream::Observer nobody;
    app::Service second(settings("-second"), *lexicon, nobody);
    ASSERT_TRUE(second.start());
    // Only when the first one is out of the group can the second have done everything.
    EXPECT_TRUE(eventually([&] { return committed() == 400; }, 60s)) << sleeper.said();
    sleeper.release();
    if (exactly_once()) {
        // Whatever it notices first, it ends: its transaction has been ended by the coordinator's
        // time-out (or by another of its name: nothing tells which), and it is out of its group.
        const auto outcome = first.wait();
        ASSERT_TRUE(outcome.failure) << sleeper.said();
        EXPECT_TRUE(outcome.failure->kind == stream::FailureKind::denied ||
                    outcome.failure->kind == stream::FailureKind::restart)
            << outcome.failure->message;
        second.request_stop();
        EXPECT_FALSE(second.wait().failure);
        expect_accounted(400, exactly_once());
        return;
    }
    // It comes back, is a member again, and both go on.
    EXPECT_TRUE(eventually([&] { return first.totals().assigned_partitions == 1; }, 60s))
        << sleeper.said();
    EXPECT_THAT(sleeper.said(), HasSubstr("leaving group"));
    topics.fill(in, 200, [](std::size_t i) { return mixed(400 + i); });
    EXPECT_TRUE(eventually([&] { return committed() == 600; }, 60s)) << sleeper.said();
    for (app::Service* service : {&first, &second}) {
        service->request_stop();
        const auto outcome = service->wait();
        EXPECT_FALSE(outcome.failure) << outcome.failure->message;
    }
    expect_accounted(600, exactly_once());
}

}  // namespace
}  // namespace ceasewire::test
