#include "lexicon/diff.h"

#include <array>
#include <map>
#include <utility>

#include "lexicon/calendar.h"

namespace ceasewire {
namespace {

using Facts = std::map<std::string, std::string>;  // what it is: what is said of it

std::string described(const ActorRow& row) {
    std::string out = "\"" + row.name + "\", " + std::string(to_string(row.type));
    if (!row.country.empty()) out += ", " + row.country;
    if (!row.wikidata.empty()) out += ", " + row.wikidata;
    return out;
}

std::string days(const HolderRow& row) {
    std::string out = "from " + date_text(row.from);
    if (row.to != kOpenEnd) out += " to " + date_text(row.to);
    if (!row.note.empty()) out += " (" + row.note + ")";
    return out;
}

Facts actors_of(const LexiconData& data) {
    Facts facts;
    for (const ActorRow& row : data.actors) facts["actor " + row.id] = described(row);
    return facts;
}

/// Whom or what a phrase means, in words that do not depend on the order of rows.
std::string meant_by(const LexiconData& data, const Entry& entry) {
    constexpr std::array<std::string_view, 9> kMeanings = {
        "name", "adjective", "people", "seat", "place", "office noun", "role", "cue", "term"};
    std::string out(kMeanings.at(static_cast<std::size_t>(entry.meaning)));
    out += ' ';
    switch (entry.meaning) {
        case Meaning::actor:
        case Meaning::metonym:
            out += data.actors[entry.index].id;
            break;
        case Meaning::adjective:
        case Meaning::people:
            out += data.actors[data.countries[entry.index].actor].id;
            break;
        case Meaning::place:
            break;
        case Meaning::office_noun:
            out += "of";
            for (const std::uint32_t office : data.office_nouns[entry.index].offices)
                out += " " + data.offices[office].id;
            break;
        case Meaning::role_noun:
            out += data.role_nouns[entry.index].kind + " " + data.role_nouns[entry.index].sector;
            break;
        case Meaning::cue:
            out += data.cues[entry.index].detail;
            break;
        case Meaning::term:
            out += data.terms[entry.index].slug + (data.terms[entry.index].core ? " core" : "");
            break;
    }
    return out;
}

/// How a name stands for its actor: "acronym", "weak alias".
std::string manner_of(const Entry& entry) {
    if (entry.meaning != Meaning::actor) return {};
    std::string out;
    if ((entry.flags & kWeak) != 0) out += "weak ";
    if ((entry.flags & kSurname) != 0) return out + "surname";
    return out + std::string(to_string(entry.form));
}

Facts phrases_of(const LexiconData& data) {
    Facts facts;
    for (const Entry& entry : data.entries)
        facts[meant_by(data, entry) + " \"" + entry.spelling + "\""] = manner_of(entry);
    return facts;
}

Facts offices_of(const LexiconData& data) {
    Facts facts;
    for (const OfficeRow& row : data.offices)
        facts["office " + row.id] = "\"" + row.title + "\" of " + data.actors[row.body].id;
    return facts;
}

Facts holders_of(const LexiconData& data) {
    Facts facts;
    for (const HolderRow& row : data.holders) {
        facts["holder " + data.offices[row.office].id + ": " + data.actors[row.person].id +
              " since " + date_text(row.from)] = days(row);
    }
    return facts;
}

void compare(const Facts& before, const Facts& after, std::vector<std::string>& out) {
    const auto line = [&](char mark, const std::string& what, const std::string& said) {
        out.push_back(std::string(1, mark) + " " + what + (said.empty() ? "" : ": " + said));
    };
    auto old = before.begin();
    auto fresh = after.begin();
    while (old != before.end() || fresh != after.end()) {
        if (fresh == after.end() || (old != before.end() && old->first < fresh->first)) {
            line('-', old->first, old->second);
            ++old;
        } else if (old == before.end() || fresh->first < old->first) {
            line('+', fresh->first, fresh->second);
            ++fresh;
        } else {
            if (old->second != fresh->second)
                line('~', old->first, old->second + " -> " + fresh->second);
            ++old;
            ++fresh;
        }
    }
}

}  // namespace

std::vector<std::string> diff_lexicons(const LexiconData& before, const LexiconData& after) {
    std::vector<std::string> out;
    compare(actors_of(before), actors_of(after), out);
    compare(phrases_of(before), phrases_of(after), out);
    compare(offices_of(before), offices_of(after), out);
    compare(holders_of(before), holders_of(after), out);
    return out;
}

}  // namespace ceasewire
