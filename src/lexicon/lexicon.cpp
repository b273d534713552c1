#include "lexicon/lexicon.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <unordered_map>

#include "lexicon/calendar.h"
#include "lexicon/data.h"
#include "lexicon/find.h"
#include "lexicon/names.h"
#include "lexicon/table.h"
#include "text/utf8.h"

namespace ceasewire {
namespace {

constexpr std::array<std::string_view, 12> kActorTypes = {
    "person", "state", "government_body", "military", "armed_group", "political_group",
    "igo",    "ngo",   "media",           "company",  "role_group",  "other"};
constexpr std::array<std::string_view, 8> kForms = {"name",    "alias",       "acronym", "role",
                                                    "metonym", "misspelling", "nominal", "pronoun"};
constexpr std::array<std::string_view, 8> kCueKinds = {"report",    "act",   "topic", "negation",
                                                       "condition", "modal", "deal",  "conflict"};

template <std::size_t N>
std::optional<std::size_t> index_in(const std::array<std::string_view, N>& names,
                                    std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::string_view without_qualifier(std::string_view name) {
    if (name.empty() || name.back() != ')') return name;
    const std::size_t open = name.rfind(" (");
    return open == std::string_view::npos || open == 0 ? name : name.substr(0, open);
}

bool begins_upper(std::string_view word) {
    return !word.empty() && text::is_upper(text::code_point_at(word, 0).value);
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

std::string joined(const std::array<std::string_view, 12>& names) {
    std::string all;
    for (const auto name : names) all += (all.empty() ? "" : " ") + std::string(name);
    return all;
}

/// Collects rows and phrases, file by file, then links them.
class Compiler {
public:
    Compiler() : data_(std::make_unique<LexiconData>()) {}

    void read(const LexiconFile& file) {
        const std::string kind = file.name.substr(0, file.name.find_first_of("-."));
        file_ = static_cast<std::uint32_t>(data_->file_names.size());
        data_->file_names.push_back(file.name);
        if (file.name == "VERSION") {
            data_->version = file.text.substr(0, file.text.find_first_of("\r\n"));
        } else if (file.name == "syntax.bin") {
            data_->syntax_model = file.text;
            data_->syntax_model_hash = text::hash_folded(file.text);
        } else if (kind == "actors") {
            read_actors(file);
        } else if (kind == "countries" || kind == "offices" || kind == "holders" ||
                   kind == "sectors") {
            later_.push_back({&file, file_, kind});
        } else if (kind == "roles") {
            read_roles(file);
        } else if (kind == "cues") {
            read_cues(file);
        } else if (kind == "terms") {
            read_terms(file);
        } else if (kind == "weights") {
            read_weights(file);
        } else if (kind == "given") {
            read_given_names(file);
        } else if (kind == "places") {
            read_places(file);
        } else if (kind == "senses") {
            read_senses(file);
        } else {
            errors_.push_back(
                {file.name, 1, 1,
                 "the file's name must begin with actors, countries, offices, "
                 "holders, roles, sectors, cues, terms, given, places, senses or weights"});
        }
    }

    Expected<std::unique_ptr<const LexiconData>, std::vector<LexiconError>> finish() {
        for (const std::string_view kind : {"countries", "offices", "holders", "sectors"}) {
            for (const Later& later : later_) {
                if (later.kind != kind) continue;
                file_ = later.index;
                if (kind == "countries") read_countries(*later.file);
                if (kind == "offices") read_offices(*later.file);
                if (kind == "holders") read_holders(*later.file);
                if (kind == "sectors") read_sectors(*later.file);
            }
        }
        if (data_->version.empty())
            errors_.push_back({"VERSION", 1, 1,
                               "the lexicon has no VERSION file with a version in its first line"});
        if (!errors_.empty()) return Unexpected(std::move(errors_));
        data_->senses.settle();
        link();
        return std::unique_ptr<const LexiconData>(std::move(data_));
    }

private:
    struct Later {
        const LexiconFile* file;
        std::uint32_t index;
        std::string kind;
    };

    // --- phrases
    // -------------------------------------------------------------------------------------------------------------------

    [[nodiscard]] static bool arabic_article(std::string_view word) {
        const std::string lower = lower_ascii(word);
        return lower == "al" || lower == "el" || lower == "an" || lower == "ar" || lower == "as" ||
               lower == "ash" || lower == "at" || lower == "az" || lower == "ad";
    }

    /// "Kata'ib" is "Kataib" to many. Not "O'Brien" and "Israel's".
    [[nodiscard]] static std::string without_apostrophes(std::string_view spelling) {
        std::string out;
        for (std::size_t i = 0; i < spelling.size(); ++i) {
            const auto letter = [&](std::size_t at) {
                return at < spelling.size() && ((spelling[at] >= 'a' && spelling[at] <= 'z') ||
                                                static_cast<unsigned char>(spelling[at]) >= 0x80);
            };
            const bool within = spelling[i] == '\'' && i > 1 && letter(i - 1) && letter(i + 1) &&
                                !(spelling[i + 1] == 's' && !letter(i + 2));
            if (!within) out += spelling[i];
        }
        return out;
    }

    /// Registers a name, also as it is written without the apostrophes within its words.
    bool add_name(std::string_view spelling, const Entry& entry) {
        if (spelling.find('\'') != std::string_view::npos) {
            const std::string bare = without_apostrophes(spelling);
            if (bare.size() < spelling.size()) add_phrase(bare, entry);
        }
        return add_phrase(spelling, entry);
    }

    /// Registers one phrase. False when it has no word.
    bool add_phrase(std::string_view spelling, Entry entry) {
        tokens_.clear();
        text::tokenize_simply(spelling, tokens_);
        if (tokens_.empty()) return false;
        key_.clear();
        hashes_.clear();
        for (const text::Token& token : tokens_) {
            hashes_.push_back(token.hash);
            key_.append(reinterpret_cast<const char*>(&token.hash), sizeof token.hash);
        }
        if ((entry.flags & kCapital) != 0) {
            entry.capital = 0;
            for (std::size_t i = 0; i < tokens_.size(); ++i) {
                if (!begins_upper(slice(spelling, tokens_[i].span()))) continue;
                // "Al-Qaeda" is "al-Qaeda" in the middle of a sentence: the Arabic article's
                // capital says nothing.
                if (i == 0 && tokens_.size() > 1 &&
                    arabic_article(slice(spelling, tokens_[0].span())) &&
                    begins_upper(slice(spelling, tokens_[1].span())))
                    continue;
                entry.capital = static_cast<std::uint8_t>(std::min<std::size_t>(i, 255));
                break;
            }
            // A name without any capital ("al-akhbar" typed in lower case, "3rd army") asks for
            // none.
            if (!begins_upper(slice(spelling, tokens_[entry.capital].span())))
                entry.flags = static_cast<std::uint8_t>(entry.flags & ~kCapital);
        }
        if (tokens_.size() == 1 && spelling.ends_with('+'))
            entry.flags = static_cast<std::uint8_t>(entry.flags | kPlus);
        entry.spelling = std::string(spelling);
        const auto layers =
            static_cast<std::uint8_t>(1U << static_cast<unsigned>(layer_of(entry.meaning)));
        const auto [place, fresh] =
            phrase_of_.try_emplace(key_, static_cast<std::uint32_t>(pending_.size()));
        if (fresh) pending_.push_back({hashes_, 0, {}});
        Pending& pending = pending_[place->second];
        const bool repeated =
            std::any_of(pending.entries.begin(), pending.entries.end(), [&](const Entry& other) {
                return other.meaning == entry.meaning && other.index == entry.index &&
                       other.flags == entry.flags &&
                       ((entry.flags & kCased) == 0 || other.spelling == entry.spelling);
            });
        pending.layers |= layers;
        if (!repeated) pending.entries.push_back(std::move(entry));
        return true;
    }

    // --- files
    // ---------------------------------------------------------------------------------------------------------------------

    void read_actors(const LexiconFile& file) {
        TableReader table(file, {"id", "name", "type"},
                          {"country", "wikidata", "aliases", "source"}, errors_);
        while (table.next()) {
            ActorRow row;
            row.place = {file_, table.line()};
            row.id = table["id"].text;
            row.name = table["name"].text;
            row.country = table["country"].text;
            row.wikidata = table["wikidata"].text;
            const Cell type = table["type"];
            const auto known = actor_type_from(type.text);
            if (!known) {
                table.fail(type, "unknown type '" + std::string(type.text) +
                                     "'; known: " + joined(kActorTypes));
                continue;
            }
            row.type = *known;
            if (row.id.empty() ||
                row.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") !=
                    std::string::npos) {
                table.fail(table["id"], "an id has only a-z, 0-9 and '-': '" + row.id + "'");
                continue;
            }
            if (row.name.empty()) {
                table.fail(table["name"], "the name is empty");
                continue;
            }
            if (!row.country.empty() && (row.country.size() != 3 ||
                                         row.country.find_first_not_of(
                                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)) {
                table.fail(
                    table["country"],
                    "a country is three capital letters (ISO 3166 alpha-3): '" + row.country + "'");
                continue;
            }
            if (!row.wikidata.empty() &&
                (row.wikidata[0] != 'Q' || row.wikidata.size() < 2 ||
                 row.wikidata.find_first_not_of("0123456789", 1) != std::string::npos)) {
                table.fail(table["wikidata"],
                           "a Wikidata id is Q and digits: '" + row.wikidata + "'");
                continue;
            }
            const auto index = static_cast<std::uint32_t>(data_->actors.size());
            const auto [same, fresh] = data_->actor_by_id.try_emplace(row.id, index);
            if (!fresh) {
                table.fail(table["id"], "the id '" + row.id + "' stands already at " +
                                            data_->row_name(data_->actors[same->second].place));
                continue;
            }
            const std::string bare(without_qualifier(row.name));
            // A row may say of its own bare name that it is weak: "Ministry of Health (Iran)" is
            // called so only beside a stronger name.
            const auto values = split_values(table["aliases"]);
            const bool weak = std::any_of(values.begin(), values.end(), [&](const Cell& value) {
                return value.text == "weak:" + bare;
            });
            if (!add_name(bare, {Meaning::actor,
                                 Form::name,
                                 static_cast<std::uint8_t>(weak ? kCapital | kWeak : kCapital),
                                 0,
                                 index,
                                 {}})) {
                table.fail(table["name"], "the name has no letter or digit");
                continue;
            }
            for (const Cell& value : values) {
                if (!repeats_with_article(value.text, values, bare))
                    read_alias(table, value, index, row);
            }
            data_->actors.push_back(std::move(row));
        }
    }

    /// "The Kremlin" beside "Kremlin", "the UN" beside "acronym:UN". Matched, it would be the
    /// leftmost and hide "United Nations Security Council".
    [[nodiscard]] static bool repeats_with_article(std::string_view value,
                                                   const std::vector<Cell>& values,
                                                   std::string_view name) {
        const auto spelling = [](std::string_view text) {
            for (const std::string_view prefix : {"metonym:", "acronym:", "alias:"}) {
                if (text.substr(0, prefix.size()) == prefix) text.remove_prefix(prefix.size());
            }
            return text;
        };
        const std::string_view whole = spelling(value);
        if (whole.size() <= 4 || lower_ascii(whole.substr(0, 4)) != "the ") return false;
        const std::string_view rest = whole.substr(4);
        return rest == name || std::any_of(values.begin(), values.end(), [&](const Cell& other) {
                   return spelling(other.text) == rest;
               });
    }

    void read_alias(TableReader& table, const Cell& value, std::uint32_t index, ActorRow& row) {
        std::string_view name = value.text;
        Entry entry{Meaning::actor, Form::alias, kCapital, 0, index, {}};
        bool listed = true;
        const std::size_t colon = name.find(':');
        if (colon != std::string_view::npos &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == colon) {
            const std::string_view prefix = name.substr(0, colon);
            name.remove_prefix(colon + 1);
            while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
            if (prefix == "acronym") {
                entry.form = Form::acronym;
                entry.flags = kCased;
            } else if (prefix == "metonym") {
                entry.meaning = Meaning::metonym;
                entry.form = Form::metonym;
                listed = false;
            } else if (prefix == "misspelling") {
                entry.form = Form::misspelling;
                listed = false;
            } else if (prefix == "surname") {
                entry.flags |= kSurname;
                listed = false;
            } else if (prefix == "weak") {
                const bool capitals =
                    name.size() >= 2 &&
                    name.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
                entry.flags =
                    static_cast<std::uint8_t>(capitals ? kWeak | kCased : kWeak | kCapital);
                listed = false;
            } else if (prefix == "nominal") {
                entry.form = Form::nominal;
                entry.flags = 0;
                listed = false;
            } else if (prefix != "alias") {
                table.fail(value,
                           "unknown prefix '" + std::string(prefix) +
                               ":'; known: alias acronym metonym misspelling surname weak nominal");
                return;
            }
        }
        if (!add_name(name, entry)) {
            table.fail(value, "the alias has no letter or digit");
            return;
        }
        if (listed && name != row.name) row.aliases.emplace_back(name);
    }

    std::optional<std::uint32_t> actor(TableReader& table, const Cell& cell) {
        const auto found = data_->actor_by_id.find(std::string(cell.text));
        if (found != data_->actor_by_id.end()) return found->second;
        table.fail(cell, "no actor has the id '" + std::string(cell.text) + "'");
        return std::nullopt;
    }

    void read_countries(const LexiconFile& file) {
        TableReader table(file, {"id", "iso3", "adjectives", "people", "metonyms"},
                          {"government", "military", "source"}, errors_);
        while (table.next()) {
            const auto state = actor(table, table["id"]);
            if (!state) continue;
            CountryRow row;
            row.place = {file_, table.line()};
            row.actor = *state;
            row.iso3 = table["iso3"].text;
            const auto index = static_cast<std::uint32_t>(data_->countries.size());
            for (const Cell& value : split_values(table["adjectives"])) {
                if (row.adjective.empty()) row.adjective = value.text;
                add_phrase(value.text, {Meaning::adjective, Form::name, kCapital, 0, index, {}});
            }
            for (const Cell& value : split_values(table["people"]))
                add_phrase(value.text, {Meaning::people, Form::name, kCapital, 0, index, {}});
            const auto metonyms = split_values(table["metonyms"]);
            for (const Cell& value : metonyms) {
                if (!repeats_with_article(value.text, metonyms, {}))
                    add_phrase(value.text,
                               {Meaning::metonym, Form::metonym, kCapital, 0, *state, {}});
            }
            // "government-of-x|other-government@2025-03-29": what took its place, and when.
            for (Cell value : split_values(table["government"])) {
                const std::size_t since = value.text.find('@');
                const auto from = since == std::string_view::npos
                                      ? std::nullopt
                                      : parse_day_range(value.text.substr(since + 1));
                if (since != std::string_view::npos && !from) {
                    table.fail(value, "a date is YYYY-MM-DD, YYYY-MM or YYYY: '" +
                                          std::string(value.text.substr(since + 1)) + "'");
                    continue;
                }
                value.text = value.text.substr(0, since);
                const std::uint32_t body = actor(table, value).value_or(kNoRow);
                if (!from) {
                    row.government = body;
                } else if (body != kNoRow && row.government != kNoRow) {
                    data_->later_governments.push_back({row.government, body, from->first});
                }
            }
            if (const Cell cell = table["military"]; !cell.text.empty())
                row.military = actor(table, cell).value_or(kNoRow);
            data_->actors[*state].state = index;
            data_->countries.push_back(std::move(row));
        }
    }

    void read_offices(const LexiconFile& file) {
        TableReader table(file, {"id", "title", "body", "nouns"}, {"source"}, errors_);
        while (table.next()) {
            OfficeRow row;
            row.id = table["id"].text;
            row.title = table["title"].text;
            row.place = {file_, table.line()};
            const auto body = actor(table, table["body"]);
            if (!body) continue;
            row.body = *body;
            const auto index = static_cast<std::uint32_t>(data_->offices.size());
            const auto [same, fresh] = office_by_id_.try_emplace(row.id, index);
            if (!fresh) {
                table.fail(table["id"], "the office '" + row.id + "' stands already at " +
                                            data_->row_name(data_->offices[same->second].place));
                continue;
            }
            for (const Cell& value : split_values(table["nouns"])) {
                // "prime-minister" and "prime minister" are one phrase, so one noun.
                std::string noun = lower_ascii(value.text);
                std::replace(noun.begin(), noun.end(), '-', ' ');
                const auto [place, is_new] = office_noun_by_text_.try_emplace(
                    noun, static_cast<std::uint32_t>(data_->office_nouns.size()));
                if (is_new) {
                    data_->office_nouns.push_back({noun, {}});
                    add_phrase(noun, {Meaning::office_noun, Form::role, 0, 0, place->second, {}});
                }
                data_->office_nouns[place->second].offices.push_back(index);
            }
            data_->offices.push_back(std::move(row));
        }
    }

    void read_holders(const LexiconFile& file) {
        TableReader table(file, {"office", "person", "from", "to"}, {"note", "source"}, errors_);
        while (table.next()) {
            HolderRow row;
            row.place = {file_, table.line()};
            const auto office = office_by_id_.find(std::string(table["office"].text));
            if (office == office_by_id_.end()) {
                table.fail(table["office"],
                           "no office has the id '" + std::string(table["office"].text) + "'");
                continue;
            }
            row.office = office->second;
            const auto person = actor(table, table["person"]);
            if (!person) continue;
            row.person = *person;
            const auto from = parse_day_range(table["from"].text);
            if (!from) {
                table.fail(table["from"], "a date is YYYY-MM-DD, YYYY-MM or YYYY: '" +
                                              std::string(table["from"].text) + "'");
                continue;
            }
            row.from = from->first;
            row.to = kOpenEnd;
            if (const Cell cell = table["to"]; !cell.text.empty()) {
                const auto to = parse_day_range(cell.text);
                if (!to || to->last < row.from) {
                    table.fail(cell, to ? "the term ends before it begins"
                                        : "a date is YYYY-MM-DD, YYYY-MM or YYYY: '" +
                                              std::string(cell.text) + "'");
                    continue;
                }
                row.to = to->last;
            }
            row.note = table["note"].text;
            data_->holders.push_back(std::move(row));
        }
    }

    template <std::size_t N>
    std::uint64_t codes(TableReader& table, const Cell& cell,
                        const std::array<std::string_view, N>& known) {
        std::uint64_t set = 0;
        for (const Cell& value : split_values(cell)) {
            if (const auto index = index_in(known, value.text)) {
                set |= std::uint64_t{1} << *index;
                continue;
            }
            std::string all;
            for (const std::string_view code : known)
                all += (all.empty() ? "" : " ") + std::string(code);
            table.fail(value, "unknown code '" + std::string(value.text) + "'; known: " + all);
        }
        return set;
    }

    void read_sectors(const LexiconFile& file) {
        TableReader table(file, {"words", "ids", "plover", "cameo"}, {"source"}, errors_);
        while (table.next()) {
            const SectorCodes sector{codes(table, table["plover"], kPloverCodes),
                                     codes(table, table["cameo"], kCameoCodes)};
            for (const Cell& value : split_values(table["words"])) {
                tokens_.clear();
                text::tokenize_simply(value.text, tokens_);
                hashes_.clear();
                for (const text::Token& token : tokens_) hashes_.push_back(token.hash);
                if (hashes_.empty() || hashes_.size() > SectorTable::kWordsMax) {
                    table.fail(value, "the words of a sector are one to " +
                                          std::to_string(SectorTable::kWordsMax));
                } else if (!data_->sectors.add_words(hashes_, sector)) {
                    table.fail(value, "'" + std::string(value.text) +
                                          "' has its sector in a row before; keep one");
                }
            }
            for (const Cell& value : split_values(table["ids"])) {
                const auto row = actor(table, value);
                if (row && !data_->sectors.add_actor(*row, sector))
                    table.fail(value, "'" + std::string(value.text) +
                                          "' has its sector in a row before; keep one");
            }
        }
    }

    void read_roles(const LexiconFile& file) {
        TableReader table(file, {"nouns", "kind"}, {"sector", "source"}, errors_);
        while (table.next()) {
            for (const Cell& value : split_values(table["nouns"])) {
                const auto index = static_cast<std::uint32_t>(data_->role_nouns.size());
                data_->role_nouns.push_back({lower_ascii(value.text),
                                             std::string(table["kind"].text),
                                             std::string(table["sector"].text),
                                             {file_, table.line()}});
                add_phrase(value.text, {Meaning::role_noun, Form::role, 0, 0, index, {}});
            }
        }
    }

    void read_cues(const LexiconFile& file) {
        TableReader table(file, {"kind", "value", "phrases"}, {"source"}, errors_);
        while (table.next()) {
            const auto kind = index_in(kCueKinds, table["kind"].text);
            if (!kind) {
                table.fail(table["kind"],
                           "unknown kind of cue '" + std::string(table["kind"].text) + "'");
                continue;
            }
            const auto index = static_cast<std::uint32_t>(data_->cues.size());
            const std::string detail(table["value"].text);
            data_->cues.push_back({static_cast<CueKind>(*kind),
                                   detail.substr(0, detail.find('.')),
                                   detail,
                                   {file_, table.line()}});
            for (const Cell& value : split_values(table["phrases"]))
                add_phrase(value.text, {Meaning::cue, Form::name, 0, 0, index, {}});
        }
    }

    void read_terms(const LexiconFile& file) {
        TableReader table(file, {"slug", "strength", "phrases"}, {"source"}, errors_);
        while (table.next()) {
            const Cell strength = table["strength"];
            if (strength.text != "core" && strength.text != "side") {
                table.fail(strength,
                           "a term is core (a halt to fighting by itself) or side (a provision or "
                           "process)");
                continue;
            }
            const auto index = static_cast<std::uint32_t>(data_->terms.size());
            data_->terms.push_back(
                {std::string(table["slug"].text), strength.text == "core", {file_, table.line()}});
            for (const Cell& value : split_values(table["phrases"]))
                add_phrase(value.text, {Meaning::term, Form::name, 0, 0, index, {}});
        }
    }

    void read_places(const LexiconFile& file) {
        TableReader table(file, {"names"}, {"source"}, errors_);
        while (table.next()) {
            for (const Cell& value : split_values(table["names"]))
                add_phrase(value.text, {Meaning::place, Form::name, kCapital, 0, 0, {}});
        }
    }

    void read_senses(const LexiconFile& file) {
        TableReader table(file, {"kind", "verbs", "nouns", "adjectives"}, {"source"}, errors_);
        while (table.next()) {
            if (table["kind"].text.empty()) {
                table.fail(table["kind"], "a row of words needs the name of their kind");
                continue;
            }
            const Senses::Kind kind = data_->senses.kind(table["kind"].text);
            for (const auto& [column, part] :
                 {std::pair("verbs", PartOfSpeech::verb), std::pair("nouns", PartOfSpeech::noun),
                  std::pair("adjectives", PartOfSpeech::adjective)}) {
                for (const Cell& value : split_values(table[column])) {
                    if (value.text.find(' ') != std::string_view::npos) {
                        table.fail(value, "a sense is of one word; phrases stand in cues.tsv");
                        continue;
                    }
                    data_->senses.add(value.text, part, kind);
                }
            }
        }
    }

    void read_given_names(const LexiconFile& file) {
        TableReader table(file, {"names"}, {"source"}, errors_);
        while (table.next()) {
            for (const Cell& value : split_values(table["names"])) {
                tokens_.clear();
                text::tokenize_simply(value.text, tokens_);
                for (const text::Token& token : tokens_) {
                    if (token.end - token.begin >= 3) ++data_->given_names[token.hash];
                }
            }
        }
    }

    void read_weights(const LexiconFile& file) {
        const bool actors = file.name.rfind("weights-actors", 0) == 0;
        const bool terms = file.name.rfind("weights-terms", 0) == 0;
        const bool confidence = file.name.rfind("weights-confidence", 0) == 0;
        const bool attributions = file.name.rfind("weights-attributions", 0) == 0;
        LinearModel& model = actors         ? data_->actor_model
                             : terms        ? data_->term_model
                             : confidence   ? data_->confidence_model
                             : attributions ? data_->attribution_model
                                            : data_->claim_model;
        const std::string program = actors         ? "training/fit_actors.py"
                                    : attributions ? "training/fit_attributions.py"
                                    : confidence   ? "training/fit_confidence.py"
                                                   : "training/fit_claims.py";
        model = actors         ? LinearModel(kActorColumns)
                : terms        ? LinearModel(kTermColumns)
                : confidence   ? LinearModel(kConfidenceColumns)
                : attributions ? LinearModel(kAttributionColumns)
                               : LinearModel(kModelColumns);
        const std::size_t columns = model.columns().size();
        std::vector<std::size_t> lines;
        std::vector<float> weights;
        bool headed = false;
        std::size_t line = 0;
        std::string_view rest = file.text;
        while (!rest.empty()) {
            std::string_view row = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(row.size() + 1, rest.size()));
            ++line;
            if (row.ends_with('\r')) row.remove_suffix(1);
            if (row.empty() || row.front() == '#') continue;
            std::string name;
            weights.clear();
            std::size_t column = 0;
            for (std::size_t at = 0; at <= row.size(); ++column) {
                const std::size_t end = std::min(row.find('\t', at), row.size());
                const std::string_view cell = row.substr(at, end - at);
                if (!headed) {
                    const std::string_view wanted = column == 0 ? "feature"
                                                    : column <= columns
                                                        ? model.columns()[column - 1]
                                                        : "nothing";
                    if (cell != wanted) {
                        errors_.push_back({file.name, line, at + 1,
                                           "the column is '" + std::string(cell) + "' where '" +
                                               std::string(wanted) +
                                               "' must stand; write the file again with " +
                                               program});
                        return;
                    }
                } else if (column == 0) {
                    name = cell;
                } else {
                    float weight = 0;
                    if (cell == "0") {  // most are
                        weights.push_back(0);
                        at = end + 1;
                        continue;
                    }
                    const auto [stop, failed] =
                        std::from_chars(cell.data(), cell.data() + cell.size(), weight);
                    if (failed != std::errc() || stop != cell.data() + cell.size() ||
                        !std::isfinite(weight))
                        errors_.push_back({file.name, line, at + 1,
                                           "a weight is a number: '" + std::string(cell) + "'"});
                    weights.push_back(weight);
                }
                at = end + 1;
            }
            if (!headed) {
                if (column != columns + 1) {
                    errors_.push_back({file.name, line, 1,
                                       "columns are missing behind the " + std::to_string(column) +
                                           " that stand here; write the file again with " +
                                           program});
                    return;
                }
                headed = true;
                continue;
            }
            if (weights.size() != columns) {
                errors_.push_back(
                    {file.name, line, 1, "the row has not one weight for each column"});
                return;
            }
            model.add(std::move(name), weights);
            lines.push_back(line);
        }
        std::size_t twin = 0;
        if (!model.index(twin))
            errors_.push_back({file.name, lines[twin], 1,
                               "a second row for the feature '" +
                                   model.name(static_cast<std::uint32_t>(twin)) + "'; keep one"});
    }

    // --- linking
    // -------------------------------------------------------------------------------------------------------------------

    void link() {
        LexiconData& data = *data_;
        data.offices_of_body.resize(data.actors.size());
        data.holders_of_office.resize(data.offices.size());
        data.holders_of_person.resize(data.actors.size());
        for (std::uint32_t i = 0; i < data.offices.size(); ++i)
            data.offices_of_body[data.offices[i].body].push_back(i);
        for (std::uint32_t i = 0; i < data.countries.size(); ++i)
            data.country_by_iso3.try_emplace(data.countries[i].iso3, i);
        data.holders_of_country.resize(data.countries.size());
        for (std::uint32_t i = 0; i < data.holders.size(); ++i) {
            const HolderRow& term = data.holders[i];
            data.holders_of_office[term.office].push_back(i);
            data.holders_of_person[term.person].push_back(i);
            const auto country = data.country_by_iso3.find(data.actors[term.person].country);
            if (country != data.country_by_iso3.end())
                data.holders_of_country[country->second].push_back(i);
        }
        note_police();
        for (ActorRow& row : data.actors) {
            if (row.type != ActorType::person) continue;
            tokens_.clear();
            text::tokenize_simply(row.name, tokens_);
            if (tokens_.size() >= 2)
                row.surname = family_name_first(row.name, tokens_, row.country)
                                  ? tokens_.front().hash
                                  : tokens_.back().hash;
            if (tokens_.size() >= 2) data.surnames.insert(row.surname);
            if (tokens_.size() >= 2 && tokens_[0].end - tokens_[0].begin >= 3)
                ++data.given_names[tokens_[0].hash];
            const auto index = static_cast<std::uint32_t>(&row - data.actors.data());
            data.person_skeletons.emplace_back(name_skeleton(without_qualifier(row.name)), index);
            for (const std::string& alias : row.aliases)
                data.person_skeletons.emplace_back(name_skeleton(alias), index);
        }
        std::sort(data.person_skeletons.begin(), data.person_skeletons.end());
        data.person_skeletons.erase(
            std::unique(data.person_skeletons.begin(), data.person_skeletons.end()),
            data.person_skeletons.end());
        data.phrase_entries.reserve(pending_.size());
        for (Pending& pending : pending_) {
            data.phrases.add(pending.hashes, pending.layers,
                             std::any_of(pending.entries.begin(), pending.entries.end(),
                                         [&](const Entry& entry) {
                                             return tells_topic(data, entry) || names_actor(entry);
                                         }));
            const auto begin = static_cast<std::uint32_t>(data.entries.size());
            std::uint8_t free = 0;
            for (const Entry& entry : pending.entries) {
                if ((entry.flags & (kCased | kCapital | kPlus)) == 0)
                    free = static_cast<std::uint8_t>(
                        free | 1U << static_cast<unsigned>(layer_of(entry.meaning)));
            }
            data.phrase_free.push_back(free);
            for (Entry& entry : pending.entries) data.entries.push_back(std::move(entry));
            data.phrase_entries.push_back({begin, static_cast<std::uint32_t>(data.entries.size())});
        }
        data.phrases.finish();
    }

    void note_police() {
        LexiconData& data = *data_;
        data.only_police.assign(data.countries.size(), kNoRow);
        std::vector<std::uint8_t> several(data.countries.size(), 0);
        for (std::uint32_t i = 0; i < data.actors.size(); ++i) {
            const ActorRow& row = data.actors[i];
            if (row.type != ActorType::government_body ||
                row.name.find("Police") == std::string::npos)
                continue;
            const auto country = data.country_by_iso3.find(row.country);
            if (country == data.country_by_iso3.end()) continue;
            std::uint32_t& police = data.only_police[country->second];
            several[country->second] = police == kNoRow ? 0 : 1;
            if (police == kNoRow) police = i;
        }
        for (std::uint32_t i = 0; i < data.countries.size(); ++i) {
            if (several[i] != 0) data.only_police[i] = kNoRow;
        }
    }

    struct Pending {
        std::vector<std::uint64_t> hashes;
        std::uint8_t layers = 0;
        std::vector<Entry> entries;
    };

    std::unique_ptr<LexiconData> data_;
    std::vector<LexiconError> errors_;
    std::vector<Later> later_;
    std::uint32_t file_ = 0;
    std::unordered_map<std::string, std::uint32_t> office_by_id_;
    std::unordered_map<std::string, std::uint32_t> office_noun_by_text_;
    std::unordered_map<std::string, std::uint32_t> phrase_of_;
    std::vector<Pending> pending_;
    std::vector<text::Token> tokens_;
    std::vector<std::uint64_t> hashes_;
    std::string key_;
};

}  // namespace

std::string_view to_string(ActorType type) { return kActorTypes[static_cast<std::size_t>(type)]; }
std::string_view to_string(Form form) { return kForms[static_cast<std::size_t>(form)]; }

std::optional<ActorType> actor_type_from(std::string_view name) {
    const auto index = index_in(kActorTypes, name);
    return index ? std::optional(static_cast<ActorType>(*index)) : std::nullopt;
}

std::string LexiconError::to_string() const {
    return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

Lexicon::Lexicon(std::unique_ptr<const LexiconData> data) : data_(std::move(data)) {}
Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
std::string_view Lexicon::version() const { return data_->version; }

Expected<Lexicon, std::vector<LexiconError>> Lexicon::compile(
    const std::vector<LexiconFile>& files) {
    // In order of names, so that the order in which a directory is listed changes nothing.
    std::vector<const LexiconFile*> sorted;
    for (const LexiconFile& file : files) sorted.push_back(&file);
    std::sort(sorted.begin(), sorted.end(),
              [](const LexiconFile* a, const LexiconFile* b) { return a->name < b->name; });
    Compiler compiler;
    for (const LexiconFile* file : sorted) compiler.read(*file);
    auto data = compiler.finish();
    if (!data) return Unexpected(std::move(data).error());
    return Lexicon(std::move(*data));
}

}  // namespace ceasewire
