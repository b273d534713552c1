#include "metrics/exporter.h"

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ceasewire::metrics {
namespace {

using stream::LaneCounters;
using testing::HasSubstr;

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

/// "counter name{labels}" of every series, without values and without what differs from machine to
/// machine.
std::string shape(const std::string& page) {
    std::string out;
    for (const std::string& line : lines(page)) {
        if (line.starts_with("# TYPE")) out += line + "\n";
        if (line.starts_with("#") || line.empty()) continue;
        out += "  " + line.substr(0, line.rfind(' ')) + "\n";
    }
    return out;
}

/// The page for operators: a row for every metric.
std::string documented(const std::string& page) {
    std::string out =
        "# Metrics\n\nWhat `/metrics` serves, made from its own help texts by the tests. Where a "
        "label has a closed set of values, every value is there from\nthe start, at 0. Counters of "
        "lanes are added up.\n\n| name | type | labels | meaning |\n| --- | --- | --- | --- |\n";
    std::string help;
    std::string type;
    std::string open;  // the metric whose labels are still to come
    for (const std::string& line : lines(page)) {
        std::istringstream words(line);
        std::string hash;
        std::string kind;
        std::string name;
        words >> hash >> kind >> name;
        if (kind == "HELP") help = line.substr(line.find(name) + name.size() + 1);
        if (kind == "TYPE") {
            words >> type;
            open = name;
        }
        if (hash == "#" || open.empty()) continue;
        std::string labels;
        const auto brace = line.find('{');
        std::istringstream pairs(
            brace == std::string::npos ? "" : line.substr(brace + 1, line.rfind('}') - brace - 1));
        for (std::string pair; std::getline(pairs, pair, ',');)
            if (!pair.starts_with("le="))
                labels += (labels.empty() ? "`" : ", `") + pair.substr(0, pair.find('=')) + "`";
        out += "| `" + open + "` | " + type + " | " + labels + " | " + help + " |\n";
        open.clear();
    }
    return out;
}

BuildInfo info() {
    return {
        "1.2.3", "2.0.2", "2026.11", {{"fetch_stall", "2.2.0"}, {"leave_crash", "2.14.2"}}, 1'000};
}

TEST(Exporter, NamesAndLabelsAreThoseOfTheGoldenFile) {
    Exporter exporter(info());
    auto lane = std::make_shared<LaneCounters>();
    exporter.lane_started(lane);
    auto cells = std::make_shared<stream::PartitionCells>();
    cells->topic = "in";
    cells->partition = 3;
    cells->position.set(10);
    cells->stored.set(8);
    cells->end.set(20);
    cells->last_record_ms.set(1);
    lane->set_partitions({cells});
    lane->last_commit_ms.set(1'000);
    lane->last_answer_ms.set(2'000);
    const auto expect_in = [](const std::string& path, const std::string& now) {
        const std::string file = CEASEWIRE_SOURCE_DIR + path;
        if (std::getenv("CEASEWIRE_UPDATE_GOLDEN") != nullptr) std::ofstream(file) << now;
        std::ifstream in(file);
        EXPECT_EQ(now, std::string(std::istreambuf_iterator<char>(in), {}))
            << "CEASEWIRE_UPDATE_GOLDEN=1 rewrites it; dashboards depend on these names";
    };
    expect_in("/tests/metrics/metrics.golden", shape(exporter.render()));
    expect_in("/deploy/METRICS.md", documented(exporter.render()));
}

TEST(Exporter, ClosedSetsOfLabelsAreCompleteBeforeTheFirstLane) {
    const Exporter exporter(info());
    const std::string page = exporter.render();
    for (const Reason reason : kReasons) {
        EXPECT_THAT(page, HasSubstr("ceasewire_records_rejected_total{reason=\"" +
                                    std::string(to_string(reason)) + "\"} 0\n"));
        EXPECT_THAT(page, HasSubstr("ceasewire_records_dead_lettered_total{reason=\"" +
                                    std::string(to_string(reason)) + "\"} 0\n"));
    }
    for (const auto act : stream::kActs)
        EXPECT_THAT(page,
                    HasSubstr("ceasewire_claims_total{act=\"" + std::string(act) + "\"} 0\n"));
    for (const auto error : stream::kDeliveryErrors) {
        EXPECT_THAT(page, HasSubstr("ceasewire_delivery_failures_total{error=\"" +
                                    std::string(to_string(error)) + "\"} 0\n"));
    }
    EXPECT_THAT(page, HasSubstr("ceasewire_rebalances_total{type=\"lost\"} 0\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_commits_total{result=\"failed\"} 0\n"));
}

TEST(Exporter, TellsWhichLexiconIsInUse) {
    Exporter exporter(info());
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon_reloads_total{result=\"ok\"} 0\n"));
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon_reloads_total{result=\"failed\"} 0\n"));
    exporter.lexicon_reload_failed();
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon_reloads_total{result=\"failed\"} 1\n"));
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon=\"2026.11\""));
    const auto since = [&] {
        const std::string page = exporter.render();
        const std::string name = "\nceasewire_lexicon_loaded_timestamp_seconds ";
        return std::stod(page.substr(page.find(name) + name.size()));
    };
    const double loaded = since();
    EXPECT_GT(loaded, 1.7e9);
    exporter.lexicon_reloaded("2026.12");
    EXPECT_GE(since(), loaded);
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon_reloads_total{result=\"ok\"} 1\n"));
    EXPECT_THAT(exporter.render(), HasSubstr("lexicon=\"2026.12\""));
}

TEST(Exporter, FollowsTheNamingConventions) {
    const Exporter exporter(info());
    std::set<std::string> names;
    for (const std::string& line : lines(exporter.render())) {
        std::istringstream words(line);
        std::string hash, kind, name, type;
        words >> hash >> kind >> name >> type;
        if (kind != "TYPE") continue;
        EXPECT_TRUE(names.insert(name).second) << name << " is there twice";
        EXPECT_TRUE(name.starts_with("ceasewire_") || name.starts_with("process_")) << name;
        EXPECT_EQ(name.ends_with("_total"), type == "counter") << name << " is a " << type;
        for (const char c : name)
            EXPECT_TRUE(std::islower(static_cast<unsigned char>(c)) || c == '_') << name;
        for (const char* unit : {"_ms", "_milliseconds", "_kb", "_megabytes"})
            EXPECT_FALSE(name.ends_with(unit)) << name;
    }
    EXPECT_GT(names.size(), 30U);
}

TEST(Exporter, AddsLanesUpAndKeepsThemAfterTheirEnd) {
    Exporter exporter(info());
    {
        auto first = std::make_shared<LaneCounters>();
        auto second = std::make_shared<LaneCounters>();
        second->lane = 1;
        first->consumed.set(3);
        second->consumed.set(4);
        first->rejected[Reason::bad_json].set(2);
        second->in_flight.set(9);
        exporter.lane_started(first);
        exporter.lane_started(second);
    }
    const std::string page = exporter.render();
    EXPECT_THAT(page, HasSubstr("ceasewire_records_consumed_total 7\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_records_rejected_total{reason=\"bad_json\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_records_in_flight{lane=\"1\"} 9\n"));
}

TEST(Exporter, LagIsWhatIsBehindAcknowledgedOutput) {
    Exporter exporter(info());
    auto lane = std::make_shared<LaneCounters>();
    exporter.lane_started(lane);
    auto behind = std::make_shared<stream::PartitionCells>();
    behind->topic = "a\"b";
    behind->stored.set(5);
    behind->end.set(12);
    auto done = std::make_shared<stream::PartitionCells>();
    done->topic = "t";
    done->partition = 1;
    done->stored.set(12);
    done->end.set(11);  // the mark was heard before the last message
    lane->set_partitions({behind, done});
    const std::string page = exporter.render();
    EXPECT_THAT(page,
                HasSubstr("ceasewire_consumer_lag_records{topic=\"a\\\"b\",partition=\"0\"} 7\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_consumer_lag_records{topic=\"t\",partition=\"1\"} 0\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_consumer_lag_seconds{topic=\"t\",partition=\"1\"} 0\n"));
    lane->set_partitions({});
    EXPECT_THAT(exporter.render(), testing::Not(HasSubstr("partition=\"1\"")));
}

TEST(Exporter, HistogramsAreCumulativeAndSumUp) {
    Exporter exporter(info());
    auto lane = std::make_shared<LaneCounters>();
    exporter.lane_started(lane);
    using std::chrono::milliseconds;
    for (const int ms : {0, 1, 100, 3'600'000}) lane->latency.observe(milliseconds(ms));
    const std::string page = exporter.render();
    EXPECT_THAT(page, HasSubstr("ceasewire_record_latency_seconds_count 4\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_record_latency_seconds_sum 3600.101"));
    EXPECT_THAT(page, HasSubstr("ceasewire_record_latency_seconds_bucket{le=\"0.001024\"} 2\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_record_latency_seconds_bucket{le=\"0.131072\"} 3\n"));
    EXPECT_THAT(page, HasSubstr("ceasewire_record_latency_seconds_bucket{le=\"+Inf\"} 4\n"));
}

TEST(DurationCells, PutEveryDurationBelowItsBound) {
    for (const std::int64_t us :
         {0LL, 1LL, 2LL, 3LL, 4LL, 1'000LL, 1'023LL, 1'024LL, 999'999LL, 1LL << 28}) {
        stream::DurationCells cells;
        cells.observe(std::chrono::microseconds(us));
        std::size_t index = 0;
        while (cells.bucket(index) == 0) ++index;
        EXPECT_LT(static_cast<double>(us) * 1e-6, stream::DurationCells::bound_seconds(index))
            << us;
        if (index > 0) {
            EXPECT_GE(static_cast<double>(us) * 1e-6 + 1e-9,
                      stream::DurationCells::bound_seconds(index - 1))
                << us;
        }
    }
}

}  // namespace
}  // namespace ceasewire::metrics
