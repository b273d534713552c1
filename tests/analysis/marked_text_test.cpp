#include "analysis/marked_text.h"

#include <gtest/gtest.h>

namespace ceasewire::test {
namespace {

TEST(MarkedText, StripsAndRenders) {
    const std::string marked =
        "[actor:egypt|Cairo] said [group|[actor:hamas|Hamas] officials] left";
    EXPECT_EQ(strip(marked), "Cairo said Hamas officials left");
    EXPECT_EQ(render(strip(marked),
                     {{"actor:hamas", {11, 16}}, {"group", {11, 26}}, {"actor:egypt", {0, 5}}}),
              marked);
    EXPECT_EQ(render("abc", {{"x", {2, 3}}, {"y", {0, 1}}}), "[y|a]b[x|c]");
    EXPECT_EQ(render("abc", {}), "abc");
}

TEST(MarkedText, SaysThatMarksCross) {
    EXPECT_EQ(render("abc", {{"x", {0, 2}}, {"y", {1, 3}}}), "marks cross: y in abc");
}

}  // namespace
}  // namespace ceasewire::test
