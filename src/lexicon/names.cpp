#include "lexicon/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/span.h"
#include "text/utf8.h"

namespace ceasewire {

bool family_name_first(std::string_view name, std::span<const text::Token> tokens,
                       std::string_view country) {
    const bool east = country == "PRK" || country == "KOR" || country == "CHN" ||
                      country == "TWN" || country == "VNM" || country == "KHM" || country == "HKG";
    if (east) return tokens[0].end - tokens[0].begin >= 2;
    if (!country.empty() || tokens.size() != 3) return false;
    const std::string_view joint = name.substr(tokens[1].end, tokens[2].begin - tokens[1].end);
    const char last = name[tokens[2].begin];
    return joint == "-" && last >= 'a' && last <= 'z';
}

namespace {

constexpr std::size_t kConsonantsMin = 3;

/// The words of a name that tell people apart, folded: without articles, "Abdul" as "Abd".
std::vector<std::string> telling_words(std::string_view name) {
    static constexpr std::array<std::string_view, 10> kArticles = {
        "al", "el", "ul", "ur", "as", "ad", "bin", "ben", "ibn", "ould"};
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::string word;
        text::append_folded(slice(name, tokens[i].span()), word);
        const bool apostrophe = i > 0 && tokens[i].begin > tokens[i - 1].end &&
                                tokens[i].begin - tokens[i - 1].end <= 3 &&
                                name.find_first_of(" -", tokens[i - 1].end) >= tokens[i].begin;
        if (apostrophe && !words.empty()) {
            words.back() += word;  // "Fu'ad"
            continue;
        }
        if (std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end()) continue;
        if (word.size() >= 5 && word.starts_with("abd") && word[4] == 'l') word.erase(3, 2);
        if (!words.empty() && word.size() >= 6 && word.starts_with("al") &&
            word.find_first_of("aeiouy", 2) != 2)
            word.erase(0, 2);  // "Albusaidi"
        words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

std::string bare_letters(std::string_view name) {
    std::string out;
    for (const std::string& word : telling_words(name)) out += word;
    return out;
}

bool begin_alike(std::string_view name, std::string_view other) {
    const std::vector<std::string> left = telling_words(name);
    const std::vector<std::string> right = telling_words(other);
    if (left.empty() || right.empty()) return false;
    const auto sort = [](const std::string& word) {
        const char c = word.front();
        if (c == 'q' || c == 'c') return 'k';
        if (c == 'y' || c == 'j') return 'i';
        if (c == 'w') return 'v';
        if (c == 'e') return 'a';
        if (c == 'u') return 'o';
        return c;
    };
    if (sort(left.front()) != sort(right.front())) return false;
    // "Abd al-Salam" has one word more than "Abdulsalam".
    return left.size() != right.size() || sort(left.back()) == sort(right.back());
}

std::uint64_t name_skeleton(std::string_view name) {
    const std::vector<std::string> words = telling_words(name);
    if (words.size() < 2) return 0;
    std::string key;
    for (const std::string& word : words) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            const char c = word[i];
            const char next = i + 1 < word.size() ? word[i + 1] : ' ';
            char sort = c;
            if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h' ||
                (c == 'w' && i > 0 && next != ' '))
                continue;  // vowels, and what comes and goes with them
            if (c == 'q' || (c == 'c' && next != 'h' && next != 'e' && next != 'i')) sort = 'k';
            if (c == 'c' && (next == 'h' || next == 'e' || next == 'i')) sort = 's';
            if (c == 'z') sort = 's';
            if (c == 'v' || c == 'w' || (c == 'p' && next == 'h')) sort = 'f';
            if (c == 'j' && i > 0) continue;                                       // "Andrij"
            if (sort == 's' && !key.empty() && key.back() == 't') key.pop_back();  // "tsch"
            if (key.empty() || key.back() != sort) key += sort;
        }
    }
    return key.size() < kConsonantsMin ? 0 : text::hash_folded(key);
}

}  // namespace ceasewire
