#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "article/article.h"

namespace ceasewire {
namespace {

/// An article as a test compares it: owned, and with its warnings in words.
struct Told {
    std::string format, id, title, body, url, source, published_at, language;
    bool html = false;
    std::vector<std::string> warnings;
    std::string rejected;  ///< "reason /field @byte", empty for an article
    friend bool operator==(const Told&, const Told&) = default;
};

Told told(Decoder& decoder, std::string_view message) {
    const auto decoded = decoder.decode(message);
    Told out;
    if (!decoded) {
        const Rejection& rejection = decoded.error();
        out.rejected = to_string(rejection.reason);
        if (!rejection.field.empty()) out.rejected += " " + rejection.field;
        if (rejection.byte) out.rejected += " @" + std::to_string(*rejection.byte);
        EXPECT_FALSE(rejection.message.empty());
        EXPECT_LE(rejection.message.size(), 1024U);
        EXPECT_EQ(rejection.message.find('\n'), std::string::npos);
        return out;
    }
    const Article& article = **decoded;
    EXPECT_FALSE(article.id.empty());
    EXPECT_EQ(article.published_at.empty(), !article.published_day.has_value());
    out.format = to_string(article.format);
    out.id = article.id;
    out.title = article.title;
    out.body = article.body;
    out.url = article.url;
    out.source = article.source;
    out.published_at = article.published_at;
    out.language = article.language;
    out.html = article.html;
    for (const ArticleWarning& warning : article.warnings) {
        out.warnings.push_back(std::string(to_string(warning.code)) + " " +
                               std::string(warning.field));
    }
    return out;
}

Told told(std::string_view message) {
    Decoder decoder;
    return told(decoder, message);
}

/// The article that every format below carries.
constexpr std::string_view kTitle = "Truce \"holds\"";
constexpr std::string_view kBody = "The truce held – so far.";

struct Shape {
    const char* name;
    std::string json;
    const char* format;
    const char* id;
    const char* url;
    const char* source;
    const char* language;
};

const std::vector<Shape> kShapes = {
    {"native",
     R"({"id":"a1","title":"Truce \"holds\"","body":"The truce held – so far.","url":"https://n.example/1","source":"Example","published_at":"2024-06-11T08:00:00Z","language":"en","extra":{"title":"no"}})",
     "native", "a1", "https://n.example/1", "Example", "en"},
    {"native_id_a_number",
     R"({"id":42,"title":"Truce \"holds\"","body":"The truce held – so far.","url":"https://www.n.example:8080/1?x","published_at":1718092800})",
     "native", "42", "https://www.n.example:8080/1?x", "n.example", ""},
    {"native_milliseconds",
     R"({"title":"Truce \"holds\"","body":"The truce held – so far.","url":"https://u@n.example/1","published_at":1718092800000})",
     "native", "https://u@n.example/1", "https://u@n.example/1", "n.example", ""},
    {"ninjs1",
     R"({"uri":"urn:x:1","headline":"Truce \"holds\"","body_text":"The truce held – so far.","body_html":"<p>other</p>","infosource":[{"name":"Example"}],"versioncreated":"2024-06-11T08:00:00Z","language":"en-GB"})",
     "ninjs", "urn:x:1", "", "Example", "en"},
    {"ninjs1_html_only",
     R"({"uri":"urn:x:1","headline":"Truce \"holds\"","body_html":"<p>The truce held &ndash; so far.</p>","copyrightholder":"Example","versioncreated":"2024-06-11T08:00:00Z"})",
     "ninjs", "urn:x:1", "", "Example", ""},
    {"ninjs2",
     R"({"uri":"urn:x:2","headlines":[{"role":"short","value":"Truce"},{"role":"main","value":"Truce \"holds\""}],"bodies":[{"contenttype":"text/html","value":"<p>other</p>"},{"contenttype":"text/plain","value":"The truce held – so far."}],"infosources":[{"name":"Example"}],"versioncreated":"2024-06-11T08:00:00Z","language":"en"})",
     "ninjs", "urn:x:2", "", "Example", "en"},
    {"ninjs3",
     R"({"standard":{"name":"ninjs"},"uri":"urn:x:3","headlines":[{"role":"main","value":"Truce \"holds\""}],"bodies":[{"role":"main","contentType":"text/plain","value":"The truce held – so far."}],"infoSources":[{"name":"Example"}],"versionCreated":"2024-06-11T10:00:00+02:00","language":"eng"})",
     "ninjs", "urn:x:3", "", "Example", "en"},
    {"ninjs3_html_body",
     R"({"uri":"urn:x:3","headlines":[{"value":"Truce \"holds\""}],"bodies":[{"contentType":"text/html","value":"<p>The truce held &#8211; so far.</p>"}],"infoSources":[{"name":"Example"}],"versionCreated":"2024-06-11T08:00:00Z"})",
     "ninjs", "urn:x:3", "", "Example", ""},
    {"newsapi",
     R"({"source":{"id":null,"name":"Example"},"author":null,"title":"Truce \"holds\"","description":"d","url":"https://n.example/1","urlToImage":null,"publishedAt":"2024-06-11T08:00:00Z","content":"The truce held – so far."})",
     "newsapi", "https://n.example/1", "https://n.example/1", "Example", ""},
    {"event_registry",
     R"({"uri":"8171","lang":"eng","dateTime":"2024-06-11T08:00:00Z","dateTimePub":"2024-06-11T08:00:00Z","url":"https://n.example/1","title":"Truce \"holds\"","body":"The truce held – so far.","source":{"uri":"n.example","title":"Example"}})",
     "event_registry", "8171", "https://n.example/1", "Example", "en"},
    {"news_please",
     R"({"filename":"f.json","title":"Truce \"holds\"","maintext":"The truce held – so far.","url":"https://n.example/1","source_domain":"n.example","date_publish":"2024-06-11 08:00:00","language":"en","authors":[]})",
     "news_please", "https://n.example/1", "https://n.example/1", "n.example", "en"},
    {"json_feed_item",
     R"({"id":"j1","url":"https://n.example/1","title":"Truce \"holds\"","content_text":"The truce held – so far.","content_html":"<p>other</p>","date_published":"2024-06-11T08:00:00Z"})",
     "json_feed", "j1", "https://n.example/1", "n.example", ""},
    {"json_feed_html",
     R"({"id":"j1","title":"Truce \"holds\"","external_url":"https://n.example/1","content_html":"<p>The truce held &ndash; so far.</p>","date_published":"2024-06-11T08:00:00Z"})",
     "json_feed", "j1", "https://n.example/1", "n.example", ""},
    {"schema_org",
     R"({"@context":"https://schema.org","@type":"NewsArticle","@id":"s1","headline":"Truce \"holds\"","articleBody":"The truce held – so far.","url":"https://n.example/1","publisher":{"@type":"Organization","name":"Example"},"datePublished":"2024-06-11T08:00:00+00:00","inLanguage":"en-US"})",
     "schema_org", "s1", "https://n.example/1", "Example", "en"},
    {"guardian",
     R"({"id":"world/1","type":"article","webTitle":"Truce \"holds\"","webUrl":"https://n.example/1","webPublicationDate":"2024-06-11T08:00:00Z","fields":{"body":"<p>The truce held &ndash; so far.</p>"}})",
     "guardian", "world/1", "https://n.example/1", "The Guardian", ""},
    {"guardian_plain",
     R"({"id":"world/1","webTitle":"Truce \"holds\"","webUrl":"https://n.example/1","webPublicationDate":"2024-06-11T08:00:00Z","fields":{"body":"<p>other</p>","bodyText":"The truce held – so far."}})",
     "guardian", "world/1", "https://n.example/1", "The Guardian", ""},
    {"financial_times",
     R"({"id":"f1","title":"Truce \"holds\"","bodyXML":"<body><p>The truce held – so far.</p></body>","webUrl":"https://n.example/1","publishedDate":"2024-06-11T08:00:00.000Z"})",
     "financial_times", "f1", "https://n.example/1", "Financial Times", ""},
    {"aylien",
     R"({"id":7000000000,"title":"Truce \"holds\"","body":"The truce held – so far.","links":{"permalink":"https://n.example/1"},"source":{"name":"Example","domain":"n.example"},"published_at":"2024-06-11T08:00:00Z","language":"en"})",
     "aylien", "7000000000", "https://n.example/1", "Example", "en"},
    {"rss",
     R"({"guid":"r1","title":"Truce \"holds\"","link":"https://n.example/1","description":"d","content:encoded":"<p>The truce held &#x2013; so far.</p>","pubDate":"Tue, 11 Jun 2024 10:00:00 +0200"})",
     "rss", "r1", "https://n.example/1", "n.example", ""},
    {"atom",
     R"({"id":"r2","title":"Truce \"holds\"","link":"https://n.example/1","content":"The truce held – so far.","published":"2024-06-11T08:00:00Z"})",
     "rss", "r2", "https://n.example/1", "n.example", ""},
    {"generic_text",
     R"({"_id":"g1","headline":"Truce \"holds\"","text":"The truce held – so far.","link":"https://n.example/1","date":"2024-06-11","lang":"English"})",
     "generic", "g1", "https://n.example/1", "n.example", "en"},
    {"generic_content",
     R"({"name":"Truce \"holds\"","content":"The truce held – so far.","timestamp":1718092800,"source":{"domain":"n.example"}})",
     "generic", "", "", "n.example", ""},
    {"cloud_event",
     R"({"specversion":"1.0","type":"article","source":"/x","id":"e1","data":{"id":"a1","title":"Truce \"holds\"","body":"The truce held – so far.","published_at":"2024-06-11T08:00:00Z"}})",
     "native", "a1", "", "", ""},
    {"array_of_one",
     R"([{"id":"a1","title":"Truce \"holds\"","body":"The truce held – so far.","published_at":"2024-06-11T08:00:00Z"}])",
     "native", "a1", "", "", ""},
    {"envelope_newsapi",
     R"({"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"Example"},"title":"Truce \"holds\"","url":"https://n.example/1","publishedAt":"2024-06-11T08:00:00Z","content":"The truce held – so far."}]})",
     "newsapi", "https://n.example/1", "https://n.example/1", "Example", ""},
    {"envelope_event_registry",
     R"({"articles":{"page":1,"results":[{"uri":"8171","lang":"eng","dateTime":"2024-06-11T08:00:00Z","title":"Truce \"holds\"","body":"The truce held – so far."}]}})",
     "event_registry", "8171", "", "", "en"},
    {"envelope_guardian",
     R"({"response":{"status":"ok","results":[{"id":"world/1","webTitle":"Truce \"holds\"","webPublicationDate":"2024-06-11T08:00:00Z","fields":{"bodyText":"The truce held – so far."}}]}})",
     "guardian", "world/1", "", "The Guardian", ""},
    {"envelope_aylien",
     R"({"stories":[{"id":1,"title":"Truce \"holds\"","body":"The truce held – so far.","links":{},"published_at":"2024-06-11T08:00:00Z"}],"next_page_cursor":"x"})",
     "aylien", "1", "", "", ""},
    {"envelope_json_feed",
     R"({"version":"https://jsonfeed.org/version/1.1","title":"Feed","items":[{"id":"j1","title":"Truce \"holds\"","content_text":"The truce held – so far.","date_published":"2024-06-11T08:00:00Z"}]})",
     "json_feed", "j1", "", "", ""},
    {"envelope_rss",
     R"({"status":"ok","feed":{"title":"Feed"},"items":[{"guid":"r1","title":"Truce \"holds\"","content":"The truce held – so far.","pubDate":"2024-06-11 08:00:00"}]})",
     "rss", "r1", "", "", ""},
};

class ShapeTest : public testing::TestWithParam<Shape> {};

TEST_P(ShapeTest, CarriesTheSameArticle) {
    const Shape& shape = GetParam();
    const Told got = told(shape.json);
    ASSERT_EQ(got.rejected, "");
    EXPECT_EQ(got.format, shape.format);
    EXPECT_EQ(got.title, kTitle);
    EXPECT_EQ(got.body, kBody);
    if (*shape.id != '\0') {
        EXPECT_EQ(got.id, shape.id);
    }
    EXPECT_EQ(got.url, shape.url);
    EXPECT_EQ(got.source, shape.source);
    EXPECT_EQ(got.language, shape.language);
    EXPECT_EQ(got.published_at.substr(0, 10), "2024-06-11");
    EXPECT_THAT(got.warnings, testing::IsEmpty());
}

/// Framing is no part of the article.
TEST_P(ShapeTest, CarriesItInFraming) {
    const Told plain = told(GetParam().json);
    EXPECT_EQ(told("\xEF\xBB\xBF" + GetParam().json), plain);
    EXPECT_EQ(told(std::string("\0\0\0\1\7", 5) + GetParam().json), plain);
    EXPECT_EQ(told(" \r\n\t" + GetParam().json + "\n\n"), plain);
}

INSTANTIATE_TEST_SUITE_P(Formats, ShapeTest, testing::ValuesIn(kShapes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Decode, GdeltHasATitleOnly) {
    const Told got = told(
        R"({"url":"https://n.example/1","url_mobile":"","title":"Truce holds","seendate":"20240611T080000Z","socialimage":"","domain":"n.example","language":"English"})");
    EXPECT_EQ(got.format, "gdelt");
    EXPECT_EQ(got.title, "Truce holds");
    EXPECT_EQ(got.body, "");
    EXPECT_EQ(got.source, "n.example");
    EXPECT_EQ(got.published_at, "2024-06-11T08:00:00Z");
    EXPECT_EQ(got.language, "en");
}

struct Refused {
    const char* name;
    std::string message;
    const char* rejected;
};

const std::string kDeep65 = std::string(65, '[') + "1" + std::string(65, ']');

const std::vector<Refused> kRefused = {
    {"empty", "", "empty"},
    {"blanks", " \r\n\t ", "empty"},
    {"byte_order_mark_alone", "\xEF\xBB\xBF", "empty"},
    {"not_json", "Truce holds", "bad_json @0"},
    {"cut", R"({"title":"Truce)", "bad_json @9"},
    {"trailing_garbage", R"({"title":"Truce"} x)", "bad_json @18"},
    {"two_documents", "{\"title\":\"Truce\"}\n{\"title\":\"Truce\"}", "bad_json @18"},
    {"error_after_the_last_needed_field", R"({"id":"1","title":"Truce","body":"b","extra":[1,]})",
     "bad_json @48"},
    {"raw_newline", "{\"title\":\"Truce\nholds\"}", "bad_json @15"},
    {"byte_counts_the_framing", std::string("\0\0\0\1\7", 5) + "{\"title\":}", "bad_json @14"},
    {"byte_counts_the_byte_order_mark", "\xEF\xBB\xBF{\"title\":}", "bad_json @12"},
    {"latin1", "{\"title\":\"caf\xE9\"}", "bad_utf8 @13"},
    {"latin1_in_an_extra_field", "{\"title\":\"Truce\",\"x\":\"\xE9\"}", "bad_utf8 @22"},
    {"bad_utf8_in_a_key", "{\"title\":\"Truce\",\"\xE9\":1}", "bad_utf8 @18"},
    {"bad_utf8_between_values", "{\"title\":\"Truce\"}\xE9", "bad_json @17"},
    {"lone_surrogate", R"({"title":"Truce \ud83d"})", "bad_utf8 @16"},
    {"lone_surrogate_in_an_extra_field", R"({"title":"Truce","x":["\udc00"]})", "bad_utf8 @23"},
    {"lone_surrogate_in_a_key", R"({"title":"Truce","\udc00":1})", "bad_utf8 @18"},
    {"raw_surrogate", "{\"title\":\"\xED\xA0\xBD\"}", "bad_utf8 @10"},
    {"too_deep", kDeep65, "too_deep @64"},
    {"too_deep_in_an_extra_field", R"({"title":"Truce","x":)" + kDeep65 + "}", "too_deep @84"},
    {"null", "null", "not_an_article"},
    {"string", "\"Truce\"", "not_an_article"},
    {"number", "17", "not_an_article"},
    {"object_of_something_else", R"({"user":1,"action":"click"})", "not_an_article"},
    {"empty_object", "{}", "not_an_article"},
    {"empty_array", "[]", "not_an_article"},
    {"array_of_two", R"([{"title":"a"},{"title":"b"}])", "not_an_article"},
    {"envelope_of_two", R"({"articles":[{"title":"a"},{"title":"b"}]})", "not_an_article"},
    {"envelope_of_none", R"({"articles":[]})", "not_an_article"},
    {"envelope_of_a_string", R"({"articles":["a"]})", "not_an_article"},
    {"json_feed_of_two",
     R"({"version":"https://jsonfeed.org/version/1.1","items":[{"content_text":"a"},{"content_text":"b"}]})",
     "not_an_article"},
    {"title_a_number", R"({"title":5,"body":"b"})", "wrong_type /title"},
    {"title_an_array", R"({"title":["a"],"body":"b"})", "wrong_type /title"},
    {"body_an_object", R"({"title":"a","body":{"text":"b"}})", "wrong_type /body"},
    {"body_true", R"({"body":true})", "wrong_type /body"},
    {"body_a_number_that_no_parser_holds", R"({"title":"a","body":123456789012345678901234567890})",
     "wrong_type /body"},
    {"article_body_a_number", R"({"headline":"a","articleBody":5})", "wrong_type /articleBody"},
    {"maintext_a_number", R"({"title":"a","maintext":5})", "wrong_type /maintext"},
    {"body_xml_a_number", R"({"title":"a","bodyXML":5})", "wrong_type /bodyXML"},
    {"content_html_a_number", R"({"title":"a","content_html":5})", "wrong_type /content_html"},
    {"bodies_a_string", R"({"uri":"u","headlines":[{"value":"a"}],"bodies":"b"})",
     "wrong_type /bodies"},
    {"headlines_an_object", R"({"uri":"u","headlines":{"value":"a"},"bodies":[]})",
     "wrong_type /headlines"},
    {"ninjs_value_a_number", R"({"uri":"u","bodies":[{"value":"b"},{"value":5}]})",
     "wrong_type /bodies/1/value"},
    {"guardian_body_a_number",
     R"({"webTitle":"a","webPublicationDate":"2024-06-11","fields":{"body":5}})",
     "wrong_type /fields/body"},
    {"no_text", R"({"title":"","body":" \n\t"})", "no_text"},
    {"no_text_null", R"({"title":null,"body":null})", "no_text"},
    {"no_text_in_html", R"({"id":"1","title":"","content_html":"<p> </p><script>x</script>"})",
     "no_text"},
};

class RefusedTest : public testing::TestWithParam<Refused> {};
TEST_P(RefusedTest, SaysWhyAndWhere) {
    EXPECT_EQ(told(GetParam().message).rejected, GetParam().rejected);
}
INSTANTIATE_TEST_SUITE_P(Messages, RefusedTest, testing::ValuesIn(kRefused),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Decode, TooLargeIsByTheLimit) {
    Decoder decoder({.message_bytes_max = 20, .json_depth_max = 64});
    EXPECT_EQ(told(decoder, R"({"title":"12345678"})").rejected, "");
    EXPECT_EQ(told(decoder, R"({"title":"123456789"})").rejected, "too_large");
    EXPECT_EQ(told(decoder, std::string(21, ' ')).rejected, "too_large");
}

TEST(Decode, DepthIsByTheLimit) {
    Decoder decoder({.message_bytes_max = 1U << 20U, .json_depth_max = 3});
    EXPECT_EQ(told(decoder, R"({"title":"a","x":[[1]]})").rejected, "");
    EXPECT_EQ(told(decoder, R"({"title":"a","x":[[[1]]]})").rejected, "too_deep @19");
    Decoder usual;
    EXPECT_EQ(told(usual,
                   R"({"title":"a","x":)" + std::string(63, '[') + "1" + std::string(63, ']') + "}")
                  .rejected,
              "");
}

TEST(Decode, WarnsAndGoesOn) {
    using testing::ElementsAre;
    EXPECT_THAT(told(R"({"title":"a","title":"b"})").warnings, ElementsAre("duplicate_key title"));
    EXPECT_EQ(told(R"({"title":"a","title":"b"})").title, "a");
    EXPECT_THAT(
        told(R"({"title":"a","body":"b","body":"c","body":"d","id":"1","id":"2"})").warnings,
        ElementsAre("duplicate_key body", "duplicate_key id"));
    EXPECT_THAT(told(R"({"title":"a","extra":1,"extra":2})").warnings, ElementsAre());
    EXPECT_THAT(told(R"({"title":"a\u0000b","body":"c"})").warnings,
                ElementsAre("text_repaired title"));
    EXPECT_THAT(told(R"({"title":"a","body":"\u0001\t\r\nc"})").warnings,
                ElementsAre("text_repaired body"));
    EXPECT_THAT(told(R"({"title":"a","body":"tab\tline\r\n"})").warnings, ElementsAre());
    EXPECT_THAT(told(R"({"title":"a","published_at":"soon"})").warnings,
                ElementsAre("published_at_unreadable published_at"));
    EXPECT_THAT(told(R"({"title":"a","published_at":true})").warnings,
                ElementsAre("published_at_unreadable published_at"));
    EXPECT_THAT(told(R"({"title":"a","published_at":99999999999999999})").warnings,
                ElementsAre("published_at_unreadable published_at"));
    EXPECT_THAT(told(R"({"title":"a","published_at":999999999999999999999999})").warnings,
                ElementsAre("published_at_unreadable published_at"));
    EXPECT_THAT(told(R"({"title":"a","published_at":null})").warnings, ElementsAre());
    EXPECT_THAT(told(R"({"title":"a","published_at":" "})").warnings, ElementsAre());
    EXPECT_THAT(told(R"({"title":"a","language":"fr"})").warnings,
                ElementsAre("language_unsupported language"));
}

TEST(Decode, KeepsTextAsDelivered) {
    using namespace std::string_literals;
    EXPECT_EQ(told(R"({"body":"a\u0000b\ud83d\ude00\u00e9\u200b"})").body, "a\0b😀é\u200B"s);
    EXPECT_EQ(told(R"({"body":"<p>native bodies are text</p> &amp;"})").body,
              "<p>native bodies are text</p> &amp;");
    EXPECT_FALSE(told(R"({"body":"<p>native bodies are text</p>"})").html);
    EXPECT_EQ(told(R"({"body":"  blanks kept \n"})").body, "  blanks kept \n");
}

TEST(Decode, SaysThatTextCameFromHtml) {
    EXPECT_TRUE(told(R"({"id":"1","content_html":"<p>a</p>"})").html);
    EXPECT_TRUE(told(R"({"headline":"h","articleBody":"<p>a</p>"})").html);
    EXPECT_FALSE(told(R"({"headline":"h","articleBody":"a < b"})").html);
}

TEST(Decode, Languages) {
    const std::pair<const char*, const char*> cases[] = {
        {"en", "en"},      {"EN", "en"},      {"en-US", "en"}, {"en_GB", "en"}, {"eng", "en"},
        {"English", "en"}, {"ENGLISH", "en"}, {"fr", "fr"},    {"fra", "fr"},   {"ar-EG", "ar"},
        {"Arabic", "ar"},  {"zh-Hans", "zh"}, {"tlh", "tlh"},  {"", ""}};
    for (const auto& [given, expected] : cases) {
        const Told got = told(R"({"title":"a","language":")" + std::string(given) + "\"}");
        EXPECT_EQ(got.language, expected) << given;
        EXPECT_EQ(got.warnings.empty(), *expected == '\0' || got.language == "en") << given;
    }
    EXPECT_EQ(told(R"({"title":"a","language":null,"lang":"eng"})").language, "en");
    EXPECT_EQ(told(R"({"title":"a","language":5})").language, "");
}

TEST(Decode, IdsStandInForEachOther) {
    EXPECT_EQ(told(R"({"id":"own","url":"https://n.example/1","title":"a"})").id, "own");
    EXPECT_EQ(told(R"({"id":"","url":"https://n.example/1","title":"a"})").id,
              "https://n.example/1");
    EXPECT_EQ(told(R"({"id":null,"guid":"g","title":"a"})").id, "g");
    EXPECT_EQ(told(R"({"id":18446744073709551615,"title":"a"})").id, "18446744073709551615");
    EXPECT_EQ(told(R"({"id":-5,"title":"a"})").id, "-5");
    EXPECT_EQ(told(R"({"id":123456789012345678901234567890,"title":"a"})").id,
              "123456789012345678901234567890");
    const std::string hashed = told(R"({"title":"a","body":"b"})").id;
    EXPECT_THAT(hashed, testing::MatchesRegex("xxh3:[0-9a-f]+"));
    EXPECT_EQ(hashed.size(), 21U);
    EXPECT_EQ(told(R"({"body":"b","title":"a","extra":1})").id, hashed)
        << "the hash is of the text alone";
    EXPECT_NE(told(R"({"title":"ab"})").id, told(R"({"title":"a","body":"b"})").id)
        << "and of where it stands";
}

TEST(Decode, LargeNumbersAreNoReason) {
    for (const std::string_view number :
         {"1e400", "-1e-400", "123456789012345678901234567890",
          "0.1234567890123456789012345678901234567890", "18446744073709551616", "1E+1000000"}) {
        const Told got =
            told(R"({"title":"a \"1e400\"","x":)" + std::string(number) + R"(,"body":"b"})");
        EXPECT_EQ(got.rejected, "") << number;
        EXPECT_EQ(got.title, "a \"1e400\"") << number;
        EXPECT_EQ(got.body, "b") << number;
        EXPECT_EQ(told(R"({"title":"a","url":)" + std::string(number) + R"(,"source":{"name":)" +
                       std::string(number) + "}}")
                      .source,
                  "")
            << number;
    }
}

TEST(Decode, ReadsMessagesWithoutRoomBehindThem) {
    // The parser reads beyond the end of its input, so the message must be copied: a heap block of
    // the very size lets the sanitizer see.
    const std::string json = R"({"title":"a","body":"b"})";
    const std::vector<char> exact(json.begin(), json.end());
    EXPECT_EQ(told(std::string_view(exact.data(), exact.size())).title, "a");
}

TEST(Decode, AUsedDecoderAnswersLikeANewOne) {
    std::vector<std::string> messages;
    for (const Shape& shape : kShapes) messages.push_back(shape.json);
    for (const Refused& refused : kRefused) messages.push_back(refused.message);
    messages.push_back(R"({"title":"a","title":"b","x":1e400})");
    messages.push_back(R"({"body":")" + std::string(300'000, 'x') + "\"}");
    std::vector<Told> expected;
    for (const std::string& message : messages) expected.push_back(told(message));
    Decoder used;
    std::mt19937 random(3);
    for (int round = 0; round < 2'000; ++round) {
        const std::size_t i = random() % messages.size();
        ASSERT_EQ(told(used, messages[i]), expected[i]) << messages[i].substr(0, 200);
    }
}

/// Whatever is changed about a message, the decoder has an answer, and its text is valid.
TEST(Decode, AnswersEveryMutation) {
    Decoder decoder;
    std::mt19937 random(9);
    std::size_t articles = 0;
    for (int round = 0; round < 30'000; ++round) {
        std::string message = kShapes[random() % kShapes.size()].json;
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            const std::size_t at = random() % message.size();
            switch (random() % 4) {
                case 0:
                    message[at] = static_cast<char>(random() % 256);
                    break;
                case 1:
                    message.erase(at, 1 + random() % 4);
                    break;
                case 2:
                    message.insert(at, message.substr(random() % message.size(), random() % 12));
                    break;
                default:
                    message.insert(at, 1, "{}[]\",:\\"[random() % 8]);
                    break;
            }
            if (message.empty()) break;
        }
        articles += told(decoder, message).rejected.empty() ? 1U : 0U;
    }
    EXPECT_GT(articles, 1'000U);
}

}  // namespace
}  // namespace ceasewire
