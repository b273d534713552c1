#pragma once
/// What consumer and producer share: configuration from settings, error kinds. The only room that
/// includes librdkafka.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <librdkafka/rdkafka.h>

#include "base/expected.h"
#include "kafka/settings.h"
#include "stream/counters.h"
#include "stream/failure.h"
#include "stream/observer.h"

namespace ceasewire::kafka {

using Conf = std::unique_ptr<rd_kafka_conf_t, void (*)(rd_kafka_conf_t*)>;
using TopicList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;
using Queue = std::unique_ptr<rd_kafka_queue_t, void (*)(rd_kafka_queue_t*)>;
using Event = std::unique_ptr<rd_kafka_event_t, void (*)(rd_kafka_event_t*)>;
using Error = std::unique_ptr<rd_kafka_error_t, void (*)(rd_kafka_error_t*)>;

[[nodiscard]] TopicList new_topic_list(int size);
[[nodiscard]] Queue new_queue(rd_kafka_t* client);
[[nodiscard]] Event own(rd_kafka_event_t* event);
[[nodiscard]] Error own(rd_kafka_error_t* error);

/// A questioner asks about topics and is no producer of its own.
enum class Role : std::uint8_t { consumer, producer, questioner };

/// The client's configuration, with the properties passed through. `lane` distinguishes the clients
/// of one process.
[[nodiscard]] Expected<Conf, stream::Failure> make_conf(const Settings& settings, Role role,
                                                        std::size_t lane);

/// Creates a client; takes `conf` over. A failure names what the client did not like.
[[nodiscard]] Expected<rd_kafka_t*, stream::Failure> make_client(rd_kafka_type_t type, Conf conf);

/// Destroys a client on a thread of its own; it logs nothing more. False when that takes longer
/// than `timeout`: that thread then goes on, and what the client's callbacks use may end before it.
/// What the client's own threads use is `kept` for as long as they live.
bool destroy_client(rd_kafka_t* client, int flags, std::chrono::milliseconds timeout,
                    std::shared_ptr<const void> kept = nullptr);

/// Notes when a request about transactions that a producer has sent goes without an answer. The
/// client sends it again when its connection breaks or it takes too long, and tells nobody; the
/// first one may be still on its way then.
class Unanswered {
public:
    /// Has the client that is made with `conf` note it here, on threads of its own.
    void watch(rd_kafka_conf_t* conf);
    /// Of the requests whose end has been told to the caller, right at once.
    [[nodiscard]] bool any() const { return any_.load(); }

private:
    std::atomic<bool> any_{false};
};

/// When a client last had an answer from any broker. A client that is a member of a group asks at
/// least with every heartbeat.
class Heard {
public:
    /// Has the client that is made with `conf` note it here, on threads of its own.
    void watch(rd_kafka_conf_t* conf);
    /// Wall clock, in milliseconds; SignedCell::kUnknown: never yet. From any thread.
    [[nodiscard]] std::int64_t last_ms() const { return last_ms_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> last_ms_{stream::SignedCell::kUnknown};
};

/// How the client's errors and log lines are counted and passed on; the opaque of every client. Its
/// methods run on the thread that polls.
class Voice {
public:
    Voice(stream::Observer& observer, stream::LaneCounters* counters, std::string who);
    void log(int level, std::string_view facility, std::string_view text);
    /// From error_cb. A fatal error is kept.
    void error(rd_kafka_t* client, rd_kafka_resp_err_t code, std::string_view text);
    /// From throttle_cb: the broker held an answer back, since we have used up our quota.
    void throttled(std::chrono::milliseconds time);
    /// An error with which the client cannot go on, though it does not call it fatal itself.
    void fail(rd_kafka_resp_err_t code, std::string_view text);

    [[nodiscard]] const std::optional<stream::Failure>& fatal() const { return fatal_; }
    /// The client's own word for it.
    [[nodiscard]] rd_kafka_resp_err_t fatal_code() const { return fatal_code_; }
    /// A new client takes the place of the one that failed.
    void forget_fatal() {
        fatal_.reset();
        fatal_code_ = RD_KAFKA_RESP_ERR_NO_ERROR;
    }
    /// The last words of the broker or the network, for a message to a person; empty when there
    /// were none.
    [[nodiscard]] const std::string& last_error() const { return last_error_; }
    /// Why no broker lets us in, or why we trust none, in words to act on; nothing when what was
    /// said last has other reasons, such as a broker that is away.
    [[nodiscard]] std::optional<stream::Failure> shut_out(const std::string& brokers) const;
    /// A broker's certificate was not accepted, for this reason of OpenSSL's. From any thread.
    void distrust(int reason) { distrust_.store(reason, std::memory_order_relaxed); }
    /// The object whose callbacks share this opaque.
    void* owner = nullptr;
    void say(stream::LogLevel level, std::string_view line) {
        observer_.log(level, who_ + ": " + std::string(line));
    }

private:
    stream::Observer& observer_;
    stream::LaneCounters* counters_;
    std::string who_;
    std::string last_error_;
    rd_kafka_resp_err_t last_code_ = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::optional<stream::Failure> fatal_;
    std::atomic<int> distrust_{0};
    rd_kafka_resp_err_t fatal_code_ = RD_KAFKA_RESP_ERR_NO_ERROR;
    bool throttled_ = false;
    std::chrono::steady_clock::time_point
        quiet_until_{};  // a broker that is away says so many times a second
};

/// What a failed delivery means.
[[nodiscard]] stream::DeliveryError delivery_error(rd_kafka_resp_err_t code);

/// What a call on transactions asks to be done next.
enum class Verdict : std::uint8_t {
    retry,   ///< the same call once more
    abort,   ///< the transaction is to be undone
    renew,   ///< this producer has failed for good; a new one of the same name goes on
    fenced,  ///< somebody else has the name, or the coordinator gave up on us
    denied,
    too_old,  ///< the brokers, or what stands before them, know no such request
};
/// `error` is not null.
[[nodiscard]] Verdict verdict_of(const rd_kafka_error_t* error);
/// The same for the parts of an error, of which librdkafka lets nobody make one.
[[nodiscard]] Verdict verdict_of(rd_kafka_resp_err_t code, bool fatal, bool abort, bool retriable);
[[nodiscard]] bool is_fenced(rd_kafka_resp_err_t code);

/// Denied access of any kind.
[[nodiscard]] bool is_denied(rd_kafka_resp_err_t code);
[[nodiscard]] bool is_unknown_topic(rd_kafka_resp_err_t code);

}  // namespace ceasewire::kafka
