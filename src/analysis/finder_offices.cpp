/// Offices and roles by the article's day: who is meant by "the prime minister", "President" with
/// a surname, "the administration".

#include "analysis/finder.h"

namespace ceasewire::analysis {

void Finder::take_titled() {
    for (const auto& [begin, end] : titled_) {
        if (!free(begin, end) || surnames_.contains(view_.token(begin).hash)) continue;
        if (const auto bearer = name_parts_.find(view_.token(begin).hash);
            bearer != name_parts_.end()) {
            mention(begin, end, bearer->second, Form::alias, "part of a name behind a title");
        } else if (const std::uint32_t holder = holder_called(view_.token(begin).hash);
                   holder != kNoRow) {
            const std::uint32_t actor = actor_of_row(holder);
            mention(begin, end, actor, Form::alias,
                    row_why("surname of an office holder of the day", data_.actors[holder].place));
            remember_surname(data_.actors[holder].name, actor);
            surnames_.try_emplace(view_.token(begin).hash, actor);
        } else if (called_by_office(begin, end)) {
            // "President Haldane", called so with his office; "the president" looks for the name.
            const TokenIndex name = view_.gap_before(begin) == "-" ? begin - 1 : begin;
            const PhraseMatch* office = view_.ending_at(Layer::nouns, name - 1);
            const std::uint32_t actor =
                new_actor(text_of(name, end), ActorType::person, kNoRow, true);
            mention(free(office->token, name) ? office->token : name, end, actor, Form::name,
                    "person after an office");
            person_starting_[name] = actor;
            surnames_[view_.token(begin).hash] = actor;
        } else if (begin > sentence_begin(begin) && rank_word(begin - 1)) {
            // Nobody else is called so: the title is part of what he is called by.
            const std::uint32_t actor =
                new_actor(text_of(begin, end), ActorType::person, kNoRow, true);
            mention(begin - 1, end, actor, Form::name, "person after a title");
            surnames_[view_.token(begin).hash] = actor;
        }
    }
}

void Finder::take_office_and_surname() {
    for (const PhraseMatch& match : analysis_.phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || skipped(match.token))
            continue;
        TokenIndex name = match.token + match.tokens;
        // "Special Envoy de Haldane"
        const TokenIndex begin = name;
        if (name + 1 < sentence_end(match.token) && particle(view_, name) && view_.adjacent(name) &&
            !view_.upper(name))
            ++name;
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
        mention(begin, name + 1, actor, Form::alias,
                row_why("surname behind an office", data_.actors[person].place));
        remember_surname(data_.actors[person].name, actor);
        surnames_.try_emplace(view_.token(name).hash, actor);
    }
}

std::uint32_t Finder::office_holder_called(const OfficeNoun& noun, std::uint64_t name,
                                           std::uint32_t country) const {
    std::uint32_t best = kNoRow;
    std::int32_t until = 0;
    for (const std::uint32_t office : noun.offices) {
        if (country != kNoRow && data_.actors[data_.offices[office].body].state != country)
            continue;
        for (const std::uint32_t index : data_.holders_of_office[office]) {
            const HolderRow& term = data_.holders[index];
            if (options_.day && term.from > *options_.day) continue;
            if (data_.actors[term.person].surname != name) continue;
            if (best == kNoRow || term.to > until) {
                best = term.person;
                until = term.to;
            }
        }
    }
    return best;
}

std::uint32_t Finder::holder_called(std::uint64_t name) {
    if (!options_.day) return kNoRow;
    if (!holders_read_) {
        holders_read_ = true;
        std::vector<std::uint32_t> countries;
        for (const NamedCountry& named : countries_named_)
            countries.push_back(country_by_code(data_.countries[named.country].iso3));
        if (const std::uint32_t us = country_by_code("USA");
            us != kNoRow && white_house_transcript())
            countries.push_back(us);
        std::sort(countries.begin(), countries.end());
        countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
        std::vector<std::uint32_t> terms;
        for (const std::uint32_t country : countries) {
            const auto& theirs = data_.holders_of_country[country];
            terms.insert(terms.end(), theirs.begin(), theirs.end());
        }
        std::sort(terms.begin(), terms.end());
        for (const std::uint32_t index : terms) {
            const HolderRow& term = data_.holders[index];
            if (term.from > *options_.day || term.to < *options_.day) continue;
            const ActorRow& person = data_.actors[term.person];
            if (person.surname == 0) continue;
            const std::string_view title = data_.offices[term.office].title;
            const int rank = title.substr(0, 14) == "Supreme Leader" ? 2
                             : title.substr(0, 12) == "President of" ||
                                     title.substr(0, 17) == "Prime Minister of" ||
                                     title.substr(0, 13) == "Chancellor of"
                                 ? 1
                                 : 0;
            const auto [place, fresh] =
                holders_called_.try_emplace(person.surname, Called{term.person, rank});
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

void Finder::note_offices() {
    for (const PhraseMatch& match : analysis_.phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::nouns) || skipped(match.token))
            continue;
        const TokenIndex end = match.token + match.tokens;
        std::int64_t person = person_at(end);
        // "Lena Brandt, the defence secretary,"
        if (person < 0) person = named_before_role(match.token);
        if (person >= 0) titles_seen_.push_back({end - 1, static_cast<std::uint32_t>(person)});
        person = person_at(end);
        if (person < 0) continue;
        note_country_of(static_cast<std::uint32_t>(person), modifiers_before(match.token));
        view_.entries(match, [&](const Entry& entry) {
            if (entry.meaning == Meaning::office_noun)
                offices_seen_.insert(static_cast<std::uint64_t>(person) << 32U | entry.index);
        });
    }
}

std::int64_t Finder::named_before_role(TokenIndex head) const {
    const TokenIndex first = sentence_begin(head);
    TokenIndex t = head;
    for (unsigned steps = 0; steps < 5 && t > first; ++steps, --t) {
        const std::string_view gap = view_.gap_before(t);
        if (gap == ", ") return person_ending_[t - 1];
        const bool describes =
            view_.upper(t - 1) || view_.possessive(t - 1) ||
            view_.is_any(t - 1, "the", "a", "an", "its", "their", "his", "her", "then") ||
            role_noun_ending(t - 1, "modifier") != nullptr || adjective_ending_at(t - 1) != kNoRow;
        if ((gap != " " && gap != "-" && !view_.possessive(t)) || !describes) return -1;
    }
    return -1;
}

std::int64_t Finder::titled_before(TokenIndex head) const {
    auto it =
        std::lower_bound(titles_seen_.begin(), titles_seen_.end(), head,
                         [](const Titled& titled, TokenIndex at) { return titled.token < at; });
    while (it != titles_seen_.begin() && head - std::prev(it)->token <= kTokensBack) {
        --it;
        if (view_.token(it->token).hash == view_.token(head).hash) return it->person;
    }
    return -1;
}

bool Finder::take_titled_role(const Modifiers& found, TokenIndex head, TokenIndex end) {
    if (!found.determined || found.begin != head || end - head != 1 ||
        (end < sentence_end(head) && view_.is(end, "of")) || person_at(end) >= 0)
        return false;
    const std::int64_t bearer = titled_before(head);
    if (bearer < 0) return false;
    mention(head, end, static_cast<std::uint32_t>(bearer), Form::role,
            "role of a person named before");
    return true;
}

bool Finder::take_role_beside_name(const Modifiers& found, TokenIndex end) {
    Modifiers with = found;
    TokenIndex whole = end;
    take_complement(end, with, whole);
    if (whole == end) return false;
    const TokenIndex first = sentence_begin(found.begin);
    TokenIndex t = found.begin;
    while (t > first && view_.is_any(t - 1, "the", "a", "an", "former", "then", "deputy")) --t;
    std::int64_t person = -1;
    if (t > first && view_.gap_before(t) == ", ") person = person_ending_[t - 1];
    if (person < 0 && whole < sentence_end(found.begin) && view_.gap_before(whole) == ", ") {
        TokenIndex name = whole;
        while (name + 1 < sentence_end(found.begin) && rank_word(name)) ++name;
        person = person_starting_[name];
    }
    if (person < 0) return false;
    mention(found.begin, whole, static_cast<std::uint32_t>(person), Form::role,
            "role beside its bearer's name");
    return true;
}

bool Finder::take_owned_role(const Modifiers& found, TokenIndex head, TokenIndex end) {
    const TokenIndex first = sentence_begin(head);
    if (found.country != kNoRow || found.organisation != kNoRow || found.begin < first + 2)
        return false;
    // "its", or the mention that ends before the possessive
    TokenIndex begin = found.begin - 1;
    if (view_.possessive(begin)) {
        --begin;
        if (covered_[begin] == 0 && (begin == first || !view_.is(begin - 1, "the"))) return false;
        while (begin > first && covered_[begin - 1] != 0 && view_.gap_before(begin) == " ") --begin;
        if (begin > first && view_.is(begin - 1, "the")) --begin;
    } else if (!view_.is_any(begin, "its", "their")) {
        return false;
    }
    if (begin == first || view_.gap_before(begin) != ", " || !closes(end, begin - 1) ||
        person_ending_[begin - 1] < 0)
        return false;
    mention(found.begin, end, static_cast<std::uint32_t>(person_ending_[begin - 1]), Form::role,
            "role beside its bearer's name");
    return true;
}

std::int64_t Finder::person_at(TokenIndex end) const {
    if (end >= view_.size()) return -1;
    const std::string_view gap = view_.gap_before(end);
    if (gap != " " && gap != "\n" && gap != ", ") return -1;
    return person_starting_[end];
}

bool Finder::take_office_of(const Entry& entry, const Modifiers& found, TokenIndex head,
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

std::uint32_t Finder::office_of_stranger(std::uint32_t person) const {
    for (std::uint32_t noun = 0; noun < data_.office_nouns.size(); ++noun) {
        const std::string_view title = data_.office_nouns[noun].noun;
        if (title != "prime minister" && title != "president" && title != "premier") continue;
        if (offices_seen_.contains(static_cast<std::uint64_t>(person) << 32U | noun))
            return office_body(title, analysis_.actors[person].state);
    }
    return kNoRow;
}

void Finder::take_offices_of_persons() {
    const std::size_t count = analysis_.mentions.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Mention found = analysis_.mentions[i];
        const FoundActor& actor = analysis_.actors[found.actor];
        TokenIndex end = found.token_end;
        TokenIndex begin = found.token_begin;
        if (actor.type != ActorType::person || (actor.row == kNoRow && actor.state == kNoRow))
            continue;
        if (end + 1 < sentence_end(begin) && view_.possessive(end) && view_.is(end + 1, "office")) {
            end += 2;
        } else {
            // "the office of Mr Netanyahu"
            const TokenIndex first = sentence_begin(begin);
            if (begin > first && rank_word(begin - 1)) --begin;
            if (begin < first + 2 || !view_.is(begin - 1, "of") || !view_.is(begin - 2, "office"))
                continue;
            begin -= 2;
        }
        std::uint32_t body = actor.row == kNoRow ? office_of_stranger(found.actor) : kNoRow;
        if (actor.row == kNoRow && body == kNoRow) continue;
        for (const std::uint32_t holder : actor.row == kNoRow
                                              ? std::vector<std::uint32_t>()
                                              : data_.holders_of_person[actor.row]) {
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

std::uint32_t Finder::office_body(std::string_view noun, std::uint32_t country) const {
    if (noun != "prime minister" && noun != "president" && noun != "premier") return kNoRow;
    const std::string state = slug(data_.actors[data_.countries[country].actor].name);
    const std::vector<std::string> ids =
        noun == "president" ? std::vector<std::string>{"office-of-the-president-of-" + state,
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

bool Finder::take_office(const Entry& entry, const Modifiers& before, TokenIndex head,
                         TokenIndex end) {
    Modifiers found = before;
    TokenIndex phrase_end = end;
    if (const std::int64_t person = person_at(end); person >= 0) {
        // "The foreign secretary, Lena Brandt, said".
        if (view_.gap_before(end) == ", " && found.determined) {
            mention(found.begin, end, static_cast<std::uint32_t>(person), Form::role,
                    "role beside its bearer's name");
        } else {
            hide_modifiers(found, head);
        }
        return true;
    }
    take_complement(end, found, phrase_end);
    const OfficeNoun& noun = data_.office_nouns[entry.index];
    const bool past =
        head > sentence_begin(head) &&
        view_.is_any(found.begin > sentence_begin(head) ? found.begin - 1 : found.begin, "former",
                     "ex", "late", "deposed", "ousted");
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
        const std::uint32_t actor = new_actor(name, ActorType::role_group, found.country, false);
        analysis_.actors[actor].number = 1;
        if (found.organisation != kNoRow) analysis_.actors[actor].owner = found.organisation;
        mention(found.begin, phrase_end, actor, Form::role,
                "role without a known holder on that day");
        note_score(score_);
        return true;
    }
    if (found.country != kNoRow || found.organisation != kNoRow) {
        // "the former US president", "an ex-president of Egypt": somebody, but not the state.
        hide_modifiers(found, head);
        if (found.organisation == kNoRow) {
            for (TokenIndex t = end; t < phrase_end; ++t) covered_[t] = 1;
        }
        return true;
    }
    if (!found.determined && !(found.begin == head && view_.upper(head) && !sentence_start(head)) &&
        !(head > sentence_begin(head) && view_.is_any(head - 1, "my", "our")))
        return false;
    if (!found.determined && head > sentence_begin(head) && view_.is_any(head - 1, "my", "our"))
        return take_office_in_question(entry, found, head, end);
    if (take_speaker(entry, found, head, end)) return true;
    // "the prime minister": who was last named with that office.
    std::int64_t who = -1;
    for (TokenIndex t = head; t > 0 && head - t < kTokensBack && who < 0;) {
        const std::int64_t person = person_starting_[--t];
        if (person < 0) continue;
        const bool seen =
            offices_seen_.contains(static_cast<std::uint64_t>(person) << 32U | entry.index);
        if (seen || holds(analysis_.actors[static_cast<std::size_t>(person)], noun)) who = person;
    }
    if (who < 0) return take_office_in_question(entry, found, head, end);
    const auto actor = static_cast<std::uint32_t>(who);
    mention(found.begin, end, actor, Form::role, "role of a person named before");
    return true;
}

bool Finder::speaker_label(TokenIndex t) const {
    return t == sentence_begin(t) && t + 2 < sentence_end(t) && view_.is(t, "the") &&
           view_.is(t + 1, "president") && view_.all_caps(t + 1) &&
           view_.gap_before(t + 2).starts_with(':');
}

bool Finder::white_house_transcript() {
    if (!transcript_read_) {
        transcript_read_ = true;
        for (const Sentence& sentence : sentences_)
            transcript_ = transcript_ || speaker_label(sentence.token_begin);
    }
    return transcript_;
}

bool Finder::take_speaker(const Entry& entry, const Modifiers& found, TokenIndex head,
                          TokenIndex end) {
    if (!options_.day || found.begin != head || !view_.is(head, "president") || end - head != 1 ||
        head == sentence_begin(head))
        return false;
    const bool addressed = view_.is_any(head - 1, "mr", "madam") && view_.upper(head);
    if (!addressed && !speaker_label(head - 1)) return false;
    if (!white_house_transcript()) return false;
    const std::uint32_t country = country_by_code("USA");
    if (country == kNoRow) return false;
    for (const std::uint32_t office : data_.office_nouns[entry.index].offices) {
        if (data_.offices[office].body != data_.countries[country].actor) continue;
        for (const std::uint32_t index : data_.holders_of_office[office]) {
            const HolderRow& term = data_.holders[index];
            if (term.from > *options_.day || term.to < *options_.day) continue;
            const std::uint32_t actor = actor_of_row(term.person);
            mention(head, end, actor, Form::role, row_why("speaker of a transcript", term.place));
            remember_surname(data_.actors[term.person].name, actor);
            return true;
        }
    }
    return false;
}

const std::pmr::vector<std::uint32_t>& Finder::holders_of_noun(std::uint32_t office_noun) {
    const auto [place, fresh] = holders_of_noun_.try_emplace(office_noun);
    std::pmr::vector<std::uint32_t>& holders = place->second;
    if (!fresh) return holders;
    holders.assign(data_.countries.size(), kNoRow);
    for (const std::uint32_t office : data_.office_nouns[office_noun].offices) {
        const std::uint32_t body = data_.offices[office].body;
        const std::uint32_t country = data_.actors[body].state;
        if (country == kNoRow || data_.countries[country].actor != body) continue;
        for (const std::uint32_t index : data_.holders_of_office[office]) {
            const HolderRow& term = data_.holders[index];
            if (holders[country] == kNoRow && term.from <= *options_.day &&
                term.to >= *options_.day)
                holders[country] = index;
        }
    }
    return holders;
}

bool Finder::take_office_in_question(const Entry& entry, const Modifiers& found, TokenIndex head,
                                     TokenIndex end) {
    const TokenIndex first = sentence_begin(head);
    const bool own = head > first && view_.is_any(head - 1, "my", "our");
    if (!options_.day || (!found.determined && !own) || found.begin != head ||
        sentence_at(head).title || before_former(found, head))
        return false;
    if (head > first && view_.gap_before(head) == "-") return false;
    // Too many have these: another country's president may be meant.
    if (end - head == 1 && view_.is_any(head, "governor", "mayor", "speaker", "president", "leader",
                                        "aide", "adviser", "advisor", "minister", "spokesman",
                                        "spokeswoman", "head", "chief", "envoy", "ambassador"))
        return false;
    // "elected the chancellor", "as the chancellor": whoever will be.
    if (head > first + 1 &&
        view_.is_any(head - 2, "elect", "elects", "elected", "electing", "choose", "become",
                     "becomes", "became", "as", "for", "of"))
        return false;
    // "the secretary of state of Haldania", "the Chancellor Lena Brandt"
    if (end < sentence_end(head) && view_.gap_before(end) == " " &&
        (view_.upper(end) || view_.is_any(end, "of", "for", "elect", "designate")))
        return false;
    const std::pmr::vector<std::uint32_t>& holders = holders_of_noun(entry.index);
    const std::uint32_t country =
        country_near(head, [&](std::uint32_t of) { return holders[of] != kNoRow; });
    if (country == kNoRow) return false;
    const HolderRow& term = data_.holders[holders[country]];
    const std::uint32_t actor = actor_of_row(term.person);
    mention(found.begin, end, actor, Form::role,
            row_why("role in the country in question on the article's day", term.place));
    remember_surname(data_.actors[term.person].name, actor);
    return true;
}

bool Finder::take_top_diplomat(const Modifiers& found, TokenIndex head, TokenIndex end) {
    if (!view_.is(head, "diplomat") || end - head != 1 || found.country == kNoRow ||
        found.indefinite || !options_.day)
        return false;
    bool top = false;
    for (TokenIndex t = found.begin; t < head; ++t) top = top || view_.is_any(t, "top", "chief");
    if (!top) return false;
    const std::uint32_t body = data_.countries[found.country].actor;
    for (const OfficeNoun& noun : data_.office_nouns) {
        if (noun.noun != "top diplomat") continue;
        for (const std::uint32_t office : noun.offices) {
            if (data_.offices[office].body != body) continue;
            for (const std::uint32_t holder : data_.holders_of_office[office]) {
                const HolderRow& term = data_.holders[holder];
                if (term.from > *options_.day || term.to < *options_.day) continue;
                const std::uint32_t actor = actor_of_row(term.person);
                mention(found.begin, end, actor, Form::role,
                        row_why("role on the article's day", term.place));
                remember_surname(data_.actors[term.person].name, actor);
                return true;
            }
        }
    }
    return false;
}

void Finder::note_country_of(std::uint32_t person, const Modifiers& found) {
    FoundActor& actor = analysis_.actors[person];
    std::uint32_t country = found.country;
    if (country == kNoRow && found.organisation != kNoRow &&
        !data_.actors[found.organisation].country.empty())
        country = country_by_code(data_.actors[found.organisation].country);
    if (actor.row != kNoRow || actor.type != ActorType::person || country == kNoRow ||
        !actor.country.empty())
        return;
    actor.state = country;
    actor.country = data_.countries[country].iso3;
}

void Finder::hide_modifiers(const Modifiers& found, TokenIndex head) {
    if (found.organisation != kNoRow) return;
    for (TokenIndex t = found.begin; t < head; ++t) covered_[t] = 1;
}

bool Finder::closes(TokenIndex phrase_end, TokenIndex name) const {
    const TokenIndex last = sentence_end(name);
    if (phrase_end >= last || sentence_at(name).title) return true;
    const std::string_view gap = view_.gap_before(phrase_end);
    if (gap != " " && gap != "-") return true;
    // "Lena Brandt, head of the agency said": the second comma is missing.
    TokenIndex first = sentence_begin(name);
    while (first < name && (rank_word(first) || view_.at(Layer::nouns, first) != nullptr)) ++first;
    return person_starting_[first] >= 0 && person_starting_[first] == person_ending_[name];
}

bool Finder::take_apposed_role(TokenIndex head, TokenIndex end) {
    const TokenIndex first = sentence_begin(head);
    const TokenIndex last = sentence_end(head);
    if (sentence_at(head).title || person_at(end) >= 0) return false;
    // What belongs to the noun: "for the Harbour Region", "at Lantern College".
    TokenIndex whole = end;
    if (end + 1 < last && view_.gap_before(end) == " " &&
        view_.is_any(end, "of", "for", "in", "to", "at", "on")) {
        for (TokenIndex t = end + 1; t < std::min(end + 12, last); ++t) {
            if ((view_.gap_before(t) != " " && view_.gap_before(t) != "-") ||
                person_starting_[t] >= 0)
                break;
            if (view_.upper(t))
                whole = t + 1;
            else if (!view_.is_any(t, "the", "of", "and", "for", "on", "s"))
                break;
        }
    }
    const bool closed =
        whole >= last || view_.gap_before(whole).find_first_of(",;)") != std::string_view::npos;
    // Words in front: "the 3rd Harbour Wing commander".
    TokenIndex begin = head;
    while (begin > first && head - begin < 7 &&
           (view_.gap_before(begin) == " " || view_.gap_before(begin) == "-") &&
           person_ending_[begin - 1] < 0 &&
           (view_.upper(begin - 1) || view_.number(begin - 1) ||
            role_noun_ending(begin - 1, "modifier") != nullptr))
        --begin;
    TokenIndex from = begin;
    while (from > first && view_.is_any(from - 1, "the", "a", "an", "former", "then")) --from;
    if (whole == end && head - begin < 2) return false;  // "a doctor" says what, not who
    std::int64_t person = -1;
    if (from > first && view_.gap_before(from) == ", " && (closed || closes(whole, from - 1)))
        person = person_ending_[from - 1];
    if (person < 0 && whole < last && view_.gap_before(whole) == ", " &&
        (from == first || view_.gap_before(from) == ", ")) {
        TokenIndex name = whole;
        while (name + 1 < last && rank_word(name)) ++name;
        person = person_starting_[name];
    }
    if (person < 0) return false;
    mention(begin, whole, static_cast<std::uint32_t>(person), Form::role,
            "role beside its bearer's name", end);
    return true;
}

bool Finder::take_role_of_named(const Modifiers& found, TokenIndex phrase_end) {
    const TokenIndex first = sentence_begin(found.begin);
    TokenIndex t = found.begin;
    while (t > first && view_.is_any(t - 1, "the", "a", "an", "former", "then", "now", "president",
                                     "mr", "its", "his", "her", "their"))
        --t;
    std::int64_t person = -1;
    if (t > first && view_.gap_before(t) == ", " && closes(phrase_end, t - 1))
        person = person_ending_[t - 1];
    if (t > first + 1 && view_.is_any(t - 1, "is", "was", "as", "become", "became", "named",
                                      "appointed", "elected", "considered", "be", "been", "being",
                                      "becoming", "remains", "like", "called")) {
        if (view_.is_any(t - 1, "is", "was", "became", "remains")) {
            person = person_ending_[t - 2];
            if (person < 0 && view_.is(t - 2, "who") && t > first + 2)
                person = person_ending_[t - 3];
        }
        if (person < 0) return true;  // a role that somebody has or gets, and no actor of its own
    }
    for (TokenIndex k = phrase_end;
         person < 0 && k < std::min(phrase_end + 8, sentence_end(found.begin)); ++k) {
        const std::string_view gap = view_.gap_before(k);
        if (gap.substr(0, 1) == ",") {
            TokenIndex name = k;
            while (name < sentence_end(found.begin) && person_starting_[name] < 0 && name < k + 4 &&
                   (rank_word(name) || view_.at(Layer::names, name) != nullptr ||
                    view_.at(Layer::nouns, name) != nullptr || view_.word(name).size() == 1))
                ++name;
            person = name < sentence_end(found.begin) ? person_starting_[name] : -1;
            break;
        }
        if (gap != " " || acts_after(k)) break;
    }
    if (person < 0) return false;
    note_country_of(static_cast<std::uint32_t>(person), found);
    // "a doctor" says what somebody is, "the head of …" who.
    const bool plain = found.country == kNoRow && found.organisation == kNoRow &&
                       !found.described && phrase_end - found.begin < 3;
    if (!plain)
        mention(found.begin, phrase_end, static_cast<std::uint32_t>(person), Form::role,
                "role beside its bearer's name");
    return true;
}

std::int64_t Finder::office_bearer(std::uint32_t office_noun, const OfficeNoun& noun,
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

bool Finder::before_former(const Modifiers& found, TokenIndex head) const {
    // "an ex-president of Egypt", "a would-be US president"
    const TokenIndex first = sentence_begin(head);
    if (found.begin > first && view_.gap_before(found.begin) == "-" &&
        view_.is(found.begin - 1, "ex"))
        return true;
    if (found.begin > first + 1 && view_.is(found.begin - 1, "be") &&
        view_.is(found.begin - 2, "would") && view_.gap_before(found.begin - 1) == "-")
        return true;
    for (TokenIndex t = found.begin; t < head; ++t) {
        if (view_.is_any(t, "former", "ex", "late", "deposed", "ousted", "deputy", "then"))
            return true;
    }
    return false;
}

bool Finder::holds(const FoundActor& actor, const OfficeNoun& noun) const {
    if (actor.row == kNoRow) return false;
    for (const std::uint32_t holder : data_.holders_of_person[actor.row]) {
        const HolderRow& term = data_.holders[holder];
        if (options_.day && (term.from > *options_.day || term.to < *options_.day)) continue;
        if (std::find(noun.offices.begin(), noun.offices.end(), term.office) != noun.offices.end())
            return true;
    }
    return false;
}

bool Finder::other_administration(TokenIndex head) const {
    const TokenIndex from = head > kFocusTokens ? head - kFocusTokens : 0;
    for (TokenIndex t = head; t > from + 1;) {
        --t;
        if (!view_.is(t, "administration")) continue;
        if (covered_[t] != 0) return false;
        return !view_.is_any(t - 1, "the", "this", "my", "our", "and", "next", "last", "new",
                             "previous", "incoming", "outgoing", "current", "entire");
    }
    return false;
}

bool Finder::take_administration(const Modifiers& found, TokenIndex head, TokenIndex end) {
    const bool own = head > sentence_begin(head) && view_.gap_before(head) == " " &&
                     view_.is_any(head - 1, "my", "our");
    if (!view_.is(head, "administration") || (!found.determined && !own) || found.begin != head ||
        before_noun(end))
        return false;
    // "the Kurdish-led administration … the administration": that one.
    if (!own && other_administration(head)) return false;
    std::int64_t best = own ? -1 : last_before(administrations_, head, view_.size());
    if (best < 0) {
        const std::uint32_t country =
            country_near(head, [&](std::uint32_t of) { return data_.countries[of].iso3 == "USA"; });
        if (country == kNoRow || !options_.day) return false;
        for (const std::uint32_t office : data_.offices_of_body[data_.countries[country].actor]) {
            if (data_.offices[office].title != "President of the United States") continue;
            for (const std::uint32_t index : data_.holders_of_office[office]) {
                const HolderRow& term = data_.holders[index];
                if (term.from > *options_.day || term.to < *options_.day) continue;
                const std::string& name = data_.actors[term.person].name;
                const auto known = data_.actor_by_id.find(slug(name.substr(name.rfind(' ') + 1)) +
                                                          "-administration");
                if (known != data_.actor_by_id.end()) best = actor_of_row(known->second);
            }
        }
    }
    if (best < 0) return false;
    mention(head, end, static_cast<std::uint32_t>(best), Form::nominal,
            "administration in question");
    return true;
}

}  // namespace ceasewire::analysis
