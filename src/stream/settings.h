#pragma once
/// The knobs of the lane loop. They change speed and memory only, never the output.

#include <chrono>
#include <cstddef>
#include <functional>

#include "stream/breaker.h"

namespace ceasewire::stream {

struct LoopSettings {
    /// Messages enriched in one go. Small enough that a batch of ordinary articles stays in the
    /// second-level cache.
    std::size_t batch_records_max = 256;
    /// Messages taken whose output is not acknowledged yet; reaching either limit is back-pressure.
    std::size_t in_flight_records_max = 50'000;
    std::size_t in_flight_bytes_max = std::size_t{32} << 20U;  ///< of input
    /// At least once: messages taken that the group has not committed, which come twice when the
    /// process dies. Reaching it is back-pressure, until the next commit. Far above what a second
    /// brings, so that it stands in the way only where nothing is committed.
    std::size_t uncommitted_records_max = 100'000;
    /// Held up by that for longer: pause the input, so that the source is looked after without
    /// being taken from.
    std::chrono::milliseconds pause_uncommitted_after{5'000};
    /// How long one take may wait for a first message.
    std::chrono::milliseconds poll_wait{100};
    /// Resume points are handed to the source this often (the source commits on its own schedule).
    std::chrono::milliseconds store_interval{100};
    /// Outputs of partitions that are taken from us get this long to be acknowledged (a third of
    /// the session time-out).
    std::chrono::milliseconds revoke_drain{15'000};
    /// On stopping, outputs in flight get this long.
    std::chrono::milliseconds stop_drain{10'000};
    /// Blocked by the sink for longer: pause the input (its prefetched messages are thrown away and
    /// fetched again).
    std::chrono::milliseconds pause_after{30'000};
    /// An output that failed by no fault of its own is published again after this.
    std::chrono::milliseconds retry_after{500};
    /// Exactly once: a transaction is committed when it is this old, or as soon as it holds so
    /// much.
    std::chrono::milliseconds transaction_interval{100};
    std::size_t transaction_records_max = 20'000;
    std::size_t transaction_bytes_max = std::size_t{16} << 20U;  ///< of input and output
    /// How long one look for the end of a transaction may keep the lane from its other duties.
    std::chrono::milliseconds transaction_wait{1'000};
    /// An output topic that stays unknown for longer stops the service; shorter is waited out.
    std::chrono::milliseconds unknown_topic_patience{300'000};
    /// When too much of the input becomes dead letters.
    BreakerSettings breaker;
    /// By which the breaker's times are measured.
    std::function<std::chrono::steady_clock::time_point()> breaker_clock =
        std::chrono::steady_clock::now;
};

}  // namespace ceasewire::stream
