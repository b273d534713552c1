#include "text/document.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace ceasewire {
namespace {

TEST(Document, KeepsTitleAndBodyApart) {
    Document document;
    document.assign("Truce holds", "All quiet.");
    EXPECT_EQ(document[document.title()], "Truce holds");
    EXPECT_EQ(document[document.body()], "All quiet.");
    ASSERT_EQ(document.tokens().size(), 4U);
    EXPECT_EQ(document.word(2), "All");
    document.assign("", "x");
    EXPECT_EQ(document.tokens().size(), 1U);
    EXPECT_TRUE(document.title().empty());
}

TEST(Document, CountsCodePointsIntoTheField) {
    std::string body;
    for (int i = 0; i < 200; ++i) body += i % 2 == 0 ? "é😀 word’s " : "plain ";
    Document document;
    document.assign("Títle ’", body);
    document.index_code_points();
    for (const Span field : {document.title(), document.body()}) {
        for (std::uint32_t at = field.begin; at <= field.end; ++at) {
            if (at < field.end && (static_cast<unsigned char>(document.text()[at]) & 0xC0U) == 0x80)
                continue;
            EXPECT_EQ(document.code_points_into_field(at),
                      text::count_code_points(document[Span{field.begin, at}]));
        }
    }
}

}  // namespace
}  // namespace ceasewire
