/// Every row of the table of bad input, on a real broker; and what the service does when the world
/// around it is not right.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

std::string sha256(const std::string& bytes) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
    std::string hex;
    char two[3];
    for (const unsigned char byte : digest) {
        std::snprintf(two, sizeof two, "%02x", byte);
        hex += two;
    }
    return hex;
}

class BadInput : public OneBroker<BadInput> {
public:
    static BrokerSetup broker_setup() {
        return {.config = "message.max.bytes=40000000 socket.request.max.bytes=100000000"};
    }

protected:
    void make_topics(const TopicConfig& output = {}, const TopicConfig& dead_letters = {}) const {
        topics.create(in, 1);
        topics.create(out, 1, output);
        topics.create(dead, 1, dead_letters);
    }
    [[nodiscard]] std::int64_t committed() const { return topics.committed(group, in).at(0); }

    /// Runs the service until everything in the input is committed, then stops it.
    void run_to_end(const std::vector<std::string>& more = {}) {
        Process process(run(more));
        const auto all = topics.size(in);
        ASSERT_TRUE(eventually([&] { return !process.running() || committed() == all; }, 90s))
            << process.log();
        process.signal(SIGTERM);
        ASSERT_EQ(process.wait(40s), 0) << process.log();
        EXPECT_EQ(committed(), all);
    }
};

/// An article whose claim stands behind characters of every width.
std::string odd(const std::string& member) {
    return "{" + member +
           R"(,"body":"\u0000 \ud83d\udd4a\u201ce\u0301\u201d Hamas accepted the ceasefire."})";
}
constexpr const char* kOddMention = R"("start":8,"end":13,"exact":"Hamas")";

struct Row {
    std::string name;
    std::optional<std::string> value;
    std::string reason;  ///< empty: a record
    std::string field;
    std::string byte;
    std::string warning;  ///< in the record
};

std::vector<Row> rows() {
    return {
        {"empty", "", "empty", "", "", ""},
        {"blanks", " \n\t ", "empty", "", "", ""},
        {"raw_bytes_that_are_no_utf8", "{\"title\":\"a\xFFz\"}", "bad_utf8", "", "11", ""},
        {"lone_surrogate", R"({"title":"a\ud800z"})", "bad_utf8", "", "11", ""},
        {"malformed", R"({"title":"x",})", "bad_json", "", "", ""},
        {"malformed_after_what_we_need", R"({"title":"x","body":"y","extra":tru})", "bad_json", "",
         "", ""},
        {"garbage_behind", R"({"title":"x"} z)", "bad_json", "", "", ""},
        {"two_documents", R"({"title":"x"}{"title":"y"})", "bad_json", "", "", ""},
        {"too_deep", std::string(100, '[') + std::string(100, ']'), "too_deep", "", "", ""},
        {"too_large", R"({"title":")" + std::string(300'000, 'x') + R"("})", "too_large", "", "",
         ""},
        {"no_article", R"({"temperature":7})", "not_an_article", "", "", ""},
        {"no_object", "[1,2]", "not_an_article", "", "", ""},
        {"wrong_type_of_body", R"({"title":"x","body":7})", "wrong_type", "/body", "", ""},
        {"wrong_type_of_title", R"({"title":["x"],"body":"y"})", "wrong_type", "/title", "", ""},
        {"no_text", R"({"title":" ","body":""})", "no_text", "", "", ""},
        {"unreadable_date", odd(R"("published_at":"soon")"), "", "", "", "published_at_unreadable"},
        {"not_english", odd(R"("language":"fr")"), "", "", "", "language_unsupported"},
        {"duplicate_keys", odd(R"("title":"x","title":"y")"), "", "", "", "duplicate_key"},
        {"control_characters", odd(R"("title":"a\u0000b\u0001")"), "", "", "", "text_repaired"},
        {"tombstone", std::nullopt, "", "", "", ""},
        {"good", R"({"id":"good","title":"A ceasefire","body":"Hamas accepted the ceasefire."})",
         "", "", "", ""},
    };
}

TEST_F(BadInput, EveryRowOfTheTable) {
    make_topics();
    std::vector<NewMessage> messages;
    for (const Row& row : rows())
        messages.push_back({row.name,
                            row.value,
                            {{"case", row.name}, {"null", std::nullopt}},
                            0,
                            1'718'000'000'000});
    topics.fill(in, messages);
    run_to_end({"--message-bytes-max", "200 KiB"});
    const auto records = topics.read(out);
    const auto letters = topics.read(dead);
    const std::vector<Row> table = rows();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const Row& row = table[i];
        SCOPED_TRACE(row.name);
        const auto& stored = row.reason.empty() ? records : letters;
        const auto found = std::find_if(
            stored.begin(), stored.end(),
            [&](const StoredMessage& message) { return message.header("case") == row.name; });
        ASSERT_NE(found, stored.end());
        EXPECT_EQ(found->header("ceasewire-source"), in + "/0/" + std::to_string(i));
        ASSERT_GE(found->headers.size(), 3U);
        EXPECT_EQ(found->headers[0].first, "case");
        EXPECT_EQ(found->headers[1],
                  (std::pair<std::string, std::optional<std::string>>("null", std::nullopt)));
        if (row.reason.empty()) {
            EXPECT_EQ(found->value.has_value(), row.value.has_value());
            if (!row.value) {
                EXPECT_EQ(found->key, row.name);
            }
            if (!row.warning.empty()) {
                EXPECT_THAT(found->value.value_or(""),
                            HasSubstr("\"code\":\"" + row.warning + "\""));
                EXPECT_THAT(found->value.value_or(""), row.warning == "language_unsupported"
                                                           ? HasSubstr("\"claims\":[]")
                                                           : HasSubstr(kOddMention));
            }
            continue;
        }
        EXPECT_EQ(found->value, row.value) << "the original, whole";
        EXPECT_EQ(found->key, row.name);
        EXPECT_EQ(found->timestamp_ms, 1'718'000'000'000);
        EXPECT_EQ(found->header("ceasewire.reason"), row.reason);
        EXPECT_EQ(found->header("ceasewire.field").value_or(""), row.field);
        if (!row.byte.empty()) {
            EXPECT_EQ(found->header("ceasewire.byte"), row.byte);
        }
        if (row.reason == "bad_json") {
            EXPECT_TRUE(found->header("ceasewire.byte")) << "bad_json tells the byte";
        }
        EXPECT_EQ(found->header("__connect.errors.topic"), in);
        EXPECT_EQ(found->header("__connect.errors.partition"), "0");
        EXPECT_EQ(found->header("__connect.errors.offset"), std::to_string(i));
        EXPECT_NE(found->header("__connect.errors.exception.message").value_or(""), "");
    }
    EXPECT_EQ(records.size() + letters.size(), table.size());
}

TEST_F(BadInput, ARecordThatTheBrokerRefusesIsADeadLetterAndTheLaneGoesOn) {
    make_topics({{"max.message.bytes", "3000"}});
    std::vector<NewMessage> messages;
    const auto article = [](int i, std::size_t title) {
        return R"({"id":"a)" + std::to_string(i) + R"(","title":")" + std::string(title, 'T') +
               R"(","body":"b"})";
    };
    for (int i = 0; i < 300; ++i)
        messages.push_back({"k", article(i, i % 100 == 50 ? 5'000 : 20), {}, 0, 0});
    topics.fill(in, messages);
    run_to_end();
    const auto letters = topics.read(dead);
    ASSERT_EQ(letters.size(), 3U);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        EXPECT_EQ(letters[i].header("ceasewire.reason"), "publish_refused");
        EXPECT_EQ(letters[i].value, messages[100 * i + 50].value);
        EXPECT_THAT(letters[i].header("__connect.errors.exception.message").value_or(""),
                    HasSubstr("too large"));
    }
    const auto records = topics.read(out);
    ASSERT_EQ(records.size(), 297U);
    std::int64_t last = -1;
    for (const StoredMessage& record : records) {
        const std::string source = record.header("ceasewire-source").value_or("");
        const std::int64_t offset = std::stoll(source.substr(source.rfind('/') + 1));
        EXPECT_GT(offset, last) << "the order survives a refusal";
        last = offset;
    }
}

TEST_F(BadInput, ALimitThatIsLoweredWhileWeRunRefusesNoInnocentRecord) {
    make_topics();
    Process process(run());
    std::vector<NewMessage> messages;
    for (int i = 0; i < 50; ++i)
        messages.push_back(
            {"k", R"({"id":"a)" + std::to_string(i) + R"(","title":"t"})", {}, 0, 0});
    topics.fill(in, messages);
    ASSERT_TRUE(eventually([&] { return !process.running() || topics.size(out) == 50; }, 60s))
        << process.log();
    topics.alter(out, {{"max.message.bytes", "2000"}});
    topics.fill(in, 500, [&](std::size_t i) {
        return messages[i % 50];
    });  // each alone is small, together they are not
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 550; }, 90s))
        << process.log();
    EXPECT_EQ(topics.size(dead), 0);
    EXPECT_GE(topics.size(out), 550);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
}

TEST_F(BadInput, ADeadLetterThatDoesNotFitIsCut) {
    make_topics({}, {{"max.message.bytes", "4000"}});
    const std::string large = "{" + std::string(200'000, ' ') + "x";
    const std::string small = "{\"title\":";
    topics.fill(in, {{"large", large, {{"h", "1"}}, 0, 0},
                     {"small", small, {}, 0, 0},
                     {"good", R"({"title":"t"})", {}, 0, 0}});
    run_to_end();
    const auto letters = topics.read(dead);
    ASSERT_EQ(letters.size(), 2U);
    for (const StoredMessage& letter : letters) {
        if (letter.key == "small") {
            EXPECT_EQ(letter.value, small);
            EXPECT_EQ(letter.header("ceasewire.truncated"), std::nullopt);
            continue;
        }
        EXPECT_EQ(letter.key, "large");
        ASSERT_TRUE(letter.value);
        EXPECT_GT(letter.value->size(), 1'000U);
        EXPECT_EQ(*letter.value, large.substr(0, letter.value->size()));
        EXPECT_EQ(letter.header("h"), "1");
        EXPECT_EQ(letter.header("ceasewire.truncated"), "1");
        EXPECT_EQ(letter.header("ceasewire.original_bytes"), std::to_string(large.size()));
        EXPECT_EQ(letter.header("ceasewire.sha256"), sha256(large));
        EXPECT_EQ(letter.header("ceasewire.reason"), "bad_json");
    }
    EXPECT_EQ(topics.size(out), 1);
}

TEST_F(BadInput, AMessageLargerThanOurQueueIsHandledToo) {
    topics.create(in, 1, {{"max.message.bytes", "30000000"}});
    topics.create(out, 1);
    topics.create(dead, 1);
    const std::string huge = R"({"title":")" + std::string(20'000'000, 'x') + R"("})";
    topics.fill(in, {{"huge", huge, {}, 0, 0}, {"good", R"({"title":"t"})", {}, 0, 0}});
    run_to_end();
    const auto letters = topics.read(dead);
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].header("ceasewire.reason"), "too_large");
    EXPECT_EQ(letters[0].header("ceasewire.original_bytes"), std::to_string(huge.size()));
    EXPECT_EQ(letters[0].header("ceasewire.sha256"), sha256(huge));
    EXPECT_EQ(topics.size(out), 1);
}

TEST_F(BadInput, ADeadLetterTopicThatTakesNothingStopsUsWithoutACommit) {
    make_topics({}, {{"max.message.bytes", "100"}});
    topics.fill(in, {{"bad", "{", {}, 0, 0}, {"good", R"({"title":"t"})", {}, 0, 0}});
    Process process(run());
    EXPECT_EQ(process.wait(60s), 78) << process.log();
    EXPECT_THAT(process.complaints(), ElementsAre(HasSubstr(in + "/0/0")));
    EXPECT_LE(committed(), 0);
}

TEST_F(BadInput, MissingTopicsAreAnErrorThatNamesThem) {
    topics.create(in, 1);
    Process process(run());
    EXPECT_EQ(process.wait(60s), 69) << process.log();
    EXPECT_THAT(process.complaints(), ElementsAre(HasSubstr("topic " + out + " does not exist")));
    EXPECT_EQ(committed(), -1);
}

TEST_F(BadInput, MissingTopicsAreMadeWhenWeMay) {
    Process process(run({"--create-topics"}));
    ASSERT_TRUE(eventually([&] { return !process.running() || topics.partitions(dead) == 4; }, 60s))
        << process.log();
    topics.fill(in, {{"good", R"({"title":"t"})", {}, 0, 0}});
    ASSERT_TRUE(eventually([&] { return !process.running() || topics.size(out) == 1; }, 60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0);
}

TEST_F(BadInput, UnreachableBrokersEndTheStartAfterAWhile) {
    Process process(run_command("127.0.0.1:1", in, out, dead, group, {"--startup-wait", "2 s"}));
    // Meanwhile the process lives and is not ready.
    ASSERT_TRUE(
        eventually([&] { return !process.metrics_url().empty() || !process.running(); }, 60s))
        << process.log();
    EXPECT_EQ(http_get(process.metrics_url() + "/livez").first, 200);
    EXPECT_EQ(http_get(process.metrics_url() + "/readyz").first, 503);
    EXPECT_EQ(process.wait(60s), 69) << process.log();
    EXPECT_THAT(process.complaints(), ElementsAre(HasSubstr("no broker at 127.0.0.1:1")));
}

TEST_F(BadInput, ATermDuringTheWaitForBrokersEndsItCleanly) {
    Process process(run_command("127.0.0.1:1", in, out, dead, group, {"--startup-wait", "60 s"}));
    ASSERT_TRUE(
        eventually([&] { return !process.metrics_url().empty() || !process.running(); }, 60s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
}

TEST_F(BadInput, NonsenseInTheConfigurationIsRefused) {
    make_topics();
    topics.fill(in, {{"good", R"({"title":"t"})", {}, 0, 0}});
    const auto refused = [&](const std::vector<std::string>& command, int code,
                             const std::string& line) {
        Process process(command);
        EXPECT_EQ(process.wait(40s), code) << process.log();
        const auto lines = process.complaints();
        ASSERT_EQ(lines.size(), code == 64 ? 2U : 1U) << process.log();
        EXPECT_THAT(lines[0], HasSubstr(line));
    };
    refused(run_command(broker.address(), in, in, dead, group), 78, "topics.output");
    refused(run({"--set", "kafka.consumer.enable.auto.commit=false"}), 78, "enable.auto.commit");
    refused(run({"--set", "kafka.producer.acks=1"}), 78, "acks");
    refused(run({"--no-such-flag"}), 64, "--no-such-flag");
    EXPECT_EQ(committed(), -1);
}

TEST_F(BadInput, ABadLexiconIsItsOwnError) {
    make_topics();
    topics.fill(in, {{"good", R"({"title":"t"})", {}, 0, 0}});
    const std::string folder = testing::TempDir() + "bad-lexicon";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/terms.tsv") << "no such header\n";
    Process process(run({"--lexicon", folder}));
    EXPECT_EQ(process.wait(40s), 79) << process.log();
    EXPECT_THAT(process.complaints(), Each(HasSubstr("terms.tsv:1:1: ")));
    EXPECT_EQ(committed(), -1);
}

/// The broker's disk is full in the middle of the work: Kafka then ends itself. Nobody can write
/// for us, so nothing more is committed, and all of it is done once there is room again.
TEST(FullDisk, OfTheBrokerCostsNoMessage) {
    constexpr std::size_t kMessages = 300;
    Broker broker("", "48m");
    const Topics topics = broker.topics();
    for (const char* topic : {"in", "out", "dead"}) topics.create(topic, 1);
    // Dead letters of 100 KB: the disk holds them once, but not twice.
    const auto letter = [](std::size_t i) {
        return "{" + std::string(100'000, ' ') + std::to_string(i);
    };
    topics.fill("in", kMessages,
                [&](std::size_t i) { return NewMessage{"k", letter(i), {}, 0, 0}; });
    const auto command =
        run_command(broker.address(), "in", "out", "dead", "group", {"--shutdown-budget", "6 s"});
    Process process(command);
    ASSERT_TRUE(eventually([&] { return !broker.running(); }, 90s)) << process.log();
    EXPECT_TRUE(process.running()) << "a broker that is away is waited for";
    EXPECT_EQ(http_get(process.metrics_url() + "/livez").first, 200);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    EXPECT_THAT(process.log(), HasSubstr("messages not acknowledged; they will be read again"));
    auto soon = command;
    soon.insert(soon.end(), {"--startup-wait", "1 s"});
    Process early(soon);
    EXPECT_EQ(early.wait(60s), 69) << early.log();
    EXPECT_THAT(early.complaints(), ElementsAre(HasSubstr("no broker at " + broker.address())));

    broker.grow("256m");
    broker.start();
    const auto settled = topics.committed("group", "in").at(0);
    EXPECT_LT(settled, static_cast<std::int64_t>(kMessages));
    EXPECT_LE(settled, topics.size("dead")) << "committed before it was written";
    Process again(command);
    ASSERT_TRUE(eventually(
        [&] {
            return topics.committed("group", "in").at(0) == static_cast<std::int64_t>(kMessages);
        },
        90s))
        << again.log();
    again.signal(SIGTERM);
    EXPECT_EQ(again.wait(40s), 0) << again.log();
    std::vector<bool> seen(kMessages);
    for (const StoredMessage& message : topics.read("dead")) {
        const std::string source = message.header("ceasewire-source").value_or("in/0/0");
        const std::size_t offset = std::stoul(source.substr(source.rfind('/') + 1));
        seen.at(offset) = true;
        EXPECT_EQ(message.value, letter(offset));
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<std::ptrdiff_t>(kMessages));
}

/// Where standard error goes is no reason to stop.
TEST_F(BadInput, AFullDiskUnderTheLogStopsNothing) {
    make_topics();
    topics.fill(in, {{"good", R"({"title":"t"})", {}, 0, 0}});
    std::vector<std::string> words = {"-c", "exec \"$0\" \"$@\" 2> /dev/full", CEASEWIRE_PROGRAM};
    const auto command = run();
    words.insert(words.end(), command.begin(), command.end());
    Process process(words, "/bin/sh");
    EXPECT_TRUE(eventually([&] { return !process.running() || committed() == 1; }, 60s));
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0);
    EXPECT_EQ(topics.size(out), 1);
}

}  // namespace
}  // namespace ceasewire::test
