#include "record/codes.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace ceasewire {
namespace {

struct Case {
    Act act;
    std::vector<std::string_view> terms;
    const char* codes;  ///< "cameo event mode"
};

const Case kCases[] = {
    {Act::call, {"ceasefire"}, "0256 REQUEST yield"},
    {Act::call, {"hostage_release"}, "0253 REQUEST yield"},
    {Act::call, {"humanitarian_access"}, "0233 REQUEST yield"},
    {Act::call, {"peace_talks"}, "026 REQUEST meet"},
    {Act::call, {"mediation"}, "028 REQUEST meet"},
    {Act::call, {}, "027 REQUEST yield"},
    {Act::propose, {"temporary_ceasefire"}, "0256 AGREE "},
    {Act::propose, {"mediation"}, "039 AGREE "},
    {Act::accept, {"permanent_ceasefire"}, "0356 AGREE "},
    {Act::accept, {"prisoner_exchange"}, "0353 AGREE "},
    {Act::reject, {"humanitarian_pause"}, "1246 REJECT yield"},
    {Act::reject, {"peace_talks"}, "125 REJECT meet"},
    {Act::condition, {"ceasefire"}, "1056 REQUEST yield"},
    {Act::announce, {"ceasefire"}, "0871 CONCEDE "},
    {Act::announce, {"political_settlement"}, "057 CONCEDE "},
    {Act::negotiate, {"ceasefire"}, "046 CONSULT multilateral"},
    {Act::negotiate, {"mediation"}, "045 CONSULT multilateral"},
    {Act::accuse, {"violation"}, "112 ACCUSE allege"},
    {Act::violate, {"ceasefire"}, "196 ASSAULT "},
    {Act::implement, {"ceasefire"}, "087 RETREAT ceasefire"},
    {Act::implement, {"hostage_release"}, "0841 RETREAT release"},
    {Act::implement, {"humanitarian_corridor"}, "073 RETREAT access"},
    {Act::implement, {"troop_withdrawal"}, "0874 RETREAT withdraw"},
    {Act::pledge, {"ceasefire"}, "0356 AGREE "},
    {Act::assess, {"ceasefire"}, "010  "},
    {Act::deny, {}, "016  "},
};

TEST(Codes, FollowTheActAndWhatItIsAbout) {
    std::set<Act> seen;
    for (const Case& one : kCases) {
        const EventCodes codes = event_codes(one.act, one.terms);
        EXPECT_EQ(std::string(codes.cameo) + " " + std::string(codes.plover_event) + " " +
                      std::string(codes.plover_mode),
                  one.codes)
            << to_string(one.act) << " " << (one.terms.empty() ? "" : one.terms[0]);
        seen.insert(one.act);
    }
    EXPECT_EQ(seen.size(), kActs);
}

TEST(Codes, AHaltDecidesBeforeItsProvisions) {
    EXPECT_EQ(event_codes(Act::call, {"hostage_release", "ceasefire"}).cameo, "0256");
    EXPECT_EQ(event_codes(Act::call, {"humanitarian_access", "hostage_release"}).cameo, "0253");
}

TEST(Codes, AModeNeedsAnEvent) {
    for (std::size_t act = 0; act < kActs; ++act) {
        for (const std::string_view term : {"ceasefire", "hostage_release", "humanitarian_access",
                                            "peace_talks", "mediation", "reconstruction"}) {
            const EventCodes codes = event_codes(static_cast<Act>(act), {term});
            EXPECT_FALSE(codes.cameo.empty());
            EXPECT_LE(codes.cameo.size(), 4U);
            if (codes.plover_event.empty()) {
                EXPECT_TRUE(codes.plover_mode.empty());
            }
        }
    }
}

}  // namespace
}  // namespace ceasewire
