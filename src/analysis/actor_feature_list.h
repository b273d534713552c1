#pragma once
/// The features of the scorers of actors by name: those of groups without a prefix, of states with
/// s_, of persons with p_. Internal to the analysis room, for the files that note them.

#include <cstdint>

#include "analysis/actor_features.h"

namespace ceasewire::analysis {

/// Every feature by name. An enumerator is its index.
// clang-format off: it would indent this list out of the page.
#define CEASEWIRE_ACTOR_FEATURES(X)                                                             \
    X(bias) X(class_official) X(class_source) X(class_mediator) X(class_press)                  \
    X(class_expert) X(class_fighter) X(class_victim) X(class_crowd) X(class_party)              \
    X(class_state) X(class_ally) X(class_leader) X(class_body) X(class_people)                  \
    X(class_world) X(class_folk) X(class_none) X(kind_single) X(kind_spokes) X(kind_group)      \
    X(kind_weakgroup) X(kind_people) X(kind_adjective) X(kind_office) X(country)                \
    X(organisation) X(possessive_pronoun) X(determined) X(indefinite) X(quantified)             \
    X(digits) X(described) X(joined) X(complement) X(bare) X(named_before) X(title) X(first)    \
    X(after_report) X(after_act) X(after_verb) X(after_passive) X(after_preposition)            \
    X(after_of) X(after_who) X(after_comma) X(after_end) X(after_possessive) X(after_and)       \
    X(after_infinitive) X(after_participle) X(after_upper) X(after_word) X(before_report)       \
    X(before_according) X(before_by) X(before_with) X(before_told) X(before_to)                 \
    X(before_from) X(before_for) X(before_between) X(before_against) X(before_of)               \
    X(before_on) X(before_in) X(before_among) X(before_and) X(before_as) X(before_copula)       \
    X(before_act) X(before_harm) X(before_comma) X(before_count) X(before_at) X(before_than)    \
    X(near_harm) X(report_in_sentence) X(victim_acts) X(victim_suffers) X(single_acts)          \
    X(single_determined) X(fighter_acts) X(fighter_suffers) X(people_acts) X(people_suffers)    \
    X(crowd_acts) X(ally_owned) X(leader_owned) X(official_country) X(official_bare)            \
    X(state_other) X(bare_acts) X(folk_country) X(s_bias) X(s_seat) X(s_place) X(s_acts)        \
    X(s_modifier) X(s_land) X(s_before_person) X(s_hyphened) X(s_joined) X(s_title)             \
    X(s_first) X(s_possessive) X(s_possessive_policy) X(s_acronym) X(s_after_and)               \
    X(s_after_comma) X(s_after_end) X(s_after_noun) X(s_after_upper) X(s_after_passive)         \
    X(s_after_to) X(s_after_preposition) X(s_before_in) X(s_before_from) X(s_before_to)         \
    X(s_before_of) X(s_before_with) X(s_before_by) X(s_before_between) X(s_before_against)      \
    X(s_before_on) X(s_before_for) X(s_before_and) X(s_before_comma) X(s_before_the)            \
    X(s_before_verb) X(s_before_at) X(s_before_noun) X(s_travel) X(s_seat_acts)                 \
    X(s_seat_place) X(s_seat_possessive) X(s_place_acts) X(s_before_about) X(s_before_upper)    \
    X(s_party_word) X(s_hyphen_war) X(s_led) X(p_bias) X(p_rank) X(p_office) X(p_role)          \
    X(p_calling) X(p_agentive) X(p_given) X(p_given_later) X(p_surname) X(p_ending)             \
    X(p_particle) X(p_initial) X(p_suffix) X(p_hyphen) X(p_two) X(p_three) X(p_many)            \
    X(p_digit) X(p_capitals) X(p_headline) X(p_title) X(p_first) X(p_again) X(p_lower)          \
    X(p_noun_inside) X(p_place_inside) X(p_stands_as_place) X(p_introduced) X(p_age)            \
    X(p_joined) X(p_listed) X(p_acts) X(p_reports) X(p_suffers) X(p_does) X(p_told)             \
    X(p_before_the) X(p_before_led) X(p_before_deed) X(p_before_fate) X(p_before_of)            \
    X(p_before_by) X(p_before_with) X(p_before_to) X(p_before_from) X(p_before_for)             \
    X(p_before_in) X(p_before_on) X(p_before_and) X(p_before_as) X(p_before_adjective)          \
    X(p_before_upper) X(p_before_comma) X(p_before_possessive) X(p_before_word)                 \
    X(p_after_comma) X(p_after_end) X(p_after_possessive) X(p_after_and) X(p_after_bracket)     \
    X(p_after_in) X(p_after_is) X(p_after_word) X(p_after_upper) X(p_given_acts)                \
    X(p_known_ends) X(p_first_given) X(p_first_odd) X(p_word_like) X(p_all_capitals)            \
    X(p_headline_many) X(p_verb_inside) X(p_anti) X(p_thing) X(p_one_word)
// clang-format on

enum ActorFeature : std::uint16_t {
#define CEASEWIRE_ENUMERATOR(name) f_##name,
    CEASEWIRE_ACTOR_FEATURES(CEASEWIRE_ENUMERATOR)
#undef CEASEWIRE_ENUMERATOR
};

/// Notes features, each once.
class FeatureAdder {
public:
    explicit FeatureAdder(ActorFeatures& out) : out_(out) {}
    void operator()(ActorFeature feature, bool holds = true) {
        if (holds) out_.emplace_back(feature, 1.0F);
    }

private:
    ActorFeatures& out_;
};

}  // namespace ceasewire::analysis
