/// Names that the lexicon lacks: people and bodies by shape, title and apposition.

#include <array>

#include "analysis/finder.h"

namespace ceasewire::analysis {

bool Finder::particle(const View& view, TokenIndex t) {
    return view.is_any(t, "al", "el", "bin", "ben", "ibn", "abu", "de", "del", "da", "van", "von",
                       "der", "la", "ul", "ur", "al");
}

bool Finder::rank_word(TokenIndex t) const {
    if (view_.is_any(t, "dr", "sen", "rep", "gen", "col", "maj", "adm") && view_.all_caps(t) &&
        t + 1 < view_.size() && !view_.all_caps(t + 1))
        return false;  // "DR Congo"
    return view_.is_any(t, "mr", "mrs", "ms", "dr", "gen", "general", "lt", "col", "colonel", "maj",
                        "major", "brig", "brigadier", "capt", "captain", "cmdr", "commander", "sgt",
                        "sergeant", "cpl", "spc", "pvt", "adm", "admiral", "rear", "sen", "senator",
                        "rep", "gov", "governor", "amb", "ambassador", "prof", "professor",
                        "sheikh", "rabbi", "sir", "lord", "dame", "ayatollah", "imam", "mufti",
                        "hajj", "mullah", "maulana");
}

bool Finder::lone_first_name(TokenIndex t) const {
    if (data_.given_names.count(view_.token(t).hash) == 0 || t + 1 >= sentence_end(t) ||
        !view_.adjacent(t + 1))
        return false;
    if (const PhraseMatch* name = view_.at(Layer::names, t);
        name != nullptr && (name->tokens > 1 || adjective_ending_at(t) != kNoRow))
        return false;
    if (const PhraseMatch* noun = view_.at(Layer::nouns, t); noun != nullptr && noun->tokens > 1)
        return false;
    return view_.upper(t + 1) && !view_.all_caps(t + 1) && covered_[t + 1] == 0 &&
           view_.at(Layer::names, t + 1) == nullptr && view_.at(Layer::nouns, t + 1) == nullptr;
}

bool Finder::modifier_in_name(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    if (noun == nullptr || noun->tokens > 1 || sentence_start(t) || t + 1 >= sentence_end(t) ||
        !view_.adjacent(t + 1) || !view_.upper(t + 1))
        return false;
    return role_noun_at(t, "modifier") != nullptr &&
           role_noun_at(t, "modifier")->sector != "quantity" &&
           (view_.at(Layer::nouns, t + 1) == nullptr ||
            (view_.at(Layer::nouns, t + 1)->tokens == 1 && body_noun(t + 1)));
}

bool Finder::body_noun(TokenIndex t) const {
    return role_noun_at(t, "nominal") != nullptr || role_noun_at(t, "body:") != nullptr;
}

bool Finder::body_in_name(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    if (noun == nullptr || noun->tokens > 1 || sentence_start(t) || !view_.adjacent(t) ||
        !view_.upper(t - 1) || view_.all_caps(t))
        return false;
    return body_noun(t);
}

bool Finder::word_of_body(TokenIndex t) const {
    if (in_name_[t] != kAlone || t + 1 >= sentence_end(t) || sentence_start(t) ||
        !view_.adjacent(t) || !view_.adjacent(t + 1))
        return false;
    return view_.upper(t - 1) && in_name_[t - 1] == 0 && view_.upper(t + 1) &&
           view_.at(Layer::names, t + 1) == nullptr &&
           organisation_type(t + 1) != ActorType::person;
}

bool Finder::title_as_surname(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    if (noun == nullptr || noun->tokens > 1 || t == sentence_begin(t) || !view_.adjacent(t) ||
        !view_.upper(t - 1) || view_.at(Layer::names, t - 1) != nullptr ||
        data_.given_names.count(view_.token(t - 1).hash) == 0)
        return false;
    const bool named = t + 1 < sentence_end(t) && view_.adjacent(t + 1) && view_.upper(t + 1);
    return !named && role_noun_at(t, "title") != nullptr;
}

bool Finder::function_word(TokenIndex t) const {
    return view_.is_any(
        t, "the", "a", "an", "i", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
        "august", "september", "october", "november", "december", "in", "on", "at", "but", "and",
        "or", "if", "when", "while", "after", "before", "as", "he", "she", "they", "it", "we",
        "his", "her", "their", "its", "this", "that", "these", "those", "there", "for", "from",
        "with", "by", "to", "of", "no", "not", "what", "who", "why", "how", "you", "your", "our",
        "my", "mr", "mrs", "ms", "dr", "both", "all", "some", "many", "however", "meanwhile", "yet",
        "also", "so", "then", "since", "until", "under", "over", "more", "most", "each", "one",
        "two", "three", "according", "later", "earlier", "today", "yesterday", "tomorrow", "now",
        "once", "still", "even", "only", "another", "such", "here", "during", "among", "against",
        "between", "through", "because", "although", "though", "despite", "where", "which",
        "whether", "without", "within", "about", "across", "around", "near", "last", "first",
        "speaking", "every", "any", "few", "just", "instead", "indeed", "perhaps", "soon", "thus",
        "therefore", "moreover", "nevertheless", "elsewhere", "separately", "ramadan", "islam",
        "god", "north", "south", "east", "west", "northern", "southern", "eastern", "western",
        "central");
}

bool Finder::initial(TokenIndex t) const {
    if (view_.word(t).size() != 1 || t + 1 >= sentence_end(t) || !view_.upper(t) ||
        !view_.upper(t + 1))
        return false;
    // "World War I", "Phase A"
    if (t > sentence_begin(t) &&
        view_.is_any(t - 1, "war", "phase", "part", "class", "plan", "type", "grade", "level",
                     "section", "category", "group"))
        return false;
    const std::string_view gap = view_.gap_before(t + 1);
    if (gap == ".") return view_.word(t + 1).size() == 1;
    const bool behind_name = t > sentence_begin(t) && view_.gap_before(t) == " " &&
                             view_.upper(t - 1) && !view_.all_caps(t - 1);
    if (gap == ". ") return behind_name || (t > sentence_begin(t) && view_.gap_before(t) == ".");
    return gap == " " && behind_name && view_.word(t + 1).size() > 1 &&
           data_.given_names.count(view_.token(t - 1).hash) != 0;
}

bool Finder::goes_on_in_lower_case(TokenIndex begin, TokenIndex t) const {
    const std::size_t size = view_.word(t).size();
    if (view_.upper(t) || view_.number(t) || covered_[t] != 0) return false;
    if (view_.apostrophe_before(t))
        return size > 2 && view_.word(t - 1).size() > 1 && !view_.is_any(t, "all");
    // "Kim Dong-yub"
    return view_.gap_before(t) == "-" && t - begin == 2 && size <= 5 &&
           view_.word(begin).size() <= 6 && view_.word(t - 1).size() <= 6 &&
           view_.gap_before(begin + 1) == " " &&
           !view_.is_any(t, "led", "based", "run", "held", "era", "style", "born", "bound", "like",
                         "type", "owned", "made", "built", "ally", "area", "wide", "only", "plus",
                         "day", "year", "week", "hour", "to", "in", "on", "for", "and", "or", "the",
                         "elect", "wing", "level", "aid", "war", "deal", "talks", "free",
                         "trained");
}

bool Finder::name_word(TokenIndex t) const {
    if (initial(t)) return covered_[t] == 0 && in_name_[t] != kInside;
    if (covered_[t] != 0 || in_name_[t] == kInside || !view_.upper(t) || rank_word(t)) return false;
    if (view_.at(Layer::names, t) != nullptr && !lone_first_name(t) && !word_of_body(t))
        return false;
    if ((view_.at(Layer::nouns, t) != nullptr || view_.ending_at(Layer::nouns, t) != nullptr) &&
        !lone_first_name(t) && !modifier_in_name(t) && !body_in_name(t) && !title_as_surname(t))
        return false;
    if (view_.is(t, "said") && sentence_start(t)) return false;
    return !function_word(t);
}

bool Finder::place_word(TokenIndex t) const {
    return view_.is_any(
        t, "street", "city", "river", "strip", "hospital", "airport", "square", "bridge",
        "province", "valley", "heights", "sea", "gulf", "island", "islands", "road", "avenue",
        "crossing", "camp", "district", "region", "corridor", "peninsula", "mountains", "mountain",
        "desert", "lake", "bay", "state", "county", "village", "town", "school", "mosque", "church",
        "palace", "house", "hotel", "stadium", "beach", "bank", "war", "day", "week", "act",
        "agreement", "accord", "accords", "plan", "summit", "conference", "treaty", "protocol",
        "operation", "eve", "prize", "cup", "league", "games", "resolution", "declaration", "flood",
        "storm", "sword", "east", "africa", "asia", "europe", "america", "border", "line", "zone",
        "park", "center", "centre", "kibbutz", "neighborhood", "neighbourhood", "suburb",
        "governorate", "oblast", "municipality", "junction", "checkpoint", "dam", "mount", "plain",
        "plateau", "front", "dome", "rally", "festival", "election", "elections", "assembly");
}

void Finder::find_unknown_names() {
    for (const Sentence& sentence : analysis_.sentences) {
        if (skipped(sentence.token_begin)) continue;
        std::size_t capitals = 0;
        for (TokenIndex t = sentence.token_begin; t < sentence.token_end; ++t)
            capitals += view_.upper(t) ? 1U : 0U;
        const bool headline = capitals * 10 > (sentence.token_end - sentence.token_begin) * 6U &&
                              sentence.token_end - sentence.token_begin > 4 &&
                              (sentence.title || (view_.text()[sentence.span.end - 1] != '.' &&
                                                  sentence.token_end - sentence.token_begin <= 16));
        for (TokenIndex t = sentence.token_begin; t < sentence.token_end;) {
            if (!name_word(t)) {
                // "the Ministry of Tides"
                const PhraseMatch* noun = view_.at(Layer::nouns, t);
                if (view_.upper(t) && covered_[t] == 0 && !headline && noun != nullptr &&
                    noun->tokens == 1 && in_name_[t] == 0)
                    take_body_by_shape(t, t + 1);
                ++t;
                continue;
            }
            TokenIndex end = t + 1;
            while (end < sentence.token_end) {
                const std::string_view gap = view_.gap_before(end);
                const bool joined =
                    gap == " " || gap == "-" || gap == "\u2019" || gap == "'" || gap == "\u2011" ||
                    (gap == ". " && view_.token(end - 1).end - view_.token(end - 1).begin == 1) ||
                    (gap == "." && initial(end - 1));
                if (!joined || view_.possessive(end)) break;
                if (name_word(end) || goes_on_in_lower_case(t, end)) {
                    ++end;
                } else if (particle(view_, end) && end + 1 < sentence.token_end &&
                           name_word(end + 1) && covered_[end] == 0) {
                    end += 2;
                } else {
                    break;
                }
            }
            TokenIndex begin = t;
            t = end;
            if (particle(view_, begin) && end - begin == 1) continue;
            // "Later Omar Farouk left": the sentence's first word has its capital from its
            // place.
            if (begin == sentence.token_begin && end - begin >= 3 &&
                data_.given_names.count(view_.token(begin).hash) == 0 &&
                data_.given_names.count(view_.token(begin + 1).hash) != 0)
                ++begin;
            consider(begin, end, headline);
        }
    }
    take_titled();
}

void Finder::consider(TokenIndex begin, TokenIndex end, bool headline) {
    const TokenIndex first = sentence_begin(begin);
    if (body_name(begin, end)) {
        if (!headline && !view_.is_any(begin, "operation", "exercise"))
            take_body_by_shape(begin, end);
        return;
    }
    if (place_word(end - 1)) return;
    TokenIndex letters = begin;
    while (letters < end && view_.word(letters).size() == 1) ++letters;
    if (letters == end) return;  // "D.C."
    // "Ben Gurion airport", "the Salah al-Din school", "the Abu Sallam air base": named after
    // somebody.
    if (end < sentence_end(begin) && view_.adjacent(end) && !view_.upper(end) &&
        (place_word(end) ||
         (end + 1 < sentence_end(begin) && view_.adjacent(end + 1) &&
          view_.is_any(end, "air", "refugee", "military", "naval", "army", "border", "power") &&
          (place_word(end + 1) || view_.is_any(end + 1, "base", "post", "plant", "station")))))
        return;
    // "Alex Doe/Reuters", "Alex Doe /Reuters", "REUTERS/Alex Doe": who took the picture.
    if (end < view_.size() && (view_.gap_before(end) == "/" || view_.gap_before(end) == " /"))
        return;
    if (begin > 0 && view_.gap_before(begin) == "/" &&
        (view_.all_caps(begin - 1) || view_.ending_at(Layer::names, begin - 1) != nullptr))
        return;
    // "Rep. Alex Doe, R-Ohio", "Sen. Alex Doe, Ohio Democrat": whose he is.
    if (view_.is_any(end - 1, "democrat", "republican", "independent", "conservative", "liberal") ||
        (view_.word(begin).size() == 1 && view_.gap_before(begin + 1) == "-"))
        return;
    // The surname of somebody named before, or more of that name.
    if (const auto known = surnames_.find(view_.token(end - 1).hash);
        known != surnames_.end() && parts_of(known->second, begin, end)) {
        if (begin > first && particle(view_, begin - 1) && covered_[begin - 1] == 0 &&
            view_.gap_before(begin) == "-")
            --begin;
        mention(begin, end, known->second, Form::alias, "surname after the full name");
        return;
    }
    const bool after_honorific = begin > first && rank_word(begin - 1) && view_.upper(begin - 1) &&
                                 (view_.adjacent(begin) || view_.gap_before(begin) == ". ");
    bool after_role = begin > first && view_.adjacent(begin) && calling(begin - 1);
    const OfficeNoun* office = nullptr;
    if (begin > first && view_.adjacent(begin)) {
        const PhraseMatch* role = view_.ending_at(Layer::nouns, begin - 1);
        if (role != nullptr) {
            view_.entries(*role, [&](const Entry& entry) {
                if (entry.meaning == Meaning::office_noun) {
                    after_role = true;
                    office = &data_.office_nouns[entry.index];
                }
                if (entry.meaning == Meaning::role_noun) {
                    const std::string_view kind = data_.role_nouns[entry.index].kind;
                    if (kind == "single" || kind == "spokes" || kind == "title" ||
                        (kind == "group" && view_.upper(begin - 1)))
                        after_role = true;
                }
            });
        }
    }
    if (end - begin == 1 && !after_honorific && !sentence_at(begin).title && acts_after(end) &&
        view_.word(begin).size() >= 4) {
        // "Austin has ordered": nobody so called is introduced, but a minister of the day is.
        titled_.push_back({begin, end});
        return;
    }
    if (end - begin == 1) {
        if (!after_honorific || headline) return;
        if (const auto known = surnames_.find(view_.token(begin).hash); known != surnames_.end())
            return;  // taken as a surname later
        titled_.push_back({begin, end});
        return;
    }
    // "Vice President Harlow Marking a Day": in a headline verbs have capitals.
    if (office != nullptr && sentence_at(begin).title &&
        office_holder_called(*office, view_.token(begin).hash, kNoRow) != kNoRow)
        return;
    if (!after_honorific && !after_role && stands_as_place(begin, end)) return;
    const bool given = data_.given_names.count(view_.token(begin).hash) != 0;
    const bool told = begin > first && cue_at(begin - 1, CueKind::report);
    const bool speaks = told || acts_after(end);
    const bool reports = told || (end < sentence_end(begin) && view_.adjacent(end) &&
                                  cue_at(end, CueKind::report) && !view_.upper(end));
    const int evidence = (after_honorific ? 3 : 0) + (after_role ? 3 : 0) + (given ? 2 : 0) +
                         (speaks ? 1 : 0) + (reports ? 1 : 0) + (introduced(begin, end) ? 2 : 0) -
                         (headline ? 1 : 0) - (end - begin > 3 ? 1 : 0);
    if (evidence < 2) return;
    take_person(begin, end,
                after_honorific || after_role ? "person after a title" : "person by shape");
}

void Finder::take_person(TokenIndex begin, TokenIndex end, std::string why) {
    const std::uint32_t actor = new_actor(text_of(begin, end), ActorType::person, kNoRow, true);
    mention(begin, end, actor, Form::name, std::move(why));
    remember_surname(analysis_.actors[actor].name, actor);
    if (end - begin == 1) surnames_[view_.token(begin).hash] = actor;
}

bool Finder::parts_of(std::uint32_t actor, TokenIndex begin, TokenIndex end) const {
    std::vector<text::Token> tokens;
    text::tokenize_simply(analysis_.actors[actor].name, tokens);
    for (TokenIndex t = begin; t < end; ++t) {
        if (particle(view_, t)) continue;
        if (const auto part = name_parts_.find(view_.token(t).hash);
            part != name_parts_.end() && part->second == actor)
            continue;
        if (std::none_of(tokens.begin(), tokens.end(), [&](const text::Token& token) {
                return token.hash == view_.token(t).hash;
            }))
            return false;
    }
    return true;
}

bool Finder::stands_as_place(TokenIndex begin, TokenIndex end) const {
    const TokenIndex first = sentence_begin(begin);
    if (begin > first && view_.adjacent(begin)) {
        if (view_.is_any(begin - 1, "in", "near", "at", "outside", "inside", "around", "into",
                         "toward", "towards", "across", "throughout", "north", "south", "east",
                         "west", "downtown", "central", "northern", "southern", "eastern",
                         "western"))
            return true;
        if (view_.is(begin - 1, "of") && begin > first + 1 && place_word(begin - 2)) return true;
        // "between Ras al-Ayn and Tal Abyad", "in Aleppo and Deir Hafer": one of several
        // places.
        if (view_.is(begin - 1, "and") && begin > first + 2 && place_before(begin - 1)) return true;
    }
    // "Suwayda, Syria": a state follows, in commas or at the end.
    if (end < sentence_end(begin) && view_.gap_before(end) == ", ") {
        const PhraseMatch* name = view_.at(Layer::names, end);
        if (name != nullptr && state_name(*name)) {
            const TokenIndex after = end + name->tokens;
            if (after >= sentence_end(begin) || view_.gap_before(after).substr(0, 1) == ",")
                return true;
        }
    }
    return false;
}

bool Finder::place_before(TokenIndex conjunction) const {
    TokenIndex t = conjunction;
    const TokenIndex first = sentence_begin(conjunction);
    unsigned steps = 0;
    while (t > first && steps < 5 && (view_.upper(t - 1) || particle(view_, t - 1)) &&
           (view_.gap_before(t) == " " || view_.gap_before(t) == "-")) {
        --t;
        ++steps;
    }
    return steps > 0 && t > first &&
           view_.is_any(t - 1, "in", "near", "at", "outside", "inside", "around", "into", "toward",
                        "towards", "across", "throughout");
}

bool Finder::calling(TokenIndex t) const {
    return !view_.upper(t) &&
           view_.is_any(t, "brother", "sister", "father", "mother", "son", "daughter", "wife",
                        "husband", "widow", "cousin", "uncle", "aunt", "nephew", "niece",
                        "grandson", "grandfather", "grandmother", "colleague", "friend", "teacher",
                        "student", "farmer", "engineer", "retiree", "pensioner", "soldier",
                        "veteran", "pilot", "producer", "photographer", "writer", "singer", "actor",
                        "actress", "filmmaker", "poet", "novelist", "player", "coach", "physician",
                        "surgeon", "nurse", "medic", "paramedic", "attorney", "businessman",
                        "businesswoman", "shopkeeper", "hostage", "survivor", "citizen",
                        "contractor", "strategist", "economist", "scientist", "psychologist",
                        "anthropologist", "archaeologist", "candidate", "nominee", "incumbent",
                        "whistleblower", "fugitive", "defector", "bomber", "gunman", "militant",
                        "jihadist", "warlord", "tycoon", "oligarch", "philanthropist",
                        "entrepreneur", "villager", "refugee", "volunteer", "worker", "driver");
}

bool Finder::introduced(TokenIndex begin, TokenIndex end) const {
    const TokenIndex first = sentence_begin(begin);
    const TokenIndex last = sentence_end(begin);
    // "Lena Brandt is a baker from …", with a noun of people before any of places.
    if (end + 2 < last && view_.gap_before(end) == " " && view_.is_any(end, "is", "was") &&
        view_.is_any(end + 1, "a", "an", "the")) {
        for (TokenIndex t = end + 2; t < std::min(end + 8, last); ++t) {
            if (view_.gap_before(t) != " " && view_.gap_before(t) != "-") break;
            if (place_word(t)) return false;
            const RoleNoun* noun = role_noun_at(t, "");
            if (noun != nullptr && noun->sector == "press") return false;  // a page's writer
            if ((noun != nullptr && noun->kind == "single") || calling(t)) return true;
        }
    }
    // "later identified as Lena Brandt", "Lena Brandt (born …"
    if (begin > first + 1 && view_.adjacent(begin) && view_.is(begin - 1, "as") &&
        view_.is(begin - 2, "identified"))
        return true;
    if (end + 1 < last && view_.gap_before(end) == " (" &&
        view_.is_any(end, "born", "died", "aged"))
        return true;
    if (end + 1 < last && view_.gap_before(end) == ", ") {
        if (view_.is_any(end, "who", "whose", "aged")) return true;
        if (view_.number(end) && view_.token(end).end - view_.token(end).begin == 2 &&
            (end + 1 >= last || view_.gap_before(end + 1).substr(0, 1) == ","))
            return true;
        const bool article = view_.is_any(end, "a", "an", "the");
        for (TokenIndex t = end; t < std::min(end + 7, last); ++t) {
            if (t > end && view_.gap_before(t).find(',') != std::string_view::npos) break;
            if (article && place_word(t)) return false;
            if (view_.at(Layer::nouns, t) != nullptr) return true;
            if (article && view_.is_any(t, "in", "at", "on", "from", "of", "who", "which", "that",
                                        "for", "near"))
                break;
        }
        if (article && !view_.is(end, "the")) return true;
    }
    // "the ambassador to the United Nations, X Y, said".
    if (begin > first && view_.gap_before(begin) == ", " &&
        (end >= last || view_.gap_before(end).substr(0, 1) == "," || acts_after(end))) {
        for (TokenIndex t = begin; t > first && begin - t < 10;) {
            --t;
            if (view_.at(Layer::nouns, t) != nullptr) return true;
            if (view_.gap_before(t).find(',') != std::string_view::npos) break;
        }
    }
    return false;
}

}  // namespace ceasewire::analysis
