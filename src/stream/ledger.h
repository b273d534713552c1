#pragma once
/// Which offsets may be committed. A plain value: it knows no client, no clock and no thread.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "stream/position.h"

namespace ceasewire::stream {

/// For every partition of a lane: which messages were taken and which of them are done.
///
/// A message is done when its output is acknowledged, a dead letter being an output too. The resume
/// point of a partition is the first offset that is not done, so committing it can never lose a
/// message whatever dies: progress does not overtake the data it covers. Offsets of a partition
/// rise but need not be dense (compaction and transactions leave gaps).
class OffsetLedger {
public:
    /// The partition is ours from now on. What was known of it before is forgotten.
    void begin(TopicPartition partition);
    /// It is not ours any more; acknowledgements that still come for it are ignored.
    void end(TopicPartition partition);
    [[nodiscard]] bool owns(TopicPartition partition) const;

    /// A message was taken. False, and nothing noted, when the partition is not ours or the offset
    /// does not exceed every one taken before: the caller then has to drop the message, which is a
    /// copy of one that is accounted for already.
    [[nodiscard]] bool take(TopicPartition partition, Offset offset);

    /// The message's output is acknowledged. Ignored when the partition is not ours or the message
    /// was not taken. Constant time where offsets are dense, logarithmic where not.
    void done(TopicPartition partition, Offset offset);

    /// Nothing else stands before `next`: what the partition has there besides the messages taken
    /// are markers of transactions, and messages that were undone. Lets the resume point step over
    /// them, or lag would never reach 0.
    void pass(TopicPartition partition, NextOffset next);

    /// Where reading has to go on after a crash now: nothing until a message of the partition is
    /// done without a gap before it.
    [[nodiscard]] std::optional<NextOffset> resume_point(TopicPartition partition) const;

    /// Taken and not done.
    [[nodiscard]] std::size_t outstanding(TopicPartition partition) const;
    [[nodiscard]] std::size_t outstanding() const { return outstanding_; }

private:
    struct Entry {
        Offset offset;
        bool done = false;
    };
    struct Lane {
        std::deque<Entry> entries;  ///< the first one is not done
        std::optional<NextOffset> resume;
        std::optional<Offset> last_taken;
        std::size_t outstanding = 0;
    };
    std::map<TopicPartition, Lane> partitions_;
    std::size_t outstanding_ = 0;
};

}  // namespace ceasewire::stream
