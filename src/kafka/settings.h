#pragma once
/// Everything that the Kafka room can be told. Plain values; the defaults are the measured ones.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ceasewire::kafka {

/// A string that does not print itself: say reveal() where it is really meant.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    [[nodiscard]] bool empty() const { return value_.empty(); }
    [[nodiscard]] const std::string& reveal() const { return value_; }

private:
    std::string value_;
};

/// Where a group without a committed offset begins.
enum class StartFrom : std::uint8_t { earliest, latest };
/// What to do where offsets of the input are gone before they were read.
enum class OnGap : std::uint8_t { stop, carry_on };
enum class Delivery : std::uint8_t { at_least_once, exactly_once };
/// cooperative_sticky, unless the client's assignor bug of < 2.6.1 (endless loop on the leader)
/// bites: then range.
enum class Assignment : std::uint8_t { cooperative_sticky, range };
/// Of what we produce. Uncompressed is fastest here; the wire may say otherwise.
enum class Compression : std::uint8_t { none, gzip, snappy, lz4, zstd };
enum class Protocol : std::uint8_t { plaintext, ssl, sasl_plaintext, sasl_ssl };

[[nodiscard]] constexpr std::string_view to_string(StartFrom start) {
    return start == StartFrom::earliest ? "earliest" : "latest";
}
[[nodiscard]] constexpr std::string_view to_string(Delivery delivery) {
    return delivery == Delivery::at_least_once ? "at_least_once" : "exactly_once";
}
[[nodiscard]] constexpr std::string_view to_string(Assignment assignment) {
    return assignment == Assignment::cooperative_sticky ? "cooperative-sticky" : "range";
}
[[nodiscard]] constexpr std::string_view to_string(Compression compression) {
    switch (compression) {
        case Compression::none:
            return "none";
        case Compression::gzip:
            return "gzip";
        case Compression::snappy:
            return "snappy";
        case Compression::lz4:
            return "lz4";
        case Compression::zstd:
            return "zstd";
    }
    return "";
}
[[nodiscard]] constexpr std::string_view to_string(Protocol protocol) {
    switch (protocol) {
        case Protocol::plaintext:
            return "plaintext";
        case Protocol::ssl:
            return "ssl";
        case Protocol::sasl_plaintext:
            return "sasl_plaintext";
        case Protocol::sasl_ssl:
            return "sasl_ssl";
    }
    return "";
}

struct Security {
    Protocol protocol = Protocol::plaintext;
    std::string ca_file;           ///< PEM; empty: the system's
    std::string certificate_file;  ///< PEM, for mutual TLS
    std::string key_file;          ///< PEM
    Secret key_password;
    bool verify_hostname = true;
    std::string sasl_mechanism;  ///< PLAIN, SCRAM-SHA-256, SCRAM-SHA-512
    std::string username;
    Secret password;
};

/// One property of librdkafka, passed through.
struct Property {
    std::string name;
    std::string value;
};

/// A hung transaction has to end before its member of the group is replaced.
[[nodiscard]] constexpr std::chrono::milliseconds transaction_timeout(
    std::chrono::milliseconds session_timeout) {
    return session_timeout * 2 / 3;
}

struct Settings {
    std::string brokers;                    ///< "host:port,host:port"; required
    std::vector<std::string> input_topics;  ///< at least one
    std::string output_topic;               ///< required
    std::string dead_letter_topic;          ///< required
    std::string group_id = "ceasewire";
    std::string client_id = "ceasewire";  ///< at most 32 characters: librdkafka < 2.5.0 crashes on
                                          ///< long ones (flexible versions)
    std::string
        group_instance_id;  ///< static membership; empty: dynamic. Each lane appends "-<lane>".
    std::size_t lanes = 0;  ///< threads; 0: one a core, at most one a partition

    StartFrom start_from = StartFrom::earliest;
    /// How many partitions each input topic had when a group began that had committed nothing: with
    /// StartFrom::latest only these begin at their end. A partition that came later is read from
    /// its beginning, or what was written to it before we heard of it would be skipped.
    std::vector<std::size_t> begun_at_end;
    OnGap on_gap = OnGap::stop;
    /// An input topic that stays unknown to the brokers for longer ends the service.
    std::chrono::milliseconds unknown_topic_patience{300'000};
    Delivery delivery = Delivery::at_least_once;
    /// Exactly once: a lane's producer is known to the brokers as "<this>-<lane>". Of two that bear
    /// one name the newer shuts the older out, so it has to be this process's own, and to stay over
    /// restarts.
    std::string transactional_id;
    Assignment assignment = Assignment::cooperative_sticky;
    Compression compression = Compression::none;

    /// Topics that do not exist are made at start instead of being an error.
    bool create_topics = false;
    int create_partitions = 4;
    int create_replication = -1;  ///< -1: the broker's default

    /// Ask the brokers at start how long the output topics' messages may be. The in-process broker
    /// never answers that, and the question times out.
    bool ask_topic_limits = true;
    std::chrono::milliseconds start_wait{60'000};  ///< for brokers to answer at start; 0: for ever
    std::chrono::milliseconds missing_topic_wait{
        10'000};  ///< a topic must stay unknown for this long to count as missing at start
    std::chrono::milliseconds session_timeout{45'000};
    std::chrono::milliseconds max_poll_interval{300'000};
    std::chrono::milliseconds commit_interval{1'000};
    std::chrono::milliseconds close_timeout{8'000};    ///< for leaving the group
    std::chrono::milliseconds destroy_timeout{3'000};  ///< for the client's threads to end

    /// A message that is older than the client's linger and must wait for the one before makes
    /// librdkafka 2.0.2 spin with idempotence on (notes kafka.md 1): with 100 ms here a busy broker
    /// met 1 to 8 times fewer messages for 3 to 18 times the processor time. So the client's linger
    /// is long, full batches leave at once, and what waits for company is sent by us.
    std::chrono::milliseconds linger{1'000};
    std::chrono::milliseconds send_after{100};  ///< what waits is sent this often
    std::size_t batch_bytes = 1'000'000;
    std::size_t produce_queue_kbytes = 16'384;  ///< a lane; also bounds a commit's time
    std::size_t prefetch_kbytes = 16'384;       ///< a lane; small is fast enough with the kick
    std::size_t fetch_bytes_max = std::size_t{16} << 20U;
    std::size_t fetch_partition_bytes_max = std::size_t{1} << 20U;
    std::chrono::milliseconds fetch_kick{
        5};  ///< 0: off. Wakes a stalled fetch of librdkafka < 2.2.0

    Security security;
    std::vector<Property> consumer_properties;
    std::vector<Property> producer_properties;
};

}  // namespace ceasewire::kafka
