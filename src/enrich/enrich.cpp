#include "enrich/enrich.h"

namespace ceasewire {
struct Scratch::State {
    Decoder decoder;
};
Scratch::Scratch(DecodeLimits limits) : state_(std::make_unique<State>(State{Decoder(limits)})) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

Expected<EnrichedRecord, Rejection> enrich(std::string_view message, const Lexicon& lexicon, Scratch& scratch) {
    auto article = scratch.state().decoder.decode(message);
    if (!article) return Unexpected(std::move(article).error());
    EnrichedRecord record;
    record.article = *article;
    record.lexicon_version = lexicon.version();
    return record;
}
}  // namespace ceasewire
