/// The world around the service misbehaves without breaking: a quota, scrapers.

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <memory>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
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

/// Asks for the metrics, or only begins to, and never reads an answer.
class SlowScraper {
public:
    SlowScraper(const std::string& url, const std::string& request)
        : handle_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const int small = 1;  // so that the answer does not fit
        setsockopt(handle_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port =
            htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        connected_ = connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                     send(handle_, request.data(), request.size(), MSG_NOSIGNAL) > 0;
    }
    ~SlowScraper() { close(handle_); }
    SlowScraper(const SlowScraper&) = delete;
    SlowScraper& operator=(const SlowScraper&) = delete;
    [[nodiscard]] bool connected() const { return connected_; }

private:
    int handle_;
    bool connected_ = false;
};

std::ptrdiff_t descriptors_of(int pid) {
    return std::distance(
        std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd"),
        std::filesystem::directory_iterator());
}

/// Many who ask without a pause, and more than the server has threads who take no answer: messages
/// flow, the others are answered sooner or later, and nothing is kept of those who are gone.
TEST_P(World, StormsOfScrapesAndSlowScrapersCostNothing) {
    constexpr int kScrapers = 6;
    make_topics(2, 2);
    Process process(run());
    feed(200);
    ASSERT_TRUE(carried(process)) << process.log();
    const std::string url = process.metrics_url();
    const auto before = descriptors_of(process.pid());
    {
        std::vector<std::unique_ptr<SlowScraper>> slow;
        const auto more_slow = [&] {
            for (const char* request : {"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "GET /metr",
                                        "GET /metrics HTTP/1.1\r\n"}) {
                slow.push_back(std::make_unique<SlowScraper>(url, request));
                EXPECT_TRUE(slow.back()->connected());
            }
        };
        std::atomic<bool> over{false};
        std::array<std::atomic<std::size_t>, kScrapers> answered{};
        std::vector<std::thread> scrapers;
        for (int i = 0; i < kScrapers; ++i) {
            scrapers.emplace_back([&, i] {
                const std::string path = std::array{"/metrics", "/livez", "/readyz"}[i % 3];
                while (!over.load())
                    if (http_get(url + path).first == 200) ++answered[static_cast<std::size_t>(i)];
            });
        }
        for (int round = 0; round < 10; ++round) {
            if (round % 3 == 0) more_slow();
            feed(300);
        }
        EXPECT_TRUE(carried(process)) << process.log();
        // All messages are through; each of the others has its answer, though perhaps not so soon.
        EXPECT_TRUE(eventually(
            [&] {
                return std::all_of(answered.begin(), answered.end(),
                                   [](const auto& count) { return count.load() > 3; });
            },
            kPatience));
        over.store(true);
        for (std::thread& scraper : scrapers) scraper.join();
        std::size_t all = 0;
        for (const auto& count : answered) all += count.load();
        std::fprintf(stderr, "%zu scrapes, %zu slow scrapers\n", all, slow.size());
    }
    EXPECT_TRUE(eventually([&] { return descriptors_of(process.pid()) <= before + 4; }, kPatience))
        << descriptors_of(process.pid()) << " descriptors, " << before << " before";
    EXPECT_EQ(http_get(url + "/readyz").first, 200);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    expect_accounted(sent, std::string_view(GetParam()) == "exactly_once");
}

}  // namespace
}  // namespace ceasewire::test
