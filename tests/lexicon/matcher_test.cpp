#include "lexicon/matcher.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace ceasewire {
namespace {

struct Phrase {
    std::string words;
    std::uint8_t layers = 1;
    bool telling = false;
};

struct Hit {
    std::uint32_t token, tokens, layer;
    friend bool operator==(const Hit&, const Hit&) = default;
};

std::ostream& operator<<(std::ostream& out, const Hit& hit) {
    return out << hit.token << "+" << hit.tokens << "/" << hit.layer;
}

std::vector<text::Token> tokens_of(std::string_view text) {
    std::vector<text::Token> tokens;
    text::tokenize_simply(text, tokens);
    return tokens;
}

std::string folded(std::string_view word) {
    std::string out;
    text::append_folded(word, out);
    return out;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (const text::Token& token : tokens_of(text))
        words.push_back(folded(slice(text, token.span())));
    return words;
}

PhraseTable table_of(const std::vector<Phrase>& phrases) {
    PhraseTable table;
    for (const Phrase& phrase : phrases) {
        std::vector<std::uint64_t> hashes;
        for (const text::Token& token : tokens_of(phrase.words)) hashes.push_back(token.hash);
        table.add(hashes, phrase.layers, phrase.telling);
    }
    table.finish();
    return table;
}

bool any(PhraseId /*phrase*/, std::uint32_t /*token*/, std::uint8_t /*layer*/) { return true; }

std::vector<Hit> fast(const std::vector<Phrase>& phrases, std::string_view text) {
    const PhraseTable table = table_of(phrases);
    std::vector<PhraseMatch> matches;
    const auto tokens = tokens_of(text);
    table.find(text, tokens, any, matches);
    std::vector<Hit> hits;
    for (const PhraseMatch& match : matches)
        hits.push_back({match.token, match.tokens, match.layer});
    return hits;
}

/// The slow twin: in each layer, from left to right, the longest phrase that the words spell,
/// compared as words and not as hashes.
std::vector<Hit> slow(const std::vector<Phrase>& phrases, std::string_view text) {
    const auto tokens = tokens_of(text);
    const auto words = words_of(text);
    std::vector<Hit> hits;
    for (std::uint32_t layer = 0; layer < 8; ++layer) {
        for (std::uint32_t at = 0; at < words.size();) {
            std::uint32_t longest = 0;
            for (const Phrase& phrase : phrases) {
                if ((phrase.layers >> layer & 1) == 0) continue;
                const auto wanted = words_of(phrase.words);
                if (at + wanted.size() > words.size() ||
                    !std::equal(wanted.begin(), wanted.end(), words.begin() + at))
                    continue;
                bool joined = true;
                for (std::size_t k = 1; k < wanted.size(); ++k)
                    joined = joined && phrase_gap(text, tokens[at + k - 1], tokens[at + k]);
                if (joined) longest = std::max(longest, static_cast<std::uint32_t>(wanted.size()));
            }
            if (longest > 0) hits.push_back({at, longest, layer});
            at += std::max(longest, 1U);
        }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return std::pair(a.token, a.layer) < std::pair(b.token, b.layer);
    });
    return hits;
}

struct Case {
    const char* name;
    std::vector<Phrase> phrases;
    const char* text;
    std::vector<Hit> hits;
};

const std::vector<Case> kCases = {
    {"one_word", {{"hamas"}}, "Hamas said", {{0, 1, 0}}},
    {"whole_words_only", {{"ham"}, {"mas"}}, "Hamas said", {}},
    {"longest_wins",
     {{"united"}, {"united nations"}, {"united nations security council"}},
     "the United Nations Security Council",
     {{1, 4, 0}}},
    {"second_longest_when_the_longest_breaks",
     {{"united"}, {"united nations"}, {"united nations security council"}},
     "United Nations Security Force",
     {{0, 2, 0}}},
    {"leftmost_before_longest", {{"a b"}, {"b c d"}}, "a b c d", {{0, 2, 0}}},
    {"none_overlap", {{"a a"}}, "a a a a a", {{0, 2, 0}, {2, 2, 0}}},
    {"case", {{"White House"}}, "the WHITE house", {{1, 2, 0}}},
    {"accents", {{"Erdogan"}, {"Médecins"}}, "Erdoğan and Medecins", {{0, 1, 0}, {2, 1, 0}}},
    {"composed_and_not", {{"élan"}}, "e\u0301lan", {{0, 1, 0}}},
    {"soft_hyphen_inside", {{"ceasefire"}}, "cease\u00ADfire", {{0, 1, 0}}},
    {"possessive", {{"israel"}}, "Israel's and Israel’s", {{0, 1, 0}, {3, 1, 0}}},
    {"hyphen_or_blank",
     {{"cease-fire"}},
     "cease fire, cease-fire, cease\u2011fire",
     {{0, 2, 0}, {2, 2, 0}, {4, 2, 0}}},
    {"apostrophes",
     {{"sana'a"}},
     "Sana’a Sana'a Sana‘a Sana a",
     {{0, 2, 0}, {2, 2, 0}, {4, 2, 0}, {6, 2, 0}}},
    {"stops_in_an_acronym",
     {{"u s"}},
     "the U.S. and U. S. and U S",
     {{1, 2, 0}, {4, 2, 0}, {7, 2, 0}}},
    {"no_stop_after_a_long_word", {{"said hamas"}}, "he said. Hamas", {}},
    {"no_comma_inside", {{"a b"}}, "a, b", {}},
    {"no_paragraph_inside", {{"a b"}}, "a\n\nb", {}},
    {"a_line_end_inside", {{"a b"}}, "a\nb a\r\nb a \n b", {{0, 2, 0}, {2, 2, 0}, {4, 2, 0}}},
    {"a_no_break_space_inside", {{"a b"}}, "a\u00A0b", {{0, 2, 0}}},
    {"wide_gap", {{"a b"}}, "a         b", {}},
    {"ampersand", {{"at t"}}, "AT&T", {{0, 2, 0}}},
    {"layers_do_not_hide_each_other",
     {{"a b", 1}, {"a", 2}, {"b", 2}, {"b c", 4}},
     "a b c",
     {{0, 2, 0}, {0, 1, 1}, {1, 1, 1}, {1, 2, 2}}},
    {"one_phrase_in_two_layers", {{"a b", 3}}, "a b", {{0, 2, 0}, {0, 2, 1}}},
    {"layers_in_order_at_one_token", {{"a b", 4}, {"a", 1}}, "a b", {{0, 1, 0}, {0, 2, 2}}},
    {"at_the_very_end", {{"a b"}}, "x a b", {{1, 2, 0}}},
    {"cut_at_the_end", {{"a b c"}}, "a b", {}},
    {"nothing", {{"a"}}, "", {}},
    {"long_words",
     {{"internationalisierungsbestrebungen zwei"}},
     "Internationalisierungsbestrebungen zwei",
     {{0, 2, 0}}},
};

class MatcherTest : public testing::TestWithParam<Case> {};
TEST_P(MatcherTest, Finds) {
    EXPECT_EQ(slow(GetParam().phrases, GetParam().text), GetParam().hits) << "the twin itself";
    EXPECT_EQ(fast(GetParam().phrases, GetParam().text), GetParam().hits);
}
INSTANTIATE_TEST_SUITE_P(Phrases, MatcherTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Matcher, AgreesWithItsSlowTwinOnRandomTexts) {
    const std::vector<std::string> words = {"a", "b", "c",     "é",    "E", "us",
                                            "U", "S", "cease", "fire", "ab"};
    const std::vector<std::string> gaps = {
        " ",    " ", " ",      "-",  "'",  "’",  ".",      ". ", ", ",        "\n",
        "\n\n", "/", "\u00A0", "  ", "\t", "\r", "\u2011", "(",  "          "};
    std::mt19937 random(17);
    const auto one_of = [&](const std::vector<std::string>& list) -> const std::string& {
        return list[random() % list.size()];
    };
    for (int round = 0; round < 3'000; ++round) {
        std::vector<Phrase> phrases;
        for (auto left = 1 + random() % 8; left > 0; --left) {
            std::string phrase = one_of(words);
            for (auto more = random() % 4; more > 0; --more) phrase += " " + one_of(words);
            const auto layers = static_cast<std::uint8_t>(1 + random() % 7);
            const auto key = words_of(phrase);
            // The lexicon adds a spelling once, with all its layers.
            if (std::any_of(phrases.begin(), phrases.end(),
                            [&](const Phrase& other) { return words_of(other.words) == key; }))
                continue;
            phrases.push_back({phrase, layers, random() % 3 == 0});
        }
        std::string text;
        for (auto left = random() % 40; left > 0; --left) text += one_of(words) + one_of(gaps);
        ASSERT_EQ(fast(phrases, text), slow(phrases, text)) << text;
        // Of the telling phrases by themselves one is found wherever one stands.
        std::vector<Phrase> telling;
        std::copy_if(phrases.begin(), phrases.end(), std::back_inserter(telling),
                     [](const Phrase& phrase) { return phrase.telling; });
        ASSERT_EQ(table_of(phrases).any_telling(text, tokens_of(text), any),
                  !slow(telling, text).empty())
            << text;
    }
}

TEST(Matcher, TellsNothingThatAcceptRefuses) {
    const PhraseTable table = table_of({{"a b", 1, true}, {"a", 2, false}});
    const auto tokens = tokens_of("a b");
    EXPECT_TRUE(table.any_telling("a b", tokens, any));
    EXPECT_FALSE(table.any_telling(
        "a b", tokens, [](PhraseId, std::uint32_t, std::uint8_t layer) { return layer == 1; }));
    EXPECT_FALSE(table.any_telling("a", tokens_of("a"), any));
}

TEST(Matcher, AcceptMayRefuseTheLongest) {
    PhraseTable table;
    std::vector<std::uint64_t> hashes;
    for (const text::Token& token : tokens_of("a b")) hashes.push_back(token.hash);
    const PhraseId pair = table.add(hashes, 1);
    hashes.pop_back();
    table.add(hashes, 1);
    table.finish();
    std::vector<PhraseMatch> matches;
    const auto tokens = tokens_of("a b");
    table.find(
        "a b", tokens, [&](PhraseId phrase, std::uint32_t, std::uint8_t) { return phrase != pair; },
        matches);
    ASSERT_EQ(matches.size(), 1U);
    EXPECT_EQ(matches[0].tokens, 1U);
}

TEST(Matcher, FindsNothingWithoutPhrases) { EXPECT_TRUE(fast({}, "a b c").empty()); }

TEST(Matcher, HoldsFiftyThousandPhrases) {
    PhraseTable table;
    std::vector<std::string> phrases;
    std::mt19937 random(23);
    for (int i = 0; i < 50'000; ++i) {
        std::string phrase = "w" + std::to_string(random() % 20'000);
        for (auto more = random() % 3; more > 0; --more)
            phrase += " w" + std::to_string(random() % 20'000);
        phrases.push_back(phrase);
        std::vector<std::uint64_t> hashes;
        for (const text::Token& token : tokens_of(phrase)) hashes.push_back(token.hash);
        table.add(hashes, 1);
    }
    table.finish();
    for (const std::string& phrase : phrases) {
        std::vector<PhraseMatch> matches;
        const auto tokens = tokens_of(phrase);
        table.find(
            phrase, tokens, [](PhraseId, std::uint32_t, std::uint8_t) { return true; }, matches);
        ASSERT_EQ(matches.size(), 1U) << phrase;
        ASSERT_EQ(matches[0].tokens, tokens.size()) << phrase;
    }
}

}  // namespace
}  // namespace ceasewire
