#pragma once
/// What has to be true before lanes start: brokers that answer, topics that exist.

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/failure.h"
#include "stream/observer.h"

namespace ceasewire::kafka {

struct ClusterFacts {
    std::size_t input_partitions = 0;  ///< of all input topics
    /// Settings::begun_at_end. Asked for with StartFrom::latest only, else empty.
    std::vector<std::size_t> begun_at_end;
    std::optional<std::size_t>
        output_message_bytes_max;  ///< the topic's max.message.bytes, where the broker tells
};

/// Waits for the brokers (at most start_wait, saying so once a minute), checks that the topics
/// exist or makes them, and reads their limits.
///
/// Fails with unavailable (brokers, missing topics), denied, or config. Returns no facts when
/// `stop` is set meanwhile.
[[nodiscard]] Expected<std::optional<ClusterFacts>, stream::Failure> connect(
    const Settings& settings, stream::Observer& observer, const std::atomic<bool>& stop);

/// Whether a broker answers a new client within seconds. Blocks that long.
[[nodiscard]] bool brokers_answer(const Settings& settings);

/// "2.0.2", the client library that runs.
[[nodiscard]] std::string client_version();

/// Nothing when the settings make sense together; else one line on what is wrong.
[[nodiscard]] std::optional<std::string> what_is_wrong(const Settings& settings);

/// Bytes that one lane's clients may hold: prefetched, being fetched, waiting to be sent.
[[nodiscard]] std::uint64_t lane_memory_bytes(const Settings& settings);

}  // namespace ceasewire::kafka
