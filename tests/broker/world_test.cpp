/// The world around the service misbehaves without breaking: a quota.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "broker/audit.h"
#include "broker/cluster.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

class World : public testing::TestWithParam<const char*> {
protected:
    static void SetUpTestSuite() { broker_ = new Broker(); }
    static void TearDownTestSuite() {
        delete broker_;
        broker_ = nullptr;
    }

    Broker& broker = *broker_;
    const Topics topics = broker.topics();
    const std::string in = broker.fresh("in");
    const std::string out = broker.fresh("out");
    const std::string dead = broker.fresh("dead");
    const std::string group = broker.fresh("group");
    std::size_t sent = 0;

    void make_topics() const {
        topics.create(in, 2);
        topics.create(out, 2);
        topics.create(dead, 1);
    }
    [[nodiscard]] std::vector<std::string> run() const {
        return run_command(broker.address(), in, out, dead, group,
                           delivery_flags(GetParam(), group));
    }
    void feed(std::size_t count) {
        const std::size_t begin = sent;
        topics.fill(in, count, [&](std::size_t i) { return mixed(begin + i); });
        sent += count;
    }
    [[nodiscard]] bool carried(Process& process) const {
        return eventually(
                   [&] {
                       std::size_t total = 0;
                       for (const auto& [partition, offset] : topics.committed(group, in))
                           total += static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
                       return !process.running() || total == sent;
                   },
                   120s) &&
               process.running();
    }
    void expect_accounted() const {
        const Accounts accounts = audit(topics, in, out, dead);
        EXPECT_EQ(accounts.inputs, sent);
        EXPECT_EQ(accounts.records + accounts.dead_letters, sent);
        // At least once, what a rebalance meets on its way may come twice, with the same bytes.
        if (std::string_view(GetParam()) == "exactly_once") {
            EXPECT_EQ(accounts.duplicates, 0U);
        }
        EXPECT_THAT(accounts.faults, IsEmpty());
    }

private:
    static inline Broker* broker_ = nullptr;
};

INSTANTIATE_TEST_SUITE_P(Every, World, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(World, TheBrokersQuotaSlowsUsDownAndCostsNothing) {
    make_topics();
    const auto quota = [&](const std::string& change) {
        broker.tool("kafka.admin.ConfigCommand --bootstrap-server " + broker.address() +
                    " --alter " + change + " --entity-type clients --entity-name ceasewire");
    };
    quota("--add-config producer_byte_rate=20000,consumer_byte_rate=100000");
    Process process(run());
    feed(2'000);
    EXPECT_TRUE(eventually(
        [&] {
            if (process.metrics_url().empty()) return false;
            const auto page = http_get(process.metrics_url() + "/metrics").second;
            return page.find("\nceasewire_throttled_seconds_total ") != std::string::npos &&
                   page.find("\nceasewire_throttled_seconds_total 0\n") == std::string::npos;
        },
        60s))
        << process.log();
    quota("--delete-config producer_byte_rate,consumer_byte_rate");
    EXPECT_TRUE(carried(process)) << process.log();
    EXPECT_THAT(process.log(), testing::HasSubstr("quota is used up"));
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted();
}

}  // namespace
}  // namespace ceasewire::test
