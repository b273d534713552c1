#include "lexicon/matcher.h"

#include <algorithm>
#include <bit>

#include "base/assert.h"
#include "text/utf8.h"

namespace ceasewire {

PhraseId PhraseTable::add(std::span<const std::uint64_t> hashes, std::uint8_t layers,
                          bool telling) {
    CEASEWIRE_ASSERT(!hashes.empty() && hashes.size() < UINT16_MAX);
    phrases_.push_back({static_cast<std::uint32_t>(hashes_.size()),
                        static_cast<std::uint16_t>(hashes.size()), layers, telling});
    hashes_.insert(hashes_.end(), hashes.begin(), hashes.end());
    return static_cast<PhraseId>(phrases_.size() - 1);
}

void PhraseTable::finish() {
    filter_.assign(kFilterWords, 0);
    telling_filter_.assign(kFilterWords, 0);
    order_.resize(phrases_.size());
    for (PhraseId id = 0; id < phrases_.size(); ++id) order_[id] = id;
    const auto hashes_of = [&](PhraseId id) {
        return std::span<const std::uint64_t>(hashes_).subspan(phrases_[id].first,
                                                               phrases_[id].tokens);
    };
    std::vector<std::uint64_t> keys(phrases_.size());
    for (PhraseId id = 0; id < phrases_.size(); ++id) keys[id] = key_of(hashes_of(id));
    std::sort(order_.begin(), order_.end(), [&](PhraseId a, PhraseId b) {
        if (keys[a] != keys[b]) return keys[a] < keys[b];
        if (phrases_[a].tokens != phrases_[b].tokens)
            return phrases_[a].tokens > phrases_[b].tokens;
        return a < b;
    });
    std::size_t groups = 0;
    for (std::size_t i = 0; i < order_.size(); ++i)
        groups += i == 0 || keys[order_[i]] != keys[order_[i - 1]] ? 1U : 0U;
    slots_.assign(std::bit_ceil(groups * 2 + 2), Slot{});
    slot_mask_ = slots_.size() - 1;
    for (std::size_t i = 0; i < order_.size();) {
        const std::uint64_t key = keys[order_[i]];
        std::size_t end = i;
        bool telling = false;
        for (; end < order_.size() && keys[order_[end]] == key; ++end)
            telling = telling || phrases_[order_[end]].telling;
        if (telling) telling_filter_[filter_word(key)] |= filter_bits(key);
        filter_[filter_word(key)] |= filter_bits(key);
        std::uint64_t at = key & slot_mask_;
        while (slots_[at].begin != slots_[at].end) at = (at + 1) & slot_mask_;
        slots_[at] = {key, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)};
        i = end;
    }
}

const PhraseTable::Slot* PhraseTable::slot_of(std::uint64_t key) const {
    for (std::uint64_t at = key & slot_mask_;; at = (at + 1) & slot_mask_) {
        const Slot& slot = slots_[at];
        if (slot.begin == slot.end) return nullptr;
        if (slot.key == key) return &slot;
    }
}

bool PhraseTable::stands_at(const Phrase& phrase, std::string_view text,
                            std::span<const text::Token> tokens, std::uint32_t at) const {
    if (at + phrase.tokens > tokens.size()) return false;
    for (std::uint32_t k = 0; k < phrase.tokens; ++k) {
        if (hashes_[phrase.first + k] != tokens[at + k].hash ||
            (k > 0 && !phrase_gap(text, tokens[at + k - 1], tokens[at + k])))
            return false;
    }
    return true;
}

bool phrase_gap(std::string_view text, const text::Token& left, const text::Token& right) {
    const std::uint32_t size = right.begin - left.end;
    if (size == 0) return true;
    if (size == 1) {
        switch (text[left.end]) {
            case ' ':
            case '-':
            case '\'':
            case '\n':
            case '/':
            case '&':
            case '`':
                return true;
            case '.':
                return left.end - left.begin <= 3;
            default:
                return false;
        }
    }
    if (size > 8) return false;
    bool newline = false;
    for (std::uint32_t at = left.end; at < right.begin;) {
        const text::CodePoint c = text::code_point_at(text, at);
        switch (c.value) {
            case U' ':
            case U'\t':
            case U'\u00A0':
            case U'\u202F':
            case U'-':
            case U'\u2010':
            case U'\u2011':
            case U'\u2013':
            case U'\'':
            case U'\u2019':
            case U'\u2018':
            case U'\u02BC':
            case U'\u02BB':
            case U'\u02BF':
            case U'\u02BE':
            case U'`':
            case U'\u00B4':
            case U'/':
            case U'&':
                break;
            case U'\r':
                break;
            case U'\n':
                if (newline) return false;
                newline = true;
                break;
            case U'.':
                if (left.end - left.begin > 3) return false;
                break;
            default:
                return false;
        }
        at += c.size;
    }
    return true;
}

}  // namespace ceasewire
