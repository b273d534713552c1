/// What the demo is made of: the bundled feed, the pace, the summary.

#include <fstream>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "app/demo_articles.h"
#include "app/demo_pace.h"
#include "app/demo_screen.h"
#include "enrich/enrich.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::app {
namespace {

std::vector<std::string> all(DemoArticles articles) {
    std::vector<std::string> lines;
    for (;;) {
        const auto next = articles.next();
        EXPECT_TRUE(next) << next.error();
        if (!next || !*next) return lines;
        lines.emplace_back(**next);
    }
}

/// The feed has to show what the product meets: many formats, every reason, every warning.
TEST(DemoFeed, HasArticlesOfEveryKindAndAMessageForEveryReason) {
    std::map<std::string_view, int> reasons;
    std::set<std::string_view> formats;
    std::set<std::string_view> warnings;
    std::set<std::string> ids;
    int articles = 0;
    int relevant = 0;
    int html = 0;
    int years_early = 0;
    Scratch scratch;
    for (const std::string& message : all(DemoArticles::bundled())) {
        const auto record = enrich(message, test::shipped_lexicon(), scratch);
        if (!record) {
            ++reasons[to_string(record.error().reason)];
            continue;
        }
        const Article& article = *record->article;
        ++articles;
        relevant += record->relevant ? 1 : 0;
        html += article.html ? 1 : 0;
        years_early += article.published_at < "2020" ? 1 : 0;
        EXPECT_TRUE(ids.insert(std::string(article.id)).second) << article.id;
        formats.insert(to_string(article.format));
        for (const ArticleWarning& warning : article.warnings) {
            warnings.insert(to_string(warning.code));
        }
    }
    EXPECT_GE(articles, 45);
    EXPECT_GE(relevant, 30);
    EXPECT_GE(articles - relevant, 5) << "sport, business, weather, price truces";
    EXPECT_GE(html, 3);
    EXPECT_GE(years_early, 5);
    EXPECT_EQ(formats.size(), 13U);
    EXPECT_TRUE(warnings.contains("published_at_unreadable"));
    EXPECT_TRUE(warnings.contains("language_unsupported"));
    EXPECT_TRUE(warnings.contains("duplicate_key"));
    for (const Reason reason : {Reason::empty, Reason::bad_utf8, Reason::bad_json, Reason::too_deep,
                                Reason::not_an_article, Reason::wrong_type, Reason::no_text}) {
        EXPECT_GE(reasons[to_string(reason)], 1) << to_string(reason);
    }
}

TEST(DemoArticles, TheBundleIsItsFileLineByLine) {
    const std::string file = test::read_file(CEASEWIRE_SOURCE_DIR "/src/app/demo_feed.jsonl");
    EXPECT_EQ(demo_feed_bytes(), file);
    std::string joined;
    for (const std::string& line : all(DemoArticles::bundled())) joined += line + "\n";
    EXPECT_EQ(joined, file);
}

TEST(DemoArticles, AFileGivesTheSameAsTheBundle) {
    auto opened = DemoArticles::open(CEASEWIRE_SOURCE_DIR "/src/app/demo_feed.jsonl", 1 << 20);
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(all(std::move(*opened)), all(DemoArticles::bundled()));
}

TEST(DemoArticles, LeavesOutAndCountsLinesThatAreTooLong) {
    const std::string path = testing::TempDir() + "demo_articles_test.jsonl";
    std::ofstream(path) << "short\n" << std::string(100, 'x') << "\nlast";
    auto opened = DemoArticles::open(path, 50);
    ASSERT_TRUE(opened) << opened.error();
    std::vector<std::string> lines;
    for (auto next = opened->next(); next && *next; next = opened->next()) {
        lines.emplace_back(**next);
    }
    EXPECT_EQ(lines, (std::vector<std::string>{"short", "last"}));
    EXPECT_EQ(opened->too_long(), 1U);
}

TEST(DemoPace, LetsTheFirstMessageInHoweverLarge) {
    DemoPace pace;
    EXPECT_TRUE(pace.may_feed(std::size_t{50} << 20U));
    EXPECT_EQ(pace.feed(std::size_t{50} << 20U), 0U);
    EXPECT_FALSE(pace.may_feed(1));
    EXPECT_TRUE(pace.read_back(0, 100));
    EXPECT_TRUE(pace.may_feed(1));
}

TEST(DemoPace, CountsCopiesAndStrangersApart) {
    DemoPace pace;
    EXPECT_FALSE(pace.read_back(0, 1)) << "never fed";
    pace.feed(10);
    EXPECT_FALSE(pace.is_back(0));
    EXPECT_TRUE(pace.read_back(0, 1));
    EXPECT_FALSE(pace.read_back(0, 1)) << "a second copy";
    EXPECT_TRUE(pace.is_back(0));
    EXPECT_EQ(pace.fed(), 1U);
    EXPECT_EQ(pace.returned(), 1U);
    EXPECT_EQ(pace.copies(), 2U);
    EXPECT_EQ(pace.under_way(), 0U);
}

/// Against a broker of one partition a topic that forgets: whatever the sizes, as long as outputs
/// grow alike, what is under way fits.
TEST(DemoPace, KeepsWhatIsUnderWayBelowWhatABrokerHolds) {
    constexpr double kHolds = 5.0 * 1024 * 1024;
    std::mt19937 random(3);
    for (const double growth : {0.5, 2.0, 8.0, 40.0}) {
        DemoPace pace;
        std::map<std::uint64_t, std::size_t> under_way;
        double in = 0;
        for (int round = 0; round < 30'000; ++round) {
            const std::size_t size = 1 + random() % 20'000;
            if (pace.may_feed(size) && random() % 4 != 0) {
                under_way[pace.feed(size)] = size;
                in += static_cast<double>(size);
            } else if (!under_way.empty()) {
                auto back = under_way.begin();
                std::advance(back, random() % std::min<std::size_t>(under_way.size(), 10));
                in -= static_cast<double>(back->second);
                const auto out = static_cast<std::uint64_t>(
                    growth * static_cast<double>(std::max<std::size_t>(back->second, 1024)));
                EXPECT_TRUE(pace.read_back(back->first, out));
                under_way.erase(back);
            }
            ASSERT_LE(in, kHolds);
            ASSERT_LE(in * growth, kHolds) << growth;
            ASSERT_EQ(pace.under_way(), under_way.size());
        }
    }
}

/// Nothing comes back for a while, just when records become much larger than they were.
TEST(DemoPace, KeepsRoomForArticlesThatSuddenlyGrow) {
    DemoPace pace;
    std::uint64_t next = 0;
    for (int i = 0; i < 5'000; ++i) {
        if (pace.may_feed(1'024)) {
            pace.feed(1'024);
        } else {
            EXPECT_TRUE(pace.read_back(next++, 100));
        }
    }
    while (next < pace.fed()) {
        EXPECT_TRUE(pace.read_back(next++, 100));
    }
    while (pace.may_feed(1'024)) pace.feed(1'024);
    EXPECT_LE(static_cast<double>(pace.under_way()) * 1'024 * 30, 5.0 * 1024 * 1024);
}

/// A message as the lane sees it; without a sequence it is somebody else's.
stream::Message message_with(std::string_view sequence) {
    stream::Message message;
    if (!sequence.empty()) message.headers = {{"trace", "x"}, {"demo-sequence", sequence}};
    return message;
}

TEST(DemoScreen, KeepsWhatIsToBePrintedUntilItIsAskedFor) {
    DemoScreen screen({{80, false}, true, true});
    Scratch scratch;
    const auto claim = enrich(R"({"id":"a","title":"Hamas accepts ceasefire, Egypt says"})",
                              test::shipped_lexicon(), scratch);
    ASSERT_TRUE(claim && claim->relevant);
    screen.enriched(message_with("7"), *claim);
    const auto none = enrich(R"({"id":"b","title":"Cup final"})", test::shipped_lexicon(), scratch);
    ASSERT_TRUE(none && !none->relevant);
    screen.enriched(message_with("8"), *none);
    screen.rejected(message_with("9"),
                    {Reason::wrong_type, "/body", std::nullopt, "body must be text"});
    screen.rejected(message_with(""), {Reason::bad_json, "", 12, "expected a JSON value"});

    const auto taken = [&](std::uint64_t sequence) {
        std::string out;
        screen.take(sequence, out);
        return out;
    };
    EXPECT_NE(taken(7).find("│ Hamas accepts ceasefire, Egypt says\n"), std::string::npos);
    EXPECT_EQ(taken(7), "") << "only once";
    EXPECT_EQ(taken(8), "no claim    Cup final\n\n");
    EXPECT_EQ(taken(9), "dead letter wrong_type at /body: body must be text\n\n");
    std::string others;
    screen.take_others(others);
    EXPECT_EQ(others, "dead letter bad_json at byte 12: expected a JSON value\n\n");
    const DemoScreen::Counts counts = screen.counts();
    EXPECT_EQ(counts.reasons[static_cast<std::size_t>(Reason::bad_json)], 1U);
    std::uint64_t claims = 0;
    for (const std::uint64_t count : counts.acts) claims += count;
    EXPECT_GE(claims, 1U);
}

TEST(DemoScreen, ShowsErrorsOfTheLogAndNothingLess) {
    DemoScreen screen({{80, false}, true, true});
    screen.log(stream::LogLevel::warning, "commit failed");
    screen.log(stream::LogLevel::error, "broker gone");
    EXPECT_EQ(screen.take_log(), std::vector<std::string>{"broker gone"});
    EXPECT_TRUE(screen.take_log().empty());
}

TEST(DemoSummary, SaysWhatWentInAndWhatCameOut) {
    DemoSummary summary;
    summary.fed = 1'234'567;
    summary.fed_bytes = 50'000'000;
    summary.records = 1'234'000;
    summary.dead_letters = 567;
    summary.relevant = 400'000;
    summary.claims = 3;
    summary.seconds = 100;
    summary.core_seconds = 50;
    summary.counts.acts[2] = 1;
    summary.counts.acts[7] = 2;
    summary.counts.reasons[static_cast<std::size_t>(Reason::bad_json)] = 567;
    EXPECT_EQ(
        summary_text(summary, {90, false}),
        R"(articles      1,234,567 in, 1,234,567 out: 1,234,000 records and 567 dead letters, none
              lost
relevant      400,000 with a ceasefire claim
claims        3: accuse 2 · accept 1
dead letters  567: bad_json 567
speed         12,345 articles/s through the broker and back (47.7 MiB in 100.00 s); a core
              alone does 24,691
)");
    summary.under_way = 9;
    EXPECT_NE(summary_text(summary, {200, false}).find(", 9 under way when interrupted\n"),
              std::string::npos);
    summary.under_way = 0;
    summary.lost = 2;
    summary.too_long = 1;
    const std::string wide = summary_text(summary, {200, false});
    EXPECT_NE(wide.find("2 lost; lines too long to feed: 1\n"), std::string::npos) << wide;
}

TEST(WithCommas, GroupsByThousands) {
    EXPECT_EQ(with_commas(0), "0");
    EXPECT_EQ(with_commas(999), "999");
    EXPECT_EQ(with_commas(1'000), "1,000");
    EXPECT_EQ(with_commas(123'456'789), "123,456,789");
}

}  // namespace
}  // namespace ceasewire::app
