/// Text that no newsroom sends: offsets stay right, nothing breaks, and twice the text takes about
/// twice the time.

#include <ctime>
#include <string>

#include <gtest/gtest.h>

#include "analysis/marked_text.h"
#include "text/utf8.h"

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
    for (const Claim& claim : analysis.claims) {
        ASSERT_TRUE(whole(claim.span));
        ASSERT_TRUE(!claim.cue || whole(*claim.cue));
        for (const auto* list : {&claim.actors, &claim.sources, &claim.via, &claim.targets}) {
            for (const std::uint32_t actor : *list) ASSERT_LT(actor, analysis.actors.size());
        }
    }
}

struct Hostile {
    const char* name;
    std::string once;  ///< "%" becomes a number in letters, so that names differ
};

std::string in_letters(std::size_t number) {
    std::string out;
    for (; number > 0 || out.empty(); number /= 26) out += static_cast<char>('a' + number % 26);
    return out;
}

std::string made(const Hostile& hostile, std::size_t count) {
    std::string out = "The ceasefire ";
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = hostile.once.find('%');
        out += hostile.once.substr(0, at);
        if (at != std::string::npos) (out += in_letters(i)) += hostile.once.substr(at + 1);
    }
    return out;
}

const Hostile kHostile[] = {
    {"no_full_stop", "the truce and the war and many words of it "},
    {"no_full_stop_and_speech", "he said the group said that Hamas said the truce "},
    {"commas", "Hamas said, the truce, "},
    {"quotes", "\"the truce\" "},
    {"quotes_curly_nested", "“Hamas said ‘the truce "},
    {"quotes_without_words", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""},
    {"marks_only", "!?.,;:()-—…"},
    {"stops", "truce. "},
    {"initials", "A. B. C. "},
    {"presidents", "the president said the ceasefire "},
    {"president_of_many",
     "President Amir Hassan% said it. The prime minister rejected the truce. "},
    {"officials", "the official said the truce "},
    {"spokesmen", "A spokesman for Hamas said so. The spokesman rejected a truce. "},
    {"groups", "The group rejected the ceasefire. "},
    {"names_that_differ", "Amir Hassan% said so. "},
    {"names_and_near_names", "Amir Hassan% said so and Hassamn% left. "},
    {"acronyms_in_brackets", "Hamas (HAMS) said so. HAMS left. "},
    {"states", "Israel, Egypt and Qatar rejected the truce with Iran. "},
    {"modifiers", "senior "},
    {"modified", "senior Israeli Egyptian officials of Hamas "},
    {"empty_lines", "truce\n\n"},
    {"furniture", "See also: truce\n\n"},
    {"dates", "On Monday, May 31, 2024, five days of truce began. "},
    {"digits", "1,000,000"},
    {"zero_width", "tru\u200Bce\u200D \u200B"},
    {"not_composed", "Fe\u0301lix Tshisekedi said the truce "},
    {"right_to_left", "قال محمود عباس إن الهدنة truce "},
    {"no_blanks", "truce"},
    {"emoji", "😀truce😀 "},
    {"he_said", "He said the truce held. "},
    {"sided", "Hamas rejected the truce, while Israel accepted the deal, and Egypt urged calm; "},
};

class HostileTest : public testing::TestWithParam<Hostile> {};

TEST_P(HostileTest, KeepsOffsetsRight) {
    test::Analyzed analyzed;
    for (const std::size_t count : {1U, 2U, 50U, 1'000U}) {
        test::analyze(made(GetParam(), count), {}, analyzed);
        check(analyzed);
    }
}

/// Four times the text may take eight times the time (the machine is shared), sixteen times would
/// be quadratic. Times are of the processor, the least of three, and texts large enough to be seen.
TEST_P(HostileTest, TakesLinearTime) {
    test::Analyzed analyzed;
    const auto time = [&](std::size_t count) {
        const std::string text = made(GetParam(), count);
        double least = 1e9;
        for (int round = 0; round < 3; ++round) {
            const std::clock_t begin = std::clock();
            test::analyze(text, {}, analyzed);
            least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        }
        return least;
    };
    // Starts where one run takes some milliseconds, whatever the build.
    std::size_t count = 500;
    while (count < 16'000 && time(count) < 0.004) count *= 2;
    const double small = std::max(time(count), 0.001);
    const double large = time(4 * count);
    EXPECT_LT(large, small * 9) << small << " s for " << count << ", " << large
                                << " s for four times that";
}

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

TEST(Hostile, AWordOfAMegabyte) {
    test::Analyzed analyzed;
    test::analyze("The truce of Amir " + std::string(1'000'000, 'H') +
                      " said Hamas rejected it. Amir Hassan spoke.",
                  {}, analyzed);
    check(analyzed);
}

TEST(Hostile, NumbersOfManyDigitsAreNoQuantities) {
    test::Analyzed analyzed;
    test::analyze("Hamas said the ceasefire would last " + std::string(400, '9') + " days.", {},
                  analyzed);
    for (const Claim& claim : analyzed.analysis.claims) {
        for (const Quantity& quantity : claim.quantities) EXPECT_LT(quantity.value, 1e300);
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
