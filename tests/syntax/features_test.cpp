#include "syntax/features.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/tokenize.h"

namespace ceasewire::syntax {
namespace {

std::vector<WordFeatures> describe(std::string_view text) {
    std::vector<Span> words;
    tokenize(text, {0, static_cast<std::uint32_t>(text.size())}, words);
    std::vector<WordFeatures> features;
    describe_words(text, words, features);
    return features;
}

TEST(Features, FormsThatReadAlikeAreOne) {
    EXPECT_EQ(word_hash("Truce"), word_hash("TRUCE"));
    EXPECT_EQ(word_hash("1,234"), word_hash("5,678"));
    EXPECT_EQ(word_hash("n’t"), word_hash("n't"));
    EXPECT_EQ(word_hash("“"), word_hash("\""));
    EXPECT_EQ(word_hash("''"), word_hash("\""));
    EXPECT_EQ(word_hash("—"), word_hash("--"));
    EXPECT_EQ(word_hash("…"), word_hash("..."));
    EXPECT_EQ(word_hash("ÉLYSÉE"), word_hash("élysée"));
    EXPECT_NE(word_hash("truce"), word_hash("truces"));
}

TEST(Features, AffixesAreToldApart) {
    const auto features = describe("sas as");
    EXPECT_EQ(features[0].affixes[1], features[1].affixes[1]);  // both end in "as"
    EXPECT_NE(features[0].affixes[0], features[0].affixes[4]);  // a last s is not a first s
    EXPECT_EQ(features[1].affixes[2], 0U);                      // "as" has no three last letters
}

TEST(Features, LongFormsKeepBothEnds) {
    const std::string middle(200, 'x');
    EXPECT_EQ(word_hash("a" + middle + "b"), word_hash("a" + middle + "xb"));
    EXPECT_NE(word_hash("a" + middle + "b"), word_hash("a" + middle + "c"));
}

TEST(Features, ShapeKnowsTheKindOfSentence) {
    const auto prose = describe("The NATO chief flew to Doha");
    const auto shouted = describe("THE NATO CHIEF FLEW TO DOHA");
    EXPECT_NE(prose[1].shape, shouted[1].shape);
    EXPECT_EQ(prose[1].word, shouted[1].word);
    EXPECT_EQ(shouted[1].shape, shouted[3].shape);
}

TEST(Features, ACapitalAfterAQuoteIsNoName) {
    const auto features = describe("He said: \"Leave\" and Leave");
    EXPECT_NE(features[4].shape, features[7].shape);
}

TEST(Features, GlueSaysWhatTouches) {
    const auto features = describe("\"So\" he");
    EXPECT_EQ(features[0].glue, 2);
    EXPECT_EQ(features[1].glue, 3);
    EXPECT_EQ(features[2].glue, 1);
    EXPECT_EQ(features[3].glue, 0);
}

TEST(Features, ShapesAndGlueStayInTheirTables) {
    for (const auto& features :
         {describe("A b C. 12 ab1 Ab-C !"), describe("ALL CAPS HERE NOW 1 a"),
          describe("Title Words Every Time Here")}) {
        for (const WordFeatures& word : features) {
            EXPECT_LT(word.shape, kShapeCount);
            EXPECT_LT(word.glue, kGlueCount);
        }
    }
}

}  // namespace
}  // namespace ceasewire::syntax
