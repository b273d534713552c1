#include "show/words.h"

#include <array>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace ceasewire::show {
namespace {

TEST(Words, EveryActHasOneCourse) {
    std::map<std::string_view, int> seen;
    for (const Course course : {Course::nearer, Course::working, Course::disputed, Course::away}) {
        for (const std::string_view act : acts_of(course)) {
            ++seen[act];
            EXPECT_EQ(course_of(act), course) << act;
        }
    }
    for (const char* act :
         {"call", "propose", "accept", "reject", "condition", "announce", "negotiate", "accuse",
          "violate", "implement", "pledge", "assess", "deny"})
        EXPECT_EQ(seen[act], 1) << act;
    EXPECT_EQ(seen.size(), 13U);
    EXPECT_EQ(course_of("other"), Course::working);
}

TEST(Words, EveryTypeHasAKind) {
    EXPECT_EQ(kind_of("person"), Kind::people);
    EXPECT_EQ(kind_of("state"), Kind::states);
    EXPECT_EQ(kind_of("armed_group"), Kind::armed);
    EXPECT_EQ(kind_of("company"), Kind::media);
    EXPECT_EQ(kind_of("igo"), Kind::organisations);
    EXPECT_EQ(kind_of("other"), Kind::organisations);
}

TEST(Words, OfTimes) {
    EXPECT_EQ(in_words(RecordWhen{"Monday", "2025-01-13", "2025-01-13"}), "Monday (2025-01-13)");
    EXPECT_EQ(in_words(RecordWhen{"this week", "2025-01-13", "2025-01-19"}),
              "this week (2025-01-13 to 2025-01-19)");
    EXPECT_EQ(in_words(RecordWhen{"once it is signed", "", ""}), "once it is signed");
    EXPECT_EQ(in_words(RecordWhen{"by Monday", "", "2025-01-13"}), "by Monday (until 2025-01-13)");
    EXPECT_EQ(in_words(RecordWhen{"since May", "2025-05-01", ""}), "since May (from 2025-05-01)");
    EXPECT_EQ(in_words(RecordWhen{"2025-05-01", "2025-05-01", "2025-05-01"}), "2025-05-01");
}

TEST(Words, OfQuantities) {
    EXPECT_EQ(in_words(RecordQuantity{"33 hostages", 33, "hostage"}), "33 hostages");
    EXPECT_EQ(in_words(RecordQuantity{"six weeks", 6, "week"}), "six weeks (6 week)");
    EXPECT_EQ(in_words(RecordQuantity{"half", 0.5, ""}), "half (0.5)");
}

TEST(Words, OfCodes) {
    RecordClaim claim;
    EXPECT_EQ(codes_in_words(claim), "");
    const std::array<std::string_view, 2> sectors = {"GOV", "MIL"};
    RecordCodes codes;
    EXPECT_EQ(codes_in_words(codes), "");
    codes.country = "USA";
    EXPECT_EQ(codes_in_words(codes), "PLOVER USA");
    codes = {"USAGOVMIL", "USA", sectors};
    EXPECT_EQ(codes_in_words(codes), "CAMEO USAGOVMIL, PLOVER USA GOV MIL");
    claim.plover_event = "AGREE";
    EXPECT_EQ(codes_in_words(claim), "PLOVER AGREE");
    claim.cameo = "0356";
    claim.plover_mode = "yield";
    EXPECT_EQ(codes_in_words(claim), "CAMEO 0356 · PLOVER AGREE, yield");
}

TEST(Words, OfMentions) {
    EXPECT_EQ(reason_of({{}, "alias", "alias actors.tsv:3"}), "alias actors.tsv:3");
    EXPECT_EQ(reason_of({{}, "metonym", "seat that acts actors.tsv:3"}),
              "metonym: seat that acts actors.tsv:3");
    EXPECT_EQ(reason_of({{}, "name", ""}), "name");
}

}  // namespace
}  // namespace ceasewire::show
