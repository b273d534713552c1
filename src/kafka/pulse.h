#pragma once
/// Whether this process was stopped, or starved: what others do meanwhile it does not know.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace ceasewire::kafka {

/// A thread that does nothing but wake up ten times a second, and so knows when it could not. A
/// caller cannot know that of itself: librdkafka's calls may take much longer than they are told.
class Pulse {
public:
    Pulse();
    ~Pulse();
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;
    /// The longest that the process did not run since the last call. From any thread.
    [[nodiscard]] std::chrono::milliseconds absence();

private:
    using Clock = std::chrono::steady_clock;
    /// With the lock.
    void beat();

    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    Clock::time_point last_ = Clock::now();
    Clock::duration longest_{0};
    std::thread thread_;
};

}  // namespace ceasewire::kafka
