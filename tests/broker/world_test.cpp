/// The world around the service misbehaves without breaking: a quota, a clock that is set.

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>

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

/// The wall clock is set back by an hour, forward by two, and back again, while messages flow.
/// libfaketime gives this process a wall clock of its own; the steady clock goes on, as it does
/// when somebody sets the time of a machine.
TEST_P(World, TheClockMayBeSet) {
    std::string library;
    for (const auto& folder : std::filesystem::directory_iterator("/usr/lib")) {
        const auto path = folder.path() / "faketime/libfaketimeMT.so.1";
        if (std::filesystem::exists(path)) library = path;
    }
    ASSERT_NE(library, "") << "apt-get install libfaketime";
    make_topics();
    const char* base = std::getenv("TMPDIR");
    const std::string file = std::string(base != nullptr ? base : "/tmp") + "/ceasewire-clock-" +
                             std::to_string(getpid());
    const auto set = [&](const std::string& time) {
        std::ofstream(file + ".new") << time << "\n";
        std::filesystem::rename(file + ".new", file);
    };
    set("+0");
    std::vector<std::string> command = {"LD_PRELOAD=" + library, "FAKETIME_TIMESTAMP_FILE=" + file,
                                        "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
                                        CEASEWIRE_PROGRAM};
    const auto arguments = run();
    command.insert(command.end(), arguments.begin(), arguments.end());
    Process process(command, "/usr/bin/env");
    feed(300);
    EXPECT_TRUE(carried(process)) << process.log();
    // What the process takes for the time, by its own log and metrics, follows.
    const auto last_commit = [&] {
        const auto page = http_get(process.metrics_url() + "/metrics").second;
        const auto at = page.find("\nceasewire_last_commit_timestamp_seconds{");
        return at == std::string::npos ? 0.0 : std::stod(page.substr(page.find("} ", at) + 2));
    };
    ASSERT_TRUE(eventually([&] { return last_commit() > 0; }, 30s));
    const double begin = last_commit();
    for (const auto& [time, seconds] : {std::pair("-1h", -3'600.0), std::pair("+1h", 3'600.0),
                                        std::pair("-1h", -3'600.0), std::pair("+0", 0.0)}) {
        feed(300);  // under way while the clock is set
        set(time);
        feed(300);
        EXPECT_TRUE(carried(process)) << process.log();
        // The client tells the lane of a commit a moment after the broker knows.
        EXPECT_TRUE(
            eventually([&] { return std::abs(last_commit() - begin - seconds) < 600; }, 30s))
            << time << ": " << last_commit() - begin;
        EXPECT_EQ(http_get(process.metrics_url() + "/livez").first, 200);
    }
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    std::filesystem::remove(file);
    expect_accounted();
}

}  // namespace
}  // namespace ceasewire::test
