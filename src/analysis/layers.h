#pragma once
/// What the analysis sees of a whole text, on topic or not, for people who debug and for scorers:
/// sentences, words with their tree, attributions.

#include <vector>

#include "analysis/attribution_spans.h"

namespace ceasewire {

/// Which layers are wanted. Sentences come with either.
struct LayerChoice {
    bool syntax = false;
    bool attributions = false;
    [[nodiscard]] bool any() const { return syntax || attributions; }
};

struct Layers {
    std::vector<Sentence> sentences;
    std::vector<syntax::Word> words;        ///< of all sentences in order; heads index into these
    std::vector<std::uint32_t> first_word;  ///< by sentence, and one past the last word
    std::vector<analysis::AttributionSpans> attributions;  ///< in order of their cues

    void clear();
};

/// Replaces `out` by the layers of the document. Without a model there are no words and no
/// attributions. Linear in the text, some microseconds a word. Safe from many threads with a
/// workspace and `out` each.
void read_layers(const Document& document, const Lexicon& lexicon, LayerChoice choice,
                 const syntax::Model* model, syntax::Workspace& workspace, Layers& out);

}  // namespace ceasewire
