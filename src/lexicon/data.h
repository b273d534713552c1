#pragma once
/// What a compiled lexicon holds, row by row, for the rooms that read it. Immutable.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lexicon/matcher.h"
#include "lexicon/model.h"
#include "lexicon/sectors.h"
#include "lexicon/senses.h"

namespace ceasewire {

enum class ActorType : std::uint8_t {
    person,
    state,
    government_body,
    military,
    armed_group,
    political_group,
    igo,
    ngo,
    media,
    company,
    role_group,
    other
};
[[nodiscard]] std::string_view to_string(ActorType type);
[[nodiscard]] std::optional<ActorType> actor_type_from(std::string_view name);

/// How a mention names its actor.
enum class Form : std::uint8_t {
    name,
    alias,
    acronym,
    role,
    metonym,
    misspelling,
    nominal,
    pronoun
};
[[nodiscard]] std::string_view to_string(Form form);

inline constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int32_t kOpenEnd =
    std::numeric_limits<std::int32_t>::max();  ///< a term of office that lasts

/// Where a row stands, for a person who looks it up.
struct RowPlace {
    std::uint32_t file = 0;  ///< into LexiconData::file_names
    std::uint32_t line = 0;  ///< from 1
};

struct ActorRow {
    std::string id;
    std::string name;  ///< with its bracketed qualifier
    ActorType type = ActorType::other;
    std::string country;               ///< ISO 3166 alpha-3 or empty
    std::string wikidata;              ///< or empty
    std::vector<std::string> aliases;  ///< other full names, for the record
    std::uint32_t state = kNoRow;      ///< into countries: the state that this actor is
    std::uint64_t surname = 0;         ///< of a person: the hash of it; 0: one name is all
    RowPlace place;
};

struct CountryRow {
    std::uint32_t actor = kNoRow;
    std::string iso3;
    std::string adjective;              ///< first one
    std::uint32_t government = kNoRow;  ///< actors
    std::uint32_t military = kNoRow;
    RowPlace place;
};

/// A government that took another's place on a day, and is meant by the state's government since.
struct LaterGovernment {
    std::uint32_t before = kNoRow;  ///< actors
    std::uint32_t row = kNoRow;
    std::int32_t from = 0;  ///< days since 1970-01-01
};

struct OfficeRow {
    std::string id;
    std::string title;
    std::uint32_t body = kNoRow;  ///< actor: state or organisation
    RowPlace place;
};

struct HolderRow {
    std::uint32_t office = 0;
    std::uint32_t person = 0;  ///< actor
    std::int32_t from = 0;     ///< days since 1970-01-01, first day
    std::int32_t to = 0;       ///< last day, kOpenEnd while it lasts
    std::string note;
    RowPlace place;
};

/// What a matched phrase may mean. Index says which row of which vector.
enum class Meaning : std::uint8_t {
    actor,        ///< actors
    adjective,    ///< countries: "Israeli"
    people,       ///< countries: "Israelis"
    metonym,      ///< actors: "Kremlin"
    place,        ///< nobody, though it looks like a name: "Khan Younis"
    office_noun,  ///< office_nouns: "prime minister"
    role_noun,    ///< role_nouns: "officials", "spokesman", "army"
    cue,          ///< cues: "rejected", "according to", "unless"
    term          ///< terms: "humanitarian corridor"
};

/// Phrases are found layer by layer, so that a cue inside a name hides neither. Each layer is
/// leftmost-longest by itself.
enum class Layer : std::uint8_t { names, nouns, cues, terms };
inline constexpr std::size_t kLayers = 4;
[[nodiscard]] constexpr Layer layer_of(Meaning meaning) {
    switch (meaning) {
        case Meaning::actor:
        case Meaning::adjective:
        case Meaning::people:
        case Meaning::metonym:
        case Meaning::place:
            return Layer::names;
        case Meaning::office_noun:
        case Meaning::role_noun:
            return Layer::nouns;
        case Meaning::cue:
            return Layer::cues;
        case Meaning::term:
            return Layer::terms;
    }
    return Layer::cues;
}

enum EntryFlag : std::uint8_t {
    kCased = 1,    ///< the text must have exactly this spelling (acronyms)
    kCapital = 2,  ///< the token `capital` must begin with a capital letter
    kWeak = 4,     ///< counts only beside a stronger mention of the same actor
    kSurname = 8,  ///< part of a person's name that may stand alone
    kPlus = 16     ///< one word with a plus sign behind it: "OPEC+" is not "OPEC"
};

struct Entry {
    Meaning meaning = Meaning::actor;
    Form form = Form::name;
    std::uint8_t flags = 0;
    std::uint8_t capital = 0;  ///< token that must begin with a capital, with kCapital
    std::uint32_t index = 0;
    std::string spelling;  ///< as the row has it
};

struct OfficeNoun {
    std::string noun;  ///< lower case: "prime minister"
    std::vector<std::uint32_t> offices;
};

/// A common noun that denotes people or bodies: "officials", "spokesman", "army".
struct RoleNoun {
    std::string noun;
    std::string
        kind;  ///< group person spokesperson title body:government body:military body:ministry …
    std::string sector;  ///< what such people do, for the scorer of groups; or empty
    RowPlace place;
};

/// Closed list of what a cue does; roles.md of the lexicon explains each.
enum class CueKind : std::uint8_t {
    report,     ///< a verb that tells: said, told, according to …
    act,        ///< a word that carries one of the acts; `value` names it
    topic,      ///< a figurative or foreign use: "trade truce"; blocks
    negation,   ///< not, never, failed to
    condition,  ///< if, unless, in exchange for
    modal,      ///< may, could, would, will, plans to; `value` names the status
    deal,       ///< deal, agreement, plan, proposal, talks: a claim when the article is about a
                ///< ceasefire
    conflict    ///< words of war and diplomacy: an article without any is off topic
};

struct CueRow {
    CueKind kind = CueKind::report;
    std::string value;   ///< up to the full stop: "reject"
    std::string detail;  ///< whole: "reject.refuse"
    RowPlace place;
};

struct TermRow {
    std::string slug;
    bool core = false;  ///< denotes a halt to fighting by itself
    RowPlace place;
};

struct LexiconData {
    std::string version;
    std::vector<std::string> file_names;
    std::vector<ActorRow> actors;
    std::vector<CountryRow> countries;
    std::vector<LaterGovernment> later_governments;
    std::vector<OfficeRow> offices;
    std::vector<HolderRow> holders;
    std::vector<OfficeNoun> office_nouns;
    std::vector<RoleNoun> role_nouns;
    std::vector<CueRow> cues;
    std::vector<TermRow> terms;
    Senses senses;  ///< kinds of words
    SectorTable sectors;

    std::vector<std::vector<std::uint32_t>> offices_of_body;    ///< by actor: rows of offices
    std::vector<std::vector<std::uint32_t>> holders_of_office;  ///< by office: rows of holders
    std::vector<std::vector<std::uint32_t>> holders_of_person;  ///< by actor: rows of holders
    /// By country (the first of its code): rows of holders whose person is of that country.
    std::vector<std::vector<std::uint32_t>> holders_of_country;

    /// By country: its only body with "Police" in its name; kNoRow when there are several or none.
    std::vector<std::uint32_t> only_police;

    std::unordered_map<std::string, std::uint32_t> actor_by_id;
    /// Views into `countries`; the first row of a code.
    std::unordered_map<std::string_view, std::uint32_t> country_by_iso3;

    /// Entries of phrase p: entries[phrase_entries[p].begin .. end).
    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    std::vector<Range> phrase_entries;
    std::vector<std::uint8_t> phrase_free;  ///< by phrase: layers (bits) in which an entry asks for
                                            ///< no spelling, so that the words suffice
    std::vector<Entry> entries;
    PhraseTable phrases;

    std::string syntax_model;  ///< bytes of syntax.bin, for the room that parses; empty when the
                               ///< lexicon came without
    std::uint64_t syntax_model_hash =
        0;  ///< of these bytes: tells one model from another without reading megabytes
    LinearModel term_model;   ///< of the terms that a claim mentions
    LinearModel actor_model;  ///< empty when the lexicon has no weights file: then no group and no
                              ///< bare state is an actor
    LinearModel confidence_model;   ///< of actors; empty when the lexicon has no weights file
    LinearModel attribution_model;  ///< empty when the lexicon has no weights file: then no
                                    ///< attribution is found
    LinearModel
        claim_model;  ///< empty when the lexicon has no weights file: then no sentence is a claim

    /// Title words of given names seen in lexicon persons, folded hashes; helps to tell people from
    /// places.
    std::unordered_map<std::uint64_t, std::uint32_t> given_names;

    /// Surnames of lexicon persons, folded hashes.
    std::unordered_set<std::uint64_t> surnames;

    /// Names of several words of lexicon persons: name_skeleton() and the actor, sorted. For
    /// transliterations that no row has.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> person_skeletons;

    [[nodiscard]] std::string row_name(RowPlace place) const {
        return file_names[place.file] + ":" + std::to_string(place.line);
    }
};

}  // namespace ceasewire
