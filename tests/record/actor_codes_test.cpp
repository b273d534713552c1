#include "record/actor_codes.h"

#include <string>

#include <gtest/gtest.h>

#include "lexicon/calendar.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

/// "CAMEO country sector sector"; "-" for what is not known.
std::string in_a_line(const ActorCodes& codes) {
    std::string out = codes.cameo.empty() ? "-" : codes.cameo;
    out += ' ';
    out += codes.plover_country.empty() ? "-" : codes.plover_country;
    for (const std::string_view sector : codes.plover_sectors) (out += ' ') += sector;
    return out;
}

struct Known {
    const char* id;
    const char* codes;
    const char* day = "2024-06-11";
};

const Known kKnown[] = {
    {"israel", "ISR ISR"},
    {"abkhazia", "- GEO PRE"},
    {"israel-defense-forces", "ISRMIL ISR MIL"},
    {"knesset", "ISRLEG ISR LEG"},
    {"supreme-court-of-israel", "ISRJUD ISR JUD"},
    {"israel-police", "ISRCOP ISR COP"},
    {"mossad", "ISRSPY ISR SPY"},
    {"ministry-of-health-cyprus", "CYPGOVHLH CYP GOV MED"},
    {"ministry-of-defence-chile", "CHLGOVMIL CHL GOV MIL"},
    {"hamas", "PSEREB PSE REB"},
    {"islamic-state", "IMGREB IMG REB"},
    {"arakan-army", "MMRREB MMR REB"},
    {"sinaloa-cartel", "MEXREBCRM MEX REB CRM"},
    {"likud", "- ISR PTY"},
    {"united-nations", "IGOUNO UNO"},
    {"united-nations-interim-force-in-lebanon", "IGOUNOPKO UNO"},
    {"unicef", "IGOUNO UNO"},
    {"european-commission", "IGO EUR"},
    {"arab-league", "IGO IGO"},
    {"international-committee-of-the-red-cross", "NGOHLHIRC NGO MED"},
    {"medecins-sans-frontieres", "NGOHLH NGO MED"},
    {"amnesty-international", "NGO NGO"},
    {"human-rights-watch", "NGOHRI NGO"},
    {"cnn", "USAMED USA JRN"},
    {"boeing", "USABUS USA BUS"},
    {"nasser-hospital", "PSEHLH PSE MED"},
    // Persons by what they hold on the day.
    {"benjamin-netanyahu", "ISRGOV ISR GOV"},
    {"benjamin-netanyahu", "ISROPP ISR OPP", "2022-01-10"},
    {"yoav-gallant", "ISRGOVMIL ISR GOV MIL"},
    {"herzi-halevi", "ISRMIL ISR MIL"},
    {"david-barnea", "ISRSPY ISR SPY"},
    {"chuck-schumer", "USALEG USA LEG"},
    {"antonio-guterres", "IGOUNO UNO"},
    {"ismail-haniyeh", "PSEREB PSE REB"},
    {"antony-blinken", "USAGOV USA GOV"},
    {"antony-blinken", "USAELI USA ELI", "2026-03-02"},
    {"antony-blinken", "- USA", ""},
};

TEST(ActorCodes, OfRowsOfTheLexicon) {
    const LexiconData& data = test::shipped_lexicon().data();
    for (const Known& known : kKnown) {
        SCOPED_TRACE(known.id);
        const auto found = data.actor_by_id.find(known.id);
        ASSERT_NE(found, data.actor_by_id.end());
        const ActorRow& row = data.actors[found->second];
        CodedActor actor{row.type, row.name, row.country, found->second, kNoRow, std::nullopt};
        if (*known.day != '\0') actor.day = parse_day_range(known.day)->first;
        EXPECT_EQ(in_a_line(actor_codes(actor, data)), known.codes);
    }
}

struct Group {
    const char* name;
    const char* country;
    const char* owner;
    const char* codes;
};

const Group kGroups[] = {
    {"US officials", "USA", "", "USAGOV USA GOV"},
    {"officials", "", "", "GOV - GOV"},
    {"senior US defense officials", "USA", "", "USAGOVMIL USA GOV MIL"},
    {"Turkish military officials", "TUR", "", "TURMIL TUR MIL"},
    {"Turkish security officials", "TUR", "", "TURCOP TUR COP"},
    {"Israeli intelligence officials", "ISR", "", "ISRSPY ISR SPY"},
    {"Palestinian health officials", "PSE", "", "PSEGOVHLH PSE GOV MED"},
    {"Republican senators", "USA", "", "USALEG USA LEG"},
    {"Sudanese rebels", "SDN", "", "SDNREB SDN REB"},
    {"separatists", "UKR", "", "UKRSEP UKR REB"},
    {"Yemeni journalists", "YEM", "", "YEMMED YEM JRN"},
    {"opposition leaders", "VEN", "", "VENOPP VEN OPP"},
    {"families of hostages", "", "", "CVL - CVL"},
    {"aid workers", "", "", "NGO NGO"},
    {"Hamas officials", "PSE", "hamas", "PSEREB PSE REB"},
    {"UN officials", "", "united-nations", "IGOUNO UNO"},
    {"Likud lawmakers", "ISR", "likud", "ISRLEG ISR LEG PTY"},
    {"Likud spokesman", "ISR", "likud", "- ISR PTY"},
    {"Israeli spokesman", "ISR", "", "ISRGOV ISR GOV"},
    {"CNN reporters", "USA", "cnn", "USAMED USA JRN"},
    // Where nothing is known of what they do, nothing is said.
    {"Israeli sources", "ISR", "", "- ISR"},
    {"Gulf leaders", "", "", "- -"},
};

TEST(ActorCodes, OfGroupsByTheirBodyElseTheirWords) {
    const LexiconData& data = test::shipped_lexicon().data();
    for (const Group& group : kGroups) {
        SCOPED_TRACE(group.name);
        CodedActor actor{ActorType::role_group, group.name, group.country, kNoRow, kNoRow, {}};
        if (*group.owner != '\0') actor.owner = data.actor_by_id.at(group.owner);
        EXPECT_EQ(in_a_line(actor_codes(actor, data)), group.codes);
    }
}

TEST(ActorCodes, OfBodiesThatNoRowKnowsByTypeAndName) {
    const LexiconData& data = test::shipped_lexicon().data();
    const auto codes = [&](ActorType type, const char* name, const char* country) {
        return in_a_line(actor_codes({type, name, country, kNoRow, kNoRow, {}}, data));
    };
    EXPECT_EQ(codes(ActorType::government_body, "Zubrowkan Constitutional Court", "ZUB"),
              "ZUBJUD ZUB JUD");
    EXPECT_EQ(codes(ActorType::armed_group, "Kestrel Liberation Army", ""), "REB - REB");
    EXPECT_EQ(codes(ActorType::ngo, "Kestrel Relief Society", ""), "NGO NGO");
    EXPECT_EQ(codes(ActorType::person, "Lena Brandt", "DEU"), "- DEU");
    EXPECT_EQ(codes(ActorType::person, "General Court", "DEU"), "- DEU")
        << "a person's name says nothing of what she does";
}

}  // namespace
}  // namespace ceasewire
