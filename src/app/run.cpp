#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <unistd.h>

#include "app/command.h"
#include "app/config_flags.h"
#include "app/load_lexicon.h"
#include "app/log.h"
#include "app/memory_limit.h"
#include "app/service.h"
#include "app/service_settings.h"
#include "app/signals.h"

namespace ceasewire::app {
namespace {

int run(const ConfigFlags& flags) {
    hold_hangups();
    const auto loaded = load_config(flags);
    if (!loaded) return loaded.error();
    const config::Config& config = loaded->config;
    const auto lexicon = load_lexicon(config.enrich.lexicon);
    if (!lexicon) return kExitLexicon;
    const auto log = make_log(config.log);
    ServiceSettings settings = service_settings(config);
    const auto limit = static_cast<std::uint64_t>(config.run.memory_max.count);
    const auto fitted = fit_memory(settings, limit != 0 ? limit : memory_limit_bytes());
    if (!fitted) {
        log->log(stream::LogLevel::error, fitted.error());
        return kExitConfig;
    }
    if (!fitted->empty()) log->log(stream::LogLevel::warning, *fitted);
    return run_service(settings, *lexicon, *log,
                       [&] { return read_lexicon(config.enrich.lexicon); });
}

}  // namespace

int run_service(const ServiceSettings& settings, const Lexicon& lexicon, stream::Observer& log,
                const std::function<LoadedLexicon()>& reload) {
    auto service = std::make_unique<Service>(settings, lexicon, log);
    Service::Outcome outcome;
    {
        const SignalWatch watch(
            [&] {
                log.log(stream::LogLevel::info,
                        "stopping: finishing what was taken; a second signal ends at once");
                service->request_stop();
            },
            [&] { (void)service->reload_lexicon(reload()); });
        auto started = service->start();
        if (!started) {
            log.log(stream::LogLevel::error, started.error().message);
            return exit_code(started.error().kind);
        }
        outcome = service->wait();
    }
    const ServiceTotals totals = service->totals();
    log.log(stream::LogLevel::info, "ended: " + std::to_string(totals.consumed) +
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
    const auto flags = std::make_shared<ConfigFlags>();
    add_config_flags(*app, *flags);
    return {app, [flags] { return run(*flags); }};
}

}  // namespace ceasewire::app
