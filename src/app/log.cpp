#include "app/log.h"

#include <algorithm>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/exit_codes.h"
#include "app/print.h"
#include "record/encode.h"

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

spdlog::level::level_enum spdlog_level(config::LogLevel level) {
    switch (level) {
        case config::LogLevel::debug:
            return spdlog::level::debug;
        case config::LogLevel::info:
            return spdlog::level::info;
        case config::LogLevel::warning:
            return spdlog::level::warn;
        case config::LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

class Log final : public stream::Observer {
public:
    explicit Log(const config::Config::Log& settings)
        : json_(settings.format == config::LogFormat::json),
          logger_(std::make_shared<spdlog::logger>(
              "ceasewire", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
        logger_->set_pattern(json_ ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})"
                                   : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                             spdlog::pattern_time_type::utc);
        logger_->set_level(spdlog_level(settings.level));
        logger_->flush_on(spdlog::level::trace);
    }
    void log(stream::LogLevel level, std::string_view line) override {
        logger_->log(spdlog_level(level), "{}", json_ ? log_json(line) : log_text(line));
    }

private:
    bool json_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace

std::string log_text(std::string_view line) {
    std::string out(line);
    std::replace_if(
        out.begin(), out.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return out;
}

std::string log_json(std::string_view line) {
    std::string text(line);
    if (!is_utf8(text))
        std::replace_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
            '?');
    std::string out;
    append_json_string(out, text);
    return out;
}

std::unique_ptr<stream::Observer> make_log(const config::Config::Log& settings) {
    return std::make_unique<Log>(settings);
}

int exit_code(stream::FailureKind kind) {
    switch (kind) {
        case stream::FailureKind::unavailable:
            return kExitUnavailable;
        case stream::FailureKind::gap:
            return kExitGap;
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
