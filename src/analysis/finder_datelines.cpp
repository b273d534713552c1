/// Where a report was filed: "KYIV, Ukraine (AP) —" at the head of an article is neither actor nor
/// content.

#include "analysis/finder.h"

namespace ceasewire::analysis {
namespace {

constexpr std::uint32_t kDatelineTokensMax = 12;
constexpr std::size_t kDatelineSentences = 4;  ///< a byline or a subtitle may stand before it

bool dash(std::string_view gap) {
    return gap.find(" \u2014") != std::string_view::npos ||
           gap.find(" \u2013") != std::string_view::npos ||
           gap.find(" -") != std::string_view::npos ||
           gap.find("\u2014 ") != std::string_view::npos;
}

}  // namespace

void Finder::hide_datelines() {
    std::size_t seen = 0;
    for (std::size_t s = 0; s < sentences_.size() && seen < kDatelineSentences; ++s) {
        const Sentence& sentence = sentences_[s];
        if (sentence.title || skipped(sentence.token_begin)) continue;
        ++seen;
        if (s > 0 && !sentences_[s - 1].title && sentences_[s - 1].paragraph == sentence.paragraph)
            continue;
        const TokenIndex first = sentence.token_begin;
        const TokenIndex last = std::min(sentence.token_end, first + kDatelineTokensMax);
        TokenIndex end = first;  // of the dateline
        TokenIndex agency = last;
        for (TokenIndex t = first; t < last; ++t) {
            if (t > first && dash(view_.gap_before(t))) {
                end = t;
                break;
            }
            if (t > first && view_.gap_before(t).find('(') != std::string_view::npos &&
                outlet_at(t))
                agency = t;
            if (!view_.upper(t) && !view_.number(t) && !particle(view_, t) &&
                !view_.is_any(t, "and", "of", "the", "near", "on", "aboard"))
                break;
            // "LUCCA, Italy (AP) US President …": the dash is missing.
            if (agency < t && view_.gap_before(t).find(')') != std::string_view::npos) {
                end = t;
                break;
            }
        }
        if (end == first) continue;
        if (agency < end) {
            end = agency;
        } else if (!filed_from(first, end)) {
            continue;
        }
        for (TokenIndex t = first; t < end; ++t) covered_[t] = 1;
        return;
    }
}

bool Finder::outlet_at(TokenIndex t) const {
    const PhraseMatch* name = view_.at(Layer::names, t);
    bool outlet = false;
    if (name != nullptr)
        view_.entries(*name, [&](const Entry& entry) {
            outlet = outlet || (entry.meaning == Meaning::actor &&
                                data_.actors[entry.index].type == ActorType::media);
        });
    return outlet;
}

bool Finder::filed_from(TokenIndex begin, TokenIndex end) const {
    // "Doha, Qatar -"
    if (const PhraseMatch* name = view_.ending_at(Layer::names, end - 1);
        name != nullptr && name->token > begin && state_name(*name) &&
        view_.gap_before(name->token) == ", ")
        return true;
    // "KYIV —", and not "HAMAS —"
    for (TokenIndex t = begin; t < end; ++t) {
        if (view_.number(t)) continue;
        if (!view_.all_caps(t) || view_.word(t).size() < 4) return false;
        const PhraseMatch* name = view_.at(Layer::names, t);
        bool actor = false;
        if (name != nullptr)
            view_.entries(*name, [&](const Entry& entry) {
                actor = actor || (entry.meaning == Meaning::actor &&
                                  data_.actors[entry.index].type != ActorType::state);
            });
        if (actor) return false;
    }
    return true;
}

}  // namespace ceasewire::analysis
