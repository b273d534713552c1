#include "show/markup.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "show/sample_record.h"

namespace ceasewire::show {
namespace {

/// Pieces as text: "[1 2|words]" under claims 1 and 2, "{0}words" for a mention of actor 0, "_" for
/// a cue; paragraphs parted by "¶".
std::string drawn(const std::vector<Paragraph>& paragraphs) {
    std::string out;
    for (const Paragraph& paragraph : paragraphs) {
        if (!out.empty()) out += "¶";
        for (const Piece& piece : paragraph) {
            std::string words;
            if (piece.mention)
                words += "{" + std::to_string(piece.mention->actor) +
                         (piece.mention_begins ? "}" : "-}");
            if (piece.cue) words += "_";
            words += piece.text;
            if (piece.claims.empty()) {
                out += words;
                continue;
            }
            out += "[";
            for (std::size_t i = 0; i < piece.claims.size(); ++i)
                out += (i > 0 ? " " : "") + std::to_string(piece.claims[i]);
            out += "|" + words + "]";
        }
    }
    return out;
}

TEST(MarkUp, CutsAtClaimsMentionsAndCues) {
    SampleRecord sample("", "The Front said it would stop. Rain fell.");
    sample.actor("Front", "armed_group");
    sample.mention("Front");
    sample.mention("it", "pronoun");
    sample.claim("pledge", "The Front said it would stop.").cue = sample.slice("said");
    EXPECT_EQ(drawn(mark_up(sample.record(), Field::body)),
              "[0|The ][0|{0}Front][0| ][0|_said][0| ][0|{0}it][0| would stop.] Rain fell.");
}

TEST(MarkUp, NestsClaimsTheLongestFirst) {
    SampleRecord sample("", "They agreed, but only if he leaves.");
    sample.claim("condition", "but only if he leaves");
    sample.claim("accept", "They agreed, but only if he leaves.");
    const auto paragraphs = mark_up(sample.record(), Field::body);
    EXPECT_EQ(drawn(paragraphs), "[1|They agreed, ][1 0|but only if he leaves][1|.]");
    EXPECT_EQ(paragraphs[0][0].begins, std::vector<std::uint32_t>{1});
    EXPECT_EQ(paragraphs[0][1].begins, std::vector<std::uint32_t>{0});
    EXPECT_EQ(paragraphs[0][1].ends, std::vector<std::uint32_t>{0});
    EXPECT_EQ(paragraphs[0][2].ends, std::vector<std::uint32_t>{1});
}

TEST(MarkUp, LetsClaimsOverlap) {
    SampleRecord sample("", "one two three");
    sample.claim("call", "one two");
    sample.claim("deny", "two three");
    EXPECT_EQ(drawn(mark_up(sample.record(), Field::body)), "[0|one ][1 0|two][1| three]");
}

TEST(MarkUp, TakesTheShortestOfMentionsThatNest) {
    SampleRecord sample("", "Two US officials spoke.");
    sample.actor("US officials", "role_group");
    sample.mention("Two US officials", "role");
    sample.actor("United States", "state");
    sample.mention("US", "acronym");
    EXPECT_EQ(drawn(mark_up(sample.record(), Field::body)), "{0}Two {1}US{0-} officials spoke.");
}

TEST(MarkUp, CountsCodePoints) {
    SampleRecord sample("", "🕊️ d\u0301\u200Bé \u202E“Ali” said no.");
    sample.actor("Ali", "person");
    sample.mention("Ali");
    sample.claim("reject", "“Ali” said no.");
    EXPECT_EQ(drawn(mark_up(sample.record(), Field::body)),
              "🕊️ d\u0301\u200Bé \u202E[0|“][0|{0}Ali][0|” said no.]");
}

TEST(MarkUp, PartsParagraphsAtBlankLinesOrElseAtLines) {
    EXPECT_EQ(drawn(mark_up(SampleRecord("", "one\ntwo").record(), Field::body)), "one¶two");
    EXPECT_EQ(
        drawn(mark_up(SampleRecord("", "one\ntwo\n\nthree\r\n \r\nfour").record(), Field::body)),
        "one\ntwo¶three¶four");
    EXPECT_EQ(drawn(mark_up(SampleRecord("", "\n\n  one \ntwo\n\n").record(), Field::body)),
              "one¶two");
    EXPECT_TRUE(mark_up(SampleRecord("", " \n ").record(), Field::body).empty());
}

TEST(MarkUp, CarriesAClaimOverParagraphs) {
    SampleRecord sample("", "A talk\n\nwent on.");
    sample.claim("negotiate", "A talk\n\nwent on.");
    const auto paragraphs = mark_up(sample.record(), Field::body);
    EXPECT_EQ(drawn(paragraphs), "[0|A talk]¶[0|went on.]");
    EXPECT_TRUE(paragraphs[0][0].ends.empty());
    EXPECT_EQ(paragraphs[1][0].ends, std::vector<std::uint32_t>{0});
    EXPECT_TRUE(paragraphs[1][0].begins.empty());
}

TEST(MarkUp, PlacesEveryClaimEvenOneWithoutWords) {
    SampleRecord sample("", "one  two");
    sample.claim("call", RecordSlice{Field::body, 40, 90, ""});
    sample.claim("deny", RecordSlice{Field::body, 3, 3, ""});
    const auto paragraphs = mark_up(sample.record(), Field::body);
    EXPECT_EQ(paragraphs.back().back().begins, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(paragraphs.back().back().ends, (std::vector<std::uint32_t>{0, 1}));

    SampleRecord empty("", "");
    empty.claim("call", RecordSlice{Field::body, 0, 4, ""});
    ASSERT_EQ(mark_up(empty.record(), Field::body).size(), 1U);
    EXPECT_TRUE(mark_up(empty.record(), Field::title).empty());
}

/// Random spans over a text of characters of every width: each character lies under the claims and
/// the mention that a search over all of them gives.
TEST(MarkUp, AgreesWithLookingAtEveryCharacter) {
    std::mt19937 random(7);
    const std::vector<std::string> characters = {"a", "é", "و", "🕊", " ", "\n", "\n\n", "\u200B"};
    for (int round = 0; round < 300; ++round) {
        std::string body;
        for (int i = 0; i < 24; ++i) body += characters[random() % characters.size()];
        std::vector<std::size_t> byte_of;
        for (std::size_t i = 0; i < body.size(); ++i) {
            if ((static_cast<unsigned char>(body[i]) & 0xC0U) != 0x80U) byte_of.push_back(i);
        }
        const auto points = static_cast<std::uint32_t>(byte_of.size());
        SampleRecord sample("", body);
        const auto any = [&] {
            std::uint32_t start = random() % (points + 1);
            std::uint32_t end = random() % (points + 3);
            if (end < start) std::swap(start, end);
            return RecordSlice{Field::body, start, end, ""};
        };
        for (int i = 0; i < 3; ++i) sample.claim("call", any());
        sample.actor("A", "state");
        for (int i = 0; i < 3; ++i) sample.mention(any());
        const EnrichedRecord record = sample.record();
        for (const Paragraph& paragraph : mark_up(record, Field::body)) {
            for (std::size_t i = 0; i < paragraph.size(); ++i) {
                const Piece& piece = paragraph[i];
                ASSERT_FALSE(piece.text.empty() && piece.begins.empty());
                if (i > 0) {
                    ASSERT_EQ(paragraph[i - 1].text.data() + paragraph[i - 1].text.size(),
                              piece.text.data());
                }
                const auto offset =
                    static_cast<std::size_t>(piece.text.data() - record.article->body.data());
                for (std::uint32_t point = 0; point < points; ++point) {
                    if (byte_of[point] < offset || byte_of[point] >= offset + piece.text.size())
                        continue;
                    std::vector<std::uint32_t> claims;
                    for (std::uint32_t c = 0; c < 3; ++c) {
                        const RecordSlice& slice = record.claims[c].slice;
                        if (slice.start <= point && point < slice.end) claims.push_back(c);
                    }
                    auto found = piece.claims;
                    std::sort(found.begin(), found.end());
                    ASSERT_EQ(found, claims) << body;
                    const bool named = std::any_of(
                        record.actors[0].mentions.begin(), record.actors[0].mentions.end(),
                        [&](const RecordMention& mention) {
                            return mention.slice.start <= point && point < mention.slice.end;
                        });
                    ASSERT_EQ(piece.mention.has_value(), named) << body;
                }
            }
        }
    }
}

}  // namespace
}  // namespace ceasewire::show
