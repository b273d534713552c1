#include "article/html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <gumbo.h>

namespace ceasewire {
namespace {

/// Our own scanner and no tree: text is all that is wanted, a page's sender chooses how deep and
/// how crossed its tags are, and the tree builder of gumbo answers 70 KB of `<b a=1><b
/// a=2>…</p><p>x` with gigabytes and frees deep trees by recursion. Gumbo stays for its table of
/// named entities.
bool one_of(std::string_view name, std::span<const std::string_view> list) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr std::array<std::string_view, 33> kBlocks = {
    "p",    "div",     "h1",         "h2",      "h3",      "h4",      "h5",
    "h6",   "li",      "ul",         "ol",      "section", "article", "table",
    "tr",   "figure",  "figcaption", "header",  "footer",  "aside",   "pre",
    "hr",   "dl",      "dt",         "dd",      "nav",     "main",    "address",
    "form", "caption", "blockquote", "details", "summary"};
/// What stands inside is no HTML; it ends at its end tag and nowhere else.
constexpr std::array<std::string_view, 6> kRaw = {"script", "style",    "title",
                                                  "iframe", "noframes", "noembed"};
constexpr std::array<std::string_view, 2> kHidden = {"noscript", "template"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c); }

void append_code_point(std::uint32_t c, std::string& out) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += {static_cast<char>(0xC0U | c >> 6U), static_cast<char>(0x80U | (c & 63U))};
    } else if (c < 0x10000) {
        out += {static_cast<char>(0xE0U | c >> 12U), static_cast<char>(0x80U | (c >> 6U & 63U)),
                static_cast<char>(0x80U | (c & 63U))};
    } else {
        out += {static_cast<char>(0xF0U | c >> 18U), static_cast<char>(0x80U | (c >> 12U & 63U)),
                static_cast<char>(0x80U | (c >> 6U & 63U)), static_cast<char>(0x80U | (c & 63U))};
    }
}

class Extractor {
public:
    Extractor(std::string_view html, std::string& out)
        : html_(html), out_(out), begin_(out.size()) {}

    void run() {
        while (at_ < html_.size()) {
            const char c = html_[at_];
            if (c == '<' && markup()) continue;
            if (c == '&' && entity()) continue;
            put(c);
            ++at_;
        }
        trim();
    }

private:
    void put(char c) {
        if (hidden_ > 0) return;
        if (!is_blank(c)) {
            out_ += c;
        } else if (out_.size() > begin_ && out_.back() != ' ' && out_.back() != '\n') {
            out_ += ' ';
        }
    }
    void trim() {
        while (out_.size() > begin_ && (out_.back() == ' ' || out_.back() == '\n')) out_.pop_back();
    }
    void end_block() {
        if (hidden_ > 0) return;
        trim();
        if (out_.size() > begin_) out_ += "\n\n";
    }
    void end_line() {
        if (hidden_ > 0) return;
        while (out_.size() > begin_ && out_.back() == ' ') out_.pop_back();
        if (out_.size() > begin_) out_ += '\n';
    }

    /// Moves behind the next `end`, or to the end of the text.
    void skip_behind(std::string_view end) {
        const std::size_t found = html_.find(end, at_);
        at_ = found == std::string_view::npos ? html_.size() : found + end.size();
    }

    /// Reads what begins with '<'. False when it is only a character.
    bool markup() {
        const std::string_view rest = html_.substr(at_);
        if (rest.substr(0, 4) == "<!--") {
            at_ += 4;
            // `<!-->` is a whole comment.
            if (rest.substr(4, 1) == ">") {
                ++at_;
            } else {
                skip_behind("-->");
            }
            return true;
        }
        const bool closing = rest.substr(0, 2) == "</";
        const std::size_t name_at = closing ? 2 : 1;
        if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '?' ||
                                (closing && rest.size() > 2 && !is_letter(rest[2])))) {
            skip_behind(">");
            return true;
        }
        if (rest.size() <= name_at || !is_letter(rest[name_at])) return false;
        at_ += name_at;
        const std::string name = tag_name();
        const bool empty = skip_attributes();
        if (one_of(name, kHidden)) {
            if (closing) {
                hidden_ -= hidden_ > 0 ? 1 : 0;
            } else if (!empty) {
                ++hidden_;
            }
        } else if (one_of(name, kRaw)) {
            if (!closing && !empty) skip_raw(name);
        } else if (name == "br") {
            end_line();
        } else if (name == "td" || name == "th") {
            put(' ');
        } else if (one_of(name, kBlocks)) {
            end_block();
        }
        return true;
    }

    std::string tag_name() {
        std::string name;
        for (;
             at_ < html_.size() && !is_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>';
             ++at_) {
            if (name.size() < 16) name += lower(html_[at_]);
        }
        return name;
    }

    /// Moves behind the '>' of a tag; whether it is `/>`. A '>' in a quoted value ends nothing.
    bool skip_attributes() {
        while (at_ < html_.size()) {
            const char c = html_[at_++];
            if (c == '>') return html_[at_ - 2] == '/';
            if (c != '=') continue;
            while (at_ < html_.size() && is_blank(html_[at_])) ++at_;
            if (at_ < html_.size() && (html_[at_] == '"' || html_[at_] == '\'')) {
                const char quote = html_[at_++];
                skip_behind({&quote, 1});
            }
        }
        return false;
    }

    /// Moves behind the end tag of `name`.
    void skip_raw(std::string_view name) {
        while (true) {
            skip_behind("</");
            if (at_ >= html_.size()) return;
            const std::string_view rest = html_.substr(at_);
            const bool same = rest.size() > name.size() &&
                              std::equal(name.begin(), name.end(), rest.begin(),
                                         [](char a, char b) { return a == lower(b); });
            if (same && (is_blank(rest[name.size()]) || rest[name.size()] == '/' ||
                         rest[name.size()] == '>')) {
                skip_behind(">");
                return;
            }
        }
    }

    /// Decodes what begins with '&'. False when it is only a character.
    bool entity() {
        const std::string_view rest = html_.substr(at_);
        return rest.size() > 1 && rest[1] == '#' ? numeric(rest) : named(rest);
    }

    bool numeric(std::string_view rest) {
        const bool hexadecimal = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
        const std::size_t digits = hexadecimal ? 3 : 2;
        std::size_t end = digits;
        std::uint32_t value = 0;
        for (; end < rest.size(); ++end) {
            const char c = lower(rest[end]);
            const bool letter = hexadecimal && c >= 'a' && c <= 'f';
            if (!is_digit(c) && !letter) break;
            const auto digit = static_cast<std::uint32_t>(letter ? c - 'a' + 10 : c - '0');
            value = std::min(value * (hexadecimal ? 16U : 10U) + digit, 0x110000U);
        }
        if (end == digits) return false;
        if (end < rest.size() && rest[end] == ';') ++end;
        at_ += end;
        // As browsers do: numbers of Windows' code page where Unicode has control characters.
        constexpr std::array<char16_t, 32> kWindows = {
            0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
            0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
            0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
        if (value >= 0x80 && value <= 0x9F) value = kWindows[value - 0x80];
        if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
        std::string character;
        append_code_point(value, character);
        for (const char c : character) put(c);
        return true;
    }

    bool named(std::string_view rest) {
        constexpr std::size_t kNameMax = 40;  // the longest has 31 letters
        std::size_t end = 1;
        while (end < rest.size() && end < kNameMax && (is_letter(rest[end]) || is_digit(rest[end])))
            ++end;
        if (end == 1) return false;
        if (end < rest.size() && rest[end] == ';') ++end;
        const std::string_view reference = rest.substr(0, end);
        struct Name {
            std::string_view name;
            std::string_view text;
        };
        constexpr std::array<Name, 14> kUsual = {{{"&amp;", "&"},
                                                  {"&nbsp;", "\u00A0"},
                                                  {"&quot;", "\""},
                                                  {"&lt;", "<"},
                                                  {"&gt;", ">"},
                                                  {"&apos;", "'"},
                                                  {"&rsquo;", "\u2019"},
                                                  {"&lsquo;", "\u2018"},
                                                  {"&rdquo;", "\u201D"},
                                                  {"&ldquo;", "\u201C"},
                                                  {"&mdash;", "\u2014"},
                                                  {"&ndash;", "\u2013"},
                                                  {"&hellip;", "\u2026"},
                                                  {"&eacute;", "\u00E9"}}};
        at_ += end;
        const auto* usual = std::find_if(kUsual.begin(), kUsual.end(),
                                         [&](const Name& name) { return name.name == reference; });
        if (usual != kUsual.end()) {
            for (const char c : usual->text) put(c);
            return true;
        }
        for (const char c : by_gumbo(reference)) put(c);
        return true;
    }

    /// One reference, which may be unknown or lack its semicolon, as gumbo reads it.
    static std::string by_gumbo(std::string_view reference) {
        GumboOptions options = kGumboDefaultOptions;
        options.max_errors = 0;
        GumboOutput* parsed =
            gumbo_parse_with_options(&options, reference.data(), reference.size());
        std::string text;
        const GumboNode* node = parsed->root;
        while (node != nullptr && node->type == GUMBO_NODE_ELEMENT &&
               node->v.element.children.length > 0) {
            const GumboVector& children = node->v.element.children;
            node = static_cast<const GumboNode*>(
                children.data[children.length - 1]);  // html, body, text
        }
        if (node != nullptr &&
            (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE))
            text = node->v.text.text;
        gumbo_destroy_output(&options, parsed);
        return text;
    }

    std::string_view html_;
    std::string& out_;
    std::size_t begin_;
    std::size_t at_ = 0;
    int hidden_ = 0;  // open elements whose text no reader sees
};

}  // namespace

void append_html_text(std::string_view html, std::string& out) { Extractor(html, out).run(); }

bool looks_like_html(std::string_view text) {
    constexpr std::array<std::string_view, 10> kTags = {
        "<p>", "<p ", "</p>", "<br", "<div", "<a href", "</a>", "<strong>", "<em>", "<li>"};
    if (text.find('<') == std::string_view::npos) return false;
    for (const std::string_view tag : kTags) {
        if (text.find(tag) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace ceasewire
