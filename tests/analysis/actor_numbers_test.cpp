/// How many an unnamed group is, where the text says so, and whose people they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/actor_cases.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

struct NumberCase {
    const char* name;
    const char* text;
    const char* group;     ///< its name in the record
    std::uint32_t number;  ///< 0: not known
    const char* country = "";
    const char* owner = "";
};

const NumberCase kCases[] = {
    {"two", "Two senior US officials said the truce would hold.", "senior US officials", 2, "USA"},
    {"three_with_article", "The three Egyptian mediators left Doha on Monday, diplomats said.",
     "Egyptian mediators", 3, "EGY"},
    {"digits", "Some 14 Qatari negotiators rejected the ceasefire text, they said.",
     "14 Qatari negotiators", 14, "QAT"},
    {"singular", "A senior Turkish official said the truce would hold.", "senior Turkish official",
     1, "TUR"},
    {"of_a_movement", "Two Hamas officials said the movement had accepted the truce.",
     "Hamas officials", 2, "PSE", "hamas"},
    {"said_twice_alike",
     "Two Israeli officials said the talks had failed. The two Israeli officials said no more.",
     "Israeli officials", 2, "ISR"},
    // Where the text does not say, or says two things, nothing is made up.
    {"several", "Several US officials said the truce would hold.", "US officials", 0, "USA"},
    {"bare_plural", "US officials said the truce would hold.", "US officials", 0, "USA"},
    {"round", "Dozens of Israeli officials said the truce would hold.", "Israeli officials", 0,
     "ISR"},
    {"of_its_members", "A five-member Taliban delegation said the truce would hold.",
     "member Taliban delegation", 0, "AFG", "taliban"},
    {"differing",
     "Two Israeli officials said the talks had failed. Three Israeli officials said they had not.",
     "Israeli officials", 0, "ISR"},
};

class Numbers : public testing::TestWithParam<NumberCase> {};

TEST_P(Numbers, OfTheText) {
    const NumberCase& given = GetParam();
    test::Analyzed analyzed;
    test::analyze(given.text, {.claims = false}, analyzed);
    std::vector<std::string> names;
    for (const FoundActor& actor : analyzed.analysis.actors) {
        names.push_back(actor.name);
        if (actor.name != given.group) continue;
        EXPECT_EQ(actor.number.value_or(0), given.number);
        EXPECT_EQ(actor.country, given.country);
        const auto& rows = test::shipped_lexicon().data().actors;
        EXPECT_EQ(actor.owner == kNoRow ? "" : rows[actor.owner].id, given.owner);
    }
    EXPECT_THAT(names, testing::Contains(given.group));
}

INSTANTIATE_TEST_SUITE_P(Actors, Numbers, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace ceasewire
