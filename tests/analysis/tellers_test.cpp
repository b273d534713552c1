/// Who tells what a sentence claims, in marked text: [SOURCE via OUTLET|sentence]; [author|…] is
/// the article's own voice.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "analysis/marked_text.h"

namespace ceasewire {
namespace {

struct Case {
    const char* name;
    const char* marked;
};

class TellersTest : public testing::TestWithParam<Case> {};
TEST_P(TellersTest, AreFound) {
    test::Analyzed analyzed;
    test::analyze(test::strip(GetParam().marked), {}, analyzed);
    EXPECT_EQ(test::render(test::shown(analyzed), test::teller_marks(analyzed)), GetParam().marked);
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

const Case kTold[] = {
    {"said_before", "[hamas|Hamas said it had accepted the ceasefire proposal.]"},
    {"said_that", "[antony-blinken|Antony Blinken said on Monday that a ceasefire was close.]"},
    {"said_after", "[antony-blinken|A ceasefire deal is close, Antony Blinken said.]"},
    {"said_after_a_quotation", "[antony-blinken|“The ceasefire is holding,” Antony Blinken said.]"},
    {"inverted_after_a_quotation",
     "[antony-blinken|“The ceasefire is holding,” said Antony Blinken.]"},
    {"said_inside",
     "[antony-blinken|A ceasefire, Antony Blinken said, is the best way to free the hostages.]"},
    {"according_to_behind", "[hamas|The ceasefire will begin on Sunday, according to Hamas.]"},
    {"according_to_in_front", "[hamas|According to Hamas, the ceasefire will begin on Sunday.]"},
    {"told_an_outlet",
     "[hamas via reuters|Hamas told Reuters that it had accepted the ceasefire.]"},
    {"quoted_as_saying",
     "[US officials via the-washington-post|The Washington Post quoted US officials as saying a "
     "ceasefire was near.]"},
    {"role", "[abdel-fattah-el-sisi|The Egyptian president said the ceasefire must hold.]"},
    {"seat", "[ukraine|Kyiv said Russia had violated the ceasefire.]"},
    {"group", "[Egyptian mediators|Egyptian mediators said the ceasefire talks would resume.]"},
    {"unnamed_official",
     "[senior Israeli official|A senior Israeli official said the ceasefire talks had stalled.]"},
    {"ministry",
     "[ministry-of-foreign-affairs-qatar|Qatar’s foreign ministry said that the ceasefire would "
     "begin on Friday.]"},
    {"warned", "[antonio-guterres|António Guterres warned that the ceasefire could collapse.]"},
    {"urged", "[joe-biden|Joe Biden urged Hamas to accept the ceasefire proposal.]"},
    {"called_for",
     "[united-nations-security-council|The UN Security Council called for an immediate "
     "ceasefire.]"},
    {"accused", "[ukraine|Ukraine accused Russia of violating the ceasefire.]"},
    {"by_title_and_name",
     "[benjamin-netanyahu|Prime Minister Benjamin Netanyahu said Israel would not accept a "
     "permanent ceasefire.]"},
    {"surname_later",
     "Antony Blinken arrived in Cairo.\n\n[antony-blinken|Blinken said the ceasefire proposal was "
     "on the table.]"},
};
INSTANTIATE_TEST_SUITE_P(Told, TellersTest, testing::ValuesIn(kTold), name_of);

const Case kHandedOn[] = {
    {"behind_a_sentence",
     "[antony-blinken via reuters|Antony Blinken said that Hamas has rejected the ceasefire "
     "proposal, Reuters reported.]"},
    {"a_speech_verb_inside",
     "[joe-biden via white-house|Joe Biden has stressed the need for a ceasefire, the White House "
     "said.]"},
    {"an_act_of_speech_told_beside",
     "[volodymyr-zelenskyy via white-house|Volodymyr Zelensky demanded a full ceasefire in return, "
     "the White House "
     "said.]"},
    {"interview",
     "[emmanuel-macron via cnn|In an interview with CNN, Emmanuel Macron called for "
     "an immediate ceasefire.]"},
    {"reports_by_two",
     "[hamas via cnn, sky-news|Hamas said it had accepted the ceasefire, according to reports by "
     "CNN and Sky News.]"},
    {"citing_another_outlet",
     "[sergey-lavrov via reuters, interfax|Reuters, citing Interfax, reported that Sergei Lavrov "
     "said Russia would accept a truce.]"},
    {"carried_over_quotations",
     "[volodymyr-zelenskyy via sky-news|“The ceasefire will not hold,” Volodymyr Zelensky told Sky "
     "News.] [volodymyr-zelenskyy via sky-news|“They broke the last ceasefire.”]\n\n"
     "[volodymyr-zelenskyy via sky-news|“Nobody can trust this ceasefire,” Zelensky said.]"},
    {"carried_over",
     "[emmanuel-macron via cnn|Emmanuel Macron told CNN that the ceasefire was holding.] "
     "[emmanuel-macron via cnn|He said the truce must be extended.]"},
};
const Case kHandedOnByOthers[] = {
    {"as_quoted_by",
     "[Iraqi official via reuters, turkish-radio-and-television-corporation|An Iraqi official told "
     "TRT that the ceasefire would hold, as "
     "quoted by Reuters.]"},
    {"reports_as_saying",
     "[sergey-lavrov via reuters|Reuters reports Sergei Lavrov as saying Russia would accept a "
     "ceasefire.]"},
    {"quoted_by_as_saying",
     "[sergey-lavrov via interfax|Sergei Lavrov was quoted by Interfax as saying Russia had "
     "accepted "
     "a ceasefire.]"},
    {"unnamed_behind_an_outlet",
     "[US officials via reuters|According to Reuters, two US officials said that Egypt has put "
     "forward a plan for a truce.]"},
    {"an_outlet_speaks_for_itself",
     "[reuters|Reuters said that Egypt has put forward a plan for a truce.]"},
    {"carried_by",
     "[ministry-of-foreign-affairs-turkey via anadolu-agency|In a statement carried by the Anadolu "
     "Agency, Turkey’s foreign ministry welcomed the ceasefire.]"},
    {"told_the_agency",
     "Interfax had the story on Tuesday.\n\n[sergey-lavrov via interfax|Sergei Lavrov told the "
     "agency that a ceasefire deal was close.]"},
    {"according_to_a_spokesman",
     "[antony-blinken via matthew-miller|Antony Blinken reaffirmed the support for the ceasefire "
     "plan, according to State Department spokesman Matthew Miller.]"},
    {"according_to_the_channel",
     "[hamas via al-arabiya|According to the news channel Al Arabiya, Hamas has said that it "
     "agrees to the truce.]"},
    {"told_that_he_was_told",
     "[fuad-hussein via Kuwaiti media|Kuwaiti media quoted Fuad Hussein as telling lawmakers that "
     "Iran wanted the ceasefire to be extended.]"},
    {"told_the_paper_that",
     "[US officials via cnn, the-wall-street-journal|CNN reported, citing The Wall Street Journal, "
     "that two US officials had told the paper that Egypt had put forward a plan for a truce.]"},
    {"citing_behind_its_subject",
     "[US official via cnn, the-wall-street-journal|CNN, citing The Wall Street Journal, said a US "
     "official had told the paper that Egypt had put forward a plan for a truce.]"},
    {"a_relative_clause_is_nothing_told",
     "[antony-blinken via cnn|Antony Blinken told CNN, a broadcaster that follows the talks, that "
     "a ceasefire was close.]"},
    {"reporters_hand_nothing_on",
     "[antony-blinken|“The ceasefire deal is close,” Antony Blinken told reporters in Doha.]"},
};
INSTANTIATE_TEST_SUITE_P(HandedOnByOthers, TellersTest, testing::ValuesIn(kHandedOnByOthers),
                         name_of);

const Case kMended[] = {
    {"behind_the_content_with_a_title",
     "[x-mirela-osk|Georgia and the rebels will resume ceasefire talks next month in Geneva, chief "
     "negotiator Mirela Osk said.]"},
    {"described_by_what_they_know",
     "[two diplomats briefed on the plan via reuters|Egypt has handed Hamas a new proposal for a "
     "ceasefire, two diplomats briefed on the plan told Reuters.]"},
    {"a_seat_that_opens",
     "[armenia|Yerevan accused Azerbaijan of violating the ceasefire overnight.]"},
    {"two_who_met",
     "Antony Blinken met with Keir Starmer in London on Friday. [antony-blinken|They called for an "
     "immediate ceasefire in Sudan.]"},
};
INSTANTIATE_TEST_SUITE_P(Mended, TellersTest, testing::ValuesIn(kMended), name_of);

const Case kSpeakers[] = {
    {"told_where_the_quotation_ends",
     "[antony-blinken|“The ceasefire deal is close.] [antony-blinken|Hamas must accept the truce "
     "now,” Antony Blinken told reporters in Doha.]"},
    {"label_of_a_quotation",
     "[keir-starmer|Keir Starmer: “We welcome the ceasefire deal.] [keir-starmer|Hamas must "
     "release "
     "the hostages under the truce.”]"},
    {"next_paragraph_goes_on",
     "[antony-blinken|Antony Blinken said the ceasefire talks had "
     "stalled.]\n\n[antony-blinken|“Hamas "
     "must accept the ceasefire proposal now.”]"},
    {"the_statement",
     "[hezbollah|Hezbollah said in a statement that the ceasefire talks had stalled.] "
     "[hezbollah|The "
     "statement said the truce would end on Sunday.]"},
    {"the_statement_it_released",
     "[author|Hezbollah released a statement on Sunday.]\n\n[hezbollah|The statement said the "
     "ceasefire would "
     "end.]"},
    {"signed", "[antony-blinken|“A ceasefire is the only way out.”] – Antony Blinken"},
    {"the_report_of_an_outlet",
     "[cnn|CNN reported that Hamas had rejected the ceasefire.] [cnn|The report said the "
     "ceasefire talks had collapsed.]"},
    {"a_name_before_a_colon_is_no_label_behind_a_preposition",
     "[author|A ceasefire deal between Israel and Hamas: it took effect on Sunday.]"},
    {"named_inside_a_quotation",
     "[antony-blinken|Antony Blinken called for a ceasefire.] [antony-blinken|“Netanyahu must "
     "accept "
     "the ceasefire deal,” he said.]"},
};
INSTANTIATE_TEST_SUITE_P(Speakers, TellersTest, testing::ValuesIn(kSpeakers), name_of);
INSTANTIATE_TEST_SUITE_P(HandedOn, TellersTest, testing::ValuesIn(kHandedOn), name_of);

const Case kCarried[] = {
    {"pronoun",
     "[antony-blinken|Antony Blinken said a ceasefire was close.] [antony-blinken|He said the "
     "ceasefire would free the hostages.]"},
    {"she",
     "[x-lena-brandt|Dr. Lena Brandt said the ceasefire was holding.] [x-lena-brandt|She said the "
     "truce would be extended.]"},
    {"it_of_a_group",
     "[hamas|Hamas said it had accepted the ceasefire.] [hamas|It said the truce would begin on "
     "Sunday.]"},
    {"the_group",
     "[hamas|Hamas said it had accepted the ceasefire.] [hamas|The group said the truce would "
     "begin on Sunday.]"},
    {"quotation_over_two_sentences",
     "[antony-blinken|“The ceasefire is close,” Antony Blinken said.] [antony-blinken|“The truce "
     "will free the hostages.”]"},
};
const Case kAuthor[] = {
    {"plain_fact", "[author|A ceasefire between Israel and Hamas took effect on Sunday.]"},
    {"rejected", "[author|Hamas rejected the ceasefire proposal on Monday.]"},
    {"agreed", "[author|Israel and Hezbollah agreed to a ceasefire.]"},
    {"violated", "[author|Russia violated the ceasefire within hours.]"},
    {"a_said_inside_a_quotation_tells_nothing",
     "[antony-blinken|“Everyone said the ceasefire would fail,” Antony Blinken said.]"},
};
/// Sentences that say all there is to say.
const Case kFlashes[] = {
    {"truce_with", "[author|Hamas agreed a truce with Israel.]"},
    {"broke_the_truce", "[author|The Houthis broke the truce with Yemen’s army on Friday.]"},
    {"ended_the_truce", "[author|Hezbollah ended the truce on Friday.]"},
    {"accused_of_breaking_the_truce",
     "[sudanese-armed-forces|Sudan’s army accused the RSF of breaking the truce.]"},
    {"declared", "[vladimir-putin|Putin declared a three-day truce over Easter.]"},
    {"proposed_a_truce_with", "[author|Egypt proposed a truce with the rebels in Darfur.]"},
    {"headline_without_actors", "[author|Gaza truce holding, mostly]"},
    {"hostage_deal", "[author|The cabinet approved the hostage deal in a late-night vote.]"},
    {"deal_by_the_name_of_a_town",
     "[march-23-movement|M23 said it would respect the Doha declaration.]"},
    {"plan_of_points",
     "[hamas|Hamas said it had accepted Trump’s 20-point plan with reservations.]"},
    {"end_to_strikes", "[sources|The US offers Iran an end to strikes for talks, sources say.]"},
    {"calm_wording",
     "[ministry-of-foreign-affairs-egypt|Badr Abdelatty on Monday discussed by phone ways to "
     "consolidate the Gaza ceasefire, according to a statement by the Egyptian foreign "
     "ministry.]"},
    {"virtual_truce", "The minister hopes for a virtual truce with the land of his rivals."},
    {"truce_with_unions", "The ministry kept its truce with the unions."},
};
INSTANTIATE_TEST_SUITE_P(Flashes, TellersTest, testing::ValuesIn(kFlashes), name_of);
INSTANTIATE_TEST_SUITE_P(Author, TellersTest, testing::ValuesIn(kAuthor), name_of);
INSTANTIATE_TEST_SUITE_P(Carried, TellersTest, testing::ValuesIn(kCarried), name_of);

const Case kNoClaim[] = {
    {"trade_truce", "The European Union and China agreed a trade truce on tariffs."},
    {"party_truce", "The two wings of the party kept a political truce before the vote."},
    {"armistice_day", "Crowds marked Armistice Day with a parade."},
    {"plain_fighting", "Shells hit a market and killed two people."},
    {"casualties", "The war has killed thousands, the ministry said."},
    {"aid_without_a_deal", "Trucks carried flour to the north."},
    {"furniture", "See also: Hamas rejects ceasefire proposal"},
    {"place", "He flew to Cairo."},

};
INSTANTIATE_TEST_SUITE_P(NoClaim, TellersTest, testing::ValuesIn(kNoClaim), name_of);

/// Where nothing speaks of war.
TEST(Figurative, TrucesAreNoClaims) {
    for (const char* text : {"Apple and Epic call a truce in their fight over fees.",
                             "Doctors agreed a truce in the dispute over pay.",
                             "Lionel Messi’s agent says there is no truce with the club in sight.",
                             "The bank’s truce with the markets is over.",
                             "The Senate approved the budget deal after marathon talks.",
                             "Ministers met in Pretoria to sign a trade agreement.",
                             "The unions and the airline called a truce over pay on Friday."}) {
        test::Analyzed analyzed;
        test::analyze(text, {.war = false}, analyzed);
        EXPECT_EQ(analyzed.analysis.claims.size(), 0U) << text;
    }
}

/// Whatever stands below it.
TEST(Titles, OfAWordThatNamesNothingAreNoClaims) {
    for (const char* title : {"War", "Kyiv", "Ceasefire", "Ceasefire holds"}) {
        test::Analyzed analyzed;
        test::analyze("A US official said that Hamas had rejected the ceasefire.", {.title = title},
                      analyzed);
        const auto& claims = analyzed.analysis.claims;
        EXPECT_EQ(std::any_of(claims.begin(), claims.end(),
                              [](const Claim& claim) { return claim.span.begin == 0; }),
                  std::string_view(title) == "Ceasefire holds")
            << title;
    }
}

}  // namespace
}  // namespace ceasewire
