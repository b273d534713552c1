/// The work of an analysis grows with the text and not faster. It is counted, not timed: the rooms
/// are compiled once more for this program with each basic block counting itself, so that the
/// figures are the same on a busy machine and on another.

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "analysis/hostile_texts.h"
#include "analysis/marked_text.h"

namespace {
std::uint64_t blocks = 0;
}

/// Called by the compiler's own code at each basic block of the rooms.
extern "C" void __sanitizer_cov_trace_pc() { ++blocks; }

namespace ceasewire {
namespace {

std::uint64_t work(const std::string& text, test::Analyzed& analyzed) {
    test::analyze(text, {}, analyzed);  // what is allocated once is not counted
    const std::uint64_t before = blocks;
    test::analyze(text, {}, analyzed);
    return blocks - before;
}

class WorkTest : public testing::TestWithParam<test::Hostile> {};

/// Four times the text is a little more than four times the work, since what is found is sorted;
/// sixteen times would be quadratic.
TEST_P(WorkTest, GrowsWithTheText) {
    test::Analyzed analyzed;
    constexpr std::size_t kCount = 1'500;
    const std::uint64_t small = work(test::made(GetParam(), kCount), analyzed);
    const std::uint64_t large = work(test::made(GetParam(), 4 * kCount), analyzed);
    ASSERT_GT(small, kCount) << "nothing is counted";
    EXPECT_LT(static_cast<double>(large), 5.0 * static_cast<double>(small))
        << small << " blocks for " << kCount << " pieces, " << large << " for four times that";
}

INSTANTIATE_TEST_SUITE_P(Texts, WorkTest, testing::ValuesIn(test::kHostile),
                         [](const auto& info) { return std::string(info.param.name); });

/// The count is of the analysis alone and always the same.
TEST(Work, IsTheSameEachTime) {
    test::Analyzed analyzed;
    const std::string text = "Hamas said it had accepted the ceasefire, Reuters reported.";
    const std::uint64_t once = work(text, analyzed);
    EXPECT_EQ(work(text, analyzed), once);
}

}  // namespace
}  // namespace ceasewire
