#pragma once
/// The second seam: where records and dead letters go.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "stream/counters.h"
#include "stream/failure.h"
#include "stream/message.h"

namespace ceasewire::stream {

struct Flight;  // stream/flight.h: what a delivery is about; sinks only carry the pointer

enum class Destination : std::uint8_t { records, dead_letters };

struct Output {
    Destination to = Destination::records;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::span<const Header> headers;
    std::int64_t timestamp_ms = -1;  ///< -1: the time of publishing
};

enum class Publish : std::uint8_t {
    accepted,       ///< a Delivery will tell how it went
    full,           ///< no room now: poll, then try again
    unknown_topic,  ///< the topic is not there at the moment
    too_large,      ///< the client will never take a message of this size
    fatal,          ///< the client has failed for good; poll() says how
};

/// How one accepted output went; no error: the broker has it.
struct Delivery {
    Flight* flight = nullptr;
    std::optional<DeliveryError> error;
    std::string text;  ///< the client's words for the error
};

/// One lane's output. Used from that lane's thread only.
class Sink {
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;

    /// Hands one output over. The value is not copied: its bytes stay in place until the delivery.
    /// Outputs with equal keys to one destination arrive in the order of the calls, as long as none
    /// is refused.
    [[nodiscard]] virtual Publish publish(const Output& output, Flight* flight) = 0;

    /// Appends what became of outputs since the last call; waits at most `wait` for the first.
    /// `hurry` sends what waits for company at once and waits for all of it. A failure is final.
    [[nodiscard]] virtual Expected<Nothing, Failure> poll(std::chrono::milliseconds wait,
                                                          bool hurry,
                                                          std::vector<Delivery>& out) = 0;

    /// Ends the client; outputs without a delivery may or may not have arrived. False when that did
    /// not end in time.
    virtual bool close(std::chrono::milliseconds timeout) = 0;
};

}  // namespace ceasewire::stream
