#include "analysis/analysis.h"

#include <array>

#include "analysis/claims.h"
#include "analysis/confidence.h"
#include "analysis/passes.h"
#include "lexicon/find.h"

namespace ceasewire {

std::string_view to_string(Act act) {
    constexpr std::array<std::string_view, kActs> kNames = {
        "call",   "propose", "accept",    "reject", "condition", "announce", "negotiate",
        "accuse", "violate", "implement", "pledge", "assess",    "deny"};
    return kNames[static_cast<std::size_t>(act)];
}
std::string_view to_string(Stance stance) {
    constexpr std::array<std::string_view, 4> kNames = {"for", "against", "conditional", "neutral"};
    return kNames[static_cast<std::size_t>(stance)];
}
std::string_view to_string(Status status) {
    constexpr std::array<std::string_view, 6> kNames = {"actual",    "proposed", "conditional",
                                                        "predicted", "possible", "denied"};
    return kNames[static_cast<std::size_t>(status)];
}
std::string_view to_string(Quote quote) {
    constexpr std::array<std::string_view, 4> kNames = {"none", "direct", "indirect", "mixed"};
    return kNames[static_cast<std::size_t>(quote)];
}

Analysis::Analysis() = default;
Analysis::~Analysis() = default;
Analysis::Analysis(Analysis&&) noexcept = default;
Analysis& Analysis::operator=(Analysis&&) noexcept = default;

void Analysis::clear() {
    on_topic = false;
    sentences.clear();
    furniture.clear();
    phrases.clear();
    actors.clear();
    mentions.clear();
    claims.clear();
}

namespace {

/// Whether a phrase says that the article may be about war or diplomacy.
bool on_topic(const LexiconData& data, const std::vector<PhraseMatch>& phrases) {
    for (const PhraseMatch& match : phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::cues)) continue;
        const LexiconData::Range range = data.phrase_entries[match.phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Entry& entry = data.entries[i];
            if (entry.meaning == Meaning::term) return true;
            if (entry.meaning == Meaning::cue && data.cues[entry.index].kind == CueKind::conflict)
                return true;
        }
    }
    return false;
}

/// Whether a phrase is the name of an actor, without regard to topic. Surnames and short names
/// alone do not count: they are words as well.
bool names_an_actor(const LexiconData& data, const std::vector<PhraseMatch>& phrases) {
    for (const PhraseMatch& match : phrases) {
        if (match.layer != static_cast<std::uint16_t>(Layer::names)) continue;
        const LexiconData::Range range = data.phrase_entries[match.phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Entry& entry = data.entries[i];
            if (entry.meaning == Meaning::actor && (entry.flags & (kWeak | kSurname)) == 0)
                return true;
        }
    }
    return false;
}

}  // namespace

void analyze(const Document& document, const Lexicon& lexicon, const AnalyzeOptions& options,
             Analysis& out) {
    out.clear();
    find_phrases(document.text(), document.tokens(), lexicon, out.phrases);
    out.on_topic = options.any_topic || on_topic(lexicon.data(), out.phrases);
    if (!out.on_topic && !names_an_actor(lexicon.data(), out.phrases)) return;

    text::split_sentences(document.text(), document.title(), document.tokens(), out.sentences);
    for (Sentence& sentence : out.sentences) sentence.title = true;
    text::split_sentences(document.text(), document.body(), document.tokens(), out.sentences);

    const analysis::View view(document, lexicon, out.phrases);
    analysis::mark_furniture(view, out.sentences, out.furniture);
    analysis::find_mentions(view, options, out);
    if (options.claims && out.on_topic) analysis::find_claims(view, options, out);
    analysis::name_rows(lexicon.data(), out);
    analysis::weigh_actors(lexicon.data(), out);
}

}  // namespace ceasewire
