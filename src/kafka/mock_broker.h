#pragma once
/// A Kafka broker inside this process, to fill and to look into: what the demo and the tests run
/// the real consumer against.
///
/// It is librdkafka's mock cluster. It speaks the protocol over a real socket, forms groups and
/// keeps offsets, but holds only the latest 5 MiB and 100,000 messages of a partition: **what is
/// older is gone without a word**, read or not, and so is a larger message. Whoever feeds it
/// therefore keeps in step with what has been read, and counts.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace ceasewire::kafka {

/// What the broker holds of a partition before it begins to forget.
inline constexpr std::size_t kMockPartitionBytes = std::size_t{5} << 20U;
inline constexpr std::size_t kMockPartitionMessages = 100'000;

/// Carries a feeder's count through the service, which copies the headers of its input.
inline constexpr std::string_view kSequenceHeader = "demo-sequence";

class MockBroker {
public:
    /// Starts one broker on a free port of the loopback interface. The error says why it did not.
    [[nodiscard]] static Expected<std::unique_ptr<MockBroker>, std::string> start();
    /// Stops it. Its clients should be gone by then.
    ~MockBroker();
    MockBroker(const MockBroker&) = delete;
    MockBroker& operator=(const MockBroker&) = delete;

    /// "127.0.0.1:41234".
    [[nodiscard]] const std::string& address() const;
    /// Nothing, or why the topic could not be made.
    [[nodiscard]] std::optional<std::string> create_topic(const std::string& name, int partitions);

private:
    struct State;
    explicit MockBroker(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Puts messages into one topic, in order of the calls within a partition. For one thread.
class MockFeeder {
public:
    [[nodiscard]] static Expected<std::unique_ptr<MockFeeder>, std::string> open(
        const std::string& brokers, const std::string& topic, std::size_t message_bytes_max);
    ~MockFeeder();
    MockFeeder(const MockFeeder&) = delete;
    MockFeeder& operator=(const MockFeeder&) = delete;

    /// Sends a copy of `value` with `sequence` in its header. An empty value is a message of no
    /// bytes, not a tombstone. False when the client's queue is full: serve() and try again. The
    /// error is final for this message.
    [[nodiscard]] Expected<bool, std::string> put(int partition, std::string_view value,
                                                  std::uint64_t sequence);
    /// Handles acknowledgements, waiting at most `wait` for the first.
    void serve(std::chrono::milliseconds wait);
    /// Messages that the broker did not take, so far.
    [[nodiscard]] std::uint64_t failed() const;

private:
    struct State;
    explicit MockFeeder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Reads all partitions of some topics from their beginning, outside of any group. For one thread.
class MockReader {
public:
    struct Message {
        std::size_t topic = 0;  ///< index into the topics given to open()
        std::optional<std::string_view> value;
        std::optional<std::uint64_t> sequence;  ///< from kSequenceHeader
        std::uint64_t bytes = 0;                ///< of value, key and headers
    };

    /// `partitions` of each topic in turn.
    struct Topic {
        std::string name;
        int partitions = 1;
    };
    [[nodiscard]] static Expected<std::unique_ptr<MockReader>, std::string> open(
        const std::string& brokers, const std::vector<Topic>& topics);
    ~MockReader();
    MockReader(const MockReader&) = delete;
    MockReader& operator=(const MockReader&) = delete;

    /// Hands over what has arrived, waiting at most `wait` for a first message. Views live until
    /// `take` returns. The error is what the client cannot recover from.
    [[nodiscard]] Expected<std::size_t, std::string> read(
        std::chrono::milliseconds wait, const std::function<void(const Message&)>& take);

private:
    struct State;
    explicit MockReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
