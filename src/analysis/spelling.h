#pragma once
/// How alike two words are, and names in the form that ids have. Internal to the analysis room.

#include <cstddef>
#include <string>
#include <string_view>

namespace ceasewire::analysis {

/// Edit distance of two short words, up to `most`; anything beyond gives most + 1.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// The word without case and accents.
[[nodiscard]] std::string folded(std::string_view word);

/// The words of a name, folded, with hyphens between: "Abu Tira" gives "abu-tira".
[[nodiscard]] std::string slug(std::string_view name);

}  // namespace ceasewire::analysis
