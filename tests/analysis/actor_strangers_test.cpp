/// People whom the lexicon lacks, and what only looks like them, in marked text.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

class StrangersTest : public testing::TestWithParam<ActorCase> {};
TEST_P(StrangersTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kSigns[] = {
    {"replaced",
     "The council chose a truce envoy, replacing [actor:x-oumar-keletigui|Oumar Keletigui]."},
    {"two_in_a_row",
     "[actor:x-lena-brandt|Lena Brandt] and [actor:x-torvik-haldane|Torvik Haldane] left the "
     "truce talks."},
    {"dies", "[actor:x-ronan-teague|Ronan Teague] dies in the war."},
    {"called_by_a_trade", "The truce pleased the boatbuilder [actor:x-ronan-teague|Ronan Teague]."},
    {"later_by_surname",
     "The truce was drafted by [actor:x-mirela-dragovic|Mirela Dragovic]. "
     "[actor:x-mirela-dragovic|Dragovic] left."},
    {"name_in_another_script", "[actor:x-omar-haddadin|Omar Haddadin] (عمر) opposed the truce."},
    {"name_said_to_be_arabic",
     "[actor:x-omar-haddadin|Omar Haddadin] (Arabic: Umair) opposed the truce."},
    {"sentence_begins_with_a_verb",
     "[actor:x-lena-brandt|Lena Brandt] spoke of the war. Giving [actor:x-lena-brandt|Brandt] "
     "time helped."},
    {"law_of_two_is_nobody", "The Haldane-Teague Act ended the war."},
    {"storm_is_nobody", "Hurricane Lena hit the truce line."},
    {"headline_verb_is_nobody", "Truce Talks Gets Better"},
    {"thing_with_capitals_is_nobody", "They spoke of the war and Human Services."},
    {"place_that_owns_him",
     "[actor:x-lena-brandt|Lena Brandt], the village's baker, said the truce held."},
    {"words_run_together_are_nobody", "Lena BrandtOvernight spoke of the war."},
    {"capital_within", "[actor:x-lena-mcteague|Lena McTeague] spoke of the war."},
    {"town_by_its_noun_is_nobody",
     "Haldane Ferry, a village by the river, was shelled in the war."},
    {"behind_the_is_nobody", "The Lena Brandt of the ballad is no part of this war."},
};
INSTANTIATE_TEST_SUITE_P(Signs, StrangersTest, testing::ValuesIn(kSigns), test::case_name);

const ActorCase kShapes[] = {
    {"nickname_in_quotes",
     "The truce failed, said [actor:x-ismael-otter-haldane|Ismael \"Otter\" Haldane]. "
     "[actor:x-ismael-otter-haldane|Haldane] left."},
    {"quote_behind_a_name_is_no_nickname",
     "The truce, said [actor:x-lena-brandt|Lena Brandt], \"is dead\" "
     "[actor:x-lena-brandt|Brandt]'s friends fear."},
    {"sheikh_within",
     "Gen. [actor:x-hassan-sheikh-haddadin|Hassan Sheikh Haddadin] signed the truce."},
    {"sheikh_in_front", "Sheikh [actor:x-hassan-haddadin|Hassan Haddadin] signed the truce."},
    {"letter_of_arabic",
     "Prime minister [actor:x-mohammed-rafa-al-haddadin|Mohammed Rafa' al-Haddadin] signed the "
     "truce."},
    {"two_initials_in_front", "The truce was signed by Gen. [actor:x-c-p-haldane|C. P. Haldane]."},
    {"junior_by_surname",
     "[actor:x-ronan-f-teague-iii|Ronan F. Teague III] was killed in the war. "
     "[actor:x-ronan-f-teague-iii|Teague] was a pilot."},
    {"junior_who_is_known", "[actor:joe-biden|Joe Biden], Jr., spoke of the war."},
    {"korean_in", "Former envoy [actor:x-han-jae-in|Han Jae-in] signed the truce."},
    {"queen_by_first_name", "[actor:x-queen-ingrid|Queen Ingrid] spoke of the war."},
    {"king_of_a_tale_is_nobody", "The King spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(Shapes, StrangersTest, testing::ValuesIn(kShapes), test::case_name);

const ActorCase kParticles[] = {
    {"two_particles",
     "The truce pleased envoy [actor:x-vivian-van-de-haldane|Vivian van de Haldane]."},
    {"article_where_a_sentence_begins",
     "[actor:x-al-sadiq-farouki|Al-Sadiq Farouki] signed the truce."},
    {"apostrophes_within", "Gen. [actor:x-ra-ad-sa-adoun|Ra'ad Sa'adoun] signed the truce."},
    {"they_re_is_no_name", "Gen. [actor:x-ra-adoun-haddadin|Ra'adoun Haddadin] and they're left."},
    {"general_of_a_secretary",
     "Assistant Secretary-General [actor:x-mohamed-karim-bawazir|Mohamed Karim Bawazir] spoke of "
     "the war."},
};
INSTANTIATE_TEST_SUITE_P(Particles, StrangersTest, testing::ValuesIn(kParticles), test::case_name);

const ActorCase kCalledByOffice[] = {
    {"president",
     "[actor:x-kerouan|President Kerouan] rejected the truce. [actor:x-kerouan|Kerouan] left."},
    {"minister_with_an_article",
     "[actor:x-al-haddadin|Interior Minister al-Haddadin] spoke of the war."},
    {"the_president_later",
     "[actor:x-kerouan|President Kerouan] rejected the truce. The [actor:x-kerouan|president] "
     "left."},
    {"office_of_a_new_minister",
     "Israeli Prime Minister [actor:x-dan-kerouan|Dan Kerouan] rejected the truce. Mr "
     "[actor:prime-ministers-office-israel|[actor:x-dan-kerouan|Kerouan]'s office] said so.",
     "2031-01-01"},
    {"office_of_a_baker",
     "Israeli baker [actor:x-dan-kerouan|Dan Kerouan] spoke of the truce. "
     "[actor:x-dan-kerouan|Kerouan]'s office said so.",
     "2031-01-01"},
    {"word_of_a_building_is_nobody", "The President Office kept the truce."},
    {"elect_is_nobody", "The President Elect kept the truce."},
    {"headline_verb_is_nobody", "Prime Minister Says Truce Is Over"},
    {"first_of_two_words_waits", "President [actor:x-lena-kerouan|Lena Kerouan] spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(CalledByOffice, StrangersTest, testing::ValuesIn(kCalledByOffice),
                         test::case_name);

const ActorCase kTransliterations[] = {
    {"vowels", "[actor:basem-naim|Bassim Naem] of [actor:hamas|Hamas] spoke of the truce."},
    {"joined_words",
     "[actor:mohammed-abdulsalam|Muhammad Abdul-Salaam] of the [actor:houthis|Houthis] welcomed "
     "the truce. [actor:mohammed-abdulsalam|Salaam] left."},
    {"apostrophe_within",
     "[actor:fuad-shukr|Fu'ad Shukr] of [actor:hezbollah|Hezbollah] broke the truce."},
    {"not_where_his_country_is_not",
     "[actor:x-fu-ad-shukr|Fu'ad Shukr] lived in the harbour through the war."},
    {"not_where_letters_differ",
     "[actor:x-basimir-naimov|Basimir Naimov], a friend of [actor:hamas|Hamas], left the truce."},
    {"armed_group", "[actor:kataib-hezbollah|Kataib Hezbollah] broke the truce."},
    {"longer_by_a_first_name", "Envoy [actor:naim-qassem|Hassan Naim Qassem] spoke of the truce."},
};
INSTANTIATE_TEST_SUITE_P(Transliterations, StrangersTest, testing::ValuesIn(kTransliterations),
                         test::case_name);

const ActorCase kBodiesWithin[] = {
    {"name_of_the_lexicon_at_the_end",
     "The [actor:x-sabaen-congress|Sabaen Congress] welcomed the truce."},
    {"state_within",
     "The [actor:x-national-turkey-federation|National Turkey Federation] spoke of the war."},
    {"town_within",
     "The [actor:x-haldane-moscow-institute|Haldane Moscow Institute] spoke of the war."},
    {"long_name_of_the_lexicon_stays",
     "The truce pleased the Sabaen [actor:islamic-revolutionary-guard-corps|Islamic Revolutionary "
     "Guard Corps]."},
    {"state_before_its_body_stays", "The [actor:israel-police|Israel Police] spoke of the truce."},
    {"where_it_acts", "The [actor:x-delta-defence-league|Delta Defence League] broke the truce."},
    {"where_somebody_tells_it",
     "He told the [actor:x-delta-monitoring-mechanism|Delta Monitoring Mechanism] of the truce."},
    {"where_it_is_a_contest", "The truce held through the Delta Football League."},
    {"centre_that_speaks",
     "The [actor:x-haldane-tidal-centre|Haldane Tidal Centre] said the truce held."},
    {"centre_that_is_a_place", "The truce was signed in the Haldane Tidal Centre."},
    {"centre_for_scholars",
     "The truce pleased the [actor:x-haldane-centre-for-scholars|Haldane Centre for Scholars]."},
};
INSTANTIATE_TEST_SUITE_P(BodiesWithin, StrangersTest, testing::ValuesIn(kBodiesWithin),
                         test::case_name);

const ActorCase kLongNames[] = {
    {"behind_and",
     "The [actor:x-tides-and-harbours-commission|Tides and Harbours Commission] spoke of the war."},
    {"and_between_two",
     "Brandt Ferries and the [actor:x-harbours-commission|Harbours Commission] spoke of the war."},
    {"relief_of_the",
     "The [actor:x-committee-for-the-relief-of-the-delta|Committee for the Relief of the Delta] "
     "spoke of the war."},
    {"day_is_not_of_it",
     "The truce came before the [actor:x-harbour-council|Harbour Council] on Tuesday."},
    {"body_of_its_state",
     "The [actor:constitutional-court-of-korea|Constitutional Court of South Korea] spoke of the "
     "war."},
    {"body_and_another_state",
     "The [actor:constitutional-court-of-korea|Constitutional Court of South Korea] and "
     "[actor:egypt|Egypt] rejected the truce."},
    {"middle_east",
     "He left the [actor:x-haldane-centre-for-the-middle-east|Haldane Centre for the Middle East] "
     "in the war."},
    {"citizens_of_a_state_are_no_body", "Citizens of [actor:brazil|Brazil] slept through the war."},
    {"first_lady", "First Lady [actor:x-lena-brandt|Lena Brandt] spoke of the war."},
    {"korean_in", "The truce pleased former envoy [actor:x-kang-in-seop|Kang In-seop]."},
    {"refinery_is_nobody", "The Omar Haddadin oil refinery burnt in the war."},
};
INSTANTIATE_TEST_SUITE_P(LongNames, StrangersTest, testing::ValuesIn(kLongNames), test::case_name);

const ActorCase kInQuestion[] = {
    {"congress_of_peru",
     "In Peru talks failed, [actor:peru|Lima] said. "
     "[actor:congress-of-the-republic-of-peru|"
     "Congress] rejected the truce.",
     "2025-06-11"},
    {"congress_of_nobody_told", "[actor:united-states-congress|Congress] welcomed the truce."},
    {"national_police_of_the_country",
     "[actor:colombia|Colombia] signed the truce. The "
     "[actor:national-police-of-colombia|National Police] welcomed it."},
    {"police_in_a_town",
     "[actor:colombia|Colombia] signed the truce. [actor:kenya-police|Police] in Nairobi said so."},
    {"police_called_otherwise", "[actor:hellenic-police|Greek police] said the truce held."},
    {"who_in_capitals", "Those WHO broke the truce spoke of the war."},
    {"who_of_a_question", "WHO broke the truce?"},
    {"who_that_speaks", "[actor:world-health-organization|WHO] said the truce held."},
};
INSTANTIATE_TEST_SUITE_P(InQuestion, StrangersTest, testing::ValuesIn(kInQuestion),
                         test::case_name);

const ActorCase kBearers[] = {
    {"surname_of_another",
     "[actor:x-lena-vance|Lena Vance] spoke of the war. [actor:x-lena-vance|Vance] left.",
     "2026-03-01"},
    {"surname_of_a_president_and_his_family",
     "[actor:x-lena-trump|Lena Trump] left. [actor:donald-trump|Trump] welcomed the truce.",
     "2026-03-01"},
    {"first_letter_tells",
     "[actor:united-states|Washington] said so. [actor:x-jim-acosta|Jim Acosta] spoke of the "
     "truce."},
};
INSTANTIATE_TEST_SUITE_P(Bearers, StrangersTest, testing::ValuesIn(kBearers), test::case_name);

const ActorCase kTranscripts[] = {
    {"the_president",
     "THE [actor:joe-biden|PRESIDENT]:  We want a truce.\n\nMR. [actor:john-kirby-admiral|KIRBY]:  "
     "Thank you."},
    {"mr_president",
     "[group|Q]  Mr. [actor:joe-biden|President], is the truce dead?\n\nTHE "
     "[actor:joe-biden|PRESIDENT]:  No.\n\n[group|Q]  And the war?"},
    {"president_of_a_club", "THE PRESIDENT of the club spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(Transcripts, StrangersTest, testing::ValuesIn(kTranscripts),
                         test::case_name);

const ActorCase kWithin[] = {
    {"member_of_parliament",
     "The Liberal MP [actor:x-lena-brandt|Lena Brandt] left the truce talks."},
    {"sheriff", "Harbour County Sheriff [actor:x-lena-brandt|Lena Brandt] spoke of the war."},
    {"minister_of", "The minister of Tides [actor:x-lena-brandt|Lena Brandt] spoke of the war."},
    {"name_behind_of", "The death of [actor:x-lena-brandt|Lena Brandt] ended the truce."},
};
INSTANTIATE_TEST_SUITE_P(Within, StrangersTest, testing::ValuesIn(kWithin), test::case_name);

const ActorCase kNamesakes[] = {
    {"state_as_surname",
     "Prime minister [actor:x-paulo-montenegro|Paulo Montenegro] signed the truce."},
    {"state_behind_a_verb", "The envoy in Podgorica urged [actor:montenegro|Montenegro] to sign."},
    {"militia_as_surname",
     "The envoy [actor:x-marie-kerouan-wagner|Marie Kerouan Wagner] signed the truce."},
    {"militia", "[actor:wagner-group|Wagner Group] left the war."},
    {"relative_of_somebody_known", "[actor:x-karen-pence|Karen Pence] spoke of the war."},
    {"unknown_first_name_behind_a_title",
     "The mayor [actor:x-drusbeth-putin|Drusbeth Putin] spoke of the war."},
    {"title_before_somebody_known", "The war was begun by President [actor:vladimir-putin|Putin]."},
    {"will_is_a_verb", "Will [actor:vladimir-putin|Putin] end the war?"},
};
INSTANTIATE_TEST_SUITE_P(Namesakes, StrangersTest, testing::ValuesIn(kNamesakes), test::case_name);

const ActorCase kBeside[] = {
    {"role_with_a_place_of_work",
     "“It holds,” said [actor:x-lena-brandt|Lena Brandt], [actor:x-lena-brandt|director of the "
     "Harbour Programme], of the truce."},
    {"unit_before_the_noun",
     "The truce holds, said Col. [actor:x-ronan-teague|Ronan Teague], "
     "[actor:x-ronan-teague|Harbour "
     "Wing Commander]."},
    {"office_for_a_region",
     "[actor:x-ronan-teague|Minister for the Harbour Lands], [actor:x-ronan-teague|Ronan Teague], "
     "left the truce talks."},
    {"somebody_else_behind_a_comma",
     "After meeting [actor:vladimir-putin|Vladimir Putin], a [group|senior US official] said the "
     "truce would hold."},
    {"second_comma_missing_behind_a_unit",
     "Gen. [actor:x-ronan-teague|Ronan Teague], [actor:x-ronan-teague|commander of "
     "[actor:x-harbour-command|Harbour Command]] said the truce held."},
    {"office_and_surname_with_a_particle",
     "The talks by the [actor:united-nations|UN] Special Envoy [actor:staffan-de-mistura|de "
     "Mistura] ended the truce.",
     "2016-02-01"},
    {"second_comma_missing",
     "[actor:x-lena-brandt|Lena Brandt], [actor:x-lena-brandt|head of the "
     "[actor:x-harbour-relief-foundation|Harbour Relief Foundation]] said the truce held."},
};
INSTANTIATE_TEST_SUITE_P(Beside, StrangersTest, testing::ValuesIn(kBeside), test::case_name);

const ActorCase kBodies[] = {
    {"ministry_states",
     "The [actor:ministry-of-foreign-affairs-iran|Iranian foreign ministry] "
     "states that the truce holds."},
    {"army_strikes",
     "The [actor:israel-defense-forces|Israeli military] strikes a bridge in the "
     "war."},
    {"strikes_of_an_army", "Israeli military strikes on the bridge broke the truce."},
    {"army_of_a_long_name",
     "The [actor:armed-forces-of-the-democratic-republic-of-the-congo|Army of the Democratic "
     "Republic of the Congo] signed the truce."},
    {"rebel_group_by_its_noun",
     "The rebel group [actor:x-harakat-al-nahr|Harakat al-Nahr] rejected the truce."},
    {"newspaper_by_its_noun",
     "The truce failed, the newspaper [actor:x-harbour-tidings|Harbour Tidings] said."},
    {"one_word_by_its_noun", "The militia [actor:x-sturmvik|Sturmvik] rejected the truce."},
    {"group_of_any_kind_names_nobody", "They met as a group Tuesday in the war."},
    {"central_government",
     "[group|Rebels] in the east of Ukraine refused. The "
     "[actor:government-of-ukraine|central government] signed the truce."},
    {"junta_of_a_state", "[actor:government-of-niger|Niger's junta] broke the truce."},
    {"coalition_government_to_come", "They spoke of a coalition government after the war."},
    {"army_of_nobody", "The [actor:x-army-of-the-harbour|Army of the Harbour] signed the truce."},
};
INSTANTIATE_TEST_SUITE_P(Bodies, StrangersTest, testing::ValuesIn(kBodies), test::case_name);

}  // namespace
}  // namespace ceasewire
