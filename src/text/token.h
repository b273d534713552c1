#pragma once
/// Words of a text, each with the hash of its folded form: what the phrase matcher and the analysis
/// read.

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace ceasewire::text {

/// A maximal run of letters, marks and digits. Apostrophes, hyphens and dots divide words: "U.S."
/// is two, "al-Sisi" is two, "Israel's" is two.
struct Token {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint64_t hash = 0;  ///< hash_folded() of the folded word

    [[nodiscard]] Span span() const { return {begin, end}; }
};

/// Bytes after a text that tokenize() may read (not use); the caller provides them.
inline constexpr std::size_t kTokenizePadding = 64;

/// Appends the tokens of `text` (valid UTF-8) in order. `text.data()` must be readable for
/// kTokenizePadding bytes beyond its end. Linear; about a byte a nanosecond for ASCII, 64 bytes a
/// step. Safe from many threads. `scratch` is working space.
void tokenize(std::string_view text, std::vector<Token>& out, std::string& scratch);

/// The slow, obvious twin of tokenize(), without padding or vector code.
void tokenize_simply(std::string_view text, std::vector<Token>& out);

/// The hash of a folded word: 64 bits, the same on every machine. Words of up to 16 bytes take two
/// multiplications.
[[nodiscard]] std::uint64_t hash_folded(std::string_view folded);

/// The hash that two adjacent words are looked up by.
[[nodiscard]] constexpr std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
    return (first ^ (second << 23U | second >> 41U)) * 0x9E3779B97F4A7C15ULL;
}

}  // namespace ceasewire::text
