#include "kafka/waits.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>

#include <dlfcn.h>
#include <pthread.h>
#include <threads.h>

#ifndef __SANITIZE_THREAD__
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::int64_t now(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

/// The moment of the steady clock that a moment of the wall clock means. Said once for a wait that
/// is taken up again, which may be after a step.
timespec steady(const timespec& wall) {
    thread_local timespec asked{};
    thread_local timespec answer{};
    if (wall.tv_sec == asked.tv_sec && wall.tv_nsec == asked.tv_nsec) return answer;
    const std::int64_t left = wall.tv_sec * kSecond + wall.tv_nsec - now(CLOCK_REALTIME);
    const std::int64_t end = now(CLOCK_MONOTONIC) + std::max<std::int64_t>(0, left);
    asked = wall;
    answer = {end / kSecond, end % kSecond};
    return answer;
}

}  // namespace

/// The dynamic linker prefers a program's own functions to the C library's, whose call this is in
/// all but the clock. It serves everything in the program that waits by C11's threads; a wait for a
/// moment that is reached by setting the clock, which nobody here means, it does not give.
extern "C" int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t) &&
                  alignof(cnd_t) <= alignof(pthread_cond_t));
    static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) &&
                  alignof(mtx_t) <= alignof(pthread_mutex_t));
    const timespec end = steady(*until);
    switch (pthread_cond_clockwait(static_cast<pthread_cond_t*>(static_cast<void*>(condition)),
                                   static_cast<pthread_mutex_t*>(static_cast<void*>(mutex)),
                                   CLOCK_MONOTONIC, &end)) {
        case 0:
            return thrd_success;
        case ETIMEDOUT:
            return thrd_timedout;
        default:
            return thrd_error;
    }
}
#endif

namespace ceasewire::kafka {

bool waits_are_steady() {
#ifdef __SANITIZE_THREAD__
    return false;
#else
    return dlsym(RTLD_DEFAULT, "cnd_timedwait") == reinterpret_cast<void*>(&cnd_timedwait);
#endif
}

}  // namespace ceasewire::kafka
