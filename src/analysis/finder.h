#pragma once
/// The actor pass, one document at a time. Names come from the lexicon and by shape; bodies, roles
/// and groups are built around their nouns; states and capitals count where they act and not where
/// they are places. One class, for each step reads what the steps before it covered; one file an
/// idea: finder_lexicon_names.cpp, finder_people.cpp, finder_misspellings.cpp,
/// finder_unknown_names.cpp, finder_unknown_bodies.cpp, finder_datelines.cpp, finder_modifiers.cpp,
/// finder_complements.cpp, finder_offices.cpp, finder_group_phrases.cpp, finder_state_bodies.cpp,
/// finder_states.cpp, finder_merging.cpp. Internal to the analysis room.

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analysis/actor_features.h"
#include "analysis/context.h"
#include "analysis/passes.h"
#include "analysis/spelling.h"

namespace ceasewire::analysis {

/// A name found, before it is known which actor it denotes.
struct NameHit {
    TokenIndex begin = 0;
    TokenIndex end = 0;
    const Entry* entry = nullptr;  ///< of meaning actor or metonym
};

/// Finds who is in a document; made for one document, run once. Linear in the text. One thread.
class Finder : private Context {
public:
    Finder(const View& view, const AnalyzeOptions& options, Analysis& analysis,
           std::vector<ActorCandidate>* seen)
        : Context(view, analysis),
          options_(options),
          analysis_(analysis),
          data_(view.data()),
          scorer_(data_.actor_model),
          seen_(seen) {
        covered_.assign(view.size() + 1, 0);
        person_starting_.assign(view.size() + 1, -1);
        person_ending_.assign(view.size() + 1, -1);
        in_name_.assign(view.size() + 1, 0);
        freed_.assign(view.size() + 1, 0);
    }

    void run();

private:
    [[nodiscard]] bool skipped(TokenIndex t) const { return analysis_.furniture[sentence_of_[t]]; }
    [[nodiscard]] bool free(TokenIndex begin, TokenIndex end) const {
        for (TokenIndex t = begin; t < end; ++t) {
            if (covered_[t] != 0) return false;
        }
        return true;
    }

    [[nodiscard]] const RoleNoun* role_noun_at(TokenIndex t, std::string_view prefix,
                                               const PhraseMatch** match = nullptr) const;

    /// A government that another followed is called by what it is on the article's day.
    [[nodiscard]] std::uint32_t government_of_the_day(std::uint32_t row) const;

    std::uint32_t actor_of_row(std::uint32_t row);

    std::uint32_t country_by_code(std::string_view iso3) const;

    /// Makes an actor that the lexicon lacks, or finds the one made before under this name (or
    /// `key`, where several names are one).
    std::uint32_t new_actor(std::string name, ActorType type, std::uint32_t country, bool named,
                            std::string_view same = {});

    void mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form, std::string why);

    /// Words from `cover` on stay free for mentions of their own: the states in "leaders of Egypt
    /// and Qatar".
    void mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form, std::string why,
                 TokenIndex cover);

    /// Notes where armed groups and administrations are named, for "the rebels" and "the
    /// administration". What comes out of order is not needed.
    void note_body(TokenIndex begin, TokenIndex end, std::uint32_t actor);

    /// The last of `groups` (in order of token) that begins before `t`; -1 when there is none.
    template <class Groups>
    [[nodiscard]] static std::int64_t last_before(const Groups& groups, TokenIndex t,
                                                  TokenIndex most) {
        auto it =
            std::lower_bound(groups.begin(), groups.end(), t,
                             [](const auto& group, TokenIndex at) { return group.begin < at; });
        if (it == groups.begin()) return -1;
        --it;
        return t - it->begin > most ? -1 : static_cast<std::int64_t>(it->actor);
    }

    [[nodiscard]] std::string row_why(std::string_view rule, RowPlace place) const {
        return std::string(rule) + " " + data_.row_name(place);
    }

    void collect_names();

    void note_country(const PhraseMatch& match);

    /// The country that the passage around `t` is about: whose name, people and bodies stand
    /// nearest before, and oftenest. kNoRow when two contend.
    [[nodiscard]] std::uint32_t country_near(TokenIndex t) const {
        return country_near(t, [](std::uint32_t) { return true; });
    }

    template <class Among>
    [[nodiscard]] std::uint32_t country_near(TokenIndex t, Among&& among) const {
        struct Score {
            std::uint32_t country;
            float value;
        };
        std::vector<Score> scores;
        const TokenIndex end = sentence_end(t);
        // Only names near by are weighed one by one: an article may hold very many.
        const auto from = std::lower_bound(
            countries_named_.begin(), countries_named_.end(),
            t < kFocusTokens ? 0 : t - kFocusTokens,
            [](const NamedCountry& named, TokenIndex at) { return named.token < at; });
        for (const auto& [country, weight] : country_weights_) {
            if (among(country)) scores.push_back({country, 0.01F * weight});
        }
        for (auto it = from; it != countries_named_.end() && it->token < end; ++it) {
            const NamedCountry& named = *it;
            if (!among(named.country)) continue;
            float value = 0;
            if (named.token < t && t - named.token < kFocusTokens) {
                value += named.weight * (sentence_of(named.token) == sentence_of(t) ? 1.0F : 0.6F) /
                         (1.0F + static_cast<float>(t - named.token) / 30.0F);
            } else if (named.token > t && named.token < end) {
                value += named.weight * 0.3F / (1.0F + static_cast<float>(named.token - t) / 30.0F);
            }
            const auto same = std::find_if(scores.begin(), scores.end(), [&](const Score& score) {
                return score.country == named.country;
            });
            if (same == scores.end()) {
                scores.push_back({named.country, value});
            } else {
                same->value += value;
            }
        }
        std::sort(scores.begin(), scores.end(), [](const Score& a, const Score& b) {
            return a.value != b.value ? a.value > b.value : a.country < b.country;
        });
        if (scores.empty() ||
            (scores.size() > 1 && scores[0].value < kFocusMargin * scores[1].value))
            return kNoRow;
        return scores[0].country;
    }

    static constexpr TokenIndex kFocusTokens = 300;
    static constexpr float kFocusMargin = 1.3F;
    /// Which of several meanings of one spelling is taken first.
    [[nodiscard]] int rank(const Entry& entry) const;

    void take_people_and_bodies();

    /// "Cyrus Haldane" tells that "Haldane" alone is not the one whom the lexicon calls so.
    void note_namesakes();

    /// Whether this person ever was head of a state or of its government.
    [[nodiscard]] bool led_a_state(std::uint32_t person) const;

    /// "Southern Sabaen Congress", "National Turkey Federation": names of the lexicon that are part
    /// of a body's that it lacks count as mere words.
    void free_names_in_bodies();

    /// "the Tides and Harbours Commission": where the name begins whose words behind an "and" begin
    /// at `begin`.
    [[nodiscard]] TokenIndex behind_and(TokenIndex begin) const;

    /// "told the Delta League", "by the Delta League": somebody stands at `begin`.
    [[nodiscard]] bool addressed(TokenIndex begin) const;

    /// "pro-Palestinian factions" are no Palestinian factions; "a Trump-style deal" is nobody.
    [[nodiscard]] bool prefixed(const NameHit& hit) const;

    /// "at the White House", "outside the Élysée Palace": the building.
    [[nodiscard]] bool mere_seat(const NameHit& hit, const ActorRow& row) const;

    /// "the Israeli military response", "a senior U.S. military official": a body's name that only
    /// says of what kind the next word is.
    [[nodiscard]] bool attributive(const NameHit& hit, const ActorRow& row) const;

    [[nodiscard]] bool office_at(TokenIndex t) const;

    /// Names of the lexicon only: the person whose name begins behind the noun at `t`.
    [[nodiscard]] std::int64_t person_after(TokenIndex t) const;

    /// "Charles Whitlock" is not the king: a first name that somebody is known by, with a surname
    /// behind it.
    [[nodiscard]] bool first_name_of_another(const NameHit& hit) const;

    /// "(Anatolia)", "(Reuters)" alone in brackets, or a dateline's agency: a credit, not an actor.
    [[nodiscard]] bool credit(const NameHit& hit) const;

    /// The word is in lower case in a text that has capitals.
    [[nodiscard]] bool sentence_lower(TokenIndex t) const { return !view_.upper(t); }
    /// A surname that begins a sentence and is also a common word there; left to context.
    [[nodiscard]] bool ambiguous_word(TokenIndex t) const;

    enum class Before : std::uint8_t { none, same, similar, other };
    /// What the capitalised word before a surname says about the person.
    [[nodiscard]] Before given_before(TokenIndex surname, const ActorRow& row) const;

    void remember_surname(std::string_view name, std::uint32_t actor);

    /// "Sudan Liberation Movement (SLM)": the letters in brackets name the same actor from here on.
    void remember_acronym(TokenIndex end, std::uint32_t actor);

    void take_surnames();

    void take_weak_names();

    /// A body called by one word has its article, or is a party's people: "the House", "Democrats".
    [[nodiscard]] bool body_word(const NameHit& hit) const;

    /// "Blingen" where Blinken is in the article: one edit for five to seven letters, two for more,
    /// same first letter, and a word that nothing else explains.
    void take_misspellings();

    /// Two words at most two edits apart share a form that at most two deletions make of each. So
    /// persons are looked up by those forms of their surnames, and not one by one: an article may
    /// name very many.
    using Deletions = std::pmr::unordered_map<std::uint64_t, std::pmr::vector<std::uint32_t>>;
    [[nodiscard]] Deletions surname_deletions();

    /// The first person whose surname `word` misspells, or -1.
    [[nodiscard]] std::int64_t misspelt_person(const Deletions& known, std::string_view word) const;

    [[nodiscard]] static bool particle(const View& view, TokenIndex t);

    /// A title or rank before a name, short or whole; no part of the name.
    [[nodiscard]] bool rank_word(TokenIndex t) const;

    /// A first name that is a word or somebody's name as well ("Christian", "Charles"), before a
    /// capitalised word that is neither.
    [[nodiscard]] bool lone_first_name(TokenIndex t) const;

    /// "Relief" in "Harbour Relief Foundation": a describing word with a capital, in the middle of
    /// a sentence, before another capital.
    [[nodiscard]] bool modifier_in_name(TokenIndex t) const;

    /// "Sheikh" in "Hassan Sheikh Omar": a title that is a name between two names.
    [[nodiscard]] bool rank_in_name(TokenIndex t) const;

    /// A title, an office or what somebody is called by stands right before `t`.
    [[nodiscard]] bool presented(TokenIndex t) const;

    /// "Will Brandt resign?": a first name that is a verb where it begins a sentence.
    [[nodiscard]] bool verb_like_first_name(TokenIndex t) const;

    /// A first name, and no name of the lexicon.
    [[nodiscard]] bool given_name(TokenIndex t) const;

    /// "Montenegro" in "Paulo Montenegro", "Chávez" in "the minister Betsy Chávez": a name of the
    /// lexicon that is the surname of another here, whose first name stands before it.
    [[nodiscard]] bool surname_in_name(TokenIndex t) const;

    /// "Prince", "Judge": a title that may also be a name's last word.
    [[nodiscard]] bool noble(TokenIndex t) const;

    /// A verb that follows a name in headlines whose every word has a capital.
    [[nodiscard]] bool headline_verb(TokenIndex t) const;

    /// The word of a name behind one or two particles that begin at `t`: "van de Haldane"; `t` when
    /// there is none.
    [[nodiscard]] TokenIndex behind_particles(TokenIndex t) const;

    /// Whether the article names this country, its people or its bodies.
    [[nodiscard]] bool speaks_of(std::string_view iso3) const;

    /// The person of the lexicon whom another transliteration calls `name`, of a country that the
    /// article speaks of; kNoRow when there is none, or two are as near.
    [[nodiscard]] std::uint32_t transliterated(std::string_view name) const;

    /// "President Haldane", "Interior Minister al-Haddadin": one word behind an office with a
    /// capital.
    [[nodiscard]] bool called_by_office(TokenIndex begin, TokenIndex end);

    /// Whether the noun of an office ends with token `t`.
    [[nodiscard]] bool office_ending(TokenIndex t) const;

    /// The end of the first word behind a nickname in quotes that begins at `t`; `t` when there is
    /// none.
    [[nodiscard]] TokenIndex behind_nickname(TokenIndex t) const;

    /// Where the person's name begins in a run of capitalised words: in "Liberal MP Lena Brandt"
    /// at the third.
    [[nodiscard]] TokenIndex name_within(TokenIndex begin, TokenIndex end) const;

    /// A noun that bodies are called by begins at `t`.
    [[nodiscard]] bool body_noun(TokenIndex t) const;

    /// "Ministry" in "Ruritanian Grain Ministry": a body's noun with a capital, behind a capital.
    [[nodiscard]] bool body_in_name(TokenIndex t) const;

    /// "Liberation" in "Kestrel Liberation Front" is no newspaper: a name of one word between a
    /// capital and a body's last word.
    [[nodiscard]] bool word_of_body(TokenIndex t) const;

    /// "King" in "Janelle King": a title behind a first name, and no name behind it.
    [[nodiscard]] bool title_as_surname(TokenIndex t) const;

    /// "A" in "John A. Harlow", "T" and "J" in "T.J. Harlow", "A" in "Omar A Farouk".
    [[nodiscard]] bool initial(TokenIndex t) const;

    /// Whether the run that begins at `begin` goes on at `t` in lower case: "abari" in "Ja'abari",
    /// "yub" in "Kim Dong-yub".
    [[nodiscard]] bool goes_on_in_lower_case(TokenIndex begin, TokenIndex t) const;

    /// Words of closed classes, days, months and directions: capitals do not make them names.
    [[nodiscard]] bool function_word(TokenIndex t) const;

    /// The sentence has three words and more, all in capitals.
    [[nodiscard]] bool sentence_in_capitals(TokenIndex t) const;

    [[nodiscard]] bool name_word(TokenIndex t) const;

    /// The type of a body that is called by `last`, or person.
    [[nodiscard]] ActorType organisation_type(TokenIndex last) const;

    /// Whether the capitalised run is called as bodies are.
    [[nodiscard]] bool body_name(TokenIndex begin, TokenIndex end) const;

    /// The end of "for Tides and Harbours" behind a body's noun; `end` when there is none.
    [[nodiscard]] TokenIndex body_complement(TokenIndex end) const;

    /// Where the body's name begins whose last words begin at `begin`: describing words, peoples
    /// and places with a capital belong to it.
    [[nodiscard]] TokenIndex body_begin(TokenIndex begin) const;

    /// What the noun in front says that the name at `begin` is of: "the rebel group X", "the
    /// newspaper X"; person where it says nothing.
    [[nodiscard]] ActorType body_by_noun_before(TokenIndex begin) const;

    /// Takes the capitalised run as a body; false when it is none.
    bool take_body_by_shape(TokenIndex begin, TokenIndex end);

    /// "Lena Brandt International Center": what follows the name that ends before `end` is called
    /// after its bearer.
    [[nodiscard]] bool named_after(TokenIndex end) const;

    /// A word in lower case that says what the person named behind it is: "retiree", "brother".
    [[nodiscard]] bool calling(TokenIndex t) const;

    /// "KYIV, Ukraine (AP) —": where a report was filed acts on nobody.
    void hide_datelines();

    /// The name of a medium begins at `t`.
    [[nodiscard]] bool outlet_at(TokenIndex t) const;

    /// Whether the words before a dash can be nothing but a place.
    [[nodiscard]] bool filed_from(TokenIndex begin, TokenIndex end) const;

    /// "wrote on Twitter", "his Facebook page": where something stands.
    [[nodiscard]] bool mere_platform(const NameHit& hit, const ActorRow& row) const;

    [[nodiscard]] bool place_word(TokenIndex t) const;

    void find_unknown_names();

    /// Decides whether the capitalised run [begin, end) names somebody.
    void consider(TokenIndex begin, TokenIndex end, bool headline);

    void take_person(TokenIndex begin, TokenIndex end, std::string why);

    /// "Mr", "Lt.": a title that stands before names only.
    [[nodiscard]] bool short_rank(TokenIndex t) const;

    /// "town" in "a town by the river", not in "a town clerk" and "the town's mayor".
    [[nodiscard]] bool place_itself(TokenIndex t) const;

    /// "X Y is a town in the hills", "X Y, the village that ...".
    [[nodiscard]] bool called_a_place(TokenIndex end) const;

    /// "Lena Brandt and X", "Lena Brandt, X": a person's name ends before the name at `begin`.
    [[nodiscard]] bool joined_to_person(TokenIndex begin) const;

    /// Notes how each word of the article is written, once somebody asks.
    void read_words();

    /// The word of token `t` stands somewhere in the article with a capital and without another
    /// beside it: how people are called once they are introduced.
    [[nodiscard]] bool stands_alone(TokenIndex t);

    /// The word of token `t` stands somewhere in the article in lower case.
    [[nodiscard]] bool stands_in_lower_case(TokenIndex t);

    /// "Mr. Kim" is whoever bears that name in the article, else somebody of his own.
    void take_titled();

    /// "President Harlow" where nobody was introduced: who holds the office on that day and is
    /// called so, else who held it last.
    void take_office_and_surname();

    /// The person whose surname is `name` among those who held one of the noun's offices until the
    /// article's day, of `country` where that is given: the last to do so, else kNoRow.
    [[nodiscard]] std::uint32_t office_holder_called(const OfficeNoun& noun, std::uint64_t name,
                                                     std::uint32_t country) const;

    /// Who holds an office on the article's day in a state that the article names, and is called
    /// so; kNoRow when nobody or more than one is.
    [[nodiscard]] std::uint32_t holder_called(std::uint64_t name);

    /// Whether each word of [begin, end) is a word of the actor's name.
    [[nodiscard]] bool parts_of(std::uint32_t actor, TokenIndex begin, TokenIndex end) const;

    /// "in Khan Younis", "the town of Beit Hanoun", "Tal Abyad, Syria": a capitalised run that
    /// stands where places stand.
    [[nodiscard]] bool stands_as_place(TokenIndex begin, TokenIndex end) const;

    [[nodiscard]] bool state_name(const PhraseMatch& match) const;

    /// Whether the name that ends before `conjunction` follows a preposition of place.
    [[nodiscard]] bool place_before(TokenIndex conjunction) const;

    /// "Lena Brandt, an analyst …", "…, 34, …", "…, who …", or the role between commas before the
    /// name: somebody is introduced.
    [[nodiscard]] bool introduced(TokenIndex begin, TokenIndex end) const;

    [[nodiscard]] std::string text_of(TokenIndex begin, TokenIndex end) const;

    struct Modifiers {
        TokenIndex begin = 0;                 ///< first token of the phrase, after the determiner
        std::uint32_t country = kNoRow;       ///< by an adjective or a state's name
        std::uint32_t organisation = kNoRow;  ///< lexicon actor named before the noun
        bool quantified = false;              ///< "two", "several", "some"
        bool determined = false;              ///< "the"
        bool indefinite = false;              ///< "a"
        bool described = false;               ///< senior, regional, …
        TokenIndex owner_begin = 0;           ///< of the name inside, when there is one
        TokenIndex owner_end = 0;
    };

    [[nodiscard]] std::uint32_t adjective_ending_at(TokenIndex t) const;

    [[nodiscard]] const NameHit* name_ending_at(TokenIndex t) const;

    /// The phrase of names that holds both `before` and `head`.
    [[nodiscard]] const PhraseMatch* name_over(TokenIndex before, TokenIndex head) const;

    [[nodiscard]] std::uint32_t country_of(std::string_view iso3) const;

    /// Reads leftwards from the noun that begins at `head`.
    [[nodiscard]] Modifiers modifiers_before(TokenIndex head) const;

    /// Where what stands between an article and the noun at `head` begins, a few words in lower
    /// case that end with token `last`: "civil war" in "a civil war historian"; last + 1 when no
    /// article stands there.
    [[nodiscard]] TokenIndex unknown_modifiers(TokenIndex last, TokenIndex head) const;

    /// "both sides", "12 countries": the words from `begin` to `head` begin with how many.
    [[nodiscard]] bool counted(TokenIndex begin, TokenIndex head) const;

    /// "congressional", "paramilitary": a word in lower case that ends as adjectives do.
    [[nodiscard]] bool adjective_by_shape(TokenIndex t) const;

    void take_owner(const NameHit& name, Modifiers& found) const;

    [[nodiscard]] const RoleNoun* role_noun_ending(TokenIndex t, std::string_view kind) const;

    /// The state or organisation of "president of Egypt", "spokesman for Hamas".
    void take_complement(TokenIndex end, Modifiers& found, TokenIndex& phrase_end) const;

    /// Notes who is introduced by which office ("Prime Minister Benjamin Netanyahu"), so that a
    /// headline may say "prime minister" before.
    void note_offices();

    /// "States" in "United States". A noun that reaches beyond the name ("military officials"
    /// behind "Israeli military") does not lie in it.
    [[nodiscard]] bool lies_in_name(TokenIndex head, TokenIndex end) const;

    void find_role_heads();

    /// A name follows the noun at once: "Prime Minister Benjamin Netanyahu".
    [[nodiscard]] std::int64_t person_at(TokenIndex end) const;

    /// "the office of Prime Minister X", "the prime minister's office": the body, beside the
    /// person. Only where the lexicon knows that body.
    bool take_office_of(const Entry& entry, const Modifiers& found, TokenIndex head,
                        TokenIndex end);

    /// "Netanyahu's office".
    void take_offices_of_persons();

    [[nodiscard]] std::uint32_t office_body(std::string_view noun, std::uint32_t country) const;

    bool take_office(const Entry& entry, const Modifiers& before, TokenIndex head, TokenIndex end);

    /// "US President Joe Biden" tells whose president he is and names no second actor.
    void hide_modifiers(const Modifiers& found, TokenIndex head);

    /// "Lena Brandt, the head of …", "the head of …, Lena Brandt,", "Lena Brandt is the head of …":
    /// a role that stands beside its bearer's name.
    bool take_role_of_named(const Modifiers& found, TokenIndex phrase_end);

    /// "Lena Brandt, director of the Harbour Programme at Lantern College,": a role with all that
    /// belongs to it, between commas beside its bearer's name.
    bool take_apposed_role(TokenIndex head, TokenIndex end);

    /// Whether what stands in commas behind the name that ends with token `name` ends at
    /// `phrase_end`: in "after meeting Lena Brandt, a senior official said" it does not.
    [[nodiscard]] bool closes(TokenIndex phrase_end, TokenIndex name) const;

    /// The person whose name stands, in commas, before the role that begins at `head`.
    [[nodiscard]] std::int64_t named_before_role(TokenIndex head) const;

    /// "the minister", "the general": whom the article introduced last by a title that ends in this
    /// word; -1 when there is nobody.
    [[nodiscard]] std::int64_t titled_before(TokenIndex head) const;

    /// Takes "the minister" for whom the article introduced so.
    bool take_titled_role(const Modifiers& found, TokenIndex head, TokenIndex end);

    /// "Lena Brandt, commander of the Harbour Guard," with the body behind the noun.
    bool take_role_beside_name(const Modifiers& found, TokenIndex end);

    /// "police": the force of a country; kNoRow when the lexicon has none. Where the text does not
    /// tell the country (`told`), only a force that is called after it.
    [[nodiscard]] std::uint32_t police_of(std::uint32_t country, bool told) const;

    /// Who bore the office `noun` of `body` in this article: introduced with it, or known to have
    /// held it once. The nearest before `head`, else the first after.
    [[nodiscard]] std::int64_t office_bearer(std::uint32_t office_noun, const OfficeNoun& noun,
                                             std::uint32_t body, TokenIndex head) const;

    /// "the top US diplomat": who runs its foreign affairs on the article's day.
    bool take_top_diplomat(const Modifiers& found, TokenIndex head, TokenIndex end);

    [[nodiscard]] bool before_former(const Modifiers& found, TokenIndex head) const;

    [[nodiscard]] bool holds(const FoundActor& actor, const OfficeNoun& noun) const;

    /// "the administration": the one named before, else that of the president of the day where the
    /// passage is about the United States.
    bool take_administration(const Modifiers& found, TokenIndex head, TokenIndex end);

    /// The state whose name or seat stands behind "in" at `t`; kNoRow when there is none.
    [[nodiscard]] std::uint32_t country_behind_in(TokenIndex t) const;

    /// The end of "of South Korea" behind the name of a body of that state that ends at `end`;
    /// `end` when it does not follow.
    [[nodiscard]] TokenIndex behind_own_state(TokenIndex end, std::uint32_t row) const;

    /// "those WHO died", "WHO broke the truce?": a word in capitals, no acronym.
    [[nodiscard]] bool stressed(const NameHit& hit) const;

    /// "Congress" is another body in an article about Peru: the row of the same name that is of the
    /// country in question, else the hit's own.
    [[nodiscard]] std::uint32_t namesake_in_question(const NameHit& hit) const;

    /// Whether an armed group is named shortly before the person whose name ends with token `last`:
    /// "SDF commander Lena Brandt".
    [[nodiscard]] bool presented_by_armed(TokenIndex last) const;

    /// Whether the administration named last before `head` is no known one: "the Kurdish-led
    /// administration".
    [[nodiscard]] bool other_administration(TokenIndex head) const;

    /// "Lena Brandt, the junta's spokeswoman,", "Lena Brandt, its spokeswoman,".
    bool take_owned_role(const Modifiers& found, TokenIndex head, TokenIndex end);

    /// The office of a head of state or government whom the lexicon lacks; kNoRow when the text
    /// does not call him so, or the lexicon has none of his country.
    [[nodiscard]] std::uint32_t office_of_stranger(std::uint32_t person) const;

    /// "the Haldanian minister Lena Brandt": of that country is she, whom the lexicon lacks.
    void note_country_of(std::uint32_t person, const Modifiers& found);

    /// By country: the row of who holds an office so called on the article's day, which there is;
    /// kNoRow for nobody.
    [[nodiscard]] const std::pmr::vector<std::uint32_t>& holders_of_noun(std::uint32_t office_noun);

    /// "THE PRESIDENT:" and "Mr. President" in a transcript of the White House: who holds that
    /// office on the article's day.
    bool take_speaker(const Entry& entry, const Modifiers& found, TokenIndex head, TokenIndex end);

    /// Whether "THE PRESIDENT:" begins at `t`.
    [[nodiscard]] bool speaker_label(TokenIndex t) const;

    /// Whether such a label stands anywhere.
    [[nodiscard]] bool white_house_transcript();

    /// "the secretary of state" where nobody was named so: who holds that office of the country
    /// that the passage is about.
    bool take_office_in_question(const Entry& entry, const Modifiers& found, TokenIndex head,
                                 TokenIndex end);

    void take_noun(const RoleNoun& noun, const Modifiers& before, TokenIndex head, TokenIndex end,
                   TokenIndex phrase_end);

    /// "Parliament", "Interior Ministry": with a capital they need no article.
    [[nodiscard]] bool bare_body(TokenIndex head, TokenIndex end) const;

    /// The state whose "its forces" or "his government" begins before `head`: the last one named in
    /// the sentence, or the last person's; kNoRow when open.
    [[nodiscard]] std::uint32_t owner_country(TokenIndex head) const;

    /// "US, Egyptian and Qatari mediators": what is joined to the last of several modifiers belongs
    /// to the phrase. True when something was.
    bool join_leftwards(Modifiers& found) const;

    /// The end of "of Egypt and Qatar", "from both sides", "of Israeli hostages" behind a group's
    /// noun; `at` when there is none.
    [[nodiscard]] TokenIndex complement_list(TokenIndex at, const RoleNoun& noun) const;

    /// The end of "of the new bill" behind "critics": up to three words in lower case before a verb
    /// or a mark; `at` when there is none.
    [[nodiscard]] TokenIndex subject_complement(TokenIndex head, TokenIndex at) const;

    /// A list of names goes on at `t` until an "and".
    [[nodiscard]] bool joins_later(TokenIndex t) const;

    /// The end of "familiar with the matter", "close to the talks", "with knowledge of the call"
    /// behind the noun of a source; `at` when there is none.
    [[nodiscard]] TokenIndex source_complement(TokenIndex at) const;

    /// The end of "for Prime Minister X" behind "spokesman"; `at` when nobody follows.
    [[nodiscard]] TokenIndex person_complement(TokenIndex at) const;

    /// The phrase of a noun, as far as its modifiers tell.
    static GroupPhrase described_by(const Modifiers& found, TokenIndex head, TokenIndex noun_end,
                                    TokenIndex end);

    /// Asks the scorer whether this phrase is an actor.
    void consider_group(const RoleNoun& noun, const Modifiers& found, TokenIndex head,
                        TokenIndex noun_end, TokenIndex end, bool joined = false);

    /// "were US allies": what somebody is.
    [[nodiscard]] bool predicate(TokenIndex begin) const;

    /// "will send a delegation": nobody yet.
    [[nodiscard]] bool sent_out(TokenIndex head, const Modifiers& found) const;

    /// "the mediators Qatar and Egypt": those named are meant.
    [[nodiscard]] bool names_follow(const RoleNoun& noun, const Modifiers& found,
                                    TokenIndex end) const;

    /// The armed group of the lexicon that was named last before `t`; -1 when there is none near,
    /// or another stands in between as often.
    [[nodiscard]] std::int64_t armed_before(TokenIndex t) const {
        return last_before(armed_, t, kFocusTokens);
    }

    /// The armed group of the lexicon, when the article names one only, of `country` where that is
    /// given; else -1.
    [[nodiscard]] std::int64_t only_armed_group(std::uint32_t country) const;

    [[nodiscard]] bool owned_before(TokenIndex head) const;

    /// Keeps the score for the mention that may follow.
    [[nodiscard]] bool accepted(const GroupPhrase& phrase);
    /// Notes it with the last mention.
    void note_score(float score) { analysis_.mentions.back().score = score; }

    /// The unnamed group before `head` that was last called by this noun, with a name of at least
    /// `size` bytes; -1 when there is none.
    [[nodiscard]] std::int64_t group_before(TokenIndex head, std::string_view noun,
                                            std::size_t size) const;

    [[nodiscard]] bool speaks_here(TokenIndex begin, TokenIndex end) const;

    /// "US officials", "American officials" and "two U.S. officials" are one group: country, what
    /// describes it, noun. Empty when the words are all there is.
    [[nodiscard]] std::string group_key(const Modifiers& found, TokenIndex begin, TokenIndex head,
                                        TokenIndex end) const;

    /// Whose "its allies" and "his staff" are, as a possessive: the nearest state or body, or
    /// person, before the pronoun in its sentence. Empty when unknown.
    [[nodiscard]] std::string owner_before(TokenIndex pronoun) const;

    void add_group(const Modifiers& found, const RoleNoun& noun, TokenIndex head,
                   TokenIndex noun_end, TokenIndex end, TokenIndex begin);

    /// How many people the phrase speaks of: "two senior officials", "14 mediators", "an official";
    /// nothing for "several" and for round millions.
    [[nodiscard]] std::optional<std::uint32_t> number_of(const RoleNoun& noun, TokenIndex begin,
                                                         TokenIndex head) const;

    /// "the Navy", "the air force", and "the Army" with a capital: a branch that the lexicon has a
    /// row for; else kNoRow.
    [[nodiscard]] std::uint32_t branch_of(std::uint32_t country, TokenIndex head,
                                          TokenIndex end) const;

    /// "the government officials", "the army chief": the body only says of what kind the next word
    /// is.
    [[nodiscard]] bool before_noun(TokenIndex end) const;

    void take_body(std::string_view kind, const Modifiers& found, TokenIndex end, Form form);

    [[nodiscard]] std::uint32_t state_of(const PhraseMatch& match) const;

    void take_body_of(std::string_view kind, std::uint32_t of, TokenIndex begin, TokenIndex end,
                      Form form);

    [[nodiscard]] bool place_here(TokenIndex begin, TokenIndex end) const;

    /// Whether the word at `t` is the seat of the state that begins at `state`, or stands behind a
    /// preposition of place itself.
    [[nodiscard]] bool city_of(TokenIndex t, TokenIndex state) const;

    /// "in Syria and Iraq", "across Yemen, Sudan and Libya": what is joined to a place is one.
    [[nodiscard]] bool in_place_series(TokenIndex begin) const;

    /// "Iran-backed", "US-led": says of a thing whose it is. "the Israel-Lebanon border",
    /// "Lebanon's south": land.
    [[nodiscard]] bool land_or_compound(TokenIndex begin, TokenIndex end) const;

    /// "Lebanon's Hezbollah", "Ukraine's Crimea": the state says where the one named is from.
    [[nodiscard]] bool named_by_possessor(TokenIndex next) const;

    [[nodiscard]] bool mere_modifier(TokenIndex end) const;

    /// "US Middle East envoy Lena Brandt", "U.S. Gen. …": a state before a title and its bearer.
    [[nodiscard]] bool modifies_person(TokenIndex end) const;

    /// A capital or seat that speaks or decides.
    [[nodiscard]] bool seat_acts(TokenIndex begin, TokenIndex end) const;

    void take_states();

    /// "Agreement", or "and Luanda processes", behind a seat.
    [[nodiscard]] bool named_after_seat(TokenIndex t) const;

    /// "Egypt and Hamas agreed": joined to an actor.
    [[nodiscard]] bool joined_to_actor(const NameHit& hit) const;

    /// "the Russia-Ukraine war": two names make the war's, and neither acts.
    [[nodiscard]] bool of_a_war(const NameHit& hit) const;

    /// "Israel-Hamas": both are parties.
    [[nodiscard]] bool hyphened(const NameHit& hit) const;

    /// Orders mentions, drops actors without any, and numbers actors by their first mention.
    /// "both countries", "the two nations": the two states that this sentence and the one before
    /// speak of, when they speak of two.
    void take_both_states();

    /// "Cambodian and Thai forces": the body of the first is named too.
    void join_bodies();

    /// "separatists" are the one group that the article calls "Russian-backed separatists"
    /// elsewhere.
    void merge_fighters();

    /// "political leaders and senior diplomats": two groups that nothing tells apart, named once
    /// and together, are one.
    void join_groups();

    /// Transcripts write Q before each question: reporters ask.
    void take_questioners();

    void finish();

    /// How far back "the president" and "the official" look for whom they mean. Beyond it no reader
    /// remembers either, and a text made of nothing else stays linear.
    static constexpr TokenIndex kTokensBack = 2000;
    static constexpr std::size_t kGroupsBack = 64;
    struct Group {
        TokenIndex begin;
        std::uint32_t actor;
    };

    struct Spokesperson {
        std::uint32_t person;
        std::uint32_t organisation;
        std::uint32_t country;
    };

    /// Of the tables below: small in most articles, and gone with them.
    std::array<std::byte, 32768> room_;
    std::pmr::monotonic_buffer_resource pool_{room_.data(), room_.size()};

    const AnalyzeOptions& options_;
    Analysis& analysis_;
    const LexiconData& data_;
    ActorScorer scorer_;
    std::vector<ActorCandidate>* seen_;  ///< for learning: what was scored; else null
    std::vector<std::uint8_t> covered_;
    static constexpr std::uint8_t kInside =
        1;  ///< of a strong name of several words, or of a state

    static constexpr std::uint8_t kAlone = 2;       ///< a strong name of one word
    static constexpr std::uint8_t kInsideWeak = 3;  ///< of a weak name
    std::pmr::unordered_set<std::uint32_t> namesakes_{
        &pool_};                         ///< persons of whose surname another is here
    std::vector<std::uint8_t> freed_;    ///< by token: a name of the lexicon within a body's
    std::vector<std::uint8_t> in_name_;  ///< by token: 0, or how it lies in a name of the lexicon
    std::vector<NameHit> names_;
    std::pmr::unordered_map<std::uint32_t, std::uint32_t> by_row_{&pool_};
    std::pmr::unordered_map<std::string, std::uint32_t> by_name_{&pool_};
    std::pmr::unordered_map<std::uint64_t, std::uint32_t> surnames_{&pool_};
    std::pmr::unordered_map<std::uint64_t, std::uint32_t> name_parts_{
        &pool_};  ///< any word of a person's name, to its first bearer

    std::vector<std::pair<TokenIndex, TokenIndex>>
        titled_;  ///< "Mr. Kim": single names behind a title, in want of a bearer

    std::pmr::unordered_map<std::uint64_t, std::uint32_t> acronyms_{&pool_};
    std::pmr::unordered_map<std::uint32_t, std::string> person_parts_{&pool_};
    std::vector<std::int64_t>
        person_starting_;  ///< by token: the person whose mention begins there, or -1

    std::vector<std::int64_t>
        person_ending_;  ///< by token: the person whose mention has it as its last word, or -1

    std::vector<Group>
        groups_;  ///< mentions of unnamed groups, in the order in which they were found

    std::pmr::unordered_set<std::uint64_t> offices_seen_{&pool_};  ///< person << 32 | office noun
    struct Titled {
        TokenIndex token;  ///< last word of the title: "Secretary" in "Defense Secretary"
        std::uint32_t person;
    };
    std::vector<Titled> titles_seen_;  ///< in order of token
    struct NamedCountry {
        TokenIndex token;
        std::uint32_t country;
        float weight;
    };

    std::pmr::unordered_map<std::uint32_t, std::pmr::vector<std::uint32_t>> holders_of_noun_{
        &pool_};  ///< by office noun
    bool transcript_read_ = false;
    bool transcript_ = false;  ///< of the White House
    bool holders_read_ = false;
    struct Called {
        std::uint32_t person;  ///< kNoRow for two of one rank
        int rank;              ///< 1 for a head of state or government, 2 for one above these
    };

    std::pmr::unordered_map<std::uint64_t, Called> holders_called_{
        &pool_};  ///< by surname: office holders of the day

    std::vector<NamedCountry> countries_named_;  ///< in order of token
    std::vector<std::pair<std::uint32_t, float>>
        country_weights_;  ///< by country: how much of the article is about it

    std::vector<Group> armed_;            ///< names of armed groups, in order of token
    std::vector<Group> administrations_;  ///< names of administrations, in order of token
    std::int64_t only_armed_ = -1;        ///< the armed group of the lexicon when there is one only
    bool several_armed_ = false;
    std::vector<Spokesperson> spokespeople_;
    static constexpr std::uint8_t kInLowerCase = 1;
    static constexpr std::uint8_t kAloneInText = 2;
    bool words_read_ = false;
    std::pmr::unordered_map<std::uint64_t, std::uint8_t> word_use_{
        &pool_};  ///< by word: how the article writes it

    ActorFeatures features_;
    float score_ = 0;  ///< of the phrase that was asked about last
};

}  // namespace ceasewire::analysis
