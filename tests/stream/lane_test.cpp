#include "stream/lane.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stream/rig.h"

namespace ceasewire::stream {
namespace {

using fake::article;
using fake::expect_accounted;
using fake::Input;
using fake::kFirst;
using fake::kSecond;
using fake::Rig;
using fake::World;
using fake::Written;
using std::chrono::milliseconds;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Lane, CarriesEveryKindOfMessage) {
    World world;
    world.input[kFirst] = {{"k0", article(0)},
                           {"k1", ""},
                           {"k2", std::nullopt},
                           {std::nullopt, "{"},
                           {"k4", article(4)}};
    Rig rig(world);
    ASSERT_TRUE(rig.run_to_end());
    expect_accounted(world);
    EXPECT_THAT(world.output, SizeIs(5));
    EXPECT_EQ(world.output.front().key, "a0");
    EXPECT_EQ(world.committed[kFirst], NextOffset(5));
    EXPECT_EQ(rig.counters.consumed.get(), 5U);
    EXPECT_EQ(rig.counters.enriched.get(), 2U);
    EXPECT_EQ(rig.counters.tombstones.get(), 1U);
    EXPECT_EQ(rig.counters.produced.get(), 3U);
    EXPECT_EQ(rig.counters.rejected[Reason::empty].get(), 1U);
    EXPECT_EQ(rig.counters.dead_lettered[Reason::bad_json].get(), 1U);
    EXPECT_EQ(rig.counters.in_flight.get(), 0U);
    EXPECT_EQ(rig.counters.in_flight_bytes.get(), 0U);
    EXPECT_TRUE(rig.source.closed);
}

/// A lexicon of a version and nothing else.
std::shared_ptr<const Lexicon> lexicon_of(const std::string& version) {
    auto lexicon = Lexicon::compile({{"VERSION", version}});
    if (!lexicon) {
        ADD_FAILURE() << lexicon.error().front().to_string();
        return borrowed(test::shipped_lexicon());
    }
    return std::make_shared<const Lexicon>(std::move(*lexicon));
}

void expect_reload_between_batches(bool exactly_once) {
    World world;
    for (int i = 0; i < 40; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.exactly_once = exactly_once;
    rig.settings.batch_records_max = 5;
    rig.settings.transaction_interval = milliseconds(2);
    auto first = lexicon_of("first.1");
    const std::weak_ptr<const Lexicon> old = first;
    rig.lexicon.replace(std::move(first));
    std::size_t before = 0;
    rig.source.before_take = [&](fake::Source& /*self*/, RebalanceListener& /*listener*/) {
        if (before != 0 || rig.counters.consumed.get() < 20) return;
        before = rig.counters.consumed.get();
        rig.lexicon.replace(lexicon_of("second.2"));
    };
    ASSERT_TRUE(rig.run_to_end());
    ASSERT_THAT(world.output, SizeIs(40));
    // The batch that is taken by this very call is read with the new one.
    for (std::size_t i = 0; i < 40; ++i) {
        EXPECT_EQ(world.output[i].key, "a" + std::to_string(i));
        EXPECT_THAT(world.output[i].value.value_or(""),
                    testing::HasSubstr(i < before ? "\"first.1\"" : "\"second.2\""));
    }
    EXPECT_EQ(world.committed[kFirst], NextOffset(40));
    EXPECT_TRUE(old.expired()) << "nobody needs the old one any more";
}

TEST(Lane, TakesANewLexiconBetweenTwoBatches) { expect_reload_between_batches(false); }

TEST(Lane, TakesANewLexiconInTheMiddleOfATransaction) { expect_reload_between_batches(true); }

TEST(Lane, CommitsNothingThatIsNotAcknowledged) {
    World world;
    world.input[kFirst] = {{"k", article(0)}, {"k", article(1)}};
    Rig rig(world);
    rig.sink.stalled = true;
    rig.settings.stop_drain = milliseconds(1);
    rig.settings.revoke_drain = milliseconds(1);
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes > 50) rig.stop = true;
    };
    ASSERT_TRUE(rig.run());
    EXPECT_THAT(world.committed, IsEmpty());
    EXPECT_THAT(rig.observer.lines,
                testing::Contains(testing::HasSubstr("2 messages not acknowledged")));
}

TEST(Lane, TakesNothingMoreWhileTheSinkIsFull) {
    World world;
    for (int i = 0; i < 100; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 5;
    rig.sink.room = 3;
    rig.sink.stalled = true;
    std::uint64_t most = 0;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& /*listener*/) {
        most = std::max(most, rig.counters.in_flight.get());
        if (self.takes == 500) rig.sink.stalled = false;
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_LE(most, 8U);
    EXPECT_GT(rig.counters.backpressure_ns.get(), 0U);
    expect_accounted(world);
}

TEST(Lane, HoldsNoMoreInputThanItMay) {
    World world;
    for (int i = 0; i < 100; ++i) world.input[kFirst].push_back({"k", article(i, 1'000)});
    Rig rig(world);
    rig.settings.batch_records_max = 1;
    rig.settings.in_flight_bytes_max = 10'000;
    rig.sink.stalled = true;
    std::uint64_t most = 0;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& /*listener*/) {
        most = std::max(most, rig.counters.in_flight_bytes.get());
        if (self.takes == 500) rig.sink.stalled = false;
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_GE(most, 10'000U);
    EXPECT_LE(most, 12'000U);
    expect_accounted(world);
}

/// What is acknowledged and not committed comes twice after a death, and is bounded for that.
TEST(Lane, TakesNoMoreThanMayComeTwice) {
    World world;
    for (int i = 0; i < 100; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 7;
    rig.settings.uncommitted_records_max = 20;
    rig.settings.pause_uncommitted_after = milliseconds(0);
    rig.settings.store_interval = milliseconds(0);
    rig.source.stores_wait = true;
    std::uint64_t most = 0;
    std::uint64_t taken = 0;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& /*listener*/) {
        most = std::max(most, rig.counters.uncommitted.get());
        if (self.takes < 500) taken = rig.counters.consumed.get();
        if (self.takes >= 500) self.commit_stored();
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_EQ(taken, 20U) << "before the first commit";
    EXPECT_EQ(most, 20U);
    EXPECT_EQ(rig.counters.in_flight.get(), 0U);
    EXPECT_GT(rig.counters.backpressure_ns.get(), 0U);
    EXPECT_THAT(rig.observer.lines, testing::Contains("nothing is committed: input paused"));
    EXPECT_THAT(world.output, SizeIs(100));
    expect_accounted(world);
}

TEST(Lane, CountsWhatItGivesBackUncommitted) {
    for (const bool exactly_once : {false, true}) {
        World world;
        for (int i = 0; i < 30; ++i) world.input[kFirst].push_back({"k", article(i)});
        Rig rig(world);
        rig.exactly_once = exactly_once;
        rig.settings.batch_records_max = 10;
        rig.settings.transaction_interval = milliseconds(0);
        rig.source.stores_wait = true;
        bool lost = false;
        rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
            if (lost || rig.counters.consumed.get() < 20 || rig.counters.produced.get() < 20)
                return;
            lost = true;
            self.lose({kFirst}, listener);
            self.stores_wait = false;
            self.assign({kFirst}, listener);
        };
        ASSERT_TRUE(rig.run_to_end());
        EXPECT_TRUE(lost);
        // What may come twice is what has come twice.
        EXPECT_EQ(rig.counters.given_back.get(), world.output.size() - 30);
        EXPECT_EQ(rig.counters.given_back.get(), exactly_once ? 0 : 20);
        EXPECT_EQ(rig.counters.uncommitted.get(), 0U);
        expect_accounted(world);
    }
}

TEST(Lane, PausesTheInputWhenTheSinkStaysFullAndResumesIt) {
    World world;
    for (int i = 0; i < 10; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 4;
    rig.settings.pause_after = milliseconds(0);
    rig.sink.room = 1;
    rig.sink.stalled = true;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& /*listener*/) {
        if (self.pauses > 0) rig.sink.stalled = false;
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_GE(rig.source.pauses, 1);
    EXPECT_EQ(rig.counters.paused_partitions.get(), 0U);
    expect_accounted(world);
}

TEST(Lane, ARecordThatTheBrokerRefusesBecomesADeadLetterAndItsNeighboursDoNot) {
    World world;
    for (int i = 0; i < 30; ++i) world.input[kFirst].push_back({"k", article(i)});
    std::string title(3'000, 'T');
    world.input[kFirst][13].value = R"({"id":"big","title":")" + title + R"(","body":"b"})";
    Rig rig(world);
    rig.sink.record_bytes_max = 2'000;
    rig.settings.batch_records_max = 1'000;
    ASSERT_TRUE(rig.run_to_end());
    std::size_t letters = 0;
    for (const Written& written : world.output) {
        if (written.to == Destination::records) continue;
        ++letters;
        EXPECT_EQ(written.source, "news/0/13");
        EXPECT_EQ(written.headers.at("ceasewire.reason"), "publish_refused");
        EXPECT_EQ(written.value, world.input[kFirst][13].value);
    }
    EXPECT_EQ(letters, 1U);
    EXPECT_THAT(rig.observer.rejections,
                testing::ElementsAre(std::pair(std::int64_t{13}, Reason::publish_refused)));
    EXPECT_EQ(world.written_sources.size(), 30U);
    EXPECT_EQ(world.committed[kFirst], NextOffset(30));
    EXPECT_EQ(rig.counters.dead_lettered[Reason::publish_refused].get(), 1U);
}

TEST(Lane, ADeadLetterThatIsTooLargeIsCut) {
    World world;
    const std::string bad = "{" + std::string(100'000, ' ');
    world.input[kFirst] = {{"k", article(0)}, {"key", bad}, {"k", article(2)}};
    Rig rig(world);
    rig.sink.dead_letter_bytes_max = 2'000;
    ASSERT_TRUE(rig.run_to_end());
    const auto letter =
        std::find_if(world.output.begin(), world.output.end(),
                     [](const Written& w) { return w.to == Destination::dead_letters; });
    ASSERT_NE(letter, world.output.end());
    ASSERT_TRUE(letter->value);
    EXPECT_LE(letter->value->size(), 2'000U);
    EXPECT_GE(letter->value->size(), 1'000U);
    EXPECT_EQ(*letter->value, bad.substr(0, letter->value->size()));
    EXPECT_EQ(letter->headers.at("ceasewire.original_bytes"), "100001");
    EXPECT_EQ(letter->headers.at("ceasewire.sha256"), sha256_hex(bad));
    EXPECT_EQ(world.committed[kFirst], NextOffset(3));
}

TEST(Lane, ADeadLetterTopicThatTakesNothingStopsTheServiceWithoutLoss) {
    World world;
    world.input[kFirst] = {{"k", article(0)}, {"k", "{"}, {"k", article(2)}};
    Rig rig(world);
    rig.sink.before_poll = [&] { rig.sink.next_error = std::nullopt; };
    rig.sink.dead_letter_bytes_max = 0;
    // Even an empty value is refused: this topic takes nothing at all.
    rig.sink.before_poll = [&] {
        if (rig.counters.produced.get() == 2) rig.sink.next_error = DeliveryError::too_large;
    };
    const auto result = rig.run_to_end();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, FailureKind::config);
    EXPECT_THAT(result.error().message, testing::HasSubstr("news/0/1"));
    EXPECT_EQ(rig.counters.dead_letter_failures.get(), 1U);
    EXPECT_LE(world.committed[kFirst].value(), 1);
}

TEST(Lane, AnUnknownTopicIsWaitedOutAndThenAFailure) {
    World world;
    world.input[kFirst] = {{"k", article(0)}};
    {
        Rig rig(world);
        rig.settings.retry_after = milliseconds(1);
        rig.sink.next_error = DeliveryError::unknown_topic;
        ASSERT_TRUE(rig.run_to_end());
        expect_accounted(world);
        EXPECT_EQ(rig.counters.produce_retries.get(), 1U);
    }
    World other;
    other.input[kFirst] = {{"k", article(0)}};
    Rig rig(other);
    rig.settings.retry_after = milliseconds(1);
    rig.settings.unknown_topic_patience = milliseconds(1);
    rig.sink.before_poll = [&] { rig.sink.next_error = DeliveryError::unknown_topic; };
    const auto result = rig.run_to_end();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, FailureKind::unavailable);
    EXPECT_THAT(other.committed, IsEmpty());
}

TEST(Lane, DeniedAndFatalDeliveriesEndTheLaneWithoutACommit) {
    for (const auto& [error, kind] : {std::pair(DeliveryError::denied, FailureKind::denied),
                                      std::pair(DeliveryError::fatal, FailureKind::restart)}) {
        World world;
        world.input[kFirst] = {{"k", article(0)}, {"k", article(1)}};
        Rig rig(world);
        rig.sink.next_error = error;
        const auto result = rig.run_to_end();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, kind);
        EXPECT_THAT(world.committed, IsEmpty());
        EXPECT_EQ(rig.counters.failed.get(), 1U);
    }
}

TEST(Lane, AFailingSourceEndsTheLane) {
    World world;
    world.input[kFirst] = {{"k", article(0)}};
    Rig rig(world);
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes == 3) self.failure = Failure{FailureKind::unavailable, "gone"};
    };
    const auto result = rig.run();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "gone");
}

/// What is in hand may be gone from the input: another start could not read it again.
TEST(Lane, FinishesWhatItHasWhereInputIsGone) {
    for (const bool exactly_once : {false, true}) {
        World world;
        for (int i = 0; i < 40; ++i) world.input[kFirst].push_back({"k", article(i)});
        for (int i = 0; i < 40; ++i) world.input[kSecond].push_back({"k", article(i)});
        Rig rig(world);
        rig.exactly_once = exactly_once;
        rig.settings.batch_records_max = 20;
        rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
            if (self.takes == 1) self.assign({kFirst, kSecond}, listener);
            if (self.takes == 4) self.failure = Failure{FailureKind::gap, "offsets are gone"};
        };
        const auto result = rig.run();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, FailureKind::gap);
        EXPECT_EQ(rig.counters.failed.get(), 1U);
        EXPECT_THAT(world.output, SizeIs(60));
        EXPECT_EQ(world.committed[kFirst], NextOffset(40));
        EXPECT_EQ(world.committed[kSecond], NextOffset(20));
    }
}

TEST(Lane, FinishesAPartitionBeforeItGivesItUp) {
    World world;
    for (int i = 0; i < 40; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 20;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes == 2) {
            EXPECT_GT(rig.counters.in_flight.get(), 0U);
            self.revoke({kFirst}, listener);
            EXPECT_EQ(world.committed[kFirst], NextOffset(20));
            EXPECT_EQ(rig.counters.in_flight.get(), 0U);
            EXPECT_EQ(rig.counters.assigned_partitions.get(), 0U);
            rig.stop = true;
        }
    };
    ASSERT_TRUE(rig.run());
    EXPECT_THAT(world.output, SizeIs(20));
}

TEST(Lane, ALostPartitionIsDroppedWithoutACommit) {
    World world;
    for (int i = 0; i < 40; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 20;
    rig.sink.room = 5;
    rig.sink.stalled = true;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes == 3) {
            self.lose({kFirst}, listener);
            rig.sink.stalled = false;
        }
        if (self.takes == 10) rig.stop = true;
    };
    ASSERT_TRUE(rig.run());
    EXPECT_THAT(world.committed, IsEmpty());
    EXPECT_THAT(world.output, SizeIs(5)) << "what the sink had arrives, what waited does not";
    EXPECT_EQ(rig.counters.in_flight_bytes.get(), 0U);
}

TEST(Lane, ASourceThatRewindsCausesNoSecondCopy) {
    World world;
    for (int i = 0; i < 20; ++i) world.input[kFirst].push_back({"k", article(i)});
    Rig rig(world);
    rig.settings.batch_records_max = 10;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& /*listener*/) {
        if (self.takes == 2) self.rewind(kFirst, 3);
    };
    ASSERT_TRUE(rig.run_to_end());
    EXPECT_THAT(world.output, SizeIs(20));
    expect_accounted(world);
}

/// Everything at random: rebalances, stalls, small queues, refusals, crashes. After any number of
/// lives every message is accounted for.
TEST(Lane, LosesNothingWhateverHappens) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto below = [&](int limit) {
            return static_cast<int>(random() % static_cast<unsigned>(limit));
        };
        World world;
        for (const TopicPartition partition : {kFirst, kSecond}) {
            for (int i = 0; i < 150; ++i) {
                Input input{"k" + std::to_string(below(5)),
                            article(i, static_cast<std::size_t>(below(200)))};
                if (below(20) == 0) input.value = std::nullopt;
                if (below(20) == 0)
                    input.value =
                        "{\"broken\"" + std::string(static_cast<std::size_t>(below(300)), ' ');
                if (below(30) == 0) input.key = std::nullopt;
                world.input[partition].push_back(input);
            }
        }
        int lives = 0;
        bool finished = false;
        while (!finished) {
            ASSERT_LT(++lives, 500);
            Rig rig(world);
            rig.settings.batch_records_max = static_cast<std::size_t>(1 + below(40));
            rig.settings.store_interval = milliseconds(0);
            rig.settings.revoke_drain = milliseconds(below(2) * 50);
            rig.sink.room = static_cast<std::size_t>(1 + below(30));
            rig.sink.batch = static_cast<std::size_t>(1 + below(20));
            rig.sink.dead_letter_bytes_max = 200;
            rig.sink.before_poll = [&] {
                rig.sink.stalled = below(3) == 0;
                if (below(400) == 0) rig.sink.next_error = DeliveryError::fatal;
            };
            std::set<TopicPartition> held = {kFirst, kSecond};
            rig.first_assignment = {kFirst, kSecond};
            rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
                const TopicPartition partition = below(2) == 0 ? kFirst : kSecond;
                switch (below(60)) {
                    case 0:
                        if (held.erase(partition) != 0) self.revoke({partition}, listener);
                        break;
                    case 1:
                        if (held.erase(partition) != 0) self.lose({partition}, listener);
                        break;
                    case 2:
                    case 3:
                    case 4:
                        if (held.insert(partition).second) self.assign({partition}, listener);
                        break;
                    case 5:
                        if (below(10) == 0) self.failure = Failure{FailureKind::restart, "crash"};
                        break;
                    case 6:
                        self.commits_fail = below(2) == 0;
                        break;
                    default:
                        break;
                }
                if (below(500) == 0) rig.stop = true;
            };
            (void)rig.run_to_end();
            finished = true;
            for (const auto& [partition, messages] : world.input) {
                finished = finished && world.committed[partition].value() ==
                                           static_cast<std::int64_t>(messages.size());
            }
        }
        expect_accounted(world);
    }
}

}  // namespace
}  // namespace ceasewire::stream
