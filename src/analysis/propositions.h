#pragma once
/// The words of a parsed sentence that may head a proposition, and what a scorer sees of each.
/// Internal to the analysis room.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/clauses.h"
#include "analysis/features.h"
#include "analysis/view.h"
#include "analysis/word_lists.h"

namespace ceasewire::analysis {

/// What a lexicon phrase says of a word of a sentence.
struct PropositionHit {
    enum class Kind : std::uint8_t { core, side, report, act, negation, condition, modal, deal };
    Kind kind;
    Hashed value;
    Hashed detail;
};

/// Memory of a Propositions, for the next one to use again. By word, where nothing else is said.
struct PropositionsSpace {
    std::vector<std::string> stems;
    std::vector<std::string> low;
    std::vector<Hashed> stem_parts;  ///< of `stems`
    std::vector<Hashed> types;       ///< type of the actor mentioned there, else empty
    WordLists<PropositionHit> hits;
    WordLists<Hashed> kinds;
    std::vector<std::int32_t> anchors;
    WordLists<std::int32_t> tellers;  ///< of the anchors
    FeatureVector shared;             ///< what holds for every anchor
    std::vector<std::int32_t> stack;
};

/// Refers to its arguments and stands in `space`, one at a time in each. Not for use by two threads
/// at once.
class Propositions {
public:
    Propositions(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                 const Sentence& sentence, const Clauses& clauses, PropositionsSpace& space);

    /// Heads of clauses, and nouns with a cue of an act ("the group's rejection of …"), in order.
    /// Not empty for a sentence with words.
    [[nodiscard]] const std::vector<std::int32_t>& anchors() const { return anchors_; }

    /// The verbs of telling that what is said at `anchor`, one of anchors(), stands under,
    /// outermost first.
    [[nodiscard]] std::span<const std::int32_t> tellers(std::int32_t anchor) const {
        return tellers_.of(static_cast<std::size_t>(anchor));
    }

    /// What the scorers of act, stance and status see of one anchor, and what holds for every
    /// anchor of the sentence, which is scored but once. No kind stands in both. Views into this
    /// object.
    void features(std::int32_t anchor, FeatureVector& out) const;
    [[nodiscard]] const FeatureVector& shared() const { return shared_; }

    /// Whether w is a verb of telling.
    [[nodiscard]] bool reports(std::int32_t w) const;

    /// Whether `anchor` is a verb of telling that has what it tells below it.
    [[nodiscard]] bool tells(std::int32_t anchor) const;

    /// Whether `anchor` is a clause that names who tells the rest and no more: "…, Reuters
    /// reported", "…, the agency said, citing an aide".
    [[nodiscard]] bool only_tells(std::int32_t anchor) const;

    /// Whether `anchor` is a verb by which its subject tells something, in the active voice and not
    /// negated; "added" is not, since one adds demands as well as words.
    [[nodiscard]] bool speaks(std::int32_t anchor) const;

    /// Whether `anchor`, or the verb that it completes, is a refusal that is negated ("did not rule
    /// out", "never rejected") or warned against ("warned Hamas against rejecting").
    enum class Litotes : std::uint8_t { none, possible, accepted, urged };
    [[nodiscard]] Litotes litotes(std::int32_t anchor) const;

    /// The type of actor that the subject of `anchor` names; "none" without a subject, "pronoun" or
    /// "noun" for what names no actor. Static.
    [[nodiscard]] std::string_view subject_type(std::int32_t anchor) const;

    [[nodiscard]] const Hashed& stem_of(std::int32_t w) const {
        return stems_[static_cast<std::size_t>(w)];
    }

private:
    using Hit = PropositionHit;
    using Kind = PropositionHit::Kind;

    void place_hits();
    void find_anchors();
    void find_tellers();
    void describe_sentence();
    [[nodiscard]] std::span<const Hit> hits(std::int32_t w) const {
        return hits_.of(static_cast<std::size_t>(w));
    }
    [[nodiscard]] bool has(std::int32_t w, Kind kind) const;
    /// Whether w is the "X said" of "…, X said", which tells what it hangs from.
    [[nodiscard]] bool tells_beside(std::int32_t w) const {
        return base(w) == syntax::Deprel::kParataxis && reports(w);
    }
    [[nodiscard]] std::string_view low(std::int32_t w) const {
        return low_[static_cast<std::size_t>(w)];
    }
    [[nodiscard]] const Hashed& name_of(std::int32_t w) const;
    [[nodiscard]] bool negates(std::int32_t w) const;
    [[nodiscard]] syntax::Deprel base(std::int32_t w) const {
        return syntax::base_relation(clauses_.word(w).deprel);
    }
    void add_subject(const FeatureKind& kind, std::int32_t w, FeatureVector& out) const;
    void add_tense(const FeatureKind& kind, std::int32_t w, FeatureVector& out) const;
    /// The kinds of word that w is, by the lexicon's senses of its part of speech.
    [[nodiscard]] std::span<const Hashed> kinds(std::int32_t w) const {
        return kinds_.of(static_cast<std::size_t>(w));
    }
    void find_kinds();
    void add_kinds(const FeatureKind& name, std::int32_t w, FeatureVector& out) const;
    void add_kinds(const FeatureKind& name, const Hashed& first, std::int32_t w,
                   FeatureVector& out) const;
    void add_acts(const FeatureKind& detail_kind, const FeatureKind& act_kind, std::int32_t w,
                  FeatureVector& out) const;

    const View& view_;
    const Analysis& analysis_;
    const SentenceFacts& facts_;
    const Sentence& sentence_;
    const Clauses& clauses_;
    std::vector<Hashed>& stems_;
    std::vector<std::string>& low_;
    std::vector<Hashed>& types_;
    WordLists<Hit>& hits_;
    WordLists<Hashed>& kinds_;
    std::vector<std::int32_t>& anchors_;
    WordLists<std::int32_t>& tellers_;
    FeatureVector& shared_;
    std::vector<std::int32_t>& stack_;
};

}  // namespace ceasewire::analysis
