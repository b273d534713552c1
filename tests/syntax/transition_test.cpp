#include "syntax/transition.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace ceasewire::syntax {
namespace {

constexpr auto kRelation = static_cast<std::uint8_t>(Deprel::kDep);

TEST(Transition, BuildsATree) {
    // "Talks resumed Monday": 0 <- 1 -> 2
    State state;
    state.reset(3);
    state.apply(Action::kShift, 0);
    state.apply(Action::kLeft, static_cast<std::uint8_t>(Deprel::kNsubj));
    state.apply(Action::kShift, 0);
    state.apply(Action::kShift, 0);
    state.apply(Action::kRight, static_cast<std::uint8_t>(Deprel::kObl));
    state.apply(Action::kLeft, static_cast<std::uint8_t>(Deprel::kRoot));
    EXPECT_TRUE(state.done());
    EXPECT_EQ(state.head, (std::vector<std::int32_t>{1, kNoHead, 1}));
    EXPECT_EQ(state.children[1].first, static_cast<std::uint8_t>(Deprel::kNsubj));
    EXPECT_EQ(state.children[1].last, static_cast<std::uint8_t>(Deprel::kObl));
}

TEST(Transition, AnyAllowedActionsEndInAProjectiveTreeWithOneRoot) {
    std::mt19937_64 random(3);
    for (int round = 0; round < 2000; ++round) {
        const auto words = static_cast<std::int32_t>(random() % 12);
        State state;
        state.reset(words);
        int steps = 0;
        while (!state.done()) {
            std::vector<Action> allowed;
            for (const Action action : {Action::kShift, Action::kLeft, Action::kRight}) {
                if (state.allowed(action)) allowed.push_back(action);
            }
            ASSERT_FALSE(allowed.empty());
            const View view = view_of(state);
            for (std::uint32_t slot = 0; slot < kSlotCount; ++slot) {
                ASSERT_GE(view.slots[slot], slot * kSlotRows);
                ASSERT_LT(view.slots[slot], (slot + 1) * kSlotRows);
            }
            state.apply(allowed[random() % allowed.size()], kRelation);
            ASSERT_LE(++steps, 2 * words);
        }
        int roots = 0;
        for (std::int32_t i = 0; i < words; ++i) {
            if (state.head[i] == kNoHead) ++roots;
            for (std::int32_t k = 0; k < words; ++k) {  // no two arcs cross
                const auto [a, b] = std::minmax(i, state.head[i] == kNoHead ? i : state.head[i]);
                const auto [c, d] = std::minmax(k, state.head[k] == kNoHead ? k : state.head[k]);
                EXPECT_FALSE(a < c && c < b && b < d);
            }
        }
        EXPECT_EQ(roots, words == 0 ? 0 : 1);
    }
}

}  // namespace
}  // namespace ceasewire::syntax
