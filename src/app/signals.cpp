#include "app/signals.h"

#include <array>
#include <csignal>
#include <cstdint>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/assert.h"

namespace ceasewire::app {

void hold_hangups() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    CEASEWIRE_ASSERT(pthread_sigmask(SIG_BLOCK, &set, nullptr) == 0);
    // Under nohup it would be ignored, and never come.
    CEASEWIRE_ASSERT(std::signal(SIGHUP, SIG_DFL) != SIG_ERR);
}

SignalWatch::SignalWatch(std::function<void()> on_first, std::function<void()> on_hangup) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (on_hangup) sigaddset(&set, SIGHUP);
    CEASEWIRE_ASSERT(pthread_sigmask(SIG_BLOCK, &set, nullptr) == 0);
    const int signals = signalfd(-1, &set, SFD_CLOEXEC);
    quit_ = eventfd(0, EFD_CLOEXEC);
    CEASEWIRE_ASSERT(signals >= 0 && quit_ >= 0);
    thread_ = std::thread(
        [signals, quit = quit_, on_first = std::move(on_first), on_hangup = std::move(on_hangup)] {
            bool asked = false;
            std::array<pollfd, 2> ready{{{signals, POLLIN, 0}, {quit, POLLIN, 0}}};
            while (poll(ready.data(), ready.size(), -1) >= 0 || errno == EINTR) {
                if ((ready[1].revents & POLLIN) != 0) break;
                if ((ready[0].revents & POLLIN) == 0) continue;
                signalfd_siginfo info{};
                if (read(signals, &info, sizeof info) != sizeof info) continue;
                if (info.ssi_signo == SIGHUP) {
                    if (!asked) on_hangup();
                    continue;
                }
                if (asked) _exit(130);
                asked = true;
                on_first();
            }
            close(signals);
        });
}

SignalWatch::~SignalWatch() {
    const std::uint64_t one = 1;
    (void)!write(quit_, &one, sizeof one);
    thread_.join();
    close(quit_);
}

}  // namespace ceasewire::app
