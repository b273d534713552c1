#include "analysis/view.h"

#include "lexicon/find.h"
#include "text/utf8.h"

namespace ceasewire::analysis {

View::View(const Document& document, const Lexicon& lexicon,
           const std::vector<PhraseMatch>& phrases)
    : text_(document.text()), tokens_(document.tokens()), data_(lexicon.data()), phrases_(phrases) {
    for (std::size_t layer = 0; layer < kLayers; ++layer) {
        starts_[layer].assign(tokens_.size(), kNone);
        ends_[layer].assign(tokens_.size(), kNone);
    }
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        const PhraseMatch& match = phrases[i];
        starts_[match.layer][match.token] = static_cast<std::int32_t>(i);
        ends_[match.layer][match.token + match.tokens - 1U] = static_cast<std::int32_t>(i);
    }
}

const PhraseMatch* View::ending_at(Layer layer, std::uint32_t i) const {
    const std::int32_t index = ends_[static_cast<std::size_t>(layer)][i];
    return index == kNone ? nullptr : &phrases_[static_cast<std::size_t>(index)];
}

bool View::fits(std::uint32_t token, const Entry& entry) const {
    return spelling_fits(text_, tokens_, token, entry);
}

bool View::same_letters(std::uint32_t i, std::string_view lower) const {
    const std::string_view here = word(i);
    for (std::size_t k = 0; k < here.size(); ++k) {
        const char c = here[k];
        if (static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower[k]) return false;
    }
    return true;
}

bool View::upper_beyond_ascii(std::uint32_t i) const {
    text::CodePoint first = text::code_point_at(text_, tokens_[i].begin);
    for (std::uint32_t at = tokens_[i].begin + first.size;
         at < tokens_[i].end && text::is_ignorable(first.value); at += first.size)
        first = text::code_point_at(text_, at);
    return text::is_upper(first.value);
}

bool View::all_caps(std::uint32_t i) const {
    std::size_t letters = 0;
    for (std::uint32_t at = tokens_[i].begin; at < tokens_[i].end;) {
        const text::CodePoint c = text::code_point_at(text_, at);
        if (text::is_lower(c.value)) return false;
        letters += text::is_upper(c.value) ? 1U : 0U;
        at += c.size;
    }
    return letters >= 2;
}

bool View::adjacent(std::uint32_t i) const {
    if (i == 0 || i >= tokens_.size()) return false;
    const std::string_view gap = gap_before(i);
    return gap == " " || gap == "\n" || gap == "\u00A0" || gap == "  ";
}

bool View::apostrophe_before(std::uint32_t i) const {
    const std::string_view gap = gap_before(i);
    return gap == "'" || gap == "\u2019" || gap == "\u2018" || gap == "`" || gap == "\u00B4";
}

}  // namespace ceasewire::analysis
