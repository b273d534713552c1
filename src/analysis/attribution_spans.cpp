#include "analysis/attribution_spans.h"

#include <algorithm>
#include <cmath>

#include "text/stem.h"

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

namespace {

constexpr std::size_t kCandidatesMax = 48;
constexpr int kAncestorsMax = 4;

std::string_view bucket(std::int32_t n) {
    if (n <= 0) return "0";
    if (n == 1) return "1";
    if (n == 2) return "2";
    if (n <= 4) return "4";
    if (n <= 8) return "8";
    if (n <= 16) return "16";
    return "many";
}

bool opens(std::string_view mark) { return mark == "\u201C" || mark == "``"; }
bool closes(std::string_view mark) { return mark == "\u201D" || mark == "''"; }
bool toggles(std::string_view mark) { return mark == "\"" || mark == "\u201F"; }

bool closed_class(Upos upos) {
    switch (upos) {
        case Upos::kAdp:
        case Upos::kSconj:
        case Upos::kCconj:
        case Upos::kAux:
        case Upos::kPart:
        case Upos::kDet:
        case Upos::kPron:
        case Upos::kPunct:
            return true;
        case Upos::kAdj:
        case Upos::kAdv:
        case Upos::kIntj:
        case Upos::kNoun:
        case Upos::kNum:
        case Upos::kPropn:
        case Upos::kSym:
        case Upos::kVerb:
        case Upos::kX:
            return false;
    }
    return false;
}

bool contains(const std::vector<std::int32_t>& words, std::int32_t w) {
    return std::binary_search(words.begin(), words.end(), w);
}

}  // namespace

AttributionQuestions::AttributionQuestions(const ParsedText& parsed, const LexiconData& data)
    : parsed_(parsed), data_(data) {
    const std::size_t n = parsed.words.size();
    child_begin_.assign(n + 1, 0);
    for (const syntax::Word& w : parsed.words) {
        if (w.head != syntax::kNoHead) ++child_begin_[static_cast<std::size_t>(w.head) + 1];
    }
    for (std::size_t i = 0; i < n; ++i) child_begin_[i + 1] += child_begin_[i];
    child_.resize(child_begin_[n]);
    std::vector<std::uint32_t> next(child_begin_.begin(), child_begin_.end());
    for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t head = parsed.words[i].head;
        if (head != syntax::kNoHead)
            child_[next[static_cast<std::size_t>(head)]++] = static_cast<std::int32_t>(i);
    }
    sentence_of_.resize(n);
    for (std::size_t s = 0; s + 1 < parsed.first_word.size(); ++s) {
        for (std::uint32_t w = parsed.first_word[s]; w < parsed.first_word[s + 1]; ++w)
            sentence_of_[w] = static_cast<std::int32_t>(s);
    }
    lower_.reserve(n);
    stems_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::string_view shown = slice(parsed.text, parsed.words[i].span);
        lower_.push_back(text::lower(shown));
        const Upos upos = parsed.words[i].upos;
        if (closed_class(upos) || shown.size() > 40) continue;
        stems_[i] = text::stem(shown);
        if (data.senses.of_stem(stems_[i]).empty()) stems_[i].clear();
    }
    find_quotations();
}

void AttributionQuestions::find_quotations() {
    quotation_of_.assign(parsed_.words.size(), -1);
    std::int32_t open = -1;
    const auto size = static_cast<std::int32_t>(parsed_.words.size());
    const auto close = [&](std::int32_t end) {
        if (open >= 0 && end - open > 1) {
            const auto sentence = static_cast<std::size_t>(sentence_of(open));
            for (std::int32_t w = open; w < end; ++w)
                quotation_of_[static_cast<std::size_t>(w)] =
                    static_cast<std::int32_t>(quotations_.size());
            quotations_.push_back({open, end, parsed_.sentences[sentence].paragraph, false});
        }
        open = -1;
    };
    for (std::int32_t w = 0; w < size; ++w) {
        const std::string_view mark = lower_[static_cast<std::size_t>(w)];
        if (w > 0 && open >= 0 && sentence_of(w) != sentence_of(w - 1) &&
            parsed_.sentences[static_cast<std::size_t>(sentence_of(w))].paragraph !=
                parsed_.sentences[static_cast<std::size_t>(sentence_of(w - 1))].paragraph) {
            close(w);
            if ((opens(mark) || toggles(mark)) && !quotations_.empty())
                quotations_.back().goes_on = true;
        }
        if (opens(mark) || (toggles(mark) && open < 0)) {
            if (open < 0) open = w;
        } else if (closes(mark) || toggles(mark)) {
            close(w + 1);
        }
    }
    close(size);
}

std::string_view AttributionQuestions::shown(std::int32_t w) const {
    return lower_[static_cast<std::size_t>(w)];
}

std::span<const std::int32_t> AttributionQuestions::children(std::int32_t w) const {
    const auto at = static_cast<std::size_t>(w);
    return std::span(child_).subspan(child_begin_[at], child_begin_[at + 1] - child_begin_[at]);
}

std::string_view AttributionQuestions::relation(std::int32_t w) const {
    return syntax::name(word(w).deprel);
}

std::string_view AttributionQuestions::part_of_speech(std::int32_t w) const {
    return syntax::name(word(w).upos);
}

/// The word itself where it is of a closed class, else its part of speech.
std::string_view AttributionQuestions::token_class(std::int32_t w) const {
    if (w < 0 || w >= static_cast<std::int32_t>(parsed_.words.size())) return "end";
    return closed_class(word(w).upos) && shown(w).size() <= 12 ? shown(w) : part_of_speech(w);
}

std::string_view AttributionQuestions::stem_of(std::int32_t w) const {
    return stems_[static_cast<std::size_t>(w)];
}

template <class Visit>
void AttributionQuestions::kinds(std::int32_t w, Visit&& visit) const {
    if (stem_of(w).empty()) return;
    PartOfSpeech part = PartOfSpeech::adjective;
    if (word(w).upos == Upos::kVerb || word(w).upos == Upos::kAux) part = PartOfSpeech::verb;
    if (word(w).upos == Upos::kNoun || word(w).upos == Upos::kPropn) part = PartOfSpeech::noun;
    for (const Senses::Sense& sense : data_.senses.of_stem(stem_of(w))) {
        if (sense.part == part) visit(data_.senses.name(sense.kind));
    }
}

bool AttributionQuestions::passive(std::int32_t w) const {
    return std::any_of(children(w).begin(), children(w).end(), [&](std::int32_t c) {
        return word(c).deprel == Deprel::kAuxPass || word(c).deprel == Deprel::kNsubjPass;
    });
}

std::int32_t AttributionQuestions::subject(std::int32_t w) const {
    for (const std::int32_t c : children(w)) {
        if (syntax::base_relation(word(c).deprel) == Deprel::kNsubj) return c;
    }
    return -1;
}

/// The preposition or subordinator before a phrase, or nothing.
std::string_view AttributionQuestions::case_of(std::int32_t w) const {
    for (const std::int32_t c : children(w)) {
        const Deprel relation = word(c).deprel;
        if (relation == Deprel::kCase || relation == Deprel::kMark) return shown(c);
    }
    return {};
}

/// How what w says is joined to it.
std::string_view AttributionQuestions::shape(std::int32_t w) const {
    bool object = false;
    bool oblique = false;
    bool open = false;
    bool clause = false;
    for (const std::int32_t c : children(w)) {
        switch (syntax::base_relation(word(c).deprel)) {
            case Deprel::kCcomp:
                return c < w ? "ccomp:before" : "ccomp";
            case Deprel::kXcomp:
                open = true;
                break;
            case Deprel::kParataxis:
                clause = true;
                break;
            case Deprel::kObj:
                object = true;
                break;
            case Deprel::kObl:
            case Deprel::kNmod:
                oblique = true;
                break;
            case Deprel::kAcl:
                open = true;
                break;
            default:
                break;
        }
    }
    if (word(w).deprel == Deprel::kParataxis) return "parataxis";
    if (open) return "open";
    if (clause) return "clause";
    if (object) return "object";
    return oblique ? "oblique" : "none";
}

void AttributionQuestions::subtree(std::int32_t w, std::int32_t without,
                                   std::vector<std::int32_t>& out) const {
    out.clear();
    if (w == without) return;
    out.push_back(w);
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (const std::int32_t c : children(out[i])) {
            if (c != without) out.push_back(c);
        }
    }
    std::sort(out.begin(), out.end());
}

bool AttributionQuestions::may_be_cue(std::int32_t w) const {
    const auto s = static_cast<std::size_t>(sentence_of(w));
    if (parsed_.first_word[s + 1] - parsed_.first_word[s] > kAttributionWordsMax) return false;
    switch (word(w).upos) {
        case Upos::kVerb:
            return true;
        case Upos::kNoun:
            if (!stem_of(w).empty()) return true;
            return std::any_of(children(w).begin(), children(w).end(), [&](std::int32_t c) {
                return syntax::base_relation(word(c).deprel) == Deprel::kCcomp;
            });
        case Upos::kAdj:
        case Upos::kAdv:
            return !stem_of(w).empty();
        case Upos::kAdp:
        case Upos::kX:
        case Upos::kPropn:
            return shown(w) == "according" || (word(w).upos == Upos::kPropn && !stem_of(w).empty());
        case Upos::kPunct:
            // One of a sentence: "Report: talks collapse".
            if (shown(w) != ":") return false;
            for (auto k = static_cast<std::int32_t>(parsed_.first_word[s]); k < w; ++k) {
                if (shown(k) == ":") return false;
            }
            return w - static_cast<std::int32_t>(parsed_.first_word[s]) <= 12;
        default:
            return false;
    }
}

void AttributionQuestions::cue_features(std::int32_t w, FeatureVector& out) const {
    out.clear();
    const auto s = static_cast<std::size_t>(sentence_of(w));
    const auto begin = static_cast<std::int32_t>(parsed_.first_word[s]);
    const auto end = static_cast<std::int32_t>(parsed_.first_word[s + 1]);
    const std::string_view pos = part_of_speech(w);
    const std::string_view rel = relation(w);
    const std::string_view form = shape(w);
    const std::string_view stem = stem_of(w);
    out.add("c:bias");
    out.add("c:pos", pos);
    out.add("c:rel", rel, pos);
    out.add("c:shape", form, pos);
    if (!stem.empty()) {
        out.add("c:word", stem, pos);
        out.add("c:word:shape", stem, form);
        out.add("c:word:next", stem, token_class(w + 1));
    } else {
        out.add("c:unknown", pos, form);
    }
    kinds(w, [&](std::string_view kind) {
        out.add("c:kind", kind, pos);
        out.add("c:kind:rel", kind, rel);
        out.add("c:kind:shape", kind, form);
        out.add("c:kind:next", kind, token_class(w + 1));
    });
    bool negated = false;
    for (const std::int32_t c : children(w)) {
        const std::string_view r = relation(c);
        out.add("c:child", r, pos);
        if (closed_class(word(c).upos) && word(c).upos != Upos::kPunct)
            out.add("c:child:word", r, token_class(c));
        negated = negated || shown(c) == "not" || shown(c) == "n't" || shown(c) == "n’t" ||
                  shown(c) == "never";
        if (const std::string_view before = case_of(c); !before.empty()) {
            out.add("c:child:case", r, before);
            if (!stem.empty() && c > w) out.add("c:word:case", stem, before);
            kinds(w, [&](std::string_view kind) { out.add("c:kind:case", kind, before); });
        }
        if (syntax::base_relation(word(c).deprel) == Deprel::kCcomp ||
            syntax::base_relation(word(c).deprel) == Deprel::kXcomp)
            out.add("c:complement", part_of_speech(c), r);
        kinds(c, [&](std::string_view kind) { out.add("c:child:kind", kind, r); });
    }
    if (negated) out.add("c:negated", pos);
    if (const std::int32_t who = subject(w); who >= 0) {
        out.add("c:subject", token_class(who), form);
        out.add("c:subject:pos", part_of_speech(who), pos);
        kinds(who, [&](std::string_view kind) { out.add("c:subject:kind", kind); });
        if (who > w) out.add("c:subject:after", pos);
        kinds(w, [&](std::string_view kind) { out.add("c:kind:subject", kind, token_class(who)); });
    } else {
        out.add("c:subject:none", pos, rel);
    }
    if (passive(w)) out.add("c:passive", form);
    const std::int32_t head = word(w).head;
    if (head != syntax::kNoHead) {
        out.add("c:head", part_of_speech(head), rel);
        kinds(head, [&](std::string_view kind) { out.add("c:head:kind", kind, rel); });
        if (!stem_of(head).empty()) out.add("c:head:word", stem_of(head), rel);
    }
    out.add("c:next", w + 1 < end ? token_class(w + 1) : "end", pos);
    out.add("c:next2", w + 2 < end ? token_class(w + 2) : "end", pos);
    out.add("c:before", w > begin ? token_class(w - 1) : "begin", pos);
    out.add("c:before2", w > begin + 1 ? token_class(w - 2) : "begin", pos);
    const std::string_view mine = shown(w);
    const std::string_view ending = mine.ends_with("ing")  ? "ing"
                                    : mine.ends_with("ed") ? "ed"
                                    : mine.ends_with("s")  ? "s"
                                                           : "bare";
    out.add("c:ending", ending, pos);
    out.add("c:ending:rel", ending, rel);
    const std::int32_t quotation = quotation_of(w);
    if (quotation >= 0) out.add("c:quoted", pos, form);
    bool near_before = false;
    bool near_after = false;
    bool anywhere = false;
    for (std::int32_t k = begin; k < end && quotation < 0; ++k) {
        if (quotation_of(k) < 0) continue;
        anywhere = true;
        near_before = near_before || (k < w && w - k <= 5);
        near_after = near_after || (k > w && k - w <= 5);
    }
    if (anywhere) {
        out.add("c:sentence:quotes", form);
        if (near_before) {
            out.add("c:quotation:before", pos);
            out.add("c:quotation:before:shape", form);
            kinds(w, [&](std::string_view kind) { out.add("c:kind:quotation", kind, "before"); });
        }
        if (near_after) {
            out.add("c:quotation:after", pos);
            out.add("c:quotation:after:shape", form);
            kinds(w, [&](std::string_view kind) { out.add("c:kind:quotation", kind, "after"); });
        }
    }
    if (begin > 0 && quotation_of(begin - 1) >= 0) out.add("c:previous:quotes", form);
    if (end < static_cast<std::int32_t>(parsed_.words.size()) && quotation_of(end) >= 0)
        out.add("c:following:quotes", form);
    if (head != syntax::kNoHead) {
        kinds(w, [&](std::string_view kind) {
            kinds(head, [&](std::string_view above) { out.add("c:kinds", kind, above); });
            out.add("c:kind:ending", kind, ending);
        });
        std::int32_t depth = 0;
        for (std::int32_t up = head; depth < 8; up = word(up).head, ++depth) {
            if (word(up).head == syntax::kNoHead) break;
        }
        out.add("c:depth", bucket(depth), rel);
    }
    if (s == 0 || parsed_.sentences[s].title) out.add("c:headline", pos);
    if (end > begin && shown(end - 1) == "?") out.add("c:question", pos);
    if (end - w <= 3) out.add("c:at_end", form);
    out.settle();
}

void AttributionQuestions::describe_content(std::int32_t w, SpanCandidate& candidate) const {
    FeatureVector& out = candidate.features;
    const std::string_view path = candidate.path;
    const std::string_view pos = part_of_speech(w);
    out.add("t:path", path);
    out.add("t:path:pos", path, pos);
    out.add("t:path:rel", path, relation(w));
    if (!stem_of(w).empty()) out.add("t:path:word", path, stem_of(w));
    kinds(w, [&](std::string_view kind) { out.add("t:path:kind", path, kind); });
    if (passive(w)) out.add("t:path:passive", path);
    const std::int32_t front = candidate.words.front();
    const std::int32_t back = candidate.words.back();
    const std::string_view side = back < w ? "before" : front > w ? "after" : "around";
    const std::int32_t gap = back < w ? w - back : front > w ? front - w : 0;
    out.add("t:side", side, pos);
    out.add("t:path:side", path, side);
    out.add("t:gap", bucket(gap), side);
    const auto size = static_cast<std::int32_t>(candidate.words.size());
    out.add("t:size", bucket(size));
    out.add("t:path:size", path, bucket(size));
    std::int32_t quoted = 0;
    for (const std::int32_t k : candidate.words)
        quoted += quotation_of(k) >= 0 && quotation_of(k) != quotation_of(w) ? 1 : 0;
    const std::string_view share = quoted == 0 ? "none" : 2 * quoted < size ? "some" : "most";
    out.add("t:quoted", share, side);
    out.add("t:path:quoted", path, share);
    const auto s = static_cast<std::size_t>(sentence_of(w));
    if (quoted == 0 && quotation_of(w) < 0) {
        for (std::uint32_t k = parsed_.first_word[s]; k < parsed_.first_word[s + 1]; ++k) {
            if (quotation_of_[k] < 0) continue;
            out.add("t:leaves_quotation", side);
            break;
        }
    }
    if (candidate.node >= 0) {
        out.add("t:path:node", path, part_of_speech(candidate.node));
        const std::string_view before = case_of(candidate.node);
        out.add("t:case", before.empty() ? "none" : before, path);
        if (!before.empty() && !stem_of(w).empty()) out.add("t:word:case", stem_of(w), before);
        if (subject(candidate.node) >= 0) out.add("t:clause", path);
        kinds(candidate.node, [&](std::string_view kind) { out.add("t:node:kind", kind); });
    }
    out.add("t:first", token_class(front), path);
    out.add("t:shape", shape(w), path);
    out.settle();
}

void AttributionQuestions::contents(std::int32_t w, std::vector<SpanCandidate>& out) const {
    out.clear();
    const auto s = static_cast<std::size_t>(sentence_of(w));
    const auto begin = static_cast<std::int32_t>(parsed_.first_word[s]);
    const auto end = static_cast<std::int32_t>(parsed_.first_word[s + 1]);
    const auto add = [&](std::int32_t node, std::int32_t without, std::string path) {
        if (out.size() >= kCandidatesMax) return;
        SpanCandidate candidate;
        candidate.node = node;
        candidate.path = std::move(path);
        subtree(node, without, candidate.words);
        if (candidate.words.empty()) return;
        if (candidate.words.size() == 1 && word(candidate.words[0]).upos == Upos::kPunct) return;
        out.push_back(std::move(candidate));
    };
    const auto phrase = [&](std::int32_t c) {
        switch (syntax::base_relation(word(c).deprel)) {
            case Deprel::kPunct:
            case Deprel::kAux:
            case Deprel::kCop:
            case Deprel::kDet:
            case Deprel::kCase:
            case Deprel::kMark:
            case Deprel::kCc:
            case Deprel::kFixed:
            case Deprel::kExpl:
                return false;
            default:
                return word(c).deprel != Deprel::kCompoundPrt;
        }
    };
    for (const std::int32_t c : children(w)) {
        if (!phrase(c)) continue;
        const std::string path = ">" + std::string(relation(c));
        add(c, -1, path);
        if (syntax::base_relation(word(c).deprel) == Deprel::kNsubj) continue;
        for (const std::int32_t d : children(c)) {
            if (phrase(d) && word(d).upos != Upos::kAdj)
                add(d, -1, path + ">" + std::string(relation(d)));
        }
    }
    // All that follows the cue as one: "called the plan “a gamble”", "urged both sides to wait".
    SpanCandidate rest;
    int branches = 0;
    std::vector<std::int32_t> branch;
    for (const std::int32_t c : children(w)) {
        if (c < w || !phrase(c) || syntax::base_relation(word(c).deprel) == Deprel::kNsubj ||
            syntax::base_relation(word(c).deprel) == Deprel::kConj)
            continue;
        ++branches;
        subtree(c, -1, branch);
        rest.words.insert(rest.words.end(), branch.begin(), branch.end());
    }
    if (branches > 1) {
        std::sort(rest.words.begin(), rest.words.end());
        rest.node = w;
        rest.path = "rest";
        out.push_back(std::move(rest));
    }
    std::string up;
    std::int32_t below = w;
    for (int level = 0; level < 3 && word(below).head != syntax::kNoHead; ++level) {
        const std::int32_t above = word(below).head;
        up += "<" + std::string(relation(below));
        add(above, below, up);
        for (const std::int32_t c : children(above)) {
            if (c != below && phrase(c) && level < 2)
                add(c, -1, up + ">" + std::string(relation(c)));
        }
        below = above;
    }
    const auto range = [&](std::int32_t from, std::int32_t to, std::string path,
                           std::int32_t quotation) {
        SpanCandidate candidate;
        candidate.quotation = quotation;
        candidate.path = std::move(path);
        for (std::int32_t k = from; k < to; ++k) candidate.words.push_back(k);
        if (!candidate.words.empty()) out.push_back(std::move(candidate));
    };
    if (shown(w) == ":") {
        range(w + 1, end, "colon:after", -1);
        range(begin, w, "colon:before", -1);
    }
    // Quotations of this sentence, nearest first, then those that touch it.
    std::int32_t last = -1;
    int seen = 0;
    for (std::int32_t k = begin; k < end && seen < 4; ++k) {
        const std::int32_t q = quotation_of(k);
        if (q < 0 || q == last || q == quotation_of(w)) continue;
        last = q;
        ++seen;
        const Quotation& quotation = quotations_[static_cast<std::size_t>(q)];
        range(std::max(begin, quotation.begin), std::min(end, quotation.end),
              k < w ? "quotation:before" : "quotation:after", q);
    }
    const auto size = static_cast<std::int32_t>(parsed_.words.size());
    const auto touching = [&](std::int32_t k, std::string path) {
        const std::int32_t q = quotation_of(k);
        if (q < 0 || q == quotation_of(w)) return;
        const Quotation& quotation = quotations_[static_cast<std::size_t>(q)];
        const auto t = static_cast<std::size_t>(sentence_of(k));
        range(
            std::max(quotation.begin, static_cast<std::int32_t>(parsed_.first_word[t])),
            std::min({quotation.end, static_cast<std::int32_t>(parsed_.first_word[t + 1]),
                      std::max(quotation.begin, static_cast<std::int32_t>(parsed_.first_word[t])) +
                          300}),
            std::move(path), q);
    };
    const bool colon = end > begin && shown(end - 1) == ":";
    if (end < size && quotation_of(end - 1) != quotation_of(end))
        touching(end, colon ? "next:colon" : "next");
    if (begin > 0 && quotation_of(begin - 1) != quotation_of(begin))
        touching(begin - 1, "previous");
    if (colon && end < size && quotation_of(end) < 0) {
        const auto next = static_cast<std::int32_t>(parsed_.first_word[s + 2]);
        range(end, std::min(next, end + 300), "next:sentence", -1);
    }
    for (SpanCandidate& candidate : out) describe_content(w, candidate);
}

void AttributionQuestions::describe_source(std::int32_t w, SpanCandidate& candidate) const {
    FeatureVector& out = candidate.features;
    const std::string_view path = candidate.path;
    const std::string_view pos = part_of_speech(w);
    out.add("s:path", path);
    out.add("s:path:pos", path, pos);
    out.add("s:path:shape", path, shape(w));
    if (!stem_of(w).empty()) out.add("s:path:word", path, stem_of(w));
    kinds(w, [&](std::string_view kind) { out.add("s:path:kind", path, kind); });
    out.add("s:path:passive", path, passive(w) ? "yes" : "no");
    const std::string_view preposition = case_of(w);
    if (!preposition.empty()) out.add("s:path:cue_case", path, preposition);
    if (candidate.node >= 0) {
        out.add("s:path:node", path, part_of_speech(candidate.node));
        out.add("s:node", token_class(candidate.node), pos);
        kinds(candidate.node, [&](std::string_view kind) { out.add("s:node:kind", kind); });
        const std::string_view before = case_of(candidate.node);
        out.add("s:case", before.empty() ? "none" : before, path);
        const std::int32_t gap = std::abs(candidate.node - w);
        out.add("s:gap", bucket(gap), candidate.node < w ? "before" : "after");
        out.add("s:quoted", quotation_of(candidate.node) == quotation_of(w) ? "same" : "other");
    } else if (candidate.words.empty()) {
        out.add("s:none:rel", relation(w), pos);
        out.add("s:none:subject", subject(w) >= 0 ? "yes" : "no", pos);
    }
    out.settle();
}

void AttributionQuestions::sources(std::int32_t w, std::vector<SpanCandidate>& out) const {
    out.clear();
    SpanCandidate nobody;
    nobody.path = "nobody";
    out.push_back(std::move(nobody));
    const auto nominal = [&](std::int32_t c) {
        switch (word(c).upos) {
            case Upos::kNoun:
            case Upos::kPropn:
            case Upos::kPron:
            case Upos::kNum:
            case Upos::kX:
            case Upos::kSym:
            case Upos::kAdj:
            case Upos::kDet:
                return word(c).deprel != Deprel::kDet && word(c).deprel != Deprel::kCop &&
                       word(c).deprel != Deprel::kMark && word(c).deprel != Deprel::kExpl;
            default:
                return false;
        }
    };
    const auto add = [&](std::int32_t node, std::int32_t without, std::string path) {
        if (out.size() >= kCandidatesMax || !nominal(node)) return;
        SpanCandidate candidate;
        candidate.node = node;
        candidate.path = std::move(path);
        subtree(node, without, candidate.words);
        out.push_back(std::move(candidate));
    };
    for (const std::int32_t c : children(w)) {
        const std::string path = ">" + std::string(relation(c));
        add(c, -1, path);
        const Deprel base = syntax::base_relation(word(c).deprel);
        if (base == Deprel::kObl || base == Deprel::kNmod || base == Deprel::kObj) {
            for (const std::int32_t d : children(c))
                add(d, -1, path + ">" + std::string(relation(d)));
        }
    }
    std::string up;
    std::int32_t below = w;
    for (int level = 0; level < kAncestorsMax && word(below).head != syntax::kNoHead; ++level) {
        const std::int32_t above = word(below).head;
        up += "<" + std::string(relation(below));
        add(above, below, up);
        for (const std::int32_t c : children(above)) {
            if (c != below) add(c, -1, up + ">" + std::string(relation(c)));
        }
        below = above;
    }
    if (shown(w) == ":") {
        const auto s = static_cast<std::size_t>(sentence_of(w));
        SpanCandidate candidate;
        candidate.path = "colon:before";
        for (auto k = static_cast<std::int32_t>(parsed_.first_word[s]); k < w; ++k)
            candidate.words.push_back(k);
        if (!candidate.words.empty()) out.push_back(std::move(candidate));
    }
    for (SpanCandidate& candidate : out) describe_source(w, candidate);
}

void AttributionQuestions::parts(const FeatureKind& kind, const FeatureKind& kind_path,
                                 std::int32_t w, const SpanCandidate& candidate,
                                 std::vector<SpanPart>& out) const {
    out.clear();
    if (candidate.node < 0) return;
    const std::int32_t node = candidate.node;
    for (const std::int32_t c : children(node)) {
        if (!contains(candidate.words, c) || word(c).upos == Upos::kPunct) continue;
        SpanPart& part = out.emplace_back();
        subtree(c, -1, part.words);
        FeatureVector& f = part.features;
        const std::string_view rel = relation(c);
        const std::int32_t front = part.words.front();
        const std::int32_t back = part.words.back();
        f.add(kind);
        f.add(kind, rel);
        f.add(kind, rel, c < node ? "before" : "after");
        f.add(kind, rel, part_of_speech(node));
        f.add(kind_path, candidate.path, rel);
        const bool comma = front > 0 && (shown(front) == "," || shown(front - 1) == ",");
        const bool follows = shown(back) == "," || token_class(back + 1) == ",";
        f.add(comma ? follows ? FeatureKind("part:commas") : FeatureKind("part:comma")
                    : FeatureKind("part:close"),
              rel, kind.text);
        f.add("part:size", bucket(static_cast<std::int32_t>(part.words.size())), rel);
        f.add("part:first", token_class(front), rel);
        f.add("part:side", (node < w) == (c < w) ? "same" : "across", rel);
        if (front < w && back > w) f.add("part:around", rel);
        const std::int32_t quotation = quotation_of(node);
        if (quotation >= 0 && quotation != quotation_of(w))
            f.add(quotation_of(c) == quotation ? FeatureKind("part:in_quotation")
                                               : FeatureKind("part:outside"),
                  rel);
        else if (quotation_of(c) >= 0 && quotation_of(c) != quotation_of(w))
            f.add("part:quoted", rel, kind.text);
        f.settle();
    }
}

void AttributionQuestions::content_parts(std::int32_t w, const SpanCandidate& candidate,
                                         std::vector<SpanPart>& out) const {
    parts("part:content", "part:content:path", w, candidate, out);
}

void AttributionQuestions::source_parts(std::int32_t w, const SpanCandidate& candidate,
                                        std::vector<SpanPart>& out) const {
    parts("part:source", "part:source:path", w, candidate, out);
}

void AttributionQuestions::cue_parts(std::int32_t w, std::vector<SpanPart>& out) const {
    out.clear();
    const auto s = static_cast<std::size_t>(sentence_of(w));
    const std::int32_t begin = std::max(static_cast<std::int32_t>(parsed_.first_word[s]), w - 5);
    const std::int32_t end = std::min(static_cast<std::int32_t>(parsed_.first_word[s + 1]), w + 6);
    for (std::int32_t k = begin; k < end; ++k) {
        if (k == w || (word(k).upos == Upos::kPunct && shown(k) != ":")) continue;
        SpanPart& part = out.emplace_back();
        part.words.push_back(k);
        FeatureVector& f = part.features;
        const std::int32_t head = word(k).head;
        const std::string_view rel = relation(k);
        const std::string_view link = head == w                           ? "child"
                                      : word(w).head == k                 ? "head"
                                      : head >= 0 && word(head).head == w ? "grandchild"
                                                                          : "other";
        const std::string_view side = k < w ? "before" : "after";
        const std::string_view away = std::abs(k - w) == 1   ? "1"
                                      : std::abs(k - w) == 2 ? "2"
                                      : std::abs(k - w) == 3 ? "3"
                                                             : "far";
        f.add("q:bias");
        f.add("q:link", link, side);
        f.add("q:rel", rel, link);
        f.add("q:away", away, side);
        f.add("q:away:link", away, link);
        f.add("q:word", token_class(k), link);
        f.add("q:word:side", token_class(k), side);
        f.add("q:pos", part_of_speech(k), part_of_speech(w));
        if (!stem_of(w).empty()) f.add("q:cue", stem_of(w), token_class(k));
        if (!stem_of(k).empty()) f.add("q:other", stem_of(k), link);
        kinds(w, [&](std::string_view kind) { f.add("q:kind", kind, token_class(k)); });
        kinds(k, [&](std::string_view kind) { f.add("q:with", kind, link); });
        if (head >= 0 && head != w) f.add("q:under", relation(head), rel);
        // Punctuation between parts a word from its cue.
        for (std::int32_t m = std::min(k, w) + 1; m < std::max(k, w); ++m) {
            if (word(m).upos == Upos::kPunct) f.add("q:parted", side);
        }
        f.settle();
    }
}

namespace {

class SpanFinder {
public:
    SpanFinder(const ParsedText& parsed, const LexiconData& data)
        : parsed_(parsed), model_(data.attribution_model), ask_(parsed, data) {}

    void run(std::vector<AttributionSpans>& out) {
        const auto size = static_cast<std::int32_t>(parsed_.words.size());
        FeatureVector features;
        for (std::int32_t w = 0; w < size; ++w) {
            // "was quoted as saying" is one cue.
            if (w <= last_of_cue_ && contains(last_cue_, w)) continue;
            if (!ask_.may_be_cue(w)) continue;
            ask_.cue_features(w, features);
            if (score(features, kCueColumn) > 0) read(w, out);
        }
    }

private:
    [[nodiscard]] float score(const FeatureVector& features, std::size_t column) const {
        float sum = 0;
        for (const Feature& feature : features) {
            const std::uint32_t row = model_.find(feature.id);
            if (row != LinearModel::kAbsent) sum += feature.value * model_.row(row)[column];
        }
        return sum;
    }

    [[nodiscard]] const SpanCandidate* best(const std::vector<SpanCandidate>& candidates,
                                            std::size_t column) const {
        const SpanCandidate* found = nullptr;
        float most = 0;
        for (const SpanCandidate& candidate : candidates) {
            const float value = score(candidate.features, column);
            if (found != nullptr && value <= most) continue;
            found = &candidate;
            most = value;
        }
        return found;
    }

    /// The candidate's words less the parts that its scorer leaves out.
    [[nodiscard]] std::vector<std::int32_t> kept(const SpanCandidate& candidate,
                                                 const std::vector<SpanPart>& parts,
                                                 std::size_t column) const {
        std::vector<std::int32_t> words = candidate.words;
        for (const SpanPart& part : parts) {
            if (score(part.features, column) > 0) continue;
            std::erase_if(words, [&](std::int32_t k) { return contains(part.words, k); });
        }
        return words;
    }

    void read(std::int32_t w, std::vector<AttributionSpans>& out) {
        ask_.contents(w, candidates_);
        const SpanCandidate* chosen = best(candidates_, kContentColumn);
        if (chosen == nullptr) return;
        ask_.content_parts(w, *chosen, parts_);
        std::vector<std::int32_t> content = kept(*chosen, parts_, kContentPartColumn);
        const std::int32_t own_quotation = chosen->quotation;
        ask_.sources(w, candidates_);
        const SpanCandidate* who = best(candidates_, kTellerColumn);
        ask_.source_parts(w, *who, parts_);
        std::vector<std::int32_t> source = kept(*who, parts_, kTellerPartColumn);
        std::vector<std::int32_t> cue = {w};
        std::erase_if(source, [&](std::int32_t k) { return k == w; });
        ask_.cue_parts(w, parts_);
        for (const SpanPart& part : parts_) {
            const std::int32_t k = part.words.front();
            if (contains(source, k) || score(part.features, kCuePartColumn) <= 0) continue;
            cue.push_back(k);
        }
        std::sort(cue.begin(), cue.end());
        std::erase_if(content,
                      [&](std::int32_t k) { return contains(cue, k) || contains(source, k); });
        if (content.empty()) return;

        AttributionSpans found;
        found.source = spans(source);
        found.cue = spans(cue);
        std::vector<Span> pieces = spans(content);
        const bool mixed = take_quotations(w, content, own_quotation, pieces);
        if (pieces.empty()) return;
        found.content = std::move(pieces);
        found.quote = quoted_ == 0 ? Quote::indirect : mixed ? Quote::mixed : Quote::direct;
        out.push_back(std::move(found));
        last_of_cue_ = cue.back();
        last_cue_ = std::move(cue);
    }

    /// Adds the whole of each quotation that the content takes part in, over sentences, and those
    /// that go on behind it. Returns whether words outside of them are content too.
    bool take_quotations(std::int32_t w, const std::vector<std::int32_t>& content,
                         std::int32_t quotation, std::vector<Span>& pieces) {
        quoted_ = 0;
        bool outside = false;
        const std::int32_t own = ask_.quotation_of(w);
        std::vector<std::int32_t> taken;
        if (quotation >= 0) taken.push_back(quotation);
        for (const std::int32_t k : content) {
            const std::int32_t q = ask_.quotation_of(k);
            if (q >= 0 && q != own) {
                ++quoted_;
                if (taken.empty() || taken.back() != q) taken.push_back(q);
            } else if (parsed_.words[static_cast<std::size_t>(k)].upos != Upos::kPunct) {
                outside = true;
            }
        }
        if (taken.empty()) return outside;
        const auto& all = ask_.quotations();
        // "“…,” she said, “…”": both halves, where only the cue's clause stands between them.
        const auto in_sentence = [&](std::int32_t q) {
            return q >= 0 && q < static_cast<std::int32_t>(all.size()) && q != own &&
                   (ask_.sentence_of(all[static_cast<std::size_t>(q)].begin) ==
                        ask_.sentence_of(w) ||
                    ask_.sentence_of(all[static_cast<std::size_t>(q)].end - 1) ==
                        ask_.sentence_of(w));
        };
        constexpr std::int32_t kClauseWordsMax = 20;
        const auto one_clause = [&](std::int32_t from, std::int32_t to) {
            if (from > w || w >= to || to - from > kClauseWordsMax) return false;
            const auto subjects =
                std::count_if(parsed_.words.begin() + from, parsed_.words.begin() + to,
                              [](const syntax::Word& word) {
                                  return syntax::base_relation(word.deprel) == Deprel::kNsubj;
                              });
            return subjects <= 1;
        };
        if (!outside && in_sentence(taken.front() - 1)) {
            const std::int32_t end = all[static_cast<std::size_t>(taken.front()) - 1].end;
            const std::int32_t begin = all[static_cast<std::size_t>(taken.front())].begin;
            if (one_clause(end, begin)) taken.insert(taken.begin(), taken.front() - 1);
        }
        if (!outside && in_sentence(taken.back() + 1)) {
            const std::int32_t end = all[static_cast<std::size_t>(taken.back())].end;
            const std::int32_t begin = all[static_cast<std::size_t>(taken.back()) + 1].begin;
            if (one_clause(end, begin)) taken.push_back(taken.back() + 1);
        }
        std::int32_t last = taken.back();
        // The next quotation continues this one: taken up in the next paragraph, or begun where the
        // sentence of the cue ends.
        const std::size_t cue_sentence = static_cast<std::size_t>(ask_.sentence_of(w));
        for (int steps = 0; steps < 8 && last + 1 < static_cast<std::int32_t>(all.size());
             ++steps) {
            const auto& here = all[static_cast<std::size_t>(last)];
            const auto& next = all[static_cast<std::size_t>(last) + 1];
            const auto sentence = static_cast<std::size_t>(ask_.sentence_of(next.begin));
            const bool begins =
                static_cast<std::uint32_t>(next.begin) == parsed_.first_word[sentence];
            const bool behind_cue = begins && !outside && sentence == cue_sentence + 1 &&
                                    next.paragraph == here.paragraph && here.end <= w &&
                                    whole_sentence(next);
            if (!here.goes_on && !behind_cue) break;
            ++last;
            taken.push_back(last);
        }
        for (const std::int32_t q : taken) {
            const auto& part = all[static_cast<std::size_t>(q)];
            pieces.push_back({parsed_.words[static_cast<std::size_t>(part.begin)].span.begin,
                              parsed_.words[static_cast<std::size_t>(part.end) - 1].span.end});
        }
        std::sort(pieces.begin(), pieces.end());
        std::vector<Span> joined;
        for (const Span& piece : pieces) {
            if (!joined.empty() && piece.begin <= joined.back().end)
                joined.back().end = std::max(joined.back().end, piece.end);
            else
                joined.push_back(piece);
        }
        pieces = std::move(joined);
        return outside;
    }

    /// Whether a quotation ends where a sentence ends: nobody else is named as its source.
    [[nodiscard]] bool whole_sentence(const AttributionQuestions::Quotation& quotation) const {
        const auto s = static_cast<std::size_t>(ask_.sentence_of(quotation.end - 1));
        return static_cast<std::uint32_t>(quotation.end) >= parsed_.first_word[s + 1];
    }

    /// Runs of words as spans; marks at either end are left out, but for those of quotations.
    [[nodiscard]] std::vector<Span> spans(const std::vector<std::int32_t>& words) const {
        std::vector<Span> out;
        std::size_t i = 0;
        while (i < words.size()) {
            std::size_t end = i + 1;
            // A mark between two words of a run does not part it.
            while (end < words.size()) {
                bool joined = true;
                for (std::int32_t k = words[end - 1] + 1; k < words[end] && joined; ++k)
                    joined = parsed_.words[static_cast<std::size_t>(k)].upos == Upos::kPunct;
                if (!joined) break;
                ++end;
            }
            std::size_t from = i;
            std::size_t to = end;
            const auto mark = [&](std::size_t at) {
                const syntax::Word& word = parsed_.words[static_cast<std::size_t>(words[at])];
                const std::string_view shown = slice(parsed_.text, word.span);
                return word.upos == Upos::kPunct && !opens(shown) && !closes(shown) &&
                       !toggles(shown);
            };
            if (to - from > 1) {
                while (from < to && mark(from)) ++from;
                while (to > from && mark(to - 1)) --to;
            }
            const bool bare = to - from == 1 && words.size() > 1 && mark(from);
            if (from < to && !bare)
                out.push_back({parsed_.words[static_cast<std::size_t>(words[from])].span.begin,
                               parsed_.words[static_cast<std::size_t>(words[to - 1])].span.end});
            i = end;
        }
        return out;
    }

    const ParsedText& parsed_;
    const LinearModel& model_;
    AttributionQuestions ask_;
    std::vector<SpanCandidate> candidates_;
    std::vector<SpanPart> parts_;
    std::size_t quoted_ = 0;  ///< words of the content in hand that are quoted
    std::vector<std::int32_t> last_cue_;
    std::int32_t last_of_cue_ = -1;
};

}  // namespace

void find_spans(const ParsedText& parsed, const LexiconData& data,
                std::vector<AttributionSpans>& out) {
    if (data.attribution_model.empty() || parsed.words.empty()) return;
    SpanFinder(parsed, data).run(out);
}

}  // namespace ceasewire::analysis
