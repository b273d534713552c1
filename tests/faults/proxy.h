#pragma once
/// A road between clients and one broker that can be made bad: cut, slow, narrow, forgetful. It
/// stands in for a network where none can be damaged.

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

namespace ceasewire::test {

/// How a road is. What is underway when it is cut stays where it is and goes on later, as it would
/// on a network that repeats what got lost.
struct Weather {
    bool cut_to_broker = false;
    bool cut_to_client = false;
    std::chrono::milliseconds delay{0};   ///< each way
    std::chrono::milliseconds jitter{0};  ///< more or less than the delay; the order stays
    std::size_t bytes_per_second = 0;     ///< each way and connection; 0: no limit
    /// The next request of a client that ends a transaction is held up for so long, with all that
    /// follows it on its connection, and then goes on even when the client has given up meanwhile.
    /// Fair weather returns with it.
    std::chrono::milliseconds hold_end{0};
    /// With it, the client's side of that connection is reset as soon as the request has come: the
    /// client asks again on another, and the first request is still underway.
    bool hang_up = false;
};

/// Its methods may be called from any thread, and return when it is as they say; a thread of its
/// own does the work.
class Proxy {
public:
    /// Listens on a free port of 127.0.0.1. `seed` is for the jitter.
    explicit Proxy(unsigned seed);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port()); }
    /// "A.B.C.D:PORT" of the broker. Before, connections are closed at once.
    void lead_to(const std::string& address);
    void set(const Weather& weather);
    /// What ApiVersions answers from now on says of a request, by its number in the protocol, no
    /// newer version than this one; none at all where it is -1. As an older broker, or a gateway
    /// before one, would. Connections that stand already have heard more.
    void hide(const std::map<int, int>& newest);
    /// Ends every connection with a reset, on both sides.
    void reset();
    /// Ends every connection towards the broker and tells no client.
    void half_open();
    /// Ends of transactions that were held up so far.
    [[nodiscard]] std::size_t held() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::test
