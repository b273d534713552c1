#pragma once
/// What a linear scorer sees of a sentence: small, named facts about its words, cues and context.
/// Internal to the analysis room.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
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
    std::uint32_t conflicts = 0;          ///< words of war and diplomacy
    bool figurative = false;
    bool quoted = false;             ///< holds a quotation mark
    bool inside_quote = false;       ///< a quotation that began earlier is still open at its start
    bool leaves_quote_open = false;  ///< a quotation is still open at its end

    void clear();
};

/// Whether a quotation is open behind `text`, when it is `open` before: curly marks open and close,
/// a straight one toggles. True when there was a mark at all.
bool follow_quotation(std::string_view text, bool& open);

/// What holds for the whole article.
struct ArticleFacts {
    std::size_t sentences = 0;
    std::size_t core_sentences = 0;
    std::size_t conflicts = 0;   ///< words of war and diplomacy
    std::size_t figurative = 0;  ///< words of trade, sport and the like
    std::size_t deals = 0;       ///< that say what they are about: "peace plan", "hostage deal"
    /// Something speaks of war: a word of war and diplomacy, a country or place, or an actor that
    /// has a state or weapons.
    bool war = false;
    bool flash = false;  ///< a few sentences, the title among them
    bool title_core = false;
    bool title_deal = false;
    bool live =
        false;  ///< names a halt to fighting, or a peace or hostage deal, that is not figurative
};

/// By sentence; `all` is cleared first and keeps what memory it can.
void gather_facts(const View& view, const Analysis& analysis, std::vector<SentenceFacts>& all);
[[nodiscard]] ArticleFacts gather_article_facts(const View& view, const Analysis& analysis,
                                                const std::vector<SentenceFacts>& facts);

/// A text with its hash, so that a word of many features is hashed once. The text must live as
/// long.
struct Hashed {
    constexpr Hashed() : Hashed(std::string_view()) {}
    template <class Text>
        requires std::convertible_to<const Text&, std::string_view>
    constexpr Hashed(const Text& from) : text(from), hash(hash_part(text)) {}

    constexpr operator std::string_view() const { return text; }
    [[nodiscard]] constexpr bool empty() const { return text.empty(); }
    friend constexpr bool operator==(const Hashed& a, const Hashed& b) { return a.text == b.text; }
    friend constexpr bool operator==(const Hashed& a, std::string_view b) { return a.text == b; }
    friend constexpr bool operator==(const Hashed& a, const char* b) { return a.text == b; }

    std::string_view text;
    std::uint64_t hash;
};

/// What a feature says something of; always a literal, hashed by the compiler.
struct FeatureKind {
    template <std::size_t kSize>
    consteval FeatureKind(const char (&literal)[kSize])
        : text(literal, kSize - 1), hash(hash_part(text)) {}

    std::string_view text;
    std::uint64_t hash;
};

/// One fact as a scorer sees it: "kind", "kind=first" or "kind=first|second". The views live as
/// long as the sentence's Propositions.
struct Feature {
    FeatureId id = 0;
    float value = 1;
    std::string_view kind;
    std::string_view first;
    std::string_view second;

    [[nodiscard]] std::string name() const;
};

/// The features of one decision; a feature stands at most once once `settle` was called.
class FeatureVector {
public:
    void clear() { features_.clear(); }
    void add(const FeatureKind& kind, float value = 1) {
        features_.push_back({feature_id(kind.hash), value, kind.text, {}, {}});
    }
    void add(const FeatureKind& kind, const Hashed& first) {
        features_.push_back({feature_id(kind.hash, first.hash), 1, kind.text, first.text, {}});
    }
    void add(const FeatureKind& kind, const Hashed& first, const Hashed& second) {
        features_.push_back({feature_id(kind.hash, first.hash, second.hash), 1, kind.text,
                             first.text, second.text});
    }
    void append(const FeatureVector& other) {
        features_.insert(features_.end(), other.features_.begin(), other.features_.end());
    }
    /// Appends those of one kind.
    void append(const FeatureVector& other, std::string_view kind) {
        std::copy_if(other.features_.begin(), other.features_.end(), std::back_inserter(features_),
                     [&](const Feature& feature) { return feature.kind == kind; });
    }
    /// Keeps each feature once, with its largest value; their order depends on nothing but what was
    /// added.
    void settle();

    [[nodiscard]] auto begin() const { return features_.begin(); }
    [[nodiscard]] auto end() const { return features_.end(); }
    [[nodiscard]] bool empty() const { return features_.empty(); }

private:
    void settle_sorted();

    std::vector<Feature> features_;
    std::vector<std::uint32_t> places_;  ///< working space of settle()
};

/// Calls `visit(feature, row, weights)` for the features that the model knows, in their order. The
/// model is larger than what is near the processor, so its memory is asked for some features ahead:
/// `columns` floats of a row from `column` on.
template <class Visit>
void visit_known(const LinearModel& model, const FeatureVector& features, std::size_t column,
                 std::size_t columns, Visit&& visit) {
    constexpr std::size_t kAhead = 32;
    constexpr std::size_t kFloatsInLine = 16;
    std::array<const Feature*, kAhead> waiting;
    std::array<std::uint32_t, kAhead> rows;
    for (auto next = features.begin(); next != features.end();) {
        std::size_t count = 0;
        // Without a branch: nothing tells beforehand which of them the model may have.
        for (; next != features.end() && count < kAhead; ++next) {
            waiting[count] = &*next;
            count += model.may_have(next->id) ? 1U : 0U;
        }
        for (std::size_t i = 0; i < count; ++i) model.prefetch(waiting[i]->id);
        for (std::size_t i = 0; i < count; ++i) {
            rows[i] = model.find(waiting[i]->id);
            if (rows[i] == LinearModel::kAbsent) continue;
            for (std::size_t c = 0; c < columns; c += kFloatsInLine)
                model.prefetch_row(rows[i], column + c);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (rows[i] != LinearModel::kAbsent)
                visit(*waiting[i], rows[i], model.row(rows[i]) + column);
        }
    }
}

/// The log-odds that the features make in one column.
[[nodiscard]] double score(const LinearModel& model, const FeatureVector& features,
                           std::size_t column);

/// Features for "is this sentence a claim". `stems` holds the stem of each of the sentence's
/// tokens, empty where a name stands.
void sentence_features(const View& view, const Analysis& analysis,
                       const std::vector<SentenceFacts>& facts, const ArticleFacts& article,
                       std::size_t sentence, const std::vector<std::string>& stems,
                       FeatureVector& out);

/// The stems of the sentence's tokens for sentence_features().
void token_stems(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                 const Sentence& sentence, std::vector<std::string>& out);

}  // namespace ceasewire::analysis
