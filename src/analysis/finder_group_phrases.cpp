/// Nouns of people: which phrase of unnamed people is an actor, and what it is called.

#include <array>
#include <charconv>

#include "analysis/finder.h"
#include "text/utf8.h"

namespace ceasewire::analysis {

bool Finder::lies_in_name(TokenIndex head, TokenIndex end) const {
    if (in_name_[head] == 0 || in_name_[end - 1] == 0) return false;
    if (in_name_[head] != kInsideWeak) return true;
    // A weak name that was not taken is no more than its words, but a part of it is nothing.
    const PhraseMatch* name = view_.at(Layer::names, head);
    return name == nullptr || name->tokens != end - head;
}

void Finder::find_role_heads() {
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
                    (entry.flags & kWeak) == 0 && !data_.actors[entry.index].country.empty() &&
                    data_.actors[entry.index].type != ActorType::person)
                    found.country = country_of(data_.actors[entry.index].country);
            });
        }
        if (office != nullptr && take_office_of(*office, found, head, end)) continue;
        if (office != nullptr && take_office(*office, found, head, end)) continue;
        if (noun != nullptr && (noun->kind == "single" || noun->kind == "spokes") &&
            found.country == kNoRow && found.organisation == kNoRow && take_apposed_role(head, end))
            continue;
        if (office != nullptr && noun == nullptr && take_apposed_role(head, end)) continue;
        if (noun != nullptr) take_noun(*noun, found, head, end, phrase_end);
    }
}

void Finder::take_noun(const RoleNoun& noun, const Modifiers& before, TokenIndex head,
                       TokenIndex end, TokenIndex phrase_end) {
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
        const bool bare = bare_body(head, end);
        if (found.country == kNoRow && found.organisation == kNoRow && found.begin == head &&
            phrase_end == end && !before_noun(end)) {
            // "its forces", "his government"
            // "its military campaign", "pulled back its troops": these do nothing themselves.
            const bool counts =
                kind != "body:military" || acts_after(end) ||
                (head > sentence_begin(head) + 1 && view_.is_any(head - 2, "by", "of"));
            if (const std::uint32_t owner = counts ? owner_country(head) : kNoRow;
                owner != kNoRow) {
                found.country = owner;
                found.begin = head - 1;
                form = Form::nominal;
            }
        }
        if (found.country == kNoRow && found.organisation == kNoRow &&
            (found.determined || bare || view_.is(head, "government")) && found.begin == head &&
            phrase_end == end &&
            (end - head > 1 || !view_.is(head, "government") || found.determined) &&
            !view_.is(head, "regime") &&
            !view_.is_any(head, "forces", "troops", "soldiers", "warplanes", "jets", "artillery",
                          "drones") &&
            (!before_noun(end) || (bare && role_noun_at(end, "spokes") != nullptr))) {
            // "the army": of the country that the passage is about.
            found.country = country_near(head);
            form = Form::nominal;
        }
        if (found.country == kNoRow) return;
        if (form == Form::nominal) {
            if (const std::uint32_t branch = branch_of(found.country, head, end);
                branch != kNoRow) {
                mention(head, end, actor_of_row(branch), form,
                        row_why("branch of the country in question", data_.actors[branch].place));
                return;
            }
        }
        take_body(kind.substr(5), found, phrase_end, form);
        return;
    }
    if (kind == "title") {
        take_titled_role(found, head, end);
        return;
    }
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
        if (kind == "single" && take_role_beside_name(found, end)) return;
        if (take_top_diplomat(found, head, end)) return;
        if (take_role_of_named(found, phrase_end) || take_owned_role(found, head, end)) return;
        if (kind == "spokes" && phrase_end == end) phrase_end = person_complement(end);
        const bool modified = found.country != kNoRow || found.organisation != kNoRow;
        if (!modified && phrase_end == end && take_titled_role(found, head, end)) return;
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
        const Modifiers own = found;
        bool joined = join_leftwards(found);
        // "Turkish and Kurdish forces": the army of the first is named by itself.
        if (joined && noun.sector == "armed" && view_.at(Layer::names, found.begin) != nullptr) {
            found = own;
            joined = false;
        }
        TokenIndex list = complement_list(phrase_end, noun);
        if (list == phrase_end) list = subject_complement(head, phrase_end);
        if (list == phrase_end) list = source_complement(phrase_end);
        if (list > phrase_end) phrase_end = list;
        consider_group(noun, found, head, end, phrase_end, joined);
    }
}

bool Finder::bare_body(TokenIndex head, TokenIndex end) const {
    return view_.upper(head) && !sentence_at(head).title &&
           ((end - head > 1 && view_.is_any(end - 1, "ministry", "police") &&
             (head == sentence_begin(head) || !view_.is_any(head - 1, "a", "an"))) ||
            view_.is(head, "parliament"));
}

std::uint32_t Finder::country_behind_in(TokenIndex t) const {
    if (t + 1 >= sentence_end(t - 1) || !view_.is(t, "in") || view_.gap_before(t) != " ")
        return kNoRow;
    const PhraseMatch* name = view_.at(Layer::names, t + 1);
    std::uint32_t country = kNoRow;
    if (name != nullptr)
        view_.entries(*name, [&](const Entry& entry) {
            if (entry.meaning != Meaning::actor && entry.meaning != Meaning::metonym) return;
            const std::uint32_t state = data_.actors[entry.index].state;
            if (state != kNoRow) country = state;
        });
    return country;
}

bool Finder::presented_by_armed(TokenIndex last) const {
    constexpr TokenIndex kWords = 8;
    const TokenIndex first = sentence_begin(last);
    for (TokenIndex t = last; t > first && last - t < kWords;) {
        --t;
        const PhraseMatch* name = view_.at(Layer::names, t);
        bool armed = false;
        if (name != nullptr)
            view_.entries(*name, [&](const Entry& entry) {
                armed = armed || (entry.meaning == Meaning::actor &&
                                  data_.actors[entry.index].type == ActorType::armed_group);
            });
        if (armed) return true;
    }
    return false;
}

std::uint32_t Finder::owner_country(TokenIndex head) const {
    const TokenIndex first = sentence_begin(head);
    if (head <= first + 1 || view_.gap_before(head) != " ") return kNoRow;
    const TokenIndex pronoun = head - 1;
    if (view_.is_any(pronoun, "his", "her")) {
        for (TokenIndex t = pronoun; t > first;) {
            --t;
            // A commander of rebels has no army of the state.
            if (person_ending_[t] >= 0)
                return presented_by_armed(t)
                           ? kNoRow
                           : analysis_.actors[static_cast<std::size_t>(person_ending_[t])].state;
        }
        return kNoRow;
    }
    if (!view_.is(pronoun, "its")) return kNoRow;
    const auto from =
        std::lower_bound(names_.begin(), names_.end(), first,
                         [](const NameHit& hit, TokenIndex at) { return hit.begin < at; });
    std::uint32_t owner = kNoRow;
    for (auto it = from; it != names_.end() && it->end <= pronoun; ++it) {
        const ActorRow& row = data_.actors[it->entry->index];
        switch (row.type) {
            case ActorType::state:
                owner = row.state;
                break;
            case ActorType::government_body:
            case ActorType::military:
                owner = country_of(row.country);
                break;
            case ActorType::person:
            case ActorType::media:
                break;
            default:
                owner = kNoRow;  // whose troops are meant is open then
                break;
        }
    }
    return owner;
}

GroupPhrase Finder::described_by(const Modifiers& found, TokenIndex head, TokenIndex noun_end,
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

void Finder::consider_group(const RoleNoun& noun, const Modifiers& found, TokenIndex head,
                            TokenIndex noun_end, TokenIndex end, bool joined) {
    // "semi-official"
    if (head > sentence_begin(head) && view_.gap_before(head) == "-" &&
        view_.is_any(head - 1, "semi", "non", "quasi", "un"))
        return;
    // "acted as mediators" says what somebody does.
    if (found.begin == head && head > sentence_begin(head) && view_.is(head - 1, "as") &&
        view_.gap_before(head) == " ")
        return;
    // "a police officer", "the police station"
    if (view_.is(head, "police") && noun_end - head == 1 && noun_end < sentence_end(head) &&
        view_.gap_before(noun_end) == " " &&
        view_.is_any(noun_end, "officer", "officers", "car", "cars", "van", "vehicle", "vehicles",
                     "chief", "station", "stations", "post", "posts", "custody", "patrol",
                     "patrols", "checkpoint", "operation", "operations", "raid", "raids", "force",
                     "commissioner", "headquarters", "convoy", "escort", "line", "lines"))
        return;
    if (names_follow(noun, found, end)) return;
    if (predicate(found.begin) || sent_out(head, found)) {
        for (TokenIndex t = found.begin; t < head; ++t) covered_[t] = 1;  // "US" in "US allies"
        return;
    }
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
    if (noun.sector == "fighter" && end > noun_end && end > noun_end + 1 && covered_[end - 1] != 0)
        return;
    if ((noun.sector == "fighter" || noun.sector == "armed") && found.organisation != kNoRow &&
        (data_.actors[found.organisation].type == ActorType::armed_group ||
         data_.actors[found.organisation].type == ActorType::political_group))
        return;
    if (view_.is(head, "public") && !found.determined && found.country == kNoRow) return;
    if (view_.is(head, "states") &&
        (view_.is(noun_end, "that") || (found.organisation != kNoRow && found.owner_end != 0)))
        return;  // a verb
    // "mediators", where "Egyptian mediators" are known: the same, said shorter.
    if (found.begin == head && end == noun_end && noun.kind != "single" && noun.kind != "spokes" &&
        !owned_before(head)) {
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
    if (!accepted(phrase) && !speaks) return;
    // "police said": the force of the country in question, where the lexicon has one.
    if (view_.is(head, "police") && noun_end - head == 1 && end == noun_end &&
        found.organisation == kNoRow && !found.described) {
        std::uint32_t country = found.country;
        if (country == kNoRow) country = country_behind_in(noun_end);  // "police in Nairobi"
        const bool told = country != kNoRow;
        if (!told) country = country_near(head);
        if (const std::uint32_t force = police_of(country, told); force != kNoRow) {
            mention(found.begin, noun_end, actor_of_row(force), Form::nominal,
                    row_why("police of the country in question", data_.actors[force].place));
            return;
        }
    }
    add_group(found, noun, head, noun_end, end, owned ? found.begin - 1 : found.begin);
}

bool Finder::predicate(TokenIndex begin) const {
    const TokenIndex first = sentence_begin(begin);
    TokenIndex t = begin;
    while (t > first && view_.gap_before(t) == " " &&
           view_.is_any(t - 1, "the", "a", "an", "its", "their", "his", "her", "our", "my", "also",
                        "now", "still", "not", "all", "no", "longer"))
        --t;
    if (t == first || view_.gap_before(t) != " " ||
        !view_.is_any(t - 1, "is", "are", "was", "were", "been", "be", "being", "become", "became",
                      "becoming", "remain", "remains", "remained"))
        return false;
    // "There were residents who …", "It was mediators who …" and "Were mediators there?" say of
    // nobody what they are.
    for (TokenIndex k = t - 1; k > first && t - k < 4; --k) {
        if (view_.is_any(k - 1, "there", "it")) return false;
    }
    return t - 1 > first;
}

bool Finder::sent_out(TokenIndex head, const Modifiers& found) const {
    if (!view_.is_any(head, "delegation", "delegations", "team", "teams") || found.determined)
        return false;
    const TokenIndex first = sentence_begin(head);
    TokenIndex t = found.begin;
    while (t > first && view_.is_any(t - 1, "a", "an", "its", "his", "her", "their")) --t;
    return t > first && view_.gap_before(t) == " " &&
           view_.is_any(t - 1, "send", "sends", "sent", "sending", "dispatch", "dispatches",
                        "dispatched", "dispatching");
}

bool Finder::names_follow(const RoleNoun& noun, const Modifiers& found, TokenIndex end) const {
    if (noun.sector != "ally" && noun.sector != "mediator" && noun.sector != "party" &&
        noun.sector != "state")
        return false;
    if (end >= sentence_end(found.begin) || view_.gap_before(end) != " " ||
        sentence_at(found.begin).title || noun.kind == "single")
        return false;
    const PhraseMatch* name = view_.at(Layer::names, end);
    bool actor = false;
    if (name != nullptr)
        view_.entries(*name, [&](const Entry& entry) {
            actor = actor || (entry.meaning == Meaning::actor &&
                              data_.actors[entry.index].type != ActorType::person);
        });
    if (!actor) return false;
    // "told mediators Egypt would pay": a clause follows.
    if (acts_after(end + name->tokens)) {
        const TokenIndex first = sentence_begin(found.begin);
        for (TokenIndex t = found.begin; t > first && found.begin - t < 3; --t) {
            if (view_.is_any(t - 1, "told", "tell", "tells", "telling", "inform", "informed",
                             "assure", "assured", "warn", "warned", "remind", "reminded"))
                return false;
        }
    }
    return true;
}

std::int64_t Finder::only_armed_group(std::uint32_t country) const {
    if (only_armed_ < 0 || several_armed_ ||
        (country != kNoRow && analysis_.actors[static_cast<std::size_t>(only_armed_)].country !=
                                  data_.countries[country].iso3))
        return -1;
    return only_armed_;
}

bool Finder::owned_before(TokenIndex head) const {
    return head > sentence_begin(head) && view_.gap_before(head) == " " &&
           view_.is_any(head - 1, "its", "his", "her", "their", "our", "my");
}

bool Finder::accepted(const GroupPhrase& phrase) {
    group_features(*this, view_, phrase, features_);
    score_ = scorer_.group(features_);
    if (seen_ != nullptr)
        seen_->push_back({"group",
                          view_.span_of(phrase.begin - (phrase.owned ? 1U : 0U), phrase.end),
                          features_, score_});
    return score_ > 0;
}

std::int64_t Finder::group_before(TokenIndex head, std::string_view noun, std::size_t size) const {
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

bool Finder::speaks_here(TokenIndex begin, TokenIndex end) const {
    if (acts_after(end)) return true;
    const TokenIndex first = sentence_begin(begin);
    TokenIndex t = begin;
    while (t > first && view_.is_any(t - 1, "the", "a", "an", "to", "two", "some")) --t;
    return t > first && (cue_at(t - 1, CueKind::report) ||
                         (view_.is_any(t - 1, "by", "with", "told", "to", "on") && t - 1 > first));
}

std::string Finder::group_key(const Modifiers& found, TokenIndex begin, TokenIndex head,
                              TokenIndex end) const {
    if (begin != found.begin) return {};
    std::string key;
    if (found.organisation != kNoRow)
        key = data_.actors[found.organisation].id;
    else if (found.country != kNoRow)
        key = data_.countries[found.country].iso3;
    bool graded = false;
    for (TokenIndex t = begin; t < end; ++t) {
        if (t < head) {
            if (found.organisation != kNoRow && t >= found.owner_begin && t < found.owner_end)
                continue;
            if (const PhraseMatch* name = view_.at(Layer::names, t);
                name != nullptr && found.organisation == kNoRow && found.country != kNoRow) {
                t += name->tokens - 1U;
                continue;
            }
            const RoleNoun* modifier = role_noun_at(t, "modifier");
            if ((modifier != nullptr && modifier->sector == "quantity") || view_.number(t) ||
                view_.possessive(t))
                continue;
            // Grades do not make them others: "senior US officials" are "US officials".
            if (view_.is_any(t, "senior", "top", "high", "level", "ranking", "leading", "other")) {
                graded = true;
                continue;
            }
        }
        key += ' ';
        text::append_folded(view_.word(t), key);
    }
    if (found.country == kNoRow && found.organisation == kNoRow && !graded) return {};
    return key;
}

std::string Finder::owner_before(TokenIndex pronoun) const {
    if (view_.is_any(pronoun, "his", "her", "my")) {
        for (TokenIndex t = pronoun; t > sentence_begin(pronoun);) {
            --t;
            if (person_ending_[t] < 0) continue;
            // "the chief" is called by his name.
            std::string_view name =
                analysis_.actors[static_cast<std::size_t>(person_ending_[t])].name;
            if (!name.empty() && name.back() == ')') name = name.substr(0, name.rfind(" ("));
            const bool own = name.find(view_.word(t)) != std::string_view::npos;
            return std::string(own ? view_.word(t) : name.substr(name.rfind(' ') + 1)) + "'s";
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

void Finder::add_group(const Modifiers& found, const RoleNoun& noun, TokenIndex head,
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
        skip = skip || (view_.is_any(named, "key", "various", "certain", "fellow") && next < head);
        if (!skip) break;
        named = next;
    }
    if (named >= head) named = head;
    std::uint32_t country = found.country;
    if (country == kNoRow && found.organisation != kNoRow &&
        !data_.actors[found.organisation].country.empty())
        country = country_by_code(data_.actors[found.organisation].country);
    const bool armed = (noun.sector == "fighter" && noun.kind == "weakgroup") ||
                       noun.sector == "armed" || noun.sector == "proxy";
    std::string name = text_of(named, end);
    if (begin < found.begin) {
        if (const std::string owner = owner_before(begin); !owner.empty())
            name = owner + " " + text_of(found.begin, end);
    }
    const std::uint32_t actor =
        new_actor(std::move(name), armed ? ActorType::armed_group : ActorType::role_group, country,
                  false, group_key(found, begin, head, end));
    FoundActor& group = analysis_.actors[actor];
    if (found.organisation != kNoRow) group.owner = found.organisation;
    if (const auto number = number_of(noun, begin, head))
        group.number = group.number.value_or(*number) == *number ? *number : 0;
    // The organisation inside keeps its own mention where it has one; the group is a mention
    // beside it.
    mention(begin, end, actor, Form::role, row_why("group by its noun", noun.place), noun_end);
    note_score(score_);
}

std::optional<std::uint32_t> Finder::number_of(const RoleNoun& noun, TokenIndex begin,
                                               TokenIndex head) const {
    constexpr std::array<std::string_view, 9> kNumbers = {"two",   "three", "four", "five", "six",
                                                          "seven", "eight", "nine", "ten"};
    if (begin > sentence_begin(begin) && view_.gap_before(begin) == " ") --begin;
    for (TokenIndex t = begin; t < head; ++t) {
        // "two million people", "two of the mediators", "a five-member delegation".
        if (view_.gap_before(t + 1) == "-" ||
            view_.is_any(t + 1, "million", "billion", "thousand", "hundred", "dozen", "of", "per",
                         "percent"))
            continue;
        for (std::size_t i = 0; i < kNumbers.size(); ++i) {
            if (view_.is(t, kNumbers[i])) return static_cast<std::uint32_t>(i + 2);
        }
        if (!view_.number(t)) continue;
        std::uint32_t value = 0;
        const std::string_view word = view_.word(t);
        const auto [stop, failed] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (failed == std::errc() && stop == word.data() + word.size() && value > 0) return value;
        return std::nullopt;
    }
    if ((noun.kind == "single" || noun.kind == "spokes") && !noun.noun.starts_with("people"))
        return 1;
    return std::nullopt;
}

}  // namespace ceasewire::analysis
