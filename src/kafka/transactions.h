#pragma once
/// Exactly once over Kafka's transactions: what differs from at least once, in one file.
///
/// A lane's records, dead letters and offsets go into one transaction of its producer. The group's
/// coordinator accepts the offsets from a present member only, so a process that has slept through
/// its session cannot commit; and the producer's name shuts out an older process of the same name.

#include <atomic>
#include <chrono>
#include <memory>
#include <span>

#include "base/expected.h"
#include "kafka/settings.h"
#include "kafka/sink.h"
#include "kafka/source.h"
#include "stream/counters.h"
#include "stream/observer.h"
#include "stream/transactions.h"

namespace ceasewire::kafka {

class KafkaTransactions final : public stream::Transactions {
public:
    /// Registers the producer's name with the brokers, which ends what an earlier process of that
    /// name left open. To be done before the source subscribes. Waits as long as
    /// Settings::start_wait allows; nothing when `stop` is set meanwhile. `sink` has to outlive
    /// this.
    [[nodiscard]] static Expected<std::unique_ptr<KafkaTransactions>, stream::Failure> open(
        const Settings& settings, KafkaSink& sink, stream::LaneCounters& counters,
        const std::atomic<bool>& stop);
    ~KafkaTransactions() override;

    /// Whose offsets are committed. Has to outlive this.
    void attach(const KafkaSource& source);

    [[nodiscard]] Expected<Nothing, stream::Failure> begin() override;
    [[nodiscard]] Expected<bool, stream::Failure> doomed() override;
    [[nodiscard]] Expected<stream::Ending, stream::Failure> commit(
        std::span<const stream::ResumePoint> points, std::chrono::milliseconds wait) override;
    [[nodiscard]] Expected<stream::Ending, stream::Failure> abort(
        std::chrono::milliseconds wait) override;

private:
    struct State;
    explicit KafkaTransactions(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
