#pragma once
/// From what was found to what is told.

#include <memory>

#include "analysis/analysis.h"
#include "analysis/layers.h"
#include "article/article.h"
#include "record/record.h"
#include "text/document.h"

namespace ceasewire {

/// Holds what a record's views point into. Cleared and not freed between records; one per thread.
class Composer {
public:
    Composer();
    ~Composer();
    Composer(Composer&&) noexcept;
    Composer& operator=(Composer&&) noexcept;
    Composer(const Composer&) = delete;
    Composer& operator=(const Composer&) = delete;

    /// The record of `article`. Actors stand in order of their first mention; those without a
    /// mention are left out. Offsets become code points into their field. Views live until the next
    /// call; they point into `article`, `document`, `analysis`, `lexicon` and this.
    [[nodiscard]] EnrichedRecord compose(const Article& article, Document& document,
                                         const Analysis& analysis, const Lexicon& lexicon);

    /// The chosen layers of the document. Views live until the next call; they point into `layers`
    /// and this.
    [[nodiscard]] RecordLayers compose_layers(Document& document, const Layers& layers,
                                              LayerChoice choice);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire
