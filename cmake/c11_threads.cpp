// Lets ThreadSanitizer see librdkafka, which Debian builds on C11's <threads.h>. The sanitizer
// intercepts pthreads only: it would know neither the client's threads nor its locks, and would
// take everything that passes through a queue of the client for a race (or crash in a thread that
// it has not seen begin). So in the tsan preset every program carries these functions, and the
// dynamic linker prefers them to glibc's. glibc's own are the same calls on the same bytes, which
// the assertions below hold on to.

#include <cerrno>
#include <cstdint>
#include <memory>
#include <type_traits>

#include <pthread.h>
#include <threads.h>

extern "C" {
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}

namespace {

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) &&
              alignof(mtx_t) <= alignof(pthread_mutex_t));
static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t) && alignof(cnd_t) <= alignof(pthread_cond_t));
static_assert(sizeof(once_flag) == sizeof(pthread_once_t) && std::is_same_v<thrd_t, pthread_t>);

pthread_mutex_t* of(mtx_t* mutex) {
    return static_cast<pthread_mutex_t*>(static_cast<void*>(mutex));
}
pthread_cond_t* of(cnd_t* condition) {
    return static_cast<pthread_cond_t*>(static_cast<void*>(condition));
}

// Every function below passes its result through here, which also keeps the call from being a jump:
// the suppression at the end tells the client's own calls of the C library, which are ignored, from
// the ones made here by the address that they return to.
int result(int code) {
    switch (code) {
        case 0:
            return thrd_success;
        case ENOMEM:
            return thrd_nomem;
        case ETIMEDOUT:
            return thrd_timedout;
        case EBUSY:
            return thrd_busy;
        default:
            return thrd_error;
    }
}

/// For making and unmaking locks. The client hands new objects over by its own atomics too, which
/// are not instrumented: the sanitizer would see a race between a lock's making and its first use.
class Unseen {
public:
    Unseen() { AnnotateIgnoreWritesBegin(__FILE__, __LINE__); }
    ~Unseen() { AnnotateIgnoreWritesEnd(__FILE__, __LINE__); }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
};

struct Start {
    thrd_start_t function;
    void* argument;
};

void* run(void* raw) {
    const std::unique_ptr<Start> start(static_cast<Start*>(raw));
    const Start copy = *start;
    return reinterpret_cast<void*>(static_cast<std::intptr_t>(copy.function(copy.argument)));
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
    auto start = std::make_unique<Start>(Start{function, argument});
    const int code = pthread_create(thread, nullptr, run, start.get());
    if (code == 0) (void)start.release();
    return result(code == EAGAIN ? ENOMEM : code);
}
int thrd_join(thrd_t thread, int* status) {
    void* value = nullptr;
    const int code = pthread_join(thread, &value);
    if (status != nullptr) *status = static_cast<int>(reinterpret_cast<std::intptr_t>(value));
    return result(code);
}
int thrd_detach(thrd_t thread) { return result(pthread_detach(thread)); }

int mtx_init(mtx_t* mutex, int type) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(
        &attributes, (type & mtx_recursive) != 0 ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
    const Unseen unseen;
    const int code = pthread_mutex_init(of(mutex), &attributes);
    pthread_mutexattr_destroy(&attributes);
    return result(code);
}
void mtx_destroy(mtx_t* mutex) {
    const Unseen unseen;
    (void)result(pthread_mutex_destroy(of(mutex)));
}
int mtx_lock(mtx_t* mutex) { return result(pthread_mutex_lock(of(mutex))); }
int mtx_trylock(mtx_t* mutex) { return result(pthread_mutex_trylock(of(mutex))); }
int mtx_timedlock(mtx_t* mutex, const timespec* until) {
    return result(pthread_mutex_timedlock(of(mutex), until));
}
int mtx_unlock(mtx_t* mutex) { return result(pthread_mutex_unlock(of(mutex))); }

int cnd_init(cnd_t* condition) {
    const Unseen unseen;
    return result(pthread_cond_init(of(condition), nullptr));
}
void cnd_destroy(cnd_t* condition) {
    const Unseen unseen;
    (void)result(pthread_cond_destroy(of(condition)));
}
int cnd_signal(cnd_t* condition) { return result(pthread_cond_signal(of(condition))); }
int cnd_broadcast(cnd_t* condition) { return result(pthread_cond_broadcast(of(condition))); }
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    return result(pthread_cond_wait(of(condition), of(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    return result(pthread_cond_timedwait(of(condition), of(mutex), until));
}

void call_once(once_flag* flag, void (*function)()) {
    (void)result(pthread_once(static_cast<pthread_once_t*>(static_cast<void*>(flag)), function));
}

/// The client is not instrumented: what it copies and frees under its own atomic counts would be
/// reported, so its calls of the C library count for nothing. Its locks and threads do count (they
/// come through here), and with them every hand-over between its threads and ours.
const char* __tsan_default_suppressions() { return "called_from_lib:librdkafka.so\n"; }

}  // extern "C"
