#pragma once
/// Numbers and times that a claim names. Internal to the analysis room.

#include <optional>
#include <vector>

#include "analysis/view.h"

namespace ceasewire::analysis {

/// Numbers with what they count: "five US prisoners", "a 60-day truce", "three phases".
[[nodiscard]] std::vector<Quantity> find_quantities(const View& view, const Sentence& sentence);

/// Times that name days, resolved from the article's day where they can be: "Monday", "last week",
/// "May 31", "yesterday". A weekday is the nearest one not after the article's day, or the next one
/// behind "next" and words of the future.
[[nodiscard]] std::vector<TimeExpression> find_times(const View& view, const Sentence& sentence,
                                                     std::optional<std::int32_t> day);

}  // namespace ceasewire::analysis
