#include "lexicon/lookup.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "lexicon/calendar.h"
#include "text/token.h"
#include "text/utf8.h"

namespace ceasewire {
namespace {

constexpr std::size_t kNearMax = 10;

struct Words {
    std::vector<std::uint64_t> hashes;
    std::string folded;  ///< the words with one blank between
};

Words words_of(std::string_view name) {
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    Words words;
    for (const text::Token& token : tokens) {
        words.hashes.push_back(token.hash);
        if (!words.folded.empty()) words.folded += ' ';
        text::append_folded(slice(name, token.span()), words.folded);
    }
    return words;
}

/// Edits (a letter more, less, other, or two swapped) from one to the other, up to `limit` + 1.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::string term_text(const HolderRow& row, const LexiconData& data) {
    std::string out = "held " + data.offices[row.office].title + " from " + date_text(row.from) +
                      (row.to == kOpenEnd ? " on" : " to " + date_text(row.to));
    if (!row.note.empty()) out += ", " + row.note;
    return out + " (" + data.row_name(row.place) + ")";
}

class Finder {
public:
    Finder(std::string_view name, std::optional<std::int32_t> day, const LexiconData& data)
        : wanted_(words_of(name)), day_(day), data_(data) {}

    Lookup run() {
        if (wanted_.hashes.empty()) return {};
        for (const Entry& entry : data_.entries) {
            if (layer_of(entry.meaning) == Layer::names &&
                words_of(entry.spelling).hashes == wanted_.hashes)
                take(entry);
        }
        offices();
        if (lookup_.answers.empty()) near();
        return std::move(lookup_);
    }

private:
    Lookup::Answer& answer(std::uint32_t actor, std::uint32_t office) {
        for (Lookup::Answer& each : lookup_.answers) {
            if (each.actor == actor && each.office == office) return each;
        }
        Lookup::Answer& fresh = lookup_.answers.emplace_back();
        fresh.actor = actor;
        fresh.office = office;
        return fresh;
    }

    void take(const Entry& entry) {
        if (entry.meaning == Meaning::place) return;
        const bool country =
            entry.meaning == Meaning::adjective || entry.meaning == Meaning::people;
        const std::uint32_t actor = country ? data_.countries[entry.index].actor : entry.index;
        const RowPlace place =
            country ? data_.countries[entry.index].place : data_.actors[actor].place;
        const bool fresh =
            std::none_of(lookup_.answers.begin(), lookup_.answers.end(),
                         [&](const Lookup::Answer& each) { return each.actor == actor; });
        Lookup::Answer& to = answer(actor, kNoRow);
        std::string reason = entry.meaning == Meaning::adjective ? "adjective"
                             : entry.meaning == Meaning::people  ? "word for its people"
                             : entry.meaning == Meaning::metonym ? "seat that speaks for it"
                             : (entry.flags & kSurname) != 0     ? "surname"
                                                             : std::string(to_string(entry.form));
        reason += " '" + entry.spelling + "' (" + data_.row_name(place) + ")";
        if ((entry.flags & kWeak) != 0) reason += ", only beside a fuller name";
        if ((entry.flags & kCased) != 0) reason += ", in this spelling only";
        to.why.push_back(std::move(reason));
        if (!fresh) return;
        for (const std::uint32_t row : data_.holders_of_person[actor]) {
            if (holds(data_.holders[row])) to.why.push_back(term_text(data_.holders[row], data_));
        }
    }

    [[nodiscard]] bool holds(const HolderRow& row) const {
        return !day_ || (row.from <= *day_ && *day_ <= row.to);
    }

    /// "prime minister of Ruritania", "the Ruritanian prime minister", a title as its row has it.
    void offices() {
        std::set<std::uint32_t> found;
        for (std::uint32_t i = 0; i < data_.offices.size(); ++i) {
            if (words_of(data_.offices[i].title).hashes == wanted_.hashes) found.insert(i);
        }
        std::unordered_set<std::uint64_t> fillers;
        for (const char* word : {"of", "the", "s"}) fillers.insert(words_of(word).hashes.front());
        for (const OfficeNoun& noun : data_.office_nouns) {
            const auto hashes = words_of(noun.noun).hashes;
            const auto at = std::search(wanted_.hashes.begin(), wanted_.hashes.end(),
                                        hashes.begin(), hashes.end());
            if (hashes.empty() || at == wanted_.hashes.end()) continue;
            std::vector<std::uint64_t> rest(wanted_.hashes.begin(), at);
            rest.insert(rest.end(), at + static_cast<std::ptrdiff_t>(hashes.size()),
                        wanted_.hashes.end());
            std::erase_if(rest, [&](std::uint64_t hash) { return fillers.contains(hash); });
            if (rest.empty()) continue;
            const auto bodies = bodies_named(rest);
            for (const std::uint32_t office : noun.offices) {
                if (bodies.contains(data_.offices[office].body)) found.insert(office);
            }
        }
        for (const std::uint32_t office : found) {
            bool held = false;
            for (const std::uint32_t row : data_.holders_of_office[office]) {
                if (!holds(data_.holders[row])) continue;
                held = true;
                answer(data_.holders[row].person, office)
                    .why.push_back(term_text(data_.holders[row], data_));
            }
            if (!held)
                answer(kNoRow, office)
                    .why.push_back("nobody is known to have held it (" +
                                   data_.row_name(data_.offices[office].place) + ")");
        }
    }

    /// The actors that these words name, states by their adjective too.
    std::set<std::uint32_t> bodies_named(const std::vector<std::uint64_t>& hashes) const {
        std::set<std::uint32_t> bodies;
        for (const Entry& entry : data_.entries) {
            if (layer_of(entry.meaning) != Layer::names || entry.meaning == Meaning::place ||
                words_of(entry.spelling).hashes != hashes)
                continue;
            const bool country =
                entry.meaning == Meaning::adjective || entry.meaning == Meaning::people;
            bodies.insert(country ? data_.countries[entry.index].actor : entry.index);
        }
        return bodies;
    }

    void near() {
        const std::size_t limit = wanted_.folded.size() < 6 ? 1 : 2;
        std::set<std::pair<std::size_t, std::string>> likest;
        for (const Entry& entry : data_.entries) {
            if (entry.meaning != Meaning::actor && entry.meaning != Meaning::metonym) continue;
            const Words words = words_of(entry.spelling);
            std::size_t distance = edits(wanted_.folded, words.folded, limit);
            if (distance > limit &&
                std::all_of(wanted_.hashes.begin(), wanted_.hashes.end(), [&](auto hash) {
                    return std::find(words.hashes.begin(), words.hashes.end(), hash) !=
                           words.hashes.end();
                }))
                distance = limit + 1;
            else if (distance > limit)
                continue;
            const ActorRow& actor = data_.actors[entry.index];
            likest.emplace(distance, "'" + entry.spelling + "': " + actor.id + " (" +
                                         data_.row_name(actor.place) + ")");
        }
        for (const auto& [distance, line] : likest) {
            if (lookup_.near.size() == kNearMax) break;
            lookup_.near.push_back(line);
        }
    }

    const Words wanted_;
    const std::optional<std::int32_t> day_;
    const LexiconData& data_;
    Lookup lookup_;
};

}  // namespace

Lookup look_up(std::string_view name, std::optional<std::int32_t> day, const LexiconData& data) {
    return Finder(name, day, data).run();
}

}  // namespace ceasewire
