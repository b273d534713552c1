#include "analysis/confidence.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "analysis/word_lists.h"

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
        bool doer = false;
        bool source = false;
        bool target = false;
        bool via = false;
    };
    std::vector<Actor> actors;
    WordLists<std::uint32_t> mentions;  ///< by actor
};

Gathered gather(const Analysis& analysis) {
    Gathered all;
    all.actors.resize(analysis.actors.size());
    for (std::uint32_t i = 0; i < analysis.mentions.size(); ++i)
        all.mentions.add(analysis.mentions[i].actor, i);
    all.mentions.build(analysis.actors.size());
    for (const Claim& claim : analysis.claims) {
        for (const std::uint32_t actor : claim.actors) all.actors[actor].doer = true;
        for (const std::uint32_t actor : claim.sources) all.actors[actor].source = true;
        for (const std::uint32_t actor : claim.targets) all.actors[actor].target = true;
        for (const std::uint32_t actor : claim.via) all.actors[actor].via = true;
    }
    return all;
}

void tell(std::uint32_t index, const Gathered& all, const Analysis& analysis,
          const LexiconData& data, FeatureVector& out) {
    out.clear();
    const FoundActor& actor = analysis.actors[index];
    const Gathered::Actor& gathered = all.actors[index];
    const std::span<const std::uint32_t> mentions = all.mentions.of(index);
    const std::string_view type = to_string(actor.type);
    const std::string_view known = actor.row != kNoRow ? "row" : actor.id.empty() ? "group" : "new";
    out.add("bias");
    out.add("type", type);
    out.add("known", known, type);
    if (actor.row != kNoRow && !data.actors[actor.row].wikidata.empty()) out.add("linked");
    std::vector<std::string_view> rules;
    float most = 0;
    bool title = false;
    for (const std::uint32_t m : mentions) {
        const Mention& mention = analysis.mentions[m];
        const std::string_view rule = rule_of(mention.why);
        if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
        if (mention.score != 0) most = most == 0 ? mention.score : std::max(most, mention.score);
        title = title || (!analysis.sentences.empty() && analysis.sentences.front().title &&
                          mention.token_begin < analysis.sentences.front().token_end);
    }
    out.add("first", rules.front());
    for (const std::string_view rule : rules) out.add("rule", rule);
    out.add("mentions", bucket(mentions.size()));
    out.add("mentions", bucket(mentions.size()), known);
    if (most != 0) out.add("score", std::clamp(most, -1.0F, 4.0F));
    if (title) out.add("title");
    if (actor.name.find(' ') == std::string::npos) out.add("short", known);
    if (gathered.doer) out.add("claim", "doer");
    if (gathered.source) out.add("claim", "source");
    if (gathered.target) out.add("claim", "target");
    if (gathered.via) out.add("claim", "via");
    if (!gathered.doer && !gathered.source && !gathered.target && !gathered.via)
        out.add("claim", "none", known);
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
                 FeatureVector& out) {
    const Gathered all = gather(analysis);
    tell(actor, all, analysis, data, out);
}

void weigh_actors(const LexiconData& data, Analysis& analysis) {
    const Gathered all = gather(analysis);
    FeatureVector evidence;
    for (std::uint32_t i = 0; i < analysis.actors.size(); ++i) {
        if (all.mentions.of(i).empty()) continue;
        tell(i, all, analysis, data, evidence);
        const double chance = 1 / (1 + std::exp(-score(data.confidence_model, evidence, 0)));
        analysis.actors[i].confidence = std::round(chance * 100) / 100;
    }
}

}  // namespace ceasewire::analysis
