#include "analysis/features.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ceasewire::analysis {
namespace {

std::vector<std::string> names_of(const FeatureVector& features) {
    std::vector<std::string> names;
    for (const Feature& feature : features)
        names.push_back(feature.name() + " " + std::to_string(feature.value));
    std::sort(names.begin(), names.end());
    return names;
}

TEST(FeatureVector, NamesAreKindsAndValues) {
    FeatureVector features;
    const std::string the = "the";
    features.add("bias");
    features.add("word", "truce");
    features.add("words", the, Hashed("truce"));
    std::vector<std::string> names;
    for (const Feature& feature : features) {
        names.push_back(feature.name());
        EXPECT_EQ(feature.id, feature_id(feature.name()));
    }
    EXPECT_EQ(names, (std::vector<std::string>{"bias", "word=truce", "words=the|truce"}));
}

// More of them than a text of news has are told apart another way.
TEST(FeatureVector, SettledHasEachOnceWithItsLargestValue) {
    for (const std::size_t size : {3U, 100U, 2'000U, 5'000U}) {
        std::vector<std::string> words;
        for (std::size_t i = 0; i < size; ++i) words.push_back("w" + std::to_string(i));
        FeatureVector once;
        FeatureVector twice;
        for (const std::string& word : words) once.add("word", word);
        once.add("length", 3);
        for (int round = 0; round < 2; ++round) {
            for (const std::string& word : words) twice.add("word", word);
            twice.add("length", round == 0 ? 3 : 2);
        }
        const auto expected = names_of(once);
        once.settle();
        twice.settle();
        EXPECT_EQ(names_of(once), expected) << size;
        EXPECT_EQ(names_of(twice), expected) << size;
    }
}

TEST(FeatureVector, EmptyStaysEmpty) {
    FeatureVector features;
    features.settle();
    EXPECT_TRUE(features.empty());
    features.add("bias");
    features.clear();
    features.settle();
    EXPECT_TRUE(features.empty());
}

}  // namespace
}  // namespace ceasewire::analysis
