#pragma once
/// The HTTP endpoint: GET of a few fixed paths, nothing else. Bounded in threads, time and size; it
/// can change nothing.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/expected.h"
#include "stream/failure.h"

namespace ceasewire::metrics {

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
};

/// Path ("/metrics") to what answers it. Called on the server's threads, several at once.
using Routes = std::map<std::string, std::function<Response()>, std::less<>>;

class HttpServer {
public:
    /// Listens on "host:port"; port 0 takes a free one. A failure (config) says why, for example
    /// that the port is taken.
    [[nodiscard]] static Expected<std::unique_ptr<HttpServer>, stream::Failure> start(
        const std::string& address, Routes routes);
    /// Ends after the requests in progress, which are bounded in time.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// "http://127.0.0.1:9464", with the port that is really used.
    [[nodiscard]] const std::string& url() const;

private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::metrics
