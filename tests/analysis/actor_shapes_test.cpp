/// Names that no lexicon has, by their shape, in marked text: how people and bodies are written,
/// and what only looks like them.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

class ShapesTest : public testing::TestWithParam<ActorCase> {};
TEST_P(ShapesTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kInitials[] = {
    {"initial_inside",
     "Maj. Gen. [actor:x-lena-a-brandt|Lena A. Brandt] withdrew. "
     "[actor:x-lena-a-brandt|Brandt] said no more."},
    {"initial_i_inside", "Gen. [actor:x-omar-i-farouk|Omar I. Farouk] withdrew."},
    {"two_initials_in_front",
     "The truce holds, said [actor:x-t-j-harriman|T.J. Harriman], a farmer."},
    {"initial_without_stop", "[actor:x-omar-a-farouk|Omar A Farouk] said the truce holds."},
    {"article_is_no_initial", "Plan A. Farouk was never tried in the war."},
    {"war_with_a_number", "World War I, the worst of its day, ended in a truce."},
};
INSTANTIATE_TEST_SUITE_P(Initials, ShapesTest, testing::ValuesIn(kInitials), test::case_name);

const ActorCase kParts[] = {
    {"apostrophe_inside",
     "[actor:x-omar-al-sha-abari|Omar al-Sha’abari], a farmer, spoke of the war. "
     "[actor:x-omar-al-sha-abari|al-Sha’abari] left."},
    {"possessive_is_no_part",
     "[actor:x-lena-brandt|Lena Brandt]'s answer ended the war, she said."},
    {"second_half_in_lower_case",
     "The envoy [actor:x-kang-dong-yub|Kang Dong-yub] said the truce holds. "
     "[actor:x-kang-dong-yub|Kang] left."},
    {"based_is_no_part", "Gen. [actor:x-omar-farouk|Omar Farouk]-led troops crossed in the war."},
};
INSTANTIATE_TEST_SUITE_P(Parts, ShapesTest, testing::ValuesIn(kParts), test::case_name);

const ActorCase kNobody[] = {
    {"agency_before_its_photographer", "A child walks home after the truce. REUTERS/Lena Brandt"},
    {"blank_before_the_slash", "A child walks home after the truce. Lena Brandt /Al Jazeera"},
    {"party_and_state",
     "Rep. [actor:x-pell-ravensworth|Pell Ravensworth], R-Ohio, spoke of the war."},
    {"state_and_party",
     "Sen. [actor:x-pell-ravensworth|Pell Ravensworth], Oregon Democrat, spoke of the war."},
    {"air_base_named_after_somebody", "Shells fell on the Omar Farouk air base in the war."},
    {"person_before_a_base", "[actor:x-omar-farouk|Omar Farouk], a pilot, left the air base."},
    {"center_named_after_somebody",
     "She teaches at the [actor:x-woodrow-wilson-international-center-for-tides|Woodrow Wilson "
     "International Center for Tides] and studies the war."},
};
INSTANTIATE_TEST_SUITE_P(Nobody, ShapesTest, testing::ValuesIn(kNobody), test::case_name);

const ActorCase kIntroduced[] = {
    {"is_a", "[actor:x-sanna-ekholm|Sanna Ekholm] is a lawyer who fled the war."},
    {"is_a_town", "Brisa Oyelaran is a town where a lawyer fled the war."},
    {"identified_as",
     "The dead man was identified as [actor:x-pell-ravensworth|Pell Ravensworth]."},
    {"kinship", "His brother [actor:x-pell-ravensworth|Pell Ravensworth] fled the war."},
    {"calling", "The retiree [actor:x-pell-ravensworth|Pell Ravensworth] fled the war."},
    {"born", "[actor:x-pell-ravensworth|Pell Ravensworth] (born 1961) fled the war."},
    {"place_in_brackets", "Pell Ravensworth (the old mill) burnt in the war."},
};
INSTANTIATE_TEST_SUITE_P(Introduced, ShapesTest, testing::ValuesIn(kIntroduced), test::case_name);

const ActorCase kBodies[] = {
    {"center_for",
     "The [actor:x-centre-for-tidal-studies|Centre for Tidal Studies] said the truce holds."},
    {"center_alone_is_a_place", "Shells fell near the Harbour Centre in the war."},
    {"institute_of_two",
     "She reads of the war at the "
     "[actor:x-institute-for-tides-and-harbours|Institute for Tides and Harbours]."},
    {"list_ends_at_a_state",
     "The [actor:x-foundation-for-tides|Foundation for Tides] and [actor:norway|Norway] agreed on "
     "a truce."},
    {"ministry_of", "The [actor:x-ministry-of-tides|Ministry of Tides] said the truce holds."},
    {"ministry_of_a_lower_word", "The Ministry of all that is good is not of this war."},
    {"people_belong_to_the_name",
     "The [actor:x-norwegian-harbour-relief-council|Norwegian Harbour Relief Council] said the "
     "truce holds."},
    {"modifier_belongs_to_the_name",
     "She spoke of the war at the [actor:x-national-tidal-university|National Tidal University]."},
    {"verb_in_front_does_not",
     "Meanwhile [actor:x-harbour-relief-council|Harbour Relief Council] said the truce holds."},
};
INSTANTIATE_TEST_SUITE_P(Bodies, ShapesTest, testing::ValuesIn(kBodies), test::case_name);

const ActorCase kPages[] = {
    {"dateline_with_agency", "LUCCA, Italy (AP) — [actor:norway|Norway] urged a truce on Monday."},
    {"dateline_in_capitals", "KABUL — [actor:norway|Norway] urged a truce on Monday."},
    {"dateline_of_town_and_state", "Doha, Qatar - [actor:norway|Norway] urged a truce on Monday."},
    {"actor_before_a_dash", "[actor:hamas|Hamas] — not [actor:norway|Norway] — urged a truce."},
    {"written_on_a_platform",
     "[actor:antony-blinken|Blinken] wrote on Twitter that the truce holds."},
    {"page_of_a_platform", "It stood on his Facebook page that the truce holds."},
    {"platform_that_acts", "[actor:twitter|Twitter] said it removed posts about the war."},
    {"oval_office", "He spoke of the war in the Oval Office."},
};
INSTANTIATE_TEST_SUITE_P(Pages, ShapesTest, testing::ValuesIn(kPages), test::case_name);

const ActorCase kTitled[] = {
    {"the_minister_who_was_introduced",
     "Grain Minister [actor:x-pell-ravensworth|Pell Ravensworth] arrived. The "
     "[actor:x-pell-ravensworth|minister] said the truce holds."},
    {"the_general_who_was_introduced_behind_his_name",
     "[actor:x-pell-ravensworth|Pell Ravensworth], a retired general, arrived. The "
     "[actor:x-pell-ravensworth|general] said the truce holds."},
    {"another_title",
     "Grain Minister [actor:x-pell-ravensworth|Pell Ravensworth] arrived. The "
     "senator said the truce holds."},
    {"commander_of_a_body",
     "[actor:x-omar-farouk|Omar Farouk], [actor:x-omar-farouk|commander of "
     "[actor:hezbollah|Hezbollah]], said the truce holds."},
    {"office_before_its_bearer",
     "The [actor:x-lena-brandt|foreign secretary], [actor:x-lena-brandt|Lena Brandt], said the "
     "truce holds."},
    {"police_of_the_country",
     "[actor:israel|Israel] agreed to a truce. On Monday [actor:israel-police|police] said two men "
     "were held."},
    {"top_diplomat_of_a_state", "The [actor:antony-blinken|top US diplomat] said the truce holds."},
    {"a_diplomat_of_a_state", "A [group|senior US diplomat] said the truce holds."},
    {"police_of_nowhere", "On Monday [group|police] said two men were held in the war."},
};
INSTANTIATE_TEST_SUITE_P(Titled, ShapesTest, testing::ValuesIn(kTitled), test::case_name);

const ActorCase kOwned[] = {
    {"its_forces",
     "[actor:egypt|Egypt] said [actor:egyptian-armed-forces|its forces] have left since the "
     "truce."},
    {"its_campaign", "[actor:egypt|Egypt] ended its military campaign with the truce."},
    {"its_forces_of_a_group", "[actor:hamas|Hamas] said its forces have left since the truce."},
    {"his_government",
     "[actor:keir-starmer|Keir Starmer] said [actor:government-of-the-united-kingdom|his "
     "government] backs the truce.",
     "2025-06-11"},
    {"his_government_of_nobody_known",
     "[actor:x-lena-brandt|Lena Brandt] said her government backs the truce."},
    {"parliament_without_article",
     "[actor:egypt|Egypt] rejected the truce. On Monday "
     "[actor:x-parliament-egypt|Parliament] voted on it."},
};
INSTANTIATE_TEST_SUITE_P(Owned, ShapesTest, testing::ValuesIn(kOwned), test::case_name);

const ActorCase kGroupsThatAreNone[] = {
    {"what_somebody_is", "The towns were US allies in the war."},
    {"it_was_they_who", "It was [group|US allies] who said the truce holds."},
    {"delegation_to_be_sent",
     "[actor:norway|Norway] will send a delegation to the talks on a truce."},
    {"delegation_that_came", "The [group|Norwegian delegation] said the truce holds."},
    {"those_who_are_named",
     "The mediators [actor:qatar|Qatar] and [actor:egypt|Egypt] urged a truce."},
    {"told_of_somebody", "He told [group|mediators] [actor:egypt|Egypt] would keep the truce."},
};
INSTANTIATE_TEST_SUITE_P(GroupsThatAreNone, ShapesTest, testing::ValuesIn(kGroupsThatAreNone),
                         test::case_name);

}  // namespace
}  // namespace ceasewire
