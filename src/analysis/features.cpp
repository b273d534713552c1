#include "analysis/features.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "text/stem.h"

namespace ceasewire::analysis {
namespace {

bool has_deal(const SentenceFacts& facts) { return !facts.deals.empty(); }

}  // namespace

bool follow_quotation(std::string_view text, bool& open) {
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            open = !open;
        else if (text.substr(i, 3) == "\u201C")
            open = true;
        else if (text.substr(i, 3) == "\u201D")
            open = false;
        else
            continue;
        any = true;
    }
    return any;
}

namespace {

/// Which cues and terms count: of those that overlap the first, and of those that begin together
/// the longest, as if they were one layer. "must stop" does not hide "stop fighting", though: what
/// is asked to be done and what the halt is called are both told.
class Covering {
public:
    explicit Covering(const View& view) : view_(view) {}

    /// Calls `visit(match)` for those that count, of all matches in order.
    template <class Visit>
    void visit(const std::vector<PhraseMatch>& matches, const Visit& visit) {
        std::uint32_t covered = 0;  // up to this token
        bool act = false;           // by what may be an act
        for (std::size_t i = 0; i < matches.size();) {
            const std::uint32_t token = matches[i].token;
            std::size_t end = i;
            std::uint32_t longest = 0;
            for (; end < matches.size() && matches[end].token == token; ++end) {
                if (counts(matches[end]))
                    longest = std::max<std::uint32_t>(longest, matches[end].tokens);
            }
            const bool free = token >= covered;
            bool acts = false;
            for (; i < end; ++i) {
                const PhraseMatch& match = matches[i];
                if (!counts(match)) continue;
                const bool first = free && match.tokens == longest;
                if (first || (!free && act && is_core(match))) visit(match);
                acts = acts || (first && view_.has_cue(match, CueKind::act));
            }
            if (!free || longest == 0) continue;
            covered = token + longest;
            act = acts;
        }
    }

private:
    static bool counts(const PhraseMatch& match) {
        return match.layer == static_cast<std::uint16_t>(Layer::cues) ||
               match.layer == static_cast<std::uint16_t>(Layer::terms);
    }
    [[nodiscard]] bool is_core(const PhraseMatch& match) const {
        return view_.any_entry(match, [&](const Entry& entry) {
            return entry.meaning == Meaning::term && view_.data().terms[entry.index].core;
        });
    }

    const View& view_;
};

}  // namespace

void SentenceFacts::clear() {
    for (std::vector<CueHit>* hits :
         {&reports, &acts, &negations, &conditions, &modals, &deals, &core_terms, &side_terms})
        hits->clear();
    mentions.clear();
    conflicts = 0;
    figurative = quoted = inside_quote = leaves_quote_open = false;
}

void gather_facts(const View& view, const Analysis& analysis, std::vector<SentenceFacts>& all) {
    const LexiconData& data = view.data();
    all.resize(analysis.sentences.size());
    for (SentenceFacts& facts : all) facts.clear();
    std::size_t s = 0;
    Covering(view).visit(analysis.phrases, [&](const PhraseMatch& match) {
        while (s < all.size() && analysis.sentences[s].token_end <= match.token) ++s;
        if (s == all.size() || analysis.furniture[s]) return;
        SentenceFacts& facts = all[s];
        view.entries(match, [&](const Entry& entry) {
            const CueHit hit{match.token, match.token + match.tokens, entry.index};
            if (entry.meaning == Meaning::term) {
                (data.terms[entry.index].core ? facts.core_terms : facts.side_terms).push_back(hit);
                return;
            }
            switch (data.cues[entry.index].kind) {
                case CueKind::report:
                    facts.reports.push_back(hit);
                    break;
                case CueKind::act:
                    facts.acts.push_back(hit);
                    break;
                case CueKind::negation:
                    facts.negations.push_back(hit);
                    break;
                case CueKind::condition:
                    facts.conditions.push_back(hit);
                    break;
                case CueKind::modal:
                    facts.modals.push_back(hit);
                    break;
                case CueKind::deal:
                    facts.deals.push_back(hit);
                    break;
                case CueKind::topic:
                    facts.figurative = true;
                    break;
                case CueKind::conflict:
                    ++facts.conflicts;
                    break;
            }
        });
    });
    s = 0;
    for (std::uint32_t m = 0; m < analysis.mentions.size(); ++m) {
        while (s < all.size() &&
               analysis.sentences[s].token_end <= analysis.mentions[m].token_begin)
            ++s;
        if (s == all.size()) break;
        all[s].mentions.push_back(m);
    }
    // A new paragraph closes what was left open, unless it begins with a mark itself.
    bool open = false;
    for (s = 0; s < all.size(); ++s) {
        const Sentence& sentence = analysis.sentences[s];
        if (s > 0 && analysis.sentences[s - 1].paragraph != sentence.paragraph) open = false;
        all[s].inside_quote = open;
        all[s].quoted = follow_quotation(slice(view.text(), sentence.span), open);
        all[s].leaves_quote_open = open;
    }
}

namespace {

/// Whether a country or place is named, or an actor that has a state or weapons.
bool names_parties(const View& view, const Analysis& analysis) {
    for (const FoundActor& actor : analysis.actors) {
        switch (actor.type) {
            case ActorType::state:
            case ActorType::government_body:
            case ActorType::military:
            case ActorType::armed_group:
            case ActorType::political_group:
            case ActorType::igo:
                return true;
            case ActorType::person:
                if (!actor.roles.empty()) return true;
                break;
            case ActorType::ngo:
            case ActorType::media:
            case ActorType::company:
            case ActorType::role_group:
            case ActorType::other:
                break;
        }
    }
    for (const PhraseMatch& match : analysis.phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::names)) continue;
        bool place = false;
        view.entries(match, [&](const Entry& entry) {
            place = place || entry.meaning == Meaning::adjective ||
                    entry.meaning == Meaning::people || entry.meaning == Meaning::metonym ||
                    entry.meaning == Meaning::place ||
                    (entry.meaning == Meaning::actor &&
                     view.data().actors[entry.index].type == ActorType::state);
        });
        if (place) return true;
    }
    return false;
}

}  // namespace

ArticleFacts gather_article_facts(const View& view, const Analysis& analysis,
                                  const std::vector<SentenceFacts>& facts) {
    ArticleFacts article;
    const LexiconData& data = view.data();
    std::size_t figurative = 0;
    std::size_t hints = 0;
    for (std::size_t s = 0; s < facts.size(); ++s) {
        if (analysis.furniture[s]) continue;
        ++article.sentences;
        article.conflicts += facts[s].conflicts;
        article.figurative += facts[s].figurative ? 1U : 0U;
        if (!facts[s].core_terms.empty()) {
            ++article.core_sentences;
            figurative += facts[s].figurative ? 1U : 0U;
            article.title_core = article.title_core || analysis.sentences[s].title;
        }
        hints += facts[s].deals.size() + facts[s].side_terms.size();
        for (const CueHit& hit : facts[s].deals) {
            // "peace deal", "hostage deal", "peace talks": two words that say what the deal is
            // about.
            article.deals += hit.end - hit.begin >= 2 ? 1U : 0U;
            article.title_deal = article.title_deal || analysis.sentences[s].title;
        }
        for (const CueHit& hit : facts[s].side_terms) {
            const std::string& slug = data.terms[hit.row].slug;
            article.deals +=
                hit.end - hit.begin >= 2 && (slug == "peace_plan" || slug == "prisoner_exchange" ||
                                             slug == "hostage_release" || slug == "peace_talks")
                    ? 1U
                    : 0U;
        }
    }
    article.war = article.conflicts > 0 || article.deals > 0 || names_parties(view, analysis);
    constexpr std::size_t kFlash = 4;
    article.flash = article.sentences <= kFlash;
    // An article that names neither may still be about a deal: a bulletin of a few sentences by one
    // such word, a longer one by several.
    article.live = article.core_sentences > figurative || article.deals > 0 || hints >= 3 ||
                   (hints > 0 && article.flash);
    return article;
}

std::string Feature::name() const {
    std::string out(kind);
    if (!first.empty()) out += "=" + std::string(first);
    if (!second.empty()) out += "|" + std::string(second);
    return out;
}

void FeatureVector::settle() {
    // Only texts that are no news have more; crafted ids must not cost the square of their number.
    constexpr std::size_t kMostInTable = 2048;
    if (features_.size() > kMostInTable) {
        settle_sorted();
        return;
    }
    const std::size_t slots = std::bit_ceil(2 * features_.size() + 1);
    places_.assign(slots, 0);
    std::size_t kept = 0;
    for (const Feature& feature : features_) {
        std::size_t at = feature.id & (slots - 1);
        while (places_[at] != 0 && features_[places_[at] - 1].id != feature.id)
            at = (at + 1) & (slots - 1);
        if (places_[at] == 0) {
            features_[kept++] = feature;
            places_[at] = static_cast<std::uint32_t>(kept);
        } else if (feature.value > features_[places_[at] - 1].value) {
            features_[places_[at] - 1] = feature;
        }
    }
    features_.resize(kept);
}

void FeatureVector::settle_sorted() {
    std::stable_sort(features_.begin(), features_.end(),
                     [](const Feature& a, const Feature& b) { return a.id < b.id; });
    std::size_t kept = 0;
    for (const Feature& feature : features_) {
        if (kept == 0 || features_[kept - 1].id != feature.id)
            features_[kept++] = feature;
        else if (feature.value > features_[kept - 1].value)
            features_[kept - 1] = feature;
    }
    features_.resize(kept);
}

double score(const LinearModel& model, const FeatureVector& features, std::size_t column) {
    double sum = 0;
    visit_known(model, features, column, 1,
                [&](const Feature& feature, std::uint32_t, const float* weight) {
                    sum += static_cast<double>(feature.value) * static_cast<double>(*weight);
                });
    return sum;
}

void token_stems(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                 const Sentence& sentence, std::vector<std::string>& out) {
    out.assign(sentence.token_end - sentence.token_begin, {});
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        const std::string_view word = view.word(t);
        const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        });
        if (plain && (!view.upper(t) || t == sentence.token_begin))
            out[t - sentence.token_begin] = text::stem(word);
    }
    for (const std::uint32_t m : facts.mentions) {
        const Mention& mention = analysis.mentions[m];
        if (analysis.actors[mention.actor].type == ActorType::role_group) continue;
        // A name may go on in the next sentence: over the end of a line, or a quotation's begin.
        const std::uint32_t end = std::min(mention.token_end, sentence.token_end);
        for (std::uint32_t t = mention.token_begin; t < end; ++t)
            out[t - sentence.token_begin].clear();
    }
}

void sentence_features(const View& view, const Analysis& analysis,
                       const std::vector<SentenceFacts>& all, const ArticleFacts& article,
                       std::size_t s, const std::vector<std::string>& stems, FeatureVector& out) {
    const SentenceFacts& facts = all[s];
    const Sentence& sentence = analysis.sentences[s];
    const LexiconData& data = view.data();
    out.clear();
    out.add("bias");
    if (!facts.core_terms.empty()) out.add("core");
    if (facts.core_terms.size() > 1) out.add("core:two");
    for (const auto* hits : {&facts.core_terms, &facts.side_terms}) {
        for (const CueHit& hit : *hits) out.add("term", data.terms[hit.row].slug);
    }
    for (const CueHit& hit : facts.deals) out.add("deal", data.cues[hit.row].value);
    if (!facts.negations.empty()) out.add("negation");
    if (!facts.conditions.empty()) out.add("condition");
    if (sentence.title) out.add("title");
    if (facts.figurative) out.add("figurative");
    if (facts.quoted) out.add("quoted");
    if (facts.inside_quote) out.add("inside_quote");
    const auto* before = s > 0 && !analysis.sentences[s - 1].title ? &all[s - 1] : nullptr;
    const auto* after = s + 1 < all.size() && !sentence.title ? &all[s + 1] : nullptr;
    if (before != nullptr) {
        if (!before->core_terms.empty()) out.add("before:core");
        if (has_deal(*before)) out.add("before:deal");
        if (!before->side_terms.empty()) out.add("before:side");
        if (!before->reports.empty()) out.add("before:report");
        if (analysis.sentences[s - 1].paragraph == sentence.paragraph) out.add("paragraph:same");
    }
    if (after != nullptr && !after->core_terms.empty()) out.add("after:core");
    if (after != nullptr && has_deal(*after)) out.add("after:deal");
    bool near = false;
    for (std::size_t k = s > 2 ? s - 2 : 0; k < std::min(all.size(), s + 3); ++k)
        near = near || (k != s && !all[k].core_terms.empty());
    if (near) out.add("near:core");
    out.add("article:density", static_cast<float>(article.core_sentences) /
                                   static_cast<float>(std::max<std::size_t>(article.sentences, 1)));
    if (article.title_core) out.add("article:title_core");
    if (article.title_deal) out.add("article:title_deal");
    const auto share = [&](std::size_t count) {
        return std::min(1.0F, static_cast<float>(count) /
                                  static_cast<float>(std::max<std::size_t>(article.sentences, 1)));
    };
    out.add("article:conflicts", share(article.conflicts));
    out.add("article:figurative", share(article.figurative));
    if (article.figurative > article.conflicts) out.add("article:mostly_figurative");
    if (facts.conflicts > 0) out.add("conflict");
    if (article.sentences <= 3) out.add("article:short");
    if (article.core_sentences == 0) out.add("article:no_core");
    if (s < 4) out.add("opening");
    const auto words = static_cast<float>(sentence.token_end - sentence.token_begin);
    out.add("length", std::log(words + 1) / 4);
    if (words > 35) out.add("long");
    std::vector<std::uint32_t> distinct;
    for (const std::uint32_t m : facts.mentions) {
        const std::uint32_t actor = analysis.mentions[m].actor;
        if (std::find(distinct.begin(), distinct.end(), actor) == distinct.end())
            distinct.push_back(actor);
        out.add("has", to_string(analysis.actors[actor].type));
    }
    if (distinct.empty()) out.add("has:no_actor");
    if (distinct.size() >= 2) out.add("has:two_actors");
    if (view.is_any(sentence.token_begin, "he", "she", "it", "they", "this", "that", "these",
                    "both", "we"))
        out.add("opens:pronoun");
    const std::string_view text = slice(view.text(), sentence.span);
    if (text.find('?') != std::string_view::npos) out.add("question");
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        if (view.number(t)) out.add("number");
        if (view.is_any(t, "we", "our", "us", "i")) out.add("first_person");
    }
    for (const CueHit& hit : facts.deals) {
        if (hit.begin > sentence.token_begin &&
            view.is_any(hit.begin - 1, "the", "this", "that", "any", "such", "a"))
            out.add("deal:definite");
    }
    if (!facts.core_terms.empty() && !facts.reports.empty()) out.add("core+report");
    if (has_deal(facts) && !facts.reports.empty()) out.add("deal+report");
    if (has_deal(facts) && !facts.acts.empty()) out.add("deal+act");
    if (facts.core_terms.empty() && !has_deal(facts))
        out.add(facts.side_terms.empty() ? FeatureKind("neither") : FeatureKind("side_only"));
    for (const CueHit& hit : facts.modals) out.add("modal", data.cues[hit.row].value);
    for (const CueHit& hit : facts.reports) out.add("report", data.cues[hit.row].value);
    for (const CueHit& hit : facts.acts) {
        out.add("act", data.cues[hit.row].value);
        out.add("cue", data.cues[hit.row].detail);
    }
    const bool core = !facts.core_terms.empty();
    Hashed previous;
    for (const std::string& stem : stems) {
        const Hashed word = stem;
        if (!word.empty()) {
            out.add("word", word);
            if (core) out.add("word:core", word);
            if (!previous.empty()) out.add("words", previous, word);
        }
        previous = word;
    }
    out.settle();
}

}  // namespace ceasewire::analysis
