/// Who says what, in marked text: `[who|The mayor] [cue|said] [says|the road is closed].` See
/// spoken.h for the notation.

#include <string>

#include <gtest/gtest.h>

#include "spoken.h"

namespace ceasewire {
namespace {

struct Speech {
    const char* name;
    const char* marked;
};

class AttributionSpansTest : public testing::TestWithParam<Speech> {};
TEST_P(AttributionSpansTest, AreFound) {
    test::Spoken spoken;
    test::read(test::strip(GetParam().marked), spoken);
    EXPECT_EQ(test::render(spoken.document[spoken.document.body()], test::spoken_marks(spoken)),
              GetParam().marked);
}

std::string speech_name(const testing::TestParamInfo<Speech>& info) { return info.param.name; }

/// In front of the content.
const Speech kSpeechBefore[] = {
    {"before_said", "[who|The minister] [cue|said] [says|the border would open at noon]."},
    {"before_said_that",
     "[who|The minister] [cue|said] on Monday [says|that the border would open at noon]."},
    {"before_announced",
     "[who|The company] [cue|announced] [says|that it would close two plants]."},
    {"before_present", "[who|The mayor] [cue|says] [says|the bridge is safe]."},
    {"before_has_said", "[who|The bishop] [cue|has said] [says|that he will not travel]."},
    {"before_told_person",
     "[who|The general] [cue|told] reporters [says|that his troops had left the valley]."},
    {"before_warned", "[who|The agency] [cue|warned] [says|that food stocks were running low]."},
    {"before_added", "[who|He] [cue|added] [says|that nobody had been hurt]."},
    {"before_argued", "[who|Critics] [cue|argued] [says|that the law was vague]."},
    {"before_believes", "[who|The union] [cue|believes] [says|that the offer is too low]."},
    {"before_insisted", "[who|The envoy] [cue|insisted] [says|that the door was still open]."},
    {"before_acknowledged", "[who|The bank] [cue|acknowledged] [says|that it had made a mistake]."},
    {"before_denied", "[who|The ministry] [cue|denied] [says|that its officers had fired first]."},
    {"before_confirmed", "[who|Police] [cue|confirmed] [says|that two people had died]."},
    {"before_claimed", "[who|The rebels] [cue|claimed] [says|that they had taken the town]."},
    {"before_predicted", "[who|Analysts] [cue|predicted] [says|that prices would fall]."},
    {"before_suggested", "[who|The report] [cue|suggested] [says|that the dam was weak]."},
    {"before_wrote", "[who|The senator] [cue|wrote] [says|that the plan had failed]."},
    {"before_noted", "[who|The judge] [cue|noted] [says|that no witness had come forward]."},
};
INSTANTIATE_TEST_SUITE_P(Before, AttributionSpansTest, testing::ValuesIn(kSpeechBefore),
                         speech_name);

/// Behind it.
const Speech kSpeechAfter[] = {
    {"after_said", "[says|The border would open at noon], [who|the minister] [cue|said]."},
    {"after_she_said", "[says|The road is closed], [who|she] [cue|said]."},
    {"after_officials_said",
     "[says|Two soldiers were killed in the blast], [who|officials] [cue|said]."},
    {"after_long",
     "[says|The army will leave the valley by Friday], [who|a spokesman for the ministry] "
     "[cue|said]."},
    {"after_according",
     "[says|The army will leave the valley by Friday], [cue|according to] [who|a spokesman]."},
    {"after_according_role",
     "[says|Prices rose by a tenth in May], [cue|according to] [who|the statistics office]."},
};
INSTANTIATE_TEST_SUITE_P(After, AttributionSpansTest, testing::ValuesIn(kSpeechAfter), speech_name);

/// "According to" in front.
const Speech kSpeechFront[] = {
    {"front_according", "[cue|According to] [who|the mayor], [says|the bridge is safe]."},
    {"front_according_two",
     "[cue|According to] [who|two officials], [says|the talks will resume on Monday]."},
};
INSTANTIATE_TEST_SUITE_P(Front, AttributionSpansTest, testing::ValuesIn(kSpeechFront), speech_name);

/// Inside the content, in two pieces.
const Speech kSpeechInside[] = {
    {"inside_said", "The bridge, [who|the mayor] [cue|said], [says|is safe]."},
    {"inside_he_said", "The plan, [who|he] [cue|said], [says|would save lives]."},
};
INSTANTIATE_TEST_SUITE_P(Inside, AttributionSpansTest, testing::ValuesIn(kSpeechInside),
                         speech_name);

/// Quotations: one side, both sides, around, over sentences and paragraphs.
const Speech kSpeechQuote[] = {
    {"quote_before", "[who|The minister] [cue|said]: [quotes|“The border will open at noon.”]"},
    {"quote_before_comma",
     "[who|The minister] [cue|said], [quotes|“The border will open at noon.”]"},
    {"quote_after", "[quotes|“The border will open at noon,”] [who|the minister] [cue|said]."},
    {"quote_after_inverted",
     "[quotes|“The border will open at noon,”] [cue|said] [who|the minister]."},
    {"quote_after_name", "[quotes|“We are ready,”] [cue|said] [who|Maria Lopez]."},
    {"quote_after_straight", "[quotes|\"The road is closed,\"] [who|the mayor] [cue|said]."},
    {"quote_question", "[quotes|“When will this end?”] [who|she] [cue|asked]."},
    {"quote_asked_front", "[quotes|“Who gave the order?”] [cue|asked] [who|the judge]."},
    {"quote_split",
     "[quotes|“The road is closed,”] [who|the mayor] [cue|said]. [quotes|“It will open "
     "tomorrow.”]"},
    {"quote_split_inside",
     "[quotes|“The road,”] [who|the mayor] [cue|said], [quotes|“will open tomorrow.”]"},
    {"quote_three_sentences",
     "[quotes|“The road is closed. Nobody can pass. We are sorry,”] [who|the mayor] [cue|said]."},
    {"quote_two_sentences_in_front",
     "[who|The mayor] [cue|said]: [quotes|“The road is closed. Nobody can pass.”]"},
    {"quote_over_paragraphs",
     "[quotes|“The road is closed,”] [who|the mayor] [cue|said]. [quotes|“It will open "
     "tomorrow.]\n\n[quotes|“Nobody should travel tonight.”]"},
    {"quote_wrote", "[quotes|“The deal is dead,”] [who|the senator] [cue|wrote]."},
    {"quote_added", "[quotes|“We will wait,”] [who|she] [cue|added]."},
};
INSTANTIATE_TEST_SUITE_P(Quote, AttributionSpansTest, testing::ValuesIn(kSpeechQuote), speech_name);

/// Partly in the words of the source.
const Speech kSpeechMixed[] = {
    {"mixed_said", "[who|The mayor] [cue|said] [partly|the plan was “a gift to the rich”]."},
    {"mixed_called", "[who|The senator] [cue|called] [partly|the plan “a disaster”]."},
    {"mixed_described", "[who|She] [cue|described] [partly|the offer as “an insult”]."},
};
INSTANTIATE_TEST_SUITE_P(Mixed, AttributionSpansTest, testing::ValuesIn(kSpeechMixed), speech_name);

/// Passives.
const Speech kSpeechPassive[] = {
    {"passive_quoted",
     "The general [cue|was quoted] as [cue|saying] [says|that the war was over]."},
    {"passive_told", "Residents [cue|were told] [says|that the water was safe]."},
    {"passive_reported", "It [cue|was reported] [says|that the king had fled]."},
    {"passive_expected", "The court [cue|is expected] [says|to rule in June]."},
};
INSTANTIATE_TEST_SUITE_P(Passive, AttributionSpansTest, testing::ValuesIn(kSpeechPassive),
                         speech_name);

/// Nouns of saying.
const Speech kSpeechNoun[] = {
    {"noun_statement", "In a statement, [who|the ministry] [cue|said] [says|the talks had ended]."},
    {"noun_claim", "[who|The court] [cue|rejected] [says|the claim that the vote was stolen]."},
    {"noun_belief",
     "[who|She] [cue|repeated] her [cue|belief] [says|that the war would end soon]."},
    {"noun_accusation", "[who|He] [cue|dismissed] [says|the accusation that he had lied]."},
};
INSTANTIATE_TEST_SUITE_P(Noun, AttributionSpansTest, testing::ValuesIn(kSpeechNoun), speech_name);

/// Demands, wishes, questions, nesting, several sources.
const Speech kSpeechOther[] = {
    {"saying_participle",
     "[who|The minister] resigned, [cue|saying] [says|he had lost the trust of the army]."},
    {"relative", "The general, [who|who] [cue|said] [says|the war was over], resigned."},
    {"ask_whether", "[who|The judge] [cue|asked] [says|whether the witness had seen the letter]."},
    {"asked_to", "[who|The mayor] [cue|asked] [says|residents to stay at home]."},
    {"urged", "[who|The envoy] [cue|urged] [says|both sides to show restraint]."},
    {"called_for", "[who|The bishop] [cue|called for] [says|an end to the fighting]."},
    {"called_on", "[who|The bishop] [cue|called on] [says|the army to leave the city]."},
    {"demanded", "[who|The union] [cue|demanded] [says|that the minister resign]."},
    {"accused", "[who|The opposition] [cue|accused] [says|the government of hiding the figures]."},
    {"promised", "[who|The king] [cue|promised] [says|to hold elections in the spring]."},
    {"vowed", "[who|The rebels] [cue|vowed] [says|to fight on]."},
    {"hopes", "[who|The family] [cue|hopes] [says|that he will return]."},
    {"wants", "[who|The mayor] [cue|wants] [says|to build a new bridge]."},
    {"agreed", "[who|The two leaders] [cue|agreed] [says|to meet again in June]."},
    {"nested_said",
     "[who|The minister] [cue|said] [says|the general had told him that the war was over]."},
    {"nested_according",
     "[who1|The general] [cue1|said] [says1|[says2|the war was over], [cue2|according to] "
     "[who2|the minister]]."},
    {"two_sources",
     "[who1|The mayor] [cue1|said] [says1|the bridge was safe], but [who2|engineers] [cue2|said] "
     "[says2|it was cracked]."},
    {"poll", "[who|The poll] [cue|found] [says|that most voters want peace]."},
    {"study", "[who|A new study] [cue|shows] [says|that the river is rising]."},
    {"colon_headline", "[who|Minister][cue|:] [says|border will open at noon]"},
    {"first_person", "[who|I] [cue|think] [says|the plan will fail]."},
    {"pronoun", "[who|They] [cue|said] [says|that they would not leave]."},
    {"long_source",
     "[who|A senior official at the ministry of health] [cue|said] [says|the clinics were full]."},
    {"name_and_title",
     "[who|Foreign Minister Anna Berg] [cue|said] [says|the embassy would remain open]."},
    {"apposition",
     "[who|Anna Berg, the foreign minister], [cue|said] [says|the embassy would remain open]."},
    {"conjoined_sources",
     "[who|The mayor and the bishop] [cue|said] [says|they would march together]."},
};
INSTANTIATE_TEST_SUITE_P(Other, AttributionSpansTest, testing::ValuesIn(kSpeechOther), speech_name);

/// Nobody says anything here.
const Speech kSpeechNone[] = {
    {"none_0", "The road is closed."},
    {"none_1", "A ship left the port at noon."},
    {"none_2", "Snow fell on the hills all night."},
    {"none_3", "The army crossed the river and took the bridge."},
    {"none_4", "Two soldiers were killed in the blast."},
    {"none_5", "He opened the door and left."},
};
INSTANTIATE_TEST_SUITE_P(None, AttributionSpansTest, testing::ValuesIn(kSpeechNone), speech_name);

}  // namespace
}  // namespace ceasewire
