#include "kafka/source.h"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include "kafka/known_bugs.h"
#include "kafka/message.h"
#include "kafka/source_state.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;
using stream::LogLevel;
using stream::Message;
using stream::Partition;
using stream::ResumePoint;
using stream::TopicIndex;
using stream::TopicPartition;

constexpr int kCommittedTimeoutMs = 10'000;
constexpr int kPositionTries = 3;
constexpr milliseconds kUnstablePause{200};
constexpr milliseconds kUnstablePatience{15'000};  // coordinators look for late ones every 10 s
constexpr milliseconds kCommitTimeout{5'000};
constexpr milliseconds kAttend{20};  // between two looks whether the group lets us go
constexpr milliseconds kCheckCommitsAgain{10'000};
constexpr int kCheckCommitsMs = 2'000;
constexpr milliseconds kIdlePoll{
    100};                             // how often a source that may take nothing looks at its queue
constexpr std::size_t kHeldMax = 64;  // messages that such looks may bring

bool is_member(rd_kafka_t* client) {
    char* id = rd_kafka_memberid(client);
    const bool named = id != nullptr && *id != '\0';
    rd_kafka_mem_free(client, id);
    return named;
}

void free_message(void* message) {
    rd_kafka_message_destroy(static_cast<rd_kafka_message_t*>(message));
}

}  // namespace

void KafkaSource::State::rebalance(rd_kafka_resp_err_t code,
                                   rd_kafka_topic_partition_list_t& partitions) {
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        assign(partitions);
    } else {
        revoke(partitions);
    }
}

/// Where to begin reading: the committed offset, and for partitions that the group has never
/// committed the configured start. Decided here and not by auto.offset.reset, which could not tell
/// a new group from offsets that retention has overtaken.
bool KafkaSource::State::find_start(rd_kafka_topic_partition_list_t& partitions) {
    if (partitions.cnt == 0) return true;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    // A transaction that its owner left open keeps offsets in doubt until the coordinator ends it.
    const auto unstable_until = steady_clock::now() + settings.session_timeout + kUnstablePatience;
    for (int attempt = 0; attempt < kPositionTries; ++attempt) {
        code = rd_kafka_committed(client, &partitions, kCommittedTimeoutMs);
        for (int i = 0; code == RD_KAFKA_RESP_ERR_NO_ERROR && i < partitions.cnt; ++i)
            code = partitions.elems[i].err;
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || is_denied(code)) break;
        if (code == RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT &&
            steady_clock::now() < unstable_until) {
            --attempt;
            std::this_thread::sleep_for(kUnstablePause);
            continue;
        }
        voice.say(LogLevel::warning,
                  std::string("cannot read committed offsets: ") + rd_kafka_err2str(code));
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        failure = Failure{
            is_denied(code) ? FailureKind::denied : FailureKind::restart,
            std::string("cannot read the group's committed offsets: ") + rd_kafka_err2str(code)};
        return false;
    }
    bool found = true;
    for (int i = 0; i < partitions.cnt && found; ++i) {
        auto& element = partitions.elems[i];
        const auto index = index_of(element.topic);
        if (!index) continue;
        const TopicPartition key{*index, Partition(element.partition)};
        if (element.offset >= 0) {
            progress->committed(key, stream::NextOffset(element.offset));
        } else {
            found = progress->last(key) ? begin_again(element, key) : begin_new(element, key);
        }
    }
    return found;
}

void KafkaSource::State::take_over(const std::vector<TopicPartition>& partitions) {
    for (const TopicPartition key : partitions) {
        auto partition = std::make_shared<FetchedPartition>();
        partition->topic = settings.input_topics[key.topic.value()];
        partition->partition = key.partition.value();
        assigned[key] = std::move(partition);
        unknown.erase(key.topic);
    }
}

/// The client commits what it has stored of a partition when it gives it up, and would commit it to
/// a topic made anew.
void KafkaSource::State::forget_stored(const std::vector<TopicPartition>& partitions) const {
    if (settings.delivery == Delivery::exactly_once || partitions.empty()) return;
    const TopicList list = new_topic_list(static_cast<int>(partitions.size()));
    for (const TopicPartition key : partitions) add(*list, key, RD_KAFKA_OFFSET_INVALID);
    (void)rd_kafka_offsets_store(client, list.get());
}

void KafkaSource::State::let_go(const std::vector<TopicPartition>& partitions) {
    for (const TopicPartition key : partitions) {
        assigned.erase(key);
        starts.erase(key);
        reached.erase(key);
        paused.erase(key);
        renumbered.erase(key);
        std::erase_if(broken, [&](const Broken& each) { return each.partition == key; });
    }
}

bool KafkaSource::State::cooperative() const {
    // A client that is closing, or whose group is gone, has no protocol: a null pointer.
    const char* protocol = rd_kafka_rebalance_protocol(client);
    return protocol == nullptr ? settings.assignment == Assignment::cooperative_sticky
                               : std::string_view(protocol) == "COOPERATIVE";
}

void KafkaSource::State::assign(rd_kafka_topic_partition_list_t& partitions) {
    ever_assigned = true;
    const auto fresh = keys(partitions);
    // Even without a start the assignment is taken over, or the client waits for it for ever.
    const bool found = find_start(partitions);
    if (found) {
        take_over(fresh);
        for (int i = 0; i < partitions.cnt; ++i) {
            const auto& element = partitions.elems[i];
            if (const auto index = index_of(element.topic))
                starts[{*index, Partition(element.partition)}] = element.offset;
        }
        if (listener != nullptr) listener->assigned(fresh);
    }
    const auto none = new_topic_list(0);
    rd_kafka_topic_partition_list_t* list = found ? &partitions : none.get();
    if (cooperative()) {
        if (const auto error = own(rd_kafka_incremental_assign(client, list))) {
            voice.say(LogLevel::error,
                      std::string("assignment failed: ") + rd_kafka_error_string(error.get()));
        }
    } else {
        rd_kafka_assign(client, list);
    }
    watch();
    voice.say(LogLevel::info, "assigned " + std::to_string(fresh.size()) + " partitions, " +
                                  std::to_string(assigned.size()) + " in all");
}

void KafkaSource::State::revoke(rd_kafka_topic_partition_list_t& partitions) {
    const auto gone = keys(partitions);
    // Where the topic is gone, nobody else has it: what is in hand is finished, for it cannot be
    // read again.
    for (const TopicPartition key : gone) {
        if (is_broken(key) && forgotten(key)) renumbered.insert(key);
    }
    const bool in_doubt = std::any_of(gone.begin(), gone.end(), [&](TopicPartition key) {
        return unknown.contains(key.topic) || renumbered.contains(key);
    });
    const bool lost = rd_kafka_assignment_lost(client) != 0 && !in_doubt;
    if (listener != nullptr) {
        if (lost) {
            listener->lost(gone);
        } else {
            listener->revoking(gone);
        }
    }
    if (lost || in_doubt) forget_stored(gone);
    let_go(gone);
    watch();
    if (cooperative()) {
        if (const auto error = own(rd_kafka_incremental_unassign(client, &partitions))) {
            voice.say(LogLevel::warning,
                      std::string("unassignment failed: ") + rd_kafka_error_string(error.get()));
        }
    } else {
        rd_kafka_assign(client, nullptr);
    }
    voice.say(LogLevel::info, (lost ? "lost " : "gave up ") + std::to_string(gone.size()) +
                                  " partitions, " + std::to_string(assigned.size()) + " left");
}

void KafkaSource::State::committed(rd_kafka_resp_err_t code,
                                   const rd_kafka_topic_partition_list_t* offsets) {
    if (code == RD_KAFKA_RESP_ERR__NO_OFFSET) return;  // nothing new
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        counters.commits_failed.add();
        voice.say(LogLevel::warning, std::string("commit failed: ") + rd_kafka_err2str(code));
        check_commits_soon();  // Bug::late_commit_wins
        if (is_denied(code) && !failure) {
            failure =
                Failure{FailureKind::denied, std::string("the broker does not let us commit: ") +
                                                 rd_kafka_err2str(code)};
        }
        return;
    }
    counters.commits_ok.add();
    counters.last_commit_ms.set(stream::wall_ms());
    for (int i = 0; offsets != nullptr && i < offsets->cnt; ++i) {
        const auto& element = offsets->elems[i];
        const auto index = index_of(element.topic);
        if (!index || element.err != RD_KAFKA_RESP_ERR_NO_ERROR || element.offset < 0) continue;
        const TopicPartition key{*index, Partition(element.partition)};
        const stream::NextOffset next(element.offset);
        if (assigned.contains(key) && next < progress->last(key).value_or(next)) {
            check_commits_soon();  // Bug::late_commit_wins
        } else {
            progress->committed(key, next);
        }
    }
}

/// Asks the brokers, since the client does not: it goes by what it remembers, and a commit that it
/// repeats may come after a newer one.
void KafkaSource::State::check_commits() {
    const auto now = steady_clock::now();
    if (now < *check_commits_due) return;
    check_commits_due = now + kCheckCommitsAgain;
    const TopicList asked = new_topic_list(static_cast<int>(assigned.size()));
    for (const auto& [key, partition] : assigned) add(*asked, key, RD_KAFKA_OFFSET_INVALID);
    if (rd_kafka_committed(client, asked.get(), kCheckCommitsMs) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    std::vector<ResumePoint> points;
    for (const TopicPartition key : keys(*asked)) {
        const auto* found = rd_kafka_topic_partition_list_find(
            asked.get(), settings.input_topics[key.topic.value()].c_str(), key.partition.value());
        const auto last = progress->last(key);
        // None at all is another story: source_gaps.cpp.
        if (last && found->err == RD_KAFKA_RESP_ERR_NO_ERROR && found->offset >= 0 &&
            found->offset < last->value())
            points.push_back({key, *last});
    }
    const TopicList behind = list_of(points);
    if (behind->cnt == 0) {
        check_commits_due.reset();
        return;
    }
    voice.say(LogLevel::info, "a commit came late and set the group back: " +
                                  std::to_string(behind->cnt) + " partitions are committed again");
    (void)commit(*behind);
}

/// With a queue of its own and not rd_kafka_commit(), which waits without limit for a coordinator
/// that is away.
bool KafkaSource::State::commit(rd_kafka_topic_partition_list_t& list) {
    const Queue queue = new_queue(client);
    rd_kafka_resp_err_t code = rd_kafka_commit_queue(client, &list, queue.get(), nullptr, nullptr);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
        const Event event =
            own(rd_kafka_queue_poll(queue.get(), static_cast<int>(kCommitTimeout.count())));
        code = event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT;
    }
    committed(code, &list);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaSource::State::error_event(const rd_kafka_message_t& event) {
    const char* text = rd_kafka_message_errstr(&event);
    // A consumer is told here what other clients are told by error_cb: another member of our name.
    if (event.err == RD_KAFKA_RESP_ERR__FATAL) {
        voice.error(client, event.err, text);
        return;
    }
    const std::string topic = event.rkt != nullptr ? rd_kafka_topic_name(event.rkt) : "";
    const auto index = index_of(topic);
    counters.client_errors.add();
    if (event.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
        event.err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
        // Retention has overtaken us, the log was cut, or the topic was made anew. Going on would
        // skip or repeat silently.
        if (!index) return;
        const TopicPartition key{*index, Partition(event.partition)};
        if (!assigned.contains(key) || is_broken(key)) return;
        // Said of a place that has been left behind since?
        if (event.offset >= 0 && event.offset < starts[key]) return;
        broken.push_back({key, event.offset, false, 0});
        return;
    }
    if (is_denied(event.err)) {
        failure =
            Failure{FailureKind::denied, "the broker does not let us read " + topic + ": " + text};
        return;
    }
    if (is_unknown_topic(event.err)) {
        // Bug::unknown_topic_for_a_moment: never act on the first one.
        if (index) unknown_topic(*index, text);
        return;
    }
    voice.say(LogLevel::warning, std::string(rd_kafka_err2name(event.err)) + ": " + text);
}

void KafkaSource::State::accept(rd_kafka_message_t* from, std::vector<Message>& out) {
    stream::Backing backing(from, free_message);
    if (from->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        const auto index = index_of(rd_kafka_topic_name(from->rkt));
        if (!index) return;
        const TopicPartition key{*index, Partition(from->partition)};
        if (!unknown.empty() && unknown.contains(*index)) came_back(*index);
        if (assigned.contains(key)) reached.insert_or_assign(key, stream::NextOffset(from->offset));
        return;
    }
    if (from->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        error_event(*from);
        return;
    }
    const auto index = index_of(rd_kafka_topic_name(from->rkt));
    if (!index) return;
    const TopicPartition key{*index, Partition(from->partition)};
    const auto found = assigned.find(key);
    if (found == assigned.end()) return;
    if (!unknown.empty() && unknown.contains(*index)) came_back(*index);
    if (!broken.empty() && is_broken(key)) return;
    found->second->next.set(stream::after(stream::Offset(from->offset)).value());
    reached.erase(key);
    Message& message = out.emplace_back();
    read_message(*from, settings.input_topics[index->value()], message);
    message.from = key;
    message.backing = std::move(backing);
    mean_bytes += (static_cast<double>(from->len + from->key_len + 64) - mean_bytes) / 256;
}

KafkaSource::KafkaSource(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<KafkaSource>, Failure> KafkaSource::open(
    const Settings& settings, std::size_t lane, stream::Observer& observer,
    stream::LaneCounters& counters, std::shared_ptr<Progress> progress) {
    auto conf = make_conf(settings, Role::consumer, lane);
    if (!conf) return Unexpected(std::move(conf).error());
    if (!progress) progress = std::make_shared<Progress>();
    auto state = std::make_unique<State>(settings, observer, counters, lane, std::move(progress));
    // The opaque is the voice, shared by all callbacks of client.cpp; it leads back to the state.
    rd_kafka_conf_set_opaque(conf->get(), &state->voice);
    state->voice.owner = state.get();
    state->heard.watch(conf->get());
    rd_kafka_conf_set_rebalance_cb(
        conf->get(), [](rd_kafka_t*, rd_kafka_resp_err_t code,
                        rd_kafka_topic_partition_list_t* partitions, void* opaque) {
            static_cast<State*>(static_cast<Voice*>(opaque)->owner)->rebalance(code, *partitions);
        });
    rd_kafka_conf_set_offset_commit_cb(
        conf->get(), [](rd_kafka_t*, rd_kafka_resp_err_t code,
                        rd_kafka_topic_partition_list_t* offsets, void* opaque) {
            static_cast<State*>(static_cast<Voice*>(opaque)->owner)->committed(code, offsets);
        });
    auto client = make_client(RD_KAFKA_CONSUMER, std::move(conf).value());
    if (!client) return Unexpected(std::move(client).error());
    state->client = *client;
    rd_kafka_poll_set_consumer(state->client);
    auto source = std::unique_ptr<KafkaSource>(new KafkaSource(std::move(state)));
    TopicList topics = new_topic_list(static_cast<int>(settings.input_topics.size()));
    for (const std::string& topic : settings.input_topics) {
        rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    }
    const auto code = rd_kafka_subscribe(source->state_->client, topics.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return Unexpected(Failure{FailureKind::config,
                                  std::string("cannot subscribe: ") + rd_kafka_err2str(code)});
    }
    if (settings.fetch_kick > milliseconds(0) && has(Bug::fetch_stall)) {
        source->state_->kick =
            std::make_unique<FetchKick>(source->state_->client, settings.fetch_kick,
                                        settings.prefetch_kbytes * 1024, counters.fetch_kicks);
    }
    return source;
}

KafkaSource::~KafkaSource() {
    if (!state_ || state_->client == nullptr) return;
    state_->kick.reset();
    state_->held.clear();
    if (state_->indestructible()) {
        (void)state_.release();  // its threads go on using it
        return;
    }
    rd_kafka_destroy_flags(state_->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

Expected<Nothing, Failure> KafkaSource::take(std::vector<Message>& out, std::size_t count,
                                             milliseconds wait,
                                             stream::RebalanceListener& listener) {
    State& state = *state_;
    state.listener = &listener;
    state.counters.last_answer_ms.set(state.heard.last_ms());
    if (state.overslept()) {
        state.listener = nullptr;
        return Unexpected(Failure{
            FailureKind::restart,
            "a lane was busy for longer than kafka.max_poll_interval, so its partitions were given "
            "to others; nothing of what it had in hand is committed"});
    }
    if (!state.broken.empty() && state.held.empty()) state.bridge();
    if (state.check_commits_due) state.check_commits();
    const std::size_t before = out.size();
    if (count == 0) {
        // The queue carries rebalances and messages alike, so a look may bring a message that
        // nobody wants yet.
        const auto now = steady_clock::now();
        // Paused partitions bring nothing, and a consumer that is not polled is put out of its
        // group.
        if (now >= state.idle_poll_due && (state.held.size() < kHeldMax || !state.paused.empty())) {
            state.idle_poll_due = now + kIdlePoll;
            if (auto* message = rd_kafka_consumer_poll(state.client, 0))
                state.accept(message, state.held);
        }
    } else {
        const auto held = std::min(count, state.held.size());
        std::move(state.held.begin(), state.held.begin() + static_cast<std::ptrdiff_t>(held),
                  std::back_inserter(out));
        state.held.erase(state.held.begin(),
                         state.held.begin() + static_cast<std::ptrdiff_t>(held));
        // Never the batch calls: Bug::batch_consume_skips is a loss.
        const std::size_t breaks = state.broken.size();
        while (out.size() - before < count && !state.failure && state.broken.size() == breaks) {
            auto* message = rd_kafka_consumer_poll(
                state.client, out.size() == before ? static_cast<int>(wait.count()) : 0);
            if (message == nullptr) break;
            state.accept(message, out);
        }
        if (state.kick) state.kick->message_bytes(static_cast<std::size_t>(state.mean_bytes));
    }
    state.listener = nullptr;
    state.polled = steady_clock::now();
    if (!state.unknown.empty() && !state.failure) state.look_for_unknown();
    if (state.voice.fatal_code() == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
        return Unexpected(
            Failure{FailureKind::denied, "another process has taken over the instance name " +
                                             state.settings.group_instance_id +
                                             ", which has to be this one's own (kafka.instance): " +
                                             state.voice.fatal()->message});
    }
    if (state.voice.fatal()) return Unexpected(*state.voice.fatal());
    if (state.failure) return Unexpected(*state.failure);
    return Nothing{};
}

void KafkaSource::store(std::span<const ResumePoint> points) {
    // Of a topic in doubt nothing is stored; commit() asks.
    std::vector<ResumePoint> certain;
    if (!state_->unknown.empty()) {
        std::copy_if(points.begin(), points.end(), std::back_inserter(certain),
                     [&](const ResumePoint& point) {
                         return !state_->unknown.contains(point.partition.topic);
                     });
        points = certain;
    }
    const TopicList list = state_->list_of(points);
    if (list->cnt == 0) return;
    // Fails for a partition that has just been unassigned: then its next owner reads again from
    // what was committed.
    (void)rd_kafka_offsets_store(state_->client, list.get());
}

bool KafkaSource::commit(std::span<const ResumePoint> points) {
    State& state = *state_;
    const TopicList list = state.list_of(points);
    if (list->cnt == 0) return true;
    (void)rd_kafka_offsets_store(state.client, list.get());
    return state.commit(*list);
}

std::optional<stream::NextOffset> KafkaSource::heard_committed(TopicPartition partition) const {
    return state_->progress->last(partition);
}

void KafkaSource::pause(bool paused) {
    State& state = *state_;
    // Only what we paused is resumed: Bug::resume_rewinds.
    std::vector<TopicPartition> keys;
    if (paused) {
        for (const auto& [key, partition] : state.assigned) {
            if (!state.paused.contains(key)) keys.push_back(key);
        }
    } else {
        keys.assign(state.paused.begin(), state.paused.end());
    }
    if (keys.empty()) return;
    TopicList list = new_topic_list(static_cast<int>(keys.size()));
    for (const TopicPartition key : keys) {
        rd_kafka_topic_partition_list_add(list.get(),
                                          state.settings.input_topics[key.topic.value()].c_str(),
                                          key.partition.value());
    }
    if (paused) {
        rd_kafka_pause_partitions(state.client, list.get());
        state.paused.insert(keys.begin(), keys.end());
    } else {
        rd_kafka_resume_partitions(state.client, list.get());
        state.paused.clear();
    }
}

std::string_view KafkaSource::topic(TopicIndex index) const {
    return state_->settings.input_topics[index.value()];
}

bool KafkaSource::joined() const { return state_->ever_assigned || is_member(state_->client); }

std::optional<stream::NextOffset> KafkaSource::end_offset(TopicPartition partition) const {
    std::int64_t low = 0;
    std::int64_t high = 0;
    // The cached marks: Bug::watermark_query_late.
    const auto code = rd_kafka_get_watermark_offsets(
        state_->client, state_->settings.input_topics[partition.topic.value()].c_str(),
        partition.partition.value(), &low, &high);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR || high < 0) return std::nullopt;
    state_->progress->ended(partition, stream::NextOffset(high));
    return stream::NextOffset(high);
}

std::optional<stream::NextOffset> KafkaSource::reached(TopicPartition partition) const {
    if (!state_->held.empty()) return std::nullopt;
    const auto found = state_->reached.find(partition);
    return found == state_->reached.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::vector<ResumePoint>> KafkaSource::committed(std::span<const ResumePoint> asked,
                                                               milliseconds wait) const {
    const TopicList list = new_topic_list(static_cast<int>(asked.size()));
    for (const ResumePoint& point : asked) {
        rd_kafka_topic_partition_list_add(
            list.get(), state_->settings.input_topics[point.partition.topic.value()].c_str(),
            point.partition.partition.value());
    }
    if (rd_kafka_committed(state_->client, list.get(), static_cast<int>(wait.count())) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::nullopt;
    std::vector<ResumePoint> points;
    for (int i = 0; i < list->cnt; ++i) {
        const auto& element = list->elems[i];
        if (element.err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
        const auto index = state_->index_of(element.topic);
        if (!index || element.offset < 0) continue;
        points.push_back(
            {{*index, Partition(element.partition)}, stream::NextOffset(element.offset)});
    }
    return points;
}

bool KafkaSource::may_commit(TopicPartition partition) const {
    return state_->may_commit(partition);
}

void KafkaSource::note_committed(std::span<const ResumePoint> points) const {
    for (const ResumePoint& point : points)
        state_->progress->committed(point.partition, point.next);
}

rd_kafka_s* KafkaSource::client() const { return state_->client; }

void KafkaSource::attend(milliseconds wait, stream::RebalanceListener& listener) {
    State& state = *state_;
    const auto deadline = steady_clock::now() + wait;
    pause(true);  // what comes is dropped, so it need not be fetched
    state.listener = &listener;
    std::vector<Message> dropped;
    do {
        const auto left =
            std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
        if (auto* message =
                rd_kafka_consumer_poll(state.client, static_cast<int>(std::max<long>(left, 0)))) {
            state.accept(message, dropped);
            dropped.clear();
        }
    } while (steady_clock::now() < deadline);
    state.listener = nullptr;
}

bool KafkaSource::close(milliseconds timeout, stream::RebalanceListener& listener) {
    State& state = *state_;
    const auto deadline = steady_clock::now() + timeout;
    // Wait for the assignment that makes us destructible. If it does not come, leave the group all
    // the same, so that no other member waits for us; destroy() then leaves the client behind.
    const auto patience = steady_clock::now() + timeout / 2;
    const auto waiting = [&] {
        return !state.failure && !state.voice.fatal() && steady_clock::now() < patience;
    };
    while (state.indestructible() && waiting()) attend(kAttend, listener);
    // Bug::silent_leave. Before the end, an unsubscription waits for the rebalance that is under
    // way, and the member's name is gone with its leave. A member that the group waits for
    // (kafka.instance) does not say that it goes.
    if (state.settings.group_instance_id.empty() && !state.indestructible() &&
        rd_kafka_unsubscribe(state.client) == RD_KAFKA_RESP_ERR_NO_ERROR) {
        while (is_member(state.client) && waiting()) attend(kAttend, listener);
    }
    state.listener = &listener;
    state.held.clear();
    // Served by us and not by rd_kafka_consumer_close(), which may wait for ever
    // (Bug::close_waits_for_assignment; no coordinator).
    const Queue queue = new_queue(state.client);
    if (const auto error = own(rd_kafka_consumer_close_queue(state.client, queue.get()))) {
        state.voice.say(LogLevel::warning, std::string("cannot leave the group: ") +
                                               rd_kafka_error_string(error.get()));
        state.listener = nullptr;
        return false;
    }
    while (rd_kafka_consumer_closed(state.client) == 0 && steady_clock::now() < deadline) {
        const Event event = own(rd_kafka_queue_poll(queue.get(), 50));
        if (!event) continue;
        if (rd_kafka_event_type(event.get()) == RD_KAFKA_EVENT_REBALANCE) {
            state.rebalance(rd_kafka_event_error(event.get()),
                            *rd_kafka_event_topic_partition_list(event.get()));
        }
    }
    state.listener = nullptr;
    return rd_kafka_consumer_closed(state.client) != 0;
}

bool KafkaSource::destroy(milliseconds timeout) {
    State& state = *state_;
    const auto deadline = steady_clock::now() + timeout;
    state.held.clear();
    rd_kafka_t* client = std::exchange(state.client, nullptr);
    // Its helper is inside the client, which then cannot be destroyed.
    const bool stuck = state.kick && !state.kick->stop(timeout);
    if (stuck) {
        (void)state.kick.release();
    } else {
        state.kick.reset();
        const auto left =
            std::max(milliseconds(0),
                     std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()));
        if (!state.indestructible() &&
            destroy_client(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE, left)) {
            return true;
        }
    }
    (void)state_.release();  // the client's threads go on using it
    return false;
}

}  // namespace ceasewire::kafka
