#pragma once
/// The lexicon that a command works with: the one built into the program, with an analyst's own
/// directory laid over it.

#include <string>

#include "lexicon/lexicon.h"

namespace ceasewire::app {

/// The shipped lexicon; `overlay` (empty: none) is a directory whose files replace shipped files of
/// the same name and add to them otherwise. On failure prints one line an error on standard error
/// and returns an empty pointer. Errors name the file, line and column.
[[nodiscard]] std::unique_ptr<const Lexicon> load_lexicon(const std::string& overlay);

/// The files that load_lexicon() would compile.
[[nodiscard]] Expected<std::vector<LexiconFile>, std::string> lexicon_files(
    const std::string& overlay);

}  // namespace ceasewire::app
