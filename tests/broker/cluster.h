#pragma once
/// A real broker for tests, and plain ways to fill and read its topics. Nothing here uses our own
/// Kafka room: the tests must not believe it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ceasewire::test {

/// How long anything may take that has to happen: no measure of speed, since brokers may be away
/// and the machine busy with other things.
constexpr std::chrono::minutes kPatience{5};

struct StoredMessage {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::int64_t timestamp_ms = 0;
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<std::pair<std::string, std::optional<std::string>>> headers;

    /// The last value of a header; nothing when it is not there.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

struct NewMessage {
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<std::pair<std::string, std::optional<std::string>>> headers;
    std::int32_t partition = -1;    ///< -1: by key
    std::int64_t timestamp_ms = 0;  ///< 0: now
};

using TopicConfig = std::vector<std::pair<std::string, std::string>>;

/// Topics at some brokers, by librdkafka. Every call fails the test by an exception when the
/// brokers do not do as told.
class Topics {
public:
    explicit Topics(std::string brokers);
    /// `replicas`: -1 is as many as the brokers make by themselves.
    void create(const std::string& name, int partitions, const TopicConfig& config = {},
                int replicas = -1) const;
    /// Adds partitions until there are so many.
    void grow(const std::string& name, int partitions) const;
    void alter(const std::string& name, const TopicConfig& config) const;
    /// Lets `user` do `operation` (all, describe) with a topic or group; with an authorizer, that
    /// closes it to everybody else.
    void allow(const std::string& kind, const std::string& name, const std::string& user,
               const std::string& operation) const;
    /// Deletes the messages of a partition before an offset, as retention does.
    void delete_before(const std::string& name, std::int32_t partition, std::int64_t offset) const;
    void remove(const std::vector<std::string>& names) const;
    /// Writes messages and waits until all are acknowledged.
    void fill(const std::string& name, const std::vector<NewMessage>& messages) const;
    /// `make(i)` for i in [0, count), without holding them all.
    void fill(const std::string& name, std::size_t count,
              const std::function<NewMessage(std::size_t)>& make) const;
    /// The same by a producer with these properties of librdkafka.
    void fill(const std::string& name, std::size_t count,
              const std::function<NewMessage(std::size_t)>& make,
              const TopicConfig& properties) const;
    /// Commits an offset for a group that has no members.
    void commit(const std::string& group, const std::string& topic, std::int32_t partition,
                std::int64_t offset) const;
    /// Everything in the topic up to its end now, by partition and in order, read_committed.
    [[nodiscard]] std::vector<StoredMessage> read(const std::string& name) const;
    /// Number of offsets in the topic: the sum over its partitions of high minus low mark.
    [[nodiscard]] std::int64_t size(const std::string& name) const;
    /// The offset behind the last one, markers and open transactions included.
    [[nodiscard]] std::int64_t end(const std::string& name, std::int32_t partition) const;
    [[nodiscard]] int partitions(const std::string& name) const;
    /// The node that leads a partition (-1: none), those that hold it, and whether every replica of
    /// the topic is in sync.
    [[nodiscard]] int leader(const std::string& name, std::int32_t partition) const;
    [[nodiscard]] std::vector<int> replicas(const std::string& name, std::int32_t partition) const;
    [[nodiscard]] bool in_sync(const std::string& name) const;
    /// Committed offset of each partition (-1: none).
    [[nodiscard]] std::map<std::int32_t, std::int64_t> committed(const std::string& group,
                                                                 const std::string& topic) const;

private:
    std::string brokers_;
};

/// A producer with a transaction that is open until it is told otherwise. Its end without a word
/// leaves the transaction open, as a producer's death does.
class TransactionalFeeder {
public:
    TransactionalFeeder(const std::string& brokers, const std::string& id,
                        std::chrono::milliseconds timeout = std::chrono::seconds(60));
    ~TransactionalFeeder();
    TransactionalFeeder(const TransactionalFeeder&) = delete;
    TransactionalFeeder& operator=(const TransactionalFeeder&) = delete;
    /// Writes messages into the open transaction, opening one when there is none, and waits until
    /// the brokers have them.
    void write(const std::string& topic, const std::vector<NewMessage>& messages);
    void commit();
    void abort();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// How brokers are set up; tests/broker/kafka tells more.
struct BrokerSetup {
    std::string config = {};     ///< more properties, "a=b c=d"
    std::string disk = {};       ///< a size such as "64m", beyond which the broker's disk is full
    std::string listeners = {};  ///< more listeners, "NAME:PROTOCOL[:PORT] ..."
    std::string format = {};     ///< more arguments of the first formatting
    int nodes = 1;
};

/// One node, or a few, that live in a temporary folder for as long as the object does.
class Broker {
public:
    explicit Broker(BrokerSetup setup);
    explicit Broker(const std::string& config = "", const std::string& disk = "");
    ~Broker();
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    /// Of all nodes, with commas between them.
    [[nodiscard]] const std::string& address() const { return address_; }
    /// Where a listener of the setup waits, of one node or of the only one.
    [[nodiscard]] std::string address(const std::string& listener, int node = 0) const;
    /// Each of these for one node (from 1 on), or for all.
    void start(int node = 0);
    void stop(int node = 0);
    void kill9(int node = 0);
    void pause(int node = 0);
    void resume(int node = 0);
    /// Makes a small disk this large.
    void grow(const std::string& disk);
    [[nodiscard]] bool running() const;
    /// Runs a command-line class of Kafka's with these arguments, for what librdkafka cannot do.
    void tool(const std::string& arguments) const;
    [[nodiscard]] Topics topics() const { return Topics(address_); }
    /// A topic name that nobody has used.
    [[nodiscard]] std::string fresh(const std::string& stem);

private:
    void command(const std::string& verb, int node = 0, const std::string& argument = "") const;
    [[nodiscard]] std::string folder(int node) const;
    std::string folder_;
    BrokerSetup setup_;
    std::string address_;
};

/// The program under test as a process.
class Process {
public:
    /// `arguments` without the program's name; no program: ceasewire, the one that was built with
    /// the tests or that CEASEWIRE_TEST_PROGRAM names. `environment`: "NAME=VALUE", beside ours.
    /// What it prints goes to a file that log() reads.
    explicit Process(const std::vector<std::string>& arguments, const std::string& program = "",
                     const std::vector<std::string>& environment = {});
    /// Kills what still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void signal(int number) const;
    /// Exit status (128 + signal for a killed one); nothing when it still runs after `timeout`.
    [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds timeout);
    [[nodiscard]] bool running();
    [[nodiscard]] std::string log() const;
    /// The lines of the log that somebody has to act on: all but news and warnings.
    [[nodiscard]] std::vector<std::string> complaints() const;
    /// "http://127.0.0.1:PORT" once the log tells it; "" before.
    [[nodiscard]] std::string metrics_url() const;
    [[nodiscard]] int pid() const { return pid_; }

private:
    int pid_ = -1;
    std::optional<int> status_;
    std::string log_path_;
};

/// The command line of `ceasewire run` between these topics, with a free port for metrics and short
/// sessions.
[[nodiscard]] std::vector<std::string> run_command(const std::string& brokers,
                                                   const std::string& input,
                                                   const std::string& output,
                                                   const std::string& dead_letter,
                                                   const std::string& group,
                                                   const std::vector<std::string>& more = {});

/// The flags of a delivery, with this transactional id where it is exactly once.
[[nodiscard]] std::vector<std::string> delivery_flags(const std::string& delivery,
                                                      const std::string& id);

/// Asks `done` again and again until it says yes. False when it does not within `timeout`.
[[nodiscard]] bool eventually(const std::function<bool()>& done, std::chrono::milliseconds timeout);

/// The body of a GET, with its status; status 0 when nobody answers.
[[nodiscard]] std::pair<int, std::string> http_get(const std::string& url);

}  // namespace ceasewire::test
