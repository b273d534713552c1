/// Names that the lexicon knows: which of their meanings is taken, and where they are no actors
/// (credits, buildings, wars, words that only describe).

#include <array>

#include "analysis/finder.h"

namespace ceasewire::analysis {

void Finder::collect_names() {
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
                : match.tokens > 1 || data_.actors[best->index].type == ActorType::state ? kInside
                                                                                         : kAlone;
            for (TokenIndex t = match.token; t < match.token + match.tokens; ++t)
                in_name_[t] = inside;
        }
    }
}

void Finder::note_country(const PhraseMatch& match) {
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

int Finder::rank(const Entry& entry) const {
    int value = entry.meaning == Meaning::actor ? 10 : 0;
    if (entry.form == Form::name) value += 5;
    if ((entry.flags & kWeak) != 0) value -= 8;
    if ((entry.flags & kSurname) != 0) value -= 2;
    if ((entry.flags & kPlus) != 0) value += 6;  // it asks for more than the bare word does
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

bool Finder::sentence_in_capitals(TokenIndex t) const {
    std::size_t words = 0;
    for (TokenIndex at = sentence_begin(t); at < sentence_end(t); ++at) {
        if (view_.word(at).size() < 2 || view_.number(at)) continue;
        if (!view_.all_caps(at)) return false;
        ++words;
    }
    return words >= 3;
}

bool Finder::led_a_state(std::uint32_t person) const {
    const auto& terms = data_.holders_of_person[person];
    return std::any_of(terms.begin(), terms.end(), [&](std::uint32_t term) {
        const std::string_view title = data_.offices[data_.holders[term].office].title;
        return title.starts_with("President of") || title.starts_with("Prime Minister of") ||
               title.starts_with("Chancellor of") || title.starts_with("Supreme Leader");
    });
}

void Finder::note_namesakes() {
    std::unordered_set<std::uint32_t> own;
    for (const NameHit& hit : names_) {
        const ActorRow& row = data_.actors[hit.entry->index];
        if (row.type != ActorType::person || hit.entry->meaning != Meaning::actor) continue;
        if (hit.end - hit.begin > 1) {
            own.insert(hit.entry->index);
            continue;
        }
        switch (given_before(hit.begin, row)) {
            case Before::other:
                // A president is called by his surname beside all his family.
                if (!led_a_state(hit.entry->index)) namesakes_.insert(hit.entry->index);
                break;
            case Before::same:
            case Before::similar:
                own.insert(hit.entry->index);
                break;
            case Before::none:
                break;
        }
    }
    for (const std::uint32_t row : own) namesakes_.erase(row);
}

void Finder::take_people_and_bodies() {
    note_namesakes();
    for (const NameHit& hit : names_) {
        const Entry& entry = *hit.entry;
        const ActorRow& row = data_.actors[entry.index];
        if (entry.meaning == Meaning::metonym || row.type == ActorType::state ||
            (entry.flags & kWeak) != 0)
            continue;
        if (!free(hit.begin, hit.end) || freed_[hit.begin] != 0) continue;
        if (row.type == ActorType::media && credit(hit)) continue;
        // "WHO BROKE THE TRUCE"
        if (entry.form == Form::acronym && hit.end - hit.begin == 1 && function_word(hit.begin) &&
            (sentence_in_capitals(hit.begin) || stressed(hit)))
            continue;
        // "Image copyright EPA"
        if (hit.begin > sentence_begin(hit.begin) && view_.is(hit.begin - 1, "copyright") &&
            view_.gap_before(hit.begin) == " ")
            continue;
        if (row.type == ActorType::igo && hit.end < sentence_end(hit.begin) &&
            view_.adjacent(hit.end) && view_.is_any(hit.end, "summit", "summits"))
            continue;  // a meeting's name
        if (mere_seat(hit, row) || attributive(hit, row) || of_a_war(hit) || prefixed(hit) ||
            mere_platform(hit, row))
            continue;
        if (hit.end - hit.begin == 1 && row.type != ActorType::person && word_of_body(hit.begin))
            continue;
        if (row.type != ActorType::person && surname_in_name(hit.end - 1)) continue;
        if (row.type == ActorType::other && view_.is(hit.end - 1, "hospital") &&
            !acts_after(hit.end))
            continue;
        if (row.type == ActorType::person) {
            if (named_after(hit.end)) continue;
            const bool single = hit.end - hit.begin == 1 || (entry.flags & kSurname) != 0;
            TokenIndex begin = hit.begin;
            Form form = entry.form;
            if (single) {
                // "Mr de Haldane"
                const bool led = hit.end - hit.begin > 1 && particle(view_, hit.begin) &&
                                 view_.upper(hit.end - 1);
                if (sentence_lower(hit.begin) && !led) continue;
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
                if (before == Before::none && namesakes_.contains(entry.index)) continue;
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
            // "Omar Hassan Haddadin", whom the lexicon calls Hassan Haddadin
            if (!single && begin > sentence_begin(begin) + 1 && view_.gap_before(begin) == " " &&
                view_.upper(begin - 1) && given_name(begin - 1) && covered_[begin - 1] == 0 &&
                view_.at(Layer::nouns, begin - 1) == nullptr)
                --begin;
            const std::uint32_t actor = actor_of_row(entry.index);
            mention(begin, hit.end, actor, form, row_why(to_string(form), row.place));
            remember_surname(row.name, actor);
            if (hit.end - begin > 1) remember_surname(text_of(begin, hit.end), actor);
        } else {
            const std::uint32_t chosen = namesake_in_question(hit);
            const std::uint32_t actor = actor_of_row(chosen);
            const TokenIndex end = behind_own_state(hit.end, chosen);
            mention(hit.begin, end, actor, entry.form,
                    row_why(to_string(entry.form), data_.actors[chosen].place));
            remember_acronym(end, actor);
        }
    }
}

TokenIndex Finder::behind_own_state(TokenIndex end, std::uint32_t row) const {
    const ActorRow& body = data_.actors[row];
    if ((body.type != ActorType::government_body && body.type != ActorType::military) ||
        end + 1 >= sentence_end(end - 1) || !view_.is(end, "of") || view_.gap_before(end) != " ")
        return end;
    const TokenIndex state = view_.is(end + 1, "the") ? end + 2 : end + 1;
    const PhraseMatch* name = state < sentence_end(end) ? view_.at(Layer::names, state) : nullptr;
    if (name == nullptr || !state_name(*name)) return end;
    const std::uint32_t country = state_of(*name);
    return country != kNoRow && data_.countries[country].iso3 == body.country ? state + name->tokens
                                                                              : end;
}

bool Finder::stressed(const NameHit& hit) const {
    const TokenIndex first = sentence_begin(hit.begin);
    if (hit.begin == first) {
        // "WHO broke the truce?"
        const TokenIndex last = sentence_end(hit.begin);
        const std::string_view rest = view_.text().substr(view_.token(last - 1).end, 2);
        return rest.starts_with('?');
    }
    return view_.is_any(hit.begin - 1, "those", "people", "anyone", "everyone", "all", "man", "men",
                        "woman", "women", "they", "us", "ones", "one", "he", "she", "somebody",
                        "someone");
}

std::uint32_t Finder::namesake_in_question(const NameHit& hit) const {
    const std::uint32_t own = hit.entry->index;
    const PhraseMatch* match = view_.at(Layer::names, hit.begin);
    if (match == nullptr || hit.end - hit.begin > 1 || hit.entry->form != Form::alias ||
        data_.actors[own].type != ActorType::government_body)
        return own;
    const auto body_of = [&](std::uint32_t country) {
        std::uint32_t body = kNoRow;
        view_.entries(*match, [&](const Entry& entry) {
            if (entry.meaning == Meaning::actor && body == kNoRow &&
                data_.actors[entry.index].country == data_.countries[country].iso3)
                body = entry.index;
        });
        return body;
    };
    const std::uint32_t country =
        country_near(hit.begin, [&](std::uint32_t of) { return body_of(of) != kNoRow; });
    return country == kNoRow ? own : body_of(country);
}

bool Finder::prefixed(const NameHit& hit) const {
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

bool Finder::mere_seat(const NameHit& hit, const ActorRow& row) const {
    if (row.type != ActorType::government_body ||
        !view_.is_any(hit.end - 1, "house", "palace", "pentagon", "court", "office"))
        return false;
    if (view_.is(hit.end - 1, "office")) return view_.is(hit.begin, "oval") && !acts_after(hit.end);
    TokenIndex t = hit.begin;
    const TokenIndex first = sentence_begin(t);
    if (t > first && view_.is(t - 1, "the")) --t;
    if (view_.is(hit.end - 1, "court")) return false;
    // "the Oval Office of the White House"
    if (t > first + 1 && view_.is(t - 1, "of") &&
        view_.is_any(t - 2, "office", "lawn", "grounds", "steps", "gates", "wing"))
        return true;
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

bool Finder::mere_platform(const NameHit& hit, const ActorRow& row) const {
    if (row.type != ActorType::company || acts_after(hit.end)) return false;
    constexpr std::array<std::string_view, 11> kPlatforms = {
        "twitter",      "facebook", "instagram", "youtube",  "tiktok",  "telegram-app",
        "truth-social", "weibo",    "whatsapp",  "snap-inc", "linkedin"};
    if (std::find(kPlatforms.begin(), kPlatforms.end(), row.id) == kPlatforms.end()) return false;
    TokenIndex t = hit.begin;
    const TokenIndex first = sentence_begin(t);
    while (t > first && (view_.is_any(t - 1, "the", "his", "her", "its", "their", "and", "or") ||
                         view_.possessive(t - 1)))
        --t;
    if (t > first && view_.is_any(t - 1, "on", "via", "over", "to", "through", "in", "using"))
        return true;
    return hit.end < sentence_end(hit.begin) && view_.gap_before(hit.end) == " " &&
           view_.is_any(hit.end, "page", "pages", "post", "posts", "account", "accounts",
                        "followers", "feed", "video", "videos", "channel", "message", "messages",
                        "users", "profile", "story", "thread", "handle", "livestream");
}

bool Finder::attributive(const NameHit& hit, const ActorRow& row) const {
    if (row.type != ActorType::military && row.type != ActorType::government_body) return false;
    if (hit.end >= sentence_end(hit.begin) || !view_.adjacent(hit.end) || view_.upper(hit.end) ||
        view_.upper(hit.end - 1))
        return false;
    // "The Ruritanian army states that", "The Ruritanian army strikes the bridge": verbs.
    if (view_.is(hit.end, "states") && hit.end + 1 < sentence_end(hit.begin) &&
        view_.is(hit.end + 1, "that"))
        return false;
    if (view_.is_any(hit.end, "strikes", "raids", "attacks", "targets", "controls") &&
        hit.end + 1 < sentence_end(hit.begin) && view_.gap_before(hit.end + 1) == " " &&
        (view_.upper(hit.end + 1) ||
         view_.is_any(hit.end + 1, "a", "an", "the", "its", "two", "three", "several")))
        return false;
    // "Russian forces strike": a verb.
    const bool plural = view_.word(hit.end - 1).back() == 's';
    if (!plural &&
        view_.is_any(hit.end, "action", "actions", "response", "assault", "operation", "operations",
                     "strike", "strikes", "raid", "raids", "campaign", "offensive", "offensives",
                     "headquarters", "attack", "attacks", "incursion", "activity", "activities",
                     "presence", "outposts", "outpost", "stations", "station", "convoy", "convoys",
                     "checkpoint", "checkpoints", "unit", "units", "hospital", "prison",
                     "stronghold", "control", "custody", "withdrawal", "pressure", "positions",
                     "post", "posts", "base", "bases", "vehicle", "vehicles", "equipment", "aid",
                     "assistance", "escalation", "occupation", "intervention", "buildup",
                     "bombardment", "invasion", "aircraft", "planes", "targets", "aggression",
                     "figures", "data", "source", "sources"))
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

bool Finder::office_at(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    bool yes = false;
    if (noun != nullptr)
        view_.entries(
            *noun, [&](const Entry& entry) { yes = yes || entry.meaning == Meaning::office_noun; });
    return yes;
}

std::int64_t Finder::person_after(TokenIndex t) const {
    const PhraseMatch* noun = view_.at(Layer::nouns, t);
    if (noun == nullptr) return -1;
    const TokenIndex next = t + noun->tokens;
    return next < sentence_end(t) && view_.upper(next) && view_.adjacent(next) ? 0 : -1;
}

bool Finder::first_name_of_another(const NameHit& hit) const {
    if (hit.end - hit.begin != 1 ||
        ((hit.entry->flags & kSurname) != 0 && sentence_at(hit.begin).title) ||
        data_.given_names.count(view_.token(hit.begin).hash) == 0)
        return false;
    TokenIndex next = hit.end;
    if (next + 1 < sentence_end(hit.begin) && view_.word(next).size() == 1 && view_.upper(next) &&
        view_.gap_before(next + 1) == ". ")
        ++next;  // "Petro O. Poroshenko"
    return next < sentence_end(hit.begin) && (next > hit.end || view_.adjacent(next)) &&
           view_.upper(next) && (name_word(next) || next > hit.end) && !view_.all_caps(hit.begin) &&
           !cue_at(next, CueKind::report);
}

bool Finder::credit(const NameHit& hit) const {
    const std::string_view before = view_.gap_before(hit.begin);
    const std::string_view after = hit.end < view_.size()
                                       ? view_.gap_before(hit.end)
                                       : view_.text().substr(view_.token(hit.end - 1).end);
    const bool open = !before.empty() && before.back() == '(';
    const bool close = !after.empty() && after.front() == ')';
    if (open && (close || after.substr(0, 1) == "/")) return true;
    // "Alex Doe/Reuters", "(AFP via Getty Images)": who took the picture.
    if (before == "/" || before == " /" || after == "/") return true;
    if (hit.begin > 0 && view_.is(hit.begin - 1, "via") && view_.adjacent(hit.begin)) return true;
    if (open && hit.end < view_.size() && view_.is(hit.end, "via")) return true;
    // "CNN — …", "Reuters - …" at the very beginning of the body.
    if (sentence_start(hit.begin) && (after == " \u2014 " || after == " - " || after == " \u2013 "))
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

void Finder::remember_acronym(TokenIndex end, std::uint32_t actor) {
    if (end >= view_.size() || view_.gap_before(end) != " (" || !view_.all_caps(end)) return;
    const std::string_view after =
        end + 1 < view_.size() ? view_.gap_before(end + 1) : std::string_view(")");
    if (after.empty() || after[0] != ')') return;
    acronyms_[view_.token(end).hash] = actor;
    if (covered_[end] == 0 && view_.at(Layer::names, end) == nullptr)
        mention(end, end + 1, actor, Form::acronym, "acronym introduced in brackets");
}

void Finder::take_weak_names() {
    for (const NameHit& hit : names_) {
        if ((hit.entry->flags & kWeak) == 0 || hit.entry->meaning != Meaning::actor ||
            !free(hit.begin, hit.end) || freed_[hit.begin] != 0)
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
        // "the Election Commission of Haldania"
        view_.entries(*match, [&](const Entry& entry) {
            if (chosen == nullptr && (entry.flags & kWeak) != 0 &&
                entry.meaning == Meaning::actor && behind_own_state(hit.end, entry.index) > hit.end)
                chosen = &entry;
        });
        if (chosen != nullptr) {
            mention(hit.begin, behind_own_state(hit.end, chosen->index),
                    actor_of_row(chosen->index), chosen->form,
                    row_why("body of a state", data_.actors[chosen->index].place));
            continue;
        }
        // "the Senate" in an article about the United States: a body of the country that the
        // passage is about.
        if (!sentence_at(hit.begin).title && hit.end - hit.begin == 1 && view_.all_caps(hit.begin))
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

bool Finder::body_word(const NameHit& hit) const {
    if (data_.actors[hit.entry->index].type == ActorType::political_group)
        return view_.word(hit.begin).back() == 's';
    // "the House", "the Republican-controlled House"
    return hit.begin > sentence_begin(hit.begin) &&
           (view_.is_any(hit.begin - 1, "the", "and", "in", "for") ||
            (hit.begin > sentence_begin(hit.begin) + 1 && view_.gap_before(hit.begin - 1) == "-" &&
             view_.is_any(hit.begin - 1, "led", "controlled", "held", "run", "dominated")));
}

}  // namespace ceasewire::analysis
