/// What the scorer of persons sees of a run of capitalised words: of the words themselves, and of
/// what stands around them.

#include <algorithm>
#include <array>

#include "analysis/actor_feature_list.h"
#include "analysis/word_set.h"

namespace ceasewire::analysis {
namespace {

/// Surnames in many languages are known by how they end.
bool ends_as_surnames_do(std::string_view word) {
    constexpr std::array<std::string_view, 54> kEndings = {
        "ov",   "ova",   "ev",    "eva",     "enko",   "chuk",    "chenko", "sky",    "ski",
        "ska",  "skyi",  "skyy",  "skiy",    "sson",   "sdottir", "sen",    "shvili", "dze",
        "yan",  "ian",   "escu",  "opoulos", "akis",   "idis",    "adze",   "uez",    "ez",
        "oglu", "zadeh", "zade",  "pour",    "nejad",  "ullah",   "uddin",  "ollah",  "aldin",
        "vic",  "vich",  "wicz",  "czyk",    "czak",   "berg",    "stein",  "mann",   "baum",
        "feld", "witz",  "ström", "quist",   "nathan", "singh",   "wala",   "yev",    "yeva"};
    if (word.size() < 5) return false;
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return word.ends_with(ending); });
}

bool particle_of_names(const View& view, TokenIndex t) {
    return view.is_any(t, "al", "el", "bin", "ben", "ibn", "bint", "abu", "abdul", "de", "del",
                       "da", "dos", "di", "van", "von", "der", "den", "ul", "ur", "ould", "mc",
                       "le");
}

bool suffix_of_names(const View& view, TokenIndex t) {
    return view.is_any(t, "jr", "sr", "ii", "iii", "iv");
}

/// "rapper", "economist", "lawmaker": a word in lower case that ends as what people are called by
/// does.
bool agentive(const View& view, TokenIndex t) {
    const std::string_view word = view.word(t);
    if (word.size() < 5 || view.upper(t) ||
        view.is_any(t, "after", "under", "other", "over", "whether", "later", "earlier", "former",
                    "however", "greater", "river", "power", "order", "number", "water", "matter",
                    "paper", "tower", "center", "never", "rather", "another", "together", "either",
                    "neither", "further", "border", "winter", "summer", "murder", "offer", "enter",
                    "consider", "deliver", "remember", "cover", "recover", "discover", "major",
                    "prior", "minor", "favor", "labor", "harbor", "honor", "terror", "error",
                    "sector", "interior", "superior", "against", "least", "list", "exist",
                    "consist", "resist", "insist", "assist", "human", "than", "woman", "western",
                    "slogan", "german", "foreign"))
        return false;
    constexpr std::array<std::string_view, 9> kEndings = {"er",  "or",    "ist", "ian", "eer",
                                                          "man", "woman", "ant", "ess"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return word.ends_with(ending); });
}

bool led(const View& view, TokenIndex before, TokenIndex first) {
    return view.is(before, "by") && before > first &&
           view.is_any(before - 1, "led", "headed", "founded", "written", "directed", "chaired",
                       "succeeded", "replaced", "accompanied", "represented", "appointed", "signed",
                       "owned", "produced", "overseen", "commanded", "run");
}

/// What is done to people: "appoints", "arrested", "succeeding".
bool deed(const View& view, TokenIndex t) {
    static const WordSet kDeeds{
        "appoint",      "appoints",     "appointed",     "appointing",    "elect",
        "elects",       "elected",      "electing",      "nominate",      "nominates",
        "nominated",    "nominating",   "succeed",       "succeeds",      "succeeded",
        "succeeding",   "replace",      "replaces",      "replaced",      "replacing",
        "dismiss",      "dismisses",    "dismissed",     "dismissing",    "fires",
        "pardon",       "pardons",      "pardoned",      "pardoning",     "arrest",
        "arrests",      "arrested",     "arresting",     "detain",        "detains",
        "detained",     "sentence",     "sentences",     "sentenced",     "convicts",
        "convicted",    "acquits",      "acquitted",     "extradite",     "extradites",
        "extradited",   "indicts",      "indicted",      "sue",           "sues",
        "sued",         "interview",    "interviewed",   "interviewing",  "marry",
        "marries",      "married",      "defeat",        "defeats",       "defeated",
        "defeating",    "names",        "named",         "naming",        "thank",
        "thanks",       "thanked",      "told",          "tells",         "urges",
        "asks",         "asked",        "congratulates", "congratulated", "endorses",
        "endorsed",     "impeaches",    "impeached",     "impeach",       "assassinate",
        "assassinates", "assassinated", "assassinating", "including",     "featuring",
        "starring",     "versus",       "unseats",       "unseated",      "ousts",
        "ousted",       "ousting",      "greeted",       "greets",        "meets",
        "met"};
    return kDeeds.has(view, t);
}

/// What happens to people: "the resignation of", "the trial of".
bool fate(const View& view, TokenIndex t) {
    return view.is_any(t, "death", "resignation", "appointment", "dismissal", "arrest", "killing",
                       "murder", "assassination", "trial", "extradition", "release", "election",
                       "nomination", "wife", "husband", "son", "sons", "daughter", "brother",
                       "sister", "father", "mother", "widow", "family", "supporters", "leadership",
                       "impeachment", "inauguration", "detention", "removal", "disappearance",
                       "funeral", "body", "conviction", "ouster", "presidency", "reign", "ally",
                       "allies", "critic", "critics", "lawyer", "lawyers", "likes", "return");
}

/// What people do: "wins", "resigned", "pleads".
bool does(const View& view, TokenIndex t) {
    static const WordSet kDeeds{
        "wins",      "won",       "dies",     "died",      "resigns",    "resigned", "loses",
        "lost",      "pleads",    "pleaded",  "defeats",   "defeated",   "succeeds", "retires",
        "retired",   "arrives",   "arrived",  "visits",    "visited",    "meets",    "met",
        "testifies", "testified", "becomes",  "became",    "takes",      "took",     "scores",
        "scored",    "receives",  "received", "leaves",    "left",       "returns",  "returned",
        "wrote",     "writes",    "spoke",    "speaks",    "born",       "stood",    "stands",
        "replaces",  "replaced",  "faces",    "faced",     "sues",       "sued",     "claims",
        "recalled",  "recalls",   "smiled",   "laughed",   "nodded",     "lives",    "lived",
        "worked",    "works",     "grew",     "fled",      "joins",      "joined",   "studied",
        "teaches",   "taught",    "thinks",   "thought",   "believes",   "believed", "feels",
        "felt",      "hopes",     "hoped",    "remembers", "remembered", "married",  "runs",
        "ran",       "appears",   "appeared", "serves",    "served",     "leads",    "led"};
    return kDeeds.has(view, t);
}

/// "Following", "Resolution", "Humanitarian": a word that ends as words do and names seldom.
bool word_like(std::string_view word) {
    constexpr std::array<std::string_view, 34> kEndings = {
        "ing",   "tion",  "sion",  "ment",  "ments", "ity",  "ities", "ness",   "ies",
        "ers",   "als",   "ism",   "ship",  "ance",  "ence", "ical",  "onal",   "ious",
        "ics",   "tions", "sions", "hood",  "ology", "work", "works", "phobic", "arian",
        "ative", "ible",  "able",  "ously", "ally",  "ily",  "ted"};
    if (word.size() < 5) return false;
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return word.ends_with(ending); });
}

/// Verbs and small words with the capitals of a headline.
bool verb_of_headlines(const View& view, TokenIndex t) {
    static const WordSet kWords{
        "be",    "is",     "are",   "was",   "were",   "been",  "being", "would", "could", "should",
        "can",   "did",    "does",  "do",    "has",    "have",  "had",   "get",   "gets",  "got",
        "says",  "said",   "say",   "than",  "out",    "up",    "down",  "off",   "more",  "not",
        "too",   "very",   "urges", "warns", "calls",  "wants", "want",  "wins",  "won",   "takes",
        "makes", "gives",  "puts",  "rips",  "slams",  "hits",  "sees",  "see",   "shows", "finds",
        "read",  "follow", "watch", "like",  "unlike", "ever",  "amid",  "why",   "how",   "you",
        "me",    "us",     "them",  "him",   "your",   "my",    "our",   "their", "his"};
    return kWords.has(view, t);
}

/// What names of things end in, or begin with: "Exchange", "Hurricane".
bool thing(const View& view, TokenIndex t) {
    static const WordSet kThings{
        "news",      "health",   "services",   "service",      "security",   "exchange",
        "amendment", "control",  "tower",      "towers",       "program",    "project",
        "report",    "poll",     "polling",    "data",         "media",      "radio",
        "capital",   "care",     "talks",      "deal",         "market",     "markets",
        "music",     "awards",   "award",      "championship", "hurricane",  "typhoon",
        "cyclone",   "storm",    "superstorm", "tropical",     "flight",     "mission",
        "company",   "group",    "policy",     "affairs",      "relations",  "rights",
        "law",       "laws",     "bill",       "caucus",       "oversight",  "database",
        "station",   "photo",    "photos",     "image",        "images",     "edition",
        "podcast",   "show",     "trade",      "tax",          "energy",     "water",
        "gun",       "food",     "free",       "freedom",      "big",        "new",
        "great",     "royal",    "golden",     "blue",         "black",      "white",
        "red",       "green",    "world",      "global",       "digital",    "general",
        "express",   "studios",  "games",      "series",       "book",       "books",
        "journal",   "magazine", "review",     "today",        "weekly",     "morning",
        "christmas", "easter",   "prize",      "scholarship",  "theorem",    "syndrome",
        "virus",     "doctrine", "fire",       "floods",       "earthquake", "gas",
        "oil",       "pipeline", "rocket",     "missile",      "drone",      "jet",
        "airlines",  "ship",     "uss",        "hms",          "iris",       "mv",
        "ss"};
    return kThings.has(view, t);
}

void note_before(const Context& context, const View& view, const PersonPhrase& phrase,
                 FeatureAdder& add) {
    const TokenIndex first = context.sentence_begin(phrase.begin);
    if (phrase.begin == first) {
        add(f_p_first);
        return;
    }
    const TokenIndex before = phrase.begin - 1;
    const std::string_view gap = view.gap_before(phrase.begin);
    if (gap.substr(0, 1) == ",") {
        add(f_p_before_comma);
        return;
    }
    if (gap != " " && gap != "\n" && gap != "\u00A0") return;
    add(f_p_agentive, agentive(view, before));
    if (view.is_any(before, "the", "this", "a", "an", "its", "their"))
        add(f_p_before_the);
    else if (led(view, before, first))
        add(f_p_before_led);
    else if (context.cue_at(before, CueKind::report) && !view.upper(before))
        add(f_p_told);
    else if (deed(view, before))
        add(f_p_before_deed);
    else if (view.is(before, "of") && before > first)
        add(fate(view, before - 1) ? f_p_before_fate : f_p_before_of);
    else if (view.is(before, "by"))
        add(f_p_before_by);
    else if (view.is_any(before, "with", "alongside"))
        add(f_p_before_with);
    else if (view.is(before, "to"))
        add(f_p_before_to);
    else if (view.is(before, "from"))
        add(f_p_before_from);
    else if (view.is(before, "for"))
        add(f_p_before_for);
    else if (view.is_any(before, "in", "at", "near", "into", "across", "around", "through",
                         "towards", "toward", "via", "outside", "inside"))
        add(f_p_before_in);
    else if (view.is_any(before, "on", "over", "against", "between", "about"))
        add(f_p_before_on);
    else if (view.is_any(before, "and", "or", "but", "while", "when", "that", "as", "which",
                         "after", "whom", "because", "if"))
        add(view.is(before, "as") ? f_p_before_as : f_p_before_and);
    else if (view.possessive(before) || view.is_any(before, "his", "her"))
        add(f_p_before_possessive);
    else if (const PhraseMatch* name = view.ending_at(Layer::names, before); name != nullptr)
        add(f_p_before_adjective);
    else if (view.upper(before))
        add(f_p_before_upper);
    else
        add(f_p_before_word);
}

void note_after(const Context& context, const View& view, const PersonPhrase& phrase,
                FeatureAdder& add) {
    const TokenIndex end = phrase.end;
    const TokenIndex last = context.sentence_end(phrase.begin);
    if (end >= last) {
        add(f_p_after_end);
        return;
    }
    const std::string_view gap = view.gap_before(end);
    const bool acts = context.acts_after(end);
    add(f_p_acts, acts);
    add(f_p_reports,
        view.adjacent(end) && context.cue_at(end, CueKind::report) && !view.upper(end));
    add(f_p_suffers, context.suffers_after(end));
    add(f_p_does, gap == " " && does(view, end));
    if (view.possessive(end))
        add(f_p_after_possessive);
    else if (gap.substr(0, 1) == ",")
        add(f_p_after_comma);
    else if (gap.find('(') != std::string_view::npos)
        add(f_p_after_bracket);
    else if (view.is(end, "and"))
        add(f_p_after_and);
    else if (view.is_any(end, "in", "on", "at", "of", "for", "from", "near"))
        add(f_p_after_in);
    else if (view.is_any(end, "is", "was", "has", "had"))
        add(f_p_after_is);
    else if (view.upper(end) && gap == " ")
        add(f_p_after_upper);
    else if (gap == " " && !acts)
        add(f_p_after_word);
    // "Lena Brandt, 45,"
    if (gap == ", " && view.number(end) && view.token(end).end - view.token(end).begin == 2)
        add(f_p_age);
}

}  // namespace

void person_features(const Context& context, const View& view, const PersonPhrase& phrase,
                     ActorFeatures& out) {
    out.clear();
    FeatureAdder add(out);
    add(f_p_bias);
    add(f_p_rank, phrase.rank);
    add(f_p_office, phrase.office);
    add(f_p_role, phrase.role);
    add(f_p_calling, phrase.calling);
    add(f_p_introduced, phrase.introduced);
    add(f_p_stands_as_place, phrase.place);
    add(f_p_place_inside, phrase.place_word);
    add(f_p_joined, phrase.joined);
    add(f_p_headline, phrase.headline);
    add(f_p_again, phrase.again);
    add(f_p_lower, phrase.lower);
    add(f_p_listed, phrase.fragment);
    add(f_p_title, context.sentence_at(phrase.begin).title);

    const LexiconData& data = view.data();
    const auto given = [&](TokenIndex t) { return data.given_names.contains(view.token(t).hash); };
    const TokenIndex size = phrase.end - phrase.begin;
    add(size == 2 ? f_p_two : size == 3 ? f_p_three : f_p_many);
    const bool first_given = given(phrase.begin);
    add(f_p_given, first_given);
    bool later = false;
    bool digit = false;
    bool capitals = false;
    bool noun = false;
    bool particle = false;
    bool initial = false;
    bool hyphen = false;
    bool all_capitals = true;
    bool wordy = false;
    bool verb = false;
    bool things = false;
    for (TokenIndex t = phrase.begin; t < phrase.end; ++t) {
        const std::string_view word = view.word(t);
        later = later || (t > phrase.begin && given(t));
        digit = digit ||
                std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        capitals = capitals || (view.all_caps(t) && !suffix_of_names(view, t));
        noun = noun || view.at(Layer::nouns, t) != nullptr;
        particle = particle || particle_of_names(view, t);
        initial = initial || (t > phrase.begin && t + 1 < phrase.end && word.size() == 1);
        hyphen = hyphen || (t > phrase.begin && view.gap_before(t) == "-");
        all_capitals = all_capitals && (view.all_caps(t) || word.size() == 1);
        wordy = wordy || (word_like(word) && !given(t));
        verb = verb || verb_of_headlines(view, t);
        things = things || thing(view, t);
    }
    add(f_p_given_later, later);
    add(f_p_digit, digit);
    add(f_p_capitals, capitals);
    add(f_p_noun_inside, noun);
    add(f_p_particle, particle);
    add(f_p_initial, initial);
    add(f_p_hyphen, hyphen);
    bool one_word = true;
    for (TokenIndex t = phrase.begin + 1; t < phrase.end; ++t)
        one_word = one_word && view.gap_before(t).find(' ') == std::string_view::npos;
    add(f_p_one_word, one_word);
    add(f_p_all_capitals, all_capitals);
    add(f_p_word_like, wordy);
    add(f_p_verb_inside, verb);
    add(f_p_thing, things);
    add(f_p_anti, view.is_any(phrase.begin, "anti", "pro", "non", "ex", "alt", "post", "pre"));
    add(f_p_headline_many, phrase.headline && size > 2);
    add(f_p_first_odd, phrase.begin == context.sentence_begin(phrase.begin) && !first_given);
    const bool suffix = suffix_of_names(view, phrase.end - 1);
    add(f_p_suffix, suffix);
    const TokenIndex surname = suffix && size > 2 ? phrase.end - 2 : phrase.end - 1;
    const bool known = data.surnames.contains(view.token(surname).hash);
    const bool ending = ends_as_surnames_do(view.word(surname));
    add(f_p_surname, known);
    add(f_p_ending, ending);
    add(f_p_known_ends, known && first_given);

    note_before(context, view, phrase, add);
    note_after(context, view, phrase, add);
    add(f_p_first_given, phrase.begin == context.sentence_begin(phrase.begin) && first_given);
    add(f_p_given_acts, first_given && context.acts_after(phrase.end));
}

}  // namespace ceasewire::analysis
