#include "enrich/enrich.h"

#include "analysis/analysis.h"
#include "record/compose.h"
#include "text/document.h"

namespace ceasewire {

struct Scratch::State {
    explicit State(DecodeLimits limits) : decoder(limits) {}
    Decoder decoder;
    Document document;
    Analysis analysis;
    Composer composer;
};

Scratch::Scratch(DecodeLimits limits) : state_(std::make_unique<State>(limits)) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

Expected<EnrichedRecord, Rejection> enrich(std::string_view message, const Lexicon& lexicon, Scratch& scratch) {
    Scratch::State& state = scratch.state();
    auto decoded = state.decoder.decode(message);
    if (!decoded) return Unexpected(std::move(decoded).error());
    const Article& article = **decoded;
    state.document.assign(article.title, article.body);
    AnalyzeOptions options;
    options.day = article.published_day;
    options.claims = article.language.empty() || article.language == "en";
    analyze(state.document, lexicon, options, state.analysis);
    return state.composer.compose(article, state.document, state.analysis, lexicon);
}

}  // namespace ceasewire
