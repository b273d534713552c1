#include "metrics/exporter.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <mutex>
#include <span>
#include <sstream>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

namespace ceasewire::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using stream::DurationCells;
using stream::LaneCounters;
using stream::wall_ms;

using Lanes = std::vector<std::shared_ptr<const LaneCounters>>;

// Bounds are powers of two of a microsecond (see DurationCells); a bound for each would be 30
// series a histogram.
constexpr std::array kLatencyExponents = {10U, 12U, 14U, 15U, 16U, 17U, 18U, 19U, 20U,
                                          21U, 22U, 23U, 24U, 25U, 26U, 28U, 29U};
constexpr std::array kStageExponents = {6U, 8U, 10U, 12U, 14U, 16U, 18U, 20U, 22U, 24U, 26U};
constexpr std::array kTransactionExponents = {0U, 2U, 4U, 6U, 8U, 10U, 12U, 14U, 16U};
constexpr std::array kBatchExponents = {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 10U};

struct Labelled {
    std::vector<ClientMetric::Label> labels;
    double value = 0;
};

/// Collects families in order.
class Page {
public:
    void counter(const char* name, const char* help, double value) {
        add(name, help, MetricType::Counter, {{{}, value}});
    }
    void gauge(const char* name, const char* help, double value) {
        add(name, help, MetricType::Gauge, {{{}, value}});
    }
    void counters(const char* name, const char* help, const std::vector<Labelled>& values) {
        add(name, help, MetricType::Counter, values);
    }
    void gauges(const char* name, const char* help, const std::vector<Labelled>& values) {
        add(name, help, MetricType::Gauge, values);
    }

    /// `unit` is what one microsecond of the cells stands for, in the metric's unit.
    void histogram(const char* name, const char* help, std::span<const unsigned> exponents,
                   double unit,
                   const std::vector<std::pair<std::vector<ClientMetric::Label>,
                                               std::vector<const DurationCells*>>>& series) {
        MetricFamily family{name, help, MetricType::Histogram, {}};
        for (const auto& [labels, cells] : series) {
            ClientMetric metric;
            metric.label = labels;
            std::uint64_t count = 0;
            std::uint64_t sum = 0;
            std::size_t index = 0;
            for (const unsigned exponent : exponents) {
                for (; index <= exponent; ++index) {
                    for (const DurationCells* cell : cells) count += cell->bucket(index);
                }
                metric.histogram.bucket.push_back(
                    {count, static_cast<double>(std::uint64_t{1} << exponent) * unit});
            }
            for (; index < DurationCells::kBuckets; ++index) {
                for (const DurationCells* cell : cells) count += cell->bucket(index);
            }
            for (const DurationCells* cell : cells) sum += cell->sum_us();
            metric.histogram.sample_count = count;
            metric.histogram.sample_sum = static_cast<double>(sum) * unit;
            family.metric.push_back(std::move(metric));
        }
        families_.push_back(std::move(family));
    }

    std::vector<MetricFamily> take() && { return std::move(families_); }

private:
    void add(const char* name, const char* help, MetricType type,
             const std::vector<Labelled>& values) {
        MetricFamily family{name, help, type, {}};
        for (const Labelled& value : values) {
            ClientMetric metric;
            metric.label = value.labels;
            (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value.value;
            family.metric.push_back(std::move(metric));
        }
        families_.push_back(std::move(family));
    }
    std::vector<MetricFamily> families_;
};

template <class Read>
double sum(const Lanes& lanes, Read read) {
    std::uint64_t total = 0;
    for (const auto& lane : lanes) total += read(*lane);
    return static_cast<double>(total);
}

template <class Values, class Read>
std::vector<Labelled> by(const char* label, const Values& values, const Lanes& lanes, Read read) {
    std::vector<Labelled> all;
    for (const auto value : values) {
        all.push_back({{{label, std::string(to_string(value))}},
                       sum(lanes, [&](const LaneCounters& lane) { return read(lane, value); })});
    }
    return all;
}

template <class Read>
std::vector<Labelled> by_lane(const Lanes& lanes, Read read) {
    std::vector<Labelled> all;
    for (const auto& lane : lanes)
        all.push_back({{{"lane", std::to_string(lane->lane)}}, static_cast<double>(read(*lane))});
    return all;
}

void counts(Page& page, const Lanes& lanes) {
    page.counter("ceasewire_records_consumed_total", "Messages taken from the input.",
                 sum(lanes, [](const auto& lane) { return lane.consumed.get(); }));
    page.counter("ceasewire_consumed_bytes_total", "Bytes of keys and values taken from the input.",
                 sum(lanes, [](const auto& lane) { return lane.consumed_bytes.get(); }));
    page.counter("ceasewire_records_enriched_total", "Messages that became a record.",
                 sum(lanes, [](const auto& lane) { return lane.enriched.get(); }));
    page.counter("ceasewire_records_relevant_total", "Records with a ceasefire claim.",
                 sum(lanes, [](const auto& lane) { return lane.relevant.get(); }));
    page.counter("ceasewire_records_tombstone_total", "Null values, passed on as such.",
                 sum(lanes, [](const auto& lane) { return lane.tombstones.get(); }));
    page.counters("ceasewire_records_rejected_total", "Messages that are no article, by reason.",
                  by("reason", kReasons, lanes,
                     [](const auto& lane, Reason reason) { return lane.rejected[reason].get(); }));
    page.counters("ceasewire_records_dead_lettered_total",
                  "Dead letters that the broker acknowledged, by reason.",
                  by("reason", kReasons, lanes, [](const auto& lane, Reason reason) {
                      return lane.dead_lettered[reason].get();
                  }));
    page.counter("ceasewire_dead_letters_truncated_total",
                 "Dead letters whose original was cut to fit the topic.",
                 sum(lanes, [](const auto& lane) { return lane.dead_letters_cut.get(); }));
    page.counter("ceasewire_dead_letter_failures_total",
                 "Dead letters that the topic took in no form; the service then stops.",
                 sum(lanes, [](const auto& lane) { return lane.dead_letter_failures.get(); }));
    std::vector<Labelled> claims;
    for (std::size_t i = 0; i < stream::kActs.size(); ++i) {
        claims.push_back({{{"act", std::string(stream::kActs[i])}},
                          sum(lanes, [&](const auto& lane) { return lane.claims[i].get(); })});
    }
    page.counters("ceasewire_claims_total", "Claims found, by act.", claims);
    page.counter("ceasewire_records_produced_total",
                 "Records and tombstones that the broker acknowledged.",
                 sum(lanes, [](const auto& lane) { return lane.produced.get(); }));
    page.counter("ceasewire_produced_bytes_total", "Bytes of acknowledged records.",
                 sum(lanes, [](const auto& lane) { return lane.produced_bytes.get(); }));
    page.counters(
        "ceasewire_delivery_failures_total",
        "Outputs that were not taken, by error; each is tried again or becomes a dead letter.",
        by("error", stream::kDeliveryErrors, lanes,
           [](const auto& lane, stream::DeliveryError error) {
               return lane.delivery_failures[error].get();
           }));
    page.counter("ceasewire_produce_retries_total", "Outputs published again.",
                 sum(lanes, [](const auto& lane) { return lane.produce_retries.get(); }));
    page.counter("ceasewire_produce_queue_full_total",
                 "Times that the producer's queue had no room.",
                 sum(lanes, [](const auto& lane) { return lane.produce_queue_full.get(); }));
    page.counter("ceasewire_backpressure_seconds_total",
                 "Time in which lanes took nothing because outputs were not acknowledged.",
                 sum(lanes, [](const auto& lane) { return lane.backpressure_ns.get(); }) * 1e-9);
}

void times(Page& page, const Lanes& lanes) {
    std::vector<const DurationCells*> latency;
    std::vector<const DurationCells*> transactions;
    std::vector<const DurationCells*> batches;
    for (const auto& lane : lanes) {
        latency.push_back(&lane->latency);
        batches.push_back(&lane->batch_records);
        transactions.push_back(&lane->transaction_records);
    }
    page.histogram(
        "ceasewire_record_latency_seconds",
        "From the input message's timestamp to the broker's acknowledgement of its output.",
        kLatencyExponents, 1e-6, {{{}, latency}});
    std::vector<std::pair<std::vector<ClientMetric::Label>, std::vector<const DurationCells*>>>
        stages;
    for (const stream::Stage stage : stream::kStages) {
        std::vector<const DurationCells*> cells;
        for (const auto& lane : lanes)
            cells.push_back(&lane->stages[static_cast<std::size_t>(stage)]);
        stages.push_back({{{"stage", std::string(to_string(stage))}}, cells});
    }
    page.histogram("ceasewire_batch_duration_seconds", "Time of one batch in a stage.",
                   kStageExponents, 1e-6, stages);
    page.histogram("ceasewire_batch_records", "Messages of one batch.", kBatchExponents, 1,
                   {{{}, batches}});
    page.histogram("ceasewire_transaction_records", "Messages of one committed transaction.",
                   kTransactionExponents, 1, {{{}, transactions}});
}

void group(Page& page, const Lanes& lanes) {
    std::vector<Labelled> commits;
    commits.push_back(
        {{{"result", "ok"}}, sum(lanes, [](const auto& lane) { return lane.commits_ok.get(); })});
    commits.push_back({{{"result", "failed"}},
                       sum(lanes, [](const auto& lane) { return lane.commits_failed.get(); })});
    page.counters("ceasewire_commits_total", "Commits of offsets, by result.", commits);
    page.counters("ceasewire_transactions_total", "Transactions ended, by result (exactly once).",
                  {{{{"result", "commit"}},
                    sum(lanes, [](const auto& lane) { return lane.transactions_committed.get(); })},
                   {{{"result", "abort"}}, sum(lanes, [](const auto& lane) {
                        std::uint64_t aborted = 0;
                        for (const stream::AbortReason reason : stream::kAbortReasons)
                            aborted += lane.transactions_aborted[reason].get();
                        return aborted;
                    })}});
    page.counters("ceasewire_transaction_aborts_total", "Transactions undone, by reason.",
                  by("reason", stream::kAbortReasons, lanes,
                     [](const auto& lane, stream::AbortReason reason) {
                         return lane.transactions_aborted[reason].get();
                     }));
    page.counter("ceasewire_producers_renewed_total",
                 "Producers replaced because they failed, or a commit got no answer.",
                 sum(lanes, [](const auto& lane) { return lane.producers_renewed.get(); }));
    page.counters(
        "ceasewire_rebalances_total", "Changes of the assignment, by type.",
        by("type", stream::kRebalances, lanes,
           [](const auto& lane, stream::Rebalance kind) { return lane.rebalances[kind].get(); }));
    page.counters("ceasewire_input_gaps_total",
                  "Times that offsets of the input were gone before they were read, by reason.",
                  by("reason", stream::kGaps, lanes,
                     [](const auto& lane, stream::Gap gap) { return lane.gaps[gap].get(); }));
    page.counters(
        "ceasewire_offsets_missing_total",
        "Offsets of the input that were gone before they were read, as far as can be told.",
        by("reason", stream::kGaps, lanes,
           [](const auto& lane, stream::Gap gap) { return lane.offsets_missing[gap].get(); }));
    page.counter("ceasewire_throttled_seconds_total",
                 "Time that the brokers asked our clients to wait because of a quota.",
                 sum(lanes, [](const auto& lane) { return lane.throttled_ms.get(); }) * 1e-3);
    page.counter("ceasewire_client_errors_total",
                 "Errors that the Kafka client reported; most mend themselves.",
                 sum(lanes, [](const auto& lane) { return lane.client_errors.get(); }));
    page.counter("ceasewire_fetch_kicks_total",
                 "Times that a stalled fetch was woken (librdkafka before 2.2.0).",
                 sum(lanes, [](const auto& lane) { return lane.fetch_kicks.get(); }));
    page.counter("ceasewire_uncompressed_batches_warned_total",
                 "Times that the client said it had to send uncompressed.",
                 sum(lanes, [](const auto& lane) { return lane.uncompressed_warnings.get(); }));
    page.gauges("ceasewire_assigned_partitions", "Partitions assigned now.",
                by_lane(lanes, [](const auto& lane) { return lane.assigned_partitions.get(); }));
    page.gauges("ceasewire_paused_partitions", "Partitions paused for back-pressure.",
                by_lane(lanes, [](const auto& lane) { return lane.paused_partitions.get(); }));
    page.counter("ceasewire_lanes_rebuilt_total",
                 "Times that a lane without progress was given new clients.",
                 sum(lanes, [](const auto& lane) { return lane.rebuilt.get(); }));
    page.counter("ceasewire_halts_total",
                 "Times that a lane halted because too much of its input became dead letters.",
                 sum(lanes, [](const auto& lane) { return lane.halts.get(); }));
    page.gauges("ceasewire_halted",
                "1 while a lane takes nothing because too much of its input became dead letters.",
                by_lane(lanes, [](const auto& lane) { return lane.halted.get(); }));
    page.gauges("ceasewire_records_in_flight", "Messages taken whose output is not acknowledged.",
                by_lane(lanes, [](const auto& lane) { return lane.in_flight.get(); }));
    page.gauges("ceasewire_in_flight_bytes", "Bytes of these messages.",
                by_lane(lanes, [](const auto& lane) { return lane.in_flight_bytes.get(); }));
    page.gauges("ceasewire_uncommitted_records",
                "Messages taken that the group has not committed: those that come twice if the "
                "process dies now (at least once).",
                by_lane(lanes, [](const auto& lane) { return lane.uncommitted.get(); }));
    page.counter("ceasewire_records_given_back_total",
                 "Messages given up before they were committed, with a lost partition or in a "
                 "stop: taken again, they may come twice (at least once).",
                 sum(lanes, [](const auto& lane) { return lane.given_back.get(); }));
    const auto times = [&](auto cell_of) {
        std::vector<Labelled> known;
        for (const auto& lane : lanes) {
            const auto ms = cell_of(*lane).get();
            if (ms >= 0)
                known.push_back(
                    {{{"lane", std::to_string(lane->lane)}}, static_cast<double>(ms) * 1e-3});
        }
        return known;
    };
    page.gauges("ceasewire_last_commit_timestamp_seconds", "When the last commit succeeded.",
                times([](const auto& lane) -> auto& { return lane.last_commit_ms; }));
    page.gauges("ceasewire_last_answer_timestamp_seconds",
                "When a broker last answered the consumer.",
                times([](const auto& lane) -> auto& { return lane.last_answer_ms; }));
    page.gauges("ceasewire_open_transaction_timestamp_seconds",
                "When the transaction began that is open now.",
                times([](const auto& lane) -> auto& { return lane.transaction_since_ms; }));
}

void partitions(Page& page, const Lanes& lanes) {
    std::vector<Labelled> records;
    std::vector<Labelled> seconds;
    std::vector<Labelled> positions;
    std::vector<Labelled> committed;
    std::vector<Labelled> ends;
    const auto now = wall_ms();
    for (const auto& lane : lanes) {
        for (const auto& cells : lane->partitions()) {
            const std::vector<ClientMetric::Label> labels = {
                {"topic", cells->topic}, {"partition", std::to_string(cells->partition)}};
            const auto position = cells->position.get();
            const auto stored = cells->stored.get();
            const auto end = cells->end.get();
            const auto last = cells->last_record_ms.get();
            if (position >= 0) positions.push_back({labels, static_cast<double>(position)});
            if (stored >= 0) committed.push_back({labels, static_cast<double>(stored)});
            if (end >= 0) ends.push_back({labels, static_cast<double>(end)});
            if (end < 0 || stored < 0) continue;
            const auto lag = std::max<std::int64_t>(0, end - stored);
            records.push_back({labels, static_cast<double>(lag)});
            if (lag == 0) {
                seconds.push_back({labels, 0});
            } else if (last > 0) {
                seconds.push_back(
                    {labels, static_cast<double>(std::max<std::int64_t>(0, now - last)) * 1e-3});
            }
        }
    }
    page.gauges("ceasewire_consumer_lag_records",
                "Messages behind the end of the partition, by acknowledged output.", records);
    page.gauges("ceasewire_consumer_lag_seconds",
                "Age of the last finished message where there is a lag, else 0.", seconds);
    page.gauges("ceasewire_position_offset", "Offset of the next message to be taken.", positions);
    page.gauges("ceasewire_committed_offset",
                "Offset that may be committed: everything before it is acknowledged.", committed);
    page.gauges("ceasewire_end_offset",
                "Offset behind the partition's last message, as last heard.", ends);
}

void process(Page& page) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    page.counter("process_cpu_seconds_total", "User and system time.",
                 seconds(usage.ru_utime) + seconds(usage.ru_stime));
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (statm >> size >> resident) {
        const auto page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
        page.gauge("process_resident_memory_bytes", "Resident memory.",
                   static_cast<double>(resident) * page_bytes);
    }
    const auto entries = [](const char* folder) {
        std::error_code failure;
        double count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
            (void)entry;
            ++count;
        }
        return count;
    };
    page.gauge("process_open_fds", "Open file descriptors.", entries("/proc/self/fd"));
    page.gauge("process_threads", "Threads.", entries("/proc/self/task"));
}

constexpr std::array kLevels = {"debug", "info", "warning", "error"};

}  // namespace

struct Exporter::State : prometheus::Collectable {
    BuildInfo info;
    double start_seconds = 0;
    mutable std::mutex mutex;
    Lanes lanes;
    std::array<std::atomic<std::uint64_t>, kLevels.size()> log_lines{};
    std::atomic<std::int64_t> lexicon_since_ms{0};
    std::atomic<std::uint64_t> reloads_ok{0};
    std::atomic<std::uint64_t> reloads_failed{0};
    std::atomic<bool> live{true};
    std::atomic<bool> ready{false};

    [[nodiscard]] std::string lexicon() const {
        const std::lock_guard lock(mutex);
        return info.lexicon;
    }
    [[nodiscard]] Lanes snapshot() const {
        const std::lock_guard lock(mutex);
        return lanes;
    }

    [[nodiscard]] std::vector<MetricFamily> Collect() const override {
        const Lanes all = snapshot();
        Page page;
        page.gauges(
            "ceasewire_build_info", "What runs; always 1.",
            {{{{"version", info.version}, {"librdkafka", info.librdkafka}, {"lexicon", lexicon()}},
              1}});
        page.gauge("ceasewire_librdkafka_known_bugs",
                   "Known defects of the client that runs, all guarded against.",
                   static_cast<double>(info.known_client_bugs.size()));
        std::vector<Labelled> bugs;
        for (const auto& [bug, mended_in] : info.known_client_bugs)
            bugs.push_back({{{"bug", bug}, {"mended_in", mended_in}}, 1});
        page.gauges("ceasewire_librdkafka_known_bug",
                    "One of them, and the version of the client that mended it; always 1.", bugs);
        page.gauge("ceasewire_memory_ceiling_bytes",
                   "Memory that the settings allow the lanes to take.",
                   static_cast<double>(info.memory_ceiling_bytes));
        page.gauge("ceasewire_duplicates_max_records",
                   "So many records, at most, come twice by one death of the process: the lanes' "
                   "run.uncommitted_records, or 0 with exactly once.",
                   static_cast<double>(all.size() * info.lane_duplicates_max));
        page.gauge("ceasewire_live", "As /livez.", live.load() ? 1 : 0);
        page.gauge("ceasewire_ready", "As /readyz.", ready.load() ? 1 : 0);
        page.gauge("ceasewire_lanes", "Lanes that were started.", static_cast<double>(all.size()));
        std::vector<Labelled> lines;
        for (std::size_t i = 0; i < kLevels.size(); ++i)
            lines.push_back({{{"level", kLevels[i]}}, static_cast<double>(log_lines[i].load())});
        page.counters("ceasewire_log_lines_total", "Log lines, by level, written or not.", lines);
        page.gauge("ceasewire_lexicon_loaded_timestamp_seconds",
                   "When the lexicon in use was loaded; ceasewire_build_info has its version.",
                   static_cast<double>(lexicon_since_ms.load()) * 1e-3);
        page.counters("ceasewire_lexicon_reloads_total",
                      "Reloads of the lexicon (SIGHUP); a failed one leaves the old in use.",
                      {{{{"result", "ok"}}, static_cast<double>(reloads_ok.load())},
                       {{{"result", "failed"}}, static_cast<double>(reloads_failed.load())}});
        counts(page, all);
        times(page, all);
        group(page, all);
        partitions(page, all);
        page.gauge("process_start_time_seconds", "When the process started.", start_seconds);
        process(page);
        return std::move(page).take();
    }
};

Exporter::Exporter(BuildInfo info) : state_(std::make_unique<State>()) {
    state_->info = std::move(info);
    state_->start_seconds = static_cast<double>(wall_ms()) * 1e-3;
    state_->lexicon_since_ms.store(wall_ms());
}
Exporter::~Exporter() = default;

void Exporter::lane_started(std::shared_ptr<const LaneCounters> counters) {
    const std::lock_guard lock(state_->mutex);
    state_->lanes.push_back(std::move(counters));
}

void Exporter::log(stream::LogLevel level, std::string_view /*line*/) {
    state_->log_lines[static_cast<std::size_t>(level)].fetch_add(1, std::memory_order_relaxed);
}

void Exporter::lexicon_reloaded(std::string version) {
    const std::lock_guard lock(state_->mutex);
    state_->info.lexicon = std::move(version);
    state_->lexicon_since_ms.store(wall_ms());
    state_->reloads_ok.fetch_add(1);
}

void Exporter::lexicon_reload_failed() { state_->reloads_failed.fetch_add(1); }

std::string Exporter::render() const {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    prometheus::TextSerializer().Serialize(out, state_->Collect());
    return std::move(out).str();
}

void Exporter::set_health(bool live, bool ready) {
    state_->live.store(live);
    state_->ready.store(ready);
}

Lanes Exporter::lanes() const { return state_->snapshot(); }

}  // namespace ceasewire::metrics
