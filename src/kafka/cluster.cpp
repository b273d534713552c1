#include "kafka/cluster.h"

#include <algorithm>
#include <array>
#include <set>
#include <thread>

#include "kafka/client.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;
using stream::LogLevel;

constexpr milliseconds kAsk{1'000};
constexpr milliseconds kPause{250};
constexpr int kAdminTimeoutMs = 10'000;
constexpr int kCommittedTries = 3;
constexpr milliseconds kShutOutPatience{3'000};

/// A client for questions, without any of the lanes' duties.
class Asker {
public:
    static Expected<std::unique_ptr<Asker>, Failure> open(const Settings& settings,
                                                          stream::Observer& observer) {
        auto conf = make_conf(settings, Role::questioner, 0);
        if (!conf) return Unexpected(std::move(conf).error());
        auto asker = std::unique_ptr<Asker>(new Asker(settings, observer));
        rd_kafka_conf_set_opaque(conf->get(), &asker->voice_);
        auto client = make_client(RD_KAFKA_PRODUCER, std::move(conf).value());
        if (!client) return Unexpected(std::move(client).error());
        asker->client_ = *client;
        return asker;
    }
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;
    ~Asker() {
        if (client_ != nullptr) destroy_client(client_, 0, settings_.destroy_timeout);
    }

    [[nodiscard]] std::string who() const {
        const std::string& words = voice_.last_error();
        if (words.empty()) return "no answer";
        // Encryption meets a port without it, or the other way round.
        const bool strange = words.find("SSL handshake failed") != std::string::npos ||
                             words.find("ApiVersion") != std::string::npos;
        return words + (strange ? "; is kafka.security what this port speaks?" : "");
    }
    [[nodiscard]] Voice& voice() { return voice_; }

    /// Serves errors and the log; the client says there why nobody answers.
    void serve() { rd_kafka_poll(client_, 0); }

    struct Topic {
        rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
        std::size_t partitions = 0;
    };
    /// How the brokers see one topic; nothing when they do not answer.
    std::optional<Topic> topic(const std::string& name) {
        rd_kafka_topic_t* topic = rd_kafka_topic_new(client_, name.c_str(), nullptr);
        if (topic == nullptr) return Topic{rd_kafka_last_error(), 0};
        const rd_kafka_metadata_t* metadata = nullptr;
        const auto code =
            rd_kafka_metadata(client_, 0, topic, &metadata, static_cast<int>(kAsk.count()));
        rd_kafka_topic_destroy(topic);
        serve();
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (is_denied(code)) return Topic{code, 0};
            return std::nullopt;
        }
        Topic answer{RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, 0};
        for (int i = 0; i < metadata->topic_cnt; ++i) {
            if (name == metadata->topics[i].topic) {
                answer = {metadata->topics[i].err,
                          static_cast<std::size_t>(metadata->topics[i].partition_cnt)};
            }
        }
        rd_kafka_metadata_destroy(metadata);
        return answer;
    }

    std::optional<Failure> create(const std::string& name);
    std::optional<std::size_t> message_bytes_max(const std::string& name);

private:
    Asker(const Settings& settings, stream::Observer& observer)
        : settings_(settings), voice_(observer, nullptr, "start") {}
    const Settings& settings_;
    Voice voice_;
    rd_kafka_t* client_ = nullptr;
};

std::optional<Failure> Asker::create(const std::string& name) {
    std::array<char, 512> reason{};
    rd_kafka_NewTopic_t* topic =
        rd_kafka_NewTopic_new(name.c_str(), settings_.create_partitions,
                              settings_.create_replication, reason.data(), reason.size());
    if (topic == nullptr)
        return Failure{FailureKind::config, "cannot make topic " + name + ": " + reason.data()};
    const Queue queue = new_queue(client_);
    rd_kafka_AdminOptions_t* options =
        rd_kafka_AdminOptions_new(client_, RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_AdminOptions_set_operation_timeout(options, kAdminTimeoutMs, nullptr, 0);
    rd_kafka_CreateTopics(client_, &topic, 1, options, queue.get());
    const Event event = own(rd_kafka_queue_poll(queue.get(), 2 * kAdminTimeoutMs));
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_NewTopic_destroy(topic);
    if (!event)
        return Failure{FailureKind::unavailable, "cannot make topic " + name + ": no answer"};
    rd_kafka_resp_err_t code = rd_kafka_event_error(event.get());
    std::string text =
        code != RD_KAFKA_RESP_ERR_NO_ERROR ? rd_kafka_event_error_string(event.get()) : "";
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
        std::size_t count = 0;
        const auto* const* topics = rd_kafka_CreateTopics_result_topics(
            rd_kafka_event_CreateTopics_result(event.get()), &count);
        for (std::size_t i = 0; i < count; ++i) {
            code = rd_kafka_topic_result_error(topics[i]);
            const char* words = rd_kafka_topic_result_error_string(topics[i]);
            text = words != nullptr ? words : "";
        }
    }
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        return std::nullopt;
    return Failure{is_denied(code) ? FailureKind::denied : FailureKind::unavailable,
                   "cannot make topic " + name + ": " + text};
}

std::optional<std::size_t> Asker::message_bytes_max(const std::string& name) {
    rd_kafka_ConfigResource_t* resource =
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str());
    const Queue queue = new_queue(client_);
    rd_kafka_DescribeConfigs(client_, &resource, 1, nullptr, queue.get());
    const Event event = own(rd_kafka_queue_poll(queue.get(), kAdminTimeoutMs));
    rd_kafka_ConfigResource_destroy(resource);
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return std::nullopt;
    std::size_t count = 0;
    const auto* const* resources = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t entries = 0;
        const auto* const* configs = rd_kafka_ConfigResource_configs(resources[i], &entries);
        for (std::size_t j = 0; j < entries; ++j) {
            const char* value = rd_kafka_ConfigEntry_value(configs[j]);
            if (value != nullptr &&
                std::string_view(rd_kafka_ConfigEntry_name(configs[j])) == "max.message.bytes") {
                return static_cast<std::size_t>(std::strtoull(value, nullptr, 10));
            }
        }
    }
    return std::nullopt;
}

/// Whether the group has committed anything of these partitions (of each topic in turn).
Expected<bool, Failure> has_committed(const Settings& settings, stream::Observer& observer,
                                      const std::vector<std::size_t>& partitions) {
    Settings mine = settings;
    mine.group_instance_id.clear();
    auto conf = make_conf(mine, Role::consumer, 0);
    if (!conf) return Unexpected(std::move(conf).error());
    Voice voice(observer, nullptr, "start");
    rd_kafka_conf_set_opaque(conf->get(), &voice);
    auto client = make_client(RD_KAFKA_CONSUMER, std::move(conf).value());
    if (!client) return Unexpected(std::move(client).error());
    const TopicList list = new_topic_list(static_cast<int>(partitions.size()));
    for (std::size_t topic = 0; topic < partitions.size(); ++topic) {
        for (std::size_t i = 0; i < partitions[topic]; ++i)
            rd_kafka_topic_partition_list_add(list.get(), settings.input_topics[topic].c_str(),
                                              static_cast<std::int32_t>(i));
    }
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (int attempt = 0; attempt < kCommittedTries; ++attempt) {
        code = rd_kafka_committed(*client, list.get(), kAdminTimeoutMs);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || is_denied(code)) break;
    }
    const bool any = std::any_of(list->elems, list->elems + list->cnt, [](const auto& element) {
        // In doubt by an open transaction is committed too.
        return element.offset >= 0 || element.err == RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT;
    });
    // It has joined no group, so there is none to leave.
    rd_kafka_destroy_flags(*client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return Unexpected(Failure{is_denied(code) ? FailureKind::denied : FailureKind::unavailable,
                                  "cannot read the committed offsets of group " +
                                      settings.group_id + ": " + rd_kafka_err2str(code)});
    return any;
}

}  // namespace

Expected<std::optional<ClusterFacts>, Failure> connect(const Settings& settings,
                                                       stream::Observer& observer,
                                                       const std::atomic<bool>& stop) {
    auto opened = Asker::open(settings, observer);
    if (!opened) return Unexpected(std::move(opened).error());
    Asker& asker = **opened;
    const auto begin = steady_clock::now();
    auto say_again = begin + std::chrono::minutes(1);

    std::vector<std::string> names = settings.input_topics;
    names.push_back(settings.output_topic);
    names.push_back(settings.dead_letter_topic);
    ClusterFacts facts;
    std::vector<std::size_t> partitions;  // of each input topic
    std::size_t answered = 0;             // topics that are in order, in the order of names
    std::chrono::steady_clock::time_point
        missing_since{};  // of the topic being looked at, when missing
    bool missing = false;
    std::set<std::string> created;
    while (answered < names.size()) {
        if (stop.load(std::memory_order_relaxed)) return std::optional<ClusterFacts>();
        const std::string& name = names[answered];
        const auto topic = asker.topic(name);
        const auto now = steady_clock::now();
        if (!topic) {
            if (now - begin > kShutOutPatience) {
                if (auto shut_out = asker.voice().shut_out(settings.brokers))
                    return Unexpected(std::move(*shut_out));
            }
            if (settings.start_wait > milliseconds(0) && now - begin > settings.start_wait) {
                return Unexpected(Failure{FailureKind::unavailable,
                                          "no broker at " + settings.brokers + " answered within " +
                                              std::to_string(settings.start_wait.count() / 1000) +
                                              " s: " + asker.who()});
            }
            if (now >= say_again) {
                say_again = now + std::chrono::minutes(1);
                asker.voice().say(LogLevel::warning, "still waiting for a broker at " +
                                                         settings.brokers + ": " + asker.who());
            }
            std::this_thread::sleep_for(kPause);
            continue;
        }
        if (topic->code == RD_KAFKA_RESP_ERR_NO_ERROR && topic->partitions > 0) {
            if (answered < settings.input_topics.size()) {
                facts.input_partitions += topic->partitions;
                partitions.push_back(topic->partitions);
            }
            ++answered;
            missing = false;
            continue;
        }
        if (is_denied(topic->code)) {
            return Unexpected(Failure{FailureKind::denied, "the brokers do not let us use topic " +
                                                               name + ": " +
                                                               rd_kafka_err2str(topic->code)});
        }
        if (topic->code == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION) {
            return Unexpected(Failure{FailureKind::config, "topic name " + name + " is not valid"});
        }
        if (settings.create_topics && is_unknown_topic(topic->code) &&
            created.insert(name).second) {
            if (auto failure = asker.create(name)) return Unexpected(std::move(*failure));
            asker.voice().say(LogLevel::info, "made topic " + name + " with " +
                                                  std::to_string(settings.create_partitions) +
                                                  " partitions");
            continue;
        }
        // Never at the first word: a broker that has just started looks the same, and
        // Bug::unknown_topic_for_a_moment does.
        if (!missing) missing_since = now;
        missing = true;
        if (now - missing_since > settings.missing_topic_wait) {
            const bool unknown = is_unknown_topic(topic->code);
            return Unexpected(Failure{
                FailureKind::unavailable,
                unknown ? "topic " + name + " does not exist at " + settings.brokers +
                              "; create it, or let us with create_topics"
                        : "topic " + name + " is not ready: " + rd_kafka_err2str(topic->code)});
        }
        std::this_thread::sleep_for(kPause);
    }
    if (settings.ask_topic_limits) {
        facts.output_message_bytes_max = asker.message_bytes_max(settings.output_topic);
    }
    if (settings.start_from == StartFrom::latest) {
        const auto begun = has_committed(settings, observer, partitions);
        if (!begun) return Unexpected(begun.error());
        facts.begun_at_end =
            *begun ? std::vector<std::size_t>(partitions.size(), 0) : std::move(partitions);
    }
    return std::optional<ClusterFacts>(facts);
}

std::string client_version() { return rd_kafka_version_str(); }

std::optional<std::string> what_is_wrong(const Settings& settings) {
    if (settings.brokers.empty()) return "no brokers are given";
    if (settings.input_topics.empty()) return "no input topic is given";
    if (settings.output_topic.empty()) return "no output topic is given";
    if (settings.dead_letter_topic.empty()) return "no dead-letter topic is given";
    if (settings.group_id.empty()) return "no group is given";
    std::set<std::string> names;
    for (const std::string& topic : settings.input_topics) {
        if (topic.empty()) return "an input topic has no name";
        if (topic.front() == '^') return "an input topic is a pattern; name the topics one by one";
        if (!names.insert(topic).second) return "input topic " + topic + " is given twice";
    }
    // What goes out must never come in again.
    if (names.contains(settings.output_topic))
        return "topic " + settings.output_topic + " is both input and output";
    if (names.contains(settings.dead_letter_topic))
        return "topic " + settings.dead_letter_topic + " is both input and dead-letter topic";
    if (settings.output_topic == settings.dead_letter_topic)
        return "records and dead letters need topics of their own";
    if (settings.delivery == Delivery::exactly_once && settings.transactional_id.empty())
        return "delivery exactly_once needs a transactional id";
    if (settings.create_partitions < 1) return "topics need at least one partition";
    for (const Role role : {Role::consumer, Role::producer}) {
        const auto conf = make_conf(settings, role, 0);
        if (!conf) return conf.error().message;
    }
    return std::nullopt;
}

bool brokers_answer(const Settings& settings) {
    stream::Observer nobody;
    auto asker = Asker::open(settings, nobody);
    return asker && (*asker)->topic(settings.output_topic).has_value();
}

std::uint64_t lane_memory_bytes(const Settings& settings) {
    // Prefetched messages, one response being received, outputs waiting (with their headers and
    // librdkafka's own 300 bytes, about half again).
    return std::uint64_t{settings.prefetch_kbytes} * 1024 + settings.fetch_bytes_max +
           std::uint64_t{settings.produce_queue_kbytes} * 1024 * 3 / 2;
}

}  // namespace ceasewire::kafka
