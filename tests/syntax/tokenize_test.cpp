#include "syntax/tokenize.h"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace ceasewire::syntax {
namespace {

std::string cut(std::string_view text) {
    std::vector<Span> words;
    tokenize(text, {0, static_cast<std::uint32_t>(text.size())}, words);
    std::string joined;
    for (const Span word : words) {
        if (!joined.empty()) joined += '|';
        joined += slice(text, word);
    }
    return joined;
}

struct Case {
    const char* name;
    const char* text;
    const char* words;
};

class TokenizeTable : public testing::TestWithParam<Case> {};

TEST_P(TokenizeTable, CutsAsTheTreebankDoes) { EXPECT_EQ(cut(GetParam().text), GetParam().words); }

constexpr Case kCases[] = {
    {"plain", "Hamas accepted the truce.", "Hamas|accepted|the|truce|."},
    {"spaces", "  a \t b\n\nc ", "a|b|c"},
    {"wide_spaces", "a\u00A0b\u2003c", "a|b|c"},
    {"negation", "They don't, can't and won't.", "They|do|n't|,|ca|n't|and|wo|n't|."},
    {"negation_in_capitals", "WE DON'T KNOW", "WE|DO|N'T|KNOW"},
    {"curly_negation", "It isn’t over", "It|is|n’t|over"},
    {"cannot", "We cannot wait; you gonna?", "We|can|not|wait|;|you|gon|na|?"},
    {"no_apostrophe", "they dont know", "they|do|nt|know"},
    {"names_like_contractions", "Im Jong-un met Ive", "Im|Jong|-|un|met|Ive"},
    {"clitics", "I'm sure he'll say we've won", "I|'m|sure|he|'ll|say|we|'ve|won"},
    {"possessive", "Assad's and Egypt’s envoys", "Assad|'s|and|Egypt|’s|envoys"},
    {"plural_possessive", "the rebels' demands", "the|rebels|'|demands"},
    {"apostrophe_inside", "Sana'a and O'Brien", "Sana'a|and|O'Brien"},
    {"double_quotes", "\"Enough,\" he said.", "\"|Enough|,|\"|he|said|."},
    {"curly_quotes", "“Enough,” he said.", "“|Enough|,|”|he|said|."},
    {"single_quotes", "the 'deal' holds", "the|'|deal|'|holds"},
    {"quotes_of_two", "``Enough,'' he said", "``|Enough|,|''|he|said"},
    {"hyphens", "a UN-backed, two-week lull", "a|UN|-|backed|,|two|-|week|lull"},
    {"arabic_article", "Abdel Fattah al-Sisi", "Abdel|Fattah|al|-|Sisi"},
    {"prefixes", "anti-government non-combatants", "anti-government|non-combatants"},
    {"prefix_before_more", "post-cold-war", "post-cold|-|war"},
    {"dashes", "Gaza -- and Israel — said 3–4", "Gaza|--|and|Israel|—|said|3|–|4"},
    {"telephone", "call 555-0123 or 1-800-555-0123", "call|555-0123|or|1-800-555-0123"},
    {"range", "a 3-4 majority", "a|3|-|4|majority"},
    {"score_of_wings", "F-16s and T-72 tanks", "F|-|16s|and|T|-|72|tanks"},
    {"initials", "U.S. and U.N. envoys met George W. Bush",
     "U.S.|and|U.N.|envoys|met|George|W.|Bush"},
    {"initials_at_the_end", "He went to the U.S.", "He|went|to|the|U.S|."},
    {"hours", "at 3 p.m. Monday", "at|3|p.m.|Monday"},
    {"titles", "Gen. Hertzi Halevi met Mr. Blinken", "Gen.|Hertzi|Halevi|met|Mr.|Blinken"},
    {"no_as_number_and_as_no", "No. 2 said no.", "No.|2|said|no|."},
    {"abbreviation_at_the_end", "guns, tanks, etc.", "guns|,|tanks|,|etc|."},
    {"decimal", "3.5 million, 1,200 dead", "3.5|million|,|1,200|dead"},
    {"list_of_numbers", "In 2014, 2021 and 2023", "In|2014|,|2021|and|2023"},
    {"clock", "at 10:30 on 9/11", "at|10:30|on|9/11"},
    {"units", "5pm, 10km and 60th", "5|pm|,|10|km|and|60th"},
    {"decade", "in the 1990s and 1980's", "in|the|1990s|and|1980's"},
    {"year", "the summer of '06", "the|summer|of|'06"},
    {"money", "$50m, €20 and 40%", "$|50|m|,|€|20|and|40|%"},
    {"slash", "Israel/Palestine and/or w/o", "Israel|/|Palestine|and|/|or|w/o"},
    {"ampersand", "AT&T and R&D", "AT&T|and|R&D"},
    {"address", "See http://example.org/a-b?c=1, or (www.example.org).",
     "See|http://example.org/a-b?c=1|,|or|(|www.example.org|)|."},
    {"mail", "write to desk@example.org.", "write|to|desk@example.org|."},
    {"domain", "said example.com and Example.org", "said|example.com|and|Example.org"},
    {"missing_space", "It ended.Then it began.", "It|ended|.|Then|it|began|."},
    {"handle_and_topic", "@press_office on #Gaza", "@press_office|on|#Gaza"},
    {"runs", "Really?! Yes!!! Well... no", "Really|?!|Yes|!!!|Well|...|no"},
    {"brackets", "the deal (signed [in Doha])", "the|deal|(|signed|[|in|Doha|]|)"},
    {"face", "fine :-)", "fine|:-)"},
    {"dateline", "CAIRO (AP) — Egypt", "CAIRO|(|AP|)|—|Egypt"},
    {"speaker", "MR. MILLER: So, look", "MR.|MILLER|:|So|,|look"},
    {"accents", "Erdoğan’s envoy to Bogotá", "Erdoğan|’s|envoy|to|Bogotá"},
    {"arabic", "قال وزير.", "قال|وزير|."},
    {"only_marks", "... -- ?", "...|--|?"},
    {"empty", "", ""},
    {"only_space", " \n ", ""},
};

INSTANTIATE_TEST_SUITE_P(Cases, TokenizeTable, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Tokenize, ReadsOnlyItsSentence) {
    std::vector<Span> words;
    tokenize("One two. Three", {4, 8}, words);
    EXPECT_EQ(words, (std::vector<Span>{{4, 7}, {7, 8}}));
}

/// Words lie in order, hold no white space, and leave nothing else out.
void expect_complete(std::string_view text) {
    std::vector<Span> words;
    tokenize(text, {0, static_cast<std::uint32_t>(text.size())}, words);
    std::uint32_t at = 0;
    for (const Span word : words) {
        ASSERT_LT(word.begin, word.end);
        ASSERT_GE(word.begin, at);
        ASSERT_LE(word.end, text.size());
        EXPECT_EQ(text.substr(at, word.begin - at).find_first_not_of(" \n"), std::string_view::npos)
            << text;
        EXPECT_EQ(slice(text, word).find(' '), std::string_view::npos) << text;
        at = word.end;
    }
    EXPECT_EQ(text.substr(at).find_first_not_of(" \n"), std::string_view::npos) << text;
}

TEST(Tokenize, LosesNothingOfRandomText) {
    constexpr std::string_view kPieces[] = {
        "a",      "B", "n",    "t",   "s",      "1",  "0",   " ", " ", ".", ",",
        "'",      "’", "\"",   "-",   "--",     "/",  "@",   "#", "$", ":", ")",
        "(",      "&", "_",    "*",   "+",      "%",  "com", "é", "“", "—", "\u200B",
        "\u0301", "ق", "www.", "://", "cannot", "\n", "…",   "!", "?", "="};
    std::mt19937_64 random(7);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (std::size_t n = random() % 24; n > 0; --n)
            text += kPieces[random() % std::size(kPieces)];
        expect_complete(text);
    }
}

// Quadratic work on a megabyte would run into the test's time limit.
TEST(Tokenize, IsLinear) {
    for (const std::string_view piece :
         {"1-", "a-", "'",  "a.",  "a'", "@a", "a@",  "..", "a/", "1,", "0's",
          "'s", "&a", "+1", ".a.", "é",  "a_", "://", "w.", "—",  "-",  "1.a"}) {
        std::string text;
        while (text.size() < (1U << 20U)) text += piece;
        expect_complete(text);
    }
}

}  // namespace
}  // namespace ceasewire::syntax
