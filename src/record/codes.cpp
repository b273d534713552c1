#include "record/codes.h"

#include <algorithm>
#include <array>

namespace ceasewire {
namespace {

enum class Topic : std::uint8_t { halt, release, aid, talks, mediation, settlement };

Topic topic_of(const std::vector<std::string_view>& terms) {
    const auto has = [&](std::initializer_list<std::string_view> slugs) {
        return std::any_of(terms.begin(), terms.end(), [&](std::string_view term) {
            return std::find(slugs.begin(), slugs.end(), term) != slugs.end();
        });
    };
    if (has({"ceasefire", "armistice", "cessation_of_hostilities", "humanitarian_pause",
             "temporary_ceasefire", "permanent_ceasefire", "unilateral_ceasefire",
             "partial_ceasefire", "immediate_ceasefire"}))
        return Topic::halt;
    if (has({"hostage_release", "prisoner_exchange", "remains_return"})) return Topic::release;
    if (has({"humanitarian_access", "humanitarian_corridor", "blockade_lifting"}))
        return Topic::aid;
    if (has({"peace_talks"})) return Topic::talks;
    if (has({"mediation"})) return Topic::mediation;
    return Topic::settlement;
}

struct Row {
    std::array<std::string_view, 6> cameo;  ///< by Topic
    std::string_view event;
    std::string_view mode;
};

Row row_of(Act act) {
    switch (act) {
        case Act::call:
            return {{"0256", "0253", "0233", "026", "028", "027"}, "REQUEST", "yield"};
        case Act::propose:
            return {{"0256", "0253", "0233", "026", "039", "027"}, "AGREE", ""};
        case Act::accept:
            return {{"0356", "0353", "0333", "036", "038", "037"}, "AGREE", ""};
        case Act::reject:
            return {{"1246", "1243", "1223", "125", "126", "127"}, "REJECT", "yield"};
        case Act::condition:
            return {{"1056", "1053", "1033", "106", "108", "107"}, "REQUEST", "yield"};
        case Act::announce:
            return {{"0871", "0841", "073", "046", "045", "057"}, "CONCEDE", ""};
        case Act::negotiate:
            return {{"046", "046", "046", "046", "045", "046"}, "CONSULT", "multilateral"};
        case Act::accuse:
            return {{"112", "112", "112", "112", "112", "112"}, "ACCUSE", "allege"};
        case Act::violate:
            return {{"196", "196", "196", "196", "196", "196"}, "ASSAULT", ""};
        case Act::implement:
            return {{"087", "0841", "073", "046", "045", "057"}, "RETREAT", "ceasefire"};
        case Act::pledge:
            return {{"0356", "0353", "0333", "036", "039", "037"}, "AGREE", ""};
        case Act::assess:
            return {{"010", "010", "010", "010", "010", "010"}, "", ""};
        case Act::deny:
            return {{"016", "016", "016", "016", "016", "016"}, "", ""};
    }
    return {};
}

}  // namespace

EventCodes event_codes(Act act, const std::vector<std::string_view>& terms) {
    const Topic topic = topic_of(terms);
    const Row row = row_of(act);
    EventCodes codes{row.cameo[static_cast<std::size_t>(topic)], row.event, row.mode};
    if (act == Act::reject && (topic == Topic::talks || topic == Topic::mediation))
        codes.plover_mode = "meet";
    if (act == Act::call && (topic == Topic::talks || topic == Topic::mediation))
        codes.plover_mode = "meet";
    if (act == Act::implement && topic == Topic::release) codes.plover_mode = "release";
    if (act == Act::implement && topic == Topic::aid) codes.plover_mode = "access";
    if (act == Act::implement &&
        std::find(terms.begin(), terms.end(), "troop_withdrawal") != terms.end()) {
        codes.plover_mode = "withdraw";
        if (topic == Topic::settlement) codes.cameo = "0874";
    }
    return codes;
}

}  // namespace ceasewire
