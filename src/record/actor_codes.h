#pragma once
/// CAMEO and PLOVER codes of an actor: country, role and sector, as far as type, country, lexicon
/// row and the words of a name tell. Code lists: CAMEO 1.1b3 and the PLOVER manual 0.8 (code names
/// are facts).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/data.h"

namespace ceasewire {

struct ActorCodes {
    std::string cameo;                ///< "ISRMIL"; empty where nothing but a country is known of
                                      ///< one who is no state
    std::string_view plover_country;  ///< ISO 3166 alpha-3, or what PLOVER puts there for bodies of
                                      ///< many states; empty: unknown
    std::vector<std::string_view> plover_sectors;
    bool operator==(const ActorCodes&) const = default;
};

struct CodedActor {
    ActorType type = ActorType::other;
    std::string_view name;
    std::string_view country;         ///< ISO 3166 alpha-3, or empty
    std::uint32_t row = kNoRow;       ///< of the lexicon
    std::uint32_t owner = kNoRow;     ///< lexicon row of the body whose people a group is
    std::optional<std::int32_t> day;  ///< for a person: offices are those of that day
};

/// Views are of the lexicon's, of `actor`'s country, or static. The sector is that of
/// - a body: its type's, made narrower by the words of its name ("Supreme Court": JUD, not GOV), or
///   what the lexicon's sectors file says of its id;
/// - a person: of the offices held on the day, of elites (ELI) when there were only earlier ones;
/// - a group: of the body that it belongs to, else of its words ("two US lawmakers": USALEG).
/// A state has its country and no sector. Costs a lookup a word.
[[nodiscard]] ActorCodes actor_codes(const CodedActor& actor, const LexiconData& data);

}  // namespace ceasewire
