/// The proxy of the fault suite does what it is told, against a peer of its own.

#include "faults/proxy.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ceasewire::test {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// A socket that gives up waiting after 10 s, which no test should come to.
class Peer {
public:
    explicit Peer(int handle) : handle_(handle) {}
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() { close(); }
    void close() {
        if (handle_ >= 0) ::close(handle_);
        handle_ = -1;
    }
    void say(const std::string& text) const {
        ASSERT_EQ(send(handle_, text.data(), text.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(text.size()));
    }
    /// So many bytes, or fewer when the other side ends or resets the connection.
    [[nodiscard]] std::string hear(std::size_t size) const {
        std::string text;
        while (text.size() < size && readable(10s)) {
            std::string part(size - text.size(), '\0');
            const ssize_t got = recv(handle_, part.data(), part.size(), 0);
            if (got <= 0) break;
            text += part.substr(0, static_cast<std::size_t>(got));
        }
        return text;
    }
    [[nodiscard]] bool readable(std::chrono::milliseconds wait) const {
        pollfd one{handle_, POLLIN, 0};
        return poll(&one, 1, static_cast<int>(wait.count())) == 1;
    }

private:
    int handle_;
};

class Road : public testing::Test {
protected:
    Road() {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(listener_, 8), 0);
        EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        proxy.lead_to("127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
    }
    ~Road() override { ::close(listener_); }
    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }
    [[nodiscard]] int dial() const {
        const int handle = socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = loopback(proxy.port());
        EXPECT_EQ(connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        return handle;
    }
    [[nodiscard]] int answer() const { return accept(listener_, nullptr, nullptr); }

    Proxy proxy{1};

private:
    int listener_ = -1;
};

TEST_F(Road, CarriesBothWaysAndEndsWithItsEnds) {
    const Peer client(dial());
    Peer broker(answer());
    client.say("there");
    EXPECT_EQ(broker.hear(5), "there");
    broker.say("and back");
    EXPECT_EQ(client.hear(8), "and back");
    broker.say("last words");
    broker.close();
    EXPECT_EQ(client.hear(100), "last words");
}

TEST_F(Road, KeepsWhatIsUnderwayWhenItIsCutOneWay) {
    const Peer client(dial());
    const Peer broker(answer());
    client.say("a");
    ASSERT_EQ(broker.hear(1), "a");
    proxy.set({.cut_to_broker = true});
    client.say("b");
    broker.say("x");
    EXPECT_EQ(client.hear(1), "x") << "the other way is open";
    EXPECT_FALSE(broker.readable(100ms));
    proxy.set({});
    EXPECT_EQ(broker.hear(1), "b");
}

TEST_F(Road, TakesItsTime) {
    const Peer client(dial());
    const Peer broker(answer());
    proxy.set({.delay = 200ms, .jitter = 50ms});
    const auto begin = Clock::now();
    client.say("a");
    client.say("b");
    EXPECT_EQ(broker.hear(2), "ab");
    EXPECT_GE(Clock::now() - begin, 150ms);
    proxy.set({.bytes_per_second = 10'000});
    const auto narrow = Clock::now();
    client.say(std::string(3'000, 'c'));
    EXPECT_EQ(broker.hear(3'000).size(), 3'000U);
    EXPECT_GE(Clock::now() - narrow, 200ms);
}

TEST_F(Road, ForgetsAndResets) {
    const Peer client(dial());
    const Peer broker(answer());
    client.say("a");
    ASSERT_EQ(broker.hear(1), "a");
    proxy.half_open();
    EXPECT_EQ(broker.hear(1), "");
    client.say("into the void");
    EXPECT_FALSE(client.readable(100ms)) << "the client has not heard of it";
    const Peer other(dial());
    const Peer behind(answer());
    other.say("b");
    EXPECT_EQ(behind.hear(1), "b");
    proxy.reset();
    EXPECT_EQ(other.hear(1), "");
    EXPECT_EQ(behind.hear(1), "");
}

std::string request(char number, const std::string& rest, char version = 0, char id = 0) {
    const auto size = static_cast<char>(8 + rest.size());
    return std::string{0, 0, 0, size, 0, number, 0, version, 0, 0, 0, id} + rest;
}

TEST_F(Road, HoldsTheEndOfATransactionUpAndDeliversItThoughNobodyWaits) {
    Peer client(dial());
    const Peer broker(answer());
    proxy.set({.hold_end = 300ms});
    const auto begin = Clock::now();
    const std::string first = request(3, "metadata");
    const std::string end = request(26, "end");
    // In pieces that keep to no border of a request.
    const std::string all = first + end + request(0, "more");
    client.say(all.substr(0, first.size() + 3));
    client.say(all.substr(first.size() + 3));
    EXPECT_EQ(broker.hear(first.size()), first);
    client.close();
    EXPECT_EQ(broker.hear(all.size()), all.substr(first.size()));
    EXPECT_GE(Clock::now() - begin, 300ms);
    EXPECT_EQ(proxy.held(), 1U);
    // Only that one.
    const Peer next(dial());
    const Peer there(answer());
    next.say(end);
    EXPECT_EQ(there.hear(end.size()), end);
    EXPECT_EQ(proxy.held(), 1U);
}

TEST_F(Road, HangsUpOnAClientWhoseRequestIsStillUnderway) {
    const Peer client(dial());
    const Peer broker(answer());
    proxy.set({.hold_end = 2s, .hang_up = true});
    const auto begin = Clock::now();
    const std::string end = request(26, "end");
    client.say(end.substr(0, 7));
    EXPECT_EQ(broker.hear(7), end.substr(0, 7)) << "what comes before it is known goes ahead";
    client.say(end.substr(7));
    EXPECT_EQ(client.hear(1), "");
    EXPECT_FALSE(broker.readable(0ms));
    const Peer again(dial());
    const Peer sooner(answer());
    again.say(end);
    EXPECT_EQ(sooner.hear(end.size()), end);
    EXPECT_EQ(broker.hear(end.size() - 7), end.substr(7));
    EXPECT_GE(Clock::now() - begin, 2s);
}

/// An answer to ApiVersions; a count of entries, each a request with its oldest and newest version.
std::string versions(char id, bool compact, const std::vector<std::array<char, 3>>& entries) {
    const auto count = static_cast<char>(entries.size());
    std::string body = {0, 0, 0, id, 0, 0};
    body += compact ? std::string(1, static_cast<char>(count + 1)) : std::string{0, 0, 0, count};
    for (const auto& [number, oldest, newest] : entries) {
        body += std::string{0, number, 0, oldest, 0, newest};
        if (compact) body += '\0';
    }
    body += std::string(4, '\0');  // throttle time
    return std::string{0, 0, 0, static_cast<char>(body.size())} + body;
}

TEST_F(Road, HidesVersionsInAnswersToThatQuestionAlone) {
    proxy.hide({{1, 4}, {7, 9}, {9, -1}});
    for (const bool compact : {false, true}) {
        const Peer client(dial());
        const Peer broker(answer());
        const std::string asked = request(3, "topics", 0, 1) + request(18, "", compact ? 3 : 0, 2);
        client.say(asked);
        EXPECT_EQ(broker.hear(asked.size()), asked);
        // The first only looks like one, and all comes in pieces.
        const std::string other = versions(1, compact, {{1, 0, 12}});
        const std::string all =
            other + versions(2, compact, {{1, 0, 12}, {7, 2, 5}, {9, 0, 3}, {3, 0, 9}});
        for (const char one : all) broker.say(std::string(1, one));
        std::string expected =
            other + versions(2, compact, {{1, 0, 4}, {7, 2, 5}, {0, 0, 3}, {3, 0, 9}});
        const std::size_t hidden = expected.find(std::string{0, 0, 0, 0, 0, 3});
        expected.replace(hidden, 2, "\x75\x30");  // 30,000
        EXPECT_EQ(client.hear(all.size()), expected);
    }
}

}  // namespace
}  // namespace ceasewire::test
