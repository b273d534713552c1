#include "lexicon/find.h"

#include "text/utf8.h"

namespace ceasewire {
namespace {

/// Compares letters, passing over whatever separates the words ("U.S." has the spelling of "US",
/// "al-Qaeda" of "al Qaeda").
bool same_letters(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t k = 0;
    const auto skip = [](std::string_view text, std::size_t& at) {
        while (at < text.size()) {
            const text::CodePoint c = text::code_point_at(text, at);
            if (text::is_word(c.value)) return;
            at += c.size;
        }
    };
    while (true) {
        skip(a, i);
        skip(b, k);
        if (i >= a.size() || k >= b.size()) return i >= a.size() && k >= b.size();
        if (a[i] != b[k]) return false;
        ++i;
        ++k;
    }
}

}  // namespace

bool spelling_fits(std::string_view text, std::span<const text::Token> tokens, std::uint32_t token,
                   const Entry& entry) {
    if ((entry.flags & kPlus) != 0) {
        const std::uint32_t end = tokens[token].end;
        if (end >= text.size() || text[end] != '+') return false;
    }
    if ((entry.flags & kCapital) != 0) {
        const text::Token& word = tokens[token + entry.capital];
        text::CodePoint first = text::code_point_at(text, word.begin);
        // A zero-width space or byte order mark may stand in front.
        for (std::uint32_t at = word.begin + first.size;
             at < word.end && text::is_ignorable(first.value); at += first.size)
            first = text::code_point_at(text, at);
        if (!text::is_upper(first.value)) return false;
    }
    if ((entry.flags & kCased) != 0) {
        std::size_t letters = 0;
        for (const char c : entry.spelling)
            letters += static_cast<unsigned char>(c) >= 0x80 ||
                               std::isalnum(static_cast<unsigned char>(c)) != 0
                           ? 1U
                           : 0U;
        std::uint32_t end = tokens[token].end;
        std::size_t seen = end - tokens[token].begin;
        for (std::uint32_t i = token + 1; i < tokens.size() && seen < letters; ++i) {
            // "RHC). A U.S. official" holds no "AU": letters of an acronym stand together, or each
            // with its stop.
            if (tokens[i].begin - end == 1 && text[end] == ' ' &&
                entry.spelling.find(' ') == std::string::npos)
                return false;
            end = tokens[i].end;
            seen += tokens[i].end - tokens[i].begin;
        }
        return same_letters(entry.spelling,
                            text.substr(tokens[token].begin, end - tokens[token].begin));
    }
    return true;
}

bool tells_topic(const LexiconData& data, const Entry& entry) {
    return entry.meaning == Meaning::term ||
           (entry.meaning == Meaning::cue && data.cues[entry.index].kind == CueKind::conflict);
}

bool names_actor(const Entry& entry) {
    return entry.meaning == Meaning::actor && (entry.flags & (kWeak | kSurname)) == 0;
}

namespace {

/// Whether a phrase that stands at a token has an entry in a layer whose spelling fits.
class SpellingCheck {
public:
    SpellingCheck(std::string_view text, std::span<const text::Token> tokens,
                  const LexiconData& data)
        : text_(text), tokens_(tokens), data_(data) {}
    bool operator()(PhraseId phrase, std::uint32_t token, std::uint8_t layer) const {
        if ((data_.phrase_free[phrase] >> layer & 1U) != 0) return true;
        const LexiconData::Range range = data_.phrase_entries[phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Entry& entry = data_.entries[i];
            if (static_cast<std::uint8_t>(layer_of(entry.meaning)) == layer &&
                spelling_fits(text_, tokens_, token, entry))
                return true;
        }
        return false;
    }

private:
    std::string_view text_;
    std::span<const text::Token> tokens_;
    const LexiconData& data_;
};

}  // namespace

void find_phrases(std::string_view text, std::span<const text::Token> tokens,
                  const Lexicon& lexicon, std::vector<PhraseMatch>& out) {
    const LexiconData& data = lexicon.data();
    data.phrases.find(text, tokens, SpellingCheck(text, tokens, data), out);
}

bool any_telling_phrase(std::string_view text, std::span<const text::Token> tokens,
                        const Lexicon& lexicon) {
    const LexiconData& data = lexicon.data();
    return data.phrases.any_telling(text, tokens, SpellingCheck(text, tokens, data));
}

}  // namespace ceasewire
