/// What a source does where offsets of its input are gone, or a topic is. Holes that compaction,
/// markers of transactions and undone messages leave are none: there the brokers go on by
/// themselves.
///
/// With librdkafka 2.0.2 this can be told: offsets before the partition's beginning or behind its
/// end, and, by the group's offsets that the brokers forget, a topic made anew. What cannot be
/// told: a topic made anew, or a log cut, that has grown beyond our offset before the client looks
/// again; there are neither topic ids (2.3.0) nor leader epochs (2.1.0).

#include <algorithm>

#include "kafka/source_state.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;
using stream::Gap;
using stream::LogLevel;
using stream::NextOffset;
using stream::TopicIndex;
using stream::TopicPartition;

constexpr int kAskMs = 5'000;
constexpr int kTopicAskMs = 2'000;
constexpr int kTriesMax = 30;
constexpr milliseconds kBeforeNextLook{1'000};  // between two tries
constexpr milliseconds kLookInterval{10'000};

std::string stretch(std::int64_t from, std::int64_t to) {
    return "offsets " + std::to_string(from) + " to " + std::to_string(to - 1);
}

/// What the brokers say of a topic: that it is there, that it is not, or nothing.
std::optional<bool> exists(rd_kafka_t* client, const std::string& name) {
    rd_kafka_topic_t* topic = rd_kafka_topic_new(client, name.c_str(), nullptr);
    if (topic == nullptr) return std::nullopt;
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto code = rd_kafka_metadata(client, 0, topic, &metadata, kTopicAskMs);
    rd_kafka_topic_destroy(topic);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return is_unknown_topic(code) ? std::optional(false) : std::nullopt;
    }
    std::optional<bool> there;
    if (metadata->topic_cnt == 1) {
        const auto& found = metadata->topics[0];
        if (is_unknown_topic(found.err)) there = false;
        if (found.err == RD_KAFKA_RESP_ERR_NO_ERROR) there = found.partition_cnt > 0;
    }
    rd_kafka_metadata_destroy(metadata);
    return there;
}

}  // namespace

bool KafkaSource::State::is_broken(TopicPartition partition) const {
    return std::any_of(broken.begin(), broken.end(),
                       [&](const Broken& each) { return each.partition == partition; });
}

std::optional<KafkaSource::State::Ends> KafkaSource::State::ends_of(TopicPartition partition) {
    Ends ends;
    const auto code = rd_kafka_query_watermark_offsets(
        client, settings.input_topics[partition.topic.value()].c_str(), partition.partition.value(),
        &ends.low, &ends.high, kAskMs);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    return ends;
}

/// We have committed, and the brokers know nothing of it any more.
bool KafkaSource::State::forgotten(TopicPartition partition) {
    if (!progress->last(partition)) return false;
    const TopicList list = list_of(partition, RD_KAFKA_OFFSET_INVALID);
    return rd_kafka_committed(client, list.get(), kAskMs) == RD_KAFKA_RESP_ERR_NO_ERROR &&
           list->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR && list->elems[0].offset < 0;
}

/// Whether a commit of ours would mean there what we mean by it. While the topic is in doubt, at
/// least once commits nothing and may read a second's messages again; exactly once has to know, and
/// asks. (Brokers forget a topic first and its offsets a moment later.)
bool KafkaSource::State::may_commit(TopicPartition partition) {
    if (!assigned.contains(partition) || renumbered.contains(partition)) return false;
    if (unknown.empty() || !unknown.contains(partition.topic)) return true;
    if (settings.delivery == Delivery::at_least_once) return false;
    if (!forgotten(partition)) return true;
    renumbered.insert(partition);
    return false;
}

/// Commits where a partition begins for us, so that no other start of the group finds it otherwise.
bool KafkaSource::State::note_start(TopicPartition partition, std::int64_t offset) {
    if (commit(*list_of(partition, offset))) return true;
    if (!failure)
        failure = Failure{FailureKind::restart,
                          "cannot commit where " + name_of(partition) + " begins for the group"};
    return false;
}

/// The group has never committed this partition.
bool KafkaSource::State::begin_new(rd_kafka_topic_partition_t& element, TopicPartition partition) {
    element.offset = RD_KAFKA_OFFSET_BEGINNING;
    if (settings.start_from == StartFrom::earliest) return true;
    const auto topic = partition.topic.value();
    if (topic < settings.begun_at_end.size() &&
        static_cast<std::size_t>(partition.partition.value()) >= settings.begun_at_end[topic]) {
        voice.say(LogLevel::info,
                  name_of(partition) + " came after the group had begun: read from its beginning");
        return true;
    }
    const auto ends = ends_of(partition);
    if (!ends) {
        failure = Failure{FailureKind::restart, "cannot find the end of " + name_of(partition)};
        return false;
    }
    // Written down at once: another lane that gets the partition in a minute must not begin at a
    // later end.
    element.offset = ends->high;
    return note_start(partition, ends->high);
}

/// The group has committed this partition, and the brokers have forgotten it.
bool KafkaSource::State::begin_again(rd_kafka_topic_partition_t& element,
                                     TopicPartition partition) {
    const auto ends = ends_of(partition);
    if (!ends) {
        failure = Failure{FailureKind::restart, "cannot find the ends of " + name_of(partition)};
        return false;
    }
    made_anew(partition, progress->last(partition)->value(), ends->low);
    element.offset = ends->low;
    return note_start(partition, ends->low) && !failure;
}

void KafkaSource::State::made_anew(TopicPartition partition, std::int64_t read, std::int64_t low) {
    const auto unread = progress->unread(partition, NextOffset(read));
    progress->forget(partition);
    gap(Gap::recreated, partition, unread, low,
        "the topic was deleted and made anew; of the old one " +
            (unread > 0
                 ? stretch(read, read + static_cast<std::int64_t>(unread)) + " had not been read"
                 : "everything before offset " + std::to_string(read) +
                       " had been read, and nothing else was seen"),
        "Start the program again to read the new topic from its beginning");
}

void KafkaSource::State::gap(Gap kind, TopicPartition partition, std::uint64_t missing,
                             std::int64_t next, const std::string& what,
                             const std::string& advice) {
    counters.gaps[kind].add();
    counters.offsets_missing[kind].add(missing);
    const std::string line = "input " + name_of(partition) + ": " + what;
    if (settings.on_gap == OnGap::carry_on) {
        voice.say(LogLevel::warning,
                  line + "; going on at offset " + std::to_string(next) + " (run.on_gap)");
    } else if (!failure) {
        failure = Failure{FailureKind::gap, line + ". " + advice};
    }
}

/// Deals with the first partition whose next offset is gone.
void KafkaSource::State::bridge() {
    const auto now = steady_clock::now();
    if (now < broken_due) return;
    Broken each = broken.front();
    broken.pop_front();
    const TopicPartition partition = each.partition;
    if (!assigned.contains(partition)) return;  // its new owner finds the same
    const auto ends = ends_of(partition);
    if (!ends) {
        if (!unknown.contains(partition.topic) && ++each.tries > kTriesMax) {
            failure = Failure{FailureKind::restart,
                              "cannot find out what input " + name_of(partition) + " holds"};
            return;
        }
        broken.push_back(each);
        broken_due = now + kBeforeNextLook;
        return;
    }
    const bool recreated = each.recreated || forgotten(partition);
    if (recreated) renumbered.insert(partition);
    // What the lane has of it is finished and committed first: it cannot be read again.
    const std::vector<TopicPartition> one = {partition};
    listener->revoking(one);
    let_go(one);
    const std::string group = "group " + settings.group_id;
    const std::string how =
        "set the group to it with kafka-consumer-groups, or let the program do "
        "so by run.on_gap = \"continue\"";
    std::int64_t next = ends->low;
    bool note = false;
    if (recreated) {
        made_anew(partition, std::max<std::int64_t>(0, each.offset), next);
        note = true;
    } else if (each.offset < 0) {
        // No offset of ours, but the beginning: it has moved while we asked for it.
    } else if (each.offset < ends->low) {
        gap(Gap::deleted, partition, static_cast<std::uint64_t>(ends->low - each.offset), next,
            stretch(each.offset, ends->low) + " were deleted, by retention or by hand, before " +
                group + " had read them",
            "The partition begins at offset " + std::to_string(next) + " now: " + how);
    } else {
        next = std::min(each.offset, ends->high);
        note = settings.on_gap == OnGap::carry_on;
        const bool grown = next == each.offset;
        gap(Gap::cut, partition, static_cast<std::uint64_t>(each.offset - next), next,
            grown
                ? "the partition ended before offset " + std::to_string(next) + ", where " + group +
                      " goes on, and has grown beyond it since: what stands before it "
                      "may not have been read"
                : stretch(next, each.offset) + " are gone, which " + group +
                      " has read: the log was cut (unclean election of a leader), or the topic "
                      "was made anew",
            "The partition ends at offset " + std::to_string(ends->high) + " now: " + how +
                "; for a topic made anew, set it to its beginning");
    }
    forget_stored(one);
    reassign(partition, std::nullopt);
    if (note && !note_start(partition, next)) return;
    if (failure) return;
    take_over(one);
    starts[partition] = next;
    listener->assigned(one);
    reassign(partition, next);
    watch();
}

/// Takes the partition out of the client's assignment, or puts it in to be read from there on. A
/// seek would not do: a partition without a valid offset does not take one.
void KafkaSource::State::reassign(TopicPartition partition, std::optional<std::int64_t> offset) {
    const TopicList list = new_topic_list(static_cast<int>(assigned.size()) + 1);
    std::string trouble;
    if (cooperative()) {
        add(*list, partition, offset.value_or(RD_KAFKA_OFFSET_INVALID));
        const auto error = own(offset ? rd_kafka_incremental_assign(client, list.get())
                                      : rd_kafka_incremental_unassign(client, list.get()));
        if (error) trouble = rd_kafka_error_string(error.get());
    } else {
        for (const auto& [key, fetched] : assigned) {
            if (is_broken(key)) continue;  // its turn comes, and it would only say so again
            const auto at = fetched->next.get();
            add(*list, key, at >= 0 ? at : starts[key]);
        }
        const auto code = rd_kafka_assign(client, list.get());
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR) trouble = rd_kafka_err2str(code);
        paused.clear();
    }
    if (!trouble.empty() && !failure)
        failure = Failure{FailureKind::restart,
                          "cannot go on reading " + name_of(partition) + ": " + trouble};
}

/// How long after one look for a topic that is not there comes the next.
milliseconds KafkaSource::State::look_interval() const {
    return std::min(kLookInterval, settings.unknown_topic_patience / 4);
}

/// Never acted on at the first word: Bug::unknown_topic_for_a_moment.
void KafkaSource::State::unknown_topic(TopicIndex topic, const char* text) {
    const auto now = steady_clock::now();
    if (unknown.try_emplace(topic, Unknown{now, now + look_interval()}).second)
        voice.say(LogLevel::warning, std::string("waiting for an input topic: ") + text);
}

/// The brokers know the topic again. The same one?
void KafkaSource::State::came_back(TopicIndex topic) {
    unknown.erase(topic);
    for (const auto& [partition, fetched] : assigned) {
        if (partition.topic != topic || is_broken(partition) || !forgotten(partition)) continue;
        const auto next = fetched->next.get();
        renumbered.insert(partition);
        broken.push_back({partition, next >= 0 ? next : starts[partition], true, 0});
    }
}

void KafkaSource::State::look_for_unknown() {
    const auto now = steady_clock::now();
    const auto due = std::find_if(unknown.begin(), unknown.end(),
                                  [&](const auto& each) { return now >= each.second.look_due; });
    if (due == unknown.end()) return;
    const TopicIndex topic = due->first;
    const std::string& name = settings.input_topics[topic.value()];
    due->second.look_due = now + look_interval();
    const auto there = exists(client, name);
    if (there == true) {
        came_back(topic);
        return;
    }
    if (there != false || now - due->second.since < settings.unknown_topic_patience) return;
    const std::string time = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                                                settings.unknown_topic_patience)
                                                .count()) +
                             " s";
    const std::string read = progress->of(topic);
    failure = read.empty()
                  ? Failure{FailureKind::unavailable,
                            "input topic " + name + " has been unknown to the brokers for " + time}
                  : Failure{FailureKind::gap,
                            "input topic " + name + " has been unknown to the brokers for " + time +
                                " and must have been deleted; group " + settings.group_id +
                                " had read " + read +
                                ", and what came behind is gone. Take it out of topics.input, or "
                                "make it anew and start the program again"};
}

}  // namespace ceasewire::kafka
