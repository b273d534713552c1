#pragma once
/// The table of keys: the single source of what can be configured.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "config/config.h"

namespace ceasewire::config {

/// An enum's place in a Config, with the names of its enumerators in their order.
struct Choice {
    std::uint8_t* value;
    std::span<const std::string_view> names;
};

/// Where a key's value lives in a Config. The alternative is the key's type.
using Slot = std::variant<std::string*, std::int64_t*, bool*, Bytes*, std::chrono::milliseconds*,
                          Secret*, Choice>;

struct Key {
    std::string_view name;      ///< "section.key"
    std::string_view flag;      ///< without dashes; empty: only by --set
    std::string_view fallback;  ///< as it would be written in TOML
    std::int64_t min = 0;  ///< bounds of a number, of bytes, of milliseconds, or of a text's length
    std::int64_t max = 0;
    std::string_view doc;  ///< sentences; the first says what it is
    Slot (*slot)(Config&);
    std::string (*check)(std::string_view) =
        nullptr;  ///< says what is wrong with a text, or nothing

    [[nodiscard]] std::string_view section() const { return name.substr(0, name.find('.')); }
    [[nodiscard]] std::string_view leaf() const { return name.substr(name.find('.') + 1); }
};

struct Section {
    std::string_view name;
    std::string_view doc;
};

[[nodiscard]] std::span<const Section> sections();
/// Every key, section by section in the order of sections().
[[nodiscard]] std::span<const Key> keys();
[[nodiscard]] const Key* find_key(std::string_view name);

/// "CEASEWIRE_KAFKA_GROUP" for "kafka.group".
[[nodiscard]] std::string environment_name(std::string_view key);

/// What a key may hold, for people: "a number from 0 to 256", "at_least_once or exactly_once".
[[nodiscard]] std::string domain_of(const Key& key);

/// What a librdkafka property of [kafka.consumer] or [kafka.producer] would break, or nothing when
/// it may be set.
[[nodiscard]] std::optional<std::string_view> refusal_of(std::string_view property);

}  // namespace ceasewire::config
