#pragma once
/// Halts the input when too much of it is no article: a bad deployment upstream must not flush a
/// day of news into the dead-letter topic.

#include <chrono>
#include <cstdint>
#include <deque>

namespace ceasewire::stream {

struct BreakerSettings {
    unsigned percent_max = 50;           ///< of messages that may become dead letters; 0: no limit
    std::uint64_t messages_min = 1'000;  ///< in the window, before a share means anything
    std::chrono::milliseconds window{60'000};
    std::chrono::milliseconds quiet{300'000};  ///< how long it stays open
};

/// A plain value without a clock of its own. Open means halted. After the quiet time it closes with
/// an empty window, so at most about `messages_min` more go through before it opens again.
class Breaker {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Breaker(const BreakerSettings& settings) : settings_(settings) {}

    /// Of `messages` taken, `dead` became dead letters. True when this opened it.
    [[nodiscard]] bool note(Time now, std::uint64_t messages, std::uint64_t dead);
    /// True when the quiet time is over and this closed it.
    [[nodiscard]] bool close_if_quiet(Time now);
    [[nodiscard]] bool open() const { return open_; }

private:
    struct Slice {
        Time begin;
        std::uint64_t messages = 0;
        std::uint64_t dead = 0;
    };
    BreakerSettings settings_;
    std::deque<Slice> slices_;  ///< of a tenth of the window each
    std::uint64_t messages_ = 0;
    std::uint64_t dead_ = 0;
    bool open_ = false;
    Time opened_{};
};

}  // namespace ceasewire::stream
