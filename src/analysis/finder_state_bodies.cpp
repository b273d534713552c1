/// Bodies that a state has, by their noun: government, army, ministries.

#include "analysis/finder.h"

namespace ceasewire::analysis {

std::uint32_t Finder::branch_of(std::uint32_t country, TokenIndex head, TokenIndex end) const {
    const bool branch = view_.is(head, "navy") || (view_.is(head, "air") && end - head == 2) ||
                        (view_.is(head, "army") && view_.upper(head));
    if (!branch) return kNoRow;
    const std::string noun = slug(text_of(head, end));
    for (const std::string& owner :
         {data_.actors[data_.countries[country].actor].name, data_.countries[country].adjective}) {
        if (const auto known = data_.actor_by_id.find(slug(owner) + "-" + noun);
            known != data_.actor_by_id.end())
            return known->second;
    }
    return kNoRow;
}

bool Finder::before_noun(TokenIndex end) const {
    if (view_.is(end, "states") && end + 1 < sentence_end(end - 1) && view_.is(end + 1, "that"))
        return false;  // a verb
    return end < sentence_end(end - 1) && view_.adjacent(end) &&
           (view_.at(Layer::nouns, end) != nullptr ||
            view_.is_any(end, "spending", "headquarters", "building", "buildings", "shutdown",
                         "base", "camp", "post", "checkpoint", "radio"));
}

void Finder::take_body(std::string_view kind, const Modifiers& found, TokenIndex end, Form form) {
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

std::uint32_t Finder::state_of(const PhraseMatch& match) const {
    std::uint32_t country = kNoRow;
    view_.entries(match, [&](const Entry& entry) {
        if (entry.meaning == Meaning::actor && data_.actors[entry.index].type == ActorType::state)
            country = data_.actors[entry.index].state;
    });
    return country;
}

std::uint32_t Finder::police_of(std::uint32_t of, bool told) const {
    if (of == kNoRow) return kNoRow;
    const CountryRow& country = data_.countries[of];
    const std::string state = slug(data_.actors[country.actor].name);
    const std::string people = slug(country.adjective);
    for (const std::string& id :
         {"police-" + state, "national-police-of-" + state, "federal-police-of-" + state,
          "national-police-" + state, "federal-police-" + state, state + "-police",
          people + "-national-police", people + "-police", people + "-police-force",
          "police-of-" + state, people + "-federal-police", state + "-police-force",
          "royal-" + people + "-police", "royal-" + state + "-police", people + "-police-service",
          people + "-police-authority", "national-police-agency-" + state,
          "national-civil-police-" + state}) {
        if (const auto known = data_.actor_by_id.find(id); known != data_.actor_by_id.end())
            return known->second;
    }
    return told ? data_.only_police[of] : kNoRow;
}

void Finder::take_body_of(std::string_view kind, std::uint32_t of, TokenIndex begin, TokenIndex end,
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
            new_actor(name, kind == "government" ? ActorType::government_body : ActorType::military,
                      of, true),
            form, "body of a state");
        return;
    }
    // A ministry, parliament, …: `kind` is the body's name in Wikipedia's manner.
    const std::string name = std::string(kind) + " (" + data_.actors[country.actor].name + ")";
    auto known = data_.actor_by_id.find(slug(name));
    // A police force may be called in other ways.
    if (const std::uint32_t force =
            kind == "Police" && known == data_.actor_by_id.end() ? police_of(of, true) : kNoRow;
        force != kNoRow) {
        mention(begin, end, actor_of_row(force), form,
                row_why("body of a state", data_.actors[force].place));
        return;
    }
    if (known != data_.actor_by_id.end()) {
        mention(begin, end, actor_of_row(known->second), form,
                row_why("body of a state", data_.actors[known->second].place));
    } else {
        mention(begin, end, new_actor(name, ActorType::government_body, of, true), form,
                "body of a state");
    }
}

void Finder::join_bodies() {
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
                     view_.ending_at(Layer::names, begin - 2)->token, body.token_end, Form::alias);
    }
}

}  // namespace ceasewire::analysis
