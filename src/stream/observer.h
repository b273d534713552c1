#pragma once
/// Who watches the loop: metrics, logs, the demo's screen. The third of the three seams (Source,
/// Sink, Observer).

#include <memory>
#include <string_view>
#include <vector>

#include "article/rejection.h"
#include "record/record.h"
#include "stream/counters.h"
#include "stream/message.h"

namespace ceasewire::stream {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// Called on lane threads, several at once: an observer that keeps anything must lock. Everything
/// is optional.
class Observer {
public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    /// A lane begins; its counters stay readable for as long as the observer keeps the pointer,
    /// also after the lane's end.
    virtual void lane_started(std::shared_ptr<const LaneCounters> /*counters*/) {}

    /// A message became a record. Views live until the call returns. On the hot path: be quick.
    virtual void enriched(const Message& /*message*/, const EnrichedRecord& /*record*/) {}

    /// A message was turned away, by us or by the broker.
    virtual void rejected(const Message& /*message*/, const Rejection& /*rejection*/) {}

    /// One line for the log, without secrets and without a newline.
    virtual void log(LogLevel /*level*/, std::string_view /*line*/) {}
};

/// Passes everything on to several observers, in order. Does not own them.
class Observers final : public Observer {
public:
    explicit Observers(std::vector<Observer*> observers) : observers_(std::move(observers)) {}
    void lane_started(std::shared_ptr<const LaneCounters> counters) override {
        for (Observer* observer : observers_) observer->lane_started(counters);
    }
    void enriched(const Message& message, const EnrichedRecord& record) override {
        for (Observer* observer : observers_) observer->enriched(message, record);
    }
    void rejected(const Message& message, const Rejection& rejection) override {
        for (Observer* observer : observers_) observer->rejected(message, rejection);
    }
    void log(LogLevel level, std::string_view line) override {
        for (Observer* observer : observers_) observer->log(level, line);
    }

private:
    std::vector<Observer*> observers_;
};

}  // namespace ceasewire::stream
