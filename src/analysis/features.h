#pragma once
/// What a linear scorer sees of a sentence: small, named facts about cues and context, none about single rare words. Internal to the analysis room.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/view.h"
#include "lexicon/model.h"

namespace ceasewire::analysis {

/// One occurrence of a cue or term.
struct CueHit {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t row = 0;  ///< cue or term row of the lexicon
};

/// Everything the claims pass asks of one sentence, gathered once.
struct SentenceFacts {
    std::vector<CueHit> reports;
    std::vector<CueHit> acts;  ///< rows whose value is an act; an occurrence may carry several
    std::vector<CueHit> negations;
    std::vector<CueHit> conditions;
    std::vector<CueHit> modals;
    std::vector<CueHit> deals;
    std::vector<CueHit> core_terms;
    std::vector<CueHit> side_terms;
    std::vector<std::uint32_t> mentions;  ///< into Analysis::mentions
    bool figurative = false;
    bool quoted = false;      ///< holds a quotation mark
    bool inside_quote = false;  ///< a quotation that began earlier is still open at its start
    void clear();
};

/// What holds for the whole article.
struct ArticleFacts {
    std::size_t sentences = 0;
    std::size_t core_sentences = 0;
    bool title_core = false;
    bool title_deal = false;
    bool live = false;  ///< names a halt to fighting, or a peace or hostage deal, that is not figurative
};

[[nodiscard]] std::vector<SentenceFacts> gather_facts(const View& view, const Analysis& analysis);
[[nodiscard]] ArticleFacts gather_article_facts(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts);

/// Indexes of features with their values; a feature stands at most once.
using FeatureVector = std::vector<std::pair<std::uint16_t, float>>;

/// Features for "is this sentence a claim".
void gate_features(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts, const ArticleFacts& article, std::size_t sentence, FeatureVector& out);

/// What the attribution of the sentence adds for act, stance and status.
struct AttributionFacts {
    bool has_source = false;
    bool has_via = false;
    bool direct_quote = false;
    std::string_view report_value;  ///< kind of the reporting cue ("say", "warn"), empty when none
    std::uint32_t content_begin = 0;  ///< tokens of what is said
    std::uint32_t content_end = 0;
    bool side = false;                ///< a clause beside the main one
};
struct PredicateFacts;
void claim_features(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts, const ArticleFacts& article, std::size_t sentence, const AttributionFacts& attribution, const PredicateFacts& predicate, FeatureVector& out);

/// The names of all features, by index: what the model file's rows are keyed by.
[[nodiscard]] const std::vector<std::string>& feature_names();

}  // namespace ceasewire::analysis
