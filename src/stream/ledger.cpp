#include "stream/ledger.h"

#include <algorithm>

namespace ceasewire::stream {

void OffsetLedger::begin(TopicPartition partition) {
    end(partition);
    partitions_.emplace(partition, Lane{});
}

void OffsetLedger::end(TopicPartition partition) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) return;
    outstanding_ -= found->second.outstanding;
    partitions_.erase(found);
}

bool OffsetLedger::owns(TopicPartition partition) const { return partitions_.contains(partition); }

bool OffsetLedger::take(TopicPartition partition, Offset offset) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) return false;
    Lane& lane = found->second;
    if (lane.last_taken && offset <= *lane.last_taken) return false;
    lane.last_taken = offset;
    lane.entries.push_back({offset, false});
    ++lane.outstanding;
    ++outstanding_;
    return true;
}

void OffsetLedger::done(TopicPartition partition, Offset offset) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end()) return;
    Lane& lane = found->second;
    auto& entries = lane.entries;
    if (entries.empty() || offset < entries.front().offset) return;
    // Dense offsets put the entry exactly here; gaps only move it to the left.
    const auto distance =
        static_cast<std::uint64_t>(offset.value() - entries.front().offset.value());
    auto entry = entries.begin() +
                 static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(distance, entries.size() - 1));
    if (entry->offset != offset) {
        entry =
            std::lower_bound(entries.begin(), entry, offset,
                             [](const Entry& left, Offset right) { return left.offset < right; });
        if (entry == entries.end() || entry->offset != offset) return;
    }
    if (entry->done) return;
    entry->done = true;
    --lane.outstanding;
    --outstanding_;
    while (!entries.empty() && entries.front().done) {
        lane.resume = after(entries.front().offset);
        entries.pop_front();
    }
}

void OffsetLedger::pass(TopicPartition partition, NextOffset next) {
    const auto found = partitions_.find(partition);
    if (found == partitions_.end() || next.value() < 1) return;
    Lane& lane = found->second;
    const Offset last(next.value() - 1);
    if (lane.last_taken && last <= *lane.last_taken) return;
    lane.last_taken = last;
    if (lane.entries.empty()) {
        lane.resume = next;
    } else {
        lane.entries.push_back({last, true});
    }
}

std::optional<NextOffset> OffsetLedger::resume_point(TopicPartition partition) const {
    const auto found = partitions_.find(partition);
    return found == partitions_.end() ? std::nullopt : found->second.resume;
}

std::size_t OffsetLedger::outstanding(TopicPartition partition) const {
    const auto found = partitions_.find(partition);
    return found == partitions_.end() ? 0 : found->second.outstanding;
}

}  // namespace ceasewire::stream
