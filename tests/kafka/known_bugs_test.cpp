/// The client's known bugs are told by its version, and by nothing else.

#include "kafka/known_bugs.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include "kafka/waits.h"

namespace ceasewire::kafka {
namespace {

constexpr std::uint32_t kBookworm = 0x020002ff;
constexpr std::uint32_t kTrixie = 0x020800ff;

std::set<std::string_view> names_of(std::uint32_t version) {
    std::set<std::string_view> names;
    for (const KnownBug& bug : known_bugs_of(version)) names.insert(bug.name);
    return names;
}

TEST(KnownBugs, AreThoseThatALaterVersionMended) {
    EXPECT_EQ(names_of(kBookworm).size(), all_known_bugs().size());
    EXPECT_TRUE(names_of(0x020100ff - 1).contains("batch_consume_skips"));
    EXPECT_FALSE(names_of(0x020100ff).contains("batch_consume_skips")) << "mended in 2.1.0";
    EXPECT_EQ(names_of(kTrixie), (std::set<std::string_view>{
                                     "commit_loses_assignment", "coordinator_search_stuck",
                                     "unknown_topic_for_a_moment", "first_record_late",
                                     "compression_dropped", "headers_freed_twice", "leave_crash",
                                     "silent_leave", "late_commit_wins", "waits_by_wall_clock"}));
    EXPECT_TRUE(names_of(0xffffffff).empty());
}

TEST(KnownBugs, EachHasANameAWordAndAGuardInTheOrderOfVersions) {
    const auto& bugs = all_known_bugs();
    EXPECT_TRUE(std::is_sorted(bugs.begin(), bugs.end(), [](const auto& left, const auto& right) {
        return left.mended_in < right.mended_in;
    }));
    for (const KnownBug& bug : bugs) {
        EXPECT_FALSE(bug.what.empty()) << bug.name;
        EXPECT_FALSE(bug.guard.empty()) << bug.name;
        EXPECT_EQ(static_cast<std::size_t>(bug.bug), static_cast<std::size_t>(&bug - bugs.data()))
            << bug.name << " has no row of its own";
        EXPECT_EQ(has(bug.bug), static_cast<std::uint32_t>(rd_kafka_version()) < bug.mended_in);
    }
    EXPECT_EQ(bugs.back().bug, Bug::waits_by_wall_clock) << "the last one has a row";
    EXPECT_EQ(version_text(kBookworm), "2.0.2");
    EXPECT_EQ(version_text(0x020e02ff), "2.14.2");
    EXPECT_EQ(version_text(kNotMended), "none");
}

/// Every one is guarded against in this program too; that the guard helps is for the real broker's
/// test of clocks to say (tests/broker/clock_test.cpp).
TEST(KnownBugs, TheClientsWaitsComeToUs) {
#ifndef __SANITIZE_THREAD__
    EXPECT_TRUE(waits_are_steady());
#endif
}

}  // namespace
}  // namespace ceasewire::kafka
