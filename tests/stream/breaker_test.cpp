#include "stream/breaker.h"

#include <gtest/gtest.h>

#include "stream/rig.h"

namespace ceasewire::stream {
namespace {

using namespace std::chrono_literals;

constexpr BreakerSettings kHalfOfHundred{50, 100, 10s, 60s};

/// A clock that is moved by hand.
struct Hand {
    Breaker::Time now{1h};
    Breaker breaker{kHalfOfHundred};
    bool note(std::uint64_t messages, std::uint64_t dead) {
        return breaker.note(now, messages, dead);
    }
};

TEST(Breaker, OpensAboveTheShareOnly) {
    Hand hand;
    EXPECT_FALSE(hand.note(100, 50));
    EXPECT_FALSE(hand.breaker.open());
    EXPECT_TRUE(hand.note(1, 1));
    EXPECT_TRUE(hand.breaker.open());
    EXPECT_FALSE(hand.note(100, 100)) << "opened once";
}

TEST(Breaker, AFewBadOnesMeanNothing) {
    Hand hand;
    EXPECT_FALSE(hand.note(99, 99));
    EXPECT_TRUE(hand.note(1, 0));
}

TEST(Breaker, ForgetsWhatIsOlderThanItsWindow) {
    Hand hand;
    EXPECT_FALSE(hand.note(99, 99));
    hand.now += 10s;
    EXPECT_FALSE(hand.note(99, 0));
    hand.now += 5s;
    EXPECT_FALSE(hand.note(90, 90)) << "90 of 189";
    hand.now += 5s;
    EXPECT_FALSE(hand.note(9, 9)) << "the good ones are forgotten, 99 are too few";
    EXPECT_TRUE(hand.note(1, 1));
}

TEST(Breaker, ClosesAfterTheQuietTimeAndStartsAfresh) {
    Hand hand;
    EXPECT_TRUE(hand.note(100, 100));
    hand.now += 60s - 1ms;
    EXPECT_FALSE(hand.breaker.close_if_quiet(hand.now));
    hand.now += 1ms;
    EXPECT_TRUE(hand.breaker.close_if_quiet(hand.now));
    EXPECT_FALSE(hand.breaker.open());
    EXPECT_FALSE(hand.note(99, 99));
    EXPECT_TRUE(hand.note(1, 1));
}

TEST(Breaker, MayBeOff) {
    Breaker off(BreakerSettings{0, 1, 10s, 60s});
    EXPECT_FALSE(off.note(Breaker::Time(1h), 1'000'000, 1'000'000));
}

/// In the lane: the flood stops near the limit, the group is still answered, and after the quiet
/// time the rest comes.
TEST(Breaker, HaltsALaneAndLetsItGoOn) {
    fake::World world;
    for (int i = 0; i < 400; ++i) world.input[fake::kFirst].push_back({"k", "no article"});
    fake::Rig rig(world);
    auto now = std::chrono::steady_clock::time_point(1h);
    rig.settings.batch_records_max = 10;
    rig.settings.breaker = kHalfOfHundred;
    rig.settings.breaker_clock = [&now] { return now; };
    int halted_takes = 0;
    std::size_t taken_when_halted = 0;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (rig.counters.halted.get() == 0) return;
        if (++halted_takes == 1) taken_when_halted = rig.counters.consumed.get();
        EXPECT_EQ(rig.counters.consumed.get() % 100, 0U);
        if (halted_takes % 20 == 7) {  // what comes while halted is paused too
            self.revoke({fake::kFirst}, listener);
            self.assign({fake::kFirst}, listener);
        }
        if (halted_takes % 20 == 0) now += 60s;
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_EQ(taken_when_halted, 100U);
    EXPECT_GE(halted_takes, 60);
    EXPECT_EQ(rig.counters.halts.get(), 4U);
    EXPECT_EQ(rig.counters.consumed.get(), 400U);
    fake::expect_accounted(world);
    EXPECT_THAT(rig.observer.lines,
                testing::Contains(testing::HasSubstr("more than 50 % of the input")).Times(4));
}

}  // namespace
}  // namespace ceasewire::stream
