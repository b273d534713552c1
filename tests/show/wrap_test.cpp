#include "show/wrap.h"

#include <random>
#include <sstream>

#include <gtest/gtest.h>

namespace ceasewire::show {
namespace {

std::string wrapped(std::string_view text, std::size_t columns, std::string_view prefix = "") {
    StyledText styled;
    std::string out;
    wrap(styled.add(text), prefix, prefix, {columns, false}, out);
    return out;
}

TEST(ColumnsOf, CountsWhatATerminalDraws) {
    EXPECT_EQ(columns_of(""), 0U);
    EXPECT_EQ(columns_of("truce"), 5U);
    EXPECT_EQ(columns_of("Erdoğan"), 7U);
    EXPECT_EQ(columns_of("Erdog\u0306an"), 7U);  // g and a combining breve
    EXPECT_EQ(columns_of("停火"), 4U);
    EXPECT_EQ(columns_of("🕊️"), 2U);
    EXPECT_EQ(columns_of("🙏🏽"), 2U);                // with a skin tone
    EXPECT_EQ(columns_of("👨‍👩‍👧"), 2U);  // joined by zero-width joiners
}

TEST(Wrap, BreaksAtSpaces) {
    EXPECT_EQ(wrapped("Israel and Lebanon accepted a truce", 12),
              "Israel and\nLebanon\naccepted a\ntruce\n");
}

TEST(Wrap, FillsALineToItsLastColumn) { EXPECT_EQ(wrapped("ab cd ef", 5), "ab cd\nef\n"); }

TEST(Wrap, CountsColumnsAndNotBytes) {
    EXPECT_EQ(wrapped("ğğğğğ ğğğğ", 10), "ğğğğğ ğğğğ\n");
    EXPECT_EQ(wrapped("停火停火 停火", 10), "停火停火\n停火\n");
}

TEST(Wrap, BreaksAWordLongerThanALine) {
    EXPECT_EQ(wrapped("a cessationofhostilities b", 10), "a\ncessationo\nfhostiliti\nes b\n");
}

TEST(Wrap, NeverSplitsAPicture) {
    EXPECT_EQ(wrapped("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 5),
              "👨‍👩‍👧👨‍👩‍👧\n👨‍👩‍👧\n");
}

TEST(Wrap, PrefixesEveryLine) { EXPECT_EQ(wrapped("one two", 6, "│ "), "│ one\n│ two\n"); }

TEST(Wrap, CollapsesWhiteSpace) {
    EXPECT_EQ(wrapped("  one\n\n two\t\u00a0three ", 40), "one two three\n");
}

TEST(Wrap, EmptyTextIsOneEmptyLine) { EXPECT_EQ(wrapped("", 40), "\n"); }

TEST(Wrap, DropsWhatWouldCommandTheTerminal) {
    EXPECT_EQ(wrapped("a\x1b[31mred\a b\u202egnik\u2066 c\u009b2J", 40), "a[31mred bgnik c2J\n");
}

TEST(Wrap, WritesColourOnlyWhereThereIsColour) {
    StyledText text;
    text.add("plain ").add("bold words", Ink::bold).add(" end");
    std::string out;
    wrap(text, "", "", {12, true}, out);
    EXPECT_EQ(out, "plain \x1b[1mbold\x1b[0m\n\x1b[1mwords\x1b[0m end\n");
    out.clear();
    wrap(text, "", "", {12, false}, out);
    EXPECT_EQ(out, "plain bold\nwords end\n");
}

/// Whatever the words: no line is wider than it may be, and nothing but white space is lost.
TEST(Wrap, KeepsEveryWordWithinTheWidth) {
    const std::vector<std::string> pieces = {"a", "truce", "停", "é",  " ",
                                             " ", "🙏🏽",  "Ku", "\n", "—"};
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::size_t i = random() % 40; i > 0; --i) text += pieces[random() % pieces.size()];
        const std::size_t columns = 2 + random() % 20;
        std::istringstream lines(wrapped(text, columns));
        std::string kept;
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(columns_of(line), columns) << text;
            kept += line;
        }
        const auto squeeze = [](std::string from) {
            std::erase_if(from, [](char c) { return c == ' ' || c == '\n'; });
            return from;
        };
        EXPECT_EQ(squeeze(kept), squeeze(text));
    }
}

}  // namespace
}  // namespace ceasewire::show
