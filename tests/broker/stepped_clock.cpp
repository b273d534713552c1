/// A library that is preloaded into a program to give it a wall clock that a test can set, since no
/// test may set the machine's. It does what the kernel does: who asks for the time is told another
/// one from then on, clocks that never step are left alone, and a wait for a moment of the wall
/// clock lasts until that clock says so, also one that had begun before.
///
/// CEASEWIRE_TEST_CLOCK names a file of 8 bytes: by how many nanoseconds the clock is wrong.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <threads.h>
#include <unistd.h>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLook = 5'000'000;  // how soon a wait hears of a step

const std::atomic<std::int64_t>& wrong_by() {
    static const auto* const shared = [] {
        static const std::atomic<std::int64_t> kRight{0};
        const char* path = std::getenv("CEASEWIRE_TEST_CLOCK");
        const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0) return &kRight;
        void* page = mmap(nullptr, sizeof kRight, PROT_READ, MAP_SHARED, file, 0);
        close(file);
        return page == MAP_FAILED ? &kRight : static_cast<const std::atomic<std::int64_t>*>(page);
    }();
    return *shared;
}

std::int64_t real(clockid_t clock) {
    using Call = int (*)(clockid_t, timespec*);
    static const auto kCall = reinterpret_cast<Call>(dlsym(RTLD_NEXT, "clock_gettime"));
    timespec time{};
    kCall(clock, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

bool is_wall(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

std::int64_t now(clockid_t clock) { return real(clock) + (is_wall(clock) ? wrong_by().load() : 0); }

timespec timespec_of(std::int64_t time) { return {time / kSecond, time % kSecond}; }

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    *time = timespec_of(now(clock));
    return 0;
}

int gettimeofday(timeval* time, void* /*zone*/) noexcept {
    const std::int64_t wall = now(CLOCK_REALTIME);
    *time = {wall / kSecond, wall % kSecond / 1'000};
    return 0;
}

std::time_t time(std::time_t* time) noexcept {
    const std::time_t wall = now(CLOCK_REALTIME) / kSecond;
    if (time != nullptr) *time = wall;
    return wall;
}

int timespec_get(timespec* time, int base) noexcept {
    *time = timespec_of(now(CLOCK_REALTIME));
    return base;
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    const std::int64_t end = until->tv_sec * kSecond + until->tv_nsec;
    for (;;) {
        const std::int64_t left = end - now(CLOCK_REALTIME);
        if (left <= 0) return thrd_timedout;
        const timespec look = timespec_of(real(CLOCK_MONOTONIC) + std::min(left, kLook));
        if (pthread_cond_clockwait(static_cast<pthread_cond_t*>(static_cast<void*>(condition)),
                                   static_cast<pthread_mutex_t*>(static_cast<void*>(mutex)),
                                   CLOCK_MONOTONIC, &look) == 0)
            return thrd_success;
    }
}

}  // extern "C"
