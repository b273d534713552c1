#pragma once
/// The loop: take, enrich, publish, commit. One lane is one thread with its own source, sink and
/// scratch; lanes share nothing but the lexicon.

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "enrich/enrich.h"
#include "stream/breaker.h"
#include "stream/counters.h"
#include "stream/dead_letter.h"
#include "stream/flight.h"
#include "stream/ledger.h"
#include "stream/lexicon_in_use.h"
#include "stream/observer.h"
#include "stream/settings.h"
#include "stream/sink.h"
#include "stream/source.h"
#include "stream/transactions.h"

namespace ceasewire::stream {

/// What a lane works with. Everything is borrowed and outlives the lane.
struct LaneParts {
    Source& source;
    Sink& sink;
    const LexiconInUse& lexicon;  ///< what replaces it holds from the next batch on
    Observer& observer;
    LaneCounters& counters;
    Transactions* transactions = nullptr;  ///< none: at least once
};

class Lane final : private RebalanceListener {
public:
    /// `group` names this service in dead letters.
    Lane(LaneParts parts, const LoopSettings& settings, DecodeLimits limits, std::string group);

    /// Runs until `stop` is set, then finishes what was taken (within stop_drain) and commits it. A
    /// failure ends it early; then nothing more is committed than was acknowledged before. Call
    /// once, then leave(). Does not throw.
    [[nodiscard]] Expected<Nothing, Failure> run(const std::atomic<bool>& stop);

    /// After run(), until the other lanes are so far: answers the group for as long as `wait`, for
    /// a member that is silent while the group rebalances keeps the others' commits waiting.
    void attend(std::chrono::milliseconds wait);

    /// Leaves the group. Apart from run(), so that several lanes of one process can all commit
    /// before the first one leaves: a leaving member makes the group rebalance, and commits may be
    /// refused meanwhile. False when it did not end in time.
    bool leave(std::chrono::milliseconds timeout);

private:
    using Clock = std::chrono::steady_clock;

    struct Owned {
        std::shared_ptr<PartitionCells> cells;
        std::uint64_t tenure = 0;
        std::optional<Offset> first;  ///< taken
        std::optional<NextOffset> stored;
        std::optional<NextOffset> committed;  ///< by a commit that we waited for
    };

    // One round of the loop, and its parts in the order in which they happen.
    [[nodiscard]] Expected<Nothing, Failure> round();
    [[nodiscard]] Expected<Nothing, Failure> take_and_enrich();
    void renew_lexicon();
    void enrich_batch();
    void enrich_one(Flight& flight);
    void reject(Flight& flight, Rejection rejection);
    void publish_ready();
    [[nodiscard]] Publish publish(Flight& flight);
    [[nodiscard]] Expected<Nothing, Failure> serve(std::chrono::milliseconds wait, bool hurry);
    void store_resume_points();

    // What becomes of one delivery.
    void settle(Flight* flight, Clock::time_point now, std::int64_t now_ms);
    [[nodiscard]] Expected<Nothing, Failure> refused(Flight* flight, DeliveryError error,
                                                     const std::string& text);
    [[nodiscard]] Expected<Nothing, Failure> ease(Flight& flight, DeliveryError error,
                                                  const std::string& text);
    [[nodiscard]] Expected<Nothing, Failure> shrink(Flight& flight, DeliveryError error,
                                                    const std::string& text);
    void again(Flight* flight, std::chrono::milliseconds after);

    // Exactly once (lane_transactions.cpp).
    void publish_in_transaction();
    void delivered_in_transaction(Delivery& delivery);
    [[nodiscard]] Expected<Nothing, Failure> advance_transaction(std::chrono::milliseconds wait);
    [[nodiscard]] bool transaction_due(Clock::time_point now) const;
    void abort_transaction(AbortReason reason);
    void close_transaction();
    void transaction_committed();
    void transaction_aborted();
    void transaction_over();
    [[nodiscard]] Expected<Nothing, Failure> ease_refusals();
    void wait_for_topic(const std::string& text);
    bool finish_transaction(Clock::time_point deadline);
    void give_transaction_up(std::chrono::milliseconds budget);
    [[nodiscard]] bool still_ours(const Flight& flight) const;

    // Rebalancing.
    void assigned(std::span<const TopicPartition> partitions) override;
    void revoking(std::span<const TopicPartition> partitions) override;
    void lost(std::span<const TopicPartition> partitions) override;
    void forget(std::span<const TopicPartition> partitions);
    void partitions_changed();
    void commit(std::span<const TopicPartition> partitions);
    [[nodiscard]] std::vector<ResumePoint> resume_points(
        std::span<const TopicPartition> partitions);

    [[nodiscard]] Expected<Nothing, Failure> drain(std::chrono::milliseconds budget);
    void track_backpressure(Clock::time_point now);
    void track_breaker();
    void set_paused(bool paused);
    void note_ends();
    [[nodiscard]] bool blocked() const;
    [[nodiscard]] bool full() const;
    [[nodiscard]] std::size_t uncommitted(TopicPartition partition, const Owned& owned) const;
    [[nodiscard]] bool too_much_uncommitted() const;
    void count_uncommitted();
    void note_given_back(std::span<const TopicPartition> partitions);
    void note_in_flight();
    void drop(Flight* flight);

    /// How long a delivery may wait for an idle input.
    static constexpr std::chrono::milliseconds kBusyPoll{10};

    Source& source_;
    Sink& sink_;
    const LexiconInUse& lexicon_in_use_;
    LexiconInUse::Look lexicon_;  ///< of this batch; no flight points into it
    Observer& observer_;
    LaneCounters& counters_;
    Transactions* const transactions_;
    const LoopSettings settings_;
    const std::string group_;

    Scratch scratch_;
    OffsetLedger ledger_;
    FlightPool pool_;
    HeaderList headers_;
    std::vector<Message> taken_;        ///< of one take
    std::vector<Delivery> deliveries_;  ///< of one poll

    // A flight is in exactly one of these places: ready_ (to be published, in order), with the sink
    // (flying_ of them), or solo_ (refused once, to be published with nothing else in flight so
    // that the next refusal is meant for it alone).
    std::deque<Flight*> ready_;
    std::deque<Flight*> solo_;
    bool solo_flying_ = false;
    std::size_t flying_ = 0;
    std::size_t in_flight_bytes_ = 0;  ///< input bytes of all flights
    std::size_t uncommitted_ = 0;      ///< at least once; when last counted, and taken since

    // With exactly once, flights go from ready_ into the open transaction and stay there until it
    // is committed: an undone one is published anew from memory, and the input is not read again.
    // While it closes, taking and enriching go on; publishing does not.
    enum class Phase : std::uint8_t { none, open, closing, committing, aborting };
    Phase phase_ = Phase::none;
    std::vector<Flight*>
        transaction_;  ///< in the order of publishing; flying_ have no delivery yet
    std::size_t transaction_bytes_ = 0;  ///< input and output bytes of these
    std::size_t transaction_limit_;      ///< records; halved to find one that is refused
    std::vector<ResumePoint> points_;    ///< of the commit that is pending
    AbortReason abort_reason_ = AbortReason::commit;
    std::optional<std::pair<TopicPartition, Offset>>
        undone_first_;                ///< first of the last one undone
    std::uint32_t undone_times_ = 0;  ///< in a row, with that first
    Clock::time_point opened_{};
    Clock::time_point doubted_{};  ///< when a transaction that does not close is looked at next
    Clock::time_point commit_begun_{};
    std::uint64_t tenures_ = 0;

    std::map<TopicPartition, Owned> owned_;
    std::optional<Failure> failure_;  ///< met where none can be returned

    std::optional<Clock::time_point> not_before_;  ///< no publishing until then: a topic is unknown
    std::optional<Clock::time_point> unknown_since_;  ///< since when it is
    std::optional<Clock::time_point> blocked_since_;
    Clock::time_point counted_until_{};  ///< back-pressure is counted up to here
    bool paused_ = false;
    Breaker breaker_;
    std::uint64_t letters_ = 0;  ///< dead letters that the breaker has not been told of
    Clock::time_point store_due_{};
    Clock::time_point ends_due_{};
};

}  // namespace ceasewire::stream
