#include "faults/rows.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Twenty times, with work in hand; a new process takes over when the group has noticed.
void kills(Scene& scene) {
    constexpr std::size_t kKills = 20;
    scene.create();
    Member& app = scene.add("app");
    scene.feed(700, 100'000);
    std::size_t open = 0;
    for (std::size_t kill = 0; kill < kKills; ++kill) {
        // Somewhere in what has piled up since the last death.
        const double mark = app.metric("ceasewire_records_consumed_total") + 1 + scene.below(4'000);
        if (!scene.tend([&] { return app.metric("ceasewire_records_consumed_total") >= mark; },
                        kPatience))
            throw Broken("a process takes nothing\n" + app.process().log());
        std::this_thread::sleep_for(milliseconds(scene.below(150)));
        app.kill();
        scene.note_death(app);
        open += static_cast<std::size_t>(scene.topics.size(scene.in)) - scene.committed();
        app.start();
        ++scene.outcome.injected;
    }
    scene.outcome.note = std::to_string(open) + " messages not committed at the deaths";
    scene.tend([&] { return scene.feed().over(); }, 2 * kPatience);
    scene.finish();
}

/// Whoever leads a partition, coordinates the group, coordinates the transactions; then all.
void broker_roles(Scene& scene) {
    scene.create();
    scene.add("app");
    scene.feed(500, 1'000'000);
    scene.recover();
    std::vector<std::pair<std::string, std::function<int()>>> roles = {
        {"leader", [&] { return scene.topics.leader(scene.in, 0); }},
        {"group coordinator",
         [&] { return coordinator_of(scene.topics, "__consumer_offsets", scene.group); }}};
    if (scene.guarantee == Guarantee::exactly_once) {
        roles.emplace_back("transaction coordinator", [&] {
            return coordinator_of(scene.topics, "__transaction_state", scene.group + "-app-0");
        });
    }
    std::shuffle(roles.begin(), roles.end(), scene.random);
    Broker& brokers = scene.stage.brokers();
    for (const auto& [role, find] : roles) {
        const int node = find();
        if (node < 1) throw Broken("no " + role);
        scene.tend_for(scene.some(0, 500));
        brokers.kill9(node);
        ++scene.outcome.injected;
        scene.recover();  // with the two that are left
        brokers.start(node);
        scene.heal();
        scene.recover();
        scene.outcome.note += role + " was node " + std::to_string(node) + "; ";
    }
    scene.tend_for(scene.some(0, 500));
    brokers.kill9();
    ++scene.outcome.injected;
    brokers.start();
    scene.recover();
    scene.heal();
    scene.finish();
}

void brokers_in_turn(Scene& scene) {
    scene.create();
    scene.add("app");
    scene.feed(500, 1'000'000);
    scene.recover();
    for (int round = 0; round < 2; ++round) {
        for (int node = 1; node <= kNodes; ++node) {
            scene.stage.brokers().stop(node);
            ++scene.outcome.injected;
            scene.tend_for(scene.some(0, 1'500));
            scene.stage.brokers().start(node);
            scene.heal();
            scene.recover();
        }
    }
    scene.finish();
}

/// A leader that sleeps for longer than the other brokers wait for it; then a process that sleeps
/// for longer than its session while another does its work.
void frozen(Scene& scene) {
    scene.create();
    Member& app = scene.add("app");
    scene.feed(500, 1'000'000);
    scene.recover();
    const int node = scene.topics.leader(scene.in, 0);
    scene.stage.brokers().pause(node);
    ++scene.outcome.injected;
    scene.tend_for(20s);
    scene.stage.brokers().resume(node);
    scene.heal();
    scene.recover();
    scene.wait_ready(scene.add("heir"));
    scene.recover();
    app.process().signal(SIGSTOP);
    ++scene.outcome.injected;
    // Who looks after it must not ask a sleeper.
    scene.tend_for(12s);
    scene.recover();
    // It may find that others have its partitions and its transaction is over: then it has to go.
    app.allow(77);
    app.process().signal(SIGCONT);
    scene.tend_for(5s);
    scene.recover();
    scene.outcome.note = app.up() ? "the frozen one went on when it woke"
                                  : "the frozen one ended with 77 when it woke";
    scene.finish();
}

void cuts(Scene& scene) {
    scene.create();
    scene.add("app");
    scene.feed(500, 1'000'000);
    scene.recover();
    const Weather both{.cut_to_broker = true, .cut_to_client = true};
    const Weather out{.cut_to_broker = true};
    const Weather back{.cut_to_client = true};
    const std::vector<std::pair<bool, Weather>> cuts = {{false, both}, {true, both}, {false, out},
                                                        {false, back}, {true, out},  {true, back}};
    for (const auto& [everywhere, weather] : cuts) {
        const int node = scene.topics.leader(scene.in, static_cast<int>(scene.below(6)));
        if (everywhere) {
            scene.stage.weather(weather);
        } else {
            scene.stage.road(node).set(weather);
        }
        ++scene.outcome.injected;
        scene.tend_for(scene.some(8'000, 14'000));  // longer than a session and a transaction
        scene.stage.weather({});
        scene.recover();
    }
    scene.finish();
}

void bad_roads(Scene& scene) {
    scene.create();
    scene.add("app");
    scene.feed(300, 1'000'000);
    scene.recover();
    scene.stage.weather({.delay = 300ms, .jitter = 100ms});
    scene.tend_for(20s);
    scene.stage.weather({.bytes_per_second = 64'000});
    scene.tend_for(20s);
    scene.stage.weather({});
    scene.outcome.injected += 2;
    scene.recover();
    for (int i = 0; i < 6; ++i) {
        scene.stage.road(1 + static_cast<int>(scene.below(kNodes))).half_open();
        ++scene.outcome.injected;
        scene.tend_for(scene.some(1'000, 4'000));
    }
    scene.recover();
    for (int i = 0; i < 40; ++i) {
        scene.stage.road(1 + static_cast<int>(scene.below(kNodes))).reset();
        ++scene.outcome.injected;
        scene.tend_for(scene.some(100, 500));
    }
    scene.recover();
    scene.finish();
}

/// Beside one that stays, another joins or leaves every few seconds, now and then by death.
void come_and_go(Scene& scene) {
    constexpr std::size_t kChanges = 50;
    scene.create(8);
    Member& stays = scene.add("p0", {"--lanes", "1"});
    scene.feed(400, 1'000'000);
    scene.wait_ready(stays);
    std::size_t deaths = 0;
    std::vector<Member*> others;
    for (const std::string name : {"p1", "p2"})
        others.push_back(&scene.add(name, {"--lanes", "1"}));
    for (std::size_t change = 2; change < kChanges; ++change) {
        Member& one = *others[scene.below(2)];
        if (!one.up()) {
            one.start();
        } else if (scene.below(6) == 0) {
            one.kill();
            ++deaths;
        } else {
            one.stop();
        }
        scene.tend_for(scene.some(500, 4'500));
    }
    scene.outcome.injected = kChanges;
    scene.outcome.note = std::to_string(deaths) + " of them deaths";
    scene.recover();
    scene.finish();
}

/// The request that ends a transaction stays on the road until everybody has given up on it, and
/// arrives in the middle of a later one. In every second case the client loses its connection at
/// once and asks again on another, so that its transaction ends without delay.
void late_ends(Scene& scene) {
    scene.create();
    scene.add("app", {"--lanes", "1"});
    scene.feed(500, 1'000'000);
    scene.recover();
    const auto held = [&] {
        std::size_t count = 0;
        for (int node = 1; node <= kNodes; ++node) count += scene.stage.road(node).held();
        return count;
    };
    for (int i = 0; i < 20; ++i) {
        const std::size_t before = held();
        const bool hang_up = i % 2 == 1;
        const auto time = hang_up ? scene.some(300, 3'000) : scene.some(1'000, 12'000);
        scene.stage.weather({.hold_end = time, .hang_up = hang_up});
        if (!scene.tend([&] { return held() > before; }, kPatience))
            throw Broken("no transaction ends");
        scene.stage.weather({});
        ++scene.outcome.injected;
        scene.tend_for(time + 500ms);
        scene.recover();
    }
    scene.finish();
}

/// The follower is away when the leader takes more messages, and the leader is when the follower
/// comes back and leads with less than the group has committed. What is gone cannot be had back:
/// the program has to say so and stop, not to go on elsewhere.
void unclean_election(Scene& scene) {
    Broker& brokers = scene.stage.brokers();
    scene.topics.create(
        scene.in, 1, {{"unclean.leader.election.enable", "true"}, {"min.insync.replicas", "1"}}, 2);
    scene.topics.create(scene.out, 3);
    scene.topics.create(scene.dead, 1);
    Member& app = scene.add("app", {"--lanes", "1"});
    const auto carry = [&](std::size_t count) {
        const std::size_t all = static_cast<std::size_t>(scene.topics.size(scene.in)) + count;
        scene.feed(500, count);
        if (!scene.tend([&] { return scene.committed() >= all; }, kPatience))
            throw Broken("not all is committed\n" + app.process().log());
    };
    carry(1'000);
    const int leader = scene.topics.leader(scene.in, 0);
    int follower = -1;
    for (const int node : scene.topics.replicas(scene.in, 0)) {
        if (node != leader) follower = node;
    }
    brokers.kill9(follower);
    carry(1'000);
    scene.audit();
    const std::size_t committed = scene.committed();
    brokers.kill9(leader);
    brokers.start(follower);
    ++scene.outcome.injected;
    const auto status = app.process().wait(kPatience);
    const std::string log = app.process().log();
    const std::string words = scene.in + "/0: offsets " +
                              std::to_string(scene.topics.size(scene.in)) + " to " +
                              std::to_string(committed - 1) + " are gone, which group";
    if (status != 80) scene.outcome.trouble.push_back("did not stop with 80:\n" + log);
    if (log.find(words) == std::string::npos)
        scene.outcome.trouble.push_back("does not say: " + words + "\n" + log);
    scene.outcome.note =
        "stopped with 80 at offset " + std::to_string(committed) + "; " +
        std::to_string(committed - static_cast<std::size_t>(scene.topics.size(scene.in))) +
        " inputs gone from the broker";
    app.forget();
    brokers.start(leader);
    scene.heal();
}

/// All brokers are away for minutes: nobody ends, nobody is told to be restarted.
void away(Scene& scene) {
    scene.create();
    Member& app = scene.add("app");
    scene.feed(300, 10'000);
    scene.recover();
    scene.stage.brokers().kill9();
    ++scene.outcome.injected;
    const auto back = std::chrono::steady_clock::now() + seconds(scene.options.away);
    while (std::chrono::steady_clock::now() < back) {
        scene.tend_for(5s);
        if (app.probe("/livez") != 200) throw Broken("not live while the brokers are away");
    }
    scene.stage.brokers().start();
    scene.recover();
    scene.heal();
    scene.finish();
    scene.outcome.note = std::to_string(scene.options.away) + " s";
    if (scene.outcome.restarts > 0) scene.outcome.trouble.push_back("a process was restarted");
}

/// What a process holds: kilobytes, descriptors, threads.
std::array<std::size_t, 3> held_by(int pid) {
    const std::string folder = "/proc/" + std::to_string(pid);
    std::ifstream status(folder + "/status");
    std::array<std::size_t, 3> held{};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) held[0] = std::stoul(line.substr(6));
        if (line.starts_with("Threads:")) held[2] = std::stoul(line.substr(8));
    }
    std::error_code error;
    for (auto at = std::filesystem::directory_iterator(folder + "/fd", error);
         at != std::filesystem::directory_iterator(); at.increment(error))
        ++held[1];
    return held;
}

/// Everything in turn, by chance, for as long as asked for; memory, descriptors and threads stay.
void soak(Scene& scene) {
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::duration_cast<seconds>(
                         std::chrono::duration<double, std::ratio<60>>(scene.options.minutes));
    Broker& brokers = scene.stage.brokers();
    scene.create();
    Member& first = scene.add("p0", {"--lanes", "1"});
    Member& second = scene.add("p1", {"--lanes", "1"});
    scene.feed(200, static_cast<std::size_t>(-1));
    scene.wait_ready(first);
    const auto any_node = [&] { return 1 + static_cast<int>(scene.below(kNodes)); };
    const std::vector<std::function<void()>> faults = {
        [&] {
            second.kill();
            second.start();
        },
        [&] {
            second.stop();
            second.start();
        },
        [&] {
            const int node = any_node();
            brokers.kill9(node);
            scene.tend_for(scene.some(100, 10'000));
            brokers.start(node);
            scene.heal();
        },
        [&] {
            const int node = any_node();
            brokers.stop(node);
            brokers.start(node);
            scene.heal();
        },
        [&] {
            const int node = any_node();
            brokers.pause(node);
            scene.tend_for(scene.some(1'000, 15'000));
            brokers.resume(node);
            scene.heal();
        },
        [&] {
            scene.stage.road(any_node()).set({.cut_to_broker = true, .cut_to_client = true});
            scene.tend_for(scene.some(1'000, 15'000));
            scene.stage.weather({});
        },
        [&] {
            scene.stage.weather({.delay = 300ms, .jitter = 100ms});
            scene.tend_for(scene.some(1'000, 15'000));
            scene.stage.weather({});
        },
        [&] { scene.stage.road(any_node()).half_open(); },
        [&] {
            for (int i = 0; i < 10; ++i) {
                scene.stage.road(any_node()).reset();
                scene.tend_for(scene.some(50, 500));
            }
        },
        [&] {
            scene.stage.weather({.hold_end = scene.some(1'000, 10'000)});
            scene.tend_for(12s);
            scene.stage.weather({});
        }};
    std::array<std::size_t, 3> early{};
    std::array<std::size_t, 3> late{};
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < end) {
        faults[scene.below(static_cast<unsigned>(faults.size()))]();
        ++scene.outcome.injected;
        scene.recover();
        const auto held = held_by(first.process().pid());
        const bool young = std::chrono::steady_clock::now() - begin < (end - begin) / 4;
        for (std::size_t i = 0; i < held.size(); ++i)
            (young ? early : late)[i] = std::max((young ? early : late)[i], held[i]);
        std::fprintf(stderr, "  %zu faults, %zu committed; %zu KB, %zu descriptors, %zu threads\n",
                     scene.outcome.injected, scene.committed(), held[0], held[1], held[2]);
    }
    scene.outcome.note = "KB, descriptors, threads at most " + std::to_string(early[0]) + ", " +
                         std::to_string(early[1]) + ", " + std::to_string(early[2]) +
                         " in the first quarter and " + std::to_string(late[0]) + ", " +
                         std::to_string(late[1]) + ", " + std::to_string(late[2]) + " after";
    if (first.restarts() == 0 && late[0] > early[0] * 3 / 2)
        scene.outcome.trouble.push_back("memory grows: " + scene.outcome.note);
    if (first.restarts() == 0 && (late[1] > early[1] + 20 || late[2] > early[2] + 10))
        scene.outcome.trouble.push_back("descriptors or threads grow: " + scene.outcome.note);
    scene.finish(false);
}

}  // namespace

const std::vector<Row>& rows() {
    static const std::vector<Row> kRows = {
        {1, 'c', "the program is killed at any moment", false, kills},
        {3, 'c', "a broker of each role is killed, then all", false, broker_roles},
        {4, 'c', "brokers restarted in turn", false, brokers_in_turn},
        {5, 'c', "a frozen broker; a frozen program", false, frozen},
        {6, 'c', "the network cut to one, to all, one way", false, cuts},
        {7, 'c', "slow, narrow, half-open, resetting connections", false, bad_roads},
        {8, 'c', "members come and go", false, come_and_go},
        {11, 'c', "the end of a transaction held up", true, late_ends},
        {19, 'c', "unclean leader election", false, unclean_election},
        {25, 'c', "all brokers away for long", false, away},
        {28, 'd', "all of this for hours", false, soak},
    };
    return kRows;
}

}  // namespace ceasewire::test
