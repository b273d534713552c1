#include "kafka/mock_broker.h"

#include <array>
#include <charconv>
#include <utility>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

namespace ceasewire::kafka {
namespace {

using Error = std::unique_ptr<rd_kafka_error_t, void (*)(rd_kafka_error_t*)>;
using Property = std::pair<const char*, std::string>;

Expected<rd_kafka_t*, std::string> new_client(rd_kafka_type_t type,
                                              const std::vector<Property>& properties,
                                              const std::function<void(rd_kafka_conf_t*)>& more) {
    std::array<char, 512> error{};
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    for (const auto& [name, value] : properties) {
        if (rd_kafka_conf_set(conf, name, value.c_str(), error.data(), error.size()) !=
            RD_KAFKA_CONF_OK) {
            rd_kafka_conf_destroy(conf);
            return Unexpected(std::string(error.data()));
        }
    }
    if (more) more(conf);
    rd_kafka_t* client = rd_kafka_new(type, conf, error.data(), error.size());
    if (client == nullptr) {
        rd_kafka_conf_destroy(conf);
        return Unexpected(std::string(error.data()));
    }
    return client;
}

/// The demo's clients say nothing: what matters to its user is said by the service and the counts.
void no_log(const rd_kafka_t* /*client*/, int /*level*/, const char* /*facility*/,
            const char* /*text*/) {}

}  // namespace

struct MockBroker::State {
    rd_kafka_t* owner = nullptr;  // the cluster lives in a client, which does nothing else
    rd_kafka_mock_cluster_t* cluster = nullptr;
    std::string address;
};

MockBroker::MockBroker(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<MockBroker>, std::string> MockBroker::start() {
    auto owner = new_client(RD_KAFKA_PRODUCER, {{"client.id", "mock-broker"}},
                            [](rd_kafka_conf_t* conf) { rd_kafka_conf_set_log_cb(conf, no_log); });
    if (!owner) return Unexpected(std::move(owner).error());
    auto state = std::make_unique<State>();
    state->owner = *owner;
    state->cluster = rd_kafka_mock_cluster_new(*owner, 1);
    if (state->cluster == nullptr) {
        rd_kafka_destroy(*owner);
        return Unexpected(std::string("cannot open a socket for the in-process broker"));
    }
    state->address = rd_kafka_mock_cluster_bootstraps(state->cluster);
    return std::unique_ptr<MockBroker>(new MockBroker(std::move(state)));
}

MockBroker::~MockBroker() {
    rd_kafka_mock_cluster_destroy(state_->cluster);
    rd_kafka_destroy(state_->owner);
}

const std::string& MockBroker::address() const { return state_->address; }

std::optional<std::string> MockBroker::create_topic(const std::string& name, int partitions) {
    const rd_kafka_resp_err_t code =
        rd_kafka_mock_topic_create(state_->cluster, name.c_str(), partitions, 1);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
    return name + ": " + rd_kafka_err2str(code);
}

struct MockFeeder::State {
    rd_kafka_t* client = nullptr;
    std::string topic;
    std::uint64_t failed = 0;
};

MockFeeder::MockFeeder(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<MockFeeder>, std::string> MockFeeder::open(const std::string& brokers,
                                                                    const std::string& topic,
                                                                    std::size_t message_bytes_max) {
    auto state = std::make_unique<State>();
    state->topic = topic;
    State* raw = state.get();
    auto client =
        new_client(RD_KAFKA_PRODUCER,
                   {{"bootstrap.servers", brokers},
                    {"client.id", "demo-feeder"},
                    {"linger.ms", "1"},
                    // Room for headers and the batch's own bytes.
                    {"message.max.bytes", std::to_string(message_bytes_max + 65'536)},
                    {"socket.nagle.disable", "true"}},
                   [raw](rd_kafka_conf_t* conf) {
                       rd_kafka_conf_set_log_cb(conf, no_log);
                       rd_kafka_conf_set_opaque(conf, raw);
                       rd_kafka_conf_set_dr_msg_cb(
                           conf, [](rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
                               if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
                                   ++static_cast<State*>(opaque)->failed;
                               }
                           });
                   });
    if (!client) return Unexpected(std::move(client).error());
    state->client = *client;
    // Without this a first message may be a second late (librdkafka before 2.10.1).
    const rd_kafka_metadata_t* metadata = nullptr;
    rd_kafka_topic_t* handle = rd_kafka_topic_new(state->client, topic.c_str(), nullptr);
    if (rd_kafka_metadata(state->client, 0, handle, &metadata, 5000) ==
        RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_metadata_destroy(metadata);
    }
    rd_kafka_topic_destroy(handle);
    return std::unique_ptr<MockFeeder>(new MockFeeder(std::move(state)));
}

MockFeeder::~MockFeeder() {
    rd_kafka_purge(state_->client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(state_->client, 0);
    rd_kafka_destroy(state_->client);
}

Expected<bool, std::string> MockFeeder::put(int partition, std::string_view value,
                                            std::uint64_t sequence) {
    const std::string count = std::to_string(sequence);
    std::array<rd_kafka_vu_t, 5> parts{};
    parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    parts[0].u.cstr = state_->topic.c_str();
    parts[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    parts[1].u.i32 = partition;
    parts[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    parts[2].u.i = RD_KAFKA_MSG_F_COPY;
    parts[3].vtype = RD_KAFKA_VTYPE_VALUE;
    // The client only copies. A null pointer would make a tombstone of an empty line.
    parts[3].u.mem.ptr = const_cast<char*>(value.empty() ? "" : value.data());
    parts[3].u.mem.size = value.size();
    parts[4].vtype = RD_KAFKA_VTYPE_HEADER;
    parts[4].u.header.name = kSequenceHeader.data();
    parts[4].u.header.val = count.data();
    parts[4].u.header.size = static_cast<ssize_t>(count.size());
    const Error error(rd_kafka_produceva(state_->client, parts.data(), parts.size()),
                      rd_kafka_error_destroy);
    if (error == nullptr) return true;
    const rd_kafka_resp_err_t code = rd_kafka_error_code(error.get());
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return false;
    return Unexpected(std::string(rd_kafka_err2str(code)));
}

void MockFeeder::serve(std::chrono::milliseconds wait) {
    rd_kafka_poll(state_->client, static_cast<int>(wait.count()));
}

std::uint64_t MockFeeder::failed() const { return state_->failed; }

struct MockReader::State {
    rd_kafka_t* client = nullptr;
    std::vector<std::string> topics;
};

MockReader::MockReader(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<MockReader>, std::string> MockReader::open(
    const std::string& brokers, const std::vector<Topic>& topics) {
    auto client = new_client(RD_KAFKA_CONSUMER,
                             {{"bootstrap.servers", brokers},
                              {"client.id", "demo-reader"},
                              {"group.id", "demo-reader"},
                              {"enable.auto.commit", "false"},
                              {"auto.offset.reset", "earliest"},
                              // The mock holds an empty fetch for its whole time.
                              {"fetch.wait.max.ms", "10"},
                              {"fetch.error.backoff.ms", "5"},
                              {"queued.min.messages", "1000000"},
                              {"socket.nagle.disable", "true"}},
                             [](rd_kafka_conf_t* conf) { rd_kafka_conf_set_log_cb(conf, no_log); });
    if (!client) return Unexpected(std::move(client).error());
    auto state = std::make_unique<State>();
    state->client = *client;
    rd_kafka_poll_set_consumer(state->client);
    rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(8);
    for (const Topic& topic : topics) {
        state->topics.push_back(topic.name);
        for (int partition = 0; partition < topic.partitions; ++partition) {
            rd_kafka_topic_partition_list_add(list, topic.name.c_str(), partition)->offset =
                RD_KAFKA_OFFSET_BEGINNING;
        }
    }
    const rd_kafka_resp_err_t code = rd_kafka_assign(state->client, list);
    rd_kafka_topic_partition_list_destroy(list);
    auto reader = std::unique_ptr<MockReader>(new MockReader(std::move(state)));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return Unexpected(std::string(rd_kafka_err2str(code)));
    return reader;
}

MockReader::~MockReader() {
    rd_kafka_assign(state_->client, nullptr);
    rd_kafka_destroy_flags(state_->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

Expected<std::size_t, std::string> MockReader::read(
    std::chrono::milliseconds wait, const std::function<void(const Message&)>& take) {
    std::size_t count = 0;
    for (int timeout = static_cast<int>(wait.count());; timeout = 0) {
        rd_kafka_message_t* message = rd_kafka_consumer_poll(state_->client, timeout);
        if (message == nullptr) return count;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            Message seen;
            const std::string_view topic = rd_kafka_topic_name(message->rkt);
            for (std::size_t i = 0; i < state_->topics.size(); ++i) {
                if (state_->topics[i] == topic) seen.topic = i;
            }
            if (message->payload != nullptr) {
                seen.value =
                    std::string_view(static_cast<const char*>(message->payload), message->len);
            }
            seen.bytes = message->len + message->key_len;
            rd_kafka_headers_t* headers = nullptr;
            if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
                const char* name = nullptr;
                const void* value = nullptr;
                std::size_t size = 0;
                for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) ==
                                        RD_KAFKA_RESP_ERR_NO_ERROR;
                     ++i) {
                    seen.bytes += size + std::string_view(name).size() + 4;
                    if (name != kSequenceHeader || value == nullptr) continue;
                    const auto* text = static_cast<const char*>(value);
                    std::uint64_t sequence = 0;
                    if (std::from_chars(text, text + size, sequence).ec == std::errc()) {
                        seen.sequence = sequence;
                    }
                }
            }
            take(seen);
            ++count;
        } else if (message->err == RD_KAFKA_RESP_ERR__FATAL ||
                   message->err == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
                   message->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
            std::string text = rd_kafka_message_errstr(message);
            rd_kafka_message_destroy(message);
            return Unexpected(std::move(text));
        }
        rd_kafka_message_destroy(message);
    }
}

}  // namespace ceasewire::kafka
