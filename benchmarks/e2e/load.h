#pragma once
/// What the benchmarks on a real broker share: their articles, and how a process and a machine are
/// doing.

#include <cstddef>
#include <string>
#include <vector>

#include "broker/cluster.h"

namespace ceasewire::bench {

/// About 4 KB of news; `relevant` in a hundred have three ceasefire claims among the rest.
[[nodiscard]] test::NewMessage article(std::size_t i, std::size_t relevant);
/// What a process has used so far.
[[nodiscard]] double cpu_seconds(int pid);
[[nodiscard]] double median(std::vector<double> values);
/// Of the last minute, as text.
[[nodiscard]] std::string load_average();

}  // namespace ceasewire::bench
