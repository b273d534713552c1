/// Topics that are deleted, made anew, cut or grown while the group has its offsets in them:
/// nothing is skipped or read twice without a word, and what is no gap is not taken for one.

#include <csignal>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/load_lexicon.h"
#include "app/service.h"
#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

NewMessage article(std::size_t i, std::int32_t partition = 0) {
    return {"k" + std::to_string(i),
            R"({"id":"a)" + std::to_string(i) + R"(","title":"t","body":"b"})",
            {},
            partition,
            0};
}

struct Way {
    const char* delivery;
    const char* assignment;
};
void PrintTo(const Way& way, std::ostream* out) { *out << way.delivery << ", " << way.assignment; }

class Gaps : public OneBroker<Gaps, testing::TestWithParam<Way>> {
public:
    static BrokerSetup broker_setup() { return {.config = "log.cleaner.backoff.ms=100"}; }

protected:
    void make_topics(int inputs, const TopicConfig& input = {}) const {
        topics.create(in, inputs, input);
        topics.create(out, 1);
        topics.create(dead, 1);
    }
    [[nodiscard]] std::vector<std::string> run(std::vector<std::string> more = {}) const {
        const auto delivery = delivery_flags(GetParam().delivery, group);
        more.insert(more.end(), delivery.begin(), delivery.end());
        more.insert(more.end(), {"--set", std::string("kafka.assignment=") + GetParam().assignment,
                                 "--set", "kafka.consumer.topic.metadata.refresh.interval.ms=500"});
        return run_command(broker.address(), in, out, dead, group, more);
    }
    [[nodiscard]] std::int64_t committed(std::int32_t partition = 0) const {
        return topics.committed(group, in).at(partition);
    }
    [[nodiscard]] std::vector<std::string> output() const {
        std::vector<std::string> keys;
        for (const StoredMessage& record : topics.read(out))
            keys.push_back(record.key.value_or(""));
        return keys;
    }
    /// a0 to aN-1 are in the input, read and committed, and the service has stopped.
    void carry(std::size_t count) const {
        topics.fill(in, count, [](std::size_t i) { return article(i); });
        Process process(run());
        ASSERT_TRUE(
            eventually([&] { return committed() == static_cast<std::int64_t>(count); }, 60s))
            << process.log();
        process.signal(SIGTERM);
        ASSERT_EQ(process.wait(40s), 0) << process.log();
    }
    [[nodiscard]] static bool shows(const Process& process, const std::string& line) {
        const std::string url = process.metrics_url();
        return !url.empty() &&
               http_get(url + "/metrics").second.find("\n" + line + "\n") != std::string::npos;
    }
    static void end(Process& process) {
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(40s), 0) << process.log();
    }
};

INSTANTIATE_TEST_SUITE_P(Every, Gaps,
                         testing::Values(Way{"at_least_once", "cooperative-sticky"},
                                         Way{"exactly_once", "cooperative-sticky"},
                                         Way{"at_least_once", "range"}),
                         [](const auto& info) {
                             return std::string(info.param.delivery) +
                                    (std::string_view(info.param.assignment) == "range" ? "_range"
                                                                                        : "");
                         });

TEST_P(Gaps, DeletedBeforeTheyWereRead) {
    make_topics(1);
    carry(20);
    topics.fill(in, 20, [](std::size_t i) { return article(20 + i); });
    topics.delete_before(in, 0, 30);
    {
        Process process(run());
        EXPECT_EQ(process.wait(60s), 80) << process.log();
        EXPECT_THAT(process.complaints(),
                    ElementsAre(AllOf(HasSubstr(in + "/0"),
                                      HasSubstr("offsets 20 to 29 were deleted"), HasSubstr(group),
                                      HasSubstr("begins at offset 30"), HasSubstr("run.on_gap"))));
        EXPECT_EQ(committed(), 20);
        EXPECT_EQ(output().size(), 20U) << "nothing behind the gap";
    }
    Process process(run({"--on-gap", "continue"}));
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 40; }, 60s))
        << process.log();
    EXPECT_TRUE(shows(process, "ceasewire_offsets_missing_total{reason=\"deleted\"} 10"));
    EXPECT_TRUE(shows(process, "ceasewire_offsets_missing_total{reason=\"cut\"} 0"));
    EXPECT_TRUE(shows(process, "ceasewire_input_gaps_total{reason=\"deleted\"} 1"));
    EXPECT_THAT(process.log(), HasSubstr("offsets 20 to 29 were deleted"));
    end(process);
    const auto keys = output();
    EXPECT_EQ(keys.size(), 30U);
    EXPECT_EQ(keys.at(20), "a30");
}

/// Two partitions lose messages at once, while the service runs and is behind: it sleeps.
TEST_P(Gaps, DeletedUnderTheFeetOfARunningService) {
    make_topics(2);
    Process process(run({"--lanes", "1", "--on-gap", "continue"}));
    topics.fill(in, 20, [](std::size_t i) { return article(i, static_cast<int>(i % 2)); });
    ASSERT_TRUE(eventually([&] { return committed(0) == 10 && committed(1) == 10; }, 60s))
        << process.log();
    process.signal(SIGSTOP);
    // What the client asked for before it slept may still be answered: then fewer are missing.
    topics.fill(in, 20, [](std::size_t i) { return article(20 + i, static_cast<int>(i % 2)); });
    topics.delete_before(in, 0, 20);
    topics.delete_before(in, 1, 15);
    process.signal(SIGCONT);
    topics.fill(in, 2, [](std::size_t i) { return article(40 + i, static_cast<int>(i)); });
    ASSERT_TRUE(eventually(
        [&] { return !process.running() || (committed(0) == 21 && committed(1) == 21); }, 60s))
        << process.log();
    const auto missing = http_get(process.metrics_url() + "/metrics").second;
    end(process);
    // Every message is in the output or was counted.
    const std::string name = "\nceasewire_offsets_missing_total{reason=\"deleted\"} ";
    const auto at = missing.find(name);
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(output().size() + std::stoul(missing.substr(at + name.size())), 42U) << process.log();
}

TEST_P(Gaps, BehindTheEndOfALogThatWasCut) {
    make_topics(1);
    carry(20);
    topics.commit(group, in, 0, 40);  // as if the log had been cut from 40 to 20
    {
        Process process(run());
        EXPECT_EQ(process.wait(60s), 80) << process.log();
        EXPECT_THAT(process.complaints(),
                    ElementsAre(AllOf(HasSubstr(in + "/0"), HasSubstr("offsets 20 to 39 are gone"),
                                      HasSubstr(group), HasSubstr("ends at offset 20"))));
        EXPECT_EQ(committed(), 40) << "the next start must find it too";
    }
    Process process(run({"--on-gap", "continue"}));
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 20; }, 60s))
        << process.log();
    EXPECT_TRUE(shows(process, "ceasewire_offsets_missing_total{reason=\"cut\"} 20"));
    topics.fill(in, 5, [](std::size_t i) { return article(20 + i); });
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 25; }, 60s))
        << process.log();
    end(process);
    EXPECT_EQ(output().size(), 25U);
}

TEST_P(Gaps, ATopicMadeAnew) {
    make_topics(1);
    {
        Process process(run());
        topics.fill(in, 20, [](std::size_t i) { return article(i); });
        ASSERT_TRUE(eventually([&] { return committed() == 20; }, 60s)) << process.log();
        topics.remove({in});
        ASSERT_TRUE(eventually([&] { return topics.partitions(in) == 0; }, 60s));
        topics.create(in, 1);
        topics.fill(in, 5, [](std::size_t i) { return article(100 + i); });
        EXPECT_EQ(process.wait(90s), 80) << process.log();
        EXPECT_THAT(process.complaints(),
                    ElementsAre(AllOf(HasSubstr(in + "/0"), HasSubstr("deleted and made anew"),
                                      HasSubstr("everything before offset 20 had been read"))))
            << process.log();
        EXPECT_EQ(committed(), 0) << "the next start begins with the new topic";
    }
    Process process(run({"--start", "latest"}));
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 5; }, 60s))
        << process.log();
    end(process);
    EXPECT_EQ(output().size(), 25U);
    EXPECT_EQ(output().back(), "a104");
}

TEST_P(Gaps, ATopicMadeAnewIsReadFromItsBeginningWhereThatIsWanted) {
    make_topics(1);
    Process process(run({"--on-gap", "continue"}));
    topics.fill(in, 20, [](std::size_t i) { return article(i); });
    ASSERT_TRUE(eventually([&] { return committed() == 20; }, 60s)) << process.log();
    topics.remove({in});
    ASSERT_TRUE(eventually([&] { return topics.partitions(in) == 0; }, 60s));
    topics.create(in, 1);
    topics.fill(in, 5, [](std::size_t i) { return article(100 + i); });
    ASSERT_TRUE(eventually([&] { return !process.running() || committed() == 5; }, 90s))
        << process.log();
    EXPECT_TRUE(shows(process, "ceasewire_input_gaps_total{reason=\"recreated\"} 1"))
        << process.log();
    end(process);
    EXPECT_EQ(output().size(), 25U);
    EXPECT_EQ(output().back(), "a104");
}

/// Written to before anybody here knew of them, and a group that would begin at the end.
TEST_P(Gaps, AddedPartitionsAreReadFromTheirBeginningAndGetLanes) {
    make_topics(1);
    topics.fill(in, 3, [](std::size_t i) { return article(i); });
    Process process(run({"--start", "latest", "--lanes", "2"}));
    ASSERT_TRUE(eventually([&] { return !process.running() || committed(0) == 3; }, 60s))
        << process.log();
    topics.fill(in, 1, [](std::size_t i) { return article(10 + i); });
    topics.grow(in, 4);
    for (int partition = 1; partition < 4; ++partition)
        topics.fill(in, 2, [&](std::size_t i) {
            return article(static_cast<std::size_t>(20 + 2 * partition) + i, partition);
        });
    ASSERT_TRUE(eventually([&] { return !process.running() || output().size() >= 7; }, 60s))
        << process.log();
    ASSERT_TRUE(eventually([&] { return shows(process, "ceasewire_lanes 2"); }, 30s))
        << process.log();
    ASSERT_TRUE(eventually(
        [&] { return shows(process, "ceasewire_assigned_partitions{lane=\"1\"} 2"); }, 60s))
        << process.log();
    topics.fill(in, 4, [](std::size_t i) { return article(50 + i, static_cast<int>(i)); });
    ASSERT_TRUE(eventually(
        [&] {
            const auto all = topics.committed(group, in);
            return !process.running() ||
                   (all.at(0) == 5 && all.at(1) == 3 && all.at(2) == 3 && all.at(3) == 3);
        },
        60s))
        << process.log();
    end(process);
    EXPECT_THAT(output(), testing::UnorderedElementsAre("a10", "a22", "a23", "a24", "a25", "a26",
                                                        "a27", "a50", "a51", "a52", "a53"));
}

/// The service is down when partitions come: it must not take them for a part of what it skipped
/// when it began.
TEST_P(Gaps, PartitionsAddedWhileNobodyRanAreReadToo) {
    make_topics(1);
    topics.fill(in, 3, [](std::size_t i) { return article(i); });
    {
        Process process(run({"--start", "latest"}));
        ASSERT_TRUE(eventually([&] { return !process.running() || committed(0) == 3; }, 60s))
            << process.log();
        end(process);
    }
    topics.grow(in, 2);
    topics.fill(in, 2, [](std::size_t i) { return article(20 + i, static_cast<int>(i)); });
    Process process(run({"--start", "latest"}));
    ASSERT_TRUE(eventually(
        [&] { return !process.running() || (committed(0) == 4 && committed(1) == 1); }, 60s))
        << process.log();
    end(process);
    EXPECT_THAT(output(), testing::UnorderedElementsAre("a20", "a21"));
}

/// Offsets that are not there because they were compacted away, or are a transaction's marker, or
/// were undone.
TEST_P(Gaps, HolesAreNone) {
    make_topics(1, {{"cleanup.policy", "compact"},
                    {"segment.bytes", "1000"},
                    {"min.cleanable.dirty.ratio", "0.01"},
                    {"delete.retention.ms", "0"}});
    TransactionalFeeder feeder(broker.address(), group + "-feeder");
    for (int round = 0; round < 20; ++round) {
        feeder.write(in, {article(1), article(2), article(3)});
        if (round % 3 == 1) {
            feeder.abort();
        } else {
            feeder.commit();
        }
    }
    feeder.write(in, {article(4)});
    feeder.commit();
    // The cleaner has been through the closed segments when the first offset is far from 0.
    ASSERT_TRUE(eventually(
        [&] {
            const auto left = topics.read(in);
            return left.size() < 20 && left.front().offset > 10;
        },
        60s));
    topics.commit(group, in, 0, 5);  // in a hole
    Process process(run());
    ASSERT_TRUE(eventually(
        [&] {
            return !process.running() || shows(process, "ceasewire_consumer_lag_records{topic=\"" +
                                                            in + "\",partition=\"0\"} 0");
        },
        60s))
        << process.log();
    EXPECT_TRUE(shows(process, "ceasewire_input_gaps_total{reason=\"deleted\"} 0"));
    end(process);
    EXPECT_EQ(output().back(), "a4");
    EXPECT_EQ(committed(), topics.end(in, 0));
}

/// A topic that is gone and stays away; the patience of five minutes is shorter here.
TEST_P(Gaps, ADeletedTopicEndsTheService) {
    make_topics(1);
    topics.fill(in, 20, [](std::size_t i) { return article(i); });
    app::ServiceSettings settings;
    settings.kafka.brokers = broker.address();
    settings.kafka.input_topics = {in};
    settings.kafka.output_topic = out;
    settings.kafka.dead_letter_topic = dead;
    settings.kafka.group_id = group;
    settings.kafka.lanes = 1;
    settings.kafka.unknown_topic_patience = 4s;
    settings.kafka.session_timeout = 6s;
    settings.kafka.transactional_id = group;
    settings.kafka.consumer_properties = {{"topic.metadata.refresh.interval.ms", "500"}};
    if (std::string_view(GetParam().delivery) == "exactly_once")
        settings.kafka.delivery = kafka::Delivery::exactly_once;
    if (std::string_view(GetParam().assignment) == "range")
        settings.kafka.assignment = kafka::Assignment::range;
    settings.metrics.enabled = false;
    const auto lexicon = app::load_lexicon("");
    stream::Observer nobody;
    app::Service service(settings, *lexicon, nobody);
    ASSERT_TRUE(service.start());
    ASSERT_TRUE(eventually([&] { return committed() == 20; }, 60s));
    topics.remove({in});
    const auto outcome = service.wait();
    ASSERT_TRUE(outcome.failure);
    EXPECT_EQ(outcome.failure->kind, stream::FailureKind::gap);
    EXPECT_THAT(outcome.failure->message,
                AllOf(HasSubstr("input topic " + in + " has been unknown"),
                      HasSubstr("partition 0 up to 20"), HasSubstr("topics.input")));
}

}  // namespace
}  // namespace ceasewire::test
