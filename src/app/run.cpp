#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
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
    std::vector<std::string> set;
    std::string startup_wait;
};

/// "6 s", "250 ms"; nothing when it is neither.
std::optional<std::chrono::milliseconds> duration(const std::string& text) {
    char* rest = nullptr;
    const long count = std::strtol(text.c_str(), &rest, 10);
    const std::string unit(rest + std::strspn(rest, " "));
    if (unit == "ms") return std::chrono::milliseconds(count);
    if (unit == "s") return std::chrono::seconds(count);
    return std::nullopt;
}

bool apply(const std::string& pair, ServiceSettings& settings) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) return false;
    const std::string name = pair.substr(0, equals);
    const std::string value = pair.substr(equals + 1);
    if (name.starts_with("kafka.consumer.")) {
        settings.kafka.consumer_properties.push_back({name.substr(15), value});
        return true;
    }
    if (name.starts_with("kafka.producer.")) {
        settings.kafka.producer_properties.push_back({name.substr(15), value});
        return true;
    }
    if (name != "kafka.session_timeout") return false;
    const auto time = duration(value);
    if (time) settings.kafka.session_timeout = *time;
    return time.has_value();
}

int run(Options& options) {
    for (const std::string& pair : options.set) {
        if (apply(pair, options.settings)) continue;
        std::fprintf(stderr, "ceasewire: cannot set %s\n", pair.c_str());
        return kExitUsage;
    }
    if (!options.startup_wait.empty()) {
        const auto time = duration(options.startup_wait);
        if (!time) return kExitUsage;
        options.settings.kafka.start_wait = *time;
    }
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
    app->add_option("--startup-wait", options->startup_wait,
                    "Time to wait for brokers at start, such as 30 s");
    app->add_option("--metrics", options->settings.metrics.address, "Address of metrics and probes")
        ->capture_default_str();
    app->add_option("--message-bytes-max", options->settings.limits.message_bytes_max,
                    "Larger messages are rejected")
        ->capture_default_str();
    app->add_option("--set", options->set, "NAME=VALUE")->allow_extra_args(false);
    app->add_option("--lexicon", options->lexicon, "Directory laid over the built-in lexicon");
    app->add_option("--log-level", options->log_level, "debug, info, warning, error or off")
        ->capture_default_str();
    return {app, [options] { return run(*options); }};
}

}  // namespace ceasewire::app
