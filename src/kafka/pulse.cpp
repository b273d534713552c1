#include "kafka/pulse.h"

#include <algorithm>
#include <utility>

namespace ceasewire::kafka {
namespace {

constexpr std::chrono::milliseconds kBeat{100};

}  // namespace

Pulse::Pulse()
    : thread_([this] {
          std::unique_lock lock(mutex_);
          while (!changed_.wait_for(lock, kBeat, [this] { return over_; })) beat();
      }) {}

Pulse::~Pulse() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Pulse::beat() {
    const auto now = Clock::now();
    longest_ = std::max(longest_, now - last_ - kBeat);
    last_ = now;
}

std::chrono::milliseconds Pulse::absence() {
    const std::lock_guard lock(mutex_);
    // The caller may be the first one that runs again.
    beat();
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::exchange(longest_, Clock::duration(0)));
}

}  // namespace ceasewire::kafka
