#pragma once
/// SIGTERM and SIGINT for commands that run until told to stop, and SIGHUP for those that reload.

#include <functional>
#include <thread>

namespace ceasewire::app {

/// The first signal calls `on_first` on a thread of its own; the second ends the process at once
/// with status 130. Make one before any other thread, since it blocks the signals for threads made
/// later. With `on_hangup`, SIGHUP calls that, on the same thread, as often as it comes; without,
/// it is left as it is.
class SignalWatch {
public:
    explicit SignalWatch(std::function<void()> on_first, std::function<void()> on_hangup = {});
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    int quit_ = -1;
    std::thread thread_;
};

/// From now on a SIGHUP waits for a SignalWatch instead of ending the process. Call it before any
/// thread is made.
void hold_hangups();

}  // namespace ceasewire::app
