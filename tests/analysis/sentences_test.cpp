/// Where sentences end, in marked text: [s|One.] [s|Two.]

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/marked_text.h"

namespace ceasewire {
namespace {

struct Case {
    const char* name;
    const char* marked;
};

const Case kCases[] = {
    {"two", "[s|The truce held.] [s|Talks went on.]"},
    {"question_and_exclamation", "[s|Will it hold?] [s|It must!] [s|It did.]"},
    {"closing_quotation", "[s|“We want a truce.”] [s|He left.]"},
    {"closing_straight_quotation", "[s|\"We want a truce.\"] [s|He left.]"},
    {"stop_inside_quotation_before_its_verb", "[s|“Will it hold?” he asked.] [s|No one knew.]"},
    {"closing_bracket", "[s|It held (so far.)] [s|Talks went on.]"},
    {"initials", "[s|Gen. Mark A. Milley spoke.] [s|He left.]"},
    {"titles", "[s|Mr. Smith met Dr. Jones, Sen. Doe and Lt. Col. Roe.] [s|They agreed.]"},
    {"ranks", "[s|Spc. Roe, Pvt. Doe and Cpl. Poe left.]"},
    {"dotted_acronym_inside", "[s|The U.S. Army and the U.N. envoy met.]"},
    {"dotted_acronym_at_the_end", "[s|It was brokered by the U.S.] [s|The truce held.]"},
    {"acronym_before_a_name",
     "[s|It was backed by the U.S. Hamas disagreed.]"},  // undecidable without meaning: kept whole
    {"months", "[s|It began on Jan. 19 and ended on Feb. 3.] [s|Then it was renewed.]"},
    {"hours", "[s|It began at 8 a.m. local time.] [s|It held.]"},
    {"hours_at_the_end", "[s|It began at 8 a.m.] [s|The guns fell silent.]"},
    {"decimals", "[s|Some 3.5 million fled.] [s|Aid of $1.2 billion came.]"},
    {"numbered", "[s|Under article No. 5 it ends.] [s|No. 6 extends it.]"},
    {"a_plain_no", "[s|He said no.] [s|The talks went on.]"},
    {"company", "[s|Acme Inc. said so.] [s|It works with Acme Inc.] [s|The deal stands.]"},
    {"ellipsis", "[s|They waited...] [s|Then it came.]"},
    {"ellipsis_inside", "[s|They waited... and waited.]"},
    {"ellipsis_character", "[s|They waited…] [s|Then it came.]"},
    {"blank_missing", "[s|They left the stronghold.][s|The truce held.]"},
    {"web_address", "[s|Read it at www.example.com/a.b today.]"},
    {"paragraphs", "[s|A headline without a stop]\n\n[s|The truce held.]"},
    {"list", "[s|Terms:]\n[s|- Hostages go home]\n[s|- Troops withdraw]"},
    {"wrapped_line",
     "[s|The truce that was reached on Tuesday after weeks of talks in Cairo\nheld through the "
     "night.]"},
    {"carriage_returns", "[s|The truce held.]\r\n\r\n[s|Talks went on.]"},
    {"lower_case_after_a_stop", "[s|It was signed by mr. smith and others.]"},
    {"digit_begins", "[s|It held.] [s|12 people died.]"},
    {"arabic_marks", "[s|The word هدنة means truce.] [s|It held.]"},
    {"no_break_space", "[s|It held.]\u00A0[s|Talks went on.]"},
    {"two_marks", "[s|What?!] [s|It held.]"},
    {"bullet", "[s|It held.]\n[s|• Talks went on]"},
};

class SentencesTest : public testing::TestWithParam<Case> {};
TEST_P(SentencesTest, EndWhereTheyDo) {
    test::Analyzed analyzed;
    test::analyze(test::strip(GetParam().marked), {.claims = false}, analyzed);
    EXPECT_EQ(test::render(test::shown(analyzed), test::sentence_marks(analyzed)),
              GetParam().marked);
}
INSTANTIATE_TEST_SUITE_P(Texts, SentencesTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

/// Every token belongs to one sentence, in order, and no sentence is longer than what later passes
/// bear.
void check(const std::string& body) {
    Document document;
    document.assign("A title", body);
    std::vector<Sentence> sentences;
    text::split_sentences(document.text(), document.title(), document.tokens(), sentences);
    text::split_sentences(document.text(), document.body(), document.tokens(), sentences);
    std::uint32_t token = 0;
    std::uint32_t end = 0;
    for (const Sentence& sentence : sentences) {
        ASSERT_EQ(sentence.token_begin, token);
        ASSERT_LT(sentence.token_begin, sentence.token_end);
        ASSERT_LE(sentence.token_end - sentence.token_begin, kSentenceTokensMax);
        ASSERT_LE(end, sentence.span.begin);
        ASSERT_LE(sentence.span.begin, document.tokens()[sentence.token_begin].begin);
        ASSERT_GE(sentence.span.end, document.tokens()[sentence.token_end - 1].end);
        for (std::uint32_t t = sentence.token_begin + 1; t < sentence.token_end; ++t)
            ASSERT_LE(document.tokens()[t].begin - document.tokens()[t - 1].end, kSentenceGapMax);
        token = sentence.token_end;
        end = sentence.span.end;
    }
    ASSERT_EQ(token, document.tokens().size());
}

std::string repeated(std::string_view what, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += what;
    return out;
}

TEST(Sentences, HoldEveryTokenOnce) {
    for (const Case& one : kCases) check(test::strip(one.marked));
    check("");
    check("...!?...");
    check(repeated("word ", 10'000));
    check(repeated("one, two ", 10'000));
    check(repeated("a.", 10'000));
    check("a" + std::string(5'000, '!') + "b, c" + std::string(5'000, ' ') + "d");
    check(std::string(5'000, '"') + "a b" + std::string(5'000, '"'));
    check(repeated("\n\n", 1'000) + "a" + repeated("\r\n", 1'000) + "b");
}

TEST(Sentences, AreDividedAtACommaWhenTheyAreTooLong) {
    std::string text = repeated("word ", 199) + "word, " + repeated("more ", 300);
    Document document;
    document.assign("", text);
    std::vector<Sentence> sentences;
    text::split_sentences(document.text(), document.body(), document.tokens(), sentences);
    ASSERT_EQ(sentences.size(), 3U);
    EXPECT_EQ(sentences[0].token_end, 200U);
    EXPECT_EQ(sentences[1].token_end - sentences[1].token_begin, kSentenceTokensMax);
    EXPECT_EQ(document[sentences[1].span].substr(0, 4), "more");
}

}  // namespace
}  // namespace ceasewire
