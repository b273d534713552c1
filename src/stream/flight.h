#pragma once
/// One message between being taken and being accounted for.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "article/rejection.h"
#include "stream/counters.h"
#include "stream/dead_letter.h"
#include "stream/message.h"

namespace ceasewire::stream {

struct Flight {
    enum class Kind : std::uint8_t { record, tombstone, dead_letter };

    Message message;  ///< kept to the end: a record that the broker refuses becomes a dead letter
                      ///< with the original bytes
    Kind kind = Kind::record;
    std::string key;        ///< of a record: the article's id
    std::string bytes;      ///< of a record: its JSON. Lent to the sink until the delivery
    Rejection rejection;    ///< of a dead letter
    DeadLetterShape shape;  ///< of a dead letter: how much of the original goes along
    bool alone = false;  ///< published with nothing else in flight: a refusal is meant for this one
    std::uint32_t attempt = 0;  ///< deliveries that failed without anybody's fault
    std::uint64_t tenure = 0;   ///< the lane's ownership of the partition that brought it
    std::optional<DeliveryError> refusal;  ///< of its delivery in the open transaction
    std::string refusal_text;
};

/// Flights are reused with their buffers; their addresses stay. One lane's, not shared.
class FlightPool {
public:
    [[nodiscard]] Flight* get() {
        if (free_.empty()) return &flights_.emplace_back();
        Flight* flight = free_.back();
        free_.pop_back();
        kept_bytes_ -= flight->bytes.capacity();
        return flight;
    }
    void put(Flight* flight) {
        flight->message = Message{};
        flight->kind = Flight::Kind::record;
        // Neither one huge article nor very many may stay in the pool for ever.
        if (flight->bytes.capacity() > kKeptBytesMax ||
            kept_bytes_ + flight->bytes.capacity() > kKeptBytesInAllMax)
            std::string().swap(flight->bytes);  // an assignment would keep the memory
        flight->rejection = Rejection{};
        flight->shape = DeadLetterShape{};
        flight->alone = false;
        flight->attempt = 0;
        flight->refusal.reset();
        flight->refusal_text.clear();
        kept_bytes_ += flight->bytes.capacity();
        free_.push_back(flight);
    }
    /// What the flights that are free hold on to.
    [[nodiscard]] std::size_t kept_bytes() const { return kept_bytes_; }

private:
    static constexpr std::size_t kKeptBytesMax = std::size_t{64} << 10U;
    static constexpr std::size_t kKeptBytesInAllMax = std::size_t{8} << 20U;
    std::size_t kept_bytes_ = 0;
    std::deque<Flight> flights_;
    std::vector<Flight*> free_;
};

}  // namespace ceasewire::stream
