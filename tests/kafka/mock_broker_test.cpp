#include "kafka/mock_broker.h"

#include <map>

#include <gtest/gtest.h>

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;

struct Seen {
    std::size_t topic;
    bool tombstone;
    std::string value;
};

/// Reads until `count` messages are there, or nothing has come for a second after the first.
std::map<std::uint64_t, Seen> read_all(MockReader& reader, std::size_t count) {
    std::map<std::uint64_t, Seen> seen;
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (seen.size() < count && std::chrono::steady_clock::now() < end) {
        const auto read = reader.read(milliseconds(50), [&](const MockReader::Message& message) {
            ASSERT_TRUE(message.sequence.has_value());
            EXPECT_TRUE(
                seen.emplace(*message.sequence, Seen{message.topic, !message.value.has_value(),
                                                     std::string(message.value.value_or(""))})
                    .second);
        });
        EXPECT_TRUE(read) << read.error();
        if (read && *read > 0) end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    }
    return seen;
}

TEST(MockBroker, GivesBackWhatItWasFedToTheByte) {
    auto broker = MockBroker::start();
    ASSERT_TRUE(broker) << broker.error();
    ASSERT_EQ((*broker)->create_topic("in", 3), std::nullopt);
    auto feeder = MockFeeder::open((*broker)->address(), "in", 1 << 20);
    ASSERT_TRUE(feeder) << feeder.error();
    const std::vector<std::string> values = {"{\"title\":\"Truce\"}", "",
                                             std::string("\0\xff\n", 3), std::string(100'000, 'x')};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto put = (*feeder)->put(static_cast<int>(i % 3), values[i], i);
        ASSERT_TRUE(put && *put);
    }
    auto reader = MockReader::open((*broker)->address(), {{"in", 3}});
    ASSERT_TRUE(reader) << reader.error();
    const auto seen = read_all(**reader, values.size());
    ASSERT_EQ(seen.size(), values.size());
    for (const auto& [sequence, message] : seen) {
        EXPECT_EQ(message.value, values[sequence]);
        EXPECT_FALSE(message.tombstone) << "an empty message is none";
    }
    EXPECT_EQ((*feeder)->failed(), 0U);
}

/// Why whoever feeds it has to keep in step. If this fails, the limit is gone and the demo simpler.
TEST(MockBroker, ForgetsWhatIsOlderThanItsLimit) {
    auto broker = MockBroker::start();
    ASSERT_TRUE(broker) << broker.error();
    ASSERT_EQ((*broker)->create_topic("in", 1), std::nullopt);
    auto feeder = MockFeeder::open((*broker)->address(), "in", 1 << 20);
    ASSERT_TRUE(feeder) << feeder.error();
    const std::string value(10'000, 'x');
    constexpr std::size_t kMessages = 1000;  // 10 MB
    for (std::size_t i = 0; i < kMessages; ++i) {
        const auto put = (*feeder)->put(0, value, i);
        ASSERT_TRUE(put && *put);
    }
    for (int i = 0; i < 50; ++i) (*feeder)->serve(milliseconds(10));
    auto reader = MockReader::open((*broker)->address(), {{"in", 1}});
    ASSERT_TRUE(reader) << reader.error();
    const auto seen = read_all(**reader, kMessages);
    EXPECT_LT(seen.size(), kMessages);
    EXPECT_LE(seen.size() * value.size(), kMockPartitionBytes + (std::size_t{2} << 20U));
}

TEST(MockBroker, SaysWhyATopicCannotBeMade) {
    auto broker = MockBroker::start();
    ASSERT_TRUE(broker) << broker.error();
    ASSERT_EQ((*broker)->create_topic("in", 1), std::nullopt);
    const auto wrong = (*broker)->create_topic("in", 1);
    ASSERT_TRUE(wrong.has_value());
    EXPECT_NE(wrong->find("in: "), std::string::npos);
}

}  // namespace
}  // namespace ceasewire::kafka
