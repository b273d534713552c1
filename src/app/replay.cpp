#include "stream/replay.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/config_flags.h"
#include "app/log.h"
#include "app/print.h"
#include "app/service_settings.h"
#include "app/signals.h"
#include "app/times.h"
#include "config/value.h"
#include "kafka/reader.h"
#include "kafka/writer.h"

namespace ceasewire::app {
namespace {

using stream::Replay;

struct Options {
    ConfigFlags config;
    std::string reasons;
    std::vector<std::string> ids;
    std::string from;
    std::string to;
    std::uint32_t attempts = 3;
    bool all = false;
    bool dry_run = false;
};

int fail(const stream::Failure& failure) {
    std::fprintf(stderr, "ceasewire: %s\n", log_text(failure.message).c_str());
    return exit_code(failure.kind);
}

int wrong(const std::string& what) {
    std::fprintf(stderr, "ceasewire: %s\n", what.c_str());
    return kExitUsage;
}

/// The letters that were asked for.
class Choice {
public:
    Choice(std::set<std::string> reasons, std::set<std::string> ids)
        : reasons_(std::move(reasons)), ids_(std::move(ids)) {}
    [[nodiscard]] bool takes(const stream::Message& letter) const {
        const std::string reason(stream::text_of(letter, "ceasewire.reason"));
        const std::string id(stream::text_of(letter, stream::kSourceHeader));
        return (reasons_.empty() || reasons_.contains(reason)) &&
               (ids_.empty() || ids_.contains(id));
    }

private:
    std::set<std::string> reasons_;
    std::set<std::string> ids_;
};

int replay(const Options& options) {
    const auto from = read_moment(options.from);
    const auto to = read_moment(options.to);
    if (!from || !to)
        return wrong(
            "--from, --to: expected a time such as 2024-06-11T08:00:00Z, or milliseconds "
            "since 1970");
    std::set<std::string> reasons;
    if (!options.reasons.empty()) {
        for (std::string& reason : config::split_list(options.reasons)) {
            const bool known = std::any_of(kReasons.begin(), kReasons.end(),
                                           [&](Reason each) { return to_string(each) == reason; });
            if (!known) return wrong("--reason: there is no reason '" + log_text(reason) + "'");
            reasons.insert(std::move(reason));
        }
    }
    const bool chosen = !reasons.empty() || !options.ids.empty() || *from || *to;
    if (chosen == options.all)
        return wrong("say which dead letters: --reason, --id, --from or --to; or else --all");
    const auto loaded = load_config(options.config);
    if (!loaded) return loaded.error();
    const auto log = make_log(loaded->config.log);
    const kafka::Settings settings = service_settings(loaded->config).kafka;
    const Choice choice(std::move(reasons), {options.ids.begin(), options.ids.end()});

    std::atomic<bool> stop{false};
    const SignalWatch watch([&] { stop.store(true); });
    auto opened = kafka::Reader::open(settings, *log);
    if (!opened) return fail(opened.error());
    kafka::Reader& reader = **opened;
    const auto letters = reader.stretches(settings.dead_letter_topic, *from, *to);
    if (!letters) return fail(letters.error());

    // What was sent back before stands in the input and says which letter it was. It is younger
    // than the letter, whose time is that of its message.
    std::set<std::string> before;
    std::map<std::string, std::size_t> partitions;
    for (const std::string& topic : settings.input_topics) {
        const auto input = reader.stretches(topic, *from, std::nullopt);
        if (!input) return fail(input.error());
        partitions[topic] = input->size();
        auto read = reader.read(*input, stop, [&](const stream::Message& message) {
            const std::string_view letter = stream::text_of(message, stream::kReplayedHeader);
            if (!letter.empty()) before.emplace(letter);
        });
        if (!read) return fail(read.error());
    }

    std::unique_ptr<kafka::Writer> writer;
    if (!options.dry_run) {
        auto made = kafka::Writer::open(settings, *log);
        if (!made) return fail(made.error());
        writer = std::move(made).value();
    }
    std::array<std::uint64_t, stream::kReplays.size()> counts{};
    std::optional<stream::Failure> failure;
    int written = kExitOk;
    stream::HeaderList headers;
    auto read = reader.read(*letters, stop, [&](const stream::Message& letter) {
        if (failure || written != kExitOk || !choice.takes(letter)) return;
        Replay fate = stream::replay_of(letter, options.attempts);
        const std::string topic(stream::text_of(letter, "__connect.errors.topic"));
        const auto known = partitions.find(topic);
        if (fate == Replay::again && known == partitions.end()) fate = Replay::elsewhere;
        if (fate == Replay::again && before.contains(stream::source_position(letter)))
            fate = Replay::before;
        ++counts[static_cast<std::size_t>(fate)];
        if (fate != Replay::again) return;
        if (options.dry_run) {
            written =
                print_out(log_text(std::string(stream::text_of(letter, stream::kSourceHeader)) +
                                   ' ' + std::string(stream::text_of(letter, "ceasewire.reason")) +
                                   ' ' + stream::source_position(letter)) +
                          '\n');
            return;
        }
        // Where it came from, so that it stands behind what came before it.
        std::int32_t partition = -1;
        const std::string_view text = stream::text_of(letter, "__connect.errors.partition");
        (void)std::from_chars(text.data(), text.data() + text.size(), partition);
        if (partition < 0 || static_cast<std::size_t>(partition) >= known->second) partition = -1;
        stream::replay_headers(letter, headers);
        if (auto put = writer->put(topic, partition, letter.key, letter.value, headers.headers());
            !put)
            failure = std::move(put).error();
    });
    if (writer && !failure) {
        if (auto finished = writer->finish(); !finished) failure = std::move(finished).error();
    }
    if (written != kExitOk) return written;
    if (writer) counts[static_cast<std::size_t>(Replay::again)] = writer->arrived();
    std::string text = options.dry_run ? "would be " : "";
    for (const Replay each : stream::kReplays) {
        if (each != Replay::again) text += ", ";
        text += std::to_string(counts[static_cast<std::size_t>(each)]) + ' ' +
                std::string(to_string(each));
    }
    written = print_out(text + '\n');
    if (failure) return fail(*failure);
    if (!read) return fail(read.error());
    if (stop.load()) {
        std::fprintf(stderr, "ceasewire: stopped before the end\n");
        return kExitFailure;
    }
    return written;
}

}  // namespace

Command add_replay(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "replay",
        "Send dead letters back to the input topics that they came from, once their reason is "
        "mended. One that was sent back before is left alone, and so is one that is not whole. Do "
        "not run two of these at once");
    const auto options = std::make_shared<Options>();
    app->add_option("--reason", options->reasons,
                    "Those with this reason, or several with commas between them: bad_json, ...")
        ->type_name("REASON");
    app->add_option("--id", options->ids,
                    "The one that came from this place in the input; may be given several times")
        ->type_name("TOPIC/PARTITION/OFFSET");
    app->add_option("--from", options->from,
                    "Those of messages from this time on: 2024-06-11T08:00:00Z, or milliseconds "
                    "since 1970")
        ->type_name("TIME");
    app->add_option("--to", options->to, "Those of messages before this time")->type_name("TIME");
    app->add_flag("--all", options->all, "All of them");
    app->add_option("--attempts", options->attempts,
                    "How often a message may be sent back in all; default 3")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 1000));
    app->add_flag("--dry-run", options->dry_run,
                  "Only print which would be sent back, with their reasons");
    add_config_flags(*app, options->config);
    return {app, [options] { return replay(*options); }};
}

}  // namespace ceasewire::app
