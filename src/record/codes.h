#pragma once
/// CAMEO and PLOVER codes of a claim. Code lists: CAMEO 1.1b3 and the PLOVER manual 0.8 (code names
/// are facts).

#include <string_view>
#include <vector>

#include "analysis/analysis.h"

namespace ceasewire {

struct EventCodes {
    std::string_view cameo;         ///< empty: none
    std::string_view plover_event;  ///< empty: none
    std::string_view plover_mode;   ///< empty: none
};

/// The codes of an act about these terms. A claim's first term of a kind that CAMEO tells apart
/// (halt, release, aid, talks, mediation, settlement) decides.
[[nodiscard]] EventCodes event_codes(Act act, const std::vector<std::string_view>& terms);

}  // namespace ceasewire
