#include "kafka/reader.h"

#include <algorithm>
#include <map>

#include "kafka/client.h"
#include "kafka/message.h"

namespace ceasewire::kafka {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using stream::Failure;
using stream::FailureKind;

constexpr int kAnswerMs = 10'000;
constexpr int kTries = 4;
constexpr milliseconds kPoll{200};
constexpr std::size_t kPrefetchKbytes = 65'536;  // small queues stall a fetch before 2.2.0

}  // namespace

struct Reader::State {
    State(const Settings& settings_, stream::Observer& observer)
        : settings(settings_), voice(observer, nullptr, "reader") {}

    Settings settings;
    Voice voice;
    rd_kafka_t* client = nullptr;

    [[nodiscard]] Failure silent(const std::string& what, rd_kafka_resp_err_t code) const {
        if (auto shut_out = voice.shut_out(settings.brokers)) return std::move(*shut_out);
        std::string text = "cannot " + what + ": " + rd_kafka_err2str(code);
        if (!voice.last_error().empty()) text += " (" + voice.last_error() + ")";
        return Failure{is_denied(code) ? FailureKind::denied : FailureKind::unavailable, text};
    }
    /// Asks a few times: a broker that has just started does not know everything yet.
    rd_kafka_resp_err_t ask(const std::function<rd_kafka_resp_err_t()>& once) {
        rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
        for (int i = 0; i < kTries; ++i) {
            code = once();
            (void)rd_kafka_poll(client, 0);  // what went wrong is said there
            if (code == RD_KAFKA_RESP_ERR_NO_ERROR || is_denied(code)) break;
            if (voice.shut_out(settings.brokers)) break;
        }
        return code;
    }
};

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}

Expected<std::unique_ptr<Reader>, Failure> Reader::open(const Settings& settings,
                                                        stream::Observer& observer) {
    auto state = std::make_unique<State>(settings, observer);
    state->settings.delivery = Delivery::exactly_once;  // so the client commits nothing by itself
    state->settings.prefetch_kbytes = kPrefetchKbytes;
    state->settings.group_instance_id.clear();
    auto conf = make_conf(state->settings, Role::consumer, 0);
    if (!conf) return Unexpected(std::move(conf).error());
    rd_kafka_conf_set_opaque(conf->get(), &state->voice);
    auto client = make_client(RD_KAFKA_CONSUMER, std::move(conf).value());
    if (!client) return Unexpected(std::move(client).error());
    state->client = *client;
    rd_kafka_poll_set_consumer(state->client);
    return std::unique_ptr<Reader>(new Reader(std::move(state)));
}

Reader::~Reader() {
    // It has joined no group, so there is none to leave.
    (void)destroy_client(state_->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE,
                         state_->settings.destroy_timeout);
}

Expected<std::vector<Stretch>, Failure> Reader::stretches(const std::string& topic,
                                                          std::optional<std::int64_t> from,
                                                          std::optional<std::int64_t> to) {
    State& state = *state_;
    std::vector<Stretch> out;
    rd_kafka_topic_t* handle = rd_kafka_topic_new(state.client, topic.c_str(), nullptr);
    rd_kafka_resp_err_t code = state.ask([&] {
        const rd_kafka_metadata_t* metadata = nullptr;
        auto answer = rd_kafka_metadata(state.client, 0, handle, &metadata, kAnswerMs);
        if (answer != RD_KAFKA_RESP_ERR_NO_ERROR) return answer;
        answer = metadata->topic_cnt == 1 ? metadata->topics[0].err
                                          : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
        out.clear();
        for (int i = 0;
             answer == RD_KAFKA_RESP_ERR_NO_ERROR && i < metadata->topics[0].partition_cnt; ++i)
            out.push_back({topic, metadata->topics[0].partitions[i].id, 0, 0});
        rd_kafka_metadata_destroy(metadata);
        return answer;
    });
    rd_kafka_topic_destroy(handle);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return Unexpected(state.silent("read topic " + topic, code));
    for (Stretch& stretch : out) {
        code = state.ask([&] {
            return rd_kafka_query_watermark_offsets(state.client, topic.c_str(), stretch.partition,
                                                    &stretch.begin, &stretch.end, kAnswerMs);
        });
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return Unexpected(state.silent("find the ends of topic " + topic, code));
    }
    const auto cut = [&](std::int64_t time, std::int64_t Stretch::* edge) {
        const TopicList list = new_topic_list(static_cast<int>(out.size()));
        for (const Stretch& stretch : out) {
            rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), stretch.partition)
                ->offset = time;
        }
        code = state.ask(
            [&] { return rd_kafka_offsets_for_times(state.client, list.get(), kAnswerMs); });
        for (int i = 0; code == RD_KAFKA_RESP_ERR_NO_ERROR && i < list->cnt; ++i) {
            Stretch& stretch = out[static_cast<std::size_t>(i)];
            code = list->elems[i].err;
            // Nothing so late: behind the last message.
            const std::int64_t offset =
                list->elems[i].offset < 0 ? stretch.end : list->elems[i].offset;
            stretch.*edge = std::clamp(offset, stretch.begin, stretch.end);
        }
        return code == RD_KAFKA_RESP_ERR_NO_ERROR;
    };
    if ((to && !cut(*to, &Stretch::end)) || (from && !cut(*from, &Stretch::begin)))
        return Unexpected(state.silent("find times in topic " + topic, code));
    return out;
}

Expected<std::int64_t, Failure> Reader::keep_committed(std::vector<Stretch>& stretches) {
    State& state = *state_;
    const TopicList list = new_topic_list(static_cast<int>(stretches.size()));
    for (const Stretch& stretch : stretches)
        rd_kafka_topic_partition_list_add(list.get(), stretch.topic.c_str(), stretch.partition);
    const auto code =
        state.ask([&] { return rd_kafka_committed(state.client, list.get(), kAnswerMs); });
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return Unexpected(state.silent("read what the group has committed", code));
    std::int64_t cut = 0;
    for (int i = 0; i < list->cnt; ++i) {
        Stretch& stretch = stretches[static_cast<std::size_t>(i)];
        const std::int64_t end =
            std::clamp(list->elems[i].offset, stretch.begin, std::max(stretch.begin, stretch.end));
        cut += stretch.end - end;
        stretch.end = end;
    }
    return cut;
}

Expected<Nothing, Failure> Reader::read(const std::vector<Stretch>& stretches,
                                        const std::atomic<bool>& stop,
                                        const std::function<void(const stream::Message&)>& take) {
    State& state = *state_;
    const TopicList list = new_topic_list(static_cast<int>(stretches.size()));
    std::map<std::pair<std::string, std::int32_t>, std::int64_t> left;
    for (const Stretch& stretch : stretches) {
        if (stretch.begin >= stretch.end) continue;
        rd_kafka_topic_partition_list_add(list.get(), stretch.topic.c_str(), stretch.partition)
            ->offset = stretch.begin;
        left[{stretch.topic, stretch.partition}] = stretch.end;
    }
    if (left.empty()) return Nothing{};
    if (const auto code = rd_kafka_assign(state.client, list.get());
        code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return Unexpected(state.silent("read", code));
    auto heard = steady_clock::now();
    std::optional<Failure> failure;
    while (!left.empty() && !stop.load(std::memory_order_relaxed) && !failure) {
        rd_kafka_message_t* raw =
            rd_kafka_consumer_poll(state.client, static_cast<int>(kPoll.count()));
        const auto now = steady_clock::now();
        if (raw == nullptr) {
            if (state.settings.start_wait > milliseconds(0) &&
                now - heard > state.settings.start_wait)
                failure = state.silent("read on", RD_KAFKA_RESP_ERR__TIMED_OUT);
            continue;
        }
        stream::Message message;
        message.backing = stream::Backing(raw, [](void* each) {
            rd_kafka_message_destroy(static_cast<rd_kafka_message_t*>(each));
        });
        heard = now;
        const std::string topic = raw->rkt != nullptr ? rd_kafka_topic_name(raw->rkt) : "";
        const auto found = left.find({topic, raw->partition});
        if (raw->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            // Also where a transaction is open: what it holds is not there yet.
            if (found != left.end()) left.erase(found);
            continue;
        }
        if (raw->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (is_denied(raw->err) || raw->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
                raw->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE || state.voice.fatal())
                failure = state.silent("read " + topic, raw->err);
            continue;
        }
        if (found == left.end()) continue;
        if (raw->offset < found->second) {
            read_message(*raw, topic, message);
            take(message);
        }
        if (raw->offset + 1 >= found->second) left.erase(found);
    }
    rd_kafka_assign(state.client, nullptr);
    if (failure) return Unexpected(*failure);
    return Nothing{};
}

}  // namespace ceasewire::kafka
