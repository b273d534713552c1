/// A lane that delivers exactly once. The loop is that of lane.cpp; here is what it does instead of
/// storing resume points.

#include <algorithm>
#include <map>

#include "base/assert.h"
#include "stream/lane.h"

namespace ceasewire::stream {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kDoubt{200};      // patience with deliveries that do not come
constexpr std::uint32_t kUndoneMax = 3;  // transactions with one first message, undone for a reason
                                         // that the broker does not explain

/// The broker judged the record, or the batch that it was in.
bool is_refusal(DeliveryError error) {
    return error == DeliveryError::too_large || error == DeliveryError::invalid;
}

}  // namespace

void Lane::publish_in_transaction() {
    if (not_before_ && Clock::now() < *not_before_) return;
    not_before_.reset();
    while (!ready_.empty() && (phase_ == Phase::none || phase_ == Phase::open)) {
        if (phase_ == Phase::none) {
            auto begun = transactions_->begin();
            if (!begun) {
                if (!failure_) failure_ = std::move(begun).error();
                return;
            }
            phase_ = Phase::open;
            opened_ = Clock::now();
            doubted_ = opened_ + settings_.transaction_interval + kDoubt;
            counters_.transaction_since_ms.set(wall_ms());
        }
        if (transaction_.size() >= transaction_limit_ ||
            transaction_bytes_ >= settings_.transaction_bytes_max) {
            phase_ = Phase::closing;
            return;
        }
        Flight* flight = ready_.front();
        switch (publish(*flight)) {
            case Publish::accepted:
                ready_.pop_front();
                transaction_.push_back(flight);
                transaction_bytes_ += flight->message.value.value_or(std::string_view()).size() +
                                      flight->bytes.size();
                ++flying_;
                break;
            case Publish::full:
                if (flying_ > 0) {
                    counters_.produce_queue_full.add();
                    return;
                }
                // The queue is empty and still too small for this one: it will never fit.
                [[fallthrough]];
            case Publish::too_large: {
                // The client says so before anything is sent: the transaction is none the worse.
                counters_.delivery_failures[DeliveryError::too_large].add();
                auto eased = ease(*flight, DeliveryError::too_large,
                                  "larger than the client's message.max.bytes or its queue");
                if (!eased) {
                    if (!failure_) failure_ = std::move(eased).error();
                    return;
                }
                break;
            }
            case Publish::unknown_topic:
                wait_for_topic("");
                return;
            case Publish::fatal:
                abort_transaction(AbortReason::delivery);
                return;
        }
    }
}

/// librdkafka < 2.10.0 reports temporary metadata errors as unknown topics: never act on the first.
void Lane::wait_for_topic(const std::string& text) {
    const auto now = Clock::now();
    if (!unknown_since_) unknown_since_ = now;
    if (now - *unknown_since_ > settings_.unknown_topic_patience && !failure_) {
        failure_ = Failure{FailureKind::unavailable,
                           "an output topic has been unknown to the brokers for too long" +
                               (text.empty() ? text : ": " + text)};
    }
    not_before_ = now + settings_.retry_after;
}

void Lane::delivered_in_transaction(Delivery& delivery) {
    Flight& flight = *delivery.flight;
    if (!delivery.error) {
        unknown_since_.reset();
        return;
    }
    // Those that an undone transaction takes along are not failures of their own.
    if (*delivery.error != DeliveryError::purged)
        counters_.delivery_failures[*delivery.error].add();
    flight.refusal = *delivery.error;
    flight.refusal_text = std::move(delivery.text);
    if (*delivery.error == DeliveryError::denied && !failure_) {
        failure_ = Failure{FailureKind::denied,
                           "the broker does not let us write: " + flight.refusal_text};
    }
    if (*delivery.error == DeliveryError::unknown_topic) wait_for_topic(flight.refusal_text);
    abort_transaction(is_refusal(*delivery.error) ? AbortReason::refused : AbortReason::delivery);
}

bool Lane::transaction_due(Clock::time_point now) const {
    return now - opened_ >= settings_.transaction_interval || full();
}

Expected<Nothing, Failure> Lane::advance_transaction(milliseconds wait) {
    if (phase_ == Phase::open && transaction_due(Clock::now())) phase_ = Phase::closing;
    if (phase_ == Phase::closing && flying_ == 0) close_transaction();
    if (phase_ == Phase::closing && Clock::now() >= doubted_) {
        doubted_ = Clock::now() + kDoubt;
        const auto doomed = transactions_->doomed();
        if (!doomed) return Unexpected(doomed.error());
        if (*doomed) abort_transaction(AbortReason::delivery);
    }
    if (phase_ == Phase::committing || phase_ == Phase::aborting) {
        const bool committing = phase_ == Phase::committing;
        auto ending =
            committing ? transactions_->commit(points_, wait) : transactions_->abort(wait);
        if (!ending) return Unexpected(std::move(ending).error());
        switch (*ending) {
            case Ending::pending:
                break;
            case Ending::committed:
                transaction_committed();
                break;
            case Ending::aborted:
                if (committing) {
                    abort_reason_ = AbortReason::commit;
                    counters_.commits_failed.add();
                }
                transaction_aborted();
                break;
        }
    }
    if (failure_) return Unexpected(*failure_);
    return Nothing{};
}

/// Everything that was published has arrived; what is left is to say so to the group.
void Lane::close_transaction() {
    // Within a partition flights are published in order, and what came before was committed before:
    // the last one is the resume point.
    std::map<TopicPartition, NextOffset> last;
    for (const Flight* flight : transaction_) {
        CEASEWIRE_ASSERT(still_ours(*flight));  // lost() undoes the transaction
        last.insert_or_assign(flight->message.from, after(flight->message.offset));
    }
    points_.clear();
    for (const auto& [partition, next] : last) points_.push_back({partition, next});
    commit_begun_ = Clock::now();
    phase_ = Phase::committing;
}

void Lane::transaction_committed() {
    const auto now = Clock::now();
    const auto now_ms = wall_ms();
    counters_.transactions_committed.add();
    counters_.commits_ok.add();
    counters_.last_commit_ms.set(now_ms);
    counters_.transaction_records.observe(std::chrono::microseconds(transaction_.size()));
    if (phase_ == Phase::committing)
        counters_.stages[static_cast<std::size_t>(Stage::commit)].observe(now - commit_begun_);
    for (const ResumePoint& point : points_) {
        const auto owned = owned_.find(point.partition);
        if (owned == owned_.end()) continue;
        owned->second.stored = owned->second.committed = point.next;
        owned->second.cells->stored.set(point.next.value());
    }
    for (Flight* flight : transaction_) {
        flight->refusal.reset();
        if (still_ours(*flight)) {
            settle(flight, now, now_ms);
        } else {
            drop(flight);
        }
    }
    undone_first_.reset();
    transaction_limit_ = std::min(settings_.transaction_records_max, transaction_limit_ * 2);
    transaction_over();
}

void Lane::transaction_over() {
    transaction_.clear();
    transaction_bytes_ = 0;
    flying_ = 0;
    phase_ = Phase::none;
    counters_.transaction_since_ms.set(SignedCell::kUnknown);
    note_in_flight();
}

void Lane::abort_transaction(AbortReason reason) {
    if (phase_ == Phase::none || phase_ == Phase::aborting) return;
    abort_reason_ = reason;
    phase_ = Phase::aborting;
}

/// Nothing of the transaction remains at the broker: its flights are the first ones to be published
/// again.
void Lane::transaction_aborted() {
    counters_.transactions_aborted[abort_reason_].add();
    auto eased = ease_refusals();
    if (!eased && !failure_) failure_ = std::move(eased).error();
    for (auto at = transaction_.rbegin(); at != transaction_.rend(); ++at) {
        Flight* flight = *at;
        flight->refusal.reset();
        flight->refusal_text.clear();
        if (still_ours(*flight)) {
            ready_.push_front(flight);
        } else {
            drop(flight);
        }
    }
    transaction_over();
}

/// A refused record undoes its whole transaction, and a broker judges batches: whom it means is
/// found by halving, until one is refused with no other beside it.
Expected<Nothing, Failure> Lane::ease_refusals() {
    if (transaction_.empty()) return Nothing{};
    const Flight& first = *transaction_.front();
    const std::pair position{first.message.from, first.message.offset};
    undone_times_ = undone_first_ == position ? undone_times_ + 1 : 1;
    undone_first_ = position;
    const auto guilty = [&](const Flight* flight) {
        if (!flight->refusal) return false;
        return is_refusal(*flight->refusal) ||
               (*flight->refusal == DeliveryError::other && undone_times_ >= kUndoneMax);
    };
    const auto count =
        static_cast<std::size_t>(std::count_if(transaction_.begin(), transaction_.end(), guilty));
    if (count == 0) return Nothing{};
    if (count > 1) {
        transaction_limit_ = std::max<std::size_t>(1, std::min(transaction_limit_, count) / 2);
        return Nothing{};
    }
    undone_first_.reset();
    Flight& flight = **std::find_if(transaction_.begin(), transaction_.end(), guilty);
    const std::string text = std::exchange(flight.refusal_text, {});
    return ease(flight, *flight.refusal, text);
}

bool Lane::still_ours(const Flight& flight) const {
    const auto owned = owned_.find(flight.message.from);
    return owned != owned_.end() && owned->second.tenure == flight.tenure;
}

/// Publishes and commits everything that was taken. False when that did not end in time.
bool Lane::finish_transaction(Clock::time_point deadline) {
    while (phase_ != Phase::none || !ready_.empty()) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (failure_ || left <= milliseconds(0)) return false;
        publish_ready();
        if (phase_ == Phase::open && ready_.empty()) phase_ = Phase::closing;
        auto result = serve(flying_ > 0 || not_before_ ? kBusyPoll : milliseconds(0), true);
        if (result) result = advance_transaction(std::min(left, settings_.transaction_wait));
        if (!result && !failure_) failure_ = std::move(result).error();
    }
    return true;
}

/// Tries for a while to undo the open transaction, so that readers need not wait for its time-out.
void Lane::give_transaction_up(milliseconds budget) {
    const auto deadline = Clock::now() + budget;
    while (phase_ == Phase::aborting && Clock::now() < deadline) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (!advance_transaction(std::max(left, milliseconds(1)))) return;
    }
}

}  // namespace ceasewire::stream
