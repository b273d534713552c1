#include "show/claims.h"

#include <array>

#include <gtest/gtest.h>

namespace ceasewire::show {
namespace {

/// A record by hand: the Washington Post quotes an official as saying that Hamas accepted.
struct Sample {
    static constexpr std::string_view kSentence =
        "The Washington Post quoted a senior Egyptian official as saying that Hamas had accepted "
        "the "
        "list of 33 hostages\nto be freed in six weeks from Monday.";

    Article article;
    std::array<RecordMention, 1> hamas_mentions;
    std::array<RecordMention, 1> official_mentions;
    std::array<RecordMention, 1> post_mentions;
    std::array<RecordActor, 3> actors;
    std::array<ActorIndex, 1> hamas = {0};
    std::array<ActorIndex, 1> official = {1};
    std::array<ActorIndex, 1> post = {2};
    std::array<std::string_view, 2> terms = {"hostage_release", "temporary_ceasefire"};
    std::array<RecordQuantity, 2> quantities = {RecordQuantity{"33 hostages", 33, "hostage"},
                                                RecordQuantity{"six weeks", 6, "week"}};
    std::array<RecordWhen, 1> when = {RecordWhen{"Monday", "2025-01-13", "2025-01-13"}};
    std::array<RecordClaim, 1> claims;
    EnrichedRecord record;

    Sample() {
        article.id = "sample/one";
        article.title = "Mediators hand over final draft of Gaza truce";
        article.has_title = true;
        article.source = "Sample Wire";
        article.published_at = "2025-01-14T09:30:00Z";
        const auto mention = [](std::string_view exact) {
            const auto at = static_cast<std::uint32_t>(kSentence.find(exact));
            const auto size = static_cast<std::uint32_t>(exact.size());
            return RecordMention{{Field::body, 100 + at, 100 + at + size, exact}, "name", ""};
        };
        hamas_mentions = {mention("Hamas")};
        official_mentions = {mention("a senior Egyptian official")};
        post_mentions = {mention("The Washington Post")};
        actors[0].id = "hamas";
        actors[0].name = "Hamas";
        actors[0].type = "armed_group";
        actors[0].mentions = hamas_mentions;
        actors[1].name = "senior Egyptian official";
        actors[1].type = "role_group";
        actors[1].country = "EGY";
        actors[1].mentions = official_mentions;
        actors[2].id = "the-washington-post";
        actors[2].name = "The Washington Post";
        actors[2].type = "media";
        actors[2].country = "USA";
        actors[2].mentions = post_mentions;
        RecordClaim& claim = claims[0];
        claim.id = "c1";
        claim.slice = {Field::body, 100, 100 + static_cast<std::uint32_t>(kSentence.size()),
                       kSentence};
        claim.act = "accept";
        claim.actors = hamas;
        claim.sources = official;
        claim.via = post;
        claim.stance = "for";
        claim.status = "actual";
        claim.terms = terms;
        claim.quantities = quantities;
        claim.when = when;
        claim.cue = RecordSlice{Field::body, 120, 126, "quoted"};
        claim.confidence = 0.86;
        record.article = &article;
        record.relevant = true;
        record.actors = actors;
        record.claims = claims;
    }

    [[nodiscard]] std::string shown(TerminalStyle style = {80, false}) const {
        std::string out;
        append_claims(record, style, out);
        return out;
    }
};

TEST(AppendClaims, SaysWhoWhatOnWhatTermsToldByWhomThroughWhom) {
    EXPECT_EQ(Sample().shown(), R"(Mediators hand over final draft of Gaza truce
2025-01-14 · Sample Wire · sample/one

  ACCEPT     Hamas
             hostage release, temporary ceasefire: 33 hostages, six weeks,
             Monday (2025-01-13)
             told by senior Egyptian official, through The Washington Post
             in favour · confidence 0.86
           │ The Washington Post quoted a senior Egyptian official as saying
           │ that Hamas had accepted the list of 33 hostages to be freed in six
           │ weeks from Monday.

)");
}

TEST(AppendClaims, ShowsNothingOfARecordWithoutClaims) {
    Sample sample;
    sample.record.claims = {};
    EXPECT_EQ(sample.shown(), "");
}

TEST(AppendClaims, SaysWhenTheArticleItselfTellsIt) {
    Sample sample;
    sample.claims[0].sources = {};
    sample.claims[0].via = {};
    EXPECT_NE(sample.shown().find("told by the article itself\n"), std::string::npos);
}

TEST(AppendClaims, SaysWhenTheDoerTellsItHimself) {
    Sample sample;
    sample.claims[0].sources = sample.hamas;
    EXPECT_NE(sample.shown().find("own statement, through The Washington Post\n"),
              std::string::npos);
    sample.claims[0].actors = {};
    EXPECT_NE(sample.shown().find("ACCEPT     Hamas\n"), std::string::npos);
}

TEST(AppendClaims, ListsTheChainFromTheSpeakerToTheReader) {
    Sample sample;
    const std::array<ActorIndex, 2> via = {2, 0};  // outermost first
    sample.claims[0].via = via;
    EXPECT_NE(
        sample.shown({100, false})
            .find("told by senior Egyptian official, through Hamas, through The Washington Post\n"),
        std::string::npos);
}

TEST(AppendClaims, NamesTargetsAndTheStatusThatIsNotPlain) {
    Sample sample;
    const std::array<ActorIndex, 2> targets = {1, 2};
    sample.claims[0].act = "call";
    sample.claims[0].targets = targets;
    sample.claims[0].stance = "conditional";
    sample.claims[0].status = "proposed";
    const std::string shown = sample.shown();
    EXPECT_NE(shown.find("CALL       Hamas → senior Egyptian official and The Washington Post\n"),
              std::string::npos)
        << shown;
    EXPECT_NE(shown.find("conditional · proposed · confidence 0.86\n"), std::string::npos);
}

TEST(AppendClaims, MarksActorsAndCueWhereThereIsColour) {
    const std::string shown = Sample().shown({100, true});
    EXPECT_NE(shown.find("\x1b[1;32mACCEPT"), std::string::npos);
    EXPECT_NE(shown.find("\x1b[1mThe Washington Post\x1b[0m \x1b[4mquoted\x1b[0m \x1b[1ma senior "
                         "Egyptian official\x1b[0m as saying"),
              std::string::npos)
        << shown;
}

TEST(AppendClaims, ColourAddsNothingButEscapes) {
    std::string coloured = Sample().shown({80, true});
    for (std::size_t at = 0; (at = coloured.find('\x1b')) != std::string::npos;) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    EXPECT_EQ(coloured, Sample().shown());
}

}  // namespace
}  // namespace ceasewire::show
