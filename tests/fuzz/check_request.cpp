#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "checks.h"
#include "metrics/http.h"

namespace ceasewire::fuzz {
namespace {

constexpr std::string_view kGood = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

metrics::HttpServer& server() {
    static const std::unique_ptr<metrics::HttpServer> running = [] {
        metrics::Routes routes;
        routes["/metrics"] = [] { return metrics::Response{200, "text/plain", "m 1\n"}; };
        auto started = metrics::HttpServer::start("127.0.0.1:0", std::move(routes));
        if (!started) std::abort();
        return std::move(started).value();
    }();
    return *running;
}

/// Everything that comes back until the server hangs up; nothing when nobody listens.
std::optional<std::string> ask(std::string_view bytes) {
    const std::string& url = server().url();
    std::uint16_t port = 0;
    const std::size_t colon = url.rfind(':');
    std::from_chars(url.data() + colon + 1, url.data() + url.size(), port);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Ports are not kept waiting after a close: there are fewer of them than requests a minute.
    const linger at_once{1, 0};
    setsockopt(handle, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    std::optional<std::string> answer;
    if (connect(handle, static_cast<const sockaddr*>(static_cast<void*>(&address)),
                sizeof address) == 0) {
        answer.emplace();
        (void)!send(handle, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        shutdown(handle, SHUT_WR);
        std::array<char, 4096> buffer{};
        for (ssize_t got = 0; (got = read(handle, buffer.data(), buffer.size())) > 0;)
            answer->append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(handle);
    return answer;
}

}  // namespace

std::string complaint_about_request(std::string_view bytes) {
    const auto answer = ask(bytes);
    if (!answer) return "nobody listens any more";
    if (!answer->empty() && !answer->starts_with("HTTP/")) return "an answer that is no HTTP";
    if (std::hash<std::string_view>{}(bytes) % 32 != 0) return "";
    const auto good = ask(kGood);
    return good && good->starts_with("HTTP/1.1 200") ? ""
                                                     : "a good request is not answered after it";
}

}  // namespace ceasewire::fuzz
