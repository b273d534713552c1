/// The wall clock is set back and forth under a running service, as by an operator or by a clock
/// that was wrong at the machine's start.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

/// The wall clock of the processes that are started with its environment.
class SteppedClock {
public:
    SteppedClock() {
        const int file = mkstemp(path_.data());
        if (file < 0 || ftruncate(file, sizeof(std::atomic<std::int64_t>)) != 0)
            throw std::runtime_error("no clock");
        page_ = mmap(nullptr, sizeof(std::atomic<std::int64_t>), PROT_READ | PROT_WRITE, MAP_SHARED,
                     file, 0);
        close(file);
        if (page_ == MAP_FAILED) throw std::runtime_error("no clock");
    }
    ~SteppedClock() {
        munmap(page_, sizeof(std::atomic<std::int64_t>));
        unlink(path_.c_str());
    }
    SteppedClock(const SteppedClock&) = delete;
    SteppedClock& operator=(const SteppedClock&) = delete;

    void set_wrong_by(seconds time) const {
        static_cast<std::atomic<std::int64_t>*>(page_)->store(
            std::chrono::nanoseconds(time).count());
    }
    [[nodiscard]] std::vector<std::string> environment() const {
        return {"LD_PRELOAD=" CEASEWIRE_STEPPED_CLOCK, "CEASEWIRE_TEST_CLOCK=" + path_};
    }

private:
    std::string path_ = "/tmp/ceasewire-clock-XXXXXX";
    void* page_ = nullptr;
};

/// The sum of a metric's series; nothing when there is none.
std::optional<double> metric(const std::string& page, const std::string& name) {
    std::optional<double> sum;
    for (auto at = page.find("\n" + name); at != std::string::npos;
         at = page.find("\n" + name, at + 1)) {
        const char after = page[at + 1 + name.size()];
        if (after != ' ' && after != '{') continue;
        sum = sum.value_or(0) + std::atof(page.c_str() + page.find(' ', at));
    }
    return sum;
}

class Clock : public OneBroker<Clock, testing::TestWithParam<const char*>> {};

INSTANTIATE_TEST_SUITE_P(Every, Clock, testing::Values("at_least_once", "exactly_once"),
                         [](const auto& info) { return std::string(info.param); });

TEST_P(Clock, ThatStepsCostsNothing) {
    make_topics(2, 2);
    const SteppedClock clock;
    Process process(run(delivery_flags(GetParam(), group)), "", clock.environment());
    std::size_t sent = 0;
    const auto page = [&] { return "\n" + http_get(process.metrics_url() + "/metrics").second; };
    // Before the first step, behind it, in front of it, and right again.
    for (const seconds wrong_by : {0h, -1h, 2h, 0h}) {
        clock.set_wrong_by(wrong_by);
        topics.fill(in, 300, [&](std::size_t i) { return mixed(sent + i); });
        sent += 300;
        ASSERT_TRUE(eventually([&] { return !process.running() || committed() == sent; }, 120s))
            << "a clock wrong by " << wrong_by.count() << " s\n"
            << page() << process.log();
        ASSERT_TRUE(process.running()) << process.log();
        EXPECT_EQ(http_get(process.metrics_url() + "/livez").first, 200);
        EXPECT_EQ(http_get(process.metrics_url() + "/readyz").first, 200);
        // Its clock is the one that was set, or this would be no test.
        EXPECT_TRUE(eventually(
            [&] {
                const auto lanes = metric(page(), "ceasewire_lanes");
                const auto last = metric(page(), "ceasewire_last_commit_timestamp_seconds");
                return lanes && last &&
                       std::abs(*last / *lanes - static_cast<double>(std::time(nullptr)) -
                                static_cast<double>(wrong_by.count())) < 1'000;
            },
            60s))
            << page();
        EXPECT_GE(metric(page(), "ceasewire_consumer_lag_seconds").value_or(0), 0);
    }
    const std::string last = page();
    EXPECT_EQ(metric(last, "ceasewire_record_latency_seconds_count"), sent);
    // A message is not older than its clock says, nor less than new.
    EXPECT_GE(metric(last, "ceasewire_record_latency_seconds_sum"), 0);
    EXPECT_LT(metric(last, "ceasewire_record_latency_seconds_sum"), 300 * 7'200 + 600 * 120);
    // Nobody took it for dead or stuck meanwhile: neither the group nor its own watchdog.
    EXPECT_EQ(metric(last, "ceasewire_lanes_rebuilt_total"), 0);
    EXPECT_THAT(last, testing::HasSubstr("ceasewire_rebalances_total{type=\"lost\"} 0\n"));
    EXPECT_THAT(process.complaints(), testing::IsEmpty());
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted(sent, std::string_view(GetParam()) == "exactly_once");
}

}  // namespace
}  // namespace ceasewire::test
