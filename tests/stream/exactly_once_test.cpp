/// Lanes that deliver exactly once, between fakes.

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stream/rig.h"

namespace ceasewire::stream {
namespace {

using fake::article;
using fake::Input;
using fake::kFirst;
using fake::kSecond;
using fake::World;
using fake::Written;
using std::chrono::milliseconds;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

struct Rig : fake::Rig {
    explicit Rig(World& world_) : fake::Rig(world_) {
        exactly_once = true;
        settings.transaction_interval = milliseconds(2);
    }
};

World world_of(int count, std::size_t padding = 0) {
    World world;
    for (int i = 0; i < count; ++i) world.input[kFirst].push_back({"k", article(i, padding)});
    return world;
}

/// As at least once, and nothing twice, and dead letters in their order too.
void expect_exactly_once(
    const World& world,
    const std::function<bool(const Input&)>& refused = [](const Input&) { return false; }) {
    fake::expect_accounted(world, refused);
    EXPECT_EQ(world.output.size(), world.inputs());
    EXPECT_EQ(world.written_sources.size(), world.inputs());
    std::map<std::string, std::int64_t> last;
    for (const Written& written : world.output) {
        const auto slash = written.source.rfind('/');
        const std::int64_t offset = std::stoll(written.source.substr(slash + 1));
        auto& before = last.try_emplace(written.source.substr(0, slash), -1).first->second;
        ASSERT_GT(offset, before) << "out of order: " << written.source;
        before = offset;
    }
}

TEST(ExactlyOnce, CarriesEveryKindOfMessageInOneTransaction) {
    World world;
    world.input[kFirst] = {{"k0", article(0)},
                           {"k1", ""},
                           {"k2", std::nullopt},
                           {std::nullopt, "{"},
                           {"k4", article(4)}};
    Rig rig(world);
    rig.settings.transaction_interval = milliseconds(20);
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_EQ(world.committed[kFirst], NextOffset(5));
    EXPECT_THAT(rig.transactions->sizes, ElementsAre(5));
    EXPECT_EQ(rig.counters.produced.get(), 3U);
    EXPECT_EQ(rig.counters.dead_lettered[Reason::bad_json].get(), 1U);
    EXPECT_EQ(rig.counters.transactions_committed.get(), 1U);
    EXPECT_EQ(rig.counters.in_flight.get(), 0U);
    EXPECT_EQ(rig.counters.in_flight_bytes.get(), 0U);
}

TEST(ExactlyOnce, ATransactionIsNoLargerThanItMayBe) {
    World world = world_of(100, 1'000);
    {
        Rig rig(world);
        rig.settings.transaction_interval = milliseconds(20);
        rig.settings.transaction_records_max = 7;
        ASSERT_TRUE(rig.run_to_end());
        expect_exactly_once(world);
        EXPECT_GE(rig.transactions->sizes.size(), 15U);
        EXPECT_THAT(rig.transactions->sizes, Each(Le(7U)));
    }
    World other = world_of(100, 1'000);
    Rig rig(other);
    rig.settings.transaction_interval = milliseconds(20);
    rig.settings.transaction_bytes_max = 15'000;
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(other);
    EXPECT_THAT(rig.transactions->sizes, Each(Le(15U)));
}

TEST(FlightPool, HoldsOnToLittle) {
    FlightPool pool;
    std::vector<Flight*> flights;
    for (int i = 0; i < 1'000; ++i) {
        flights.push_back(pool.get());
        flights.back()->bytes.assign(i == 0 ? 100'000 : 50'000, 'x');
    }
    for (Flight* flight : flights) pool.put(flight);
    EXPECT_LE(pool.kept_bytes(), std::size_t{8} << 20U);
    EXPECT_GE(pool.kept_bytes(), std::size_t{7} << 20U);
    for (std::size_t i = 0; i < flights.size(); ++i) (void)pool.get();
    EXPECT_LE(pool.kept_bytes(), 1'000U * 64) << "what is in use is not the pool's";
}

TEST(ExactlyOnce, AnInputThatMayNotGrowEndsTheTransactionEarly) {
    World world = world_of(100, 1'000);
    Rig rig(world);
    rig.settings.transaction_interval = milliseconds(20);
    rig.settings.batch_records_max = 1;
    rig.settings.in_flight_bytes_max = 10'000;
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_GE(rig.transactions->committed, 8);
}

TEST(ExactlyOnce, AnUndoneTransactionIsPublishedAgainFromMemory) {
    World world = world_of(50);
    Rig rig(world);
    rig.settings.transaction_records_max = 5;
    rig.set_up = [&](fake::Transactions& transactions) {
        transactions.commits = {Ending::aborted, Ending::committed, Ending::pending,
                                Ending::pending, Ending::aborted,   Ending::aborted};
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_EQ(rig.counters.transactions_aborted[AbortReason::commit].get(), 3U);
    EXPECT_EQ(rig.counters.consumed.get(), 50U) << "read once";
}

TEST(ExactlyOnce, ARefusedRecordIsFoundByHalvingAndAloneBecomesADeadLetter) {
    World world = world_of(200);
    const std::string title(3'000, 'T');
    for (const std::size_t at : {std::size_t{0}, std::size_t{113}, std::size_t{199}}) {
        world.input[kFirst][at].value = R"({"id":"big","title":")" + title + R"(","body":"b"})";
    }
    Rig rig(world);
    rig.sink.record_bytes_max = 2'000;
    rig.settings.batch_records_max = 1'000;
    rig.settings.transaction_interval = milliseconds(20);
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world, [](const Input& input) { return input.value->size() > 2'000; });
    EXPECT_THAT(rig.observer.rejections, SizeIs(3));
    EXPECT_EQ(rig.counters.dead_lettered[Reason::publish_refused].get(), 3U);
    EXPECT_LE(rig.transactions->aborted, 3 * 9) << "halving, not one by one";
}

TEST(ExactlyOnce, ARecordThatTheClientRefusesCostsNoTransaction) {
    World world = world_of(10);
    Rig rig(world);
    rig.source.before_take = [&](fake::Source& self, RebalanceListener&) {
        if (self.takes == 1) rig.sink.next_publish = Publish::too_large;
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world, [&](const Input& input) { return input.value == article(0); });
    EXPECT_EQ(rig.transactions->aborted, 0);
}

TEST(ExactlyOnce, ADeadLetterThatIsTooLargeIsCutInItsPlace) {
    World world = world_of(40);
    world.input[kFirst][17].value = "{" + std::string(100'000, ' ');
    Rig rig(world);
    rig.sink.dead_letter_bytes_max = 2'000;
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    const auto letter =
        std::find_if(world.output.begin(), world.output.end(),
                     [](const Written& w) { return w.to == Destination::dead_letters; });
    ASSERT_NE(letter, world.output.end());
    EXPECT_EQ(letter->headers.at("ceasewire.original_bytes"), "100001");
    EXPECT_LE(letter->value->size(), 2'000U);
}

TEST(ExactlyOnce, ADeadLetterTopicThatTakesNothingStopsTheServiceWithoutACommit) {
    World world;
    world.input[kFirst] = {{"k", "{"}};
    Rig rig(world);
    rig.sink.before_poll = [&] { rig.sink.next_error = DeliveryError::too_large; };
    const auto result = rig.run_to_end();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, FailureKind::config);
    EXPECT_THAT(result.error().message, testing::HasSubstr("news/0/0"));
    EXPECT_THAT(world.committed, IsEmpty());
    EXPECT_THAT(world.output, IsEmpty());
    EXPECT_FALSE(rig.transactions->open) << "undone on the way out";
}

TEST(ExactlyOnce, AFailureWithoutAReasonIsHeldAgainstTheRecordOnlyInTheEnd) {
    World world = world_of(20);
    Rig rig(world);
    int failures = 0;
    // Any transaction with message 7 fails, and the broker does not say why.
    rig.settings.batch_records_max = 100;
    rig.sink.batch = 1;
    rig.sink.before_poll = [&] {
        const auto* first = rig.sink.front();
        if (first != nullptr && first->headers.at("ceasewire-source") == "news/0/7" &&
            first->output.to == Destination::records) {
            rig.sink.next_error = DeliveryError::other;
            ++failures;
        }
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world, [&](const Input& input) { return input.value == article(7); });
    EXPECT_GE(failures, 3);
}

TEST(ExactlyOnce, TimeOutsAreNobodysFault) {
    World world = world_of(20);
    Rig rig(world);
    int left = 10;
    rig.sink.before_poll = [&] {
        if (left > 0 && !rig.sink.idle()) {
            --left;
            rig.sink.next_error = DeliveryError::timed_out;
        }
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_EQ(rig.counters.transactions_aborted[AbortReason::delivery].get(), 10U);
    EXPECT_THAT(rig.observer.rejections, IsEmpty());
}

TEST(ExactlyOnce, ACommitComesBeforeAPartitionGoes) {
    World world = world_of(40);
    Rig rig(world);
    rig.settings.batch_records_max = 20;
    rig.settings.transaction_interval = milliseconds(10'000);
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes == 2) {
            EXPECT_THAT(world.committed, IsEmpty());
            self.revoke({kFirst}, listener);
            EXPECT_EQ(world.committed[kFirst], NextOffset(20));
            EXPECT_EQ(rig.counters.in_flight.get(), 0U);
            rig.stop = true;
        }
    };
    ASSERT_TRUE(rig.run());
    EXPECT_THAT(world.output, SizeIs(20));
}

TEST(ExactlyOnce, ATransactionThatCannotBeFinishedInTimeIsUndoneBeforeAPartitionGoes) {
    World world = world_of(40);
    world.input[kSecond] = world_of(40).input[kFirst];
    Rig rig(world);
    rig.first_assignment = {kFirst, kSecond};
    rig.settings.batch_records_max = 20;
    rig.settings.revoke_drain = milliseconds(1);
    rig.sink.stalled = true;
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 3) {
            EXPECT_GT(rig.counters.in_flight.get(), 0U);
            self.revoke({kFirst}, listener);
            EXPECT_FALSE(rig.transactions->open);
            rig.sink.stalled = false;
        }
        if (self.takes == 4) self.assign({kFirst}, listener);
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_EQ(rig.counters.transactions_aborted[AbortReason::rebalance].get(), 1U);
}

TEST(ExactlyOnce, ALostPartitionUndoesTheTransactionAndKeepsTheRest) {
    World world = world_of(40);
    world.input[kSecond] = world_of(40).input[kFirst];
    Rig rig(world);
    rig.first_assignment = {kFirst, kSecond};
    rig.settings.batch_records_max = 20;
    rig.settings.transaction_interval = milliseconds(20);
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes != 4) return;
        EXPECT_TRUE(rig.transactions->open);
        self.lose({kFirst}, listener);
        EXPECT_FALSE(rig.transactions->open);
        EXPECT_THAT(world.output, IsEmpty());
        self.assign({kFirst}, listener);  // and it comes back at once
    };
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
    EXPECT_EQ(rig.counters.transactions_aborted[AbortReason::rebalance].get(), 1U);
}

TEST(ExactlyOnce, ACommitWhoseAnswerIsLostIsNotDoneAgain) {
    World world = world_of(10);
    Rig rig(world);
    rig.settings.revoke_drain = milliseconds(5);
    rig.set_up = [&](fake::Transactions& transactions) {
        transactions.commits.assign(1'000'000, Ending::pending);
        transactions.pending_happened = true;
    };
    rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
        if (self.takes == 1) self.assign({kFirst}, listener);
        if (self.takes == 20) {
            self.revoke({kFirst}, listener);
            rig.stop = true;
        }
    };
    ASSERT_TRUE(rig.run());
    expect_exactly_once(world);
    EXPECT_EQ(rig.counters.transactions_committed.get(), 1U);
    EXPECT_EQ(rig.counters.produced.get(), 10U);
}

TEST(ExactlyOnce, AStopWithoutAnswersUndoesAndLosesNothing) {
    World world = world_of(10);
    {
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
        EXPECT_THAT(world.output, IsEmpty());
        EXPECT_THAT(rig.observer.lines,
                    testing::Contains(testing::HasSubstr("10 messages not committed")));
        EXPECT_EQ(rig.counters.transactions_aborted[AbortReason::stop].get(), 1U);
    }
    Rig rig(world);
    ASSERT_TRUE(rig.run_to_end());
    expect_exactly_once(world);
}

TEST(ExactlyOnce, MarkersAtTheEndAreSteppedOverWithoutATransaction) {
    for (const bool exactly_once : {true, false}) {
        World world = world_of(3);
        Rig rig(world);
        rig.exactly_once = exactly_once;
        rig.settings.store_interval = milliseconds(0);
        rig.source.before_take = [&](fake::Source& self, RebalanceListener& listener) {
            if (self.takes == 1) self.assign({kFirst}, listener);
            if (self.takes == 100) self.markers[kFirst] = NextOffset(5);
            world.written_sources.insert({"news/0/3", "news/0/4"});  // nothing to be covered there
        };
        std::thread ender([&] {
            for (int i = 0; i < 400 && rig.counters.commits_ok.get() + i < 400; ++i)
                std::this_thread::sleep_for(milliseconds(5));
            rig.stop = true;
        });
        ASSERT_TRUE(rig.run());
        ender.join();
        EXPECT_EQ(world.committed[kFirst], NextOffset(5));
        EXPECT_THAT(world.output, SizeIs(3));
    }
}

/// Everything at random, in several lives: each message exactly once, in order, with the core's
/// bytes.
TEST(ExactlyOnce, HoldsWhateverHappens) {
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
                world.input[partition].push_back(input);
            }
        }
        int lives = 0;
        bool finished = false;
        while (!finished) {
            ASSERT_LT(++lives, 500);
            Rig rig(world);
            rig.settings.batch_records_max = static_cast<std::size_t>(1 + below(40));
            rig.settings.transaction_interval = milliseconds(below(3));
            rig.settings.transaction_records_max = static_cast<std::size_t>(1 + below(60));
            rig.settings.revoke_drain = milliseconds(below(2) * 50);
            rig.settings.stop_drain = milliseconds(below(2) * 50);
            rig.sink.room = static_cast<std::size_t>(1 + below(30));
            rig.sink.batch = static_cast<std::size_t>(1 + below(20));
            rig.sink.dead_letter_bytes_max = 200;
            rig.sink.before_poll = [&] {
                rig.sink.stalled = below(3) == 0;
                if (below(100) == 0) {
                    constexpr std::array kErrors = {DeliveryError::timed_out, DeliveryError::fatal,
                                                    DeliveryError::purged};
                    rig.sink.next_error = kErrors[static_cast<std::size_t>(below(3))];
                }
            };
            rig.set_up = [&](fake::Transactions& transactions) {
                transactions.before_commit = [&] {
                    transactions.commits.clear();
                    if (below(8) == 0) transactions.commits = {Ending::aborted};
                    if (below(8) == 0) transactions.commits = {Ending::pending};
                    transactions.aborts.clear();
                    if (below(8) == 0) transactions.aborts = {Ending::pending, Ending::pending};
                    if (below(200) == 0)
                        transactions.failure = Failure{FailureKind::denied, "fenced"};
                };
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
        expect_exactly_once(world);
        if (testing::Test::HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace ceasewire::stream
