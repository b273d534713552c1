/// States, seats and peoples: where they act and where they are places.

#include "analysis/finder.h"

namespace ceasewire::analysis {

bool Finder::state_name(const PhraseMatch& match) const {
    bool yes = false;
    view_.entries(match, [&](const Entry& entry) {
        yes = yes || (entry.meaning == Meaning::actor &&
                      data_.actors[entry.index].type == ActorType::state);
    });
    return yes;
}

bool Finder::place_here(TokenIndex begin, TokenIndex end) const {
    if (begin == sentence_begin(begin)) return false;
    TokenIndex t = begin - 1;
    const std::string_view gap = view_.gap_before(begin);
    if (view_.is(t, "the") && t > sentence_begin(begin)) --t;
    // "Doha, Qatar", also before a verb when a comma closes it: "talks in Istanbul, Turkey,
    // have failed".
    if (gap == ", " && t > sentence_begin(begin) && view_.upper(t) && covered_[t] == 0) {
        const bool closed = end >= sentence_end(begin) || view_.gap_before(end).substr(0, 1) == ",";
        if (!acts_after(end) || (closed && city_of(t, begin))) return true;
    }
    if (in_place_series(begin)) return true;
    if (gap != " " && gap != "\n") return false;
    if (view_.is_any(t, "in", "into", "inside", "across", "near", "throughout", "within", "outside",
                     "around", "over", "via", "through", "southern", "northern", "eastern",
                     "western", "central", "occupied", "northeast", "northwest", "southeast",
                     "southwest", "northeastern", "northwestern", "southeastern", "southwestern",
                     "neighboring", "neighbouring", "rural", "at", "toward", "towards", "visit",
                     "visited", "visiting", "entered", "entering", "leave", "leaving", "left",
                     "reached", "reaching", "north", "south", "east", "west", "mainland", "crossed",
                     "upper", "lower", "outskirts", "fled", "crossing"))
        return true;
    if (view_.is(t, "with") && t > sentence_begin(begin) &&
        view_.is_any(t - 1, "border", "borders", "frontier", "crossing"))
        return true;
    if (view_.is(t, "of") && t > sentence_begin(begin) &&
        view_.is_any(t - 1, "gulf", "strip", "south", "north", "east", "west", "parts", "part",
                     "streets", "city", "town", "capital", "coast", "areas", "regions", "swathes",
                     "most", "border", "borders", "out", "outside", "rest", "skies", "map",
                     "stability", "sovereignty", "future", "reconstruction", "people", "annexation",
                     "occupation", "bombing", "invasion"))
        return true;
    if (view_.is_any(t, "on", "hit", "against") && t > sentence_begin(begin) &&
        view_.is_any(t - 1, "strike", "strikes", "airstrikes", "bombardment", "raids", "assault",
                     "shelling") &&
        !view_.is(t, "against"))
        return true;
    if (view_.is(t, "from")) {
        for (TokenIndex k = t; k > sentence_begin(begin) && t - k < 4;) {
            --k;
            if (view_.is_any(k, "demand", "demands", "statement", "proposal", "response",
                             "pressure", "support", "weapons", "calls", "message", "assurances",
                             "guarantees", "concessions", "aid", "offer", "backing", "negotiators",
                             "mediators", "officials", "representatives", "delegations", "envoys"))
                return false;
        }
        return true;
    }
    if (view_.is(t, "to")) {
        for (TokenIndex k = t; k > sentence_begin(begin) && t - k < 3;) {
            --k;
            if (view_.is_any(k, "flew", "fly", "flying", "travel", "traveled", "travelled",
                             "traveling", "travelling", "trip", "visit", "return", "returned",
                             "went", "came", "sent", "moved", "headed", "arrived", "fled", "way",
                             "back", "journey", "transferred", "deported", "border", "close",
                             "next", "adjacent", "go", "going", "goes", "trips", "visits", "flight",
                             "flights", "tour", "sending", "ambassador"))
                return true;
        }
    }
    return false;
}

bool Finder::city_of(TokenIndex t, TokenIndex state) const {
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

bool Finder::in_place_series(TokenIndex begin) const {
    constexpr unsigned kSeries = 12;
    TokenIndex t = begin;
    const TokenIndex first = sentence_begin(begin);
    for (unsigned steps = 0; steps < kSeries; ++steps) {
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

bool Finder::land_or_compound(TokenIndex begin, TokenIndex end) const {
    const TokenIndex last = sentence_end(begin);
    if (end >= last) return false;
    const std::string_view gap = view_.gap_before(end);
    if ((gap == "-" || gap == "\u2010" || gap == "\u2011") &&
        view_.is_any(end, "backed", "based", "aligned", "linked", "allied", "supported", "funded",
                     "sponsored", "occupied", "controlled", "born", "run", "style", "made",
                     "friendly", "affiliated", "trained", "supplied", "designated", "held",
                     "administered", "flagged", "wide", "esque", "annexed", "ruled", "installed",
                     "appointed", "leaning", "owned", "bound", "facing"))
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

bool Finder::named_by_possessor(TokenIndex next) const {
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

bool Finder::mere_modifier(TokenIndex end) const {
    if (end >= view_.size() || end >= sentence_end(end - 1) || !view_.adjacent(end)) return false;
    return view_.is_any(end, "war", "crisis", "conflict", "border", "borders", "strategy", "policy",
                        "issue", "invasion", "campaign", "file", "expert", "analyst",
                        "correspondent", "desk", "time", "deal", "peace", "talks", "truce",
                        "ceasefire", "cease", "mission", "embassy", "ceasefires", "truces");
}

bool Finder::modifies_person(TokenIndex end) const {
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

bool Finder::seat_acts(TokenIndex begin, TokenIndex end) const {
    if (place_here(begin, end)) return false;
    if (acts_after(end)) return true;
    if (end < view_.size() && view_.possessive(end)) {
        // "Washington's commitment": policy, not streets.
        return end + 1 < view_.size() &&
               view_.is_any(end + 1, "commitment", "position", "demand", "demands", "proposal",
                            "plan", "policy", "support", "efforts", "allies", "response", "refusal",
                            "decision", "insistence", "stance", "offer", "goal", "goals", "request",
                            "claim", "claims", "role", "interests", "backing", "envoy",
                            "leadership", "military", "desire", "conditions", "willingness");
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
    // "Kinshasa and the rebels' alliance signed"
    TokenIndex joined = end + 1;
    if (joined + 1 < view_.size() && view_.is(joined, "the")) ++joined;
    if (joined < view_.size() && view_.is(end, "and") && view_.upper(joined)) {
        const PhraseMatch* next = view_.at(Layer::names, joined);
        if (next != nullptr && acts_after(joined + next->tokens)) return true;
    }
    return false;
}

namespace {

bool in_capitals(std::string_view words) {
    return std::none_of(words.begin(), words.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void Finder::take_states() {
    // "CAIRO (Reuters) - The truce held", "CAIRO — The truce held": where it was written.
    const auto dateline = [&](const NameHit& hit) {
        if (hit.begin != sentence_begin(hit.begin) || hit.end >= sentence_end(hit.begin))
            return false;
        const std::string_view gap = view_.gap_before(hit.end);
        if (gap == " (") {
            const PhraseMatch* name = view_.at(Layer::names, hit.end);
            bool agency = false;
            if (name != nullptr)
                view_.entries(*name, [&](const Entry& entry) {
                    agency = agency || (entry.meaning == Meaning::actor &&
                                        data_.actors[entry.index].type == ActorType::media);
                });
            return agency;
        }
        return (gap == " - " || gap == " \u2013 " || gap == " \u2014 ") &&
               in_capitals(slice(view_.text(), view_.span_of(hit.begin, hit.end))) &&
               view_.upper(hit.end) && !in_capitals(view_.word(hit.end));
    };
    // First what acts, so that a state named once as an agent is known; places yield nothing.
    for (const NameHit& hit : names_) {
        const Entry& entry = *hit.entry;
        const ActorRow& row = data_.actors[entry.index];
        if (!free(hit.begin, hit.end) || freed_[hit.begin] != 0) continue;
        const bool seat = entry.meaning == Meaning::metonym;
        if (seat && dateline(hit)) continue;
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
        if (hit.begin > 0 && view_.gap_before(hit.begin) == " (" && in_name_[hit.begin - 1] != 0 &&
            covered_[hit.begin - 1] == 0)
            continue;
        if (hit.end < view_.size() && view_.gap_before(hit.end).substr(0, 1) == "$") continue;
        // "the Paris Agreement", "the Doha declaration": named after a town.
        if (seat && hit.end < sentence_end(hit.begin) && named_after_seat(hit.end)) continue;
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
        note_score(score);
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
        mention(match.token, end,
                new_actor(text_of(match.token, end), ActorType::role_group, people->index, false),
                Form::name, row_why("people", data_.countries[people->index].place));
        note_score(score_);
    }
}

bool Finder::named_after_seat(TokenIndex t) const {
    for (TokenIndex k = t; k < std::min(t + 3, sentence_end(t)) && view_.gap_before(k) == " ";
         ++k) {
        if (view_.is_any(k, "agreement", "agreements", "accord", "accords", "process", "processes",
                         "protocol", "protocols", "summit", "conference", "declaration",
                         "communique", "format", "formula", "convention", "treaty", "memorandum",
                         "roadmap"))
            return true;
        if (!view_.upper(k) && !view_.is(k, "and")) return false;
    }
    return false;
}

bool Finder::joined_to_actor(const NameHit& hit) const {
    const TokenIndex first = sentence_begin(hit.begin);
    if (hit.begin > first + 1 && view_.is(hit.begin - 1, "and") && covered_[hit.begin - 2] != 0)
        return true;
    return hit.end + 1 < sentence_end(hit.begin) && view_.is(hit.end, "and") &&
           (covered_[hit.end + 1] != 0 || in_name_[hit.end + 1] != 0);
}

bool Finder::of_a_war(const NameHit& hit) const {
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

bool Finder::hyphened(const NameHit& hit) const {
    const auto joint = [](std::string_view gap) {
        return gap == "-" || gap == "\u2013" || gap == "\u2011" || gap == "\u2010";
    };
    return (hit.begin > 0 && joint(view_.gap_before(hit.begin))) ||
           (hit.end < view_.size() && joint(view_.gap_before(hit.end)));
}

}  // namespace ceasewire::analysis
