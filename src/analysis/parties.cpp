#include "analysis/parties.h"

#include <algorithm>

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

namespace {

/// The names of one scorer's features.
struct Names {
    std::string_view bias, type, form, relation, governor, role, role_act, role_verb, preposition,
        place, order, rule, via, first, none, none_act, none_verb, none_rule, carried, carried_act,
        same, same_act, owner, title;
};
constexpr Names kSource = {"s:bias",     "s:type",     "s:form",      "s:rel",     "s:gov",
                           "s:role",     "s:role:act", "s:role:P",    "s:prep",    "s:place",
                           "s:order",    "s:rule",     "s:via",       "s:first",   "s:none",
                           "s:none:act", "s:none:P",   "s:none:rule", "s:carried", "s:carried:act",
                           "s:same",     "s:same:act", "s:owner",     "s:title"};
constexpr Names kHolder = {"h:bias",     "h:type",     "h:form",      "h:rel",     "h:gov",
                           "h:role",     "h:role:act", "h:role:P",    "h:prep",    "h:place",
                           "h:order",    "h:rule",     "h:via",       "h:first",   "h:none",
                           "h:none:act", "h:none:P",   "h:none:rule", "h:carried", "h:carried:act",
                           "h:same",     "h:same:act", "h:owner",     "h:title"};
constexpr Names kTarget = {"t:bias",     "t:type",     "t:form",      "t:rel",     "t:gov",
                           "t:role",     "t:role:act", "t:role:P",    "t:prep",    "t:place",
                           "t:order",    "t:rule",     "t:via",       "t:first",   "t:none",
                           "t:none:act", "t:none:P",   "t:none:rule", "t:carried", "t:carried:act",
                           "t:same",     "t:same:act", "t:owner",     "t:title"};

std::string_view form_name(Form form) {
    switch (form) {
        case Form::pronoun:
            return "pronoun";
        case Form::nominal:
            return "nominal";
        default:
            return "name";
    }
}

/// What part word w plays for the proposition at the anchor.
std::string_view role_of(const PartyContext& context, std::int32_t w,
                         const std::vector<std::int32_t>& tellers) {
    const Clauses& clauses = context.clauses;
    const std::int32_t anchor = context.anchor;
    const auto subject_of_verb = [&](std::int32_t verb) { return clauses.subject(verb) == w; };
    if (!tellers.empty() && subject_of_verb(tellers.back())) return "teller";
    for (const std::int32_t teller : tellers) {
        if (subject_of_verb(teller)) return "outer_teller";
    }
    if (subject_of_verb(anchor)) return "subject";
    if (clauses.doer(anchor) == w) return "doer";
    for (const std::int32_t c : clauses.children(w)) {
        if (clauses.is(c, "according")) return "according";
    }
    const std::int32_t head = clauses.word(w).head;
    if (head == syntax::kNoHead) return "root";
    const Deprel relation = syntax::base_relation(clauses.word(w).deprel);
    if (head == anchor) {
        switch (relation) {
            case Deprel::kNsubj:
                return "passive_subject";
            case Deprel::kObj:
                return "object";
            case Deprel::kIobj:
                return "indirect_object";
            case Deprel::kObl:
                return "oblique";
            case Deprel::kNmod:
                return "modifier";
            default:
                return "child";
        }
    }
    // Subject of something above the anchor, or beside it.
    if (relation == Deprel::kNsubj) {
        std::int32_t at = anchor;
        for (int step = 0; step < 12 && at != syntax::kNoHead; ++step, at = clauses.word(at).head) {
            if (at == head) return "subject_above";
        }
        at = head;
        for (int step = 0; step < 12 && at != syntax::kNoHead; ++step, at = clauses.word(at).head) {
            if (at == anchor) return "subject_below";
        }
        return "subject_beside";
    }
    if (relation == Deprel::kConj) return "joint";
    if (relation == Deprel::kNmod || relation == Deprel::kCompound)
        return head >= 0 && clauses.word(head).head == anchor ? "modifier_of_child"
                                                              : "modifier_elsewhere";
    return "elsewhere";
}

void candidates(const PartyContext& context, const Names& names,
                const std::optional<Reference>& source, std::vector<Party>& out) {
    out.clear();
    const Clauses& clauses = context.clauses;
    const Propositions& propositions = context.propositions;
    const std::vector<std::int32_t> tellers = propositions.tellers(context.anchor);
    const std::string_view act = context.act_name;
    const std::string_view verb = propositions.stem_of(context.anchor);
    const bool quoted = context.facts.quoted || context.facts.inside_quote;
    const Attribution& read = *context.read;
    const std::optional<std::uint32_t> rule =
        read.chain.empty() ? std::nullopt : std::optional(read.chain.back().actor);

    Party& nobody = out.emplace_back();
    nobody.features.add(names.none);
    nobody.features.add(names.none_act, act);
    nobody.features.add(names.none_verb, verb);
    nobody.features.add(names.none_rule, rule ? (read.carried ? "carried" : "read") : "none", act);
    nobody.features.add(names.none, tellers.empty() ? "untold" : "told");
    if (quoted) nobody.features.add(names.none, "quoted");
    if (context.facts.inside_quote) nobody.features.add(names.none, "inside_quote");
    if (context.sentence.title) nobody.features.add(names.none, "title");
    if (context.discourse.author) nobody.features.add(names.none, "first_person");
    if (clauses.subject(context.anchor) == kNoWord) nobody.features.add(names.none, "no_subject");
    if (clauses.passive(context.anchor)) nobody.features.add(names.none, "passive", act);

    std::size_t order = 0;
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(clauses.size()); ++w) {
        const Upos upos = clauses.word(w).upos;
        if (upos != Upos::kNoun && upos != Upos::kPropn && upos != Upos::kPron &&
            upos != Upos::kAdj && upos != Upos::kX)
            continue;
        const auto who = clauses.named(w);
        if (!who) continue;
        // The head alone stands for its name.
        const std::int32_t head = clauses.word(w).head;
        if (head != syntax::kNoHead) {
            const std::uint32_t at = clauses.subtree_head_token(head);
            if (at >= who->begin && at < who->end) continue;
        }
        Party& party = out.emplace_back();
        party.who = who;
        FeatureVector& features = party.features;
        const std::string_view type = to_string(context.analysis.actors[who->actor].type);
        const std::string_view role = role_of(context, w, tellers);
        features.add(names.bias);
        features.add(names.type, type);
        features.add(names.form, form_name(who->form), role);
        features.add(names.relation, syntax::name(syntax::base_relation(clauses.word(w).deprel)));
        if (head != syntax::kNoHead)
            features.add(names.governor,
                         syntax::name(syntax::base_relation(clauses.word(w).deprel)),
                         propositions.stem_of(head));
        features.add(names.role, role);
        features.add(names.role, role, type);
        features.add(names.role_act, act, role);
        features.add(names.role_verb, verb, role);
        for (const std::int32_t c : clauses.children(w)) {
            if (clauses.word(c).deprel == Deprel::kCase)
                features.add(names.preposition, clauses.is(c, "'s")
                                                    ? std::string_view("possessive")
                                                    : std::string_view(propositions.stem_of(c)));
        }
        features.add(names.place, w < context.anchor ? "before" : "after", role);
        features.add(names.order, order == 0 ? "first" : order == 1 ? "second" : "later");
        if (order == 0) features.add(names.first, act);
        ++order;
        if (rule && *rule == who->actor)
            features.add(names.rule, read.carried ? "carried" : "read", role);
        for (std::size_t i = 0; i + 1 < read.chain.size(); ++i) {
            if (read.chain[i].actor == who->actor) features.add(names.via);
        }
        if (quoted) features.add(names.role, role, "quoted");
        if (context.sentence.title) features.add(names.title, role);
        if (clauses.passive(context.anchor)) features.add(names.role, role, "passive");
        if (source && source->actor == who->actor) {
            features.add(names.same);
            features.add(names.same_act, act);
            features.add(names.same, role);
        }
    }
    const auto add_carried = [&](const Reference& reference, std::string_view kind) {
        Party& party = out.emplace_back();
        party.who = reference;
        FeatureVector& features = party.features;
        features.add(names.bias);
        features.add(names.carried, kind);
        features.add(names.carried_act, kind, act);
        if (rule && *rule == reference.actor)
            features.add(names.rule, read.carried ? "carried" : "read", kind);
        if (context.facts.inside_quote) features.add(names.carried, kind, "inside_quote");
        if (context.facts.quoted) features.add(names.carried, kind, "quoted");
        if (tellers.empty()) features.add(names.carried, kind, "untold");
        if (context.discourse.last_sentence + 1 == context.sentence_index)
            features.add(names.carried, kind, "next");
        if (context.discourse.last_paragraph == context.sentence.paragraph)
            features.add(names.carried, kind, "paragraph");
        features.add(names.carried, kind, to_string(context.analysis.actors[reference.actor].type));
        for (std::uint32_t t = context.sentence.token_begin; t < context.sentence.token_end; ++t) {
            if (context.view.is_any(t, "we", "i", "our", "my")) {
                features.add(names.carried, kind, "first_person");
                break;
            }
        }
        if (source && source->actor == reference.actor) {
            features.add(names.same);
            features.add(names.same_act, act);
            features.add(names.same, kind);
        }
    };
    if (context.discourse.last && !context.discourse.last->chain.empty() &&
        context.discourse.last_sentence + 4 >= context.sentence_index)
        add_carried(context.discourse.last->chain.back(), "last");
    const auto known = [&](std::uint32_t actor) {
        return std::any_of(out.begin(), out.end(), [&](const Party& party) {
            return party.who && party.who->actor == actor;
        });
    };
    const auto add_mention = [&](const Mention& mention, std::string_view kind) {
        if (!known(mention.actor))
            add_carried(
                {mention.actor, mention.token_begin, mention.token_end, mention.form, false}, kind);
    };
    if (context.discourse.earlier && !known(context.discourse.earlier->actor))
        add_carried(*context.discourse.earlier, "earlier");
    if (context.before != nullptr && !context.before->mentions.empty())
        add_mention(context.analysis.mentions[context.before->mentions.front()], "before");
    if (!context.analysis.mentions.empty())
        add_mention(context.analysis.mentions.front(), "opening");
    if (context.discourse.author && !known(*context.discourse.author)) {
        for (const Mention& mention : context.analysis.mentions) {
            if (mention.actor != *context.discourse.author) continue;
            add_mention(mention, "author");
            break;
        }
    }
    if (rule && !known(*rule)) add_carried(read.chain.back(), "rule");
    if (source && !known(source->actor)) add_carried(*source, "source");
    for (Party& party : out) party.features.settle();
}

}  // namespace

void source_candidates(const PartyContext& context, std::vector<Party>& out) {
    candidates(context, kSource, std::nullopt, out);
}

void target_candidates(const PartyContext& context, std::vector<Party>& out) {
    candidates(context, kTarget, std::nullopt, out);
}

void holder_candidates(const PartyContext& context, const std::optional<Reference>& source,
                       std::vector<Party>& out) {
    candidates(context, kHolder, source, out);
}

}  // namespace ceasewire::analysis
