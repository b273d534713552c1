#pragma once
/// How sure it is that an actor is one: a scorer over what speaks for it, learnt from annotated
/// articles. Internal to the analysis room.

#include <string_view>

#include "analysis/analysis.h"
#include "analysis/features.h"
#include "lexicon/data.h"

namespace ceasewire::analysis {

/// All that speaks for or against `actor` (an index into analysis.actors with at least one
/// mention): by which rules it was found and how often, its type, whether the lexicon has it, what
/// a scorer said of it, whether a claim stands on it. `out` holds views of `analysis`. Linear in
/// mentions and claims.
void evidence_of(std::uint32_t actor, const Analysis& analysis, const LexiconData& data,
                 FeatureVector& out);

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
