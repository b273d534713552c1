/// The article that the project began with: a machine translation with misspelt names and the
/// furniture of its page. Its text is not ours to ship, so the test reads it from beside the
/// checkout and is skipped where it is absent.

#include <gtest/gtest.h>

#include "enrich/enrich.h"
#include "record/encode.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

namespace fs = std::filesystem;

class SeedTest : public testing::Test {
protected:
    void SetUp() override {
        const char* elsewhere = std::getenv("CEASEWIRE_SHARED_DIR");
        const fs::path shared = elsewhere != nullptr
                                    ? fs::path(elsewhere)
                                    : fs::path(CEASEWIRE_SOURCE_DIR).parent_path() / "shared";
        const fs::path path = shared / "seed" / "article.txt";
        if (!fs::exists(path)) GTEST_SKIP() << "no " << path << ": the seed article is not here";
        const std::string text = test::read_file(path);
        const std::size_t line = text.find('\n');
        title_ = text.substr(0, line);
        body_ = text.substr(text.find_first_not_of("\r\n", line));
        message_ = "{\"id\":\"seed\",\"published_at\":\"2024-06-11T08:00:00Z\",\"title\":";
        append_json_string(message_, title_);
        message_ += ",\"body\":";
        append_json_string(message_, body_);
        message_ += "}";
        auto record = enrich(message_, test::shipped_lexicon(), scratch_);
        ASSERT_TRUE(record) << record.error().message;
        record_ = *record;
    }

    /// The code points of `exact` within the body, first occurrence after `from`.
    [[nodiscard]] RecordSlice find(std::string_view exact, std::size_t from = 0) const {
        const std::size_t byte = body_.find(exact, from);
        EXPECT_NE(byte, std::string::npos) << exact;
        const auto points = [](std::string_view text) {
            return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
                return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
            }));
        };
        const std::uint32_t start = points(std::string_view(body_).substr(0, byte));
        return {Field::body, start, start + points(exact), exact};
    }

    static bool overlap(const RecordSlice& a, const RecordSlice& b) {
        return a.field == b.field && a.start < b.end && b.start < a.end;
    }

    /// The whole line of the body that holds `words`.
    [[nodiscard]] RecordSlice line_of(std::string_view words) const {
        const std::size_t byte = body_.find(words);
        EXPECT_NE(byte, std::string::npos) << words;
        const std::size_t begin = body_.rfind('\n', byte) + 1;
        const std::size_t end = std::min(body_.find('\n', byte), body_.size());
        return find(std::string_view(body_).substr(begin, end - begin));
    }

    [[nodiscard]] std::vector<std::string> names(std::span<const ActorIndex> indices) const {
        std::vector<std::string> out;
        for (const ActorIndex index : indices) out.emplace_back(record_.actors[index].name);
        return out;
    }

    std::string title_;
    std::string body_;
    std::string message_;
    Scratch scratch_;
    EnrichedRecord record_;
};

TEST_F(SeedTest, AntonyBlinkenIsOneActorHoweverHeIsSpelt) {
    std::size_t found = 0;
    bool anthony = false;
    bool blingen = false;
    for (const RecordActor& actor : record_.actors) {
        bool is_blinken = actor.name == "Antony Blinken";
        found += is_blinken ? 1 : 0;
        for (const RecordMention& mention : actor.mentions) {
            const std::string_view exact = mention.slice.exact;
            const bool names_him = exact.find("Blinken") != std::string_view::npos ||
                                   exact.find("Blingen") != std::string_view::npos;
            if (names_him) {
                EXPECT_TRUE(is_blinken) << exact << " was taken for " << actor.name;
            }
            anthony = anthony || exact.find("Anthony Blinken") != std::string_view::npos;
            blingen = blingen || exact.find("Blingen") != std::string_view::npos;
        }
        if (is_blinken) {
            EXPECT_EQ(actor.id, "antony-blinken");
            EXPECT_EQ(actor.country, "USA");
            EXPECT_EQ(actor.type, "person");
            EXPECT_FALSE(actor.roles.empty()) << "he was Secretary of State on that day";
        }
    }
    EXPECT_EQ(found, 1U);
    EXPECT_TRUE(anthony);
    EXPECT_TRUE(blingen);
}

TEST_F(SeedTest, PageFurnitureYieldsNoActorAndNoClaim) {
    std::vector<RecordSlice> furniture = {
        find("(Anatolia)"),
        line_of("Netanyahu rejects any conditions for a prisoner exchange program"),
        line_of("Reports that Netanyahu is undermining mediation efforts"),
        line_of("Leave a Reply"),
        line_of("Your email address will not be published"),
    };
    for (const RecordSlice& piece : furniture) {
        for (const RecordActor& actor : record_.actors) {
            for (const RecordMention& mention : actor.mentions) {
                EXPECT_FALSE(overlap(mention.slice, piece))
                    << actor.name << " in \"" << piece.exact << '"';
            }
        }
        for (const RecordClaim& claim : record_.claims) {
            const bool credit = piece.exact == "(Anatolia)";
            // A credit stands inside a sentence; nothing says that the sentence is no claim.
            EXPECT_TRUE(credit || !overlap(claim.slice, piece)) << claim.slice.exact;
        }
    }
}

TEST_F(SeedTest, TheWashingtonPostsOfficialsAreTheSource) {
    const RecordSlice sentence =
        find("the main point of contention in the prisoner exchange talks is Hamas");
    bool found = false;
    for (const RecordClaim& claim : record_.claims) {
        if (!overlap(claim.slice, sentence)) continue;
        found = true;
        EXPECT_EQ(names(claim.sources), std::vector<std::string>{"US officials"});
        EXPECT_EQ(names(claim.via), std::vector<std::string>{"The Washington Post"});
        ASSERT_FALSE(claim.sources.empty());
        EXPECT_EQ(record_.actors[claim.sources[0]].type, "role_group");
        EXPECT_EQ(record_.actors[claim.sources[0]].country, "USA");
        EXPECT_EQ(record_.actors[claim.sources[0]].id, "") << "an unnamed source has no id";
    }
    EXPECT_TRUE(found) << "no claim covers that sentence";
}

TEST_F(SeedTest, IsRelevantAndItsSlicesAreRight) {
    EXPECT_TRUE(record_.relevant);
    EXPECT_GE(record_.claims.size(), 10U);
    for (const RecordClaim& claim : record_.claims) {
        const std::string& field = claim.slice.field == Field::title ? title_ : body_;
        EXPECT_NE(field.find(claim.slice.exact), std::string::npos) << claim.slice.exact;
    }
}

}  // namespace
}  // namespace ceasewire
