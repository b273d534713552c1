#pragma once
/// The mixed input of the delivery tests, and the audit of what became of it: the pure core says
/// what has to be there.

#include <cstddef>
#include <string>
#include <vector>

#include "broker/cluster.h"

namespace ceasewire::test {

/// Message `i` of the mix: news with and without claims, headers, keys, and one in a hundred that
/// is no article, in turn of every kind.
[[nodiscard]] NewMessage mixed(std::size_t i);

struct Accounts {
    std::size_t inputs = 0;
    std::size_t records = 0;
    std::size_t dead_letters = 0;
    std::size_t duplicates = 0;
    std::size_t reordered = 0;  ///< among first copies
    std::size_t lost = 0;
    std::size_t differing = 0;  ///< copies that are not what the core makes, or of nothing
    /// The first of those that are reordered, lost or differing, in words.
    std::vector<std::string> faults;
};

/// Compares input, output and dead letters with the core.
[[nodiscard]] Accounts audit(const Topics& topics, const std::string& in, const std::string& out,
                             const std::string& dead);

}  // namespace ceasewire::test
