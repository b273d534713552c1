#pragma once
/// What is odd about a lexicon that compiles: things that an editor should look at and that stop
/// nothing.

#include <string>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire {

/// One oddity, at the cell that an editor would change.
struct LexiconWarning {
    LexiconError at;
    std::string also;  ///< the other file that it concerns, empty where there is none
};

/// The oddities of `files`, which must compile, by file and line:
///
/// - a value that stands twice in a row's cell, a second row for one term of office;
/// - two people at one time in an office of one (president, prime minister, ...), neither with a
/// note (acting, designate, ...);
/// - a name, acronym, seat, adjective or word for a people that means two actors at one time. Two
///   persons who never held an office at one time are told apart by the day;
/// - a country that no countries file has, a kind of role or act of a cue that nothing reads;
/// - a Wikidata id that two actors have;
/// - a row without a source.
///
/// Linear in the files, but for names and offices that many rows share. Safe from many threads.
[[nodiscard]] std::vector<LexiconWarning> warnings_of(const std::vector<LexiconFile>& files);

}  // namespace ceasewire
