/// People and their roles, in marked text. Each suite is about a few rules; some of its cases show
/// where a rule must hold its tongue.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

class PersonsTest : public testing::TestWithParam<ActorCase> {};
TEST_P(PersonsTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kInQuestion[] = {
    {"office_of_the_country_in_question",
     "[actor:united-states|Washington] said so. The [actor:antony-blinken|secretary of state] "
     "welcomed the truce."},
    {"own",
     "[actor:united-states|Washington] waits. Our [actor:jake-sullivan|national security "
     "adviser] welcomed the truce, he said."},
    {"ordinal",
     "[actor:united-states|Washington] waits. "
     "[actor:x-james-haldane|James Haldane], the 15th president, ended the war."},
    {"office_of_another",
     "[actor:united-states|Washington] said so. The secretary of state of Haldania "
     "welcomed the truce."},
    {"bare",
     "[actor:united-states|Washington] had no comment from secretary of state or others on "
     "the truce."},
    {"spokeswoman_of_what_was_named",
     "[actor:x-lena-brandt|Lena Brandt], the group's [actor:x-lena-brandt|spokeswoman], welcomed "
     "the truce."},
    {"spokeswoman_without_commas",
     "[actor:x-lena-brandt|Lena Brandt] met the group's spokeswoman about the truce."},
};
INSTANTIATE_TEST_SUITE_P(InQuestion, PersonsTest, testing::ValuesIn(kInQuestion), test::case_name);

const ActorCase kPeople[] = {
    {"mister_who_was_named",
     "[actor:x-lena-brandt|Lena Brandt] opened the talks. Mr. "
     "[actor:x-lena-brandt|Brandt] was not there, said Mrs. "
     "[actor:x-lena-brandt|Brandt]."},
    {"mister_with_a_family_name_in_front",
     "[actor:north-korea|North Korea] agreed to talk. Mr. [actor:kim-jong-un|Kim] sent "
     "a letter.",
     "2018-03-06"},
    {"mister_who_holds_an_office",
     "[actor:south-korea|South Korea] agreed to talk. Mr. [actor:moon-jae-in|Moon] "
     "sent a letter.",
     "2018-03-06"},
    {"family_name_first",
     "[actor:chung-eui-yong|Chung Eui-yong], the envoy, arrived. "
     "[actor:chung-eui-yong|Chung] left at noon."},
    {"family_name_first_of_the_lexicon",
     "[actor:kim-jong-un|Kim Jong Un] arrived. Mr. [actor:kim-jong-un|Kim] left at "
     "noon.",
     "2018-03-06"},
    {"given_name_last_is_no_surname",
     "[actor:x-lena-brandt|Lena Brandt] arrived. Lena left at noon."},
    {"rank_is_no_name",
     "Maj. Gen. [actor:x-omar-farouk|Omar Farouk] withdrew and Lt. Col. "
     "[actor:x-piet-hansen|Piet Hansen] stayed."},
    {"rank_without_stops", "Rear Adm [actor:x-omar-farouk|Omar Farouk] withdrew."},
    {"rank_alone_is_nobody", "The Maj. Gen. withdrew."},
    {"rank_then_surname",
     "Gen. [actor:x-omar-farouk|Omar Farouk] withdrew. Gen "
     "[actor:x-omar-farouk|Farouk] said no more."},
    {"first_name_of_a_king",
     "[actor:x-charles-whitlock|Charles Whitlock], a farmer, spoke of the war."},
    {"king_alone", "[actor:charles-iii|King Charles III] spoke of the war."},
    {"first_name_that_is_a_word",
     "[actor:x-christian-vogel|Christian Vogel], a miller, spoke of the war."},
    {"word_that_is_a_first_name", "[group|Christian leaders] spoke of the war."},
    {"hyphened_surname",
     "[actor:x-mira-halden-frost|Mira Halden-Frost] spoke. "
     "[actor:x-mira-halden-frost|Halden-Frost] left at noon."},
    {"longer_name_of_a_known_surname",
     "[actor:x-omar-farouk|Omar Farouk] spoke. Later [actor:x-omar-farouk|Omar Farouk] "
     "left."},
    {"introduced_by_who",
     "[actor:x-sanna-ekholm|Sanna Ekholm], who lives by the bridge, spoke of the war."},
    {"introduced_by_age", "[actor:x-sanna-ekholm|Sanna Ekholm], 34, spoke of the war."},
    {"introduced_by_an_article",
     "[actor:x-brisa-oyelaran|Brisa Oyelaran], a nurse in the camp, spoke of the war."},
    {"place_with_an_article_is_nobody",
     "Brisa Oyelaran, a town in the hills, was shelled in the war."},
    {"behind_a_preposition_of_place", "Shells fell near Brisa Oyelaran after the war."},
    {"town_of", "The town of Deir Sallam was shelled in the war."},
    {"town_and_state", "Shells fell on Deir Sallam, Syria, in the war."},
    {"second_of_two_towns", "Shells fell in Wadi Sallam and Deir Karim in the war."},
    {"known_place", "[group|Crowds] filled Khan Younis and New York after the war."},
    {"named_after_somebody", "The Omar Farouk school was shelled."},
    {"photographer", "A child walks home. Lena Brandt/Reuters"},
    {"photographer_in_brackets", "A child walks home (Lena Brandt/Getty Images)."},
    {"agency_in_brackets_with_via", "A child walks home (AFP via Getty Images)."},
    {"spokesman_between_commas",
     "The group's spokesman, [actor:x-omar-farouk|Omar Farouk], spoke of the war."},
    {"told_by", "The truce holds, said [actor:x-oksana-vereshchuk|Oksana Vereshchuk]."},
    {"report_verb_after",
     "[actor:x-pell-ravensworth|Pell Ravensworth] told [group|reporters] that the "
     "truce holds."},
    {"headline_words_are_nobody", "Peace Plan Wins Broad Support In Capital"},
    {"title_of_a_person_in_capitals", "SECRETARY [actor:antony-blinken|BLINKEN]: The truce holds."},
    {"minister_of_the_day_by_surname",
     "The [actor:united-states|United States] moved a ship. On Monday "
     "[actor:lloyd-austin|Austin] said it would return."},
    {"surname_of_a_king_is_not_his_land",
     "[actor:salman-of-saudi-arabia|Salman of Saudi Arabia] spoke. [actor:egypt|Egypt] "
     "and [actor:saudi-arabia|Saudi Arabia] agreed."},
    {"first_name_of_another_with_initial",
     "[actor:petro-poroshenko|Petro O. Poroshenko] spoke of the war.", "2014-09-03"},
    {"style_is_nobody", "It was a Trump-style deal about the war."},
    {"two_words_of_one_name_apart",
     "[actor:x-omar-farouk|Omar Farouk] and [actor:x-lena-farouk|Lena Farouk] spoke of "
     "the war, said [actor:x-lena-farouk|Lena Farouk]."},
    {"last_words_of_two_names",
     "[actor:x-sanna-ekholm|Sanna Ekholm] and [actor:x-pell-ravensworth|Pell "
     "Ravensworth], both nurses, spoke of the war."},
    {"accent_or_not",
     "[actor:felix-tshisekedi|Félix Tshisekedi] spoke. "
     "[actor:felix-tshisekedi|Tshisekedi] left at noon."},
    {"nickname", "[actor:benjamin-netanyahu|Bibi Netanyahu] rejected the truce."},
    {"transliteration",
     "[actor:volodymyr-zelenskyy|Volodymyr Zelenskiy] urged a truce. "
     "[actor:volodymyr-zelenskyy|Zelensky] left."},
    {"capitals", "[actor:benjamin-netanyahu|NETANYAHU] REJECTS TRUCE"},
    {"month_is_nobody", "In May it rained. By August the truce held."},
    {"day_and_month_are_nobody", "On Friday August rain fell on the front of the war."},
    {"street_is_nobody", "Shells fell on Marsh Lane in the war."},
    {"ship_is_nobody", "The Aurora left the port in the war."},
    {"prize_is_nobody", "He won the Nobel Peace Prize before the war."},
    {"said_at_the_start", "Said Harriman: the truce holds."},
    {"surname_that_is_a_title",
     "[actor:x-janelle-king|Janelle King] spoke of the war, said "
     "[actor:x-janelle-king|Janelle King]."},
    {"title_that_is_no_surname", "Janelle said the King spoke of the war."},
    {"mister_nobody_knows",
     "[actor:norway|Norway] agreed to talk. [actor:x-quillfeather|Mr. Quillfeather] "
     "sent a letter. [actor:x-quillfeather|Quillfeather] left."},
};
INSTANTIATE_TEST_SUITE_P(People, PersonsTest, testing::ValuesIn(kPeople), test::case_name);

const ActorCase kRoles[] = {
    {"after_the_name",
     "[actor:x-ronan-teague|Ronan Teague], the [actor:x-ronan-teague|head of the "
     "[actor:x-harbour-relief-foundation|Harbour Relief Foundation]], spoke of the war."},
    {"before_the_name_between_commas",
     "The [actor:x-omar-farouk|commander of [actor:hezbollah|Hezbollah]], "
     "[actor:x-omar-farouk|Omar Farouk], spoke of the war."},
    {"plain_apposition_marks_nobody",
     "[actor:x-lena-brandt|Lena Brandt], a doctor, spoke of the war."},
    {"copula",
     "[actor:x-omar-farouk|Omar Farouk] is the [actor:x-omar-farouk|commander of "
     "[actor:hezbollah|Hezbollah]]."},
    {"becoming",
     "[actor:x-omar-farouk|Omar Farouk] was named commander of "
     "[actor:hezbollah|Hezbollah]."},
    {"state_before_a_title", "US President [actor:joe-biden|Joe Biden] spoke of the war."},
    {"state_of_before_a_title",
     "Egypt's Foreign Minister [actor:sameh-shoukry|Sameh Shoukry] spoke of the war."},
    {"state_before_an_envoy",
     "US Middle East envoy [actor:x-omar-farouk|Omar Farouk] spoke of the war."},
    {"state_that_acts_is_named",
     "The [actor:united-states|US] said President [actor:joe-biden|Joe Biden] spoke of "
     "the war."},
    {"office_of",
     "The [actor:prime-ministers-office-israel|office of Prime Minister "
     "[actor:benjamin-netanyahu|Benjamin Netanyahu]] confirmed the truce."},
    {"office_of_a_person",
     "[actor:prime-ministers-office-israel|[actor:benjamin-netanyahu|Netanyahu]'s "
     "office] confirmed the truce."},
    {"offices_of_others_are_rooms",
     "He left [actor:benjamin-netanyahu|Netanyahu]'s offices in the war."},
    {"former_is_not_the_holder", "The former US president spoke of the war."},
    {"deputy_is_not_the_holder", "The deputy US secretary of state spoke of the war."},
    {"headline_before_the_name",
     "Truce near, prime minister says. Prime Minister [actor:rishi-sunak|Rishi Sunak] "
     "spoke of the war."},
    {"administration_of_the_day",
     "The [actor:united-states|United States] is in talks. The "
     "[actor:biden-administration|administration] said the truce holds."},
    {"administration_named_before",
     "The [actor:trump-administration|Trump administration] is in talks. The "
     "[actor:trump-administration|administration] said the truce holds.",
     "2025-06-11"},
    {"administration_of_a_school", "The school has an administration of its own in the war."},
    {"no_date_no_holder", "The [group|US secretary of state] spoke of the war.", ""},
    {"chief_of_a_group",
     "[actor:hamas|Hamas] leader [actor:ismail-haniyeh|Ismail Haniyeh] urged a truce."},
    {"chief_of_a_group_again",
     "[actor:hamas|Hamas] leader [actor:ismail-haniyeh|Ismail Haniyeh] urged a truce. "
     "The [actor:ismail-haniyeh|[actor:hamas|Hamas] leader] left at noon."},
    {"envoy_with_two_titles",
     "US special envoy Gen. [actor:x-omar-farouk|Omar Farouk] urged a truce."},
    {"pope", "[actor:pope-francis|Pope Francis] urged a truce."},
    {"secretary_general_with_article",
     "The [actor:antonio-guterres|[actor:united-nations|UN] secretary general] urged a "
     "truce."},
    {"surname_behind_an_office",
     "Prime Minister [actor:naftali-bennett|Bennett] spoke of the truce.", "2022-03-11"},
    {"surname_behind_a_former_office",
     "Prime Minister [actor:naftali-bennett|Bennett] spoke of the truce in those days."},
    {"surname_behind_an_office_of_somebody",
     "[actor:x-ravensworth|Prime Minister Ravensworth] spoke of the truce."},
    {"office_before_two_names",
     "Prime Minister [actor:x-lena-bennett|Lena Bennett] spoke of the truce.", "2022-03-11"},
    {"own_administration",
     "[actor:united-states|Washington] waits. My [actor:biden-administration|administration] wants "
     "a truce with "
     "[actor:hamas|Hamas], said [actor:joe-biden|Joe Biden], [actor:joe-biden|president of "
     "the United States]."},
    {"own_administration_of_a_school", "Our administration spoke to the war's pupils."},
    {"foreign_ministers_are_many", "[group|Foreign ministers] urged a truce."},
    {"office_of_mister",
     "The [actor:prime-ministers-office-israel|office of Mr "
     "[actor:benjamin-netanyahu|Netanyahu]] confirmed the truce."},
};
INSTANTIATE_TEST_SUITE_P(Roles, PersonsTest, testing::ValuesIn(kRoles), test::case_name);

}  // namespace
}  // namespace ceasewire
