#include "app/service.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

#include "kafka/cluster.h"
#include "kafka/known_bugs.h"
#include "kafka/progress.h"
#include "kafka/sink.h"
#include "kafka/source.h"
#include "kafka/transactions.h"
#include "kafka/waits.h"
#include "metrics/exporter.h"
#include "metrics/http.h"
#include "record/encode.h"
#include "stream/lane.h"
#include "stream/watchdog.h"

namespace ceasewire::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;
using stream::LogLevel;

/// One lane with all it owns. Destroyed in the order that the clients need: sink, then lane (whose
/// flights hold messages), then source.
struct Worker {
    std::shared_ptr<stream::LaneCounters> counters;
    std::unique_ptr<kafka::KafkaSource> source;
    std::unique_ptr<kafka::KafkaSink> sink;
    std::unique_ptr<kafka::KafkaTransactions> transactions;  ///< with exactly once
    std::unique_ptr<stream::Lane> lane;
    std::thread thread;
    std::atomic<bool> halt{false};     ///< the lane is to end: with the service, or to be rebuilt
    std::atomic<bool> rebuild{false};  ///< and then to begin anew

    /// False when a client did not end in time: then everything that its threads may still touch is
    /// left behind.
    bool take_down(milliseconds timeout) {
        if (!sink->close(timeout)) {
            (void)lane.release();
            (void)transactions.release();
            (void)sink.release();
            (void)source.release();
            return false;
        }
        lane.reset();
        transactions.reset();
        sink.reset();
        const bool clean = source == nullptr || source->destroy(timeout);
        source.reset();
        return clean;
    }
};

std::size_t lane_count(const kafka::Settings& settings, std::size_t partitions) {
    const std::size_t wanted =
        settings.lanes != 0 ? settings.lanes : std::max(1U, std::thread::hardware_concurrency());
    return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(1, partitions));
}

}  // namespace

struct Service::State {
    State(ServiceSettings settings_, const Lexicon& lexicon_, stream::Observer& observer)
        : settings(std::move(settings_)),
          lexicon(stream::borrowed(lexicon_)),
          exporter(build_info()),
          observers({&exporter, &observer}) {}

    ServiceSettings settings;
    stream::LexiconInUse lexicon;
    metrics::Exporter exporter;
    stream::Observers observers;
    std::unique_ptr<metrics::HttpServer> http;
    const std::shared_ptr<kafka::Progress> progress = std::make_shared<kafka::Progress>();
    std::vector<std::unique_ptr<Worker>> workers;  ///< the overseer may add some until the stop
    std::atomic<bool> stop{false};
    std::atomic<bool> started{false};
    int ended = -1;
    std::thread overseer;

    std::mutex mutex;
    std::condition_variable changed;
    std::size_t running = 0;
    std::size_t committed = 0;  ///< lanes that have finished their work
    bool abandoned = false;
    std::optional<Failure> failure;
    std::optional<steady_clock::time_point> stop_since;

    [[nodiscard]] metrics::BuildInfo build_info() const {
        std::vector<std::pair<std::string, std::string>> bugs;
        for (const kafka::KnownBug& bug : kafka::known_bugs())
            bugs.emplace_back(bug.name, kafka::version_text(bug.mended_in));
        return {std::string(kProgramVersion),
                kafka::client_version(),
                std::string(lexicon.look().lexicon->version()),
                std::move(bugs),
                memory_ceiling(lane_count(settings.kafka, 1'000)),
                lane_duplicates_max()};
    }
    /// So many records of a lane come twice, at most, when the process dies.
    [[nodiscard]] std::uint64_t lane_duplicates_max() const {
        return settings.kafka.delivery == kafka::Delivery::exactly_once
                   ? 0
                   : settings.loop.uncommitted_records_max;
    }
    [[nodiscard]] std::uint64_t memory_ceiling(std::size_t lanes) const {
        return app::memory_ceiling_bytes(settings, lanes);
    }

    /// Why the process should be restarted; empty: live. Never because of brokers, or an outage
    /// becomes a storm of restarts.
    [[nodiscard]] std::string not_live() const {
        const auto now =
            std::chrono::duration_cast<milliseconds>(steady_clock::now().time_since_epoch())
                .count();
        const auto limit = settings.kafka.max_poll_interval.count() / 2;
        for (const auto& lane : exporter.lanes()) {
            const auto beat = lane->heartbeat_ms.get();
            if (lane->failed.get() != 0)
                return "lane " + std::to_string(lane->lane) + " has failed";
            if (lane->near_end.get() != 0)
                return "lane " + std::to_string(lane->lane) + " makes no progress";
            if (!stop.load() && beat >= 0 && now - beat > limit)
                return "lane " + std::to_string(lane->lane) + " does not move";
        }
        return {};
    }
    /// Why no work should be expected; empty: ready.
    [[nodiscard]] std::string not_ready() const {
        if (stop.load()) return "stopping";
        if (!started.load()) return "starting";
        for (const auto& lane : exporter.lanes()) {
            if (lane->rebuilding.get() != 0)
                return "lane " + std::to_string(lane->lane) +
                       " made no progress and is being given new clients";
            if (lane->joined.get() == 0)
                return "lane " + std::to_string(lane->lane) + " has not joined its group";
            if (lane->halted.get() != 0)
                return "lane " + std::to_string(lane->lane) +
                       " has halted: too much of its input became dead letters";
        }
        return not_live();
    }

    [[nodiscard]] metrics::Routes routes() {
        const auto page = [](const std::string& trouble) {
            return metrics::Response{trouble.empty() ? 200 : 503, "text/plain; charset=utf-8",
                                     trouble.empty() ? "ok\n" : trouble + "\n"};
        };
        metrics::Routes routes;
        routes["/livez"] = [this, page] { return page(not_live()); };
        routes["/readyz"] = [this, page] { return page(not_ready()); };
        routes["/metrics"] = [this] {
            exporter.set_health(not_live().empty(), not_ready().empty());
            return metrics::Response{200, "text/plain; version=0.0.4; charset=utf-8",
                                     exporter.render()};
        };
        return routes;
    }

    void print_settings(std::size_t lanes, const kafka::ClusterFacts& facts) {
        const kafka::Settings& k = settings.kafka;
        std::string inputs;
        for (const std::string& topic : k.input_topics)
            inputs += (inputs.empty() ? "" : ", ") + topic;
        const auto say = [&](const std::string& line) { observers.log(LogLevel::info, line); };
        say("ceasewire " + std::string(kProgramVersion) + ", lexicon " +
            std::string(lexicon.look().lexicon->version()) + ", librdkafka " +
            kafka::client_version());
        say("brokers " + k.brokers + " (" + std::string(to_string(k.security.protocol)) +
            "), group " + k.group_id + ", input " + inputs + " (" +
            std::to_string(facts.input_partitions) + " partitions), output " + k.output_topic +
            ", dead letters " + k.dead_letter_topic);
        if (k.delivery == kafka::Delivery::exactly_once)
            say("transactional ids " + k.transactional_id + "-0 and on, a commit every " +
                std::to_string(settings.loop.transaction_interval.count()) + " ms or " +
                std::to_string(settings.loop.transaction_records_max) + " records");
        say("delivery " + std::string(to_string(k.delivery)) + ", at most " +
            std::to_string(lanes * lane_duplicates_max()) +
            " records twice by a death of the process, assignment " +
            std::string(to_string(k.assignment)) + ", start " +
            std::string(to_string(k.start_from)) + ", " + std::to_string(lanes) +
            " lanes, records sent after " + std::to_string(k.send_after.count()) +
            " ms or in batches of " + std::to_string(k.batch_bytes) + " bytes, compression " +
            std::string(to_string(k.compression)));
        say("memory ceiling " + std::to_string(memory_ceiling(lanes) >> 20U) +
            " MiB without the lexicon: per lane " + std::to_string(k.prefetch_kbytes) +
            " KiB prefetch, " + std::to_string(k.produce_queue_kbytes) + " KiB produce queue, " +
            std::to_string(settings.loop.in_flight_bytes_max >> 10U) + " KiB in flight");
        std::string names;
        for (const kafka::KnownBug& bug : kafka::known_bugs()) {
            names += (names.empty() ? ": " : ", ") + std::string(bug.name);
            observers.log(LogLevel::debug, "known bug " + std::string(bug.name) + ": " +
                                               std::string(bug.what) + " (mended in " +
                                               kafka::version_text(bug.mended_in) +
                                               "): " + std::string(bug.guard));
        }
        say("librdkafka " + kafka::client_version() + " has " +
            std::to_string(kafka::known_bugs().size()) + " known bugs, which are guarded against" +
            names);
        if (!kafka::waits_are_steady())
            say("as this program is linked, the client waits by the wall clock and not by ours");
    }

    Expected<Nothing, Failure> start_lanes(const kafka::ClusterFacts& facts) {
        // A broker judges whole batches by the topic's limit: batches must fit, or one large record
        // takes its neighbours along.
        constexpr std::size_t kBatchOverhead = 1'024;
        if (const auto limit = facts.output_message_bytes_max;
            limit && *limit < settings.kafka.batch_bytes + kBatchOverhead) {
            settings.kafka.batch_bytes =
                std::max(kBatchOverhead, *limit - std::min(*limit, kBatchOverhead));
        }
        // Both drains have to be over while the group still waits for us.
        settings.loop.revoke_drain =
            std::min(settings.loop.revoke_drain, settings.kafka.session_timeout / 3);
        settings.kafka.begun_at_end = facts.begun_at_end;
        const std::size_t lanes = lane_count(settings.kafka, facts.input_partitions);
        print_settings(lanes, facts);
        std::vector<std::unique_ptr<Worker>> made;
        for (std::size_t i = 0; i < lanes; ++i) {
            auto worker = make_worker(i);
            if (!worker) return Unexpected(std::move(worker).error());
            if (*worker == nullptr) break;  // stopped meanwhile
            made.push_back(std::move(worker).value());
        }
        if (made.empty()) {
            signal_end();
            return Nothing{};
        }
        {
            const std::lock_guard lock(mutex);
            workers = std::move(made);
            running = workers.size();
            for (auto& worker : workers) worker->halt.store(stop.load());
        }
        for (auto& worker : workers) begin(*worker);
        overseer = std::thread([this] { oversee(); });
        started.store(true);
        return Nothing{};
    }

    /// Lane `number`, ready to begin. None when a stop was asked for meanwhile.
    Expected<std::unique_ptr<Worker>, Failure> make_worker(std::size_t number) {
        auto worker = std::make_unique<Worker>();
        worker->counters = std::make_shared<stream::LaneCounters>();
        worker->counters->lane = number;
        auto equipped = equip(*worker);
        if (!equipped) return Unexpected(std::move(equipped).error());
        if (!*equipped) worker.reset();
        return worker;
    }
    void begin(Worker& worker) {
        observers.lane_started(worker.counters);
        worker.thread = std::thread([this, &worker] { run_lane(worker); });
    }

    /// Gives the worker its clients and its lane. False when a stop was asked for meanwhile.
    Expected<bool, Failure> equip(Worker& worker) {
        const std::size_t number = worker.counters->lane;
        auto sink = kafka::KafkaSink::open(settings.kafka, number, observers, *worker.counters);
        if (!sink) return Unexpected(std::move(sink).error());
        worker.sink = std::move(sink).value();
        if (settings.kafka.delivery == kafka::Delivery::exactly_once) {
            auto opened = kafka::KafkaTransactions::open(settings.kafka, *worker.sink,
                                                         *worker.counters, stop);
            if (!opened) return Unexpected(std::move(opened).error());
            if (*opened == nullptr) return false;
            worker.transactions = std::move(opened).value();
        }
        auto source =
            kafka::KafkaSource::open(settings.kafka, number, observers, *worker.counters, progress);
        if (!source) return Unexpected(std::move(source).error());
        worker.source = std::move(source).value();
        if (worker.transactions) worker.transactions->attach(*worker.source);
        worker.lane = std::make_unique<stream::Lane>(
            stream::LaneParts{*worker.source, *worker.sink, lexicon, observers, *worker.counters,
                              worker.transactions.get()},
            settings.loop, settings.limits, settings.kafka.group_id);
        return true;
    }

    void run_lane(Worker& worker) {
        auto result = worker.lane->run(worker.halt);
        while (result && worker.rebuild.exchange(false) && !stop.load()) {
            result = rebuild(worker);
            if (result && worker.lane) result = worker.lane->run(worker.halt);
        }
        if (!result) fail(result.error());
        wait_for_the_others(worker);
        bool clean = true;
        if (worker.lane) {
            const bool left = worker.lane->leave(settings.kafka.close_timeout);
            (void)left;  // the lane has said so, and take_down() is bounded
        }
        if (worker.sink) clean = worker.take_down(settings.kafka.destroy_timeout);
        const std::lock_guard lock(mutex);
        abandoned = abandoned || !clean;
        if (--running == 0) signal_end();
        changed.notify_all();
    }

    /// New clients for a lane that stalled. Nothing of what it had in hand was committed, so it is
    /// read again. Without a lane when a stop was asked for meanwhile.
    Expected<Nothing, Failure> rebuild(Worker& worker) {
        (void)worker.lane->leave(settings.kafka.close_timeout);
        if (!worker.take_down(settings.kafka.destroy_timeout)) {
            const std::lock_guard lock(mutex);
            abandoned = true;
        }
        worker.counters->rebuilt.add();
        worker.counters->in_flight.set(0);
        worker.counters->in_flight_bytes.set(0);
        worker.counters->halted.set(0);
        worker.counters->joined.set(0);
        {
            const std::lock_guard lock(mutex);
            worker.halt.store(stop.load());
        }
        auto equipped = equip(worker);
        worker.counters->rebuilding.set(0);  // ready when it has joined its group
        if (!equipped) return Unexpected(std::move(equipped).error());
        return Nothing{};
    }

    /// Looks after the lanes until a stop is asked for.
    void oversee() {
        std::vector<stream::Watchdog> dogs(
            workers.size(), stream::Watchdog(steady_clock::now(), settings.stall_limit));
        constexpr milliseconds kLook{1'000};
        const auto interval = settings.stall_limit > milliseconds(0)
                                  ? std::clamp(settings.stall_limit / 20, milliseconds(10), kLook)
                                  : kLook;
        std::unique_lock lock(mutex);
        while (!changed.wait_for(lock, interval, [&] { return stop.load(); })) {
            lock.unlock();
            for (std::size_t i = 0; i < workers.size(); ++i) watch(*workers[i], dogs[i]);
            if (grow()) dogs.emplace_back(steady_clock::now(), settings.stall_limit);
            lock.lock();
        }
    }

    /// At start there are no more lanes than partitions. When these became more, so do the lanes,
    /// up to what was asked for: one for each that is assigned to us. True when one was added.
    bool grow() {
        std::uint64_t assigned = 0;
        for (const auto& worker : workers) assigned += worker->counters->assigned_partitions.get();
        const std::size_t lanes = workers.size();
        if (lanes >= lane_count(settings.kafka, assigned)) return false;
        auto made = make_worker(lanes);
        if (!made) {
            fail(made.error());
            return false;
        }
        if (*made == nullptr) return false;
        std::unique_lock lock(mutex);
        if (stop.load()) {
            lock.unlock();
            const bool clean = (*made)->take_down(settings.kafka.destroy_timeout);
            lock.lock();
            abandoned = abandoned || !clean;
            return false;
        }
        workers.push_back(std::move(made).value());
        ++running;
        observers.log(LogLevel::info,
                      "partitions were added: lane " + std::to_string(lanes) + " begins");
        begin(*workers.back());
        return true;
    }

    void watch(Worker& worker, stream::Watchdog& dog) {
        const auto now = steady_clock::now();
        const std::string lane = "lane " + std::to_string(worker.counters->lane);
        const std::string limit = std::to_string(settings.stall_limit.count()) + " ms";
        const auto advice =
            dog.look(now, stream::pulse_of(*worker.counters, now, settings.stall_limit),
                     [this] { return kafka::brokers_answer(settings.kafka); });
        worker.counters->near_end.set(dog.near_end() ? 1 : 0);
        switch (advice) {
            case stream::Advice::none:
                return;
            case stream::Advice::rebuild: {
                worker.counters->rebuilding.set(1);
                observers.log(LogLevel::error,
                              lane + " has made no progress for " + limit +
                                  " although the brokers answer: it is given new clients");
                const std::lock_guard lock(mutex);
                worker.rebuild.store(true);
                worker.halt.store(true);
                return;
            }
            case stream::Advice::end:
                fail(Failure{FailureKind::restart,
                             lane + " has made no progress for " + limit +
                                 " once more, with new clients and brokers that answer"});
                return;
        }
    }

    void fail(const Failure& why) {
        observers.log(LogLevel::error, why.message);
        {
            const std::lock_guard lock(mutex);
            if (!failure) failure = why;
        }
        begin_stop();  // the other lanes finish what they have
    }

    /// Every lane commits before the first one leaves the group and makes it rebalance.
    void wait_for_the_others(Worker& worker) {
        constexpr milliseconds kAttend{20};
        const auto deadline = steady_clock::now() + settings.loop.stop_drain;
        std::unique_lock lock(mutex);
        ++committed;
        changed.notify_all();
        const auto all = [&] { return committed == workers.size(); };
        while (worker.lane && !all() && steady_clock::now() < deadline) {
            lock.unlock();
            worker.lane->attend(kAttend);
            lock.lock();
        }
        changed.wait_until(lock, deadline, all);
    }

    void begin_stop() {
        const std::lock_guard lock(mutex);
        if (stop.exchange(true)) return;
        stop_since = steady_clock::now();
        for (auto& worker : workers) worker->halt.store(true);
        changed.notify_all();
    }
    void signal_end() const {
        const std::uint64_t one = 1;
        (void)!write(ended, &one, sizeof one);
    }
};

Service::Service(ServiceSettings settings, const Lexicon& lexicon, stream::Observer& observer)
    : state_(std::make_unique<State>(std::move(settings), lexicon, observer)) {
    state_->ended = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

Service::~Service() {
    if (!state_) return;
    request_stop();
    const Outcome outcome = wait();
    state_->http.reset();
    if (outcome.abandoned) {
        (void)state_.release();  // threads of the client may still use it
        return;
    }
    close(state_->ended);
}

Expected<Nothing, Failure> Service::start() {
    State& state = *state_;
    if (auto wrong = kafka::what_is_wrong(state.settings.kafka))
        return Unexpected(Failure{FailureKind::config, std::move(*wrong)});
    // Before the brokers: probes and scrapes are answered while they are waited for.
    if (state.settings.metrics.enabled) {
        auto http = metrics::HttpServer::start(state.settings.metrics.address, state.routes());
        if (!http) return Unexpected(std::move(http).error());
        state.http = std::move(http).value();
        state.observers.log(LogLevel::info, "metrics and probes at " + state.http->url());
    }
    auto facts = kafka::connect(state.settings.kafka, state.observers, state.stop);
    if (!facts) return Unexpected(std::move(facts).error());
    if (!facts->has_value()) {
        state.signal_end();
        return Nothing{};
    }
    return state.start_lanes(**facts);
}

void Service::request_stop() noexcept { state_->begin_stop(); }

bool Service::reload_lexicon(LoadedLexicon loaded) {
    State& state = *state_;
    if (!loaded) {
        const std::vector<std::string>& lines = loaded.error();
        const std::size_t more = lines.size() - 1;
        state.exporter.lexicon_reload_failed();
        state.observers.log(
            LogLevel::error,
            "lexicon not reloaded, " + std::string(state.lexicon.look().lexicon->version()) +
                " stays in use: " + lines.front() +
                (more == 0 ? ""
                           : " (and " + std::to_string(more) +
                                 " more; `ceasewire lexicon check DIR` lists them)"));
        return false;
    }
    auto lexicon = std::make_shared<const Lexicon>(std::move(*loaded));
    const std::string version(lexicon->version());
    state.lexicon.replace(std::move(lexicon));
    state.exporter.lexicon_reloaded(version);
    state.observers.log(LogLevel::info, "lexicon reloaded: " + version);
    return true;
}

int Service::ended_fd() const noexcept { return state_->ended; }

Service::Outcome Service::wait() {
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    state.changed.wait(lock, [&] { return state.running == 0 || state.stop_since.has_value(); });
    if (state.running > 0) {
        const auto deadline = *state.stop_since + state.settings.shutdown_timeout;
        state.changed.wait_until(lock, deadline, [&] { return state.running == 0; });
    }
    const bool late = state.running > 0;
    Outcome outcome{state.failure, state.abandoned || late};
    lock.unlock();
    if (state.overseer.joinable()) {
        if (late) {
            state.overseer.detach();
        } else {
            state.overseer.join();
        }
    }
    for (auto& worker : state.workers) {
        if (!worker->thread.joinable()) continue;
        if (late) {
            worker->thread.detach();
        } else {
            worker->thread.join();
        }
    }
    if (outcome.abandoned)
        state.observers.log(
            LogLevel::warning,
            "a client could not be ended and is left behind; committed offsets are safe");
    return outcome;
}

ServiceTotals Service::totals() const {
    ServiceTotals totals;
    for (const auto& lane : state_->exporter.lanes()) {
        totals.consumed += lane->consumed.get();
        totals.consumed_bytes += lane->consumed_bytes.get();
        totals.enriched += lane->enriched.get();
        totals.relevant += lane->relevant.get();
        totals.claims += lane->claims_total.get();
        totals.tombstones += lane->tombstones.get();
        totals.produced += lane->produced.get();
        for (const Reason reason : kReasons)
            totals.dead_lettered += lane->dead_lettered[reason].get();
        totals.in_flight += lane->in_flight.get();
        totals.assigned_partitions += lane->assigned_partitions.get();
        totals.lanes_joined += lane->joined.get();
    }
    return totals;
}

std::string Service::metrics_url() const {
    return state_->http ? state_->http->url() : std::string();
}

std::uint64_t Service::memory_ceiling_bytes() const {
    const std::lock_guard lock(state_->mutex);
    return state_->memory_ceiling(state_->workers.empty()
                                      ? lane_count(state_->settings.kafka, 1'000)
                                      : state_->workers.size());
}

std::uint64_t memory_ceiling_bytes(const ServiceSettings& settings, std::size_t lanes) {
    // Beside the clients: input held until its output is acknowledged, and a scratch that has seen
    // the largest message.
    // Exactly once, records stay until their transaction is committed; else only until they are
    // acknowledged, which the produce queue bounds.
    const std::uint64_t transaction = settings.kafka.delivery == kafka::Delivery::exactly_once
                                          ? settings.loop.transaction_bytes_max
                                          : 0;
    const std::uint64_t lane = kafka::lane_memory_bytes(settings.kafka) +
                               settings.loop.in_flight_bytes_max +
                               4 * std::uint64_t{settings.limits.message_bytes_max} + transaction;
    return lanes * lane + (std::uint64_t{64} << 20U);
}

}  // namespace ceasewire::app
