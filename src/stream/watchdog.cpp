#include "stream/watchdog.h"

#include <algorithm>

#include "stream/counters.h"

namespace ceasewire::stream {

Pulse pulse_of(const LaneCounters& lane, std::chrono::steady_clock::time_point now,
               std::chrono::milliseconds limit) {
    std::uint64_t dead_lettered = 0;
    for (const Reason reason : kReasons) dead_lettered += lane.dead_lettered[reason].get();
    std::uint64_t rebalances = 0;
    for (const Rebalance kind : kRebalances) rebalances += lane.rebalances[kind].get();
    Pulse pulse;
    pulse.settled = lane.produced.get() + dead_lettered;
    pulse.moved = lane.consumed.get() + pulse.settled + rebalances;
    pulse.commits = lane.commits_ok.get() + rebalances;
    const auto now_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const auto beat = lane.heartbeat_ms.get();
    const auto partitions = lane.partitions();
    const bool behind =
        lane.halted.get() == 0 &&
        std::any_of(partitions.begin(), partitions.end(), [](auto& cells) {
            return cells->position.get() >= 0 && cells->end.get() > cells->position.get();
        });
    pulse.work = behind || lane.in_flight.get() > 0 || lane.joined.get() == 0 ||
                 (beat >= 0 && now_ms - beat > limit.count() / 2);
    return pulse;
}

Advice Watchdog::look(Time now, const Pulse& pulse, const std::function<bool()>& brokers_answer) {
    if (limit_.count() == 0) return Advice::none;
    if (!pulse.work || pulse.moved != last_.moved) moved_at_ = now;
    if (pulse.commits != last_.commits) settled_at_commit_ = pulse.settled;
    if (pulse.commits != last_.commits || pulse.settled == settled_at_commit_) committed_at_ = now;
    last_ = pulse;
    if (rebuilt_ && now - rebuilt_at_ >= 6 * limit_) rebuilt_ = false;
    const auto still = now - std::min(moved_at_, committed_at_);
    near_end_ = rebuilt_ && still >= limit_ / 2;
    if (still < limit_) return Advice::none;
    const bool reachable = brokers_answer();
    moved_at_ = committed_at_ = now;
    if (!reachable) {
        near_end_ = false;
        return Advice::none;
    }
    if (rebuilt_) return Advice::end;
    rebuilt_ = true;
    rebuilt_at_ = now;
    return Advice::rebuild;
}

}  // namespace ceasewire::stream
