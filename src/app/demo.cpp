/// `ceasewire demo`: the whole service on a broker inside this process.

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/command.h"
#include "app/demo_articles.h"
#include "app/demo_pace.h"
#include "app/demo_screen.h"
#include "app/load_lexicon.h"
#include "app/log.h"
#include "app/print.h"
#include "app/service.h"
#include "app/signals.h"
#include "kafka/mock_broker.h"
#include "show/wrap.h"

namespace ceasewire::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int kPartitions = 4;
constexpr int kDeadLetterPartitions = 1;
constexpr std::string_view kInput = "articles";
constexpr std::string_view kOutput = "articles.enriched";
constexpr std::string_view kDeadLetters = "articles.dead-letters";
/// Longer lines than this are not fed: the in-process broker drops a message that is larger than
/// what it holds of a partition, at once and without a word.
constexpr std::size_t kLineBytesMax = kafka::kMockPartitionBytes - (std::size_t{1} << 20U);
/// Nothing new for so long although the service has answered everything: it is gone.
constexpr seconds kLostAfter{20};
/// The mock takes three seconds to form a group, and a busy machine longer.
constexpr seconds kGroupWait{60};

struct Options {
    std::string file;
    std::string lexicon;
    std::string metrics = "127.0.0.1:9464";
    bool follow = false;
    bool summary = false;
};

/// Whether the address may be listened on. A demo beside a running service must not fail over its
/// port, so it then takes any free one.
bool is_free(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    sockaddr_in where{};
    where.sin_family = AF_INET;
    if (colon == std::string::npos ||
        inet_pton(AF_INET, address.substr(0, colon).c_str(), &where.sin_addr) != 1) {
        return true;  // not for us to judge
    }
    where.sin_port =
        htons(static_cast<std::uint16_t>(std::strtoul(address.c_str() + colon + 1, nullptr, 10)));
    const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) return true;  // nor this; the server says what it lacks
    const int on = 1;
    ::setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    // The type that bind() takes stands for all address types.
    const bool free = ::bind(file, static_cast<const sockaddr*>(static_cast<const void*>(&where)),
                             sizeof(where)) == 0;
    ::close(file);
    return free;
}

ServiceSettings service_settings(const std::string& brokers, const Options& options) {
    ServiceSettings settings;
    settings.kafka.brokers = brokers;
    settings.kafka.input_topics = {std::string(kInput)};
    settings.kafka.output_topic = kOutput;
    settings.kafka.dead_letter_topic = kDeadLetters;
    settings.kafka.group_id = "ceasewire-demo";
    settings.kafka.client_id = "ceasewire-demo";
    // The feed waits for the answers, so time in queues is all that the demo's speed would show.
    settings.kafka.linger = milliseconds(2);
    settings.kafka.ask_topic_limits = false;
    // A mock's group of several forms anew only after a session less a second, and often twice: its
    // second lane may wait for its share longer than the demo lasts.
    settings.kafka.lanes = 1;
    settings.kafka.consumer_properties.push_back({"fetch.wait.max.ms", "5"});
    settings.loop.breaker.percent_max = 100;  // a file of nothing but refuse is the user's own
    settings.loop.poll_wait = milliseconds(5);
    settings.shutdown_timeout = seconds(10);
    settings.metrics.address = is_free(options.metrics) ? options.metrics : "127.0.0.1:0";
    return settings;
}

int say(int code, const std::string& line) {
    std::fprintf(stderr, "ceasewire: demo: %s\n", line.c_str());
    return code;
}

/// The demo while it runs: feeds, reads back, prints.
class Demo {
public:
    Demo(const Options& options, DemoArticles& articles, Service& service, DemoScreen& screen,
         kafka::MockFeeder& feeder, kafka::MockReader& reader, const std::atomic<bool>& stop)
        : options_(options),
          articles_(articles),
          service_(service),
          screen_(screen),
          feeder_(feeder),
          reader_(reader),
          stop_(stop) {}

    /// Waits until the service has its partitions. The exit code where it did not.
    [[nodiscard]] std::optional<int> wait_for_group() {
        const auto patience = Clock::now() + kGroupWait;
        while (service_.totals().assigned_partitions < kPartitions) {
            if (stop_) return kExitOk;
            if (Clock::now() > patience) {
                return say(kExitUnavailable, "the in-process broker formed no group; try again");
            }
            if (service_ended()) return kExitUnavailable;
            std::this_thread::sleep_for(milliseconds(5));
        }
        return std::nullopt;
    }

    /// Feeds everything and reads every answer. The exit code.
    [[nodiscard]] int run() {
        begin_ = last_answer_ = Clock::now();
        while (!stop_) {
            if (service_ended()) return kExitRestart;
            if (const auto code = feed()) return *code;
            if (const auto code = read_back()) return *code;
            if (!next_ && at_end_ && pace_.under_way() == 0) break;
            if (is_lost()) {
                end_ = Clock::now();
                return say(kExitFailure,
                           with_commas(pace_.under_way()) +
                               " answers did not come back: the in-process broker dropped them. "
                               "The service had answered; `ceasewire tag` has no such limit");
            }
        }
        end_ = Clock::now();
        return kExitOk;
    }

    /// Keeps printing what others put into the topic until a signal comes.
    [[nodiscard]] int follow() {
        while (!stop_) {
            if (service_ended()) return kExitRestart;
            std::string text;
            screen_.take_others(text);
            if (const int code = print_out(text); code != kExitOk) return code;
            std::this_thread::sleep_for(milliseconds(50));
        }
        return kExitOk;
    }

    [[nodiscard]] DemoSummary summary() const {
        DemoSummary summary;
        const ServiceTotals totals = service_.totals();
        summary.fed = pace_.fed();
        summary.fed_bytes = pace_.fed_bytes();
        summary.records = records_;
        summary.dead_letters = dead_letters_;
        (stop_ ? summary.under_way : summary.lost) = pace_.under_way();
        summary.copies = pace_.copies();
        summary.too_long = articles_.too_long();
        summary.relevant = totals.relevant;
        summary.claims = totals.claims;
        summary.seconds = std::chrono::duration<double>(end_ - begin_).count();
        summary.core_seconds = screen_.core_seconds();
        summary.counts = screen_.counts();
        return summary;
    }

private:
    /// Puts in as much as the pace allows.
    [[nodiscard]] std::optional<int> feed() {
        for (;;) {
            if (!next_ && !at_end_) {
                if (!articles_.ready()) break;
                auto line = articles_.next();
                if (!line) return say(kExitNoInput, line.error());
                next_ = *line;
                at_end_ = !next_;
            }
            if (!next_ || !pace_.may_feed(next_->size())) break;
            const std::uint64_t sequence = pace_.fed();
            const int partition = static_cast<int>(sequence % kPartitions);
            const auto put = feeder_.put(partition, *next_, sequence);
            if (!put) return say(kExitInternal, "the in-process broker: " + put.error());
            if (!*put) break;  // the client's queue is full
            pace_.feed(next_->size());
            next_.reset();
        }
        feeder_.serve(milliseconds(0));
        return std::nullopt;
    }

    /// Reads what has come, and prints it in the order in which it was fed.
    [[nodiscard]] std::optional<int> read_back() {
        const auto read =
            reader_.read(milliseconds(5), [this](const kafka::MockReader::Message& message) {
                if (!message.sequence) return;  // somebody else's
                if (!pace_.read_back(*message.sequence, message.bytes)) return;
                ++(message.topic == 0 ? records_ : dead_letters_);
            });
        if (!read) return say(kExitInternal, "the in-process broker: " + read.error());
        if (*read > 0) last_answer_ = Clock::now();
        std::string text;
        for (; pace_.is_back(printed_); ++printed_) screen_.take(printed_, text);
        screen_.take_others(text);
        for (const std::string& line : screen_.take_log()) {
            std::fprintf(stderr, "ceasewire: demo: %s\n", line.c_str());
        }
        if (const int code = print_out(text); code != kExitOk) return code;
        show_progress();
        return std::nullopt;
    }

    /// One line that overwrites itself, where only the summary is asked for.
    void show_progress() {
        const auto now = Clock::now();
        if (!options_.summary || isatty(STDERR_FILENO) == 0 ||
            now - last_progress_ < milliseconds(200)) {
            return;
        }
        last_progress_ = now;
        std::fprintf(stderr, "\r%s articles", with_commas(pace_.returned()).c_str());
        if (at_end_ && pace_.under_way() == 0) std::fputs("\r\x1b[K", stderr);
    }

    [[nodiscard]] bool is_lost() const {
        return pace_.under_way() > 0 && service_.totals().settled() >= pace_.fed() &&
               Clock::now() - last_answer_ > kLostAfter;
    }

    [[nodiscard]] bool service_ended() const {
        pollfd ended{service_.ended_fd(), POLLIN, 0};
        return ::poll(&ended, 1, 0) > 0;
    }

    const Options& options_;
    DemoArticles& articles_;
    Service& service_;
    DemoScreen& screen_;
    kafka::MockFeeder& feeder_;
    kafka::MockReader& reader_;
    const std::atomic<bool>& stop_;  ///< set by the first signal
    DemoPace pace_;
    std::optional<std::string_view> next_;  ///< read and not fed yet; belongs to articles_
    bool at_end_ = false;
    std::uint64_t printed_ = 0;
    std::uint64_t records_ = 0;
    std::uint64_t dead_letters_ = 0;
    Clock::time_point begin_;
    Clock::time_point end_;
    Clock::time_point last_answer_;
    Clock::time_point last_progress_;
};

std::string heading(const std::string& address, const Service& service,
                    const show::TerminalStyle& style) {
    show::StyledText text;
    text.add("A Kafka broker is up in this process at ").add(address, show::Ink::bold);
    text.add("; the service has joined its group and reads ").add(kInput, show::Ink::bold);
    text.add(", writes ").add(kOutput, show::Ink::bold).add(" and ");
    text.add(kDeadLetters, show::Ink::bold).add(". Metrics: ");
    text.add(service.metrics_url() + "/metrics", show::Ink::bold);
    std::string out;
    show::wrap(text, "", "", style, out);
    return out + '\n';
}

std::string look_further(const Options& options, const std::string& address,
                         const Service& service) {
    if (options.follow) {
        return "\nStill running; Ctrl-C ends it. Look at it:\n"
               "  curl " +
               service.metrics_url() +
               "/metrics\n"
               "  kcat -b " +
               address + " -C -t " + std::string(kOutput) +
               " -e          # the records\n"
               "  echo '{\"title\":\"Hamas accepts truce\"}' | kcat -b " +
               address + " -P -t " + std::string(kInput) + "\n\n";
    }
    return "\nLook further:\n"
           "  ceasewire demo --follow            keeps " +
           service.metrics_url() +
           "/metrics up\n"
           "  ceasewire demo FILE.jsonl[.gz]     the same on your own articles\n"
           "  ceasewire tag FILE.jsonl           the records as JSON, without Kafka\n"
           "  ceasewire run --brokers HOST:PORT  the service on your Kafka\n";
}

int run_demo(const Options& options) {
    const auto lexicon = load_lexicon(options.lexicon);
    if (lexicon == nullptr) return kExitLexicon;
    auto articles = options.file.empty()
                        ? Expected<DemoArticles, std::string>(DemoArticles::bundled())
                        : DemoArticles::open(options.file, kLineBytesMax);
    if (!articles) return say(kExitNoInput, articles.error());
    const show::TerminalStyle style = show::terminal_style(STDOUT_FILENO);
    std::atomic<bool> stop{false};
    const SignalWatch signals([&stop] { stop = true; });  // before any other thread

    auto broker = kafka::MockBroker::start();
    if (!broker) return say(kExitInternal, "the in-process broker: " + broker.error());
    const std::array<kafka::MockReader::Topic, 3> topics = {
        {{std::string(kInput), kPartitions},
         {std::string(kOutput), kPartitions},
         {std::string(kDeadLetters), kDeadLetterPartitions}}};
    for (const auto& topic : topics) {
        if (auto wrong = (*broker)->create_topic(topic.name, topic.partitions)) {
            return say(kExitInternal, "the in-process broker: " + *wrong);
        }
    }
    const std::string& address = (*broker)->address();
    auto feeder = kafka::MockFeeder::open(address, topics[0].name, kLineBytesMax);
    if (!feeder) return say(kExitInternal, "the in-process broker: " + feeder.error());
    auto reader = kafka::MockReader::open(address, {topics[1], topics[2]});
    if (!reader) return say(kExitInternal, "the in-process broker: " + reader.error());

    DemoScreen screen({style, !options.summary, options.file.empty()});
    Service service(service_settings(address, options), *lexicon, screen);
    if (isatty(STDERR_FILENO) == 1) {
        std::fputs("Starting a Kafka broker and the service in this process ...", stderr);
    }
    if (const auto started = service.start(); !started) {
        std::fputc('\n', stderr);
        return say(exit_code(started.error().kind), started.error().message);
    }
    Demo demo(options, *articles, service, screen, **feeder, **reader, stop);
    auto code = demo.wait_for_group();
    if (isatty(STDERR_FILENO) == 1) std::fputs("\r\x1b[K", stderr);
    if (!code) {
        code = print_out(heading(address, service, style));
        if (*code == kExitOk) code = demo.run();
        if (*code == kExitOk || *code == kExitFailure) {
            const int printed = print_out(summary_text(demo.summary(), style) +
                                          look_further(options, address, service));
            if (printed != kExitOk) code = printed;
        }
        if (*code == kExitOk && options.follow) code = demo.follow();
    }
    service.request_stop();
    const Service::Outcome outcome = service.wait();
    if (outcome.failure) {
        code = say(exit_code(outcome.failure->kind), outcome.failure->message);
    }
    if (outcome.abandoned) ::_exit(*code);
    return *code;
}

}  // namespace

Command add_demo(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "demo", "Watch articles go through Kafka, in this process, and come out as claims");
    app->footer(
        "Starts a small Kafka broker inside this process, feeds it the bundled sample articles "
        "(some of them malformed, as in real life) or those\n"
        "of FILE, runs the real service on it and prints each claim when its record has come back "
        "from the broker: who, what act, on what\n"
        "terms, told by whom, through whom, with the sentence. Every message in is checked to have "
        "come out. Needs no Kafka and no network.");
    auto options = std::make_shared<Options>();
    app->add_option("FILE", options->file,
                    "Your own articles, one JSON a line, plain or gzip, of any size; - is standard "
                    "input. None: the bundled feed")
        ->type_name("");
    app->add_flag("-f,--follow", options->follow,
                  "Keep the broker, the service and its metrics up until Ctrl-C");
    app->add_flag("-s,--summary", options->summary, "Print only the summary, not each claim");
    app->add_option(
           "--lexicon", options->lexicon,
           "A directory of lexicon files that replace or extend those built into the program")
        ->type_name("DIR");
    app->add_option("--metrics-listen", options->metrics,
                    "Where the metrics are served; a free port when this one is taken")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    return {app, [options] { return run_demo(*options); }};
}

}  // namespace ceasewire::app
