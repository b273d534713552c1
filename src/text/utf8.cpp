#include "text/utf8.h"

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <vector>

#include <utf8proc.h>

namespace ceasewire::text {
namespace {

constexpr char32_t kTableEnd = 0x3000;  // Latin, Greek, Cyrillic, Hebrew, Arabic, … and general
                                        // punctuation; beyond it utf8proc is asked

struct Tables {
    std::array<std::uint8_t, kTableEnd> flags{};  // bit 0 word, 1 ignorable, 2 upper, 3 lower
    std::vector<std::string> folded;              // indexed by code point below kTableEnd
};

enum : std::uint8_t { kWord = 1, kIgnorable = 2, kUpper = 4, kLower = 8 };

std::uint8_t classify(char32_t code_point) {
    const auto value = static_cast<utf8proc_int32_t>(code_point);
    switch (utf8proc_category(value)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LT:
            return kWord | kUpper;
        case UTF8PROC_CATEGORY_LL:
            return kWord | kLower;
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
            return kWord;
        case UTF8PROC_CATEGORY_LM:
            // ʻ ʼ ʽ ʾ ʿ ˈ and the like stand for apostrophes in transliterations.
            return code_point >= 0x2B9 && code_point <= 0x2C8 ? 0 : kWord;
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
            return kWord | kIgnorable;
        case UTF8PROC_CATEGORY_CF:
            return kWord | kIgnorable;
        default:
            return 0;
    }
}

std::string_view latin_spelling(char32_t code_point) {
    switch (code_point) {
        case 0xD8:
        case 0xF8:
            return "o";
        case 0x141:
        case 0x142:
            return "l";
        case 0x110:
        case 0x111:
        case 0xD0:
        case 0xF0:
            return "d";
        case 0x131:
        case 0x130:
            return "i";
        case 0xDF:
        case 0x1E9E:
            return "ss";
        case 0xC6:
        case 0xE6:
            return "ae";
        case 0x152:
        case 0x153:
            return "oe";
        case 0xDE:
        case 0xFE:
            return "th";
        case 0x126:
        case 0x127:
            return "h";
        case 0x18F:
        case 0x259:
            return "a";
        default:
            return {};
    }
}

void append_utf8(char32_t code_point, std::string& out) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
    for (int i = 0; i < size; ++i) out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
}

void fold_slowly(char32_t code_point, std::string& out) {
    if (const auto spelling = latin_spelling(code_point); !spelling.empty()) {
        out += spelling;
        return;
    }
    std::array<utf8proc_int32_t, 32> parts{};
    int last_class = 0;
    const auto options =  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): flags
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    const auto count =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code_point), parts.data(),
                                static_cast<utf8proc_ssize_t>(parts.size()), options, &last_class);
    for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(parts.size());
         ++i) {
        const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
        if ((classify(part) & kIgnorable) != 0) continue;
        if (const auto spelling = latin_spelling(part); !spelling.empty()) {
            out += spelling;
        } else {
            append_utf8(part, out);
        }
    }
}

const Tables& tables() {
    static const std::unique_ptr<const Tables> kTables = [] {
        auto made = std::make_unique<Tables>();
        made->folded.resize(kTableEnd);
        for (char32_t c = 0; c < kTableEnd; ++c) {
            const std::uint8_t flags = classify(c);
            made->flags[c] = flags;
            if ((flags & kWord) != 0 && (flags & kIgnorable) == 0) fold_slowly(c, made->folded[c]);
        }
        return std::unique_ptr<const Tables>(std::move(made));
    }();
    return *kTables;
}

std::uint8_t flags_of(char32_t code_point) {
    return code_point < kTableEnd ? tables().flags[code_point] : classify(code_point);
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t left = text.size() - at;
    if (lead >= 0xF0 && left >= 4)
        return {static_cast<char32_t>(((lead & 7U) << 18U) | ((byte(1) & 63U) << 12U) |
                                      ((byte(2) & 63U) << 6U) | (byte(3) & 63U)),
                4};
    if (lead >= 0xE0 && left >= 3)
        return {static_cast<char32_t>(((lead & 15U) << 12U) | ((byte(1) & 63U) << 6U) |
                                      (byte(2) & 63U)),
                3};
    if (lead >= 0xC0 && left >= 2)
        return {static_cast<char32_t>(((lead & 31U) << 6U) | (byte(1) & 63U)), 2};
    return {0xFFFD, 1};
}

CodePoint code_point_before(std::string_view text, std::size_t at) {
    std::size_t start = at - 1;
    while (start > 0 && at - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80)
        --start;
    return code_point_at(text, start);
}

std::size_t count_code_points(std::string_view text) {
    std::size_t continuation = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        continuation += static_cast<std::size_t>(
            std::popcount((word >> 7U) & (~word >> 6U) & 0x0101010101010101ULL));
    }
    for (; i < text.size(); ++i)
        continuation += (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80 ? 1U : 0U;
    return text.size() - continuation;
}

bool is_word(char32_t code_point) { return (flags_of(code_point) & kWord) != 0; }
bool is_ignorable(char32_t code_point) { return (flags_of(code_point) & kIgnorable) != 0; }
bool is_upper(char32_t code_point) { return (flags_of(code_point) & kUpper) != 0; }
bool is_lower(char32_t code_point) { return (flags_of(code_point) & kLower) != 0; }

void append_folded(std::string_view word, std::string& out) {
    for (std::size_t at = 0; at < word.size();) {
        const auto byte = static_cast<unsigned char>(word[at]);
        if (byte < 0x80) {
            out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte | 0x20U : byte);
            ++at;
            continue;
        }
        const CodePoint c = code_point_at(word, at);
        at += c.size;
        if (c.value < kTableEnd) {
            out += tables().folded[c.value];
        } else if (!is_ignorable(c.value)) {
            fold_slowly(c.value, out);
        }
    }
}

}  // namespace ceasewire::text
