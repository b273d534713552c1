#include "lexicon/table.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ceasewire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Read {
    std::vector<std::string> rows;    ///< "line: a|b" with '-' for an optional column
    std::vector<std::string> errors;  ///< "file:line:column: message"
};

Read read(std::string text) {
    const LexiconFile file{"t.tsv", std::move(text)};
    std::vector<LexiconError> errors;
    TableReader table(file, {"a", "b"}, {"c"}, errors);
    Read out;
    while (table.next()) {
        out.rows.push_back(std::to_string(table.line()) + ": " + std::string(table["a"].text) +
                           "|" + std::string(table["b"].text) + "|" + std::string(table["c"].text));
    }
    for (const LexiconError& error : errors) out.errors.push_back(error.to_string());
    return out;
}

TEST(Table, ReadsRowsByTheNamesOfTheHeader) {
    EXPECT_THAT(read("a\tb\n1\t2\n3\t4\n").rows, ElementsAre("2: 1|2|", "3: 3|4|"));
    EXPECT_THAT(read("b\tc\ta\n2\tx\t1\n").rows, ElementsAre("2: 1|2|x"));
    EXPECT_THAT(read("a\tb\n1\t2").rows, ElementsAre("2: 1|2|")) << "without a last newline";
}

TEST(Table, PassesOverCommentsBlankLinesAndCarriageReturns) {
    EXPECT_THAT(read("# says\n\na\tb\r\n# no\n \t \n1\t2\r\n\n3\t4").rows,
                ElementsAre("6: 1|2|", "8: 3|4|"));
    EXPECT_THAT(read("a\tb\n 1 \t  2  \n").rows, ElementsAre("2: 1|2|"));
    EXPECT_THAT(read("a\tb\n1#x\t#2\n").rows, ElementsAre("2: 1#x|#2|"))
        << "a comment begins its line";
}

TEST(Table, FillsCellsThatEditorsDrop) {
    EXPECT_THAT(read("a\tb\tc\n1\n").rows, ElementsAre("2: 1||"));
    EXPECT_THAT(read("a\tb\tc\n1\t\tx\n").rows, ElementsAre("2: 1||x"));
}

TEST(Table, SaysWhatIsWrongAndWhere) {
    EXPECT_THAT(read("").errors,
                ElementsAre("t.tsv:1:1: the file is empty; its first line must name the columns"));
    EXPECT_THAT(read("# only\n\n").errors,
                ElementsAre("t.tsv:1:1: the file is empty; its first line must name the columns"));
    EXPECT_THAT(read("# x\na\n1\n").errors,
                ElementsAre("t.tsv:2:1: the header lacks the column 'b'"));
    EXPECT_THAT(read("a\tb\tbee\n").errors, ElementsAre("t.tsv:1:5: unknown column 'bee'"));
    EXPECT_THAT(read("a\tb\ta\n1\t2\t3\n").errors,
                ElementsAre("t.tsv:1:5: the column 'a' stands twice"));
    const Read more = read("a\tb\n1\t2\t3\n4\t5\n");
    EXPECT_THAT(
        more.errors,
        ElementsAre(
            "t.tsv:2:5: more cells than the header has columns (2): is there a tab too many?"));
    EXPECT_THAT(more.rows, ElementsAre("3: 4|5|")) << "and the rest is read";
    EXPECT_THAT(read("a\n1\n").rows, IsEmpty());
}

TEST(Table, FailPointsAtTheCell) {
    const LexiconFile file{"t.tsv", "a\tb\n one \ttwo\n"};
    std::vector<LexiconError> errors;
    TableReader table(file, {"a", "b"}, {}, errors);
    ASSERT_TRUE(table.next());
    table.fail(table["a"], "odd");
    table.fail(table["b"], "odder");
    EXPECT_EQ(errors[0].to_string(), "t.tsv:2:2: odd");
    EXPECT_EQ(errors[1].to_string(), "t.tsv:2:7: odder");
}

TEST(SplitValues, KnowsEachValuesColumn) {
    const auto values = split_values({"one| two ||three", 10});
    ASSERT_EQ(values.size(), 3U);
    EXPECT_EQ(values[0].text, "one");
    EXPECT_EQ(values[0].column, 10U);
    EXPECT_EQ(values[1].text, "two");
    EXPECT_EQ(values[1].column, 15U);
    EXPECT_EQ(values[2].text, "three");
    EXPECT_EQ(values[2].column, 21U);
    EXPECT_TRUE(split_values({"", 1}).empty());
    EXPECT_TRUE(split_values({" | ", 1}).empty());
}

}  // namespace
}  // namespace ceasewire
