#pragma once
/// What the scorers of actors see of a phrase that may name one: "two senior officials",
/// "Palestinians", "Egypt", "Cairo". Small, named facts about the words around it, and none about
/// single rare words. Internal to the analysis room.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/context.h"
#include "analysis/features.h"
#include "analysis/view.h"
#include "lexicon/model.h"

namespace ceasewire::analysis {

/// Indexes of features with their values; a feature stands at most once.
using ActorFeatures = std::vector<std::pair<std::uint16_t, float>>;

/// A noun that denotes people, with its modifiers: [begin, end) holds [head, noun_end).
struct GroupPhrase {
    TokenIndex begin = 0;
    TokenIndex head = 0;
    TokenIndex noun_end = 0;
    TokenIndex end = 0;     ///< with its complement: "families of hostages"
    std::string_view kind;  ///< of the role noun; "people" for a people's name, "office" for a role
                            ///< nobody is known to hold
    std::string_view sector;  ///< what such people do: official, mediator, fighter, victim …
    bool country = false;
    bool organisation = false;
    bool determined = false;
    bool indefinite = false;
    bool quantified = false;
    bool described = false;
    bool joined = false;        ///< "US, Egyptian and Qatari mediators"
    bool owned = false;         ///< "its allies"
    bool named_before = false;  ///< a group of that noun is known
};

/// A state's or a seat's name, and what the rules of places say of it.
struct StatePhrase {
    TokenIndex begin = 0;
    TokenIndex end = 0;
    bool seat = false;
    bool place = false;  ///< stands where places stand
    bool acts = false;
    bool modifier = false;       ///< "the Sudan conflict"
    bool land = false;           ///< "Lebanon's south", "Iran-backed"
    bool before_person = false;  ///< "US President Joe Biden"
    bool hyphened = false;       ///< "Israel-Hamas"
    bool joined_actor = false;   ///< "X and" or "and X" with a name that acts
};

/// A run of capitalised words that may be somebody's name, and what the finder knows of it.
struct PersonPhrase {
    TokenIndex begin = 0;
    TokenIndex end = 0;
    bool rank = false;        ///< behind "Gen.", "Mr"
    bool office = false;      ///< behind "President", "defence secretary"
    bool role = false;        ///< behind another noun of one person: "spokesman", "activist"
    bool calling = false;     ///< behind "retiree", "brother"
    bool introduced = false;  ///< ", an analyst", ", who", "is a baker"
    bool place = false;       ///< stands where places stand
    bool place_word = false;  ///< one of the words is what places are called
    bool joined = false;      ///< "X and" or "X, Y and" with a person before
    bool headline = false;    ///< in a line of capitalised words
    bool again = false;       ///< its last word stands alone elsewhere in the article
    bool lower = false;       ///< one of its words stands in lower case elsewhere in the article
    bool fragment = false;    ///< its first or last words belong to another name
};

/// A phrase that a scorer was asked about, for the programs that learn.
struct ActorCandidate {
    std::string_view scorer;  ///< "group", "state" or "person"; static
    Span span;
    ActorFeatures features;
    float score = 0;
};

void group_features(const Context& context, const View& view, const GroupPhrase& phrase,
                    ActorFeatures& out);
void state_features(const Context& context, const View& view, const StatePhrase& phrase,
                    ActorFeatures& out);

void person_features(const Context& context, const View& view, const PersonPhrase& phrase,
                     ActorFeatures& out);

/// The names of all features, by index: what the model file's rows are keyed by.
[[nodiscard]] const std::vector<std::string>& actor_feature_names();

/// Log-odds that a phrase is an actor, by the lexicon's model. Without a model nothing is.
class ActorScorer {
public:
    explicit ActorScorer(const LinearModel& model);
    [[nodiscard]] float group(const ActorFeatures& features) const { return score(features, 0); }
    [[nodiscard]] float state(const ActorFeatures& features) const { return score(features, 1); }
    [[nodiscard]] float person(const ActorFeatures& features) const { return score(features, 2); }

private:
    [[nodiscard]] float score(const ActorFeatures& features, std::size_t column) const;
    const LinearModel& model_;
    std::vector<std::uint32_t> rows_;  ///< by feature: its row of the model
};

}  // namespace ceasewire::analysis
