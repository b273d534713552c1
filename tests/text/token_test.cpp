#include "text/token.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace ceasewire::text {
namespace {

std::vector<Token> tokens_of(std::string_view text) {
    std::string padded(text);
    padded.append(kTokenizePadding, '\0');
    std::vector<Token> tokens;
    std::string scratch;
    tokenize({padded.data(), text.size()}, tokens, scratch);
    return tokens;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (const Token& token : tokens_of(text)) words.emplace_back(slice(text, token.span()));
    return words;
}

TEST(Tokenize, DividesAtAnythingThatIsNoLetterMarkOrDigit) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(words_of(""), Words{});
    EXPECT_EQ(words_of("  ,;"), Words{});
    EXPECT_EQ(words_of("The U.S. said"), (Words{"The", "U", "S", "said"}));
    EXPECT_EQ(words_of("El-Sisi’s cease-fire"), (Words{"El", "Sisi", "s", "cease", "fire"}));
    EXPECT_EQ(words_of("Erdoğan “met” Raïsi—twice"), (Words{"Erdoğan", "met", "Raïsi", "twice"}));
    EXPECT_EQ(words_of("M23, 60-day"), (Words{"M23", "60", "day"}));
    EXPECT_EQ(words_of("a_b"), (Words{"a", "b"}));
}

TEST(Tokenize, FoldsCaseAccentsAndInvisibleCharacters) {
    const auto hash = [](std::string_view word) { return tokens_of(word).at(0).hash; };
    EXPECT_EQ(hash("HAMAS"), hash("hamas"));
    EXPECT_EQ(hash("Erdoğan"), hash("erdogan"));
    EXPECT_EQ(hash("Çavuşoğlu"), hash("cavusoglu"));
    EXPECT_EQ(hash("e\u0301lan"), hash("élan"));
    EXPECT_EQ(hash("Ha\u00ADmas"), hash("hamas"));
    EXPECT_EQ(hash("İstanbul"), hash("istanbul"));
    EXPECT_EQ(hash("ЗЕЛЕНСЬКИЙ"), hash("зеленський"));
    EXPECT_EQ(hash("Internationalisation17"), hash("internationalisation17"));
    EXPECT_NE(hash("hamas"), hash("hama"));
    EXPECT_NE(hash("aaaaaaaaaaaaaaaa"), hash("aaaaaaaaaaaaaaaaa"));
}

TEST(Tokenize, AgreesWithItsSlowTwinOnRandomText) {
    const std::vector<std::string> pieces = {"a",  "Z", "9",          " ",      "-",  ".",
                                             "’",  "é", "\u0301",     "\u00AD", "漢", "😀",
                                             "\n", "_", "longerword", "”",      "ğ",  "ß"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        const auto size = random() % 90;
        for (unsigned i = 0; i < size; ++i) text += pieces[random() % pieces.size()];
        std::vector<Token> simple;
        tokenize_simply(text, simple);
        const auto fast = tokens_of(text);
        ASSERT_EQ(fast.size(), simple.size()) << text;
        for (std::size_t i = 0; i < fast.size(); ++i) {
            ASSERT_EQ(fast[i].span(), simple[i].span()) << text;
            ASSERT_EQ(fast[i].hash, simple[i].hash) << text;
        }
    }
}

}  // namespace
}  // namespace ceasewire::text
