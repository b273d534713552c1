#include "kafka/kick.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "kafka/client.h"

namespace ceasewire::kafka {
namespace {

constexpr int kQueryTimeoutMs = 1'000;
constexpr int kMetadataTimeoutMs = 2'000;
constexpr std::chrono::seconds kLeadersFor{60};

using Watched = std::vector<std::shared_ptr<const FetchedPartition>>;

/// One partition for every broker that leads any: a kick wakes one broker's thread.
Watched one_per_leader(rd_kafka_t* client, const Watched& watched) {
    const rd_kafka_metadata_t* metadata = nullptr;
    if (watched.empty() || rd_kafka_metadata(client, 0, nullptr, &metadata, kMetadataTimeoutMs) !=
                               RD_KAFKA_RESP_ERR_NO_ERROR) {
        return watched;
    }
    Watched chosen;
    std::set<std::int32_t> leaders;
    for (const auto& partition : watched) {
        for (int t = 0; t < metadata->topic_cnt; ++t) {
            const auto& topic = metadata->topics[t];
            if (partition->topic != topic.topic) continue;
            for (int p = 0; p < topic.partition_cnt; ++p) {
                if (topic.partitions[p].id == partition->partition &&
                    leaders.insert(topic.partitions[p].leader).second) {
                    chosen.push_back(partition);
                }
            }
        }
    }
    rd_kafka_metadata_destroy(metadata);
    return chosen.empty() ? watched : chosen;
}

}  // namespace

struct FetchKick::State {
    rd_kafka_t* client = nullptr;
    std::chrono::milliseconds interval{5};
    std::size_t queue_bytes_max = 0;
    stream::Cell* kicks = nullptr;

    std::mutex mutex;
    std::condition_variable changed;
    bool stop = false;
    bool ended = false;
    bool fresh = false;  ///< watched has changed
    Watched watched;
    std::atomic<std::size_t> mean_bytes{1};

    /// Messages that the brokers have and we have not prefetched. Cached marks only: they come with
    /// every fetch.
    [[nodiscard]] bool wants(const Watched& partitions, std::size_t queued) const {
        if (queued * mean_bytes.load(std::memory_order_relaxed) * 2 >= queue_bytes_max)
            return false;
        std::int64_t backlog = 0;
        for (const auto& partition : partitions) {
            std::int64_t low = 0;
            std::int64_t high = 0;
            if (rd_kafka_get_watermark_offsets(client, partition->topic.c_str(),
                                               partition->partition, &low,
                                               &high) != RD_KAFKA_RESP_ERR_NO_ERROR) {
                continue;
            }
            const auto next = partition->next.get();
            if (next >= 0 && high > next) backlog += high - next;
        }
        return backlog > static_cast<std::int64_t>(queued);
    }

    void run() {
        const Queue queue(rd_kafka_queue_get_consumer(client), rd_kafka_queue_destroy);
        Watched partitions;
        Watched leaders;
        auto leaders_until = std::chrono::steady_clock::time_point{};
        std::unique_lock lock(mutex);
        while (!stop) {
            changed.wait_for(lock, interval, [&] { return stop; });
            if (stop) break;
            const bool moved = fresh;
            fresh = false;
            if (moved) partitions = watched;
            lock.unlock();
            const auto now = std::chrono::steady_clock::now();
            if (wants(partitions, rd_kafka_queue_length(queue.get()))) {
                if (moved || now >= leaders_until) {
                    leaders = one_per_leader(client, partitions);
                    leaders_until = now + kLeadersFor;
                }
                for (const auto& partition : leaders) {
                    std::int64_t low = 0;
                    std::int64_t high = 0;
                    (void)rd_kafka_query_watermark_offsets(client, partition->topic.c_str(),
                                                           partition->partition, &low, &high,
                                                           kQueryTimeoutMs);
                    kicks->add();
                }
            } else if (moved) {
                leaders_until = {};
            }
            lock.lock();
        }
        ended = true;
        changed.notify_all();
    }
};

FetchKick::FetchKick(rd_kafka_t* consumer, std::chrono::milliseconds interval,
                     std::size_t queue_bytes_max, stream::Cell& kicks)
    : state_(std::make_shared<State>()) {
    state_->client = consumer;
    state_->interval = interval;
    state_->queue_bytes_max = queue_bytes_max;
    state_->kicks = &kicks;
    std::thread([state = state_] { state->run(); }).detach();
}

FetchKick::~FetchKick() { stop(std::chrono::milliseconds(kQueryTimeoutMs + kMetadataTimeoutMs)); }

void FetchKick::watch(std::vector<std::shared_ptr<const FetchedPartition>> partitions) {
    const std::lock_guard lock(state_->mutex);
    state_->watched = std::move(partitions);
    state_->fresh = true;
}

void FetchKick::message_bytes(std::size_t mean) {
    state_->mean_bytes.store(mean, std::memory_order_relaxed);
}

bool FetchKick::stop(std::chrono::milliseconds timeout) {
    std::unique_lock lock(state_->mutex);
    state_->stop = true;
    state_->changed.notify_all();
    return state_->changed.wait_for(lock, timeout, [&] { return state_->ended; });
}

}  // namespace ceasewire::kafka
