#include "show/explain.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "show/sample_record.h"

namespace ceasewire::show {
namespace {

std::string explained(SampleRecord& sample, TerminalStyle style = {78, false}) {
    std::string out;
    append_explanation(sample.record(), style, out);
    return out;
}

TEST(AppendExplanation, PutsEachClaimUnderItsSentence) {
    SampleRecord sample{std::string(kSampleTitle), std::string(kSampleBody)};
    fill(sample);
    EXPECT_EQ(explained(sample), R"(  2025-07-02 · Sample Wire · sample/harbour

│ [Reyes] turns truce down

    REJECT      Ana Reyes
    told by     the article itself
    stance      neutral
    status      actual
    confidence  0.50

│ [Two Arvian officials] said on Tuesday that the [Harbour Front] had accepted
│ a six-week truce, but only if [it] keeps the port, [Sample Wire] reported.

    ACCEPT      Harbour Front
    told by     Arvian officials
    through     Sample Wire
    terms       temporary ceasefire, peace talks
    quantities  six-week (6 week)
    when        Tuesday (2025-07-01)
    stance      for
    status      actual
    quote       indirect
    codes       CAMEO 0356 · PLOVER AGREE
    confidence  0.96
    why         claim: has=armed_group
                act: CAa=accept

    CONDITION   Harbour Front
    words       but only if it keeps the port
    target      Ana Reyes and Arvian officials
    told by     the article itself
    stance      conditional
    status      conditional
    confidence  0.50

  Foreign Minister [Ana Reyes] was travelling.

  Actors

  Harbour Front, armed group · ARV · harbour-front · Q1 · CAMEO ARVREB, PLOVER
      ARV REB · 0.90
    "Harbour Front" name actors.tsv:2
    "it" pronoun
  Ana Reyes, person · ARV, Foreign Minister of Arvia · ana-reyes · 0.90
    "Ana Reyes" name actors.tsv:7
    "Reyes" name: surname of an actor named before
  Arvian officials, role group · ARV · number 2 · CAMEO ARVGOV, PLOVER ARV GOV
      · 0.90
    "Two Arvian officials" role: group by its noun
  Sample Wire, media · sample-wire · 0.90
    "Sample Wire" name

)");
}

TEST(AppendExplanation, SaysTheSameInColourButForTheBrackets) {
    SampleRecord sample{std::string(kSampleTitle), std::string(kSampleBody)};
    fill(sample);
    std::string coloured = explained(sample, {100, true});
    EXPECT_THAT(coloured, testing::HasSubstr("\x1b[1mHarbour Front\x1b[0m"));
    EXPECT_THAT(coloured, testing::HasSubstr("\x1b[4msaid\x1b[0m"));
    EXPECT_THAT(coloured, testing::HasSubstr("\x1b[1;32mACCEPT"));
    for (std::size_t at = 0; (at = coloured.find('\x1b')) != std::string::npos;)
        coloured.erase(at, coloured.find('m', at) - at + 1);
    std::string plain = explained(sample, {100, false});
    std::erase_if(plain, [](char c) { return c == '[' || c == ']'; });
    const auto words = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
        for (std::size_t at = 0; (at = text.find("│")) != std::string::npos;) text.erase(at, 3);
        return text;
    };
    EXPECT_EQ(words(coloured), words(plain));
}

TEST(AppendExplanation, ShowsAnArticleWithoutClaims) {
    SampleRecord sample("Rain", "Rain fell.\n\nIt stopped.");
    EXPECT_EQ(explained(sample), R"(  2025-07-02 · Sample Wire · sample/harbour

  Rain

  Rain fell.

  It stopped.

  No claim about a ceasefire.

)");
}

TEST(AppendExplanation, PartsNeighbouringSentences) {
    SampleRecord sample("", "He agreed. She did not. Rain fell.");
    sample.claim("accept", "He agreed.");
    sample.claim("reject", "She did not.");
    const std::string text = explained(sample);
    EXPECT_LT(text.find("│ He agreed.\n\n    ACCEPT"), text.find("│ She did not.\n\n    REJECT"));
    EXPECT_THAT(text, testing::HasSubstr("\n\n  Rain fell.\n\n"));
}

TEST(AppendExplanation, CommandsNoTerminal) {
    SampleRecord sample("a\x1b[31mb", "He \x1b]0;x\x07said \u202Eno.");
    sample.actor("\x1b[1mHe", "person");
    sample.mention("He", "name", "\x1b[2J");
    sample.claim("reject", "He \x1b]0;x\x07said \u202Eno.").why = sample.strings({"\x1b[H"});
    const std::string text = explained(sample);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\x07'), std::string::npos);
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
}

TEST(AppendExplanation, TellsWhatWasOdd) {
    SampleRecord sample("", "Rain fell.");
    sample.article.warnings.push_back({Warning::published_at_unreadable, "published_at"});
    EXPECT_THAT(explained(sample),
                testing::HasSubstr("odd: published at unreadable (published_at)\n"));
}

}  // namespace
}  // namespace ceasewire::show
