/// What follows a noun of people and belongs to it: "of Egypt and Qatar", "familiar with the
/// talks".

#include "analysis/finder.h"

namespace ceasewire::analysis {

bool Finder::join_leftwards(Modifiers& found) const {
    const TokenIndex first = sentence_begin(found.begin);
    const auto modifier_begin = [&](TokenIndex last) {
        if (const PhraseMatch* name = view_.ending_at(Layer::names, last); name != nullptr) {
            bool fits = false;
            view_.entries(*name, [&](const Entry& entry) {
                fits = fits || entry.meaning == Meaning::adjective ||
                       (entry.meaning == Meaning::actor &&
                        data_.actors[entry.index].type != ActorType::person &&
                        view_.all_caps(name->token));
            });
            return fits ? static_cast<std::int64_t>(name->token) : -1;
        }
        if (role_noun_ending(last, "modifier") != nullptr)
            return static_cast<std::int64_t>(last -
                                             (view_.ending_at(Layer::nouns, last)->tokens - 1U));
        return std::int64_t{-1};
    };
    TokenIndex begin = found.begin;
    // "Thai, Cambodian leaders meet" is how headlines say "and".
    const bool headline = begin > first && sentence_at(begin).title &&
                          view_.gap_before(begin) == ", " && found.country != kNoRow &&
                          adjective_ending_at(begin - 1) != kNoRow;
    if (headline) {
        found.begin = view_.ending_at(Layer::names, begin - 1)->token;
        found.country = kNoRow;
        return true;
    }
    if (begin < first + 2 || !view_.is(begin - 1, "and") || view_.gap_before(begin) != " " ||
        found.quantified)
        return false;
    if (found.country == kNoRow && found.organisation == kNoRow && !found.described &&
        (view_.at(Layer::nouns, begin) == nullptr || view_.at(Layer::nouns, begin)->tokens < 2))
        return false;
    std::int64_t left = view_.gap_before(begin - 1) == " " ? modifier_begin(begin - 2) : -1;
    if (left < 0) return false;
    begin = static_cast<TokenIndex>(left);
    while (begin > first) {
        const std::string_view gap = view_.gap_before(begin);
        if (gap != ", " && gap != " " && gap != ". ") break;
        const std::int64_t more = modifier_begin(begin - 1);
        if (more < 0 || (gap == ". " && view_.word(begin - 1).size() != 1)) break;
        begin = static_cast<TokenIndex>(more);
    }
    found.begin = begin;
    found.country = kNoRow;
    return true;
}

TokenIndex Finder::complement_list(TokenIndex at, const RoleNoun& noun) const {
    if (at + 2 < sentence_end(at - 1) && view_.is(at, "in") && view_.is(at + 1, "the") &&
        view_.is(at + 2, "region"))
        return at + 3;
    if (at + 2 < sentence_end(at - 1) && view_.is(at, "on") &&
        view_.is_any(at + 1, "both", "all") && view_.is(at + 2, "sides"))
        return at + 3;
    if (at + 1 >= view_.size() || at + 1 >= sentence_end(at - 1) || !view_.adjacent(at) ||
        !view_.is_any(at, "of", "from") || noun.sector == "victim")
        return at;
    const TokenIndex last = sentence_end(at);
    TokenIndex end = at;
    TokenIndex t = at + 1;
    while (t < last) {
        while (t < last && view_.is_any(t, "the", "both", "all", "other", "two", "three", "several",
                                        "many", "some", "a", "an", "major", "remaining", "those"))
            ++t;
        if (t >= last) break;
        // "reporters from Kabul": where somebody is.
        if (view_.is(at, "from")) {
            const PhraseMatch* place = view_.at(Layer::names, t);
            bool actor = place == nullptr;
            if (place != nullptr)
                view_.entries(*place, [&](const Entry& entry) {
                    actor = actor || entry.meaning == Meaning::actor ||
                            entry.meaning == Meaning::adjective;
                });
            if (!actor) break;
        }
        TokenIndex item = t;
        TokenIndex solid = t;
        for (bool more = true; more && item < last;) {
            more = false;
            if (item > t && view_.gap_before(item) != " " && view_.gap_before(item) != "-" &&
                view_.gap_before(item) != ". ")
                break;
            if (const PhraseMatch* name = view_.at(Layer::names, item); name != nullptr) {
                item += name->tokens;
                more = true;
                solid = item;
            } else if (const PhraseMatch* role = view_.at(Layer::nouns, item); role != nullptr) {
                item += role->tokens;
                more = true;
                if (role_noun_at(item - role->tokens, "modifier") == nullptr) solid = item;
            } else if (view_.is_any(item, "sides", "world", "region")) {
                ++item;
                solid = item;
            }
        }
        if (solid == t) break;
        end = solid;
        t = solid;
        if (t < last && view_.gap_before(t) == ", ") {
            if (view_.is(t, "and"))
                ++t;
            else if (!joins_later(t))
                break;
        } else if (t < last && view_.is(t, "and") && view_.gap_before(t) == " ") {
            ++t;
        } else {
            break;
        }
    }
    return end;
}

TokenIndex Finder::subject_complement(TokenIndex head, TokenIndex at) const {
    const TokenIndex last = sentence_end(head);
    if (at + 2 >= last || !view_.is(at, "of") || !view_.adjacent(at) ||
        !view_.is_any(head, "critics", "opponents", "supporters", "proponents", "advocates",
                      "guarantors", "backers", "signatories", "residents", "inhabitants",
                      "relatives", "survivors", "members", "leaders") ||
        !view_.is_any(at + 1, "the", "a", "this", "that", "any", "such"))
        return at;
    for (TokenIndex t = at + 2; t <= std::min(at + 5, last); ++t) {
        if (t > at + 2 && (t == last || view_.gap_before(t) != " " || acts_after(t) ||
                           view_.is_any(t, "in", "on", "at", "for", "who", "that", "and")))
            return t;
        if (t == last || view_.gap_before(t) != " " || view_.upper(t)) return at;
    }
    return at;
}

bool Finder::joins_later(TokenIndex t) const {
    const TokenIndex last = std::min(sentence_end(t), t + 30);
    while (t < last) {
        if (view_.is(t, "the")) ++t;
        const PhraseMatch* name = t < last ? view_.at(Layer::names, t) : nullptr;
        if (name == nullptr) return false;
        t += name->tokens;
        if (t < last && view_.is(t, "and")) return true;
        if (t >= last || view_.gap_before(t) != ", ") return false;
    }
    return false;
}

TokenIndex Finder::source_complement(TokenIndex at) const {
    const TokenIndex last = sentence_end(at - 1);
    if (at + 2 >= last || !view_.adjacent(at)) return at;
    const bool knows =
        view_.is_any(at, "familiar", "close", "briefed", "privy", "aware", "involved") ||
        (view_.is(at, "with") && view_.is_any(at + 1, "knowledge", "direct"));
    if (!knows) return at;
    for (TokenIndex t = at + 1; t < std::min(at + 10, last); ++t) {
        if (view_.gap_before(t) != " " && view_.gap_before(t) != "-") return t;
        if (t > at + 1 && view_.is_any(t, "who", "which", "that", "and", "but", "when")) return t;
        if (t > at + 1 && acts_after(t) && !view_.is_any(t, "on", "in") &&
            !view_.is_any(t - 1, "the", "a", "an", "of", "with", "to", "its", "their"))
            return t;
    }
    return at + 10 >= last ? last : at;
}

TokenIndex Finder::person_complement(TokenIndex at) const {
    if (at + 1 >= sentence_end(at - 1) || !view_.is_any(at, "for", "of", "to") ||
        !view_.adjacent(at))
        return at;
    for (TokenIndex t = at + 1; t < std::min(at + 6, sentence_end(at)); ++t) {
        if (view_.gap_before(t) != " " && view_.gap_before(t) != ". ") return at;
        if (person_starting_[t] < 0) continue;
        while (t < sentence_end(at) && covered_[t] != 0 &&
               (person_ending_[t] < 0 || (t + 1 < sentence_end(at) && covered_[t + 1] != 0 &&
                                          view_.gap_before(t + 1) == " ")))
            ++t;
        return std::min(t + 1, sentence_end(at));
    }
    return at;
}

}  // namespace ceasewire::analysis
