#include "kafka/client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include <unistd.h>

#include "kafka/known_bugs.h"
#include "kafka/properties.h"
#include "kafka/waits.h"

namespace ceasewire::kafka {
namespace {

using stream::DeliveryError;
using stream::Failure;
using stream::FailureKind;
using stream::LogLevel;

constexpr std::size_t kClientIdBytesMax = 32;
constexpr std::chrono::seconds kQuiet{10};

void on_error(rd_kafka_t* client, int code, const char* reason, void* opaque) {
    static_cast<Voice*>(opaque)->error(client, static_cast<rd_kafka_resp_err_t>(code), reason);
}

void on_throttle(rd_kafka_t*, const char*, std::int32_t, int time_ms, void* opaque) {
    static_cast<Voice*>(opaque)->throttled(std::chrono::milliseconds(time_ms));
}

void on_log(const rd_kafka_t* client, int level, const char* facility, const char* text) {
    auto* voice = static_cast<Voice*>(rd_kafka_opaque(client));
    if (voice != nullptr) voice->log(level, facility, text);
}

std::string text_of(std::chrono::milliseconds duration) { return std::to_string(duration.count()); }

/// Reasons of OpenSSL's X509_V_ERR_*, which stay the same over its versions, so that this room does
/// without it.
std::string words_of_distrust(int reason) {
    switch (reason) {
        case 9:  // CERT_NOT_YET_VALID
            return "it is not valid yet; is a clock wrong?";
        case 10:  // CERT_HAS_EXPIRED
            return "it has expired";
        case 2:   // UNABLE_TO_GET_ISSUER_CERT
        case 18:  // DEPTH_ZERO_SELF_SIGNED_CERT
        case 19:  // SELF_SIGNED_CERT_IN_CHAIN
        case 20:  // UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        case 21:  // UNABLE_TO_VERIFY_LEAF_SIGNATURE
            return "it does not come from an authority that we know; name the authority's "
                   "certificate in kafka.ca_file";
        case 23:  // CERT_REVOKED
            return "it was revoked";
        case 62:  // HOSTNAME_MISMATCH
        case 64:  // IP_ADDRESS_MISMATCH
            return "it is for another host; use the name that it is for (kafka.brokers, and what "
                   "the brokers advertise)";
        default:
            return "OpenSSL's verification error " + std::to_string(reason);
    }
}

/// Only listens: what OpenSSL found wrong stays wrong. The client itself would not tell why, and
/// asks on threads of its own.
int on_certificate(rd_kafka_t* /*client*/, const char* /*broker*/, std::int32_t /*id*/, int* reason,
                   int /*depth*/, const char* /*certificate*/, std::size_t /*size*/, char* text,
                   std::size_t text_size, void* opaque) {
    if (*reason == 0) return 1;
    const std::string words = words_of_distrust(*reason);
    text[words.copy(text, text_size - 1)] = '\0';
    if (opaque != nullptr) static_cast<Voice*>(opaque)->distrust(*reason);
    return 0;
}

/// The protocol's numbers of AddPartitionsToTxn, AddOffsetsToTxn, EndTxn and TxnOffsetCommit.
bool is_about_transactions(std::int16_t request) {
    return request == 24 || request == 25 || request == 26 || request == 28;
}

/// Collects properties until one is refused.
class Builder {
public:
    explicit Builder(Conf conf) : conf_(std::move(conf)) {}

    void set(const std::string& name, const std::string& value) {
        if (failure_) return;
        std::array<char, 512> reason{};
        if (rd_kafka_conf_set(conf_.get(), name.c_str(), value.c_str(), reason.data(),
                              reason.size()) != RD_KAFKA_CONF_OK) {
            failure_ = Failure{FailureKind::config,
                               "librdkafka does not accept " + name + ": " + reason.data()};
        }
    }
    /// As set(), for values that must not appear in a message.
    void set_secret(const std::string& name, const Secret& value) {
        if (failure_) return;
        std::array<char, 512> reason{};
        if (rd_kafka_conf_set(conf_.get(), name.c_str(), value.reveal().c_str(), reason.data(),
                              reason.size()) != RD_KAFKA_CONF_OK) {
            failure_ =
                Failure{FailureKind::config, "librdkafka does not accept the value of " + name};
        }
    }
    /// A file that is given has to be readable: the client would not say which is not.
    void set_file(const std::string& name, const std::string& setting, const std::string& path) {
        if (failure_ || path.empty()) return;
        if (access(path.c_str(), R_OK) != 0) {
            failure_ = Failure{FailureKind::config, setting + ": cannot read " + path + ": " +
                                                        std::generic_category().message(errno)};
            return;
        }
        set(name, path);
    }
    void pass_through(const std::vector<Property>& properties) {
        for (const Property& property : properties) {
            if (const auto reason = why_refused(property.name)) {
                failure_ =
                    Failure{FailureKind::config, property.name + " must not be set: " + *reason};
                return;
            }
            set(property.name, property.value);
        }
    }
    Expected<Conf, Failure> finish() && {
        if (failure_) return Unexpected(std::move(*failure_));
        return std::move(conf_);
    }
    [[nodiscard]] rd_kafka_conf_t* conf() { return conf_.get(); }

private:
    Conf conf_;
    std::optional<Failure> failure_;
};

void set_security(Builder& builder, const Security& security) {
    builder.set("security.protocol", std::string(to_string(security.protocol)));
    const bool tls = security.protocol == Protocol::ssl || security.protocol == Protocol::sasl_ssl;
    const bool sasl =
        security.protocol == Protocol::sasl_plaintext || security.protocol == Protocol::sasl_ssl;
    if (tls) {
        builder.set_file("ssl.ca.location", "kafka.ca_file", security.ca_file);
        builder.set_file("ssl.certificate.location", "kafka.certificate_file",
                         security.certificate_file);
        builder.set_file("ssl.key.location", "kafka.key_file", security.key_file);
        if (!security.key_password.empty())
            builder.set_secret("ssl.key.password", security.key_password);
        builder.set("ssl.endpoint.identification.algorithm",
                    security.verify_hostname ? "https" : "none");
        rd_kafka_conf_set_ssl_cert_verify_cb(builder.conf(), on_certificate);
    }
    if (sasl) {
        builder.set("sasl.mechanism", security.sasl_mechanism);
        builder.set("sasl.username", security.username);
        builder.set_secret("sasl.password", security.password);
    }
}

void set_consumer(Builder& builder, const Settings& settings, std::size_t lane) {
    builder.set("group.id", settings.group_id);
    if (!settings.group_instance_id.empty()) {
        builder.set("group.instance.id", settings.group_instance_id + "-" + std::to_string(lane));
    }
    // Exactly once, offsets are committed by the producer.
    builder.set("enable.auto.commit",
                settings.delivery == Delivery::at_least_once ? "true" : "false");
    builder.set("auto.commit.interval.ms", text_of(settings.commit_interval));
    builder.set("enable.auto.offset.store", "false");
    // A reset is a loss or a flood that nobody asked for; where a new group starts is decided when
    // partitions are assigned. This also is the guard against Bug::truncation_unseen and
    // Bug::tls_close_is_permanent.
    builder.set("auto.offset.reset", "error");
    // Also asks for committed offsets that no open transaction is about to change.
    builder.set("isolation.level", "read_committed");
    // Tells how far reading has come over the markers of transactions, which are no messages.
    builder.set("enable.partition.eof", "true");
    builder.set("partition.assignment.strategy", std::string(to_string(settings.assignment)));
    builder.set("session.timeout.ms", text_of(settings.session_timeout));
    builder.set("heartbeat.interval.ms",
                text_of(std::clamp(settings.session_timeout / 15, std::chrono::milliseconds(300),
                                   std::chrono::milliseconds(3'000))));
    builder.set("max.poll.interval.ms",
                text_of(std::max(settings.max_poll_interval, settings.session_timeout)));
    builder.set("queued.min.messages", "10000000");
    builder.set("queued.max.messages.kbytes", std::to_string(settings.prefetch_kbytes));
    builder.set("fetch.max.bytes", std::to_string(settings.fetch_bytes_max));
    builder.set("message.max.bytes",
                std::to_string(std::min<std::size_t>(settings.fetch_bytes_max, 1'000'000)));
    builder.set("max.partition.fetch.bytes", std::to_string(settings.fetch_partition_bytes_max));
    builder.set("fetch.wait.max.ms", "100");
    builder.set("check.crcs", "true");
    // The cure came with this property; before, FetchKick stands in.
    if (!has(Bug::fetch_stall)) builder.set("fetch.queue.backoff.ms", "10");
}

void set_producer(Builder& builder, const Settings& settings, std::size_t lane, Role role) {
    auto linger = settings.linger;
    builder.set("enable.idempotence", role == Role::producer ? "true" : "false");
    if (role == Role::producer && settings.delivery == Delivery::exactly_once) {
        const auto timeout = transaction_timeout(settings.session_timeout);
        builder.set("transactional.id", settings.transactional_id + "-" + std::to_string(lane));
        builder.set("transaction.timeout.ms", text_of(timeout));
        builder.set("message.timeout.ms",
                    text_of(timeout));           // may not be longer: then it is undone
        linger = std::min(linger, timeout / 2);  // must be shorter
    } else {
        // A broker outage is back-pressure, not a failed delivery.
        builder.set("message.timeout.ms", "0");
    }
    builder.set("linger.ms", text_of(linger));
    builder.set("batch.size", std::to_string(settings.batch_bytes));
    builder.set("batch.num.messages", "10000");
    builder.set("queue.buffering.max.kbytes", std::to_string(settings.produce_queue_kbytes));
    builder.set("queue.buffering.max.messages", "1000000");
    // The broker decides what is too large, not a second limit here.
    builder.set("message.max.bytes",
                std::to_string(std::clamp<std::size_t>(settings.produce_queue_kbytes * 1024,
                                                       1'000'000, 1'000'000'000)));
    builder.set("compression.type", std::string(to_string(settings.compression)));
    builder.set("partitioner",
                "murmur2_random");  // as Java's, so that joins by key find each other
}

}  // namespace

TopicList new_topic_list(int size) {
    return {rd_kafka_topic_partition_list_new(size), rd_kafka_topic_partition_list_destroy};
}
Queue new_queue(rd_kafka_t* client) { return {rd_kafka_queue_new(client), rd_kafka_queue_destroy}; }
Event own(rd_kafka_event_t* event) { return {event, rd_kafka_event_destroy}; }
Error own(rd_kafka_error_t* error) { return {error, rd_kafka_error_destroy}; }

Expected<Conf, Failure> make_conf(const Settings& settings, Role role, std::size_t lane) {
    if (settings.client_id.size() > kClientIdBytesMax) {
        // Bug::long_client_id_crash. Refused with every client, so that a file serves them all.
        return Unexpected(
            Failure{FailureKind::config, "the client id has more than 32 characters"});
    }
    Builder builder(Conf(rd_kafka_conf_new(), rd_kafka_conf_destroy));
    builder.set("bootstrap.servers", settings.brokers);
    builder.set("client.id", settings.client_id);
    builder.set("socket.nagle.disable", "true");  // off by default before 2.10.0
    builder.set("socket.keepalive.enable", "true");
    builder.set("reconnect.backoff.max.ms",
                "1000");               // measured: back 0.5 s after a broker instead of 6.6 s
    builder.set("log.queue", "true");  // log lines come to the thread that polls
    // At the start a closed connection may be the only sign of a port that speaks otherwise.
    builder.set("log.connection.close", role == Role::questioner ? "true" : "false");
    set_security(builder, settings.security);
    if (role == Role::consumer) {
        set_consumer(builder, settings, lane);
        builder.pass_through(settings.consumer_properties);
    } else {
        set_producer(builder, settings, lane, role);
        builder.pass_through(settings.producer_properties);
    }
    rd_kafka_conf_set_error_cb(builder.conf(), on_error);
    rd_kafka_conf_set_log_cb(builder.conf(), on_log);
    rd_kafka_conf_set_throttle_cb(builder.conf(), on_throttle);
    return std::move(builder).finish();
}

Expected<rd_kafka_t*, Failure> make_client(rd_kafka_type_t type, Conf conf) {
    std::array<char, 512> reason{};
    // Bug::waits_by_wall_clock. Asked here so that no program with a client is linked without it.
    static const bool kSteady = waits_are_steady();
    (void)kSteady;
    rd_kafka_t* client = rd_kafka_new(type, conf.get(), reason.data(), reason.size());
    if (client == nullptr)
        return Unexpected(Failure{FailureKind::config,
                                  std::string("cannot make a Kafka client: ") + reason.data()});
    (void)conf.release();  // the client owns it now
    rd_kafka_set_log_queue(client, nullptr);
    return client;
}

bool destroy_client(rd_kafka_t* client, int flags, std::chrono::milliseconds timeout,
                    std::shared_ptr<const void> kept) {
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
    };
    // On a thread of its own, since it may block for ever: Bug::lost_partition_blocks_close,
    // Bug::close_waits_for_assignment, Bug::deleted_topic_blocks_destroy.
    auto shared = std::make_shared<Shared>();
    // Its threads may log for as long as it lives, and it may outlive the Voice they would speak
    // to.
    rd_kafka_set_log_level(client, 0);
    std::thread([client, flags, shared, kept = std::move(kept)] {
        rd_kafka_destroy_flags(client, flags);
        const std::lock_guard lock(shared->mutex);
        shared->done = true;
        shared->changed.notify_all();
    }).detach();
    std::unique_lock lock(shared->mutex);
    return shared->changed.wait_for(lock, timeout, [&] { return shared->done; });
}

/// Has `kHear(opaque, request, code)` called for each answer to the client that is made with
/// `conf`, and for each request that ends without one, before it is sent again. On the client's
/// threads.
template <auto kHear>
static void hear_answers(rd_kafka_conf_t* conf, void* opaque) {
    // Interceptors for requests can be added to a client only, while it is made.
    (void)rd_kafka_conf_interceptor_add_on_new(
        conf, "answers",
        [](rd_kafka_t* client, const rd_kafka_conf_t*, void* given, char*, std::size_t) {
            return rd_kafka_interceptor_add_on_response_received(
                client, "answers",
                [](rd_kafka_t*, int, const char*, std::int32_t, std::int16_t request, std::int16_t,
                   std::int32_t, std::size_t, std::int64_t, rd_kafka_resp_err_t code, void* there) {
                    kHear(there, request, code);
                    return RD_KAFKA_RESP_ERR_NO_ERROR;
                },
                given);
        },
        opaque);
}

void Unanswered::watch(rd_kafka_conf_t* conf) {
    hear_answers<[](void* any, std::int16_t request, rd_kafka_resp_err_t code) {
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR && is_about_transactions(request))
            static_cast<std::atomic<bool>*>(any)->store(true);
    }>(conf, &any_);
}

void Heard::watch(rd_kafka_conf_t* conf) {
    hear_answers<[](void* last, std::int16_t, rd_kafka_resp_err_t code) {
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            static_cast<std::atomic<std::int64_t>*>(last)->store(stream::wall_ms(),
                                                                 std::memory_order_relaxed);
    }>(conf, &last_ms_);
}

Voice::Voice(stream::Observer& observer, stream::LaneCounters* counters, std::string who)
    : observer_(observer), counters_(counters), who_(std::move(who)) {}

void Voice::log(int level, std::string_view facility, std::string_view text) {
    // Bug::compression_dropped: sends uncompressed where a broker or proxy hides old request
    // versions, and says so in the log only (#4956).
    if (facility == "COMPRESSION" && counters_ != nullptr) counters_->uncompressed_warnings.add();
    // Syslog levels. Connection trouble comes through error() too and is said there once.
    const LogLevel mapped = level <= 3   ? LogLevel::warning
                            : level <= 5 ? LogLevel::info
                                         : LogLevel::debug;
    const bool connection = facility == "FAIL" || facility == "ERROR";
    observer_.log(connection ? LogLevel::debug : mapped,
                  who_ + ": " + std::string(facility) + ": " + std::string(text));
}

void Voice::fail(rd_kafka_resp_err_t code, std::string_view text) {
    if (counters_ != nullptr) counters_->client_errors.add();
    fatal_code_ = code;
    fatal_ = Failure{is_denied(code) ? FailureKind::denied : FailureKind::restart,
                     who_ + ": " + rd_kafka_err2name(code) + ": " + std::string(text)};
}

void Voice::throttled(std::chrono::milliseconds time) {
    if (time <= std::chrono::milliseconds(0)) return;
    if (counters_ != nullptr) counters_->throttled_ms.add(static_cast<std::uint64_t>(time.count()));
    if (!throttled_) say(LogLevel::warning, "the brokers make us wait: our quota is used up");
    throttled_ = true;
}

void Voice::error(rd_kafka_t* client, rd_kafka_resp_err_t code, std::string_view text) {
    if (counters_ != nullptr) counters_->client_errors.add();
    if (code == RD_KAFKA_RESP_ERR__FATAL) {
        std::array<char, 512> reason{};
        const auto original = rd_kafka_fatal_error(client, reason.data(), reason.size());
        fatal_code_ = original;
        // Bug::idempotent_producer_dies: it may get here by a mere disconnect ("sequence
        // desynchronization"). A new process goes on.
        fatal_ =
            Failure{is_fenced(original) || is_denied(original)           ? FailureKind::denied
                    : original == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE ? FailureKind::config
                                                                         : FailureKind::restart,
                    who_ + ": " + rd_kafka_err2name(original) + ": " + reason.data()};
        return;
    }
    // "all brokers are down" follows the reason and is none.
    if (code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        last_code_ = code;
        last_error_ = text;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < quiet_until_) return;
    quiet_until_ = now + kQuiet;
    observer_.log(LogLevel::warning,
                  who_ + ": " + rd_kafka_err2name(code) + ": " + std::string(text));
}

std::optional<Failure> Voice::shut_out(const std::string& brokers) const {
    if (is_denied(last_code_)) {
        return Failure{FailureKind::denied,
                       "the brokers at " + brokers + " refuse our credentials: " + last_error_};
    }
    const int reason = distrust_.load(std::memory_order_relaxed);
    if (last_code_ == RD_KAFKA_RESP_ERR__SSL && reason != 0) {
        return Failure{FailureKind::unavailable, "the brokers at " + brokers +
                                                     " show a certificate that we do not accept: " +
                                                     words_of_distrust(reason)};
    }
    // An alert comes from the other side, often only after the handshake.
    if (last_error_.find("SSL alert number") != std::string::npos) {
        return Failure{FailureKind::denied, "the brokers at " + brokers +
                                                " do not accept our certificate, or miss one "
                                                "(kafka.certificate_file, kafka.key_file): " +
                                                last_error_};
    }
    return std::nullopt;
}

DeliveryError delivery_error(rd_kafka_resp_err_t code) {
    if (is_denied(code)) return DeliveryError::denied;
    if (is_unknown_topic(code)) return DeliveryError::unknown_topic;
    switch (code) {
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
            return DeliveryError::too_large;
        case RD_KAFKA_RESP_ERR_INVALID_RECORD:
        case RD_KAFKA_RESP_ERR_INVALID_MSG:
        case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
        case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
        case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT:
            return DeliveryError::invalid;
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TRANSPORT:
            return DeliveryError::timed_out;
        case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
        case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
            return DeliveryError::purged;
        case RD_KAFKA_RESP_ERR__FATAL:
        case RD_KAFKA_RESP_ERR__INCONSISTENT:
        case RD_KAFKA_RESP_ERR__FENCED:
            return DeliveryError::fatal;
        default:
            return DeliveryError::other;
    }
}

bool is_fenced(rd_kafka_resp_err_t code) {
    switch (code) {
        case RD_KAFKA_RESP_ERR__FENCED:
        case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
        case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
        case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
            return true;
        default:
            return false;
    }
}

Verdict verdict_of(const rd_kafka_error_t* error) {
    return verdict_of(rd_kafka_error_code(error), rd_kafka_error_is_fatal(error) != 0,
                      rd_kafka_error_txn_requires_abort(error) != 0,
                      rd_kafka_error_is_retriable(error) != 0);
}

Verdict verdict_of(rd_kafka_resp_err_t code, bool fatal, bool abort, bool retriable) {
    // Denied and fenced first, whatever the client thinks can be done: an abort may be allowed, but
    // the next transaction would fail the same way, or take the name from whoever has it now.
    if (is_denied(code)) return Verdict::denied;
    if (is_fenced(code) && code != RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) return Verdict::fenced;
    if (code == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE) return Verdict::too_old;
    if (fatal) return is_fenced(code) ? Verdict::fenced : Verdict::renew;
    if (abort) return Verdict::abort;
    return retriable ? Verdict::retry : Verdict::renew;
}

bool is_denied(rd_kafka_resp_err_t code) {
    switch (code) {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
            return true;
        default:
            return false;
    }
}

bool is_unknown_topic(rd_kafka_resp_err_t code) {
    switch (code) {
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            return true;
        default:
            return false;
    }
}

}  // namespace ceasewire::kafka
