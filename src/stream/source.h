#pragma once
/// The first seam: where messages come from, and who is told when partitions come and go.

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "stream/failure.h"
#include "stream/message.h"
#include "stream/position.h"

namespace ceasewire::stream {

struct ResumePoint {
    TopicPartition partition;
    NextOffset next;
    friend bool operator==(const ResumePoint&, const ResumePoint&) = default;
};

/// Told about partitions, on the thread that called the source, from within take() or close().
class RebalanceListener {
public:
    virtual ~RebalanceListener() = default;
    /// These are ours; their messages follow.
    virtual void assigned(std::span<const TopicPartition> partitions) = 0;
    /// These will be somebody else's when the call returns: finish and commit now, within the time
    /// that the settings give.
    virtual void revoking(std::span<const TopicPartition> partitions) = 0;
    /// These are somebody else's already: nothing of them may be committed.
    virtual void lost(std::span<const TopicPartition> partitions) = 0;
};

/// One lane's input. Used from that lane's thread only.
class Source {
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    /// Appends at most `count` messages to `out`, those of a partition in order of their offsets.
    /// Waits at most `wait` for the first one and not at all for more. Has to be called regularly,
    /// with count 0 too, or the group takes the partitions away. A failure is final.
    [[nodiscard]] virtual Expected<Nothing, Failure> take(std::vector<Message>& out,
                                                          std::size_t count,
                                                          std::chrono::milliseconds wait,
                                                          RebalanceListener& listener) = 0;

    /// Notes resume points; they are committed within the source's interval. Points of partitions
    /// that are not ours are ignored.
    virtual void store(std::span<const ResumePoint> points) = 0;

    /// Commits resume points before it returns. False when that failed: at worst, messages are read
    /// again.
    virtual bool commit(std::span<const ResumePoint> points) = 0;

    /// What the group has committed of a partition of ours, as far as we have heard; asks nobody.
    [[nodiscard]] virtual std::optional<NextOffset> heard_committed(
        TopicPartition partition) const = 0;

    /// Stops or goes on fetching every assigned partition. What was prefetched may be thrown away
    /// and fetched again.
    virtual void pause(bool paused) = 0;

    /// The name of an input topic; lives as long as the source.
    [[nodiscard]] virtual std::string_view topic(TopicIndex index) const = 0;

    /// A member of its group, perhaps without partitions.
    [[nodiscard]] virtual bool joined() const = 0;

    /// The offset behind the partition's last message as far as is known; asks nobody.
    [[nodiscard]] virtual std::optional<NextOffset> end_offset(TopicPartition partition) const = 0;

    /// An offset of the partition before which there is nothing but what take() has handed out;
    /// nothing when that is not known. Markers of transactions make it run ahead of the messages.
    [[nodiscard]] virtual std::optional<NextOffset> reached(TopicPartition /*partition*/) const {
        return std::nullopt;
    }

    /// Answers the group for as long as `wait` when no more input is wanted; what comes meanwhile
    /// is dropped, for close() follows.
    virtual void attend(std::chrono::milliseconds wait, RebalanceListener& listener) = 0;

    /// Leaves the group, calling the listener for what is still assigned. False when that did not
    /// end in time.
    virtual bool close(std::chrono::milliseconds timeout, RebalanceListener& listener) = 0;
};

}  // namespace ceasewire::stream
