/// What exactly once costs, and how long a death and a rebalance are felt, on a real broker.
///
///     e2e_delivery [throughput] [latency] [recovery] [rebalance]
///                  [--messages N] [--rounds N] [--lanes N] [--pace N] [--seconds N]
///
/// throughput: the same backlog at least once and exactly once (a commit every 100 ms), by turns;
/// the ratio of each round. latency: from sending a message at `--pace` to reading its committed
/// record, both kinds by turns. recovery: from SIGKILL to the next committed record, a new process
/// having been started at once. rebalance: the longest silence of any partition while a third
/// process joins two, and while it leaves. Trust ratios and differences: the broker shares the
/// machine.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include "broker/cluster.h"
#include "load.h"

namespace {

using namespace ceasewire::bench;
using namespace ceasewire::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t kRelevant = 3;
constexpr double kSessionSeconds = 6;  // as run_command() sets it
constexpr std::size_t kArrivalsMin = 100;

struct Options {
    std::vector<std::string> parts;
    std::size_t messages = 300'000;
    std::size_t rounds = 5;
    std::size_t lanes = 2;
    double pace = 500;
    double seconds = 20;
};

rd_kafka_t* client(rd_kafka_type_t type,
                   const std::vector<std::pair<std::string, std::string>>& properties) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> reason{};
    for (const auto& [name, value] : properties) {
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size()) !=
            RD_KAFKA_CONF_OK)
            throw std::runtime_error(reason.data());
    }
    rd_kafka_t* made = rd_kafka_new(type, conf, reason.data(), reason.size());
    if (made == nullptr) throw std::runtime_error(reason.data());
    return made;
}

double now() {
    return std::chrono::duration_cast<Seconds>(Clock::now().time_since_epoch()).count();
}

/// Sends articles at a steady pace, each with the time of its sending in a header, which comes out
/// with the record.
class Sender {
public:
    Sender(const std::string& brokers, double pace)
        : client_(client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers},
                                             {"linger.ms", "1"},
                                             {"log_level", "2"},
                                             {"socket.nagle.disable", "true"}})),
          thread_([this, pace] { run(pace); }) {}
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    ~Sender() {
        stop_.store(true);
        thread_.join();
        rd_kafka_flush(client_, 30'000);
        rd_kafka_destroy(client_);
    }

private:
    void run(double pace) {
        const double begin = now();
        for (std::size_t sent = 0; !stop_.load();) {
            if (now() < begin + static_cast<double>(sent) / pace) {
                rd_kafka_poll(client_, 1);
                continue;
            }
            const NewMessage message = article(sent, kRelevant);
            const std::string at = std::to_string(now());
            rd_kafka_headers_t* headers = rd_kafka_headers_new(1);
            rd_kafka_header_add(headers, "sent", -1, at.data(), static_cast<ssize_t>(at.size()));
            char* value = const_cast<char*>(message.value->c_str());
            const std::size_t value_size = message.value->size();
            char* key = const_cast<char*>(message.key->c_str());
            const std::size_t key_size = message.key->size();
            const char* topic = "in";
            if (rd_kafka_producev(
                    client_, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                    RD_KAFKA_V_VALUE(value, value_size), RD_KAFKA_V_KEY(key, key_size),
                    RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END) != RD_KAFKA_RESP_ERR_NO_ERROR) {
                rd_kafka_headers_destroy(headers);
                rd_kafka_poll(client_, 10);
                continue;
            }
            ++sent;
        }
    }
    std::atomic<bool> stop_{false};
    rd_kafka_t* client_;
    std::thread thread_;
};

struct Arrival {
    double sent = 0;
    double seen = 0;
    std::string partition;  ///< of the input
};

std::string header(const rd_kafka_message_t& message, const char* name) {
    rd_kafka_headers_t* headers = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        rd_kafka_header_get_last(headers, name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return "";
    return {static_cast<const char*>(value), size};
}

/// Reads committed records as they come.
class Tail {
public:
    Tail(const std::string& brokers, const std::string& topic, int partitions)
        : client_(client(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                                             {"group.id", "tail"},
                                             {"enable.auto.commit", "false"},
                                             {"isolation.level", "read_committed"},
                                             {"fetch.wait.max.ms", "5"},
                                             {"log_level", "2"}})) {
        rd_kafka_poll_set_consumer(client_);
        rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(partitions);
        for (int i = 0; i < partitions; ++i)
            rd_kafka_topic_partition_list_add(list, topic.c_str(), i)->offset =
                RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_assign(client_, list);
        rd_kafka_topic_partition_list_destroy(list);
        thread_ = std::thread([this] { run(); });
    }
    Tail(const Tail&) = delete;
    Tail& operator=(const Tail&) = delete;
    ~Tail() {
        stop_.store(true);
        thread_.join();
        rd_kafka_consumer_close(client_);
        rd_kafka_destroy(client_);
    }
    /// What has come since the last call.
    [[nodiscard]] std::vector<Arrival> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(arrivals_, {});
    }
    [[nodiscard]] std::size_t waiting() {
        const std::lock_guard lock(mutex_);
        return arrivals_.size();
    }

private:
    void run() {
        while (!stop_.load()) {
            rd_kafka_message_t* message = rd_kafka_consumer_poll(client_, 20);
            if (message == nullptr) continue;
            if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
                Arrival arrival;
                arrival.sent = std::atof(header(*message, "sent").c_str());
                arrival.seen = now();
                const std::string source = header(*message, "ceasewire-source");
                arrival.partition = source.substr(0, source.rfind('/'));
                const std::lock_guard lock(mutex_);
                arrivals_.push_back(std::move(arrival));
            }
            rd_kafka_message_destroy(message);
        }
    }
    rd_kafka_t* client_;
    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::vector<Arrival> arrivals_;
    std::thread thread_;
};

std::vector<std::string> command(const Broker& broker, bool once, const std::string& suffix,
                                 const std::string& name, std::size_t lanes) {
    auto flags = delivery_flags(once ? "exactly_once" : "at_least_once", name + suffix);
    flags.insert(flags.end(), {"--lanes", std::to_string(lanes)});
    if (once) flags.insert(flags.end(), {"--set", "run.transaction_interval=100 ms"});
    return run_command(broker.address(), "in", "out" + suffix, "dead" + suffix, "group" + suffix,
                       flags);
}

void make_outputs(const Topics& topics, const std::string& suffix) {
    topics.create("out" + suffix, 4);
    topics.create("dead" + suffix, 1);
}

void wait_ready(Process& process) {
    if (!eventually(
            [&] {
                return !process.metrics_url().empty() &&
                       http_get(process.metrics_url() + "/readyz").first == 200;
            },
            60s))
        throw std::runtime_error("not ready: " + process.log());
}

void end(Process& process) {
    process.signal(SIGTERM);
    if (process.wait(60s) != 0) throw std::runtime_error("bad exit: " + process.log());
}

double quantile(std::vector<double> values, double part) {
    if (values.empty()) throw std::runtime_error("nothing was measured");
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + .5);
    return values[at];
}

const char* name_of(bool once) { return once ? "exactly once" : "at least once"; }

void throughput(const Options& options) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    topics.fill("in", options.messages, [](std::size_t i) { return article(i, kRelevant); });
    std::vector<double> ratios;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        std::array<double, 2> rates{};
        for (std::size_t turn = 0; turn < 2; ++turn) {
            const bool once = (round + turn) % 2 == 1;  // each begins every other round
            const std::string suffix = "-" + std::to_string(round) + (once ? "-once" : "-least");
            make_outputs(topics, suffix);
            const std::string load = load_average();
            Process process(command(broker, once, suffix, "bench", options.lanes));
            std::optional<std::pair<double, std::size_t>> from;
            // The first quarter is for joining. The markers of transactions count too; they are
            // some hundreds.
            for (;;) {
                const auto done = static_cast<std::size_t>(topics.size("out" + suffix) +
                                                           topics.size("dead" + suffix));
                if (!from && done >= options.messages / 4) from = {now(), done};
                if (done >= options.messages) {
                    if (!from || from->second >= options.messages)
                        throw std::runtime_error("too few messages to measure");
                    rates[once ? 1 : 0] = static_cast<double>(options.messages - from->second) /
                                          (now() - from->first);
                    break;
                }
                if (!process.running()) throw std::runtime_error(process.log());
            }
            const double cpu =
                cpu_seconds(process.pid()) * 1e6 / static_cast<double>(options.messages);
            end(process);
            std::printf("throughput, %s: %.0f msg/s, %.2f us CPU a message (load %s)\n",
                        name_of(once), rates[once ? 1 : 0], cpu, load.c_str());
            std::fflush(stdout);
            topics.remove({"out" + suffix, "dead" + suffix});
        }
        ratios.push_back(rates[1] / rates[0]);
        std::printf("throughput, round %zu: ratio %.2f\n", round + 1, ratios.back());
    }
    std::printf(
        "throughput: exactly once is %.2f of at least once (median of %zu rounds; %.2f to "
        "%.2f)\n",
        median(ratios), ratios.size(), quantile(ratios, 0), quantile(ratios, 1));
}

void latency(const Options& options) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    std::array<std::vector<double>, 2> medians;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        for (std::size_t turn = 0; turn < 2; ++turn) {
            const bool once = (round + turn) % 2 == 1;
            const std::string suffix = "-" + std::to_string(round) + (once ? "-once" : "-least");
            make_outputs(topics, suffix);
            auto words = command(broker, once, suffix, "bench", options.lanes);
            words.insert(words.end(), {"--set", "run.start=latest"});
            Process process(words);
            wait_ready(process);
            Tail tail(broker.address(), "out" + suffix, 4);
            std::vector<double> times;
            {
                const Sender sender(broker.address(), options.pace);
                std::this_thread::sleep_for(3s);  // until it runs evenly
                (void)tail.take();
                // A busy machine may need longer for anything to see.
                for (const double begin = now();
                     now() - begin < options.seconds || times.size() < kArrivalsMin;) {
                    if (!process.running()) throw std::runtime_error(process.log());
                    std::this_thread::sleep_for(100ms);
                    for (const Arrival& arrival : tail.take())
                        times.push_back((arrival.seen - arrival.sent) * 1e3);
                }
            }
            std::printf("latency, %s: p50 %.0f ms, p99 %.0f ms of %zu records (load %s)\n",
                        name_of(once), quantile(times, .5), quantile(times, .99), times.size(),
                        load_average().c_str());
            std::fflush(stdout);
            medians[once ? 1 : 0].push_back(quantile(times, .5));
            end(process);
        }
    }
    std::printf(
        "latency: p50 at least once %.0f ms, exactly once %.0f ms: %.0f ms added (medians "
        "of %zu rounds)\n",
        median(medians[0]), median(medians[1]), median(medians[1]) - median(medians[0]),
        options.rounds);
}

void recovery(const Options& options) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 4);
    make_outputs(topics, "");
    Tail tail(broker.address(), "out", 4);
    const Sender sender(broker.address(), options.pace);
    const auto words = command(broker, true, "", "bench", options.lanes);
    auto process = std::make_unique<Process>(words);
    std::vector<double> times;
    for (std::size_t round = 0; round < options.rounds; ++round) {
        wait_ready(*process);
        (void)tail.take();
        if (!eventually([&] { return tail.waiting() > 500; }, 60s))
            throw std::runtime_error(process->log());
        process->signal(SIGKILL);
        (void)process->wait(10s);
        const double killed = now();
        process = std::make_unique<Process>(words);
        // What was committed before may still be on its way to us.
        std::this_thread::sleep_for(300ms);
        (void)tail.take();
        std::vector<Arrival> first;
        if (!eventually(
                [&] {
                    first = tail.take();
                    return !first.empty();
                },
                120s))
            throw std::runtime_error(process->log());
        times.push_back(first.front().seen - killed);
        std::printf("recovery, round %zu: %.1f s (load %s)\n", round + 1, times.back(),
                    load_average().c_str());
        std::fflush(stdout);
    }
    std::printf(
        "recovery: %.1f s from SIGKILL to the next committed record, at most %.1f s; the "
        "session is %.0f s of it\n",
        median(times), quantile(times, 1), kSessionSeconds);
    end(*process);
}

/// The longest silence of any partition of the input.
double longest_silence(const std::vector<Arrival>& arrivals) {
    std::map<std::string, double> last;
    double longest = 0;
    for (const Arrival& arrival : arrivals) {
        const auto [at, fresh] = last.try_emplace(arrival.partition, arrival.seen);
        if (!fresh) longest = std::max(longest, arrival.seen - at->second);
        at->second = arrival.seen;
    }
    return longest;
}

void rebalance(const Options& options) {
    Broker broker;
    const Topics topics = broker.topics();
    topics.create("in", 8);
    make_outputs(topics, "");
    const auto start = [&](const std::string& name) {
        return std::make_unique<Process>(command(broker, true, "", name, 1));
    };
    const auto one = start("one");
    const auto two = start("two");
    wait_ready(*one);
    wait_ready(*two);
    Tail tail(broker.address(), "out", 4);
    const Sender sender(broker.address(), options.pace);
    std::vector<double> calm;
    std::vector<double> joins;
    std::vector<double> leaves;
    std::this_thread::sleep_for(5s);
    for (std::size_t round = 0; round < options.rounds; ++round) {
        (void)tail.take();
        std::this_thread::sleep_for(5s);
        calm.push_back(longest_silence(tail.take()));
        const auto three = start("three");
        wait_ready(*three);
        std::this_thread::sleep_for(6s);
        joins.push_back(longest_silence(tail.take()));
        end(*three);
        std::this_thread::sleep_for(6s);
        leaves.push_back(longest_silence(tail.take()));
        std::printf(
            "rebalance, round %zu: longest silence of a partition %.2f s before, %.2f s "
            "around a join, %.2f s around a leave (load %s)\n",
            round + 1, calm.back(), joins.back(), leaves.back(), load_average().c_str());
        std::fflush(stdout);
    }
    std::printf(
        "rebalance: pause %.2f s at a join, %.2f s at a leave (medians; at most %.2f and "
        "%.2f s; %.2f s when nothing happens)\n",
        median(joins), median(leaves), quantile(joins, 1), quantile(leaves, 1), median(calm));
    end(*two);
    end(*one);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("What exactly once costs, on a real broker");
    app.option_defaults()->always_capture_default();
    app.add_option("parts", options.parts, "throughput, latency, recovery, rebalance; none: all")
        ->check(CLI::IsMember({"throughput", "latency", "recovery", "rebalance"}));
    app.add_option("--messages", options.messages, "Messages of a round of throughput");
    app.add_option("--rounds", options.rounds, "Rounds of each part");
    app.add_option("--lanes", options.lanes, "Lanes of the service");
    app.add_option("--pace", options.pace, "Messages a second, where not throughput is measured");
    app.add_option("--seconds", options.seconds, "How long latency is measured");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 64;
    }
    const auto wanted = [&](const std::string& part) {
        return options.parts.empty() ||
               std::find(options.parts.begin(), options.parts.end(), part) != options.parts.end();
    };
    try {  // so that the broker ends with us
        if (wanted("throughput")) throughput(options);
        if (wanted("latency")) latency(options);
        if (wanted("recovery")) recovery(options);
        if (wanted("rebalance")) rebalance(options);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
