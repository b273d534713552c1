#include "lexicon/warnings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "lexicon/calendar.h"
#include "lexicon/data.h"
#include "lexicon/table.h"
#include "text/token.h"

namespace ceasewire {
namespace {

/// The columns of each kind of file that have one; `source` is among all of them.
struct Kind {
    std::string_view name;
    std::vector<std::string_view> needed;
    std::vector<std::string_view> more;
};
const std::vector<Kind>& kinds() {
    static const std::vector<Kind> kKinds = {
        {"actors", {"id", "name", "type"}, {"country", "wikidata", "aliases", "source"}},
        {"countries",
         {"id", "iso3", "adjectives", "people", "metonyms"},
         {"government", "military", "source"}},
        {"offices", {"id", "title", "body", "nouns"}, {"source"}},
        {"holders", {"office", "person", "from", "to"}, {"note", "source"}},
        {"roles", {"nouns", "kind"}, {"sector", "source"}},
        {"sectors", {"words", "ids", "plover", "cameo"}, {"source"}},
        {"cues", {"kind", "value", "phrases"}, {"source"}},
        {"terms", {"slug", "strength", "phrases"}, {"source"}},
        {"places", {"names"}, {"source"}},
        {"given", {"names"}, {"source"}}};
    return kKinds;
}

constexpr std::array<std::string_view, 7> kRoleKinds = {"group", "weakgroup", "single",  "spokes",
                                                        "title", "nominal",   "modifier"};
/// Nouns of offices that one person holds at a time; a council or a senate has many seats.
constexpr std::array<std::string_view, 6> kSingle = {
    "president", "prime minister", "king", "foreign minister", "secretary of state", "chancellor"};
constexpr std::array<std::string_view, 13> kClaimActs = {
    "call",   "propose", "accept",    "reject", "condition", "announce", "negotiate",
    "accuse", "violate", "implement", "pledge", "assess",    "deny"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Where a cell stands, for a warning that is found out later.
struct Place {
    const LexiconFile* file = nullptr;
    std::size_t line = 0;
    std::size_t column = 0;
};

/// The words of a name, as the matcher compares them; a plus sign tells one word from another.
std::string key_of(std::string_view name) {
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    std::string key;
    for (const text::Token& token : tokens) key += std::to_string(token.hash) + " ";
    if (tokens.size() == 1 && name.ends_with('+')) key += '+';
    return key;
}

class Inspector {
public:
    std::vector<LexiconWarning> inspect(const std::vector<LexiconFile>& files) {
        std::vector<const LexiconFile*> sorted;
        for (const LexiconFile& file : files) sorted.push_back(&file);
        std::sort(sorted.begin(), sorted.end(),
                  [](const LexiconFile* a, const LexiconFile* b) { return a->name < b->name; });
        for (const Kind& kind : kinds()) {
            for (const LexiconFile* file : sorted) {
                if (file->name.substr(0, file->name.find_first_of("-.")) == kind.name)
                    read(*file, kind);
            }
        }
        compare_countries();
        compare_terms();
        compare_names();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const LexiconWarning& a, const LexiconWarning& b) {
                             return std::tie(a.at.file, a.at.line, a.at.column) <
                                    std::tie(b.at.file, b.at.line, b.at.column);
                         });
        return std::move(found_);
    }

private:
    struct Term {
        std::string person;
        std::int32_t from = 0;
        std::int32_t to = 0;
        bool noted = false;
        Place place;
    };
    struct Owner {
        std::string actor;
        Place place;
    };
    struct Name {
        std::string spelling;
        std::vector<Owner> owners;
    };

    void warn(Place place, std::string message, const LexiconFile* also = nullptr) {
        found_.push_back({{place.file->name, place.line, place.column, std::move(message)},
                          also == nullptr ? std::string() : also->name});
    }
    static std::string where(Place place) {
        return place.file->name + ":" + std::to_string(place.line);
    }

    void read(const LexiconFile& file, const Kind& kind) {
        std::vector<LexiconError> errors;  // the compiler has told of them
        TableReader table(file, kind.needed, kind.more, errors);
        while (table.next()) {
            const auto place = [&](const Cell& cell) {
                return Place{&file, table.line(), cell.column};
            };
            const Cell source = table["source"];
            if (source.text.empty())
                warn(place(source), "no source: say where the row's facts come from");
            for (const char* column : {"aliases", "adjectives", "people", "metonyms", "nouns",
                                       "phrases", "names", "words", "ids"}) {
                std::unordered_set<std::string_view> seen;
                for (const Cell& value : split_values(table[column])) {
                    if (!seen.insert(value.text).second)
                        warn(place(value),
                             "'" + std::string(value.text) + "' stands twice in this cell");
                }
            }
            if (kind.name == "actors") read_actor(table, place);
            if (kind.name == "countries") read_country(table, place);
            if (kind.name == "offices") read_office(table, place);
            if (kind.name == "holders") read_holder(table, place);
            if (kind.name == "roles") {
                const Cell cell = table["kind"];
                if (!cell.text.starts_with("body:") && !holds(kRoleKinds, cell.text))
                    warn(place(cell), "unknown kind of role '" + std::string(cell.text) + "'");
            }
            if (kind.name == "cues" && table["kind"].text == "act") {
                const Cell cell = table["value"];
                if (!holds(kClaimActs, cell.text.substr(0, cell.text.find('.'))))
                    warn(place(cell), "unknown act '" + std::string(cell.text) + "'");
            }
        }
    }

    template <class PlaceOf>
    void read_actor(TableReader& table, PlaceOf place) {
        const std::string id(table["id"].text);
        const Cell name = table["name"];
        if (table["type"].text == "person") persons_.insert(id);
        if (const Cell cell = table["country"]; !cell.text.empty())
            countries_.push_back({std::string(cell.text), place(cell)});
        if (const Cell cell = table["wikidata"]; !cell.text.empty()) {
            const auto [twin, fresh] =
                wikidata_.try_emplace(std::string(cell.text), Owner{id, place(cell)});
            if (!fresh)
                warn(place(cell),
                     std::string(cell.text) + " is given to " + twin->second.actor + " too (" +
                         where(twin->second.place) + ")",
                     twin->second.place.file);
        }
        std::string_view bare = name.text;
        if (bare.ends_with(')') && bare.rfind(" (") != std::string_view::npos)
            bare = bare.substr(0, bare.rfind(" ("));
        const auto values = split_values(table["aliases"]);
        const auto is_weak = [&](const Cell& value) {
            return value.text == "weak:" + std::string(bare);
        };
        if (std::none_of(values.begin(), values.end(), is_weak)) own("", bare, id, place(name));
        for (const Cell& value : values) {
            const std::size_t colon = value.text.find(':');
            const std::string_view prefix =
                colon == std::string_view::npos ? "" : value.text.substr(0, colon);
            const std::string_view rest =
                colon == std::string_view::npos ? value.text : value.text.substr(colon + 1);
            if (prefix == "acronym") {
                own("acronym", rest, id, place(value));
            } else if (prefix == "metonym") {
                own("seat", rest, id, place(value));
            } else if (prefix == "alias") {
                own("", rest, id, place(value));
            } else if (prefix != "misspelling" && prefix != "surname" && prefix != "weak" &&
                       prefix != "nominal") {
                own("", value.text, id, place(value));
            }
        }
    }

    template <class PlaceOf>
    void read_country(TableReader& table, PlaceOf place) {
        const std::string id(table["id"].text);
        known_countries_.emplace(table["iso3"].text);
        for (const auto& [column, sort] :
             {std::pair("adjectives", "adjective"), std::pair("people", "people"),
              std::pair("metonyms", "seat")}) {
            for (const Cell& value : split_values(table[column]))
                own(sort, value.text, id, place(value));
        }
    }

    template <class PlaceOf>
    void read_office(TableReader& table, PlaceOf place) {
        for (const Cell& value : split_values(table["nouns"])) {
            if (holds(kSingle, value.text)) single_.emplace(table["id"].text);
        }
        if (const Cell cell = table["nouns"]; cell.text.empty())
            warn(place(cell), "the office has no noun, so no text can name it");
    }

    template <class PlaceOf>
    void read_holder(TableReader& table, PlaceOf place) {
        const auto from = parse_day_range(table["from"].text);
        const Cell end = table["to"];
        const auto to = end.text.empty() ? std::nullopt : parse_day_range(end.text);
        if (!from || (!end.text.empty() && !to)) return;
        Term term;
        term.person = table["person"].text;
        // Years and months that two terms share say no more than that one followed the other.
        term.from = from->last;
        term.to = end.text.empty() ? kOpenEnd : to->first;
        term.noted = !table["note"].text.empty();
        term.place = place(table["person"]);
        const std::string row = std::string(table["office"].text) + "\t" + term.person + "\t" +
                                std::string(table["from"].text);
        const auto [twin, fresh] = term_rows_.try_emplace(row, term.place);
        if (!fresh)
            warn(term.place, "a second row for this term; the first is " + where(twin->second),
                 twin->second.file);
        held_[term.person].push_back(term);
        terms_[std::string(table["office"].text)].push_back(std::move(term));
    }

    void own(std::string_view sort, std::string_view spelling, const std::string& actor,
             Place place) {
        // An acronym is found in its own spelling only.
        const std::string key = std::string(sort) + ":" +
                                (sort == "acronym" ? std::string(spelling) : key_of(spelling));
        Name& name = names_[key];
        if (std::any_of(name.owners.begin(), name.owners.end(),
                        [&](const Owner& owner) { return owner.actor == actor; }))
            return;
        name.spelling = spelling;
        name.owners.push_back({actor, place});
    }

    void compare_countries() {
        for (const auto& [code, place] : countries_) {
            if (!known_countries_.contains(code))
                warn(place, "no countries file has the country '" + code + "'");
        }
    }

    void compare_terms() {
        for (auto& [office, terms] : terms_) {
            if (!single_.contains(office)) continue;
            std::stable_sort(terms.begin(), terms.end(),
                             [](const Term& a, const Term& b) { return a.from < b.from; });
            const Term* longest = nullptr;
            for (const Term& term : terms) {
                if (term.noted) continue;
                if (longest != nullptr && longest->person != term.person && term.from < longest->to)
                    warn(term.place,
                         office + ": the term overlaps that of " + longest->person + " (" +
                             where(longest->place) + "); end one, or give one a note",
                         longest->place.file);
                if (longest == nullptr || term.to > longest->to) longest = &term;
            }
        }
    }

    /// Whether the day tells two people of one name apart.
    [[nodiscard]] bool apart_by_day(const std::string& a, const std::string& b) const {
        if (!persons_.contains(a) || !persons_.contains(b)) return false;
        const auto of_a = held_.find(a);
        const auto of_b = held_.find(b);
        if (of_a == held_.end() || of_b == held_.end()) return false;
        for (const Term& one : of_a->second) {
            for (const Term& other : of_b->second) {
                if (one.from < other.to && other.from < one.to) return false;
            }
        }
        return true;
    }

    void compare_names() {
        for (const auto& [key, name] : names_) {
            for (std::size_t i = 1; i < name.owners.size(); ++i) {
                const Owner& first = name.owners.front();
                const Owner& owner = name.owners[i];
                if (apart_by_day(first.actor, owner.actor)) continue;
                const std::string sort = key.substr(0, key.find(':'));
                warn(owner.place,
                     (sort.empty() ? "the name" : "the " + sort) + " '" + name.spelling +
                         "' means " + first.actor + " too (" + where(first.place) + ")",
                     first.place.file);
            }
        }
    }

    std::vector<LexiconWarning> found_;
    std::unordered_set<std::string> persons_;
    std::vector<std::pair<std::string, Place>> countries_;
    std::unordered_set<std::string> known_countries_;
    std::unordered_map<std::string, Owner> wikidata_;
    std::unordered_set<std::string> single_;  // offices
    std::map<std::string, Place> term_rows_;
    std::map<std::string, std::vector<Term>> terms_;           // by office
    std::unordered_map<std::string, std::vector<Term>> held_;  // by person
    std::map<std::string, Name> names_;
};

}  // namespace

std::vector<LexiconWarning> warnings_of(const std::vector<LexiconFile>& files) {
    return Inspector().inspect(files);
}

}  // namespace ceasewire
