/// Who is in a text, in marked text. Each table is about one rule; some of its cases show where the
/// rule must hold its tongue.

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analysis/actor_cases.h"
#include "analysis/marked_text.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

using Case = test::ActorCase;

class ActorsTest : public testing::TestWithParam<Case> {};
TEST_P(ActorsTest, AreFound) { EXPECT_EQ(test::rendered(GetParam()), GetParam().marked); }

const auto name_of = test::case_name;

const Case kNames[] = {
    {"full_name", "[actor:antony-blinken|Antony Blinken] flew home."},
    {"group", "Fighters of [actor:hamas|Hamas] fired first."},
    {"several",
     "[actor:hamas|Hamas], [actor:palestinian-islamic-jihad|Islamic Jihad] and "
     "[actor:hezbollah|Hezbollah] met."},
    {"alias", "[actor:palestinian-islamic-jihad|Palestine Islamic Jihad] joined."},
    {"alias_spelling",
     "[actor:hezbollah|Hizbollah] joined, and [actor:hezbollah|Hizballah] stayed."},
    {"acronym", "The [actor:israel-defense-forces|IDF] withdrew."},
    {"acronym_needs_its_case", "They told us of it, and then Idf was typed."},
    {"acronym_introduced_in_brackets",
     "The [actor:sudan-liberation-movement-army|Sudan Liberation Movement] "
     "([actor:sudan-liberation-movement-army|SLM]) left. The "
     "[actor:sudan-liberation-movement-army|SLM] returned."},
    {"possessive", "[actor:hamas|Hamas]’s answer and [actor:hezbollah|Hezbollah]'s silence."},
    {"diacritics_in_text", "[actor:recep-tayyip-erdogan|Recep Tayyip Erdoğan] spoke."},
    {"diacritics_missing", "[actor:recep-tayyip-erdogan|Recep Tayyip Erdogan] spoke."},
    {"diacritics_apart", "[actor:felix-tshisekedi|Fe\u0301lix Tshisekedi] spoke."},
    {"all_capitals", "[actor:antony-blinken|ANTONY BLINKEN] ARRIVED."},
    {"lower_case_is_no_name", "the word hamas typed small is no name."},
    {"curly_apostrophe_inside",
     "A convoy of [actor:medecins-sans-frontieres|Médecins Sans Frontières] left."},
    {"article_in_front_hides_nothing",
     "The [actor:united-nations|United Nations] and The [actor:white-house|White House] met."},
    {"byte_order_mark_in_front", "[actor:hamas|\uFEFFHamas] fired."},
    {"longest_name",
     "The [actor:united-nations-security-council|United Nations Security Council] voted."},
    {"hyphen_or_not", "[actor:abdel-fattah-el-sisi|Abdel-Fattah el-Sisi] spoke."},
    {"over_a_line_end", "[actor:antony-blinken|Antony\nBlinken] spoke."},
    {"no_break_space", "[actor:antony-blinken|Antony\u00A0Blinken] spoke."},
    {"soft_hyphen", "[actor:hamas|Ha\u00ADmas] fired."},
    {"zero_width_space_around", "[actor:hamas|\u200BHamas] fired."},
    {"in_quotation_marks", "“[actor:hamas|Hamas]” fired."},
    {"not_inside_a_word", "Hamasx and preHamas are no names."},
    {"media", "[actor:reuters|Reuters] reported that it held."},
    {"ngo", "[actor:human-rights-watch|Human Rights Watch] said it had proof."},
    {"emoji_beside", "😀[actor:hamas|Hamas]😀 fired."},
};
INSTANTIATE_TEST_SUITE_P(Names, ActorsTest, testing::ValuesIn(kNames), name_of);

const Case kSurnames[] = {
    {"after_the_full_name",
     "[actor:antony-blinken|Antony Blinken] came. [actor:antony-blinken|Blinken] left."},
    {"known_alone", "[actor:benjamin-netanyahu|Netanyahu] refused."},
    {"possessive",
     "[actor:benjamin-netanyahu|Benjamin Netanyahu] spoke. "
     "[group|[actor:benjamin-netanyahu|Netanyahu]’s aides] said no more."},
    {"not_before_or_without_the_full_name", "A man called Sullivan came."},
    {"unlisted_after_the_full_name",
     "[actor:jake-sullivan|Jake Sullivan] came. [actor:jake-sullivan|Sullivan] left."},
    {"another_given_name_is_another_person",
     "[actor:joe-biden|Joe Biden] spoke. [actor:hunter-biden|Hunter Biden] said nothing."},
    {"unknown_person",
     "[actor:x-lena-brandt|Lena Brandt], a doctor, spoke. [actor:x-lena-brandt|Brandt] then left."},
    {"particle",
     "[actor:khalil-al-hayya|Khalil al-Hayya] spoke. [actor:khalil-al-hayya|Al-Hayya] left."},
};
INSTANTIATE_TEST_SUITE_P(Surnames, ActorsTest, testing::ValuesIn(kSurnames), name_of);

const Case kMisspellings[] = {
    {"of_the_given_name", "[actor:antony-blinken|Anthony Blinken] came."},
    {"of_the_surname_after_the_name",
     "[actor:antony-blinken|Antony Blinken] came. On Monday [actor:antony-blinken|Blingen] left."},
    {"listed", "[actor:israel|Isreal] rejected it."},
    {"two_letters_of_a_long_name",
     "[actor:benjamin-netanyahu|Benjamin Netanyahu] spoke. Later "
     "[actor:benjamin-netanyahu|Netanjahou] left."},
    {"a_letter_too_many",
     "[actor:benjamin-netanyahu|Benjamin Netanyahu] spoke. Later "
     "[actor:benjamin-netanyahu|Nettanyahu] left."},
    {"not_without_the_name", "On Monday Blingen left."},
    {"not_another_first_letter",
     "[actor:antony-blinken|Antony Blinken] came. On Monday Clinken left."},
    {"not_two_letters_of_a_short_name",
     "[actor:antony-blinken|Antony Blinken] came. On Monday Blenkin left."},
    {"not_a_lower_case_word",
     "[actor:antony-blinken|Antony Blinken] came and left blinkin lights."},
};
INSTANTIATE_TEST_SUITE_P(Misspellings, ActorsTest, testing::ValuesIn(kMisspellings), name_of);

const Case kRoles[] = {
    {"secretary_of_state_2024", "The [actor:antony-blinken|US secretary of state] arrived."},
    {"secretary_of_state_2025", "The [actor:marco-rubio|US secretary of state] arrived.",
     "2025-06-11"},
    {"president_2024", "The [actor:joe-biden|US president] spoke."},
    {"president_2025", "The [actor:donald-trump|US president] spoke.", "2025-06-11"},
    {"prime_minister_2024_june", "The [actor:rishi-sunak|British prime minister] spoke."},
    {"prime_minister_2024_august", "The [actor:keir-starmer|British prime minister] spoke.",
     "2024-08-11"},
    {"of_a_state", "The [actor:abdel-fattah-el-sisi|president of Egypt] spoke."},
    {"possessive_of_a_state", "[actor:abdel-fattah-el-sisi|Egypt’s president] spoke."},
    {"before_the_name", "Prime Minister [actor:benjamin-netanyahu|Benjamin Netanyahu] spoke."},
    {"then_alone",
     "Prime Minister [actor:benjamin-netanyahu|Benjamin Netanyahu] spoke. The "
     "[actor:benjamin-netanyahu|prime minister] left."},
    {"then_alone_of_whom_the_lexicon_knows",
     "[actor:benjamin-netanyahu|Benjamin Netanyahu] spoke. The [actor:benjamin-netanyahu|prime "
     "minister] left."},
    {"nearest_holder",
     "Prime Minister [actor:benjamin-netanyahu|Benjamin Netanyahu] met Prime Minister "
     "[actor:rishi-sunak|Rishi Sunak]. The [actor:rishi-sunak|prime minister] left."},
    {"alone_means_nobody", "The prime minister left."},
    {"organisation",
     "The [actor:antonio-guterres|[actor:united-nations|UN] secretary-general] appealed."},
    {"spokesman_before_the_name",
     "[actor:united-states-department-of-state|State Department] spokesman "
     "[actor:matthew-miller|Matthew Miller] spoke."},
};
INSTANTIATE_TEST_SUITE_P(Roles, ActorsTest, testing::ValuesIn(kRoles), name_of);

const Case kStates[] = {
    {"agent", "[actor:israel|Israel] rejected the plan."},
    {"two_agents", "[actor:egypt|Egypt] and [actor:qatar|Qatar] mediate."},
    {"possessor", "[actor:israel|Israel]’s position is known."},
    {"party_after_with", "A truce with [actor:israel|Israel] is near."},
    {"parties_between",
     "A truce between [actor:armenia|Armenia] and [actor:azerbaijan|Azerbaijan] is near."},
    {"addressee", "They urged [actor:iran|Iran] to agree."},
    {"hyphened_war_is_no_party", "The Russia-Ukraine war goes on."},
    {"place_in", "Fighting in Lebanon killed two."},
    {"place_southern", "Shells fell on southern Lebanon."},
    {"place_across", "Aid moved across Sudan."},
    {"place_to", "He flew to Egypt."},
    {"place_from", "Rockets came from Yemen."},
    {"place_after_a_city", "They met in Doha, Qatar."},
    {"place_visiting", "He was visiting France."},
    {"mere_modifier", "The Gaza war and the Sudan conflict go on."},
    {"adjective_is_no_mention", "An Israeli strike hit the house."},
    {"adjective_of_a_thing", "The Egyptian proposal stands."},
    {"people_that_act", "[group|Palestinians] rejected it."},
};
INSTANTIATE_TEST_SUITE_P(States, ActorsTest, testing::ValuesIn(kStates), name_of);

const Case kSeats[] = {
    {"speaks", "[actor:united-states|Washington] said so."},
    {"rejects", "[actor:ukraine|Kyiv] rejected it."},
    {"kremlin", "The [actor:russia|Kremlin] said so."},
    {"own_entry", "The [actor:white-house|White House] said so."},
    {"pentagon", "The [actor:united-states-department-of-defense|Pentagon] said so."},
    {"flew_to", "He flew to Cairo."},
    {"talks_in", "Talks in Doha went on."},
    {"between_two", "A truce between [actor:ukraine|Kyiv] and [actor:russia|Moscow] is near."},
    {"near_a_seat", "A drone fell near Moscow."},
    {"a_street", "Shops in Beirut closed."},
    {"policy", "[actor:united-states|Washington]’s position is known."},
    {"after_urged", "They urged [actor:iran|Tehran] to agree."},
};
INSTANTIATE_TEST_SUITE_P(Seats, ActorsTest, testing::ValuesIn(kSeats), name_of);

const Case kBodies[] = {
    {"israeli_army", "The [actor:israel-defense-forces|Israeli army] withdrew."},
    {"israeli_forces", "[actor:israel-defense-forces|Israeli forces] withdrew."},
    {"israeli_government", "The [actor:cabinet-of-israel|Israeli government] met."},
    {"ukrainian_military", "The [actor:armed-forces-of-ukraine|Ukrainian military] said so."},
    {"officials_are_a_group", "[group|Israeli officials] met."},
    {"us_officials", "[group|US officials] met."},
    {"two_us_officials", "[group|Two US officials] met."},
    {"senior_official", "A [group|senior Israeli official] said so."},
    {"mediators", "[group|Qatari mediators] met."},
    {"mediators_alone", "[group|Mediators] said it was near."},
    {"organisations_officials", "[group|[actor:hamas|Hamas] officials] said so."},
    {"sources", "[group|Two sources] said so."},
    {"families", "[group|Families of hostages] said it was late."},
    {"spoken_by", "It was confirmed by [group|diplomats]."},
    {"weak_noun_that_does_not_act", "Shells killed civilians and fighters."},
    {"foreign_ministry",
     "The [actor:ministry-of-foreign-affairs-egypt|Egyptian foreign ministry] said so."},
    {"then_the_official",
     "A [group|senior Israeli official] said so. The [group|official] gave no name."},
};
INSTANTIATE_TEST_SUITE_P(Bodies, ActorsTest, testing::ValuesIn(kBodies), name_of);

const Case kUnknown[] = {
    {"after_an_honorific", "Dr. [actor:x-lena-brandt|Lena Brandt] spoke."},
    {"after_a_rank", "Gen. [actor:x-omar-farouk|Omar Farouk] withdrew."},
    {"after_a_role", "Aid coordinator [actor:x-lena-brandt|Lena Brandt] spoke."},
    {"by_its_given_name_and_speech", "[actor:x-sarah-whitcombe|Sarah Whitcombe] said so."},
    {"with_an_apposition", "[actor:x-sarah-whitcombe|Sarah Whitcombe], an analyst, was there."},
    {"body_by_its_last_word",
     "The [actor:x-harbour-relief-foundation|Harbour Relief Foundation] said so after two days of "
     "talks."},
    {"place_is_nobody", "They met on Kestrel Street near Harrow Bridge."},
    {"day_is_nobody", "On Monday it rained. In June it was dry."},
    {"headline_case_is_nobody", "Truce Talks Resume As Hopes Fade Again"},
    {"agreement_is_nobody", "The Harrow Agreement stands."},
};
INSTANTIATE_TEST_SUITE_P(Unknown, ActorsTest, testing::ValuesIn(kUnknown), name_of);

const Case kFurniture[] = {
    {"see_also",
     "The truce held.\n\nSee also: Hamas rejects the plan\n\n[actor:egypt|Egypt] said so."},
    {"read_more", "Read more: Israel strikes Rafah\n\nThe truce held."},
    {"leave_a_reply",
     "The truce held.\n\nLeave a Reply\n\nYour email address will not be published."},
    {"photo_credit", "People wait for aid (Anatolia)\n\nThe truce held."},
    {"photo_line", "Photo: Reuters\n\nThe truce held."},
    {"reporting_by", "The truce held.\n\nReporting by Jane Doe in Cairo; editing by John Roe"},
    {"newsletter", "Sign up for our Israel briefing\n\nThe truce held."},
    {"newsletter_of_another",
     "The truce held.\n\nUpdates and special offers from Reuters are sent on Fridays."},
    {"copyright", "The truce held.\n\n© 2024 Reuters. All rights reserved."},
    {"a_sentence_that_begins_alike",
     "Comments by [actor:antony-blinken|Antony Blinken] on the truce drew an answer from "
     "[actor:hamas|Hamas] within the hour."},
    {"related_in_a_sentence", "In related news, [actor:egypt|Egypt] said it would send a team."},
};
INSTANTIATE_TEST_SUITE_P(Furniture, ActorsTest, testing::ValuesIn(kFurniture), name_of);

/// An article that names nobody whom the lexicon knows, and says no word of war or diplomacy, is
/// not looked at.
TEST(Actors, OfAnArticleWithoutAnyAreNotSought) {
    Document document;
    document.assign("Bakery wins prize", "A baker of the town liked the bread, and sent his best.");
    Analysis analysis;
    analyze(document, test::shipped_lexicon(), {}, analysis);
    EXPECT_FALSE(analysis.on_topic);
    EXPECT_TRUE(analysis.actors.empty());
    EXPECT_TRUE(analysis.sentences.empty());
}

/// One that names somebody has its actors, and no claims when it is about something else.
TEST(Actors, AreSoughtWithoutAWordOfWar) {
    Document document;
    document.assign("Bakery wins prize", "Joe Biden said the baker accepts the prize.");
    Analysis analysis;
    analyze(document, test::shipped_lexicon(), {}, analysis);
    EXPECT_FALSE(analysis.on_topic);
    ASSERT_EQ(analysis.actors.size(), 1U);
    EXPECT_EQ(analysis.actors[0].id, "joe-biden");
    EXPECT_TRUE(analysis.claims.empty());
}

/// Roles are those of the article's day, in the record as in the text.
TEST(Actors, HaveTheRolesOfTheDay) {
    const auto roles_on = [](std::string_view day) {
        test::Analyzed analyzed;
        test::analyze("Antony Blinken said the truce held.", {.day = day, .claims = false},
                      analyzed);
        std::string all;
        for (const std::string_view role : analyzed.analysis.actors.at(0).roles)
            all += std::string(role) + ";";
        return all;
    };
    EXPECT_EQ(roles_on("2024-06-11"), "United States Secretary of State;");
    EXPECT_EQ(roles_on("2025-06-11"), "");
    EXPECT_EQ(roles_on(""), "") << "without a day nothing is known";
}

TEST(Actors, MentionsStandInOrderAndActorsOnce) {
    test::Analyzed analyzed;
    test::analyze(
        "Hamas and Israel met. Hamas left. Israel, Egypt and Hamas met again in Cairo, said Antony "
        "Blinken.",
        {.claims = false}, analyzed);
    for (std::size_t i = 1; i < analyzed.analysis.mentions.size(); ++i)
        EXPECT_LE(analyzed.analysis.mentions[i - 1].span, analyzed.analysis.mentions[i].span);
    for (const FoundActor& a : analyzed.analysis.actors) {
        EXPECT_EQ(std::count_if(analyzed.analysis.actors.begin(), analyzed.analysis.actors.end(),
                                [&](const FoundActor& b) { return b.id == a.id; }),
                  1)
            << a.id;
    }
}

}  // namespace
}  // namespace ceasewire
