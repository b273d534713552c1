#include "kafka/known_bugs.h"

#include <algorithm>
#include <iterator>

#include <librdkafka/rdkafka.h>

namespace ceasewire::kafka {
namespace {

constexpr std::uint32_t version(std::uint32_t major, std::uint32_t minor, std::uint32_t revision) {
    return major << 24U | minor << 16U | revision << 8U | 0xffU;
}

}  // namespace

const std::vector<KnownBug>& all_known_bugs() {
    static const std::vector<KnownBug> kBugs = {
        {Bug::batch_consume_skips, "batch_consume_skips", version(2, 1, 0),
         "batch consume with pause or resume skips offsets", "the batch calls are never used"},
        {Bug::truncation_unseen, "truncation_unseen", version(2, 1, 0),
         "a log that was truncated and has grown again is not noticed",
         "a reset is an error, never silent; verify names what was passed over"},
        {Bug::lost_partition_blocks_close, "lost_partition_blocks_close", version(2, 1, 0),
         "a lost partition blocks close", "shutdown has a deadline"},
        {Bug::idle_client_looks_alive, "idle_client_looks_alive", version(2, 1, 0),
         "polling any queue makes a stalled consumer look alive",
         "a watchdog looks at progress instead"},
        {Bug::fetch_stall, "fetch_stall", version(2, 2, 0),
         "a full prefetch queue stalls fetching for a second", "a helper thread wakes the fetcher"},
        {Bug::tls_close_is_permanent, "tls_close_is_permanent", version(2, 2, 0),
         "an unclean close of an encrypted connection is taken for a permanent error",
         "a reset is an error, and requests are repeated"},
        {Bug::watermark_query_late, "watermark_query_late", version(2, 3, 0),
         "a watermark query runs past its time-out", "lag comes from cached marks"},
        {Bug::idempotent_producer_dies, "idempotent_producer_dies", version(2, 3, 0),
         "an idempotent producer may fail for good after a disconnect",
         "the process ends with 75 for its supervisor; exactly once, a new producer takes over"},
        {Bug::cooperative_close_crash, "cooperative_close_crash", version(2, 3, 0),
         "closing a cooperative consumer before its first assignment crashes",
         "such a consumer is not closed"},
        {Bug::resume_rewinds, "resume_rewinds", version(2, 4, 0),
         "resuming a partition that is not paused rewinds it", "only what was paused is resumed"},
        {Bug::close_waits_for_assignment, "close_waits_for_assignment", version(2, 4, 0),
         "an assignment during close hangs it", "shutdown has a deadline"},
        {Bug::long_client_id_crash, "long_client_id_crash", version(2, 5, 0),
         "long client ids crash", "they are refused"},
        {Bug::assignor_loop, "assignor_loop", version(2, 6, 1),
         "the cooperative assignor may loop for ever on the group's leader",
         "assignment = range is there"},
        {Bug::deleted_topic_blocks_destroy, "deleted_topic_blocks_destroy", version(2, 6, 1),
         "a topic deleted while it is consumed blocks destroy", "shutdown has a deadline"},
        {Bug::commit_loses_assignment, "commit_loses_assignment", version(2, 10, 0),
         "a commit during a rebalance may lose the assignment",
         "nothing is committed between revocations"},
        {Bug::coordinator_search_stuck, "coordinator_search_stuck", version(2, 10, 0),
         "a request stuck on a dead broker stops the search for a coordinator",
         "a watchdog gives the lane new clients"},
        {Bug::unknown_topic_for_a_moment, "unknown_topic_for_a_moment", version(2, 10, 0),
         "temporary metadata errors surface as unknown topics", "unknown topics are waited out"},
        {Bug::first_record_late, "first_record_late", version(2, 10, 1),
         "the first record may be late by a second", "topics are warmed up"},
        {Bug::compression_dropped, "compression_dropped", version(2, 11, 1),
         "compression may be dropped silently", "the log line is counted"},
        {Bug::headers_freed_twice, "headers_freed_twice", version(2, 12, 0),
         "headers are freed twice for a partition that does not exist",
         "partitions are never forced"},
        {Bug::leave_crash, "leave_crash", version(2, 14, 2),
         "leaving a group without a coordinator crashes", "offsets are committed before"},
        {Bug::silent_leave, "silent_leave", kNotMended,
         "a cooperative member without partitions is closed without leaving its group, which then "
         "waits for it until its session ends",
         "it unsubscribes first, which leaves"},
        {Bug::late_commit_wins, "late_commit_wins", kNotMended,
         "a commit that is repeated may come after a newer one and set the group back to its own "
         "offsets",
         "after trouble the group is asked, and what was set back is committed again"},
        {Bug::waits_by_wall_clock, "waits_by_wall_clock", kNotMended,
         "where the clock is set back, waits that have begun last as much longer",
         "the call that it waits by is ours and goes by the steady clock"},
    };
    return kBugs;
}

std::vector<KnownBug> known_bugs_of(std::uint32_t version) {
    std::vector<KnownBug> bugs;
    std::copy_if(all_known_bugs().begin(), all_known_bugs().end(), std::back_inserter(bugs),
                 [&](const KnownBug& bug) { return version < bug.mended_in; });
    return bugs;
}

std::vector<KnownBug> known_bugs() {
    return known_bugs_of(static_cast<std::uint32_t>(rd_kafka_version()));
}

bool has(Bug bug) {
    const auto found = std::find_if(all_known_bugs().begin(), all_known_bugs().end(),
                                    [&](const KnownBug& known) { return known.bug == bug; });
    return static_cast<std::uint32_t>(rd_kafka_version()) < found->mended_in;
}

std::string version_text(std::uint32_t version) {
    if (version == kNotMended) return "none";
    return std::to_string(version >> 24U) + "." + std::to_string(version >> 16U & 0xffU) + "." +
           std::to_string(version >> 8U & 0xffU);
}

}  // namespace ceasewire::kafka
