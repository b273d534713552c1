/// Unnamed groups and the bodies of states, in marked text. Each suite is about a few rules; some
/// of its cases show where a rule must hold its tongue.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

class GroupsTest : public testing::TestWithParam<ActorCase> {};
TEST_P(GroupsTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kBehindPlaces[] = {
    {"who_say_from_a_province", "[group|Villagers] in Haldane province said the truce held."},
    {"who_say_near_a_border", "[group|Locals] near the northern border said the truce held."},
    {"elders", "The [group|tribal elders] in Haldane guaranteed the truce."},
    {"who_suffer_in_a_place", "Villagers in Haldane province were killed in the war."},
    {"who_do_what_no_list_has", "[group|Families of hostages] buried their dead in the war."},
    {"who_flee", "[group|Residents of the harbour] fled the war."},
    {"participle_is_no_deed", "Tents for residents displaced by the war came."},
};
INSTANTIATE_TEST_SUITE_P(BehindPlaces, GroupsTest, testing::ValuesIn(kBehindPlaces),
                         test::case_name);

const ActorCase kWhole[] = {
    {"what_an_article_begins", "A [group|maritime law historian] said the truce fails."},
    {"verb_is_not_of_it", "The war that the dead included residents of."},
    {"both_sides_told",
     "Envoy [actor:x-lena-brandt|Lena Brandt] told [actor:reuters|Reuters] both sides welcomed the "
     "truce."},
    {"comma_in_a_sentence_is_no_and",
     "Of the Thai, [group|Cambodian leaders] said that the truce held."},
    {"house_that_a_party_runs",
     "The Republican-controlled [actor:united-states-house-of-representatives|House] of "
     "[actor:united-states|Washington] passed the truce."},
};
INSTANTIATE_TEST_SUITE_P(Whole, GroupsTest, testing::ValuesIn(kWhole), test::case_name);

const ActorCase kArmed[] = {
    {"opposition_forces", "[group|Opposition forces] broke the truce."},
    {"insurgent_groups", "[group|Other insurgent groups] said the truce fails."},
    {"forces_of_a_known_group", "[actor:march-23-movement|M23] rebel forces broke the truce."},
    {"army_beside_them", "Turkish and [group|Kurdish forces] broke the truce."},
    {"fighters_of_the_chief",
     "The [actor:x-lena-brandt|chief], [actor:x-lena-brandt|Lena Brandt], said [group|his "
     "fighters] "
     "welcomed the truce."},
    {"semi_official", "A semi-official agency of the harbour spoke of the war."},
    {"installed_by_somebody", "Moscow-installed courts of the harbour slept through the war."},
    {"his_forces_of_an_armed_group",
     "[actor:hezbollah|Hezbollah] commander [actor:naim-qassem|Naim Qassem] said his forces "
     "welcomed the truce."},
    {"administration_of_others",
     "The Kurdish-led administration rejected the truce. The [actor:united-states|United States] "
     "met the administration."},
};
INSTANTIATE_TEST_SUITE_P(Armed, GroupsTest, testing::ValuesIn(kArmed), test::case_name);

const ActorCase kGroups[] = {
    {"senior_officials", "[group|Two senior US officials] said the truce holds."},
    {"dotted_country", "[group|U.S. officials] said the truce holds."},
    {"one_group_two_spellings",
     "[group|U.S. officials] said the truce holds. [group|American officials] said it "
     "fails."},
    {"counted_and_uncounted",
     "[group|US officials] said the truce holds. [group|Two US officials] said it "
     "fails."},
    {"a_source", "A [group|source familiar with the talks] said the truce holds."},
    {"source_and_its_country", "An [group|Israeli source] said the truce holds."},
    {"mediators_joined", "[group|US, Egyptian and Qatari mediators] urged a truce."},
    {"adjectives_joined", "[group|Israeli and Palestinian leaders] urged a truce."},
    {"names_not_joined",
     "A truce between [actor:israel|Israel] and [group|[actor:hamas|Hamas] leaders] is "
     "near."},
    {"from_states",
     "[group|Negotiators from [actor:egypt|Egypt] and [actor:qatar|Qatar]] urged a "
     "truce."},
    {"of_states",
     "The [group|leaders of [actor:egypt|Egypt] and [actor:qatar|Qatar]] urged a "
     "truce."},
    {"critics_of_something", "[group|Critics of the plan] said the truce fails."},
    {"from_a_town", "[group|Two reporters] from Tehran said the truce holds."},
    {"source_and_what_it_did",
     "A [group|source close to the talks] and a neighbour met in the war."},
    {"wing_of_politics", "[group|Left-wing politicians] said the truce fails."},
    {"on_both_sides", "[group|Leaders on both sides] urged a truce."},
    {"in_the_region", "[group|Partners in the region] urged a truce."},
    {"its_allies", "[actor:iran|Iran] and [group|its allies] rejected the truce."},
    {"their_families", "[group|Relatives] said the truce holds. They want their families home."},
    {"families_of_hostages", "[group|Families of hostages] said the truce is late."},
    {"hostages_suffer", "Two hostages were released under the truce."},
    {"people_killed", "At least 40,000 people were killed in the war."},
    {"number_with_comma", "Some 300,000 civilians have been displaced by the war."},
    {"protesters_speak", "[group|Protesters] called for a truce."},
    {"protesters_arrested", "[group|Police] arrested 32 protesters in the war."},
    {"residents_say", "[group|Residents] said the truce holds."},
    {"analysts_say", "[group|Analysts] said the truce will fail."},
    {"mediators_as_predicate",
     "[actor:egypt|Egypt] and [actor:qatar|Qatar] acted as mediators in the war."},
    {"rebels_of_a_named_group", "[actor:hamas|Hamas] gunmen crossed the border in the war."},
    {"fighters_of_a_group",
     "Fighters of [actor:hezbollah|Hezbollah] crossed the border in the war."},
    {"the_rebels",
     "The [actor:houthis|Houthis] signed the truce. The [actor:houthis|rebels] said it "
     "holds."},
    {"rebels_unknown", "[group|Rebels] said the truce holds."},
    {"short_for_the_long",
     "[group|Russian-backed separatists] signed the truce. [group|Separatists] said it "
     "holds."},
    {"pro_and_anti", "[group|Pro-Iranian militias] said the truce fails."},
    {"backed_by", "[group|UN-backed experts] said the truce fails."},
    {"public_is_a_word", "It was a public debate about the war."},
    {"the_public", "[group|Leaders] told the [group|Israeli public] that the truce holds."},
    {"states_is_a_verb", "The ministry states that the truce holds."},
    {"united_states_is_no_group", "The [actor:united-states|United States] welcomed the truce."},
    {"house_of_representatives",
     "The [actor:united-states-house-of-representatives|US House of Representatives] "
     "voted on the war."},
    {"military_officials", "[group|Israeli military officials] said the truce holds."},
    {"military_official", "A [group|senior U.S. military official] said the truce holds."},
    {"gaza_officials", "[group|[actor:hamas|Hamas] officials] said the truce holds."},
    {"peoples_act", "[group|Israelis] demanded a truce."},
    {"peoples_suffer", "Six Palestinians were killed in the war."},
    {"adjective_with_hyphen", "Tanks stood on the Lebanese-Syrian border in the war."},
    {"reporters_of_a_transcript",
     "[group|Q]    Will there be a truce?\n\nTHE [actor:joe-biden|PRESIDENT]: I hope "
     "so.\n\n[group|Q]    "
     "When will it begin?"},
    {"one_q_is_a_letter", "Q marks the spot on the map of the war."},
    {"world_leaders", "[group|World leaders] urged a truce."},
    {"international_community", "The [group|international community] urged a truce."},
    {"warring_parties", "The [group|warring parties] signed the truce."},
    {"spokesman_without_name", "A [group|[actor:hamas|Hamas] spokesman] said the truce holds."},
    {"spokesman_for", "A [group|spokesman for [actor:hezbollah|Hezbollah]] said the truce holds."},
    {"official_again", "A [group|US official] spoke. The [group|official] said the truce holds."},
    {"ministers", "[group|Israeli ministers] rejected the truce."},
    {"delegation", "The [group|Israeli delegation] left the talks."},
    {"western_and_regional", "[group|Western and regional powers] urged a truce."},
    {"witnesses", "[group|Witnesses] said shells fell in the war."},
    {"aid_groups", "[group|Aid groups] said the truce holds."},
    {"counterpart", "He met his Egyptian counterpart in the war."},
    {"source_with_knowledge", "A [group|source with knowledge of the call] said the truce holds."},
    {"official_close_to_the_talks",
     "An [group|Israeli official close to the talks] said the truce holds."},
    {"source_of_a_river", "The source of the river lies behind the front of the war."},
    {"its_proxies", "[actor:iran|Iran] and [group|its proxies] signed the truce."},
    {"his_staff", "[actor:joe-biden|Joe Biden] said that his staff is in the talks."},
    {"members_of", "[group|Members of the [actor:knesset|Knesset]] said the truce holds."},
    {"critics", "[group|Critics] said the truce will fail."},
    {"settlers", "[group|Dozens of Israeli settlers] attacked a village in the war."},
    {"lawmakers", "[group|US lawmakers] urged a truce."},
    {"diplomats_told", "[group|Two diplomats] told [actor:reuters|Reuters] that the truce holds."},
    {"prisoners", "[actor:hamas|Hamas] released 18 prisoners under the truce."},
    {"victims", "The [group|families of the victims] urged a truce."},
    {"one_of_several_spokesmen", "An [group|Israeli military spokesman] said the truce holds."},
    {"spokesman_of_a_person",
     "A [group|spokesman for Prime Minister [actor:rishi-sunak|Rishi Sunak]] said the "
     "truce holds."},
    {"shorter_name_of_a_group",
     "[group|Egyptian mediators] urged a truce. The [group|mediators] left."},
    {"not_the_head_of_a_group",
     "The [group|families of the victims] urged a truce. The victims were many."},
    {"member_states",
     "The [actor:european-union|European Union] and [group|its member states] urged a "
     "truce."},
    {"member_alone", "A member of the choir spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(Groups, GroupsTest, testing::ValuesIn(kGroups), test::case_name);

const ActorCase kBodies[] = {
    {"the_army",
     "[actor:israel|Israel] signed the truce. The [actor:israel-defense-forces|army] "
     "said it holds."},
    {"the_government",
     "[actor:colombia|Colombia] signed the truce. The "
     "[actor:government-of-colombia|government] said it holds."},
    {"whose_is_unclear", "The army said the truce holds."},
    {"government_forces",
     "[actor:syria|Syria] signed the truce. [actor:syrian-armed-forces|Government "
     "forces] said it holds."},
    {"the_foreign_ministry",
     "[actor:egypt|Egypt] signed the truce. The "
     "[actor:ministry-of-foreign-affairs-egypt|foreign ministry] said it holds."},
    {"possessive_troops", "[actor:russian-armed-forces|Russia's troops] left under the truce."},
    {"two_bodies",
     "[actor:royal-cambodian-armed-forces|Cambodian and "
     "[actor:royal-thai-armed-forces|Thai forces]] exchanged fire before the truce."},
    {"new_government", "[actor:government-of-egypt|Egypt's new government] signed the truce."},
    {"regime", "The [actor:assad-regime|Assad regime] signed the truce.", "2016-03-06"},
    {"military_response", "The Israeli military response to the war was slow."},
    {"military_that_acts",
     "The [actor:israel-defense-forces|Israeli military] said the truce holds."},
    {"white_house_speaks", "The [actor:white-house|White House] welcomed the truce."},
    {"white_house_as_a_house", "He spoke of the war at the White House."},
    {"pentagon_speaks",
     "The [actor:united-states-department-of-defense|Pentagon] welcomed the truce."},
    {"the_senate",
     "The [actor:united-states|United States] sent aid. The "
     "[actor:united-states-senate|Senate] voted on the war."},
    {"the_senate_elsewhere", "Long ago the Senate voted on the war."},
    {"democrats",
     "The [actor:united-states|United States] sent aid. "
     "[actor:democratic-party-united-states|Democrats] criticised the war."},
    {"national_security_council",
     "The [actor:united-states|United States] sent aid. The "
     "[actor:united-states-national-security-council|National Security Council] met on "
     "the war."},
    {"security_cabinet",
     "[actor:israel|Israel] sent a team. The "
     "[actor:security-cabinet-of-israel|security cabinet] met on the war."},
    {"state_department_small",
     "The [actor:united-states-department-of-state|state department] welcomed the "
     "truce."},
    {"hospital_acts", "[actor:al-shifa-hospital|Al-Shifa Hospital] said the war goes on."},
    {"hospital_is_a_place", "Tanks surrounded Al-Shifa Hospital in the war."},
    {"pro_a_body", "Pro-Palestinian factions in the party urged a truce."},
    {"al_in_the_middle",
     "Fighters of [actor:al-qaeda|al-Qaeda] left. The "
     "[actor:al-qassam-brigades|al-Qassam Brigades] stayed."},
    {"the_west", "[actor:western-world|The West] urged a truce in the West Bank."},
    {"acronym_across_sentences", "He saw the RHC. A [group|U.S. official] said the truce holds."},
    {"acronym_of_two_words",
     "The [actor:united-nations|UN] and the [actor:african-union|AU] urged a truce."},
    {"unknown_ministry",
     "The [actor:x-ruritanian-grain-ministry|Ruritanian Grain Ministry] said the truce "
     "holds."},
    {"committee",
     "The [actor:x-harbour-truce-committee|Harbour Truce Committee] said the truce "
     "holds."},
    {"ministry_of_a_town",
     "[actor:gaza-health-ministry|Gaza's health ministry] said the war goes on."},
    {"police", "[actor:israel-police|Israeli police] said the war goes on."},
    {"central_bank", "[actor:norway|Norway]'s central bank said the war goes on."},
    {"parliament", "The [actor:verkhovna-rada|Ukrainian parliament] voted on the truce."},
    {"cabinet", "The [actor:cabinet-of-israel|Israeli cabinet] voted on the truce."},
    {"air_force", "The [actor:israeli-air-force|Israeli air force] struck before the truce."},
    {"soldiers_of_a_state",
     "[actor:armed-forces-of-ukraine|Ukrainian soldiers] said the truce holds."},
    {"un_mission", "[actor:united-nations-interim-force-in-lebanon|UNIFIL] said the truce holds."},
    {"regional_body", "The [actor:african-union|African Union] urged a truce."},
    {"unknown_front",
     "The [actor:x-kestrel-liberation-front|Kestrel Liberation Front] said the truce "
     "holds."},
    {"front_is_a_place", "Soldiers held the Kestrel front in the war."},
    {"unknown_news_agency", "The [actor:x-kestrel-news|Kestrel News] said the truce holds."},
    {"acronym_of_an_unknown",
     "The [actor:x-kestrel-relief-foundation|Kestrel Relief Foundation] "
     "([actor:x-kestrel-relief-foundation|KRF]) urged a truce. The "
     "[actor:x-kestrel-relief-foundation|KRF] left."},
    {"court",
     "The [actor:international-criminal-court|International Criminal Court] said the "
     "war goes on."},
    {"government_by_its_day",
     "The [actor:syrian-transitional-government|Syrian government] signed the truce.",
     "2025-06-11"},
    {"government_before_that_day",
     "The [actor:government-of-syria|Syrian government] signed the truce."},
    {"rebels_of_the_article",
     "The [actor:houthis|Houthis] signed the truce. [actor:houthis|Yemeni rebels] said "
     "it holds."},
    {"rebels_of_two_groups",
     "The [actor:houthis|Houthis] and [actor:al-shabaab-militant-group|Al-Shabaab] "
     "signed the truce. [group|Yemeni rebels] said it holds."},
    {"military_with_a_spokesman_of_its_own",
     "[actor:israel-defense-forces|Israeli military] spokesman "
     "[actor:daniel-hagari|Daniel Hagari] said the truce holds."},
    {"meeting_of_an_organisation", "He spoke of the war at the G20 summit."},
    {"organisation_that_acts", "The [actor:g20|G20] urged a truce."},
    {"regime_without_a_country", "The regime signed the truce."},
    {"forces_that_strike",
     "[actor:russian-armed-forces|Russian forces] strike the town in the war."},
    {"branch_of_the_country",
     "The [actor:united-states|United States] moved a ship. The "
     "[actor:united-states-navy|Navy] said the truce holds."},
    {"branch_of_nobody", "Long ago the Navy said the truce holds."},
    {"police_of_a_state",
     "[actor:federal-police-of-brazil|Brazil's Federal Police] said the war spread."},
    {"no_body_but_an_operation", "Operation Harbour Command began in the war."},
    {"numbered_division",
     "The [actor:x-9th-harbour-division|9th Harbour Division] said the truce holds."},
};
INSTANTIATE_TEST_SUITE_P(Bodies, GroupsTest, testing::ValuesIn(kBodies), test::case_name);

}  // namespace
}  // namespace ceasewire
