#pragma once
/// What a lane counts. One thread writes, any thread reads: each cell is a relaxed load and store
/// on the lane's own lines (a shared atomic increment costs 80 ns under contention, this costs less
/// than one).

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "article/rejection.h"
#include "stream/position.h"

namespace ceasewire::stream {

/// Now, in milliseconds since 1970: what the cells named _ms hold.
[[nodiscard]] inline std::int64_t wall_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// A number with one writer.
class Cell {
public:
    void add(std::uint64_t by = 1) { set(get() + by); }
    void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// As Cell, for numbers that may be negative or unknown (kUnknown).
class SignedCell {
public:
    static constexpr std::int64_t kUnknown = -1;
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t get() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{kUnknown};
};

/// Durations by powers of two of a microsecond: bucket i counts those below 2^i us, the last one
/// all that are longer.
class DurationCells {
public:
    static constexpr std::size_t kBuckets = 31;  // up to 2^29 us = 9 minutes, then the rest

    void observe(std::chrono::nanoseconds duration, std::uint64_t times = 1) {
        const auto count = duration.count();
        const std::uint64_t us = count <= 0 ? 0 : static_cast<std::uint64_t>(count) / 1000;
        const auto width = static_cast<std::size_t>(std::bit_width(us));
        buckets_[width < kBuckets ? width : kBuckets - 1].add(times);
        sum_us_.add(us * times);
    }
    [[nodiscard]] std::uint64_t bucket(std::size_t index) const { return buckets_[index].get(); }
    [[nodiscard]] std::uint64_t sum_us() const { return sum_us_.get(); }
    [[nodiscard]] double sum_seconds() const { return static_cast<double>(sum_us()) * 1e-6; }
    /// Upper bound of a bucket in seconds; the last has none.
    [[nodiscard]] static double bound_seconds(std::size_t index) {
        return static_cast<double>(std::uint64_t{1} << index) * 1e-6;
    }

private:
    std::array<Cell, kBuckets> buckets_;
    Cell sum_us_;
};

/// The acts of a claim (gold/GUIDE.md section 2), closed; "other" catches a name that this list
/// lacks.
inline constexpr std::array<std::string_view, 14> kActs = {
    "call",   "propose", "accept",    "reject", "condition", "announce", "negotiate",
    "accuse", "violate", "implement", "pledge", "assess",    "deny",     "other"};

/// Why the broker or the client did not take a record, for the label of delivery failures.
enum class DeliveryError : std::uint8_t {
    too_large,
    invalid,
    unknown_topic,
    denied,
    timed_out,
    purged,
    fatal,
    other
};
inline constexpr std::array kDeliveryErrors = {DeliveryError::too_large,     DeliveryError::invalid,
                                               DeliveryError::unknown_topic, DeliveryError::denied,
                                               DeliveryError::timed_out,     DeliveryError::purged,
                                               DeliveryError::fatal,         DeliveryError::other};
[[nodiscard]] constexpr std::string_view to_string(DeliveryError error) {
    switch (error) {
        case DeliveryError::too_large:
            return "too_large";
        case DeliveryError::invalid:
            return "invalid";
        case DeliveryError::unknown_topic:
            return "unknown_topic";
        case DeliveryError::denied:
            return "denied";
        case DeliveryError::timed_out:
            return "timed_out";
        case DeliveryError::purged:
            return "purged";
        case DeliveryError::fatal:
            return "fatal";
        case DeliveryError::other:
            return "other";
    }
    return "";
}

/// Why a transaction was undone, for the label of its counter.
enum class AbortReason : std::uint8_t {
    rebalance,  ///< a partition went before the commit was through
    refused,    ///< the broker will not have a record as it is
    delivery,   ///< a record did not arrive, by no fault of its own
    commit,     ///< the broker did not accept the resume points, or the commit
    stop,       ///< no time left
};
inline constexpr std::array kAbortReasons = {AbortReason::rebalance, AbortReason::refused,
                                             AbortReason::delivery, AbortReason::commit,
                                             AbortReason::stop};
[[nodiscard]] constexpr std::string_view to_string(AbortReason reason) {
    switch (reason) {
        case AbortReason::rebalance:
            return "rebalance";
        case AbortReason::refused:
            return "refused";
        case AbortReason::delivery:
            return "delivery";
        case AbortReason::commit:
            return "commit";
        case AbortReason::stop:
            return "stop";
    }
    return "";
}

/// How offsets of the input went before they were read.
enum class Gap : std::uint8_t {
    deleted,    ///< the partition begins behind them now: retention, or by hand
    cut,        ///< the partition ends before them now: it was truncated, or is another of its name
    recreated,  ///< the topic was deleted and made anew, and the group's offsets went with it
};
inline constexpr std::array kGaps = {Gap::deleted, Gap::cut, Gap::recreated};
[[nodiscard]] constexpr std::string_view to_string(Gap gap) {
    switch (gap) {
        case Gap::deleted:
            return "deleted";
        case Gap::cut:
            return "cut";
        case Gap::recreated:
            return "recreated";
    }
    return "";
}

enum class Stage : std::uint8_t { take, enrich, publish, commit };
inline constexpr std::array kStages = {Stage::take, Stage::enrich, Stage::publish, Stage::commit};
[[nodiscard]] constexpr std::string_view to_string(Stage stage) {
    switch (stage) {
        case Stage::take:
            return "take";
        case Stage::enrich:
            return "enrich";
        case Stage::publish:
            return "publish";
        case Stage::commit:
            return "commit";
    }
    return "";
}

enum class Rebalance : std::uint8_t { assign, revoke, lost };
inline constexpr std::array kRebalances = {Rebalance::assign, Rebalance::revoke, Rebalance::lost};
[[nodiscard]] constexpr std::string_view to_string(Rebalance kind) {
    switch (kind) {
        case Rebalance::assign:
            return "assign";
        case Rebalance::revoke:
            return "revoke";
        case Rebalance::lost:
            return "lost";
    }
    return "";
}

/// Gauges of one assigned partition. Written by the lane, read by scrapes.
struct PartitionCells {
    std::string topic;
    std::int32_t partition = 0;
    SignedCell position;        ///< next offset to be taken
    SignedCell stored;          ///< next offset that may be committed
    SignedCell end;             ///< the broker's high water mark, as last heard
    SignedCell last_record_ms;  ///< timestamp of the last message whose output was acknowledged
};

template <class Enum, std::size_t N>
struct CellsBy {
    std::array<Cell, N> cells;
    Cell& operator[](Enum index) { return cells[static_cast<std::size_t>(index)]; }
    const Cell& operator[](Enum index) const { return cells[static_cast<std::size_t>(index)]; }
};

struct alignas(64) LaneCounters {
    std::size_t lane = 0;

    Cell consumed;
    Cell consumed_bytes;
    Cell enriched;
    Cell relevant;
    Cell claims_total;
    Cell tombstones;
    Cell produced;  ///< acknowledged records
    Cell produced_bytes;
    Cell dead_letters_cut;
    CellsBy<Reason, kReasons.size()> rejected;       ///< decided by us, before publishing
    CellsBy<Reason, kReasons.size()> dead_lettered;  ///< acknowledged in the dead-letter topic
    Cell dead_letter_failures;  ///< the dead-letter topic would not take one in any form
    CellsBy<DeliveryError, kDeliveryErrors.size()> delivery_failures;
    std::array<Cell, kActs.size()> claims;
    Cell produce_retries;
    Cell produce_queue_full;
    Cell backpressure_ns;
    Cell rebuilt;  ///< times that the lane was given new clients
    Cell halts;    ///< times that the breaker opened
    Cell commits_ok;
    Cell commits_failed;
    Cell transactions_committed;
    CellsBy<AbortReason, kAbortReasons.size()> transactions_aborted;
    Cell producers_renewed;  ///< a transaction whose end was in doubt, or a client that failed
    CellsBy<Rebalance, kRebalances.size()> rebalances;
    CellsBy<Gap, kGaps.size()> gaps;
    CellsBy<Gap, kGaps.size()> offsets_missing;  ///< in these gaps, as far as can be told
    Cell throttled_ms;                           ///< that the brokers made us wait for our quota
    Cell given_back;  ///< messages given up before they were committed (at least once)
    Cell client_errors;
    Cell fetch_kicks;
    Cell uncompressed_warnings;

    DurationCells latency;  ///< from the input's timestamp to the output's acknowledgement
    std::array<DurationCells, kStages.size()> stages;
    DurationCells batch_records;        ///< records a batch, counted as microseconds
    DurationCells transaction_records;  ///< records a transaction, counted as microseconds

    Cell in_flight;
    Cell in_flight_bytes;
    Cell uncommitted;  ///< messages taken that the group has not committed (at least once)
    Cell assigned_partitions;
    Cell paused_partitions;
    SignedCell transaction_since_ms;  ///< wall clock of the open transaction's begin
    SignedCell last_commit_ms;        ///< wall clock of the last successful commit
    SignedCell last_answer_ms;        ///< wall clock of the consumer's last answer from a broker
    SignedCell heartbeat_ms;          ///< steady clock: the lane came round
    Cell rebuilding;                  ///< 1 while it is being given new clients
    Cell joined;                      ///< 1 once the lane is a member of its group
    Cell near_end;                    ///< 1 while another stall is about to end the service
    Cell halted;                      ///< 1 while the breaker is open
    Cell failed;                      ///< 1 when it ended by a failure

    /// The partitions that are assigned now. Changed at rebalances only.
    void set_partitions(std::vector<std::shared_ptr<const PartitionCells>> partitions) {
        const std::lock_guard lock(partitions_mutex_);
        partitions_ = std::move(partitions);
    }
    [[nodiscard]] std::vector<std::shared_ptr<const PartitionCells>> partitions() const {
        const std::lock_guard lock(partitions_mutex_);
        return partitions_;
    }

private:
    mutable std::mutex partitions_mutex_;
    std::vector<std::shared_ptr<const PartitionCells>> partitions_;
};

}  // namespace ceasewire::stream
