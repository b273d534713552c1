/// The promise on a real broker: whatever dies, every message has its record or its dead letter,
/// and the bytes are the core's.

#include <csignal>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/load_lexicon.h"
#include "broker/cluster.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;

/// Message `i` of the mix: news with and without claims, headers, keys, and one in a hundred that
/// is no article, in turn of every kind.
NewMessage mixed(std::size_t i) {
    NewMessage message;
    const std::string number = std::to_string(i);
    message.key = "key-" + std::to_string(i % 97);
    if (i % 3 == 0)
        message.headers = {{"traceparent", "00-" + number}, {"feed", "one"}, {"feed", "two"}};
    if (i % 100 == 50) {
        switch ((i / 100) % 8) {
            case 0:
                message.value = "  ";
                break;
            case 1:
                message.value = "{\"title\":\"t\",\"body\":\"b\"} x";
                break;
            case 2:
                message.value = "{\"title\":\"\xFF\xFE\"}";
                break;
            case 3:
                message.value = std::string(200, '[') + std::string(200, ']');
                break;
            case 4:
                message.value = "{\"weather\":\"fine\"}";
                break;
            case 5:
                message.value = "{\"title\":7,\"body\":\"b\"}";
                break;
            case 6:
                message.value = "{\"title\":\" \",\"body\":\"\"}";
                break;
            default:
                message.value = "{\"title\":\"half";
                break;
        }
        return message;
    }
    if (i % 500 == 123) return message;  // a tombstone
    std::string body;
    if (i % 4 == 0) {
        body = "Hamas said it accepted the ceasefire proposal number " + number +
               ". Antony Blinken said on Monday that Israel was ready for a truce. The United "
               "Nations called for an immediate ceasefire in Gaza.";
    } else {
        body = "The city council met to discuss the budget for road number " + number +
               ". Nobody objected, and the meeting ended early.";
    }
    for (std::size_t filler = 0; filler < i % 7; ++filler)
        body +=
            " The weather stayed dry across the region for the rest of the week, forecasters said.";
    message.value = R"({"id":"article-)" + number + R"(","title":"News )" + number +
                    R"(","body":")" + body +
                    R"(","published_at":"2024-06-11T08:00:00Z","language":"en"})";
    return message;
}

struct Accounts {
    std::size_t inputs = 0;
    std::size_t records = 0;
    std::size_t dead_letters = 0;
    std::size_t duplicates = 0;
    std::vector<std::string> faults;
};

/// Compares input, output and dead letters with the core.
Accounts audit(const Topics& topics, const std::string& in, const std::string& out,
               const std::string& dead) {
    Accounts accounts;
    const auto fault = [&](const std::string& text) {
        if (accounts.faults.size() < 20) accounts.faults.push_back(text);
    };
    std::map<std::string, std::vector<const StoredMessage*>> records;
    std::map<std::string, std::vector<const StoredMessage*>> letters;
    const auto output = topics.read(out);
    const auto rejected = topics.read(dead);
    // Within one output partition, first copies of one input partition come in its order.
    std::map<std::pair<int, std::string>, std::int64_t> last;
    std::set<std::string> seen;
    for (const StoredMessage& message : output) {
        const std::string source = message.header("ceasewire-source").value_or("");
        records[source].push_back(&message);
        if (!seen.insert(source).second) {
            ++accounts.duplicates;
            continue;
        }
        const auto slash = source.rfind('/');
        const std::int64_t offset = std::stoll(source.substr(slash + 1));
        auto& before =
            last.try_emplace({message.partition, source.substr(0, slash)}, -1).first->second;
        if (offset <= before) fault("out of order: " + source + " after " + std::to_string(before));
        before = offset;
    }
    for (const StoredMessage& message : rejected) {
        const std::string source = message.header("ceasewire-source").value_or("");
        if (!letters[source].empty()) ++accounts.duplicates;
        letters[source].push_back(&message);
    }
    accounts.records = records.size();
    accounts.dead_letters = letters.size();
    const auto lexicon = app::load_lexicon("");  // as the program loads it
    Scratch scratch;
    for (const StoredMessage& input : topics.read(in)) {
        ++accounts.inputs;
        const std::string source =
            in + "/" + std::to_string(input.partition) + "/" + std::to_string(input.offset);
        std::optional<std::string> bytes;
        std::optional<std::string> key = input.key;
        std::optional<Reason> reason;
        if (input.value) {
            const auto record = enrich(*input.value, *lexicon, scratch);
            if (record) {
                bytes.emplace();
                encode(*record, *bytes);
                key = std::string(record->article->id);
            } else {
                reason = record.error().reason;
            }
        }
        const auto& copies = reason ? letters[source] : records[source];
        const auto& others = reason ? records[source] : letters[source];
        if (copies.empty()) fault("lost: " + source);
        if (!others.empty()) fault("in the wrong topic: " + source);
        for (const StoredMessage* copy : copies) {
            if (copy->value != (reason ? input.value : bytes)) fault("different bytes: " + source);
            if (copy->key != key) fault("different key: " + source);
            if (copy->headers.size() < input.headers.size() ||
                !std::equal(input.headers.begin(), input.headers.end(), copy->headers.begin())) {
                fault("different headers: " + source);
            }
            if (reason && copy->header("ceasewire.reason") != std::string(to_string(*reason)))
                fault("different reason: " + source);
            if (reason && copy->timestamp_ms != input.timestamp_ms)
                fault("different timestamp: " + source);
        }
        records.erase(source);
        letters.erase(source);
    }
    for (const auto& [source, copies] : records) {
        if (!copies.empty()) fault("from nowhere: " + source);
    }
    for (const auto& [source, copies] : letters) {
        if (!copies.empty()) fault("from nowhere: " + source);
    }
    return accounts;
}

TEST(OnBroker, AccountsForEveryMessageWhateverDies) {
    constexpr std::size_t kMessages = 20'000;
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    topics.create("out", 3);
    topics.create("dead", 1);
    const auto run = run_command(broker.address(), "in", "out", "dead", "group");
    std::size_t sent = 0;
    const auto feed = [&](std::size_t count) {
        const std::size_t begin = sent;
        topics.fill("in", count, [&](std::size_t i) { return mixed(begin + i); });
        sent += count;
    };
    const auto finished = [&] {
        return static_cast<std::size_t>(topics.size("out") + topics.size("dead"));
    };
    std::unique_ptr<Process> process;
    const auto reaches = [&](std::size_t count) {
        return eventually([&] { return !process->running() || finished() >= count; }, 120s) &&
               process->running();
    };

    process = std::make_unique<Process>(run);
    feed(5'000);
    ASSERT_TRUE(reaches(1'000)) << process->log();

    // An ordered stop with work in hand.
    feed(1'000);
    process->signal(SIGTERM);
    ASSERT_EQ(process->wait(40s), 0) << process->log();
    const std::size_t after_term = finished();
    std::int64_t committed = 0;
    for (const auto& [partition, offset] : topics.committed("group", "in"))
        committed += std::max<std::int64_t>(0, offset);
    EXPECT_EQ(static_cast<std::size_t>(committed), after_term)
        << "an ordered stop leaves nothing uncommitted behind";

    process = std::make_unique<Process>(run);
    feed(3'000);
    ASSERT_TRUE(reaches(after_term + 500)) << process->log();

    // Death in the middle: the messages of this last feed are on their way.
    feed(2'000);
    process->signal(SIGKILL);
    ASSERT_EQ(process->wait(10s), 128 + SIGKILL);
    const std::size_t after_kill = finished();
    std::fprintf(stderr, "killed with %zu of %zu messages finished\n", after_kill, sent);

    process = std::make_unique<Process>(run);
    feed(3'000);
    ASSERT_TRUE(reaches(after_kill + 500)) << process->log();

    // The broker goes and comes back.
    feed(2'000);
    broker.kill9();
    broker.start();
    feed(kMessages - sent);
    ASSERT_TRUE(eventually(
        [&] {
            std::size_t total = 0;
            for (const auto& [partition, offset] : topics.committed("group", "in"))
                total += static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
            return total == kMessages;
        },
        120s))
        << process->log();
    process->signal(SIGTERM);
    EXPECT_EQ(process->wait(40s), 0) << process->log();

    const Accounts accounts = audit(topics, "in", "out", "dead");
    EXPECT_EQ(accounts.inputs, kMessages);
    EXPECT_EQ(accounts.records + accounts.dead_letters, kMessages);
    EXPECT_EQ(accounts.dead_letters, kMessages / 100);
    EXPECT_THAT(accounts.faults, testing::IsEmpty());
    std::fprintf(stderr, "%zu messages, %zu records, %zu dead letters, %zu duplicates\n",
                 accounts.inputs, accounts.records, accounts.dead_letters, accounts.duplicates);
    RecordProperty("duplicates", static_cast<int>(accounts.duplicates));
}

}  // namespace
}  // namespace ceasewire::test
