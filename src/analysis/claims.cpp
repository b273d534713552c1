/// Who says what about a ceasefire. A sentence is a claim when the gate's score says so; then its
/// tree gives propositions, and scorers of named features say what each does, its stance, status
/// and terms, who tells it, whose act it is and whom it is aimed at.

#include "analysis/claims.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "analysis/mend.h"
#include "analysis/passes.h"
#include "analysis/speakers.h"
#include "analysis/times.h"

namespace ceasewire::analysis {
namespace {

/// A sentence is a claim from this probability on: where precision and recall meet on articles that
/// were not learnt from.
constexpr double kGate = 0.55;
/// An article has claims when one sentence at least is as clear as this.
constexpr double kClear = 0.97;
/// The same where a halt to fighting is named, and somebody too, and nothing is figurative.
constexpr double kClearWhereNamed = 0.9;
/// The same in a flash, where a halt to fighting is named and nothing is figurative: it has but
/// one sentence to be clear.
constexpr double kClearInFlash = 0.6;
/// The same where a deal that ends a war is named.
constexpr double kClearInFlashOfDeal = 0.65;

/// A term that the sentence names is meant unless much speaks against it; one that it does not
/// name, when more speaks for it than against. Log-odds.
constexpr double kNamedTerm = -2;
constexpr double kUnnamedTerm = -0.5;
/// One who stands in the sentence is the target of the act from this probability on.
constexpr double kLeastTarget = 0.3;
/// A proposition beside the main one of its sentence is a claim of its own from this probability
/// on.
constexpr double kSecond = 0.2;
constexpr std::size_t kMostInSentence = 3;

/// Adds what the features weigh to the log-odds of N columns from `column` on; `known` receives
/// those that the model has.
template <std::size_t N>
void add_scores(const LinearModel& model, const FeatureVector& features, std::size_t column,
                std::array<double, N>& sums, std::vector<KnownFeature>* known = nullptr) {
    if (known != nullptr) known->clear();
    visit_known(model, features, column, N,
                [&](const Feature& feature, std::uint32_t row, const float* weights) {
                    const auto value = static_cast<double>(feature.value);
                    for (std::size_t c = 0; c < N; ++c)
                        sums[c] += value * static_cast<double>(weights[c]);
                    if (known != nullptr) known->push_back({feature.value, row});
                });
}

ClaimsSpace& space_of(Analysis& analysis) {
    if (analysis.claims_space == nullptr) analysis.claims_space = std::make_unique<ClaimsSpace>();
    return *analysis.claims_space;
}

double logistic(double score) { return 1 / (1 + std::exp(-score)); }

/// How often a claim of this score is right, sentence and act, in hundredths. A logistic curve
/// (Platt 1999) through what scorers that had not learnt from them said of annotated items; see
/// training/README.md for its reliability on others.
double calibrated(double score) {
    constexpr double kSlope = 0.92;
    constexpr double kShift = -0.75;
    constexpr double kEdge = 0.005;
    const double inside = std::clamp(score, kEdge, 1 - kEdge);
    return std::round(100 * logistic(kSlope * std::log(inside / (1 - inside)) + kShift)) / 100;
}

/// Turns scores [from, from + N) into probabilities.
template <std::size_t N>
std::array<double, N> softmax(const Scores& scores, std::size_t from) {
    std::array<double, N> out{};
    double most = scores[from];
    for (std::size_t i = 1; i < N; ++i) most = std::max(most, scores[from + i]);
    double sum = 0;
    for (std::size_t i = 0; i < N; ++i) sum += out[i] = std::exp(scores[from + i] - most);
    for (double& value : out) value /= sum;
    return out;
}

std::size_t best_column(const Scores& scores, std::size_t from, std::size_t count) {
    const auto first = scores.begin() + static_cast<std::ptrdiff_t>(from);
    return static_cast<std::size_t>(
        std::max_element(first, first + static_cast<std::ptrdiff_t>(count)) - first);
}

/// The features that speak loudest for a decision, for people: "PA=reject.refuse".
std::string loudest(const LinearModel& model,
                    std::initializer_list<std::span<const KnownFeature>> lists,
                    std::size_t column) {
    constexpr std::size_t kNamed = 3;
    constexpr double kLeast = 0.05;
    struct Ranked {
        double weight = 0;
        std::uint32_t row = 0;
    };
    std::array<Ranked, kNamed> first{};
    std::size_t count = 0;
    for (const std::span<const KnownFeature> known : lists) {
        for (const KnownFeature& feature : known) {
            const Ranked here{static_cast<double>(feature.value) *
                                  static_cast<double>(model.row(feature.row)[column]),
                              feature.row};
            if (here.weight <= kLeast || model.name(here.row) == "bias") continue;
            std::size_t place = count;
            for (; place > 0; --place) {
                const Ranked& before = first[place - 1];
                if (before.weight > here.weight ||
                    (before.weight == here.weight && before.row < here.row))
                    break;
            }
            if (place == kNamed) continue;
            count = std::min(count + 1, kNamed);
            for (std::size_t i = count - 1; i > place; --i) first[i] = first[i - 1];
            first[place] = here;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!out.empty()) out += ' ';
        out += model.name(first[i].row);
    }
    return out;
}

class ClaimMaker {
public:
    ClaimMaker(const View& view, const AnalyzeOptions& options, Analysis& analysis,
               const std::vector<SentenceFacts>& facts)
        : view_(view),
          options_(options),
          analysis_(analysis),
          facts_(facts),
          model_(view.data().claim_model),
          space_(space_of(analysis)) {}

    /// Scores every sentence; false when none is clearly a claim.
    bool any_claim(const ArticleFacts& article) {
        double most = 0;
        passed_ = 0;
        space_.gates.assign(facts_.size(), 0);
        for (std::size_t s = 0; s < facts_.size(); ++s) {
            if (analysis_.furniture[s] || says_nothing(s)) continue;
            if (passed_ == space_.views.size()) space_.views.emplace_back();
            SentenceView& seen = space_.views[passed_];
            look_at(view_, analysis_, facts_, article, s, seen);
            std::array<double, 1> sum{};
            add_scores(model_, seen.features, kClaimColumn, sum, &seen.known);
            space_.gates[s] = logistic(sum[0]);
            most = std::max(most, space_.gates[s]);
            if (space_.gates[s] >= kGate) ++passed_;
        }
        if (article.figurative > 0) return most >= kClear;
        const bool flash = article.flash && article.war;
        if (article.core_sentences == 0)
            return most >= (flash && article.deals > 0 ? kClearInFlashOfDeal : kClear);
        // Doctors, brands and clubs have truces too.
        if (!article.war) return analysis_.mentions.empty() && most >= kClear;
        if (flash) return most >= kClearInFlash;
        return most >= (analysis_.mentions.empty() ? kClear : kClearWhereNamed);
    }
    /// The sentences that the gate let pass, in order.
    [[nodiscard]] std::span<const SentenceView> passed() const {
        return std::span(space_.views).first(passed_);
    }

    /// A title of one word ("Ceasefire"), or of two or three with no act or term ("Red Cross"), of
    /// which the scorer would see little but the article around them.
    [[nodiscard]] bool says_nothing(std::size_t s) const {
        const Sentence& sentence = analysis_.sentences[s];
        const SentenceFacts& here = facts_[s];
        if (!sentence.title) return false;
        const std::uint32_t words = sentence.token_end - sentence.token_begin;
        return words == 1 || (words < 4 && here.acts.empty() && here.deals.empty() &&
                              here.core_terms.empty() && here.side_terms.empty());
    }

    void consider(const Candidate& candidate) {
        const auto& anchors = candidate.propositions->anchors();
        if (space_.propositions.size() < anchors.size()) space_.propositions.resize(anchors.size());
        const auto all = std::span(space_.propositions).first(anchors.size());
        space_.common.clear();
        space_.common.append(candidate.propositions->shared());
        space_.common.append(candidate.seen->features, "words");
        Scores of_common{};
        add_scores(model_, space_.common, 0, of_common, &space_.common_known);
        for (std::size_t i = 0; i < anchors.size(); ++i) {
            const std::int32_t anchor = anchors[i];
            Proposition& one = all[i];
            one.anchor = anchor;
            one.only_tells = candidate.propositions->only_tells(anchor);
            one.scores = of_common;
            candidate.propositions->features(anchor, one.features);
            add_scores(model_, one.features, 0, one.scores, &one.known);
            one.act = softmax<kActs + 1>(one.scores, kNoneColumn);
        }
        if (all.empty()) return;
        // The act that most speaks for, over all propositions; then the proposition that says so.
        std::array<double, kActs> total{};
        for (const Proposition& one : all) {
            for (std::size_t a = 0; a < kActs; ++a) total[a] += one.act[a + 1];
        }
        const auto act =
            static_cast<std::size_t>(std::max_element(total.begin(), total.end()) - total.begin());
        std::vector<const Proposition*>& order = space_.order;
        order.clear();
        for (const Proposition& one : all) order.push_back(&one);
        std::sort(order.begin(), order.end(), [](const Proposition* a, const Proposition* b) {
            return a->act[0] != b->act[0] ? a->act[0] < b->act[0] : a < b;
        });
        // One that only tells it is the last to be taken.
        const Proposition* main = *std::max_element(
            order.begin(), order.end(), [&](const Proposition* a, const Proposition* b) {
                return a->only_tells != b->only_tells ? a->only_tells
                                                      : a->act[act + 1] < b->act[act + 1];
            });
        std::vector<std::pair<const Proposition*, std::size_t>> chosen = {{main, act}};
        for (const Proposition* each : order) {
            const Proposition& one = *each;
            if (each == main || chosen.size() >= kMostInSentence) continue;
            if (1 - one.act[0] < kSecond) break;
            const auto its =
                static_cast<std::size_t>(std::max_element(one.act.begin() + 1, one.act.end()) -
                                         one.act.begin()) -
                1;
            const bool told = std::any_of(chosen.begin(), chosen.end(), [&](const auto& other) {
                return other.second == its &&
                       related(*candidate.clauses, one.anchor, other.first->anchor);
            });
            // "…, Reuters reported" tells a claim and is none; "told him in a call that …" says how
            // it was told.
            const bool telling = std::any_of(chosen.begin(), chosen.end(), [&](const auto& other) {
                const auto tellers = candidate.propositions->tellers(other.first->anchor);
                return std::find(tellers.begin(), tellers.end(), one.anchor) != tellers.end() ||
                       is_occasion(*candidate.clauses, one.anchor, tellers);
            });
            if (!told && !telling && !one.only_tells) chosen.emplace_back(&one, its);
        }
        // What is denied is not claimed.
        const Clauses& clauses = *candidate.clauses;
        const std::vector<std::pair<const Proposition*, std::size_t>> all_chosen = chosen;
        std::erase_if(chosen, [&](const auto& one) {
            return std::any_of(all_chosen.begin(), all_chosen.end(), [&](const auto& other) {
                return other.second == static_cast<std::size_t>(Act::deny) &&
                       one.second != other.second &&
                       is_told_by(clauses, one.first->anchor, other.first->anchor);
            });
        });
        std::sort(chosen.begin(), chosen.end(),
                  [](const auto& a, const auto& b) { return a.first->anchor < b.first->anchor; });
        for (const auto& [proposition, its] : chosen)
            add(candidate, *proposition, its, proposition == main, chosen.size() > 1);
    }

    /// Adds the pronouns and descriptions that claims stand on to the mentions.
    void finish() {
        // The mentions are in order of span; what is added stands behind them.
        const auto found = static_cast<std::ptrdiff_t>(analysis_.mentions.size());
        std::set<Span> added;
        for (const Reference& reference : added_) {
            const Span span = view_.span_of(reference.begin, reference.end);
            const auto first = analysis_.mentions.begin();
            const auto at = std::lower_bound(
                first, first + found, span,
                [](const Mention& mention, Span wanted) { return mention.span < wanted; });
            const bool known = at != first + found && at->span == span;
            if (!known && added.insert(span).second)
                analysis_.mentions.push_back(
                    {span, reference.begin, reference.end, reference.actor, reference.form,
                     reference.form == Form::pronoun ? "pronoun"
                                                     : "description of an actor named before"});
        }
        std::stable_sort(analysis_.mentions.begin(), analysis_.mentions.end(),
                         [](const Mention& a, const Mention& b) { return a.span < b.span; });
    }

private:
    void note(const Reference& reference) {
        if (reference.is_new) added_.push_back(reference);
    }

    static bool stands_below(const Clauses& clauses, std::int32_t low, std::int32_t high) {
        constexpr int kSteps = 40;
        std::int32_t w = low;
        for (int step = 0; step < kSteps && w != syntax::kNoHead;
             ++step, w = clauses.word(w).head) {
            if (w == high) return true;
        }
        return false;
    }
    /// Whether `low` stands in what `verb` says.
    static bool is_told_by(const Clauses& clauses, std::int32_t low, std::int32_t verb) {
        for (const std::int32_t c : clauses.children(verb)) {
            switch (syntax::base_relation(clauses.word(c).deprel)) {
                case syntax::Deprel::kCcomp:
                case syntax::Deprel::kXcomp:
                case syntax::Deprel::kObj:
                case syntax::Deprel::kAdvcl:  // "denied having asked", to the parser
                    if (c > verb && stands_below(clauses, low, c)) return true;
                    break;
                default:
                    break;
            }
        }
        return false;
    }
    /// Whether one word stands above the other in the tree.
    static bool related(const Clauses& clauses, std::int32_t a, std::int32_t b) {
        return stands_below(clauses, a, b) || stands_below(clauses, b, a);
    }

    /// Whether a noun only says on what occasion one of these verbs tells something.
    static bool is_occasion(const Clauses& clauses, std::int32_t noun,
                            std::span<const std::int32_t> tellers) {
        const syntax::Word& word = clauses.word(noun);
        return word.upos == syntax::Upos::kNoun &&
               syntax::base_relation(word.deprel) == syntax::Deprel::kObl &&
               std::find(tellers.begin(), tellers.end(), word.head) != tellers.end();
    }

    void add(const Candidate& candidate, const Proposition& proposition, std::size_t act, bool main,
             bool several) {
        const std::size_t s = candidate.sentence;
        const Sentence& sentence = analysis_.sentences[s];
        const Clauses& clauses = *candidate.clauses;
        Claim claim;
        claim.span = sentence.span;
        if (several && !main) {
            const Clauses::Range range = clauses.subtree(proposition.anchor);
            // A run of signs, which to the parser may head a clause, has no words.
            if (range.begin < range.end) claim.span = view_.span_of(range.begin, range.end);
        }
        claim.sentence = SentenceIndex(static_cast<std::uint32_t>(s));
        claim.act = static_cast<Act>(act);
        // Stance and status follow from the act, and from how it is said.
        space_.besides.clear();
        space_.besides.add("act:is", to_string(claim.act));
        Scores scores{};
        add_scores(model_, space_.besides, 0, scores);
        for (std::size_t c = 0; c < scores.size(); ++c) scores[c] += proposition.scores[c];
        claim.stance = static_cast<Stance>(best_column(scores, kStanceColumn, 4));
        claim.status = static_cast<Status>(best_column(scores, kStatusColumn, 6));
        Attribution attribution;
        const PartyContext context = party_context(view_, analysis_, facts_[s], candidate,
                                                   proposition.anchor, claim.act, attribution);
        take_people(claim, context);
        if (const Claim* first = joined_to_last(context);
            first != nullptr && !claim.actors.empty() && claim.actors != first->actors &&
            !stands_in(facts_[s], claim.actors)) {
            claim.actors = first->actors;
            claim.sources = first->sources;
            claim.via = first->via;
        }
        last_anchor_ = {s, proposition.anchor};
        take_litotes(claim, candidate.propositions->litotes(proposition.anchor));
        take_terms(claim, candidate.seen->features);
        claim.quantities = find_quantities(view_, sentence);
        claim.when = find_times(view_, sentence, options_.day);
        claim.quote = quote_of(attribution, s, !claim.sources.empty());
        // Two propositions of a sentence that come to the same are told once.
        for (auto before = analysis_.claims.rbegin();
             before != analysis_.claims.rend() && before->sentence == claim.sentence; ++before) {
            if (before->act == claim.act && before->actors == claim.actors &&
                before->sources == claim.sources)
                return;
        }
        claim.confidence = calibrated(space_.gates[s] * std::sqrt(proposition.act[act + 1] /
                                                                  (1 - proposition.act[0] + 1e-9)));
        claim.why.push_back("claim: " + loudest(model_, {candidate.seen->known}, kClaimColumn));
        claim.why.push_back(
            "act: " + loudest(model_, {proposition.known, space_.common_known}, kActColumn + act));
        if (!attribution.chain.empty())
            claim.why.push_back(attribution.carried
                                    ? "source: carried over from before"
                                    : "source: " + std::string(attribution.report_value.empty()
                                                                   ? "act of speech"
                                                                   : attribution.report_value));
        analysis_.claims.push_back(std::move(claim));
    }

    /// Whether a sentence names one of these actors.
    [[nodiscard]] bool stands_in(const SentenceFacts& facts,
                                 const std::vector<std::uint32_t>& actors) const {
        return std::any_of(facts.mentions.begin(), facts.mentions.end(), [&](std::uint32_t m) {
            return std::find(actors.begin(), actors.end(), analysis_.mentions[m].actor) !=
                   actors.end();
        });
    }

    /// The claim before, when this one is joined to it and has no subject of its own: "a spokesman
    /// for the group denied it and accused Y" has one who does both. For claims whose doer was
    /// looked for outside of their sentence.
    [[nodiscard]] const Claim* joined_to_last(const PartyContext& context) const {
        const Clauses& clauses = context.clauses;
        const std::int32_t anchor = context.anchor;
        const syntax::Word& word = clauses.word(anchor);
        if (analysis_.claims.empty() || last_anchor_.first != context.sentence_index ||
            last_anchor_.second != word.head || word.deprel != syntax::Deprel::kConj ||
            word.upos != syntax::Upos::kVerb || clauses.passive(anchor) ||
            clauses.passive(word.head) ||
            clauses.child(anchor, {syntax::Deprel::kNsubj}) != kNoWord ||
            clauses.child(word.head, {syntax::Deprel::kNsubj}) == kNoWord)
            return nullptr;
        const Claim& last = analysis_.claims.back();
        return last.actors.empty() ? nullptr : &last;
    }

    /// Two negations make no refusal: what is not ruled out is possible, who does not reject
    /// accepts.
    static void take_litotes(Claim& claim, Propositions::Litotes litotes) {
        if (claim.act != Act::reject && claim.act != Act::deny) return;
        const auto becomes = [&](Act act, Stance stance, Status status) {
            claim.act = act;
            claim.stance = stance;
            claim.status = status;
        };
        const bool denies = claim.act == Act::deny;
        switch (litotes) {
            case Propositions::Litotes::none:
                return;
            case Propositions::Litotes::possible:
                return becomes(Act::assess, Stance::neutral, Status::possible);
            case Propositions::Litotes::urged:
                if (!denies) becomes(Act::call, Stance::for_, Status::proposed);
                return;
            case Propositions::Litotes::accepted:
                if (!denies) becomes(Act::accept, Stance::for_, Status::actual);
                return;
        }
    }

    /// The occurrence of a cue of the act that stands at the anchor, else the nearest to it.
    [[nodiscard]] const CueHit* cue_near(const Claim& claim, std::size_t s, const Clauses& clauses,
                                         std::int32_t anchor) const {
        const CueHit* best = nullptr;
        std::uint32_t nearest = UINT32_MAX;
        for (const CueHit& hit : facts_[s].acts) {
            if (view_.data().cues[hit.row].value != to_string(claim.act)) continue;
            const std::uint32_t at = clauses.subtree_head_token(anchor);
            const std::uint32_t distance = hit.begin <= at && at < hit.end ? 0
                                           : at < hit.begin                ? hit.begin - at
                                                                           : at - hit.end + 1;
            if (distance < nearest) {
                nearest = distance;
                best = &hit;
            }
        }
        return best;
    }

    /// Scores the candidates that were not scored yet, in all three columns at once.
    void score_parties() {
        for (std::size_t i = space_.party_scores.size(); i < space_.parties.size(); ++i)
            add_scores(model_, space_.parties[i].features, kSourceColumn,
                       space_.party_scores.emplace_back());
    }
    [[nodiscard]] double score_of(std::size_t party, std::size_t column) const {
        return space_.party_scores[party][column - kSourceColumn];
    }

    /// The likeliest source; the first of equals.
    [[nodiscard]] std::optional<Reference> likeliest_source() const {
        return likeliest([&](std::size_t i) { return score_of(i, kSourceColumn); });
    }

    /// The likeliest holder, when `source` tells it.
    [[nodiscard]] std::optional<Reference> likeliest_holder(
        const PartyContext& context, const std::optional<Reference>& source) {
        const auto is_source = [&](const Party& party) {
            return source && party.who && party.who->actor == source->actor;
        };
        Parties& parties = space_.parties;
        if (source && std::none_of(parties.begin(), parties.end(), is_source)) {
            add_party_of_source(context, *source, parties);
            score_parties();
        }
        return likeliest([&](std::size_t i) {
            double here = score_of(i, kHolderColumn);
            if (is_source(parties[i])) {
                add_same(context, parties[i], space_.besides);
                here += score(model_, space_.besides, kHolderColumn);
            }
            return here;
        });
    }

    template <class Score>
    [[nodiscard]] std::optional<Reference> likeliest(const Score& score_at) const {
        std::size_t best = 0;
        double most = 0;
        for (std::size_t i = 0; i < space_.parties.size(); ++i) {
            const double here = score_at(i);
            if (i > 0 && here <= most) continue;
            best = i;
            most = here;
        }
        return space_.parties[best].who;
    }

    /// Whether an actor is the outlet that the article itself comes from: it hands nothing on to
    /// itself.
    [[nodiscard]] bool is_own_outlet(std::uint32_t actor) const {
        const auto without_article = [](std::string_view name) {
            return name.starts_with("The ") || name.starts_with("the ") ? name.substr(4) : name;
        };
        const std::string_view own = without_article(options_.outlet);
        if (own.empty() || analysis_.actors[actor].type != ActorType::media) return false;
        const auto is_own = [&](std::string_view name) {
            name = without_article(name);
            return !name.empty() && own.starts_with(name) &&
                   (own.size() == name.size() || own[name.size()] == ' ');
        };
        return is_own(analysis_.actors[actor].name) ||
               std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                           [&](const Mention& mention) {
                               return mention.actor == actor &&
                                      is_own(slice(view_.text(), mention.span));
                           });
    }

    /// Those who are told what the article tells its readers by itself.
    [[nodiscard]] bool is_audience(std::uint32_t actor) const {
        const std::string& name = analysis_.actors[actor].name;
        return name == "reporters" || name == "journalists" || name == "Reporters";
    }

    /// The nearest verb of speech at or above the proposition, whose subject says it; kNoWord when
    /// there is none.
    [[nodiscard]] static std::int32_t spoken_by(const PartyContext& context) {
        constexpr int kSteps = 6;
        std::int32_t w = context.anchor;
        for (int step = 0; step < kSteps && w != syntax::kNoHead;
             ++step, w = context.clauses.word(w).head) {
            if (context.propositions.speaks(w)) return w;
        }
        return kNoWord;
    }

    void take_people(Claim& claim, const PartyContext& context) {
        const std::size_t s = context.sentence_index;
        const Clauses& clauses = context.clauses;
        const Attribution& read = *context.read;
        find_parties(context, space_.parties);
        space_.party_scores.clear();
        score_parties();
        const std::size_t in_reach = space_.parties.size();  // of a target
        std::optional<Reference> source = likeliest_source();
        // "According to X, …" and "X quoted Y as saying" leave no doubt who tells it.
        const bool spelt_out =
            read.report_value == "according" ? !source : read.report_value == "quote";
        if (!read.chain.empty() && !read.carried && spelt_out) source = read.chain.back();
        // What the tree puts under a verb of telling has a teller.
        const std::span<const std::int32_t> tellers = context.propositions.tellers(context.anchor);
        if (!source && !tellers.empty() && !read.chain.empty() && !read.carried)
            source = read.chain.back();
        // An outlet is no source where somebody is read to have told it.
        if (source && analysis_.actors[source->actor].type == ActorType::media && !read.carried &&
            !read.chain.empty() && read.chain.back().actor != source->actor &&
            std::any_of(read.chain.begin(), read.chain.end(),
                        [&](const Reference& link) { return link.actor == source->actor; }))
            source = read.chain.back();
        const std::optional<Reference> speaker =
            tellers.empty() ? std::nullopt : clauses.reference(clauses.subject(context.anchor));
        const auto told_by = [&](std::uint32_t actor) {
            return std::any_of(tellers.begin(), tellers.end(), [&](std::int32_t teller) {
                const auto who = clauses.reference(clauses.subject(teller));
                return who && who->actor == actor;
            });
        };
        // "US officials have called it …, the paper reported", "Miller said Blinken had warned …":
        // who tells of another's words hands them on.
        const std::int32_t spoken = spoken_by(context);
        const std::optional<Reference> inner =
            spoken == kNoWord ? std::nullopt : clauses.reference(clauses.subject(spoken));
        const bool handed = source && inner && inner->actor != source->actor &&
                            std::any_of(tellers.begin(), tellers.end(), [&](std::int32_t teller) {
                                const auto who = clauses.reference(clauses.subject(teller));
                                return teller != spoken && who && who->actor == source->actor;
                            });
        if (handed) source = inner;
        // "Miller said Blinken had urged …": he who does in what is told, and tells it himself, has
        // it handed on by those who tell of it.
        const bool within_told =
            source && speaker && speaker->actor == source->actor && !told_by(source->actor);
        const CueHit* cue = cue_near(claim, s, clauses, context.anchor);
        if (source) {
            take_with_others(*source, clauses, claim.sources);
            const auto hand_on = [&](const Reference& link) {
                if (link.actor == source->actor || is_own_outlet(link.actor) ||
                    is_audience(link.actor) ||
                    std::find(claim.via.begin(), claim.via.end(), link.actor) != claim.via.end())
                    return;
                claim.via.push_back(link.actor);
                note(link);
            };
            // Who stands outside him in the chain that was read hands it on; so does the outlet
            // that the rest of the sentence names.
            const auto place =
                std::find_if(read.chain.begin(), read.chain.end(),
                             [&](const Reference& link) { return link.actor == source->actor; });
            if (within_told || handed) {
                for (const std::int32_t teller : tellers) {
                    if (teller == spoken) continue;
                    if (const auto link = clauses.reference(clauses.subject(teller)))
                        hand_on(*link);
                }
            }
            // "“The rebels said they would stop,” the envoy said": who tells it outside of him.
            if (!within_told && !handed && told_by(source->actor)) {
                for (const std::int32_t teller : tellers) {
                    const auto link = clauses.reference(clauses.subject(teller));
                    if (link && link->actor == source->actor) break;
                    if (link) hand_on(*link);
                }
            }
            for (const Reference& outlet : outlets(view_, analysis_, facts_[s], clauses))
                hand_on(outlet);
            for (auto link = read.chain.begin(); place != read.chain.end() && link != place; ++link)
                hand_on(*link);
            carry_outlets(claim, context);
            if (place != read.chain.end()) {
                claim.cue = read.cue;
            } else if (cue != nullptr) {
                claim.cue = view_.span_of(cue->begin, cue->end);
            }
        }
        std::optional<Reference> holder = likeliest_holder(context, source);
        // "a truce proposed by Egypt": who does it stands beside it, unless he is only told or
        // blamed.
        const bool done = claim.act != Act::accuse && claim.act != Act::assess &&
                          claim.act != Act::deny && !context.propositions.tells(context.anchor);
        for (const std::int32_t c : clauses.children(context.anchor)) {
            if (!done || clauses.word(c).deprel != syntax::Deprel::kOblAgent) continue;
            const auto by = clauses.reference(c);
            if (by && by->form != Form::pronoun &&
                analysis_.actors[by->actor].type != ActorType::media)
                holder = by;
        }
        if (claim.act == Act::condition) {
            if (const auto sets = who_sets_condition(context)) holder = sets;
        }
        if (holder) take_with_others(*holder, clauses, claim.actors);
        space_.parties.truncate(in_reach);
        take_targets(claim, context);
    }

    /// "X accepts, but only if Y withdraws": the condition is his whose act hangs on it, not of
    /// those who must meet it. Nobody where the anchor is no such clause, or nobody does what hangs
    /// on it.
    [[nodiscard]] static std::optional<Reference> who_sets_condition(const PartyContext& context) {
        const Clauses& clauses = context.clauses;
        const syntax::Word& clause = clauses.word(context.anchor);
        const syntax::Deprel relation = syntax::base_relation(clause.deprel);
        if (clause.head == syntax::kNoHead ||
            (relation != syntax::Deprel::kAdvcl && relation != syntax::Deprel::kConj))
            return std::nullopt;
        const auto conditional = [&](std::int32_t w) {
            const auto& below = clauses.children(w);
            return std::any_of(below.begin(), below.end(), [&](std::int32_t c) {
                return clauses.is(c, "if") || clauses.is(c, "unless") || clauses.is(c, "until") ||
                       clauses.is(c, "provided");
            });
        };
        // "…, but only if Y withdraws, Reuters reported": to the parser the condition of the last
        // words.
        const auto& below = clauses.children(context.anchor);
        const bool of_teller = context.propositions.reports(context.anchor) &&
                               std::any_of(below.begin(), below.end(), [&](std::int32_t c) {
                                   return c < context.anchor &&
                                          clauses.word(c).deprel == syntax::Deprel::kAdvcl &&
                                          conditional(c);
                               });
        if (!of_teller && !conditional(context.anchor)) return std::nullopt;
        std::int32_t upon = clause.head;
        if (of_teller && context.propositions.tells(upon)) {
            const std::int32_t told = clauses.child(upon, {syntax::Deprel::kCcomp});
            if (told != kNoWord && told < context.anchor) upon = told;
        }
        return clauses.reference(clauses.subject(upon));
    }

    /// Adds an actor, and those who tell or do it with him: what is coordinated with his name.
    void take_with_others(const Reference& who, const Clauses& clauses,
                          std::vector<std::uint32_t>& out) {
        out.push_back(who.actor);
        note(who);
        const std::int32_t head = who.is_new ? kNoWord : clauses.word_of_token(who.end - 1);
        if (head == kNoWord) return;
        for (const Reference& joint : clauses.references(head)) {
            if (std::find(out.begin(), out.end(), joint.actor) != out.end()) continue;
            out.push_back(joint.actor);
            note(joint);
        }
    }

    /// Those whom the act is aimed at, each judged by himself; never one whose act it is.
    void take_targets(Claim& claim, const PartyContext& context) {
        const std::vector<std::uint32_t>& holders =
            claim.actors.empty() ? claim.sources : claim.actors;
        const auto among = [](const std::vector<std::uint32_t>& actors, const Party& party) {
            return std::find(actors.begin(), actors.end(), party.who->actor) != actors.end();
        };
        AimContext aim;
        std::vector<std::uint32_t> others;
        for (const Party& party : space_.parties) {
            if (!party.who) continue;
            if (among(holders, party)) {
                if (aim.holder == nullptr) aim.holder = &party;
            } else if (!party.outside && !among(others, party)) {
                others.push_back(party.who->actor);
            }
        }
        aim.others = others.size();
        for (std::size_t i = 0; i < space_.parties.size(); ++i) {
            const Party& party = space_.parties[i];
            if (!party.who || among(holders, party)) continue;
            // A spokesman who hands it on is not meant by it.
            if (among(claim.via, party) &&
                analysis_.actors[party.who->actor].type == ActorType::person)
                continue;
            // Where others are named, it is not who spoke last.
            if (party.role == "last" && aim.others > 0) continue;
            aim.tells = among(claim.sources, party);
            add_aim(context, party, aim, space_.besides);
            if (!party.outside) ++aim.place;
            if (among(claim.targets, party) ||
                logistic(score_of(i, kTargetColumn) +
                         score(model_, space_.besides, kTargetColumn)) < kLeastTarget)
                continue;
            claim.targets.push_back(party.who->actor);
            note(*party.who);
        }
    }

    /// Who was told by an outlet some sentences before is still told by it: "X told CNN that … He
    /// added …".
    void carry_outlets(Claim& claim, const PartyContext& context) {
        constexpr std::size_t kReach = 3;  // sentences
        const std::uint32_t source = claim.sources.front();
        const std::size_t s = context.sentence_index;
        if (claim.via.empty()) {
            if (const auto before = handed_on_.find(source);
                before != handed_on_.end() && s <= before->second.sentence + kReach)
                claim.via = before->second.via;
        }
        if (claim.via.empty()) {
            const auto& last = context.discourse.last;
            if (last && context.discourse.last_sentence + kReach >= s && last->chain.size() > 1 &&
                last->chain.back().actor == source) {
                for (auto link = last->chain.begin(); link + 1 != last->chain.end(); ++link) {
                    if (link->actor != source && !is_own_outlet(link->actor) &&
                        std::find(claim.via.begin(), claim.via.end(), link->actor) ==
                            claim.via.end())
                        claim.via.push_back(link->actor);
                }
            }
        }
        if (!claim.via.empty() && !context.sentence.title) handed_on_[source] = {claim.via, s};
    }

    void take_terms(Claim& claim, const FeatureVector& sentence_features) {
        const LinearModel& model = view_.data().term_model;
        if (model.empty()) return;
        std::array<double, kTermColumns.size()> sums{};
        add_scores(model, sentence_features, 0, sums);
        space_.besides.clear();
        space_.besides.add("act:is", to_string(claim.act));
        add_scores(model, space_.besides, 0, sums);
        for (std::size_t t = 0; t < sums.size(); ++t) {
            const bool named = std::any_of(
                sentence_features.begin(), sentence_features.end(), [&](const Feature& feature) {
                    return feature.kind == "term" && feature.first == kTermColumns[t];
                });
            if (sums[t] > (named ? kNamedTerm : kUnnamedTerm))
                claim.terms.push_back(kTermColumns[t]);
        }
        // The most specific kind: a plain "ceasefire" says nothing beside a closer one.
        constexpr std::array<std::string_view, 7> kCloser = {
            "humanitarian_pause",      "temporary_ceasefire", "permanent_ceasefire",
            "unilateral_ceasefire",    "partial_ceasefire",   "immediate_ceasefire",
            "cessation_of_hostilities"};
        const bool closer =
            std::any_of(claim.terms.begin(), claim.terms.end(), [&](std::string_view term) {
                return std::find(kCloser.begin(), kCloser.end(), term) != kCloser.end();
            });
        if (closer) std::erase(claim.terms, "ceasefire");
    }

    /// How what is told is told: in the source's words, in others, or partly in each. `told` says
    /// that somebody tells it.
    [[nodiscard]] Quote quote_of(const Attribution& attribution, std::size_t s, bool told) const {
        if (!told) return Quote::none;
        const SentenceFacts& facts = facts_[s];
        if (!facts.quoted && !facts.inside_quote) return Quote::indirect;
        // Words inside and outside of quotation marks, of what is told.
        const Sentence& sentence = analysis_.sentences[s];
        bool open = facts.inside_quote;
        std::size_t inside = 0;
        std::size_t outside = 0;
        for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
            std::string_view gap = view_.gap_before(t);
            // A mark before the sentence is not its own.
            if (t == sentence.token_begin)
                gap = gap.substr(
                    gap.size() -
                    std::min<std::size_t>(gap.size(), view_.token(t).begin - sentence.span.begin));
            follow_quotation(gap, open);
            if (open) {
                ++inside;
            } else if (t >= attribution.content_begin && t < attribution.content_end) {
                ++outside;
            }
        }
        if (inside == 0) return Quote::indirect;
        return outside <= inside / 4 ? Quote::direct : Quote::mixed;
    }

    const View& view_;
    const AnalyzeOptions& options_;
    Analysis& analysis_;
    const std::vector<SentenceFacts>& facts_;
    const LinearModel& model_;
    ClaimsSpace& space_;
    std::size_t passed_ = 0;  ///< sentences that the gate let pass
    /// Sentence and word of the claim that was made last.
    std::pair<std::size_t, std::int32_t> last_anchor_{0, kNoWord};
    std::vector<Reference> added_;
    struct HandedOn {
        std::vector<std::uint32_t> via;
        std::size_t sentence = 0;
    };
    std::map<std::uint32_t, HandedOn> handed_on_;  ///< by source: through whom it was told last
};

/// What another tells within one's words is told through him: "“Hamas has said …,” she added".
void tell_through(const std::optional<Speaker>& speaker, Attribution& attribution) {
    if (!speaker || speaker->how == "opens") return;
    std::vector<Reference>& chain = attribution.chain;
    if (std::none_of(chain.begin(), chain.end(),
                     [&](const Reference& link) { return link.actor == speaker->who.actor; }))
        chain.insert(chain.begin(), speaker->who);
}

}  // namespace

void look_at(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts,
             const ArticleFacts& article, std::size_t sentence, SentenceView& out) {
    out.sentence = sentence;
    token_stems(view, analysis, facts[sentence], analysis.sentences[sentence], out.stems);
    sentence_features(view, analysis, facts, article, sentence, out.stems, out.features);
}

PartyContext party_context(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                           const Candidate& candidate, std::int32_t anchor, Act act,
                           Attribution& read) {
    const Sentence& sentence = analysis.sentences[candidate.sentence];
    read = attribution_at(view, analysis, facts, sentence, *candidate.clauses,
                          candidate.propositions->tellers(anchor), *candidate.attribution);
    return {view,
            analysis,
            facts,
            candidate.before,
            sentence,
            *candidate.clauses,
            *candidate.propositions,
            *candidate.discourse,
            candidate.sentence,
            anchor,
            to_string(act),
            &read};
}

void visit_candidates(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                      const std::vector<SentenceFacts>& facts, std::span<const SentenceView> wanted,
                      const std::function<void(const Candidate&)>& visit) {
    if (wanted.empty() || options.model == nullptr) return;
    ClaimsSpace& space = space_of(analysis);
    Discourse discourse;
    discourse.author = first_person(view, analysis);
    Speakers speakers(view, analysis, facts);
    auto next = wanted.begin();
    for (std::size_t s = 0; s < facts.size(); ++s) {
        if (analysis.furniture[s]) continue;
        const Sentence& sentence = analysis.sentences[s];
        discourse.speaker = speakers.at(s, discourse);
        Attribution attribution = read_attribution(view, analysis, facts, s, discourse);
        const bool here = next != wanted.end() && next->sentence == s;
        if (here && speakers.signs(s)) {
            ++next;
        } else if (here) {
            syntax::parse(view.text(), sentence.span, *options.model, analysis.workspace,
                          analysis.tree);
            mend(view, analysis, facts[s], sentence, analysis.tree);
            const Clauses clauses(
                view, analysis, facts[s], analysis.tree,
                [&](std::uint32_t t) {
                    return resolve_pronoun(view, analysis, facts, s, t, discourse);
                },
                [&](std::uint32_t end) {
                    const auto issuer = issuer_of(view, analysis, facts, s, end, discourse);
                    return issuer ? issuer : resolve_nominal(view, analysis, facts, s, end);
                },
                space.clauses);
            Attribution by_tree = attribution_by_tree(view, analysis, facts[s], sentence, clauses);
            if (!by_tree.chain.empty()) {
                if (reaches_further(analysis, attribution, by_tree))
                    by_tree.chain = std::move(attribution.chain);
                attribution = std::move(by_tree);
            }
            tell_through(discourse.speaker, attribution);
            const Propositions propositions(view, analysis, facts[s], sentence, clauses,
                                            space.described);
            visit({s, &attribution, &*next, &clauses, &propositions, &discourse,
                   s > 0 && !analysis.sentences[s - 1].title ? &facts[s - 1] : nullptr});
            ++next;
        }
        if (discourse.speaker) {
            attribution.chain = {discourse.speaker->who};
            attribution.carried = true;
        }
        if (!attribution.chain.empty() && !sentence.title) {
            if (discourse.last && !discourse.last->chain.empty() &&
                discourse.last->chain.back().actor != attribution.chain.back().actor)
                discourse.earlier = discourse.last->chain.back();
            discourse.last = attribution;
            discourse.last_sentence = s;
            discourse.last_paragraph = sentence.paragraph;
        }
    }
}

void find_claims(const View& view, const AnalyzeOptions& options, Analysis& analysis) {
    if (view.data().claim_model.empty() || options.model == nullptr) return;
    std::vector<SentenceFacts>& facts = space_of(analysis).facts;
    gather_facts(view, analysis, facts);
    const ArticleFacts article = gather_article_facts(view, analysis, facts);
    if (!article.live) return;
    ClaimMaker maker(view, options, analysis, facts);
    if (!maker.any_claim(article)) return;
    visit_candidates(view, options, analysis, facts, maker.passed(),
                     [&](const Candidate& candidate) { maker.consider(candidate); });
    maker.finish();
}

}  // namespace ceasewire::analysis
