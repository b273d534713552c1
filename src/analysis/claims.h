#pragma once
/// The claims pass in two steps, so that training sees exactly what scoring sees. Internal to the
/// analysis room.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "analysis/attribution.h"
#include "analysis/clauses.h"
#include "analysis/features.h"
#include "analysis/parties.h"
#include "analysis/propositions.h"

namespace ceasewire::analysis {

/// A feature that a scorer has a row for.
struct KnownFeature {
    float value = 0;
    std::uint32_t row = 0;
};

/// What the scorer of "is this a claim" sees of a sentence.
struct SentenceView {
    std::size_t sentence = 0;
    std::vector<std::string> stems;  ///< of its tokens; `features` holds views of them
    FeatureVector features;
    std::vector<KnownFeature> known;  ///< once it was scored
};

/// One sentence as the scorers see it. What the pointers show lives during the call.
struct Candidate {
    std::size_t sentence = 0;
    const Attribution* attribution = nullptr;  ///< of the whole sentence
    const SentenceView* seen = nullptr;
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

void look_at(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts,
             const ArticleFacts& article, std::size_t sentence, SentenceView& out);

/// Parses every sentence of `wanted`, which is in order and holds no furniture, and gives it to
/// `visit`; between them it follows who speaks from sentence to sentence.
void visit_candidates(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                      const std::vector<SentenceFacts>& facts, std::span<const SentenceView> wanted,
                      const std::function<void(const Candidate&)>& visit);

/// Log-odds of all columns of the claim model, summed over the features.
using Scores = std::array<double, kModelColumns.size()>;

/// A proposition of a sentence, scored.
struct Proposition {
    std::int32_t anchor = kNoWord;
    std::array<double, kActs + 1> act{};  ///< probabilities: none, then the acts
    bool only_tells = false;              ///< "…, the White House said"
    Scores scores{};
    FeatureVector features;
    std::vector<KnownFeature> known;
};

/// Working space of the claims pass: what it holds means nothing from one sentence to the next, but
/// its memory is kept from one article to the next.
struct ClaimsSpace {
    std::vector<SentenceFacts> facts;  ///< by sentence
    std::vector<double> gates;         ///< by sentence: probability that it is a claim
    std::vector<SentenceView> views;   ///< those that passed, and room
    FeatureVector common;              ///< what all propositions of a sentence have
    std::vector<KnownFeature> common_known;
    std::vector<Proposition> propositions;  ///< of a sentence, and room
    std::vector<const Proposition*> order;
    Parties parties;
    std::vector<std::array<double, 3>> party_scores;  ///< as source, holder and target
    FeatureVector besides;                            ///< of one decision, and few
    ClausesSpace clauses;
    PropositionsSpace described;
};

}  // namespace ceasewire::analysis
