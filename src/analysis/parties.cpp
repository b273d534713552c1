#include "analysis/parties.h"

#include <algorithm>
#include <array>

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

namespace {

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
                         std::span<const std::int32_t> tellers) {
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

/// What holds for the whole proposition, read once.
struct Scene {
    explicit Scene(const PartyContext& context)
        : tellers(context.propositions.tellers(context.anchor)) {
        const Attribution& read = *context.read;
        if (!read.chain.empty()) rule = read.chain.back().actor;
        rule_kind = read.carried ? "carried" : "read";
        constexpr std::array<std::string_view, 6> kPronouns = {"he", "she", "they",
                                                               "it", "we",  "i"};
        for (std::uint32_t t = context.sentence.token_begin; t < context.sentence.token_end; ++t) {
            first_person = first_person || context.view.is_any(t, "we", "i", "our", "my");
            if (pronoun != "none") continue;
            for (const std::string_view each : kPronouns) {
                if (context.view.is(t, each)) pronoun = each;
            }
        }
    }
    std::span<const std::int32_t> tellers;
    std::optional<std::uint32_t> rule;  ///< the source by rule
    Hashed rule_kind;
    Hashed pronoun = "none";    ///< the sentence's first that stands for somebody
    bool first_person = false;  ///< the sentence says "we", "I", "our" or "my"
};

/// What layout and the title tell of an actor: whose words these are.
void add_speaker(const PartyContext& context, const Scene& scene, std::uint32_t actor,
                 const Hashed& role, FeatureVector& features) {
    if (const auto& speaker = context.discourse.speaker) {
        features.add(
            speaker->who.actor == actor ? FeatureKind("p:speaker") : FeatureKind("p:not_speaker"),
            speaker->how);
        features.add(
            speaker->who.actor == actor ? FeatureKind("p:speaker") : FeatureKind("p:not_speaker"),
            speaker->how, role);
    }
    if (context.discourse.author == actor) {
        features.add("p:author", scene.tellers.empty() ? "untold" : "told");
        features.add("p:author", scene.first_person ? "first_person" : "third", role);
    }
}

/// What the clause and those who tell of it are like, beside the role of a candidate.
void add_clause(const PartyContext& context, const Scene& scene, const Hashed& role,
                FeatureVector& features) {
    // How many tell of it must not matter: who wraps a claim once more changes nothing in it.
    features.add("p:told", scene.tellers.empty() ? "untold" : "told", role);
    features.add("p:subject", role, context.propositions.subject_type(context.anchor));
    if (!scene.tellers.empty())
        features.add("p:told_by", role, context.propositions.subject_type(scene.tellers.back()));
}

void add_nobody(const PartyContext& context, const Scene& scene, Parties& out) {
    const Clauses& clauses = context.clauses;
    Party& party = out.add();
    FeatureVector& features = party.features;
    features.add("p:none");
    features.add("p:none:act", context.act_name);
    features.add("p:none:P", context.propositions.stem_of(context.anchor));
    features.add("p:none:rule", scene.rule ? scene.rule_kind : "none", context.act_name);
    features.add("p:none", scene.tellers.empty() ? "untold" : "told");
    if (context.facts.quoted || context.facts.inside_quote) features.add("p:none", "quoted");
    if (context.facts.inside_quote) features.add("p:none", "inside_quote");
    if (context.sentence.title) features.add("p:none", "title");
    if (context.discourse.author) features.add("p:none", "first_person");
    if (context.discourse.speaker) features.add("p:none:speaker", context.discourse.speaker->how);
    add_clause(context, scene, "none", features);
    if (clauses.subject(context.anchor) == kNoWord) features.add("p:none", "no_subject");
    if (clauses.passive(context.anchor)) features.add("p:none", "passive", context.act_name);
}

/// The candidate that word w names, the `order`th of its sentence.
void add_referred(const PartyContext& context, const Scene& scene, std::int32_t w,
                  const Reference& who, std::size_t order, Parties& out) {
    const Clauses& clauses = context.clauses;
    const Attribution& read = *context.read;
    const std::int32_t head = clauses.word(w).head;
    const Hashed relation = syntax::name(syntax::base_relation(clauses.word(w).deprel));
    const Hashed type = to_string(context.analysis.actors[who.actor].type);
    const Hashed role = role_of(context, w, scene.tellers);
    Party& party = out.add();
    party.who = who;
    party.role = role;
    FeatureVector& features = party.features;
    features.add("p:bias");
    features.add("p:type", type);
    features.add("p:form", form_name(who.form), role);
    features.add("p:rel", relation);
    if (head != syntax::kNoHead)
        features.add("p:gov", relation, context.propositions.stem_of(head));
    features.add("p:role", role);
    features.add("p:role", role, type);
    features.add("p:role:act", context.act_name, role);
    features.add("p:role:P", context.propositions.stem_of(context.anchor), role);
    for (const std::int32_t c : clauses.children(w)) {
        if (clauses.word(c).deprel != Deprel::kCase) continue;
        features.add("p:prep",
                     clauses.is(c, "'s") ? Hashed("possessive") : context.propositions.stem_of(c));
    }
    features.add("p:place", w < context.anchor ? "before" : "after", role);
    features.add("p:order", order == 0 ? "first" : order == 1 ? "second" : "later");
    if (order == 0) features.add("p:first", context.act_name);
    if (scene.rule == who.actor) features.add("p:rule", scene.rule_kind, role);
    for (std::size_t i = 0; i + 1 < read.chain.size(); ++i) {
        if (read.chain[i].actor == who.actor) features.add("p:via");
    }
    if (context.facts.quoted || context.facts.inside_quote) features.add("p:role", role, "quoted");
    if (context.sentence.title) features.add("p:title", role);
    if (clauses.passive(context.anchor)) features.add("p:role", role, "passive");
    add_speaker(context, scene, who.actor, role, features);
    if (role == "subject" || role == "teller" || role == "outer_teller")
        add_clause(context, scene, role, features);
}

/// A candidate from outside the sentence.
Party& add_carried(const PartyContext& context, const Scene& scene, const Reference& reference,
                   const Hashed& kind, Parties& out) {
    Party& party = out.add();
    party.who = reference;
    party.role = kind;
    party.outside = true;
    FeatureVector& features = party.features;
    features.add("p:bias");
    features.add("p:carried", kind);
    features.add("p:carried:act", kind, context.act_name);
    if (scene.rule == reference.actor) features.add("p:rule", scene.rule_kind, kind);
    if (context.facts.inside_quote) features.add("p:carried", kind, "inside_quote");
    if (context.facts.quoted) features.add("p:carried", kind, "quoted");
    if (scene.tellers.empty()) features.add("p:carried", kind, "untold");
    if (context.discourse.last_sentence + 1 == context.sentence_index)
        features.add("p:carried", kind, "next");
    if (context.discourse.last_paragraph == context.sentence.paragraph)
        features.add("p:carried", kind, "paragraph");
    features.add("p:carried", kind, to_string(context.analysis.actors[reference.actor].type));
    features.add("p:carried:pronoun", kind, scene.pronoun);
    if (scene.first_person) features.add("p:carried", kind, "first_person");
    add_speaker(context, scene, reference.actor, kind, features);
    return party;
}

/// Those named last before the sentence, from the nearest backward: "he", "the statement" and the
/// next lines of a quotation go back to one of them where no rule tells to whom.
void add_recent(const PartyContext& context, const Scene& scene, Parties& out) {
    constexpr std::size_t kMostRecent = 4;
    constexpr std::array<std::string_view, kMostRecent> kKinds = {"recent", "recent2", "recent3",
                                                                  "recent4"};
    constexpr std::uint32_t kReach = 400;  // tokens
    const std::vector<Mention>& mentions = context.analysis.mentions;
    const std::vector<Sentence>& sentences = context.analysis.sentences;
    auto at = std::lower_bound(
        mentions.begin(), mentions.end(), context.sentence.token_begin,
        [](const Mention& mention, std::uint32_t token) { return mention.token_begin < token; });
    std::size_t place = context.sentence_index;
    std::size_t added = 0;
    bool person = false;
    while (at != mentions.begin() && added < kMostRecent) {
        --at;
        if (at->token_begin + kReach < context.sentence.token_begin) break;
        while (place > 0 && sentences[place].token_begin > at->token_begin) --place;
        const bool known = std::any_of(out.begin(), out.end(), [&](const Party& party) {
            return party.who && party.who->actor == at->actor;
        });
        if (known) continue;
        FeatureVector& features =
            add_carried(context, scene,
                        {at->actor, at->token_begin, at->token_end, at->form, false}, kKinds[added],
                        out)
                .features;
        const ActorType type = context.analysis.actors[at->actor].type;
        features.add("p:recent", to_string(type));
        const std::size_t distance = context.sentence_index - place;
        features.add("p:recent:far", distance == 1   ? "1"
                                     : distance == 2 ? "2"
                                     : distance <= 4 ? "4"
                                                     : "more");
        if (at->token_begin <= sentences[place].token_begin + 1) features.add("p:recent:opens");
        if (type == ActorType::person && !person) features.add("p:recent:last_person");
        person = person || type == ActorType::person;
        features.add("p:recent:pronoun", to_string(type), scene.pronoun);
        ++added;
    }
}

}  // namespace

Party& Parties::add() {
    if (size_ == all_.size()) all_.emplace_back();
    Party& party = all_[size_++];
    party.who.reset();
    party.role = {};
    party.outside = false;
    party.features.clear();
    return party;
}

void find_parties(const PartyContext& context, Parties& out) {
    out.clear();
    const Scene scene(context);
    const Clauses& clauses = context.clauses;
    const Discourse& discourse = context.discourse;
    add_nobody(context, scene, out);
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
        add_referred(context, scene, w, *who, order++, out);
    }
    const auto add = [&](const Reference& reference, const Hashed& kind) {
        add_carried(context, scene, reference, kind, out);
    };
    const auto known = [&](std::uint32_t actor) {
        return std::any_of(out.begin(), out.end(), [&](const Party& party) {
            return party.who && party.who->actor == actor;
        });
    };
    const auto add_mention = [&](const Mention& mention, const Hashed& kind) {
        if (!known(mention.actor)) add(reference_to(mention), kind);
    };
    if (discourse.speaker && !known(discourse.speaker->who.actor))
        add(discourse.speaker->who, "speaker");
    if (discourse.last && !discourse.last->chain.empty() &&
        discourse.last_sentence + 4 >= context.sentence_index)
        add(discourse.last->chain.back(), "last");
    if (discourse.earlier && !known(discourse.earlier->actor)) add(*discourse.earlier, "earlier");
    const std::vector<Mention>& mentions = context.analysis.mentions;
    if (context.before != nullptr && !context.before->mentions.empty())
        add_mention(mentions[context.before->mentions.front()], "before");
    if (!mentions.empty()) add_mention(mentions.front(), "opening");
    add_recent(context, scene, out);
    if (discourse.author) {
        const auto first = std::find_if(
            mentions.begin(), mentions.end(),
            [&](const Mention& mention) { return mention.actor == *discourse.author; });
        if (first != mentions.end()) add_mention(*first, "author");
    }
    if (scene.rule && !known(*scene.rule)) add(context.read->chain.back(), "rule");
    for (Party& party : out) party.features.settle();
}

void add_party_of_source(const PartyContext& context, const Reference& source, Parties& out) {
    add_carried(context, Scene(context), source, "source", out).features.settle();
}

void add_same(const PartyContext& context, const Party& party, FeatureVector& out) {
    out.clear();
    out.add("p:same");
    out.add("p:same:act", context.act_name);
    out.add("p:same", party.role);
}

void add_aim(const PartyContext& context, const Party& party, const AimContext& aim,
             FeatureVector& out) {
    constexpr std::array<std::string_view, 4> kNumbers = {"0", "1", "2", "3"};
    const auto number = [&](std::size_t n) { return kNumbers[std::min<std::size_t>(n, 3)]; };
    const auto type_of = [&](const Party& one) {
        return to_string(context.analysis.actors[one.who->actor].type);
    };
    const std::string_view type = type_of(party);
    out.clear();
    out.add("p:aim:type", context.act_name, type);
    out.add("p:aim:types", aim.holder == nullptr ? "nobody" : type_of(*aim.holder), type);
    out.add("p:aim:holder", aim.holder == nullptr ? "nobody" : aim.holder->role, party.role);
    const auto preposition =
        std::find_if(party.features.begin(), party.features.end(),
                     [](const Feature& feature) { return feature.kind == "p:prep"; });
    if (preposition != party.features.end()) {
        out.add("p:aim:prep", context.act_name, preposition->first);
        out.add("p:aim:prep:role", preposition->first, party.role);
    }
    if (aim.tells) {
        out.add("p:aim:tells");
        out.add("p:aim:tells", context.act_name);
    }
    if (party.outside) return;
    out.add("p:aim:others", number(aim.others));
    out.add("p:aim:others:act", context.act_name, number(aim.others));
    out.add("p:aim:place", number(aim.place));
    out.add("p:aim:place:act", context.act_name, number(aim.place));
}

}  // namespace ceasewire::analysis
