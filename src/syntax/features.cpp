#include "syntax/features.h"

#include <algorithm>

namespace ceasewire::syntax {
namespace {

enum Case : std::uint8_t {
    kLower,
    kCapitalised,
    kAllCaps,
    kOneCapital,
    kMixed,
    kNumber,
    kLettersAndDigits,
    kNoLetters,
};
constexpr std::uint8_t kCaseCount = 8;

enum SentenceKind : std::uint8_t { kProse, kShouted, kTitle };

constexpr bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

struct NormalForm {
    std::array<char, 64> bytes;
    std::size_t size = 0;

    void push(char c) {
        if (size == bytes.size()) {  // keep the first half, let the second slide
            std::copy(bytes.begin() + 33, bytes.end(), bytes.begin() + 32);
            --size;
        }
        bytes[size++] = c;
    }
};

NormalForm normalise(std::string_view word) {
    NormalForm form;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto c = static_cast<unsigned char>(word[i]);
        const auto next = static_cast<unsigned char>(i + 1 < word.size() ? word[i + 1] : 0);
        if (is_upper(c)) {
            form.push(static_cast<char>(c + 32));
        } else if (is_digit(c)) {
            form.push('0');
        } else if (c == '`') {
            form.push('\'');
        } else if (c == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
            form.push(word[i]);
            form.push(static_cast<char>(next + 32));
            ++i;
        } else if (c == 0xE2 && next == 0x80 && i + 2 < word.size()) {
            switch (static_cast<unsigned char>(word[i + 2])) {
                case 0x98:
                case 0x99:
                case 0x9A:
                case 0x9B:
                    form.push('\'');
                    break;
                case 0x9C:
                case 0x9D:
                case 0x9E:
                case 0x9F:
                    form.push('"');
                    break;
                case 0x90:
                case 0x91:
                case 0x92:
                case 0x93:
                    form.push('-');
                    break;
                case 0x94:
                case 0x95:
                    form.push('-');
                    form.push('-');
                    break;
                case 0xA6:
                    form.push('.');
                    form.push('.');
                    form.push('.');
                    break;
                default:
                    form.push(word[i]);
                    form.push(word[i + 1]);
                    form.push(word[i + 2]);
            }
            i += 2;
        } else {
            form.push(word[i]);
        }
    }
    if (form.size == 2 && form.bytes[0] == '\'' && form.bytes[1] == '\'') {
        form.bytes[0] = '"';
        form.size = 1;
    }
    return form;
}

/// FNV-1a with a final mix, begun from the kind of feature so that suffix "s" is not prefix "s".
std::uint32_t hash(std::uint32_t kind, const char* bytes, std::size_t size) {
    std::uint64_t h = 0xcbf29ce484222325U ^ (kind * 0x9e3779b97f4a7c15U);
    for (std::size_t i = 0; i < size; ++i) {
        h = (h ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3U;
    }
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93U;
    const auto folded = static_cast<std::uint32_t>(h >> 32);
    return folded == 0 ? 1 : folded;
}

struct Letters {
    std::uint32_t lower = 0;
    std::uint32_t upper = 0;
    std::uint32_t digits = 0;
    bool starts_upper = false;

    [[nodiscard]] std::uint32_t all() const { return lower + upper; }
};

/// Counts letters; bytes of other scripts count as lower-case ones.
Letters count_letters(std::string_view word) {
    Letters letters;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto c = static_cast<unsigned char>(word[i]);
        if (is_upper(c)) {
            ++letters.upper;
            letters.starts_upper |= i == 0;
        } else if (is_lower(c)) {
            ++letters.lower;
        } else if (is_digit(c)) {
            ++letters.digits;
        } else if (c == 0xC3 && i + 1 < word.size()) {
            const auto next = static_cast<unsigned char>(word[++i]);
            if (next <= 0x9E) {
                ++letters.upper;
                letters.starts_upper |= i == 1;
            } else {
                ++letters.lower;
            }
        } else if (c >= 0xC4 && c <= 0xDF) {
            ++letters.lower;
        }
    }
    return letters;
}

Case case_of(const Letters& letters) {
    if (letters.all() == 0) return letters.digits > 0 ? kNumber : kNoLetters;
    if (letters.digits > 0) return kLettersAndDigits;
    if (letters.upper == 0) return kLower;
    if (letters.lower == 0) return letters.upper == 1 ? kOneCapital : kAllCaps;
    return letters.starts_upper && letters.upper == 1 ? kCapitalised : kMixed;
}

SentenceKind kind_of(std::string_view text, std::span<const Span> words) {
    std::uint32_t lower = 0;
    std::uint32_t upper = 0;
    std::uint32_t long_words = 0;
    std::uint32_t long_capitalised = 0;
    for (const Span word : words) {
        const Letters letters = count_letters(text.substr(word.begin, word.end - word.begin));
        lower += letters.lower;
        upper += letters.upper;
        if (letters.all() >= 4) {
            ++long_words;
            long_capitalised += letters.starts_upper ? 1 : 0;
        }
    }
    if (upper >= 8 && upper > 3 * lower) return kShouted;
    if (long_words >= 4 && 10 * long_capitalised >= 8 * long_words) return kTitle;
    return kProse;
}

/// After these a capital says no more than at the start of a sentence.
bool begins_anew(std::string_view before) {
    return before == "\"" || before == "“" || before == "‘" || before == "'" || before == ":" ||
           before == "*" || before == "•" || before == "(" || before == "[" || before == "``";
}

}  // namespace

std::uint32_t word_hash(std::string_view word) {
    const NormalForm form = normalise(word);
    return hash(0, form.bytes.data(), form.size);
}

void describe_words(std::string_view text, std::span<const Span> words,
                    std::vector<WordFeatures>& out) {
    out.clear();
    const SentenceKind kind = kind_of(text, words);
    bool initial = true;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = text.substr(words[i].begin, words[i].end - words[i].begin);
        WordFeatures features;

        const NormalForm form = normalise(word);
        features.word = hash(0, form.bytes.data(), form.size);
        for (std::uint32_t n = 1; n <= 4 && n <= form.size; ++n) {
            features.affixes[n - 1] = hash(n, form.bytes.data() + form.size - n, n);
        }
        for (std::uint32_t n = 1; n <= 3 && n <= form.size; ++n) {
            features.affixes[n + 3] = hash(n + 4, form.bytes.data(), n);
        }

        const Letters letters = count_letters(word);
        if (i > 0 && !initial) {
            initial =
                begins_anew(text.substr(words[i - 1].begin, words[i - 1].end - words[i - 1].begin));
        }
        features.shape = static_cast<std::uint8_t>(case_of(letters) +
                                                   kCaseCount * ((initial ? 1 : 0) + 2 * kind));
        if (letters.all() > 0 || letters.digits > 0) initial = false;

        const bool touches_left = i > 0 && words[i - 1].end == words[i].begin;
        const bool touches_right = i + 1 < words.size() && words[i].end == words[i + 1].begin;
        features.glue = static_cast<std::uint8_t>((touches_left ? 1 : 0) + (touches_right ? 2 : 0));
        out.push_back(features);
    }
}

}  // namespace ceasewire::syntax
