#pragma once
/// A lane between fakes, and the audit of what it did.

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "enrich/enrich.h"
#include "record/encode.h"
#include "stream/fake_transactions.h"
#include "stream/fakes.h"
#include "stream/lane.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::stream::fake {

inline constexpr TopicPartition kFirst{TopicIndex(0), Partition(0)};
inline constexpr TopicPartition kSecond{TopicIndex(0), Partition(1)};

inline std::string article(int number, std::size_t padding = 0) {
    return R"({"id":"a)" + std::to_string(number) + R"(","title":"Title )" +
           std::to_string(number) + R"(","body":"Text.)" + std::string(padding, ' ') + R"("})";
}

/// A lane with everything around it, for one run.
struct Rig {
    explicit Rig(World& world_) : world(world_), source(world_), sink(world_) {}

    /// Runs until every message of the assigned partitions is taken and delivered, then stops in
    /// order.
    Expected<Nothing, Failure> run_to_end() {
        auto before = source.before_take;
        source.before_take = [this, before](Source& self, RebalanceListener& listener) {
            if (self.takes == 1 && !first_assignment.empty())
                self.assign(first_assignment, listener);
            before(self, listener);
            if (self.takes > 1 && self.exhausted() && sink.idle() && counters.in_flight.get() == 0)
                stop = true;
            if (self.takes > takes_max) {
                ADD_FAILURE() << "the loop does not end";
                stop = true;
            }
        };
        return run();
    }
    Expected<Nothing, Failure> run() {
        Lane lane({source, sink, lexicon, observer, counters,
                   exactly_once ? &transactions.emplace(world, sink) : nullptr},
                  settings, limits, "group");
        if (transactions) set_up(*transactions);
        auto result = lane.run(stop);
        lane.leave(std::chrono::milliseconds(1'000));
        return result;
    }

    struct Watch : Observer {
        void rejected(const Message& message, const Rejection& rejection) override {
            rejections.emplace_back(message.offset.value(), rejection.reason);
        }
        void log(LogLevel /*level*/, std::string_view line) override { lines.emplace_back(line); }
        std::vector<std::pair<std::int64_t, Reason>> rejections;
        std::vector<std::string> lines;
    };

    int takes_max = 200'000;
    World& world;
    Source source;
    Sink sink;
    Watch observer;
    LaneCounters counters;
    LexiconInUse lexicon{borrowed(test::shipped_lexicon())};
    LoopSettings settings;
    DecodeLimits limits;
    std::atomic<bool> stop{false};
    std::vector<TopicPartition> first_assignment = {kFirst};

    bool exactly_once = false;
    std::optional<Transactions> transactions;  ///< made by run()
    std::function<void(Transactions&)> set_up = [](Transactions&) {};
};

/// What the pure core says: the bytes that a record must have; nothing for a message that it
/// rejects.
inline std::optional<std::string> expected_record(const std::string& message) {
    static Scratch scratch;
    const auto record = enrich(message, test::shipped_lexicon(), scratch);
    if (!record) return std::nullopt;
    std::string bytes;
    encode(*record, bytes);
    return bytes;
}

/// Every input has an output or a dead letter, every copy has the right bytes, first copies are in
/// order within a partition. `refused` tells which articles the broker will not take.
inline void expect_accounted(
    const World& world,
    const std::function<bool(const Input&)>& refused = [](const Input&) { return false; }) {
    std::map<std::string, std::vector<const Written*>> by_source;
    std::map<TopicPartition, std::int64_t> last_first;
    std::set<std::string> seen;
    for (const Written& written : world.output) {
        by_source[written.source].push_back(&written);
        if (!seen.insert(written.source).second || written.to == Destination::dead_letters)
            continue;
        const auto slash = written.source.rfind('/');
        const TopicPartition partition{TopicIndex(0),
                                       Partition(std::stoi(written.source.substr(5, slash - 5)))};
        const std::int64_t offset = std::stoll(written.source.substr(slash + 1));
        const auto [last, fresh] = last_first.emplace(partition, offset);
        ASSERT_TRUE(fresh || offset > last->second)
            << "first copy of " << written.source << " comes after " << last->second;
        last->second = offset;
    }
    for (const auto& [partition, messages] : world.input) {
        for (std::size_t offset = 0; offset < messages.size(); ++offset) {
            const Input& input = messages[offset];
            const auto& copies =
                by_source[World::source(partition, static_cast<std::int64_t>(offset))];
            ASSERT_THAT(copies, testing::Not(testing::IsEmpty()))
                << "lost: " << World::source(partition, static_cast<std::int64_t>(offset));
            const auto record = input.value ? expected_record(*input.value) : std::nullopt;
            for (const Written* copy : copies) {
                if (!input.value) {
                    ASSERT_EQ(copy->to, Destination::records);
                    ASSERT_EQ(copy->value, std::nullopt);
                    ASSERT_EQ(copy->key, input.key);
                } else if (record && !refused(input)) {
                    ASSERT_EQ(copy->to, Destination::records);
                    ASSERT_EQ(copy->value, record);
                } else {
                    ASSERT_EQ(copy->to, Destination::dead_letters);
                    ASSERT_EQ(copy->key, input.key);
                    if (!copy->headers.contains("ceasewire.truncated")) {
                        ASSERT_EQ(copy->value, input.value);
                    }
                }
            }
        }
    }
}

}  // namespace ceasewire::stream::fake
