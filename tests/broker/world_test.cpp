/// The world around the service misbehaves without breaking: a quota.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

class World : public OneBroker<World, testing::TestWithParam<const char*>> {
protected:
    std::size_t sent = 0;

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
        return eventually([&] { return !process.running() || committed() == sent; }, 120s) &&
               process.running();
    }
};

INSTANTIATE_TEST_SUITE_P(Every, World, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(World, TheBrokersQuotaSlowsUsDownAndCostsNothing) {
    make_topics(2, 2);
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
    // At least once, what a rebalance meets on its way may come twice, with the same bytes.
    expect_accounted(sent, std::string_view(GetParam()) == "exactly_once");
}

}  // namespace
}  // namespace ceasewire::test
