#pragma once
/// How the client's threads wait. librdkafka waits for moments of the wall clock
/// (Bug::waits_by_wall_clock): where that is set back by an hour, a wait that has begun lasts an
/// hour more, and with it heartbeats, commits and polls. So the call that it waits by is ours.

namespace ceasewire::kafka {

/// Whether the client's waits come to us and so end in time whatever the wall clock does. False
/// under ThreadSanitizer, which has a call of its own there, and where the client is linked so that
/// it finds the C library's first.
[[nodiscard]] bool waits_are_steady();

}  // namespace ceasewire::kafka
