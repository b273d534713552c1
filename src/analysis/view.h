#pragma once
/// One document as the passes read it: its words, and which lexicon phrase begins where. Internal
/// to the analysis room.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"

namespace ceasewire::analysis {

inline constexpr std::int32_t kNone = -1;

class View {
public:
    View(const Document& document, const Lexicon& lexicon, const std::vector<PhraseMatch>& phrases);

    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] const LexiconData& data() const { return data_; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }
    [[nodiscard]] const text::Token& token(std::uint32_t i) const { return tokens_[i]; }
    [[nodiscard]] std::span<const text::Token> tokens() const { return tokens_; }
    [[nodiscard]] std::string_view word(std::uint32_t i) const {
        return slice(text_, tokens_[i].span());
    }

    /// Whether token i is `lower` (given in lower case), ignoring case and accents.
    [[nodiscard, gnu::always_inline]] bool is(std::uint32_t i, std::string_view lower) const {
        // Most words differ in length already; this much is worth having inline.
        return i < tokens_.size() && tokens_[i].end - tokens_[i].begin == lower.size() &&
               same_letters(i, lower);
    }
    /// Inline, so that the lengths of the words are known. For dozens of words a WordSet.
    template <class... Words>
    [[nodiscard, gnu::always_inline]] bool is_any(std::uint32_t i, Words... lower) const {
        return (is(i, lower) || ...);
    }

    /// Whether token i begins with a capital.
    [[nodiscard]] bool upper(std::uint32_t i) const {
        const char first = text_[tokens_[i].begin];
        if (static_cast<unsigned char>(first) < 0x80) return first >= 'A' && first <= 'Z';
        return upper_beyond_ascii(i);
    }
    [[nodiscard]] bool all_caps(std::uint32_t i) const;  ///< two and more letters, all capitals
    [[nodiscard]] bool number(std::uint32_t i) const {
        return text_[tokens_[i].begin] >= '0' && text_[tokens_[i].begin] <= '9';
    }

    /// The text between token i-1 and token i.
    [[nodiscard]] std::string_view gap_before(std::uint32_t i) const {
        const std::uint32_t from = i == 0 ? 0 : tokens_[i - 1].end;
        return text_.substr(from, tokens_[i].begin - from);
    }
    /// Whether only blanks part token i-1 from token i.
    [[nodiscard]] bool adjacent(std::uint32_t i) const;
    /// Whether the gap before token i holds an apostrophe and nothing else: token i is then "s" of
    /// a possessive or contraction.
    [[nodiscard]] bool apostrophe_before(std::uint32_t i) const;
    /// Token i is the "s" of "Israel's".
    [[nodiscard]] bool possessive(std::uint32_t i) const {
        return i > 0 && is(i, "s") && apostrophe_before(i);
    }

    /// The phrase of `layer` that begins at token i, or none.
    [[nodiscard]] const PhraseMatch* at(Layer layer, std::uint32_t i) const {
        const std::int32_t index = starts_[static_cast<std::size_t>(layer)][i];
        return index == kNone ? nullptr : &phrases_[static_cast<std::size_t>(index)];
    }
    /// The phrase of `layer` that ends at token i (is its last token), or none.
    [[nodiscard]] const PhraseMatch* ending_at(Layer layer, std::uint32_t i) const;

    /// The entries of a match that belong to `layer` and whose spelling fits.
    template <class Visit>
    void entries(const PhraseMatch& match, Visit&& visit) const {
        const LexiconData::Range range = data_.phrase_entries[match.phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Entry& entry = data_.entries[i];
            if (static_cast<std::uint16_t>(layer_of(entry.meaning)) == match.layer &&
                fits(match.token, entry))
                visit(entry);
        }
    }
    /// Whether `is` holds for one of them.
    template <class Is>
    [[nodiscard]] bool any_entry(const PhraseMatch& match, Is&& is) const {
        bool any = false;
        entries(match, [&](const Entry& entry) { any = any || is(entry); });
        return any;
    }
    [[nodiscard]] bool has_cue(const PhraseMatch& match, CueKind kind) const {
        return any_entry(match, [&](const Entry& entry) {
            return entry.meaning == Meaning::cue && data_.cues[entry.index].kind == kind;
        });
    }
    [[nodiscard]] Span span_of(std::uint32_t token_begin, std::uint32_t token_end) const {
        return {tokens_[token_begin].begin, tokens_[token_end - 1].end};
    }

private:
    [[nodiscard]] bool upper_beyond_ascii(std::uint32_t i) const;
    [[nodiscard]] bool same_letters(std::uint32_t i, std::string_view lower) const;
    [[nodiscard]] bool fits(std::uint32_t token, const Entry& entry) const;

    std::string_view text_;
    std::span<const text::Token> tokens_;
    const LexiconData& data_;
    const std::vector<PhraseMatch>& phrases_;
    std::vector<std::int32_t> starts_[kLayers];
    std::vector<std::int32_t> ends_[kLayers];
};

}  // namespace ceasewire::analysis
