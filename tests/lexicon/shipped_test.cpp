/// The lexicon that ships: compiles, and agrees with the rooms that read it.

#include <set>

#include <gtest/gtest.h>

#include "analysis/actor_features.h"
#include "analysis/analysis.h"
#include "lexicon/data.h"
#include "lexicon/model.h"
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

/// Every feature that the actor pass counts has its weights; one without would say nothing.
TEST(ShippedLexicon, WeighsTheFeaturesOfActors) {
    for (const std::string& name : analysis::actor_feature_names())
        EXPECT_NE(data().actor_model.find(feature_id(name)), LinearModel::kAbsent) << name;
}

TEST(ShippedLexicon, HasScorersOfClaimsAndTerms) {
    EXPECT_NE(data().claim_model.find(feature_id("bias")), LinearModel::kAbsent);
    EXPECT_NE(data().claim_model.find(feature_id("PAa=reject")), LinearModel::kAbsent);
    EXPECT_NE(data().claim_model.find(feature_id("p:none")), LinearModel::kAbsent);
    EXPECT_NE(data().term_model.find(feature_id("term=peace_talks")), LinearModel::kAbsent);
}

/// The columns say what the enumerations say, in their order.
TEST(ShippedLexicon, ColumnsFollowTheEnumerations) {
    for (std::size_t act = 0; act < kActs; ++act)
        EXPECT_EQ(kModelColumns.at(kActColumn + act),
                  "act:" + std::string(to_string(static_cast<Act>(act))));
    for (std::size_t stance = 0; stance < 4; ++stance)
        EXPECT_EQ(kModelColumns.at(kStanceColumn + stance),
                  "stance:" + std::string(to_string(static_cast<Stance>(stance))));
    for (std::size_t status = 0; status < 6; ++status)
        EXPECT_EQ(kModelColumns.at(kStatusColumn + status),
                  "status:" + std::string(to_string(static_cast<Status>(status))));
    EXPECT_EQ(kModelColumns.at(kClaimColumn), "claim");
    EXPECT_EQ(kModelColumns.at(kNoneColumn), "act:none");
    EXPECT_EQ(kModelColumns.at(kSourceColumn), "source");
    EXPECT_EQ(kModelColumns.at(kHolderColumn), "holder");
    EXPECT_EQ(kModelColumns.at(kTargetColumn), "target");
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
