#include "analysis/features.h"

#include <algorithm>
#include <cmath>

#include "analysis/clauses.h"

namespace ceasewire::analysis {
namespace {

constexpr std::array<std::string_view, 34> kSlugs = {
    "ceasefire", "armistice", "cessation_of_hostilities", "humanitarian_pause", "temporary_ceasefire", "permanent_ceasefire", "unilateral_ceasefire", "partial_ceasefire", "immediate_ceasefire", "entry_into_force", "extension_or_phase",
    "violation", "collapse", "monitoring", "security_guarantees", "peacekeeping_force", "separation_of_forces", "troop_withdrawal", "disarmament", "hostage_release", "prisoner_exchange", "humanitarian_access", "humanitarian_corridor",
    "blockade_lifting", "displaced_return", "remains_return", "sanctions_relief", "reconstruction", "political_settlement", "peace_talks", "mediation", "peace_plan", "un_resolution", ""};
constexpr std::array<std::string_view, kActs> kActNames = {"call", "propose", "accept", "reject", "condition", "announce", "negotiate", "accuse", "violate", "implement", "pledge", "assess", "deny"};
constexpr std::array<std::string_view, 47> kDetails = {"call.urge", "call.press", "call.must", "call.demand", "propose.offer", "propose.text", "accept.agree", "accept.support", "accept.welcome", "accept.ready", "reject.refuse", "reject.oppose", "reject.fight", "reject.yet", "condition.word", "condition.demand", "condition.exchange", "announce.say", "announce.reach", "announce.effect", "announce.extend", "negotiate.talk", "negotiate.meet", "negotiate.mediate", "negotiate.travel", "negotiate.effort", "negotiate.stall", "accuse.blame", "accuse.condemn", "accuse.obstruct", "violate.breach", "violate.strike", "violate.killed", "violate.end", "implement.release", "implement.move", "implement.hold", "implement.do", "pledge.vow", "pledge.commit", "pledge.work", "deny.deny", "deny.false", "assess.odds", "assess.obstacle", "assess.value", "assess.describe"};
constexpr std::array<std::string_view, 11> kReports = {"say", "confirm", "stress", "claim", "think", "warn", "media", "according", "quote", "statement", "ask"};
constexpr std::array<std::string_view, 3> kModals = {"predicted", "possible", "proposed"};
constexpr std::array<std::string_view, 4> kDeals = {"deal", "plan", "talks", "resolution"};

enum Base : std::uint16_t {
    kBias, kCoreOne, kCoreTwo, kNegation, kNegationNearMain, kCondition, kConditionIf, kTitle, kPrevCore, kPrevDeal, kNextCore, kNextDeal, kNearCore, kDensity, kTitleCore, kTitleDeal, kFirstSentences, kLength, kLongSentence,
    kFighter, kState, kPerson, kGroup, kMediaActor, kNoActor, kTwoActors, kPronounStart, kQuestion, kNumber, kQuoted, kInsideQuote, kFigurative, kDefiniteDeal, kLive, kHasSource, kHasVia, kDirectQuote, kFirstPerson, kPastVerb,
    kCoreAndReport, kDealAndReport, kDealAndAct, kNoCoreNoDeal, kSideOnly, kPrevSideTerm, kAfterClaimLike, kArmedVerbOnly, kSameParagraph,
    kBaseEnd
};
constexpr std::array<std::string_view, kBaseEnd> kBaseNames = {
    "bias", "core:one", "core:two", "negation", "negation:main", "condition", "condition:if", "title", "prev:core", "prev:deal", "next:core", "next:deal", "near:core", "article:density", "article:title_core", "article:title_deal",
    "first_sentences", "length", "long", "has:fighter", "has:state", "has:person", "has:group", "has:media", "has:no_actor", "has:two_actors", "starts:pronoun", "question", "number", "quoted", "inside_quote", "figurative",
    "definite_deal", "article:live", "source", "via", "direct_quote", "first_person", "past", "core+report", "deal+report", "deal+act", "no_core_no_deal", "side_only", "prev:side", "prev:report", "armed_only", "paragraph:same"};

constexpr std::uint16_t kSlugAt = kBaseEnd;
constexpr std::uint16_t kActAt = kSlugAt + kSlugs.size();
constexpr std::uint16_t kActFirstAt = kActAt + kActs;
constexpr std::uint16_t kActMainAt = kActFirstAt + kActs;
constexpr std::uint16_t kActNegatedAt = kActMainAt + kActs;
constexpr std::uint16_t kReportAt = kActNegatedAt + kActs;
constexpr std::uint16_t kReportMainAt = kReportAt + kReports.size();
constexpr std::uint16_t kModalAt = kReportMainAt + kReports.size();
constexpr std::uint16_t kModalMainAt = kModalAt + kModals.size();
constexpr std::uint16_t kDealAt = kModalMainAt + kModals.size();
constexpr std::uint16_t kPredicateActAt = kDealAt + kDeals.size();
constexpr std::uint16_t kArgumentActAt = kPredicateActAt + kActs;
constexpr std::uint16_t kSubjectAt = kArgumentActAt + kActs;
constexpr std::array<std::string_view, 8> kSubjects = {"person", "state", "fighter", "group", "other", "pronoun", "unnamed", "none"};
constexpr std::uint16_t kPredicateAt = kSubjectAt + kSubjects.size();
constexpr std::array<std::string_view, 11> kPredicates = {"negated", "conditional", "passive", "nominal", "parsed", "side", "side_core", "side_deal", "side_term", "side_report", "side_actor"};
constexpr std::uint16_t kDetailAt = kPredicateAt + kPredicates.size();
constexpr std::uint16_t kDetailMainAt = kDetailAt + kDetails.size();
constexpr std::uint16_t kDetailPredicateAt = kDetailMainAt + kDetails.size();
constexpr std::uint16_t kFeatureCount = kDetailPredicateAt + kDetails.size();

template <std::size_t N>
std::size_t place(const std::array<std::string_view, N>& names, std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// Collects features; each is kept once, with its largest value.
class Collector {
public:
    explicit Collector(FeatureVector& out) : out_(out) { out_.clear(); }
    void add(std::size_t feature, float value = 1) {
        for (auto& [index, kept] : out_) {
            if (index != feature) continue;
            kept = std::max(kept, value);
            return;
        }
        out_.emplace_back(static_cast<std::uint16_t>(feature), value);
    }

private:
    FeatureVector& out_;
};

std::size_t subject_kind(ActorType type) {
    switch (type) {
        case ActorType::person: return 0;
        case ActorType::state:
        case ActorType::government_body: return 1;
        case ActorType::military:
        case ActorType::armed_group: return 2;
        case ActorType::role_group: return 3;
        case ActorType::political_group:
        case ActorType::igo:
        case ActorType::ngo:
        case ActorType::media:
        case ActorType::company:
        case ActorType::other: return 4;
    }
    return 4;
}

bool has_deal(const SentenceFacts& facts) { return !facts.deals.empty(); }

void shared_features(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& all, const ArticleFacts& article, std::size_t s, Collector& add) {
    const SentenceFacts& facts = all[s];
    const Sentence& sentence = analysis.sentences[s];
    const LexiconData& data = view.data();
    add.add(kBias);
    if (!facts.core_terms.empty()) add.add(kCoreOne);
    if (facts.core_terms.size() > 1) add.add(kCoreTwo);
    for (const CueHit& hit : facts.core_terms) add.add(kSlugAt + place(kSlugs, data.terms[hit.row].slug));
    for (const CueHit& hit : facts.side_terms) add.add(kSlugAt + place(kSlugs, data.terms[hit.row].slug));
    for (const CueHit& hit : facts.deals) add.add(kDealAt + place(kDeals, data.cues[hit.row].value));
    if (!facts.negations.empty()) add.add(kNegation);
    if (!facts.conditions.empty()) add.add(kCondition);
    for (const CueHit& hit : facts.conditions) {
        if (view.is_any(hit.begin, "if", "unless", "only", "until", "before", "once")) add.add(kConditionIf);
    }
    if (sentence.title) add.add(kTitle);
    if (facts.figurative) add.add(kFigurative);
    if (facts.quoted) add.add(kQuoted);
    if (facts.inside_quote) add.add(kInsideQuote);
    if (article.live) add.add(kLive);
    const auto before = s > 0 && !analysis.sentences[s - 1].title ? &all[s - 1] : nullptr;
    const auto after = s + 1 < all.size() && !sentence.title ? &all[s + 1] : nullptr;
    if (before != nullptr && !before->core_terms.empty()) add.add(kPrevCore);
    if (before != nullptr && has_deal(*before)) add.add(kPrevDeal);
    if (before != nullptr && !before->side_terms.empty()) add.add(kPrevSideTerm);
    if (before != nullptr && !before->reports.empty()) add.add(kAfterClaimLike);
    if (before != nullptr && analysis.sentences[s - 1].paragraph == sentence.paragraph) add.add(kSameParagraph);
    if (after != nullptr && !after->core_terms.empty()) add.add(kNextCore);
    if (after != nullptr && has_deal(*after)) add.add(kNextDeal);
    bool near = false;
    for (std::size_t k = s > 2 ? s - 2 : 0; k < std::min(all.size(), s + 3); ++k) near = near || (k != s && !all[k].core_terms.empty());
    if (near) add.add(kNearCore);
    add.add(kDensity, static_cast<float>(article.core_sentences) / static_cast<float>(std::max<std::size_t>(article.sentences, 1)));
    if (article.title_core) add.add(kTitleCore);
    if (article.title_deal) add.add(kTitleDeal);
    if (s < 4) add.add(kFirstSentences);
    const auto words = static_cast<float>(sentence.token_end - sentence.token_begin);
    add.add(kLength, std::log(words + 1) / 4);
    if (words > 35) add.add(kLongSentence);
    bool fighter = false;
    std::vector<std::uint32_t> distinct;
    for (const std::uint32_t m : facts.mentions) {
        const FoundActor& actor = analysis.actors[analysis.mentions[m].actor];
        if (std::find(distinct.begin(), distinct.end(), analysis.mentions[m].actor) == distinct.end()) distinct.push_back(analysis.mentions[m].actor);
        switch (actor.type) {
            case ActorType::armed_group:
            case ActorType::military: fighter = true; break;
            case ActorType::state:
            case ActorType::government_body: add.add(kState); break;
            case ActorType::person: add.add(kPerson); break;
            case ActorType::role_group: add.add(kGroup); break;
            case ActorType::media: add.add(kMediaActor); break;
            default: break;
        }
    }
    if (fighter) add.add(kFighter);
    if (distinct.empty()) add.add(kNoActor);
    if (distinct.size() >= 2) add.add(kTwoActors);
    if (view.is_any(sentence.token_begin, "he", "she", "it", "they", "this", "that", "these", "both", "we")) add.add(kPronounStart);
    const std::string_view text = slice(view.text(), sentence.span);
    if (text.find('?') != std::string_view::npos) add.add(kQuestion);
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        if (view.number(t)) add.add(kNumber);
        if (view.is_any(t, "we", "our", "us", "i")) add.add(kFirstPerson);
    }
    for (const CueHit& hit : facts.deals) {
        if (hit.begin > sentence.token_begin && view.is_any(hit.begin - 1, "the", "this", "that", "any", "such", "a")) add.add(kDefiniteDeal);
    }
    if (!facts.core_terms.empty() && !facts.reports.empty()) add.add(kCoreAndReport);
    if (has_deal(facts) && !facts.reports.empty()) add.add(kDealAndReport);
    if (facts.core_terms.empty() && !has_deal(facts)) add.add(facts.side_terms.empty() ? kNoCoreNoDeal : kSideOnly);
    for (const CueHit& hit : facts.modals) add.add(kModalAt + place(kModals, data.cues[hit.row].value));
    for (const CueHit& hit : facts.reports) add.add(kReportAt + place(kReports, data.cues[hit.row].value));
}

}  // namespace

void SentenceFacts::clear() { *this = SentenceFacts{}; }

const std::vector<std::string>& feature_names() {
    static const std::vector<std::string> kNames = [] {
        std::vector<std::string> names;
        for (const auto name : kBaseNames) names.emplace_back(name);
        for (const auto name : kSlugs) names.push_back("term:" + std::string(name));
        for (const auto* prefix : {"act:", "act_first:", "act_main:", "act_negated:"}) {
            for (const auto name : kActNames) names.push_back(prefix + std::string(name));
        }
        for (const auto* prefix : {"report:", "report_main:"}) {
            for (const auto name : kReports) names.push_back(prefix + std::string(name));
        }
        for (const auto* prefix : {"modal:", "modal_main:"}) {
            for (const auto name : kModals) names.push_back(prefix + std::string(name));
        }
        for (const auto name : kDeals) names.push_back("deal:" + std::string(name));
        for (const auto* prefix : {"predicate:", "argument:"}) {
            for (const auto name : kActNames) names.push_back(prefix + std::string(name));
        }
        for (const auto name : kSubjects) names.push_back("subject:" + std::string(name));
        for (const auto name : kPredicates) names.push_back("predicate_is:" + std::string(name));
        for (const auto* prefix : {"cue:", "cue_main:", "predicate_cue:"}) {
            for (const auto name : kDetails) names.push_back(prefix + std::string(name));
        }
        CEASEWIRE_ASSERT(names.size() == kFeatureCount);
        return names;
    }();
    return kNames;
}

std::vector<SentenceFacts> gather_facts(const View& view, const Analysis& analysis) {
    const LexiconData& data = view.data();
    std::vector<SentenceFacts> all(analysis.sentences.size());
    std::size_t s = 0;
    for (const PhraseMatch& match : analysis.phrases) {
        while (s < all.size() && analysis.sentences[s].token_end <= match.token) ++s;
        if (s == all.size()) break;
        if (analysis.furniture[s] || match.layer != static_cast<std::uint16_t>(Layer::cues)) continue;
        SentenceFacts& facts = all[s];
        view.entries(match, [&](const Entry& entry) {
            const CueHit hit{match.token, match.token + match.tokens, entry.index};
            if (entry.meaning == Meaning::term) {
                (data.terms[entry.index].core ? facts.core_terms : facts.side_terms).push_back(hit);
                return;
            }
            switch (data.cues[entry.index].kind) {
                case CueKind::report: facts.reports.push_back(hit); break;
                case CueKind::act: facts.acts.push_back(hit); break;
                case CueKind::negation: facts.negations.push_back(hit); break;
                case CueKind::condition: facts.conditions.push_back(hit); break;
                case CueKind::modal: facts.modals.push_back(hit); break;
                case CueKind::deal: facts.deals.push_back(hit); break;
                case CueKind::topic: facts.figurative = true; break;
                case CueKind::conflict: break;
            }
        });
    }
    s = 0;
    for (std::uint32_t m = 0; m < analysis.mentions.size(); ++m) {
        while (s < all.size() && analysis.sentences[s].token_end <= analysis.mentions[m].token_begin) ++s;
        if (s == all.size()) break;
        all[s].mentions.push_back(m);
    }
    // Quotations: curly marks open and close; a straight one toggles. A new paragraph closes what was left open, unless it begins with a mark itself.
    bool open = false;
    for (s = 0; s < all.size(); ++s) {
        const Sentence& sentence = analysis.sentences[s];
        if (s > 0 && analysis.sentences[s - 1].paragraph != sentence.paragraph) open = false;
        all[s].inside_quote = open;
        const std::string_view text = slice(view.text(), sentence.span);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '"') {
                open = !open;
                all[s].quoted = true;
            } else if (text.substr(i, 3) == "\u201C") {
                open = true;
                all[s].quoted = true;
            } else if (text.substr(i, 3) == "\u201D") {
                open = false;
                all[s].quoted = true;
            }
        }
    }
    return all;
}

ArticleFacts gather_article_facts(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts) {
    ArticleFacts article;
    const LexiconData& data = view.data();
    std::size_t deals = 0;
    std::size_t figurative = 0;
    for (std::size_t s = 0; s < facts.size(); ++s) {
        if (analysis.furniture[s]) continue;
        ++article.sentences;
        if (!facts[s].core_terms.empty()) {
            ++article.core_sentences;
            figurative += facts[s].figurative ? 1U : 0U;
            article.title_core = article.title_core || analysis.sentences[s].title;
        }
        for (const CueHit& hit : facts[s].deals) {
            // "peace deal", "hostage deal", "peace talks": two words that say what the deal is about.
            deals += hit.end - hit.begin >= 2 ? 1U : 0U;
            article.title_deal = article.title_deal || analysis.sentences[s].title;
        }
        for (const CueHit& hit : facts[s].side_terms) {
            const std::string& slug = data.terms[hit.row].slug;
            deals += hit.end - hit.begin >= 2 && (slug == "peace_plan" || slug == "prisoner_exchange" || slug == "hostage_release" || slug == "peace_talks") ? 1U : 0U;
        }
    }
    article.live = article.core_sentences > figurative || deals > 0;
    return article;
}

void gate_features(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& all, const ArticleFacts& article, std::size_t s, FeatureVector& out) {
    Collector add(out);
    shared_features(view, analysis, all, article, s, add);
    const SentenceFacts& facts = all[s];
    for (const CueHit& hit : facts.acts) {
        add.add(kActAt + place(kActNames, view.data().cues[hit.row].value));
        add.add(kDetailAt + place(kDetails, view.data().cues[hit.row].detail));
    }
    if (has_deal(facts) && !facts.acts.empty()) add.add(kDealAndAct);
}

void claim_features(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& all, const ArticleFacts& article, std::size_t s, const AttributionFacts& attribution, const PredicateFacts& predicate, FeatureVector& out) {
    Collector add(out);
    shared_features(view, analysis, all, article, s, add);
    const SentenceFacts& facts = all[s];
    const LexiconData& data = view.data();
    if (attribution.has_source) add.add(kHasSource);
    if (attribution.has_via) add.add(kHasVia);
    if (attribution.direct_quote) add.add(kDirectQuote);
    if (!attribution.report_value.empty()) add.add(kReportMainAt + place(kReports, attribution.report_value));
    const auto inside = [&](const CueHit& hit) { return hit.begin >= attribution.content_begin && hit.end <= attribution.content_end; };
    const auto negated = [&](const CueHit& act) {
        return std::any_of(facts.negations.begin(), facts.negations.end(), [&](const CueHit& no) { return no.end <= act.begin && act.begin - no.end <= 3; });
    };
    // The main act: the cue that stands nearest before a halt or deal; else the first in the content.
    const CueHit* first = nullptr;
    const CueHit* main = nullptr;
    std::uint32_t nearest = UINT32_MAX;
    for (const CueHit& hit : facts.acts) {
        if (!inside(hit)) continue;
        const std::size_t act = place(kActNames, data.cues[hit.row].value);
        add.add(kActAt + act);
        add.add(kDetailAt + place(kDetails, data.cues[hit.row].detail));
        if (negated(hit)) add.add(kActNegatedAt + act);
        if (first == nullptr || hit.begin < first->begin) first = &hit;
        for (const auto* targets : {&facts.core_terms, &facts.deals}) {
            for (const CueHit& target : *targets) {
                if (target.begin < hit.end) continue;
                const std::uint32_t distance = target.begin - hit.end;
                if (distance < nearest && distance <= 8) {
                    nearest = distance;
                    main = &hit;
                }
            }
        }
    }
    const auto add_all = [&](const CueHit* chosen, std::uint16_t at, bool details) {
        if (chosen == nullptr) return;
        for (const CueHit& hit : facts.acts) {
            if (hit.begin != chosen->begin) continue;
            add.add(at + place(kActNames, data.cues[hit.row].value));
            if (details) add.add(kDetailMainAt + place(kDetails, data.cues[hit.row].detail));
        }
    };
    add_all(first, kActFirstAt, false);
    add_all(main != nullptr ? main : first, kActMainAt, true);
    if (main != nullptr && negated(*main)) add.add(kNegationNearMain);
    for (const CueHit& hit : facts.modals) {
        if (inside(hit)) add.add(kModalMainAt + place(kModals, data.cues[hit.row].value));
    }
    if (attribution.side) {
        // What the clause itself holds.
        const auto holds = [&](const std::vector<CueHit>& hits) { return std::any_of(hits.begin(), hits.end(), inside); };
        add.add(kPredicateAt + 5U);
        if (holds(facts.core_terms)) add.add(kPredicateAt + 6U);
        if (holds(facts.deals)) add.add(kPredicateAt + 7U);
        if (holds(facts.side_terms)) add.add(kPredicateAt + 8U);
        if (holds(facts.reports)) add.add(kPredicateAt + 9U);
        for (const std::uint32_t m : facts.mentions) {
            if (analysis.mentions[m].token_begin >= attribution.content_begin && analysis.mentions[m].token_end <= attribution.content_end) add.add(kPredicateAt + 10U);
        }
    }
    if (!predicate.parsed) return;
    add.add(kPredicateAt + 4U);
    for (const std::uint8_t act : predicate.own) add.add(kPredicateActAt + act);
    for (const std::uint32_t row : predicate.own_rows) add.add(kDetailPredicateAt + place(kDetails, data.cues[row].detail));
    for (const std::uint8_t act : predicate.arguments) add.add(kArgumentActAt + act);
    if (predicate.negated) add.add(kPredicateAt);
    if (predicate.conditional) add.add(kPredicateAt + 1U);
    if (predicate.passive) add.add(kPredicateAt + 2U);
    if (predicate.nominal) add.add(kPredicateAt + 3U);
    const std::size_t subject = !predicate.has_subject ? 7U : predicate.pronoun_subject ? 5U : !predicate.subject_named ? 6U : subject_kind(predicate.subject_type);
    add.add(kSubjectAt + subject);
}

}  // namespace ceasewire::analysis
