/// People by their surname: after the full name, with another first name, family name first.

#include <array>

#include "analysis/finder.h"
#include "lexicon/names.h"

namespace ceasewire::analysis {

bool Finder::ambiguous_word(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    return noun != nullptr;
}

Finder::Before Finder::given_before(TokenIndex surname, const ActorRow& row) const {
    if (surname == 0 || sentence_start(surname) || !view_.adjacent(surname)) return Before::none;
    const TokenIndex t = surname - 1;
    if (!view_.upper(t) || covered_[t] != 0 || view_.all_caps(t)) return Before::none;
    if (sentence_start(t) && verb_like_first_name(t)) return Before::none;
    if (view_.at(Layer::nouns, t) != nullptr || view_.ending_at(Layer::nouns, t) != nullptr ||
        view_.ending_at(Layer::names, t) != nullptr)
        return Before::none;
    const std::string given = folded(view_.word(t));
    std::vector<text::Token> tokens;
    text::tokenize_simply(row.name, tokens);
    for (const text::Token& token : tokens) {
        const std::string own = folded(slice(row.name, token.span()));
        if (own == given) return Before::same;
        const std::size_t most = own.size() >= 5 ? 2 : 1;
        if (!own.empty() && own[0] == given[0] && edit_distance(own, given, most) <= most &&
            own.size() >= 4)
            return Before::similar;
    }
    if (view_.token(t).end - view_.token(t).begin == 1) return Before::none;
    // "the minister Betsy Chávez": an unknown word behind a title is a first name too.
    return data_.given_names.count(view_.token(t).hash) != 0 || surname_in_name(surname)
               ? Before::other
               : Before::none;
}

void Finder::remember_surname(std::string_view name, std::uint32_t actor) {
    if (!name.empty() && name.back() == ')') {
        if (const auto open = name.rfind(" ("); open != std::string_view::npos)
            name = name.substr(0, open);
    }
    if (const auto of = name.find(" of "); of != std::string_view::npos)
        name = name.substr(0, of);  // "Salman of Saudi Arabia"
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    // "John Harlow Jr."
    static constexpr std::array<std::string_view, 4> kSuffixes = {"jr", "sr", "iii", "iv"};
    if (tokens.size() > 2 &&
        std::find(kSuffixes.begin(), kSuffixes.end(), folded(slice(name, tokens.back().span()))) !=
            kSuffixes.end())
        tokens.pop_back();
    if (tokens.size() < 2) return;
    surnames_[tokens.back().hash] = actor;
    person_parts_[actor] = folded(slice(name, tokens.back().span()));
    for (const text::Token& token : tokens) {
        if (token.end - token.begin >= 3) name_parts_.try_emplace(token.hash, actor);
    }
    if (family_name_first(name, tokens, analysis_.actors[actor].country))
        surnames_.try_emplace(tokens.front().hash, actor);
}

void Finder::take_surnames() {
    for (const Sentence& sentence : analysis_.sentences) {
        for (TokenIndex t = sentence.token_begin; t < sentence.token_end; ++t) {
            if (covered_[t] != 0 || in_name_[t] == kInside || skipped(t) || !view_.upper(t))
                continue;
            if (const auto acronym = acronyms_.find(view_.token(t).hash);
                acronym != acronyms_.end() && view_.all_caps(t)) {
                mention(t, t + 1, acronym->second, Form::acronym, "acronym introduced in brackets");
                continue;
            }
            const auto found = surnames_.find(view_.token(t).hash);
            if (found == surnames_.end()) continue;
            TokenIndex begin = t;
            if (t > sentence.token_begin && covered_[t - 1] == 0 &&
                view_.is_any(t - 1, "al", "el", "bin", "ben", "abu", "de", "von", "van") &&
                view_.gap_before(t).size() <= 3)
                --begin;
            // "Goldberg-Polin" is one surname.
            if (t > sentence.token_begin && covered_[t - 1] == 0 && view_.gap_before(t) == "-" &&
                view_.upper(t - 1))
                --begin;
            mention(begin, t + 1, found->second, Form::alias, "surname after the full name");
        }
    }
}

}  // namespace ceasewire::analysis
