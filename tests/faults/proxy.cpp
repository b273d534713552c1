#include "faults/proxy.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ceasewire::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kQueuedMax = std::size_t{1} << 20U;
constexpr std::size_t kApiVersions = 18;  // the protocol's numbers of requests
constexpr std::size_t kEndTransaction = 26;
constexpr std::size_t kRequestHead = 12;  // length, number, version and correlation id of a request
constexpr std::size_t kAnswerHead = 8;    // length and correlation id of an answer
constexpr std::size_t kUnknownRequest = 30'000;  // a number that no request has
constexpr milliseconds kSlice{50};               // of a narrow road

/// A descriptor with an owner; -1: none.
class Handle {
public:
    explicit Handle(int number = -1) : number_(number) {}
    Handle(Handle&& other) noexcept : number_(other.number_) { other.number_ = -1; }
    Handle& operator=(Handle&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Handle() { close(); }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    /// Closes with a reset instead of a farewell.
    void reset() {
        const linger now{1, 0};
        if (number_ >= 0) setsockopt(number_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool open() const { return number_ >= 0; }

private:
    int number_;
};

struct Chunk {
    Clock::time_point due;
    std::string bytes;
    std::size_t sent = 0;
};

/// One direction of a connection.
struct Lane {
    std::deque<Chunk> chunks;
    std::size_t queued = 0;
    bool ended = false;        ///< nothing more comes in
    Clock::time_point last{};  ///< when the youngest chunk is due
    Clock::time_point next{};  ///< when a narrow road takes more

    void put(std::string bytes, Clock::time_point due) {
        if (bytes.empty()) return;
        last = std::max(last, due);
        queued += bytes.size();
        chunks.push_back({last, std::move(bytes)});
    }
};

/// Where requests begin in what a client sends.
struct Requests {
    std::string head;      ///< of a request that has only begun to come
    std::size_t left = 0;  ///< bytes of the present request still to come
};

/// Where answers begin in what a broker sends, and those that are changed.
struct Answers {
    bool watched = false;                      ///< versions were hidden when it began
    std::map<std::size_t, std::size_t> asked;  ///< version of each ApiVersions underway, by its id
    std::string head;                          ///< of an answer that has only begun to come
    std::size_t left = 0;                      ///< bytes of the present answer still to come
    std::optional<std::size_t> version;        ///< of the present one, when it is changed
    std::string kept;                          ///< what has come of that one
};

struct Link {
    Handle client;
    Handle broker;
    Lane up;
    Lane down;
    Requests requests;
    Answers answers;
    bool orphan = false;   ///< the broker's side is gone and the client does not know
    bool hang_up = false;  ///< on the client, when its present request has come
};

/// A number of the protocol, of `size` bytes.
std::size_t number(const std::string& bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = at; i < at + size; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes.at(i));
    return value;
}
void put_number(std::string& bytes, std::size_t at, std::size_t value) {
    bytes.at(at) = static_cast<char>(value >> 8U);
    bytes.at(at + 1) = static_cast<char>(value & 255U);
}

/// Changes an answer to ApiVersions, whose length stays: after head and error code, entries of
/// request, oldest and newest version; from version 3 on with short counts and (empty) tags.
void hide_versions(std::string& answer, std::size_t version, const std::map<int, int>& newest) {
    const bool compact = version >= 3;
    std::size_t at = kAnswerHead + 2;
    std::size_t count = 0;
    if (compact) {
        for (std::size_t shift = 0;; shift += 7) {
            const std::size_t part = number(answer, at++, 1);
            count |= (part & 127U) << shift;
            if ((part & 128U) == 0) break;
        }
        count = std::max<std::size_t>(count, 1) - 1;
    } else {
        count = number(answer, at, 4);
        at += 4;
    }
    for (; count > 0; --count, at += compact ? 7 : 6) {
        const auto limit = newest.find(static_cast<int>(number(answer, at, 2)));
        if (limit == newest.end()) continue;
        if (limit->second < 0) {
            put_number(answer, at, kUnknownRequest);
        } else if (number(answer, at + 4, 2) > static_cast<std::size_t>(limit->second)) {
            put_number(answer, at + 4, static_cast<std::size_t>(limit->second));
        }
    }
}

sockaddr_in address_of(const std::string& text) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    const auto colon = text.find(':');
    if (colon == std::string::npos ||
        inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) != 1)
        throw std::runtime_error("not an address: " + text);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))));
    return address;
}

}  // namespace

struct Proxy::State {
    explicit State(unsigned seed) : random(seed) {}

    Handle listener;
    Handle bell;
    int port = 0;
    std::thread thread;
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> held{0};

    std::mutex mutex;  // over what follows, which the caller sets
    std::condition_variable obeyed;
    std::uint64_t asked = 0;
    std::uint64_t done = 0;
    std::string target;
    Weather wanted;
    bool reset_asked = false;
    bool half_open_asked = false;
    std::map<int, int> hidden;

    Weather weather;  // the thread's own
    std::map<int, int> newest;
    std::list<Link> links;
    std::mt19937 random;

    void ring() const {
        const std::uint64_t one = 1;
        (void)!write(bell.get(), &one, sizeof one);
    }
    /// Has the thread see to `change` and returns when it has: what comes next finds it so.
    void order(const std::function<void()>& change) {
        std::unique_lock lock(mutex);
        change();
        const std::uint64_t mine = ++asked;
        ring();
        obeyed.wait(lock, [&] { return done >= mine; });
    }
    void obey();
    void accept_client();
    [[nodiscard]] Clock::time_point due();
    void arrived(Link& link, std::string bytes);
    void answered(Link& link, const std::string& bytes);
    void take(Link& link, bool up);
    void pass_on(Link& link, bool up);
    /// False when the link is over.
    bool tend(Link& link);
    void run();
};

void Proxy::State::obey() {
    const std::lock_guard lock(mutex);
    weather = wanted;
    newest = hidden;
    if (std::exchange(reset_asked, false)) {
        for (Link& link : links) {
            link.client.reset();
            link.broker.reset();
        }
        links.clear();
    }
    if (std::exchange(half_open_asked, false)) {
        for (Link& link : links) {
            link.broker.close();
            link.orphan = true;
        }
    }
    done = asked;
    obeyed.notify_all();
}

void Proxy::State::accept_client() {
    Handle client(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!client.open()) return;
    std::string where;
    {
        const std::lock_guard lock(mutex);
        where = target;
    }
    if (where.empty()) return;
    Handle broker(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = address_of(where);
    // On the loopback an answer comes at once, be it a refusal.
    if (connect(broker.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        client.reset();
        return;
    }
    fcntl(broker.get(), F_SETFL, O_NONBLOCK);
    const int yes = 1;
    setsockopt(broker.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    Link& link = links.emplace_back();
    link.client = std::move(client);
    link.broker = std::move(broker);
    link.answers.watched = !newest.empty();
}

Clock::time_point Proxy::State::due() {
    auto delay = weather.delay;
    if (weather.jitter > milliseconds(0)) {
        std::uniform_int_distribution<std::int64_t> around(-weather.jitter.count(),
                                                           weather.jitter.count());
        delay = std::max(milliseconds(0), delay + milliseconds(around(random)));
    }
    return Clock::now() + delay;
}

/// Passes a client's bytes on and watches where a request begins. What has come of a request's head
/// before it is known may go ahead: the broker waits for the rest of it all the same.
void Proxy::State::arrived(Link& link, std::string bytes) {
    Requests& requests = link.requests;
    std::size_t begin = 0;
    auto when = due();
    for (std::size_t at = 0; at < bytes.size();) {
        if (requests.left > 0) {
            const std::size_t step = std::min(requests.left, bytes.size() - at);
            requests.left -= step;
            at += step;
            continue;
        }
        requests.head += bytes[at++];
        if (requests.head.size() < kRequestHead) continue;
        const std::size_t size = number(requests.head, 0, 4);
        const std::size_t request = number(requests.head, 4, 2);
        const bool end = request == kEndTransaction;
        if (request == kApiVersions && link.answers.watched)
            link.answers.asked[number(requests.head, 8, 4)] = number(requests.head, 6, 2);
        requests.left = size + 4 - std::min(size + 4, kRequestHead);
        requests.head.clear();
        if (end && weather.hold_end > milliseconds(0)) {
            const std::size_t from = at - std::min(at, kRequestHead);
            link.up.put(bytes.substr(begin, from - begin), when);
            begin = from;
            when = Clock::now() + weather.hold_end;
            weather.hold_end = milliseconds(0);
            link.hang_up = weather.hang_up;
            const std::lock_guard lock(mutex);
            wanted.hold_end = milliseconds(0);
            ++held;
        }
    }
    link.up.put(bytes.substr(begin), when);
    if (link.hang_up && requests.left == 0) {
        link.hang_up = false;
        link.up.ended = true;
        link.client.reset();
    }
}

/// Passes a broker's bytes on, but for the answers that are to be changed, which wait until they
/// are whole.
void Proxy::State::answered(Link& link, const std::string& bytes) {
    Answers& answers = link.answers;
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        if (answers.left == 0) {
            answers.head += bytes[at++];
            if (answers.head.size() < kAnswerHead) continue;
            answers.left = number(answers.head, 0, 4) - 4;
            const auto asked = answers.asked.find(number(answers.head, 4, 4));
            if (asked == answers.asked.end()) {
                out += std::exchange(answers.head, "");
            } else {
                answers.version = asked->second;
                answers.kept = std::exchange(answers.head, "");
                answers.asked.erase(asked);
            }
            continue;
        }
        const std::size_t step = std::min(answers.left, bytes.size() - at);
        (answers.version ? answers.kept : out).append(bytes, at, step);
        answers.left -= step;
        at += step;
        if (answers.left > 0 || !answers.version) continue;
        hide_versions(answers.kept, *answers.version, newest);
        out += std::exchange(answers.kept, "");
        answers.version.reset();
    }
    link.down.put(std::move(out), due());
}

void Proxy::State::take(Link& link, bool up) {
    Lane& lane = up ? link.up : link.down;
    std::string bytes(65'536, '\0');
    const ssize_t got =
        read(up ? link.client.get() : link.broker.get(), bytes.data(), bytes.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        lane.ended = true;
        return;
    }
    bytes.resize(static_cast<std::size_t>(got));
    if (link.orphan) return;
    if (up) {
        arrived(link, std::move(bytes));
    } else if (link.answers.watched) {
        answered(link, bytes);
    } else {
        lane.put(std::move(bytes), due());
    }
}

void Proxy::State::pass_on(Link& link, bool up) {
    Lane& lane = up ? link.up : link.down;
    const auto now = Clock::now();
    while (!lane.chunks.empty() && lane.chunks.front().due <= now && lane.next <= now) {
        Chunk& chunk = lane.chunks.front();
        std::size_t size = chunk.bytes.size() - chunk.sent;
        if (weather.bytes_per_second > 0)
            size = std::min<std::size_t>(size,
                                         std::max<std::size_t>(1, weather.bytes_per_second / 20));
        const ssize_t sent = send(up ? link.broker.get() : link.client.get(),
                                  chunk.bytes.data() + chunk.sent, size, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN || errno == EINTR) return;
            // Nobody is there any more.
            lane.chunks.clear();
            lane.queued = 0;
            (up ? link.down : link.up).ended = true;
            return;
        }
        if (weather.bytes_per_second > 0) lane.next = now + kSlice;
        chunk.sent += static_cast<std::size_t>(sent);
        lane.queued -= static_cast<std::size_t>(sent);
        if (chunk.sent == chunk.bytes.size()) lane.chunks.pop_front();
    }
}

bool Proxy::State::tend(Link& link) {
    if (link.orphan) return !link.up.ended;
    if (!weather.cut_to_broker) pass_on(link, true);
    if (!weather.cut_to_client) pass_on(link, false);
    // Its last requests still go where they were meant to go.
    if (link.up.ended && link.up.chunks.empty()) return false;
    if (link.down.ended && link.down.chunks.empty()) return false;
    return true;
}

void Proxy::State::run() {
    while (!stop.load()) {
        obey();
        for (auto link = links.begin(); link != links.end();)
            link = tend(*link) ? std::next(link) : links.erase(link);
        std::vector<pollfd> all = {{bell.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
        std::vector<std::pair<Link*, bool>> owners(2);
        auto wake = Clock::now() + milliseconds(500);
        for (Link& link : links) {
            for (const bool up : {true, false}) {
                Lane& lane = up ? link.up : link.down;
                const bool cut = up ? weather.cut_to_broker : weather.cut_to_client;
                if (link.orphan && !up) continue;
                if (!lane.ended && !cut && lane.queued < kQueuedMax) {
                    all.push_back({up ? link.client.get() : link.broker.get(), POLLIN, 0});
                    owners.emplace_back(&link, up);
                }
                if (lane.chunks.empty() || cut) continue;
                const auto ready = std::max(lane.chunks.front().due, lane.next);
                if (ready <= Clock::now()) {  // so only the receiver keeps it waiting
                    all.push_back({up ? link.broker.get() : link.client.get(), POLLOUT, 0});
                    owners.emplace_back(nullptr, up);
                }
                wake = std::min(wake, std::max(ready, Clock::now() + milliseconds(1)));
            }
        }
        const auto left = std::chrono::ceil<milliseconds>(wake - Clock::now()).count();
        (void)poll(all.data(), all.size(), static_cast<int>(std::max<std::int64_t>(0, left)));
        if ((all[0].revents & POLLIN) != 0) {
            std::uint64_t rung = 0;
            (void)!read(bell.get(), &rung, sizeof rung);
        }
        for (std::size_t i = 2; i < all.size(); ++i) {
            if (all[i].revents != 0 && owners[i].first != nullptr)
                take(*owners[i].first, owners[i].second);
        }
        if ((all[1].revents & POLLIN) != 0) accept_client();
    }
}

Proxy::Proxy(unsigned seed) : state_(std::make_unique<State>(seed)) {
    State& state = *state_;
    state.listener = Handle(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address = address_of("127.0.0.1:0");
    socklen_t size = sizeof address;
    if (bind(state.listener.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(state.listener.get(), 256) != 0 ||
        getsockname(state.listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("the proxy cannot listen");
    state.port = ntohs(address.sin_port);
    state.bell = Handle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    state.thread = std::thread([&state] { state.run(); });
}

Proxy::~Proxy() {
    state_->stop.store(true);
    state_->ring();
    state_->thread.join();
}

int Proxy::port() const { return state_->port; }
std::size_t Proxy::held() const { return state_->held.load(); }

void Proxy::lead_to(const std::string& address) {
    state_->order([&] { state_->target = address; });
}
void Proxy::set(const Weather& weather) {
    state_->order([&] { state_->wanted = weather; });
}
void Proxy::hide(const std::map<int, int>& newest) {
    state_->order([&] { state_->hidden = newest; });
}
void Proxy::reset() {
    state_->order([&] { state_->reset_asked = true; });
}
void Proxy::half_open() {
    state_->order([&] { state_->half_open_asked = true; });
}

}  // namespace ceasewire::test
