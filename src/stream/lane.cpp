#include "stream/lane.h"

#include <algorithm>

#include "base/assert.h"
#include "record/encode.h"

namespace ceasewire::stream {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBlockedPoll{
    5};  // the client frees room in steps of a batch: wait for that, not for a fixed time
constexpr std::uint32_t kAttemptsMax = 5;     // deliveries that fail without a reason we know
constexpr milliseconds kEndsInterval{1'000};  // how often lag is looked at
constexpr milliseconds kGiveUp{2'000};        // for undoing a transaction on the way out
constexpr std::size_t kReadyBatches = 4;      // that may wait for the next transaction

std::size_t act_index(std::string_view act) {
    const auto* const found = std::find(kActs.begin(), kActs.end() - 1, act);
    return static_cast<std::size_t>(found - kActs.begin());
}

std::size_t weight(const Message& message) {
    return message.value.value_or(std::string_view()).size() +
           message.key.value_or(std::string_view()).size();
}

}  // namespace

Lane::Lane(LaneParts parts, const LoopSettings& settings, DecodeLimits limits, std::string group)
    : source_(parts.source),
      sink_(parts.sink),
      lexicon_in_use_(parts.lexicon),
      lexicon_(lexicon_in_use_.look()),
      observer_(parts.observer),
      counters_(parts.counters),
      transactions_(parts.transactions),
      settings_(settings),
      group_(std::move(group)),
      scratch_(limits),
      transaction_limit_(settings.transaction_records_max),
      breaker_(settings.breaker) {}

Expected<Nothing, Failure> Lane::run(const std::atomic<bool>& stop) {
    Expected<Nothing, Failure> result = Nothing{};
    while (result && !stop.load(std::memory_order_relaxed)) result = round();
    // Ordered stop: no more input; what was taken is published, acknowledged and committed. Where
    // input is gone all the more: what is in hand cannot be read again.
    const bool gap = !result && result.error().kind == FailureKind::gap;
    Expected<Nothing, Failure> drained = Nothing{};
    if (result || gap) drained = drain(settings_.stop_drain);
    if (result) result = drained;
    if (result || (gap && drained)) {
        std::vector<TopicPartition> all;
        for (const auto& [partition, owned] : owned_) all.push_back(partition);
        commit(all);
    }
    counters_.failed.set(result ? 0 : 1);
    if (!result && transactions_ != nullptr) {
        abort_transaction(AbortReason::stop);
        give_transaction_up(kGiveUp);
    }
    if (!result)
        failure_ = result.error();  // leaving the group must not publish or commit anything more
    return result;
}

void Lane::attend(milliseconds wait) { source_.attend(wait, *this); }

bool Lane::leave(milliseconds timeout) {
    if (source_.close(timeout, *this)) return true;
    observer_.log(LogLevel::warning, "the consumer did not leave its group in time");
    return false;
}

void Lane::commit(std::span<const TopicPartition> partitions) {
    auto points = resume_points(partitions);
    std::erase_if(points, [&](const ResumePoint& point) {
        return owned_.at(point.partition).committed == point.next;
    });
    if (points.empty() || !source_.commit(points)) return;
    for (const ResumePoint& point : points) owned_.at(point.partition).committed = point.next;
}

Expected<Nothing, Failure> Lane::round() {
    const auto now = Clock::now();
    counters_.heartbeat_ms.set(
        std::chrono::duration_cast<milliseconds>(now.time_since_epoch()).count());
    counters_.joined.set(source_.joined() ? 1 : 0);
    publish_ready();
    track_breaker();
    if (too_much_uncommitted()) count_uncommitted();
    const bool waiting = blocked() || full() || breaker_.open();
    track_backpressure(now);
    // Deliveries make room, so they are waited for only when there is none.
    const bool hurry = !solo_.empty() || solo_flying_ || phase_ == Phase::closing;
    const milliseconds idle{phase_ == Phase::closing ? 1 : 0};
    auto served = serve(waiting ? kBlockedPoll : idle, hurry);
    if (!served) return served;
    if (transactions_ != nullptr) {
        auto advanced = advance_transaction(settings_.transaction_wait);
        if (!advanced) return advanced;
    } else if (now >= store_due_) {
        store_resume_points();
        count_uncommitted();
        store_due_ = now + settings_.store_interval;
    }
    if (now >= ends_due_) {
        note_ends();
        ends_due_ = now + kEndsInterval;
    }
    auto result = take_and_enrich();
    if (result && failure_) return Unexpected(*failure_);
    return result;
}

Expected<Nothing, Failure> Lane::take_and_enrich() {
    // Blocked, nothing is taken, but the source is asked all the same: it answers the group
    // meanwhile.
    const bool room = !blocked() && !full() && !breaker_.open();
    std::size_t count = room ? settings_.batch_records_max : 0;
    if (room && transactions_ == nullptr)
        count = std::min(count, settings_.uncommitted_records_max - uncommitted_);
    milliseconds wait{0};
    if (room) {
        const bool busy = flying_ > 0 || phase_ != Phase::none;
        wait = busy ? std::min(kBusyPoll, settings_.poll_wait) : settings_.poll_wait;
        if (phase_ == Phase::closing) wait = milliseconds(0);
    }
    const auto begin = Clock::now();
    auto taken = source_.take(taken_, count, wait, *this);
    if (!taken) {
        taken_.clear();
        return taken;
    }
    renew_lexicon();
    if (taken_.empty()) return Nothing{};
    const auto middle = Clock::now();
    enrich_batch();
    const auto end = Clock::now();
    publish_ready();
    const auto published = Clock::now();
    counters_.stages[static_cast<std::size_t>(Stage::take)].observe(middle - begin);
    counters_.stages[static_cast<std::size_t>(Stage::enrich)].observe(end - middle);
    counters_.stages[static_cast<std::size_t>(Stage::publish)].observe(published - end);
    return Nothing{};
}

/// A message is read once, and its flight keeps the bytes of its record until they are acknowledged
/// or committed: a transaction that is undone publishes the same ones again. So the lexicon may
/// change between any two batches, also in the middle of a transaction, and each record names its
/// own. Only what is read anew from the input, after a crash or a partition's loss before its
/// commit, is read with the lexicon of that time, as after any new start; with exactly once,
/// nothing of it had become visible.
void Lane::renew_lexicon() {
    if (lexicon_in_use_.generation() != lexicon_.generation) lexicon_ = lexicon_in_use_.look();
}

void Lane::enrich_batch() {
    counters_.batch_records.observe(std::chrono::microseconds(taken_.size()));
    const std::size_t count = taken_.size();
    for (Message& message : taken_) {
        // Not ours any more (a rebalance within the take), or a copy of what is accounted for
        // already.
        if (!ledger_.take(message.from, message.offset)) continue;
        const auto owned = owned_.find(message.from);
        CEASEWIRE_ASSERT(owned != owned_.end());
        owned->second.cells->position.set(after(message.offset).value());
        if (!owned->second.first) owned->second.first = message.offset;
        if (transactions_ == nullptr) ++uncommitted_;
        counters_.consumed.add();
        counters_.consumed_bytes.add(weight(message));
        in_flight_bytes_ += weight(message);
        Flight* flight = pool_.get();
        flight->message = std::move(message);
        flight->tenure = owned->second.tenure;
        enrich_one(*flight);
        ready_.push_back(flight);
    }
    taken_.clear();
    note_in_flight();
    if (breaker_.note(settings_.breaker_clock(), count, std::exchange(letters_, 0))) {
        counters_.halts.add();
        counters_.halted.set(1);
        observer_.log(
            LogLevel::error,
            "more than " + std::to_string(settings_.breaker.percent_max) +
                " % of the input became dead letters: halted for " +
                std::to_string(
                    std::chrono::duration_cast<std::chrono::seconds>(settings_.breaker.quiet)
                        .count()) +
                " s (run.dead_letter_percent_max), or until the program is started again");
    }
}

void Lane::note_in_flight() {
    const std::size_t published = transactions_ != nullptr ? transaction_.size() : flying_;
    counters_.in_flight.set(ready_.size() + solo_.size() + published);
    counters_.in_flight_bytes.set(in_flight_bytes_);
}

void Lane::enrich_one(Flight& flight) {
    const Message& message = flight.message;
    if (!message.value) {
        flight.kind = Flight::Kind::tombstone;
        counters_.tombstones.add();
        return;
    }
    auto record = enrich(*message.value, *lexicon_.lexicon, scratch_);
    if (!record) {
        counters_.rejected[record.error().reason].add();
        reject(flight, std::move(record).error());
        return;
    }
    flight.kind = Flight::Kind::record;
    flight.key.assign(record->article->id);
    flight.bytes.clear();
    encode(*record, flight.bytes);
    counters_.enriched.add();
    if (record->relevant) {
        counters_.relevant.add();
        counters_.claims_total.add(record->claims.size());
        for (const RecordClaim& claim : record->claims)
            counters_.claims[act_index(claim.act)].add();
    }
    observer_.enriched(message, *record);
}

void Lane::reject(Flight& flight, Rejection rejection) {
    flight.kind = Flight::Kind::dead_letter;
    flight.rejection = std::move(rejection);
    flight.shape = {};
    flight.alone = false;
    flight.attempt = 0;
    ++letters_;
    observer_.rejected(flight.message, flight.rejection);
}

void Lane::publish_ready() {
    if (transactions_ != nullptr) {
        publish_in_transaction();
        return;
    }
    if (solo_flying_ || (not_before_ && Clock::now() < *not_before_)) return;
    not_before_.reset();
    std::deque<Flight*>& queue = solo_.empty() ? ready_ : solo_;
    while (!queue.empty()) {
        const bool alone = &queue == &solo_;
        if (alone && flying_ > 0) return;
        Flight* flight = queue.front();
        flight->alone = alone;
        switch (publish(*flight)) {
            case Publish::accepted:
                queue.pop_front();
                ++flying_;
                if (alone) {
                    solo_flying_ = true;
                    return;
                }
                break;
            case Publish::full:
                if (flying_ > 0) {
                    counters_.produce_queue_full.add();
                    return;
                }
                // The queue is empty and still too small for this one: it will never fit.
                [[fallthrough]];
            case Publish::too_large: {
                queue.pop_front();
                flight->alone = true;  // the client looked at nothing else
                counters_.delivery_failures[DeliveryError::too_large].add();
                auto result = refused(flight, DeliveryError::too_large,
                                      "larger than the client's message.max.bytes or its queue");
                if (!result && !failure_) failure_ = std::move(result).error();
                return;  // what the refusal made of it stands in solo_
            }
            case Publish::unknown_topic: {
                const auto now = Clock::now();
                if (!unknown_since_) unknown_since_ = now;
                if (now - *unknown_since_ > settings_.unknown_topic_patience && !failure_) {
                    failure_ =
                        Failure{FailureKind::unavailable,
                                "an output topic has been unknown to the brokers for too long"};
                }
                not_before_ = now + settings_.retry_after;
                return;
            }
            case Publish::fatal:
                return;  // poll() returns it
        }
    }
}

Publish Lane::publish(Flight& flight) {
    const Message& message = flight.message;
    Output output;
    switch (flight.kind) {
        case Flight::Kind::record:
            record_headers(message, headers_);
            output.key = flight.key;
            output.value = flight.bytes;
            break;
        case Flight::Kind::tombstone:
            record_headers(message, headers_);
            output.key = message.key;
            break;
        case Flight::Kind::dead_letter:
            dead_letter_headers(message, flight.rejection, flight.shape, group_, headers_);
            output.to = Destination::dead_letters;
            if (!flight.shape.without_key) output.key = message.key;
            output.value = message.value;
            if (output.value && flight.shape.value_bytes)
                output.value = output.value->substr(0, *flight.shape.value_bytes);
            if (!flight.shape.without_timestamp) output.timestamp_ms = message.timestamp_ms;
            break;
    }
    output.headers = headers_.headers();
    return sink_.publish(output, &flight);
}

Expected<Nothing, Failure> Lane::serve(milliseconds wait, bool hurry) {
    deliveries_.clear();
    auto polled = sink_.poll(wait, hurry, deliveries_);
    Expected<Nothing, Failure> result = Nothing{};
    if (!deliveries_.empty()) {
        const auto now = Clock::now();
        const auto now_ms = wall_ms();
        for (Delivery& delivery : deliveries_) {
            CEASEWIRE_ASSERT(flying_ > 0);
            --flying_;
            if (transactions_ != nullptr) {
                delivered_in_transaction(delivery);
                continue;
            }
            if (delivery.flight->alone) solo_flying_ = false;
            if (!delivery.error) {
                settle(delivery.flight, now, now_ms);
                continue;
            }
            counters_.delivery_failures[*delivery.error].add();
            // What is not ours any more is not tried again, but a producer that has failed for good
            // has failed for all.
            const bool final =
                *delivery.error == DeliveryError::fatal || *delivery.error == DeliveryError::denied;
            if (!result || (!final && !ledger_.owns(delivery.flight->message.from))) {
                drop(delivery.flight);
                continue;
            }
            auto refusal = refused(delivery.flight, *delivery.error, delivery.text);
            if (!refusal) result = std::move(refusal);
        }
        deliveries_.clear();
        note_in_flight();
    }
    return polled ? result : polled;
}

void Lane::settle(Flight* flight, Clock::time_point /*now*/, std::int64_t now_ms) {
    const Message& message = flight->message;
    if (flight->kind == Flight::Kind::dead_letter) {
        counters_.dead_lettered[flight->rejection.reason].add();
        if (flight->shape.value_bytes) counters_.dead_letters_cut.add();
    } else {
        counters_.produced.add();
        counters_.produced_bytes.add(flight->kind == Flight::Kind::record ? flight->bytes.size()
                                                                          : 0);
    }
    unknown_since_.reset();
    if (message.timestamp_ms > 0) {
        counters_.latency.observe(
            milliseconds(std::max<std::int64_t>(0, now_ms - message.timestamp_ms)));
        const auto owned = owned_.find(message.from);
        if (owned != owned_.end()) owned->second.cells->last_record_ms.set(message.timestamp_ms);
    }
    ledger_.done(message.from, message.offset);
    drop(flight);
}

void Lane::drop(Flight* flight) {
    in_flight_bytes_ -= weight(flight->message);
    pool_.put(flight);
}

void Lane::again(Flight* flight, milliseconds after) {
    solo_.push_back(flight);
    if (after > milliseconds(0)) not_before_ = Clock::now() + after;
}

Expected<Nothing, Failure> Lane::refused(Flight* flight, DeliveryError error,
                                         const std::string& text) {
    switch (error) {
        case DeliveryError::too_large:
        case DeliveryError::invalid:
            if (!flight->alone) {
                // A broker judges whole batches, so this one may have been in bad company: once
                // more, by itself.
                counters_.produce_retries.add();
                again(flight, milliseconds(0));
                return Nothing{};
            }
            if (auto eased = ease(*flight, error, text); !eased) {
                drop(flight);
                return eased;
            }
            again(flight, milliseconds(0));
            return Nothing{};
        case DeliveryError::unknown_topic: {
            // librdkafka < 2.10.0 reports temporary metadata errors as unknown topics: never act on
            // the first one.
            const auto now = Clock::now();
            if (!unknown_since_) unknown_since_ = now;
            if (now - *unknown_since_ > settings_.unknown_topic_patience) {
                drop(flight);
                return Unexpected(Failure{
                    FailureKind::unavailable,
                    "an output topic has been unknown to the brokers for too long: " + text});
            }
            counters_.produce_retries.add();
            again(flight, settings_.retry_after);
            return Nothing{};
        }
        case DeliveryError::denied:
            drop(flight);
            return Unexpected(
                Failure{FailureKind::denied, "the broker does not let us write: " + text});
        case DeliveryError::purged:
            drop(flight);
            return Nothing{};
        case DeliveryError::fatal:
            drop(flight);
            return Unexpected(
                Failure{FailureKind::restart, "the producer failed for good: " + text});
        case DeliveryError::timed_out:
        case DeliveryError::other:
            if (++flight->attempt > kAttemptsMax) {
                drop(flight);
                return Unexpected(
                    Failure{FailureKind::restart, "a delivery failed again and again: " + text});
            }
            counters_.produce_retries.add();
            again(flight, settings_.retry_after);
            return Nothing{};
    }
    return Nothing{};
}

Expected<Nothing, Failure> Lane::ease(Flight& flight, DeliveryError error,
                                      const std::string& text) {
    if (flight.kind == Flight::Kind::dead_letter) return shrink(flight, error, text);
    reject(flight, Rejection{Reason::publish_refused, "", std::nullopt,
                             "the broker refused the record: " + text});
    return Nothing{};
}

Expected<Nothing, Failure> Lane::shrink(Flight& flight, DeliveryError error,
                                        const std::string& text) {
    std::optional<DeadLetterShape> next;
    if (error == DeliveryError::too_large) {
        next = smaller(flight.shape, flight.message);
    } else if (!flight.shape.without_timestamp && flight.message.timestamp_ms >= 0) {
        // The topic may refuse old timestamps.
        next = flight.shape;
        next->without_timestamp = true;
    }
    if (!next) {
        counters_.dead_letter_failures.add();
        return Unexpected(Failure{FailureKind::config,
                                  "the dead-letter topic takes the message at " +
                                      source_position(flight.message) + " in no form: " + text});
    }
    flight.shape = *next;
    return Nothing{};
}

void Lane::store_resume_points() {
    std::vector<TopicPartition> changed;
    for (const auto& [partition, owned] : owned_) {
        const auto point = ledger_.resume_point(partition);
        if (point && point != owned.stored) changed.push_back(partition);
    }
    if (changed.empty()) return;
    const auto begin = Clock::now();
    const auto points = resume_points(changed);
    source_.store(points);
    counters_.stages[static_cast<std::size_t>(Stage::commit)].observe(Clock::now() - begin);
}

std::vector<ResumePoint> Lane::resume_points(std::span<const TopicPartition> partitions) {
    std::vector<ResumePoint> points;
    for (const TopicPartition partition : partitions) {
        const auto point = ledger_.resume_point(partition);
        if (!point) continue;
        points.push_back({partition, *point});
        const auto owned = owned_.find(partition);
        if (owned == owned_.end()) continue;
        owned->second.stored = point;
        owned->second.cells->stored.set(point->value());
    }
    return points;
}

void Lane::assigned(std::span<const TopicPartition> partitions) {
    counters_.rebalances[Rebalance::assign].add();
    for (const TopicPartition partition : partitions) {
        ledger_.begin(partition);
        auto cells = std::make_shared<PartitionCells>();
        cells->topic = source_.topic(partition.topic);
        cells->partition = partition.partition.value();
        owned_[partition] = Owned{std::move(cells), ++tenures_, {}, {}, {}};
    }
    partitions_changed();
}

void Lane::revoking(std::span<const TopicPartition> partitions) {
    counters_.rebalances[Rebalance::revoke].add();
    // The next owner starts where we commit, so everything that was taken is finished first, as far
    // as the group's patience goes.
    const auto deadline = Clock::now() + settings_.revoke_drain;
    const auto outstanding = [&] {
        return std::any_of(partitions.begin(), partitions.end(), [&](TopicPartition partition) {
            return ledger_.outstanding(partition) > 0;
        });
    };
    if (transactions_ != nullptr && !failure_ && !finish_transaction(deadline)) {
        abort_transaction(AbortReason::rebalance);
        give_transaction_up(kGiveUp);
    }
    while (transactions_ == nullptr && !failure_ && outstanding() && Clock::now() < deadline) {
        publish_ready();
        auto served = serve(kBusyPoll, true);
        if (!served) failure_ = std::move(served).error();
    }
    if (!failure_) commit(partitions);
    forget(partitions);
}

void Lane::lost(std::span<const TopicPartition> partitions) {
    counters_.rebalances[Rebalance::lost].add();
    if (transactions_ != nullptr) {
        abort_transaction(AbortReason::rebalance);
        give_transaction_up(kGiveUp);
    }
    forget(partitions);
}

void Lane::forget(std::span<const TopicPartition> partitions) {
    note_given_back(partitions);
    for (const TopicPartition partition : partitions) {
        ledger_.end(partition);
        owned_.erase(partition);
    }
    // What waits to be published belongs to the next owner now; what the sink has already may still
    // arrive: a duplicate, byte for byte the same.
    for (std::deque<Flight*>* queue : {&ready_, &solo_}) {
        std::erase_if(*queue, [&](Flight* flight) {
            if (ledger_.owns(flight->message.from)) return false;
            drop(flight);
            return true;
        });
    }
    partitions_changed();
}

void Lane::note_given_back(std::span<const TopicPartition> partitions) {
    if (transactions_ != nullptr) return;
    std::size_t count = 0;
    for (const TopicPartition partition : partitions) {
        const auto owned = owned_.find(partition);
        if (owned != owned_.end()) count += uncommitted(partition, owned->second);
    }
    if (count == 0) return;
    counters_.given_back.add(count);
    observer_.log(LogLevel::info,
                  std::to_string(count) +
                      " messages were taken and are given up before they are committed: taken "
                      "again, they may come twice");
}

void Lane::partitions_changed() {
    count_uncommitted();
    std::vector<std::shared_ptr<const PartitionCells>> cells;
    for (const auto& [partition, owned] : owned_) cells.push_back(owned.cells);
    counters_.assigned_partitions.set(cells.size());
    counters_.set_partitions(std::move(cells));
    if (paused_) {
        // A pause of partitions that are gone means nothing, and new ones were never paused.
        set_paused(false);
        blocked_since_.reset();
    }
}

void Lane::set_paused(bool paused) {
    source_.pause(paused);
    paused_ = paused;
    counters_.paused_partitions.set(paused ? owned_.size() : 0);
}

void Lane::track_breaker() {
    if (breaker_.close_if_quiet(settings_.breaker_clock())) {
        counters_.halted.set(0);
        observer_.log(LogLevel::warning, "input is taken again after too many dead letters");
    }
    // New partitions come unpaused.
    if (breaker_.open() && !paused_) set_paused(true);
}

bool Lane::blocked() const {
    // While a transaction closes, some batches may wait for the next one.
    if (transactions_ != nullptr)
        return ready_.size() >= kReadyBatches * settings_.batch_records_max;
    return !ready_.empty() || !solo_.empty() || solo_flying_;
}

bool Lane::full() const {
    const std::size_t published = transactions_ != nullptr ? transaction_.size() : flying_;
    return published + ready_.size() >= settings_.in_flight_records_max ||
           in_flight_bytes_ >= settings_.in_flight_bytes_max || too_much_uncommitted();
}

/// Counted in offsets, of which those without a message are few; what we have not heard of counts
/// as not committed.
std::size_t Lane::uncommitted(TopicPartition partition, const Owned& owned) const {
    if (!owned.first) return 0;
    std::int64_t from = owned.first->value();
    for (const auto& committed : {owned.committed, source_.heard_committed(partition)})
        if (committed) from = std::max(from, committed->value());
    return static_cast<std::size_t>(std::max<std::int64_t>(0, owned.cells->position.get() - from));
}

bool Lane::too_much_uncommitted() const {
    return transactions_ == nullptr && uncommitted_ >= settings_.uncommitted_records_max;
}

void Lane::count_uncommitted() {
    if (transactions_ != nullptr) return;
    uncommitted_ = 0;
    for (const auto& [partition, owned] : owned_) uncommitted_ += uncommitted(partition, owned);
    counters_.uncommitted.set(uncommitted_);
}

void Lane::track_backpressure(Clock::time_point now) {
    if (!blocked() && !full()) {
        if (paused_ && !breaker_.open()) {
            set_paused(false);
            observer_.log(LogLevel::info, "input resumed");
        }
        blocked_since_.reset();
        return;
    }
    if (!blocked_since_) {
        blocked_since_ = counted_until_ = now;
        return;
    }
    counters_.backpressure_ns.add(
        static_cast<std::uint64_t>(std::chrono::nanoseconds(now - counted_until_).count()));
    counted_until_ = now;
    const bool uncommitted = too_much_uncommitted();
    const auto patience = uncommitted
                              ? std::min(settings_.pause_uncommitted_after, settings_.pause_after)
                              : settings_.pause_after;
    if (!paused_ && now - *blocked_since_ > patience) {
        set_paused(true);
        observer_.log(LogLevel::warning, uncommitted ? "nothing is committed: input paused"
                                                     : "the output takes no records: input paused");
    }
}

void Lane::note_ends() {
    for (const auto& [partition, owned] : owned_) {
        const auto end = source_.end_offset(partition);
        if (end) owned.cells->end.set(end->value());
        if (const auto reached = source_.reached(partition)) ledger_.pass(partition, *reached);
    }
    // Outputs and offsets go together, but over markers alone there is no output.
    if (transactions_ != nullptr && phase_ == Phase::none && ledger_.outstanding() == 0) {
        std::vector<TopicPartition> all;
        for (const auto& [partition, owned] : owned_) all.push_back(partition);
        commit(all);
    }
}

Expected<Nothing, Failure> Lane::drain(milliseconds budget) {
    const auto deadline = Clock::now() + budget;
    if (transactions_ != nullptr) {
        if (!finish_transaction(deadline) && !failure_) {
            observer_.log(LogLevel::warning,
                          "stopped with " + std::to_string(transaction_.size() + ready_.size()) +
                              " messages not committed; they will be read again");
            abort_transaction(AbortReason::stop);
            give_transaction_up(kGiveUp);
        }
        if (failure_) return Unexpected(*failure_);
        return Nothing{};
    }
    while (flying_ > 0 || !ready_.empty() || !solo_.empty()) {
        if (Clock::now() >= deadline) {
            observer_.log(LogLevel::warning,
                          "stopped with " + std::to_string(flying_ + ready_.size() + solo_.size()) +
                              " messages not acknowledged; they will be read again");
            return Nothing{};
        }
        publish_ready();
        auto served = serve(kBusyPoll, true);
        if (!served) return served;
        if (failure_) return Unexpected(*failure_);
    }
    return Nothing{};
}

}  // namespace ceasewire::stream
