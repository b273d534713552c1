#include "kafka/transactions.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <vector>

#include "kafka/client.h"
#include "kafka/pulse.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Ending;
using stream::Failure;
using stream::FailureKind;
using stream::LogLevel;
using stream::ResumePoint;

constexpr milliseconds kInitWait{1'000};
constexpr milliseconds kRetryPause{50};
constexpr milliseconds kFlushBeforeAbort{5'000};
constexpr int kRenewalsMax = 5;  // in a row, without a transaction that ended well

using Members = std::unique_ptr<rd_kafka_consumer_group_metadata_t,
                                void (*)(rd_kafka_consumer_group_metadata_t*)>;

std::string words(const rd_kafka_error_t* error) {
    return std::string(rd_kafka_error_name(error)) + ": " + rd_kafka_error_string(error);
}

}  // namespace

struct KafkaTransactions::State {
    State(const Settings& settings_, KafkaSink& sink_, stream::LaneCounters& counters_)
        : settings(settings_), sink(sink_), counters(counters_) {}

    enum class Step : std::uint8_t {
        none,
        open,      ///< outputs are being published
        offsets,   ///< the resume points are being handed over
        ending,    ///< asked to commit; from here on its end may be in doubt
        flushing,  ///< about to be undone
        undoing,
        naming,   ///< a new producer registers its name
        looking,  ///< how did the transaction end whose answer got lost?
    };

    const Settings settings;
    KafkaSink& sink;
    stream::LaneCounters& counters;
    const KafkaSource* source = nullptr;
    Step step = Step::none;
    bool in_doubt = false;
    std::optional<Ending> known;  ///< how it ended, while a new producer registers its name
    std::vector<ResumePoint> points;
    Pulse pulse;
    Members members{nullptr, rd_kafka_consumer_group_metadata_destroy};
    steady_clock::time_point opened;
    steady_clock::time_point flush_until;
    int renewals = 0;

    [[nodiscard]] Voice& voice() const { return sink.voice(); }
    void finish() {
        step = Step::none;
        in_doubt = false;
        known.reset();
        members.reset();
        points.clear();
    }
    Ending committed() {
        if (source != nullptr) source->note_committed(points);
        finish();
        renewals = 0;
        return Ending::committed;
    }
    Ending aborted() {
        finish();
        return Ending::aborted;
    }
    Ending ended(Ending how) { return how == Ending::committed ? committed() : aborted(); }
    Expected<Ending, Failure> over(Ending how);

    Expected<Ending, Failure> end(milliseconds wait);
    Expected<Ending, Failure> hand_offsets_over(milliseconds wait);
    Expected<Ending, Failure> end_transaction(milliseconds wait);
    Expected<Ending, Failure> flush(milliseconds wait);
    Expected<Ending, Failure> undo(milliseconds wait);
    Expected<Ending, Failure> name(milliseconds wait);
    Expected<Ending, Failure> look(milliseconds wait);
    Expected<Ending, Failure> renew(const std::string& why);
    /// Also the way to undo a transaction in which a delivery failed: the client's own way, an
    /// abort with a new epoch, takes as long and was followed by OUT_OF_ORDER_SEQUENCE_NUMBER in
    /// every third case (2.0.2, a record that was too large).
    Expected<Ending, Failure> replace();
    Expected<Ending, Failure> failed(const rd_kafka_error_t* error, Verdict verdict);
    [[nodiscard]] Error look_for_trouble() const;
    void start_undoing();
    Failure shut_out(const std::string& why) const;
};

/// What a retriable error leaves us with: come again, but not at once.
static Expected<Ending, Failure> again() {
    std::this_thread::sleep_for(kRetryPause);
    return Ending::pending;
}

/// The transaction has ended. A request of it that is still on the road, since the client lost the
/// connection and sent it again on another, would end a later one of this producer half way, or
/// give it older offsets: until brokers and client number transactions (KIP-890), only a new
/// registration makes sure that it does not.
Expected<Ending, Failure> KafkaTransactions::State::over(Ending how) {
    if (!sink.unanswered()) return ended(how);
    known = how;
    voice().say(
        LogLevel::info,
        "a transaction ended with a request unanswered: a new producer takes over, for what "
        "may still be under way");
    return replace();
}

Failure KafkaTransactions::State::shut_out(const std::string& why) const {
    return Failure{FailureKind::denied,
                   "another process has taken over the transactional id " +
                       settings.transactional_id +
                       ", which has to be this one's own (run.transactional_id): " + why};
}

/// A verdict that ends the transaction, whatever step it was at.
Expected<Ending, Failure> KafkaTransactions::State::failed(const rd_kafka_error_t* error,
                                                           Verdict verdict) {
    const std::string why = words(error);
    switch (verdict) {
        case Verdict::denied:
            // The client tells which right is missing, not for which topic.
            return Unexpected(
                Failure{FailureKind::denied,
                        rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                            ? "the broker does not let us write to " + settings.output_topic +
                                  " or to " + settings.dead_letter_topic + ": " + why
                            : "the broker does not let us commit: " + why});
        case Verdict::too_old:
            return Unexpected(
                Failure{FailureKind::config,
                        "the brokers do not offer what delivery = \"exactly_once\" needs, so "
                        "choose \"at_least_once\" or newer brokers: " +
                            why});
        case Verdict::fenced: {
            // The coordinator shuts us out for either of two reasons. When the transaction was too
            // old while we were here all the time, the brokers were away, and we go on. Else it is
            // another process of our name, or we slept and must not know better than the one that
            // took over.
            const auto limit = transaction_timeout(settings.session_timeout);
            const auto age = std::chrono::duration_cast<milliseconds>(steady_clock::now() - opened);
            const auto absence = pulse.absence();
            if (age < limit || absence >= limit / 2) {
                return Unexpected(shut_out(why + " (" + std::to_string(age.count()) +
                                           " ms after the transaction began; this process did not "
                                           "run for " +
                                           std::to_string(absence.count()) + " ms of it)"));
            }
            return renew(why);
        }
        case Verdict::abort:
        case Verdict::renew:
        case Verdict::retry:
            return renew(why);
    }
    return renew(why);
}

/// A producer that cannot go on is replaced by a new one of the same name; registering it ends
/// whatever the old one left open. If that may have been committed, the group's offsets tell.
Expected<Ending, Failure> KafkaTransactions::State::renew(const std::string& why) {
    if (++renewals > kRenewalsMax)
        return Unexpected(
            Failure{FailureKind::restart, "transactions fail again and again: " + why});
    voice().say(LogLevel::warning, "a new producer takes over: " + why);
    return replace();
}

Expected<Ending, Failure> KafkaTransactions::State::replace() {
    counters.producers_renewed.add();
    auto renewed = sink.renew();
    if (!renewed) return Unexpected(std::move(renewed).error());
    step = Step::naming;
    return Ending::pending;
}

Expected<Ending, Failure> KafkaTransactions::State::end(milliseconds wait) {
    // Each step that is through leads to the next within the same call.
    for (;;) {
        const Step before = step;
        auto ending = [&]() -> Expected<Ending, Failure> {
            switch (step) {
                case Step::none:
                    return aborted();
                case Step::open:
                case Step::offsets:
                    return hand_offsets_over(wait);
                case Step::ending:
                    return end_transaction(wait);
                case Step::flushing:
                    return flush(wait);
                case Step::undoing:
                    return undo(wait);
                case Step::naming:
                    return name(wait);
                case Step::looking:
                    return look(wait);
            }
            return Ending::pending;
        }();
        if (!ending || *ending != Ending::pending || step == before) return ending;
    }
}

Expected<Ending, Failure> KafkaTransactions::State::hand_offsets_over(milliseconds wait) {
    if (points.empty()) {
        step = Step::ending;
        return Ending::pending;
    }
    if (!members) {
        // As it is now, and the same for every retry: offsets under an old generation are refused,
        // as they must be.
        members.reset(rd_kafka_consumer_group_metadata(source->client()));
        if (!members) {
            start_undoing();
            return Ending::pending;
        }
    }
    const TopicList list = new_topic_list(static_cast<int>(points.size()));
    for (const ResumePoint& point : points) {
        rd_kafka_topic_partition_list_add(
            list.get(), settings.input_topics[point.partition.topic.value()].c_str(),
            point.partition.partition.value())
            ->offset = point.next.value();
    }
    step = Step::offsets;
    const auto error = own(rd_kafka_send_offsets_to_transaction(
        sink.client(), list.get(), members.get(), static_cast<int>(wait.count())));
    if (!error) {
        step = Step::ending;
        return Ending::pending;
    }
    const Verdict verdict = verdict_of(error.get());
    if (verdict == Verdict::retry) return again();
    if (verdict == Verdict::abort) {
        voice().say(LogLevel::warning, "the offsets were not accepted: " + words(error.get()));
        start_undoing();
        return Ending::pending;
    }
    return failed(error.get(), verdict);
}

Expected<Ending, Failure> KafkaTransactions::State::end_transaction(milliseconds wait) {
    const auto error =
        own(rd_kafka_commit_transaction(sink.client(), static_cast<int>(wait.count())));
    if (!error) return over(Ending::committed);
    const Verdict verdict = verdict_of(error.get());
    if (verdict == Verdict::retry) {
        in_doubt = true;
        return again();
    }
    if (verdict == Verdict::abort && !in_doubt) {
        voice().say(LogLevel::warning, "the commit was not accepted: " + words(error.get()));
        start_undoing();
        return Ending::pending;
    }
    // A delayed request may yet end this transaction, or a later one of this producer: only a new
    // registration makes sure that it does not, and the group's offsets tell what became of it.
    in_doubt = true;
    return failed(error.get(), verdict);
}

void KafkaTransactions::State::start_undoing() {
    step = Step::flushing;
    flush_until = steady_clock::now() + kFlushBeforeAbort;
}

/// An abort within milliseconds of the first output is fatal in every version of the client that
/// was tried, unless the output has arrived before.
Expected<Ending, Failure> KafkaTransactions::State::flush(milliseconds wait) {
    const auto left = std::chrono::duration_cast<milliseconds>(flush_until - steady_clock::now());
    const auto useless = [&] {
        return sink.undelivered() == 0 || sink.failed() || voice().fatal().has_value();
    };
    if (!useless() && left > milliseconds(0)) sink.flush(std::min(wait, left));
    if (useless() || left <= wait) step = Step::undoing;
    return Ending::pending;
}

Expected<Ending, Failure> KafkaTransactions::State::undo(milliseconds wait) {
    const auto error =
        own(rd_kafka_abort_transaction(sink.client(), static_cast<int>(wait.count())));
    if (!error) {
        sink.forget_deliveries();
        return over(Ending::aborted);
    }
    const Verdict verdict = verdict_of(error.get());
    if (verdict == Verdict::retry) return again();
    return failed(error.get(), verdict);
}

Expected<Ending, Failure> KafkaTransactions::State::name(milliseconds wait) {
    const auto error =
        own(rd_kafka_init_transactions(sink.client(), static_cast<int>(wait.count())));
    if (!error) {
        if (known) return ended(*known);
        if (!in_doubt || points.empty()) return aborted();
        step = Step::looking;
        return Ending::pending;
    }
    const Verdict verdict = verdict_of(error.get());
    if (verdict == Verdict::retry) return again();
    if (verdict == Verdict::fenced) return Unexpected(shut_out(words(error.get())));
    return failed(error.get(), verdict);
}

Expected<Ending, Failure> KafkaTransactions::State::look(milliseconds wait) {
    const auto stands = source->committed(points, wait);
    if (!stands) return again();
    // A transaction is whole or not at all; a partition that has gone meanwhile may be further on,
    // and what it is about here does not matter any more.
    const bool through = std::all_of(points.begin(), points.end(), [&](const ResumePoint& point) {
        return std::any_of(stands->begin(), stands->end(), [&](const ResumePoint& stand) {
            return stand.partition == point.partition && stand.next.value() >= point.next.value();
        });
    });
    voice().say(LogLevel::info, through ? "the transaction in doubt was committed"
                                        : "the transaction in doubt was not committed");
    return through ? committed() : aborted();
}

KafkaTransactions::KafkaTransactions(std::unique_ptr<State> state) : state_(std::move(state)) {}
KafkaTransactions::~KafkaTransactions() = default;

Expected<std::unique_ptr<KafkaTransactions>, Failure> KafkaTransactions::open(
    const Settings& settings, KafkaSink& sink, stream::LaneCounters& counters,
    const std::atomic<bool>& stop) {
    auto state = std::make_unique<State>(settings, sink, counters);
    state->step = State::Step::naming;
    state->opened = steady_clock::now();
    const auto begin = steady_clock::now();
    auto say_again = begin + std::chrono::minutes(1);
    for (;;) {
        if (stop.load(std::memory_order_relaxed)) return std::unique_ptr<KafkaTransactions>();
        auto ending = state->end(kInitWait);
        if (!ending) return Unexpected(std::move(ending).error());
        if (*ending != Ending::pending) break;
        std::vector<stream::Delivery> none;
        (void)sink.poll(milliseconds(0), false, none);  // serves the client's log
        const auto now = steady_clock::now();
        if (settings.start_wait > milliseconds(0) && now - begin > settings.start_wait) {
            return Unexpected(
                Failure{FailureKind::unavailable,
                        "no coordinator for the transactional id " + settings.transactional_id});
        }
        if (now >= say_again) {
            say_again = now + std::chrono::minutes(1);
            sink.voice().say(LogLevel::warning, "still waiting for a transaction coordinator");
        }
    }
    return std::unique_ptr<KafkaTransactions>(new KafkaTransactions(std::move(state)));
}

void KafkaTransactions::attach(const KafkaSource& source) { state_->source = &source; }

Expected<Nothing, Failure> KafkaTransactions::begin() {
    State& state = *state_;
    (void)state.pulse.absence();
    state.sink.begin();
    state.opened = steady_clock::now();
    state.step = State::Step::open;
    // Asks nobody. A producer that has failed already says so again when the transaction ends.
    (void)own(rd_kafka_begin_transaction(state.sink.client()));
    return Nothing{};
}

/// The client has no question for this, but to begin a transaction within one is an error that
/// names what has become of the first, and changes nothing.
Error KafkaTransactions::State::look_for_trouble() const {
    auto error = own(rd_kafka_begin_transaction(sink.client()));
    const bool trouble = error && (rd_kafka_error_txn_requires_abort(error.get()) != 0 ||
                                   rd_kafka_error_is_fatal(error.get()) != 0);
    if (!trouble) error.reset();
    return error;
}

Expected<bool, Failure> KafkaTransactions::doomed() {
    return state_->look_for_trouble() != nullptr;  // abort() then says what it is
}

Expected<Ending, Failure> KafkaTransactions::commit(std::span<const ResumePoint> points,
                                                    milliseconds wait) {
    State& state = *state_;
    if (state.step == State::Step::open) {
        state.points.assign(points.begin(), points.end());
        std::erase_if(state.points, [&](const ResumePoint& point) {
            return !state.source->may_commit(point.partition);
        });
    }
    return state.end(wait);
}

Expected<Ending, Failure> KafkaTransactions::abort(milliseconds wait) {
    State& state = *state_;
    switch (state.step) {
        case State::Step::open:
            // What made it fail may be nothing that another attempt could mend.
            if (const Error error = state.look_for_trouble()) {
                const Verdict verdict = verdict_of(error.get());
                if (verdict == Verdict::abort) {
                    state.voice().say(LogLevel::warning,
                                      "a transaction is undone: " + words(error.get()));
                    if (auto replaced = state.replace(); !replaced) return replaced;
                    break;
                }
                if (auto failed = state.failed(error.get(), verdict); !failed) return failed;
                break;
            }
            state.start_undoing();
            break;
        case State::Step::offsets:
            state.start_undoing();
            break;
        case State::Step::ending:
            // Too late to undo it.
            state.in_doubt = true;
            if (auto renewed = state.renew("a commit without an answer"); !renewed) return renewed;
            break;
        default:
            break;
    }
    return state.end(wait);
}

}  // namespace ceasewire::kafka
