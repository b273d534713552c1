#pragma once
/// Writes a few messages and sees to it that they arrive: for commands, not for the service.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/failure.h"
#include "stream/message.h"
#include "stream/observer.h"

namespace ceasewire::kafka {

/// For one thread.
class Writer {
public:
    [[nodiscard]] static Expected<std::unique_ptr<Writer>, stream::Failure> open(
        const Settings& settings, stream::Observer& observer);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Sends a copy. Partition -1: by key. A failure is of this or of an earlier message.
    [[nodiscard]] Expected<Nothing, stream::Failure> put(const std::string& topic,
                                                         std::int32_t partition,
                                                         std::optional<std::string_view> key,
                                                         std::optional<std::string_view> value,
                                                         std::span<const stream::Header> headers);
    /// Waits until all have arrived, at most Settings::start_wait long.
    [[nodiscard]] Expected<Nothing, stream::Failure> finish();
    [[nodiscard]] std::uint64_t arrived() const;

private:
    struct State;
    explicit Writer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::kafka
