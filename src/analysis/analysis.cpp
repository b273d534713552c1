#include "analysis/analysis.h"

#include <algorithm>
#include <array>
#include <initializer_list>

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

/// Whether a phrase of these layers has an entry of that kind.
template <class Of>
bool any_entry(const LexiconData& data, const std::vector<PhraseMatch>& phrases,
               std::initializer_list<Layer> layers, const Of& of) {
    for (const PhraseMatch& match : phrases) {
        if (std::find(layers.begin(), layers.end(), static_cast<Layer>(match.layer)) ==
            layers.end())
            continue;
        const LexiconData::Range range = data.phrase_entries[match.phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            if (of(data.entries[i])) return true;
        }
    }
    return false;
}

}  // namespace

void analyze(const Document& document, const Lexicon& lexicon, const AnalyzeOptions& options,
             Analysis& out) {
    out.clear();
    if (!options.any_topic && !any_telling_phrase(document.text(), document.tokens(), lexicon))
        return;
    find_phrases(document.text(), document.tokens(), lexicon, out.phrases);
    const LexiconData& data = lexicon.data();
    out.on_topic = options.any_topic ||
                   any_entry(data, out.phrases, {Layer::cues, Layer::terms},
                             [&](const Entry& entry) { return tells_topic(data, entry); });
    if (!out.on_topic && !any_entry(data, out.phrases, {Layer::names}, names_actor)) return;

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
