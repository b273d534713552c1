/// Who is in the document. Names come from the lexicon and by shape; bodies, roles and groups are
/// built around their nouns; states and capitals count where they act and not where they are
/// places.

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "analysis/actor_features.h"
#include "analysis/context.h"
#include "analysis/passes.h"
#include "text/utf8.h"

namespace ceasewire::analysis {
namespace {

/// Edit distance of two short words, up to `most`; anything beyond gives most + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size() + most || b.size() > a.size() + most || a.size() > 40 || b.size() > 40)
        return most + 1;
    std::array<std::size_t, 42> row{};
    for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t above = row[k];
            row[k] =
                std::min({row[k] + 1, row[k - 1] + 1, diagonal + (a[i - 1] == b[k - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return std::min(row[b.size()], most + 1);
}

std::string folded(std::string_view word) {
    std::string out;
    text::append_folded(word, out);
    return out;
}

std::string slug(std::string_view name) {
    std::string out;
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    for (const text::Token& token : tokens) {
        if (!out.empty()) out += '-';
        text::append_folded(slice(name, token.span()), out);
    }
    return out;
}

/// A name found, before it is known which actor it denotes.
struct NameHit {
    TokenIndex begin = 0;
    TokenIndex end = 0;
    const Entry* entry = nullptr;  ///< of meaning actor or metonym
};

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
    }

    void run() {
        collect_names();
        take_people_and_bodies();
        find_unknown_names();
        take_office_and_surname();
        take_surnames();
        take_weak_names();
        take_misspellings();
        find_role_heads();
        take_states();
        finish();
    }

private:
    // --- small questions about the text
    // ---------------------------------------------------------------------------------------------

    [[nodiscard]] bool skipped(TokenIndex t) const { return analysis_.furniture[sentence_of_[t]]; }
    [[nodiscard]] bool free(TokenIndex begin, TokenIndex end) const {
        for (TokenIndex t = begin; t < end; ++t) {
            if (covered_[t] != 0) return false;
        }
        return true;
    }

    [[nodiscard]] const RoleNoun* role_noun_at(TokenIndex t, std::string_view prefix,
                                               const PhraseMatch** match = nullptr) const {
        const PhraseMatch* found = view_.at(Layer::nouns, t);
        if (found == nullptr) return nullptr;
        const RoleNoun* noun = nullptr;
        view_.entries(*found, [&](const Entry& entry) {
            if (entry.meaning != Meaning::role_noun || noun != nullptr) return;
            const RoleNoun& candidate = data_.role_nouns[entry.index];
            if (std::string_view(candidate.kind).substr(0, prefix.size()) == prefix)
                noun = &candidate;
        });
        if (match != nullptr) *match = found;
        return noun;
    }

    // --- actors
    // ----------------------------------------------------------------------------------------------------------------------

    /// A government that another followed is called by what it is on the article's day.
    [[nodiscard]] std::uint32_t government_of_the_day(std::uint32_t row) const {
        if (!options_.day || data_.actors[row].type != ActorType::government_body) return row;
        std::uint32_t now = row;
        for (const LaterGovernment& later : data_.later_governments) {
            if (later.before == row && later.from <= *options_.day) now = later.row;
        }
        return now;
    }

    std::uint32_t actor_of_row(std::uint32_t row) {
        if (const auto known = by_row_.find(row); known != by_row_.end()) return known->second;
        if (const std::uint32_t now = government_of_the_day(row); now != row)
            return by_row_[row] = actor_of_row(now);
        const auto index = static_cast<std::uint32_t>(analysis_.actors.size());
        by_row_[row] = index;
        const ActorRow& from = data_.actors[row];
        FoundActor actor;
        actor.row = row;
        actor.id = from.id;
        actor.name = from.name;
        actor.type = from.type;
        actor.country = from.country;
        actor.state = from.state;
        if (actor.state == kNoRow && !from.country.empty())
            actor.state = country_by_code(from.country);
        if (from.type == ActorType::person) {
            for (const std::uint32_t holder : data_.holders_of_person[row]) {
                const HolderRow& term = data_.holders[holder];
                if (options_.day && term.from <= *options_.day && *options_.day <= term.to) {
                    const std::string_view title = data_.offices[term.office].title;
                    if (std::find(actor.roles.begin(), actor.roles.end(), title) ==
                        actor.roles.end())
                        actor.roles.push_back(title);
                }
            }
        }
        if (actor.type == ActorType::armed_group) {
            several_armed_ = only_armed_ >= 0;
            if (!several_armed_) only_armed_ = index;
        }
        analysis_.actors.push_back(std::move(actor));
        return index;
    }

    std::uint32_t country_by_code(std::string_view iso3) {
        if (countries_.empty()) {
            for (std::uint32_t i = 0; i < data_.countries.size(); ++i)
                countries_.try_emplace(data_.countries[i].iso3, i);
        }
        const auto found = countries_.find(iso3);
        return found == countries_.end() ? kNoRow : found->second;
    }

    /// Makes an actor that the lexicon lacks, or finds the one made before under this name (or
    /// `key`, where several names are one).
    std::uint32_t new_actor(std::string name, ActorType type, std::uint32_t country, bool named,
                            std::string_view same = {}) {
        const std::string key =
            (named ? "n:" : "g:") + (same.empty() ? slug(name) : std::string(same));
        const auto [place, fresh] =
            by_name_.try_emplace(key, static_cast<std::uint32_t>(analysis_.actors.size()));
        if (!fresh) return place->second;
        FoundActor actor;
        if (named) actor.id = "x-" + slug(name);
        actor.name = std::move(name);
        actor.type = type;
        actor.state = country;
        if (country != kNoRow) actor.country = data_.countries[country].iso3;
        analysis_.actors.push_back(std::move(actor));
        return place->second;
    }

    void mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form,
                 std::string why) {
        mention(begin, end, actor, form, std::move(why), end);
    }

    /// Words from `cover` on stay free for mentions of their own: the states in "leaders of Egypt
    /// and Qatar".
    void mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form, std::string why,
                 TokenIndex cover) {
        analysis_.mentions.push_back(
            {view_.span_of(begin, end), begin, end, actor, form, std::move(why)});
        for (TokenIndex t = begin; t < cover; ++t) covered_[t] = 1;
        note_body(begin, end, actor);
        switch (analysis_.actors[actor].type) {
            case ActorType::person:
                if (person_starting_[begin] < 0) person_starting_[begin] = actor;
                person_ending_[end - 1] = actor;
                break;
            case ActorType::role_group:
            case ActorType::armed_group:
                if (analysis_.actors[actor].id.empty()) groups_.push_back({begin, actor});
                break;
            default:
                break;
        }
    }

    /// Notes where armed groups and administrations are named, for "the rebels" and "the
    /// administration". What comes out of order is not needed.
    void note_body(TokenIndex begin, TokenIndex end, std::uint32_t actor) {
        const FoundActor& found = analysis_.actors[actor];
        if (found.row == kNoRow) return;
        if (found.type == ActorType::armed_group &&
            (armed_.empty() || armed_.back().begin <= begin))
            armed_.push_back({begin, actor});
        if (found.type == ActorType::government_body && view_.is(end - 1, "administration") &&
            (administrations_.empty() || administrations_.back().begin <= begin))
            administrations_.push_back({begin, actor});
    }

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

    // --- names of the lexicon
    // ----------------------------------------------------------------------------------------------------------

    void collect_names() {
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::names) || skipped(match.token))
                continue;
            const Entry* best = nullptr;
            view_.entries(match, [&](const Entry& entry) {
                if (entry.meaning != Meaning::actor && entry.meaning != Meaning::metonym) return;
                if (best == nullptr || rank(entry) > rank(*best)) best = &entry;
            });
            note_country(match);
            if (best == nullptr) {
                bool place = false;
                view_.entries(match, [&](const Entry& entry) {
                    place = place || entry.meaning == Meaning::place;
                });
                for (TokenIndex t = match.token; place && t < match.token + match.tokens; ++t)
                    in_name_[t] = kInside;
                continue;
            }
            names_.push_back({match.token, match.token + match.tokens, best});
            // "United States" holds no group called "States".
            if (match.tokens > 1 || best->meaning == Meaning::actor) {
                const bool weak = (best->flags & kWeak) != 0;
                const std::uint8_t inside =
                    weak ? kInsideWeak
                    : match.tokens > 1 || data_.actors[best->index].type == ActorType::state
                        ? kInside
                        : kAlone;
                for (TokenIndex t = match.token; t < match.token + match.tokens; ++t)
                    in_name_[t] = inside;
            }
        }
    }

    void note_country(const PhraseMatch& match) {
        std::uint32_t country = kNoRow;
        float weight = 0;
        view_.entries(match, [&](const Entry& entry) {
            switch (entry.meaning) {
                case Meaning::adjective:
                case Meaning::people:
                    country = entry.index;
                    weight = 1;
                    break;
                case Meaning::actor:
                case Meaning::metonym: {
                    const ActorRow& row = data_.actors[entry.index];
                    if (weight > 0 || (entry.flags & kWeak) != 0) break;
                    country = row.state != kNoRow ? row.state
                              : row.country.empty() || row.type == ActorType::media ||
                                      row.type == ActorType::company
                                  ? kNoRow
                                  : country_by_code(row.country);
                    weight = row.type == ActorType::state ? 1.0F : 0.6F;
                    break;
                }
                default:
                    break;
            }
        });
        if (country == kNoRow) return;
        countries_named_.push_back({match.token, country, weight});
        const auto same = std::find_if(country_weights_.begin(), country_weights_.end(),
                                       [&](const auto& known) { return known.first == country; });
        if (same == country_weights_.end()) {
            country_weights_.emplace_back(country, weight);
        } else {
            same->second += weight;
        }
    }

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
    [[nodiscard]] int rank(const Entry& entry) const {
        int value = entry.meaning == Meaning::actor ? 10 : 0;
        if (entry.form == Form::name) value += 5;
        if ((entry.flags & kWeak) != 0) value -= 8;
        if ((entry.flags & kSurname) != 0) value -= 2;
        const ActorRow& row = data_.actors[entry.index];
        if (row.type == ActorType::person && options_.day) {
            for (const std::uint32_t holder : data_.holders_of_person[entry.index]) {
                if (data_.holders[holder].from <= *options_.day &&
                    *options_.day <= data_.holders[holder].to) {
                    value += 1;
                    break;
                }
            }
        }
        return value;
    }

    void take_people_and_bodies() {
        for (const NameHit& hit : names_) {
            const Entry& entry = *hit.entry;
            const ActorRow& row = data_.actors[entry.index];
            if (entry.meaning == Meaning::metonym || row.type == ActorType::state ||
                (entry.flags & kWeak) != 0)
                continue;
            if (!free(hit.begin, hit.end)) continue;
            if (row.type == ActorType::media && credit(hit)) continue;
            if (row.type == ActorType::igo && hit.end < sentence_end(hit.begin) &&
                view_.adjacent(hit.end) && view_.is_any(hit.end, "summit", "summits"))
                continue;  // a meeting's name
            if (mere_seat(hit, row) || attributive(hit, row) || of_a_war(hit) || prefixed(hit))
                continue;
            if (hit.end - hit.begin == 1 && row.type != ActorType::person &&
                word_of_body(hit.begin))
                continue;
            if (row.type == ActorType::other && view_.is(hit.end - 1, "hospital") &&
                !acts_after(hit.end))
                continue;
            if (row.type == ActorType::person) {
                const bool single = hit.end - hit.begin == 1 || (entry.flags & kSurname) != 0;
                TokenIndex begin = hit.begin;
                Form form = entry.form;
                if (single) {
                    if (sentence_lower(hit.begin)) continue;
                    Before before = given_before(hit.begin, row);
                    // "Petro O. Poroshenko"
                    const bool initial =
                        hit.begin >= sentence_begin(hit.begin) + 2 &&
                        view_.word(hit.begin - 1).size() == 1 && view_.upper(hit.begin - 1) &&
                        view_.gap_before(hit.begin) == ". " && view_.upper(hit.begin - 2);
                    if (initial) {
                        before = given_before(hit.begin - 1, row);
                        if (slug("-" + row.name + "-").find(slug(view_.word(hit.begin - 2))) == 0)
                            before = Before::same;
                        if (before == Before::same || before == Before::similar) --begin;
                    }
                    if (before == Before::other) continue;  // another person of that surname
                    if (before == Before::similar) {
                        --begin;
                        form = Form::misspelling;
                    } else if (before == Before::same) {
                        --begin;
                        form = Form::name;
                    } else if (ambiguous_word(hit.begin) || first_name_of_another(hit)) {
                        continue;
                    }
                }
                const std::uint32_t actor = actor_of_row(entry.index);
                mention(begin, hit.end, actor, form, row_why(to_string(form), row.place));
                remember_surname(row.name, actor);
                if (hit.end - begin > 1) remember_surname(text_of(begin, hit.end), actor);
            } else {
                const std::uint32_t actor = actor_of_row(entry.index);
                mention(hit.begin, hit.end, actor, entry.form,
                        row_why(to_string(entry.form), row.place));
                remember_acronym(hit.end, actor);
            }
        }
    }

    /// "pro-Palestinian factions" are no Palestinian factions; "a Trump-style deal" is nobody.
    [[nodiscard]] bool prefixed(const NameHit& hit) const {
        const auto joint = [](std::string_view gap) {
            return gap == "-" || gap == "\u2013" || gap == "\u2011" || gap == "\u2010";
        };
        if (hit.begin > sentence_begin(hit.begin) && joint(view_.gap_before(hit.begin)) &&
            view_.is_any(hit.begin - 1, "pro", "anti", "non", "ex", "post"))
            return hit.end - hit.begin > 1 || view_.is(hit.begin - 1, "post");
        if (hit.end >= sentence_end(hit.begin) || !joint(view_.gap_before(hit.end))) return false;
        if (data_.actors[hit.entry->index].type == ActorType::igo &&
            view_.is_any(hit.end, "backed", "aligned", "run", "affiliated"))
            return true;
        return view_.is_any(hit.end, "style", "esque", "era", "like", "type");
    }

    /// "at the White House", "outside the Élysée Palace": the building.
    [[nodiscard]] bool mere_seat(const NameHit& hit, const ActorRow& row) const {
        if (row.type != ActorType::government_body ||
            !view_.is_any(hit.end - 1, "house", "palace", "pentagon", "court"))
            return false;
        TokenIndex t = hit.begin;
        const TokenIndex first = sentence_begin(t);
        if (t > first && view_.is(t - 1, "the")) --t;
        if (view_.is(hit.end - 1, "court")) return false;
        if (t > first &&
            view_.is_any(t - 1, "at", "in", "outside", "near", "inside", "to", "leaving", "left",
                         "entered", "visit", "visited", "into") &&
            !(view_.is(t - 1, "to") && t > first + 1 &&
              view_.is_any(t - 2, "according", "letter", "call")))
            return true;
        return hit.end + 1 < sentence_end(hit.begin) && view_.adjacent(hit.end) &&
               view_.is_any(hit.end, "situation", "rose", "lawn", "ceremony", "meeting", "briefing",
                            "summit", "grounds", "garden");
    }

    /// "the Israeli military response", "a senior U.S. military official": a body's name that only
    /// says of what kind the next word is.
    [[nodiscard]] bool attributive(const NameHit& hit, const ActorRow& row) const {
        if (row.type != ActorType::military && row.type != ActorType::government_body) return false;
        if (hit.end >= sentence_end(hit.begin) || !view_.adjacent(hit.end) ||
            view_.upper(hit.end) || view_.upper(hit.end - 1))
            return false;
        // "Russian forces strike": a verb.
        const bool plural = view_.word(hit.end - 1).back() == 's';
        if (!plural &&
            view_.is_any(hit.end, "action", "actions", "response", "assault", "operation",
                         "operations", "strike", "strikes", "raid", "raids", "campaign",
                         "offensive", "offensives", "headquarters", "attack", "attacks",
                         "incursion", "activity", "activities", "presence", "outposts", "outpost",
                         "stations", "station", "convoy", "convoys", "checkpoint", "checkpoints",
                         "unit", "units", "hospital", "prison", "stronghold", "control", "custody",
                         "withdrawal", "pressure", "positions", "post", "posts", "base", "bases",
                         "vehicle", "vehicles", "equipment", "aid", "assistance", "escalation",
                         "occupation", "intervention", "buildup", "bombardment", "invasion",
                         "aircraft", "planes", "targets", "aggression", "figures", "data", "source",
                         "sources"))
            return true;
        // "Israeli military officials": the noun may begin inside the name ("military officials")
        // and reaches beyond it.
        TokenIndex at = hit.end;
        for (TokenIndex t = hit.begin; t < hit.end; ++t) {
            const PhraseMatch* overlap = view_.at(Layer::nouns, t);
            if (overlap == nullptr || t + overlap->tokens <= hit.end) continue;
            at = t;
            break;
        }
        if (at < hit.end && office_at(at)) return person_after(at) < 0;
        const RoleNoun* noun = role_noun_at(at, "");
        return noun != nullptr &&
               (noun->kind == "single" || noun->kind == "spokes" || noun->kind == "group" ||
                noun->kind == "weakgroup" || noun->kind == "body:military") &&
               person_after(at) < 0;
    }

    [[nodiscard]] bool office_at(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        bool yes = false;
        if (noun != nullptr)
            view_.entries(*noun, [&](const Entry& entry) {
                yes = yes || entry.meaning == Meaning::office_noun;
            });
        return yes;
    }

    /// Names of the lexicon only: the person whose name begins behind the noun at `t`.
    [[nodiscard]] std::int64_t person_after(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        if (noun == nullptr) return -1;
        const TokenIndex next = t + noun->tokens;
        return next < sentence_end(t) && view_.upper(next) && view_.adjacent(next) ? 0 : -1;
    }

    /// "Charles Whitlock" is not the king: a first name that somebody is known by, with a surname
    /// behind it.
    [[nodiscard]] bool first_name_of_another(const NameHit& hit) const {
        if (hit.end - hit.begin != 1 ||
            ((hit.entry->flags & kSurname) != 0 && sentence_at(hit.begin).title) ||
            data_.given_names.count(view_.token(hit.begin).hash) == 0)
            return false;
        TokenIndex next = hit.end;
        if (next + 1 < sentence_end(hit.begin) && view_.word(next).size() == 1 &&
            view_.upper(next) && view_.gap_before(next + 1) == ". ")
            ++next;  // "Petro O. Poroshenko"
        return next < sentence_end(hit.begin) && (next > hit.end || view_.adjacent(next)) &&
               view_.upper(next) && (name_word(next) || next > hit.end) &&
               !view_.all_caps(hit.begin) && !cue_at(next, CueKind::report);
    }

    /// "(Anatolia)", "(Reuters)" alone in brackets, or a dateline's agency: a credit, not an actor.
    [[nodiscard]] bool credit(const NameHit& hit) const {
        const std::string_view before = view_.gap_before(hit.begin);
        const std::string_view after = hit.end < view_.size()
                                           ? view_.gap_before(hit.end)
                                           : view_.text().substr(view_.token(hit.end - 1).end);
        const bool open = !before.empty() && before.back() == '(';
        const bool close = !after.empty() && after.front() == ')';
        if (open && (close || after.substr(0, 1) == "/")) return true;
        // "Alex Doe/Reuters", "(AFP via Getty Images)": who took the picture.
        if (before == "/" || after == "/") return true;
        if (hit.begin > 0 && view_.is(hit.begin - 1, "via") && view_.adjacent(hit.begin))
            return true;
        if (open && hit.end < view_.size() && view_.is(hit.end, "via")) return true;
        // "CNN — …", "Reuters - …" at the very beginning of the body.
        if (sentence_start(hit.begin) &&
            (after == " \u2014 " || after == " - " || after == " \u2013 "))
            return true;
        // A line of furniture that ends in the outlet ("… Al Jazeera" without a full stop) keeps
        // its sentence, but not the outlet.
        const bool line_end = hit.end == sentence_end(hit.begin) &&
                              (after.empty() || after.front() == '\n') &&
                              !analysis_.sentences[sentence_of_[hit.begin]].title;
        return line_end && hit.begin > sentence_begin(hit.begin) + 3 && before == " " &&
               view_.upper(hit.begin) &&
               !view_.is_any(hit.begin - 1, "to", "by", "with", "of", "the", "told", "on", "from");
    }

    /// The word is in lower case in a text that has capitals.
    [[nodiscard]] bool sentence_lower(TokenIndex t) const { return !view_.upper(t); }

    /// A surname that begins a sentence and is also a common word there; left to context.
    [[nodiscard]] bool ambiguous_word(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        return noun != nullptr;
    }

    enum class Before : std::uint8_t { none, same, similar, other };

    /// What the capitalised word before a surname says about the person.
    [[nodiscard]] Before given_before(TokenIndex surname, const ActorRow& row) const {
        if (surname == 0 || sentence_start(surname) || !view_.adjacent(surname))
            return Before::none;
        const TokenIndex t = surname - 1;
        if (!view_.upper(t) || covered_[t] != 0 || view_.all_caps(t)) return Before::none;
        if (view_.at(Layer::nouns, t) != nullptr || view_.ending_at(Layer::nouns, t) != nullptr ||
            view_.ending_at(Layer::names, t) != nullptr)
            return Before::none;
        const std::string given = folded(view_.word(t));
        std::vector<text::Token> tokens;
        text::tokenize_simply(row.name, tokens);
        for (const text::Token& token : tokens) {
            const std::string own = folded(slice(row.name, token.span()));
            if (own == given) return Before::same;
            const std::size_t most = own.size() >= 5 ? 2 : 1;
            if (!own.empty() && own[0] == given[0] && edit_distance(own, given, most) <= most &&
                own.size() >= 4)
                return Before::similar;
        }
        if (view_.token(t).end - view_.token(t).begin == 1) return Before::none;
        return data_.given_names.count(view_.token(t).hash) != 0 ? Before::other : Before::none;
    }

    void remember_surname(std::string_view name, std::uint32_t actor) {
        if (!name.empty() && name.back() == ')') {
            if (const auto open = name.rfind(" ("); open != std::string_view::npos)
                name = name.substr(0, open);
        }
        if (const auto of = name.find(" of "); of != std::string_view::npos)
            name = name.substr(0, of);  // "Salman of Saudi Arabia"
        std::vector<text::Token> tokens;
        text::tokenize_simply(name, tokens);
        if (tokens.size() < 2) return;
        surnames_[tokens.back().hash] = actor;
        person_parts_[actor] = folded(slice(name, tokens.back().span()));
        for (const text::Token& token : tokens) {
            if (token.end - token.begin >= 3) name_parts_.try_emplace(token.hash, actor);
        }
        if (family_name_first(name, tokens, analysis_.actors[actor].country))
            surnames_.try_emplace(tokens.front().hash, actor);
    }

    /// "Kim Jong Un", "Chung Eui-yong": the family name stands first.
    [[nodiscard]] static bool family_name_first(std::string_view name,
                                                const std::vector<text::Token>& tokens,
                                                std::string_view country) {
        const bool east = country == "PRK" || country == "KOR" || country == "CHN" ||
                          country == "TWN" || country == "VNM" || country == "KHM" ||
                          country == "HKG";
        if (east) return tokens[0].end - tokens[0].begin >= 2;
        if (!country.empty() || tokens.size() != 3) return false;
        const std::string_view joint = name.substr(tokens[1].end, tokens[2].begin - tokens[1].end);
        const char last = name[tokens[2].begin];
        return joint == "-" && last >= 'a' && last <= 'z';
    }

    /// "Sudan Liberation Movement (SLM)": the letters in brackets name the same actor from here on.
    void remember_acronym(TokenIndex end, std::uint32_t actor) {
        if (end >= view_.size() || view_.gap_before(end) != " (" || !view_.all_caps(end)) return;
        const std::string_view after =
            end + 1 < view_.size() ? view_.gap_before(end + 1) : std::string_view(")");
        if (after.empty() || after[0] != ')') return;
        acronyms_[view_.token(end).hash] = actor;
        if (covered_[end] == 0 && view_.at(Layer::names, end) == nullptr)
            mention(end, end + 1, actor, Form::acronym, "acronym introduced in brackets");
    }

    void take_surnames() {
        for (const Sentence& sentence : analysis_.sentences) {
            for (TokenIndex t = sentence.token_begin; t < sentence.token_end; ++t) {
                if (covered_[t] != 0 || in_name_[t] == kInside || skipped(t) || !view_.upper(t))
                    continue;
                if (const auto acronym = acronyms_.find(view_.token(t).hash);
                    acronym != acronyms_.end() && view_.all_caps(t)) {
                    mention(t, t + 1, acronym->second, Form::acronym,
                            "acronym introduced in brackets");
                    continue;
                }
                const auto found = surnames_.find(view_.token(t).hash);
                if (found == surnames_.end()) continue;
                TokenIndex begin = t;
                if (t > sentence.token_begin && covered_[t - 1] == 0 &&
                    view_.is_any(t - 1, "al", "el", "bin", "ben", "abu", "de", "von", "van") &&
                    view_.gap_before(t).size() <= 3)
                    --begin;
                // "Goldberg-Polin" is one surname.
                if (t > sentence.token_begin && covered_[t - 1] == 0 &&
                    view_.gap_before(t) == "-" && view_.upper(t - 1))
                    --begin;
                mention(begin, t + 1, found->second, Form::alias, "surname after the full name");
            }
        }
    }

    void take_weak_names() {
        for (const NameHit& hit : names_) {
            if ((hit.entry->flags & kWeak) == 0 || hit.entry->meaning != Meaning::actor ||
                !free(hit.begin, hit.end))
                continue;
            const Entry* chosen = nullptr;
            const PhraseMatch* match = view_.at(Layer::names, hit.begin);
            if (match == nullptr) continue;
            view_.entries(*match, [&](const Entry& entry) {
                if (chosen == nullptr && (entry.flags & kWeak) != 0 &&
                    entry.meaning == Meaning::actor && by_row_.count(entry.index) != 0)
                    chosen = &entry;
            });
            if (chosen != nullptr) {
                mention(hit.begin, hit.end, by_row_[chosen->index], chosen->form,
                        row_why("weak alias", data_.actors[chosen->index].place));
                continue;
            }
            // "the Senate" in an article about the United States: a body of the country that the
            // passage is about.
            if (!sentence_at(hit.begin).title && hit.end - hit.begin == 1 &&
                view_.all_caps(hit.begin))
                continue;
            const auto body_of = [&](std::uint32_t country) {
                const Entry* body = nullptr;
                view_.entries(*match, [&](const Entry& entry) {
                    if ((entry.flags & kWeak) == 0 || entry.meaning != Meaning::actor ||
                        body != nullptr)
                        return;
                    const ActorRow& row = data_.actors[entry.index];
                    const bool fits = row.type == ActorType::government_body ||
                                      row.type == ActorType::military ||
                                      row.type == ActorType::political_group;
                    if (fits && row.country == data_.countries[country].iso3) body = &entry;
                });
                return body;
            };
            const std::uint32_t country =
                country_near(hit.begin, [&](std::uint32_t of) { return body_of(of) != nullptr; });
            if (country != kNoRow) chosen = body_of(country);
            if (chosen == nullptr || (hit.end - hit.begin == 1 && !body_word(hit))) continue;
            mention(hit.begin, hit.end, actor_of_row(chosen->index), chosen->form,
                    row_why("body of the country in question", data_.actors[chosen->index].place));
        }
    }

    /// A body called by one word has its article, or is a party's people: "the House", "Democrats".
    [[nodiscard]] bool body_word(const NameHit& hit) const {
        if (data_.actors[hit.entry->index].type == ActorType::political_group)
            return view_.word(hit.begin).back() == 's';
        return hit.begin > sentence_begin(hit.begin) &&
               view_.is_any(hit.begin - 1, "the", "and", "in", "for");
    }

    /// "Blingen" where Blinken is in the article: one edit for five to seven letters, two for more,
    /// same first letter, and a word that nothing else explains.
    void take_misspellings() {
        if (person_parts_.empty()) return;
        const Deletions known = surname_deletions();
        for (TokenIndex t = 0; t < view_.size(); ++t) {
            const std::uint32_t size = view_.token(t).end - view_.token(t).begin;
            if (size < 5 || covered_[t] != 0 || !view_.upper(t) || skipped(t) ||
                view_.at(Layer::names, t) != nullptr || view_.at(Layer::nouns, t) != nullptr)
                continue;
            if (sentence_start(t) && !acts_after(t + 1)) continue;
            const std::int64_t actor = misspelt_person(known, folded(view_.word(t)));
            if (actor < 0) continue;
            TokenIndex begin = t;
            if (t > 0 && name_word(t - 1) && view_.adjacent(t) && !sentence_start(t) &&
                data_.given_names.count(view_.token(t - 1).hash) != 0)
                --begin;
            mention(begin, t + 1, static_cast<std::uint32_t>(actor), Form::misspelling,
                    "misspelling of a name in the article");
        }
    }

    /// Two words at most two edits apart share a form that at most two deletions make of each. So
    /// persons are looked up by those forms of their surnames, and not one by one: an article may
    /// name very many.
    using Deletions = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

    template <class Visit>
    static void deletions(std::string_view word, Visit&& visit) {
        const auto hash = [&](std::size_t skip, std::size_t also) {
            std::uint64_t value = static_cast<unsigned char>(word[0]);
            for (std::size_t i = 1; i < word.size(); ++i) {
                if (i != skip && i != also)
                    value = (value ^ static_cast<unsigned char>(word[i])) * 0x100000001B3ULL;
            }
            return value;
        };
        if (word.size() > kMisspeltBytesMax) return;
        visit(hash(0, 0));
        const bool two = word.size() + 2 >= 8;  // the other word may be longer by two
        for (std::size_t i = 1; i < word.size(); ++i) {
            visit(hash(i, i));
            for (std::size_t k = i + 1; two && k < word.size(); ++k) visit(hash(i, k));
        }
    }

    [[nodiscard]] Deletions surname_deletions() const {
        Deletions known;
        std::unordered_set<std::string_view> seen;
        for (std::uint32_t actor = 0; actor < analysis_.actors.size(); ++actor) {
            const auto part = person_parts_.find(actor);
            // Of several persons with one surname the first is meant.
            if (part == person_parts_.end() || part->second.size() < 5 ||
                !seen.insert(part->second).second)
                continue;
            deletions(part->second, [&](std::uint64_t key) { known[key].push_back(actor); });
        }
        return known;
    }

    /// The first person whose surname `word` misspells, or -1.
    [[nodiscard]] std::int64_t misspelt_person(const Deletions& known,
                                               std::string_view word) const {
        std::int64_t best = -1;
        deletions(word, [&](std::uint64_t key) {
            const auto found = known.find(key);
            if (found == known.end()) return;
            for (const std::uint32_t actor : found->second) {
                if (best >= 0 && actor >= static_cast<std::uint32_t>(best)) break;
                const std::string& part = person_parts_.at(actor);
                const std::size_t most = part.size() >= 8 ? 2 : 1;
                if (part[0] != word[0] || part == word || word == part + "s" ||
                    edit_distance(part, word, most) > most)
                    continue;
                best = actor;
            }
        });
        return best;
    }
    static constexpr std::size_t kMisspeltBytesMax = 40;

    // --- names that the lexicon lacks
    // --------------------------------------------------------------------------------------------------

    [[nodiscard]] static bool particle(const View& view, TokenIndex t) {
        return view.is_any(t, "al", "el", "bin", "ben", "ibn", "abu", "de", "del", "da", "van",
                           "von", "der", "la", "ul", "ur", "al");
    }

    /// A title or rank before a name, short or whole; no part of the name.
    [[nodiscard]] bool rank_word(TokenIndex t) const {
        if (view_.is_any(t, "dr", "sen", "rep", "gen", "col", "maj", "adm") && view_.all_caps(t) &&
            t + 1 < view_.size() && !view_.all_caps(t + 1))
            return false;  // "DR Congo"
        return view_.is_any(t, "mr", "mrs", "ms", "dr", "gen", "general", "lt", "col", "colonel",
                            "maj", "major", "brig", "brigadier", "capt", "captain", "cmdr",
                            "commander", "sgt", "sergeant", "cpl", "spc", "pvt", "adm", "admiral",
                            "rear", "sen", "senator", "rep", "gov", "governor", "amb", "ambassador",
                            "prof", "professor", "sheikh", "rabbi", "sir", "lord", "dame",
                            "ayatollah", "imam", "mufti", "hajj", "mullah", "maulana");
    }

    /// A first name that is a word or somebody's name as well ("Christian", "Charles"), before a
    /// capitalised word that is neither.
    [[nodiscard]] bool lone_first_name(TokenIndex t) const {
        if (data_.given_names.count(view_.token(t).hash) == 0 || t + 1 >= sentence_end(t) ||
            !view_.adjacent(t + 1))
            return false;
        if (const PhraseMatch* name = view_.at(Layer::names, t);
            name != nullptr && (name->tokens > 1 || adjective_ending_at(t) != kNoRow))
            return false;
        if (const PhraseMatch* noun = view_.at(Layer::nouns, t);
            noun != nullptr && noun->tokens > 1)
            return false;
        return view_.upper(t + 1) && !view_.all_caps(t + 1) && covered_[t + 1] == 0 &&
               view_.at(Layer::names, t + 1) == nullptr && view_.at(Layer::nouns, t + 1) == nullptr;
    }

    /// "Relief" in "Harbour Relief Foundation": a describing word with a capital, in the middle of
    /// a sentence, before another capital.
    [[nodiscard]] bool modifier_in_name(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        if (noun == nullptr || noun->tokens > 1 || sentence_start(t) || t + 1 >= sentence_end(t) ||
            !view_.adjacent(t + 1) || !view_.upper(t + 1))
            return false;
        return role_noun_at(t, "modifier") != nullptr &&
               role_noun_at(t, "modifier")->sector != "quantity" &&
               view_.at(Layer::nouns, t + 1) == nullptr;
    }

    /// "Ministry" in "Ruritanian Grain Ministry": a body's noun with a capital, behind a capital.
    [[nodiscard]] bool body_in_name(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        if (noun == nullptr || noun->tokens > 1 || sentence_start(t) || !view_.adjacent(t) ||
            !view_.upper(t - 1) || view_.all_caps(t))
            return false;
        return role_noun_at(t, "nominal") != nullptr || role_noun_at(t, "body:") != nullptr;
    }

    /// "Liberation" in "Kestrel Liberation Front" is no newspaper: a name of one word between a
    /// capital and a body's last word.
    [[nodiscard]] bool word_of_body(TokenIndex t) const {
        if (in_name_[t] != kAlone || t + 1 >= sentence_end(t) || sentence_start(t) ||
            !view_.adjacent(t) || !view_.adjacent(t + 1))
            return false;
        return view_.upper(t - 1) && in_name_[t - 1] == 0 && view_.upper(t + 1) &&
               view_.at(Layer::names, t + 1) == nullptr &&
               organisation_type(t + 1) != ActorType::person;
    }

    /// "King" in "Janelle King": a title behind a first name, and no name behind it.
    [[nodiscard]] bool title_as_surname(TokenIndex t) const {
        const PhraseMatch* noun = view_.at(Layer::nouns, t);
        if (noun == nullptr || noun->tokens > 1 || t == sentence_begin(t) || !view_.adjacent(t) ||
            !view_.upper(t - 1) || view_.at(Layer::names, t - 1) != nullptr ||
            data_.given_names.count(view_.token(t - 1).hash) == 0)
            return false;
        const bool named = t + 1 < sentence_end(t) && view_.adjacent(t + 1) && view_.upper(t + 1);
        return !named && role_noun_at(t, "title") != nullptr;
    }

    [[nodiscard]] bool name_word(TokenIndex t) const {
        if (covered_[t] != 0 || in_name_[t] == kInside || !view_.upper(t) || rank_word(t))
            return false;
        if (view_.at(Layer::names, t) != nullptr && !lone_first_name(t) && !word_of_body(t))
            return false;
        if ((view_.at(Layer::nouns, t) != nullptr || view_.ending_at(Layer::nouns, t) != nullptr) &&
            !lone_first_name(t) && !modifier_in_name(t) && !body_in_name(t) && !title_as_surname(t))
            return false;
        if (view_.is(t, "said") && sentence_start(t)) return false;
        return !view_.is_any(
            t, "the", "a", "an", "i", "monday", "tuesday", "wednesday", "thursday", "friday",
            "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
            "august", "september", "october", "november", "december", "in", "on", "at", "but",
            "and", "or", "if", "when", "while", "after", "before", "as", "he", "she", "they", "it",
            "we", "his", "her", "their", "its", "this", "that", "these", "those", "there", "for",
            "from", "with", "by", "to", "of", "no", "not", "what", "who", "why", "how", "you",
            "your", "our", "my", "mr", "mrs", "ms", "dr", "both", "all", "some", "many", "however",
            "meanwhile", "yet", "also", "so", "then", "since", "until", "under", "over", "more",
            "most", "each", "one", "two", "three", "according", "later", "earlier", "today",
            "yesterday", "tomorrow", "now", "once", "still", "even", "only", "another", "such",
            "here", "during", "among", "against", "between", "through", "because", "although",
            "though", "despite", "where", "which", "whether", "without", "within", "about",
            "across", "around", "near", "last", "first", "speaking", "every", "any", "few", "just",
            "instead", "indeed", "perhaps", "soon", "thus", "therefore", "moreover", "nevertheless",
            "elsewhere", "separately", "ramadan", "islam", "god", "north", "south", "east", "west",
            "northern", "southern", "eastern", "western", "central");
    }

    [[nodiscard]] ActorType organisation_type(TokenIndex last) const {
        struct Ending {
            std::string_view word;
            ActorType type;
        };
        constexpr std::array<Ending, 44> kEndings = {
            {{"ministry", ActorType::government_body},
             {"department", ActorType::government_body},
             {"council", ActorType::government_body},
             {"authority", ActorType::government_body},
             {"agency", ActorType::government_body},
             {"commission", ActorType::government_body},
             {"parliament", ActorType::government_body},
             {"court", ActorType::government_body},
             {"police", ActorType::government_body},
             {"office", ActorType::government_body},
             {"administration", ActorType::government_body},
             {"party", ActorType::political_group},
             {"movement", ActorType::political_group},
             {"coalition", ActorType::political_group},
             {"alliance", ActorType::political_group},
             {"bloc", ActorType::political_group},
             {"front", ActorType::armed_group},
             {"army", ActorType::military},
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
             {"organization", ActorType::ngo},
             {"organisation", ActorType::ngo},
             {"foundation", ActorType::ngo},
             {"association", ActorType::ngo},
             {"institute", ActorType::ngo},
             {"institution", ActorType::ngo},
             {"university", ActorType::other},
             {"committee", ActorType::ngo},
             {"union", ActorType::ngo},
             {"forum", ActorType::ngo},
             {"initiative", ActorType::ngo},
             {"times", ActorType::media},
             {"news", ActorType::media},
             {"post", ActorType::media},
             {"tv", ActorType::media},
             {"daily", ActorType::media}}};
        for (const Ending& ending : kEndings) {
            if (view_.is(last, ending.word)) return ending.type;
        }
        return ActorType::person;
    }

    [[nodiscard]] bool place_word(TokenIndex t) const {
        return view_.is_any(
            t, "street", "city", "river", "strip", "hospital", "airport", "square", "bridge",
            "province", "valley", "heights", "sea", "gulf", "island", "islands", "road", "avenue",
            "crossing", "camp", "district", "region", "corridor", "peninsula", "mountains",
            "mountain", "desert", "lake", "bay", "state", "county", "village", "town", "school",
            "mosque", "church", "palace", "house", "hotel", "stadium", "beach", "bank", "war",
            "day", "week", "act", "agreement", "accord", "accords", "plan", "summit", "conference",
            "treaty", "protocol", "operation", "eve", "prize", "cup", "league", "games",
            "resolution", "declaration", "flood", "storm", "sword", "east", "africa", "asia",
            "europe", "america", "border", "line", "zone", "park", "center", "centre", "kibbutz",
            "neighborhood", "neighbourhood", "suburb", "governorate", "oblast", "municipality",
            "junction", "checkpoint", "dam", "mount", "plain", "plateau", "front", "dome", "rally",
            "festival", "election", "elections", "assembly");
    }

    void find_unknown_names() {
        for (const Sentence& sentence : analysis_.sentences) {
            if (skipped(sentence.token_begin)) continue;
            std::size_t capitals = 0;
            for (TokenIndex t = sentence.token_begin; t < sentence.token_end; ++t)
                capitals += view_.upper(t) ? 1U : 0U;
            const bool headline =
                capitals * 10 > (sentence.token_end - sentence.token_begin) * 6U &&
                sentence.token_end - sentence.token_begin > 4 &&
                (sentence.title || (view_.text()[sentence.span.end - 1] != '.' &&
                                    sentence.token_end - sentence.token_begin <= 16));
            for (TokenIndex t = sentence.token_begin; t < sentence.token_end;) {
                if (!name_word(t)) {
                    ++t;
                    continue;
                }
                TokenIndex end = t + 1;
                while (end < sentence.token_end) {
                    const std::string_view gap = view_.gap_before(end);
                    const bool joined =
                        gap == " " || gap == "-" || gap == "\u2019" || gap == "'" ||
                        gap == "\u2011" ||
                        (gap == ". " && view_.token(end - 1).end - view_.token(end - 1).begin == 1);
                    if (!joined || view_.possessive(end)) break;
                    if (name_word(end)) {
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

    /// Decides whether the capitalised run [begin, end) names somebody.
    void consider(TokenIndex begin, TokenIndex end, bool headline) {
        const TokenIndex first = sentence_begin(begin);
        const ActorType type = end - begin >= 2 ? organisation_type(end - 1) : ActorType::person;
        if (type != ActorType::person) {
            if (headline || view_.is_any(begin, "operation", "exercise")) return;
            // "2nd Harbour Division"
            if (begin > first && view_.adjacent(begin) && covered_[begin - 1] == 0 &&
                type == ActorType::military && view_.word(begin - 1)[0] >= '0' &&
                view_.word(begin - 1)[0] <= '9' && view_.word(begin - 1).back() > '9')
                --begin;
            const std::uint32_t actor = new_actor(text_of(begin, end), type, kNoRow, true);
            mention(begin, end, actor, Form::name, "body by its last word");
            remember_acronym(end, actor);
            return;
        }
        if (place_word(end - 1)) return;
        // "Ben Gurion airport", "the Salah al-Din school": named after somebody.
        if (end < sentence_end(begin) && view_.adjacent(end) && place_word(end) &&
            !view_.upper(end))
            return;
        // "Alex Doe/Reuters": who took the picture.
        if (end < view_.size() && view_.gap_before(end) == "/") return;
        // The surname of somebody named before, or more of that name.
        if (const auto known = surnames_.find(view_.token(end - 1).hash);
            known != surnames_.end() && parts_of(known->second, begin, end)) {
            mention(begin, end, known->second, Form::alias, "surname after the full name");
            return;
        }
        const bool after_honorific = begin > first && rank_word(begin - 1) &&
                                     view_.upper(begin - 1) &&
                                     (view_.adjacent(begin) || view_.gap_before(begin) == ". ");
        bool after_role = false;
        if (begin > first && view_.adjacent(begin)) {
            const PhraseMatch* role = view_.ending_at(Layer::nouns, begin - 1);
            if (role != nullptr) {
                view_.entries(*role, [&](const Entry& entry) {
                    if (entry.meaning == Meaning::office_noun) after_role = true;
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
            if (const auto known = surnames_.find(view_.token(begin).hash);
                known != surnames_.end())
                return;  // taken as a surname later
            titled_.push_back({begin, end});
            return;
        }
        if (!after_honorific && !after_role && stands_as_place(begin, end)) return;
        const bool given = data_.given_names.count(view_.token(begin).hash) != 0;
        const bool told = begin > first && cue_at(begin - 1, CueKind::report);
        const bool speaks = told || acts_after(end);
        const bool reports = told || (end < sentence_end(begin) && view_.adjacent(end) &&
                                      cue_at(end, CueKind::report) && !view_.upper(end));
        const int evidence = (after_honorific ? 3 : 0) + (after_role ? 3 : 0) + (given ? 2 : 0) +
                             (speaks ? 1 : 0) + (reports ? 1 : 0) +
                             (introduced(begin, end) ? 2 : 0) - (headline ? 1 : 0) -
                             (end - begin > 3 ? 1 : 0);
        if (evidence < 2) return;
        take_person(begin, end,
                    after_honorific || after_role ? "person after a title" : "person by shape");
    }

    void take_person(TokenIndex begin, TokenIndex end, std::string why) {
        const std::uint32_t actor = new_actor(text_of(begin, end), ActorType::person, kNoRow, true);
        mention(begin, end, actor, Form::name, std::move(why));
        remember_surname(analysis_.actors[actor].name, actor);
        if (end - begin == 1) surnames_[view_.token(begin).hash] = actor;
    }

    /// "Mr. Kim" is whoever bears that name in the article, else somebody of his own.
    void take_titled() {
        for (const auto& [begin, end] : titled_) {
            if (!free(begin, end) || surnames_.contains(view_.token(begin).hash)) continue;
            if (const auto bearer = name_parts_.find(view_.token(begin).hash);
                bearer != name_parts_.end()) {
                mention(begin, end, bearer->second, Form::alias, "part of a name behind a title");
            } else if (const std::uint32_t holder = holder_called(view_.token(begin).hash);
                       holder != kNoRow) {
                const std::uint32_t actor = actor_of_row(holder);
                mention(
                    begin, end, actor, Form::alias,
                    row_why("surname of an office holder of the day", data_.actors[holder].place));
                remember_surname(data_.actors[holder].name, actor);
                surnames_.try_emplace(view_.token(begin).hash, actor);
            } else if (begin > sentence_begin(begin) && rank_word(begin - 1)) {
                // Nobody else is called so: the title is part of what he is called by.
                const std::uint32_t actor =
                    new_actor(text_of(begin, end), ActorType::person, kNoRow, true);
                mention(begin - 1, end, actor, Form::name, "person after a title");
                surnames_[view_.token(begin).hash] = actor;
            }
        }
    }

    /// "President Harlow" where nobody was introduced: who holds the office on that day and is called
    /// so, else who held it last.
    void take_office_and_surname() {
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || skipped(match.token))
                continue;
            const TokenIndex name = match.token + match.tokens;
            if (name >= sentence_end(match.token) || !view_.adjacent(name) ||
                !view_.upper(match.token) || !view_.upper(name) || covered_[name] != 0 ||
                in_name_[name] == kInside || surnames_.contains(view_.token(name).hash))
                continue;
            if (name + 1 < sentence_end(name) && !view_.possessive(name + 1) &&
                (view_.gap_before(name + 1) == " " || view_.gap_before(name + 1) == "-") &&
                view_.upper(name + 1) && !sentence_at(name).title)
                continue;  // the first of several words
            const Entry* office = nullptr;
            view_.entries(match, [&](const Entry& entry) {
                if (entry.meaning == Meaning::office_noun) office = &entry;
            });
            if (office == nullptr) continue;
            const std::uint32_t person = office_holder_called(
                data_.office_nouns[office->index], view_.token(name).hash,
                match.token > sentence_begin(match.token) ? adjective_ending_at(match.token - 1)
                                                          : kNoRow);
            if (person == kNoRow) continue;
            const std::uint32_t actor = actor_of_row(person);
            mention(name, name + 1, actor, Form::alias,
                    row_why("surname behind an office", data_.actors[person].place));
            remember_surname(data_.actors[person].name, actor);
            surnames_.try_emplace(view_.token(name).hash, actor);
        }
    }

    /// The person whose surname is `name` among those who held one of the noun's offices until the
    /// article's day, of `country` where that is given: the last to do so, else kNoRow.
    [[nodiscard]] std::uint32_t office_holder_called(const OfficeNoun& noun, std::uint64_t name,
                                                     std::uint32_t country) const {
        std::uint32_t best = kNoRow;
        std::int32_t until = 0;
        std::vector<text::Token> tokens;
        for (const std::uint32_t office : noun.offices) {
            if (country != kNoRow && data_.actors[data_.offices[office].body].state != country)
                continue;
            for (const std::uint32_t index : data_.holders_of_office[office]) {
                const HolderRow& term = data_.holders[index];
                if (options_.day && term.from > *options_.day) continue;
                tokens.clear();
                const ActorRow& person = data_.actors[term.person];
                text::tokenize_simply(person.name, tokens);
                if (tokens.size() < 2) continue;
                const text::Token& surname = family_name_first(person.name, tokens, person.country)
                                                 ? tokens.front()
                                                 : tokens.back();
                if (surname.hash != name) continue;
                if (best == kNoRow || term.to > until) {
                    best = term.person;
                    until = term.to;
                }
            }
        }
        return best;
    }

    /// Who holds an office on the article's day in a state that the article names, and is called
    /// so; kNoRow when nobody or more than one is.
    [[nodiscard]] std::uint32_t holder_called(std::uint64_t name) {
        if (!options_.day) return kNoRow;
        if (!holders_read_) {
            holders_read_ = true;
            std::vector<std::uint32_t> seen;
            std::vector<text::Token> tokens;
            for (const NamedCountry& named : countries_named_) {
                if (std::find(seen.begin(), seen.end(), named.country) != seen.end()) continue;
                seen.push_back(named.country);
            }
            const auto named = [&](const ActorRow& person) {
                return std::any_of(seen.begin(), seen.end(), [&](std::uint32_t country) {
                    return data_.countries[country].iso3 == person.country;
                });
            };
            for (const HolderRow& term : data_.holders) {
                if (term.from > *options_.day || term.to < *options_.day) continue;
                const ActorRow& person = data_.actors[term.person];
                if (person.country.empty() || !named(person)) continue;
                tokens.clear();
                text::tokenize_simply(person.name, tokens);
                if (tokens.size() < 2) continue;
                const std::string_view title = data_.offices[term.office].title;
                const int rank = title.substr(0, 14) == "Supreme Leader" ? 2
                                 : title.substr(0, 12) == "President of" ||
                                         title.substr(0, 17) == "Prime Minister of" ||
                                         title.substr(0, 13) == "Chancellor of"
                                     ? 1
                                     : 0;
                const std::uint64_t hash = family_name_first(person.name, tokens, person.country)
                                               ? tokens.front().hash
                                               : tokens.back().hash;
                const auto [place, fresh] =
                    holders_called_.try_emplace(hash, Called{term.person, rank});
                if (fresh || place->second.person == term.person) {
                    place->second.rank = std::max(place->second.rank, rank);
                } else if (place->second.rank == rank) {
                    place->second.person = kNoRow;
                } else if (rank > place->second.rank) {
                    place->second = {term.person, rank};
                }
            }
        }
        const auto found = holders_called_.find(name);
        return found == holders_called_.end() ? kNoRow : found->second.person;
    }

    /// Whether each word of [begin, end) is a word of the actor's name.
    [[nodiscard]] bool parts_of(std::uint32_t actor, TokenIndex begin, TokenIndex end) const {
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

    /// "in Khan Younis", "the town of Beit Hanoun", "Tal Abyad, Syria": a capitalised run that
    /// stands where places stand.
    [[nodiscard]] bool stands_as_place(TokenIndex begin, TokenIndex end) const {
        const TokenIndex first = sentence_begin(begin);
        if (begin > first && view_.adjacent(begin)) {
            if (view_.is_any(begin - 1, "in", "near", "at", "outside", "inside", "around", "into",
                             "toward", "towards", "across", "throughout", "north", "south", "east",
                             "west", "downtown", "central", "northern", "southern", "eastern",
                             "western"))
                return true;
            if (view_.is(begin - 1, "of") && begin > first + 1 && place_word(begin - 2))
                return true;
            // "between Ras al-Ayn and Tal Abyad", "in Aleppo and Deir Hafer": one of several
            // places.
            if (view_.is(begin - 1, "and") && begin > first + 2 && place_before(begin - 1))
                return true;
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

    [[nodiscard]] bool state_name(const PhraseMatch& match) const {
        bool yes = false;
        view_.entries(match, [&](const Entry& entry) {
            yes = yes || (entry.meaning == Meaning::actor &&
                          data_.actors[entry.index].type == ActorType::state);
        });
        return yes;
    }

    /// Whether the name that ends before `conjunction` follows a preposition of place.
    [[nodiscard]] bool place_before(TokenIndex conjunction) const {
        TokenIndex t = conjunction;
        const TokenIndex first = sentence_begin(conjunction);
        unsigned steps = 0;
        while (t > first && steps < 5 && (view_.upper(t - 1) || particle(view_, t - 1)) &&
               (view_.gap_before(t) == " " || view_.gap_before(t) == "-")) {
            --t;
            ++steps;
        }
        return steps > 0 && t > first &&
               view_.is_any(t - 1, "in", "near", "at", "outside", "inside", "around", "into",
                            "toward", "towards", "across", "throughout");
    }

    /// "Lena Brandt, an analyst …", "…, 34, …", "…, who …", or the role between commas before the
    /// name: somebody is introduced.
    [[nodiscard]] bool introduced(TokenIndex begin, TokenIndex end) const {
        const TokenIndex first = sentence_begin(begin);
        const TokenIndex last = sentence_end(begin);
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
                if (article && view_.is_any(t, "in", "at", "on", "from", "of", "who", "which",
                                            "that", "for", "near"))
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

    [[nodiscard]] std::string text_of(TokenIndex begin, TokenIndex end) const {
        std::string out(slice(view_.text(), view_.span_of(begin, end)));
        std::replace(out.begin(), out.end(), '\n', ' ');
        return out;
    }

    // --- roles, bodies and groups around a noun
    // ------------------------------------------------------------------------------------------

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

    [[nodiscard]] std::uint32_t adjective_ending_at(TokenIndex t) const {
        const PhraseMatch* match = view_.ending_at(Layer::names, t);
        if (match == nullptr) return kNoRow;
        std::uint32_t country = kNoRow;
        view_.entries(*match, [&](const Entry& entry) {
            if (entry.meaning == Meaning::adjective && country == kNoRow) country = entry.index;
        });
        return country;
    }

    [[nodiscard]] const NameHit* name_ending_at(TokenIndex t) const {
        const PhraseMatch* match = view_.ending_at(Layer::names, t);
        if (match == nullptr) return nullptr;
        const auto found = std::lower_bound(
            names_.begin(), names_.end(), match->token,
            [](const NameHit& hit, TokenIndex begin) { return hit.begin < begin; });
        return found != names_.end() && found->begin == match->token && found->end == t + 1
                   ? &*found
                   : nullptr;
    }

    /// The phrase of names that holds both `before` and `head`.
    [[nodiscard]] const PhraseMatch* name_over(TokenIndex before, TokenIndex head) const {
        if (in_name_[before] == 0 || in_name_[head] == 0 || before + 1 != head) return nullptr;
        for (TokenIndex t = before; t + 4 > before; --t) {
            const PhraseMatch* name = view_.at(Layer::names, t);
            if (name != nullptr) return t + name->tokens > head ? name : nullptr;
            if (t == 0) break;
        }
        return nullptr;
    }

    [[nodiscard]] std::uint32_t country_of(std::string_view iso3) const {
        for (std::uint32_t i = 0; i < data_.countries.size(); ++i) {
            if (data_.countries[i].iso3 == iso3) return i;
        }
        return kNoRow;
    }

    /// Reads leftwards from the noun that begins at `head`.
    [[nodiscard]] Modifiers modifiers_before(TokenIndex head) const {
        Modifiers found;
        found.begin = head;
        const TokenIndex first = sentence_begin(head);
        TokenIndex t = head;
        while (t > first) {
            const std::string_view gap = view_.gap_before(t);
            const TokenIndex before = t - 1;
            if (gap != " " && gap != "-" && gap != "\n" && gap != "\u00A0") {
                // "Israel's government": the s is a token of its own. "U.S. officials": the stop
                // belongs to the letter. "40,000 people": one number.
                const bool initial = gap == ". " &&
                                     view_.token(before).end - view_.token(before).begin == 1 &&
                                     view_.upper(before);
                const bool digits =
                    (gap == "," || gap == ".") && view_.number(before) && view_.number(t);
                if (!view_.possessive(t) && !initial && !digits) break;
            }
            if (view_.possessive(before) ||
                (view_.word(before).size() == 1 && view_.is(before, "s") &&
                 view_.apostrophe_before(before))) {
                if (before == first) break;
                const NameHit* name = name_ending_at(before - 1);
                if (name == nullptr || found.organisation != kNoRow || found.country != kNoRow)
                    break;
                take_owner(*name, found);
                t = name->begin;
                found.begin = t;
                break;
            }
            if (const std::uint32_t country = adjective_ending_at(before); country != kNoRow) {
                if (found.country == kNoRow) found.country = country;
                const PhraseMatch* match = view_.ending_at(Layer::names, before);
                t = match->token;
                found.begin = t;
                continue;
            }
            // "Israeli military officials": the longest name overlaps the noun.
            if (const PhraseMatch* over = name_over(before, head);
                over != nullptr && found.country == kNoRow) {
                view_.entries(*over, [&](const Entry& entry) {
                    if (entry.meaning == Meaning::actor && found.country == kNoRow &&
                        !data_.actors[entry.index].country.empty())
                        found.country = country_of(data_.actors[entry.index].country);
                });
                if (found.country == kNoRow) break;
                t = over->token;
                found.begin = t;
                continue;
            }
            if (const NameHit* name = name_ending_at(before); name != nullptr) {
                const bool person = data_.actors[name->entry->index].type == ActorType::person;
                if (found.organisation != kNoRow ||
                    (person && !view_.is_any(head, "administration", "aides", "advisers",
                                             "advisors", "allies", "spokesman", "spokeswoman",
                                             "spokesperson", "official", "officials", "family",
                                             "lawyers", "supporters", "loyalists", "aide")))
                    break;
                take_owner(*name, found);
                t = name->begin;
                found.begin = t;
                continue;
            }
            if (gap == "-" && view_.is_any(before, "pro", "anti", "non", "ex", "co")) {
                t = before;
                found.begin = t;
                found.described = true;
                if (view_.is_any(before, "pro", "anti"))
                    found.country = kNoRow;  // whose side they take is not whose they are
                continue;
            }
            // "Iran-backed", "UN-run", "Gaza-based".
            if (view_.is_any(before, "backed", "led", "run", "aligned", "linked", "based", "allied",
                             "affiliated", "controlled", "supported", "trained", "appointed",
                             "mediated", "held") &&
                before > first && view_.gap_before(before) == "-") {
                const PhraseMatch* name = view_.ending_at(Layer::names, before - 1);
                t = name != nullptr ? name->token : before - 1;
                found.begin = t;
                found.described = true;
                continue;
            }
            if (covered_[before] != 0) break;
            if (const RoleNoun* noun = role_noun_ending(before, "modifier"); noun != nullptr) {
                found.quantified = found.quantified || noun->sector == "quantity";
                found.described = true;
                t = before - (view_.ending_at(Layer::nouns, before)->tokens - 1U);
                found.begin = t;
                continue;
            }
            if (view_.number(before)) {
                found.quantified = true;
                t = before;
                found.begin = t;
                continue;
            }
            // "left-wing", "three-man": one word.
            if (gap == " " && before > first && view_.gap_before(before) == "-" &&
                !view_.upper(before) && covered_[before - 1] == 0 && in_name_[before - 1] == 0 &&
                view_.is_any(before, "wing", "strong", "man", "member", "nation", "party", "level",
                             "ranking", "scale", "based", "era", "speaking")) {
                t = before - 1;
                found.begin = t;
                found.described = true;
                continue;
            }
            if (gap == " " && adjective_by_shape(before)) {
                t = before;
                found.begin = t;
                found.described = true;
                continue;
            }
            if (participle(before) && before > first && view_.is_any(before - 1, "a", "an"))
                found.indefinite = true;
            if (view_.is_any(before, "the", "these", "those")) found.determined = true;
            if (view_.is_any(before, "a", "an", "another", "one")) found.indefinite = true;
            break;
        }
        return found;
    }

    /// "congressional", "paramilitary": a word in lower case that ends as adjectives do.
    [[nodiscard]] bool adjective_by_shape(TokenIndex t) const {
        const std::string_view word = view_.word(t);
        if (word.size() < 6 || view_.upper(t) || covered_[t] != 0 ||
            view_.at(Layer::nouns, t) != nullptr || cue_at(t, CueKind::report) ||
            cue_at(t, CueKind::act))
            return false;
        constexpr std::array<std::string_view, 8> kEndings = {"ical", "ional", "ntal", "ist",
                                                              "istic", "ative", "itary", "ious"};
        return std::any_of(kEndings.begin(), kEndings.end(),
                           [&](std::string_view ending) { return word.ends_with(ending); });
    }

    void take_owner(const NameHit& name, Modifiers& found) const {
        const ActorRow& row = data_.actors[name.entry->index];
        if (row.type == ActorType::state) {
            if (found.country == kNoRow) found.country = row.state;
        } else {
            found.organisation = name.entry->index;
        }
        found.owner_begin = name.begin;
        found.owner_end = name.end;
    }

    [[nodiscard]] const RoleNoun* role_noun_ending(TokenIndex t, std::string_view kind) const {
        const PhraseMatch* match = view_.ending_at(Layer::nouns, t);
        if (match == nullptr) return nullptr;
        const RoleNoun* noun = nullptr;
        view_.entries(*match, [&](const Entry& entry) {
            if (entry.meaning == Meaning::role_noun && data_.role_nouns[entry.index].kind == kind)
                noun = &data_.role_nouns[entry.index];
        });
        return noun;
    }

    /// The state or organisation of "president of Egypt", "spokesman for Hamas".
    void take_complement(TokenIndex end, Modifiers& found, TokenIndex& phrase_end) const {
        if (found.country != kNoRow || found.organisation != kNoRow || end + 1 >= view_.size() ||
            end + 1 >= sentence_end(end - 1))
            return;
        if (!view_.is_any(end, "of", "for", "from") || !view_.adjacent(end)) return;
        TokenIndex at = end + 1;
        if (view_.is(at, "the") && at + 1 < view_.size()) ++at;
        const PhraseMatch* match = view_.at(Layer::names, at);
        if (match == nullptr) return;
        const NameHit* name = name_ending_at(at + match->tokens - 1U);
        if (name == nullptr || data_.actors[name->entry->index].type == ActorType::person ||
            name->entry->meaning == Meaning::metonym)
            return;
        const ActorRow& row = data_.actors[name->entry->index];
        if (row.type == ActorType::state) {
            found.country = row.state;
        } else {
            found.organisation = name->entry->index;
        }
        phrase_end = name->end;
    }

    /// Notes who is introduced by which office ("Prime Minister Benjamin Netanyahu"), so that a
    /// headline may say "prime minister" before.
    void note_offices() {
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || skipped(match.token))
                continue;
            const std::int64_t person = person_at(match.token + match.tokens);
            if (person < 0) continue;
            view_.entries(match, [&](const Entry& entry) {
                if (entry.meaning == Meaning::office_noun)
                    offices_seen_.insert(static_cast<std::uint64_t>(person) << 32U | entry.index);
            });
        }
    }

    /// "States" in "United States". A noun that reaches beyond the name ("military officials"
    /// behind "Israeli military") does not lie in it.
    [[nodiscard]] bool lies_in_name(TokenIndex head, TokenIndex end) const {
        if (in_name_[head] == 0 || in_name_[end - 1] == 0) return false;
        if (in_name_[head] != kInsideWeak) return true;
        // A weak name that was not taken is no more than its words, but a part of it is nothing.
        const PhraseMatch* name = view_.at(Layer::names, head);
        return name == nullptr || name->tokens != end - head;
    }

    void find_role_heads() {
        note_offices();
        take_offices_of_persons();
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || skipped(match.token))
                continue;
            const TokenIndex head = match.token;
            const TokenIndex end = head + match.tokens;
            if (!free(head, end) || lies_in_name(head, end)) continue;
            const Entry* office = nullptr;
            const RoleNoun* noun = nullptr;
            view_.entries(match, [&](const Entry& entry) {
                if (entry.meaning == Meaning::office_noun) office = &entry;
                if (entry.meaning == Meaning::role_noun &&
                    data_.role_nouns[entry.index].kind != "modifier")
                    noun = &data_.role_nouns[entry.index];
            });
            if (office == nullptr && noun == nullptr) continue;
            Modifiers found = modifiers_before(head);
            TokenIndex phrase_end = end;
            if (!free(found.begin, head) && found.owner_end == 0) continue;
            // "Israeli military spokesman" is a noun of its own and begins with its country.
            if (found.country == kNoRow && found.organisation == kNoRow &&
                view_.at(Layer::names, head) != nullptr) {
                view_.entries(*view_.at(Layer::names, head), [&](const Entry& entry) {
                    if (entry.meaning == Meaning::adjective) found.country = entry.index;
                    if (entry.meaning == Meaning::actor && found.country == kNoRow &&
                        !data_.actors[entry.index].country.empty() &&
                        data_.actors[entry.index].type != ActorType::person)
                        found.country = country_of(data_.actors[entry.index].country);
                });
            }
            if (office != nullptr && take_office_of(*office, found, head, end)) continue;
            if (office != nullptr && take_office(*office, found, head, end)) continue;
            if (noun != nullptr) take_noun(*noun, found, head, end, phrase_end);
        }
    }

    /// A name follows the noun at once: "Prime Minister Benjamin Netanyahu".
    [[nodiscard]] std::int64_t person_at(TokenIndex end) const {
        if (end >= view_.size()) return -1;
        const std::string_view gap = view_.gap_before(end);
        if (gap != " " && gap != "\n" && gap != ", ") return -1;
        return person_starting_[end];
    }

    /// "the office of Prime Minister X", "the prime minister's office": the body, beside the
    /// person. Only where the lexicon knows that body.
    bool take_office_of(const Entry& entry, const Modifiers& found, TokenIndex head,
                        TokenIndex end) {
        const TokenIndex first = sentence_begin(head);
        const std::int64_t person = person_at(end);
        TokenIndex begin = found.begin;
        TokenIndex phrase_end = end;
        std::uint32_t country = found.country;
        if (country == kNoRow && person >= 0)
            country = analysis_.actors[static_cast<std::size_t>(person)].state;
        TokenIndex t = found.begin;
        if (t > first && view_.is(t - 1, "the")) --t;
        if (t > first + 1 && view_.is(t - 1, "of") && view_.is(t - 2, "office")) {
            begin = t - 2;
            if (person >= 0) {
                phrase_end = end;
                while (phrase_end < sentence_end(head) && covered_[phrase_end] != 0 &&
                       view_.gap_before(phrase_end) == " ")
                    ++phrase_end;
            }
        } else if (end + 1 < sentence_end(head) && view_.possessive(end) &&
                   view_.is(end + 1, "office")) {
            phrase_end = end + 2;
        } else {
            return false;
        }
        if (country == kNoRow) country = country_near(head);
        const std::uint32_t body =
            country == kNoRow ? kNoRow : office_body(data_.office_nouns[entry.index].noun, country);
        if (body == kNoRow) return false;
        mention(begin, phrase_end, actor_of_row(body), Form::alias,
                row_why("office of a minister", data_.actors[body].place));
        return true;
    }

    /// "Netanyahu's office".
    void take_offices_of_persons() {
        const std::size_t count = analysis_.mentions.size();
        for (std::size_t i = 0; i < count; ++i) {
            const Mention found = analysis_.mentions[i];
            const FoundActor& actor = analysis_.actors[found.actor];
            TokenIndex end = found.token_end;
            TokenIndex begin = found.token_begin;
            if (actor.type != ActorType::person || actor.row == kNoRow) continue;
            if (end + 1 < sentence_end(begin) && view_.possessive(end) &&
                view_.is(end + 1, "office")) {
                end += 2;
            } else {
                // "the office of Mr Netanyahu"
                const TokenIndex first = sentence_begin(begin);
                if (begin > first && rank_word(begin - 1)) --begin;
                if (begin < first + 2 || !view_.is(begin - 1, "of") ||
                    !view_.is(begin - 2, "office"))
                    continue;
                begin -= 2;
            }
            std::uint32_t body = kNoRow;
            for (const std::uint32_t holder : data_.holders_of_person[actor.row]) {
                const HolderRow& term = data_.holders[holder];
                if (!options_.day || term.from > *options_.day || term.to < *options_.day) continue;
                const std::string_view title = data_.offices[term.office].title;
                const std::string_view kind = title.substr(0, 17) == "Prime Minister of"
                                                  ? "prime minister"
                                              : title.substr(0, 12) == "President of" ? "president"
                                                                                      : "";
                if (!kind.empty() && data_.actors[data_.offices[term.office].body].state != kNoRow)
                    body = office_body(kind, data_.actors[data_.offices[term.office].body].state);
            }
            if (body != kNoRow)
                mention(begin, end, actor_of_row(body), Form::alias,
                        row_why("office of a minister", data_.actors[body].place));
        }
    }

    [[nodiscard]] std::uint32_t office_body(std::string_view noun, std::uint32_t country) const {
        if (noun != "prime minister" && noun != "president" && noun != "premier") return kNoRow;
        const std::string state = slug(data_.actors[data_.countries[country].actor].name);
        const std::vector<std::string> ids =
            noun == "president"
                ? std::vector<std::string>{"office-of-the-president-of-" + state,
                                           "office-of-the-president-" + state,
                                           "presidential-administration-of-" + state}
                : std::vector<std::string>{"prime-ministers-office-" + state,
                                           "office-of-the-prime-minister-" + state};
        for (const std::string& id : ids) {
            if (const auto known = data_.actor_by_id.find(id); known != data_.actor_by_id.end())
                return known->second;
        }
        return kNoRow;
    }

    bool take_office(const Entry& entry, const Modifiers& before, TokenIndex head, TokenIndex end) {
        Modifiers found = before;
        TokenIndex phrase_end = end;
        if (person_at(end) >= 0) {
            hide_modifiers(found, head);
            return true;
        }
        take_complement(end, found, phrase_end);
        const OfficeNoun& noun = data_.office_nouns[entry.index];
        const bool past =
            head > sentence_begin(head) &&
            view_.is_any(found.begin > sentence_begin(head) ? found.begin - 1 : found.begin,
                         "former", "ex", "late", "deposed", "ousted");
        if ((found.country != kNoRow || found.organisation != kNoRow) && !past &&
            !before_former(found, head)) {
            const std::uint32_t body = found.organisation != kNoRow
                                           ? found.organisation
                                           : data_.countries[found.country].actor;
            for (const std::uint32_t office : noun.offices) {
                if (data_.offices[office].body != body || !options_.day || found.indefinite)
                    continue;  // "a military spokesman" may be any
                for (const std::uint32_t holder : data_.holders_of_office[office]) {
                    const HolderRow& term = data_.holders[holder];
                    if (term.from > *options_.day || term.to < *options_.day) continue;
                    const std::uint32_t actor = actor_of_row(term.person);
                    mention(found.begin, phrase_end, actor, Form::role,
                            row_why("role on the article's day", term.place));
                    remember_surname(data_.actors[term.person].name, actor);
                    return true;
                }
            }
            if (take_role_of_named(found, phrase_end)) return true;
            const std::int64_t bearer = office_bearer(entry.index, noun, body, head);
            if (bearer >= 0) {
                mention(found.begin, phrase_end, static_cast<std::uint32_t>(bearer), Form::role,
                        "role of a person named in the article");
                return true;
            }
            // Nobody known held it that day: the role stays a role of its state, where it acts.
            GroupPhrase phrase = described_by(found, head, end, phrase_end);
            const bool spokes = role_noun_at(head, "spokes") != nullptr ||
                                view_.is_any(end - 1, "spokesman", "spokeswoman", "spokesperson");
            phrase.kind = spokes ? "spokes" : "office";
            phrase.sector = spokes ? "" : "leader";
            if (!accepted(phrase) && !(spokes && acts_after(phrase_end))) return true;
            const std::string name = text_of(found.begin, phrase_end);
            const std::uint32_t actor =
                new_actor(name, ActorType::role_group, found.country, false);
            mention(found.begin, phrase_end, actor, Form::role,
                    "role without a known holder on that day");
            return true;
        }
        if (found.country != kNoRow || found.organisation != kNoRow) {
            hide_modifiers(found,
                           head);  // "the former US president" is somebody, but not the state
            return true;
        }
        if (!found.determined &&
            !(found.begin == head && view_.upper(head) && !sentence_start(head)))
            return false;
        // "the prime minister": who was last named with that office.
        std::int64_t who = -1;
        for (TokenIndex t = head; t > 0 && head - t < kTokensBack && who < 0;) {
            const std::int64_t person = person_starting_[--t];
            if (person < 0) continue;
            const bool seen =
                offices_seen_.contains(static_cast<std::uint64_t>(person) << 32U | entry.index);
            if (seen || holds(analysis_.actors[static_cast<std::size_t>(person)], noun))
                who = person;
        }
        if (who < 0) return false;
        const auto actor = static_cast<std::uint32_t>(who);
        mention(found.begin, end, actor, Form::role, "role of a person named before");
        return true;
    }

    /// "US President Joe Biden" tells whose president he is and names no second actor.
    void hide_modifiers(const Modifiers& found, TokenIndex head) {
        if (found.organisation != kNoRow) return;
        for (TokenIndex t = found.begin; t < head; ++t) covered_[t] = 1;
    }

    /// "Lena Brandt, the head of …", "the head of …, Lena Brandt,", "Lena Brandt is the head of …":
    /// a role that stands beside its bearer's name.
    bool take_role_of_named(const Modifiers& found, TokenIndex phrase_end) {
        const TokenIndex first = sentence_begin(found.begin);
        TokenIndex t = found.begin;
        while (t > first && view_.is_any(t - 1, "the", "a", "an", "former", "then", "now",
                                         "president", "mr", "its", "his", "her", "their"))
            --t;
        std::int64_t person = -1;
        if (t > first && view_.gap_before(t) == ", ") person = person_ending_[t - 1];
        if (t > first + 1 && view_.is_any(t - 1, "is", "was", "as", "become", "became", "named",
                                          "appointed", "elected", "considered", "be", "been",
                                          "being", "becoming", "remains", "like", "called")) {
            if (view_.is_any(t - 1, "is", "was", "became", "remains")) {
                person = person_ending_[t - 2];
                if (person < 0 && view_.is(t - 2, "who") && t > first + 2)
                    person = person_ending_[t - 3];
            }
            if (person < 0)
                return true;  // a role that somebody has or gets, and no actor of its own
        }
        for (TokenIndex k = phrase_end;
             person < 0 && k < std::min(phrase_end + 8, sentence_end(found.begin)); ++k) {
            const std::string_view gap = view_.gap_before(k);
            if (gap.substr(0, 1) == ",") {
                TokenIndex name = k;
                while (name < sentence_end(found.begin) && person_starting_[name] < 0 &&
                       name < k + 4 &&
                       (rank_word(name) || view_.at(Layer::names, name) != nullptr ||
                        view_.at(Layer::nouns, name) != nullptr || view_.word(name).size() == 1))
                    ++name;
                person = name < sentence_end(found.begin) ? person_starting_[name] : -1;
                break;
            }
            if (gap != " " || acts_after(k)) break;
        }
        if (person < 0) return false;
        // "a doctor" says what somebody is, "the head of …" who.
        const bool plain = found.country == kNoRow && found.organisation == kNoRow &&
                           !found.described && phrase_end - found.begin < 3;
        if (!plain)
            mention(found.begin, phrase_end, static_cast<std::uint32_t>(person), Form::role,
                    "role beside its bearer's name");
        return true;
    }

    /// Who bore the office `noun` of `body` in this article: introduced with it, or known to have
    /// held it once. The nearest before `head`, else the first after.
    [[nodiscard]] std::int64_t office_bearer(std::uint32_t office_noun, const OfficeNoun& noun,
                                             std::uint32_t body, TokenIndex head) const {
        const auto bears = [&](std::int64_t person) {
            const FoundActor& actor = analysis_.actors[static_cast<std::size_t>(person)];
            if (actor.row != kNoRow) {
                for (const std::uint32_t holder : data_.holders_of_person[actor.row]) {
                    const OfficeRow& office = data_.offices[data_.holders[holder].office];
                    if (office.body == body &&
                        std::find(noun.offices.begin(), noun.offices.end(),
                                  data_.holders[holder].office) != noun.offices.end())
                        return true;
                }
            }
            if (!offices_seen_.contains(static_cast<std::uint64_t>(person) << 32U | office_noun))
                return false;
            return actor.country.empty() || data_.actors[body].country.empty() ||
                   actor.country == data_.actors[body].country;
        };
        for (TokenIndex t = head; t > 0 && head - t < kTokensBack;) {
            --t;
            if (person_starting_[t] >= 0 && bears(person_starting_[t])) return person_starting_[t];
        }
        for (TokenIndex t = head; t < view_.size() && t - head < kTokensBack; ++t) {
            if (person_starting_[t] >= 0 && bears(person_starting_[t])) return person_starting_[t];
        }
        return -1;
    }

    [[nodiscard]] bool before_former(const Modifiers& found, TokenIndex head) const {
        for (TokenIndex t = found.begin; t < head; ++t) {
            if (view_.is_any(t, "former", "ex", "late", "deposed", "ousted", "deputy", "then"))
                return true;
        }
        return false;
    }

    [[nodiscard]] bool holds(const FoundActor& actor, const OfficeNoun& noun) const {
        if (actor.row == kNoRow) return false;
        for (const std::uint32_t holder : data_.holders_of_person[actor.row]) {
            const HolderRow& term = data_.holders[holder];
            if (options_.day && (term.from > *options_.day || term.to < *options_.day)) continue;
            if (std::find(noun.offices.begin(), noun.offices.end(), term.office) !=
                noun.offices.end())
                return true;
        }
        return false;
    }

    /// "the administration": the one named before, else that of the president of the day where the
    /// passage is about the United States.
    bool take_administration(const Modifiers& found, TokenIndex head, TokenIndex end) {
        const bool own = head > sentence_begin(head) && view_.gap_before(head) == " " &&
                         view_.is_any(head - 1, "my", "our");
        if (!view_.is(head, "administration") || (!found.determined && !own) ||
            found.begin != head || before_noun(end))
            return false;
        std::int64_t best = own ? -1 : last_before(administrations_, head, view_.size());
        if (best < 0) {
            const std::uint32_t country = country_near(
                head, [&](std::uint32_t of) { return data_.countries[of].iso3 == "USA"; });
            if (country == kNoRow || !options_.day) return false;
            for (const std::uint32_t office :
                 data_.offices_of_body[data_.countries[country].actor]) {
                if (data_.offices[office].title != "President of the United States") continue;
                for (const std::uint32_t index : data_.holders_of_office[office]) {
                    const HolderRow& term = data_.holders[index];
                    if (term.from > *options_.day || term.to < *options_.day) continue;
                    const std::string& name = data_.actors[term.person].name;
                    const auto known = data_.actor_by_id.find(
                        slug(name.substr(name.rfind(' ') + 1)) + "-administration");
                    if (known != data_.actor_by_id.end()) best = actor_of_row(known->second);
                }
            }
        }
        if (best < 0) return false;
        mention(head, end, static_cast<std::uint32_t>(best), Form::nominal,
                "administration in question");
        return true;
    }

    void take_noun(const RoleNoun& noun, const Modifiers& before, TokenIndex head, TokenIndex end,
                   TokenIndex phrase_end) {
        Modifiers found = before;
        const std::string_view kind = noun.kind;
        if (take_administration(found, head, end)) return;
        const std::uint32_t person =
            person_at(end) >= 0 ? static_cast<std::uint32_t>(person_at(end)) : kNoRow;
        if (kind.substr(0, 5) == "body:") {
            if (found.country == kNoRow && found.organisation == kNoRow && end < view_.size() &&
                !view_.is(end, "from"))
                take_complement(end, found, phrase_end);
            Form form = Form::alias;
            if (found.country == kNoRow && found.organisation == kNoRow &&
                (found.determined || view_.is(head, "government")) && found.begin == head &&
                phrase_end == end &&
                (end - head > 1 || !view_.is(head, "government") || found.determined) &&
                !view_.is(head, "regime") &&
                !view_.is_any(head, "forces", "troops", "soldiers", "warplanes", "jets",
                              "artillery", "drones") &&
                !before_noun(end)) {
                // "the army": of the country that the passage is about.
                found.country = country_near(head);
                form = Form::nominal;
            }
            if (found.country == kNoRow) return;
            if (form == Form::nominal) {
                if (const std::uint32_t branch = branch_of(found.country, head, end);
                    branch != kNoRow) {
                    mention(
                        head, end, actor_of_row(branch), form,
                        row_why("branch of the country in question", data_.actors[branch].place));
                    return;
                }
            }
            take_body(kind.substr(5), found, phrase_end, form);
            return;
        }
        if (kind == "title") return;
        if (kind == "single" || kind == "spokes") {
            if (person != kNoRow) {
                if (kind == "spokes")
                    spokespeople_.push_back({person, found.organisation, found.country});
                hide_modifiers(found, head);
                return;
            }
            if (kind == "spokes") {
                take_complement(end, found, phrase_end);
                for (auto it = spokespeople_.rbegin();
                     it != spokespeople_.rend() &&
                     it - spokespeople_.rbegin() < static_cast<std::ptrdiff_t>(kGroupsBack);
                     ++it) {
                    if (it->organisation == found.organisation && it->country == found.country) {
                        mention(found.begin, phrase_end, it->person, Form::role,
                                "spokesperson named before");
                        return;
                    }
                }
            }
            if (take_role_of_named(found, phrase_end)) return;
            if (kind == "spokes" && phrase_end == end) phrase_end = person_complement(end);
            const bool modified = found.country != kNoRow || found.organisation != kNoRow;
            if (!modified && found.determined && !found.described && phrase_end == end) {
                // "the official": who was named so before.
                if (const auto group = group_before(head, noun.noun, noun.noun.size() + 0U);
                    group >= 0) {
                    mention(found.begin, end, static_cast<std::uint32_t>(group), Form::nominal,
                            "group named before");
                    return;
                }
            }
            if (phrase_end == end) phrase_end = source_complement(end);
            consider_group(noun, found, head, end, phrase_end);
            return;
        }
        if (kind == "group" || kind == "weakgroup") {
            // "both countries", "the two leaders" refer back; the claims pass says to whom.
            if (end - head == 1 && head > sentence_begin(head) &&
                view_.is_any(head - 1, "both", "two") &&
                (view_.is(head - 1, "both") || found.determined) && found.country == kNoRow &&
                found.organisation == kNoRow)
                return;
            const bool modified = found.country != kNoRow || found.organisation != kNoRow;
            if (kind == "group" && !modified && !found.quantified && !found.described &&
                found.determined && speaks_here(found.begin, phrase_end)) {
                if (const auto group = group_before(head, noun.noun, noun.noun.size() + 1U);
                    group >= 0) {
                    mention(found.begin, end, static_cast<std::uint32_t>(group), Form::nominal,
                            "group named before");
                    return;
                }
            }
            bool joined = join_leftwards(found);
            TokenIndex list = complement_list(phrase_end, noun);
            if (list == phrase_end) list = subject_complement(head, phrase_end);
            if (list == phrase_end) list = source_complement(phrase_end);
            if (list > phrase_end) phrase_end = list;
            consider_group(noun, found, head, end, phrase_end, joined);
        }
    }

    /// "US, Egyptian and Qatari mediators": what is joined to the last of several modifiers belongs
    /// to the phrase. True when something was.
    bool join_leftwards(Modifiers& found) const {
        const TokenIndex first = sentence_begin(found.begin);
        const auto modifier_begin = [&](TokenIndex last) {
            if (const PhraseMatch* name = view_.ending_at(Layer::names, last); name != nullptr) {
                bool fits = false;
                view_.entries(*name, [&](const Entry& entry) {
                    fits = fits || entry.meaning == Meaning::adjective ||
                           (entry.meaning == Meaning::actor &&
                            data_.actors[entry.index].type != ActorType::person &&
                            view_.all_caps(name->token));
                });
                return fits ? static_cast<std::int64_t>(name->token) : -1;
            }
            if (role_noun_ending(last, "modifier") != nullptr)
                return static_cast<std::int64_t>(
                    last - (view_.ending_at(Layer::nouns, last)->tokens - 1U));
            return std::int64_t{-1};
        };
        TokenIndex begin = found.begin;
        if (begin < first + 2 || !view_.is(begin - 1, "and") || view_.gap_before(begin) != " " ||
            found.quantified)
            return false;
        if (found.country == kNoRow && found.organisation == kNoRow && !found.described &&
            (view_.at(Layer::nouns, begin) == nullptr || view_.at(Layer::nouns, begin)->tokens < 2))
            return false;
        std::int64_t left = view_.gap_before(begin - 1) == " " ? modifier_begin(begin - 2) : -1;
        if (left < 0) return false;
        begin = static_cast<TokenIndex>(left);
        while (begin > first) {
            const std::string_view gap = view_.gap_before(begin);
            if (gap != ", " && gap != " " && gap != ". ") break;
            const std::int64_t more = modifier_begin(begin - 1);
            if (more < 0 || (gap == ". " && view_.word(begin - 1).size() != 1)) break;
            begin = static_cast<TokenIndex>(more);
        }
        found.begin = begin;
        found.country = kNoRow;
        return true;
    }

    /// The end of "of Egypt and Qatar", "from both sides", "of Israeli hostages" behind a group's
    /// noun; `at` when there is none.
    [[nodiscard]] TokenIndex complement_list(TokenIndex at, const RoleNoun& noun) const {
        if (at + 2 < sentence_end(at - 1) && view_.is(at, "in") && view_.is(at + 1, "the") &&
            view_.is(at + 2, "region"))
            return at + 3;
        if (at + 2 < sentence_end(at - 1) && view_.is(at, "on") &&
            view_.is_any(at + 1, "both", "all") && view_.is(at + 2, "sides"))
            return at + 3;
        if (at + 1 >= view_.size() || at + 1 >= sentence_end(at - 1) || !view_.adjacent(at) ||
            !view_.is_any(at, "of", "from") || noun.sector == "victim")
            return at;
        const TokenIndex last = sentence_end(at);
        TokenIndex end = at;
        TokenIndex t = at + 1;
        while (t < last) {
            while (t < last &&
                   view_.is_any(t, "the", "both", "all", "other", "two", "three", "several", "many",
                                "some", "a", "an", "major", "remaining", "those"))
                ++t;
            if (t >= last) break;
            // "reporters from Kabul": where somebody is.
            if (view_.is(at, "from")) {
                const PhraseMatch* place = view_.at(Layer::names, t);
                bool actor = place == nullptr;
                if (place != nullptr)
                    view_.entries(*place, [&](const Entry& entry) {
                        actor = actor || entry.meaning == Meaning::actor ||
                                entry.meaning == Meaning::adjective;
                    });
                if (!actor) break;
            }
            TokenIndex item = t;
            TokenIndex solid = t;
            for (bool more = true; more && item < last;) {
                more = false;
                if (item > t && view_.gap_before(item) != " " && view_.gap_before(item) != "-" &&
                    view_.gap_before(item) != ". ")
                    break;
                if (const PhraseMatch* name = view_.at(Layer::names, item); name != nullptr) {
                    item += name->tokens;
                    more = true;
                    solid = item;
                } else if (const PhraseMatch* role = view_.at(Layer::nouns, item);
                           role != nullptr) {
                    item += role->tokens;
                    more = true;
                    if (role_noun_at(item - role->tokens, "modifier") == nullptr) solid = item;
                } else if (view_.is_any(item, "sides", "world", "region")) {
                    ++item;
                    solid = item;
                }
            }
            if (solid == t) break;
            end = solid;
            t = solid;
            if (t < last && view_.gap_before(t) == ", ") {
                if (view_.is(t, "and"))
                    ++t;
                else if (!joins_later(t))
                    break;
            } else if (t < last && view_.is(t, "and") && view_.gap_before(t) == " ") {
                ++t;
            } else {
                break;
            }
        }
        return end;
    }

    /// The end of "of the new bill" behind "critics": up to three words in lower case before a verb or
    /// a mark; `at` when there is none.
    [[nodiscard]] TokenIndex subject_complement(TokenIndex head, TokenIndex at) const {
        const TokenIndex last = sentence_end(head);
        if (at + 2 >= last || !view_.is(at, "of") || !view_.adjacent(at) ||
            !view_.is_any(head, "critics", "opponents", "supporters", "proponents", "advocates",
                          "guarantors", "backers", "signatories") ||
            !view_.is_any(at + 1, "the", "a", "this", "that", "any", "such"))
            return at;
        for (TokenIndex t = at + 2; t <= std::min(at + 5, last); ++t) {
            if (t > at + 2 && (t == last || view_.gap_before(t) != " " || acts_after(t) ||
                               view_.is_any(t, "in", "on", "at", "for", "who", "that", "and")))
                return t;
            if (t == last || view_.gap_before(t) != " " || view_.upper(t)) return at;
        }
        return at;
    }

    /// A list of names goes on at `t` until an "and".
    [[nodiscard]] bool joins_later(TokenIndex t) const {
        const TokenIndex last = std::min(sentence_end(t), t + 30);
        while (t < last) {
            if (view_.is(t, "the")) ++t;
            const PhraseMatch* name = t < last ? view_.at(Layer::names, t) : nullptr;
            if (name == nullptr) return false;
            t += name->tokens;
            if (t < last && view_.is(t, "and")) return true;
            if (t >= last || view_.gap_before(t) != ", ") return false;
        }
        return false;
    }

    /// The end of "familiar with the matter", "close to the talks", "with knowledge of the call"
    /// behind the noun of a source; `at` when there is none.
    [[nodiscard]] TokenIndex source_complement(TokenIndex at) const {
        const TokenIndex last = sentence_end(at - 1);
        if (at + 2 >= last || !view_.adjacent(at)) return at;
        const bool knows =
            view_.is_any(at, "familiar", "close", "briefed", "privy", "aware", "involved") ||
            (view_.is(at, "with") && view_.is_any(at + 1, "knowledge", "direct"));
        if (!knows) return at;
        for (TokenIndex t = at + 1; t < std::min(at + 10, last); ++t) {
            if (view_.gap_before(t) != " " && view_.gap_before(t) != "-") return t;
            if (t > at + 1 && view_.is_any(t, "who", "which", "that", "and", "but", "when"))
                return t;
            if (t > at + 1 && acts_after(t) && !view_.is_any(t, "on", "in") &&
                !view_.is_any(t - 1, "the", "a", "an", "of", "with", "to", "its", "their"))
                return t;
        }
        return at + 10 >= last ? last : at;
    }

    /// The end of "for Prime Minister X" behind "spokesman"; `at` when nobody follows.
    [[nodiscard]] TokenIndex person_complement(TokenIndex at) const {
        if (at + 1 >= sentence_end(at - 1) || !view_.is_any(at, "for", "of", "to") ||
            !view_.adjacent(at))
            return at;
        for (TokenIndex t = at + 1; t < std::min(at + 6, sentence_end(at)); ++t) {
            if (view_.gap_before(t) != " " && view_.gap_before(t) != ". ") return at;
            if (person_starting_[t] < 0) continue;
            while (t < sentence_end(at) && covered_[t] != 0 &&
                   (person_ending_[t] < 0 || (t + 1 < sentence_end(at) && covered_[t + 1] != 0 &&
                                              view_.gap_before(t + 1) == " ")))
                ++t;
            return std::min(t + 1, sentence_end(at));
        }
        return at;
    }

    /// The phrase of a noun, as far as its modifiers tell.
    static GroupPhrase described_by(const Modifiers& found, TokenIndex head, TokenIndex noun_end,
                                    TokenIndex end) {
        GroupPhrase phrase;
        phrase.begin = found.begin;
        phrase.head = head;
        phrase.noun_end = noun_end;
        phrase.end = end;
        phrase.country = found.country != kNoRow;
        phrase.organisation = found.organisation != kNoRow;
        phrase.determined = found.determined;
        phrase.indefinite = found.indefinite;
        phrase.quantified = found.quantified;
        phrase.described = found.described;
        return phrase;
    }

    /// Asks the scorer whether this phrase is an actor.
    void consider_group(const RoleNoun& noun, const Modifiers& found, TokenIndex head,
                        TokenIndex noun_end, TokenIndex end, bool joined = false) {
        // "acted as mediators" says what somebody does.
        if (found.begin == head && head > sentence_begin(head) && view_.is(head - 1, "as") &&
            view_.gap_before(head) == " ")
            return;
        // "the rebels" are the armed group that the passage is about.
        if (noun.sector == "fighter" && noun.kind == "weakgroup" && found.determined &&
            found.begin == head && end == noun_end) {
            if (const std::int64_t group = armed_before(head); group >= 0) {
                mention(head, noun_end, static_cast<std::uint32_t>(group), Form::nominal,
                        "armed group named before");
                return;
            }
        }
        if (view_.is_any(head, "rebels", "insurgents") && found.organisation == kNoRow &&
            end == noun_end) {
            if (const std::int64_t group = only_armed_group(found.country); group >= 0) {
                mention(found.begin, noun_end, static_cast<std::uint32_t>(group), Form::nominal,
                        "the armed group of the article");
                return;
            }
        }
        // "Hamas gunmen", "fighters of Hamas" are Hamas.
        if (noun.sector == "fighter" && end > noun_end && end > noun_end + 1 &&
            covered_[end - 1] != 0)
            return;
        if (noun.sector == "fighter" && found.organisation != kNoRow &&
            (data_.actors[found.organisation].type == ActorType::armed_group ||
             data_.actors[found.organisation].type == ActorType::political_group))
            return;
        if (view_.is(head, "public") && !found.determined && found.country == kNoRow) return;
        if (view_.is(head, "states") &&
            (view_.is(noun_end, "that") || (found.organisation != kNoRow && found.owner_end != 0)))
            return;  // a verb
        // "mediators", where "Egyptian mediators" are known: the same, said shorter.
        if (found.begin == head && end == noun_end && noun.kind != "single" &&
            noun.kind != "spokes" && !owned_before(head)) {
            if (const std::int64_t group = group_before(head, noun.noun, noun.noun.size() + 1U);
                group >= 0) {
                mention(head, noun_end, static_cast<std::uint32_t>(group), Form::nominal,
                        "group named before");
                return;
            }
        }
        GroupPhrase phrase = described_by(found, head, noun_end, end);
        // "its allies", "his staff": whose they are belongs to the name.
        const bool owned = noun.kind != "single" && found.begin == head &&
                           found.begin > sentence_begin(found.begin) &&
                           view_.gap_before(found.begin) == " " &&
                           view_.is_any(found.begin - 1, "its", "his", "her", "their", "our", "my");
        phrase.owned = owned;
        phrase.kind = noun.kind;
        phrase.sector = noun.sector;
        phrase.joined = joined;
        phrase.named_before = group_before(head, noun.noun, noun.noun.size()) >= 0;
        const bool speaks = noun.kind == "spokes" &&
                            acts_after(end);  // who speaks for somebody and says so needs no scorer
        if (accepted(phrase) || speaks)
            add_group(found, noun, head, noun_end, end, owned ? found.begin - 1 : found.begin);
    }

    /// The armed group of the lexicon that was named last before `t`; -1 when there is none near,
    /// or another stands in between as often.
    [[nodiscard]] std::int64_t armed_before(TokenIndex t) const {
        return last_before(armed_, t, kFocusTokens);
    }

    /// The armed group of the lexicon, when the article names one only, of `country` where that is
    /// given; else -1.
    [[nodiscard]] std::int64_t only_armed_group(std::uint32_t country) const {
        if (only_armed_ < 0 || several_armed_ ||
            (country != kNoRow && analysis_.actors[static_cast<std::size_t>(only_armed_)].country !=
                                      data_.countries[country].iso3))
            return -1;
        return only_armed_;
    }

    [[nodiscard]] bool owned_before(TokenIndex head) const {
        return head > sentence_begin(head) && view_.gap_before(head) == " " &&
               view_.is_any(head - 1, "its", "his", "her", "their", "our", "my");
    }

    [[nodiscard]] bool accepted(const GroupPhrase& phrase) {
        group_features(*this, view_, phrase, features_);
        const float score = scorer_.group(features_);
        if (seen_ != nullptr)
            seen_->push_back({"group",
                              view_.span_of(phrase.begin - (phrase.owned ? 1U : 0U), phrase.end),
                              features_, score});
        return score > 0;
    }

    /// The unnamed group before `head` that was last called by this noun, with a name of at least
    /// `size` bytes; -1 when there is none.
    [[nodiscard]] std::int64_t group_before(TokenIndex head, std::string_view noun,
                                            std::size_t size) const {
        for (std::size_t i = groups_.size(); i > 0 && groups_.size() - i < kGroupsBack; --i) {
            const Group& group = groups_[i - 1];
            const std::string_view name = analysis_.actors[group.actor].name;
            // The noun is the name's head: not "victims" of "families of the victims".
            if (name.find(" of ") != std::string_view::npos ||
                name.find(" from ") != std::string_view::npos)
                continue;
            if (group.begin < head && name.size() >= size &&
                name.substr(name.size() - noun.size()) == noun)
                return group.actor;
        }
        return -1;
    }

    [[nodiscard]] bool speaks_here(TokenIndex begin, TokenIndex end) const {
        if (acts_after(end)) return true;
        const TokenIndex first = sentence_begin(begin);
        TokenIndex t = begin;
        while (t > first && view_.is_any(t - 1, "the", "a", "an", "to", "two", "some")) --t;
        return t > first &&
               (cue_at(t - 1, CueKind::report) ||
                (view_.is_any(t - 1, "by", "with", "told", "to", "on") && t - 1 > first));
    }

    /// "US officials", "American officials" and "two U.S. officials" are one group: country, what
    /// describes it, noun. Empty when the words are all there is.
    [[nodiscard]] std::string group_key(const Modifiers& found, TokenIndex begin, TokenIndex head,
                                        TokenIndex end) const {
        if (found.country == kNoRow || found.organisation != kNoRow || begin != found.begin)
            return {};
        std::string key = data_.countries[found.country].iso3;
        for (TokenIndex t = begin; t < end; ++t) {
            if (t < head) {
                if (view_.at(Layer::names, t) != nullptr) {
                    t += view_.at(Layer::names, t)->tokens - 1U;
                    continue;
                }
                const RoleNoun* modifier = role_noun_at(t, "modifier");
                if ((modifier != nullptr && modifier->sector == "quantity") || view_.number(t) ||
                    view_.possessive(t))
                    continue;
            }
            key += ' ';
            text::append_folded(view_.word(t), key);
        }
        return key;
    }

    /// Whose "its allies" and "his staff" are, as a possessive: the nearest state or body, or
    /// person, before the pronoun in its sentence. Empty when unknown.
    [[nodiscard]] std::string owner_before(TokenIndex pronoun) const {
        if (view_.is_any(pronoun, "his", "her", "my")) {
            for (TokenIndex t = pronoun; t > sentence_begin(pronoun);) {
                --t;
                if (person_ending_[t] >= 0) return std::string(view_.word(t)) + "'s";
            }
            return {};
        }
        if (!view_.is_any(pronoun, "its", "their")) return {};
        const NameHit* owner = nullptr;
        for (auto it =
                 std::lower_bound(names_.begin(), names_.end(), sentence_begin(pronoun),
                                  [](const NameHit& hit, TokenIndex at) { return hit.begin < at; });
             it != names_.end(); ++it) {
            const NameHit& hit = *it;
            if (hit.end > pronoun) break;
            const ActorType type = data_.actors[hit.entry->index].type;
            if (type != ActorType::person && type != ActorType::media) owner = &hit;
        }
        if (owner == nullptr) return {};
        if (view_.word(owner->end - 1).back() == 's' &&
            data_.actors[owner->entry->index].id != "united-states")
            return text_of(owner->begin, owner->end) + "'";
        if (data_.actors[owner->entry->index].id == "united-states" &&
            owner->entry->meaning == Meaning::actor)
            return "US";
        return text_of(owner->begin, owner->end) + "'s";
    }

    void add_group(const Modifiers& found, const RoleNoun& noun, TokenIndex head,
                   TokenIndex noun_end, TokenIndex end, TokenIndex begin) {
        // "some observers", "dozens of settlers": how many does not make them others.
        TokenIndex named = begin;
        const bool modified = found.country != kNoRow || found.organisation != kNoRow;
        while (named < head) {
            const PhraseMatch* match = view_.at(Layer::nouns, named);
            const TokenIndex next = named + (match == nullptr ? 1 : match->tokens);
            const RoleNoun* quantity = role_noun_at(named, "modifier");
            bool skip = quantity != nullptr && quantity->sector == "quantity";
            // "other countries" and "two sources" are called so; "other Western countries" and "two
            // Israeli officials" need the word less.
            if (skip && view_.is_any(named, "all", "both", "other", "fellow", "several"))
                skip = next < head || noun_end - head > 1;
            if (skip && view_.is_any(named, "two", "three", "four", "five", "six", "seven", "eight",
                                     "nine", "ten"))
                skip = modified;
            skip =
                skip || (view_.is_any(named, "key", "various", "certain", "fellow") && next < head);
            if (!skip) break;
            named = next;
        }
        if (named >= head) named = head;
        std::uint32_t country = found.country;
        if (country == kNoRow && found.organisation != kNoRow &&
            !data_.actors[found.organisation].country.empty())
            country = country_by_code(data_.actors[found.organisation].country);
        const bool armed = noun.sector == "fighter" && noun.kind == "weakgroup";
        std::string name = text_of(named, end);
        if (begin < found.begin) {
            if (const std::string owner = owner_before(begin); !owner.empty())
                name = owner + " " + text_of(found.begin, end);
        }
        const std::uint32_t actor =
            new_actor(std::move(name), armed ? ActorType::armed_group : ActorType::role_group,
                      country, false, group_key(found, begin, head, end));
        // The organisation inside keeps its own mention where it has one; the group is a mention
        // beside it.
        mention(begin, end, actor, Form::role, "group by its noun", noun_end);
    }

    /// "the Navy", "the air force", and "the Army" with a capital: a branch that the lexicon has a
    /// row for; else kNoRow.
    [[nodiscard]] std::uint32_t branch_of(std::uint32_t country, TokenIndex head,
                                          TokenIndex end) const {
        const bool branch = view_.is(head, "navy") || (view_.is(head, "air") && end - head == 2) ||
                            (view_.is(head, "army") && view_.upper(head));
        if (!branch) return kNoRow;
        const std::string noun = slug(text_of(head, end));
        for (const std::string& owner : {data_.actors[data_.countries[country].actor].name,
                                         data_.countries[country].adjective}) {
            if (const auto known = data_.actor_by_id.find(slug(owner) + "-" + noun);
                known != data_.actor_by_id.end())
                return known->second;
        }
        return kNoRow;
    }

    /// "the government officials", "the army chief": the body only says of what kind the next word
    /// is.
    [[nodiscard]] bool before_noun(TokenIndex end) const {
        if (view_.is(end, "states") && end + 1 < sentence_end(end - 1) && view_.is(end + 1, "that"))
            return false;  // a verb
        return end < sentence_end(end - 1) && view_.adjacent(end) &&
               (view_.at(Layer::nouns, end) != nullptr ||
                view_.is_any(end, "spending", "headquarters", "building", "buildings", "shutdown",
                             "base", "camp", "post", "checkpoint", "radio"));
    }

    void take_body(std::string_view kind, const Modifiers& found, TokenIndex end, Form form) {
        take_body_of(kind, found.country, found.begin, end, form);
        // "the governments of Afghanistan and Pakistan", "the armed forces of Egypt, Qatar and
        // Turkey".
        TokenIndex t = end;
        while (t < sentence_end(found.begin) && t + 1 < sentence_end(found.begin) &&
               (view_.is(t, "and") || view_.gap_before(t) == ", ")) {
            if (found.begin >= end ||
                !view_.is_any(found.begin, "governments", "armies", "militaries", "armed"))
                break;
            if (view_.is(t, "and")) ++t;
            if (view_.is(t, "the")) ++t;
            const PhraseMatch* name = t < view_.size() ? view_.at(Layer::names, t) : nullptr;
            if (name == nullptr || !state_name(*name)) break;
            const std::uint32_t country = state_of(*name);
            if (country == kNoRow) break;
            take_body_of(kind, country, found.begin, t + name->tokens, form);
            t += name->tokens;
        }
    }

    [[nodiscard]] std::uint32_t state_of(const PhraseMatch& match) const {
        std::uint32_t country = kNoRow;
        view_.entries(match, [&](const Entry& entry) {
            if (entry.meaning == Meaning::actor &&
                data_.actors[entry.index].type == ActorType::state)
                country = data_.actors[entry.index].state;
        });
        return country;
    }

    void take_body_of(std::string_view kind, std::uint32_t of, TokenIndex begin, TokenIndex end,
                      Form form) {
        const CountryRow& country = data_.countries[of];
        if (kind == "government" || kind == "military") {
            const std::uint32_t row = kind == "government" ? country.government : country.military;
            if (row != kNoRow) {
                mention(begin, end, actor_of_row(row), form,
                        row_why("body of a state", data_.actors[row].place));
                return;
            }
            const std::string& state = data_.actors[country.actor].name;
            const std::string name =
                kind == "government" ? "Government of " + state : state + " Armed Forces";
            mention(
                begin, end,
                new_actor(name,
                          kind == "government" ? ActorType::government_body : ActorType::military,
                          of, true),
                form, "body of a state");
            return;
        }
        // A ministry, parliament, …: `kind` is the body's name in Wikipedia's manner.
        const std::string name = std::string(kind) + " (" + data_.actors[country.actor].name + ")";
        auto known = data_.actor_by_id.find(slug(name));
        // A police force may be called in other ways.
        const std::string state = slug(data_.actors[country.actor].name);
        const std::string people = slug(country.adjective);
        if (kind == "Police") {
            for (const std::string& id :
                 {"national-police-of-" + state, "federal-police-of-" + state,
                  "national-police-" + state, "federal-police-" + state, state + "-police",
                  people + "-national-police", people + "-police", people + "-police-force",
                  "police-of-" + state, people + "-federal-police", state + "-police-force"}) {
                if (known == data_.actor_by_id.end()) known = data_.actor_by_id.find(id);
            }
        }
        if (known != data_.actor_by_id.end()) {
            mention(begin, end, actor_of_row(known->second), form,
                    row_why("body of a state", data_.actors[known->second].place));
        } else {
            mention(begin, end, new_actor(name, ActorType::government_body, of, true), form,
                    "body of a state");
        }
    }

    // --- states, peoples and capitals
    // -----------------------------------------------------------------------------------------------------

    [[nodiscard]] bool place_here(TokenIndex begin, TokenIndex end) const {
        if (begin == sentence_begin(begin)) return false;
        TokenIndex t = begin - 1;
        const std::string_view gap = view_.gap_before(begin);
        if (view_.is(t, "the") && t > sentence_begin(begin)) --t;
        // "Doha, Qatar", also before a verb when a comma closes it: "talks in Istanbul, Turkey,
        // have failed".
        if (gap == ", " && t > sentence_begin(begin) && view_.upper(t) && covered_[t] == 0) {
            const bool closed =
                end >= sentence_end(begin) || view_.gap_before(end).substr(0, 1) == ",";
            if (!acts_after(end) || (closed && city_of(t, begin))) return true;
        }
        if (in_place_series(begin)) return true;
        if (gap != " " && gap != "\n") return false;
        if (view_.is_any(t, "in", "into", "inside", "across", "near", "throughout", "within",
                         "outside", "around", "over", "via", "through", "southern", "northern",
                         "eastern", "western", "central", "occupied", "northeast", "northwest",
                         "southeast", "southwest", "northeastern", "northwestern", "southeastern",
                         "southwestern", "neighboring", "neighbouring", "rural", "at", "toward",
                         "towards", "visit", "visited", "visiting", "entered", "entering", "leave",
                         "leaving", "left", "reached", "reaching", "north", "south", "east", "west",
                         "mainland", "crossed", "upper", "lower", "outskirts", "fled", "crossing"))
            return true;
        if (view_.is(t, "with") && t > sentence_begin(begin) &&
            view_.is_any(t - 1, "border", "borders", "frontier", "crossing"))
            return true;
        if (view_.is(t, "of") && t > sentence_begin(begin) &&
            view_.is_any(t - 1, "gulf", "strip", "south", "north", "east", "west", "parts", "part",
                         "streets", "city", "town", "capital", "coast", "areas", "regions",
                         "swathes", "most", "border", "borders", "out", "outside", "rest", "skies",
                         "map", "stability", "sovereignty", "future", "reconstruction", "people",
                         "annexation", "occupation", "bombing", "invasion"))
            return true;
        if (view_.is_any(t, "on", "hit", "against") && t > sentence_begin(begin) &&
            view_.is_any(t - 1, "strike", "strikes", "airstrikes", "bombardment", "raids",
                         "assault", "shelling") &&
            !view_.is(t, "against"))
            return true;
        if (view_.is(t, "from")) {
            for (TokenIndex k = t; k > sentence_begin(begin) && t - k < 4;) {
                --k;
                if (view_.is_any(k, "demand", "demands", "statement", "proposal", "response",
                                 "pressure", "support", "weapons", "calls", "message", "assurances",
                                 "guarantees", "concessions", "aid", "offer", "backing",
                                 "negotiators", "mediators", "officials", "representatives",
                                 "delegations", "envoys"))
                    return false;
            }
            return true;
        }
        if (view_.is(t, "to")) {
            for (TokenIndex k = t; k > sentence_begin(begin) && t - k < 3;) {
                --k;
                if (view_.is_any(k, "flew", "fly", "flying", "travel", "traveled", "travelled",
                                 "traveling", "travelling", "trip", "visit", "return", "returned",
                                 "went", "came", "sent", "moved", "headed", "arrived", "fled",
                                 "way", "back", "journey", "transferred", "deported", "border",
                                 "close", "next", "adjacent", "go", "going", "goes", "trips",
                                 "visits", "flight", "flights", "tour", "sending", "ambassador"))
                    return true;
            }
        }
        return false;
    }

    /// Whether the word at `t` is the seat of the state that begins at `state`, or stands behind a
    /// preposition of place itself.
    [[nodiscard]] bool city_of(TokenIndex t, TokenIndex state) const {
        const PhraseMatch* match = view_.ending_at(Layer::names, t);
        const TokenIndex begin = match == nullptr ? t : match->token;
        if (begin > sentence_begin(t) &&
            view_.is_any(begin - 1, "in", "at", "near", "from", "to", "outside", "of"))
            return true;
        const PhraseMatch* name = view_.at(Layer::names, state);
        if (match == nullptr || name == nullptr) return false;
        bool same = false;
        view_.entries(*match, [&](const Entry& seat) {
            if (seat.meaning != Meaning::metonym) return;
            view_.entries(*name, [&](const Entry& entry) {
                same = same || (entry.meaning == Meaning::actor && entry.index == seat.index);
            });
        });
        return same;
    }

    /// "in Syria and Iraq", "across Yemen, Sudan and Libya": what is joined to a place is one.
    [[nodiscard]] bool in_place_series(TokenIndex begin) const {
        TokenIndex t = begin;
        const TokenIndex first = sentence_begin(begin);
        for (unsigned steps = 0; steps < 4; ++steps) {
            if (t <= first) return false;
            TokenIndex before = t - 1;
            const std::string_view gap = view_.gap_before(t);
            if (view_.is(before, "and") && gap == " " && before > first) {
                --before;
                if (view_.gap_before(before + 1) != " " && view_.gap_before(before + 1) != ", ")
                    return false;
            } else if (gap != ", ") {
                return false;
            }
            const PhraseMatch* name = view_.ending_at(Layer::names, before);
            TokenIndex start = name == nullptr ? before : name->token;
            if (name == nullptr) {
                if (!view_.upper(before)) return false;
                while (start > first && view_.upper(start - 1) && view_.gap_before(start) == " ")
                    --start;
            }
            if (start <= first || view_.gap_before(start) == ". ") return false;
            if (view_.is_any(start - 1, "in", "into", "inside", "across", "near", "throughout",
                             "within", "outside", "around", "southern", "northern", "eastern",
                             "western", "visited", "visiting", "visits", "toured", "touring"))
                return view_.gap_before(start) == " ";
            t = start;
        }
        return false;
    }

    /// "Iran-backed", "US-led": says of a thing whose it is. "the Israel-Lebanon border",
    /// "Lebanon's south": land.
    [[nodiscard]] bool land_or_compound(TokenIndex begin, TokenIndex end) const {
        const TokenIndex last = sentence_end(begin);
        if (end >= last) return false;
        const std::string_view gap = view_.gap_before(end);
        if ((gap == "-" || gap == "\u2010" || gap == "\u2011") &&
            view_.is_any(end, "backed", "based", "aligned", "linked", "allied", "supported",
                         "funded", "sponsored", "occupied", "controlled", "born", "run", "style",
                         "made", "friendly", "affiliated", "trained", "supplied", "designated",
                         "held", "administered", "flagged", "wide", "esque", "annexed", "ruled"))
            return true;
        TokenIndex next = end;
        if (view_.possessive(next)) {
            if (next + 1 >= last) return false;
            ++next;
            if (view_.is_any(next, "state", "official", "main", "national", "largest") &&
                next + 1 < last &&
                view_.is_any(next + 1, "news", "tv", "television", "media", "broadcaster", "agency",
                             "radio", "run", "newspaper"))
                return true;
            return view_.is_any(next, "capital", "south", "north", "east", "west", "southern",
                                "northern", "eastern", "western", "coast", "border", "borders",
                                "territory", "airspace", "waters", "city", "town", "port", "region",
                                "province", "largest", "second", "soil", "skies", "shores",
                                "countryside", "streets", "history", "independence") ||
                   named_by_possessor(next);
        }
        // "the Israel-Lebanon border", "the Syria border region".
        if (gap == " " && view_.is_any(next, "border", "borders", "region", "peninsula", "airspace",
                                       "frontier", "coast"))
            return true;
        return (gap == "-" || gap == "\u2013") && next + 1 < last && view_.upper(next) &&
               view_.is_any(next + 1, "border", "frontier");
    }

    /// "Lebanon's Hezbollah", "Ukraine's Crimea": the state says where the one named is from.
    [[nodiscard]] bool named_by_possessor(TokenIndex next) const {
        const PhraseMatch* name = view_.at(Layer::names, next);
        if (name == nullptr) return false;
        bool yes = false;
        view_.entries(*name, [&](const Entry& entry) {
            if (entry.meaning != Meaning::actor) return;
            const ActorType type = data_.actors[entry.index].type;
            yes = yes || type == ActorType::armed_group || type == ActorType::state ||
                  type == ActorType::media || type == ActorType::company;
        });
        return yes;
    }

    [[nodiscard]] bool mere_modifier(TokenIndex end) const {
        if (end >= view_.size() || end >= sentence_end(end - 1) || !view_.adjacent(end))
            return false;
        return view_.is_any(end, "war", "crisis", "conflict", "border", "borders", "strategy",
                            "policy", "issue", "invasion", "campaign", "file", "expert", "analyst",
                            "correspondent", "desk", "time", "deal", "peace", "talks", "truce",
                            "ceasefire", "cease", "mission", "embassy", "ceasefires", "truces");
    }

    /// "US Middle East envoy Lena Brandt", "U.S. Gen. …": a state before a title and its bearer.
    [[nodiscard]] bool modifies_person(TokenIndex end) const {
        for (TokenIndex t = end; t < sentence_end(end - 1) && t < end + 6; ++t) {
            const std::string_view gap = view_.gap_before(t);
            if (gap != " " && gap != "-" && gap != ". " && gap != "\u00A0") return false;
            if (person_starting_[t] >= 0) return t > end;
            if (!view_.upper(t) && view_.at(Layer::nouns, t) == nullptr &&
                view_.ending_at(Layer::nouns, t) == nullptr)
                return false;
            if (acts_after(t) && !view_.upper(t)) return false;
        }
        return false;
    }

    /// A capital or seat that speaks or decides.
    [[nodiscard]] bool seat_acts(TokenIndex begin, TokenIndex end) const {
        if (place_here(begin, end)) return false;
        if (acts_after(end)) return true;
        if (end < view_.size() && view_.possessive(end)) {
            // "Washington's commitment": policy, not streets.
            return end + 1 < view_.size() &&
                   view_.is_any(end + 1, "commitment", "position", "demand", "demands", "proposal",
                                "plan", "policy", "support", "efforts", "allies", "response",
                                "refusal", "decision", "insistence", "stance", "offer", "goal",
                                "goals", "request", "claim", "claims", "role", "interests",
                                "backing", "envoy", "leadership", "military", "desire",
                                "conditions", "willingness");
        }
        if (begin > sentence_begin(begin)) {
            const TokenIndex t = begin - 1;
            if (view_.is_any(t, "between", "by", "with", "against", "urged", "accused", "told",
                             "pressed", "blamed", "for") &&
                view_.adjacent(begin) && !view_.is(t, "for"))
                return true;
            // "Kyiv and Moscow agreed", "Moscow, Tehran and Ankara".
            if (view_.is(t, "and") && t > sentence_begin(begin) &&
                (acts_after(end) || covered_[t - 1] != 0))
                return true;
        }
        if (end + 1 < view_.size() && view_.is(end, "and") && view_.upper(end + 1)) {
            const PhraseMatch* next = view_.at(Layer::names, end + 1);
            if (next != nullptr && acts_after(end + 1 + next->tokens)) return true;
        }
        return false;
    }

    void take_states() {
        // First what acts, so that a state named once as an agent is known; places yield nothing.
        for (const NameHit& hit : names_) {
            const Entry& entry = *hit.entry;
            const ActorRow& row = data_.actors[entry.index];
            if (!free(hit.begin, hit.end)) continue;
            const bool seat = entry.meaning == Meaning::metonym;
            if (!seat && (row.type != ActorType::state || (entry.flags & kWeak) != 0)) continue;
            if (hit.begin > sentence_begin(hit.begin) &&
                view_.is_any(hit.begin - 1, "uss", "hms", "ss"))
                continue;  // a ship
            StatePhrase phrase;
            phrase.begin = hit.begin;
            phrase.end = hit.end;
            phrase.seat = seat;
            phrase.acts = acts_after(hit.end);
            phrase.place = place_here(hit.begin, hit.end);
            phrase.hyphened = hyphened(hit);
            phrase.modifier = mere_modifier(hit.end);
            phrase.land = land_or_compound(hit.begin, hit.end);
            phrase.before_person = modifies_person(hit.end);
            phrase.joined_actor = seat ? seat_acts(hit.begin, hit.end) : joined_to_actor(hit);
            state_features(*this, view_, phrase, features_);
            if (phrase.land || phrase.before_person || (phrase.modifier && !phrase.hyphened) ||
                of_a_war(hit))
                continue;
            // "… the Democratic Republic of the Congo (DRC)" is what its long name is; "US$590
            // million" is money.
            if (hit.begin > 0 && view_.gap_before(hit.begin) == " (" &&
                in_name_[hit.begin - 1] != 0 && covered_[hit.begin - 1] == 0)
                continue;
            if (hit.end < view_.size() && view_.gap_before(hit.end).substr(0, 1) == "$") continue;
            // "the Paris Agreement": named after a town.
            if (seat && hit.end < sentence_end(hit.begin) &&
                (view_.upper(hit.end) || view_.is(hit.end, "and")) && named_after_seat(hit.end))
                continue;
            const float score = scorer_.state(features_);
            if (seen_ != nullptr)
                seen_->push_back({"state", view_.span_of(hit.begin, hit.end), features_, score});
            if (score <= 0) continue;
            if (seat) {
                mention(hit.begin, hit.end, actor_of_row(entry.index), Form::metonym,
                        row_why("seat that acts", row.place));
            } else {
                mention(hit.begin, hit.end, actor_of_row(entry.index), entry.form,
                        row_why(to_string(entry.form), row.place));
            }
        }
        // Peoples that act: "Palestinians".
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::names) || skipped(match.token) ||
                !free(match.token, match.token + match.tokens))
                continue;
            const Entry* people = nullptr;
            bool adjective = false;
            view_.entries(match, [&](const Entry& entry) {
                if (entry.meaning == Meaning::people) people = &entry;
                adjective = adjective || entry.meaning == Meaning::adjective;
            });
            if (people == nullptr) continue;
            const TokenIndex end = match.token + match.tokens;
            GroupPhrase phrase;
            phrase.begin = match.token;
            phrase.head = match.token;
            phrase.noun_end = end;
            phrase.end = end;
            phrase.kind = adjective ? "adjective" : "people";
            phrase.sector = "people";
            phrase.country = true;
            if (match.token > sentence_begin(match.token)) {
                phrase.determined = view_.is(match.token - 1, "the");
                phrase.quantified =
                    view_.number(match.token - 1) ||
                    view_.is_any(match.token - 1, "many", "most", "some", "all", "million", "two",
                                 "three", "four", "five", "six", "seven", "eight", "nine", "ten");
            }
            if (adjective && end < sentence_end(match.token) &&
                view_.gap_before(end).substr(0, 1) != "," && !acts_after(end))
                continue;
            if (!accepted(phrase)) continue;
            mention(
                match.token, end,
                new_actor(text_of(match.token, end), ActorType::role_group, people->index, false),
                Form::name, "people");
        }
    }

    /// "Agreement", or "and Luanda processes", behind a seat.
    [[nodiscard]] bool named_after_seat(TokenIndex t) const {
        for (TokenIndex k = t; k < std::min(t + 3, sentence_end(t)) && view_.gap_before(k) == " ";
             ++k) {
            if (view_.is_any(k, "agreement", "agreements", "accord", "accords", "process",
                             "processes", "protocol", "protocols", "summit", "conference",
                             "declaration", "communique", "format", "formula", "convention",
                             "treaty", "memorandum", "roadmap"))
                return true;
            if (!view_.upper(k) && !view_.is(k, "and")) return false;
        }
        return false;
    }

    /// "Egypt and Hamas agreed": joined to an actor.
    [[nodiscard]] bool joined_to_actor(const NameHit& hit) const {
        const TokenIndex first = sentence_begin(hit.begin);
        if (hit.begin > first + 1 && view_.is(hit.begin - 1, "and") && covered_[hit.begin - 2] != 0)
            return true;
        return hit.end + 1 < sentence_end(hit.begin) && view_.is(hit.end, "and") &&
               (covered_[hit.end + 1] != 0 || in_name_[hit.end + 1] != 0);
    }

    /// "the Russia-Ukraine war": two names make the war's, and neither acts.
    [[nodiscard]] bool of_a_war(const NameHit& hit) const {
        const auto joint = [](std::string_view gap) {
            return gap == "-" || gap == "\u2013" || gap == "\u2011" || gap == "\u2010";
        };
        const TokenIndex last = sentence_end(hit.begin);
        TokenIndex end = hit.end;
        if (end < last && joint(view_.gap_before(end)) && view_.at(Layer::names, end) != nullptr) {
            end += view_.at(Layer::names, end)->tokens;
        } else if (hit.begin == sentence_begin(hit.begin) || !joint(view_.gap_before(hit.begin)) ||
                   view_.ending_at(Layer::names, hit.begin - 1) == nullptr) {
            return false;
        }
        return end < last && view_.adjacent(end) &&
               view_.is_any(end, "war", "conflict", "crisis", "border", "fighting", "wars");
    }

    /// "Israel-Hamas": both are parties.
    [[nodiscard]] bool hyphened(const NameHit& hit) const {
        const auto joint = [](std::string_view gap) {
            return gap == "-" || gap == "\u2013" || gap == "\u2011" || gap == "\u2010";
        };
        return (hit.begin > 0 && joint(view_.gap_before(hit.begin))) ||
               (hit.end < view_.size() && joint(view_.gap_before(hit.end)));
    }

    // --- the end
    // -------------------------------------------------------------------------------------------------------------------------

    /// Orders mentions, drops actors without any, and numbers actors by their first mention.
    /// "both countries", "the two nations": the two states that this sentence and the one before
    /// speak of, when they speak of two.
    void take_both_states() {
        for (const PhraseMatch& match : analysis_.phrases) {
            if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || match.tokens != 1 ||
                skipped(match.token) ||
                !view_.is_any(match.token, "countries", "nations", "states"))
                continue;
            const TokenIndex head = match.token;
            const TokenIndex first = sentence_begin(head);
            if (covered_[head] != 0 || head == first || view_.gap_before(head) != " ") continue;
            TokenIndex begin = head - 1;
            if (view_.is(begin, "two") && begin > first && view_.is(begin - 1, "the")) {
                --begin;
            } else if (!view_.is(begin, "both")) {
                continue;
            }
            std::vector<std::uint32_t> states;
            const std::uint32_t own = sentence_of(head);
            const TokenIndex from = sentences_[own == 0 ? 0 : own - 1].token_begin;
            for (auto it = std::lower_bound(
                     countries_named_.begin(), countries_named_.end(), from,
                     [](const NamedCountry& named, TokenIndex at) { return named.token < at; });
                 it != countries_named_.end() && it->token < begin; ++it) {
                const NamedCountry& named = *it;
                if (sentence_at(named.token).title != sentence_at(head).title) continue;
                if (std::find(states.begin(), states.end(), named.country) == states.end())
                    states.push_back(named.country);
            }
            if (states.size() != 2) continue;
            for (const std::uint32_t state : states)
                mention(begin, head + 1, actor_of_row(data_.countries[state].actor), Form::nominal,
                        "the two states spoken of");
        }
    }

    /// "Cambodian and Thai forces": the body of the first is named too.
    void join_bodies() {
        const std::size_t count = analysis_.mentions.size();
        for (std::size_t i = 0; i < count; ++i) {
            const Mention body = analysis_.mentions[i];
            const FoundActor& actor = analysis_.actors[body.actor];
            if (actor.row == kNoRow ||
                (actor.type != ActorType::military && actor.type != ActorType::government_body) ||
                actor.state == kNoRow)
                continue;
            const TokenIndex begin = body.token_begin;
            if (begin < sentence_begin(begin) + 2 || !view_.is(begin - 1, "and") ||
                view_.gap_before(begin) != " ")
                continue;
            const PhraseMatch* first = view_.at(Layer::names, begin);
            if (first == nullptr || !free(begin - 2, begin)) continue;
            const std::uint32_t country = adjective_ending_at(begin - 2);
            const CountryRow& own = data_.countries[actor.state];
            if (country == kNoRow || (own.government != actor.row && own.military != actor.row))
                continue;
            take_body_of(own.military == actor.row ? "military" : "government", country,
                         view_.ending_at(Layer::names, begin - 2)->token, body.token_end,
                         Form::alias);
        }
    }

    /// "separatists" are the one group that the article calls "Russian-backed separatists"
    /// elsewhere.
    void merge_fighters() {
        unsigned merged = 0;  // a few nouns at most: each looks through all actors
        for (std::uint32_t bare = 0; bare < analysis_.actors.size() && merged < 32; ++bare) {
            const FoundActor& actor = analysis_.actors[bare];
            if (actor.type != ActorType::armed_group || !actor.id.empty() || actor.row != kNoRow ||
                actor.name.find_first_of(" -") != std::string::npos)
                continue;
            ++merged;
            const std::string noun = folded(actor.name);
            std::int64_t full = -1;
            bool several = false;
            for (std::uint32_t other = 0; other < analysis_.actors.size(); ++other) {
                const FoundActor& named = analysis_.actors[other];
                if (other == bare || named.type != ActorType::armed_group || !named.id.empty() ||
                    named.row != kNoRow || named.name.size() <= noun.size())
                    continue;
                if (folded(named.name.substr(named.name.size() - noun.size())) != noun) continue;
                several = several || full >= 0;
                full = other;
            }
            if (full < 0 || several) continue;
            for (Mention& mention : analysis_.mentions) {
                if (mention.actor != bare) continue;
                mention.actor = static_cast<std::uint32_t>(full);
                mention.form = Form::nominal;
            }
        }
    }

    /// Transcripts write Q before each question: reporters ask.
    void take_questioners() {
        std::vector<TokenIndex> questions;
        for (std::size_t i = 0; i < sentences_.size(); ++i) {
            const TokenIndex t = sentences_[i].token_begin;
            const bool starts = i == 0 || sentences_[i - 1].paragraph != sentences_[i].paragraph;
            if (starts && t + 1 < sentences_[i].token_end && view_.word(t) == "Q" &&
                covered_[t] == 0 &&
                view_.gap_before(t + 1).find_first_not_of(" \u00A0\t:") == std::string_view::npos)
                questions.push_back(t);
        }
        if (questions.size() < 2) return;
        for (const TokenIndex t : questions)
            mention(t, t + 1, new_actor("reporters", ActorType::role_group, kNoRow, false),
                    Form::role, "questioner of a transcript");
    }

    void finish() {
        join_bodies();
        take_both_states();
        take_questioners();
        merge_fighters();
        std::stable_sort(analysis_.mentions.begin(), analysis_.mentions.end(),
                         [](const Mention& a, const Mention& b) { return a.span < b.span; });
    }

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

    const AnalyzeOptions& options_;
    Analysis& analysis_;
    const LexiconData& data_;
    ActorScorer scorer_;
    std::vector<ActorCandidate>* seen_;  ///< for learning: what was scored; else null
    std::vector<std::uint8_t> covered_;
    static constexpr std::uint8_t kInside =
        1;                                     ///< of a strong name of several words, or of a state
    static constexpr std::uint8_t kAlone = 2;  ///< a strong name of one word
    static constexpr std::uint8_t kInsideWeak = 3;  ///< of a weak name
    std::vector<std::uint8_t> in_name_;  ///< by token: 0, or how it lies in a name of the lexicon
    std::vector<NameHit> names_;
    std::unordered_map<std::uint32_t, std::uint32_t> by_row_;
    std::unordered_map<std::string, std::uint32_t> by_name_;
    std::unordered_map<std::uint64_t, std::uint32_t> surnames_;
    std::unordered_map<std::uint64_t, std::uint32_t>
        name_parts_;  ///< any word of a person's name, to its first bearer
    std::vector<std::pair<TokenIndex, TokenIndex>>
        titled_;  ///< "Mr. Kim": single names behind a title, in want of a bearer
    std::unordered_map<std::uint64_t, std::uint32_t> acronyms_;
    std::unordered_map<std::uint32_t, std::string> person_parts_;
    std::unordered_map<std::string_view, std::uint32_t> countries_;
    std::vector<std::int64_t>
        person_starting_;  ///< by token: the person whose mention begins there, or -1
    std::vector<std::int64_t>
        person_ending_;  ///< by token: the person whose mention has it as its last word, or -1
    std::vector<Group>
        groups_;  ///< mentions of unnamed groups, in the order in which they were found
    std::unordered_set<std::uint64_t> offices_seen_;  ///< person << 32 | office noun
    struct NamedCountry {
        TokenIndex token;
        std::uint32_t country;
        float weight;
    };
    bool holders_read_ = false;
    struct Called {
        std::uint32_t person;  ///< kNoRow for two of one rank
        int rank;              ///< 1 for a head of state or government, 2 for one above these
    };
    std::unordered_map<std::uint64_t, Called>
        holders_called_;                         ///< by surname: office holders of the day
    std::vector<NamedCountry> countries_named_;  ///< in order of token
    std::vector<std::pair<std::uint32_t, float>>
        country_weights_;                 ///< by country: how much of the article is about it
    std::vector<Group> armed_;            ///< names of armed groups, in order of token
    std::vector<Group> administrations_;  ///< names of administrations, in order of token
    std::int64_t only_armed_ = -1;        ///< the armed group of the lexicon when there is one only
    bool several_armed_ = false;
    std::vector<Spokesperson> spokespeople_;
    ActorFeatures features_;
};

}  // namespace

void find_mentions(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                   std::vector<ActorCandidate>* seen) {
    Finder(view, options, analysis, seen).run();
}

}  // namespace ceasewire::analysis
