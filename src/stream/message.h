#pragma once
/// One message of the input as the loop sees it, and the headers that go with messages.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "stream/position.h"

namespace ceasewire::stream {

struct Header {
    std::string_view name;
    std::optional<std::string_view> value;  ///< none: a null value
};

/// Owns the bytes behind a message's views. No virtual destructor and no allocation: a pointer and
/// the function that frees it.
using Backing = std::unique_ptr<void, void (*)(void*)>;
inline Backing no_backing() {
    return {nullptr, [](void*) {}};
}

/// One message. Move-only; every view points into `backing`, except `topic`, which its Source owns.
struct Message {
    TopicPartition from;
    Offset offset;
    std::string_view topic;                 ///< owned by the Source, lives as long as that
    std::optional<std::string_view> key;    ///< none: a null key
    std::optional<std::string_view> value;  ///< none: a tombstone
    std::vector<Header> headers;            ///< in the order of the message, duplicates included
    std::int64_t timestamp_ms = -1;  ///< the broker's or the producer's, -1 when there is none
    Backing backing = no_backing();
};

}  // namespace ceasewire::stream
