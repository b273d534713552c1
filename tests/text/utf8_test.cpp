#include "text/utf8.h"

#include <gtest/gtest.h>

namespace ceasewire::text {
namespace {

TEST(Utf8, ReadsCodePointsForwardsAndBackwards) {
    const std::string text = "aé漢😀";
    EXPECT_EQ(code_point_at(text, 0).value, U'a');
    EXPECT_EQ(code_point_at(text, 1).value, U'é');
    EXPECT_EQ(code_point_at(text, 3).value, U'漢');
    EXPECT_EQ(code_point_at(text, 6).value, U'😀');
    EXPECT_EQ(code_point_before(text, 10).value, U'😀');
    EXPECT_EQ(code_point_before(text, 6).value, U'漢');
    EXPECT_EQ(code_point_before(text, 1).value, U'a');
}

TEST(Utf8, CountsCodePoints) {
    std::string text;
    std::size_t count = 0;
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(count_code_points(text), count);
        text += i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "😀";
        ++count;
    }
}

TEST(Utf8, FoldsWordsOfSeveralScripts) {
    const auto folded = [](std::string_view word) {
        std::string out;
        append_folded(word, out);
        return out;
    };
    EXPECT_EQ(folded("Straße"), "strasse");
    EXPECT_EQ(folded("Łódź"), "lodz");
    EXPECT_EQ(folded("Søren"), "soren");
    EXPECT_EQ(folded("ＫＹＩＶ"), "kyiv");
    EXPECT_EQ(folded("ﬁre"), "fire");
    EXPECT_EQ(folded("Ёлка"), "елка");
}

}  // namespace
}  // namespace ceasewire::text
