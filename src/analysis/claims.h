#pragma once
/// The claims pass in two steps, so that training sees exactly what scoring sees. Internal to the analysis room.

#include <functional>

#include "analysis/attribution.h"
#include "analysis/clauses.h"
#include "analysis/features.h"

namespace ceasewire::analysis {

/// One sentence as the scorers see it.
struct Candidate {
    std::size_t sentence = 0;
    const Attribution* attribution = nullptr;
    const FeatureVector* gate = nullptr;
    const FeatureVector* claim = nullptr;
    const Clauses* clauses = nullptr;  ///< null when the sentence was not parsed
    const PredicateFacts* predicate = nullptr;
    bool side = false;  ///< a clause beside the main one; a claim of its own only when the main one is a claim
    Span span;          ///< of the sentence, or of the side clause
};

/// Calls `visit` for every sentence of an article that may hold claims, in order; not for furniture, and not at all when nothing in the article
/// names a halt to fighting or a deal about one. References live during the call.
void visit_candidates(const View& view, const AnalyzeOptions& options, Analysis& analysis, const std::vector<SentenceFacts>& facts, const ArticleFacts& article, const std::function<void(const Candidate&)>& visit);

}  // namespace ceasewire::analysis
