#include "syntax/tree.h"

#include <array>

namespace ceasewire::syntax {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

constexpr std::array<std::string_view, kDeprelCount> kDeprelNames = {
    "acl",         "acl:relcl",    "advcl",        "advcl:relcl", "advmod",     "amod",
    "appos",       "aux",          "aux:pass",     "case",        "cc",         "cc:preconj",
    "ccomp",       "compound",     "compound:prt", "conj",        "cop",        "csubj",
    "csubj:outer", "csubj:pass",   "dep",          "det",         "det:predet", "discourse",
    "dislocated",  "expl",         "fixed",        "flat",        "goeswith",   "iobj",
    "list",        "mark",         "nmod",         "nmod:desc",   "nmod:poss",  "nmod:unmarked",
    "nsubj",       "nsubj:outer",  "nsubj:pass",   "nummod",      "obj",        "obl",
    "obl:agent",   "obl:unmarked", "orphan",       "parataxis",   "punct",      "reparandum",
    "root",        "vocative",     "xcomp",
};

/// For each relation the one that its name begins with, up to the colon.
constexpr std::array<Deprel, kDeprelCount> kBaseRelations = [] {
    std::array<Deprel, kDeprelCount> bases{};
    for (std::size_t i = 0; i < kDeprelCount; ++i) {
        const std::string_view base = kDeprelNames[i].substr(0, kDeprelNames[i].find(':'));
        for (std::size_t k = 0; k < kDeprelCount; ++k) {
            if (kDeprelNames[k] == base) bases[i] = static_cast<Deprel>(k);
        }
    }
    return bases;
}();

}  // namespace

std::string_view name(Upos upos) { return kUposNames[static_cast<std::size_t>(upos)]; }

std::string_view name(Deprel deprel) { return kDeprelNames[static_cast<std::size_t>(deprel)]; }

Deprel base_relation(Deprel deprel) { return kBaseRelations[static_cast<std::size_t>(deprel)]; }

}  // namespace ceasewire::syntax
