#include "stream/ledger.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace ceasewire::stream {
namespace {

constexpr TopicPartition kFirst{TopicIndex(0), Partition(0)};
constexpr TopicPartition kSecond{TopicIndex(0), Partition(1)};

TEST(OffsetLedger, KnowsNothingOfPartitionsThatAreNotOurs) {
    OffsetLedger ledger;
    EXPECT_FALSE(ledger.take(kFirst, Offset(1)));
    ledger.done(kFirst, Offset(1));
    EXPECT_EQ(ledger.resume_point(kFirst), std::nullopt);
    EXPECT_EQ(ledger.outstanding(), 0U);
}

TEST(OffsetLedger, HasNoResumePointBeforeTheFirstMessageIsDone) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    EXPECT_TRUE(ledger.take(kFirst, Offset(7)));
    EXPECT_EQ(ledger.resume_point(kFirst), std::nullopt);
    ledger.done(kFirst, Offset(7));
    EXPECT_EQ(ledger.resume_point(kFirst), NextOffset(8));
}

TEST(OffsetLedger, StopsBeforeTheFirstGap) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    for (int offset = 0; offset < 4; ++offset) ASSERT_TRUE(ledger.take(kFirst, Offset(offset)));
    ledger.done(kFirst, Offset(0));
    ledger.done(kFirst, Offset(2));
    ledger.done(kFirst, Offset(3));
    EXPECT_EQ(ledger.resume_point(kFirst), NextOffset(1));
    EXPECT_EQ(ledger.outstanding(kFirst), 1U);
    ledger.done(kFirst, Offset(1));
    EXPECT_EQ(ledger.resume_point(kFirst), NextOffset(4));
}

TEST(OffsetLedger, StepsOverOffsetsThatNeverCame) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    for (const int offset : {3, 10, 11, 40}) ASSERT_TRUE(ledger.take(kFirst, Offset(offset)));
    ledger.done(kFirst, Offset(40));
    ledger.done(kFirst, Offset(11));
    ledger.done(kFirst, Offset(5));  // never taken
    ledger.done(kFirst, Offset(3));
    EXPECT_EQ(ledger.resume_point(kFirst), NextOffset(4));
    ledger.done(kFirst, Offset(10));
    EXPECT_EQ(ledger.resume_point(kFirst), NextOffset(41));
}

TEST(OffsetLedger, RefusesCopies) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    EXPECT_TRUE(ledger.take(kFirst, Offset(5)));
    EXPECT_FALSE(ledger.take(kFirst, Offset(5)));
    EXPECT_FALSE(ledger.take(kFirst, Offset(4)));
    ledger.done(kFirst, Offset(5));
    EXPECT_FALSE(ledger.take(kFirst, Offset(5)));
}

TEST(OffsetLedger, BeginsAnewWhenAPartitionComesBack) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    ASSERT_TRUE(ledger.take(kFirst, Offset(5)));
    ledger.end(kFirst);
    EXPECT_EQ(ledger.outstanding(), 0U);
    ledger.begin(kFirst);
    EXPECT_TRUE(ledger.take(kFirst, Offset(3)));
    ledger.done(kFirst, Offset(5));  // an acknowledgement from the time before
    EXPECT_EQ(ledger.resume_point(kFirst), std::nullopt);
}

TEST(OffsetLedger, IsAPlainValue) {
    OffsetLedger ledger;
    ledger.begin(kFirst);
    ASSERT_TRUE(ledger.take(kFirst, Offset(0)));
    OffsetLedger copy = ledger;
    copy.done(kFirst, Offset(0));
    EXPECT_EQ(ledger.resume_point(kFirst), std::nullopt);
    EXPECT_EQ(copy.resume_point(kFirst), NextOffset(1));
}

/// The slow twin: every offset ever taken and every one done, and the definition read off the page.
class SlowLedger {
public:
    void begin(TopicPartition p) { partitions_[p] = {}; }
    void end(TopicPartition p) { partitions_.erase(p); }
    bool take(TopicPartition p, Offset o) {
        const auto found = partitions_.find(p);
        if (found == partitions_.end()) return false;
        if (!found->second.taken.empty() && o <= *found->second.taken.rbegin()) return false;
        found->second.taken.insert(o);
        return true;
    }
    void done(TopicPartition p, Offset o) {
        const auto found = partitions_.find(p);
        if (found != partitions_.end() && found->second.taken.contains(o))
            found->second.done.insert(o);
    }
    [[nodiscard]] std::optional<NextOffset> resume_point(TopicPartition p) const {
        const auto found = partitions_.find(p);
        if (found == partitions_.end()) return std::nullopt;
        std::optional<NextOffset> resume;
        for (const Offset offset : found->second.taken) {
            if (!found->second.done.contains(offset)) break;
            resume = after(offset);
        }
        return resume;
    }
    [[nodiscard]] std::size_t outstanding(TopicPartition p) const {
        const auto found = partitions_.find(p);
        return found == partitions_.end() ? 0
                                          : found->second.taken.size() - found->second.done.size();
    }

private:
    struct Sets {
        std::set<Offset> taken;
        std::set<Offset> done;
    };
    std::map<TopicPartition, Sets> partitions_;
};

TEST(OffsetLedger, AgreesWithItsSlowTwin) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto below = [&](int limit) {
            return static_cast<int>(random() % static_cast<unsigned>(limit));
        };
        OffsetLedger ledger;
        SlowLedger slow;
        std::int64_t next = 0;
        for (int step = 0; step < 400; ++step) {
            const TopicPartition partition = below(2) == 0 ? kFirst : kSecond;
            switch (below(20)) {
                case 0:
                    ledger.begin(partition);
                    slow.begin(partition);
                    break;
                case 1:
                    if (below(4) == 0) {
                        ledger.end(partition);
                        slow.end(partition);
                    }
                    break;
                case 2:
                    next = std::max(0, static_cast<int>(next) - below(10));
                    break;  // a client that rewinds
                case 3:
                    next += below(50);
                    break;  // compaction
                case 4:
                case 5:
                case 6:
                case 7:
                case 8:
                case 9:
                case 10:
                    ++next;
                    ASSERT_EQ(ledger.take(partition, Offset(next)),
                              slow.take(partition, Offset(next)));
                    break;
                default: {
                    const Offset offset(std::max<std::int64_t>(0, next - below(12)));
                    ledger.done(partition, offset);
                    slow.done(partition, offset);
                }
            }
            for (const TopicPartition each : {kFirst, kSecond}) {
                ASSERT_EQ(ledger.resume_point(each), slow.resume_point(each));
                ASSERT_EQ(ledger.outstanding(each), slow.outstanding(each));
            }
            ASSERT_EQ(ledger.outstanding(), slow.outstanding(kFirst) + slow.outstanding(kSecond));
        }
    }
}

TEST(Ledger, MarkersAreSteppedOverOnlyWhenEverythingBeforeIsDone) {
    constexpr TopicPartition kPartition{TopicIndex(0), Partition(7)};
    OffsetLedger ledger;
    ledger.pass(kPartition, NextOffset(5));  // not ours
    EXPECT_EQ(ledger.resume_point(kPartition), std::nullopt);
    ledger.begin(kPartition);
    ledger.pass(kPartition, NextOffset(0));
    EXPECT_EQ(ledger.resume_point(kPartition), std::nullopt);
    ledger.pass(kPartition, NextOffset(5));
    EXPECT_EQ(ledger.resume_point(kPartition), NextOffset(5));
    EXPECT_TRUE(ledger.take(kPartition, Offset(6)));
    EXPECT_TRUE(ledger.take(kPartition, Offset(7)));
    ledger.pass(kPartition, NextOffset(7));  // behind what was taken: nothing new
    ledger.pass(kPartition, NextOffset(10));
    EXPECT_EQ(ledger.resume_point(kPartition), NextOffset(5));
    EXPECT_EQ(ledger.outstanding(), 2U);
    ledger.done(kPartition, Offset(7));
    EXPECT_EQ(ledger.resume_point(kPartition), NextOffset(5));
    ledger.done(kPartition, Offset(6));
    EXPECT_EQ(ledger.resume_point(kPartition), NextOffset(10));
    EXPECT_FALSE(ledger.take(kPartition, Offset(9)));
    EXPECT_TRUE(ledger.take(kPartition, Offset(10)));
}

}  // namespace
}  // namespace ceasewire::stream
