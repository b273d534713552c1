#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "app/command.h"
#include "app/config_flags.h"
#include "app/load_lexicon.h"
#include "app/log.h"
#include "app/print.h"
#include "app/service_settings.h"
#include "app/signals.h"
#include "app/times.h"
#include "config/value.h"
#include "kafka/reader.h"
#include "stream/audit.h"

namespace ceasewire::app {
namespace {

struct Options {
    ConfigFlags config;
    std::string from;
    std::string to;
    std::string skew = "5 min";
    std::int64_t window = 1'000'000;
    std::size_t findings = 100;
};

/// Pieces of `input` that together have at most `window` offsets.
std::vector<std::vector<stream::Audit::Stretch>> windows_of(
    const std::vector<kafka::Stretch>& input, std::int64_t window) {
    std::vector<std::vector<stream::Audit::Stretch>> out;
    std::int64_t room = 0;
    for (const kafka::Stretch& stretch : input) {
        for (std::int64_t at = stretch.begin; at < stretch.end;) {
            // One window has one piece of a partition.
            if (room == 0 || at != stretch.begin) {
                out.emplace_back();
                room = window;
            }
            const std::int64_t end = std::min(stretch.end, at + room);
            out.back().push_back({stretch.topic, stretch.partition, at, end});
            room -= end - at;
            at = end;
        }
    }
    return out;
}

std::vector<kafka::Stretch> stretches_of(const std::vector<stream::Audit::Stretch>& window) {
    std::vector<kafka::Stretch> out;
    for (const auto& each : window)
        out.push_back({each.topic, each.partition, each.begin, each.end});
    return out;
}

std::string summary(const stream::AuditCounts& counts) {
    std::string text = std::to_string(counts.messages) +
                       " messages: " + std::to_string(counts.records - counts.refused) +
                       " records, " + std::to_string(counts.dead_letters + counts.refused) +
                       " dead letters (" + std::to_string(counts.refused) +
                       " refused by the broker);";
    for (const stream::Fault fault : stream::kFaults) {
        text += fault == stream::Fault::missing ? " " : ", ";
        text += std::to_string(counts[fault]) + " " + std::string(to_string(fault));
    }
    return text + "\n";
}

int fail(const stream::Failure& failure) {
    std::fprintf(stderr, "ceasewire: %s\n", log_text(failure.message).c_str());
    return exit_code(failure.kind);
}

int verify(const Options& options) {
    const auto from = read_moment(options.from);
    const auto to = read_moment(options.to);
    const auto skew = config::parse_duration(options.skew);
    if (!from || !to || !skew) {
        std::fprintf(stderr, "ceasewire: %s\n",
                     !skew ? "--skew: expected a time such as \"5 min\""
                           : "--from, --to: expected a time such as 2024-06-11T08:00:00Z, or "
                             "milliseconds since 1970");
        return kExitUsage;
    }
    const auto loaded = load_config(options.config);
    if (!loaded) return loaded.error();
    const auto lexicon = load_lexicon(loaded->config.enrich.lexicon);
    if (!lexicon) return kExitLexicon;
    const auto log = make_log(loaded->config.log);
    const ServiceSettings settings = service_settings(loaded->config);

    std::atomic<bool> stop{false};
    const SignalWatch watch([&] { stop.store(true); });
    auto opened = kafka::Reader::open(settings.kafka, *log);
    if (!opened) return fail(opened.error());
    kafka::Reader& reader = **opened;
    std::vector<kafka::Stretch> input;
    for (const std::string& topic : settings.kafka.input_topics) {
        auto part = reader.stretches(topic, *from, *to);
        if (!part) return fail(part.error());
        input.insert(input.end(), part->begin(), part->end());
    }
    const auto ahead = reader.keep_committed(input);
    if (!ahead) return fail(ahead.error());
    // Outputs are as old as their input or younger, but clocks differ. Up to the end: a late copy
    // is one, too.
    std::optional<std::int64_t> outputs_from;
    if (*from) outputs_from = **from - skew->count();
    std::array<std::vector<kafka::Stretch>, 2> outputs;
    for (const bool dead : {false, true}) {
        auto part =
            reader.stretches(dead ? settings.kafka.dead_letter_topic : settings.kafka.output_topic,
                             outputs_from, std::nullopt);
        if (!part) return fail(part.error());
        outputs[dead ? 1 : 0] = std::move(part).value();
    }

    std::size_t printed = 0;
    int written = kExitOk;
    stream::Audit audit(*lexicon, settings.limits, settings.kafka.group_id,
                        [&](const stream::Finding& finding) {
                            if (printed++ >= options.findings || written != kExitOk) return;
                            std::string line(to_string(finding.fault));
                            line += ' ' + finding.source;
                            if (!finding.output.empty()) line += " -> " + finding.output;
                            if (!finding.what.empty()) line += ": " + finding.what;
                            written = print_out(line + "\n");
                        });
    for (const auto& window : windows_of(input, options.window)) {
        audit.begin(window);
        auto done = reader.read(stretches_of(window), stop,
                                [&](const stream::Message& message) { audit.expect(message); });
        for (const bool dead : {false, true}) {
            if (!done) break;
            const auto where =
                dead ? stream::Destination::dead_letters : stream::Destination::records;
            done = reader.read(outputs[dead ? 1 : 0], stop,
                               [&](const stream::Message& message) { audit.saw(where, message); });
        }
        if (!done) return fail(done.error());
        if (stop.load()) {
            std::fprintf(stderr, "ceasewire: stopped before the end\n");
            return kExitFailure;
        }
        audit.end();
    }
    if (written != kExitOk) return written;
    const stream::AuditCounts& counts = audit.counts();
    const bool twice_is_wrong = settings.kafka.delivery == kafka::Delivery::exactly_once;
    std::uint64_t wrong = 0;
    for (const stream::Fault fault : stream::kFaults) {
        if (fault != stream::Fault::doubled || twice_is_wrong) wrong += counts[fault];
    }
    std::string text;
    if (printed > options.findings)
        text += std::to_string(printed - options.findings) + " more findings\n";
    text += summary(counts);
    if (*ahead > 0)
        text += std::to_string(*ahead) + " offsets are not committed yet: not looked at\n";
    if (counts.foreign > 0)
        text +=
            std::to_string(counts.foreign) + " outputs are not of this program: not looked at\n";
    written = print_out(text);
    if (written != kExitOk) return written;
    return wrong == 0 ? kExitOk : kExitFailure;
}

}  // namespace

Command add_verify(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "verify",
        "Prove what run has carried: read a stretch of the input with its records and dead "
        "letters, "
        "make the records again, and name every one that is missing, doubled, out of order or "
        "different. Exit status 1 when there are any; with at_least_once, copies are no fault");
    const auto options = std::make_shared<Options>();
    app->add_option("--from", options->from,
                    "Input messages from this time on: 2024-06-11T08:00:00Z, or milliseconds since "
                    "1970. Without it, from the first one kept")
        ->type_name("TIME");
    app->add_option(
           "--to", options->to,
           "Input messages before this time. Without it, up to what the group has committed")
        ->type_name("TIME");
    app->add_option("--skew", options->skew,
                    "How much older than its input a record may look; default \"5 min\"")
        ->type_name("TIME");
    app->add_option(
           "--window", options->window,
           "Offsets looked at in one go, at 48 bytes each; with more, the outputs are read "
           "several times; default 1000000")
        ->type_name("NUMBER")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 32));
    app->add_option("--findings", options->findings, "How many findings to print; default 100")
        ->type_name("NUMBER");
    add_config_flags(*app, options->config);
    return {app, [options] { return verify(*options); }};
}

}  // namespace ceasewire::app
