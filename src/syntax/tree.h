#pragma once
/// The words in which syntax speaks: Universal Dependencies tags and relations, and the tree of one
/// sentence.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace ceasewire::syntax {

/// Universal part of speech.
enum class Upos : std::uint8_t {
    kAdj,
    kAdp,
    kAdv,
    kAux,
    kCconj,
    kDet,
    kIntj,
    kNoun,
    kNum,
    kPart,
    kPron,
    kPropn,
    kPunct,
    kSconj,
    kSym,
    kVerb,
    kX
};
inline constexpr std::size_t kUposCount = 17;

/// Relation of a word to its head: the basic relations of UD_English-EWT 2.16 with their subtypes.
enum class Deprel : std::uint8_t {
    kAcl,
    kAclRelcl,
    kAdvcl,
    kAdvclRelcl,
    kAdvmod,
    kAmod,
    kAppos,
    kAux,
    kAuxPass,
    kCase,
    kCc,
    kCcPreconj,
    kCcomp,
    kCompound,
    kCompoundPrt,
    kConj,
    kCop,
    kCsubj,
    kCsubjOuter,
    kCsubjPass,
    kDep,
    kDet,
    kDetPredet,
    kDiscourse,
    kDislocated,
    kExpl,
    kFixed,
    kFlat,
    kGoeswith,
    kIobj,
    kList,
    kMark,
    kNmod,
    kNmodDesc,
    kNmodPoss,
    kNmodUnmarked,
    kNsubj,
    kNsubjOuter,
    kNsubjPass,
    kNummod,
    kObj,
    kObl,
    kOblAgent,
    kOblUnmarked,
    kOrphan,
    kParataxis,
    kPunct,
    kReparandum,
    kRoot,
    kVocative,
    kXcomp
};
inline constexpr std::size_t kDeprelCount = 51;

/// The name as treebanks write it: "PROPN", "nsubj:pass".
[[nodiscard]] std::string_view name(Upos upos);
[[nodiscard]] std::string_view name(Deprel deprel);

/// The relation without its subtype: `kNsubjPass` gives `kNsubj`.
[[nodiscard]] Deprel base_relation(Deprel deprel);

inline constexpr std::int32_t kNoHead = -1;

/// One syntactic word. "don't" is two of them, "do" and "n't", and so is "Assad's".
struct Word {
    Span span;                    // bytes of the text that was parsed
    std::int32_t head = kNoHead;  // index into the tree's words; kNoHead for the root
    Upos upos = Upos::kX;
    Deprel deprel = Deprel::kDep;
};

/// The words of one sentence in order. Exactly one is the root, unless there are none.
struct Tree {
    std::vector<Word> words;
};

}  // namespace ceasewire::syntax
