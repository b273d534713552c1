#pragma once
/// What people and bodies are, in the sector codes of PLOVER and the role codes of CAMEO: by words
/// of their names and by id. The code names are facts; both lists are closed.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ceasewire {

/// PLOVER: first what stands where a country would (international bodies), then sectors, in the
/// order in which an actor's are listed.
inline constexpr std::array<std::string_view, 32> kPloverCodes = {
    "UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC", "GOV", "LEG", "JUD", "COP",
    "SPY", "MIL", "REB", "UAF", "PRM", "PTY", "OPP", "PRE", "ELI", "AGR", "BUS",
    "CRM", "CVL", "EDU", "JRN", "LAB", "MED", "REF", "REL", "SOC", "UNK"};
inline constexpr std::size_t kPloverSlots = 7;  ///< of these stand for a country

/// CAMEO, in the order in which they are strung together: international, primary roles, secondary
/// roles, what tells more.
inline constexpr std::array<std::string_view, 35> kCameoCodes = {
    "IGO", "IMG", "INT", "MNC", "NGM", "NGO", "UIS", "UNO", "COP", "GOV", "INS", "JUD",
    "MIL", "OPP", "REB", "SEP", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "DEV", "EDU",
    "ELI", "ENV", "HLH", "HRI", "LAB", "LEG", "MED", "PKO", "REF", "IRC", "RAD"};

/// Sets of codes, a bit each by its index in the list.
struct SectorCodes {
    std::uint64_t plover = 0;
    std::uint64_t cameo = 0;
    SectorCodes& operator|=(const SectorCodes& other) {
        plover |= other.plover;
        cameo |= other.cameo;
        return *this;
    }
};

[[nodiscard]] constexpr std::uint64_t plover_bit(std::string_view code) {
    for (std::size_t i = 0; i < kPloverCodes.size(); ++i) {
        if (kPloverCodes[i] == code) return std::uint64_t{1} << i;
    }
    return 0;
}
[[nodiscard]] constexpr std::uint64_t cameo_bit(std::string_view code) {
    for (std::size_t i = 0; i < kCameoCodes.size(); ++i) {
        if (kCameoCodes[i] == code) return std::uint64_t{1} << i;
    }
    return 0;
}

/// Filled while the lexicon is compiled; asking is safe from any thread.
class SectorTable {
public:
    /// Words are given by the hashes of their tokens, at most kWordsMax. False when these words or
    /// this actor have codes already.
    bool add_words(std::span<const std::uint64_t> words, SectorCodes codes);
    bool add_actor(std::uint32_t actor, SectorCodes codes);

    /// The codes of each phrase of the table in `name`, the longest at each place, left to right.
    /// Linear in the name.
    void of_name(std::string_view name, std::vector<SectorCodes>& out) const;
    /// Null for an actor without codes of its own.
    [[nodiscard]] const SectorCodes* of_actor(std::uint32_t actor) const;

    static constexpr std::size_t kWordsMax = 6;

private:
    std::unordered_map<std::uint64_t, SectorCodes> by_words_;
    std::unordered_map<std::uint32_t, SectorCodes> by_actor_;
};

}  // namespace ceasewire
