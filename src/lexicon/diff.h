#pragma once
/// What changed from one lexicon to another.

#include <string>
#include <vector>

#include "lexicon/data.h"

namespace ceasewire {

/// One line a change, in the order of ids: "+ actor ...", "- name ...", "~ holder ...". Actors are
/// told by their id, so that a changed name is a renaming; names with how they are meant; offices;
/// terms of office by office, person and first day; and the phrases of countries, roles, cues,
/// terms and places. Weights and the parser's model are not compared. Empty: the rows say the same.
/// Linear but for sorting.
[[nodiscard]] std::vector<std::string> diff_lexicons(const LexiconData& before,
                                                     const LexiconData& after);

}  // namespace ceasewire
