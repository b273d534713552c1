/// Who says what about a ceasefire. A sentence is a claim when the gate's score says so; its teller is read from the cues of speech, its act, stance and status
/// are scored from named features, and whose act it is follows from the cue of the act and its subject.

#include "analysis/claims.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "analysis/passes.h"
#include "analysis/times.h"
#include "base/assert.h"

namespace ceasewire::analysis {
namespace {

/// A sentence is a claim from this probability on: where precision and recall meet on articles that were not learnt from.
constexpr double kGate = 0.4;

/// Columns of the model, by scorer.
struct Columns {
    std::size_t gate = SIZE_MAX;
    std::size_t side = SIZE_MAX;
    std::array<std::size_t, kActs> act{};
    std::array<std::size_t, 4> stance{};
    std::array<std::size_t, 6> status{};
};

Columns columns_of(const LinearModel& model) {
    Columns columns;
    const auto find = [&](const std::string& name) {
        const auto found = std::find(model.columns.begin(), model.columns.end(), name);
        CEASEWIRE_ASSERT(found != model.columns.end());
        return static_cast<std::size_t>(found - model.columns.begin());
    };
    columns.gate = find("gate");
    columns.side = find("side");
    for (std::size_t i = 0; i < columns.act.size(); ++i) columns.act[i] = find("act:" + std::string(to_string(static_cast<Act>(i))));
    for (std::size_t i = 0; i < columns.stance.size(); ++i) columns.stance[i] = find("stance:" + std::string(to_string(static_cast<Stance>(i))));
    for (std::size_t i = 0; i < columns.status.size(); ++i) columns.status[i] = find("status:" + std::string(to_string(static_cast<Status>(i))));
    return columns;
}

double score(const LinearModel& model, const FeatureVector& features, std::size_t column) {
    double sum = 0;
    for (const auto& [feature, value] : features) sum += static_cast<double>(value) * static_cast<double>(model.row(feature)[column]);
    return sum;
}

template <std::size_t N>
std::size_t best_of(const LinearModel& model, const FeatureVector& features, const std::array<std::size_t, N>& columns, double& probability) {
    std::array<double, N> scores{};
    for (std::size_t i = 0; i < N; ++i) scores[i] = score(model, features, columns[i]);
    const auto best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    double sum = 0;
    for (const double value : scores) sum += std::exp(value - scores[best]);
    probability = 1 / sum;
    return best;
}

/// The features that speak loudest for a decision, for people: "act:reject=2.1".
std::string loudest(const LinearModel& model, const FeatureVector& features, std::size_t column) {
    std::vector<std::pair<double, std::size_t>> ranked;
    for (const auto& [feature, value] : features) ranked.emplace_back(static_cast<double>(value) * static_cast<double>(model.row(feature)[column]), feature);
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    std::string out;
    for (std::size_t i = 0; i < ranked.size() && i < 3 && ranked[i].first > 0.05; ++i) {
        if (ranked[i].second == 0) continue;
        if (!out.empty()) out += ' ';
        out += model.features[ranked[i].second];
    }
    return out;
}

bool is_speech_act(Act act) {
    switch (act) {
        case Act::call:
        case Act::accuse:
        case Act::pledge:
        case Act::condition:
        case Act::deny: return true;
        case Act::propose:
        case Act::accept:
        case Act::reject:
        case Act::announce:
        case Act::negotiate:
        case Act::violate:
        case Act::implement:
        case Act::assess: return false;
    }
    return false;
}

/// Acts that somebody does, so that a sentence in the article's voice names him.
bool has_doer(Act act) {
    switch (act) {
        case Act::call:
        case Act::propose:
        case Act::accept:
        case Act::reject:
        case Act::condition:
        case Act::negotiate:
        case Act::accuse:
        case Act::implement:
        case Act::pledge:
        case Act::deny: return true;
        case Act::announce:
        case Act::violate:
        case Act::assess: return false;
    }
    return false;
}

/// The first subject of the sentence that names an actor.
std::int32_t any_subject(const Clauses& clauses) {
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(clauses.size()); ++w) {
        if (syntax::base_relation(clauses.word(w).deprel) == syntax::Deprel::kNsubj && clauses.reference(w)) return w;
    }
    return kNoWord;
}

class ClaimMaker {
public:
    ClaimMaker(const View& view, const AnalyzeOptions& options, Analysis& analysis, const std::vector<SentenceFacts>& facts)
        : view_(view), options_(options), analysis_(analysis), facts_(facts), model_(view.data().claim_model), columns_(columns_of(model_)) {}

    void consider(const Candidate& candidate) {
        const double gate = 1 / (1 + std::exp(-score(model_, *candidate.gate, columns_.gate)));
        if (gate < kGate) return;
        const std::size_t s = candidate.sentence;
        if (candidate.side && 1 / (1 + std::exp(-score(model_, *candidate.claim, columns_.side))) < 0.5) return;
        const Sentence& sentence = analysis_.sentences[s];
        const Attribution& attribution = *candidate.attribution;
        Claim claim;
        claim.span = candidate.span;
        claim.sentence = SentenceIndex(static_cast<std::uint32_t>(s));
        double act_probability = 0;
        double other = 0;
        claim.act = static_cast<Act>(best_of(model_, *candidate.claim, columns_.act, act_probability));
        claim.stance = static_cast<Stance>(best_of(model_, *candidate.claim, columns_.stance, other));
        claim.status = static_cast<Status>(best_of(model_, *candidate.claim, columns_.status, other));
        take_people(claim, candidate);
        take_terms(claim, s);
        claim.quantities = find_quantities(view_, sentence);
        claim.when = find_times(view_, sentence, options_.day);
        claim.quote = quote_of(attribution, s);
        if (candidate.side && !analysis_.claims.empty()) {
            const Claim& before = analysis_.claims.back();
            if (before.sentence == claim.sentence && before.act == claim.act && before.actors == claim.actors && before.sources == claim.sources) return;
        }
        claim.confidence = std::round(gate * std::sqrt(act_probability) * 100) / 100;
        claim.why.push_back("claim: " + loudest(model_, *candidate.gate, columns_.gate));
        claim.why.push_back("act: " + loudest(model_, *candidate.claim, columns_.act[static_cast<std::size_t>(claim.act)]));
        if (!attribution.chain.empty()) claim.why.push_back(attribution.carried ? "source: carried over from before" : "source: " + std::string(attribution.report_value.empty() ? "act of speech" : attribution.report_value));
        analysis_.claims.push_back(std::move(claim));
    }

    /// Adds the pronouns and descriptions that claims stand on to the mentions.
    void finish() {
        // The mentions are in order of span; what is added stands behind them.
        const auto found = static_cast<std::ptrdiff_t>(analysis_.mentions.size());
        std::set<Span> added;
        for (const Reference& reference : added_) {
            const Span span = view_.span_of(reference.begin, reference.end);
            const auto first = analysis_.mentions.begin();
            const auto at = std::lower_bound(first, first + found, span, [](const Mention& mention, Span wanted) { return mention.span < wanted; });
            const bool known = at != first + found && at->span == span;
            if (!known && added.insert(span).second) analysis_.mentions.push_back({span, reference.begin, reference.end, reference.actor, reference.form, reference.form == Form::pronoun ? "pronoun" : "description of an actor named before"});
        }
        std::stable_sort(analysis_.mentions.begin(), analysis_.mentions.end(), [](const Mention& a, const Mention& b) { return a.span < b.span; });
    }

private:
    void note(const Reference& reference) {
        if (reference.is_new) added_.push_back(reference);
    }

    void take_people(Claim& claim, const Candidate& candidate) {
        const Attribution& attribution = *candidate.attribution;
        const std::size_t s = candidate.sentence;
        const SentenceFacts& facts = facts_[s];
        for (std::size_t i = 0; i + 1 < attribution.chain.size(); ++i) {
            claim.via.push_back(attribution.chain[i].actor);
            note(attribution.chain[i]);
        }
        if (!attribution.chain.empty()) {
            claim.sources.push_back(attribution.chain.back().actor);
            note(attribution.chain.back());
            claim.cue = attribution.cue;
        }
        // The cue of the act: first one inside what is told that carries it.
        const CueHit* cue = nullptr;
        for (const CueHit& hit : facts.acts) {
            if (view_.data().cues[hit.row].value != to_string(claim.act)) continue;
            if (hit.begin < attribution.content_begin || hit.end > attribution.content_end) continue;
            if (claim.act == Act::assess) break;
            cue = &hit;
            break;
        }
        std::optional<Reference> subject;
        if (candidate.clauses != nullptr && claim.act != Act::assess) {
            const Clauses& clauses = *candidate.clauses;
            const PredicateFacts& predicate = *candidate.predicate;
            std::int32_t at = predicate.predicate;
            const auto act = static_cast<std::uint8_t>(claim.act);
            if (std::find(predicate.own.begin(), predicate.own.end(), act) == predicate.own.end() && cue != nullptr) {
                const std::int32_t word = clauses.word_of_token(cue->begin);
                if (word != kNoWord && clauses.word(word).upos == syntax::Upos::kVerb) at = word;
            }
            // A speech act told by a source is the source's own, unless the verb of the act stands there with its own subject.
            const bool own = std::find(predicate.own.begin(), predicate.own.end(), act) != predicate.own.end();
            // So is one whose verb is the verb of telling itself: "Trump announces that Israel and Hamas have agreed".
            const bool telling = attribution.cue && std::any_of(facts.acts.begin(), facts.acts.end(), [&](const CueHit& hit) {
                return view_.data().cues[hit.row].value == to_string(claim.act) && view_.span_of(hit.begin, hit.end).overlaps(*attribution.cue);
            });
            const bool sources_own = !claim.sources.empty() && ((is_speech_act(claim.act) && !own) || telling);
            std::int32_t head = sources_own ? kNoWord : clauses.subject(at);
            if (head == kNoWord && !sources_own) head = clauses.subject(predicate.predicate);
            if (head == kNoWord && claim.sources.empty() && has_doer(claim.act)) head = any_subject(clauses);
            for (const Reference& reference : clauses.references(head)) {
                if (!subject) subject = reference;
                if (std::find(claim.actors.begin(), claim.actors.end(), reference.actor) == claim.actors.end()) claim.actors.push_back(reference.actor);
                note(reference);
            }
            // The tree knows no subject (headlines in the present tense are the usual case): whoever opens the sentence.
            if (claim.actors.empty() && claim.sources.empty()) subject = opener(s, cue);
        } else if (cue != nullptr) {
            subject = passive_agent(*cue, s);
            if (!subject) subject = subject_of(view_, analysis_, facts_, s, cue->begin, attribution.content_begin, Discourse{});
            if (subject && analysis_.actors[subject->actor].type == ActorType::media && claim.act != Act::deny) subject.reset();
        }
        if (!claim.sources.empty()) {
            if (!claim.actors.empty()) {
                // by the tree
            } else if (subject) {
                take_actor(claim, *subject, s);
            } else {
                claim.actors.push_back(claim.sources.front());
            }
        } else if (subject) {
            if (claim.actors.empty()) take_actor(claim, *subject, s);
            if (is_speech_act(claim.act)) {
                claim.sources.push_back(subject->actor);
                if (cue != nullptr) claim.cue = view_.span_of(cue->begin, cue->end);
            }
        }
        if (cue != nullptr) take_targets(claim, *cue, s);
    }

    /// The doer and those who do it with him: "the US, Qatar and Egypt".
    void take_actor(Claim& claim, const Reference& subject, std::size_t s) {
        note(subject);
        claim.actors.push_back(subject.actor);
        if (subject.is_new) return;
        std::uint32_t begin = subject.begin;
        const auto& mentions = facts_[s].mentions;
        for (auto m = mentions.rbegin(); m != mentions.rend() && claim.actors.size() < 8; ++m) {
            const Mention& mention = analysis_.mentions[*m];
            if (mention.token_end > begin) continue;
            bool joined = false;
            for (std::uint32_t k = mention.token_end; k <= begin; ++k) {
                const std::string_view gap = view_.gap_before(k);
                const bool linking = k == begin || view_.is_any(k, "and", "the", "both", "as", "well");
                if (!linking || begin - mention.token_end > 3) {
                    joined = false;
                    break;
                }
                joined = joined || gap == ", " || (k < begin && view_.is(k, "and"));
            }
            if (!joined) break;
            if (std::find(claim.actors.begin(), claim.actors.end(), mention.actor) == claim.actors.end()) claim.actors.insert(claim.actors.begin(), mention.actor);
            begin = mention.token_begin;
        }
    }

    /// The actor that a sentence in the article's voice opens with, when the cue of the act follows it.
    [[nodiscard]] std::optional<Reference> opener(std::size_t s, const CueHit* cue) const {
        const Sentence& sentence = analysis_.sentences[s];
        const auto& mentions = facts_[s].mentions;
        if (cue == nullptr || mentions.empty()) return std::nullopt;
        const Mention* found = nullptr;
        for (const std::uint32_t m : mentions) {
            const Mention& mention = analysis_.mentions[m];
            if (mention.token_end > cue->begin) break;
            if (found == nullptr && mention.token_begin > sentence.token_begin + 3) break;
            // "Middle East envoy Steve Witkoff": the names that touch are one phrase, and its last is the person.
            if (found != nullptr && (mention.token_begin > found->token_end + 2 || analysis_.actors[mention.actor].type != ActorType::person)) break;
            found = &mention;
        }
        if (found == nullptr || (found->token_end < sentence.token_end && view_.possessive(found->token_end))) return std::nullopt;
        return Reference{found->actor, found->token_begin, found->token_end, found->form, false};
    }

    /// "was rejected by Hamas".
    std::optional<Reference> passive_agent(const CueHit& cue, std::size_t s) const {
        const Sentence& sentence = analysis_.sentences[s];
        if (cue.end + 1 >= sentence.token_end || !view_.is(cue.end, "by")) return std::nullopt;
        return object_at(view_, analysis_, facts_, s, cue.end + 1, sentence.token_end);
    }

    void take_targets(Claim& claim, const CueHit& cue, std::size_t s) {
        const Sentence& sentence = analysis_.sentences[s];
        std::uint32_t after = cue.end;
        switch (claim.act) {
            case Act::call:
            case Act::accuse: break;
            case Act::negotiate: {
                bool found = false;
                for (std::uint32_t t = cue.end; t < std::min(cue.end + 8, sentence.token_end); ++t) {
                    if (!view_.is_any(t, "with", "between")) continue;
                    after = t + 1;
                    found = true;
                    break;
                }
                if (!found) return;
                break;
            }
            case Act::propose:
            case Act::accept:
            case Act::reject:
            case Act::condition:
            case Act::announce:
            case Act::violate:
            case Act::implement:
            case Act::pledge:
            case Act::assess:
            case Act::deny: return;
        }
        if (const auto target = object_at(view_, analysis_, facts_, s, after, sentence.token_end)) {
            if (claim.actors.empty() || claim.actors.front() != target->actor) claim.targets.push_back(target->actor);
        }
    }

    void take_terms(Claim& claim, std::size_t s) {
        const LexiconData& data = view_.data();
        const auto add = [&](std::string_view slug) {
            if (std::find(claim.terms.begin(), claim.terms.end(), slug) == claim.terms.end()) claim.terms.push_back(slug);
        };
        for (const CueHit& hit : facts_[s].core_terms) add(data.terms[hit.row].slug);
        for (const CueHit& hit : facts_[s].side_terms) add(data.terms[hit.row].slug);
        // The most specific kind: a plain "ceasefire" says nothing beside a closer one.
        constexpr std::array<std::string_view, 7> kCloser = {"humanitarian_pause", "temporary_ceasefire", "permanent_ceasefire", "unilateral_ceasefire", "partial_ceasefire", "immediate_ceasefire", "cessation_of_hostilities"};
        const bool closer = std::any_of(claim.terms.begin(), claim.terms.end(), [&](std::string_view term) { return std::find(kCloser.begin(), kCloser.end(), term) != kCloser.end(); });
        if (closer) std::erase(claim.terms, "ceasefire");
    }

    [[nodiscard]] Quote quote_of(const Attribution& attribution, std::size_t s) const {
        if (attribution.chain.empty()) return Quote::none;
        const SentenceFacts& facts = facts_[s];
        if (!facts.quoted && !facts.inside_quote) return Quote::indirect;
        const std::string_view text = slice(view_.text(), analysis_.sentences[s].span);
        const bool starts = facts.inside_quote || text[0] == '"' || text.substr(0, 3) == "\u201C";
        return starts || (attribution.content_begin < attribution.content_end && view_.gap_before(attribution.content_begin).find_first_of("\"") != std::string_view::npos) ? Quote::direct : Quote::mixed;
    }

    const View& view_;
    const AnalyzeOptions& options_;
    Analysis& analysis_;
    const std::vector<SentenceFacts>& facts_;
    const LinearModel& model_;
    Columns columns_;
    std::vector<Reference> added_;
};

}  // namespace

void visit_candidates(const View& view, const AnalyzeOptions& options, Analysis& analysis, const std::vector<SentenceFacts>& facts, const ArticleFacts& article, const std::function<void(const Candidate&)>& visit) {
    if (!article.live) return;
    Discourse discourse;
    discourse.author = first_person(view, analysis);
    FeatureVector gate;
    FeatureVector claim;
    for (std::size_t s = 0; s < facts.size(); ++s) {
        if (analysis.furniture[s]) continue;
        Attribution attribution = read_attribution(view, analysis, facts, s, discourse);
        // Parsed is only what may carry a claim: the rest keeps the reading by word order.
        std::optional<Clauses> clauses;
        PredicateFacts predicate;
        const bool promising = !facts[s].core_terms.empty() || !facts[s].deals.empty() || !facts[s].side_terms.empty() || !facts[s].acts.empty();
        if (options.model != nullptr && promising) {
            syntax::parse(view.text(), analysis.sentences[s].span, *options.model, analysis.workspace, analysis.tree);
            clauses.emplace(view, analysis, facts[s], analysis.tree, [&](std::uint32_t t) { return resolve_pronoun(view, analysis, facts, s, t, discourse); },
                            [&](std::uint32_t end) { return resolve_nominal(view, analysis, facts, s, end); });
            Attribution by_tree = attribution_by_tree(view, analysis, facts[s], analysis.sentences[s], *clauses);
            if (!by_tree.chain.empty()) attribution = std::move(by_tree);
            predicate = predicate_facts(view, analysis, facts[s], attribution, *clauses);
        }
        AttributionFacts told;
        told.has_source = !attribution.chain.empty();
        told.has_via = attribution.chain.size() > 1;
        told.direct_quote = facts[s].quoted || facts[s].inside_quote;
        told.report_value = attribution.report_value;
        told.content_begin = attribution.content_begin;
        told.content_end = attribution.content_end;
        gate_features(view, analysis, facts, article, s, gate);
        claim_features(view, analysis, facts, article, s, told, predicate, claim);
        visit({s, &attribution, &gate, &claim, clauses ? &*clauses : nullptr, &predicate, false, analysis.sentences[s].span});
        if (clauses) {
            for (const SideClause& side : side_clauses(view, analysis, facts[s], attribution, predicate, *clauses)) {
                AttributionFacts beside = told;
                beside.has_source = !side.attribution.chain.empty();
                beside.has_via = side.attribution.chain.size() > 1;
                beside.report_value = side.attribution.report_value;
                beside.content_begin = side.attribution.content_begin;
                beside.content_end = side.attribution.content_end;
                beside.side = true;
                claim_features(view, analysis, facts, article, s, beside, side.predicate, claim);
                visit({s, &side.attribution, &gate, &claim, &*clauses, &side.predicate, true, view.span_of(side.range.begin, side.range.end)});
            }
        }
        if (!attribution.chain.empty() && !analysis.sentences[s].title) {
            discourse.last = attribution;
            discourse.last_sentence = s;
            discourse.last_paragraph = analysis.sentences[s].paragraph;
        }
    }
}

void find_claims(const View& view, const AnalyzeOptions& options, Analysis& analysis) {
    if (view.data().claim_model.empty()) return;
    const std::vector<SentenceFacts> facts = gather_facts(view, analysis);
    // Most articles end here, before the scorers are looked up.
    const ArticleFacts article = gather_article_facts(view, analysis, facts);
    if (!article.live) return;
    CEASEWIRE_ASSERT(view.data().claim_model.features == feature_names());
    ClaimMaker maker(view, options, analysis, facts);
    visit_candidates(view, options, analysis, facts, article, [&](const Candidate& candidate) { maker.consider(candidate); });
    maker.finish();
}

}  // namespace ceasewire::analysis
