#pragma once
/// A lexicon of a few rows, for tests of the lexicon itself.

#include <algorithm>
#include <utility>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire::test {

/// The files of a small good lexicon, some of them replaced or added.
[[nodiscard]] inline std::vector<LexiconFile> small_lexicon(std::vector<LexiconFile> changed = {}) {
    std::vector<LexiconFile> files = {
        {"VERSION", "test.1\n"},
        {"actors.tsv",
         "id\tname\ttype\tcountry\twikidata\taliases\n"
         "arcadia\tArcadia\tstate\tARC\tQ1\tacronym:ARC\n"
         "ada\tAda Lovelace\tperson\tARC\tQ2\tsurname:Lovelace|misspelling:Ada Lovlace\n"
         "arcadia-army\tArcadian Army (Arcadia)\tmilitary\tARC\t\tweak:the Army\n"},
        {"countries.tsv",
         "id\tiso3\tadjectives\tpeople\tmetonyms\tgovernment\tmilitary\n"
         "arcadia\tARC\tArcadian\tArcadians\tHilltop\t\tarcadia-army\n"},
        {"offices.tsv",
         "id\ttitle\tbody\tnouns\npresident-of-arcadia\tPresident of "
         "Arcadia\tarcadia\tpresident|head of state\n"},
        {"holders.tsv",
         "office\tperson\tfrom\tto\tnote\npresident-of-arcadia\tada\t2020\t2024-06\t\n"},
        {"roles.tsv", "nouns\tkind\nofficials|sources\tgroup\n"},
        {"cues.tsv", "kind\tvalue\tphrases\nreport\tsay\tsaid|told\n"},
        {"terms.tsv", "slug\tstrength\tphrases\nceasefire\tcore\tceasefire|cease-fire\n"},
    };
    for (LexiconFile& change : changed) {
        auto same = std::find_if(files.begin(), files.end(),
                                 [&](const LexiconFile& file) { return file.name == change.name; });
        if (same == files.end()) {
            files.push_back(std::move(change));
        } else {
            *same = std::move(change);
        }
    }
    return files;
}

}  // namespace ceasewire::test
