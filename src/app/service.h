#pragma once
/// The whole service as one object: lanes over Kafka, metrics endpoint, ordered stop. `run` gives
/// it real brokers, `demo` the mock cluster.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "article/article.h"
#include "base/expected.h"
#include "kafka/settings.h"
#include "lexicon/lexicon.h"
#include "metrics/settings.h"
#include "stream/failure.h"
#include "stream/observer.h"
#include "stream/settings.h"

namespace ceasewire::app {

struct ServiceSettings {
    kafka::Settings kafka;
    stream::LoopSettings loop;
    metrics::Settings metrics;
    DecodeLimits limits;  ///< these change the output
    std::chrono::milliseconds shutdown_timeout{25'000};
    /// A lane that stalls for longer is rebuilt, and then the service ends; 0: never.
    std::chrono::milliseconds stall_limit{600'000};
};

/// Counts over all lanes, for a summary. Readable at any time.
struct ServiceTotals {
    std::uint64_t consumed = 0;
    std::uint64_t consumed_bytes = 0;
    std::uint64_t enriched = 0;  ///< became records
    std::uint64_t relevant = 0;  ///< of these, with a claim
    std::uint64_t claims = 0;
    std::uint64_t tombstones = 0;
    std::uint64_t produced = 0;       ///< records and tombstones acknowledged by the broker
    std::uint64_t dead_lettered = 0;  ///< dead letters acknowledged by the broker
    std::uint64_t in_flight = 0;
    std::uint64_t assigned_partitions = 0;
    std::uint64_t lanes_joined = 0;  ///< lanes that are members of their group

    /// Messages whose output the broker has.
    [[nodiscard]] std::uint64_t settled() const { return produced + dead_lettered; }
};

/// A lexicon, or one line for each thing that is wrong with it, at least one.
using LoadedLexicon = Expected<Lexicon, std::vector<std::string>>;

/// Not copyable, used from one thread, except request_stop(), reload_lexicon() and totals(), which
/// any thread may call.
class Service {
public:
    /// `lexicon` and `observer` must outlive the service. The observer hears everything, the log
    /// lines included.
    Service(ServiceSettings settings, const Lexicon& lexicon, stream::Observer& observer);
    /// Stops and waits.
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// Waits for the brokers, checks (or makes) the topics, opens the metrics endpoint and starts
    /// the lanes. Returns early, with success, when a stop is requested meanwhile.
    [[nodiscard]] Expected<Nothing, stream::Failure> start();

    /// Ends taking messages; what was taken is finished. Returns at once. Not for signal handlers.
    void request_stop() noexcept;

    /// Messages that are taken from now on are read with this lexicon; none is lost or read twice.
    /// A wrong one is logged in one line and counted, and the old stays in use: false then. The old
    /// one is freed when every lane has moved on, with its next batch or idle poll.
    bool reload_lexicon(LoadedLexicon loaded);

    /// A descriptor that becomes readable when every lane has ended (by stop or failure): for
    /// poll(2) beside a signalfd.
    [[nodiscard]] int ended_fd() const noexcept;

    /// Waits for the end of every lane, then closes the clients, within `shutdown_timeout` of the
    /// request to stop.
    struct Outcome {
        std::optional<stream::Failure> failure;  ///< the first lane's that failed
        bool abandoned = false;  ///< a client could not be ended; its threads still run: leave
                                 ///< by _exit, offsets are safe
    };
    [[nodiscard]] Outcome wait();

    [[nodiscard]] ServiceTotals totals() const;
    /// "http://127.0.0.1:9464"; empty when there is no endpoint.
    [[nodiscard]] std::string metrics_url() const;
    /// The most memory that settings allow the lanes to take, in bytes, without the lexicon.
    [[nodiscard]] std::uint64_t memory_ceiling_bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The most memory that `settings` allow `lanes` lanes to take, in bytes, without the lexicon.
[[nodiscard]] std::uint64_t memory_ceiling_bytes(const ServiceSettings& settings,
                                                 std::size_t lanes);

/// Runs a service until SIGTERM or SIGINT; SIGHUP replaces its lexicon by what `reload` gives.
/// Returns the exit code.
[[nodiscard]] int run_service(const ServiceSettings& settings, const Lexicon& lexicon,
                              stream::Observer& log, const std::function<LoadedLexicon()>& reload);

}  // namespace ceasewire::app
