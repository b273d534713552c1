#include "record/actor_codes.h"

#include <algorithm>
#include <initializer_list>

namespace ceasewire {
namespace {

constexpr std::uint64_t plover_set(std::initializer_list<std::string_view> codes) {
    std::uint64_t set = 0;
    for (const std::string_view code : codes) set |= plover_bit(code);
    return set;
}
constexpr std::uint64_t cameo_set(std::initializer_list<std::string_view> codes) {
    std::uint64_t set = 0;
    for (const std::string_view code : codes) set |= cameo_bit(code);
    return set;
}

constexpr std::uint64_t kSlots = (std::uint64_t{1} << kPloverSlots) - 1;
constexpr std::uint64_t kPloverGov = plover_bit("GOV");
constexpr std::uint64_t kCameoGov = cameo_bit("GOV");
/// Branches that are not the government though they belong to the state, and those who fight it.
constexpr std::uint64_t kBranches =
    plover_set({"LEG", "JUD", "COP", "SPY", "MIL", "REB", "UAF", "PRM", "OPP"});
constexpr std::uint64_t kTrades =
    plover_set({"AGR", "BUS", "EDU", "JRN", "LAB", "MED", "NGO", "REF", "REL"});
constexpr std::uint64_t kCameoTrades =
    cameo_set({"AGR", "BUS", "EDU", "HLH", "HRI", "LAB", "MED", "NGO", "REF"});

struct Allowed {
    std::uint64_t plover = 0;
    std::uint64_t cameo = 0;
};

/// Which words of a name say what its bearer is: an "army" in the name of a rebel group is none of
/// a state.
constexpr Allowed allowed_words(ActorType type) {
    switch (type) {
        case ActorType::government_body:
            return {kBranches | kPloverGov | kTrades,
                    cameo_set({"LEG", "JUD", "COP", "SPY", "MIL", "GOV", "OPP"}) | kCameoTrades};
        case ActorType::armed_group:
            return {plover_set({"CRM"}), cameo_set({"CRM", "SEP"})};
        case ActorType::igo:
            return {plover_set({"UNO", "EUR"}), cameo_set({"UNO"})};
        case ActorType::ngo:
        case ActorType::other:
            return {kTrades, kCameoTrades};
        case ActorType::role_group:
            return {~std::uint64_t{0}, ~std::uint64_t{0}};
        case ActorType::person:
        case ActorType::state:
        case ActorType::military:
        case ActorType::political_group:
        case ActorType::media:
        case ActorType::company:
            return {};
    }
    return {};
}

constexpr SectorCodes codes_of_type(ActorType type) {
    switch (type) {
        case ActorType::government_body:
            return {kPloverGov, kCameoGov};
        case ActorType::military:
            return {plover_bit("MIL"), cameo_bit("MIL")};
        case ActorType::armed_group:
            return {plover_bit("REB"), cameo_bit("REB")};
        case ActorType::political_group:
            return {plover_bit("PTY"), 0};  // CAMEO has none for a party as such
        case ActorType::igo:
            return {plover_bit("IGO"), cameo_bit("IGO")};
        case ActorType::ngo:
            return {plover_bit("NGO"), cameo_bit("NGO")};
        case ActorType::media:
            return {plover_bit("JRN"), cameo_bit("MED")};
        case ActorType::company:
            return {plover_bit("BUS"), cameo_bit("BUS")};
        case ActorType::person:
        case ActorType::state:
        case ActorType::role_group:
        case ActorType::other:
            return {};
    }
    return {};
}

/// Adds what the words of `name` say. "Military officials" are the military's, "defence officials"
/// the government's too: a row of one branch alone takes the place of the government.
void add_words(std::string_view name, Allowed allowed, const LexiconData& data,
               SectorCodes& codes) {
    std::vector<SectorCodes> found;
    data.sectors.of_name(name, found);
    bool branch = false;
    for (SectorCodes each : found) {
        each.plover &= allowed.plover;
        each.cameo &= allowed.cameo;
        branch = branch || ((each.plover & kBranches) != 0 && (each.plover & kPloverGov) == 0);
        codes |= each;
    }
    if (!branch) return;
    codes.plover &= ~kPloverGov;
    codes.cameo &= ~kCameoGov;
}

SectorCodes codes_of_body(ActorType type, std::string_view name, std::uint32_t row,
                          const LexiconData& data) {
    if (row != kNoRow) {
        if (const SectorCodes* own = data.sectors.of_actor(row)) return *own;
    }
    SectorCodes codes = codes_of_type(type);
    add_words(name, allowed_words(type), data, codes);
    return codes;
}

SectorCodes codes_of_person(const CodedActor& actor, const LexiconData& data) {
    SectorCodes codes;
    if (actor.row == kNoRow) return codes;
    if (const SectorCodes* own = data.sectors.of_actor(actor.row)) return *own;
    bool former = false;
    for (const std::uint32_t holder : data.holders_of_person[actor.row]) {
        const HolderRow& term = data.holders[holder];
        if (!actor.day || *actor.day < term.from) continue;
        if (*actor.day > term.to) {
            former = true;
            continue;
        }
        const OfficeRow& office = data.offices[term.office];
        const ActorRow& body = data.actors[office.body];
        SectorCodes of_office = body.type == ActorType::state
                                    ? SectorCodes{kPloverGov, kCameoGov}
                                    : codes_of_body(body.type, body.name, office.body, data);
        if (body.type == ActorType::state || body.type == ActorType::government_body)
            add_words(office.title, allowed_words(ActorType::government_body), data, of_office);
        codes |= of_office;
    }
    if (former && codes.plover == 0) codes = {plover_bit("ELI"), cameo_bit("ELI")};
    return codes;
}

}  // namespace

ActorCodes actor_codes(const CodedActor& actor, const LexiconData& data) {
    SectorCodes codes;
    if (actor.type == ActorType::person) {
        codes = codes_of_person(actor, data);
    } else if (actor.type == ActorType::role_group && actor.owner != kNoRow &&
               data.actors[actor.owner].type != ActorType::state) {
        const ActorRow& owner = data.actors[actor.owner];
        codes = codes_of_body(owner.type, owner.name, actor.owner, data);
        // The officials of a movement or of a spy agency are no government's; a party's lawmakers
        // are lawmakers.
        if ((codes.plover & kPloverGov) != 0) {
            add_words(actor.name, allowed_words(ActorType::government_body), data, codes);
        } else if ((codes.plover & plover_bit("PTY")) != 0) {
            add_words(actor.name, {plover_bit("LEG"), cameo_bit("LEG")}, data, codes);
        }
    } else {
        codes = codes_of_body(actor.type, actor.name, actor.row, data);
    }
    // Of several bodies of many states the first of the list is the closest.
    std::string_view slot;
    for (std::size_t i = 0; i < kPloverSlots && slot.empty(); ++i) {
        if ((codes.plover >> i & 1U) != 0) slot = kPloverCodes[i];
    }
    const bool of_many = slot == "UNO" || slot == "EUR" || slot == "IGO" || slot == "NGO";
    ActorCodes out;
    out.plover_country = !slot.empty() && (of_many || actor.country.empty()) ? slot : actor.country;
    for (std::size_t i = kPloverSlots; i < kPloverCodes.size(); ++i) {
        if ((codes.plover >> i & 1U) != 0) out.plover_sectors.push_back(kPloverCodes[i]);
    }
    std::uint64_t cameo = codes.cameo;
    if ((cameo & cameo_bit("SEP")) != 0) cameo &= ~cameo_bit("REB");  // SEP says it all
    if (slot == "UNO" || slot == "EUR") cameo |= cameo_bit("IGO");
    if (!of_many) out.cameo = actor.country;
    for (std::size_t i = 0; i < kCameoCodes.size(); ++i) {
        if ((cameo >> i & 1U) != 0) out.cameo += kCameoCodes[i];
    }
    // A land that broke away has the country of the state that it left.
    const bool of_its_own =
        actor.type == ActorType::state && (codes.plover & plover_bit("PRE")) == 0;
    if (cameo == 0 && !of_its_own) out.cameo.clear();
    return out;
}

}  // namespace ceasewire
