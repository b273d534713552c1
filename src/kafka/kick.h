#pragma once
/// Wakes a stalled fetch (Bug::fetch_stall). librdkafka < 2.2.0 puts a broker's thread to sleep for
/// up to a second when the prefetch queue is full, and draining the queue does not wake it: under a
/// backlog throughput falls to a quarter. Any request to that broker enqueues an operation, the
/// thread wakes and looks again; a watermark query is the cheapest one that is public.

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include <librdkafka/rdkafka.h>

#include "stream/counters.h"

namespace ceasewire::kafka {

/// What the kick has to know of an assigned partition. `next` is written by the lane.
struct FetchedPartition {
    std::string topic;
    std::int32_t partition = 0;
    stream::SignedCell
        next;  ///< offset of the message that the lane will see next; -1 before the first
};

class FetchKick {
public:
    /// Starts the helper thread. Kicks at most once per `interval`, and only while the brokers have
    /// messages that are not prefetched and fewer than half of `queue_bytes_max` are waiting.
    FetchKick(rd_kafka_t* consumer, std::chrono::milliseconds interval, std::size_t queue_bytes_max,
              stream::Cell& kicks);
    ~FetchKick();
    FetchKick(const FetchKick&) = delete;
    FetchKick& operator=(const FetchKick&) = delete;

    void watch(std::vector<std::shared_ptr<const FetchedPartition>> partitions);
    /// Mean size of messages, as the lane sees them.
    void message_bytes(std::size_t mean);

    /// False when the thread is stuck in the client (a watermark query may outlast its time-out
    /// before 2.3.0).
    bool stop(std::chrono::milliseconds timeout);

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the thread, which may outlive us when stuck
};

}  // namespace ceasewire::kafka
