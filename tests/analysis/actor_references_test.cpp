/// Words that stand for somebody named elsewhere, where a claim stands on them; names as people
/// write them; and what pages carry along. In marked text; each suite says where its rules must
/// hold their tongue.

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"

namespace ceasewire {
namespace {

using test::ActorCase;

/// With claims: only what carries or addresses one is resolved.
class ReferencesTest : public testing::TestWithParam<ActorCase> {};
TEST_P(ReferencesTest, AreResolved) {
    test::Analyzed analyzed;
    test::analyze(test::strip(GetParam().marked), {.day = GetParam().day}, analyzed);
    EXPECT_EQ(test::render(test::shown(analyzed), test::actor_marks(analyzed)), GetParam().marked);
}

const ActorCase kReferences[] = {
    {"he",
     "[actor:antony-blinken|Antony Blinken] landed at noon. [actor:antony-blinken|He] said the "
     "ceasefire was close."},
    {"she_of_somebody_unknown",
     "Dr. [actor:x-lena-brandt|Lena Brandt] opened the talks. [actor:x-lena-brandt|She] said the "
     "ceasefire was close."},
    {"it_of_a_group",
     "[actor:hamas|Hamas] answered on Monday. [actor:hamas|It] said the ceasefire must be "
     "permanent."},
    {"the_group",
     "[actor:hamas|Hamas] answered on Monday. The [actor:hamas|group] said the ceasefire must be "
     "permanent."},
    {"the_movement",
     "[actor:hezbollah|Hezbollah] answered on Monday. The [actor:hezbollah|movement] rejected the "
     "ceasefire."},
    {"the_ministry",
     "[actor:ministry-of-foreign-affairs-qatar|Qatar's foreign ministry] answered. The "
     "[actor:ministry-of-foreign-affairs-qatar|ministry] said the ceasefire would begin on "
     "Friday."},
    {"the_network",
     "[actor:al-jazeera-media-network|Al Jazeera] showed the text. The "
     "[actor:al-jazeera-media-network|network] said the ceasefire would begin on Friday."},
    {"they_of_several_officials",
     "[group|US officials] flew in. [group|They] said the ceasefire was close."},
    // Where it is not clear who is meant, or no claim stands on it, nobody is.
    {"he_of_two_men_is_left_alone_without_a_claim",
     "[actor:joe-biden|Joe Biden] met [actor:emmanuel-macron|Emmanuel Macron]. He wore a hat."},
    {"it_of_the_weather", "[actor:hamas|Hamas] waited. It rained on the tents all day."},
    {"the_group_of_nobody", "The group of houses by the river was shelled in the war."},
    {"a_group_is_no_reference",
     "[actor:hamas|Hamas] waited. A group of boys played by the road in the war."},
    {"they_of_things", "Trucks came. They carried flour through the lines of the war."},
};
INSTANTIATE_TEST_SUITE_P(Points8, ReferencesTest, testing::ValuesIn(kReferences), test::case_name);

class WritingsTest : public testing::TestWithParam<ActorCase> {};
TEST_P(WritingsTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const ActorCase kWritings[] = {
    {"two_people_of_one_surname",
     "[actor:yahya-sinwar|Yahya Sinwar] and [actor:mohammed-sinwar|Mohammed Sinwar] spoke of the "
     "war."},
    {"el_for_al", "[actor:khalil-al-hayya|Khalil el-Hayya] spoke of the war."},
    {"particle_apart", "[actor:khalil-al-hayya|Khalil Al Hayya] spoke of the war."},
    {"typewriter_hyphen_missing",
     "[actor:abdel-fattah-el-sisi|Abdel Fattah al-Sisi] spoke of the war."},
    {"kinds_of_apostrophes",
     "The [actor:houthis|Houthis] and [actor:islamic-state|Da\u02BCesh] signed the truce."},
    {"acronym_with_possessive", "The [actor:israel-defense-forces|IDF]'s chief urged a truce."},
    {"transliterated_group", "[actor:hezbollah|Hizbullah] signed the truce."},
    {"plus_sign_tells_names_apart",
     "[actor:opec-plus|OPEC]+ met as the war went on, and [actor:opec|OPEC] did not."},
    {"former_name_of_a_state", "[actor:myanmar|Burma] signed the truce."},
    {"initial_in_the_middle", "[actor:antony-blinken|Antony J. Blinken] urged a truce."},
    // A name that is also a word, a place or a first name needs its context.
    {"turkey_the_bird", "Families ate turkey as the truce held."},
    {"chad_in_lower_case", "A chad fell from the ballot during the war."},
    {"jordan_the_river", "Tanks crossed the Jordan River in the war."},
    {"may_the_month", "The truce held through May and June."},
    {"us_the_pronoun", "They asked us about the truce."},
    {"who_the_pronoun", "It was the nurse who spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(Points4, WritingsTest, testing::ValuesIn(kWritings), test::case_name);

const ActorCase kTerms[] = {
    {"on_the_last_day", "The [actor:rishi-sunak|British prime minister] urged a truce.",
     "2024-07-04"},
    {"on_the_next_day", "The [actor:keir-starmer|British prime minister] urged a truce.",
     "2024-07-06"},
    {"defence_minister_by_day", "[actor:yoav-gallant|Israel's defence minister] urged a truce.",
     "2024-06-11"},
    {"defence_minister_a_year_later",
     "[actor:israel-katz|Israel's defence minister] urged a truce.", "2025-06-11"},
    {"un_chief", "The [actor:antonio-guterres|[actor:united-nations|UN] chief] urged a truce."},
    // A former, deputy or would-be holder is not the holder.
    {"ex_president", "An ex-US president spoke of the war."},
    {"who_in_capitals", "WHO BROKE THE TRUCE AND WHO KEPT IT"},
    {"who_the_organisation", "The [actor:world-health-organization|WHO] said the truce held."},
    {"ex_president_of", "An ex-president of Egypt spoke of the war."},
    {"former_president_of", "A former president of Egypt spoke of the war."},
    {"ex_president_of_one_that_acts",
     "An ex-president of Egypt spoke of the war, which [actor:egypt|Egypt] condemned."},
    {"deputy_prime_minister_is_another", "The deputy British prime minister spoke of the war."},
    {"would_be", "A would-be US president spoke of the war."},
};
INSTANTIATE_TEST_SUITE_P(Points3, WritingsTest, testing::ValuesIn(kTerms), test::case_name);

const ActorCase kPages[] = {
    {"dateline", "CAIRO (Reuters) - The truce held, [actor:hamas|Hamas] said."},
    {"dateline_with_a_dash", "CAIRO \u2014 The truce held, [actor:hamas|Hamas] said."},
    {"seat_that_opens_a_sentence", "[actor:egypt|Cairo] said the truce held."},
    {"dateline_with_a_date", "DOHA, June 11 (AFP) - The truce held, [actor:qatar|Qatar] said."},
    {"cookies",
     "We use cookies to improve your experience on CNN.\n\nThe truce held, [actor:hamas|Hamas] "
     "said."},
    {"subscribe", "Subscribe to The New York Times\n\nThe truce held, [actor:hamas|Hamas] said."},
    {"share_buttons",
     "Share on Facebook\n\nShare on Twitter\n\nThe truce held, [actor:hamas|Hamas] said."},
    {"advertisement", "Advertisement\n\nThe truce held, [actor:hamas|Hamas] said."},
    {"photo_by", "Photo by Jane Roe/Getty Images\n\nThe truce held, [actor:hamas|Hamas] said."},
    {"related_articles",
     "The truce held, [actor:hamas|Hamas] said.\n\nRelated: Biden warns Netanyahu over Rafah"},
    {"file_photo",
     "FILE PHOTO: A child walks home. REUTERS/Jane Roe\n\nThe truce held, [actor:hamas|Hamas] "
     "said."},
    // The same words in the story are the story.
    {"reuters_in_the_story", "[actor:reuters|Reuters] said the truce held."},
    {"facebook_that_acts", "[actor:facebook|Facebook] said it had removed posts about the war."},
    {"subscribe_in_the_story", "[actor:egypt|Egypt] said others subscribe to the truce as well."},
};
INSTANTIATE_TEST_SUITE_P(Points9, WritingsTest, testing::ValuesIn(kPages), test::case_name);

}  // namespace
}  // namespace ceasewire
