/// A lexicon that is replaced while the service runs, on librdkafka's mock cluster: by the program
/// that is told so by SIGHUP, and by a service under load.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/cluster.h"
#include "enrich/enrich.h"
#include "kafka/mock_service.h"
#include "record/encode.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// An analyst's directory, gone with the test.
class Desk {
public:
    Desk() {
        std::string pattern = (std::filesystem::temp_directory_path() / "desk-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no folder";
        folder_ = pattern;
    }
    ~Desk() { std::filesystem::remove_all(folder_); }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    [[nodiscard]] std::string path() const { return folder_.string(); }

private:
    std::filesystem::path folder_;
};

TEST(Reload, TheProgramReadsItsLexiconAgainOnHangup) {
    const MockCluster cluster(1, {{"in", 1}, {"out", 1}, {"dead", 1}});
    const Topics topics = cluster.topics();
    const Desk desk;
    const std::string head = "id\tname\ttype\tcountry\twikidata\taliases\tsource\n";
    desk.write("VERSION", "desk.1\n");
    desk.write("actors-desk.tsv", head + "larkspur-bench\tLarkspur Bench\tngo\t\t\t\tknown\n");
    Process process(
        run_command(cluster.address(), "in", "out", "dead", "group", {"--lexicon", desk.path()}));
    std::size_t sent = 0;
    const auto next_record = [&] {
        topics.fill("in", {NewMessage{"k",
                                      R"({"id":"a)" + std::to_string(sent) +
                                          R"(","body":"Larkspur Bench said the ceasefire held. )"
                                          R"(Teasel Assembly said the truce had collapsed."})",
                                      {},
                                      0,
                                      0}});
        ++sent;
        EXPECT_TRUE(eventually([&] { return topics.read("out").size() == sent; }, 60s))
            << process.log();
        const auto records = topics.read("out");
        return records.empty() ? std::string() : records.back().value.value_or("");
    };
    const auto logged = [&](const std::string& text) {
        EXPECT_TRUE(eventually([&] { return process.log().find(text) != std::string::npos; }, 60s))
            << text << " is not in:\n"
            << process.log();
    };
    EXPECT_THAT(next_record(),
                AllOf(HasSubstr(R"("id":"larkspur-bench")"), HasSubstr(R"("lexicon":"desk.1+)"),
                      Not(HasSubstr(R"("id":"teasel-forum")"))));

    // A wrong one: one line that a person can act on, a metric, and the old one stays.
    desk.write("VERSION", "desk.2\n");
    desk.write("actors-desk.tsv",
               head + "# our own\nteasel-forum\tTeasel Assembly\tclub\t\t\t\t\n");
    process.signal(SIGHUP);
    logged("lexicon: actors-desk.tsv:3:30: unknown type 'club'");
    EXPECT_THAT(process.complaints(),
                testing::ElementsAre(AllOf(HasSubstr("lexicon not reloaded, desk.1+"),
                                           HasSubstr(" stays in use: lexicon: actors-desk"))));
    EXPECT_THAT(http_get(process.metrics_url() + "/metrics").second,
                AllOf(HasSubstr("ceasewire_lexicon_reloads_total{result=\"failed\"} 1\n"),
                      HasSubstr("ceasewire_lexicon_reloads_total{result=\"ok\"} 0\n"),
                      HasSubstr("lexicon=\"desk.1+")));
    EXPECT_THAT(next_record(),
                AllOf(HasSubstr(R"("id":"larkspur-bench")"), HasSubstr(R"("lexicon":"desk.1+)")));

    desk.write("actors-desk.tsv", head + "teasel-forum\tTeasel Assembly\tngo\t\t\t\tknown\n");
    process.signal(SIGHUP);
    logged("lexicon reloaded: desk.2+");
    EXPECT_THAT(http_get(process.metrics_url() + "/metrics").second,
                AllOf(HasSubstr("ceasewire_lexicon_reloads_total{result=\"ok\"} 1\n"),
                      HasSubstr("lexicon=\"desk.2+")));
    EXPECT_THAT(next_record(),
                AllOf(HasSubstr(R"("id":"teasel-forum")"), HasSubstr(R"("lexicon":"desk.2+)")));

    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(60s), 0) << process.log();
    EXPECT_EQ(topics.committed("group", "in").at(0), 3);
}

Lexicon lexicon_of(const std::string& version) {
    auto lexicon = Lexicon::compile({{"VERSION", version}});
    EXPECT_TRUE(lexicon);
    return std::move(lexicon).value();
}

TEST(Reload, UnderLoadEachRecordIsMadeWithTheLexiconThatItNames) {
    const MockCluster cluster(1, {{"in", 2}, {"out", 2}, {"dead", 1}});
    const auto feed = [&](std::size_t begin) {
        cluster.topics().fill("in", 500, [&](std::size_t i) {
            const std::string number = std::to_string(begin + i);
            return NewMessage{
                "k" + number, R"({"id":"a)" + number + R"(","title":"t","body":"b"})", {}, -1, 0};
        });
    };
    app::ServiceSettings settings = settings_on(cluster);
    settings.kafka.lanes = 2;
    settings.kafka.session_timeout = 6s;
    settings.kafka.commit_interval = 100ms;
    settings.loop.batch_records_max = 7;
    const Lexicon first = lexicon_of("one.0");
    Quiet log;
    app::Service service(settings, first, log);
    ASSERT_TRUE(service.start());
    feed(0);
    std::atomic<bool> enough{false};
    std::thread analyst([&] {
        for (int i = 1; !enough.load(); i = i % 3 + 1) {
            EXPECT_TRUE(service.reload_lexicon(lexicon_of("one." + std::to_string(i))));
            EXPECT_FALSE(service.reload_lexicon(
                Unexpected(std::vector<std::string>{"lexicon: a.tsv:1:1: no", "and more"})));
        }
    });
    const bool half = eventually([&] { return service.totals().settled() >= 500; }, 60s);
    feed(500);
    const bool all = eventually([&] { return service.totals().settled() >= 1'000; }, 60s);
    enough = true;
    analyst.join();
    ASSERT_TRUE(half && all) << log.text;
    service.request_stop();
    EXPECT_FALSE(service.wait().failure);

    std::map<std::string, Lexicon> lexicons;
    for (int i = 0; i < 4; ++i) {
        const std::string version = "one." + std::to_string(i);
        lexicons.emplace(version, lexicon_of(version));
    }
    std::map<std::string, std::string> input;
    for (const StoredMessage& message : cluster.topics().read("in"))
        input["in/" + std::to_string(message.partition) + "/" + std::to_string(message.offset)] =
            message.value.value_or("");
    std::set<std::string> sources;
    Scratch scratch;
    for (const StoredMessage& message : cluster.topics().read("out")) {
        const std::string source = message.header("ceasewire-source").value_or("");
        sources.insert(source);
        const std::string value = message.value.value_or("");
        const auto at = value.rfind("one.");
        ASSERT_NE(at, std::string::npos);
        const auto record = enrich(input[source], lexicons.at(value.substr(at, 5)), scratch);
        ASSERT_TRUE(record);
        std::string bytes;
        encode(*record, bytes);
        EXPECT_EQ(value, bytes);
    }
    EXPECT_EQ(sources.size(), 1'000U);
    EXPECT_THAT(log.text, HasSubstr("stays in use: lexicon: a.tsv:1:1: no (and 1 more; "));
}

}  // namespace
}  // namespace ceasewire::test
