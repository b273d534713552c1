#include "app/memory_limit.h"

#include <algorithm>
#include <fstream>
#include <string>

#include <unistd.h>

namespace ceasewire::app {
namespace {

namespace fs = std::filesystem;

/// The number in a file, where it holds one: "max" is none, and version 1 writes nearly 2^63 for
/// none.
void take_least(const fs::path& file, std::optional<std::uint64_t>& least) {
    std::ifstream in(file);
    std::uint64_t limit = 0;
    if (!(in >> limit) || limit >= std::uint64_t{1} << 62U) return;
    least = std::min(least.value_or(limit), limit);
}

}  // namespace

std::optional<std::uint64_t> control_group_limit_bytes(const fs::path& root) {
    std::optional<std::uint64_t> least;
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line;
         std::getline(groups, line);) {  // "0::/path", or "4:memory:/path" in version 1
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const bool unified = controllers == ",,";
        if (!unified && controllers.find(",memory,") == std::string::npos) continue;
        const fs::path mount = root / (unified ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
        const char* name = unified ? "memory.max" : "memory.limit_in_bytes";
        // In a container the path is often the host's, and its own group is mounted at the top.
        take_least(mount / name, least);
        fs::path group = mount;
        for (const fs::path& part : fs::path(line.substr(second + 1)).relative_path()) {
            group /= part;
            take_least(group / name, least);
        }
    }
    return least;
}

std::uint64_t memory_limit_bytes(const fs::path& root) {
    const auto machine = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return std::min(control_group_limit_bytes(root).value_or(machine), machine);
}

}  // namespace ceasewire::app
