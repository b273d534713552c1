/// Names that the lexicon lacks: people and bodies by shape, title and apposition.

#include <array>

#include "analysis/finder.h"
#include "analysis/word_set.h"
#include "lexicon/names.h"

namespace ceasewire::analysis {

namespace {

constexpr TokenIndex kNameWordsMax = 8;

/// "BrandtOvernight": two words of a page without a blank between them. "DeWitt" and "McTeague"
/// are names.
bool run_together(std::string_view word) {
    for (std::size_t i = 5; i < word.size(); ++i) {
        if (word[i] >= 'A' && word[i] <= 'Z' && word[i - 1] >= 'a' && word[i - 1] <= 'z')
            return true;
    }
    return false;
}

}  // namespace

bool Finder::particle(const View& view, TokenIndex t) {
    return view.is_any(t, "al", "el", "bin", "ben", "ibn", "abu", "de", "del", "da", "van", "von",
                       "der", "la", "ul", "ur", "al");
}

bool Finder::rank_word(TokenIndex t) const {
    // "Assistant Secretary-General Omar Haddadin"
    if (t > sentence_begin(t) && view_.gap_before(t) == "-" &&
        view_.is_any(t - 1, "secretary", "director", "attorney", "governor", "procurator"))
        return false;
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

bool Finder::rank_in_name(TokenIndex t) const {
    return view_.is_any(t, "sheikh", "imam", "hajj") && t > sentence_begin(t) &&
           t + 1 < sentence_end(t) && view_.gap_before(t) == " " &&
           view_.gap_before(t + 1) == " " && view_.upper(t - 1) && view_.upper(t + 1) &&
           given_name(t - 1);
}

bool Finder::presented(TokenIndex t) const {
    if (t == sentence_begin(t) || (!view_.adjacent(t) && view_.gap_before(t) != ". ")) return false;
    if (calling(t - 1) || (rank_word(t - 1) && view_.upper(t - 1))) return true;
    const PhraseMatch* role = view_.ending_at(Layer::nouns, t - 1);
    bool yes = false;
    if (role != nullptr)
        view_.entries(*role, [&](const Entry& entry) {
            if (entry.meaning == Meaning::office_noun) yes = true;
            if (entry.meaning != Meaning::role_noun) return;
            const std::string_view kind = data_.role_nouns[entry.index].kind;
            yes = yes || kind == "single" || kind == "spokes" || kind == "title";
        });
    return yes;
}

bool Finder::verb_like_first_name(TokenIndex t) const {
    return view_.is_any(t, "will", "may", "can", "sue", "mark");
}

bool Finder::given_name(TokenIndex t) const {
    return data_.given_names.contains(view_.token(t).hash) && !view_.all_caps(t) &&
           view_.at(Layer::names, t) == nullptr && view_.ending_at(Layer::names, t) == nullptr;
}

bool Finder::surname_in_name(TokenIndex t) const {
    const PhraseMatch* name = view_.at(Layer::names, t);
    TokenIndex begin = t;
    if (name == nullptr) {  // "al-Sudani"
        name = view_.ending_at(Layer::names, t);
        if (name == nullptr || name->tokens != 2 || !particle(view_, t - 1)) return false;
        begin = t - 1;
    } else if (name->tokens != 1) {
        return false;
    }
    if (begin <= sentence_begin(begin) || view_.all_caps(t) || sentence_at(t).title) return false;
    const TokenIndex before = begin - 1;
    const std::string_view gap = view_.gap_before(begin);
    const bool letter = begin < t && (gap == "' " || gap == "\u2019 ") &&
                        view_.word(before).back() != 's' && before > sentence_begin(before);
    if (letter && given_name(before - 1)) return true;  // "Omar Rafa' al-Sudani"
    if (gap != " " || !view_.upper(before) || covered_[before] != 0 || function_word(before))
        return false;
    if (before == sentence_begin(before) && verb_like_first_name(before)) return false;
    if (given_name(before)) return true;
    // "Marie Kerouan Wagner"
    if (before > sentence_begin(before) && view_.gap_before(before) == " " &&
        view_.upper(before - 1) && given_name(before - 1) &&
        view_.at(Layer::names, before) == nullptr && view_.at(Layer::nouns, before) == nullptr)
        return true;
    bool persons = true;
    view_.entries(*name, [&](const Entry& entry) {
        persons = persons && entry.meaning == Meaning::actor &&
                  data_.actors[entry.index].type == ActorType::person;
    });
    return persons && !view_.all_caps(before) && view_.word(before).size() > 2 &&
           !rank_word(before) && view_.at(Layer::names, before) == nullptr &&
           view_.ending_at(Layer::names, before) == nullptr &&
           view_.at(Layer::nouns, before) == nullptr &&
           view_.ending_at(Layer::nouns, before) == nullptr && presented(before);
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
    static const WordSet kFunctionWords{
        "the",          "a",         "an",         "i",         "monday",
        "tuesday",      "wednesday", "thursday",   "friday",    "saturday",
        "sunday",       "january",   "february",   "march",     "april",
        "may",          "june",      "july",       "august",    "september",
        "october",      "november",  "december",   "in",        "on",
        "at",           "but",       "and",        "or",        "if",
        "when",         "while",     "after",      "before",    "as",
        "he",           "she",       "they",       "it",        "we",
        "his",          "her",       "their",      "its",       "this",
        "that",         "these",     "those",      "there",     "for",
        "from",         "with",      "by",         "to",        "of",
        "no",           "not",       "what",       "who",       "why",
        "how",          "you",       "your",       "our",       "my",
        "mr",           "mrs",       "ms",         "dr",        "both",
        "all",          "some",      "many",       "however",   "meanwhile",
        "yet",          "also",      "so",         "then",      "since",
        "until",        "under",     "over",       "more",      "most",
        "each",         "one",       "two",        "three",     "according",
        "later",        "earlier",   "today",      "yesterday", "tomorrow",
        "now",          "once",      "still",      "even",      "only",
        "another",      "such",      "here",       "during",    "among",
        "against",      "between",   "through",    "because",   "although",
        "though",       "despite",   "where",      "which",     "whether",
        "without",      "within",    "about",      "across",    "around",
        "near",         "last",      "first",      "speaking",  "every",
        "any",          "few",       "just",       "instead",   "indeed",
        "perhaps",      "soon",      "thus",       "therefore", "moreover",
        "nevertheless", "elsewhere", "separately", "ramadan",   "islam",
        "god",          "north",     "south",      "east",      "west",
        "northern",     "southern",  "eastern",    "western",   "central"};
    return kFunctionWords.has(view_, t);
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
    // "E. Jean Harlow", "C. P. Harlow"
    if (gap == ". " && t + 2 < sentence_end(t) && view_.upper(t + 2) &&
        (t == sentence_begin(t) || !view_.upper(t - 1)) &&
        (view_.gap_before(t + 2) == " " || view_.gap_before(t + 2) == ". ") &&
        (view_.word(t + 1).size() == 1 || given_name(t + 1)))
        return true;
    const bool behind_name = t > sentence_begin(t) && view_.gap_before(t) == " " &&
                             view_.upper(t - 1) && !view_.all_caps(t - 1);
    if (gap == ". ") return behind_name || (t > sentence_begin(t) && view_.gap_before(t) == ".");
    return gap == " " && behind_name && view_.word(t + 1).size() > 1 &&
           data_.given_names.count(view_.token(t - 1).hash) != 0;
}

bool Finder::goes_on_in_lower_case(TokenIndex begin, TokenIndex t) const {
    const std::size_t size = view_.word(t).size();
    if (view_.upper(t) || view_.number(t) || covered_[t] != 0) return false;
    // "Ra'ad", and not "they're"
    if (view_.apostrophe_before(t))
        return size > 1 && view_.word(t - 1).size() > 1 &&
               !view_.is_any(t, "all", "re", "ve", "ll");
    // "Kim Dong-yub"
    if (view_.is(t, "in") &&
        view_.is_any(begin, "kim", "lee", "park", "moon", "choi", "yoon", "han"))
        return view_.gap_before(t) == "-" && t - begin == 2;
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
    if (freed_[t] != 0) return covered_[t] == 0 && view_.upper(t);
    if (initial(t)) return covered_[t] == 0 && in_name_[t] != kInside;
    if (covered_[t] != 0 || !view_.upper(t) || (rank_word(t) && !rank_in_name(t))) return false;
    const bool surname = surname_in_name(t);
    if (in_name_[t] == kInside && !surname) return false;
    if (view_.at(Layer::names, t) != nullptr && !surname && !lone_first_name(t) && !word_of_body(t))
        return false;
    if ((view_.at(Layer::nouns, t) != nullptr || view_.ending_at(Layer::nouns, t) != nullptr) &&
        !lone_first_name(t) && !modifier_in_name(t) && !body_in_name(t) && !title_as_surname(t))
        return false;
    if (view_.is(t, "said") && sentence_start(t)) return false;
    // "Yeo In-hyung"
    if (!sentence_start(t) && view_.upper(t - 1) && t + 1 < sentence_end(t) &&
        view_.gap_before(t + 1) == "-" && !view_.upper(t + 1))
        return true;
    return !function_word(t);
}

bool Finder::place_word(TokenIndex t) const {
    static const WordSet kPlaceWords{
        "street",      "city",        "river",      "strip",        "hospital",     "airport",
        "square",      "bridge",      "province",   "valley",       "heights",      "sea",
        "gulf",        "island",      "islands",    "road",         "avenue",       "crossing",
        "camp",        "district",    "region",     "corridor",     "peninsula",    "mountains",
        "mountain",    "desert",      "lake",       "bay",          "state",        "county",
        "village",     "town",        "school",     "mosque",       "church",       "palace",
        "house",       "hotel",       "stadium",    "beach",        "bank",         "war",
        "day",         "week",        "act",        "agreement",    "accord",       "accords",
        "plan",        "summit",      "conference", "treaty",       "protocol",     "operation",
        "eve",         "prize",       "cup",        "league",       "games",        "resolution",
        "declaration", "flood",       "storm",      "sword",        "east",         "africa",
        "asia",        "europe",      "america",    "border",       "line",         "zone",
        "park",        "center",      "centre",     "kibbutz",      "neighborhood", "neighbourhood",
        "suburb",      "governorate", "oblast",     "municipality", "junction",     "checkpoint",
        "dam",         "mount",       "museum",     "gate",         "plain",        "plateau",
        "front",       "dome",        "rally",      "festival",     "election",     "elections",
        "assembly"};
    return kPlaceWords.has(view_, t);
}

bool Finder::noble(TokenIndex t) const {
    return view_.is_any(t, "prince", "princess", "queen", "king", "emir", "sultan", "pope",
                        "patriarch", "archbishop", "bishop", "cardinal", "pastor", "reverend",
                        "sayyid", "sayyed", "hujjat", "archduke", "baron", "baroness", "countess",
                        "mp", "mep", "sergeant", "warden", "justice", "judge", "youtuber",
                        "councilman", "councilwoman", "attorney", "sheriff", "trooper", "agent",
                        "fellow", "magistrate", "officer", "officers", "democrat", "democrats",
                        "republican", "republicans", "assemblyman", "assemblywoman", "commissioner",
                        "detective", "chief", "executive", "inspector", "marshal", "airman",
                        "seaman", "specialist", "firefighter", "chaplain", "solicitor",
                        "prosecutor", "congressman", "congresswoman", "lawmaker", "comrade");
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
                    gap == "\u00A0" ||
                    (gap == ". " && view_.token(end - 1).end - view_.token(end - 1).begin == 1) ||
                    (gap == "." && initial(end - 1));
                if (const TokenIndex next = behind_nickname(end); next > end) {
                    end = next;
                    continue;
                }
                // "Shia' al-Sudani": a letter of Arabic
                const bool letter = (gap == "' " || gap == "\u2019 ") && particle(view_, end) &&
                                    view_.word(end - 1).back() != 's';
                if ((!joined && !letter) || view_.possessive(end)) break;
                if (name_word(end) || goes_on_in_lower_case(t, end)) {
                    ++end;
                } else if (const TokenIndex name = behind_particles(end); name > end) {
                    end = name + 1;
                } else {
                    break;
                }
            }
            TokenIndex begin = t;
            t = end;
            if (particle(view_, begin) && end - begin == 1) continue;
            // "Later Omar Farouk left": the sentence's first word has its capital from its
            // place.
            if (begin == sentence.token_begin && end - begin >= 3 && !particle(view_, begin) &&
                data_.given_names.count(view_.token(begin).hash) == 0 &&
                data_.given_names.count(view_.token(begin + 1).hash) != 0)
                ++begin;
            // "Spokesperson Lena Brandt Welcoming the Truce", where each word has its capital
            if (sentence.title && end - begin > 2 && headline_verb(end - 1)) --end;
            consider(name_within(begin, end), end, headline);
        }
    }
}

bool Finder::headline_verb(TokenIndex t) const {
    return view_.is_any(t, "welcoming", "announcing", "regarding", "marking", "meeting",
                        "condemning", "urging", "concerning", "calling", "commemorating",
                        "honoring", "honouring", "celebrating", "recognizing", "declaring",
                        "delivering", "following", "visiting", "traveling", "travelling",
                        "speaking", "departing", "says", "welcomes", "announces", "condemns",
                        "urges", "calls", "meets", "rejects", "accepts", "vows", "warns", "visits",
                        "signs", "orders", "backs", "hails", "slams", "denies", "confirms");
}

TokenIndex Finder::behind_particles(TokenIndex t) const {
    TokenIndex name = t;
    while (name < t + 2 && name + 1 < sentence_end(t) && covered_[name] == 0 &&
           particle(view_, name) &&
           (name == t || (view_.gap_before(name) == " " && !view_.upper(name))))
        ++name;
    return name > t && name_word(name) ? name : t;
}

TokenIndex Finder::behind_nickname(TokenIndex t) const {
    const std::string_view open = view_.gap_before(t);
    if (open != " \"" && open != " \u201C" && open != " \u2018" && open != " '") return t;
    for (TokenIndex next = t + 1; next < std::min(t + 4, sentence_end(t)); ++next) {
        const std::string_view close = view_.gap_before(next);
        if (close == "\" " || close == "\u201D " || close == "\u2019 " || close == "' ")
            return name_word(next) ? next + 1 : t;
        if (!view_.upper(t) || (close != " " && close != ".")) return t;
    }
    return t;
}

TokenIndex Finder::name_within(TokenIndex begin, TokenIndex end) const {
    const TokenIndex first = sentence_begin(begin);
    // "First Lady Lena Brandt"
    if (begin > first && end - begin > 2 &&
        ((view_.is(begin, "lady") && view_.is(begin - 1, "first")) ||
         (view_.is(begin, "gentleman") && view_.is(begin - 1, "second"))))
        return begin + 1;
    // "Q Madam Harlow …": a transcript's mark
    if (begin == first && view_.word(begin) == "Q" && end - begin > 1) ++begin;
    if (end - begin < 3) return begin;
    // "Liberal MP Lena Brandt": what the letters say is no part of the name.
    for (TokenIndex t = begin; t + 2 < end; ++t) {
        if (view_.is_any(t, "mp", "mep", "mps", "ceo", "md", "gop") && view_.all_caps(t) &&
            !view_.all_caps(t + 1))
            return t + 1;
    }
    // "Harbour County Sheriff Lena Brandt"
    for (TokenIndex t = begin; t + 2 < end; ++t) {
        if (noble(t) && given_name(t + 1)) return t + 1;
    }
    // "the minister of Culture Lena Brandt", "the envoy in Doha Omar Farouk"
    if (begin > first + 1 && view_.is_any(begin - 1, "of", "in", "for", "at") &&
        view_.ending_at(Layer::nouns, begin - 2) != nullptr && !given_name(begin)) {
        for (TokenIndex t = begin + 1; t + 1 < end; ++t) {
            if (given_name(t)) return t;
        }
    }
    return begin;
}

void Finder::consider(TokenIndex begin, TokenIndex end, bool headline) {
    const TokenIndex first = sentence_begin(begin);
    if (body_name(begin, end)) {
        if (!headline && !view_.is_any(begin, "operation", "exercise"))
            take_body_by_shape(begin, end);
        return;
    }
    if (const ActorType type = body_by_noun_before(begin);
        type != ActorType::person && !headline && !sentence_at(begin).title &&
        view_.word(begin).size() > 1 &&
        (end - begin > 1 ||
         (type != ActorType::political_group && !given_name(begin) &&
          !view_.is_any(begin, "opinion", "coronavirus") && !stands_in_lower_case(begin) &&
          !surnames_.contains(view_.token(begin).hash)))) {
        const std::uint32_t actor = new_actor(text_of(begin, end), type, kNoRow, true);
        mention(begin, end, actor, Form::name, "body by the noun in front");
        remember_acronym(end, actor);
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
    bool titled = false;
    while (end - begin >= 2 && noble(begin)) {
        titled = true;
        ++begin;
    }
    // "Neither Brandt", "Giving Brandt": the first word has its capital from its place.
    if (end - begin == 2 && begin == first && !given_name(begin) &&
        surnames_.contains(view_.token(end - 1).hash))
        return;
    // "Pope Francis", "Princess Sofia": called by a title and a first name.
    if (titled && end - begin == 1 && !headline && given_name(begin) &&
        view_.is_any(begin - 1, "pope", "king", "queen", "prince", "princess", "emir", "sultan",
                     "patriarch") &&
        !surnames_.contains(view_.token(begin).hash) &&
        (end >= sentence_end(begin) || !view_.upper(end) || view_.gap_before(end) != " ")) {
        take_person(begin - 1, end, "person after a title");
        return;
    }
    const bool after_honorific =
        titled || (begin > first && rank_word(begin - 1) && view_.upper(begin - 1) &&
                   (view_.adjacent(begin) || view_.gap_before(begin) == ". "));
    const bool called = begin > first && view_.adjacent(begin) && calling(begin - 1);
    bool after_role = called;
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
        view_.word(begin).size() >= 4 && !called_by_office(begin, end)) {
        // "Austin has ordered": nobody so called is introduced, but a minister of the day is.
        titled_.push_back({begin, end});
        return;
    }
    if (end - begin == 1) {
        if (called_by_office(begin, end)) {
            titled_.push_back({begin, end});
            return;
        }
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
    if (called_a_place(end) || end - begin > kNameWordsMax) return;
    for (TokenIndex t = begin; t < end; ++t) {
        if (run_together(view_.word(t))) return;
    }
    // "Harbour Wing Commander": what the role is of.
    if (end < sentence_end(begin) && view_.gap_before(end) == " " && view_.upper(end) &&
        !given_name(begin) && !sentence_at(begin).title) {
        const PhraseMatch* noun = view_.at(Layer::nouns, end);
        if (noun != nullptr && role_noun_at(end, "modifier") == nullptr) return;
    }
    PersonPhrase phrase;
    phrase.begin = begin;
    phrase.end = end;
    phrase.rank = after_honorific;
    phrase.office = office != nullptr;
    phrase.role = after_role && office == nullptr && !called;
    phrase.calling = called;
    phrase.introduced = introduced(begin, end);
    phrase.place = stands_as_place(begin, end);
    for (TokenIndex t = begin; t < end; ++t) phrase.place_word = phrase.place_word || place_word(t);
    phrase.joined = joined_to_person(begin);
    phrase.headline = headline;
    phrase.again = stands_alone(end - 1);
    for (TokenIndex t = begin; t < end; ++t) phrase.lower = phrase.lower || stands_in_lower_case(t);
    phrase.fragment = (begin > first && in_name_[begin - 1] != 0 &&
                       view_.gap_before(begin) == " " && view_.upper(begin - 1)) ||
                      (end < sentence_end(begin) && in_name_[end] != 0 &&
                       view_.gap_before(end) == " " && view_.upper(end));
    person_features(*this, view_, phrase, features_);
    const float score = scorer_.person(features_);
    if (seen_ != nullptr) seen_->push_back({"person", view_.span_of(begin, end), features_, score});
    // Behind "Lt." and "Mr", and "identified as", a name needs no further sign.
    const bool told =
        (after_honorific && !titled && short_rank(begin - 1)) ||
        (begin > first + 1 && view_.is(begin - 1, "as") && view_.is(begin - 2, "identified"));
    // "Muhammad Abdul-Haddad", whom the lexicon writes otherwise.
    if (const std::uint32_t row = headline || phrase.place || phrase.fragment
                                      ? kNoRow
                                      : transliterated(text_of(begin, end));
        row != kNoRow) {
        const std::uint32_t actor = actor_of_row(row);
        mention(begin, end, actor, Form::alias,
                row_why("transliteration", data_.actors[row].place));
        remember_surname(text_of(begin, end), actor);
        note_score(score);
        return;
    }
    if (score <= 0 && !told) return;
    take_person(begin, end,
                after_honorific || after_role ? "person after a title" : "person by shape");
    note_score(score);
}

bool Finder::speaks_of(std::string_view iso3) const {
    return std::any_of(country_weights_.begin(), country_weights_.end(), [&](const auto& named) {
        return data_.countries[named.first].iso3 == iso3;
    });
}

std::uint32_t Finder::transliterated(std::string_view name) const {
    const std::uint64_t key = name_skeleton(name);
    if (key == 0) return kNoRow;
    const std::string letters = bare_letters(name);
    // A letter in five may differ.
    std::size_t best = std::min<std::size_t>(letters.size() / 5, 4) + 1;
    std::uint32_t row = kNoRow;
    for (auto it = std::lower_bound(data_.person_skeletons.begin(), data_.person_skeletons.end(),
                                    std::pair<std::uint64_t, std::uint32_t>(key, 0));
         it != data_.person_skeletons.end() && it->first == key; ++it) {
        const ActorRow& person = data_.actors[it->second];
        if (!person.country.empty() && !speaks_of(person.country)) continue;
        const auto compare = [&](std::string_view spelling) {
            if (!spelling.empty() && spelling.back() == ')')
                spelling = spelling.substr(0, spelling.rfind(" ("));
            const std::string own = bare_letters(spelling);
            if (own.empty() || !begin_alike(spelling, name)) return;
            const std::size_t distance = edit_distance(own, letters, best);
            if (distance < best) {
                best = distance;
                row = it->second;
            } else if (distance == best && row != it->second) {
                row = kNoRow;  // two persons are as near
            }
        };
        compare(person.name);
        for (const std::string& alias : person.aliases) compare(alias);
    }
    return row;
}

bool Finder::called_by_office(TokenIndex begin, TokenIndex end) {
    const TokenIndex first = sentence_begin(begin);
    if (begin > first && particle(view_, begin - 1) && covered_[begin - 1] == 0 &&
        view_.gap_before(begin) == "-")
        --begin;  // "Interior Minister al-Haddadin"
    if (begin == first || view_.gap_before(begin) != " " || sentence_at(begin).title ||
        !view_.upper(begin - 1) || view_.all_caps(end - 1) || view_.word(end - 1).size() < 3 ||
        given_name(end - 1) || !office_ending(begin - 1) || place_word(end - 1) ||
        organisation_type(end - 1) != ActorType::person ||
        view_.is_any(end - 1, "elect", "emeritus", "guard", "office", "residence", "compound"))
        return false;
    if (end >= sentence_end(begin)) return true;
    // "President Elect Lena Brandt", "Prime Minister Says No": no surname.
    const std::string_view gap = view_.gap_before(end);
    return !(view_.upper(end) && (gap == " " || gap == "-" || gap == "\u00A0")) &&
           !stands_in_lower_case(end - 1) && (gap != "-" || view_.upper(end));
}

bool Finder::office_ending(TokenIndex t) const {
    const PhraseMatch* role = view_.ending_at(Layer::nouns, t);
    bool office = false;
    if (role != nullptr)
        view_.entries(*role, [&](const Entry& entry) {
            office = office || entry.meaning == Meaning::office_noun;
        });
    return office;
}

bool Finder::short_rank(TokenIndex t) const {
    return view_.is_any(t, "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "brig", "capt",
                        "cmdr", "sgt", "cpl", "spc", "pvt", "adm", "sen", "rep", "gov", "amb",
                        "prof", "sir");
}

bool Finder::place_itself(TokenIndex t) const {
    if (!place_word(t) || view_.upper(t)) return false;
    if (t + 1 >= sentence_end(t)) return true;
    // "the school's principal", "a city lawyer"
    if (view_.possessive(t + 1)) return false;
    return view_.gap_before(t + 1) != " " || view_.upper(t + 1) ||
           (view_.at(Layer::nouns, t + 1) == nullptr && !calling(t + 1));
}

bool Finder::called_a_place(TokenIndex end) const {
    const TokenIndex last = sentence_end(end - 1);
    TokenIndex t = end;
    if (t + 2 < last && view_.gap_before(t) == " " && view_.is_any(t, "is", "was"))
        ++t;
    else if (t + 1 >= last || view_.gap_before(t) != ", ")
        return false;
    if (!view_.is_any(t, "a", "an", "the")) return false;
    for (TokenIndex k = t + 1; k < std::min(t + 7, last) && view_.gap_before(k) == " "; ++k) {
        if (place_itself(k)) return true;
        if (view_.at(Layer::nouns, k) != nullptr || calling(k)) return false;
    }
    return false;
}

bool Finder::joined_to_person(TokenIndex begin) const {
    const TokenIndex first = sentence_begin(begin);
    TokenIndex t = begin;
    if (t > first + 1 && view_.is(t - 1, "and") && view_.gap_before(t) == " ") --t;
    const std::string_view gap = view_.gap_before(t);
    return t > first && (gap == ", " || (t < begin && gap == " ")) && person_ending_[t - 1] >= 0;
}

void Finder::read_words() {
    if (words_read_) return;
    words_read_ = true;
    word_use_.reserve(view_.size());
    for (TokenIndex t = 0; t < view_.size(); ++t) {
        if (!view_.upper(t)) {
            word_use_[view_.token(t).hash] |= kInLowerCase;
            continue;
        }
        if (sentence_start(t) || (view_.adjacent(t) && view_.upper(t - 1))) continue;
        if (t + 1 < view_.size() && view_.upper(t + 1) && view_.adjacent(t + 1)) continue;
        word_use_[view_.token(t).hash] |= kAloneInText;
    }
}

bool Finder::stands_alone(TokenIndex t) {
    read_words();
    const auto use = word_use_.find(view_.token(t).hash);
    return use != word_use_.end() && (use->second & kAloneInText) != 0;
}

bool Finder::stands_in_lower_case(TokenIndex t) {
    read_words();
    const auto use = word_use_.find(view_.token(t).hash);
    return use != word_use_.end() && (use->second & kInLowerCase) != 0;
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
           view_.is_any(
               t, "brother", "sister", "father", "mother", "son", "daughter", "wife", "husband",
               "widow", "cousin", "uncle", "aunt", "nephew", "niece", "grandson", "grandfather",
               "grandmother", "colleague", "friend", "teacher", "student", "farmer", "engineer",
               "retiree", "pensioner", "soldier", "veteran", "pilot", "producer", "photographer",
               "writer", "singer", "actor", "actress", "filmmaker", "poet", "novelist", "player",
               "coach", "physician", "surgeon", "nurse", "medic", "paramedic", "attorney",
               "businessman", "businesswoman", "shopkeeper", "hostage", "survivor", "citizen",
               "contractor", "strategist", "economist", "scientist", "psychologist",
               "anthropologist", "archaeologist", "candidate", "nominee", "incumbent",
               "whistleblower", "fugitive", "defector", "bomber", "gunman", "militant", "jihadist",
               "warlord", "lieutenant", "sergeant", "corporal", "captain", "blogger", "rapper",
               "kingpin", "climber", "cyclist", "rider", "sailor", "lawmaker", "congresswoman",
               "laureate", "dissident", "exile", "tycoon", "oligarch", "philanthropist",
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
    // "Lena Brandt (born …", "Omar Farouk (Arabic: …", "Omar Farouk (عمر …"
    if (const std::string_view open = end < last ? view_.gap_before(end) : std::string_view();
        open == " (" || open == "(") {
        if (view_.is_any(end, "born", "died", "aged", "arabic", "hebrew", "russian", "ukrainian",
                         "persian", "chinese", "kurdish", "turkish"))
            return true;
        const auto letter = static_cast<unsigned char>(view_.word(end).front());
        if (letter >= 0xD0 && letter <= 0xDB) return true;  // Cyrillic, Hebrew, Arabic
    }
    if (end + 1 < last && view_.gap_before(end) == ", ") {
        if (view_.is_any(end, "who", "whose", "aged")) return true;
        if (view_.number(end) && view_.token(end).end - view_.token(end).begin == 2 &&
            (end + 1 >= last || view_.gap_before(end + 1).substr(0, 1) == ","))
            return true;
        const bool article = view_.is_any(end, "a", "an", "the");
        for (TokenIndex t = end; t < std::min(end + 7, last); ++t) {
            if (t > end && view_.gap_before(t).find(',') != std::string_view::npos) break;
            if (article && place_itself(t)) return false;
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
