/// Who tells what a sentence claims, in marked text: [SOURCE via OUTLET|sentence]; [author|…] is
/// the article's own voice.

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

}  // namespace
}  // namespace ceasewire
