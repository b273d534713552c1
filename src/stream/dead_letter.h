#pragma once
/// The headers of records and of dead letters. Pure: nothing here depends on the clock, so a replay
/// gives the same bytes.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/rejection.h"
#include "stream/message.h"

namespace ceasewire::stream {

/// How much of the original a dead letter carries. Starts whole and shrinks only when the
/// dead-letter topic refuses it.
struct DeadLetterShape {
    std::optional<std::size_t> value_bytes;  ///< none: the whole value
    bool without_headers = false;            ///< of the original; ours always go along
    bool without_key = false;
    bool without_timestamp = false;
    friend bool operator==(const DeadLetterShape&, const DeadLetterShape&) = default;
};

/// The next smaller shape of `message` after one that was too large; nothing when it cannot shrink
/// any more. Ends after a few dozen steps: the value is halved down to 256 bytes, then goes, then
/// the original's headers, then its key.
[[nodiscard]] std::optional<DeadLetterShape> smaller(const DeadLetterShape& shape,
                                                     const Message& message);

/// Builds a list of headers, reusing its memory.
class HeaderList {
public:
    void clear();
    /// `name` and `value` are kept as views.
    void add(std::string_view name, std::optional<std::string_view> value) {
        headers_.push_back({name, value});
    }
    /// `name` is kept as a view, `value` is owned.
    void add_owned(std::string_view name, std::string value);
    [[nodiscard]] std::span<const Header> headers() const { return headers_; }

private:
    std::vector<Header> headers_;
    std::deque<std::string> owned_;  // a deque, since views into its strings must stay
};

inline constexpr std::string_view kSourceHeader = "ceasewire-source";

/// "topic/partition/offset"
[[nodiscard]] std::string source_position(const Message& message);

/// Headers of the record or tombstone made from `message`: its own in order, but any
/// ceasewire-source, then ours. The views live as long as the message and the list.
void record_headers(const Message& message, HeaderList& out);

/// Headers of the dead letter made from `message`: its own in order, but those that we set, then
/// ours: the position, Kafka Connect's
/// `__connect.errors.*`, `ceasewire.reason`, `.field` and `.byte` where known, and what was cut.
/// Set, not added: a message that has been a dead letter before tells about the last time. `group`
/// stands for the name of the connector.
void dead_letter_headers(const Message& message, const Rejection& rejection,
                         const DeadLetterShape& shape, std::string_view group, HeaderList& out);

/// A header that dead letters have from us, and not from the message.
[[nodiscard]] bool is_dead_letter_header(std::string_view name);

/// Lower-case hex of the SHA-256 of `bytes`.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace ceasewire::stream
