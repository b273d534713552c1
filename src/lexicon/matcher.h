#pragma once
/// Finds every phrase of a fixed set in a text: whole words, leftmost-longest, without regard to
/// case or accents.
///
/// How: each token, and each pair of adjacent tokens, is looked up in one bitset of 128 KiB that
/// stays in the second-level cache; the few that hit go to a hash table and are compared token by
/// token. That is one probe of a small table a token instead of a walk through an automaton of many
/// megabytes a byte, and it is built in milliseconds. (The design of the bigram filter is our own;
/// measured against Aho-Corasick tables and a regular-expression matcher, it was the fastest at
/// 20,000 and 50,000 phrases.)

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "text/token.h"

namespace ceasewire {

using PhraseId = std::uint32_t;

struct PhraseMatch {
    std::uint32_t token = 0;  ///< first token
    std::uint16_t tokens = 0;
    std::uint16_t layer = 0;
    PhraseId phrase = 0;
};

/// A compiled set of phrases, each with the layers that it belongs to.
class PhraseTable {
public:
    /// Adds the phrase with these token hashes (at least one) unless it is there, sets its layer
    /// bits, and returns its id. Ids count from 0. `telling` phrases are those that any_telling()
    /// looks for.
    PhraseId add(std::span<const std::uint64_t> hashes, std::uint8_t layers, bool telling = false);

    /// Builds the filter and the table; call once after the last add().
    void finish();

    [[nodiscard]] std::size_t size() const { return phrases_.size(); }

    /// Appends the matches in order of (token, layer). Within a layer matches never overlap and are
    /// leftmost-longest among the phrases that `accept(phrase, first_token, layer)` takes; that
    /// call is made only for phrases whose words are there.
    template <class Accept>
    void find(std::string_view text, std::span<const text::Token> tokens, Accept&& accept,
              std::vector<PhraseMatch>& out) const;

    /// Whether a telling phrase stands in the text that `accept` takes in one of its layers. True
    /// whenever find() would give such a match, and for some that a longer phrase covers; ends at
    /// the first. Half the cost of find() where there is none.
    template <class Accept>
    [[nodiscard]] bool any_telling(std::string_view text, std::span<const text::Token> tokens,
                                   Accept&& accept) const;

private:
    struct Phrase {
        std::uint32_t first = 0;  ///< into hashes_
        std::uint16_t tokens = 0;
        std::uint8_t layers = 0;
        bool telling = false;
    };
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t begin = 0;  ///< into order_
        std::uint32_t end = 0;
    };

    [[nodiscard]] static std::uint64_t key_of(std::span<const std::uint64_t> hashes) {
        return hashes.size() == 1 ? hashes[0] : text::hash_pair(hashes[0], hashes[1]);
    }
    /// A key has two bits, both in one word: at 50,000 phrases one look in a hundred is in vain
    /// instead of one in twenty, for the same reads.
    [[nodiscard]] static std::size_t filter_word(std::uint64_t key) {
        return static_cast<std::size_t>(key >> 50U);
    }
    [[nodiscard]] static std::uint64_t filter_bits(std::uint64_t key) {
        return std::uint64_t{1} << (key >> 44U & 63U) | std::uint64_t{1} << (key >> 38U & 63U);
    }
    [[nodiscard]] static bool may_hold(const std::vector<std::uint64_t>& filter,
                                       std::uint64_t key) {
        const std::uint64_t bits = filter_bits(key);
        return (filter[filter_word(key)] & bits) == bits;
    }
    [[nodiscard]] const Slot* slot_of(std::uint64_t key) const;
    [[nodiscard]] bool stands_at(const Phrase& phrase, std::string_view text,
                                 std::span<const text::Token> tokens, std::uint32_t at) const;

    static constexpr std::size_t kFilterWords = std::size_t{1} << 14U;
    std::vector<Phrase> phrases_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint64_t> filter_;
    std::vector<std::uint64_t> telling_filter_;  ///< the same of telling phrases
    std::vector<Slot> slots_;
    std::vector<PhraseId> order_;  ///< phrases by key, longest first
    std::uint64_t slot_mask_ = 0;
};

/// Whether a phrase may run on over the text between two of its tokens: one blank or newline,
/// hyphens, apostrophes, a slash or ampersand, and a full stop after a word of up to three letters
/// ("U.S.", "Gen. X").
[[nodiscard]] bool phrase_gap(std::string_view text, const text::Token& left,
                              const text::Token& right);

template <class Accept>
void PhraseTable::find(std::string_view text, std::span<const text::Token> tokens, Accept&& accept,
                       std::vector<PhraseMatch>& out) const {
    constexpr std::size_t kLayerCount = 8;
    std::uint32_t free_from[kLayerCount] = {};  // first token that the layer has not covered
    const auto try_key = [&](std::uint64_t key, std::uint32_t at) {
        const Slot* slot = slot_of(key);
        if (slot == nullptr) return;
        for (std::uint32_t i = slot->begin; i < slot->end; ++i) {
            const Phrase& phrase = phrases_[order_[i]];
            if (!stands_at(phrase, text, tokens, at)) continue;
            for (unsigned layers = phrase.layers; layers != 0; layers &= layers - 1) {
                const auto layer = static_cast<std::uint8_t>(std::countr_zero(layers));
                if (at < free_from[layer] || !accept(order_[i], at, layer)) continue;
                free_from[layer] = at + phrase.tokens;
                out.push_back({at, phrase.tokens, layer, order_[i]});
                // A longer phrase of a later layer may have come first.
                for (std::size_t k = out.size() - 1;
                     k > 0 && out[k - 1].token == at && out[k - 1].layer > layer; --k)
                    std::swap(out[k - 1], out[k]);
            }
        }
    };
    const auto count = static_cast<std::uint32_t>(tokens.size());
    for (std::uint32_t at = 0; at < count; ++at) {
        const std::uint64_t single = tokens[at].hash;
        // Pairs first: a phrase of two and more tokens is longer than one of one token.
        if (at + 1 < count) {
            const std::uint64_t pair = text::hash_pair(single, tokens[at + 1].hash);
            if (may_hold(filter_, pair)) [[unlikely]]
                try_key(pair, at);
        }
        if (may_hold(filter_, single)) [[unlikely]]
            try_key(single, at);
    }
}

template <class Accept>
bool PhraseTable::any_telling(std::string_view text, std::span<const text::Token> tokens,
                              Accept&& accept) const {
    const auto tells = [&](std::uint64_t key, std::uint32_t at) {
        const Slot* slot = slot_of(key);
        if (slot == nullptr) return false;
        for (std::uint32_t i = slot->begin; i < slot->end; ++i) {
            const Phrase& phrase = phrases_[order_[i]];
            if (!phrase.telling || !stands_at(phrase, text, tokens, at)) continue;
            for (unsigned layers = phrase.layers; layers != 0; layers &= layers - 1) {
                if (accept(order_[i], at, static_cast<std::uint8_t>(std::countr_zero(layers))))
                    return true;
            }
        }
        return false;
    };
    const auto count = static_cast<std::uint32_t>(tokens.size());
    std::uint64_t before = 0;
    for (std::uint32_t at = 0; at < count; ++at) {
        const std::uint64_t single = tokens[at].hash;
        if (may_hold(telling_filter_, single)) [[unlikely]] {
            if (tells(single, at)) return true;
        }
        const std::uint64_t pair = text::hash_pair(before, single);
        if (may_hold(telling_filter_, pair)) [[unlikely]] {
            if (at > 0 && tells(pair, at - 1)) return true;
        }
        before = single;
    }
    return false;
}

}  // namespace ceasewire
