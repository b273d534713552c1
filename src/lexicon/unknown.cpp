#include "lexicon/unknown.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "lexicon/data.h"
#include "lexicon/find.h"
#include "text/utf8.h"

namespace ceasewire {
namespace {

constexpr std::size_t kWordsMax = 6;       // longer runs are headlines
constexpr std::size_t kExampleBytes = 60;  // on either side
constexpr std::size_t kExamples = 2;

/// Words that begin sentences, and the calendar's, which have capitals without being names.
constexpr std::array<std::string_view, 95> kCommon = {
    "a",        "about",  "after",     "all",      "also",     "although",  "an",       "and",
    "any",      "as",     "at",        "before",   "both",     "but",       "by",       "during",
    "each",     "for",    "from",      "he",       "her",      "here",      "his",      "how",
    "however",  "i",      "if",        "in",       "it",       "its",       "many",     "meanwhile",
    "more",     "most",   "my",        "no",       "not",      "now",       "of",       "on",
    "one",      "or",     "other",     "our",      "over",     "since",     "she",      "so",
    "some",     "such",   "that",      "the",      "their",    "then",      "there",    "these",
    "they",     "this",   "those",     "to",       "two",      "under",     "until",    "we",
    "what",     "when",   "where",     "which",    "while",    "who",       "why",      "with",
    "yes",      "you",    "your",      "monday",   "tuesday",  "wednesday", "thursday", "friday",
    "saturday", "sunday", "january",   "february", "march",    "april",     "may",      "june",
    "july",     "august", "september", "october",  "november", "december",  "mr"};

bool is_common(std::string_view word) {
    std::string folded;
    text::append_folded(word, folded);
    return std::find(kCommon.begin(), kCommon.end(), folded) != kCommon.end();
}

/// Lower-case words that stand inside names.
bool joins(std::string_view word) {
    constexpr std::array<std::string_view, 12> kJoins = {"al",  "el", "bin", "ibn", "de",  "del",
                                                         "der", "of", "van", "von", "ben", "da"};
    return std::find(kJoins.begin(), kJoins.end(), word) != kJoins.end();
}

bool is_capital(std::string_view word) {
    return text::is_upper(text::code_point_at(word, 0).value);
}

/// The words around `span` on one line, with the article's id.
std::string example_of(std::string_view text, std::size_t first, Span span,
                       std::string_view article) {
    std::size_t begin =
        std::max(first, span.begin - std::min<std::size_t>(span.begin, kExampleBytes));
    std::size_t end = std::min<std::size_t>(text.size(), span.end + kExampleBytes);
    const auto inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (inside(begin)) ++begin;
    while (inside(end)) --end;
    std::string out;
    for (const char c : text.substr(begin, end - begin))
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    out += " [";
    for (const char c : article) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return out + "]";
}

}  // namespace

void UnknownNames::add(const Document& document, std::string_view article) {
    const std::string_view text = document.text();
    const auto& tokens = document.tokens();
    matches_.clear();
    find_phrases(text, tokens, lexicon_, matches_);
    std::vector<bool> known(tokens.size(), false);
    std::unordered_set<std::uint64_t> surnames;  // of names of the lexicon in this article
    for (const PhraseMatch& match : matches_) {
        const auto layer = static_cast<Layer>(match.layer);
        if (layer == Layer::cues || layer == Layer::terms) continue;
        for (std::uint32_t i = 0; i < match.tokens; ++i) known[match.token + i] = true;
        if (layer == Layer::names) surnames.insert(tokens[match.token + match.tokens - 1].hash);
    }
    sentences_.clear();
    text::split_sentences(text, document.body(), tokens, sentences_);
    std::unordered_map<std::string, std::string> full;  // by last word, of this article
    std::unordered_set<std::string> counted;
    for (const Sentence& sentence : sentences_) {
        for (std::uint32_t i = sentence.token_begin; i < sentence.token_end;) {
            const auto is_name = [&](std::uint32_t at) {
                return !known[at] && is_capital(document.word(at)) && !is_common(document.word(at));
            };
            if (!is_name(i)) {
                ++i;
                continue;
            }
            const std::uint32_t begin = i;
            std::uint32_t end = i + 1;
            const auto adjoins = [&](std::uint32_t at) {
                return at < sentence.token_end && tokens[at].begin - tokens[at - 1].end == 1 &&
                       std::string_view(" -'").find(text[tokens[at - 1].end]) !=
                           std::string_view::npos;
            };
            while (adjoins(end)) {
                if (is_name(end)) {
                    ++end;
                } else if (joins(document.word(end)) && adjoins(end + 1) && is_name(end + 1)) {
                    end += 2;
                } else {
                    break;
                }
            }
            i = end;
            if (end - begin > kWordsMax || surnames.contains(tokens[end - 1].hash)) continue;
            const Span span{tokens[begin].begin, tokens[end - 1].end};
            if (span.size() < 3) continue;
            std::string name(document[span]);
            const std::string last(document.word(end - 1));
            const bool single = end - begin == 1;
            if (single) {
                if (const auto longer = full.find(last); longer != full.end())
                    name = longer->second;
            } else {
                full.try_emplace(last, name);
            }
            Seen& seen = names_[name];
            (single && begin == sentence.token_begin ? seen.first : seen.within) += 1;
            if (counted.insert(name).second) {
                ++seen.articles;
                if (seen.examples.size() < kExamples)
                    seen.examples.push_back(example_of(text.substr(0, document.body().end),
                                                       document.body().begin, span, article));
            }
        }
    }
    if (names_.size() > kNamesMax)
        std::erase_if(names_,
                      [](const auto& each) { return each.second.within + each.second.first <= 1; });
}

std::vector<UnknownNames::Name> UnknownNames::result(std::uint64_t least) const {
    std::vector<Name> out;
    for (const auto& [name, seen] : names_) {
        const std::uint64_t count = seen.within == 0 ? 0 : seen.within + seen.first;
        if (count >= std::max<std::uint64_t>(least, 1))
            out.push_back({name, count, seen.articles, seen.examples});
    }
    std::sort(out.begin(), out.end(), [](const Name& a, const Name& b) {
        return a.count != b.count ? a.count > b.count : a.name < b.name;
    });
    return out;
}

}  // namespace ceasewire
