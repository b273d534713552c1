/// The lexicon that ships: compiles, and agrees with the rooms that read it.

#include <set>

#include <gtest/gtest.h>

#include "analysis/actor_features.h"
#include "analysis/analysis.h"
#include "analysis/features.h"
#include "lexicon/data.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

const LexiconData& data() { return test::shipped_lexicon().data(); }

TEST(ShippedLexicon, Compiles) {
    EXPECT_FALSE(test::shipped_lexicon().version().empty());
    EXPECT_GT(data().actors.size(), 1'000U);
    EXPECT_GT(data().countries.size(), 150U);
    EXPECT_GT(data().holders.size(), 200U);
    EXPECT_FALSE(data().syntax_model.empty());
}

/// Feature by feature in the order that the code counts them: a weight in the wrong row would say
/// nothing and be wrong.
TEST(ShippedLexicon, WeighsTheFeaturesThatTheAnalysisHas) {
    EXPECT_EQ(data().claim_model.features, analysis::feature_names());
    EXPECT_EQ(data().actor_model.features, analysis::actor_feature_names());
    EXPECT_EQ(data().actor_model.columns, (std::vector<std::string>{"group", "state"}));
}

TEST(ShippedLexicon, HasAColumnForEachDecision) {
    std::set<std::string> expected = {"gate", "side"};
    for (std::size_t act = 0; act < kActs; ++act)
        expected.insert("act:" + std::string(to_string(static_cast<Act>(act))));
    for (int stance = 0; stance < 4; ++stance)
        expected.insert("stance:" + std::string(to_string(static_cast<Stance>(stance))));
    for (int status = 0; status < 6; ++status)
        expected.insert("status:" + std::string(to_string(static_cast<Status>(status))));
    const auto& columns = data().claim_model.columns;
    EXPECT_EQ(std::set<std::string>(columns.begin(), columns.end()), expected);
    EXPECT_EQ(columns.size(), expected.size());
}

TEST(ShippedLexicon, CuesOfActsNameActs) {
    std::set<std::string_view> acts;
    for (std::size_t act = 0; act < kActs; ++act) acts.insert(to_string(static_cast<Act>(act)));
    for (const CueRow& cue : data().cues) {
        if (cue.kind != CueKind::act) continue;
        EXPECT_TRUE(acts.contains(cue.value)) << data().row_name(cue.place) << " " << cue.value;
    }
}

/// The closed list of gold/GUIDE.md.
TEST(ShippedLexicon, TermsAreOfTheClosedList) {
    const std::set<std::string_view> slugs = {"ceasefire",
                                              "armistice",
                                              "cessation_of_hostilities",
                                              "humanitarian_pause",
                                              "temporary_ceasefire",
                                              "permanent_ceasefire",
                                              "unilateral_ceasefire",
                                              "partial_ceasefire",
                                              "immediate_ceasefire",
                                              "entry_into_force",
                                              "extension_or_phase",
                                              "violation",
                                              "collapse",
                                              "monitoring",
                                              "security_guarantees",
                                              "peacekeeping_force",
                                              "separation_of_forces",
                                              "troop_withdrawal",
                                              "disarmament",
                                              "hostage_release",
                                              "prisoner_exchange",
                                              "humanitarian_access",
                                              "humanitarian_corridor",
                                              "blockade_lifting",
                                              "displaced_return",
                                              "remains_return",
                                              "sanctions_relief",
                                              "reconstruction",
                                              "political_settlement",
                                              "peace_talks",
                                              "mediation",
                                              "peace_plan",
                                              "un_resolution"};
    std::set<std::string_view> seen;
    for (const TermRow& term : data().terms) {
        EXPECT_TRUE(slugs.contains(term.slug)) << data().row_name(term.place) << " " << term.slug;
        seen.insert(term.slug);
    }
    EXPECT_EQ(seen.size(), slugs.size());
}

TEST(ShippedLexicon, StatesHaveACountryRow) {
    for (const CountryRow& country : data().countries) {
        EXPECT_EQ(data().actors[country.actor].state,
                  static_cast<std::uint32_t>(&country - data().countries.data()))
            << country.iso3;
    }
}

}  // namespace
}  // namespace ceasewire
