#include "metrics/http.h"

#include <array>
#include <future>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ceasewire::metrics {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

class Socket {
public:
    explicit Socket(const std::string& url)
        : handle_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port_of(url)));
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        connected = connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Socket() { close(handle_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    std::string ask(const std::string& request) const {
        (void)!send(handle_, request.data(), request.size(), MSG_NOSIGNAL);
        std::string answer;
        std::array<char, 4096> buffer{};
        for (ssize_t got = 0; (got = read(handle_, buffer.data(), buffer.size())) > 0;)
            answer.append(buffer.data(), static_cast<std::size_t>(got));
        return answer;
    }
    bool connected = false;

private:
    int handle_;
};

std::unique_ptr<HttpServer> server() {
    Routes routes;
    routes["/metrics"] = [] {
        return Response{200, "text/plain; version=0.0.4; charset=utf-8", "m 1\n"};
    };
    routes["/readyz"] = [] { return Response{503, "text/plain; charset=utf-8", "starting\n"}; };
    auto started = HttpServer::start("127.0.0.1:0", std::move(routes));
    EXPECT_TRUE(started) << started.error().message;
    return std::move(started).value();
}

TEST(HttpServer, AnswersItsPathsAndNothingElse) {
    const auto http = server();
    const auto ask = [&](const std::string& request) {
        return Socket(http->url()).ask(request + "\r\nHost: x\r\n\r\n");
    };
    const std::string metrics = ask("GET /metrics HTTP/1.1");
    EXPECT_THAT(metrics, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(metrics, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    EXPECT_THAT(metrics, testing::EndsWith("\r\n\r\nm 1\n"));
    EXPECT_THAT(ask("GET /metrics?x=1 HTTP/1.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("HEAD /metrics HTTP/1.1"), testing::EndsWith("\r\n\r\n"));
    EXPECT_THAT(ask("GET /readyz HTTP/1.1"), StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    for (const char* path : {"/", "/metrics/", "/etc/passwd", "/../../etc/passwd", "/%2e%2e/x"}) {
        EXPECT_THAT(ask(std::string("GET ") + path + " HTTP/1.1"), StartsWith("HTTP/1.1 404"))
            << path;
    }
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
        EXPECT_THAT(ask(std::string(method) + " /metrics HTTP/1.1"), StartsWith("HTTP/1.1 405"))
            << method;
    }
}

TEST(HttpServer, RefusesARequestWithoutEnd) {
    const auto http = server();
    const std::string answer =
        Socket(http->url())
            .ask("GET /metrics HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n");
    EXPECT_THAT(answer, testing::Not(HasSubstr("200 OK")));
    EXPECT_THAT(Socket(http->url()).ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"),
                StartsWith("HTTP/1.1 200"));
}

TEST(HttpServer, OutlivesClientsThatSayNothing) {
    const auto http = server();
    // More silent clients than the server has threads: they are cut off in time, and the next
    // scrape is answered.
    std::vector<std::unique_ptr<Socket>> silent;
    for (int i = 0; i < 3; ++i) silent.push_back(std::make_unique<Socket>(http->url()));
    auto answer = std::async(std::launch::async, [&] {
        return Socket(http->url()).ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    });
    ASSERT_EQ(answer.wait_for(std::chrono::seconds(30)), std::future_status::ready);
    EXPECT_THAT(answer.get(), StartsWith("HTTP/1.1 200"));
}

TEST(HttpServer, SaysThatAPortIsTaken) {
    const auto http = server();
    const auto second = HttpServer::start("127.0.0.1:" + std::to_string(port_of(http->url())), {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, stream::FailureKind::config);
    EXPECT_THAT(second.error().message, HasSubstr("cannot listen on 127.0.0.1:"));
}

TEST(HttpServer, IsGoneWhenItEnds) {
    std::string url;
    {
        const auto http = server();
        url = http->url();
    }
    EXPECT_FALSE(Socket(url).connected);
}

}  // namespace
}  // namespace ceasewire::metrics
