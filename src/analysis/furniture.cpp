#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analysis/passes.h"

namespace ceasewire::analysis {
namespace {

/// How lines begin that a page adds to its article; lower case.
constexpr std::array<std::string_view, 58> kOpenings = {
    "see also", "read also", "also read", "read more", "read next", "related:", "related stories", "related articles", "more on this story", "more from", "you may also like", "recommended stories", "don't miss",
    "leave a reply", "leave a comment", "your email address", "required fields", "save my name", "post comment", "cancel reply", "comments", "join the conversation", "share this", "share on", "click to share",
    "follow us", "subscribe", "sign up", "newsletter", "get the latest", "download our app", "advertisement", "sponsored", "copyright", "©", "all rights reserved", "this site uses", "we use cookies", "accept cookies",
    "photo:", "photo by", "photograph:", "image:", "image source", "image caption", "picture:", "file photo", "video:", "watch:", "listen:", "reporting by", "editing by", "writing by", "additional reporting by",
    "by clicking", "notify me of", "tags:", "filed under"};

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
    return !worded || text.size() == opening.size() || std::isalpha(static_cast<unsigned char>(text[opening.size()])) == 0;
}

}  // namespace

void mark_furniture(const View& view, const std::vector<Sentence>& sentences, std::vector<bool>& furniture) {
    furniture.assign(sentences.size(), false);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const Sentence& sentence = sentences[i];
        if (sentence.title) continue;
        // The rest of a paragraph that began as furniture is furniture too.
        if (i > 0 && furniture[i - 1] && sentences[i - 1].paragraph == sentence.paragraph) {
            furniture[i] = true;
            continue;
        }
        const bool starts_paragraph = i == 0 || sentences[i - 1].paragraph != sentence.paragraph || sentences[i - 1].title;
        const std::string text = lowered(slice(view.text(), sentence.span));
        const bool credit = text.substr(0, 12) == "reporting by" || text.substr(0, 10) == "editing by" || text.substr(0, 1) == "(" ;
        if (!starts_paragraph && !credit) continue;
        const auto* found = std::find_if(kOpenings.begin(), kOpenings.end(), [&](std::string_view opening) { return begins(text, opening) || (text[0] == '(' && begins(std::string_view(text).substr(1), opening)); });
        if (found == kOpenings.end()) continue;
        // A real sentence may begin with one of the shorter words ("Comments by the minister drew …"); furniture lines are short or have no full stop.
        const std::string_view whole = slice(view.text(), sentence.span);
        const bool one_word = found->find(' ') == std::string_view::npos && found->back() != ':' && *found != "\u00A9";
        if (one_word && (whole.size() > 60 || whole.back() == '.')) continue;
        furniture[i] = true;
    }
}

}  // namespace ceasewire::analysis
