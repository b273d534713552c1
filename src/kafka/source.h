#pragma once
/// A lane's input over a librdkafka consumer.

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/counters.h"
#include "stream/observer.h"
#include "stream/source.h"

struct rd_kafka_s;

namespace ceasewire::kafka {

class Progress;

/// Messages hold parts of the consumer: every one has to be gone before destroy().
class KafkaSource final : public stream::Source {
public:
    /// Creates the consumer and subscribes. Does not wait for brokers. `progress` is that of all
    /// lanes of the group; none: its own.
    [[nodiscard]] static Expected<std::unique_ptr<KafkaSource>, stream::Failure> open(
        const Settings& settings, std::size_t lane, stream::Observer& observer,
        stream::LaneCounters& counters, std::shared_ptr<Progress> progress = nullptr);
    /// Ends the consumer if destroy() was not called, without limit of time.
    ~KafkaSource() override;

    [[nodiscard]] Expected<Nothing, stream::Failure> take(
        std::vector<stream::Message>& out, std::size_t count, std::chrono::milliseconds wait,
        stream::RebalanceListener& listener) override;
    void store(std::span<const stream::ResumePoint> points) override;
    bool commit(std::span<const stream::ResumePoint> points) override;
    [[nodiscard]] std::optional<stream::NextOffset> heard_committed(
        stream::TopicPartition partition) const override;
    void pause(bool paused) override;
    [[nodiscard]] std::string_view topic(stream::TopicIndex index) const override;
    [[nodiscard]] bool joined() const override;
    [[nodiscard]] std::optional<stream::NextOffset> end_offset(
        stream::TopicPartition partition) const override;
    [[nodiscard]] std::optional<stream::NextOffset> reached(
        stream::TopicPartition partition) const override;
    void attend(std::chrono::milliseconds wait, stream::RebalanceListener& listener) override;
    bool close(std::chrono::milliseconds timeout, stream::RebalanceListener& listener) override;

    /// Ends the client's threads; the last call to this object. False when they did not end in
    /// time, or must not: then the client is left behind, and so must be what it was opened with.
    bool destroy(std::chrono::milliseconds timeout);

    /// Where the group stands with these partitions; nothing when the brokers do not say in time. A
    /// partition without a commit is left out.
    [[nodiscard]] std::optional<std::vector<stream::ResumePoint>> committed(
        std::span<const stream::ResumePoint> asked, std::chrono::milliseconds wait) const;
    /// False for a partition that is not ours, or of a topic made anew, where our offsets mean
    /// something else.
    [[nodiscard]] bool may_commit(stream::TopicPartition partition) const;
    /// A transaction has committed these.
    void note_committed(std::span<const stream::ResumePoint> points) const;
    /// The client, for transactions.
    [[nodiscard]] rd_kafka_s* client() const;

private:
    struct State;
    explicit KafkaSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
