/// Text that no newsroom sends: offsets stay right, nothing breaks, and twice the text takes about
/// twice the work.

#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "analysis/hostile_texts.h"
#include "analysis/marked_text.h"
#include "text/utf8.h"
#ifdef CEASEWIRE_COUNT_WORK
#include "work.h"
#endif

namespace ceasewire {
namespace {

std::string repeated(std::string_view what, std::size_t count) {
    std::string out;
    out.reserve(what.size() * count);
    for (std::size_t i = 0; i < count; ++i) out += what;
    return out;
}

bool on_border(std::string_view text, std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void check(const test::Analyzed& analyzed) {
    const std::string_view text = analyzed.document.text();
    const Analysis& analysis = analyzed.analysis;
    const auto whole = [&](Span span) {
        return span.begin < span.end && span.end <= text.size() && on_border(text, span.begin) &&
               on_border(text, span.end);
    };
    for (const Sentence& sentence : analysis.sentences) ASSERT_TRUE(whole(sentence.span));
    for (std::size_t i = 0; i < analysis.mentions.size(); ++i) {
        const Mention& mention = analysis.mentions[i];
        ASSERT_TRUE(whole(mention.span));
        ASSERT_LT(mention.actor, analysis.actors.size());
        ASSERT_EQ(mention.span.begin, analyzed.document.tokens()[mention.token_begin].begin);
        ASSERT_EQ(mention.span.end, analyzed.document.tokens()[mention.token_end - 1].end);
        ASSERT_TRUE(i == 0 || analysis.mentions[i - 1].span <= mention.span);
    }
    const auto in_one_field = [&](Span span) {
        const Span body = analyzed.document.body();
        return span.end <= analyzed.document.title().end ||
               (span.begin >= body.begin && span.end <= body.end);
    };
    for (std::size_t i = 0; i < analysis.claims.size(); ++i) {
        const Claim& claim = analysis.claims[i];
        ASSERT_TRUE(whole(claim.span));
        ASSERT_TRUE(in_one_field(claim.span));
        ASSERT_TRUE(!claim.cue || whole(*claim.cue));
        ASSERT_LT(claim.sentence.value(), analysis.sentences.size());
        const Span sentence = analysis.sentences[claim.sentence.value()].span;
        ASSERT_TRUE(sentence.begin <= claim.span.begin && claim.span.end <= sentence.end);
        for (const Quantity& quantity : claim.quantities) ASSERT_TRUE(whole(quantity.span));
        for (const TimeExpression& when : claim.when) ASSERT_TRUE(whole(when.span));
        for (const auto* list : {&claim.actors, &claim.sources, &claim.via, &claim.targets}) {
            const std::set<std::uint32_t> once(list->begin(), list->end());
            ASSERT_EQ(once.size(), list->size()) << "one actor twice in a field";
        }
        for (const std::uint32_t link : claim.via) {
            ASSERT_FALSE(claim.sources.empty()) << "handed on by somebody, told by nobody";
            ASSERT_NE(link, claim.sources.front()) << "the source hands on what it says itself";
        }
        // One claim a proposition: no two of a sentence say the same of the same words.
        for (std::size_t k = 0; k < i; ++k) {
            const Claim& other = analysis.claims[k];
            ASSERT_FALSE(other.sentence == claim.sentence && other.act == claim.act &&
                         other.actors == claim.actors && other.sources == claim.sources &&
                         (other.span == claim.span || other.targets == claim.targets));
        }
        for (const auto* list : {&claim.actors, &claim.sources, &claim.via, &claim.targets}) {
            for (const std::uint32_t actor : *list) ASSERT_LT(actor, analysis.actors.size());
        }
    }
}

using test::Hostile;
using test::kHostile;
using test::made;

class HostileTest : public testing::TestWithParam<Hostile> {};

TEST_P(HostileTest, KeepsOffsetsRight) {
    test::Analyzed analyzed;
    for (const std::size_t count : {1U, 2U, 50U, 1'000U}) {
        test::analyze(made(GetParam(), count), {}, analyzed);
        check(analyzed);
    }
}

#ifdef CEASEWIRE_COUNT_WORK
/// Four times the text takes about four times the work: some sorting is allowed for, sixteen times
/// would be quadratic. A text so long that it is clear by then whether it has claims, for those are
/// work too. Counted in the build for it, so that no machine's load can matter.
TEST_P(HostileTest, TakesWorkInProportion) {
    test::Analyzed analyzed;
    const auto work = [&](std::size_t count) {
        const std::string text = made(GetParam(), count);
        const std::uint64_t before = work_done();
        test::analyze(text, {}, analyzed);
        return work_done() - before;
    };
    const std::uint64_t small = work(1'000);
    EXPECT_GT(small, 1'000U);
    EXPECT_LT(work(4'000), small * 6);
}
#endif

INSTANTIATE_TEST_SUITE_P(Texts, HostileTest, testing::ValuesIn(kHostile),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Hostile, AMegabyteWithoutAFullStop) {
    test::Analyzed analyzed;
    const std::string text =
        "The ceasefire " + repeated("that Hamas and Israel want and mediators seek ", 23'000);
    ASSERT_GT(text.size(), 1'000'000U);
    test::analyze(text, {}, analyzed);
    check(analyzed);
}

TEST(Hostile, TenThousandQuotationsInEachOther) {
    test::Analyzed analyzed;
    for (const char* mark : {"“", "\"", "‘", "'"}) {
        std::string text;
        for (int i = 0; i < 10'000; ++i) text += std::string(mark) + "Hamas said ";
        text += "it accepted the ceasefire.";
        for (int i = 0; i < 10'000; ++i) text += mark == std::string("“") ? "”" : mark;
        test::analyze(text, {}, analyzed);
        check(analyzed);
    }
}

TEST(Hostile, OnlyPunctuation) {
    test::Analyzed analyzed;
    for (const char* mark : {".", "!?", "—", "\"", "“”", "...", "\n\n.", "،", "؟ "}) {
        test::analyze(repeated(mark, 100'000), {}, analyzed);
        check(analyzed);
        EXPECT_TRUE(analyzed.analysis.claims.empty());
    }
}

/// Pieces of everything above in an order by chance: borders between them break what each alone
/// does not.
TEST(Hostile, PiecesInAnyOrder) {
    std::mt19937 random(20240611);
    test::Analyzed analyzed;
    for (int round = 0; round < 300; ++round) {
        std::string text = "Hamas said the ceasefire ";
        const std::size_t pieces = random() % 40;
        for (std::size_t i = 0; i < pieces; ++i) {
            const Hostile& hostile = kHostile[random() % std::size(kHostile)];
            text += made({hostile.name, hostile.once}, 1).substr(14);
            if (random() % 4 == 0) text += ". ";
        }
        const std::string title = random() % 2 == 0 ? "" : "Truce \u202Bholds\u202C, says “Hamas";
        test::analyze(text, {.title = title}, analyzed);
        check(analyzed);
        if (testing::Test::HasFatalFailure()) FAIL() << text;
    }
}

/// The end of a line ends a sentence, and a quotation's begin does, and a name may go on after
/// both.
TEST(Hostile, ANameAcrossTheEndOfASentence) {
    test::Analyzed analyzed;
    for (const char* text : {"B. A. F. al-Amin met U.S. U.'S. envoy. The truce, No",
                             "The truce must hold, said Antony\nBlinken.",
                             "The ceasefire was welcomed by the United\nNations."}) {
        test::analyze(text, {}, analyzed);
        check(analyzed);
        EXPECT_FALSE(analyzed.analysis.mentions.empty()) << text;
    }
}

/// To the parser a run of signs may head a clause, though it has no word: at the beginning of the
/// text as of a sentence.
TEST(Hostile, SignsThatHeadAClause) {
    test::Analyzed analyzed;
    for (const std::size_t signs : {3U, 30U, 70U}) {
        const std::string run = repeated("(", signs) + "#" + repeated("(", signs);
        for (const std::string_view opening : {"", "\u201C"}) {
            const std::string text = run + std::string(opening) + "AMAS REJECTS TRUCES REJ SAYS";
            test::analyze("UN CHIE~OULD VETO. MR. MILLER: No.", {.title = text}, analyzed);
            check(analyzed);
            test::analyze(text + ". The truce holds. " + text + ".", {}, analyzed);
            check(analyzed);
        }
    }
}

TEST(Hostile, AWordOfAMegabyte) {
    test::Analyzed analyzed;
    test::analyze("The truce of Amir " + std::string(1'000'000, 'H') +
                      " said Hamas rejected it. Amir Hassan spoke.",
                  {}, analyzed);
    check(analyzed);
}

TEST(Hostile, NumbersOfManyDigitsAreNoQuantities) {
    for (const std::size_t digits : {15U, 16U, 20U, 400U}) {
        test::Analyzed analyzed;
        test::analyze("Hamas said the ceasefire would last " + std::string(digits, '9') + " days.",
                      {}, analyzed);
        ASSERT_FALSE(analyzed.analysis.claims.empty());
        // Larger integers than 2^53 are not read alike by all who read JSON (RFC 8259, 6), and by
        // some not at all.
        EXPECT_EQ(analyzed.analysis.claims[0].quantities.size(), digits == 15 ? 1U : 0U) << digits;
    }
}

TEST(Hostile, AUsedAnalysisAnswersLikeANewOne) {
    test::Analyzed used;
    for (const Hostile& hostile : kHostile) {
        test::analyze(made(hostile, 20), {}, used);
        test::Analyzed fresh;
        test::analyze(made(hostile, 20), {}, fresh);
        EXPECT_EQ(test::render(test::shown(used), test::actor_marks(used)),
                  test::render(test::shown(fresh), test::actor_marks(fresh)));
        EXPECT_EQ(test::render(test::shown(used), test::teller_marks(used)),
                  test::render(test::shown(fresh), test::teller_marks(fresh)));
        EXPECT_EQ(used.analysis.claims.size(), fresh.analysis.claims.size());
    }
}

}  // namespace
}  // namespace ceasewire
