#pragma once
/// SIGTERM and SIGINT for commands that run until told to stop.

#include <functional>
#include <thread>

namespace ceasewire::app {

/// The first signal calls `on_first` on a thread of its own; the second ends the process at once
/// with status 130. Make one before any other thread, since it blocks the signals for threads made
/// later.
class SignalWatch {
public:
    explicit SignalWatch(std::function<void()> on_first);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    int quit_ = -1;
    std::thread thread_;
};

}  // namespace ceasewire::app
