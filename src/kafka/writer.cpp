#include "kafka/writer.h"

#include <array>
#include <chrono>

#include "kafka/client.h"
#include "kafka/known_bugs.h"
#include "kafka/message.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;

constexpr int kServeMs = 50;

}  // namespace

struct Writer::State {
    State(const Settings& settings_, stream::Observer& observer)
        : settings(settings_), voice(observer, nullptr, "writer") {}
    Settings settings;
    Voice voice;
    rd_kafka_t* client = nullptr;
    std::uint64_t arrived = 0;
    std::optional<Failure> failure;

    void fail(rd_kafka_resp_err_t code, const std::string& text) {
        if (failure) return;
        failure = Failure{is_denied(code)          ? FailureKind::denied
                          : is_unknown_topic(code) ? FailureKind::unavailable
                                                   : FailureKind::restart,
                          "a message did not arrive: " + text};
    }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<Writer>, Failure> Writer::open(const Settings& settings,
                                                        stream::Observer& observer) {
    auto state = std::make_unique<State>(settings, observer);
    state->settings.delivery = Delivery::at_least_once;
    auto conf = make_conf(state->settings, Role::producer, 0);
    if (!conf) return Unexpected(std::move(conf).error());
    state->voice.owner = state.get();
    rd_kafka_conf_set_opaque(conf->get(), &state->voice);
    rd_kafka_conf_set_dr_msg_cb(
        conf->get(), [](rd_kafka_t*, const rd_kafka_message_t* report, void* opaque) {
            auto& self = *static_cast<State*>(static_cast<Voice*>(opaque)->owner);
            if (report->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
                ++self.arrived;
            } else {
                self.fail(report->err, rd_kafka_err2str(report->err));
            }
        });
    auto client = make_client(RD_KAFKA_PRODUCER, std::move(conf).value());
    if (!client) return Unexpected(std::move(client).error());
    state->client = *client;
    return std::unique_ptr<Writer>(new Writer(std::move(state)));
}

Writer::~Writer() {
    rd_kafka_purge(state_->client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_poll(state_->client, 0);
    (void)destroy_client(state_->client, 0, state_->settings.destroy_timeout);
}

Expected<Nothing, Failure> Writer::put(const std::string& topic, std::int32_t partition,
                                       std::optional<std::string_view> key,
                                       std::optional<std::string_view> value,
                                       std::span<const stream::Header> headers) {
    State& state = *state_;
    for (;;) {
        rd_kafka_headers_t* list = rd_kafka_headers_new(headers.size());
        for (const stream::Header& header : headers) {
            const auto value_bytes = header.value;
            rd_kafka_header_add(list, header.name.data(), static_cast<ssize_t>(header.name.size()),
                                !value_bytes                     ? nullptr
                                : value_bytes->data() == nullptr ? ""
                                                                 : value_bytes->data(),
                                value_bytes ? static_cast<ssize_t>(value_bytes->size()) : 0);
        }
        std::array<rd_kafka_vu_t, 6> units;
        std::size_t count = 0;
        units[count] = value_unit(RD_KAFKA_VTYPE_TOPIC);
        units[count++].u.cstr = topic.c_str();
        units[count] = value_unit(RD_KAFKA_VTYPE_PARTITION);
        units[count++].u.i32 = partition;
        units[count] = value_unit(RD_KAFKA_VTYPE_MSGFLAGS);
        units[count++].u.i = RD_KAFKA_MSG_F_COPY;
        units[count] = value_unit(RD_KAFKA_VTYPE_HEADERS);
        units[count++].u.headers = list;
        if (value) units[count++] = memory_unit(RD_KAFKA_VTYPE_VALUE, *value);
        if (key) units[count++] = memory_unit(RD_KAFKA_VTYPE_KEY, *key);
        const Error error = own(rd_kafka_produceva(state.client, units.data(), count));
        const auto code = error ? rd_kafka_error_code(error.get()) : RD_KAFKA_RESP_ERR_NO_ERROR;
        const bool freed = is_unknown_topic(code) && has(Bug::headers_freed_twice);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR && !freed) rd_kafka_headers_destroy(list);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            state.fail(code, rd_kafka_err2str(code));
        rd_kafka_poll(state.client, code == RD_KAFKA_RESP_ERR__QUEUE_FULL ? kServeMs : 0);
        if (state.failure) return Unexpected(*state.failure);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return Nothing{};
    }
}

Expected<Nothing, Failure> Writer::finish() {
    State& state = *state_;
    const auto begin = steady_clock::now();
    while (rd_kafka_outq_len(state.client) > 0 && !state.failure) {
        (void)rd_kafka_flush(state.client, kServeMs);
        if (state.voice.fatal()) return Unexpected(*state.voice.fatal());
        if (state.settings.start_wait > std::chrono::milliseconds(0) &&
            steady_clock::now() - begin > state.settings.start_wait)
            return Unexpected(
                Failure{FailureKind::unavailable,
                        "the brokers do not take the messages: " + state.voice.last_error()});
    }
    if (state.failure) return Unexpected(*state.failure);
    return Nothing{};
}

std::uint64_t Writer::arrived() const { return state_->arrived; }

}  // namespace ceasewire::kafka
