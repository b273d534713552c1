#pragma once
/// A lane's output over an idempotent librdkafka producer, a transactional one for exactly once.

#include <chrono>
#include <memory>
#include <vector>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/counters.h"
#include "stream/observer.h"
#include "stream/sink.h"

struct rd_kafka_s;

namespace ceasewire::kafka {

class Voice;

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

    // For transactions (kafka/transactions.h). With these, a producer that has failed for good is
    // no failure of poll(): they put another in its place.

    [[nodiscard]] rd_kafka_s* client() const;
    [[nodiscard]] Voice& voice() const;
    /// Outputs accepted without a delivery yet.
    [[nodiscard]] std::size_t undelivered() const;
    /// One of what was accepted since the last begin() did not arrive.
    [[nodiscard]] bool failed() const;
    /// A request about transactions has no answer, so it may still be on its way.
    [[nodiscard]] bool unanswered() const;
    void begin();
    /// Waits at most `wait` for these, keeping their deliveries for poll().
    void flush(std::chrono::milliseconds wait);
    /// No delivery follows for what was accepted so far.
    void forget_deliveries();
    /// A new producer in the place of this one, with the same name. What the old one had is
    /// forgotten.
    [[nodiscard]] Expected<Nothing, stream::Failure> renew();

private:
    struct State;
    explicit KafkaSink(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
