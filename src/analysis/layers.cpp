#include "analysis/layers.h"

namespace ceasewire {

void Layers::clear() {
    sentences.clear();
    words.clear();
    first_word.clear();
    attributions.clear();
}

void read_layers(const Document& document, const Lexicon& lexicon, LayerChoice choice,
                 const syntax::Model* model, syntax::Workspace& workspace, Layers& out) {
    out.clear();
    text::split_sentences(document.text(), document.title(), document.tokens(), out.sentences);
    for (Sentence& sentence : out.sentences) sentence.title = true;
    text::split_sentences(document.text(), document.body(), document.tokens(), out.sentences);
    out.first_word.push_back(0);
    syntax::Tree tree;
    for (const Sentence& sentence : out.sentences) {
        if (model != nullptr) {
            syntax::parse(document.text(), sentence.span, *model, workspace, tree);
            const auto before = static_cast<std::int32_t>(out.words.size());
            for (syntax::Word& word : tree.words) {
                if (word.head != syntax::kNoHead) word.head += before;
                out.words.push_back(word);
            }
        }
        out.first_word.push_back(static_cast<std::uint32_t>(out.words.size()));
    }
    if (choice.attributions) {
        const analysis::ParsedText parsed{document.text(), out.sentences, out.words,
                                          out.first_word};
        analysis::find_spans(parsed, lexicon.data(), out.attributions);
    }
}

}  // namespace ceasewire
