#pragma once
/// What the programs that print features share.

#include <string>

#include "analysis/features.h"
#include "record/encode.h"

namespace ceasewire::training {

/// Appends the features as a JSON object of name and value.
inline void append_features(std::string& out, const analysis::FeatureVector& features) {
    out += '{';
    bool first = true;
    for (const analysis::Feature& feature : features) {
        if (!first) out += ',';
        first = false;
        append_json_string(out, feature.name());
        out += ':' + std::to_string(feature.value);
    }
    out += '}';
}

}  // namespace ceasewire::training
