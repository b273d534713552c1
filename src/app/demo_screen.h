#pragma once
/// What the demo prints: each claim as it is found, then a summary.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/rejection.h"
#include "show/terminal.h"
#include "stream/counters.h"
#include "stream/observer.h"

namespace ceasewire::app {

/// Listens to the lanes and keeps what they say, ready to be printed, until the output of the
/// message has been read back from the broker. Its methods may be called from any thread.
class DemoScreen final : public stream::Observer {
public:
    struct Options {
        show::TerminalStyle style;
        bool claims = true;      ///< print them
        bool irrelevant = true;  ///< print a line for an article without claims
    };
    explicit DemoScreen(const Options& options) : options_(options) {}

    void lane_started(std::shared_ptr<const stream::LaneCounters> counters) override;
    void enriched(const stream::Message& message, const EnrichedRecord& record) override;
    void rejected(const stream::Message& message, const Rejection& rejection) override;
    void log(stream::LogLevel level, std::string_view line) override;

    /// Appends what is to be printed of the message `sequence`, and forgets it.
    void take(std::uint64_t sequence, std::string& out);
    /// The same of messages that others put into the topic.
    void take_others(std::string& out);
    /// Lines that a person should see, such as a broker that refuses.
    [[nodiscard]] std::vector<std::string> take_log();

    struct Counts {
        std::array<std::uint64_t, stream::kActs.size()> acts{};
        std::array<std::uint64_t, kReasons.size()> reasons{};
    };
    [[nodiscard]] Counts counts() const;
    /// Time that the lanes have spent in enrich().
    [[nodiscard]] double core_seconds() const;

private:
    void keep(const stream::Message& message, std::string text);

    const Options options_;
    mutable std::mutex mutex_;
    std::map<std::uint64_t, std::string> ready_;
    std::string others_;
    std::vector<std::string> log_;
    Counts counts_;
    std::vector<std::shared_ptr<const stream::LaneCounters>> lanes_;
};

/// What the demo knows at its end.
struct DemoSummary {
    std::uint64_t fed = 0;
    std::uint64_t fed_bytes = 0;
    std::uint64_t records = 0;       ///< read back
    std::uint64_t dead_letters = 0;  ///< read back
    std::uint64_t lost = 0;
    std::uint64_t under_way = 0;  ///< when a signal ended the demo
    std::uint64_t copies = 0;
    std::uint64_t too_long = 0;  ///< lines that were not fed
    std::uint64_t relevant = 0;
    std::uint64_t claims = 0;
    double seconds = 0;       ///< from the first message fed to the last one read back
    double core_seconds = 0;  ///< within enrich()
    DemoScreen::Counts counts;
};

/// The summary as lines, without how to look further. Plain or in colour.
[[nodiscard]] std::string summary_text(const DemoSummary& summary,
                                       const show::TerminalStyle& style);

/// "1,234,567".
[[nodiscard]] std::string with_commas(std::uint64_t number);

}  // namespace ceasewire::app
