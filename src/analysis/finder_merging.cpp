/// Mentions of several actors at once, and groups that are one.

#include "analysis/finder.h"

namespace ceasewire::analysis {

void Finder::take_both_states() {
    for (const PhraseMatch& match : analysis_.phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || match.tokens != 1 ||
            skipped(match.token) || !view_.is_any(match.token, "countries", "nations", "states"))
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

void Finder::merge_fighters() {
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

void Finder::join_groups() {
    std::vector<std::uint32_t> mentions_of(analysis_.actors.size(), 0);
    std::vector<std::int64_t> ending(view_.size() + 1, -1);  // by token end: mention of a group
    const auto plain = [&](const Mention& mention) {
        const FoundActor& actor = analysis_.actors[mention.actor];
        return (actor.type == ActorType::role_group || actor.type == ActorType::armed_group) &&
               actor.id.empty() && actor.state == kNoRow && actor.country.empty() &&
               mention.form == Form::role && !view_.is(mention.token_end - 1, "police") &&
               view_.at(Layer::names, mention.token_begin) == nullptr;
    };
    for (std::size_t i = 0; i < analysis_.mentions.size(); ++i) {
        const Mention& mention = analysis_.mentions[i];
        ++mentions_of[mention.actor];
        if (plain(mention)) ending[mention.token_end] = static_cast<std::int64_t>(i);
    }
    std::vector<bool> gone(analysis_.mentions.size(), false);
    const std::size_t count = analysis_.mentions.size();
    for (std::size_t i = 0; i < count; ++i) {
        const TokenIndex begin = analysis_.mentions[i].token_begin;
        if (!plain(analysis_.mentions[i]) || mentions_of[analysis_.mentions[i].actor] > 1 ||
            begin < 2 || !view_.is(begin - 1, "and") || view_.gap_before(begin) != " " ||
            view_.gap_before(begin - 1) != " " || ending[begin - 1] < 0 ||
            sentence_of(begin) != sentence_of(begin - 2))
            continue;
        Mention& first = analysis_.mentions[static_cast<std::size_t>(ending[begin - 1])];
        if (first.actor == analysis_.mentions[i].actor || mentions_of[first.actor] > 1) continue;
        first.token_end = analysis_.mentions[i].token_end;
        first.span = view_.span_of(first.token_begin, first.token_end);
        first.why = "groups named as one";
        analysis_.actors[first.actor].name = text_of(first.token_begin, first.token_end);
        gone[i] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (gone[i]) continue;
        if (kept != i) analysis_.mentions[kept] = std::move(analysis_.mentions[i]);
        ++kept;
    }
    analysis_.mentions.resize(kept);
}

void Finder::take_questioners() {
    std::vector<TokenIndex> questions;
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        const TokenIndex t = sentences_[i].token_begin;
        const bool starts = i == 0 || sentences_[i - 1].paragraph != sentences_[i].paragraph;
        if (starts && t + 1 < sentences_[i].token_end && view_.word(t) == "Q" && covered_[t] == 0 &&
            view_.gap_before(t + 1).find_first_not_of(" \u00A0\t:") == std::string_view::npos)
            questions.push_back(t);
    }
    if (questions.size() < 2) return;
    for (const TokenIndex t : questions)
        mention(t, t + 1, new_actor("reporters", ActorType::role_group, kNoRow, false), Form::role,
                "questioner of a transcript");
}

}  // namespace ceasewire::analysis
