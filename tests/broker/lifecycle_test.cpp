/// Starting, stopping, being asked how it goes, and being told no.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kGood = R"({"title":"t","body":"b"})";

class Lifecycle : public OneBroker<Lifecycle> {
public:
    static BrokerSetup broker_setup() {
        return {.config =
                    "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer "
                    "allow.everyone.if.no.acl.found=true"};
    }

protected:
    [[nodiscard]] std::vector<std::string> run(const std::string& member_of,
                                               const std::vector<std::string>& more = {}) const {
        return run_command(broker.address(), in, out, dead, member_of, more);
    }
};

TEST_F(Lifecycle, ProbesAndMetricsFollowTheService) {
    make_topics(2);
    Process process(run(group));
    ASSERT_TRUE(eventually([&] { return !process.metrics_url().empty(); }, 30s)) << process.log();
    const std::string url = process.metrics_url();
    ASSERT_TRUE(eventually([&] { return http_get(url + "/readyz").first == 200; }, 60s))
        << process.log();
    EXPECT_EQ(http_get(url + "/livez"), std::pair(200, std::string("ok\n")));
    EXPECT_EQ(http_get(url + "/").first, 404);
    topics.fill(in, {{"a", kGood, {}, 0, 0}, {"b", "{", {}, 1, 0}, {"c", std::nullopt, {}, 1, 0}});
    const auto line = [&](const std::string& text) {
        return http_get(url + "/metrics").second.find("\n" + text + "\n") != std::string::npos;
    };
    EXPECT_TRUE(eventually([&] { return line("ceasewire_records_produced_total 2"); }, 60s));
    EXPECT_TRUE(eventually(
        [&] { return line("ceasewire_records_dead_lettered_total{reason=\"bad_json\"} 1"); }, 30s));
    EXPECT_TRUE(line("ceasewire_records_consumed_total 3"));
    EXPECT_TRUE(eventually(
        [&] {
            return line("ceasewire_consumer_lag_records{topic=\"" + in + "\",partition=\"1\"} 0");
        },
        30s));
    EXPECT_TRUE(eventually([&] { return !line("ceasewire_commits_total{result=\"ok\"} 0"); }, 30s));

    EXPECT_TRUE(eventually([&] { return committed() == 3; }, 60s)) << process.log();

    // A broker that is away must not make the process look dead: a restart would help nobody. What
    // comes after it may come twice: the group's session may have run out meanwhile.
    broker.kill9();
    EXPECT_EQ(http_get(url + "/livez").first, 200);
    broker.start();
    topics.fill(in, {{"d", kGood, {}, 0, 0}});
    EXPECT_TRUE(eventually([&] { return committed() == 4; }, 60s)) << process.log();
    EXPECT_GE(topics.size(out), 3);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
}

TEST_F(Lifecycle, ASecondSignalEndsAtOnceAndOneAloneEndsInTime) {
    make_topics(1);
    const auto working = [&](const Process& process) {
        return eventually(
            [&] {
                return !process.metrics_url().empty() &&
                       http_get(process.metrics_url() + "/readyz").first == 200;
            },
            60s);
    };
    {
        Process process(run(group + "-one"));
        ASSERT_TRUE(working(process)) << process.log();
        topics.fill(in, {{"a", kGood, {}, 0, 0}});
        broker.pause();
        process.signal(SIGTERM);
        ASSERT_TRUE(
            eventually([&] { return process.log().find("stopping") != std::string::npos; }, 60s));
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(40s), 130) << process.log();
        broker.resume();
    }
    {
        Process process(run(group + "-two", {"--shutdown-budget", "8 s"}));
        ASSERT_TRUE(working(process)) << process.log();
        broker.pause();
        const auto begin = std::chrono::steady_clock::now();
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(40s), 0) << process.log();
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s) << "the budget is 8 s";
        broker.resume();
    }
}

TEST_F(Lifecycle, AnEarlyTermIsClean) {
    make_topics(1);
    for (int i = 0; i < 5; ++i) {
        Process process(run(group));
        ASSERT_TRUE(eventually(
            [&] {
                return process.log().find("known bugs") != std::string::npos || !process.running();
            },
            30s));
        process.signal(SIGTERM);  // before the first assignment, where librdkafka < 2.3.0 crashes
        EXPECT_EQ(process.wait(30s), 0) << process.log();
    }
}

TEST_F(Lifecycle, TwoProcessesShareTheWorkAndHandItOver) {
    make_topics(4);
    // Long enough a session that a slow machine is not taken for a death, after which records
    // double.
    const auto command = run(group, {"--set", "kafka.session_timeout=45 s"});
    Process first(command);
    std::size_t sent = 0;
    const auto feed = [&](std::size_t count) {
        const std::size_t begin = sent;
        topics.fill(in, count, [&](std::size_t i) {
            return NewMessage{"k" + std::to_string(begin + i),
                              R"({"id":"a)" + std::to_string(begin + i) + R"(","title":"t"})",
                              {},
                              -1,
                              0};
        });
        sent += count;
    };
    const auto all_committed = [&] { return committed() == sent; };
    feed(2'000);
    ASSERT_TRUE(eventually([&] { return topics.size(out) > 0; }, 60s)) << first.log();
    Process second(command);
    ASSERT_TRUE(eventually(
        [&] {
            return !second.metrics_url().empty() &&
                   http_get(second.metrics_url() + "/readyz").first == 200;
        },
        60s));
    feed(2'000);
    ASSERT_TRUE(eventually(all_committed, 60s)) << first.log() << second.log();
    first.signal(SIGTERM);
    EXPECT_EQ(first.wait(40s), 0) << first.log();
    feed(2'000);
    ASSERT_TRUE(eventually(all_committed, 60s)) << second.log();
    second.signal(SIGTERM);
    EXPECT_EQ(second.wait(40s), 0) << second.log();
    EXPECT_EQ(topics.size(out), static_cast<std::int64_t>(sent))
        << "an ordered hand-over doubles nothing";
}

/// A session that outlasts the test: who does not say that it goes is waited for.
TEST_F(Lifecycle, AMemberWithoutPartitionsLeavesItsGroupToo) {
    make_topics(1);
    const auto command = run(group, {"--set", "kafka.session_timeout=300 s"});
    Process works(command);
    topics.fill(in, {{"a", kGood, {}, 0, 0}});
    ASSERT_TRUE(eventually([&] { return committed() == 1; }, 60s)) << works.log();
    Process idle(command);
    ASSERT_TRUE(eventually(
        [&] { return idle.log().find("assigned 0 partitions") != std::string::npos; }, 60s))
        << idle.log();
    for (Process* process : {&idle, &works}) {
        process->signal(SIGTERM);
        ASSERT_EQ(process->wait(60s), 0) << process->log();
    }
    Process next(command);
    topics.fill(in, {{"b", kGood, {}, 0, 0}});
    EXPECT_TRUE(eventually([&] { return committed() == 2; }, 60s)) << next.log();
    next.signal(SIGTERM);
    EXPECT_EQ(next.wait(60s), 0) << next.log();
}

TEST_F(Lifecycle, DeniedAccessHasItsOwnExitCode) {
    make_topics(1);
    const std::string closed = broker.fresh("closed");
    const std::string read_only = broker.fresh("read-only");
    topics.create(closed, 1);
    topics.create(read_only, 1);
    topics.fill(in, {{"a", kGood, {}, 0, 0}});
    topics.allow("topic", closed, "nobody", "all");  // so nobody else
    topics.allow("topic", read_only, "ANONYMOUS", "describe");
    topics.allow("group", closed, "nobody", "all");
    const auto denied = [&](const std::string& output, const std::string& member_of,
                            const std::string& named) {
        Process process(run_command(broker.address(), in, output, dead, member_of));
        EXPECT_EQ(process.wait(60s), 77) << process.log();
        EXPECT_THAT(process.complaints(), ElementsAre(HasSubstr(named)));
    };
    denied(closed, group, closed);
    denied(read_only, group, "does not let us write");
    EXPECT_EQ(topics.committed(group, in).at(0), -1);
    denied(out, closed, "roup");
}

/// Records may be written and dead letters may not: nothing behind the one that has to be is
/// committed, and the line names the topic.
TEST_F(Lifecycle, ADeadLetterTopicThatIsClosedToUsStopsUsWithoutACommit) {
    topics.create(in, 1);
    topics.create(out, 1);
    topics.create(dead, 1);
    topics.allow("topic", dead, "ANONYMOUS", "describe");
    topics.fill(in, {{"a", kGood, {}, 0, 0}, {"b", "{", {}, 0, 0}, {"c", kGood, {}, 0, 0}});
    for (const std::string delivery : {"at_least_once", "exactly_once"}) {
        const std::string member_of = group + delivery;
        Process process(run(member_of, delivery_flags(delivery, member_of)));
        EXPECT_EQ(process.wait(60s), 77) << process.log();
        EXPECT_THAT(process.complaints(), ElementsAre(HasSubstr(dead)));
        EXPECT_LE(topics.committed(member_of, in).at(0), delivery == "exactly_once" ? -1 : 1);
    }
    EXPECT_EQ(topics.size(dead), 0);
}

}  // namespace
}  // namespace ceasewire::test
