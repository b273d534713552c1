/// The whole service on a real broker.

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

class OnBroker : public OneBroker<OnBroker> {};

TEST_F(OnBroker, CarriesArticlesAndStopsOnTerm) {
    topics.create(in, 2);
    topics.create(out, 2);
    topics.create(dead, 1);
    std::vector<NewMessage> messages;
    for (int i = 0; i < 100; ++i) {
        messages.push_back({"k" + std::to_string(i),
                            R"({"id":"a)" + std::to_string(i) + R"(","title":"t","body":"b"})",
                            {{"h", "1"}},
                            -1,
                            0});
    }
    messages.push_back({"bad", "{", {}, -1, 0});
    topics.fill(in, messages);
    Process process(run());
    ASSERT_TRUE(eventually(
        [&] { return !process.running() || (topics.size(out) == 100 && topics.size(dead) == 1); },
        60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(30s), 0) << process.log();
    std::int64_t committed = 0;
    for (const auto& [partition, offset] : topics.committed(group, in)) committed += offset;
    EXPECT_EQ(committed, 101) << process.log();
}

}  // namespace
}  // namespace ceasewire::test
