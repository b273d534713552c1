#pragma once
/// Small linear scorers, kept as a table that a person can read: a row a feature, a column a class.

#include <cstdint>
#include <string>
#include <vector>

namespace ceasewire {

/// The scorers of claims. Column names are "scorer:class" ("act:reject"); a scorer with one column is a yes-or-no one.
struct LinearModel {
    std::vector<std::string> columns;
    std::vector<std::string> features;
    std::vector<float> weights;  ///< by feature, then column

    [[nodiscard]] bool empty() const { return features.empty(); }
    [[nodiscard]] const float* row(std::size_t feature) const { return weights.data() + feature * columns.size(); }
};

}  // namespace ceasewire
