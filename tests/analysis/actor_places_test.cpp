/// States, seats and what pages add, in marked text. Each suite is about a few rules; some of its
/// cases show where a rule must hold its tongue.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

class PlacesTest : public testing::TestWithParam<ActorCase> {};
TEST_P(PlacesTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kStates[] = {
    {"with_a_border", "Troops stand on the border with Egypt in the war."},
    {"border_state_hyphen", "Shells fell on the Israel-Lebanon border in the war."},
    {"backed", "[group|Iran-backed gunmen] crossed in the war."},
    {"led", "The [actor:united-states|US]-led talks on the truce go on."},
    {"lands_group", "Lebanon's [actor:hezbollah|Hezbollah] rejected the truce."},
    {"lands_south", "Shells fell on Lebanon's south in the war."},
    {"gulf", "A ship crossed the Gulf of Mexico in the war."},
    {"joined_places", "Aid moved across Syria and Iraq in the war."},
    {"list_of_places", "Fighting spread in Yemen, Sudan and Libya."},
    {"joined_agents",
     "[actor:egypt|Egypt], [actor:jordan|Jordan] and [actor:qatar|Qatar] urged a "
     "truce."},
    {"town_and_state_before_a_verb", "Talks in Istanbul, Turkey, have failed."},
    {"war_of_a_state", "The Sudan war goes on."},
    {"war_of_two", "The Armenia–Azerbaijan conflict goes on."},
    {"acronym_of_a_place", "Fighting spread in the Democratic Republic of the Congo (DRC)."},
    {"money", "He pledged US$590 million in the war."},
    {"ship", "The USS Georgia left the port in the war."},
    {"attacked", "[actor:iran|Iran] attacked [actor:israel|Israel]."},
    {"attack_on", "The attack on [actor:israel|Israel] ended the truce."},
    {"pressure", "The pressure on [actor:iran|Iran] to accept the truce grew."},
    {"agreement_named_after_a_town", "The Paris Agreement is not about the war."},
    {"declaration_named_after_a_town",
     "They stood by the Doha declaration and the Pretoria agreement."},
    {"processes_of_towns", "The Luanda and Nairobi processes seek a truce."},
    {"seat_joined", "[actor:turkey|Ankara] and [actor:qatar|Doha] brokered the truce."},
    {"seat_by", "The truce was rejected by [actor:iran|Tehran]."},
    {"seat_from", "He flew from Cairo to Doha during the truce."},
    {"seat_in_a_list", "He visited Cairo, Doha and Ankara during the truce."},
    {"seat_residents", "[group|Cairo residents] welcomed the truce."},
    {"british_prime_minister", "UK Prime Minister [actor:keir-starmer|Keir Starmer] urged a truce.",
     "2024-09-26"},
    {"dash_after", "[actor:poland|Poland] - a member of the alliance - urged a truce."},
    {"state_after_according", "According to [actor:iran|Iran], the truce holds."},
    {"state_after_told", "He told [actor:iran|Iran] that the truce holds."},
    {"state_as_owner_of_policy", "[actor:iran|Iran]'s demand for a truce was heard."},
    {"in_front_of_a_comma", "In Yemen, the truce holds."},
    {"at_the_end", "The truce was broken by [actor:iran|Iran]."},
    {"for_a_state", "It is a victory for [actor:israel|Israel] in the war."},
    {"to_a_state_to_sign", "They urged [actor:yemen|Yemen] to sign the truce."},
    {"returned_to", "[group|Families] returned to Lebanon after the war."},
    {"troops_from", "Troops withdrew from Lebanon under the truce."},
    {"troops_of", "[actor:rwanda-defence-force|Troops of Rwanda] withdrew under the truce."},
    {"ambassador_to", "The ambassador to Egypt spoke of the war."},
    {"seat_said", "[actor:china|Beijing] said the truce holds."},
    {"seat_talks", "The Doha talks on the truce go on."},
    {"downing_street", "[actor:10-downing-street|Downing Street] welcomed the truce.",
     "2024-09-26"},
    {"ankara_agreed", "The truce was agreed between [actor:turkey|Ankara] and Damascus."},
    {"united_arab_emirates", "The [actor:united-arab-emirates|UAE] urged a truce."},
    {"people_of", "The [group|people of Sudan] want a truce."},
    {"state_media", "Yemen's state news agency reported on the war."},
    {"both_countries",
     "[actor:egypt|Egypt] and [actor:qatar|Qatar] met. [actor:egypt|[actor:qatar|Both "
     "countries]] urged a truce."},
    {"the_two_nations",
     "[actor:armenia|Armenia] and [actor:azerbaijan|Azerbaijan] signed the truce, and "
     "[actor:armenia|[actor:azerbaijan|the two nations]] said it "
     "holds."},
    {"both_of_three_is_nobody",
     "[actor:egypt|Egypt], [actor:jordan|Jordan] and [actor:qatar|Qatar] met. "
     "Both countries urged a truce."},
};
INSTANTIATE_TEST_SUITE_P(States, PlacesTest, testing::ValuesIn(kStates), test::case_name);

const ActorCase kFurniture[] = {
    {"contributed", "The truce held.\n\nAlex Doe and Jane Roe contributed to this report."},
    {"contributed_in_the_same_paragraph",
     "The truce held. CNN’s Alex Doe contributed to this report."},
    {"text_goes_on_after_a_credit",
     "The truce held. Alex Doe contributed to this report. [actor:hamas|Hamas] said it "
     "holds."},
    {"additional_reporting", "The truce held. Additional reporting by Jane Roe in Cairo."},
    {"click_here",
     "The truce held.\n\nCLICK HERE TO GET THE FOX NEWS APP\n\n[actor:hamas|Hamas] "
     "said it holds."},
    {"follow_us", "The truce held.\n\nFollow us on Twitter and Facebook."},
    {"writer_at_the_end",
     "The truce held.\n\n[actor:hamas|Hamas] said it holds.\n\n[actor:israel|Israel] "
     "said it holds.\n\n[actor:egypt|Egypt] said it holds.\n\nJane Roe is a reporter "
     "at the Harbour Times."},
    {"reporter_in_the_story",
     "[actor:x-jane-roe|Jane Roe] is a reporter at the [actor:x-harbour-times|Harbour Times]. The "
     "truce "
     "held.\n\n[actor:hamas|Hamas] said it holds.\n\n[actor:israel|Israel] said it "
     "holds.\n\n[actor:egypt|Egypt] said it holds."},
    {"read_more_line_below",
     "The truce held.\n\nREAD MORE:\n\nIsrael warns Hamas against "
     "war\n\n[actor:hamas|Hamas] said it holds."},
    {"toggle_caption", "Enlarge this image toggle caption AP AP\n\nThe truce held."},
    {"more_link", "More: Joe Biden warns Hamas\n\nThe truce held."},
    {"byline",
     "Alex Doe\n\nUSA TODAY\n\nThe truce held.\n\n[actor:hamas|Hamas] said it "
     "holds.\n\n[actor:israel|Israel] said it holds.\n\n[actor:egypt|Egypt] said it "
     "holds.\n\n[actor:qatar|Qatar] said it holds.\n\n[actor:iran|Iran] said it holds."},
    {"agency_slash", "People wait for aid. Alex Doe/AFP/Getty Images"},
    {"newspaper_says", "[actor:the-guardian|The Guardian] reported that the truce held."},
};
INSTANTIATE_TEST_SUITE_P(Furniture, PlacesTest, testing::ValuesIn(kFurniture), test::case_name);

}  // namespace
}  // namespace ceasewire
