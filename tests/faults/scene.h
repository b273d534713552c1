#pragma once
/// What the rows of the fault suite play on: three brokers behind bad roads, a feed that goes on
/// whatever happens, processes with a supervisor, and the accounts at the end.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "broker/audit.h"
#include "broker/cluster.h"
#include "faults/proxy.h"

namespace ceasewire::test {

constexpr int kNodes = 3;

enum class Guarantee : std::uint8_t { at_least_once, exactly_once };

/// A row failed for a reason that no count tells.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Sends `mixed` messages at some pace and never gives up. A broker's death may double some of
/// them: what counts as sent is what stands in the topic.
class Feed {
public:
    /// `pace` messages a second; stops by itself after `count`.
    Feed(const std::string& brokers, std::string topic, double pace, std::size_t count);
    ~Feed();
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.load(); }
    [[nodiscard]] bool over() const { return over_.load(); }
    /// Sends no more and waits for what is underway.
    void end();

private:
    void run(const std::string& brokers, double pace, std::size_t count);
    const std::string topic_;
    std::atomic<bool> stop_{false};
    std::atomic<bool> over_{false};
    std::atomic<bool> abandoned_{false};
    std::atomic<std::size_t> acknowledged_{0};
    std::thread thread_;
};

/// A process of `ceasewire run` whose supervisor starts it again when it asks for that (75), and
/// takes any other end that nobody ordered for a fault of the row.
class Member {
public:
    explicit Member(std::vector<std::string> command);
    /// Looks after it; throws Broken when it ended otherwise.
    void tend();
    void kill();
    /// An ordered end, which has to be one.
    void stop();
    /// After a stop or kill.
    void start();
    /// From now on it may also end like this, and is then down.
    void allow(int status) { allowed_ = status; }
    /// It has ended, as was expected.
    void forget() { bury(false); }
    [[nodiscard]] Process& process() { return *process_; }
    [[nodiscard]] bool up() const { return process_ != nullptr; }
    [[nodiscard]] std::size_t restarts() const { return restarts_; }
    /// So many records of its may come twice: by each of its deaths as many as its metrics said
    /// could, and what it gave back by its log.
    [[nodiscard]] std::size_t may_double() const { return may_double_ + given_back(); }
    /// As its metrics have said it last, 0 before they have.
    [[nodiscard]] std::size_t doubled_by_a_death() const { return doubled_by_a_death_; }
    /// A line of its metrics page, 0 while it has none.
    [[nodiscard]] double metric(const std::string& name) const;
    [[nodiscard]] int probe(const std::string& path) const;

private:
    [[nodiscard]] std::size_t given_back() const;
    void hear_of_doubles();
    void bury(bool dead);

    std::vector<std::string> command_;
    std::unique_ptr<Process> process_;
    std::optional<int> allowed_;
    std::size_t restarts_ = 0;
    std::size_t doubled_by_a_death_ = 0;
    std::size_t may_double_ = 0;  ///< of processes that have ended
    bool heard_ = false;          ///< of that, from this process
};

struct Options {
    unsigned seed = 0;
    std::size_t messages = 0;  ///< 0: the row's own number
    double pace = 1;           ///< of the feed, as a share of the row's own
    double minutes = 10;       ///< of the soak
    std::size_t away = 120;    ///< seconds that the brokers are away in row 25
};

/// The brokers, for all rows of one run of the suite.
class Stage {
public:
    explicit Stage(unsigned seed);
    [[nodiscard]] Broker& brokers() { return *brokers_; }
    /// Straight to the brokers.
    [[nodiscard]] Topics topics() const { return brokers_->topics(); }
    [[nodiscard]] const std::string& direct() const { return brokers_->address(); }
    /// By the roads.
    [[nodiscard]] std::string by_road() const;
    /// The road to a node, from 1 on.
    [[nodiscard]] Proxy& road(int node) { return *roads_[static_cast<std::size_t>(node) - 1]; }
    void weather(const Weather& weather);

private:
    std::vector<std::unique_ptr<Proxy>> roads_;
    std::unique_ptr<Broker> brokers_;
};

struct Outcome {
    std::size_t messages = 0;
    std::size_t injected = 0;
    std::size_t lost = 0;
    std::size_t doubled = 0;
    std::size_t may_double = 0;  ///< as the processes exported and said; 0 with exactly once
    std::size_t differing = 0;
    std::size_t reordered = 0;
    std::size_t restarts = 0;          ///< that a process asked for and its supervisor did
    std::string note;                  ///< what else is worth knowing
    std::vector<std::string> trouble;  ///< empty: passed
};

/// Topics, feed and processes of one row.
class Scene {
public:
    Scene(Stage& stage, const Options& options, Guarantee guarantee, int row);

    Stage& stage;
    const Options& options;
    const Guarantee guarantee;
    const Topics topics;
    std::mt19937 random;
    Outcome outcome;
    std::string in;
    std::string out;
    std::string dead;
    std::string group;

    [[nodiscard]] unsigned below(unsigned limit) { return random() % limit; }
    [[nodiscard]] std::chrono::milliseconds some(unsigned from_ms, unsigned to_ms) {
        return std::chrono::milliseconds(from_ms + below(to_ms - from_ms));
    }
    /// Makes the topics; by default with enough partitions for all.
    void create(int partitions = 6, const TopicConfig& config = {});
    [[nodiscard]] std::vector<std::string> command(const std::string& name,
                                                   const std::vector<std::string>& more = {}) const;
    /// A member of the group that reaches the brokers by the roads.
    Member& add(const std::string& name, const std::vector<std::string>& more = {});
    [[nodiscard]] Member& member(std::size_t i) { return *members_[i]; }
    void feed(double pace, std::size_t count);
    [[nodiscard]] Feed& feed() { return *feed_; }
    [[nodiscard]] std::size_t committed() const;
    /// Looks after all members until `done`, at most so long. False when it was not done.
    bool tend(const std::function<bool()>& done, std::chrono::milliseconds patience);
    void tend_for(std::chrono::milliseconds time);
    /// Waits until something has been committed that is not yet; so the fault before is over.
    void recover();
    /// Waits until every replica of every topic is in sync.
    void heal();
    void wait_ready(Member& member);
    /// Ends the feed, waits until all of it is committed, ends the members, and does the accounts:
    /// those of the tests, which hold everything in memory, and the program's own.
    void finish(bool with_audit = true);
    void verify();
    void audit();
    /// A member has just been killed: notes what stands in the topics and is not committed, which
    /// is what its death doubles.
    void note_death(const Member& member);

private:
    /// What a death has left behind: ends of the output and dead-letter partitions, and where the
    /// group goes on.
    struct Death {
        std::size_t bound = 0;
        std::map<std::pair<std::string, std::int32_t>, std::int64_t> ends;
        std::map<std::int32_t, std::int64_t> committed;
    };
    [[nodiscard]] std::map<std::pair<std::string, std::int32_t>, std::int64_t> output_ends() const;
    void weigh_deaths();
    void weigh_doubles();

    std::unique_ptr<Feed> feed_;
    std::vector<std::unique_ptr<Member>> members_;
    std::vector<Death> deaths_;
};

/// Which node coordinates a group, or the transactions of an id.
[[nodiscard]] int coordinator_of(const Topics& topics, const std::string& internal_topic,
                                 const std::string& name);

}  // namespace ceasewire::test
