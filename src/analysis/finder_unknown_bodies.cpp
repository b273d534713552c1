/// Bodies that the lexicon lacks, by the words that bodies are called by: "Harbour Relief
/// Foundation", "Centre for Tidal Studies".

#include <array>

#include "analysis/finder.h"

namespace ceasewire::analysis {
namespace {

/// What a body may be called by. With `alone` the word may begin the name, where "of" or "for"
/// follows; with `goes_on` it is a body's only then.
struct BodyWord {
    std::string_view word;
    ActorType type;
    bool alone = false;
    bool goes_on = false;
};

constexpr std::array<BodyWord, 87> kBodyWords = {{{"ministry", ActorType::government_body, true},
                                                  {"department", ActorType::government_body, true},
                                                  {"council", ActorType::government_body, true},
                                                  {"authority", ActorType::government_body, true},
                                                  {"agency", ActorType::government_body, true},
                                                  {"commission", ActorType::government_body, true},
                                                  {"parliament", ActorType::government_body},
                                                  {"court", ActorType::government_body, true},
                                                  {"tribunal", ActorType::government_body, true},
                                                  {"police", ActorType::government_body},
                                                  {"office", ActorType::government_body, true},
                                                  {"bureau", ActorType::government_body, true},
                                                  {"directorate", ActorType::government_body, true},
                                                  {"administration", ActorType::government_body},
                                                  {"secretariat", ActorType::government_body},
                                                  {"party", ActorType::political_group},
                                                  {"movement", ActorType::political_group, true},
                                                  {"coalition", ActorType::political_group, true},
                                                  {"alliance", ActorType::political_group, true},
                                                  {"bloc", ActorType::political_group},
                                                  {"front", ActorType::armed_group},
                                                  {"army", ActorType::military, true},
                                                  {"brigade", ActorType::armed_group},
                                                  {"brigades", ActorType::armed_group},
                                                  {"militia", ActorType::armed_group},
                                                  {"forces", ActorType::military},
                                                  {"force", ActorType::military},
                                                  {"guard", ActorType::military},
                                                  {"guards", ActorType::military},
                                                  {"command", ActorType::military},
                                                  {"division", ActorType::military},
                                                  {"battalion", ActorType::military},
                                                  {"regiment", ActorType::military},
                                                  {"squadron", ActorType::military},
                                                  {"fleet", ActorType::military},
                                                  {"organization", ActorType::ngo, true},
                                                  {"organisation", ActorType::ngo, true},
                                                  {"foundation", ActorType::ngo, true},
                                                  {"association", ActorType::ngo, true},
                                                  {"federation", ActorType::ngo, true},
                                                  {"society", ActorType::ngo, true},
                                                  {"institute", ActorType::ngo, true},
                                                  {"institution", ActorType::ngo, true},
                                                  {"university", ActorType::other, true},
                                                  {"college", ActorType::other, true},
                                                  {"academy", ActorType::other, true},
                                                  {"laboratory", ActorType::other},
                                                  {"committee", ActorType::ngo, true},
                                                  {"chamber", ActorType::ngo, true, true},
                                                  {"board", ActorType::ngo, true, true},
                                                  {"center", ActorType::ngo, true, true},
                                                  {"centre", ActorType::ngo, true, true},
                                                  {"union", ActorType::ngo, true},
                                                  {"forum", ActorType::ngo},
                                                  {"initiative", ActorType::ngo},
                                                  {"observatory", ActorType::ngo, true},
                                                  {"network", ActorType::ngo, true},
                                                  {"fund", ActorType::ngo},
                                                  {"citizens", ActorType::ngo, true, true},
                                                  {"physicians", ActorType::ngo, true, true},
                                                  {"doctors", ActorType::ngo, true, true},
                                                  {"lawyers", ActorType::ngo, true, true},
                                                  {"group", ActorType::other},
                                                  {"campaign", ActorType::ngo, true, true},
                                                  {"corporation", ActorType::company},
                                                  {"corp", ActorType::company},
                                                  {"inc", ActorType::company},
                                                  {"ltd", ActorType::company},
                                                  {"plc", ActorType::company},
                                                  {"llc", ActorType::company},
                                                  {"company", ActorType::company},
                                                  {"airlines", ActorType::company},
                                                  {"airways", ActorType::company},
                                                  {"holdings", ActorType::company},
                                                  {"motors", ActorType::company},
                                                  {"pharmaceuticals", ActorType::company},
                                                  {"petroleum", ActorType::company},
                                                  {"industries", ActorType::company},
                                                  {"technologies", ActorType::company},
                                                  {"times", ActorType::media},
                                                  {"news", ActorType::media},
                                                  {"post", ActorType::media},
                                                  {"tribune", ActorType::media},
                                                  {"herald", ActorType::media},
                                                  {"gazette", ActorType::media},
                                                  {"tv", ActorType::media},
                                                  {"daily", ActorType::media}}};

const BodyWord* body_word_at(const View& view, TokenIndex t) {
    for (const BodyWord& body : kBodyWords) {
        if (view.is(t, body.word)) return &body;
    }
    return nullptr;
}

}  // namespace

ActorType Finder::organisation_type(TokenIndex last) const {
    const BodyWord* body = body_word_at(view_, last);
    return body == nullptr || body->goes_on ? ActorType::person : body->type;
}

bool Finder::body_name(TokenIndex begin, TokenIndex end) const {
    const BodyWord* body = body_word_at(view_, end - 1);
    if (body == nullptr) return false;
    if (end - begin >= 2 && !body->goes_on) return true;
    return body->alone && body_complement(end) > end;
}

TokenIndex Finder::body_complement(TokenIndex end) const {
    const TokenIndex last = sentence_end(end - 1);
    if (end + 1 >= last || view_.gap_before(end) != " " ||
        !view_.is_any(end, "of", "for", "on", "against"))
        return end;
    TokenIndex t = end + 1;
    if (view_.is(t, "the") && t + 1 < last) ++t;
    TokenIndex solid = end;
    while (t < last && t < end + 10 && (view_.gap_before(t) == " " || view_.gap_before(t) == "-")) {
        const bool noun =
            view_.at(Layer::nouns, t) != nullptr && role_noun_at(t, "modifier") == nullptr;
        if (view_.upper(t) && covered_[t] == 0 && !noun &&
            (!function_word(t) || view_.word(t).size() >= 7)) {
            solid = ++t;
            continue;
        }
        // "for Tides and Harbours"; "and Norway" is somebody else.
        const bool joint = solid == t && t + 1 < last && view_.is_any(t, "and", "of", "for") &&
                           view_.gap_before(t + 1) == " " && view_.upper(t + 1) &&
                           !(view_.is(t, "and") && in_name_[t + 1] != 0);
        if (!joint) break;
        ++t;
    }
    return solid;
}

TokenIndex Finder::body_begin(TokenIndex begin) const {
    const TokenIndex first = sentence_begin(begin);
    for (unsigned steps = 0; steps < 4 && begin > first; ++steps) {
        const TokenIndex t = begin - 1;
        const std::string_view gap = view_.gap_before(begin);
        const bool letter = gap == ". " && view_.word(t).size() == 1 && in_name_[t] != 0;
        if ((gap != " " && gap != "-" && !letter) || !view_.upper(t) || covered_[t] != 0 ||
            function_word(t) || rank_word(t))
            break;
        const PhraseMatch* name = view_.ending_at(Layer::names, t);
        if (name != nullptr && name->token >= first && name->token < t &&
            free(name->token, begin)) {
            begin = name->token;  // "U.S.", "New York"
            continue;
        }
        const bool named = in_name_[t] != 0 || name != nullptr;
        const bool modifier = role_noun_ending(t, "modifier") != nullptr;
        if (view_.ending_at(Layer::nouns, t) != nullptr && !modifier) break;
        if (t == first && !named && !modifier) break;
        if (!named && !modifier && gap != "-") break;
        begin = t;
    }
    return begin;
}

bool Finder::take_body_by_shape(TokenIndex begin, TokenIndex end) {
    const BodyWord* body = body_word_at(view_, end - 1);
    if (body == nullptr) return false;
    const bool alone = end - begin < 2;
    if (alone && !body->alone) return false;
    const TokenIndex whole = body->alone ? body_complement(end) : end;
    if ((alone || body->goes_on) && whole == end) return false;
    const TokenIndex first = sentence_begin(begin);
    TokenIndex from = body_begin(begin);
    // A weak name of the lexicon: the country in question decides.
    if (const PhraseMatch* name = view_.at(Layer::names, from);
        name != nullptr && from + name->tokens == whole)
        return false;
    // "2nd Harbour Division"
    if (from > first && view_.adjacent(from) && covered_[from - 1] == 0 &&
        body->type == ActorType::military && view_.word(from - 1)[0] >= '0' &&
        view_.word(from - 1)[0] <= '9' && view_.word(from - 1).back() > '9')
        --from;
    const std::uint32_t actor = new_actor(text_of(from, whole), body->type, kNoRow, true);
    mention(from, whole, actor, Form::name, "body by its last word");
    remember_acronym(whole, actor);
    return true;
}

bool Finder::named_after(TokenIndex end) const {
    if (sentence_at(end - 1).title) return false;
    for (TokenIndex t = end; t < std::min(end + 3, sentence_end(end - 1)); ++t) {
        if (view_.gap_before(t) != " " || !view_.upper(t) || covered_[t] != 0) return false;
        if (view_.is_any(t, "center", "centre", "institute", "foundation", "university", "college",
                         "school", "hospital", "airport", "library", "museum", "prize", "award",
                         "stadium", "bridge", "square", "avenue", "street", "mosque", "brigade",
                         "brigades", "battalion", "division", "camp", "mausoleum", "highway"))
            return true;
    }
    return false;
}

}  // namespace ceasewire::analysis
