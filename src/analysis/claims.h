#pragma once
/// The claims pass in two steps, so that training sees exactly what scoring sees. Internal to the
/// analysis room.

#include <functional>

#include "analysis/attribution.h"
#include "analysis/clauses.h"
#include "analysis/features.h"
#include "analysis/parties.h"

namespace ceasewire::analysis {

/// One sentence as the scorers see it. What the pointers show lives during the call.
struct Candidate {
    std::size_t sentence = 0;
    const Attribution* attribution = nullptr;  ///< of the whole sentence
    const FeatureVector* features = nullptr;   ///< for "is this a claim"
    const Clauses* clauses = nullptr;
    const Propositions* propositions = nullptr;
    const Discourse* discourse = nullptr;   ///< what the sentences before leave
    const SentenceFacts* before = nullptr;  ///< of the sentence before, if one of the body
};

/// What the candidates for source and holder of a claim at `anchor` are judged by; `read` receives
/// the attribution by rule and must outlive the result.
[[nodiscard]] PartyContext party_context(const View& view, const Analysis& analysis,
                                         const SentenceFacts& facts, const Candidate& candidate,
                                         std::int32_t anchor, Act act, Attribution& read);

/// What the scorer of "is this a claim" sees of a sentence.
struct SentenceView {
    std::size_t sentence = 0;
    std::vector<std::string> stems;  ///< of its tokens; `features` holds views of them
    FeatureVector features;
};
void look_at(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts,
             const ArticleFacts& article, std::size_t sentence, SentenceView& out);

/// Parses every sentence of `wanted`, which is in order and holds no furniture, and gives it to
/// `visit`; between them it follows who speaks from sentence to sentence.
void visit_candidates(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                      const std::vector<SentenceFacts>& facts,
                      const std::vector<SentenceView>& wanted,
                      const std::function<void(const Candidate&)>& visit);

}  // namespace ceasewire::analysis
