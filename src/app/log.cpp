#include "app/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/command.h"

namespace ceasewire::app {
namespace {

spdlog::level::level_enum spdlog_level(stream::LogLevel level) {
    switch (level) {
        case stream::LogLevel::debug:
            return spdlog::level::debug;
        case stream::LogLevel::info:
            return spdlog::level::info;
        case stream::LogLevel::warning:
            return spdlog::level::warn;
        case stream::LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

class Log final : public stream::Observer {
public:
    explicit Log(const std::string& level)
        : logger_(std::make_shared<spdlog::logger>(
              "ceasewire", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
        logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        logger_->set_level(spdlog::level::from_str(level));
        logger_->flush_on(spdlog::level::trace);
    }
    void log(stream::LogLevel level, std::string_view line) override {
        logger_->log(spdlog_level(level), "{}", line);
    }

private:
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

std::unique_ptr<stream::Observer> make_log(const std::string& level) {
    return std::make_unique<Log>(level);
}

int exit_code(stream::FailureKind kind) {
    switch (kind) {
        case stream::FailureKind::unavailable:
            return kExitUnavailable;
        case stream::FailureKind::denied:
            return kExitNotPermitted;
        case stream::FailureKind::restart:
            return kExitRestart;
        case stream::FailureKind::config:
            return kExitConfig;
    }
    return kExitInternal;
}

}  // namespace ceasewire::app
