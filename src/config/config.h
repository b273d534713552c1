#pragma once
/// One checked configuration out of one TOML file, the environment and the command line, in that
/// order of increasing weight.
///
/// Every key stands in one table (config/keys.h), from which come parsing, the sample file, the
/// help and the manual page.

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"

namespace ceasewire::config {

enum class Delivery : std::uint8_t { at_least_once, exactly_once };
enum class OnGap : std::uint8_t { stop, carry_on };
enum class Start : std::uint8_t { earliest, latest };
enum class Security : std::uint8_t { plaintext, ssl, sasl_plaintext, sasl_ssl };
enum class Assignment : std::uint8_t { cooperative_sticky, range };
enum class Compression : std::uint8_t { none, gzip, snappy, lz4, zstd };
enum class LogLevel : std::uint8_t { debug, info, warning, error };
enum class LogFormat : std::uint8_t { text, json };

/// A number of bytes, written "8 MiB".
struct Bytes {
    std::int64_t count = 0;
    friend constexpr bool operator==(Bytes, Bytes) = default;
};

/// Text that must not be shown. It has no way to a stream; whoever needs it says so by `.reveal()`.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

private:
    std::string text_;
};

/// Where a value was set. Prints as "default", "ceasewire.toml:12", "CEASEWIRE_KAFKA_GROUP" or
/// "--group".
struct Origin {
    enum class Kind : std::uint8_t { fallback, file, environment, flag } kind = Kind::fallback;
    std::string where;
    [[nodiscard]] std::string to_string() const {
        return kind == Kind::fallback ? "default" : where;
    }
};

/// One property for librdkafka, handed through unread. Whether the client knows it is for the
/// client to say; `origin` is for its error.
struct Property {
    std::string name;
    std::string value;
    Origin origin;
};

struct Config {
    struct Kafka {
        std::string brokers;
        std::string group;
        std::string client_id;
        std::string instance;
        Assignment assignment = Assignment::cooperative_sticky;
        std::chrono::milliseconds session_timeout{};
        std::chrono::milliseconds max_poll_interval{};
        std::chrono::milliseconds commit_interval{};
        Compression compression = Compression::none;
        Security security = Security::plaintext;
        bool verify_hostname = true;
        std::string sasl_mechanism;
        std::string username;
        Secret password;  ///< also filled from password_file
        std::string password_file;
        std::string ca_file;
        std::string certificate_file;
        std::string key_file;
        Secret key_password;  ///< also filled from key_password_file
        std::string key_password_file;
        std::vector<Property> consumer;  ///< [kafka.consumer]
        std::vector<Property> producer;  ///< [kafka.producer]
    } kafka;

    struct Topics {
        std::string input;  ///< one, or several with commas between: split_list()
        std::string output;
        std::string dead_letter;
        bool create = false;
        std::int64_t partitions = 0;
        std::int64_t replication = 0;
    } topics;

    /// What changes the records.
    struct Enrich {
        std::string lexicon;
        Bytes message_bytes_max;
        std::int64_t json_depth_max = 0;
    } enrich;

    /// What does not.
    struct Run {
        Delivery delivery = Delivery::at_least_once;
        Start start = Start::earliest;
        OnGap on_gap = OnGap::stop;
        std::chrono::milliseconds transaction_interval{};
        std::int64_t transaction_records = 0;
        std::string transactional_id;
        std::int64_t uncommitted_records = 0;
        std::int64_t lanes = 0;
        Bytes memory_max;
        Bytes prefetch;
        Bytes produce_queue;
        std::chrono::milliseconds startup_wait{};
        std::chrono::milliseconds missing_topic_wait{};
        std::chrono::milliseconds shutdown_budget{};
        std::chrono::milliseconds stall_limit{};
        std::int64_t dead_letter_percent_max = 0;
        std::int64_t dead_letter_messages_min = 0;
        std::chrono::milliseconds dead_letter_window{};
        std::chrono::milliseconds dead_letter_quiet{};
    } run;

    struct Metrics {
        std::string address;
    } metrics;

    struct Log {
        LogLevel level = LogLevel::info;
        LogFormat format = LogFormat::text;
    } log;
};

/// What is wrong, for a person: prints as "ceasewire.toml:12:3: unknown key 'kafka.broker'; did you
/// mean 'kafka.brokers'?". Errors from elsewhere have their place in `file` ("CEASEWIRE_RUN_LANES",
/// "--lanes") and line 0.
struct Error {
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;
    std::string message;
    [[nodiscard]] std::string to_string() const;
};

/// A value from the command line: `name` is a key ("kafka.group",
/// "kafka.consumer.fetch.min.bytes"), `shown` how the user gave it ("--group").
struct Flag {
    std::string name;
    std::string value;
    std::string shown;
};

struct Sources {
    std::string_view file_name;  ///< for errors; empty: no file
    std::string_view file_text;
    std::span<const std::pair<std::string, std::string>>
        environment;  ///< all of it; other names than CEASEWIRE_… are passed over
    std::span<const Flag> flags;
};

/// A configuration with the origin of every value.
struct Loaded {
    Config config;
    std::vector<Origin> origins;        ///< one a key, in the order of keys()
    std::vector<std::string> warnings;  ///< one line each: odd, but no reason to stop
};

/// The configuration that these sources make, or everything that is wrong with them, at least one
/// error. Reads the files that password_file and key_password_file name; apart from these it is a
/// pure function.
[[nodiscard]] Expected<Loaded, std::vector<Error>> load(const Sources& sources);

/// The environment of this process, for Sources.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> process_environment();

}  // namespace ceasewire::config
