#include "app/service_settings.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include "app/log.h"
#include "app/memory_limit.h"
#include "config/keys.h"
#include "config/loading.h"
#include "kafka/properties.h"

namespace ceasewire::app {
namespace {

using testing::HasSubstr;

ServiceSettings settings_of(std::string_view file, const config::Environment& environment = {}) {
    return service_settings(config::loaded(file, environment).config);
}

TEST(ServiceSettings, CarriesEveryKeyOver) {
    const ServiceSettings all =
        settings_of(R"(
        [kafka]
        brokers = "a:1"
        group = "g"
        client_id = "c"
        instance = "host-1"
        assignment = "range"
        session_timeout = "30 s"
        max_poll_interval = "2 min"
        commit_interval = "2 s"
        compression = "zstd"
        security = "sasl_ssl"
        verify_hostname = false
        sasl_mechanism = "PLAIN"
        username = "u"
        ca_file = "/ca"
        certificate_file = "/certificate"
        key_file = "/key"
        [kafka.consumer]
        debug = "cgrp"
        [kafka.producer]
        linger.ms = 7
        [topics]
        input = "in1, in2"
        output = "out"
        dead_letter = "dead"
        create = true
        partitions = 7
        replication = 3
        [enrich]
        message_bytes_max = "1 MiB"
        json_depth_max = 20
        [run]
        start = "latest"
        on_gap = "continue"
        lanes = 3
        prefetch = "4 MiB"
        produce_queue = "2 MiB"
        startup_wait = "9 s"
        missing_topic_wait = "8 s"
        shutdown_budget = "10 s"
        [metrics]
        address = "0.0.0.0:1"
    )",
                    {{"CEASEWIRE_KAFKA_PASSWORD", "p"}, {"CEASEWIRE_KAFKA_KEY_PASSWORD", "k"}});
    const kafka::Settings& kafka = all.kafka;
    EXPECT_EQ(kafka.brokers, "a:1");
    EXPECT_THAT(kafka.input_topics, testing::ElementsAre("in1", "in2"));
    EXPECT_EQ(kafka.output_topic, "out");
    EXPECT_EQ(kafka.dead_letter_topic, "dead");
    EXPECT_EQ(kafka.group_id, "g");
    EXPECT_EQ(kafka.client_id, "c");
    EXPECT_EQ(kafka.group_instance_id, "host-1");
    EXPECT_EQ(kafka.lanes, 3U);
    EXPECT_EQ(kafka.start_from, kafka::StartFrom::latest);
    EXPECT_EQ(kafka.on_gap, kafka::OnGap::carry_on);
    EXPECT_EQ(kafka.delivery, kafka::Delivery::at_least_once);
    EXPECT_EQ(kafka.assignment, kafka::Assignment::range);
    EXPECT_EQ(kafka.compression, kafka::Compression::zstd);
    EXPECT_TRUE(kafka.create_topics);
    EXPECT_EQ(kafka.create_partitions, 7);
    EXPECT_EQ(kafka.create_replication, 3);
    EXPECT_EQ(kafka.start_wait, std::chrono::seconds(9));
    EXPECT_EQ(kafka.missing_topic_wait, std::chrono::seconds(8));
    EXPECT_EQ(kafka.session_timeout, std::chrono::seconds(30));
    EXPECT_EQ(kafka.max_poll_interval, std::chrono::minutes(2));
    EXPECT_EQ(kafka.commit_interval, std::chrono::seconds(2));
    EXPECT_EQ(kafka.prefetch_kbytes, 4096U);
    EXPECT_EQ(kafka.produce_queue_kbytes, 2048U);
    EXPECT_EQ(kafka.security.protocol, kafka::Protocol::sasl_ssl);
    EXPECT_FALSE(kafka.security.verify_hostname);
    EXPECT_EQ(kafka.security.sasl_mechanism, "PLAIN");
    EXPECT_EQ(kafka.security.username, "u");
    EXPECT_EQ(kafka.security.password.reveal(), "p");
    EXPECT_EQ(kafka.security.ca_file, "/ca");
    EXPECT_EQ(kafka.security.certificate_file, "/certificate");
    EXPECT_EQ(kafka.security.key_file, "/key");
    EXPECT_EQ(kafka.security.key_password.reveal(), "k");
    ASSERT_EQ(kafka.consumer_properties.size(), 1U);
    EXPECT_EQ(kafka.consumer_properties[0].value, "cgrp");
    ASSERT_EQ(kafka.producer_properties.size(), 1U);
    EXPECT_EQ(kafka.producer_properties[0].name, "linger.ms");
    EXPECT_EQ(all.limits.message_bytes_max, 1U << 20U);
    EXPECT_EQ(all.limits.json_depth_max, 20U);
    EXPECT_TRUE(all.metrics.enabled);
    EXPECT_EQ(all.metrics.address, "0.0.0.0:1");
    EXPECT_EQ(all.shutdown_timeout, std::chrono::seconds(10));
    EXPECT_LT(all.loop.stop_drain + kafka.close_timeout + kafka.destroy_timeout,
              all.shutdown_timeout);
    EXPECT_EQ(all.loop.revoke_drain, std::chrono::seconds(10));
}

TEST(ServiceSettings, AnEmptyAddressMeansNoMetrics) {
    EXPECT_FALSE(settings_of("[metrics]\naddress = \"\"\n").metrics.enabled);
}

TEST(ServiceSettings, TheDefaultsOfConfigAreThoseThatTheRoomsWereMeasuredWith) {
    const kafka::Settings measured;
    const kafka::Settings ours = settings_of("").kafka;
    EXPECT_EQ(ours.prefetch_kbytes, measured.prefetch_kbytes);
    EXPECT_EQ(ours.produce_queue_kbytes, measured.produce_queue_kbytes);
    EXPECT_EQ(ours.session_timeout, measured.session_timeout);
    EXPECT_EQ(ours.max_poll_interval, measured.max_poll_interval);
    EXPECT_EQ(ours.commit_interval, measured.commit_interval);
    EXPECT_EQ(ours.missing_topic_wait, measured.missing_topic_wait);
    EXPECT_EQ(ours.compression, measured.compression);
    EXPECT_EQ(ours.assignment, measured.assignment);
    EXPECT_EQ(settings_of("").limits.message_bytes_max, DecodeLimits{}.message_bytes_max);
    EXPECT_EQ(settings_of("").limits.json_depth_max, DecodeLimits{}.json_depth_max);
    EXPECT_EQ(settings_of("").shutdown_timeout, ServiceSettings{}.shutdown_timeout);
}

/// config/ may not ask kafka/ what it refuses, so it has a list of its own, with better reasons.
/// This keeps the two together.
TEST(ServiceSettings, ConfigRefusesEveryPropertyThatTheKafkaRoomRefuses) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::size_t count = 0;
    const char** pairs = rd_kafka_conf_dump(conf, &count);
    std::vector<std::string> names = {"acks",
                                      "request.required.acks",
                                      "message.timeout.ms",
                                      "delivery.timeout.ms",
                                      "retries",
                                      "auto.offset.reset",
                                      "auto.commit.enable",
                                      "offset.store.method",
                                      "queuing.strategy",
                                      "bootstrap.servers",
                                      "max.in.flight.requests.per.connection",
                                      "message.send.max.retries",
                                      "sasl.mechanisms",
                                      "test.mock.num.brokers",
                                      "ssl.key.password",
                                      "sasl.password",
                                      "group.protocol",
                                      "log.queue"};
    for (std::size_t i = 0; i < count; i += 2) names.emplace_back(pairs[i]);
    rd_kafka_conf_dump_free(pairs, count);
    rd_kafka_conf_destroy(conf);
    EXPECT_GT(names.size(), 80U);
    for (const std::string& name : names) {
        EXPECT_LE(kafka::why_refused(name).has_value(), config::refusal_of(name).has_value())
            << name;
    }
}

TEST(FitMemory, TakesFewerLanesWhereTheNumberIsOurs) {
    ServiceSettings settings = settings_of("");
    const std::uint64_t one = memory_ceiling_bytes(settings, 1);
    const std::uint64_t two = memory_ceiling_bytes(settings, 2);
    EXPECT_LT(one, two);
    EXPECT_EQ(fit_memory(settings, std::uint64_t{1} << 60U).value(), "");
    EXPECT_EQ(settings.kafka.lanes, 0U);
    const auto told = fit_memory(settings, one);
    ASSERT_TRUE(told);
    if (!told->empty()) {
        EXPECT_EQ(settings.kafka.lanes, 1U);
    }

    settings.kafka.lanes = 2;
    EXPECT_TRUE(fit_memory(settings, two));
    const auto refused = fit_memory(settings, two - 1);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), HasSubstr("lower run.lanes"));
    settings.kafka.lanes = 0;
    EXPECT_FALSE(fit_memory(settings, one - 1));
}

TEST(MemoryLimit, IsTheLeastOfTheControlGroups) {
    const auto root =
        std::filesystem::temp_directory_path() / ("ceasewire-limit-" + std::to_string(::getpid()));
    const auto write = [&](const std::string& file, const std::string& text) {
        std::filesystem::create_directories((root / file).parent_path());
        std::ofstream(root / file) << text << '\n';
    };
    EXPECT_EQ(control_group_limit_bytes(root), std::nullopt);
    write("proc/self/cgroup", "0::/system.slice/ceasewire.service");
    EXPECT_EQ(control_group_limit_bytes(root), std::nullopt);
    write("sys/fs/cgroup/system.slice/ceasewire.service/memory.max", "max");
    EXPECT_EQ(control_group_limit_bytes(root), std::nullopt);
    write("sys/fs/cgroup/system.slice/memory.max", "3000");
    write("sys/fs/cgroup/system.slice/ceasewire.service/memory.max", "5000");
    EXPECT_EQ(control_group_limit_bytes(root), 3000U);
    EXPECT_EQ(memory_limit_bytes(root), 3000U);
    write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/1234");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    EXPECT_EQ(control_group_limit_bytes(root), std::nullopt);
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000");
    EXPECT_EQ(control_group_limit_bytes(root), 2000U);
    std::filesystem::remove_all(root);
    EXPECT_GT(memory_limit_bytes(), 1U << 20U);
}

TEST(Log, LinesHoldWhateverTheyAreGiven) {
    EXPECT_EQ(log_text("a\nb\x1b[31m"), "a?b?[31m");
    EXPECT_EQ(log_json("a\nb\"\xff"), "\"a\\nb\\\"?\"");
    EXPECT_EQ(log_json("é"), "\"é\"");
}

}  // namespace
}  // namespace ceasewire::app
