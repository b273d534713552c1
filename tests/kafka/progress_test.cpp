#include "kafka/progress.h"

#include <gtest/gtest.h>

namespace ceasewire::kafka {
namespace {

using stream::NextOffset;
using stream::Partition;
using stream::TopicIndex;
using stream::TopicPartition;

constexpr TopicPartition kHere{TopicIndex(0), Partition(3)};
constexpr TopicPartition kThere{TopicIndex(1), Partition(0)};

TEST(Progress, KnowsWhatWasCommitted) {
    Progress progress;
    EXPECT_EQ(progress.last(kHere), std::nullopt);
    progress.committed(kHere, NextOffset(0));
    EXPECT_EQ(progress.last(kHere), std::nullopt) << "the beginning is no progress";
    progress.committed(kHere, NextOffset(20));
    EXPECT_EQ(progress.last(kHere), NextOffset(20));
    EXPECT_EQ(progress.last(kThere), std::nullopt);
    progress.forget(kHere);
    EXPECT_EQ(progress.last(kHere), std::nullopt);
}

TEST(Progress, CountsWhatWasSeenAndNotRead) {
    Progress progress;
    EXPECT_EQ(progress.unread(kHere, NextOffset(5)), 0U) << "nothing was seen";
    progress.ended(kHere, NextOffset(30));
    progress.ended(kHere, NextOffset(10));
    EXPECT_EQ(progress.unread(kHere, NextOffset(20)), 10U) << "an end does not come nearer";
    EXPECT_EQ(progress.unread(kHere, NextOffset(40)), 0U);
    EXPECT_EQ(progress.last(kHere), std::nullopt);
}

TEST(Progress, SaysHowFarATopicWasRead) {
    Progress progress;
    progress.committed(kHere, NextOffset(20));
    progress.committed({TopicIndex(0), Partition(4)}, NextOffset(7));
    progress.committed(kThere, NextOffset(1));
    EXPECT_EQ(progress.of(TopicIndex(0)), "partition 3 up to 20, partition 4 up to 7");
    EXPECT_EQ(progress.of(TopicIndex(2)), "");
}

}  // namespace
}  // namespace ceasewire::kafka
