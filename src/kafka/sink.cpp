#include "kafka/sink.h"

#include <algorithm>
#include <array>

#include "kafka/client.h"
#include "kafka/known_bugs.h"
#include "kafka/message.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Destination;
using stream::Failure;
using stream::FailureKind;
using stream::Publish;

constexpr int kWarmUpTimeoutMs = 5'000;
constexpr int kForgetTries = 300;
/// Long enough for the client's threads to wake up; returns earlier when all is delivered.
constexpr milliseconds kSendWait{5};

}  // namespace

struct KafkaSink::State {
    State(const Settings& settings_, stream::Observer& observer, stream::LaneCounters& counters,
          std::size_t lane_)
        : settings(settings_),
          lane(lane_),
          voice(observer, &counters, "producer " + std::to_string(lane_)) {}

    const Settings settings;
    const std::size_t lane;
    Voice voice;
    rd_kafka_t* client = nullptr;
    std::shared_ptr<Unanswered> unanswered;  ///< of this client
    rd_kafka_topic_t* records = nullptr;
    rd_kafka_topic_t* dead_letters = nullptr;
    std::vector<stream::Delivery>* deliveries = nullptr;  ///< within poll() only
    std::vector<stream::Delivery> early;  ///< reported outside of poll(): while a transaction ends
    bool failed = false;                  ///< a delivery since begin()
    std::size_t accepted = 0;             ///< without a delivery yet
    steady_clock::time_point sent = steady_clock::now();  ///< when all that waited was sent

    [[nodiscard]] Expected<Nothing, Failure> open_client(bool warm_up);
    void delivered(const rd_kafka_message_t& report) {
        stream::Delivery delivery;
        delivery.flight = static_cast<stream::Flight*>(report._private);
        if (report.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            delivery.error = delivery_error(report.err);
            delivery.text = rd_kafka_err2str(report.err);
            // For a person; what becomes a header of a dead letter stays as it is.
            if (delivery.error == stream::DeliveryError::denied ||
                delivery.error == stream::DeliveryError::unknown_topic)
                delivery.text = std::string(rd_kafka_topic_name(report.rkt)) + ": " + delivery.text;
            failed = true;
        }
        --accepted;
        (deliveries != nullptr ? *deliveries : early).push_back(std::move(delivery));
    }
    void drop_topics() {
        if (records != nullptr) rd_kafka_topic_destroy(records);
        if (dead_letters != nullptr) rd_kafka_topic_destroy(dead_letters);
        records = dead_letters = nullptr;
    }
};

KafkaSink::KafkaSink(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<KafkaSink>, Failure> KafkaSink::open(const Settings& settings,
                                                              std::size_t lane,
                                                              stream::Observer& observer,
                                                              stream::LaneCounters& counters) {
    auto state = std::make_unique<State>(settings, observer, counters, lane);
    auto* opened = state.get();
    auto sink = std::unique_ptr<KafkaSink>(new KafkaSink(std::move(state)));
    if (auto result = opened->open_client(true); !result)
        return Unexpected(std::move(result).error());
    return sink;
}

Expected<Nothing, Failure> KafkaSink::State::open_client(bool warm_up) {
    auto conf = make_conf(settings, Role::producer, lane);
    if (!conf) return Unexpected(std::move(conf).error());
    voice.owner = this;
    rd_kafka_conf_set_opaque(conf->get(), &voice);
    rd_kafka_conf_set_dr_msg_cb(
        conf->get(), [](rd_kafka_t*, const rd_kafka_message_t* report, void* opaque) {
            static_cast<State*>(static_cast<Voice*>(opaque)->owner)->delivered(*report);
        });
    unanswered = std::make_shared<Unanswered>();
    unanswered->watch(conf->get());
    auto made = make_client(RD_KAFKA_PRODUCER, std::move(conf).value());
    if (!made) return Unexpected(std::move(made).error());
    client = *made;
    records = rd_kafka_topic_new(client, settings.output_topic.c_str(), nullptr);
    dead_letters = rd_kafka_topic_new(client, settings.dead_letter_topic.c_str(), nullptr);
    if (records == nullptr || dead_letters == nullptr) {
        return Unexpected(
            Failure{FailureKind::config, std::string("cannot open the output topics: ") +
                                             rd_kafka_err2str(rd_kafka_last_error())});
    }
    // Bug::first_record_late: ask for the topic's partitions before.
    if (!warm_up) return Nothing{};
    for (rd_kafka_topic_t* topic : {records, dead_letters}) {
        const rd_kafka_metadata_t* metadata = nullptr;
        if (rd_kafka_metadata(client, 0, topic, &metadata, kWarmUpTimeoutMs) ==
            RD_KAFKA_RESP_ERR_NO_ERROR) {
            rd_kafka_metadata_destroy(metadata);
        }
    }
    return Nothing{};
}

KafkaSink::~KafkaSink() {
    if (!state_ || state_->client == nullptr) return;
    state_->drop_topics();
    rd_kafka_destroy(state_->client);
}

Publish KafkaSink::publish(const stream::Output& output, stream::Flight* flight) {
    State& state = *state_;
    rd_kafka_headers_t* headers = rd_kafka_headers_new(output.headers.size());
    for (const stream::Header& header : output.headers) {
        const auto value = header.value;
        rd_kafka_header_add(headers, header.name.data(), static_cast<ssize_t>(header.name.size()),
                            !value                     ? nullptr
                            : value->data() == nullptr ? ""
                                                       : value->data(),
                            value ? static_cast<ssize_t>(value->size()) : 0);
    }
    std::array<rd_kafka_vu_t, 7> units;
    std::size_t count = 0;
    units[count] = value_unit(RD_KAFKA_VTYPE_RKT);
    units[count++].u.rkt = output.to == Destination::records ? state.records : state.dead_letters;
    units[count] = value_unit(RD_KAFKA_VTYPE_OPAQUE);
    units[count++].u.ptr = flight;
    units[count] = value_unit(RD_KAFKA_VTYPE_HEADERS);
    units[count++].u.headers = headers;
    units[count] = value_unit(RD_KAFKA_VTYPE_MSGFLAGS);
    units[count++].u.i =
        0;  // neither copied nor freed: the flight owns the bytes. A copy costs 2 us a message.
    if (output.value) units[count++] = memory_unit(RD_KAFKA_VTYPE_VALUE, *output.value);
    if (output.key) units[count++] = memory_unit(RD_KAFKA_VTYPE_KEY, *output.key);
    if (output.timestamp_ms > 0) {
        units[count] = value_unit(RD_KAFKA_VTYPE_TIMESTAMP);
        units[count++].u.i64 = output.timestamp_ms;
    }
    const Error error = own(rd_kafka_produceva(state.client, units.data(), count));
    if (!error) {
        ++state.accepted;
        return Publish::accepted;
    }
    const auto code = rd_kafka_error_code(error.get());
    // The headers are still ours, except where the partition does not exist: then the client has
    // freed them. Partitions are never forced here, so that is rare.
    if (!is_unknown_topic(code) || !has(Bug::headers_freed_twice))
        rd_kafka_headers_destroy(headers);
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return Publish::full;
    if (is_unknown_topic(code)) return Publish::unknown_topic;
    if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) return Publish::too_large;
    if (code == RD_KAFKA_RESP_ERR__FATAL ||
        rd_kafka_fatal_error(state.client, nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        state.voice.error(state.client, RD_KAFKA_RESP_ERR__FATAL,
                          rd_kafka_error_string(error.get()));
    } else if (state.settings.delivery == Delivery::at_least_once || is_denied(code)) {
        state.voice.fail(code, rd_kafka_error_string(error.get()));  // such as a denied topic
    }
    // A transaction that has to be undone takes nothing more either.
    return Publish::fatal;
}

Expected<Nothing, Failure> KafkaSink::poll(milliseconds wait, bool hurry,
                                           std::vector<stream::Delivery>& out) {
    State& state = *state_;
    if (!state.early.empty()) {
        std::move(state.early.begin(), state.early.end(), std::back_inserter(out));
        state.early.clear();
        wait = milliseconds(0);
    }
    state.deliveries = &out;
    // A flush ignores the client's linger while it lasts. Transactions flush when they end.
    const auto now = steady_clock::now();
    const bool due = state.settings.delivery == Delivery::at_least_once &&
                     now - state.sent >= state.settings.send_after;
    if ((hurry || due) && state.accepted > 0) {
        if (due) wait = std::max(wait, kSendWait);
        state.sent = now;
        (void)rd_kafka_flush(state.client, static_cast<int>(wait.count()));
    } else {
        rd_kafka_poll(state.client, static_cast<int>(wait.count()));
    }
    state.deliveries = nullptr;
    const bool renewable = state.settings.delivery == Delivery::exactly_once;
    if (state.voice.fatal() && !renewable) return Unexpected(*state.voice.fatal());
    return Nothing{};
}

bool KafkaSink::close(milliseconds timeout) {
    State& state = *state_;
    if (state.client == nullptr) return true;
    rd_kafka_purge(state.client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT |
                                     RD_KAFKA_PURGE_F_NON_BLOCKING);
    rd_kafka_poll(state.client, 0);
    state.early.clear();
    state.drop_topics();
    rd_kafka_t* client = state.client;
    state.client = nullptr;
    return destroy_client(client, 0, timeout, state.unanswered);
}

rd_kafka_s* KafkaSink::client() const { return state_->client; }
Voice& KafkaSink::voice() const { return state_->voice; }
std::size_t KafkaSink::undelivered() const { return state_->accepted; }

bool KafkaSink::failed() const { return state_->failed; }
bool KafkaSink::unanswered() const { return state_->unanswered->any(); }
void KafkaSink::begin() { state_->failed = false; }

void KafkaSink::flush(milliseconds wait) {
    (void)rd_kafka_flush(state_->client, static_cast<int>(wait.count()));
}

void KafkaSink::forget_deliveries() {
    State& state = *state_;
    // Reports of purged messages may still be on their way from the client's threads.
    for (int i = 0; i < kForgetTries && state.accepted > 0; ++i) rd_kafka_poll(state.client, 10);
    state.early.clear();
}

Expected<Nothing, Failure> KafkaSink::renew() {
    State& state = *state_;
    if (!close(state.settings.destroy_timeout)) {
        state.voice.say(stream::LogLevel::warning,
                        "the producer that failed does not end and is left behind");
    }
    state.accepted = 0;
    state.early.clear();
    state.voice.forget_fatal();
    return state.open_client(false);
}

}  // namespace ceasewire::kafka
