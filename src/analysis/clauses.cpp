#include "analysis/clauses.h"

#include <algorithm>
#include <array>

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

Clauses::Clauses(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                 const syntax::Tree& tree,
                 std::function<std::optional<std::uint32_t>(std::uint32_t)> resolve,
                 std::function<std::optional<Reference>(std::uint32_t)> describe,
                 ClausesSpace& space)
    : view_(view),
      analysis_(analysis),
      facts_(facts),
      tree_(tree),
      resolve_(std::move(resolve)),
      describe_(std::move(describe)),
      children_(space.children),
      token_begin_(space.token_begin),
      token_end_(space.token_end) {
    token_begin_.resize(tree.words.size());
    token_end_.resize(tree.words.size());
    for (std::size_t w = 0; w < tree.words.size(); ++w) {
        const std::int32_t head = tree.words[w].head;
        if (head == syntax::kNoHead) {
            root_ = static_cast<std::int32_t>(w);
        } else {
            children_.add(static_cast<std::size_t>(head), static_cast<std::int32_t>(w));
        }
    }
    children_.build(tree.words.size());
    if (tree.words.empty()) return;
    const auto tokens = view.tokens();
    auto t = static_cast<std::uint32_t>(
        std::lower_bound(
            tokens.begin(), tokens.end(), tree.words.front().span.begin,
            [](const text::Token& token, std::uint32_t at) { return token.end <= at; }) -
        tokens.begin());
    first_token_ = t;
    for (std::size_t w = 0; w < tree.words.size(); ++w) {
        const Span span = tree.words[w].span;
        while (t < tokens.size() && tokens[t].end <= span.begin) ++t;
        token_begin_[w] = t;
        std::uint32_t end = t;
        while (end < tokens.size() && tokens[end].begin < span.end) ++end;
        token_end_[w] = end;
    }
}

bool Clauses::is(std::int32_t w, std::string_view lower) const {
    const std::string_view here = slice(view_.text(), word(w).span);
    if (here.size() != lower.size()) return false;
    for (std::size_t i = 0; i < here.size(); ++i) {
        const char c = here[i];
        if (static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower[i]) return false;
    }
    return true;
}

std::int32_t Clauses::word_of_token(std::uint32_t t) const {
    const auto at = std::upper_bound(token_begin_.begin(), token_begin_.end(), t);
    for (auto it = at; it != token_begin_.begin();) {
        --it;
        const auto w = static_cast<std::size_t>(it - token_begin_.begin());
        if (token_begin_[w] <= t && t < token_end_[w]) return static_cast<std::int32_t>(w);
        if (token_end_[w] <= t) break;
    }
    return kNoWord;
}

std::int32_t Clauses::child(std::int32_t w, std::initializer_list<Deprel> relations) const {
    for (const std::int32_t c : children(w)) {
        const Deprel relation = syntax::base_relation(word(c).deprel);
        if (std::find(relations.begin(), relations.end(), relation) != relations.end()) return c;
    }
    return kNoWord;
}

bool Clauses::passive(std::int32_t w) const {
    return std::any_of(children(w).begin(), children(w).end(), [&](std::int32_t c) {
        return word(c).deprel == Deprel::kAuxPass || word(c).deprel == Deprel::kNsubjPass;
    });
}

std::int32_t Clauses::subject(std::int32_t w) const {
    for (int steps = 0; steps < 6 && w != kNoWord; ++steps) {
        if (passive(w)) {
            for (const std::int32_t c : children(w)) {
                if (word(c).deprel == Deprel::kOblAgent) return c;
            }
            // "was reached by …" tagged as a plain oblique.
            for (const std::int32_t c : children(w)) {
                if (syntax::base_relation(word(c).deprel) != Deprel::kObl) continue;
                for (const std::int32_t k : children(c)) {
                    if (word(k).deprel == Deprel::kCase && is(k, "by")) return c;
                }
            }
            return kNoWord;
        }
        for (const std::int32_t c : children(w)) {
            if (word(c).deprel == Deprel::kNsubj || word(c).deprel == Deprel::kCsubj ||
                word(c).deprel == Deprel::kNsubjOuter)
                return c;
        }
        const Deprel relation = word(w).deprel;
        const std::int32_t head = word(w).head;
        if (head == syntax::kNoHead) return kNoWord;
        switch (syntax::base_relation(relation)) {
            case Deprel::kConj:
            case Deprel::kXcomp:
            case Deprel::kAdvcl:
            case Deprel::kParataxis:
                w = head;
                break;
            case Deprel::kAcl:
                return relation == Deprel::kAclRelcl || !passive(w) ? head : kNoWord;
            default:
                return kNoWord;
        }
    }
    return kNoWord;
}

std::int32_t Clauses::doer(std::int32_t w) const {
    if (const std::int32_t found = subject(w); found != kNoWord) return found;
    if (word(w).upos != Upos::kNoun && word(w).upos != Upos::kPropn) return kNoWord;
    for (const std::int32_t c : children(w)) {
        if (word(c).deprel == Deprel::kNmodPoss) return c;
    }
    for (const std::int32_t c : children(w)) {
        if (syntax::base_relation(word(c).deprel) != Deprel::kNmod) continue;
        for (const std::int32_t k : children(c)) {
            if (word(k).deprel == Deprel::kCase && is(k, "by")) return c;
        }
    }
    return kNoWord;
}

std::optional<Reference> Clauses::named_by(std::int32_t w, int depth) const {
    if (word(w).upos == Upos::kPron ||
        view_.is_any(token_begin_[static_cast<std::size_t>(w)], "he", "she", "they", "it", "who",
                     "which", "i", "we", "both")) {
        const std::uint32_t t = token_begin_[static_cast<std::size_t>(w)];
        if (is(w, "who") || is(w, "which") || is(w, "that")) {
            // The noun that the relative clause belongs to.
            std::int32_t up = word(w).head;
            for (int steps = 0; steps < 4 && up != syntax::kNoHead; ++steps) {
                if (syntax::base_relation(word(up).deprel) == Deprel::kAcl &&
                    word(up).head != syntax::kNoHead && depth < 3)
                    return named_by(word(up).head, depth + 1);
                up = word(up).head;
            }
            return std::nullopt;
        }
        const auto actor = resolve_(t);
        if (!actor) return std::nullopt;
        return Reference{*actor, t, t + 1, Form::pronoun, true};
    }
    // A person in apposition or after a title is meant before the body that the title belongs to.
    const Mention* inside = nullptr;
    for (const std::uint32_t m : facts_.mentions) {
        const Mention& mention = analysis_.mentions[m];
        if (!mention.span.overlaps(word(w).span)) continue;
        if (inside == nullptr || mention.span.size() > inside->span.size()) inside = &mention;
    }
    if (inside != nullptr && analysis_.actors[inside->actor].type == ActorType::person)
        return Reference{inside->actor, inside->token_begin, inside->token_end, inside->form,
                         false};
    if (depth < 3) {
        for (const std::int32_t c : children(w)) {
            const Deprel relation = syntax::base_relation(word(c).deprel);
            if (relation != Deprel::kAppos && relation != Deprel::kFlat) continue;
            const auto found = named_by(c, depth + 1);
            if (found && analysis_.actors[found->actor].type == ActorType::person) return found;
        }
    }
    if (inside != nullptr)
        return Reference{inside->actor, inside->token_begin, inside->token_end, inside->form,
                         false};
    return describe_(token_end_[static_cast<std::size_t>(w)]);
}

std::optional<Reference> Clauses::reference(std::int32_t w) const {
    if (w == kNoWord) return std::nullopt;
    if (auto found = named_by(w, 0)) return found;
    // Behind a noun that stands for its owner: "the Hamas leadership", "Netanyahu's government",
    // "the office of …".
    for (const std::int32_t c : children(w)) {
        const Deprel relation = syntax::base_relation(word(c).deprel);
        if (relation == Deprel::kCompound || relation == Deprel::kNmod ||
            relation == Deprel::kAppos) {
            if (auto found = named_by(c, 0)) return found;
        }
    }
    return std::nullopt;
}

std::vector<Reference> Clauses::references(std::int32_t w) const {
    std::vector<Reference> all;
    if (w == kNoWord) return all;
    if (auto first = reference(w)) all.push_back(*first);
    for (const std::int32_t c : children(w)) {
        if (word(c).deprel != Deprel::kConj) continue;
        const auto next = reference(c);
        if (next && std::none_of(all.begin(), all.end(), [&](const Reference& known) {
                return known.actor == next->actor;
            }))
            all.push_back(*next);
    }
    return all;
}

Clauses::Range Clauses::subtree(std::int32_t w) const {
    Range range{token_begin_[static_cast<std::size_t>(w)], token_end_[static_cast<std::size_t>(w)]};
    std::vector<std::int32_t> stack = {w};
    while (!stack.empty()) {
        const std::int32_t at = stack.back();
        stack.pop_back();
        range.begin = std::min(range.begin, token_begin_[static_cast<std::size_t>(at)]);
        range.end = std::max(range.end, token_end_[static_cast<std::size_t>(at)]);
        for (const std::int32_t c : children(at)) stack.push_back(c);
    }
    return range;
}

namespace {

struct Link {
    Reference who;
    const CueHit* cue;
    std::int32_t verb;
};

}  // namespace

namespace {

/// "quoted X as saying", "as telling lawmakers".
bool as_saying(const Clauses& clauses, std::int32_t w) {
    for (const std::string_view word : {"saying", "telling", "stating", "warning", "adding"}) {
        if (clauses.is(w, word)) return true;
    }
    return false;
}

/// Whether word w hangs from `high` by one step or two.
bool stands_over(const Clauses& clauses, std::int32_t high, std::int32_t w) {
    const std::int32_t head = clauses.word(w).head;
    return head != syntax::kNoHead && (head == high || clauses.word(head).head == high);
}

/// Whether a verb is one of these, or says whom one of them cites: "reported, citing …".
bool belongs_to(const Clauses& clauses, std::int32_t verb, std::string_view value,
                std::span<const std::int32_t> tellers) {
    const auto is_teller = [&](std::int32_t w) {
        return std::find(tellers.begin(), tellers.end(), w) != tellers.end();
    };
    if (is_teller(verb)) return true;
    if (value == "quote" && as_saying(clauses, verb)) return true;
    // "quoted X as saying …": what X says stands under "saying".
    if (std::any_of(tellers.begin(), tellers.end(), [&](std::int32_t teller) {
            return as_saying(clauses, teller) && stands_over(clauses, verb, teller);
        }))
        return true;
    const std::int32_t head = clauses.word(verb).head;
    if (value != "quote" || head == syntax::kNoHead) return false;
    return is_teller(head) || std::any_of(tellers.begin(), tellers.end(), [&](std::int32_t teller) {
               return clauses.subject(teller) == head;
           });
}

/// How many words stand above word w.
int depth_of(const Clauses& clauses, std::int32_t w) {
    int depth = 0;
    for (; clauses.word(w).head != syntax::kNoHead && depth < 60; w = clauses.word(w).head) ++depth;
    return depth;
}

/// The agent of what a passive is completed by: "was quoted as saying by the agency".
std::int32_t agent_below(const Clauses& clauses, std::int32_t verb) {
    for (const std::int32_t c : clauses.children(verb)) {
        const Deprel relation = syntax::base_relation(clauses.word(c).deprel);
        if (relation != Deprel::kAdvcl && relation != Deprel::kXcomp) continue;
        for (const std::int32_t agent : clauses.children(c)) {
            if (syntax::base_relation(clauses.word(agent).deprel) != Deprel::kObl) continue;
            for (const std::int32_t k : clauses.children(agent)) {
                if (clauses.word(k).deprel == Deprel::kCase && clauses.is(k, "by")) return agent;
            }
        }
    }
    return kNoWord;
}

/// The verb of telling that "citing …" goes with, by itself or by its subject; kNoWord where it has
/// none.
std::int32_t cites_for(const Clauses& clauses, std::int32_t citing) {
    if (citing == kNoWord) return kNoWord;
    if (!clauses.is(citing, "citing") && !clauses.is(citing, "quoting")) return kNoWord;
    std::int32_t head = clauses.word(citing).head;
    if (head == syntax::kNoHead) return kNoWord;
    if (clauses.word(head).upos == Upos::kVerb) return head;
    if (syntax::base_relation(clauses.word(head).deprel) != Deprel::kNsubj) return kNoWord;
    head = clauses.word(head).head;
    return head != syntax::kNoHead && clauses.word(head).upos == Upos::kVerb ? head : kNoWord;
}

/// Whom the words before "as saying" name, unless he is the one who quotes: "quoted by X as
/// saying".
std::optional<Reference> told_of_before(const View& view, const Sentence& sentence,
                                        std::uint32_t as, const Clauses& clauses) {
    if (as <= sentence.token_begin) return std::nullopt;
    const std::int32_t w = clauses.word_of_token(as - 1);
    auto who = w == kNoWord ? std::nullopt : clauses.named(w);
    if (!who || who->begin <= sentence.token_begin) return who;
    const std::uint32_t before =
        view.is(who->begin - 1, "the") && who->begin > sentence.token_begin + 1 ? who->begin - 2
                                                                                : who->begin - 1;
    return view.is(before, "by") ? std::nullopt : who;
}

/// The chain of tellers, from all verbs of telling or from `only` these.
Attribution read_tellers(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                         const Sentence& sentence, const Clauses& clauses,
                         const std::span<const std::int32_t>* only) {
    Attribution result;
    result.content_begin = sentence.token_begin;
    result.content_end = sentence.token_end;
    const LexiconData& data = view.data();
    // Tellers by their verb, with the depth of the verb in the tree: what is deeper is told by what
    // is above.
    std::vector<std::pair<int, Link>> links;
    for (const CueHit& cue : facts.reports) {
        const std::string& value = data.cues[cue.row].value;
        if (value == "statement") continue;
        if (value == "according") {
            const std::int32_t according = clauses.word_of_token(cue.begin);
            const std::int32_t to = clauses.word_of_token(cue.end - 1);
            std::int32_t who = kNoWord;
            for (const std::int32_t w : {according, to}) {
                if (w == kNoWord || who != kNoWord) continue;
                // UD: "according" is the case of the noun, or has it below.
                if (clauses.word(w).deprel == Deprel::kCase ||
                    clauses.word(w).deprel == Deprel::kFixed) {
                    who = clauses.word(w).head;
                    if (who != kNoWord && clauses.word(w).deprel == Deprel::kFixed)
                        who = clauses.word(who).head;
                } else {
                    who = clauses.child(w, {Deprel::kObl, Deprel::kNmod, Deprel::kObj});
                }
            }
            if (who == kNoWord || who < to) continue;
            // "according to the ministry's spokesman X": the description has the preposition.
            if (clauses.word(who).deprel == Deprel::kNmodDesc) who = clauses.word(who).head;
            if (const auto reference = clauses.reference(who))
                links.push_back({-1, {*reference, &cue, according}});
            continue;
        }
        if (value == "quote" && view.is(cue.begin, "as")) {
            // "reports X as saying": X is told of, and tells.
            const std::int32_t saying = clauses.word_of_token(cue.end - 1);
            const auto who = told_of_before(view, sentence, cue.begin, clauses);
            if (who && saying != kNoWord &&
                (only == nullptr || belongs_to(clauses, saying, value, *only)))
                links.push_back({depth_of(clauses, saying) + 1, {*who, &cue, saying}});
            continue;
        }
        const std::int32_t verb = clauses.word_of_token(cue.begin);
        if (verb == kNoWord || (only != nullptr && !belongs_to(clauses, verb, value, *only)))
            continue;
        const Upos upos = clauses.word(verb).upos;
        if (upos != Upos::kVerb && upos != Upos::kAux) continue;
        const int depth = depth_of(clauses, verb);
        // "…, as quoted by Reuters", "…, reported by the agency": the agent is outside.
        if (!clauses.passive(verb) && cue.end < sentence.token_end && view.is(cue.end, "by")) {
            for (const std::int32_t c : clauses.children(verb)) {
                if (syntax::base_relation(clauses.word(c).deprel) != Deprel::kObl) continue;
                if (const auto agent = clauses.reference(c))
                    links.push_back({-1, {*agent, &cue, verb}});
            }
            continue;
        }
        if (value == "quote") {
            const auto object = clauses.reference(clauses.child(verb, {Deprel::kObj}));
            auto subject = clauses.reference(clauses.subject(verb));
            if (clauses.passive(verb) || cue.end - cue.begin >= 3) {
                const std::int32_t quoted = clauses.child(verb, {Deprel::kNsubj});
                const auto who = clauses.reference(quoted);
                // "was quoted as saying by the agency".
                if (!subject) subject = clauses.reference(agent_below(clauses, verb));
                if (subject) links.push_back({depth, {*subject, &cue, verb}});
                if (who) links.push_back({depth + 1, {*who, &cue, verb}});
            } else if (const std::int32_t teller = cites_for(clauses, verb); teller != kNoWord) {
                // "reported, citing X, that Y said …": X stands between the one who reports and Y.
                const int between = depth_of(clauses, teller) + 1;
                if (subject) links.push_back({between, {*subject, &cue, verb}});
                if (object) links.push_back({between, {*object, &cue, verb}});
            } else {
                if (subject) links.push_back({depth, {*subject, &cue, verb}});
                if (object) links.push_back({depth + 1, {*object, &cue, verb}});
            }
            continue;
        }
        const bool content =
            clauses.child(verb, {Deprel::kCcomp, Deprel::kParataxis, Deprel::kXcomp, Deprel::kObj,
                                 Deprel::kObl}) != kNoWord ||
            clauses.word(verb).deprel == Deprel::kParataxis || facts.quoted;
        if (!content && value != "say") continue;
        // Of a passive the agent: "it was confirmed by Cairo", "it had been told by an aide".
        const auto who = clauses.reference(clauses.subject(verb));
        if (!who) continue;
        if (clauses.passive(verb) && view.is(cue.begin, "told")) {
            const auto hearer = clauses.reference(clauses.child(verb, {Deprel::kNsubj}));
            if (hearer && hearer->actor != who->actor)
                links.push_back({depth, {*hearer, &cue, verb}});
        }
        // A verb in parataxis stands beside what it tells ("…, Blinken said"): it is outside.
        const bool beside = clauses.word(verb).deprel == Deprel::kParataxis;
        // "told CNN that …": the outlet hands it on.
        if (view.is_any(cue.begin, "told", "tells", "telling")) {
            const auto outlet =
                clauses.reference(clauses.child(verb, {Deprel::kObj, Deprel::kIobj}));
            if (outlet && analysis.actors[outlet->actor].type == ActorType::media)
                links.push_back({beside ? -1 : depth, {*outlet, &cue, verb}});
        }
        links.push_back({beside ? 0 : depth + 1, {*who, &cue, verb}});
    }
    if (links.empty()) return result;
    const auto cites = [&](const Link& link) {
        return cites_for(clauses, link.verb) != kNoWord ? 1 : 0;
    };
    std::stable_sort(links.begin(), links.end(), [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : cites(a.second) < cites(b.second);
    });
    // Nested means inside the content: a deeper verb counts only when it is below the outer one
    // through a complement; a coordinated or adverbial one is parallel.
    std::vector<Link> chain;
    int last_depth = 0;
    for (const auto& [depth, link] : links) {
        const bool after_outermost = last_depth == -1;
        last_depth = depth;
        if (chain.empty()) {
            chain.push_back(link);
            continue;
        }
        if (chain.back().who.actor == link.who.actor) {
            // "The paper, citing …, said": it is "said" that what is told hangs from.
            if (cites_for(clauses, link.verb) != chain.back().verb) chain.back() = link;
            continue;
        }
        const bool outside = after_outermost || chain.back().verb == link.verb ||
                             chain.back().cue->begin == link.cue->begin ||
                             cites_for(clauses, link.verb) == chain.back().verb ||
                             clauses.word(chain.back().verb).deprel == Deprel::kParataxis ||
                             data.cues[chain.back().cue->row].value == "according";
        // "reported, citing X, that Y said …": Y stands below the verb that X hangs from.
        std::size_t over = chain.size() - 1;
        while (over > 0 && chain[over].verb != link.verb && cites(chain[over]) != 0) --over;
        bool below = outside;
        for (std::int32_t w = link.verb, steps = 0; !below && w != syntax::kNoHead && steps < 40;
             w = clauses.word(w).head, ++steps) {
            const Deprel relation = syntax::base_relation(clauses.word(w).deprel);
            if (clauses.word(w).head == chain.back().verb ||
                clauses.word(w).head == chain[over].verb) {
                below = relation == Deprel::kCcomp || relation == Deprel::kParataxis ||
                        relation == Deprel::kXcomp ||
                        ((relation == Deprel::kAdvcl || as_saying(clauses, link.verb)) &&
                         data.cues[link.cue->row].value == "quote");
                break;
            }
            if (relation == Deprel::kAcl || relation == Deprel::kAdvcl) break;
        }
        if (below) chain.push_back(link);
    }
    const Link& inner = chain.back();
    for (const Link& link : chain) result.chain.push_back(link.who);
    result.cue = view.span_of(inner.cue->begin, inner.cue->end);
    result.report_value = data.cues[inner.cue->row].value;
    // What is told: the complement of the innermost verb, else the sentence without the teller.
    const std::int32_t content = inner.verb == kNoWord
                                     ? kNoWord
                                     : clauses.child(inner.verb, {Deprel::kCcomp, Deprel::kXcomp});
    if (content != kNoWord) {
        const Clauses::Range range = clauses.subtree(content);
        result.content_begin = range.begin;
        result.content_end = range.end;
    } else if (inner.verb != kNoWord && clauses.word(inner.verb).deprel == Deprel::kParataxis) {
        const Clauses::Range range = clauses.subtree(inner.verb);
        if (range.begin > sentence.token_begin + 2) result.content_end = range.begin;
    }
    if (result.content_begin >= result.content_end) {
        result.content_begin = sentence.token_begin;
        result.content_end = sentence.token_end;
    }
    return result;
}

}  // namespace

Attribution attribution_by_tree(const View& view, const Analysis& analysis,
                                const SentenceFacts& facts, const Sentence& sentence,
                                const Clauses& clauses) {
    return read_tellers(view, analysis, facts, sentence, clauses, nullptr);
}

bool reaches_further(const Analysis& analysis, const Attribution& longer,
                     const Attribution& shorter) {
    if (longer.chain.size() <= shorter.chain.size() || shorter.chain.empty() ||
        longer.chain.back().actor != shorter.chain.back().actor)
        return false;
    const auto in = [](const std::vector<Reference>& chain, const Reference& link) {
        return std::any_of(chain.begin(), chain.end(),
                           [&](const Reference& other) { return other.actor == link.actor; });
    };
    return std::all_of(shorter.chain.begin(), shorter.chain.end(),
                       [&](const Reference& link) { return in(longer.chain, link); }) &&
           std::all_of(longer.chain.begin(), longer.chain.end(), [&](const Reference& link) {
               const ActorType type = analysis.actors[link.actor].type;
               return in(shorter.chain, link) || type == ActorType::media ||
                      type == ActorType::role_group;
           });
}

Attribution attribution_at(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                           const Sentence& sentence, const Clauses& clauses,
                           std::span<const std::int32_t> tellers, const Attribution& whole) {
    if (!tellers.empty()) {
        Attribution own = read_tellers(view, analysis, facts, sentence, clauses, &tellers);
        if (!own.chain.empty()) {
            // The words in their order may know more of those through whom it came.
            if (reaches_further(analysis, whole, own)) own.chain = whole.chain;
            return own;
        }
    }
    return whole;
}

namespace {

/// Collects outlets: those who hand on what others told, and those who were told it.
class Outlets {
public:
    Outlets(const Analysis& analysis, const Clauses& clauses)
        : analysis_(analysis), clauses_(clauses) {}

    /// "according to the BBC and Sky News": each.
    void outer(std::int32_t w) {
        for (const Reference& who : clauses_.references(w)) add(who, outer_);
    }
    void inner(std::int32_t w) {
        for (const Reference& who : clauses_.references(w)) add(who, inner_);
    }
    void outer(const Reference& who) { add(who, outer_); }
    void inner(const Reference& who) { add(who, inner_); }

    /// "according to reports by CNN and the BBC", "in media reports in …": those below a noun.
    void below(std::int32_t noun, bool from_outside) {
        if (noun == kNoWord) return;
        for (const std::int32_t k : clauses_.children(noun)) {
            if (syntax::base_relation(clauses_.word(k).deprel) != Deprel::kNmod) continue;
            if (from_outside)
                outer(k);
            else
                inner(k);
            // A parser may take the preposition for a noun.
            for (const std::int32_t d : clauses_.children(k)) {
                if (syntax::base_relation(clauses_.word(d).deprel) != Deprel::kObj &&
                    syntax::base_relation(clauses_.word(d).deprel) != Deprel::kNmod)
                    continue;
                if (from_outside)
                    outer(d);
                else
                    inner(d);
            }
        }
    }

    /// Outermost first.
    [[nodiscard]] std::vector<Reference> take() {
        for (const Reference& who : inner_) add(who, outer_);
        return std::move(outer_);
    }

private:
    void add(const Reference& who, std::vector<Reference>& list) const {
        if (analysis_.actors[who.actor].type == ActorType::media &&
            std::none_of(list.begin(), list.end(),
                         [&](const Reference& known) { return known.actor == who.actor; }))
            list.push_back(who);
    }

    const Analysis& analysis_;
    const Clauses& clauses_;
    std::vector<Reference> outer_;
    std::vector<Reference> inner_;
};

bool is_any_of(const Clauses& clauses, std::int32_t w,
               std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return clauses.is(w, word); });
}

}  // namespace

std::vector<Reference> outlets(const View& view, const Analysis& analysis,
                               const SentenceFacts& facts, const Clauses& clauses) {
    Outlets found(analysis, clauses);
    // Whom one speaks to, whatever verb tells it: "in an interview with CNN, … urged", "speaking to
    // Al Jazeera".
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(clauses.size()); ++w) {
        if (is_any_of(clauses, w, {"interview", "interviews"})) {
            found.below(w, false);
            const std::int32_t head = clauses.word(w).head;
            if (head == syntax::kNoHead) continue;
            for (const std::int32_t c : clauses.children(head)) {
                if (c > w && c - w <= 6 &&
                    syntax::base_relation(clauses.word(c).deprel) == Deprel::kObl)
                    found.inner(c);
            }
        } else if (is_any_of(clauses, w, {"speaking", "spoke", "talking", "speaks"})) {
            for (const std::int32_t c : clauses.children(w)) {
                if (syntax::base_relation(clauses.word(c).deprel) == Deprel::kObl) found.inner(c);
            }
        }
    }
    // "in a statement carried by state media", "…, as quoted by Reuters".
    for (const std::uint32_t m : facts.mentions) {
        const Mention& mention = analysis.mentions[m];
        const std::uint32_t by =
            mention.token_begin >= 2 && view.is_any(mention.token_begin - 1, "the", "state")
                ? mention.token_begin - 1
                : mention.token_begin;
        if (by < 2 || !view.is_any(by - 1, "by", "on")) continue;
        if (view.is_any(by - 2, "carried", "published", "aired", "broadcast", "quoted", "reported",
                        "cited", "seen", "obtained", "posted", "relayed", "televised"))
            found.outer(reference_to(mention));
    }
    for (const CueHit& cue : facts.reports) {
        const std::int32_t w = clauses.word_of_token(cue.begin);
        const std::int32_t last = clauses.word_of_token(cue.end - 1);
        if (w == kNoWord || last == kNoWord) continue;
        // By its place alone, for a tree may take it for a part of what follows: "told Reuters the
        // talks …".
        const bool told = view.is_any(cue.begin, "told", "tells", "telling");
        if (told) {
            for (const std::uint32_t m : facts.mentions) {
                const Mention& mention = analysis.mentions[m];
                const bool next = mention.token_begin == cue.end ||
                                  (mention.token_begin == cue.end + 1 &&
                                   view.is_any(cue.end, "the", "a", "broadcaster", "newspaper",
                                               "channel", "agency", "daily"));
                if (next) found.inner(reference_to(mention));
            }
        }
        if (view.data().cues[cue.row].value == "according") {
            for (const std::int32_t who :
                 {clauses.word(w).head, clauses.word(last).head,
                  clauses.child(w, {Deprel::kObl, Deprel::kNmod, Deprel::kObj})}) {
                if (who == kNoWord) continue;
                found.outer(who);
                // "according to the news channel X": the description has the preposition.
                if (clauses.word(who).deprel == Deprel::kNmodDesc)
                    found.outer(clauses.word(who).head);
                if (is_any_of(clauses, who, {"report", "reports", "coverage"}))
                    found.below(who, true);
            }
            continue;
        }
        if (clauses.word(w).upos != Upos::kVerb && clauses.word(w).upos != Upos::kAux) continue;
        found.outer(clauses.subject(w));
        if (told) found.inner(clauses.child(w, {Deprel::kObj, Deprel::kIobj}));
        // "spoke to the BBC", "said in remarks to CNN", "said on Al Jazeera".
        for (const std::int32_t c : clauses.children(w)) {
            if (syntax::base_relation(clauses.word(c).deprel) != Deprel::kObl) continue;
            found.inner(c);
            if (is_any_of(clauses, c, {"statement", "remarks"})) found.below(c, false);
        }
    }
    return found.take();
}

}  // namespace ceasewire::analysis
