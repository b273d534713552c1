#include "record/compose.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ceasewire {
namespace {

Lexicon small_lexicon() {
    auto made = Lexicon::compile({{"VERSION", "v1\n"},
                                  {"actors.tsv",
                                   "id\tname\ttype\tcountry\twikidata\taliases\nada\tAda\tperson\tG"
                                   "BR\tQ7259\tCountess|surname:Byron\n"}});
    EXPECT_TRUE(made.has_value());
    return std::move(*made);
}

/// Byte by byte, the obvious way.
std::uint32_t code_points(std::string_view text) {
    std::uint32_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

struct Made {
    Article article;
    Document document;
    Analysis analysis;
    Lexicon lexicon = small_lexicon();
    Composer composer;

    void text(std::string_view title, std::string_view body) {
        article.title = title;
        article.body = body;
        document.assign(title, body);
        analysis.clear();
    }
    void mention(std::uint32_t begin, std::uint32_t end, std::uint32_t actor) {
        Mention mention;
        mention.span = {begin, end};
        mention.actor = actor;
        analysis.mentions.push_back(mention);
    }
    std::uint32_t actor(std::string id, std::string name) {
        FoundActor found;
        found.id = std::move(id);
        found.name = std::move(name);
        analysis.actors.push_back(std::move(found));
        return static_cast<std::uint32_t>(analysis.actors.size() - 1);
    }
    EnrichedRecord record() { return composer.compose(article, document, analysis, lexicon); }
};

TEST(Compose, OffsetsAreCodePointsIntoTheirField) {
    const std::vector<std::string> titles = {"", "T", "Été 😀 – “x”", std::string(200, 'a') + "é"};
    const std::vector<std::string> bodies = {
        "x",
        "e\u0301 combining",
        "😀😀 emoji",
        "“quoted” – words",
        std::string(63, 'a') + "é" + std::string(64, 'b') + "漢字",
        "وقف إطلاق النار"};
    for (const std::string& title : titles) {
        for (const std::string& body : bodies) {
            Made made;
            made.text(title, body);
            const std::uint32_t actor = made.actor("a", "A");
            // One mention from every character border to every other.
            std::vector<std::pair<Field, std::pair<std::string_view, std::string_view>>> expected;
            const auto all = [&](std::string_view field, std::uint32_t at, Field name) {
                for (std::uint32_t begin = 0; begin < field.size(); ++begin) {
                    if ((static_cast<unsigned char>(field[begin]) & 0xC0U) == 0x80U) continue;
                    for (std::uint32_t end = begin + 1;
                         end <= std::min<std::size_t>(field.size(), begin + 9); ++end) {
                        if (end < field.size() &&
                            (static_cast<unsigned char>(field[end]) & 0xC0U) == 0x80U)
                            continue;
                        made.mention(at + begin, at + end, actor);
                        expected.push_back(
                            {name, {field.substr(0, begin), field.substr(begin, end - begin)}});
                    }
                }
            };
            all(title, 0, Field::title);
            all(body, made.document.body().begin, Field::body);
            const EnrichedRecord record = made.record();
            ASSERT_EQ(record.actors.size(), 1U);
            ASSERT_EQ(record.actors[0].mentions.size(), expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const RecordSlice& slice = record.actors[0].mentions[i].slice;
                ASSERT_EQ(slice.field, expected[i].first);
                ASSERT_EQ(slice.start, code_points(expected[i].second.first));
                ASSERT_EQ(slice.end - slice.start, code_points(expected[i].second.second));
                ASSERT_EQ(slice.exact, expected[i].second.second);
            }
        }
    }
}

TEST(Compose, ActorsStandInOrderOfFirstMention) {
    Made made;
    made.text("", "one two three");
    const std::uint32_t late = made.actor("late", "Late");
    const std::uint32_t never = made.actor("never", "Never");
    const std::uint32_t early = made.actor("early", "Early");
    made.mention(2, 5, early);
    made.mention(6, 9, late);
    Claim claim;
    claim.span = {2, 15};
    claim.actors = {late};
    claim.sources = {early};
    claim.targets = {never};
    made.analysis.claims.push_back(claim);
    const EnrichedRecord record = made.record();
    ASSERT_EQ(record.actors.size(), 2U);
    EXPECT_EQ(record.actors[0].id, "early");
    EXPECT_EQ(record.actors[1].id, "late");
    ASSERT_EQ(record.claims.size(), 1U);
    EXPECT_TRUE(record.relevant);
    EXPECT_EQ(record.claims[0].actors[0], 1U);
    EXPECT_EQ(record.claims[0].sources[0], 0U);
    EXPECT_TRUE(record.claims[0].targets.empty()) << "an actor without a mention is left out";
}

TEST(Compose, TakesAliasesAndWikidataFromTheLexicon) {
    Made made;
    made.text("", "Ada spoke");
    const std::uint32_t ada = made.actor("ada", "Ada");
    made.analysis.actors[ada].row = 0;
    made.mention(2, 5, ada);
    const EnrichedRecord record = made.record();
    EXPECT_EQ(record.actors[0].wikidata, "Q7259");
    ASSERT_EQ(record.actors[0].aliases.size(), 1U);
    EXPECT_EQ(record.actors[0].aliases[0], "Countess");
    EXPECT_EQ(record.lexicon_version, "v1");
}

TEST(Compose, ClaimIdsFollowMeaningAndNotWording) {
    Made made;
    made.text("", "Ada spoke and Ada spoke again");
    const std::uint32_t ada = made.actor("ada", "Ada");
    const std::uint32_t bob = made.actor("bob", "Bob");
    made.mention(2, 5, ada);
    made.mention(16, 19, bob);
    Claim claim;
    claim.act = Act::reject;
    claim.span = {2, 11};
    claim.actors = {ada, bob};
    claim.terms = {"ceasefire", "monitoring"};
    made.analysis.claims.push_back(claim);
    claim.span = {16, 31};
    claim.actors = {bob, ada};
    claim.terms = {"monitoring", "ceasefire"};
    made.analysis.claims.push_back(claim);
    claim.act = Act::accept;
    made.analysis.claims.push_back(claim);
    const EnrichedRecord record = made.record();
    EXPECT_EQ(record.claims[0].id, record.claims[1].id);
    EXPECT_NE(record.claims[0].id, record.claims[2].id);
    EXPECT_EQ(record.claims[0].id.size(), 18U);
}

TEST(Compose, DaysThatFourDigitsDoNotHoldAreNull) {
    Made made;
    made.text("", "Ada spoke");
    made.mention(2, 5, made.actor("ada", "Ada"));
    Claim claim;
    claim.span = {2, 11};
    claim.when = {{{2, 5}, 0, 19'884}, {{2, 5}, -719'529, 2'932'897}};
    made.analysis.claims.push_back(claim);
    const EnrichedRecord record = made.record();
    EXPECT_EQ(record.claims[0].when[0].from, "1970-01-01");
    EXPECT_EQ(record.claims[0].when[0].to, "2024-06-10");
    EXPECT_EQ(record.claims[0].when[1].from, "");
    EXPECT_EQ(record.claims[0].when[1].to, "");
}

TEST(Compose, AUsedComposerAnswersLikeANewOne) {
    Made used;
    used.text("t", "Ada Bob Ada Bob");
    const std::uint32_t first = used.actor("a", "A");
    const std::uint32_t second = used.actor("b", "B");
    for (std::uint32_t i = 0; i < 4; ++i)
        used.mention(3 + 4 * i, 6 + 4 * i, i % 2 == 0 ? first : second);
    Claim claim;
    claim.span = {3, 18};
    claim.actors = {second};
    used.analysis.claims.push_back(claim);
    (void)used.record();
    used.text("", "Ada");
    used.analysis.actors.clear();
    used.mention(2, 5, used.actor("c", "C"));
    const EnrichedRecord record = used.record();
    ASSERT_EQ(record.actors.size(), 1U);
    EXPECT_EQ(record.actors[0].id, "c");
    EXPECT_EQ(record.actors[0].mentions.size(), 1U);
    EXPECT_TRUE(record.claims.empty());
    EXPECT_FALSE(record.relevant);
    used.text("", "nobody");
    used.analysis.actors.clear();
    EXPECT_TRUE(used.record().actors.empty());
}

}  // namespace
}  // namespace ceasewire
