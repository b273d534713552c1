#pragma once
/// The passes of analyze(), each reading what the earlier ones found. Internal to the analysis
/// room.

#include <vector>

#include "analysis/actor_features.h"
#include "analysis/analysis.h"
#include "analysis/view.h"

namespace ceasewire::analysis {

/// Marks the sentences that are page furniture: related-story links, photo credits, bylines,
/// comment and newsletter boxes, "Reporting by …". Needs sentences; fills furniture, by sentence.
void mark_furniture(const View& view, const std::vector<Sentence>& sentences,
                    std::vector<bool>& furniture);

/// Finds who is in the document. Needs phrases, sentences and furniture; fills actors and mentions
/// (in order of span). `seen`, for learning: everything that a scorer was asked about.
void find_mentions(const View& view, const AnalyzeOptions& options, Analysis& analysis,
                   std::vector<ActorCandidate>* seen = nullptr);

/// Finds who says what about a ceasefire. Needs everything before; fills claims, and adds the
/// pronoun and nominal mentions that claims stand on.
void find_claims(const View& view, const AnalyzeOptions& options, Analysis& analysis);

}  // namespace ceasewire::analysis
