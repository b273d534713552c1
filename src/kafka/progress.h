#pragma once
/// How far the group has come, as far as this process knows: what its lanes have committed, or
/// found committed. The brokers forget a group's offsets of a topic together with the topic, so an
/// offset that is known here and not there tells a topic that was made anew, which librdkafka
/// < 2.3.0 has no other way to tell (no topic ids).

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "stream/position.h"

namespace ceasewire::kafka {

/// Shared by the lanes of a process. From any thread; asked at rebalances and in trouble, told at
/// commits, never for a message.
class Progress {
public:
    void committed(stream::TopicPartition partition, stream::NextOffset next) {
        const std::lock_guard lock(mutex_);
        places_[partition].committed = next;
    }
    /// The partition was seen to end there.
    void ended(stream::TopicPartition partition, stream::NextOffset end) {
        const std::lock_guard lock(mutex_);
        auto& known = places_[partition].end;
        known = std::max(known.value_or(end), end);
    }
    /// Another partition has the name now.
    void forget(stream::TopicPartition partition) {
        const std::lock_guard lock(mutex_);
        places_.erase(partition);
    }
    /// What the group had committed; nothing when that was nothing, or the very beginning.
    [[nodiscard]] std::optional<stream::NextOffset> last(stream::TopicPartition partition) const {
        const std::lock_guard lock(mutex_);
        const auto found = places_.find(partition);
        if (found == places_.end() || !found->second.committed ||
            found->second.committed->value() <= 0)
            return std::nullopt;
        return found->second.committed;
    }
    /// Offsets from `next` on that the partition was seen to hold.
    [[nodiscard]] std::uint64_t unread(stream::TopicPartition partition,
                                       stream::NextOffset next) const {
        const std::lock_guard lock(mutex_);
        const auto found = places_.find(partition);
        if (found == places_.end() || !found->second.end) return 0;
        return static_cast<std::uint64_t>(
            std::max<std::int64_t>(0, found->second.end->value() - next.value()));
    }
    /// "partition 0 up to 20, partition 3 up to 7"; empty when nothing of the topic was committed.
    [[nodiscard]] std::string of(stream::TopicIndex topic) const {
        const std::lock_guard lock(mutex_);
        std::string text;
        for (const auto& [partition, place] : places_) {
            if (partition.topic != topic || !place.committed) continue;
            text += (text.empty() ? "partition " : ", partition ") +
                    std::to_string(partition.partition.value()) + " up to " +
                    std::to_string(place.committed->value());
        }
        return text;
    }

private:
    struct Place {
        std::optional<stream::NextOffset> committed;
        std::optional<stream::NextOffset> end;
    };
    mutable std::mutex mutex_;
    std::map<stream::TopicPartition, Place> places_;
};

}  // namespace ceasewire::kafka
