/// Who is in the document: the order of the steps, and the keeping of actors and mentions.

#include "analysis/finder.h"
#include "text/utf8.h"

namespace ceasewire::analysis {

void Finder::run() {
    collect_names();
    hide_datelines();
    free_names_in_bodies();
    take_people_and_bodies();
    find_unknown_names();
    take_office_and_surname();
    take_titled();
    take_surnames();
    take_weak_names();
    take_misspellings();
    find_role_heads();
    take_states();
    finish();
}

const RoleNoun* Finder::role_noun_at(TokenIndex t, std::string_view prefix,
                                     const PhraseMatch** match) const {
    const PhraseMatch* found = view_.at(Layer::nouns, t);
    if (found == nullptr) return nullptr;
    const RoleNoun* noun = nullptr;
    view_.entries(*found, [&](const Entry& entry) {
        if (entry.meaning != Meaning::role_noun || noun != nullptr) return;
        const RoleNoun& candidate = data_.role_nouns[entry.index];
        if (std::string_view(candidate.kind).substr(0, prefix.size()) == prefix) noun = &candidate;
    });
    if (match != nullptr) *match = found;
    return noun;
}

std::uint32_t Finder::government_of_the_day(std::uint32_t row) const {
    if (!options_.day || data_.actors[row].type != ActorType::government_body) return row;
    std::uint32_t now = row;
    for (const LaterGovernment& later : data_.later_governments) {
        if (later.before == row && later.from <= *options_.day) now = later.row;
    }
    return now;
}

std::uint32_t Finder::actor_of_row(std::uint32_t row) {
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
    if (actor.state == kNoRow && !from.country.empty()) actor.state = country_by_code(from.country);
    if (from.type == ActorType::person) {
        for (const std::uint32_t holder : data_.holders_of_person[row]) {
            const HolderRow& term = data_.holders[holder];
            if (options_.day && term.from <= *options_.day && *options_.day <= term.to) {
                const std::string_view title = data_.offices[term.office].title;
                if (std::find(actor.roles.begin(), actor.roles.end(), title) == actor.roles.end())
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

std::uint32_t Finder::country_by_code(std::string_view iso3) const {
    const auto found = data_.country_by_iso3.find(iso3);
    return found == data_.country_by_iso3.end() ? kNoRow : found->second;
}

std::uint32_t Finder::new_actor(std::string name, ActorType type, std::uint32_t country, bool named,
                                std::string_view same) {
    const std::string key = (named ? "n:" : "g:") + (same.empty() ? slug(name) : std::string(same));
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

void Finder::mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form,
                     std::string why) {
    mention(begin, end, actor, form, std::move(why), end);
}

void Finder::mention(TokenIndex begin, TokenIndex end, std::uint32_t actor, Form form,
                     std::string why, TokenIndex cover) {
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

void Finder::note_body(TokenIndex begin, TokenIndex end, std::uint32_t actor) {
    const FoundActor& found = analysis_.actors[actor];
    if (found.row == kNoRow) return;
    if (found.type == ActorType::armed_group && (armed_.empty() || armed_.back().begin <= begin))
        armed_.push_back({begin, actor});
    if (found.type == ActorType::government_body && view_.is(end - 1, "administration") &&
        (administrations_.empty() || administrations_.back().begin <= begin))
        administrations_.push_back({begin, actor});
}

std::string Finder::text_of(TokenIndex begin, TokenIndex end) const {
    std::string out(slice(view_.text(), view_.span_of(begin, end)));
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

std::uint32_t Finder::country_of(std::string_view iso3) const {
    for (std::uint32_t i = 0; i < data_.countries.size(); ++i) {
        if (data_.countries[i].iso3 == iso3) return i;
    }
    return kNoRow;
}

void Finder::finish() {
    join_bodies();
    take_both_states();
    take_questioners();
    merge_fighters();
    join_groups();
    std::stable_sort(analysis_.mentions.begin(), analysis_.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.span < b.span; });
}

void find_mentions(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                   std::vector<ActorCandidate>* seen) {
    Finder(view, options, analysis, seen).run();
}

}  // namespace ceasewire::analysis
