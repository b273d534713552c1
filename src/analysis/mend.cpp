#include "analysis/mend.h"

#include <algorithm>

namespace ceasewire::analysis {

using syntax::Deprel;
using syntax::Upos;

namespace {

/// Whether a word hangs from word `head`.
bool under(const syntax::Word& word, std::size_t head) {
    return word.head == static_cast<std::int32_t>(head);
}

bool is_any(const View& view, const syntax::Word& word,
            std::initializer_list<std::string_view> texts) {
    return std::find(texts.begin(), texts.end(), slice(view.text(), word.span)) != texts.end();
}

/// What somebody told a hearer is no relative clause of the hearer, and what is reported behind a
/// citation no adverbial one.
void mend_contents(const View& view, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    const std::size_t size = words.size();
    const auto has = [&](std::size_t head, Deprel relation) {
        return std::any_of(words.begin(), words.end(), [&](const syntax::Word& word) {
            return under(word, head) && word.deprel == relation;
        });
    };
    for (std::size_t that = 1; that < size; ++that) {
        if (!is_any(view, words[that], {"that"}) || words[that].head == syntax::kNoHead) continue;
        const auto clause = static_cast<std::size_t>(words[that].head);
        if (clause <= that || words[clause].head == syntax::kNoHead) continue;
        const auto above = static_cast<std::size_t>(words[clause].head);
        if (words[clause].deprel == Deprel::kAclRelcl && above == that - 1 &&
            words[that].deprel != Deprel::kNsubj && has(clause, Deprel::kNsubj) &&
            words[above].head != syntax::kNoHead) {
            // A hearer or an occasion, told something with a subject of its own.
            const auto verb = static_cast<std::size_t>(words[above].head);
            const Deprel hearer = syntax::base_relation(words[above].deprel);
            const bool occasion = hearer == Deprel::kObl && words[that].deprel == Deprel::kMark;
            if ((hearer != Deprel::kObj && hearer != Deprel::kIobj && !occasion) || verb >= above ||
                !is_any(view, words[verb],
                        {"told", "tells", "telling", "tell", "informed", "assured", "said",
                         "warned"}) ||
                has(verb, Deprel::kCcomp))
                continue;
            words[clause].head = static_cast<std::int32_t>(verb);
            words[clause].deprel = Deprel::kCcomp;
            words[that].deprel = Deprel::kMark;
        } else if (words[clause].deprel == Deprel::kAdvcl && above < that &&
                   words[that].deprel == Deprel::kMark && !has(above, Deprel::kCcomp)) {
            bool cites = false;
            for (std::size_t w = above + 1; w < that && !cites; ++w)
                cites = under(words[w], above) && words[w].deprel == Deprel::kAdvcl &&
                        is_any(view, words[w], {"citing", "quoting"});
            if (!cites) continue;
            words[clause].deprel = Deprel::kCcomp;
        }
    }
}

/// Whether word w begins a verb by which somebody tells something.
bool tells_something(const View& view, const SentenceFacts& facts, const syntax::Word& word) {
    if (word.upos != Upos::kVerb) return false;
    return std::any_of(facts.reports.begin(), facts.reports.end(), [&](const CueHit& hit) {
        const std::string& kind = view.data().cues[hit.row].value;
        return kind != "statement" && kind != "according" && kind != "quote" &&
               view.token(hit.begin).begin == word.span.begin;
    });
}

/// "…, the envoy said" beside what he said is no further act of its subject, and in "officials
/// briefed on the talks said …" the first verb only describes who tells.
void mend_tellers(const View& view, const SentenceFacts& facts, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    const std::size_t size = words.size();
    for (std::size_t w = 1; w < size; ++w) {
        if (words[w].deprel != Deprel::kConj || !tells_something(view, facts, words[w])) continue;
        const auto head = static_cast<std::size_t>(words[w].head);
        if (head >= w) continue;
        std::size_t subject = size;
        bool more = false;  // joined by a word, or tells what stands behind it
        for (std::size_t c = 0; c < size; ++c) {
            if (!under(words[c], w)) continue;
            if (words[c].deprel == Deprel::kNsubj) subject = c;
            more = more || words[c].deprel == Deprel::kCc || words[c].deprel == Deprel::kCcomp;
        }
        if (subject != size) {
            if (!more) words[w].deprel = Deprel::kParataxis;
            continue;
        }
        if (words[w - 1].upos == Upos::kCconj || words[head].upos != Upos::kVerb) continue;
        // The first verb has a subject, no auxiliary and no object, and nothing parts the three.
        std::size_t described = size;
        bool plain = true;
        for (std::size_t c = 0; c < w && plain; ++c) {
            if (described != size &&
                (words[c].upos == Upos::kCconj || is_any(view, words[c], {","})))
                plain = false;
            if (!under(words[c], head)) continue;
            switch (words[c].deprel) {
                case Deprel::kNsubj:
                case Deprel::kNsubjPass:
                    described = c;
                    break;
                case Deprel::kAux:
                case Deprel::kAuxPass:
                case Deprel::kObj:
                case Deprel::kCc:
                    plain = false;
                    break;
                default:
                    break;
            }
        }
        if (!plain || described == size || described + 1 != head) continue;
        words[w].head = words[head].head;
        words[w].deprel = words[head].deprel;
        for (std::size_t c = 0; c < size; ++c) {
            if (under(words[c], head) && (c < described || c > w))
                words[c].head = static_cast<std::int32_t>(w);
        }
        words[described].head = static_cast<std::int32_t>(w);
        words[described].deprel = Deprel::kNsubj;
        words[head].head = static_cast<std::int32_t>(described);
        words[head].deprel = Deprel::kAcl;
    }
}

/// Headlines join two with a comma: "Israel, Hamas agree to …".
void mend_headlines(const View& view, const Analysis& analysis, const SentenceFacts& facts,
                    const Sentence& sentence, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    // The word of a mention that hangs from outside it; the number of words when there is none.
    const auto head_of = [&](const Mention& mention) {
        std::size_t w = 0;
        for (; w < words.size(); ++w) {
            if (!mention.span.contains(words[w].span)) continue;
            const std::int32_t head = words[w].head;
            if (head == syntax::kNoHead ||
                !mention.span.contains(words[static_cast<std::size_t>(head)].span))
                break;
        }
        return w;
    };
    for (std::size_t i = 0; i + 1 < facts.mentions.size(); ++i) {
        const Mention& first = analysis.mentions[facts.mentions[i]];
        const Mention& second = analysis.mentions[facts.mentions[i + 1]];
        if (first.token_end != second.token_begin || view.gap_before(second.token_begin) != ", ")
            continue;
        if (first.token_begin != sentence.token_begin && view.gap_before(first.token_begin) != ": ")
            continue;
        const std::size_t a = head_of(first);
        const std::size_t b = head_of(second);
        if (a >= words.size() || b >= words.size() || words[b].deprel != Deprel::kNsubj ||
            words[b].head <= static_cast<std::int32_t>(b) || words[a].head == syntax::kNoHead)
            continue;
        const auto verb = static_cast<std::size_t>(words[b].head);
        // "Hamas, Israel said, …"
        if (view.text().substr(words[verb].span.end).starts_with(",")) continue;
        words[a].head = static_cast<std::int32_t>(verb);
        words[a].deprel = Deprel::kNsubj;
        words[b].head = static_cast<std::int32_t>(a);
        words[b].deprel = Deprel::kConj;
        return;
    }
}

/// "“…,” said an official travelling with him": who is described behind the verb of telling is its
/// subject, and not what it tells, which stands in front.
void mend_inversions(const View& view, const SentenceFacts& facts, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    const std::size_t size = words.size();
    for (std::size_t verb = 1; verb + 1 < size; ++verb) {
        if (!tells_something(view, facts, words[verb])) continue;
        bool told = false;
        std::size_t behind = size;
        for (std::size_t c = 0; c < size; ++c) {
            if (!under(words[c], verb)) continue;
            if (words[c].deprel == Deprel::kNsubj) behind = size + 1;
            if (words[c].deprel != Deprel::kCcomp) continue;
            if (c < verb) told = true;
            if (c > verb && behind == size) behind = c;
        }
        if (!told || behind >= size || words[behind].upos != Upos::kVerb) continue;
        std::size_t described = size;
        bool finite = false;
        for (std::size_t c = verb + 1; c < size; ++c) {
            if (!under(words[c], behind)) continue;
            if (words[c].deprel == Deprel::kNsubj && c + 1 == behind) described = c;
            finite = finite || words[c].deprel == Deprel::kAux || words[c].deprel == Deprel::kMark;
        }
        if (described == size || finite) continue;
        words[described].head = static_cast<std::int32_t>(verb);
        words[described].deprel = Deprel::kNsubj;
        words[behind].head = static_cast<std::int32_t>(described);
        words[behind].deprel = Deprel::kAcl;
    }
}

/// "X said it would observe the truce and accused Y", "denied that it had refused and accused Y":
/// a past form joined to what is told with "would" goes on with the telling, and behind "had" it
/// does where it accuses, calls for or tells something itself.
void mend_joined(const View& view, const SentenceFacts& facts, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    const auto is_past = [&](const syntax::Word& word) {
        return slice(view.text(), word.span).ends_with("ed") ||
               is_any(view, word,
                      {"said", "told", "held", "met", "made", "took", "gave", "sought"});
    };
    const auto addresses = [&](const syntax::Word& word) {
        return std::any_of(facts.acts.begin(), facts.acts.end(), [&](const CueHit& hit) {
            const std::string& act = view.data().cues[hit.row].value;
            return (act == "accuse" || act == "call") &&
                   view.token(hit.begin).begin == word.span.begin;
        });
    };
    for (std::size_t w = 2; w < words.size(); ++w) {
        if (words[w].deprel != Deprel::kConj || words[w].upos != Upos::kVerb || words[w].head < 0)
            continue;
        const auto told = static_cast<std::size_t>(words[w].head);
        if (told >= w || words[told].deprel != Deprel::kCcomp || words[told].head < 0) continue;
        const auto teller = static_cast<std::size_t>(words[told].head);
        if (teller >= told || words[teller].upos != Upos::kVerb || !is_past(words[teller]) ||
            !is_past(words[w]))
            continue;
        bool would = false;
        bool had = false;
        bool joined = false;
        bool plain = true;  // no subject or auxiliary of its own
        for (const syntax::Word& word : words) {
            if (under(word, told) && word.deprel == Deprel::kAux) {
                would = would || is_any(view, word,
                                        {"would", "will", "could", "should", "can", "must", "may",
                                         "might", "to"});
                had = had || is_any(view, word, {"had", "has", "have"});
            }
            if (!under(word, w)) continue;
            joined = joined || word.deprel == Deprel::kCc;
            plain = plain && word.deprel != Deprel::kAux && word.deprel != Deprel::kAuxPass &&
                    syntax::base_relation(word.deprel) != Deprel::kNsubj;
        }
        const bool itself = addresses(words[w]) || tells_something(view, facts, words[w]);
        // "would have refused" leaves the form of the second verb open.
        const bool goes_on = would != had && (would || itself);
        if (!joined || !plain || !goes_on) continue;
        words[w].head = static_cast<std::int32_t>(teller);
    }
}

/// An actor right before a verb that has no subject is its subject: the parser takes places that it
/// does not know ("Yerevan accused …") for adverbs.
void mend_subjects(const Analysis& analysis, const SentenceFacts& facts, syntax::Tree& tree) {
    std::vector<syntax::Word>& words = tree.words;
    for (std::size_t w = 0; w + 1 < words.size(); ++w) {
        if (words[w].deprel != Deprel::kOblUnmarked || words[w].head < 0) continue;
        const auto verb = static_cast<std::size_t>(words[w].head);
        if (verb != w + 1 || words[verb].upos != Upos::kVerb) continue;
        const bool actor = std::any_of(
            facts.mentions.begin(), facts.mentions.end(),
            [&](std::uint32_t m) { return analysis.mentions[m].span.contains(words[w].span); });
        const bool has_subject = std::any_of(words.begin(), words.end(), [&](const auto& c) {
            return under(c, verb) && (syntax::base_relation(c.deprel) == Deprel::kNsubj ||
                                      syntax::base_relation(c.deprel) == Deprel::kCsubj);
        });
        if (actor && !has_subject) words[w].deprel = Deprel::kNsubj;
    }
}

}  // namespace

void mend(const View& view, const Analysis& analysis, const SentenceFacts& facts,
          const Sentence& sentence, syntax::Tree& tree) {
    mend_contents(view, tree);
    mend_tellers(view, facts, tree);
    mend_inversions(view, facts, tree);
    mend_joined(view, facts, tree);
    mend_subjects(analysis, facts, tree);
    mend_headlines(view, analysis, facts, sentence, tree);
}

}  // namespace ceasewire::analysis
