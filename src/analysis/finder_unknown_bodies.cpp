/// Bodies that the lexicon lacks, by the words that bodies are called by: "Harbour Relief
/// Foundation", "Centre for Tidal Studies".

#include <array>

#include "analysis/finder.h"
#include "analysis/word_set.h"

namespace ceasewire::analysis {
namespace {

/// What a body may be called by. With `alone` the word may begin the name, where "of" or "for"
/// follows; with `goes_on` it is a body's only then.
struct BodyWord {
    std::string_view word;
    ActorType type;
    bool alone = false;
    bool goes_on = false;
    bool acting = false;  ///< it is only where the name acts: "the Delta Defence League fired"
};

constexpr std::array<BodyWord, 114> kBodyWords = {
    {{"ministry", ActorType::government_body, true},
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
     {"daily", ActorType::media},
     {"mechanism", ActorType::other, false, false, true},
     {"committees", ActorType::ngo, false, false, true},
     {"league", ActorType::other, false, false, true},
     {"congress", ActorType::political_group, false, false, true},
     {"assembly", ActorType::political_group, false, false, true},
     {"corps", ActorType::military, false, false, true},
     {"room", ActorType::ngo, false, false, true},
     {"rooms", ActorType::ngo, false, false, true},
     {"resistance", ActorType::armed_group, false, false, true},
     {"legion", ActorType::armed_group, false, false, true},
     {"mission", ActorType::igo, false, false, true},
     {"conference", ActorType::political_group, false, false, true},
     {"confederation", ActorType::ngo, false, false, true},
     {"consortium", ActorType::company, false, false, true},
     {"collective", ActorType::ngo, false, false, true},
     {"syndicate", ActorType::ngo, false, false, true},
     {"cartel", ActorType::armed_group, false, false, true},
     {"platform", ActorType::political_group, false, false, true},
     {"club", ActorType::ngo, false, false, true},
     {"trust", ActorType::ngo, false, false, true},
     {"bank", ActorType::company, false, false, true},
     {"media", ActorType::media, false, false, true},
     {"television", ActorType::media, false, false, true},
     {"radio", ActorType::media, false, false, true},
     {"journal", ActorType::media, false, false, true},
     {"magazine", ActorType::media, false, false, true},
     {"headquarters", ActorType::military, false, false, true}}};

const BodyWord* body_word_at(const View& view, TokenIndex t) {
    static const WordSet words = [] {
        std::vector<std::string_view> all;
        for (const BodyWord& body : kBodyWords) all.emplace_back(body.word);
        return WordSet(all);
    }();
    const std::int32_t place = words.find(view, t);
    return place == kNone ? nullptr : &kBodyWords[static_cast<std::size_t>(place)];
}

}  // namespace

void Finder::free_names_in_bodies() {
    constexpr unsigned kWords = 6;
    // What may stand in a body's name and says nothing else: "Northern", "National", "Sabaen".
    const auto plain = [&](TokenIndex t) {
        if (!view_.upper(t) || covered_[t] != 0 || rank_word(t)) return false;
        if (function_word(t)) return false;
        const PhraseMatch* name = view_.ending_at(Layer::names, t);
        if (name == nullptr) name = view_.at(Layer::names, t);
        if (name != nullptr) return false;
        if (view_.ending_at(Layer::nouns, t) == nullptr && view_.at(Layer::nouns, t) == nullptr)
            return !sentence_start(t);
        const RoleNoun* modifier = role_noun_ending(t, "modifier");
        return modifier != nullptr && modifier->sector != "quantity" && !sentence_start(t) &&
               !view_.is_any(t, "former", "acting", "deputy", "new");
    };
    const auto joined = [&](TokenIndex t) {
        return view_.gap_before(t) == " " || view_.gap_before(t) == "-";
    };
    for (const NameHit& hit : names_) {
        if (skipped(hit.begin) || sentence_at(hit.begin).title) continue;
        const TokenIndex first = sentence_begin(hit.begin);
        const TokenIndex last = sentence_end(hit.begin);
        // "the Commission for Tides", "the Council of Haldania"
        if (const BodyWord* body = body_word_at(view_, hit.begin);
            body != nullptr && body->alone && hit.end - hit.begin == 1 && view_.upper(hit.begin) &&
            (hit.entry->flags & kWeak) != 0 && body_complement(hit.end) > hit.end) {
            freed_[hit.begin] = 1;
            continue;
        }
        if (hit.begin == first || hit.end - hit.begin > 2 || !joined(hit.begin) ||
            !plain(hit.begin - 1) || sentence_in_capitals(hit.begin))
            continue;
        const ActorRow& row = data_.actors[hit.entry->index];
        bool inside = false;
        if (row.type != ActorType::person && hit.entry->meaning == Meaning::actor &&
            body_word_at(view_, hit.end - 1) != nullptr &&
            !body_word_at(view_, hit.end - 1)->goes_on) {
            inside = row.type != ActorType::state;  // "Southern Sabaen Congress"
        } else if (row.type == ActorType::state || hit.entry->meaning == Meaning::metonym) {
            // "National Turkey Federation", "Carnegie Moscow Centre"
            for (TokenIndex t = hit.end; t < std::min(hit.end + kWords, last); ++t) {
                if (view_.gap_before(t) != " " || !view_.upper(t)) break;
                if (const BodyWord* body = body_word_at(view_, t);
                    body != nullptr && !body->acting) {
                    inside = t == hit.end || plain(hit.end);
                    break;
                }
            }
        }
        if (!inside) continue;
        for (TokenIndex t = hit.begin; t < hit.end; ++t) freed_[t] = 1;
    }
}

ActorType Finder::organisation_type(TokenIndex last) const {
    const BodyWord* body = body_word_at(view_, last);
    return body == nullptr || body->goes_on || body->acting ? ActorType::person : body->type;
}

bool Finder::body_name(TokenIndex begin, TokenIndex end) const {
    const BodyWord* body = body_word_at(view_, end - 1);
    if (body == nullptr) return false;
    if (end - begin >= 2 && !body->goes_on) return true;
    if (end - begin >= 3 && acts_after(end)) return true;  // "the Haldane Tidal Centre said"
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
        // "of Scholars" is of the name, "of Defence Minister" not.
        const bool noun =
            view_.at(Layer::nouns, t) != nullptr && role_noun_at(t, "modifier") == nullptr &&
            role_noun_at(t, "group") == nullptr && role_noun_at(t, "weakgroup") == nullptr;
        if (view_.upper(t) && covered_[t] == 0 && !noun &&
            (!function_word(t) ||
             ((view_.at(Layer::names, t) == nullptr || !state_name(*view_.at(Layer::names, t))) &&
              view_.is_any(t, "north", "south", "east", "west", "northern", "southern", "eastern",
                           "western", "central")))) {
            solid = ++t;
            continue;
        }
        // "for Tides and Harbours", "for the Relief of the Harbour"; "and Norway" is somebody else.
        const bool the = t + 2 < last && view_.is(t, "of") && view_.is(t + 1, "the");
        const TokenIndex next = the ? t + 2 : t + 1;
        const bool joint = solid == t && next < last && view_.is_any(t, "and", "of", "for") &&
                           view_.gap_before(next) == " " && view_.upper(next) &&
                           !(view_.is(t, "and") && in_name_[next] != 0) &&
                           !(the && in_name_[next] != 0);
        if (!joint) break;
        t = next;
    }
    return solid;
}

TokenIndex Finder::body_begin(TokenIndex begin) const {
    const TokenIndex first = sentence_begin(begin);
    for (unsigned steps = 0; steps < 4 && begin > first; ++steps) {
        const TokenIndex t = begin - 1;
        const std::string_view gap = view_.gap_before(begin);
        // "U.S. Wildlife Council", "U.S.-Haldania Council"
        const bool letter =
            (gap == ". " || gap == ".-") && view_.word(t).size() == 1 && in_name_[t] != 0;
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

TokenIndex Finder::behind_and(TokenIndex begin) const {
    constexpr unsigned kWords = 4;
    const TokenIndex first = sentence_begin(begin);
    if (begin < first + 3 || !view_.is(begin - 1, "and") || view_.gap_before(begin) != " " ||
        view_.gap_before(begin - 1) != " ")
        return begin;
    TokenIndex t = begin - 1;
    for (unsigned words = 0; words < kWords && t > first; ++words) {
        const TokenIndex word = t - 1;
        if (!view_.upper(word) || covered_[word] != 0 || in_name_[word] != 0 ||
            function_word(word) ||
            (view_.at(Layer::nouns, word) != nullptr &&
             role_noun_at(word, "modifier") == nullptr) ||
            (t < begin - 1 && view_.gap_before(t) != " "))
            break;
        t = word;
    }
    return t < begin - 1 && t > first && view_.gap_before(t) == " " &&
                   (view_.is(t - 1, "the") || adjective_ending_at(t - 1) != kNoRow)
               ? t
               : begin;
}

bool Finder::addressed(TokenIndex begin) const {
    const TokenIndex first = sentence_begin(begin);
    TokenIndex t = begin;
    while (t > first && view_.is_any(t - 1, "the", "a", "an", "its")) --t;
    return t > first && view_.is_any(t - 1, "by", "told", "with", "to", "from", "against");
}

bool Finder::take_body_by_shape(TokenIndex begin, TokenIndex end) {
    const BodyWord* body = body_word_at(view_, end - 1);
    if (body == nullptr) return false;
    const bool alone = end - begin < 2;
    if (alone && !body->alone) return false;
    const TokenIndex whole = body->alone ? body_complement(end) : end;
    if ((alone || (body->goes_on && (end - begin < 3 || !acts_after(end)))) && whole == end)
        return false;
    // "the Army of the Democratic Republic of the Congo": a state's, by its noun.
    if (whole > end && role_noun_at(begin, "body:") != nullptr) {
        const TokenIndex state = view_.is(end + 1, "the") ? end + 2 : end + 1;
        const PhraseMatch* name = state < view_.size() ? view_.at(Layer::names, state) : nullptr;
        if (name != nullptr && state_name(*name) && state + name->tokens >= whole) return false;
    }
    // "Citizens of Haldania": people.
    if (whole > end + 1 && view_.is(begin, "citizens")) {
        const TokenIndex state = view_.is(end + 1, "the") ? end + 2 : end + 1;
        const PhraseMatch* name = view_.at(Layer::names, state);
        if (view_.is(end, "of") && name != nullptr && state_name(*name) &&
            state + name->tokens == whole) {
            return false;
        }
    }
    if (body->acting && !acts_after(whole) && !addressed(begin)) return false;
    const TokenIndex first = sentence_begin(begin);
    TokenIndex from = body_begin(begin);
    // A weak name of the lexicon: the country in question decides.
    if (const PhraseMatch* name = view_.at(Layer::names, from);
        name != nullptr && from + name->tokens == whole && freed_[from] == 0)
        return false;
    from = behind_and(from);
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

ActorType Finder::body_by_noun_before(TokenIndex begin) const {
    constexpr ActorType kNothing = ActorType::person;
    const TokenIndex first = sentence_begin(begin);
    if (begin < first + 2 || view_.gap_before(begin) != " ") return kNothing;
    const TokenIndex t = begin - 1;
    if (view_.upper(t) || covered_[t] != 0) return kNothing;
    if (view_.is_any(t, "newspaper", "daily", "broadcaster", "outlet", "magazine", "tabloid") ||
        (view_.is(t, "agency") && view_.is(t - 1, "news")) ||
        (view_.is_any(t, "channel", "station", "website", "site") &&
         view_.is_any(t - 1, "news", "television", "tv", "radio")))
        return ActorType::media;
    if (view_.is_any(t, "company", "firm", "automaker", "carmaker", "airline", "conglomerate",
                     "manufacturer", "retailer", "startup"))
        return ActorType::company;
    if (view_.is_any(t, "charity", "ngo") || (view_.is(t, "tank") && view_.is(t - 1, "think")))
        return ActorType::ngo;
    if (view_.is_any(t, "militia", "cartel", "gang")) return ActorType::armed_group;
    if (view_.is(t, "party") && !view_.is_any(t - 1, "the", "a", "third", "other", "either"))
        return ActorType::political_group;
    if (!view_.is_any(t, "group", "organization", "organisation", "faction", "movement"))
        return kNothing;
    if (view_.is_any(t - 1, "militant", "armed", "rebel", "insurgent", "terrorist", "terror",
                     "jihadist", "guerrilla", "paramilitary", "militia", "separatist"))
        return ActorType::armed_group;
    if (view_.is_any(t - 1, "rights", "aid", "advocacy", "monitoring", "watchdog", "relief",
                     "charitable", "humanitarian"))
        return ActorType::ngo;
    if (view_.is_any(t - 1, "opposition", "political")) return ActorType::political_group;
    return kNothing;
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
