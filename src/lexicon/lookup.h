#pragma once
/// Whom a name means, and why: for people who ask the lexicon.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/data.h"

namespace ceasewire {

struct Lookup {
    /// One actor or office that the name may mean, with one line a reason: rows and terms.
    struct Answer {
        std::uint32_t actor = kNoRow;   ///< kNoRow: an office without a known holder
        std::uint32_t office = kNoRow;  ///< the name is this office's; the actor holds it
        std::vector<std::string> why;
    };
    std::vector<Answer> answers;
    std::vector<std::string> near;  ///< without an answer: names like it, the likest first
};

/// Everyone whom `name` may mean: by a name, an adjective, a seat, or by an office ("prime minister
/// of Ruritania", "Ruritanian prime minister"), whose holder is that of `day`, or all there were.
/// Compares words as the matcher does, and asks for no capitals. Without an answer up to ten names
/// that hold its words or are one or two letters away. Linear in the lexicon.
[[nodiscard]] Lookup look_up(std::string_view name, std::optional<std::int32_t> day,
                             const LexiconData& data);

}  // namespace ceasewire
