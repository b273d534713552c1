#pragma once
/// The inside of a KafkaSource, for the files that make it up: source.cpp is the everyday,
/// source_gaps.cpp what happens where offsets of the input are gone.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/client.h"
#include "kafka/kick.h"
#include "kafka/known_bugs.h"
#include "kafka/progress.h"
#include "kafka/source.h"

namespace ceasewire::kafka {

struct KafkaSource::State {
    using TopicPartition = stream::TopicPartition;
    using TopicIndex = stream::TopicIndex;
    using Message = stream::Message;
    using steady_clock = std::chrono::steady_clock;

    State(const Settings& settings_, stream::Observer& observer, stream::LaneCounters& counters_,
          std::size_t lane, std::shared_ptr<Progress> progress_)
        : settings(settings_),
          counters(counters_),
          progress(std::move(progress_)),
          voice(observer, &counters_, "consumer " + std::to_string(lane)) {}

    const Settings settings;
    stream::LaneCounters& counters;
    Heard heard;
    const std::shared_ptr<Progress> progress;  ///< of all lanes
    Voice voice;
    rd_kafka_t* client = nullptr;
    std::unique_ptr<FetchKick> kick;

    stream::RebalanceListener* listener = nullptr;  ///< within take() and close() only
    std::map<TopicPartition, std::shared_ptr<FetchedPartition>> assigned;
    std::map<TopicPartition, std::int64_t> starts;         ///< where reading these began
    std::map<TopicPartition, stream::NextOffset> reached;  ///< the end, and nothing came since
    std::set<TopicPartition> paused;
    /// When to ask what the group has committed: after commits that failed or came late.
    std::optional<steady_clock::time_point> check_commits_due;
    std::optional<stream::Failure> failure;
    std::vector<Message> held;  ///< came while nothing was wanted
    steady_clock::time_point idle_poll_due{};

    /// A partition whose next offset is gone. Dealt with when all that came before is with the
    /// lane.
    struct Broken {
        TopicPartition partition;
        std::int64_t offset = 0;
        bool recreated = false;  ///< known already
        int tries = 0;
    };
    std::deque<Broken> broken;
    steady_clock::time_point broken_due{};
    std::set<TopicPartition> renumbered;  ///< of topics made anew: our offsets mean nothing there
    /// A topic that the brokers say they do not know.
    struct Unknown {
        steady_clock::time_point since;
        steady_clock::time_point look_due;
    };
    std::map<TopicIndex, Unknown> unknown;

    double mean_bytes = 1'024;
    steady_clock::time_point polled = steady_clock::now();  ///< the end of the last take()
    bool ever_assigned = false;

    [[nodiscard]] std::optional<TopicIndex> index_of(std::string_view topic) const {
        const auto found =
            std::find(settings.input_topics.begin(), settings.input_topics.end(), topic);
        if (found == settings.input_topics.end()) return std::nullopt;
        return TopicIndex(static_cast<std::uint32_t>(found - settings.input_topics.begin()));
    }
    [[nodiscard]] std::vector<TopicPartition> keys(
        const rd_kafka_topic_partition_list_t& list) const {
        std::vector<TopicPartition> keys;
        for (int i = 0; i < list.cnt; ++i) {
            if (const auto index = index_of(list.elems[i].topic))
                keys.push_back({*index, stream::Partition(list.elems[i].partition)});
        }
        return keys;
    }
    /// Adds a partition, with an offset, to a list for the client.
    void add(rd_kafka_topic_partition_list_t& list, TopicPartition partition,
             std::int64_t offset) const {
        rd_kafka_topic_partition_list_add(&list,
                                          settings.input_topics[partition.topic.value()].c_str(),
                                          partition.partition.value())
            ->offset = offset;
    }
    [[nodiscard]] TopicList list_of(TopicPartition partition, std::int64_t offset) const {
        TopicList list = new_topic_list(1);
        add(*list, partition, offset);
        return list;
    }
    [[nodiscard]] TopicList list_of(std::span<const stream::ResumePoint> points) {
        TopicList list = new_topic_list(static_cast<int>(points.size()));
        for (const stream::ResumePoint& point : points) {
            if (may_commit(point.partition)) add(*list, point.partition, point.next.value());
        }
        return list;
    }
    /// We were away for so long that the group has put us out. The client tells that, but not where
    /// a rebalance was under way: then it keeps a partition that others have had meanwhile (2.0.2),
    /// and what is in hand of it would come twice. At least once that may happen.
    [[nodiscard]] bool overslept() const {
        return settings.delivery == Delivery::exactly_once &&
               steady_clock::now() - polled >
                   std::max(settings.max_poll_interval, settings.session_timeout);
    }
    [[nodiscard]] std::string name_of(TopicPartition partition) const {
        return settings.input_topics[partition.topic.value()] + "/" +
               std::to_string(partition.partition.value());
    }
    /// Between joining its group and its first assignment a cooperative consumer cannot be
    /// destroyed (Bug::cooperative_close_crash): librdkafka asserts in
    /// rd_kafka_sticky_assignor_state_destroy, since the answer to JoinGroup chooses the assignor
    /// and only the one to SyncGroup gives it a state. Nothing tells for certain whether we have
    /// joined (a member's name comes, and is lost with the membership, between two looks), so
    /// before its first assignment none is destroyed.
    [[nodiscard]] bool indestructible() const {
        return has(Bug::cooperative_close_crash) && !ever_assigned &&
               settings.assignment == Assignment::cooperative_sticky;
    }
    /// Whether partitions are taken and given up a few at a time, or all at once.
    [[nodiscard]] bool cooperative() const;
    void watch() {
        if (!kick) return;
        std::vector<std::shared_ptr<const FetchedPartition>> watched;
        for (const auto& [key, partition] : assigned) watched.push_back(partition);
        kick->watch(std::move(watched));
    }

    void rebalance(rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t& partitions);
    void assign(rd_kafka_topic_partition_list_t& partitions);
    void revoke(rd_kafka_topic_partition_list_t& partitions);
    bool find_start(rd_kafka_topic_partition_list_t& partitions);
    void take_over(const std::vector<TopicPartition>& partitions);
    void forget_stored(const std::vector<TopicPartition>& partitions) const;
    void let_go(const std::vector<TopicPartition>& partitions);
    void accept(rd_kafka_message_t* from, std::vector<Message>& out);
    void error_event(const rd_kafka_message_t& event);
    void committed(rd_kafka_resp_err_t code, const rd_kafka_topic_partition_list_t* offsets);
    bool commit(rd_kafka_topic_partition_list_t& list);
    /// When what is underway has come: two intervals, and the client's pauses before it repeats.
    void check_commits_soon() {
        if (settings.delivery == Delivery::at_least_once)
            check_commits_due =
                steady_clock::now() + 2 * settings.commit_interval + std::chrono::seconds(2);
    }
    void check_commits();

    // Offsets that are gone (source_gaps.cpp). These ask the brokers and wait for the answers.
    struct Ends {
        std::int64_t low = 0;
        std::int64_t high = 0;
    };
    [[nodiscard]] std::optional<Ends> ends_of(TopicPartition partition);
    [[nodiscard]] bool forgotten(TopicPartition partition);
    [[nodiscard]] bool may_commit(TopicPartition partition);
    bool begin_new(rd_kafka_topic_partition_t& element, TopicPartition partition);
    bool begin_again(rd_kafka_topic_partition_t& element, TopicPartition partition);
    bool note_start(TopicPartition partition, std::int64_t offset);
    void bridge();
    void made_anew(TopicPartition partition, std::int64_t read, std::int64_t low);
    void gap(stream::Gap kind, TopicPartition partition, std::uint64_t missing, std::int64_t next,
             const std::string& what, const std::string& advice);
    void reassign(TopicPartition partition, std::optional<std::int64_t> offset);
    void unknown_topic(TopicIndex topic, const char* text);
    [[nodiscard]] std::chrono::milliseconds look_interval() const;
    void came_back(TopicIndex topic);
    void look_for_unknown();
    [[nodiscard]] bool is_broken(TopicPartition partition) const;
};

}  // namespace ceasewire::kafka
