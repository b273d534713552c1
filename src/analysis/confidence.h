#pragma once
/// How sure it is that an actor is one: a scorer over what speaks for it, learnt from annotated
/// articles. Internal to the analysis room.

#include <functional>
#include <string_view>

#include "analysis/analysis.h"
#include "lexicon/data.h"

namespace ceasewire::analysis {

/// One named fact about an actor. Its feature is "kind", "kind=first" or "kind=first|second".
struct Evidence {
    std::string_view kind;
    std::string_view first;
    std::string_view second;
    float value = 1;
};

/// Tells `take` all that speaks for or against `actor` (an index into analysis.actors with at least
/// one mention): by which rules it was found and how often, its type, whether the lexicon has it,
/// what a scorer said of it, whether a claim stands on it. Linear in mentions and claims.
void evidence_of(std::uint32_t actor, const Analysis& analysis, const LexiconData& data,
                 const std::function<void(const Evidence&)>& take);

/// Fills the confidence of every actor that has a mention, in steps of a hundredth: of those with
/// .9, about nine in ten are actors by the annotators' guide. Without a weights file it is .5.
/// Needs mentions and claims; linear in them.
void weigh_actors(const LexiconData& data, Analysis& analysis);

/// Adds the actor's row to each mention's reason that names none: "surname after the full name
/// actors.tsv:3". Linear in the mentions.
void name_rows(const LexiconData& data, Analysis& analysis);

/// "name actors.tsv:3" without its row: the rule.
[[nodiscard]] std::string_view rule_of(std::string_view why);

}  // namespace ceasewire::analysis
