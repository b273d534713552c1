#pragma once
/// Reads stretches of topics from here to there, outside of any group and without a trace at the
/// brokers: for checks of what was carried, not for the service.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/failure.h"
#include "stream/message.h"
#include "stream/observer.h"

namespace ceasewire::kafka {

/// Offsets [begin, end) of one partition.
struct Stretch {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// For one thread.
class Reader {
public:
    [[nodiscard]] static Expected<std::unique_ptr<Reader>, stream::Failure> open(
        const Settings& settings, stream::Observer& observer);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The stretch of each partition of `topic` with timestamps (ms) from `from` on and before
    /// `to`; without these, all that it holds. A later message may well have an earlier timestamp:
    /// a stretch begins with the first message that is late enough.
    [[nodiscard]] Expected<std::vector<Stretch>, stream::Failure> stretches(
        const std::string& topic, std::optional<std::int64_t> from, std::optional<std::int64_t> to);

    /// Cuts stretches of input off where the group has not come to yet. Returns how many offsets
    /// that were.
    [[nodiscard]] Expected<std::int64_t, stream::Failure> keep_committed(
        std::vector<Stretch>& stretches);

    /// Hands every committed message of the stretches to `take`, those of a partition in order. The
    /// views live until `take` returns; the topic is an index into nothing: `Message::topic` is its
    /// name. Fails when the brokers stop answering for Settings::start_wait. Ends early, without an
    /// error, when `stop` is set.
    [[nodiscard]] Expected<Nothing, stream::Failure> read(
        const std::vector<Stretch>& stretches, const std::atomic<bool>& stop,
        const std::function<void(const stream::Message&)>& take);

private:
    struct State;
    explicit Reader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
