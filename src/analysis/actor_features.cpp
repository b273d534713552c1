#include "analysis/actor_features.h"

#include <algorithm>
#include <array>

#include "analysis/actor_feature_list.h"

namespace ceasewire::analysis {
namespace {

ActorFeature class_feature(std::string_view sector) {
    struct Named {
        std::string_view sector;
        ActorFeature feature;
    };
    constexpr std::array<Named, 18> kClasses = {{{"official", f_class_official},
                                                 {"source", f_class_source},
                                                 {"mediator", f_class_mediator},
                                                 {"press", f_class_press},
                                                 {"expert", f_class_expert},
                                                 {"fighter", f_class_fighter},
                                                 {"victim", f_class_victim},
                                                 {"crowd", f_class_crowd},
                                                 {"party", f_class_party},
                                                 {"state", f_class_state},
                                                 {"ally", f_class_ally},
                                                 {"leader", f_class_leader},
                                                 {"body", f_class_body},
                                                 {"armed", f_class_body},  // bodies that fight
                                                 {"proxy", f_class_ally},
                                                 {"people", f_class_people},
                                                 {"world", f_class_world},
                                                 {"folk", f_class_folk}}};
    for (const Named& named : kClasses) {
        if (named.sector == sector) return named.feature;
    }
    return f_class_none;
}

ActorFeature kind_feature(std::string_view kind) {
    if (kind == "single") return f_kind_single;
    if (kind == "spokes") return f_kind_spokes;
    if (kind == "group") return f_kind_group;
    if (kind == "people") return f_kind_people;
    if (kind == "adjective") return f_kind_adjective;
    if (kind == "office") return f_kind_office;
    return f_kind_weakgroup;
}

/// Verbs and nouns of harm and of custody: who stands behind them suffers.
bool harm(const View& view, TokenIndex t) {
    return view.is_any(
        t, "killed", "killing", "kill", "kills", "wounded", "wounding", "injured", "injuring",
        "displaced", "displacing", "freed", "freeing", "free", "release", "released", "releasing",
        "releases", "held", "holding", "took", "taking", "abducted", "kidnapped", "captured",
        "arrested", "detained", "exchange", "exchanged", "swap", "return", "bodies", "remains",
        "death", "deaths", "murder", "murdered", "seized", "left", "sheltering", "evacuate",
        "evacuated", "including", "protect", "protection", "shot", "hit", "claimed", "lives",
        "assassination", "assassinated", "eliminated", "targeting", "targeted");
}

/// The end of "in Sagaing", "near the border", "from the province of Surin" behind a noun at `t`;
/// `t` when no place follows.
TokenIndex behind_place(const View& view, TokenIndex t, TokenIndex last) {
    constexpr TokenIndex kPlaceTokensMax = 7;
    if (t + 1 >= last || view.gap_before(t) != " " ||
        !view.is_any(t, "in", "near", "from", "at", "inside", "outside", "across", "around",
                     "along", "on", "living"))
        return t;
    TokenIndex end = t + 1;
    bool named = false;
    while (end < last && end <= t + kPlaceTokensMax) {
        const std::string_view gap = view.gap_before(end);
        if (gap != " " && gap != "-" && gap != "\u2019" && gap != "'") break;
        const bool place =
            view.upper(end) ||
            view.is_any(end, "town", "city", "village", "region", "area", "border", "province",
                        "camp", "camps", "north", "south", "east", "west", "capital", "enclave",
                        "territory", "strip", "district", "scene", "hospital", "coast", "frontier",
                        "country", "state", "neighborhood", "neighbourhood", "valley", "island");
        if (!place && !view.is_any(end, "the", "of", "and", "s", "al", "el", "northern", "southern",
                                   "eastern", "western", "central", "nearby", "in", "near",
                                   "refugee", "displacement", "disputed", "occupied", "besieged"))
            break;
        named = named || place;
        ++end;
    }
    return named ? end : t;
}

}  // namespace

const std::vector<std::string>& actor_feature_names() {
    static const std::vector<std::string> names = {
#define CEASEWIRE_NAME(name) #name,
        CEASEWIRE_ACTOR_FEATURES(CEASEWIRE_NAME)
#undef CEASEWIRE_NAME
    };
    return names;
}

void group_features(const Context& context, const View& view, const GroupPhrase& phrase,
                    ActorFeatures& out) {
    out.clear();
    FeatureAdder add(out);
    const ActorFeature sort = class_feature(phrase.sector);
    const ActorFeature kind = kind_feature(phrase.kind);
    add(f_bias);
    add(sort);
    add(kind);
    add(f_country, phrase.country);
    add(f_organisation, phrase.organisation);
    add(f_determined, phrase.determined);
    add(f_indefinite, phrase.indefinite);
    add(f_quantified, phrase.quantified);
    bool digits = false;
    for (TokenIndex t = phrase.begin; t < phrase.head; ++t) digits = digits || view.number(t);
    add(f_digits, digits);
    add(f_described, phrase.described);
    add(f_joined, phrase.joined);
    add(f_complement, phrase.end > phrase.noun_end);
    add(f_named_before, phrase.named_before);
    const Sentence& sentence = context.sentence_at(phrase.begin);
    add(f_title, sentence.title);

    // What follows.
    const TokenIndex end = phrase.end;
    const TokenIndex last = sentence.token_end;
    // "villagers in Surin said" act as "villagers said" do.
    const TokenIndex verb = behind_place(view, end, last);
    const bool suffers = context.suffers_after(verb);
    const bool acts = !suffers && context.acts_after(verb);
    bool report = false;
    if (end >= last) {
        add(f_after_end);
    } else {
        const std::string_view gap = view.gap_before(end);
        if (view.possessive(end) || gap.substr(0, 3) == "\u2019" || gap.substr(0, 1) == "'") {
            add(f_after_possessive);
        } else if (gap.substr(0, 1) == ",") {
            add(f_after_comma);
        } else if (view.is_any(end, "who", "that", "which", "whose")) {
            add(f_after_who);
        } else if (view.is(end, "of")) {
            add(f_after_of);
        } else if (view.is(end, "and")) {
            add(f_after_and);
        } else if (view.is(end, "to")) {
            add(f_after_infinitive);
        } else if (view.is_any(end, "in", "at", "from", "on", "near", "across", "inside", "with",
                               "for", "by", "as", "since", "during", "after", "against")) {
            add(f_after_preposition);
        } else if (!acts && !suffers && context.participle(end)) {
            add(f_after_participle);
        } else if (view.upper(end) && gap == " ") {
            add(f_after_upper);
        } else if (gap == " " && !acts && !suffers) {
            add(f_after_word);
        }
        if (acts) {
            for (TokenIndex t = verb; t < std::min(verb + 3, last) && !report; ++t)
                report = context.cue_at(t, CueKind::report);
            const bool act = context.cue_at(verb, CueKind::act);
            add(report ? f_after_report : act ? f_after_act : f_after_verb);
        }
        add(f_after_passive, suffers);
    }

    // What precedes, past the determiner.
    TokenIndex t = phrase.begin;
    bool owned = phrase.owned;
    while (t > sentence.token_begin &&
           view.is_any(t - 1, "the", "a", "an", "its", "his", "her", "their", "our", "my", "these",
                       "those", "other", "another", "all", "any", "some", "more", "about", "least",
                       "at", "than", "nearly", "over")) {
        if (view.is_any(t - 1, "its", "his", "her", "their", "our", "my")) owned = true;
        --t;
    }
    add(f_possessive_pronoun, owned);
    const bool bare =
        phrase.begin == phrase.head && !phrase.determined && !phrase.indefinite && !owned;
    add(f_bare, bare);
    bool by = false;
    if (t == sentence.token_begin) {
        add(f_first);
    } else {
        const TokenIndex before = t - 1;
        const std::string_view gap = view.gap_before(t);
        if (gap.substr(0, 1) == ",") add(f_before_comma);
        if (gap == " ") {
            by = view.is(before, "by");
            if (view.is(before, "by"))
                add(f_before_by);
            else if (view.is(before, "with"))
                add(f_before_with);
            else if (view.is_any(before, "told", "tell", "urged", "urge", "urges", "asked",
                                 "called", "pressed", "warned", "meet", "met", "meeting", "accused",
                                 "blamed", "thanked"))
                add(f_before_told);
            else if (view.is(before, "to"))
                add(before > sentence.token_begin && view.is(before - 1, "according")
                        ? f_before_according
                        : f_before_to);
            else if (view.is(before, "from"))
                add(f_before_from);
            else if (view.is(before, "for"))
                add(f_before_for);
            else if (view.is(before, "between"))
                add(f_before_between);
            else if (view.is(before, "against"))
                add(f_before_against);
            else if (view.is(before, "of"))
                add(f_before_of);
            else if (view.is(before, "on"))
                add(f_before_on);
            else if (view.is_any(before, "in", "into", "inside"))
                add(f_before_in);
            else if (view.is(before, "among"))
                add(f_before_among);
            else if (view.is_any(before, "and", "or", "but"))
                add(f_before_and);
            else if (view.is(before, "as"))
                add(f_before_as);
            else if (view.is(before, "than"))
                add(f_before_than);
            else if (view.is_any(before, "is", "are", "was", "were", "be", "been", "become",
                                 "became", "being"))
                add(f_before_copula);
            else if (harm(view, before))
                add(f_before_harm);
            else if (context.cue_at(before, CueKind::report))
                add(f_before_report);
            else if (context.cue_at(before, CueKind::act))
                add(f_before_act);
            if (view.is(before, "of") && before > sentence.token_begin)
                add(f_before_count, view.is_any(before - 1, "number", "tens", "dozens", "hundreds",
                                                "thousands", "millions", "percent", "most", "many",
                                                "lives", "majority", "score", "group"));
        }
        bool near = false;
        for (TokenIndex k = t; k > sentence.token_begin && t - k < 4 && !near;)
            near = harm(view, --k);
        add(f_near_harm, near);
    }
    bool told = false;
    for (TokenIndex k = sentence.token_begin; k < last && !told; ++k)
        told = context.cue_at(k, CueKind::report);
    add(f_report_in_sentence, told);

    const bool agent = acts || by;
    add(f_victim_acts, sort == f_class_victim && agent);
    add(f_victim_suffers, sort == f_class_victim && suffers);
    add(f_single_acts, kind == f_kind_single && agent);
    add(f_single_determined, kind == f_kind_single && phrase.determined);
    add(f_fighter_acts, sort == f_class_fighter && agent);
    add(f_fighter_suffers, sort == f_class_fighter && suffers);
    add(f_people_acts, sort == f_class_people && agent);
    add(f_people_suffers, sort == f_class_people && suffers);
    add(f_crowd_acts, sort == f_class_crowd && agent);
    add(f_ally_owned, sort == f_class_ally && (owned || phrase.country || phrase.organisation));
    add(f_leader_owned, sort == f_class_leader && (owned || phrase.country || phrase.organisation));
    add(f_official_country, sort == f_class_official && (phrase.country || phrase.organisation));
    add(f_official_bare, sort == f_class_official && bare);
    add(f_state_other, sort == f_class_state && phrase.described);
    add(f_bare_acts, bare && agent);
    add(f_folk_country, sort == f_class_folk && (phrase.country || phrase.organisation));
}

void state_features(const Context& context, const View& view, const StatePhrase& phrase,
                    ActorFeatures& out) {
    out.clear();
    FeatureAdder add(out);
    const Sentence& sentence = context.sentence_at(phrase.begin);
    add(f_s_bias);
    add(f_s_seat, phrase.seat);
    add(f_s_place, phrase.place);
    add(f_s_acts, phrase.acts);
    add(f_s_modifier, phrase.modifier);
    add(f_s_land, phrase.land);
    add(f_s_before_person, phrase.before_person);
    add(f_s_hyphened, phrase.hyphened);
    add(f_s_joined, phrase.joined_actor);
    add(f_s_title, sentence.title);
    add(f_s_acronym, view.all_caps(phrase.begin) || view.word(phrase.begin).size() == 1);
    add(f_s_seat_acts, phrase.seat && phrase.acts);
    add(f_s_seat_place, phrase.seat && phrase.place);
    add(f_s_place_acts, phrase.place && phrase.acts);

    const TokenIndex end = phrase.end;
    bool possessive = false;
    if (end >= sentence.token_end) {
        add(f_s_after_end);
    } else {
        const std::string_view gap = view.gap_before(end);
        possessive =
            view.possessive(end) || ((gap.substr(0, 1) == "'" || gap.substr(0, 3) == "\u2019") &&
                                     gap.size() > 1 && view.word(end - 1).back() == 's');
        add(f_s_possessive, possessive);
        const TokenIndex next = view.possessive(end) ? end + 1 : end;
        if (possessive && next < sentence.token_end)
            add(f_s_possessive_policy,
                view.is_any(next, "position", "demand", "demands", "proposal", "plan", "policy",
                            "support", "efforts", "allies", "response", "refusal", "decision",
                            "stance", "offer", "goal", "goals", "request", "claim", "role",
                            "interests", "backing", "envoy", "leadership", "military", "conditions",
                            "willingness", "war", "attack", "attacks", "strikes", "invasion",
                            "campaign", "offensive", "operation", "right", "blockade", "security",
                            "commitment", "assault", "withdrawal", "annexation", "aggression",
                            "actions"));
        if (!possessive) {
            if (gap.substr(0, 1) == ",")
                add(f_s_after_comma);
            else if (view.is(end, "and"))
                add(f_s_after_and);
            else if (view.is(end, "to"))
                add(f_s_after_to);
            else if (context.suffers_after(end))
                add(f_s_after_passive);
            else if (view.is_any(end, "in", "on", "at", "for", "with", "from", "over", "after",
                                 "as", "by", "of"))
                add(f_s_after_preposition);
            else if (view.upper(end) && gap == " ")
                add(f_s_after_upper);
            else if (gap == " " && !phrase.acts)
                add(f_s_after_noun);
        }
    }
    add(f_s_seat_possessive, phrase.seat && possessive);
    // "the Israel-Hamas war" is a war; "US-led talks" have a leader.
    if (end < sentence.token_end && phrase.hyphened) {
        bool war = false;
        for (TokenIndex k = end; k < std::min(end + 4, sentence.token_end); ++k)
            war = war || view.is_any(k, "war", "conflict", "border", "tensions", "crisis",
                                     "fighting", "peace", "ceasefire", "agreement", "deal", "truce",
                                     "talks", "treaty");
        add(f_s_hyphen_war, war);
        add(f_s_led, view.is_any(end, "led", "brokered", "mediated", "sponsored", "proposed",
                                 "drafted", "imposed", "hosted", "organized", "organised"));
    }

    TokenIndex t = phrase.begin;
    if (t > sentence.token_begin && view.is(t - 1, "the")) {
        add(f_s_before_the);
        --t;
    }
    if (t == sentence.token_begin) {
        add(f_s_first);
        return;
    }
    const TokenIndex before = t - 1;
    const std::string_view gap = view.gap_before(t);
    if (gap.substr(0, 1) == ",") {
        add(f_s_before_comma);
    } else if (view.is_any(before, "in", "inside", "into", "across", "throughout", "within", "near",
                           "outside", "around")) {
        add(f_s_before_in);
    } else if (view.is(before, "from")) {
        add(f_s_before_from);
    } else if (view.is(before, "to")) {
        add(f_s_before_to);
    } else if (view.is(before, "of")) {
        add(f_s_before_of);
    } else if (view.is(before, "with")) {
        add(f_s_before_with);
    } else if (view.is(before, "by")) {
        add(f_s_before_by);
    } else if (view.is(before, "between")) {
        add(f_s_before_between);
    } else if (view.is(before, "against")) {
        add(f_s_before_against);
    } else if (view.is_any(before, "on", "upon")) {
        add(f_s_before_on);
    } else if (view.is(before, "for")) {
        add(f_s_before_for);
    } else if (view.is_any(before, "and", "or", "but")) {
        add(f_s_before_and);
    } else if (view.is(before, "at")) {
        add(f_s_before_at);
    } else if (view.is_any(before, "about", "over", "regarding", "toward", "towards", "than",
                           "like", "as")) {
        add(f_s_before_about);
    } else if (context.cue_at(before, CueKind::report) || context.cue_at(before, CueKind::act) ||
               context.participle(before)) {
        add(f_s_before_verb);
    } else if (view.upper(before)) {
        add(f_s_before_upper);
    } else {
        add(f_s_before_noun);
    }
    bool travel = false;
    bool party = false;
    for (TokenIndex k = t; k > sentence.token_begin && t - k < 5;) {
        --k;
        travel =
            travel || view.is_any(k, "flew", "fly", "travel", "traveled", "travelled", "traveling",
                                  "trip", "visit", "visited", "visiting", "return", "returned",
                                  "went", "arrived", "fled", "border", "flight", "tour", "deported",
                                  "moved", "crossed", "troops", "living", "held", "took", "place",
                                  "gathered", "hosted", "refugees", "evacuated");
        party = party || view.is_any(k, "truce", "ceasefire", "cease", "agreement", "deal", "talks",
                                     "peace", "negotiations", "war", "ties", "relations",
                                     "conflict", "tensions", "pressure", "sanctions", "support",
                                     "leaders", "representatives", "statement");
    }
    add(f_s_travel, travel);
    add(f_s_party_word, party);
}

ActorScorer::ActorScorer(const LinearModel& model) : model_(model) {
    if (model.empty()) return;
    for (const std::string& name : actor_feature_names())
        rows_.push_back(model.find(feature_id(name)));
}

float ActorScorer::score(const ActorFeatures& features, std::size_t column) const {
    if (rows_.empty()) return -1;
    float sum = 0;
    for (const auto& [feature, value] : features) {
        if (rows_[feature] != LinearModel::kAbsent)
            sum += value * model_.row(rows_[feature])[column];
    }
    return sum;
}

}  // namespace ceasewire::analysis
