#pragma once
/// A failing world: broker, network, permissions, disk. A bad article is never one of these (see
/// article/rejection.h).

#include <cstdint>
#include <string>
#include <string_view>

namespace ceasewire::stream {

enum class FailureKind : std::uint8_t {
    unavailable,  ///< brokers unreachable at start, a topic missing: a person has to look
    gap,          ///< messages of the input are gone before they were read: a person has to decide
    denied,       ///< the broker refuses us: credentials, access rights, or fenced by a newer self
    restart,      ///< the client cannot go on; a new process can
    config,       ///< settings that the client or the broker does not accept
};

[[nodiscard]] constexpr std::string_view to_string(FailureKind kind) {
    switch (kind) {
        case FailureKind::unavailable:
            return "unavailable";
        case FailureKind::gap:
            return "gap";
        case FailureKind::denied:
            return "denied";
        case FailureKind::restart:
            return "restart";
        case FailureKind::config:
            return "config";
    }
    return "";
}

struct Failure {
    FailureKind kind = FailureKind::restart;
    std::string message;  ///< one line that a person can act on; carries no secret
};

}  // namespace ceasewire::stream
