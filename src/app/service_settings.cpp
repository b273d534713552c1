#include "app/service_settings.h"

#include <algorithm>
#include <array>
#include <thread>

#include <unistd.h>

#include "config/value.h"

namespace ceasewire::app {
namespace {

// The rooms may not know each other, so each has its own enums; the same names in the same order,
// which the switches check.

kafka::StartFrom of(config::Start start) {
    switch (start) {
        case config::Start::earliest:
            return kafka::StartFrom::earliest;
        case config::Start::latest:
            return kafka::StartFrom::latest;
    }
    return kafka::StartFrom::earliest;
}

kafka::OnGap of(config::OnGap on_gap) {
    switch (on_gap) {
        case config::OnGap::stop:
            return kafka::OnGap::stop;
        case config::OnGap::carry_on:
            return kafka::OnGap::carry_on;
    }
    return kafka::OnGap::stop;
}

kafka::Delivery of(config::Delivery delivery) {
    switch (delivery) {
        case config::Delivery::at_least_once:
            return kafka::Delivery::at_least_once;
        case config::Delivery::exactly_once:
            return kafka::Delivery::exactly_once;
    }
    return kafka::Delivery::at_least_once;
}

kafka::Assignment of(config::Assignment assignment) {
    switch (assignment) {
        case config::Assignment::cooperative_sticky:
            return kafka::Assignment::cooperative_sticky;
        case config::Assignment::range:
            return kafka::Assignment::range;
    }
    return kafka::Assignment::cooperative_sticky;
}

kafka::Compression of(config::Compression compression) {
    switch (compression) {
        case config::Compression::none:
            return kafka::Compression::none;
        case config::Compression::gzip:
            return kafka::Compression::gzip;
        case config::Compression::snappy:
            return kafka::Compression::snappy;
        case config::Compression::lz4:
            return kafka::Compression::lz4;
        case config::Compression::zstd:
            return kafka::Compression::zstd;
    }
    return kafka::Compression::none;
}

kafka::Protocol of(config::Security security) {
    switch (security) {
        case config::Security::plaintext:
            return kafka::Protocol::plaintext;
        case config::Security::ssl:
            return kafka::Protocol::ssl;
        case config::Security::sasl_plaintext:
            return kafka::Protocol::sasl_plaintext;
        case config::Security::sasl_ssl:
            return kafka::Protocol::sasl_ssl;
    }
    return kafka::Protocol::plaintext;
}

std::vector<kafka::Property> of(const std::vector<config::Property>& properties) {
    std::vector<kafka::Property> out;
    for (const config::Property& property : properties)
        out.push_back({property.name, property.value});
    return out;
}

/// What tells this process from others of its group when nobody gave it a name.
std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0' ? name.data()
                                                                             : "localhost";
}

kafka::Security security_of(const config::Config::Kafka& kafka) {
    kafka::Security security;
    security.protocol = of(kafka.security);
    security.ca_file = kafka.ca_file;
    security.certificate_file = kafka.certificate_file;
    security.key_file = kafka.key_file;
    security.key_password = kafka::Secret(kafka.key_password.reveal());
    security.verify_hostname = kafka.verify_hostname;
    security.username = kafka.username;
    security.password = kafka::Secret(kafka.password.reveal());
    const bool sasl = kafka.security == config::Security::sasl_plaintext ||
                      kafka.security == config::Security::sasl_ssl;
    if (sasl) security.sasl_mechanism = kafka.sasl_mechanism;
    return security;
}

}  // namespace

ServiceSettings service_settings(const config::Config& config) {
    ServiceSettings settings;
    kafka::Settings& kafka = settings.kafka;
    kafka.brokers = config.kafka.brokers;
    kafka.input_topics = config::split_list(config.topics.input);
    kafka.output_topic = config.topics.output;
    kafka.dead_letter_topic = config.topics.dead_letter;
    kafka.group_id = config.kafka.group;
    kafka.client_id = config.kafka.client_id;
    kafka.group_instance_id = config.kafka.instance;
    kafka.lanes = static_cast<std::size_t>(config.run.lanes);
    kafka.start_from = of(config.run.start);
    kafka.on_gap = of(config.run.on_gap);
    kafka.delivery = of(config.run.delivery);
    kafka.assignment = of(config.kafka.assignment);
    kafka.compression = of(config.kafka.compression);
    kafka.transactional_id = config.run.transactional_id;
    if (kafka.transactional_id.empty())
        kafka.transactional_id =
            config.kafka.group + "-" +
            (config.kafka.instance.empty() ? host_name() : config.kafka.instance);
    kafka.create_topics = config.topics.create;
    kafka.create_partitions = static_cast<int>(config.topics.partitions);
    kafka.create_replication = static_cast<int>(config.topics.replication);
    kafka.start_wait = config.run.startup_wait;
    kafka.missing_topic_wait = config.run.missing_topic_wait;
    kafka.session_timeout = config.kafka.session_timeout;
    kafka.max_poll_interval = config.kafka.max_poll_interval;
    kafka.commit_interval = config.kafka.commit_interval;
    kafka.prefetch_kbytes = static_cast<std::size_t>(config.run.prefetch.count >> 10);
    kafka.produce_queue_kbytes = static_cast<std::size_t>(config.run.produce_queue.count >> 10);
    kafka.security = security_of(config.kafka);
    kafka.consumer_properties = of(config.kafka.consumer);
    kafka.producer_properties = of(config.kafka.producer);

    settings.metrics.enabled = !config.metrics.address.empty();
    settings.metrics.address = config.metrics.address;
    settings.limits.message_bytes_max =
        static_cast<std::size_t>(config.enrich.message_bytes_max.count);
    settings.limits.json_depth_max = static_cast<std::size_t>(config.enrich.json_depth_max);

    // A stop has three parts, of which each may use up its share of the budget: draining 40 %,
    // leaving the group 32 %, ending the client's threads 12 %; the rest is for what happens
    // between them.
    const std::chrono::milliseconds budget = config.run.shutdown_budget;
    settings.shutdown_timeout = budget;
    settings.loop.stop_drain = budget * 40 / 100;
    kafka.close_timeout = budget * 32 / 100;
    kafka.destroy_timeout = budget * 12 / 100;
    settings.loop.transaction_interval = config.run.transaction_interval;
    settings.loop.transaction_records_max =
        static_cast<std::size_t>(config.run.transaction_records);
    settings.loop.uncommitted_records_max =
        static_cast<std::size_t>(config.run.uncommitted_records);
    settings.loop.revoke_drain = config.kafka.session_timeout / 3;
    settings.stall_limit = config.run.stall_limit;
    stream::BreakerSettings& breaker = settings.loop.breaker;
    breaker.percent_max = static_cast<unsigned>(config.run.dead_letter_percent_max);
    breaker.messages_min = static_cast<std::uint64_t>(config.run.dead_letter_messages_min);
    breaker.window = config.run.dead_letter_window;
    breaker.quiet = config.run.dead_letter_quiet;
    return settings;
}

Expected<std::string, std::string> fit_memory(ServiceSettings& settings,
                                              std::uint64_t limit_bytes) {
    const auto mebibytes = [](std::uint64_t bytes) {
        return std::to_string(bytes >> 20U) + " MiB";
    };
    const std::size_t wanted = settings.kafka.lanes != 0
                                   ? settings.kafka.lanes
                                   : std::max(1U, std::thread::hardware_concurrency());
    std::size_t lanes = wanted;
    if (settings.kafka.lanes == 0) {
        while (lanes > 1 && memory_ceiling_bytes(settings, lanes) > limit_bytes) --lanes;
    }
    if (const std::uint64_t ceiling = memory_ceiling_bytes(settings, lanes);
        ceiling > limit_bytes) {
        return Unexpected("with " + std::to_string(lanes) + (lanes == 1 ? " lane" : " lanes") +
                          " the buffers could need " + mebibytes(ceiling) + ", more than the " +
                          mebibytes(limit_bytes) +
                          " allowed: lower run.lanes, run.prefetch, run.produce_queue or "
                          "enrich.message_bytes_max, or allow more (run.memory_max)");
    }
    if (lanes == wanted) return std::string();
    settings.kafka.lanes = lanes;
    return std::to_string(lanes) + " of " + std::to_string(wanted) +
           " lanes: more would not fit into " + mebibytes(limit_bytes);
}

}  // namespace ceasewire::app
