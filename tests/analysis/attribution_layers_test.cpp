/// The attributions of hostile text: spans stay right, and twice the text is about twice the work.

#include <string>

#include <gtest/gtest.h>

#include "analysis/layers.h"
#include "spoken.h"
#include "text/utf8.h"

namespace ceasewire {
namespace {

std::string times(std::string_view what, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += what;
    return out;
}

struct Odd {
    const char* name;
    const char* once;
};

class OddLayersTest : public testing::TestWithParam<Odd> {};

bool at_border(std::string_view text, std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void check_layers(const test::Spoken& spoken) {
    const std::string_view text = spoken.document.text();
    const Layers& layers = spoken.layers;
    const auto whole = [&](Span span) {
        return span.begin < span.end && span.end <= text.size() && at_border(text, span.begin) &&
               at_border(text, span.end);
    };
    ASSERT_EQ(layers.first_word.size(), layers.sentences.size() + 1);
    for (std::size_t w = 0; w < layers.words.size(); ++w) {
        ASSERT_TRUE(whole(layers.words[w].span));
        ASSERT_TRUE(w == 0 || layers.words[w - 1].span.end <= layers.words[w].span.begin);
        ASSERT_LT(layers.words[w].head, static_cast<std::int32_t>(layers.words.size()));
    }
    for (const analysis::AttributionSpans& found : layers.attributions) {
        ASSERT_FALSE(found.cue.empty());
        ASSERT_FALSE(found.content.empty());
        for (const auto* list : {&found.source, &found.cue, &found.content}) {
            for (std::size_t i = 0; i < list->size(); ++i) {
                ASSERT_TRUE(whole((*list)[i]));
                ASSERT_TRUE(i == 0 || (*list)[i - 1].end <= (*list)[i].begin);
            }
        }
    }
}

/// What the scorers are asked about one text: words of all candidates, and their features.
std::size_t work(const test::Spoken& spoken) {
    const analysis::ParsedText parsed{spoken.document.text(), spoken.layers.sentences,
                                      spoken.layers.words, spoken.layers.first_word};
    const analysis::AttributionQuestions ask(parsed, test::shipped_lexicon().data());
    std::vector<analysis::SpanCandidate> candidates;
    std::size_t count = spoken.layers.words.size();
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(spoken.layers.words.size()); ++w) {
        if (!ask.may_be_cue(w)) continue;
        ask.contents(w, candidates);
        for (const auto& candidate : candidates) count += 1 + candidate.words.size();
        ask.sources(w, candidates);
        for (const auto& candidate : candidates) count += 1 + candidate.words.size();
    }
    for (const auto& found : spoken.layers.attributions)
        count += found.source.size() + found.cue.size() + found.content.size();
    return count;
}

TEST_P(OddLayersTest, KeepSpansRightInLinearWork) {
    test::Spoken spoken;
    for (const std::size_t count : {1U, 7U}) {
        test::read(times(GetParam().once, count), spoken);
        check_layers(spoken);
    }
    test::read(times(GetParam().once, 300), spoken);
    check_layers(spoken);
    const std::size_t once = work(spoken);
    test::read(times(GetParam().once, 600), spoken);
    check_layers(spoken);
    EXPECT_LE(work(spoken), once * 5 / 2);  // marks alone are no sentence: 0 and 0
}

const Odd kOdd[] = {
    {"no_full_stop", "the mayor said the bishop said that the road is closed "},
    {"said_and_said", "he said she said "},
    {"quotations_never_closed", "“the mayor said ‘the road "},
    {"quotations_straight", "\"the road\" "},
    {"one_quotation_of_many_speeches", "“Nobody knows. He said so. "},
    {"marks_only", "!?.,;:()-—…“”\"'"},
    {"colons", "mayor: road: "},
    {"quotation_marks_only", "\"\"\"\" "},
    {"paragraphs_that_open", "“The road is closed, he said.\n\n"},
    {"right_to_left", "قال محمود عباس إن الهدنة said “قائمة” "},
    {"zero_width", "ma\u200Byor s\u200Daid \u200B“x\u200By” "},
    {"not_composed", "Fe\u0301lix said “cafe\u0301s close” "},
    {"emoji", "😀said😀 “😀” "},
};
INSTANTIATE_TEST_SUITE_P(Texts, OddLayersTest, testing::ValuesIn(kOdd),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(OddLayers, TenThousandNestedQuotations) {
    test::Spoken spoken;
    test::read(times("“he said ", 10'000) + times("”", 10'000), spoken);
    check_layers(spoken);
}

TEST(OddLayers, AMegabyteWithoutAFullStop) {
    test::Spoken spoken;
    test::read(times("the mayor said that the bishop wanted the road to be closed ", 17'000),
               spoken);
    ASSERT_GT(spoken.document.text().size(), 1'000'000U);
    check_layers(spoken);
}

TEST(OddLayers, AMegabyteOfMarks) {
    test::Spoken spoken;
    test::read("The mayor said: " + times("\":\"", 340'000), spoken);
    check_layers(spoken);
}

TEST(OddLayers, NothingGivesNothing) {
    test::Spoken spoken;
    test::read("", spoken);
    EXPECT_TRUE(spoken.layers.sentences.empty());
    EXPECT_TRUE(spoken.layers.words.empty());
    EXPECT_TRUE(spoken.layers.attributions.empty());
}

TEST(OddLayers, WithoutAModelThereAreSentencesOnly) {
    Document document;
    document.assign("", "The mayor said the road is closed.");
    Layers layers;
    syntax::Workspace workspace;
    read_layers(document, test::shipped_lexicon(), {.syntax = true, .attributions = true}, nullptr,
                workspace, layers);
    EXPECT_EQ(layers.sentences.size(), 1U);
    EXPECT_TRUE(layers.words.empty());
    EXPECT_TRUE(layers.attributions.empty());
}

}  // namespace
}  // namespace ceasewire
