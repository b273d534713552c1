#include "metrics/http.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <civetweb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ceasewire::metrics {
namespace {

const char* phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 503:
            return "Service Unavailable";
        default:
            return "Error";
    }
}

void answer(mg_connection* connection, const Response& response, bool with_body) {
    mg_printf(
        connection,
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n%sConnection: close\r\n\r\n",
        response.status, phrase(response.status), response.content_type.c_str(),
        response.body.size(), response.status == 405 ? "Allow: GET, HEAD\r\n" : "");
    if (with_body) mg_write(connection, response.body.data(), response.body.size());
}

}  // namespace

struct HttpServer::State {
    Routes routes;
    std::string url;
    std::string complaint;  ///< of CivetWeb, when it does not start
    mg_context* context = nullptr;
    sockaddr_in own{};  ///< where we listen; port 0: not an IPv4 address
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
    if (state_->context == nullptr) return;
    // CivetWeb looks whether it shall stop when somebody connects, else every two seconds.
    std::atomic<bool> stopped{false};
    std::thread caller([&] {
        while (state_->own.sin_port != 0 && !stopped) {
            const int file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            if (file >= 0) {
                (void)connect(file, static_cast<const sockaddr*>(static_cast<void*>(&state_->own)),
                              sizeof state_->own);
                close(file);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    });
    mg_stop(state_->context);
    stopped = true;
    caller.join();
}

const std::string& HttpServer::url() const { return state_->url; }

Expected<std::unique_ptr<HttpServer>, stream::Failure> HttpServer::start(const std::string& address,
                                                                         Routes routes) {
    static std::once_flag once;
    std::call_once(once, [] { mg_init_library(0); });
    auto state = std::make_unique<State>();
    state->routes = std::move(routes);
    mg_callbacks callbacks{};
    callbacks.log_message = [](const mg_connection* connection, const char* message) {
        auto* self = static_cast<State*>(mg_get_user_data(mg_get_context(connection)));
        if (self != nullptr && self->complaint.empty() && self->context == nullptr)
            self->complaint = message;
        return 1;  // not to standard error
    };
    callbacks.begin_request = [](mg_connection* connection) -> int {
        const mg_request_info* request = mg_get_request_info(connection);
        const auto* self = static_cast<const State*>(request->user_data);
        const std::string_view method = request->request_method;
        const bool head = method == "HEAD";
        if (method != "GET" && !head) {
            answer(connection, {405, "text/plain; charset=utf-8", "only GET\n"}, true);
            return 405;
        }
        const auto found = self->routes.find(
            std::string_view(request->local_uri == nullptr ? "" : request->local_uri));
        if (found == self->routes.end()) {
            answer(connection, {404, "text/plain; charset=utf-8", "not found\n"}, !head);
            return 404;
        }
        const Response response = found->second();
        answer(connection, response, !head);
        return response.status;
    };
    // Two threads and short waits: a slow scraper can keep them busy, but nothing else of the
    // service waits for them.
    std::array<const char*, 15> options = {"listening_ports",
                                           address.c_str(),
                                           "num_threads",
                                           "2",
                                           "request_timeout_ms",
                                           "5000",
                                           "enable_keep_alive",
                                           "no",
                                           "max_request_size",
                                           "8192",
                                           "linger_timeout_ms",
                                           "1000",
                                           "enable_auth_domain_check",
                                           "no",
                                           nullptr};
    state->context = mg_start(&callbacks, state.get(), options.data());
    if (state->context == nullptr) {
        const std::string why = state->complaint.empty() ? "is the port taken?" : state->complaint;
        return Unexpected(stream::Failure{stream::FailureKind::config,
                                          "cannot listen on " + address + " for metrics: " + why});
    }
    mg_server_port port{};
    mg_get_server_ports(state->context, 1, &port);
    const auto colon = address.rfind(':');
    const std::string host = colon == std::string::npos ? "0.0.0.0" : address.substr(0, colon);
    if (inet_pton(AF_INET, host == "0.0.0.0" ? "127.0.0.1" : host.c_str(), &state->own.sin_addr) ==
        1) {
        state->own.sin_family = AF_INET;
        state->own.sin_port = htons(static_cast<std::uint16_t>(port.port));
    }
    state->url = "http://" + host + ":" + std::to_string(port.port);
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

}  // namespace ceasewire::metrics
