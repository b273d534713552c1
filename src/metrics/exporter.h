#pragma once
/// The metrics of the service: an Observer that hears of lanes and renders their counters when it
/// is asked. The hot path never comes here.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stream/observer.h"

namespace ceasewire::metrics {

/// What does not change while the service runs, but for the lexicon.
struct BuildInfo {
    std::string version;
    std::string librdkafka;
    std::string lexicon;
    /// Name of each known bug of that client, and the version that mended it.
    std::vector<std::pair<std::string, std::string>> known_client_bugs = {};
    std::uint64_t memory_ceiling_bytes = 0;
    /// So many records of a lane come twice, at most, when the process dies.
    std::uint64_t lane_duplicates_max = 0;
};

class Exporter final : public stream::Observer {
public:
    explicit Exporter(BuildInfo info);
    ~Exporter() override;

    void lane_started(std::shared_ptr<const stream::LaneCounters> counters) override;
    void log(stream::LogLevel level, std::string_view line) override;

    /// All metrics in Prometheus' text format, names and labels in a fixed order. Every closed set
    /// of labels is complete from the start. Reads the lanes' cells; costs well under a
    /// millisecond. Safe from any thread.
    [[nodiscard]] std::string render() const;

    /// The lexicon was reloaded and has this version from now on.
    void lexicon_reloaded(std::string version);
    /// It was to be reloaded, but the new one is wrong.
    void lexicon_reload_failed();

    /// 0 or 1, as last told by the service.
    void set_health(bool live, bool ready);

    [[nodiscard]] std::vector<std::shared_ptr<const stream::LaneCounters>> lanes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::metrics
