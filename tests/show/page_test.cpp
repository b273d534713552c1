#include "show/page.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "show/page_parts.h"
#include "show/sample_record.h"

namespace ceasewire::show {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(SampleRecord& sample) {
    std::string out;
    append_page(sample.record(), out);
    return out;
}

/// What the record decides: the page without its fixed style and script.
std::string content_of(SampleRecord& sample) {
    std::string page = page_of(sample);
    for (const std::string_view part : {kPageStyle, kPageScript}) {
        const std::size_t at = page.find(part);
        EXPECT_NE(at, std::string::npos);
        page.erase(at, part.size());
    }
    return page;
}

std::string golden_sample() {
    SampleRecord sample{std::string(kSampleTitle), std::string(kSampleBody)};
    fill(sample);
    return content_of(sample);
}

TEST(AppendPage, IsTheGoldenPage) {
    const std::string path = CEASEWIRE_SOURCE_DIR "/tests/show/page.golden.html";
    const std::string now = golden_sample();
    if (std::getenv("CEASEWIRE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << now;
    std::stringstream golden;
    golden << std::ifstream(path).rdbuf();
    EXPECT_EQ(golden.str(), now) << "CEASEWIRE_UPDATE_GOLDEN=1 rewrites it";
}

TEST(AppendPage, RefersToNothingOutside) {
    SampleRecord sample{std::string(kSampleTitle), std::string(kSampleBody)};
    fill(sample);
    const std::string page = page_of(sample);
    const std::regex outside(
        R"((https?:)|(\bsrc\s*=)|(url\()|(@import)|(<(link|img|iframe|object|base)\b)|(="//))",
        std::regex::icase);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(page, found, outside)) << found.str();
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(AppendPage, ShowsTheArticlesAddressButLinksNowhere) {
    SampleRecord sample("T", "B");
    sample.article.url = "javascript:alert('x')";
    const std::string page = content_of(sample);
    EXPECT_THAT(page, HasSubstr("<bdi>javascript:alert(&#39;x&#39;)</bdi>"));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript")));
}

TEST(AppendPage, EveryLinkLeadsToOneElement) {
    const std::string page = golden_sample();
    std::map<std::string, int> ids;
    const std::regex id(R"re(\bid="([^"]*)")re");
    for (std::sregex_iterator i(page.begin(), page.end(), id), end; i != end; ++i) ++ids[(*i)[1]];
    for (const auto& [name, count] : ids) EXPECT_EQ(count, 1) << name;
    const std::regex href(R"re(\bhref="#([^"]*)")re");
    std::set<std::string> targets;
    for (std::sregex_iterator i(page.begin(), page.end(), href), end; i != end; ++i)
        targets.insert((*i)[1]);
    for (const std::string& target : targets) EXPECT_EQ(ids.count(target), 1U) << target;
    for (const char* target : {"c1", "c2", "c3", "s1", "s2", "s3", "a1", "a2", "a3", "a4"})
        EXPECT_EQ(targets.count(target), 1U) << target;
}

/// Elements that are opened are closed, in order.
TEST(AppendPage, NestsItsElements) {
    SampleRecord sample("one two three", "one two three\n\nfour five six");
    sample.actor("A", "state");
    sample.mention("two three\n\nfour");
    sample.mention("ne tw", "name", "", Field::title);
    sample.claim("call", "one two");
    sample.claim("deny", "two three\n\nfour").cue = sample.slice("e\n\nfour f");
    sample.claim("accept", "four five");
    sample.claim("accept", "six");
    sample.claim("call", sample.slice("two three", Field::title));
    sample.claim("call", sample.slice("one two", Field::title));
    const std::string page = content_of(sample);
    const std::regex tag(R"re(<(/?)([a-z0-9]+)[^>]*>)re");
    const std::set<std::string> empty = {"meta", "br"};
    std::vector<std::string> open;
    for (std::sregex_iterator i(page.begin(), page.end(), tag), end; i != end; ++i) {
        const std::string name = (*i)[2];
        if (empty.contains(name)) continue;
        if ((*i)[1].length() == 0) {
            open.push_back(name);
            continue;
        }
        ASSERT_FALSE(open.empty()) << i->str();
        ASSERT_EQ(open.back(), name) << page.substr(0, static_cast<std::size_t>(i->position()));
        open.pop_back();
    }
    EXPECT_TRUE(open.empty());
}

TEST(AppendPage, TakesMarkupAsText) {
    SampleRecord sample("<script>alert(1)</script> & co", "He said </mark> \"no\" in <b>Doha</b>.");
    sample.article.id = "\"><script>";
    sample.article.source = "</title><img src=x onerror=y>";
    sample.actor("<i>\"He\"</i> & 'she'", "person", "\" onclick=\"x");
    sample.mention("He", "name", "\"><b>");
    sample.claim("reject", "He said </mark> \"no\" in <b>Doha</b>.").why =
        sample.strings({"<u>why</u>"});
    const std::string page = content_of(sample);
    for (const char* markup :
         {"<script>a", "<script>\"", "<img", "<i>", "<b>", "<u>", "onclick=\"x"})
        EXPECT_THAT(page, Not(HasSubstr(markup)));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"));
    EXPECT_THAT(page, HasSubstr("said &lt;/mark&gt; &quot;no&quot; in &lt;b&gt;Doha&lt;/b&gt;."));
    EXPECT_THAT(page, HasSubstr("data-why=\"Found by name: &quot;&gt;&lt;b&gt;\""));
    EXPECT_THAT(page,
                HasSubstr("<bdi>&lt;i&gt;&quot;He&quot;&lt;/i&gt; &amp; &#39;she&#39;</bdi>"));
}

TEST(AppendPage, KeepsCharactersThatAreNotSeenAndIsolatesThoseThatTurn) {
    SampleRecord sample("", "🕊️ The \u202Eنبيل\u200B group said\u200D no.");
    sample.actor("\u202Eنبيل\u200B", "person");
    sample.mention("\u202Eنبيل\u200B");
    sample.claim("reject", "The \u202Eنبيل\u200B group said\u200D no.");
    const std::string page = content_of(sample);
    EXPECT_THAT(page, HasSubstr(">\u202Eنبيل\u200B</a>"));
    EXPECT_THAT(page, HasSubstr("<bdi>\u202Eنبيل\u200B</bdi>"));
    EXPECT_THAT(page, HasSubstr("<p dir=\"auto\">🕊️ <span class=\"at\" id=\"s1\""));
    EXPECT_THAT(page, HasSubstr(" group said\u200D no.</mark>"));
}

TEST(AppendPage, DrawsControlCharacters) {
    std::string out;
    append_escaped(std::string_view("a\0b\x1b\x7f\tc\n", 8), out);
    EXPECT_EQ(out, "a␀b␛␡\tc\n");
}

TEST(AppendPage, GivesTheInnermostClaimItsColourAndEachABadge) {
    const std::string page = golden_sample();
    EXPECT_THAT(page, HasSubstr("<mark class=\"disputed\" data-claims=\"2 3\">but only if "));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Claim 3: condition\">condition</a>"));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Claim 2: accept\">accept</a></p>"));
}

TEST(AppendPage, PutsABadgeBehindTheFullStopOfAnOuterClaim) {
    SampleRecord sample("", "They agreed, if he leaves.");
    sample.claim("accept", "They agreed, if he leaves.");
    sample.claim("condition", "if he leaves");
    EXPECT_THAT(content_of(sample),
                HasSubstr("if he leaves</mark></span><mark class=\"nearer\" "
                          "data-claims=\"1\">.</mark><a class=\"act disputed\""));
}

TEST(AppendPage, MakesNoStopOfTheRestOfAMention) {
    SampleRecord sample("", "Two US officials");
    sample.actor("US officials", "role_group");
    sample.mention("Two US officials", "role");
    sample.actor("United States", "state");
    sample.mention("US", "acronym");
    const std::string page = content_of(sample);
    EXPECT_THAT(page, HasSubstr("data-why=\"Found by role\">Two </a>"));
    EXPECT_THAT(page, HasSubstr("data-why=\"Found by role\" tabindex=\"-1\"> officials</a>"));
}

TEST(AppendPage, SaysWhenThereIsNothing) {
    SampleRecord sample("", "Rain fell.");
    sample.article.language = "\"><x>";
    const std::string page = content_of(sample);
    EXPECT_THAT(page, HasSubstr("No claim about a ceasefire, 0 actors"));
    EXPECT_THAT(page, HasSubstr("<h1 dir=\"auto\">Untitled</h1>"));
    EXPECT_THAT(page, HasSubstr("<main class=\"text\">\n<p dir=\"auto\">Rain fell.</p>"));
}

}  // namespace
}  // namespace ceasewire::show
