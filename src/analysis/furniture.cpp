#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analysis/passes.h"
#include "analysis/word_set.h"

namespace ceasewire::analysis {
namespace {

/// How lines begin that a page adds to its article; lower case.
constexpr std::array<std::string_view, 77> kOpenings = {"see also",
                                                        "read also",
                                                        "also read",
                                                        "read more",
                                                        "read next",
                                                        "related:",
                                                        "related stories",
                                                        "related articles",
                                                        "more on this story",
                                                        "more from",
                                                        "you may also like",
                                                        "recommended stories",
                                                        "don't miss",
                                                        "leave a reply",
                                                        "leave a comment",
                                                        "your email address",
                                                        "required fields",
                                                        "save my name",
                                                        "post comment",
                                                        "cancel reply",
                                                        "comments",
                                                        "join the conversation",
                                                        "share this",
                                                        "share on",
                                                        "click to share",
                                                        "follow us",
                                                        "subscribe",
                                                        "sign up",
                                                        "newsletter",
                                                        "get the latest",
                                                        "download our app",
                                                        "advertisement",
                                                        "sponsored",
                                                        "copyright",
                                                        "©",
                                                        "all rights reserved",
                                                        "this site uses",
                                                        "we use cookies",
                                                        "accept cookies",
                                                        "photo:",
                                                        "photo by",
                                                        "photograph:",
                                                        "image:",
                                                        "image source",
                                                        "image caption",
                                                        "picture:",
                                                        "file photo",
                                                        "video:",
                                                        "watch:",
                                                        "listen:",
                                                        "reporting by",
                                                        "editing by",
                                                        "writing by",
                                                        "additional reporting by",
                                                        "by clicking",
                                                        "notify me of",
                                                        "tags:",
                                                        "filed under",
                                                        "click here",
                                                        "enlarge this image",
                                                        "toggle caption",
                                                        "more:",
                                                        "read the full",
                                                        "send tips to",
                                                        "follow him on",
                                                        "follow her on",
                                                        "follow them on",
                                                        "hide caption",
                                                        "story continues",
                                                        "article continues",
                                                        "contributing:",
                                                        "continue reading",
                                                        "related article",
                                                        "copyright \u00A9",
                                                        "copyright (c)",
                                                        "just watched",
                                                        "must watch"};

/// Bylines stand in the first and last lines of an article that has more than these.
constexpr std::size_t kLeadingLines = 4;

/// What a line of credits says somewhere, whoever begins it; lower case.
constexpr std::array<std::string_view, 15> kCredits = {
    "contributed to this",     "contributed reporting",  "contributed from",
    "click here to",           "send tips to",           "reporting contributed by",
    "get the latest updates",  "follow us on",           "promotional communications",
    "additional reporting by", "content created by",     "updates and promotions from",
    "opt-out at any time",     "protected by recaptcha", "updates and special offers"};

constexpr std::size_t kCreditReach = 64;  ///< bytes in which a credit stands, however it is spaced

/// "X is a reporter at …": what ends the subject, and what somebody is who writes.
constexpr std::array<std::string_view, 12> kWriters = {
    "reporter",    "correspondent", "columnist",  "writer",   "editor",    "author",
    "contributor", "fellow",        "journalist", "producer", "professor", "blogger"};

std::string lowered(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < 64; ++i) {
        const char c = text[i];
        if ((c == ' ' || c == '\t') && !out.empty() && out.back() == ' ') continue;
        out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return out;
}

bool begins(std::string_view text, std::string_view opening) {
    if (text.substr(0, opening.size()) != opening) return false;
    const bool worded = std::isalpha(static_cast<unsigned char>(opening.back())) != 0;
    return !worded || text.size() == opening.size() ||
           std::isalpha(static_cast<unsigned char>(text[opening.size()])) == 0;
}

std::string_view first_word(std::string_view words) { return words.substr(0, words.find(' ')); }

bool holds_credit(const View& view, const Sentence& sentence) {
    static const WordSet kFirst = [] {
        std::vector<std::string_view> words;
        for (const std::string_view credit : kCredits) {
            if (std::find(words.begin(), words.end(), first_word(credit)) == words.end())
                words.push_back(first_word(credit));
        }
        return WordSet(words);
    }();
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        if (!kFirst.has(view, t)) continue;
        const std::string_view rest =
            slice(view.text(), {view.token(t).begin, sentence.span.end}).substr(0, kCreditReach);
        for (const std::string_view credit : kCredits) {
            if (view.is(t, first_word(credit)) && begins(lowered(rest), credit)) return true;
        }
    }
    return false;
}

/// "Lena Brandt is a reporter at the Harbour Times.": a page presents its writer, in the last
/// lines.
bool presents_writer(const View& view, const Sentence& sentence) {
    std::uint32_t t = sentence.token_begin;
    while (t < sentence.token_end && t < sentence.token_begin + 4 && view.upper(t)) ++t;
    if (t == sentence.token_begin || t + 2 >= sentence.token_end || !view.is(t, "is") ||
        !view.is_any(t + 1, "a", "an", "the"))
        return false;
    for (std::uint32_t k = t + 2; k < std::min(t + 9, sentence.token_end); ++k) {
        for (const std::string_view writer : kWriters) {
            if (view.is(k, writer))
                return k + 1 < sentence.token_end &&
                       view.is_any(k + 1, "at", "for", "with", "who", "based", "covering", "on",
                                   "and", "of");
        }
    }
    return false;
}

/// A paragraph that is nothing but a name or two: a byline, an agency, a picture's credit.
bool bare_names(const View& view, const Sentence& sentence) {
    const std::uint32_t size = sentence.token_end - sentence.token_begin;
    if (size > 8) return false;
    const char last = view.text()[sentence.span.end - 1];
    if (last == '.' || last == '?' || last == '!' || last == ':') return false;
    for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
        if (!view.upper(t) && !view.is_any(t, "and", "by", "for", "al", "de", "van", "in"))
            return false;
    }
    return true;
}

}  // namespace

void mark_furniture(const View& view, const std::vector<Sentence>& sentences,
                    std::vector<bool>& furniture) {
    furniture.assign(sentences.size(), false);
    bool whole_paragraph = false;  // it began as furniture
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const Sentence& sentence = sentences[i];
        if (sentence.title) continue;
        // The rest of a paragraph that began as furniture is furniture too.
        if (i > 0 && whole_paragraph && sentences[i - 1].paragraph == sentence.paragraph) {
            furniture[i] = true;
            continue;
        }
        whole_paragraph = false;
        const bool starts_paragraph =
            i == 0 || sentences[i - 1].paragraph != sentence.paragraph || sentences[i - 1].title;
        const std::string_view whole = slice(view.text(), sentence.span);
        if (holds_credit(view, sentence)) {
            furniture[i] = true;
            continue;
        }
        if (starts_paragraph) {
            const bool ends_paragraph =
                i + 1 == sentences.size() || sentences[i + 1].paragraph != sentence.paragraph;
            // "Read more:" announces the line below it.
            if (i > 0 && furniture[i - 1] && view.text()[sentences[i - 1].span.end - 1] == ':' &&
                whole.back() != '.') {
                furniture[i] = true;
                continue;
            }
            if (ends_paragraph && (i < kLeadingLines || i + kLeadingLines >= sentences.size()) &&
                sentences.size() > 2 * kLeadingLines && bare_names(view, sentence)) {
                furniture[i] = true;
                continue;
            }
            if (i * 10 > sentences.size() * 6 && presents_writer(view, sentence)) {
                furniture[i] = true;
                continue;
            }
        }
        const std::string_view line = slice(view.text(), sentence.span);
        const std::string opening = lowered(line.substr(0, 12));
        const bool credit = opening == "reporting by" || opening.starts_with("editing by") ||
                            opening.starts_with('(');
        if (!starts_paragraph && !credit) continue;
        constexpr std::size_t kEnough = 100;  // longer than any opening and the word behind it
        const std::string text = lowered(line.substr(0, kEnough));
        const auto* found =
            std::find_if(kOpenings.begin(), kOpenings.end(), [&](std::string_view known) {
                return begins(text, known) ||
                       (text[0] == '(' && begins(std::string_view(text).substr(1), known));
            });
        if (found == kOpenings.end()) continue;
        // A real sentence may begin with one of the shorter words ("Comments by the minister drew
        // …"); furniture lines are short or have no full stop.
        const bool one_word = found->find(' ') == std::string_view::npos && found->back() != ':' &&
                              *found != "\u00A9";
        if (one_word && (whole.size() > 60 || whole.back() == '.')) continue;
        furniture[i] = true;
        whole_paragraph = starts_paragraph;
    }
}

}  // namespace ceasewire::analysis
