#include "analysis/context.h"

namespace ceasewire::analysis {

Context::Context(const View& view, const Analysis& analysis)
    : view_(view), sentences_(analysis.sentences) {
    sentence_of_.assign(view.size() + 1, 0);
    for (std::size_t s = 0; s < sentences_.size(); ++s) {
        for (TokenIndex t = sentences_[s].token_begin; t < sentences_[s].token_end; ++t)
            sentence_of_[t] = static_cast<std::uint32_t>(s);
    }
}

bool Context::cue_at(TokenIndex t, CueKind kind) const {
    const PhraseMatch* found = t < view_.size() ? view_.at(Layer::cues, t) : nullptr;
    return found != nullptr && view_.has_cue(*found, kind);
}

bool Context::acts_after(TokenIndex t) const {
    const TokenIndex end = t == 0 ? 0 : sentence_end(t - 1);
    for (unsigned steps = 0; t < end && steps < 4; ++steps, ++t) {
        const std::string_view gap = view_.gap_before(t);
        if (gap.find_first_of(".;:!?") != std::string_view::npos) return false;
        if (view_.is_any(t, "has", "have", "had", "is", "are", "was", "were", "will", "would",
                         "could", "should", "may", "might", "must", "did", "does", "do", "can",
                         "cannot", "isn", "wasn", "hasn", "won", "wouldn", "didn", "doesn", "wants",
                         "want", "wanted", "seeks", "sought", "hopes", "plans", "remains", "says",
                         "said", "told", "knows", "needs", "continues", "continued", "launched",
                         "carried", "struck", "killed", "invaded", "responded", "became", "gave",
                         "took", "made", "sent", "received", "began", "started", "kept", "put",
                         "went", "withdrew", "fired"))
            return true;
        if (cue_at(t, CueKind::report) || cue_at(t, CueKind::act))
            return !view_.upper(t) || view_.all_caps(t) || sentences_[sentence_of_[t]].title;
        if (verb_with_object(t, end)) return true;
        if (!view_.is_any(t, "also", "now", "still", "again", "later", "on", "in", "yesterday",
                          "today", "itself", "alone", "both", "never", "not", "already",
                          "repeatedly", "earlier", "then", "has", "officially", "reportedly",
                          "finally", "recently", "publicly", "strongly", "formally", "monday",
                          "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
            return false;
    }
    return false;
}

bool Context::verb_with_object(TokenIndex t, TokenIndex end) const {
    if (view_.upper(t) || view_.gap_before(t) != " ") return false;
    const std::string_view word = view_.word(t);
    // Pasts that are no participles.
    if (view_.is_any(t, "fled", "fought", "stood", "wept", "drew", "drove", "broke", "chose",
                     "flew", "knew", "rose", "saw", "ran", "threw", "wore", "swore", "spoke",
                     "woke", "grew", "forgot", "fell", "sang", "sank", "stole", "tore", "shook",
                     "came"))
        return true;
    if (t + 1 >= end || view_.gap_before(t + 1) != " ") return false;
    const TokenIndex next = t + 1;
    const bool article = view_.is_any(next, "the", "a", "an", "its", "his", "her", "their", "this",
                                      "these", "those");
    if (word.size() > 4 && word.ends_with("s") && !word.ends_with("ss") && !word.ends_with("us"))
        return article;  // "bombs the port"
    if (!participle(t) ||
        view_.is_any(t, "feed", "need", "deed", "seed", "breed", "speed", "hundred", "shed"))
        return false;
    return article || view_.number(next) ||
           (view_.upper(next) && view_.gap_before(next) == " " &&
            !view_.is_any(next, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                          "sunday"));
}

bool Context::participle(TokenIndex t) const {
    const std::string_view word = view_.word(t);
    if (word.size() > 3 && word.substr(word.size() - 2) == "ed") return true;
    return view_.is_any(t, "held", "taken", "freed", "seen", "shot", "hit", "hurt", "left", "sent",
                        "brought", "buried", "found", "slain", "driven", "given", "forced",
                        "caught", "hidden", "sworn", "cut", "let", "put");
}

bool Context::suffers_after(TokenIndex t) const {
    const TokenIndex end = t == 0 ? 0 : sentence_end(t - 1);
    bool passive = false;
    for (unsigned steps = 0; t < end && steps < 6; ++steps, ++t) {
        if (view_.gap_before(t) != " ") return false;
        if (view_.is_any(t, "was", "were", "is", "are", "been", "be", "being", "got")) {
            passive = true;
        } else if (passive && participle(t)) {
            return true;
        } else if (!view_.is_any(t, "have", "had", "has", "also", "will", "would", "could",
                                 "should", "may", "might", "must", "to", "not", "still", "already",
                                 "all", "reportedly", "being", "later")) {
            return false;
        }
    }
    return false;
}

}  // namespace ceasewire::analysis
