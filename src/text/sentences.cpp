#include "text/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/utf8.h"

namespace ceasewire::text {
namespace {

using Words = std::string_view;

bool one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Never end a sentence: something follows by nature.
constexpr std::array<Words, 53> kLeading = {
    "mr",   "mrs",  "ms",  "dr",   "prof", "gen",  "lt",  "col",  "maj",    "sgt",  "capt",
    "cmdr", "adm",  "sen", "rep",  "reps", "sens", "gov", "rev",  "hon",    "st",   "pres",
    "amb",  "brig", "fr",  "ayat", "sec",  "no",   "nos", "vs",   "approx", "fig",  "eg",
    "ie",   "cf",   "jan", "feb",  "mar",  "apr",  "jun", "jul",  "aug",    "sept", "sep",
    "oct",  "nov",  "dec", "mt",   "spc",  "pvt",  "cpl", "supt", "insp"};
/// End one only before a word that begins sentences.
constexpr std::array<Words, 10> kTrailing = {"jr",   "sr",  "inc",  "ltd",  "co",
                                             "corp", "etc", "bros", "dept", "est"};
constexpr std::array<Words, 46> kStarters = {
    "the",       "he",    "she",     "it",      "they",      "we",   "i",     "in",
    "on",        "at",    "but",     "and",     "a",         "an",   "this",  "that",
    "these",     "those", "for",     "however", "meanwhile", "his",  "her",   "their",
    "if",        "when",  "while",   "after",   "before",    "as",   "there", "according",
    "officials", "both",  "since",   "last",    "some",      "many", "no",    "not",
    "so",        "also",  "earlier", "our",     "what",      "you"};

bool is_closer(char32_t c) {
    switch (c) {
        case U'"':
        case U'\'':
        case U')':
        case U']':
        case U'”':
        case U'’':
        case U'»':
        case U'›':
            return true;
        default:
            return false;
    }
}

class Splitter {
public:
    Splitter(std::string_view text, Span field, std::span<const Token> tokens,
             std::vector<Sentence>& out)
        : text_(text), field_(field), tokens_(tokens), out_(out) {
        token_ =
            static_cast<std::size_t>(std::lower_bound(tokens.begin(), tokens.end(), field.begin,
                                                      [](const Token& token, std::uint32_t at) {
                                                          return token.begin < at;
                                                      }) -
                                     tokens.begin());
        paragraph_ = out.empty() ? 0 : out.back().paragraph + 1;
    }

    void run() {
        std::uint32_t begin = field_.begin;
        std::uint32_t line = field_.begin;  // where the current line began
        for (std::uint32_t at = field_.begin; at < field_.end;) {
            const auto byte = static_cast<unsigned char>(text_[at]);
            if (byte == '\n') {
                std::uint32_t next = at;
                unsigned newlines = 0;
                while (next < field_.end && (text_[next] == '\n' || text_[next] == '\r' ||
                                             text_[next] == ' ' || text_[next] == '\t'))
                    newlines += text_[next++] == '\n' ? 1U : 0U;
                if (newlines >= 2 || line_ends(line, at, next)) {
                    emit(begin, at);
                    begin = next;
                    ++paragraph_;
                }
                at = next;
                line = next;
                continue;
            }
            const bool ellipsis =
                byte == 0xE2 && at + 2 < field_.end && text_.substr(at, 3) == "\u2026";
            if (byte != '.' && byte != '!' && byte != '?' && !ellipsis) {
                ++at;
                continue;
            }
            const std::uint32_t stop = at;
            at = after_marks(at);
            if (ends_sentence(stop, at)) {
                emit(begin, at);
                begin = at;
            }
        }
        emit(begin, field_.end);
    }

private:
    std::uint32_t after_marks(std::uint32_t at) const {
        while (at < field_.end) {
            const CodePoint c = code_point_at(text_, at);
            if (c.value != U'.' && c.value != U'!' && c.value != U'?' && c.value != U'…' &&
                !is_closer(c.value))
                break;
            at += c.size;
        }
        return at;
    }

    /// The word that ends just before `at`, in lower case.
    std::string word_before(std::uint32_t at) const {
        std::uint32_t begin = at;
        while (begin > field_.begin &&
               std::isalnum(static_cast<unsigned char>(text_[begin - 1])) != 0)
            --begin;
        std::string word(text_.substr(begin, at - begin));
        for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return word;
    }

    std::string word_at(std::uint32_t at) const {
        while (at < field_.end) {
            const CodePoint c = code_point_at(text_, at);
            if (is_word(c.value)) break;
            at += c.size;
        }
        std::string word;
        while (at < field_.end && std::isalpha(static_cast<unsigned char>(text_[at])) != 0)
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at++])));
        return word;
    }

    bool ends_sentence(std::uint32_t stop, std::uint32_t after) const {
        if (after >= field_.end) return true;
        std::uint32_t next = after;
        while (next < field_.end &&
               (text_[next] == ' ' || text_[next] == '\t' || text_.substr(next, 2) == "\u00A0"))
            next += text_[next] == ' ' || text_[next] == '\t' ? 1U : 2U;
        if (next >= field_.end || text_[next] == '\n') return true;
        const CodePoint following = code_point_at(text_, next);
        if (next == after) {
            // No blank: a sentence ends only as in "stronghold.The", or behind a closing quote.
            const bool quoted = after - stop > 1 && is_upper(following.value);
            const bool glued = stop > field_.begin + 1 && text_[stop] == '.' && after == stop + 1 &&
                               std::islower(static_cast<unsigned char>(text_[stop - 1])) != 0 &&
                               std::isalpha(static_cast<unsigned char>(text_[stop - 2])) != 0 &&
                               is_upper(following.value) && next + 1 < field_.end &&
                               (std::islower(static_cast<unsigned char>(text_[next + 1])) != 0 ||
                                text_[next + 1] == ' ');
            return quoted || glued;
        }
        if (is_lower(following.value)) return false;
        if (text_[stop] != '.' || after - stop > 1) return true;
        const std::string word = word_before(stop);
        if (word.empty()) return true;
        if (word.size() == 1 && std::isalpha(static_cast<unsigned char>(word[0])) != 0) {
            const bool dotted = stop >= field_.begin + 2 && text_[stop - 2] == '.';  // U.S.  p.m.
            if (!dotted) return false;                                               // an initial
            return one_of(word_at(next), kStarters);
        }
        if (one_of(word, kLeading)) {
            // "no." and "mar." are words as well: at the end of a sentence a word that begins one
            // follows.
            return (word == "no" || word == "mar") && one_of(word_at(next), kStarters);
        }
        if (one_of(word, kTrailing)) return one_of(word_at(next), kStarters);
        return true;
    }

    /// Whether a single newline parts two sentences: list items and headlines, not wrapped lines.
    bool line_ends(std::uint32_t line, std::uint32_t end, std::uint32_t next) const {
        if (next >= field_.end) return true;
        std::uint32_t last = end;
        while (last > line &&
               (text_[last - 1] == ' ' || text_[last - 1] == '\r' || text_[last - 1] == '\t'))
            --last;
        if (last == line) return true;
        const CodePoint closing = code_point_before(text_, last);
        const CodePoint opening = code_point_at(text_, next);
        if (closing.value == U'.' || closing.value == U'!' || closing.value == U'?' ||
            closing.value == U':' || closing.value == U';' || is_closer(closing.value))
            return true;
        if (opening.value == U'-' || opening.value == U'•' || opening.value == U'*' ||
            opening.value == U'–' || opening.value == U'—')
            return true;
        return last - line < 60 && !is_lower(opening.value);
    }

    void emit(std::uint32_t begin, std::uint32_t end) {
        while (begin < end) {
            const bool no_break = text_.substr(begin, 2) == "\u00A0";
            if (!no_break && text_[begin] != ' ' && text_[begin] != '\n' && text_[begin] != '\t' &&
                text_[begin] != '\r')
                break;
            begin += no_break ? 2U : 1U;
        }
        while (end > begin && (text_[end - 1] == ' ' || text_[end - 1] == '\n' ||
                               text_[end - 1] == '\t' || text_[end - 1] == '\r'))
            --end;
        std::size_t last = token_;
        while (last < tokens_.size() && tokens_[last].begin < end) ++last;
        if (last > token_ && tokens_[token_].begin - begin > kSentenceGapMax)
            begin = tokens_[token_].begin;
        if (last > token_ && end - tokens_[last - 1].end > kSentenceGapMax)
            end = tokens_[last - 1].end;
        while (token_ < last) {
            const std::size_t piece = piece_end(last);
            const std::uint32_t stop = piece == last ? end : tokens_[piece - 1].end;
            out_.push_back({{begin, stop},
                            static_cast<std::uint32_t>(token_),
                            static_cast<std::uint32_t>(piece),
                            paragraph_,
                            false});
            token_ = piece;
            if (token_ == last) break;
            begin = stop;
            while (begin < tokens_[token_].begin && (text_[begin] == ' ' || text_[begin] == ',' ||
                                                     text_[begin] == ';' || text_[begin] == '\n'))
                ++begin;
            if (tokens_[token_].begin - begin > kSentenceGapMax) begin = tokens_[token_].begin;
        }
    }

    /// Where the piece that begins at token_ ends: at `last`, unless that is too far. Then it ends
    /// at the last comma or semicolon of its second half, else where it must; and always before a
    /// desert without words.
    std::size_t piece_end(std::size_t last) const {
        const std::size_t most = std::min(last, token_ + kSentenceTokensMax);
        std::size_t mark = most;
        for (std::size_t t = token_ + 1; t < most; ++t) {
            const std::uint32_t gap = tokens_[t].begin - tokens_[t - 1].end;
            if (gap > kSentenceGapMax) return t;
            const char after = text_[tokens_[t - 1].end];
            if (most < last && t - token_ > kSentenceTokensMax / 2 &&
                (after == ',' || after == ';'))
                mark = t;
        }
        return mark;
    }

    std::string_view text_;
    Span field_;
    std::span<const Token> tokens_;
    std::vector<Sentence>& out_;
    std::size_t token_ = 0;
    std::uint32_t paragraph_ = 0;
};

}  // namespace

void split_sentences(std::string_view text, Span field, std::span<const Token> tokens,
                     std::vector<Sentence>& out) {
    Splitter(text, field, tokens, out).run();
}

}  // namespace ceasewire::text
