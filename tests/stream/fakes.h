#pragma once
/// A broker in a page: an input log, an output log, and what may go wrong on a broker's side. One
/// thread, no clock.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stream/flight.h"
#include "stream/sink.h"
#include "stream/source.h"

namespace ceasewire::stream::fake {

struct Input {
    std::optional<std::string> key;
    std::optional<std::string> value;
};

struct Written {
    Destination to = Destination::records;
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::map<std::string, std::string> headers;
    std::string source;  ///< topic/partition/offset
};

/// What outlives lanes: the logs and the committed offsets.
struct World {
    std::map<TopicPartition, std::vector<Input>> input;
    std::vector<Written> output;
    std::set<std::string> written_sources;
    std::map<TopicPartition, NextOffset> committed;

    [[nodiscard]] std::size_t inputs() const {
        std::size_t count = 0;
        for (const auto& [partition, messages] : input) count += messages.size();
        return count;
    }
    static std::string source(TopicPartition partition, std::int64_t offset) {
        return "news/" + std::to_string(partition.partition.value()) + "/" + std::to_string(offset);
    }
    /// The promise: everything before a resume point has its output.
    void expect_covered(TopicPartition partition, NextOffset next) const {
        for (std::int64_t offset = 0; offset < next.value(); ++offset) {
            ASSERT_TRUE(written_sources.contains(source(partition, offset)))
                << "resume point " << next.value() << " of partition "
                << partition.partition.value() << " overtakes offset " << offset;
        }
    }
    void write(Written written) {
        written_sources.insert(written.source);
        output.push_back(std::move(written));
    }
    void commit(const ResumePoint& point) {
        expect_covered(point.partition, point.next);
        committed[point.partition] = point.next;
    }
};

class Source final : public stream::Source {
public:
    explicit Source(World& world) : world_(world) {}

    std::function<void(Source&, RebalanceListener&)> before_take = [](Source&, RebalanceListener&) {
    };
    std::optional<Failure> failure;
    int takes = 0;
    int pauses = 0;
    bool closed = false;
    bool commits_fail = false;
    bool stores_wait = false;  ///< what is stored is not committed until commit_stored()
    std::map<TopicPartition, NextOffset> markers;  ///< what take() need not hand out before

    void assign(const std::vector<TopicPartition>& partitions, RebalanceListener& listener) {
        for (const TopicPartition partition : partitions) {
            const auto committed = world_.committed.find(partition);
            next_[partition] = committed == world_.committed.end() ? 0 : committed->second.value();
        }
        listener.assigned(partitions);
    }
    void revoke(const std::vector<TopicPartition>& partitions, RebalanceListener& listener) {
        listener.revoking(partitions);
        for (const TopicPartition partition : partitions) next_.erase(partition);
    }
    void lose(const std::vector<TopicPartition>& partitions, RebalanceListener& listener) {
        for (const TopicPartition partition : partitions) next_.erase(partition);
        listener.lost(partitions);
    }
    void rewind(TopicPartition partition, std::int64_t offset) { next_[partition] = offset; }
    [[nodiscard]] bool exhausted() const {
        for (const auto& [partition, next] : next_) {
            if (next < static_cast<std::int64_t>(world_.input.at(partition).size())) return false;
        }
        return true;
    }

    Expected<Nothing, Failure> take(std::vector<Message>& out, std::size_t count,
                                    std::chrono::milliseconds /*wait*/,
                                    RebalanceListener& listener) override {
        ++takes;
        before_take(*this, listener);
        if (failure) return Unexpected(*failure);
        std::size_t taken = 0;
        for (auto& [partition, next] : next_) {
            const auto& log = world_.input.at(partition);
            while (!paused_ && taken < count && next < static_cast<std::int64_t>(log.size())) {
                const Input& input = log[static_cast<std::size_t>(next)];
                Message& message = out.emplace_back();
                message.from = partition;
                message.offset = Offset(next);
                message.topic = "news";
                if (input.key) message.key = *input.key;
                if (input.value) message.value = *input.value;
                ++next;
                ++taken;
            }
        }
        return Nothing{};
    }
    void store(std::span<const ResumePoint> points) override {
        for (const ResumePoint& point : points) {
            if (!next_.contains(point.partition)) continue;
            if (stores_wait) {
                stored_.insert_or_assign(point.partition, point.next);
            } else {
                world_.commit(point);
            }
        }
    }
    void commit_stored() {
        for (const auto& [partition, next] : std::exchange(stored_, {}))
            world_.commit({partition, next});
    }
    [[nodiscard]] std::optional<NextOffset> heard_committed(
        TopicPartition partition) const override {
        const auto found = world_.committed.find(partition);
        return found == world_.committed.end() ? std::nullopt : std::optional(found->second);
    }
    bool commit(std::span<const ResumePoint> points) override {
        if (commits_fail) return false;
        store(points);
        return true;
    }
    void pause(bool paused) override {
        paused_ = paused;
        pauses += paused ? 1 : 0;
    }
    [[nodiscard]] std::string_view topic(TopicIndex /*index*/) const override { return "news"; }
    [[nodiscard]] bool joined() const override { return true; }
    [[nodiscard]] std::optional<NextOffset> end_offset(TopicPartition partition) const override {
        return NextOffset(static_cast<std::int64_t>(world_.input.at(partition).size()));
    }
    [[nodiscard]] std::optional<NextOffset> reached(TopicPartition partition) const override {
        const auto found = markers.find(partition);
        return found == markers.end() ? std::nullopt : std::optional(found->second);
    }
    void attend(std::chrono::milliseconds /*wait*/, RebalanceListener& /*listener*/) override {}
    bool close(std::chrono::milliseconds /*timeout*/, RebalanceListener& listener) override {
        closed = true;
        std::vector<TopicPartition> all;
        for (const auto& [partition, next] : next_) all.push_back(partition);
        if (!all.empty()) revoke(all, listener);
        return true;
    }

private:
    World& world_;
    std::map<TopicPartition, std::int64_t> next_;
    std::map<TopicPartition, NextOffset> stored_;
    bool paused_ = false;
};

class Sink final : public stream::Sink {
public:
    explicit Sink(World& world) : world_(world) {}

    std::size_t room = 1'000;                ///< outputs that fit in the queue
    std::size_t batch = 10;                  ///< outputs that a broker judges together
    std::size_t record_bytes_max = 1 << 20;  ///< of a batch's largest value
    std::size_t dead_letter_bytes_max = 1 << 20;
    std::optional<DeliveryError> next_error;   ///< for the next delivery only
    Publish next_publish = Publish::accepted;  ///< for the next publish only
    std::optional<Failure> failure;
    bool stalled = false;
    std::function<void()> before_poll = [] {};
    std::vector<Written>* transaction = nullptr;  ///< where outputs go instead of the world
    void purge() { queue_.clear(); }

    struct Queued {
        Output output;
        Flight* flight = nullptr;
        std::map<std::string, std::string> headers;
        std::optional<std::string> key;
    };

    Publish publish(const Output& output, Flight* flight) override {
        if (next_publish != Publish::accepted)
            return std::exchange(next_publish, Publish::accepted);
        if (queue_.size() >= room) return Publish::full;
        Queued queued{output, flight, {}, std::nullopt};
        for (const Header& header : output.headers)
            queued.headers[std::string(header.name)] = header.value.value_or("(null)");
        if (output.key) queued.key = std::string(*output.key);
        queue_.push_back(std::move(queued));
        return Publish::accepted;
    }

    Expected<Nothing, Failure> poll(std::chrono::milliseconds /*wait*/, bool /*hurry*/,
                                    std::vector<Delivery>& out) override {
        before_poll();
        if (failure) return Unexpected(*failure);
        if (stalled) return Nothing{};
        // One batch: consecutive outputs for one topic, taken or refused together.
        std::vector<Queued> together;
        while (!queue_.empty() && together.size() < batch &&
               (together.empty() || queue_.front().output.to == together.front().output.to)) {
            together.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        std::optional<DeliveryError> error;
        if (!together.empty()) error = std::exchange(next_error, std::nullopt);
        for (const Queued& queued : together) {
            const std::size_t limit =
                queued.output.to == Destination::records ? record_bytes_max : dead_letter_bytes_max;
            if (queued.output.value && queued.output.value->size() > limit)
                error = DeliveryError::too_large;
        }
        for (Queued& queued : together) {
            if (!error) {
                // The bytes are read now and not when they were handed over: a sink does not copy
                // them.
                Written written{queued.output.to, queued.key, std::nullopt, queued.headers,
                                queued.headers["ceasewire-source"]};
                if (queued.output.value) written.value = std::string(*queued.output.value);
                if (transaction != nullptr) {
                    transaction->push_back(std::move(written));
                } else {
                    world_.write(std::move(written));
                }
            }
            out.push_back({queued.flight, error, error ? "said the fake" : ""});
        }
        return Nothing{};
    }
    bool close(std::chrono::milliseconds /*timeout*/) override { return true; }
    [[nodiscard]] bool idle() const { return queue_.empty(); }
    [[nodiscard]] const Queued* front() const { return queue_.empty() ? nullptr : &queue_.front(); }

private:
    World& world_;
    std::deque<Queued> queue_;
};

}  // namespace ceasewire::stream::fake
