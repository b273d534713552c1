#include "lexicon/sectors.h"

#include <algorithm>

#include "lexicon/model.h"
#include "text/token.h"

namespace ceasewire {
namespace {

std::uint64_t key_of(std::span<const std::uint64_t> words) {
    std::uint64_t key = words.size();
    for (const std::uint64_t word : words) key = feature_id(key, word);
    return key;
}

}  // namespace

bool SectorTable::add_words(std::span<const std::uint64_t> words, SectorCodes codes) {
    return by_words_.try_emplace(key_of(words), codes).second;
}

bool SectorTable::add_actor(std::uint32_t actor, SectorCodes codes) {
    return by_actor_.try_emplace(actor, codes).second;
}

void SectorTable::of_name(std::string_view name, std::vector<SectorCodes>& out) const {
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    std::vector<std::uint64_t> words;
    for (const text::Token& token : tokens) words.push_back(token.hash);
    for (std::size_t at = 0; at < words.size();) {
        std::size_t size = std::min(kWordsMax, words.size() - at);
        for (; size > 0; --size) {
            const auto found = by_words_.find(key_of(std::span(words).subspan(at, size)));
            if (found == by_words_.end()) continue;
            out.push_back(found->second);
            break;
        }
        at += std::max<std::size_t>(size, 1);
    }
}

const SectorCodes* SectorTable::of_actor(std::uint32_t actor) const {
    const auto found = by_actor_.find(actor);
    return found == by_actor_.end() ? nullptr : &found->second;
}

}  // namespace ceasewire
