#include "faults/scene.h"

#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include <librdkafka/rdkafka.h>

namespace ceasewire::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// What Java calls the hash of a text, by which brokers divide their internal topics.
std::int32_t java_hash(const std::string& text) {
    std::uint32_t hash = 0;
    for (const char each : text) hash = 31 * hash + static_cast<unsigned char>(each);
    return static_cast<std::int32_t>(hash);
}

}  // namespace

Feed::Feed(const std::string& brokers, std::string topic, double pace, std::size_t count)
    : topic_(std::move(topic)),
      thread_([this, brokers, pace, count] { run(brokers, pace, count); }) {}

Feed::~Feed() {
    abandoned_.store(true);
    stop_.store(true);
    thread_.join();
}

void Feed::end() {
    stop_.store(true);
    if (!eventually([&] { return over(); }, kPatience))
        throw Broken("the feed cannot get rid of its messages");
}

void Feed::run(const std::string& brokers, double pace, std::size_t count) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> reason{};
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, std::string>>{{"bootstrap.servers", brokers},
                                                          {"acks", "all"},
                                                          {"max.in.flight", "1"},
                                                          {"message.timeout.ms", "0"},
                                                          {"reconnect.backoff.max.ms", "1000"},
                                                          {"linger.ms", "5"},
                                                          {"log_level", "1"},
                                                          {"partitioner", "murmur2_random"}}) {
        if (rd_kafka_conf_set(conf, key.c_str(), value.c_str(), reason.data(), reason.size()) !=
            RD_KAFKA_CONF_OK) {
            std::fprintf(stderr, "%s\n", reason.data());
            std::abort();
        }
    }
    rd_kafka_conf_set_opaque(conf, &acknowledged_);
    rd_kafka_conf_set_dr_msg_cb(conf,
                                [](rd_kafka_t*, const rd_kafka_message_t* report, void* opaque) {
                                    if (report->err == RD_KAFKA_RESP_ERR_NO_ERROR)
                                        ++*static_cast<std::atomic<std::size_t>*>(opaque);
                                });
    rd_kafka_t* client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason.data(), reason.size());
    const auto begin = Clock::now();
    std::size_t sent = 0;
    while (!stop_.load() && sent < count) {
        const std::chrono::duration<double> passed = Clock::now() - begin;
        const auto due = std::min(count, static_cast<std::size_t>(passed.count() * pace));
        // A feed has no endless memory either.
        while (sent < due && rd_kafka_outq_len(client) < 50'000) {
            const NewMessage message = mixed(sent);
            rd_kafka_headers_t* headers = rd_kafka_headers_new(message.headers.size());
            for (const auto& [name, value] : message.headers) {
                rd_kafka_header_add(headers, name.c_str(), -1, value ? value->data() : nullptr,
                                    value ? static_cast<ssize_t>(value->size()) : 0);
            }
            const char* topic = topic_.c_str();
            char* value = message.value ? const_cast<char*>(message.value->c_str()) : nullptr;
            const std::size_t value_size = message.value ? message.value->size() : 0;
            char* key = message.key ? const_cast<char*>(message.key->c_str()) : nullptr;
            const std::size_t key_size = message.key ? message.key->size() : 0;
            const auto code = rd_kafka_producev(
                client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                RD_KAFKA_V_VALUE(value, value_size), RD_KAFKA_V_KEY(key, key_size),
                RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
            if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
                rd_kafka_headers_destroy(headers);
                break;
            }
            ++sent;
        }
        rd_kafka_poll(client, 2);
    }
    while (rd_kafka_outq_len(client) > 0 && !abandoned_.load()) rd_kafka_poll(client, 50);
    if (abandoned_.load()) {
        rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_poll(client, 0);
    }
    rd_kafka_destroy(client);
    over_.store(true);
}

Member::Member(std::vector<std::string> command) : command_(std::move(command)) { start(); }

void Member::start() {
    process_ = std::make_unique<Process>(command_);
    heard_ = false;
}

void Member::tend() {
    if (!process_) return;
    if (process_->running()) {
        hear_of_doubles();
        return;
    }
    const int status = process_->wait(milliseconds(0)).value_or(-1);
    if (status == allowed_) {
        bury(true);
        return;
    }
    if (status != 75) throw Broken("ended with " + std::to_string(status) + "\n" + process_->log());
    ++restarts_;
    bury(true);
    start();
}

void Member::kill() {
    if (!process_) return;
    process_->signal(SIGKILL);
    (void)process_->wait(kPatience);
    bury(true);
}

/// Once a process: it stays, and a sleeper must not be asked.
void Member::hear_of_doubles() {
    if (heard_ || metric("ceasewire_lanes") < 1) return;
    doubled_by_a_death_ = static_cast<std::size_t>(metric("ceasewire_duplicates_max_records"));
    heard_ = true;
}

void Member::bury(bool dead) {
    may_double_ += given_back() + (dead ? doubled_by_a_death_ : 0);
    process_.reset();
}

std::size_t Member::given_back() const {
    if (!process_) return 0;
    const std::string log = process_->log();
    constexpr std::string_view kWords = " messages were taken and are given up before";
    std::size_t count = 0;
    for (auto at = log.find(kWords); at != std::string::npos; at = log.find(kWords, at + 1))
        count += static_cast<std::size_t>(std::atoll(log.c_str() + log.rfind(' ', at - 1) + 1));
    return count;
}

void Member::stop() {
    if (!process_) return;
    // Before its first word it has not begun to listen.
    (void)eventually([&] { return !process_->log().empty() || !process_->running(); }, kPatience);
    process_->signal(SIGTERM);
    const auto status = process_->wait(kPatience);
    if (status != 0) {
        throw Broken("told to stop, ended with " + std::to_string(status.value_or(-1)) + "\n" +
                     process_->log());
    }
    bury(false);
}

double Member::metric(const std::string& name) const {
    if (!process_ || process_->metrics_url().empty()) return 0;
    const std::string page = "\n" + http_get(process_->metrics_url() + "/metrics").second;
    const auto at = page.find("\n" + name + " ");
    return at == std::string::npos ? 0 : std::atof(page.c_str() + at + name.size() + 2);
}

int Member::probe(const std::string& path) const {
    if (!process_ || process_->metrics_url().empty()) return 0;
    return http_get(process_->metrics_url() + path).first;
}

Stage::Stage(unsigned seed) {
    BrokerSetup setup;
    setup.nodes = kNodes;
    setup.config = "replica.lag.time.max.ms=5000 controlled.shutdown.retry.backoff.ms=500";
    std::string ports;
    for (int node = 1; node <= kNodes; ++node) {
        roads_.push_back(std::make_unique<Proxy>(seed + static_cast<unsigned>(node)));
        ports += (ports.empty() ? "" : "/") + std::to_string(roads_.back()->port());
    }
    setup.listeners = "ROAD:PLAINTEXT:" + ports;
    brokers_ = std::make_unique<Broker>(setup);
    for (int node = 1; node <= kNodes; ++node) road(node).lead_to(brokers_->address("ROAD", node));
}

std::string Stage::by_road() const {
    std::string all;
    for (const auto& road : roads_) all += (all.empty() ? "" : ",") + road->address();
    return all;
}

void Stage::weather(const Weather& weather) {
    for (const auto& road : roads_) road->set(weather);
}

Scene::Scene(Stage& stage_, const Options& options_, Guarantee guarantee_, int row)
    : stage(stage_),
      options(options_),
      guarantee(guarantee_),
      topics(stage_.topics()),
      random(options_.seed + static_cast<unsigned>(row)) {
    const std::string stem =
        "row" + std::to_string(row) + (guarantee == Guarantee::exactly_once ? "-once" : "-least");
    in = stem + "-in";
    out = stem + "-out";
    dead = stem + "-dead";
    group = stem;
}

void Scene::create(int partitions, const TopicConfig& config) {
    topics.create(in, partitions, config);
    topics.create(out, 3);
    topics.create(dead, 1);
}

std::vector<std::string> Scene::command(const std::string& name,
                                        const std::vector<std::string>& more) const {
    auto words = run_command(stage.by_road(), in, out, dead, group, more);
    // Little, so that it is reached and the deaths are held against it.
    if (guarantee == Guarantee::at_least_once)
        words.insert(words.end(), {"--set", "run.uncommitted_records=1000"});
    const auto flags =
        delivery_flags(guarantee == Guarantee::exactly_once ? "exactly_once" : "at_least_once",
                       group + "-" + name);
    words.insert(words.end(), flags.begin(), flags.end());
    return words;
}

Member& Scene::add(const std::string& name, const std::vector<std::string>& more) {
    members_.push_back(std::make_unique<Member>(command(name, more)));
    return *members_.back();
}

void Scene::feed(double pace, std::size_t count) {
    feed_ = std::make_unique<Feed>(stage.direct(), in, pace * options.pace,
                                   options.messages != 0 ? options.messages : count);
}

std::size_t Scene::committed() const {
    std::size_t total = 0;
    for (const auto& [partition, offset] : topics.committed(group, in))
        total += static_cast<std::size_t>(std::max<std::int64_t>(0, offset));
    return total;
}

bool Scene::tend(const std::function<bool()>& done, milliseconds patience) {
    return eventually(
        [&] {
            for (const auto& member : members_) member->tend();
            return done();
        },
        patience);
}

void Scene::tend_for(milliseconds time) {
    (void)tend([] { return false; }, time);
}

void Scene::recover() {
    const std::size_t before = committed();
    const auto all = [&] {
        return feed_->over() && committed() == static_cast<std::size_t>(topics.size(in));
    };
    if (!tend([&] { return committed() > before || all(); }, kPatience))
        throw Broken("nothing is committed any more");
}

void Scene::heal() {
    const auto healthy = [&] {
        for (const std::string& topic : {in, out, dead, std::string("__consumer_offsets"),
                                         std::string("__transaction_state")}) {
            if (topic == "__transaction_state" && guarantee == Guarantee::at_least_once) continue;
            if (!topics.in_sync(topic)) return false;
        }
        return true;
    };
    if (!tend(healthy, kPatience)) throw Broken("the brokers do not come in sync again");
}

void Scene::wait_ready(Member& member) {
    if (!tend([&] { return member.probe("/readyz") == 200; }, kPatience))
        throw Broken("a process is not ready\n" + member.process().log());
}

void Scene::finish(bool with_audit) {
    stage.weather({});
    feed_->end();
    const auto all = static_cast<std::size_t>(topics.size(in));
    if (!tend([&] { return committed() == all; }, 2 * kPatience)) {
        std::string logs;
        for (const auto& member : members_) {
            if (member->up()) logs += "\n" + member->process().log();
        }
        throw Broken(std::to_string(committed()) + " of " + std::to_string(all) +
                     " messages are committed" + logs);
    }
    std::string said;
    for (const auto& member : members_) {
        member->tend();
        if (member->up()) said += "\n" + member->process().log();
        member->stop();
        outcome.restarts += member->restarts();
        outcome.may_double += member->may_double();
    }
    if (with_audit) audit();
    verify();
    weigh_doubles();
    weigh_deaths();
    if (!outcome.trouble.empty()) outcome.trouble.push_back("the processes said:" + said);
}

void Scene::audit() {
    const Accounts accounts = test::audit(topics, in, out, dead);
    outcome.messages = accounts.inputs;
    outcome.lost = accounts.lost;
    outcome.doubled = accounts.duplicates;
    outcome.differing = accounts.differing;
    outcome.reordered = accounts.reordered;
    for (const std::string& fault : accounts.faults) outcome.trouble.push_back(fault);
    if (guarantee == Guarantee::exactly_once && accounts.duplicates > 0)
        outcome.trouble.push_back("doubled although exactly once");
}

std::map<std::pair<std::string, std::int32_t>, std::int64_t> Scene::output_ends() const {
    std::map<std::pair<std::string, std::int32_t>, std::int64_t> ends;
    for (const std::string& topic : {out, dead}) {
        for (int partition = 0; partition < topics.partitions(topic); ++partition)
            ends[{topic, partition}] = topics.end(topic, partition);
    }
    return ends;
}

void Scene::note_death(const Member& member) {
    if (guarantee == Guarantee::exactly_once) return;
    Death death;
    death.bound = member.doubled_by_a_death();
    // What it had sent may still be on its way into the partitions.
    const auto rests = [&] { return death.ends == std::exchange(death.ends, output_ends()); };
    if (!eventually(rests, kPatience)) throw Broken("somebody writes for a dead process");
    death.committed = topics.committed(group, in);
    deaths_.push_back(std::move(death));
}

/// The records between the ends at the death before and those at a death, that are not committed,
/// are the ones that this death doubles.
void Scene::weigh_deaths() {
    std::map<std::pair<std::string, std::int32_t>, std::int64_t> before;
    std::size_t most = 0;
    std::size_t sum = 0;
    std::vector<StoredMessage> outputs;
    if (deaths_.empty()) return;
    for (const std::string& topic : {out, dead}) {
        for (StoredMessage& message : topics.read(topic)) {
            message.value = topic;  // where it stands; the text has been looked at
            outputs.push_back(std::move(message));
        }
    }
    for (const Death& death : deaths_) {
        std::size_t doubles = 0;
        for (const StoredMessage& message : outputs) {
            const std::pair place{*message.value, message.partition};
            if (message.offset < before[place] || message.offset >= death.ends.at(place)) continue;
            const std::string source = message.header("ceasewire-source").value_or("");
            const auto slash = source.rfind('/');
            const auto partition = source.rfind('/', slash - 1) + 1;
            const auto committed =
                death.committed.find(std::stoi(source.substr(partition, slash - partition)));
            const std::int64_t goes_on = committed == death.committed.end() ? 0 : committed->second;
            if (std::stoll(source.substr(slash + 1)) >= goes_on) ++doubles;
        }
        if (doubles > death.bound) {
            outcome.trouble.push_back("a death doubles " + std::to_string(doubles) +
                                      " records, and its metrics said " +
                                      std::to_string(death.bound));
        }
        most = std::max(most, doubles);
        sum += doubles;
        before = death.ends;
    }
    if (outcome.doubled > sum) {
        outcome.trouble.push_back("doubled " + std::to_string(outcome.doubled) +
                                  ", of which the deaths explain " + std::to_string(sum));
    }
    outcome.note += "; a death doubled at most " + std::to_string(most) + " of " +
                    std::to_string(deaths_.front().bound);
}

void Scene::weigh_doubles() {
    if (outcome.doubled > outcome.may_double) {
        outcome.trouble.push_back("doubled " + std::to_string(outcome.doubled) +
                                  ", and the processes said at most " +
                                  std::to_string(outcome.may_double));
    }
}

void Scene::verify() {
    Process process({"verify", "--brokers", stage.direct(), "--input", in, "--output", out,
                     "--dead-letter", dead, "--group", group, "--delivery",
                     guarantee == Guarantee::exactly_once ? "exactly_once" : "at_least_once"});
    const auto status = process.wait(std::chrono::minutes(30));
    if (status != 0)
        outcome.trouble.push_back("verify ends with " + std::to_string(status.value_or(-1)) +
                                  ":\n" + process.log());
    // Its last line: N messages: ...; 0 missing, 0 doubled, ...
    const std::string log = process.log();
    std::size_t number = 0;
    const auto at = log.find(" messages: ");
    if (at != std::string::npos) {
        const auto line = log.rfind('\n', at);
        number = static_cast<std::size_t>(
            std::atoll(log.c_str() + (line == std::string::npos ? 0 : line + 1)));
    }
    const auto doubled = log.find(" doubled", at == std::string::npos ? 0 : at);
    if (outcome.messages == 0) {
        outcome.messages = number;
        if (doubled != std::string::npos)
            outcome.doubled =
                static_cast<std::size_t>(std::atoll(log.c_str() + log.rfind(' ', doubled - 1) + 1));
    }
    if (number != outcome.messages)
        outcome.trouble.push_back("verify looked at " + std::to_string(number) + " messages");
}

int coordinator_of(const Topics& topics, const std::string& internal_topic,
                   const std::string& name) {
    return topics.leader(internal_topic,
                         std::abs(java_hash(name)) % topics.partitions(internal_topic));
}

}  // namespace ceasewire::test
