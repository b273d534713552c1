#pragma once
/// The rows of the fault suite that need three brokers, or hours. tests/broker/README.md has all.

#include <string_view>
#include <vector>

#include "faults/scene.h"

namespace ceasewire::test {

struct Row {
    int number;
    char tier;  ///< c: minutes; d: as long as asked for
    std::string_view fault;
    bool once_only;  ///< about transactions, so there is nothing to see at least once
    void (*play)(Scene& scene);
};

[[nodiscard]] const std::vector<Row>& rows();

}  // namespace ceasewire::test
