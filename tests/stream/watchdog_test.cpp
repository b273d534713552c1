#include "stream/watchdog.h"

#include <memory>

#include <gtest/gtest.h>

#include "stream/counters.h"

namespace ceasewire::stream {
namespace {

using namespace std::chrono_literals;

/// A clock that is moved by hand, and brokers that may be away.
struct Kennel {
    Watchdog::Time now{1h};
    Watchdog dog{now, 60s};
    bool reachable = true;
    int asked = 0;
    Advice after(std::chrono::milliseconds time, const Pulse& pulse) {
        now += time;
        return dog.look(now, pulse, [this] {
            ++asked;
            return reachable;
        });
    }
};

TEST(Watchdog, NothingToDoIsNoStall) {
    Kennel kennel;
    EXPECT_EQ(kennel.after(10h, {false, 5, 0, 0}), Advice::none);
    EXPECT_EQ(kennel.after(59s, {true, 5, 0, 0}), Advice::none);
    EXPECT_EQ(kennel.asked, 0);
}

TEST(Watchdog, WorkWithoutMovementIsRebuiltOnceAndThenEnds) {
    Kennel kennel;
    EXPECT_EQ(kennel.after(1s, {true, 5, 0, 0}), Advice::none);
    EXPECT_EQ(kennel.after(60s - 1ms, {true, 5, 0, 0}), Advice::none);
    EXPECT_EQ(kennel.after(1ms, {true, 5, 0, 0}), Advice::rebuild);
    EXPECT_EQ(kennel.after(29s, {true, 5, 0, 0}), Advice::none);
    EXPECT_FALSE(kennel.dog.near_end());
    EXPECT_EQ(kennel.after(1s, {true, 5, 0, 0}), Advice::none);
    EXPECT_TRUE(kennel.dog.near_end()) << "the probe turns before the end";
    EXPECT_EQ(kennel.after(30s, {true, 5, 0, 0}), Advice::end);
}

TEST(Watchdog, MovementIsEnough) {
    Kennel kennel;
    for (std::uint64_t moved = 1; moved < 100; ++moved)
        EXPECT_EQ(kennel.after(59s, {true, moved, 0, 0}), Advice::none);
}

TEST(Watchdog, OutputsWithoutACommitAreAStall) {
    Kennel kennel;
    EXPECT_EQ(kennel.after(1s, {false, 1, 1, 1}), Advice::none);
    EXPECT_EQ(kennel.after(90s, {false, 1, 1, 1}), Advice::none) << "all committed";
    EXPECT_EQ(kennel.after(30s, {true, 2, 2, 1}), Advice::none);
    EXPECT_EQ(kennel.after(30s, {true, 3, 3, 1}), Advice::rebuild) << "moves, but commits nothing";
}

TEST(Watchdog, BrokersThatAreAwayAreNoStall) {
    Kennel kennel;
    kennel.reachable = false;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(kennel.after(60s, {true, 1, 0, 0}), Advice::none);
        EXPECT_FALSE(kennel.dog.near_end());
    }
    EXPECT_GE(kennel.asked, 10);
    kennel.reachable = true;
    EXPECT_EQ(kennel.after(59s, {true, 1, 0, 0}), Advice::none) << "they have a whole limit";
    EXPECT_EQ(kennel.after(1s, {true, 1, 0, 0}), Advice::rebuild);
}

TEST(Watchdog, ARebuildingIsForgottenInTime) {
    Kennel kennel;
    EXPECT_EQ(kennel.after(60s, {true, 0, 0, 0}), Advice::rebuild);
    for (std::uint64_t moved = 1; moved <= 12; ++moved)
        EXPECT_EQ(kennel.after(30s, {true, moved, 0, 0}), Advice::none);
    EXPECT_EQ(kennel.after(60s, {true, 12, 0, 0}), Advice::rebuild);
}

TEST(Watchdog, MayBeOff) {
    Watchdog off(Watchdog::Time(1h), 0ms);
    EXPECT_EQ(off.look(Watchdog::Time(100h), {true, 0, 0, 0}, [] { return true; }), Advice::none);
}

TEST(Watchdog, ReadsALane) {
    const Watchdog::Time now{1h};
    LaneCounters lane;
    EXPECT_TRUE(pulse_of(lane, now, 60s).work) << "not in its group";
    lane.joined.set(1);
    lane.heartbeat_ms.set(3'600'000 - 30'000);
    EXPECT_FALSE(pulse_of(lane, now, 60s).work);
    EXPECT_TRUE(pulse_of(lane, now + 1ms, 60s).work) << "does not come round";
    lane.in_flight.set(1);
    EXPECT_TRUE(pulse_of(lane, now, 60s).work);
    lane.in_flight.set(0);
    const auto cells = std::make_shared<PartitionCells>();
    lane.set_partitions({cells});
    cells->end.set(10);
    EXPECT_FALSE(pulse_of(lane, now, 60s).work) << "it is not known where it stands";
    cells->position.set(9);
    EXPECT_TRUE(pulse_of(lane, now, 60s).work);
    lane.halted.set(1);
    EXPECT_FALSE(pulse_of(lane, now, 60s).work) << "it stands still on purpose";
    lane.produced.add();
    lane.dead_lettered[Reason::bad_json].add();
    lane.consumed.add();
    lane.commits_ok.add();
    lane.rebalances[Rebalance::assign].add();
    const Pulse pulse = pulse_of(lane, now, 60s);
    EXPECT_EQ(pulse.settled, 2U);
    EXPECT_EQ(pulse.moved, 4U);
    EXPECT_EQ(pulse.commits, 2U);
}

}  // namespace
}  // namespace ceasewire::stream
