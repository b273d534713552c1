/// What stands before a noun of people or bodies: countries, owners, counts, descriptions.

#include <array>

#include "analysis/finder.h"

namespace ceasewire::analysis {

std::uint32_t Finder::adjective_ending_at(TokenIndex t) const {
    const PhraseMatch* match = view_.ending_at(Layer::names, t);
    if (match == nullptr) return kNoRow;
    std::uint32_t country = kNoRow;
    view_.entries(*match, [&](const Entry& entry) {
        if (entry.meaning == Meaning::adjective && country == kNoRow) country = entry.index;
    });
    return country;
}

const NameHit* Finder::name_ending_at(TokenIndex t) const {
    const PhraseMatch* match = view_.ending_at(Layer::names, t);
    if (match == nullptr) return nullptr;
    const auto found =
        std::lower_bound(names_.begin(), names_.end(), match->token,
                         [](const NameHit& hit, TokenIndex begin) { return hit.begin < begin; });
    return found != names_.end() && found->begin == match->token && found->end == t + 1 ? &*found
                                                                                        : nullptr;
}

const PhraseMatch* Finder::name_over(TokenIndex before, TokenIndex head) const {
    if (in_name_[before] == 0 || in_name_[head] == 0 || before + 1 != head) return nullptr;
    for (TokenIndex t = before; t + 4 > before; --t) {
        const PhraseMatch* name = view_.at(Layer::names, t);
        if (name != nullptr) return t + name->tokens > head ? name : nullptr;
        if (t == 0) break;
    }
    return nullptr;
}

Finder::Modifiers Finder::modifiers_before(TokenIndex head) const {
    Modifiers found;
    found.begin = head;
    const TokenIndex first = sentence_begin(head);
    TokenIndex t = head;
    while (t > first) {
        const std::string_view gap = view_.gap_before(t);
        const TokenIndex before = t - 1;
        if (gap != " " && gap != "-" && gap != "\n" && gap != "\u00A0") {
            // "Israel's government": the s is a token of its own. "U.S. officials": the stop
            // belongs to the letter. "40,000 people": one number.
            const bool initial = gap == ". " &&
                                 view_.token(before).end - view_.token(before).begin == 1 &&
                                 view_.upper(before);
            const bool digits =
                (gap == "," || gap == ".") && view_.number(before) && view_.number(t);
            if (!view_.possessive(t) && !initial && !digits) break;
        }
        if (view_.possessive(before) || (view_.word(before).size() == 1 && view_.is(before, "s") &&
                                         view_.apostrophe_before(before))) {
            if (before == first) break;
            const NameHit* name = name_ending_at(before - 1);
            if (name == nullptr || found.organisation != kNoRow || found.country != kNoRow) break;
            take_owner(*name, found);
            t = name->begin;
            found.begin = t;
            break;
        }
        if (const std::uint32_t country = adjective_ending_at(before); country != kNoRow) {
            if (found.country == kNoRow) found.country = country;
            const PhraseMatch* match = view_.ending_at(Layer::names, before);
            t = match->token;
            found.begin = t;
            continue;
        }
        // "Israeli military officials": the longest name overlaps the noun.
        if (const PhraseMatch* over = name_over(before, head);
            over != nullptr && found.country == kNoRow) {
            view_.entries(*over, [&](const Entry& entry) {
                if (entry.meaning == Meaning::actor && found.country == kNoRow &&
                    !data_.actors[entry.index].country.empty())
                    found.country = country_of(data_.actors[entry.index].country);
            });
            if (found.country == kNoRow) break;
            t = over->token;
            found.begin = t;
            continue;
        }
        if (const NameHit* name = name_ending_at(before); name != nullptr) {
            if (counted(found.begin, head)) break;  // "told AFP both sides"
            const bool person = data_.actors[name->entry->index].type == ActorType::person;
            if (found.organisation != kNoRow ||
                (person &&
                 !view_.is_any(head, "administration", "aides", "advisers", "advisors", "allies",
                               "spokesman", "spokeswoman", "spokesperson", "official", "officials",
                               "family", "lawyers", "supporters", "loyalists", "aide")))
                break;
            take_owner(*name, found);
            t = name->begin;
            found.begin = t;
            continue;
        }
        if (gap == "-" && view_.is_any(before, "pro", "anti", "non", "ex", "co")) {
            t = before;
            found.begin = t;
            found.described = true;
            if (view_.is_any(before, "pro", "anti"))
                found.country = kNoRow;  // whose side they take is not whose they are
            continue;
        }
        // "Iran-backed", "UN-run", "Gaza-based".
        if (view_.is_any(before, "backed", "led", "run", "aligned", "linked", "based", "allied",
                         "affiliated", "controlled", "supported", "trained", "appointed",
                         "mediated", "held") &&
            before > first && view_.gap_before(before) == "-") {
            const PhraseMatch* name = view_.ending_at(Layer::names, before - 1);
            t = name != nullptr ? name->token : before - 1;
            found.begin = t;
            found.described = true;
            continue;
        }
        if (covered_[before] != 0) break;
        if (const RoleNoun* noun = role_noun_ending(before, "modifier"); noun != nullptr) {
            found.quantified = found.quantified || noun->sector == "quantity";
            found.described = true;
            t = before - (view_.ending_at(Layer::nouns, before)->tokens - 1U);
            found.begin = t;
            continue;
        }
        if (view_.number(before)) {
            found.quantified = true;
            t = before;
            found.begin = t;
            continue;
        }
        // "left-wing", "three-man": one word.
        if (gap == " " && before > first && view_.gap_before(before) == "-" &&
            !view_.upper(before) && covered_[before - 1] == 0 && in_name_[before - 1] == 0 &&
            view_.is_any(before, "wing", "strong", "man", "member", "nation", "party", "level",
                         "ranking", "scale", "based", "era", "speaking")) {
            t = before - 1;
            found.begin = t;
            found.described = true;
            continue;
        }
        if (gap == " " && adjective_by_shape(before)) {
            t = before;
            found.begin = t;
            found.described = true;
            continue;
        }
        if (const TokenIndex begin = unknown_modifiers(before, head); begin <= before) {
            t = begin;
            found.begin = t;
            continue;
        }
        if (participle(before) && before > first && view_.is_any(before - 1, "a", "an"))
            found.indefinite = true;
        if (view_.is_any(before, "the", "these", "those")) found.determined = true;
        if (view_.is_any(before, "a", "an", "another", "one")) found.indefinite = true;
        break;
    }
    return found;
}

TokenIndex Finder::unknown_modifiers(TokenIndex last, TokenIndex head) const {
    // "a civil war historian" is one phrase; between "the" and a plural there may be a verb: "the
    // dead included residents".
    const unsigned most = role_noun_at(head, "single") != nullptr ? 3 : 1;
    const TokenIndex first = sentence_begin(last);
    TokenIndex t = last;
    for (unsigned words = 0; words < most; ++words) {
        const std::string_view word = view_.word(t);
        if (word.ends_with("ed") || word.ends_with("ing") || word.ends_with("ly") ||
            view_.upper(t) || word[0] < 'a' || word[0] > 'z' || covered_[t] != 0 ||
            word.size() < 3 || in_name_[t] != 0 || function_word(t) || view_.possessive(t) ||
            role_noun_at(t, "") != nullptr ||
            view_.is_any(t, "least", "than", "own", "not", "per", "via", "told", "say", "says",
                         "said", "dozen", "reason", "way", "time", "have", "has", "had", "got",
                         "only", "same", "very", "best", "next", "supposed", "so"))
            break;
        if (t == first) break;
        const std::string_view gap = view_.gap_before(t);
        if (gap == " " && view_.is_any(t - 1, "the", "a", "an", "these", "those")) return t;
        if (gap != " " && gap != "-") break;
        --t;
    }
    return last + 1;
}

bool Finder::counted(TokenIndex begin, TokenIndex head) const {
    if (begin >= head) return false;
    const PhraseMatch* noun = view_.at(Layer::nouns, begin);
    const RoleNoun* quantity = noun == nullptr ? nullptr : role_noun_at(begin, "modifier");
    return view_.number(begin) || (quantity != nullptr && quantity->sector == "quantity");
}

bool Finder::adjective_by_shape(TokenIndex t) const {
    const std::string_view word = view_.word(t);
    if (word.size() < 6 || view_.upper(t) || covered_[t] != 0 ||
        view_.at(Layer::nouns, t) != nullptr || cue_at(t, CueKind::report) ||
        cue_at(t, CueKind::act))
        return false;
    constexpr std::array<std::string_view, 8> kEndings = {"ical",  "ional", "ntal",  "ist",
                                                          "istic", "ative", "itary", "ious"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return word.ends_with(ending); });
}

void Finder::take_owner(const NameHit& name, Modifiers& found) const {
    const ActorRow& row = data_.actors[name.entry->index];
    if (row.type == ActorType::state) {
        if (found.country == kNoRow) found.country = row.state;
    } else {
        found.organisation = name.entry->index;
    }
    found.owner_begin = name.begin;
    found.owner_end = name.end;
}

const RoleNoun* Finder::role_noun_ending(TokenIndex t, std::string_view kind) const {
    const PhraseMatch* match = view_.ending_at(Layer::nouns, t);
    if (match == nullptr) return nullptr;
    const RoleNoun* noun = nullptr;
    view_.entries(*match, [&](const Entry& entry) {
        if (entry.meaning == Meaning::role_noun && data_.role_nouns[entry.index].kind == kind)
            noun = &data_.role_nouns[entry.index];
    });
    return noun;
}

void Finder::take_complement(TokenIndex end, Modifiers& found, TokenIndex& phrase_end) const {
    if (found.country != kNoRow || found.organisation != kNoRow || end + 1 >= view_.size() ||
        end + 1 >= sentence_end(end - 1))
        return;
    if (!view_.is_any(end, "of", "for", "from") || !view_.adjacent(end)) return;
    TokenIndex at = end + 1;
    if (view_.is(at, "the") && at + 1 < view_.size()) ++at;
    const PhraseMatch* match = view_.at(Layer::names, at);
    if (match == nullptr) return;
    const NameHit* name = name_ending_at(at + match->tokens - 1U);
    if (name == nullptr || data_.actors[name->entry->index].type == ActorType::person ||
        name->entry->meaning == Meaning::metonym)
        return;
    const ActorRow& row = data_.actors[name->entry->index];
    if (row.type == ActorType::state) {
        found.country = row.state;
    } else {
        found.organisation = name->entry->index;
    }
    phrase_end = name->end;
}

}  // namespace ceasewire::analysis
