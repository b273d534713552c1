#include "enrich/enrich.h"

#include <optional>
#include <span>
#include <string>

#include "analysis/analysis.h"
#include "record/compose.h"
#include "syntax/model.h"
#include "text/document.h"

namespace ceasewire {

struct Scratch::State {
    explicit State(DecodeLimits limits) : decoder(limits) {}
    Decoder decoder;
    Document document;
    Analysis analysis;
    Layers layers;
    Composer composer;

    /// The parser's model as the lexicon carries it, unpacked once for each lexicon.
    std::optional<syntax::Model> model;
    std::size_t model_size = 0;
    std::uint64_t model_hash = 0;

    const syntax::Model* model_of(const Lexicon& lexicon) {
        const LexiconData& data = lexicon.data();
        if (model_size != data.syntax_model.size() || model_hash != data.syntax_model_hash) {
            model.reset();
            auto loaded = syntax::load_model(std::as_bytes(std::span(data.syntax_model)));
            if (loaded) model.emplace(std::move(*loaded));
            model_size = data.syntax_model.size();
            model_hash = data.syntax_model_hash;
        }
        return model ? &*model : nullptr;
    }
};

Scratch::Scratch(DecodeLimits limits) : state_(std::make_unique<State>(limits)) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

Expected<EnrichedRecord, Rejection> enrich(std::string_view message, const Lexicon& lexicon,
                                           Scratch& scratch, LayerChoice layers) {
    Scratch::State& state = scratch.state();
    auto decoded = state.decoder.decode(message);
    if (!decoded) return Unexpected(std::move(decoded).error());
    const Article& article = **decoded;
    state.document.assign(article.title, article.body);
    AnalyzeOptions options;
    options.day = article.published_day;
    options.outlet = article.source;
    options.model = state.model_of(lexicon);
    options.claims = article.language.empty() || article.language == "en";
    analyze(state.document, lexicon, options, state.analysis);
    if (!layers.any())
        return state.composer.compose(article, state.document, state.analysis, lexicon);
    read_layers(state.document, lexicon, layers, options.model, state.analysis.workspace,
                state.layers);
    EnrichedRecord record =
        state.composer.compose(article, state.document, state.analysis, lexicon);
    record.layers = state.composer.compose_layers(state.document, state.layers, layers);
    return record;
}

}  // namespace ceasewire
