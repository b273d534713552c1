#pragma once
/// A lane's output over an idempotent librdkafka producer.

#include <chrono>
#include <memory>
#include <vector>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/counters.h"
#include "stream/observer.h"
#include "stream/sink.h"

namespace ceasewire::kafka {

class KafkaSink final : public stream::Sink {
public:
    /// Creates the producer. Does not wait for brokers.
    [[nodiscard]] static Expected<std::unique_ptr<KafkaSink>, stream::Failure> open(
        const Settings& settings, std::size_t lane, stream::Observer& observer,
        stream::LaneCounters& counters);
    /// Ends the producer if close() was not called, without limit of time.
    ~KafkaSink() override;

    [[nodiscard]] stream::Publish publish(const stream::Output& output,
                                          stream::Flight* flight) override;
    [[nodiscard]] Expected<Nothing, stream::Failure> poll(
        std::chrono::milliseconds wait, bool hurry, std::vector<stream::Delivery>& out) override;
    bool close(std::chrono::milliseconds timeout) override;

private:
    struct State;
    explicit KafkaSink(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
