#pragma once
/// Who may be meant as the source of a claim, and whose act it may be: the candidates, and what a
/// scorer sees of each. Internal to the analysis room.

#include <optional>
#include <vector>

#include "analysis/propositions.h"

namespace ceasewire::analysis {

/// One who may be meant; `who` is empty for the article's own voice, or for nobody.
struct Party {
    std::optional<Reference> who;
    FeatureVector features;
};

/// What the candidates of a claim are judged by. Refers to what it is made of.
struct PartyContext {
    const View& view;
    const Analysis& analysis;
    const SentenceFacts& facts;
    const SentenceFacts* before;  ///< of the sentence before, or null
    const Sentence& sentence;
    const Clauses& clauses;
    const Propositions& propositions;
    const Discourse& discourse;
    std::size_t sentence_index = 0;
    std::int32_t anchor = kNoWord;
    std::string_view act_name;
    const Attribution* read = nullptr;  ///< the attribution by rule
};

/// The candidates: nobody first, then the references of the sentence in order, then who spoke
/// before. Features of the source scorer begin with "s:", of the holder scorer with "h:", of the
/// target scorer with "t:"; `source` is the source that was chosen, for the holder.
void source_candidates(const PartyContext& context, std::vector<Party>& out);
void target_candidates(const PartyContext& context, std::vector<Party>& out);
void holder_candidates(const PartyContext& context, const std::optional<Reference>& source,
                       std::vector<Party>& out);

}  // namespace ceasewire::analysis
