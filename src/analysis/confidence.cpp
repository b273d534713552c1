#include "analysis/confidence.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ceasewire::analysis {
namespace {

std::string_view bucket(std::size_t count) {
    if (count == 1) return "1";
    if (count == 2) return "2";
    return count < 5 ? "3" : "5";
}

/// What the evidence needs of all mentions and claims, read once a document.
struct Gathered {
    struct Actor {
        std::vector<std::uint32_t> mentions;
        bool doer = false;
        bool source = false;
        bool target = false;
        bool via = false;
    };
    std::vector<Actor> actors;
};

Gathered gather(const Analysis& analysis) {
    Gathered all;
    all.actors.resize(analysis.actors.size());
    for (std::uint32_t i = 0; i < analysis.mentions.size(); ++i)
        all.actors[analysis.mentions[i].actor].mentions.push_back(i);
    for (const Claim& claim : analysis.claims) {
        for (const std::uint32_t actor : claim.actors) all.actors[actor].doer = true;
        for (const std::uint32_t actor : claim.sources) all.actors[actor].source = true;
        for (const std::uint32_t actor : claim.targets) all.actors[actor].target = true;
        for (const std::uint32_t actor : claim.via) all.actors[actor].via = true;
    }
    return all;
}

template <class Take>
void tell(std::uint32_t index, const Gathered::Actor& gathered, const Analysis& analysis,
          const LexiconData& data, Take&& take) {
    const FoundActor& actor = analysis.actors[index];
    const std::string_view type = to_string(actor.type);
    const std::string_view known = actor.row != kNoRow ? "row" : actor.id.empty() ? "group" : "new";
    take(Evidence{"bias", {}, {}});
    take(Evidence{"type", type, {}});
    take(Evidence{"known", known, type});
    if (actor.row != kNoRow && !data.actors[actor.row].wikidata.empty())
        take(Evidence{"linked", {}, {}});
    std::vector<std::string_view> rules;
    float score = 0;
    bool title = false;
    for (const std::uint32_t m : gathered.mentions) {
        const Mention& mention = analysis.mentions[m];
        const std::string_view rule = rule_of(mention.why);
        if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
        if (mention.score != 0) score = score == 0 ? mention.score : std::max(score, mention.score);
        title = title || (!analysis.sentences.empty() && analysis.sentences.front().title &&
                          mention.token_begin < analysis.sentences.front().token_end);
    }
    take(Evidence{"first", rules.front(), {}});
    for (const std::string_view rule : rules) take(Evidence{"rule", rule, {}});
    take(Evidence{"mentions", bucket(gathered.mentions.size()), {}});
    take(Evidence{"mentions", bucket(gathered.mentions.size()), known});
    if (score != 0) take(Evidence{"score", {}, {}, std::clamp(score, -1.0F, 4.0F)});
    if (title) take(Evidence{"title", {}, {}});
    if (actor.name.find(' ') == std::string::npos) take(Evidence{"short", known, {}});
    if (gathered.doer) take(Evidence{"claim", "doer", {}});
    if (gathered.source) take(Evidence{"claim", "source", {}});
    if (gathered.target) take(Evidence{"claim", "target", {}});
    if (gathered.via) take(Evidence{"claim", "via", {}});
    if (!gathered.doer && !gathered.source && !gathered.target && !gathered.via)
        take(Evidence{"claim", "none", known});
}

}  // namespace

std::string_view rule_of(std::string_view why) {
    const std::size_t space = why.rfind(' ');
    if (space == std::string_view::npos) return why;
    return why.find(".tsv:", space) == std::string_view::npos ? why : why.substr(0, space);
}

void name_rows(const LexiconData& data, Analysis& analysis) {
    for (Mention& mention : analysis.mentions) {
        const std::uint32_t row = analysis.actors[mention.actor].row;
        if (row != kNoRow && rule_of(mention.why).size() == mention.why.size())
            mention.why += " " + data.row_name(data.actors[row].place);
    }
}

void evidence_of(std::uint32_t actor, const Analysis& analysis, const LexiconData& data,
                 const std::function<void(const Evidence&)>& take) {
    const Gathered all = gather(analysis);
    tell(actor, all.actors[actor], analysis, data, take);
}

void weigh_actors(const LexiconData& data, Analysis& analysis) {
    const Gathered all = gather(analysis);
    for (std::uint32_t i = 0; i < analysis.actors.size(); ++i) {
        if (all.actors[i].mentions.empty()) continue;
        float sum = 0;
        tell(i, all.actors[i], analysis, data, [&](const Evidence& evidence) {
            const FeatureId id =
                evidence.first.empty()
                    ? feature_id(hash_part(evidence.kind))
                    : feature_id(hash_part(evidence.kind), hash_part(evidence.first),
                                 evidence.second.empty() ? 0 : hash_part(evidence.second));
            const std::uint32_t row = data.confidence_model.find(id);
            if (row != LinearModel::kAbsent)
                sum += data.confidence_model.row(row)[0] * evidence.value;
        });
        const double chance = 1 / (1 + std::exp(-static_cast<double>(sum)));
        analysis.actors[i].confidence = std::round(chance * 100) / 100;
    }
}

}  // namespace ceasewire::analysis
