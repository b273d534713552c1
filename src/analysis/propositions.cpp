#include "analysis/propositions.h"

#include <algorithm>
#include <array>

#include "text/stem.h"

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

namespace {

constexpr int kMostSteps =
    12;  ///< governors that a path follows; deeper nesting says nothing about an act
constexpr std::size_t kMostAnchors =
    48;  ///< a sentence with more is no sentence; keeps the time linear

}  // namespace

Propositions::Propositions(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                           const Sentence& sentence, const Clauses& clauses,
                           PropositionsSpace& space)
    : view_(view),
      analysis_(analysis),
      facts_(facts),
      sentence_(sentence),
      clauses_(clauses),
      stems_(space.stem_parts),
      low_(space.low),
      types_(space.types),
      hits_(space.hits),
      kinds_(space.kinds),
      anchors_(space.anchors),
      tellers_(space.tellers),
      shared_(space.shared),
      stack_(space.stack) {
    const std::size_t size = clauses.size();
    space.stems.resize(size);
    low_.resize(size);
    types_.assign(size, {});
    anchors_.clear();
    shared_.clear();
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(size); ++w) {
        const std::string_view word = slice(view.text(), clauses.word(w).span);
        low_[static_cast<std::size_t>(w)] = text::lower(word);
        space.stems[static_cast<std::size_t>(w)] = text::stem(word);
    }
    stems_.assign(space.stems.begin(), space.stems.end());
    for (const std::uint32_t m : facts.mentions) {
        const Mention& mention = analysis.mentions[m];
        for (std::uint32_t t = mention.token_begin; t < mention.token_end; ++t) {
            const std::int32_t w = clauses.word_of_token(t);
            if (w != kNoWord)
                types_[static_cast<std::size_t>(w)] =
                    to_string(analysis.actors[mention.actor].type);
        }
    }
    place_hits();
    find_kinds();
    find_anchors();
    find_tellers();
    describe_sentence();
}

void Propositions::place_hits() {
    const LexiconData& data = view_.data();
    const auto place = [&](const std::vector<CueHit>& list, Kind kind) {
        for (const CueHit& hit : list) {
            const bool term = kind == Kind::core || kind == Kind::side;
            const Hit noted{
                kind, term ? Hashed(data.terms[hit.row].slug) : Hashed(data.cues[hit.row].value),
                term ? Hashed() : Hashed(data.cues[hit.row].detail)};
            std::int32_t last = kNoWord;
            for (std::uint32_t t = hit.begin; t < hit.end; ++t) {
                const std::int32_t w = clauses_.word_of_token(t);
                if (w != kNoWord && w != last) hits_.add(static_cast<std::size_t>(w), noted);
                last = w;
            }
        }
    };
    place(facts_.core_terms, Kind::core);
    place(facts_.side_terms, Kind::side);
    place(facts_.reports, Kind::report);
    place(facts_.acts, Kind::act);
    place(facts_.negations, Kind::negation);
    place(facts_.conditions, Kind::condition);
    place(facts_.modals, Kind::modal);
    place(facts_.deals, Kind::deal);
    hits_.build(clauses_.size());
}

void Propositions::find_kinds() {
    const Senses& senses = view_.data().senses;
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(clauses_.size()); ++w) {
        if (!types_[static_cast<std::size_t>(w)].empty()) continue;
        PartOfSpeech part = PartOfSpeech::noun;
        switch (clauses_.word(w).upos) {
            case Upos::kVerb:
                part = PartOfSpeech::verb;
                break;
            case Upos::kNoun:
                break;
            case Upos::kAdj:
            case Upos::kAdv:
                part = PartOfSpeech::adjective;
                break;
            default:
                continue;
        }
        const auto found = senses.of_stem(stem_of(w));
        // A word that is known as another part of speech only is taken as that.
        const bool fits = std::any_of(found.begin(), found.end(),
                                      [&](const auto& sense) { return sense.part == part; });
        for (const Senses::Sense& sense : found) {
            if (fits ? sense.part == part : part != PartOfSpeech::adjective)
                kinds_.add(static_cast<std::size_t>(w), senses.name(sense.kind));
        }
    }
    kinds_.build(clauses_.size());
}

void Propositions::add_kinds(const FeatureKind& name, std::int32_t w, FeatureVector& out) const {
    for (const Hashed& kind : kinds(w)) out.add(name, kind);
}

void Propositions::add_kinds(const FeatureKind& name, const Hashed& first, std::int32_t w,
                             FeatureVector& out) const {
    for (const Hashed& kind : kinds(w)) out.add(name, first, kind);
}

bool Propositions::has(std::int32_t w, Kind kind) const {
    return std::any_of(hits(w).begin(), hits(w).end(),
                       [&](const Hit& hit) { return hit.kind == kind; });
}

bool Propositions::reports(std::int32_t w) const {
    const Upos upos = clauses_.word(w).upos;
    if (upos != Upos::kVerb && upos != Upos::kAux) return false;
    return std::any_of(hits(w).begin(), hits(w).end(), [](const Hit& hit) {
        return hit.kind == Kind::report && hit.value != "statement" && hit.value != "according";
    });
}

const Hashed& Propositions::name_of(std::int32_t w) const {
    const Hashed& type = types_[static_cast<std::size_t>(w)];
    return type.empty() ? stems_[static_cast<std::size_t>(w)] : type;
}

bool Propositions::negates(std::int32_t w) const {
    constexpr std::array<std::string_view, 8> kWords = {"not", "n't",     "n\u2019t", "never",
                                                        "no",  "neither", "nor",      "without"};
    return std::find(kWords.begin(), kWords.end(), low(w)) != kWords.end();
}

void Propositions::find_anchors() {
    for (std::int32_t w = 0;
         w < static_cast<std::int32_t>(clauses_.size()) && anchors_.size() < kMostAnchors; ++w) {
        const syntax::Word& word = clauses_.word(w);
        if (word.head == syntax::kNoHead) {
            anchors_.push_back(w);
            continue;
        }
        const Deprel relation = base(w);
        switch (relation) {
            case Deprel::kAux:
            case Deprel::kCop:
            case Deprel::kCase:
            case Deprel::kMark:
            case Deprel::kPunct:
            case Deprel::kDet:
            case Deprel::kFixed:
            case Deprel::kFlat:
            case Deprel::kGoeswith:
                continue;
            default:
                break;
        }
        if (word.upos == Upos::kVerb) {
            if (relation != Deprel::kAmod && relation != Deprel::kCompound) anchors_.push_back(w);
            continue;
        }
        const bool clause = relation == Deprel::kCcomp || relation == Deprel::kAdvcl ||
                            relation == Deprel::kParataxis || relation == Deprel::kXcomp ||
                            relation == Deprel::kCsubj ||
                            ((relation == Deprel::kConj || relation == Deprel::kAcl) &&
                             clauses_.child(w, {Deprel::kNsubj, Deprel::kCop}) != kNoWord);
        const bool noun =
            word.upos == Upos::kNoun || word.upos == Upos::kPropn || word.upos == Upos::kAdj;
        const bool argument = relation == Deprel::kObj || relation == Deprel::kNsubj ||
                              relation == Deprel::kObl || relation == Deprel::kNmod ||
                              relation == Deprel::kConj || relation == Deprel::kAppos;
        if (clause || (noun && argument && has(w, Kind::act))) anchors_.push_back(w);
    }
}

bool Propositions::speaks(std::int32_t anchor) const {
    const Upos upos = clauses_.word(anchor).upos;
    if (upos != Upos::kVerb || clauses_.passive(anchor)) return false;
    for (const std::int32_t c : clauses_.children(anchor)) {
        if (negates(c)) return false;
    }
    constexpr std::array<std::string_view, 6> kActsOfSpeech = {
        "call.urge", "call.demand", "accuse.blame", "accuse.condemn", "pledge.vow", "deny.deny"};
    // "X reported that Y had urged …": not what X urged himself, "says it is not, but urged …".
    // "Y has pledged …, X said" is the same.
    const std::int32_t subject = clauses_.child(anchor, {Deprel::kNsubj});
    const auto& below = clauses_.children(anchor);
    const bool told = base(anchor) == Deprel::kCcomp ||
                      std::any_of(below.begin(), below.end(), [&](std::int32_t c) {
                          return tells_beside(c) && clauses_.child(c, {Deprel::kNsubj}) != kNoWord;
                      });
    const bool own = told && subject != kNoWord && clauses_.word(subject).upos != Upos::kPron;
    return std::any_of(hits(anchor).begin(), hits(anchor).end(), [&](const Hit& hit) {
        if (hit.kind == Kind::act)
            return own && std::find(kActsOfSpeech.begin(), kActsOfSpeech.end(), hit.detail) !=
                              kActsOfSpeech.end();
        return hit.kind == Kind::report && stem_of(anchor) != "ad" && stem_of(anchor) != "add" &&
               (hit.value == "say" || hit.value == "confirm" || hit.value == "stress" ||
                hit.value == "claim" || hit.value == "warn");
    });
}

bool Propositions::tells(std::int32_t anchor) const {
    return reports(anchor) &&
           clauses_.child(anchor, {Deprel::kCcomp, Deprel::kParataxis, Deprel::kXcomp}) != kNoWord;
}

bool Propositions::only_tells(std::int32_t anchor) const {
    if (!reports(anchor) || clauses_.child(anchor, {Deprel::kNsubj}) == kNoWord ||
        clauses_.word(anchor).head == syntax::kNoHead)
        return false;
    return std::all_of(clauses_.children(anchor).begin(), clauses_.children(anchor).end(),
                       [&](std::int32_t c) {
                           switch (base(c)) {
                               case Deprel::kCcomp:
                               case Deprel::kXcomp:
                               case Deprel::kObj:
                               case Deprel::kConj:
                               case Deprel::kAcl:
                                   return false;
                               case Deprel::kAdvcl:
                               case Deprel::kParataxis:
                                   return reports(c);
                               default:
                                   return true;
                           }
                       });
}

Propositions::Litotes Propositions::litotes(std::int32_t anchor) const {
    constexpr std::array<std::string_view, 4> kRefusals = {"reject", "refus", "oppos", "object"};
    const auto of = [&](std::int32_t w) {
        const auto& below = clauses_.children(w);
        if (std::none_of(below.begin(), below.end(), [&](std::int32_t c) { return negates(c); }))
            return Litotes::none;
        const Hashed& verb = stem_of(w);
        if (verb == "exclud" ||
            (verb == "rul" && std::any_of(below.begin(), below.end(),
                                          [&](std::int32_t c) { return low(c) == "out"; })))
            return Litotes::possible;
        return std::find(kRefusals.begin(), kRefusals.end(), verb) != kRefusals.end()
                   ? Litotes::accepted
                   : Litotes::none;
    };
    if (const Litotes own = of(anchor); own != Litotes::none) return own;
    constexpr std::array<std::string_view, 3> kWarnings = {"warn", "caution", "advis"};
    const auto warns = [&](std::int32_t w) {
        return w != syntax::kNoHead &&
               std::find(kWarnings.begin(), kWarnings.end(), stem_of(w).text) != kWarnings.end();
    };
    const auto behind_against = [&](std::int32_t w) {
        const auto& below = clauses_.children(w);
        return std::any_of(below.begin(), below.end(),
                           [&](std::int32_t c) { return low(c) == "against"; });
    };
    const std::int32_t head = clauses_.word(anchor).head;
    const auto& below = clauses_.children(anchor);
    if ((warns(anchor) && std::any_of(below.begin(), below.end(), behind_against)) ||
        (warns(head) && behind_against(anchor)))
        return Litotes::urged;
    const bool completes =
        head != syntax::kNoHead && (base(anchor) == Deprel::kXcomp ||
                                    base(anchor) == Deprel::kCcomp || base(anchor) == Deprel::kObj);
    return completes ? of(head) : Litotes::none;
}

void Propositions::find_tellers() {
    std::vector<std::int32_t>& above = stack_;
    for (const std::int32_t anchor : anchors_) {
        const auto add_beside = [&](std::int32_t w, std::int32_t except) {
            for (const std::int32_t c : clauses_.children(w)) {
                if (c != except && tells_beside(c))
                    tellers_.add(static_cast<std::size_t>(anchor), c);
            }
        };
        // "…, Blinken said", outside whatever is above.
        above.clear();
        add_beside(anchor, kNoWord);
        std::int32_t w = anchor;
        for (int step = 0; step < kMostSteps; ++step) {
            const std::int32_t head = clauses_.word(w).head;
            if (head == syntax::kNoHead) break;
            const Deprel relation = base(w);
            if (reports(head) && (relation == Deprel::kCcomp || relation == Deprel::kParataxis ||
                                  relation == Deprel::kXcomp))
                above.push_back(head);
            add_beside(head, w);
            w = head;
        }
        for (auto teller = above.rbegin(); teller != above.rend(); ++teller)
            tellers_.add(static_cast<std::size_t>(anchor), *teller);
    }
    tellers_.build(clauses_.size());
}

void Propositions::add_acts(const FeatureKind& detail_kind, const FeatureKind& act_kind,
                            std::int32_t w, FeatureVector& out) const {
    for (const Hit& hit : hits(w)) {
        if (hit.kind != Kind::act) continue;
        out.add(detail_kind, hit.detail);
        out.add(act_kind, hit.value);
    }
}

void Propositions::add_subject(const FeatureKind& kind, std::int32_t w, FeatureVector& out) const {
    if (w == kNoWord) {
        out.add(kind, "none");
        return;
    }
    const auto type = [&](std::int32_t at) { return types_[static_cast<std::size_t>(at)]; };
    if (!type(w).empty()) {
        out.add(kind, type(w));
        return;
    }
    for (const std::int32_t c : clauses_.children(w)) {
        if ((base(c) == Deprel::kFlat || base(c) == Deprel::kCompound ||
             base(c) == Deprel::kAppos) &&
            !type(c).empty()) {
            out.add(kind, type(c));
            return;
        }
    }
    if (clauses_.word(w).upos == Upos::kPron) {
        out.add(kind, "pronoun", low(w));
    } else {
        out.add(kind, "noun", stem_of(w));
    }
}

std::string_view Propositions::subject_type(std::int32_t anchor) const {
    const std::int32_t subject = clauses_.subject(anchor);
    if (subject == kNoWord) return "none";
    const auto type = [&](std::int32_t w) { return types_[static_cast<std::size_t>(w)]; };
    if (!type(subject).empty()) return type(subject);
    for (const std::int32_t c : clauses_.children(subject)) {
        if ((base(c) == Deprel::kFlat || base(c) == Deprel::kCompound ||
             base(c) == Deprel::kAppos) &&
            !type(c).empty())
            return type(c);
    }
    return clauses_.word(subject).upos == Upos::kPron ? "pronoun" : "noun";
}

void Propositions::add_tense(const FeatureKind& kind, std::int32_t w, FeatureVector& out) const {
    for (const std::int32_t c : clauses_.children(w)) {
        if (base(c) == Deprel::kAux || base(c) == Deprel::kCop) out.add(kind, "aux", low(c));
        if (base(c) == Deprel::kMark && low(c) == "to") out.add(kind, "to");
    }
    const std::string_view word = low(w);
    out.add(kind, word.ends_with("ed")    ? "ed"
                  : word.ends_with("ing") ? "ing"
                  : word.ends_with("s")   ? "s"
                                          : "base");
}

void Propositions::describe_sentence() {
    FeatureVector& out = shared_;
    out.add("bias");
    if (sentence_.title) out.add("title");
    for (std::int32_t w = 0; w < static_cast<std::int32_t>(clauses_.size()); ++w) {
        const Upos upos = clauses_.word(w).upos;
        const bool plain = upos != Upos::kPunct && upos != Upos::kDet && upos != Upos::kNum &&
                           upos != Upos::kSym && upos != Upos::kX && upos != Upos::kPropn;
        if (plain && types_[static_cast<std::size_t>(w)].empty()) {
            out.add("W", stem_of(w));
            add_kinds("WK", w, out);
        }
        for (const Hit& hit : hits(w)) {
            switch (hit.kind) {
                case Kind::core:
                    out.add("core");
                    [[fallthrough]];
                case Kind::side:
                    out.add("T", hit.value);
                    break;
                case Kind::report:
                    out.add("report", hit.value);
                    break;
                case Kind::act:
                    out.add("A", hit.detail);
                    out.add("Aa", hit.value);
                    break;
                case Kind::negation:
                    out.add("negation");
                    break;
                case Kind::condition:
                    out.add("condition");
                    break;
                case Kind::modal:
                    out.add("modal", hit.value);
                    break;
                case Kind::deal:
                    out.add("deal", hit.value);
                    break;
            }
        }
        // What a halt or deal hangs from: the nearest content word above.
        if (!has(w, Kind::core) && !has(w, Kind::deal)) continue;
        std::int32_t above = clauses_.word(w).head;
        for (int step = 0; step < 3 && above != syntax::kNoHead;
             ++step, above = clauses_.word(above).head) {
            const Upos pos = clauses_.word(above).upos;
            if ((pos != Upos::kVerb && pos != Upos::kNoun && pos != Upos::kAdj) ||
                has(above, Kind::core))
                continue;
            out.add("G", stem_of(above));
            out.add("G:rel", syntax::name(base(w)), stem_of(above));
            add_kinds("GK", above, out);
            add_acts("GA", "GAa", above, out);
            break;
        }
    }
    if (facts_.quoted) out.add("quote");
    if (facts_.inside_quote) out.add("inside_quote");
    for (const std::uint32_t m : facts_.mentions)
        out.add("M", to_string(analysis_.actors[analysis_.mentions[m].actor].type));
    if (!low_.empty() && low_.back() == "?") out.add("question");
    for (const std::string& word : low_) {
        if (word == "we" || word == "our" || word == "us" || word == "i") out.add("first_person");
    }
    out.add("length", static_cast<float>(std::min<std::size_t>(clauses_.size(), 60)) / 30);
    out.settle();
}

void Propositions::features(std::int32_t p, FeatureVector& out) const {
    out.clear();
    const Hashed& own = stem_of(p);
    std::string_view particle;
    bool negated = false;
    for (const std::int32_t c : clauses_.children(p)) {
        if (clauses_.word(c).deprel == Deprel::kCompoundPrt) particle = low(c);
        negated = negated || negates(c);
    }
    out.add("P", own, particle);
    if (!particle.empty()) out.add("P", own);
    add_kinds("PK", p, out);
    out.add("P:tag", syntax::name(clauses_.word(p).upos));
    out.add("P:rel", syntax::name(base(p)));
    if (negated) {
        out.add("P:not");
        out.add("P:not", own);
        add_kinds("PK:not", p, out);
    }
    add_tense("P:form", p, out);
    const bool passive = clauses_.passive(p);
    if (passive) {
        out.add("P:passive");
        out.add("P:passive", own);
        add_kinds("PK:passive", p, out);
    }
    add_acts("PA", "PAa", p, out);
    for (const Hit& hit : hits(p)) {
        if (hit.kind == Kind::core || hit.kind == Kind::deal || hit.kind == Kind::side)
            out.add("P:deal");
        if (hit.kind == Kind::report) out.add("P:report", hit.value);
    }
    const std::int32_t subject = clauses_.subject(p);
    add_subject("S", subject, out);
    if (subject != kNoWord) {
        add_kinds("SK", subject, out);
    }
    for (const std::int32_t c : clauses_.children(p)) {
        const Deprel relation = base(c);
        switch (relation) {
            case Deprel::kObj:
            case Deprel::kIobj:
            case Deprel::kXcomp:
            case Deprel::kCcomp: {
                const std::string_view rel = syntax::name(relation);
                out.add("O", rel, name_of(c));
                out.add("P:O", own, name_of(c));
                add_kinds("OK", rel, c, out);
                for (const Hashed& kind : kinds(p)) add_kinds("PK:OK", kind, c, out);
                if (has(c, Kind::deal) || has(c, Kind::core)) add_kinds("PK:O:deal", p, out);
                add_acts("OA", "OAa", c, out);
                if (has(c, Kind::deal) || has(c, Kind::core)) {
                    out.add("O:deal");
                    out.add("P:O:deal", own);
                }
                if (relation == Deprel::kXcomp || relation == Deprel::kCcomp)
                    add_tense("O:form", c, out);
                for (const std::int32_t k : clauses_.children(c)) {
                    const Deprel below = base(k);
                    if (below == Deprel::kObj || below == Deprel::kXcomp) {
                        out.add("OO", name_of(k));
                        add_kinds("OOK", k, out);
                        for (const Hashed& kind : kinds(c)) add_kinds("OK:OOK", kind, k, out);
                    }
                    if (below == Deprel::kAmod || below == Deprel::kCompound ||
                        below == Deprel::kNmod) {
                        out.add("O:mod", name_of(k));
                        add_kinds("O:modK", k, out);
                    }
                    if (negates(k)) out.add("O:not");
                }
                break;
            }
            case Deprel::kObl:
            case Deprel::kNmod: {
                std::string_view preposition;
                for (const std::int32_t k : clauses_.children(c)) {
                    if (base(k) == Deprel::kCase) {
                        preposition = low(k);
                        break;
                    }
                }
                out.add("prep", preposition);
                out.add("N", preposition, name_of(c));
                out.add("P:prep", own, preposition);
                add_kinds("NK", preposition, c, out);
                add_kinds("PK:prep", preposition, p, out);
                add_acts("NA", "NAa", c, out);
                break;
            }
            case Deprel::kAdvcl: {
                std::string_view mark;
                for (const std::int32_t k : clauses_.children(c)) {
                    if (base(k) == Deprel::kMark) mark = low(k);
                }
                if (mark.empty()) {
                    out.add("advcl:P", stem_of(c));
                    add_kinds("advclK", c, out);
                } else {
                    out.add("advcl", mark);
                }
                break;
            }
            case Deprel::kAdvmod:
                out.add("adv", low(c));
                break;
            case Deprel::kMark:
                out.add("mark", low(c));
                break;
            case Deprel::kConj:
                out.add("conj", stem_of(c));
                add_kinds("conjK", c, out);
                break;
            case Deprel::kNsubj:
                for (const std::int32_t k : clauses_.children(c)) {
                    if (base(k) == Deprel::kAmod || base(k) == Deprel::kCompound ||
                        base(k) == Deprel::kNmod)
                        out.add("S:mod", name_of(k));
                }
                if (has(c, Kind::deal) || has(c, Kind::core) || has(c, Kind::side)) {
                    out.add("S:deal");
                    out.add("S:deal:P", own);
                    add_kinds("S:deal:PK", p, out);
                }
                add_acts("SA", "SAa", c, out);
                break;
            default:
                break;
        }
    }
    // Who tells it.
    const std::span<const std::int32_t> told_by = tellers(p);
    out.add("tellers", told_by.empty() ? "0" : told_by.size() == 1 ? "1" : "2");
    if (told_by.empty()) add_subject("S:author", subject, out);
    if (!told_by.empty()) {
        const std::int32_t teller = told_by.back();
        out.add("R", stem_of(teller));
        out.add("R:P", stem_of(teller), own);
        add_kinds("RK", teller, out);
        for (const Hashed& kind : kinds(teller)) add_kinds("RK:PK", kind, p, out);
        for (const Hit& hit : hits(teller)) {
            if (hit.kind == Kind::report) out.add("R:kind", hit.value);
        }
        add_subject("R:S", clauses_.subject(teller), out);
        add_acts("RA", "RAa", teller, out);
        if (base(teller) == Deprel::kParataxis) out.add("R:beside");
    }
    if (tells(p)) {
        out.add("tells");
        out.add("tells", own);
    }
    // What governs it.
    float depth = 0;
    std::int32_t w = p;
    for (int step = 0; step < kMostSteps && clauses_.word(w).head != syntax::kNoHead; ++step) {
        const std::int32_t head = clauses_.word(w).head;
        if (step < 8) depth += 1;
        if (step < 3)
            out.add(step == 0   ? FeatureKind("up")
                    : step == 1 ? FeatureKind("up2")
                                : FeatureKind("up3"),
                    stem_of(head));
        if (step == 0) {
            out.add("up:rel", syntax::name(base(w)), stem_of(head));
            out.add("up:P", stem_of(head), own);
            for (const Hashed& kind : kinds(head)) add_kinds("upK:PK", kind, p, out);
        }
        if (step < 3) {
            add_acts("upA", "upAa", head, out);
            add_kinds(step == 0 ? FeatureKind("upK") : FeatureKind("up2K"), head, out);
            for (const std::int32_t k : clauses_.children(head)) {
                if (negates(k)) {
                    out.add("up:not");
                    out.add("up:not", stem_of(head));
                }
                if (base(k) == Deprel::kAux) out.add("up:aux", low(k));
            }
        }
        w = head;
    }
    out.add("depth", depth / 4);
    if (depth == 0) out.add("root");
    // What stands below it.
    bool deal = false;
    stack_.assign(1, p);
    while (!stack_.empty()) {
        const std::int32_t at = stack_.back();
        stack_.pop_back();
        for (const Hit& hit : hits(at)) {
            if (hit.kind == Kind::act) {
                out.add("CA", hit.detail);
                out.add("CAa", hit.value);
            } else if (hit.kind == Kind::modal) {
                out.add("C:modal", hit.value);
            } else if (hit.kind == Kind::negation) {
                out.add("C:negation");
            } else if (hit.kind == Kind::condition) {
                out.add("C:condition");
            } else if (hit.kind != Kind::report) {
                deal = true;
                out.add("C:T", hit.value);
            }
        }
        const Upos upos = clauses_.word(at).upos;
        if (types_[static_cast<std::size_t>(at)].empty() && upos != Upos::kPunct &&
            upos != Upos::kDet && upos != Upos::kNum && upos != Upos::kSym && upos != Upos::kX &&
            upos != Upos::kPropn) {
            out.add("C", stem_of(at));
            add_kinds("CK", at, out);
        }
        for (const std::int32_t c : clauses_.children(at)) stack_.push_back(c);
    }
    if (deal) out.add("below:deal");
    out.settle();
}

}  // namespace ceasewire::analysis
