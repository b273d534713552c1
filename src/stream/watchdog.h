#pragma once
/// Tells a lane that is stuck from one that has nothing to do.

#include <chrono>
#include <cstdint>
#include <functional>

namespace ceasewire::stream {

struct LaneCounters;

/// What a lane looks like from outside at one moment.
struct Pulse {
    bool work = false;          ///< something waits for this lane
    std::uint64_t moved = 0;    ///< grows when messages are taken or settled, or partitions change
    std::uint64_t settled = 0;  ///< outputs acknowledged
    std::uint64_t commits = 0;  ///< grows when offsets are committed or partitions change
};

/// Reads the pulse of a lane. A lane that has not come round for `limit` / 2 has work.
[[nodiscard]] Pulse pulse_of(const LaneCounters& lane, std::chrono::steady_clock::time_point now,
                             std::chrono::milliseconds limit);

enum class Advice : std::uint8_t {
    none,
    rebuild,  ///< give the lane new clients
    end,      ///< that did not help: a new process may
};

/// A plain value without a clock of its own. A stall is work without movement, or acknowledged
/// outputs without a commit, for `limit`. Brokers that are away are no stall: a new client would
/// wait for them as well.
class Watchdog {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A `limit` of 0: never.
    Watchdog(Time now, std::chrono::milliseconds limit)
        : limit_(limit), moved_at_(now), committed_at_(now) {}

    /// Asks `brokers_answer` only when the lane has stalled. A rebuilding is forgotten after
    /// six limits.
    [[nodiscard]] Advice look(Time now, const Pulse& pulse,
                              const std::function<bool()>& brokers_answer);

    /// True from half a limit before look() may advise to end, for probes.
    [[nodiscard]] bool near_end() const { return near_end_; }

private:
    std::chrono::milliseconds limit_;
    Pulse last_;
    std::uint64_t settled_at_commit_ = 0;
    Time moved_at_;
    Time committed_at_;
    Time rebuilt_at_{};
    bool rebuilt_ = false;
    bool near_end_ = false;
};

}  // namespace ceasewire::stream
