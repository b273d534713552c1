/// The mock cluster of librdkafka outlives what its members do.

#include "kafka/mock_cluster.h"

#include <cstdlib>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ceasewire::test {
namespace {

void put16(std::string& out, int value) {
    out += static_cast<char>(value >> 8);
    out += static_cast<char>(value);
}
void put32(std::string& out, int value) {
    put16(out, value >> 16);
    put16(out, value & 0xffff);
}
void put_text(std::string& out, std::string_view text) {
    put16(out, static_cast<int>(text.size()));
    out += text;
}

std::string request(int api, std::string_view body) {
    std::string out;
    put16(out, api);
    put16(out, 0);  // version
    put32(out, 1);  // correlation
    put_text(out, "me");
    out += body;
    std::string sized;
    put32(sized, static_cast<int>(out.size()));
    return sized + out;
}

std::string join(std::string_view member) {
    std::string body;
    put_text(body, "group");
    put32(body, 6'000);  // the session
    put_text(body, member);
    put_text(body, "consumer");
    put32(body, 1);
    put_text(body, "range");
    put32(body, 1);
    body += "m";
    return request(kJoinGroup, body);
}

class Connection {
public:
    explicit Connection(const std::string& address) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port =
            htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + address.rfind(':') + 1)));
        EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    }
    ~Connection() { close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    void send(const std::string& bytes) const {
        EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }
    [[nodiscard]] bool answered() const {
        char size[4];
        return recv(socket_, size, sizeof size, MSG_WAITALL) == sizeof size;
    }

private:
    int socket_;
};

/// The mock reads its connections in the order in which they were made: when it answers this one,
/// it has read the others.
void expect_alive(const std::string& address) {
    constexpr int kApiVersions = 18;
    const Connection connection(address);
    connection.send(request(kApiVersions, {}));
    EXPECT_TRUE(connection.answered());
}

TEST(MockCluster, SurvivesAMemberThatHangsUpAndJoinsAnew) {
    const MockCluster cluster(1, {});
    {
        const Connection first(cluster.address());
        first.send(join("member"));
        expect_alive(cluster.address());
    }
    const Connection second(cluster.address());
    second.send(join("member"));
    expect_alive(cluster.address());
}

}  // namespace
}  // namespace ceasewire::test
