#include "config/keys.h"

#include <algorithm>
#include <array>
#include <limits>

#include "config/value.h"

namespace ceasewire::config {
namespace {

constexpr std::array<std::string_view, 2> kDeliveryNames = {"at_least_once", "exactly_once"};
constexpr std::array<std::string_view, 2> kOnGapNames = {"stop", "continue"};
constexpr std::array<std::string_view, 2> kStartNames = {"earliest", "latest"};
constexpr std::array<std::string_view, 4> kSecurityNames = {"plaintext", "ssl", "sasl_plaintext",
                                                            "sasl_ssl"};
constexpr std::array<std::string_view, 2> kAssignmentNames = {"cooperative-sticky", "range"};
constexpr std::array<std::string_view, 5> kCompressionNames = {"none", "gzip", "snappy", "lz4",
                                                               "zstd"};
constexpr std::array<std::string_view, 4> kLogLevelNames = {"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 2> kLogFormatNames = {"text", "json"};

/// The enums have std::uint8_t below them, which is a character type and may alias them.
template <class Enum>
Slot choice(Enum& value, std::span<const std::string_view> names) {
    static_assert(std::is_same_v<std::underlying_type_t<Enum>, std::uint8_t>);
    return Choice{reinterpret_cast<std::uint8_t*>(&value), names};
}

bool is_port(std::string_view text) {
    const auto port = parse_number(text);
    return port && *port >= 1 && *port <= 65535 && text.front() != '0';
}

std::string check_host_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || !is_port(text.substr(colon + 1)))
        return "expected host:port";
    if (text.find_first_of(" \t\"'/") != std::string_view::npos) return "expected host:port";
    return {};
}

/// Empty is off, and port 0 a free one.
std::string check_address(std::string_view text) {
    return text.empty() || (text.ends_with(":0") && text.size() > 2) ? std::string()
                                                                     : check_host_port(text);
}

std::string check_brokers(std::string_view text) {
    for (const std::string& broker : split_list(text)) {
        if (!check_host_port(broker).empty())
            return "expected host:port, or several with commas between them";
    }
    return {};
}

std::string check_topic(std::string_view text) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    if (text == "." || text == ".." || text.find_first_not_of(kAllowed) != std::string_view::npos) {
        return "a topic's name has only letters, digits, '.', '_' and '-'";
    }
    return {};
}

std::string check_topics(std::string_view text) {
    for (const std::string& topic : split_list(text)) {
        if (topic.empty()) return "expected a topic, or several with commas between them";
        if (auto problem = check_topic(topic); !problem.empty()) return problem;
    }
    return {};
}

constexpr std::int64_t kTextMax = 4096;
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kMiB = 1 << 20;
constexpr std::int64_t kBytesMax = std::int64_t{1} << 50;

constexpr std::array kSections = {
    Section{"kafka", "How to reach the brokers."},
    Section{"topics", "What is read and written."},
    Section{"enrich", "What changes the records."},
    Section{"run", "How the work is done. Nothing here changes a record."},
    Section{"metrics", "Prometheus metrics and health."},
    Section{"log", "The log, on standard error."},
};

const std::array kKeys = {
    Key{"kafka.brokers", "brokers", "\"localhost:9092\"", 1, kTextMax,
        "The brokers to ask first, host:port, with commas between them.",
        [](Config& c) -> Slot { return &c.kafka.brokers; }, check_brokers},
    Key{"kafka.group", "group", "\"ceasewire\"", 1, 249,
        "The consumer group. Programs of one group share the work; another group reads everything "
        "once more.",
        [](Config& c) -> Slot { return &c.kafka.group; }},
    Key{"kafka.client_id", "", "\"ceasewire\"", 1, 32,
        "The name that the brokers see in their logs and quotas. Short: long ones have crashed the "
        "client library.",
        [](Config& c) -> Slot { return &c.kafka.client_id; }},
    Key{"kafka.instance", "", "\"\"", 0, 200,
        "A name for this program that stays over restarts (static membership), such as a host's: "
        "partitions wait for it instead of moving. "
        "Give it only where it is unique. Empty: none.",
        [](Config& c) -> Slot { return &c.kafka.instance; }},
    Key{"kafka.assignment", "", "\"cooperative-sticky\"", 0, 0,
        "How a group shares its partitions. All members must say the same.",
        [](Config& c) -> Slot { return choice(c.kafka.assignment, kAssignmentNames); }},
    Key{"kafka.session_timeout", "", "\"45 s\"", 6 * kSecond, 30 * kMinute,
        "How long a member may be silent before its partitions are given to others.",
        [](Config& c) -> Slot { return &c.kafka.session_timeout; }},
    Key{"kafka.max_poll_interval", "", "\"5 min\"", 10 * kSecond, 24 * 60 * kMinute,
        "How long a lane may be busy without asking for messages before it counts as stuck.",
        [](Config& c) -> Slot { return &c.kafka.max_poll_interval; }},
    Key{"kafka.commit_interval", "", "\"1 s\"", 10, kMinute,
        "How often progress is committed. After a crash at most this much work is done again.",
        [](Config& c) -> Slot { return &c.kafka.commit_interval; }},
    Key{"kafka.compression", "", "\"none\"", 0, 0,
        "How records are compressed. None is the fastest where the network allows it.",
        [](Config& c) -> Slot { return choice(c.kafka.compression, kCompressionNames); }},
    Key{"kafka.security", "", "\"plaintext\"", 0, 0,
        "Whether the connection is encrypted (ssl), authenticated (sasl), or both.",
        [](Config& c) -> Slot { return choice(c.kafka.security, kSecurityNames); }},
    Key{"kafka.verify_hostname", "", "true", 0, 0,
        "Whether a broker's certificate must be for its host name.",
        [](Config& c) -> Slot { return &c.kafka.verify_hostname; }},
    Key{"kafka.sasl_mechanism", "", "\"SCRAM-SHA-512\"", 1, 64,
        "How to authenticate when security says sasl: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, or "
        "another that librdkafka knows.",
        [](Config& c) -> Slot { return &c.kafka.sasl_mechanism; }},
    Key{"kafka.username", "", "\"\"", 0, 256, "The user to authenticate as.",
        [](Config& c) -> Slot { return &c.kafka.username; }},
    Key{"kafka.password", "", "\"\"", 0, kTextMax,
        "That user's password. Taken from the environment only; to keep it in a file, name that "
        "file in password_file.",
        [](Config& c) -> Slot { return &c.kafka.password; }},
    Key{"kafka.password_file", "", "\"\"", 0, kTextMax,
        "A file that holds nothing but the password. One newline at its end is not part of it.",
        [](Config& c) -> Slot { return &c.kafka.password_file; }},
    Key{"kafka.ca_file", "", "\"\"", 0, kTextMax,
        "Certificates (PEM) of the authorities that the brokers' certificates must come from. "
        "Empty: those of the system.",
        [](Config& c) -> Slot { return &c.kafka.ca_file; }},
    Key{"kafka.certificate_file", "", "\"\"", 0, kTextMax,
        "Our own certificate (PEM), for brokers that ask for one.",
        [](Config& c) -> Slot { return &c.kafka.certificate_file; }},
    Key{"kafka.key_file", "", "\"\"", 0, kTextMax, "The private key (PEM) of certificate_file.",
        [](Config& c) -> Slot { return &c.kafka.key_file; }},
    Key{"kafka.key_password", "", "\"\"", 0, kTextMax,
        "The password of key_file. Taken from the environment only, as kafka.password.",
        [](Config& c) -> Slot { return &c.kafka.key_password; }},
    Key{"kafka.key_password_file", "", "\"\"", 0, kTextMax,
        "A file that holds nothing but the password of key_file.",
        [](Config& c) -> Slot { return &c.kafka.key_password_file; }},

    Key{"topics.input", "input", "\"articles\"", 1, kTextMax,
        "The topic that articles are read from, or several with commas between them.",
        [](Config& c) -> Slot { return &c.topics.input; }, check_topics},
    Key{"topics.output", "output", "\"articles-enriched\"", 1, 249,
        "The topic that enriched records are written to.",
        [](Config& c) -> Slot { return &c.topics.output; }, check_topic},
    Key{"topics.dead_letter", "dead-letter", "\"articles-dead\"", 1, 249,
        "The topic for messages that are no articles, with the reason in their headers.",
        [](Config& c) -> Slot { return &c.topics.dead_letter; }, check_topic},
    Key{"topics.create", "create-topics", "false", 0, 0,
        "Create missing topics at start. Else a missing topic ends the program, as a wrong name "
        "should.",
        [](Config& c) -> Slot { return &c.topics.create; }},
    Key{"topics.partitions", "", "4", 1, 10000,
        "The partitions of a topic that is created. More can work in parallel.",
        [](Config& c) -> Slot { return &c.topics.partitions; }},
    Key{"topics.replication", "", "-1", -1, 100,
        "The copies of a topic that is created; -1 leaves it to the brokers.",
        [](Config& c) -> Slot { return &c.topics.replication; }},

    Key{"enrich.lexicon", "lexicon", "\"\"", 0, kTextMax,
        "A directory of lexicon files that replace or extend those built into the program. Empty: "
        "only those.",
        [](Config& c) -> Slot { return &c.enrich.lexicon; }},
    Key{"enrich.message_bytes_max", "message-bytes-max", "\"8 MiB\"", 1024, 512 * kMiB,
        "The longest message that is read; a longer one goes to the dead letters as too_large.",
        [](Config& c) -> Slot { return &c.enrich.message_bytes_max; }},
    Key{"enrich.json_depth_max", "", "64", 4, 1000,
        "The deepest nesting of JSON; deeper goes to the dead letters as too_deep.",
        [](Config& c) -> Slot { return &c.enrich.json_depth_max; }},

    Key{"run.delivery", "delivery", "\"at_least_once\"", 0, 0,
        "What a crash may do. at_least_once: nothing is lost, some records come twice, byte for "
        "byte the same. exactly_once: nothing comes twice either, for readers with "
        "isolation.level=read_committed; records are seen when their transaction is committed.",
        [](Config& c) -> Slot { return choice(c.run.delivery, kDeliveryNames); }},
    Key{"run.transaction_interval", "", "\"100 ms\"", 1, 10 * kSecond,
        "With exactly_once: how old a transaction becomes before it is committed. Records wait "
        "half "
        "of this on average.",
        [](Config& c) -> Slot { return &c.run.transaction_interval; }},
    Key{"run.transaction_records", "", "20000", 1, 1'000'000,
        "With exactly_once: how many records a transaction may hold; a full one is committed at "
        "once.",
        [](Config& c) -> Slot { return &c.run.transaction_records; }},
    Key{"run.transactional_id", "", "\"\"", 0, 200,
        "With exactly_once: the name of this program at the brokers, which has to stay over "
        "restarts "
        "and to be its own: of two programs with one name the newer shuts the older out (exit "
        "status 77). Empty: the group and kafka.instance, or else the host's name.",
        [](Config& c) -> Slot { return &c.run.transactional_id; }},
    Key{"run.uncommitted_records", "", "100000", 100, 1'000'000'000,
        "With at_least_once: how many messages a lane may have taken that are not committed yet. "
        "So many records come twice, at most, when the program dies. A lane that has reached it "
        "waits for the next commit, so it has to hold what comes in within kafka.commit_interval.",
        [](Config& c) -> Slot { return &c.run.uncommitted_records; }},
    Key{"run.start", "start", "\"earliest\"", 0, 0,
        "Where a group begins that has never committed: with the oldest message kept, or with the "
        "next to come.",
        [](Config& c) -> Slot { return choice(c.run.start, kStartNames); }},
    Key{"run.on_gap", "on-gap", "\"stop\"", 0, 0,
        "What to do where messages of the input are gone before they were read (retention, a topic "
        "cut or made anew). stop: end with exit status 80 and say which. continue: log them, count "
        "them in ceasewire_offsets_missing_total, and go on behind them.",
        [](Config& c) -> Slot { return choice(c.run.on_gap, kOnGapNames); }},
    Key{"run.lanes", "lanes", "0", 0, 256,
        "How many lanes work side by side, each one thread with its own consumer and producer; 0: "
        "one a core. More lanes than "
        "partitions of the input topic are idle.",
        [](Config& c) -> Slot { return &c.run.lanes; }},
    Key{"run.memory_max", "memory", "\"0\"", 0, kBytesMax,
        "The most memory that the buffers may be planned for; the program does not start with "
        "settings that could need more. 0: "
        "what the control group or the machine allows.",
        [](Config& c) -> Slot { return &c.run.memory_max; }},
    Key{"run.prefetch", "", "\"16 MiB\"", kMiB, 2047 * kMiB, "How much a lane may fetch ahead.",
        [](Config& c) -> Slot { return &c.run.prefetch; }},
    Key{"run.produce_queue", "", "\"16 MiB\"", kMiB, 2047 * kMiB,
        "How much of a lane's output may wait for the brokers. More than this costs time: the "
        "client spins.",
        [](Config& c) -> Slot { return &c.run.produce_queue; }},
    Key{"run.startup_wait", "startup-wait", "\"30 s\"", 0, 60 * kMinute,
        "How long to wait at start for brokers that do not answer, before the program ends with "
        "exit status 69.",
        [](Config& c) -> Slot { return &c.run.startup_wait; }},
    Key{"run.missing_topic_wait", "missing-topic-wait", "\"10 s\"", 0, 60 * kMinute,
        "How long a topic must be missing at start to count as missing: brokers that have just "
        "started do not know all of theirs.",
        [](Config& c) -> Slot { return &c.run.missing_topic_wait; }},
    Key{"run.shutdown_budget", "shutdown-budget", "\"25 s\"", kSecond, 10 * kMinute,
        "How long a stop may take in all: finishing what is in hand, committing, leaving the "
        "group. Give the service manager ten "
        "seconds more.",
        [](Config& c) -> Slot { return &c.run.shutdown_budget; }},
    Key{"run.stall_limit", "", "\"10 min\"", 0, 24 * 60 * kMinute,
        "A lane that makes no progress for so long, although there is work and the brokers answer, "
        "is given new clients; if that does not help, the program ends with exit status 75 to be "
        "started again, and /livez says so before. 0: never.",
        [](Config& c) -> Slot { return &c.run.stall_limit; }},
    Key{"run.dead_letter_percent_max", "", "50", 0, 100,
        "A lane halts when more than this share of its input became dead letters, and /readyz says "
        "so: what is sent upstream is broken then, and would only fill the dead-letter topic. 0: "
        "never.",
        [](Config& c) -> Slot { return &c.run.dead_letter_percent_max; }},
    Key{"run.dead_letter_messages_min", "", "1000", 1, 1'000'000'000,
        "How many messages a lane must have seen within run.dead_letter_window before their share "
        "counts.",
        [](Config& c) -> Slot { return &c.run.dead_letter_messages_min; }},
    Key{"run.dead_letter_window", "", "\"1 min\"", kSecond, 24 * 60 * kMinute,
        "The time over which that share is measured.",
        [](Config& c) -> Slot { return &c.run.dead_letter_window; }},
    Key{"run.dead_letter_quiet", "", "\"5 min\"", kSecond, 24 * 60 * kMinute,
        "How long a lane stays halted before it tries again. A new start of the program tries at "
        "once.",
        [](Config& c) -> Slot { return &c.run.dead_letter_quiet; }},

    Key{"metrics.address", "metrics", "\"127.0.0.1:9464\"", 0, 256,
        "Where /metrics, /livez and /readyz are served. Empty: nowhere. They have no password: do "
        "not open them to the world.",
        [](Config& c) -> Slot { return &c.metrics.address; }, check_address},

    Key{"log.level", "log-level", "\"info\"", 0, 0, "The least important lines to log.",
        [](Config& c) -> Slot { return choice(c.log.level, kLogLevelNames); }},
    Key{"log.format", "log-format", "\"text\"", 0, 0,
        "Lines for people (text) or for machines (json).",
        [](Config& c) -> Slot { return choice(c.log.format, kLogFormatNames); }},
};

struct Refusal {
    std::string_view property;
    std::string_view reason;
};

constexpr std::string_view kCommits =
    "offsets are committed only when their records are acknowledged; this would lose messages";
constexpr std::string_view kLoses = "it could lose, double or reorder records when a broker fails";
constexpr std::string_view kForever =
    "a record that cannot be delivered yet must wait, not fail: a broker's outage would turn into "
    "lost records";

constexpr std::array kRefusals = {
    Refusal{"enable.auto.commit", kCommits},
    Refusal{"auto.commit.enable", kCommits},
    Refusal{"enable.auto.offset.store", kCommits},
    Refusal{"offset.store.method", kCommits},
    Refusal{"enable.idempotence", kLoses},
    Refusal{"enable.gapless.guarantee", kLoses},
    Refusal{"acks", kLoses},
    Refusal{"request.required.acks", kLoses},
    Refusal{"queuing.strategy", kLoses},
    Refusal{"max.in.flight", kLoses},
    Refusal{"max.in.flight.requests.per.connection", kLoses},
    Refusal{"delivery.report.only.error", "a commit waits for every record's acknowledgement"},
    Refusal{"message.timeout.ms", kForever},
    Refusal{"delivery.timeout.ms", kForever},
    Refusal{"message.send.max.retries", kForever},
    Refusal{"retries", kForever},
    Refusal{"isolation.level", "input of an aborted transaction must never be seen"},
    Refusal{"transactional.id", "transactions belong to run.delivery"},
    Refusal{"transaction.timeout.ms", "it follows from kafka.session_timeout"},
    Refusal{"auto.offset.reset",
            "use run.start, which applies only to a group that has never committed; later it would "
            "skip messages"},
    Refusal{"enable.partition.eof", "the program does not want these events"},
    Refusal{"group.protocol", "only the classic protocol is tested"},
    Refusal{"log.queue", "the program serves the client's log itself"},
    Refusal{"plugin.library.paths", "no foreign code in this process"},
    Refusal{"ssl.engine.location", "no foreign code in this process"},
    Refusal{"sasl.kerberos.kinit.cmd", "the program starts no others"},
    Refusal{"test.mock.num.brokers", "it would replace the brokers by a toy"},
    Refusal{"auto.commit.interval.ms", "use kafka.commit_interval"},
    Refusal{"partition.assignment.strategy", "use kafka.assignment"},
    Refusal{"session.timeout.ms", "use kafka.session_timeout"},
    Refusal{"max.poll.interval.ms", "use kafka.max_poll_interval"},
    Refusal{"group.instance.id", "use kafka.instance"},
    Refusal{"allow.auto.create.topics", "use topics.create"},
    Refusal{"bootstrap.servers", "use kafka.brokers"},
    Refusal{"metadata.broker.list", "use kafka.brokers"},
    Refusal{"group.id", "use kafka.group"},
    Refusal{"client.id", "use kafka.client_id"},
    Refusal{"security.protocol", "use kafka.security"},
    Refusal{"ssl.endpoint.identification.algorithm", "use kafka.verify_hostname"},
    Refusal{"enable.ssl.certificate.verification",
            "use kafka.verify_hostname, and kafka.ca_file for an authority of your own"},
    Refusal{"sasl.mechanism", "use kafka.sasl_mechanism"},
    Refusal{"sasl.mechanisms", "use kafka.sasl_mechanism"},
    Refusal{"sasl.username", "use kafka.username"},
    Refusal{"sasl.password", "use kafka.password_file, or kafka.password by the environment"},
    Refusal{"ssl.ca.location", "use kafka.ca_file"},
    Refusal{"ssl.certificate.location", "use kafka.certificate_file"},
    Refusal{"ssl.key.location", "use kafka.key_file"},
    Refusal{"ssl.key.password",
            "use kafka.key_password_file, or kafka.key_password by the environment"},
};

/// Names of properties that hold, or may hold, a secret. They would be shown by `config print`.
constexpr std::array<std::string_view, 6> kSecretWords = {
    "password", "secret", "passphrase", "private.key", ".pem", "oauthbearer.config"};

}  // namespace

std::span<const Section> sections() { return kSections; }
std::span<const Key> keys() { return kKeys; }

const Key* find_key(std::string_view name) {
    const auto found =
        std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.name == name; });
    return found == kKeys.end() ? nullptr : &*found;
}

std::string environment_name(std::string_view key) {
    std::string name = "CEASEWIRE_";
    for (const char c : key)
        name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '.' ? '_' : c;
    return name;
}

std::string domain_of(const Key& key) {
    struct Describe {
        const Key& key;
        std::string operator()(std::string*) const { return "text"; }
        std::string operator()(Secret*) const { return "a secret"; }
        std::string operator()(bool*) const { return "true or false"; }
        std::string operator()(std::int64_t*) const {
            return "a number from " + std::to_string(key.min) + " to " + std::to_string(key.max);
        }
        std::string operator()(Bytes*) const {
            if (key.max >= kBytesMax) return "bytes, such as \"512 MiB\"";
            return "bytes, from \"" + format(Bytes{key.min}) + "\" to \"" + format(Bytes{key.max}) +
                   "\"";
        }
        std::string operator()(std::chrono::milliseconds*) const {
            return "a time, from \"" + format(std::chrono::milliseconds(key.min)) + "\" to \"" +
                   format(std::chrono::milliseconds(key.max)) + "\"";
        }
        std::string operator()(const Choice& choice) const {
            std::string names;
            for (std::size_t i = 0; i < choice.names.size(); ++i) {
                if (i > 0) names += i + 1 == choice.names.size() ? " or " : ", ";
                names += '"' + std::string(choice.names[i]) + '"';
            }
            return names;
        }
    };
    Config config;
    return std::visit(Describe{key}, key.slot(config));
}

std::optional<std::string_view> refusal_of(std::string_view property) {
    const auto found = std::find_if(kRefusals.begin(), kRefusals.end(),
                                    [&](const Refusal& each) { return each.property == property; });
    if (found != kRefusals.end()) return found->reason;
    const bool secret = std::any_of(
        kSecretWords.begin(), kSecretWords.end(),
        [&](std::string_view word) { return property.find(word) != std::string_view::npos; });
    if (secret) return "it would hold a secret, and what is handed through is shown";
    return std::nullopt;
}

}  // namespace ceasewire::config
