#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include "app/command.h"
#include "app/load_lexicon.h"
#include "app/log.h"
#include "app/service.h"
#include "app/signals.h"

namespace ceasewire::app {
namespace {

struct Options {
    ServiceSettings settings;
    std::string lexicon;
    std::string log_level = "info";
    std::vector<std::string> consumer_properties;
    std::vector<std::string> producer_properties;
    std::size_t start_wait_s = 60;
    std::size_t missing_topic_wait_s = 10;
};

bool parse_properties(const std::vector<std::string>& pairs, std::vector<kafka::Property>& out) {
    for (const std::string& pair : pairs) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) {
            std::fprintf(stderr, "ceasewire: %s is not NAME=VALUE\n", pair.c_str());
            return false;
        }
        out.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
    }
    return true;
}

int run(Options& options) {
    if (!parse_properties(options.consumer_properties,
                          options.settings.kafka.consumer_properties) ||
        !parse_properties(options.producer_properties,
                          options.settings.kafka.producer_properties)) {
        return kExitUsage;
    }
    options.settings.kafka.start_wait = std::chrono::seconds(options.start_wait_s);
    options.settings.kafka.missing_topic_wait = std::chrono::seconds(options.missing_topic_wait_s);
    const auto lexicon = load_lexicon(options.lexicon);
    if (!lexicon) return kExitLexicon;
    return run_service(options.settings, *lexicon, options.log_level);
}

}  // namespace

int run_service(const ServiceSettings& settings, const Lexicon& lexicon,
                const std::string& log_level) {
    const auto log = make_log(log_level);
    auto service = std::make_unique<Service>(settings, lexicon, *log);
    Service::Outcome outcome;
    {
        const SignalWatch watch([&] {
            log->log(stream::LogLevel::info,
                     "stopping: finishing what was taken; a second signal ends at once");
            service->request_stop();
        });
        auto started = service->start();
        if (!started) {
            log->log(stream::LogLevel::error, started.error().message);
            return exit_code(started.error().kind);
        }
        outcome = service->wait();
    }
    const ServiceTotals totals = service->totals();
    log->log(stream::LogLevel::info, "ended: " + std::to_string(totals.consumed) +
                                         " messages taken, " + std::to_string(totals.produced) +
                                         " records and " + std::to_string(totals.dead_lettered) +
                                         " dead letters delivered");
    const int code = outcome.failure ? exit_code(outcome.failure->kind) : static_cast<int>(kExitOk);
    // Threads of a client that hangs would be destroyed under its feet by an ordinary exit.
    if (outcome.abandoned) _exit(code);
    return code;
}

Command add_run(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "run", "Read articles from Kafka and write enriched records, until told to stop");
    const auto options = std::make_shared<Options>();
    kafka::Settings& kafka = options->settings.kafka;
    app->add_option("--brokers", kafka.brokers, "Brokers, as host:port,host:port")->required();
    app->add_option("--input", kafka.input_topics, "Input topic; may be given again")->required();
    app->add_option("--output", kafka.output_topic, "Topic of records")->required();
    app->add_option("--dead-letter", kafka.dead_letter_topic, "Topic of dead letters")->required();
    app->add_option("--group", kafka.group_id, "Consumer group")->capture_default_str();
    app->add_option("--lanes", kafka.lanes, "Threads; 0: one a core");
    app->add_flag("--create-topics", kafka.create_topics, "Make topics that do not exist");
    app->add_option("--start-wait", options->start_wait_s,
                    "Seconds to wait for brokers at start; 0: for ever")
        ->capture_default_str();
    app->add_option("--missing-topic-wait", options->missing_topic_wait_s,
                    "Seconds until a topic counts as missing")
        ->capture_default_str();
    app->add_option("--metrics", options->settings.metrics.address, "Address of metrics and probes")
        ->capture_default_str();
    app->add_option("--message-bytes-max", options->settings.limits.message_bytes_max,
                    "Larger messages are rejected")
        ->capture_default_str();
    app->add_option("--consumer-property", options->consumer_properties,
                    "NAME=VALUE for librdkafka's consumer");
    app->add_option("--producer-property", options->producer_properties,
                    "NAME=VALUE for librdkafka's producer");
    app->add_option("--lexicon", options->lexicon, "Directory laid over the built-in lexicon");
    app->add_option("--log-level", options->log_level, "debug, info, warning, error or off")
        ->capture_default_str();
    return {app, [options] { return run(*options); }};
}

}  // namespace ceasewire::app
