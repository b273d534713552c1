#include "broker/cluster.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <librdkafka/rdkafka.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace ceasewire::test {
namespace {

using Client = std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)>;
using List =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

Client client(const std::string& brokers, rd_kafka_type_t type,
              const std::vector<std::pair<std::string, std::string>>& properties = {}) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> reason{};
    const auto set = [&](const std::string& name, const std::string& value) {
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size()) !=
            RD_KAFKA_CONF_OK)
            fail(reason.data());
    };
    set("bootstrap.servers", brokers);
    set("log_level", "2");
    for (const auto& [name, value] : properties) set(name, value);
    rd_kafka_conf_set_dr_msg_cb(
        conf, [](rd_kafka_t*, const rd_kafka_message_t* report, void* opaque) {
            if (report->err != RD_KAFKA_RESP_ERR_NO_ERROR && opaque != nullptr) {
                *static_cast<std::string*>(opaque) = rd_kafka_err2str(report->err);
            }
        });
    rd_kafka_t* made = rd_kafka_new(type, conf, reason.data(), reason.size());
    if (made == nullptr) fail(reason.data());
    return {made, rd_kafka_destroy};
}

/// One retry: a fresh broker sometimes answers the first question with "timed out while waiting for
/// controller".
void admin(const std::function<std::string()>& once) {
    std::string error = once();
    for (int i = 0; i < 5 && !error.empty(); ++i) {
        if (error.find("already exists") != std::string::npos) return;
        error = once();
    }
    if (!error.empty()) fail(error);
}

/// Sends one request of the administrator's and waits for its answer: what went wrong with the
/// request or, by `read`, with what was asked; empty when nothing did.
std::string answer(rd_kafka_t& asker, const std::function<void(rd_kafka_queue_t*)>& send,
                   const std::function<std::string(rd_kafka_event_t*)>& read = nullptr) {
    const std::unique_ptr<rd_kafka_queue_t, void (*)(rd_kafka_queue_t*)> queue(
        rd_kafka_queue_new(&asker), rd_kafka_queue_destroy);
    send(queue.get());
    const std::unique_ptr<rd_kafka_event_t, void (*)(rd_kafka_event_t*)> event(
        rd_kafka_queue_poll(queue.get(), 20'000), rd_kafka_event_destroy);
    if (!event) return "no answer";
    if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return rd_kafka_event_error_string(event.get());
    return read ? read(event.get()) : "";
}

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

}  // namespace

std::optional<std::string> StoredMessage::header(std::string_view name) const {
    for (auto at = headers.rbegin(); at != headers.rend(); ++at) {
        if (at->first == name) return at->second.value_or("");
    }
    return std::nullopt;
}

Topics::Topics(std::string brokers) : brokers_(std::move(brokers)) {}

void Topics::create(const std::string& name, int partitions, const TopicConfig& config,
                    int replicas) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    admin([&] {
        std::array<char, 512> reason{};
        rd_kafka_NewTopic_t* topic =
            rd_kafka_NewTopic_new(name.c_str(), partitions, replicas, reason.data(), reason.size());
        for (const auto& [key, value] : config)
            rd_kafka_NewTopic_set_config(topic, key.c_str(), value.c_str());
        const std::string error = answer(
            *asker,
            [&](rd_kafka_queue_t* queue) {
                rd_kafka_CreateTopics(asker.get(), &topic, 1, nullptr, queue);
            },
            [](rd_kafka_event_t* event) -> std::string {
                std::size_t count = 0;
                const auto* const* results = rd_kafka_CreateTopics_result_topics(
                    rd_kafka_event_CreateTopics_result(event), &count);
                const bool good =
                    rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR;
                return good ? "" : rd_kafka_topic_result_error_string(results[0]);
            });
        rd_kafka_NewTopic_destroy(topic);
        return error;
    });
    if (!eventually([&] { return this->partitions(name) == partitions; }, std::chrono::seconds(20)))
        fail("topic " + name + " does not appear");
}

void Topics::alter(const std::string& name, const TopicConfig& config) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    admin([&] {
        rd_kafka_ConfigResource_t* resource =
            rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str());
        for (const auto& [key, value] : config)
            rd_kafka_ConfigResource_set_config(resource, key.c_str(), value.c_str());
        const std::string error = answer(*asker, [&](rd_kafka_queue_t* queue) {
            rd_kafka_AlterConfigs(asker.get(), &resource, 1, nullptr, queue);
        });
        rd_kafka_ConfigResource_destroy(resource);
        return error;
    });
}

void Topics::allow(const std::string& kind, const std::string& name, const std::string& user,
                   const std::string& operation) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    admin([&] {
        std::array<char, 512> reason{};
        rd_kafka_AclBinding_t* acl = rd_kafka_AclBinding_new(
            kind == "topic" ? RD_KAFKA_RESOURCE_TOPIC : RD_KAFKA_RESOURCE_GROUP, name.c_str(),
            RD_KAFKA_RESOURCE_PATTERN_LITERAL, ("User:" + user).c_str(), "*",
            operation == "all" ? RD_KAFKA_ACL_OPERATION_ALL : RD_KAFKA_ACL_OPERATION_DESCRIBE,
            RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, reason.data(), reason.size());
        if (acl == nullptr) return std::string(reason.data());
        const std::string error = answer(
            *asker,
            [&](rd_kafka_queue_t* queue) {
                rd_kafka_CreateAcls(asker.get(), &acl, 1, nullptr, queue);
            },
            [](rd_kafka_event_t* event) -> std::string {
                std::size_t count = 0;
                const auto* const* results = rd_kafka_CreateAcls_result_acls(
                    rd_kafka_event_CreateAcls_result(event), &count);
                const auto* failed = rd_kafka_acl_result_error(results[0]);
                return failed == nullptr ? "" : rd_kafka_error_string(failed);
            });
        rd_kafka_AclBinding_destroy(acl);
        return error;
    });
}

void Topics::delete_before(const std::string& name, std::int32_t partition,
                           std::int64_t offset) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    admin([&] {
        const List list(rd_kafka_topic_partition_list_new(1),
                        rd_kafka_topic_partition_list_destroy);
        rd_kafka_topic_partition_list_add(list.get(), name.c_str(), partition)->offset = offset;
        rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(list.get());
        const std::string error = answer(*asker, [&](rd_kafka_queue_t* queue) {
            rd_kafka_DeleteRecords(asker.get(), &request, 1, nullptr, queue);
        });
        rd_kafka_DeleteRecords_destroy(request);
        return error;
    });
}

void Topics::remove(const std::vector<std::string>& names) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    std::vector<rd_kafka_DeleteTopic_t*> topics;
    for (const std::string& name : names) topics.push_back(rd_kafka_DeleteTopic_new(name.c_str()));
    (void)answer(*asker, [&](rd_kafka_queue_t* queue) {
        rd_kafka_DeleteTopics(asker.get(), topics.data(), topics.size(), nullptr, queue);
    });
    for (rd_kafka_DeleteTopic_t* topic : topics) rd_kafka_DeleteTopic_destroy(topic);
}

void Topics::fill(const std::string& name, const std::vector<NewMessage>& messages) const {
    fill(name, messages.size(), [&](std::size_t i) { return messages[i]; });
}

namespace {

void produce(rd_kafka_t& producer, const std::string& topic, const NewMessage& message) {
    for (;;) {
        rd_kafka_headers_t* headers = rd_kafka_headers_new(message.headers.size());
        for (const auto& [name_, value_] : message.headers) {
            rd_kafka_header_add(headers, name_.c_str(), -1, value_ ? value_->data() : nullptr,
                                value_ ? static_cast<ssize_t>(value_->size()) : 0);
        }
        // The macros cast the text of their arguments: plain names only.
        char* value = message.value ? const_cast<char*>(message.value->c_str()) : nullptr;
        const std::size_t value_size = message.value ? message.value->size() : 0;
        char* key = message.key ? const_cast<char*>(message.key->c_str()) : nullptr;
        const std::size_t key_size = message.key ? message.key->size() : 0;
        const auto code = rd_kafka_producev(
            &producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(message.partition),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE(value, value_size),
            RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_HEADERS(headers),
            RD_KAFKA_V_TIMESTAMP(message.timestamp_ms), RD_KAFKA_V_END);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return;
        rd_kafka_headers_destroy(headers);
        if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) fail(rd_kafka_err2str(code));
        rd_kafka_poll(&producer, 100);
    }
}

/// A producer that writes the first failed delivery to `failed`.
Client feeder(const std::string& brokers, const TopicConfig& properties, std::string& failed) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> reason{};
    TopicConfig all = {{"bootstrap.servers", brokers},
                       {"enable.idempotence", "true"},
                       {"linger.ms", "50"},
                       {"log_level", "2"},
                       {"message.max.bytes", "100000000"},
                       {"partitioner", "murmur2_random"}};
    all.insert(all.end(), properties.begin(), properties.end());
    for (const auto& [key, value] : all) {
        if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), reason.data(), reason.size()) !=
            RD_KAFKA_CONF_OK)
            fail(reason.data());
    }
    rd_kafka_conf_set_opaque(conf, &failed);
    rd_kafka_conf_set_dr_msg_cb(
        conf, [](rd_kafka_t*, const rd_kafka_message_t* report, void* opaque) {
            if (report->err != RD_KAFKA_RESP_ERR_NO_ERROR)
                *static_cast<std::string*>(opaque) = rd_kafka_err2str(report->err);
        });
    rd_kafka_t* made = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason.data(), reason.size());
    if (made == nullptr) fail(reason.data());
    return {made, rd_kafka_destroy};
}

void flush(rd_kafka_t& producer, const std::string& failed) {
    if (rd_kafka_flush(&producer, 60'000) != RD_KAFKA_RESP_ERR_NO_ERROR) fail("flush timed out");
    if (!failed.empty()) fail("not delivered: " + failed);
}

}  // namespace

void Topics::fill(const std::string& name, std::size_t count,
                  const std::function<NewMessage(std::size_t)>& make) const {
    fill(name, count, make, {});
}

void Topics::fill(const std::string& name, std::size_t count,
                  const std::function<NewMessage(std::size_t)>& make,
                  const TopicConfig& properties) const {
    std::string failed;
    const Client producer = feeder(brokers_, properties, failed);
    for (std::size_t i = 0; i < count; ++i) {
        produce(*producer, name, make(i));
        if (i % 256 == 0) rd_kafka_poll(producer.get(), 0);
    }
    flush(*producer, failed);
}

struct TransactionalFeeder::State {
    std::string failed;
    Client client{nullptr, rd_kafka_destroy};
    bool open = false;
    static void check(rd_kafka_error_t* error) {
        if (error == nullptr) return;
        const std::string text = rd_kafka_error_string(error);
        rd_kafka_error_destroy(error);
        fail(text);
    }
};

TransactionalFeeder::TransactionalFeeder(const std::string& brokers, const std::string& id,
                                         std::chrono::milliseconds timeout)
    : state_(std::make_unique<State>()) {
    state_->client = feeder(
        brokers,
        {{"transactional.id", id}, {"transaction.timeout.ms", std::to_string(timeout.count())}},
        state_->failed);
    State::check(rd_kafka_init_transactions(state_->client.get(), 60'000));
}
TransactionalFeeder::~TransactionalFeeder() = default;

void TransactionalFeeder::write(const std::string& topic, const std::vector<NewMessage>& messages) {
    if (!state_->open) State::check(rd_kafka_begin_transaction(state_->client.get()));
    state_->open = true;
    for (const NewMessage& message : messages) produce(*state_->client, topic, message);
    flush(*state_->client, state_->failed);
}
void TransactionalFeeder::commit() {
    State::check(rd_kafka_commit_transaction(state_->client.get(), 60'000));
    state_->open = false;
}
void TransactionalFeeder::abort() {
    State::check(rd_kafka_abort_transaction(state_->client.get(), 60'000));
    state_->open = false;
}

void Topics::grow(const std::string& name, int partitions) const {
    const Client asker = client(brokers_, RD_KAFKA_PRODUCER);
    admin([&] {
        std::array<char, 512> reason{};
        rd_kafka_NewPartitions_t* more = rd_kafka_NewPartitions_new(
            name.c_str(), static_cast<std::size_t>(partitions), reason.data(), reason.size());
        const std::string error = answer(*asker, [&](rd_kafka_queue_t* queue) {
            rd_kafka_CreatePartitions(asker.get(), &more, 1, nullptr, queue);
        });
        rd_kafka_NewPartitions_destroy(more);
        return error;
    });
    if (!eventually([&] { return this->partitions(name) == partitions; }, std::chrono::seconds(20)))
        fail("topic " + name + " does not grow");
}

void Topics::commit(const std::string& group, const std::string& topic, std::int32_t partition,
                    std::int64_t offset) const {
    const Client asker = client(brokers_, RD_KAFKA_CONSUMER, {{"group.id", group}});
    const List list(rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    const bool done = eventually(
        [&] {
            code = rd_kafka_commit(asker.get(), list.get(), 0);
            return code == RD_KAFKA_RESP_ERR_NO_ERROR;
        },
        std::chrono::seconds(30));
    if (!done) fail(std::string("commit: ") + rd_kafka_err2str(code));
}

namespace {

/// What the brokers know of a topic; nothing that is not there. Waits for a broker to answer.
const rd_kafka_metadata_topic_t* described(
    const std::string& brokers, const std::string& name,
    std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)>& owner) {
    const Client asker = client(brokers, RD_KAFKA_PRODUCER);
    rd_kafka_topic_t* topic = rd_kafka_topic_new(asker.get(), name.c_str(), nullptr);
    const rd_kafka_metadata_t* metadata = nullptr;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    const bool told = eventually(
        [&] {
            code = rd_kafka_metadata(asker.get(), 0, topic, &metadata, 10'000);
            return code == RD_KAFKA_RESP_ERR_NO_ERROR;
        },
        kPatience);
    rd_kafka_topic_destroy(topic);
    if (!told) fail(std::string("metadata: ") + rd_kafka_err2str(code));
    owner.reset(metadata);
    return metadata->topic_cnt == 1 && metadata->topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR
               ? &metadata->topics[0]
               : nullptr;
}

/// Asks of one topic's description; `otherwise` when it is not there.
template <typename Answer>
Answer ask(const std::string& brokers, const std::string& name, Answer otherwise,
           const std::function<Answer(const rd_kafka_metadata_topic_t&)>& question) {
    std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> owner(
        nullptr, rd_kafka_metadata_destroy);
    const rd_kafka_metadata_topic_t* topic = described(brokers, name, owner);
    return topic == nullptr ? otherwise : question(*topic);
}

}  // namespace

int Topics::partitions(const std::string& name) const {
    return ask<int>(brokers_, name, 0, [](const auto& topic) { return topic.partition_cnt; });
}

int Topics::leader(const std::string& name, std::int32_t partition) const {
    return ask<int>(brokers_, name, -1, [&](const auto& topic) {
        for (int i = 0; i < topic.partition_cnt; ++i) {
            if (topic.partitions[i].id == partition) return topic.partitions[i].leader;
        }
        return -1;
    });
}

std::vector<int> Topics::replicas(const std::string& name, std::int32_t partition) const {
    return ask<std::vector<int>>(brokers_, name, {}, [&](const auto& topic) {
        std::vector<int> nodes;
        for (int i = 0; i < topic.partition_cnt; ++i) {
            const auto& each = topic.partitions[i];
            if (each.id == partition) nodes.assign(each.replicas, each.replicas + each.replica_cnt);
        }
        return nodes;
    });
}

bool Topics::in_sync(const std::string& name) const {
    return ask<bool>(brokers_, name, false, [](const auto& topic) {
        return std::all_of(topic.partitions, topic.partitions + topic.partition_cnt,
                           [](const rd_kafka_metadata_partition_t& partition) {
                               return partition.leader > 0 &&
                                      partition.isr_cnt == partition.replica_cnt;
                           });
    });
}

namespace {

/// The client keeps what it knows of a topic for minutes, also that a partition that has just been
/// made is none.
void look_again(rd_kafka_t& asker, const std::string& topic) {
    rd_kafka_topic_t* handle = rd_kafka_topic_new(&asker, topic.c_str(), nullptr);
    const rd_kafka_metadata_t* found = nullptr;
    if (rd_kafka_metadata(&asker, 0, handle, &found, 10'000) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_metadata_destroy(found);
    rd_kafka_topic_destroy(handle);
}

/// First offset and the one behind the last. Tests ask also while they have the broker down; then
/// it is waited for.
std::pair<std::int64_t, std::int64_t> marks(rd_kafka_t& asker, const std::string& topic,
                                            std::int32_t partition) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    const bool told = eventually(
        [&] {
            code = rd_kafka_query_watermark_offsets(&asker, topic.c_str(), partition, &low, &high,
                                                    10'000);
            if (code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
                code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
                look_again(asker, topic);
            return code == RD_KAFKA_RESP_ERR_NO_ERROR;
        },
        kPatience);
    if (!told) fail(std::string("marks: ") + rd_kafka_err2str(code));
    return {low, high};
}

}  // namespace

std::int64_t Topics::size(const std::string& name) const {
    const Client asker = client(brokers_, RD_KAFKA_CONSUMER, {{"group.id", "none"}});
    std::int64_t total = 0;
    for (int partition = 0; partition < partitions(name); ++partition) {
        const auto [low, high] = marks(*asker, name, partition);
        total += high - low;
    }
    return total;
}

std::int64_t Topics::end(const std::string& name, std::int32_t partition) const {
    const Client asker = client(brokers_, RD_KAFKA_CONSUMER,
                                {{"group.id", "none"}, {"isolation.level", "read_uncommitted"}});
    return marks(*asker, name, partition).second;
}

std::vector<StoredMessage> Topics::read(const std::string& name) const {
    const Client reader = client(brokers_, RD_KAFKA_CONSUMER,
                                 {{"group.id", "none"},
                                  {"enable.auto.commit", "false"},
                                  {"enable.partition.eof", "true"},
                                  {"fetch.wait.max.ms", "10"}});
    rd_kafka_poll_set_consumer(reader.get());
    const int count = partitions(name);
    const List list(rd_kafka_topic_partition_list_new(count),
                    rd_kafka_topic_partition_list_destroy);
    std::set<std::int32_t> open;
    for (int partition = 0; partition < count; ++partition) {
        rd_kafka_topic_partition_list_add(list.get(), name.c_str(), partition)->offset =
            RD_KAFKA_OFFSET_BEGINNING;
        open.insert(partition);
    }
    // A transaction that a killed process left open hides what stands behind it until the broker
    // ends it: what looks like the end is one only where nothing is hidden.
    const Client asker = client(brokers_, RD_KAFKA_CONSUMER,
                                {{"group.id", "none"}, {"isolation.level", "read_uncommitted"}});
    std::map<std::int32_t, std::int64_t> ends;
    for (const std::int32_t partition : open)
        ends[partition] = marks(*asker, name, partition).second;
    rd_kafka_assign(reader.get(), list.get());
    std::vector<StoredMessage> messages;
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!open.empty()) {
        if (std::chrono::steady_clock::now() > deadline) fail("reading " + name + " does not end");
        rd_kafka_message_t* message = rd_kafka_consumer_poll(reader.get(), 200);
        if (message == nullptr) continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF &&
            message->offset >= ends[message->partition])
            open.erase(message->partition);
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            StoredMessage stored;
            stored.partition = message->partition;
            stored.offset = message->offset;
            rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
            stored.timestamp_ms = rd_kafka_message_timestamp(message, &type);
            if (message->key != nullptr)
                stored.key = std::string(static_cast<const char*>(message->key), message->key_len);
            if (message->payload != nullptr)
                stored.value =
                    std::string(static_cast<const char*>(message->payload), message->len);
            rd_kafka_headers_t* headers = nullptr;
            if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
                const char* key = nullptr;
                const void* value = nullptr;
                std::size_t size = 0;
                for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &key, &value, &size) ==
                                        RD_KAFKA_RESP_ERR_NO_ERROR;
                     ++i) {
                    stored.headers.emplace_back(
                        key, value == nullptr ? std::optional<std::string>()
                                              : std::string(static_cast<const char*>(value), size));
                }
            }
            messages.push_back(std::move(stored));
        }
        rd_kafka_message_destroy(message);
    }
    rd_kafka_consumer_close(reader.get());
    std::stable_sort(messages.begin(), messages.end(),
                     [](const StoredMessage& left, const StoredMessage& right) {
                         return std::pair(left.partition, left.offset) <
                                std::pair(right.partition, right.offset);
                     });
    return messages;
}

std::map<std::int32_t, std::int64_t> Topics::committed(const std::string& group,
                                                       const std::string& topic) const {
    const Client asker = client(brokers_, RD_KAFKA_CONSUMER, {{"group.id", group}});
    const int count = partitions(topic);
    const List list(rd_kafka_topic_partition_list_new(count),
                    rd_kafka_topic_partition_list_destroy);
    for (int partition = 0; partition < count; ++partition)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
    // A broker that has just started makes its offsets topic first and says that it is no
    // coordinator; one that has just died has the connection.
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    (void)eventually(
        [&] {
            code = rd_kafka_committed(asker.get(), list.get(), 10'000);
            return code == RD_KAFKA_RESP_ERR_NO_ERROR;
        },
        kPatience);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        fail(std::string("committed: ") + rd_kafka_err2str(code));
    std::map<std::int32_t, std::int64_t> offsets;
    for (int i = 0; i < list->cnt; ++i) {
        offsets[list->elems[i].partition] = std::max<std::int64_t>(-1, list->elems[i].offset);
    }
    return offsets;
}

Broker::Broker(const std::string& config, const std::string& disk)
    : Broker(BrokerSetup{.config = config, .disk = disk}) {}

Broker::Broker(BrokerSetup setup) : setup_(std::move(setup)) {
    const char* base = std::getenv("TMPDIR");
    std::string pattern = std::string(base != nullptr ? base : "/tmp") + "/ceasewire-broker-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) fail("no temporary folder");
    folder_ = pattern;
    start();
}

Broker::~Broker() {
    try {
        command("remove");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
}

std::string Broker::folder(int node) const {
    return node == 0 ? folder_ : folder_ + "/" + std::to_string(node);
}

void Broker::command(const std::string& verb, int node, const std::string& argument) const {
    const std::string script = std::string(CEASEWIRE_SOURCE_DIR) + "/tests/broker/kafka";
    const std::string line = "CEASEWIRE_KAFKA_CONFIG=" + in_quotes(setup_.config) +
                             " CEASEWIRE_KAFKA_DISK=" + in_quotes(setup_.disk) +
                             " CEASEWIRE_KAFKA_LISTENERS=" + in_quotes(setup_.listeners) +
                             " CEASEWIRE_KAFKA_FORMAT=" + in_quotes(setup_.format) +
                             " CEASEWIRE_KAFKA_NODES=" + std::to_string(setup_.nodes) + " bash " +
                             in_quotes(script) + " " + verb + " " + in_quotes(folder(node)) + " " +
                             argument + " 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) fail("cannot start the broker script");
    std::string output;
    std::array<char, 512> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
    if (pclose(pipe) != 0) fail("kafka " + verb + ": " + output);
}

void Broker::start(int node) {
    command("start", node);
    std::ifstream(folder_ + "/address") >> address_;
}
void Broker::stop(int node) { command("stop", node); }
void Broker::kill9(int node) { command("kill9", node); }
void Broker::pause(int node) { command("pause", node); }
void Broker::resume(int node) { command("resume", node); }
void Broker::grow(const std::string& disk) { command("grow", 0, disk); }
std::string Broker::address(const std::string& listener, int node) const {
    std::ifstream in(folder(node) + "/listeners");
    std::string name;
    std::string at;
    while (in >> name >> at) {
        if (name == listener) return at;
    }
    fail("no listener " + listener);
}
void Broker::tool(const std::string& arguments) const { command("tool", 0, arguments); }
bool Broker::running() const {
    try {
        command("status");
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

std::string Broker::fresh(const std::string& stem) {
    static int number = 0;
    return stem + "-" + std::to_string(++number);
}

Process::Process(const std::vector<std::string>& arguments, const std::string& other,
                 const std::vector<std::string>& environment) {
    const char* given = std::getenv("CEASEWIRE_TEST_PROGRAM");
    const std::string ours = given != nullptr ? given : CEASEWIRE_PROGRAM;
    const std::string program = other.empty() ? ours : other;
    const char* directory = std::getenv("TMPDIR");
    std::string pattern =
        std::string(directory != nullptr ? directory : "/tmp") + "/ceasewire-log-XXXXXX";
    const int log = mkstemp(pattern.data());
    if (log < 0) fail("no log file");
    log_path_ = pattern;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, log, 1);
    posix_spawn_file_actions_adddup2(&actions, log, 2);
    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<std::string> added = environment;
    std::vector<char*> variables;
    for (std::string& variable : added) variables.push_back(variable.data());
    for (char** variable = environ; *variable != nullptr; ++variable)
        variables.push_back(*variable);
    variables.push_back(nullptr);
    const int code =
        posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), variables.data());
    posix_spawn_file_actions_destroy(&actions);
    close(log);
    if (code != 0) fail("cannot start " + program);
}

Process::~Process() {
    if (running()) {
        signal(SIGKILL);
        (void)wait(std::chrono::seconds(10));
    }
    std::filesystem::remove(log_path_);
}

void Process::signal(int number) const { ::kill(pid_, number); }

bool Process::running() { return !wait(std::chrono::milliseconds(0)).has_value(); }

std::optional<int> Process::wait(std::chrono::milliseconds timeout) {
    (void)eventually(
        [&] {
            if (status_) return true;
            int status = 0;
            if (waitpid(pid_, &status, WNOHANG) != pid_) return false;
            status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            return true;
        },
        timeout);
    return status_;
}

std::string Process::log() const {
    std::ifstream in(log_path_);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> Process::complaints() const {
    std::vector<std::string> lines;
    std::istringstream text(log());
    for (std::string line; std::getline(text, line);) {
        if (line.find("Z info ") == std::string::npos &&
            line.find("Z warning ") == std::string::npos)
            lines.push_back(line);
    }
    return lines;
}

std::string Process::metrics_url() const {
    const std::string text = log();
    const auto at = text.find("metrics and probes at ");
    if (at == std::string::npos) return "";
    std::istringstream rest(text.substr(at + 22));
    std::string url;
    rest >> url;
    return rest.eof() ? "" : url;
}

std::vector<std::string> run_command(const std::string& brokers, const std::string& input,
                                     const std::string& output, const std::string& dead_letter,
                                     const std::string& group,
                                     const std::vector<std::string>& more) {
    std::vector<std::string> words = {
        "run",      "--brokers", brokers,         "--input",   input,
        "--output", output,      "--dead-letter", dead_letter, "--group",
        group,      "--metrics", "127.0.0.1:0",   "--set",     "kafka.session_timeout=6 s"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::vector<std::string> delivery_flags(const std::string& delivery, const std::string& id) {
    std::vector<std::string> flags = {"--delivery", delivery};
    if (delivery == "exactly_once")
        flags.insert(flags.end(), {"--set", "run.transactional_id=" + id});
    return flags;
}

bool eventually(const std::function<bool()>& done, std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (done()) return true;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(
            std::chrono::milliseconds(5));  // the pause between two looks, not a wait for something
    }
}

std::pair<int, std::string> http_get(const std::string& url) {
    // http://A.B.C.D:PORT/PATH
    const auto host_at = url.find("://") + 3;
    const auto colon = url.find(':', host_at);
    const auto slash = url.find('/', host_at);
    const std::string host = url.substr(host_at, colon - host_at);
    const int port = std::stoi(url.substr(colon + 1, slash - colon - 1));
    const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    std::string answer;
    if (handle >= 0 &&
        connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        const std::string request = "GET " + url.substr(slash) + " HTTP/1.1\r\nHost: " + host +
                                    "\r\nConnection: close\r\n\r\n";
        (void)!write(handle, request.data(), request.size());
        std::array<char, 4096> buffer{};
        ssize_t got = 0;
        while ((got = read(handle, buffer.data(), buffer.size())) > 0)
            answer.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(handle);
    const auto body = answer.find("\r\n\r\n");
    if (answer.size() < 12 || body == std::string::npos) return {0, ""};
    return {std::stoi(answer.substr(9, 3)), answer.substr(body + 4)};
}

}  // namespace ceasewire::test
