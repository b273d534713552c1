#include "article/html.h"

#include <random>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

namespace ceasewire {
namespace {

std::string text_of(std::string_view html) {
    std::string out;
    append_html_text(html, out);
    return out;
}

struct Case {
    const char* name;
    const char* html;
    const char* text;
};

constexpr Case kCases[] = {
    {"plain", "The truce held.", "The truce held."},
    {"paragraphs", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."},
    {"paragraphs_never_closed", "<p>One.<p>Two.", "One.\n\nTwo."},
    {"inline_tags_part_nothing", "the <b>cease</b>fire <em>holds</em>.", "the ceasefire holds."},
    {"line_break", "One.<br>Two.<br/>Three.<br />", "One.\nTwo.\nThree."},
    {"blanks_collapse", "<p>  One \n\t two\r\n three </p>", "One two three"},
    {"list", "<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"},
    {"headings", "<h1>Head</h1>Text", "Head\n\nText"},
    {"table_cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"},
    {"quotation", "He said:<blockquote>Stop.</blockquote>Then left.",
     "He said:\n\nStop.\n\nThen left."},
    {"attributes", "<p class=\"x\" data-a='1' hidden>One</p>", "One"},
    {"greater_than_in_a_value", "<a title=\"a > b\" href='c>d'>link</a>", "link"},
    {"value_never_closed", "One <a href=\"x>link</a>", "One"},
    {"tag_never_closed", "One <a href", "One"},
    {"upper_case", "<P>One<BR>Two</P>", "One\nTwo"},
    {"script", "One<script>if (a < b) { s = \"</p>\"; }</script> two", "One two"},
    {"script_end_with_blank", "One<script>x</script > two", "One two"},
    {"script_never_closed", "One<script>var a;", "One"},
    {"script_named_inside", "One<script>a</scripts>b</script>two", "Onetwo"},
    {"style", "<style>p { color: red }</style>One", "One"},
    {"title", "<title>Page</title>One", "One"},
    {"noscript", "<noscript><p>Turn on</p></noscript>One", "One"},
    {"template_nested", "<template>a<template>b</template>c</template>One", "One"},
    {"stray_end_of_template", "One</template> two", "One two"},
    {"comment", "One<!-- no > text --> two", "One two"},
    {"comment_empty", "One<!--> two", "One two"},
    {"comment_never_closed", "One<!-- two", "One"},
    {"doctype", "<!DOCTYPE html>One", "One"},
    {"instruction", "<?xml version=\"1.0\"?>One", "One"},
    {"bogus_end_tag", "One</ x>two", "Onetwo"},
    {"less_than", "a < b and 3 <4 <", "a < b and 3 <4 <"},
    {"entities_named", "Tom &amp; J&eacute;r&ocirc;me &ldquo;met&rdquo; &mdash; twice",
     "Tom & Jérôme “met” — twice"},
    {"entities_rare", "&Zcaron;i&zcaron;ek &notin; &NotEqualTilde;", "Žižek ∉ ≂̸"},
    {"entity_without_semicolon", "AT&ampT &copy 2024", "AT&T © 2024"},
    {"entity_unknown", "&nosuch; &x &; & ;", "&nosuch; &x &; & ;"},
    {"entity_decoded_once", "&amp;lt;p&amp;gt;", "&lt;p&gt;"},
    {"entity_makes_no_tag", "&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"},
    {"numeric", "&#8220;x&#8221; &#x2019;", "“x” ’"},
    {"numeric_without_semicolon", "&#8220 x", "“ x"},
    {"numeric_of_windows", "&#147;x&#148; &#128;", "“x” €"},
    {"numeric_impossible", "a&#0;b&#xD800;c&#x110000;d&#99999999999999;",
     "a\uFFFDb\uFFFDc\uFFFDd\uFFFD"},
    {"numeric_no_digits", "&#; &#x; &#xg", "&#; &#x; &#xg"},
    {"numeric_largest", "&#x10FFFF;", "\U0010FFFF"},
    {"no_break_space_stays", "10&nbsp;000", "10\u00A0000"},
    {"self_closing_hidden", "<script src=\"a\"/>One", "One"},
    {"only_tags", "<div><p></p></div>", ""},
    {"empty", "", ""},
    {"right_to_left", "<p dir=\"rtl\">وقف <b>إطلاق</b> النار</p>", "وقف إطلاق النار"},
};

class HtmlTest : public testing::TestWithParam<Case> {};
TEST_P(HtmlTest, GivesTheText) { EXPECT_EQ(text_of(GetParam().html), GetParam().text); }
INSTANTIATE_TEST_SUITE_P(Pages, HtmlTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.name); });

std::string repeated(std::string_view what, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += what;
    return out;
}

TEST(Html, AppendsToWhatIsThere) {
    std::string out = "before ";
    append_html_text("<p>One</p>", out);
    EXPECT_EQ(out, "before One");
}

/// A tree builder would answer each of these with quadratic time, gigabytes or a deep stack.
TEST(Html, BearsHostileTags) {
    EXPECT_EQ(text_of(repeated("<div>", 100'000) + "deep" + repeated("</div>", 100'000)), "deep");
    EXPECT_EQ(text_of(repeated("<div>", 100'000) + "never closed"), "never closed");
    EXPECT_EQ(text_of(repeated("</div>", 100'000) + "never opened"), "never opened");
    EXPECT_EQ(text_of(repeated("<b><i>", 50'000) + "x").size(), 1U);
    std::string crossed = "<p>";
    for (int i = 0; i < 20'000; ++i) crossed += "<b a=" + std::to_string(i) + ">";
    crossed += repeated("</p><p>x", 20'000);
    EXPECT_EQ(text_of(crossed).size(), 20'000U + 2U * 19'999U);
    EXPECT_EQ(text_of(repeated("<", 300'000)).size(), 300'000U);
    EXPECT_EQ(text_of(repeated("<a ", 300'000)), "");
    EXPECT_EQ(text_of(repeated("<!-", 300'000)), "");
    EXPECT_EQ(text_of(repeated("<script>", 100'000)), "");
    EXPECT_EQ(text_of("<script>" + repeated("</", 300'000)), "");
    EXPECT_EQ(text_of(repeated("&", 300'000)).size(), 300'000U);
    EXPECT_EQ(text_of(repeated("<template>", 100'000) + "x"), "");
}

TEST(Html, KeepsUtf8WholeOnRandomMarkup) {
    const std::string_view pieces[] = {
        "<",      ">",  "/",    "p",  "script",   "!--",      "--",      "&",   "#",
        "x1F600", ";",  "amp",  "\"", "'",        "=",        " ",       "\n",  "é",
        "漢",     "😀", "<br>", "</", "template", "&#xDC00;", "&eacute", "\x01"};
    std::mt19937 random(11);
    for (int round = 0; round < 20'000; ++round) {
        std::string html;
        for (auto left = random() % 25; left > 0; --left)
            html += pieces[random() % std::size(pieces)];
        const std::string text = text_of(html);
        ASSERT_TRUE(simdjson::validate_utf8(text.data(), text.size())) << html;
        ASSERT_LE(text.size(), 3 * html.size() + 2) << html;
    }
}

TEST(LooksLikeHtml, WantsATagThatArticlesUse) {
    EXPECT_TRUE(looks_like_html("<p>One</p>"));
    EXPECT_TRUE(looks_like_html("One<br/>two"));
    EXPECT_TRUE(looks_like_html("a <a href=\"x\">link</a>"));
    EXPECT_FALSE(looks_like_html("3 < 4 and 5 > 4"));
    EXPECT_FALSE(looks_like_html("<unknown>"));
    EXPECT_FALSE(looks_like_html(""));
}

}  // namespace
}  // namespace ceasewire
