#pragma once
/// Where a message stands in the input, and from where reading goes on. Two different numbers, so
/// two types.

#include <compare>
#include <cstdint>

#include "base/strong.h"

namespace ceasewire::stream {

/// Index into the input topics of the settings.
using TopicIndex = Strong<struct TopicIndexTag, std::uint32_t>;
using Partition = Strong<struct PartitionTag, std::int32_t>;

struct TopicPartition {
    TopicIndex topic;
    Partition partition;
    friend constexpr auto operator<=>(TopicPartition, TopicPartition) = default;
};

/// A message's own offset.
using Offset = Strong<struct OffsetTag, std::int64_t>;

/// The first offset that has not been dealt with: what a consumer group commits.
using NextOffset = Strong<struct NextOffsetTag, std::int64_t>;

/// The one place where the plus one is written.
[[nodiscard]] constexpr NextOffset after(Offset offset) { return NextOffset(offset.value() + 1); }

}  // namespace ceasewire::stream
