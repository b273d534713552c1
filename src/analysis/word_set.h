#pragma once
/// Words that a token may be, found by the token's hash: one look, however many they are.

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "analysis/view.h"
#include "base/assert.h"
#include "text/token.h"

namespace ceasewire::analysis {

class WordSet {
public:
    /// `words` are in lower case, plain letters, each once; the views must stay valid.
    template <class Words>
    explicit WordSet(const Words& words) : words_(words.begin(), words.end()) {
        slots_.assign(std::bit_ceil(words_.size() * 4), 0);
        for (std::uint32_t i = 0; i < words_.size(); ++i) {
            std::uint64_t at = text::hash_folded(words_[i]);
            while (slots_[at & mask()] != 0) ++at;
            slots_[at & mask()] = static_cast<std::uint16_t>(i + 1);
        }
    }
    WordSet(std::initializer_list<std::string_view> words)
        : WordSet(std::vector<std::string_view>(words)) {}

    /// The place in the list of the word that View::is() would know token `i` by, kNone without
    /// one.
    [[nodiscard]] std::int32_t find(const View& view, std::uint32_t i) const {
        if (i >= view.size()) return kNone;
        for (std::uint64_t at = view.token(i).hash;; ++at) {
            const std::uint16_t slot = slots_[at & mask()];
            if (slot == 0) return kNone;
            if (view.is(i, words_[slot - 1U])) return slot - 1;
        }
    }
    [[nodiscard]] bool has(const View& view, std::uint32_t i) const {
        return find(view, i) != kNone;
    }

private:
    [[nodiscard]] std::uint64_t mask() const { return slots_.size() - 1; }
    std::vector<std::string_view> words_;
    std::vector<std::uint16_t> slots_;  ///< 1 + place in words_, 0: free
};

}  // namespace ceasewire::analysis
