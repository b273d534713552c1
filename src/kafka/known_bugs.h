#pragma once
/// Known defects of librdkafka, one place for all: which the client that runs has, the version that
/// mended each, and what stands against it. A guard in the code asks has(), or names its Bug where
/// it costs nothing and so always stands.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ceasewire::kafka {

enum class Bug : std::uint8_t {
    batch_consume_skips,
    truncation_unseen,
    lost_partition_blocks_close,
    idle_client_looks_alive,
    fetch_stall,
    tls_close_is_permanent,
    watermark_query_late,
    idempotent_producer_dies,
    cooperative_close_crash,
    resume_rewinds,
    close_waits_for_assignment,
    long_client_id_crash,
    assignor_loop,
    deleted_topic_blocks_destroy,
    commit_loses_assignment,
    coordinator_search_stuck,
    unknown_topic_for_a_moment,
    first_record_late,
    compression_dropped,
    headers_freed_twice,
    leave_crash,
    silent_leave,
    late_commit_wins,
    waits_by_wall_clock,
};

/// Of a bug that no version has mended.
constexpr std::uint32_t kNotMended = 0xffffffff;

struct KnownBug {
    Bug bug{};
    std::string_view name;        ///< as in the metrics
    std::uint32_t mended_in = 0;  ///< as rd_kafka_version() says it, or kNotMended
    std::string_view what;
    std::string_view guard;
};

/// All of them, by the version that mended them.
[[nodiscard]] const std::vector<KnownBug>& all_known_bugs();
/// Those of a client of this version, as rd_kafka_version() says it.
[[nodiscard]] std::vector<KnownBug> known_bugs_of(std::uint32_t version);
/// Those of the client that runs.
[[nodiscard]] std::vector<KnownBug> known_bugs();
/// Whether the client that runs has it. A comparison of numbers.
[[nodiscard]] bool has(Bug bug);
/// "2.1.0", of a version as rd_kafka_version() says it; "none" of kNotMended.
[[nodiscard]] std::string version_text(std::uint32_t version);

}  // namespace ceasewire::kafka
