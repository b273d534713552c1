#include "lexicon/senses.h"

#include <algorithm>

#include "text/stem.h"
#include "text/token.h"

namespace ceasewire {

Senses::Kind Senses::kind(std::string_view name) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<Kind>(found - names_.begin());
    names_.emplace_back(name);
    return static_cast<Kind>(names_.size() - 1);
}

void Senses::add(std::string_view word, PartOfSpeech part, Kind kind) {
    senses_.push_back({text::hash_folded(text::stem(word)), part, kind});
}

void Senses::settle() {
    std::sort(senses_.begin(), senses_.end());
    senses_.erase(std::unique(senses_.begin(), senses_.end()), senses_.end());
}

std::span<const Senses::Sense> Senses::of_stem(std::string_view stem) const {
    const std::uint64_t hash = text::hash_folded(stem);
    const auto first = std::lower_bound(
        senses_.begin(), senses_.end(), hash,
        [](const Sense& sense, std::uint64_t wanted) { return sense.stem < wanted; });
    auto last = first;
    while (last != senses_.end() && last->stem == hash) ++last;
    return {first, last};
}

}  // namespace ceasewire
