#pragma once
/// What the network is told of a word: hashes of its normalised form and of its first and last
/// letters, how it is capitalised, and whether it touches its neighbours. Training and parsing
/// share this file, for a model means nothing without it; after a change here the model must be
/// trained again.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace ceasewire::syntax {

inline constexpr std::size_t kAffixCount = 7;   // last 1 to 4 and first 1 to 3 bytes
inline constexpr std::size_t kShapeCount = 48;  // 8 cases, 2 places, 3 kinds of sentence
inline constexpr std::size_t kGlueCount = 4;    // touches the word before, the word after

struct WordFeatures {
    std::uint32_t word = 0;                            // hash of the normalised form
    std::array<std::uint32_t, kAffixCount> affixes{};  // 0 where the word is shorter
    std::uint8_t shape = 0;
    std::uint8_t glue = 0;
};

/// Normalised: ASCII and Latin-1 letters in lower case, digits as 0, quotes and dashes in their
/// ASCII form. Of a form longer than 64 bytes the first and last 32 count.
[[nodiscard]] std::uint32_t word_hash(std::string_view word);

/// Describes the words of one sentence; `out` gets one element per word. Linear in the bytes of the
/// words; allocates only when `out` must grow. Safe from many threads.
void describe_words(std::string_view text, std::span<const Span> words,
                    std::vector<WordFeatures>& out);

}  // namespace ceasewire::syntax
