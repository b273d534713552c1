#pragma once
/// The lexicon that a command works with: the one built into the program, with an analyst's own
/// directory laid over it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire::app {

/// Which shipped weights are compiled. Those of attributions are a quarter of the lexicon's rows
/// and serve the layers of `tag` alone, so no other start waits for them.
enum class ShippedScorers : std::uint8_t { of_records, all };

/// The shipped lexicon; `overlay` (empty: none) is a directory whose files replace shipped files of
/// the same name and add to them otherwise. On failure prints one line an error on standard error
/// and returns an empty pointer. Errors name the file, line and column.
[[nodiscard]] std::unique_ptr<const Lexicon> load_lexicon(
    const std::string& overlay, ShippedScorers scorers = ShippedScorers::of_records);

/// The same, with the errors to be told by the caller: one line each, at least one.
[[nodiscard]] Expected<Lexicon, std::vector<std::string>> read_lexicon(
    const std::string& overlay, ShippedScorers scorers = ShippedScorers::of_records);

/// The files that load_lexicon() would compile. With an overlay the version ends in a fingerprint
/// of its files, "2026.11+5d0f3a9c", so that records of different rows never name one version.
[[nodiscard]] Expected<std::vector<LexiconFile>, std::string> lexicon_files(
    const std::string& overlay, ShippedScorers scorers = ShippedScorers::all);

}  // namespace ceasewire::app
