#include "analysis/passes.h"
namespace ceasewire::analysis {
void find_claims(const View&, const AnalyzeOptions&, Analysis&) {}
}  // namespace ceasewire::analysis
