#include "article/html.h"

#include <gumbo.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <vector>

namespace ceasewire {
namespace {

bool is_block(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6:
        case GUMBO_TAG_LI: case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_TABLE:
        case GUMBO_TAG_TR: case GUMBO_TAG_FIGURE: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ASIDE: case GUMBO_TAG_PRE:
        case GUMBO_TAG_HR: return true;
        default: return false;
    }
}

bool is_hidden(GumboTag tag) { return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TITLE || tag == GUMBO_TAG_TEMPLATE; }

void end_block(std::string& out, std::size_t begin) {
    while (out.size() > begin && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
    if (out.size() > begin) out += "\n\n";
}

void append_text(std::string_view text, std::size_t begin, std::string& out) {
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            if (out.size() > begin && out.back() != ' ' && out.back() != '\n') out += ' ';
        } else {
            out += c;
        }
    }
}

/// Gumbo frees its tree by recursion, so a page with more tags than its stack bears gets only its tags cut out.
constexpr std::ptrdiff_t kTagsMax = 10'000;

void append_without_tags(std::string_view html, std::string& out) {
    const std::size_t begin = out.size();
    while (!html.empty()) {
        const std::size_t open = std::min(html.find('<'), html.size());
        append_text(html.substr(0, open), begin, out);
        html.remove_prefix(open);
        const std::size_t close = html.find('>');
        if (close == std::string_view::npos) break;
        html.remove_prefix(close + 1);
        append_text(" ", begin, out);
    }
}

/// Gumbo turns a numeric reference beyond the last code point (`&#xF54Aacce`) into bytes that are no UTF-8. Each of them becomes U+FFFD.
/// Found by the fuzzer.
void repair_utf8(std::string& out, std::size_t begin) {
    if (simdjson::validate_utf8(out.data() + begin, out.size() - begin)) return;
    std::string repaired;
    for (std::size_t at = begin; at < out.size();) {
        std::size_t size = 4;
        while (size > 0 && (at + size > out.size() || !simdjson::validate_utf8(out.data() + at, size))) --size;
        // The longest valid run of at most four bytes may be several characters: take it whole.
        repaired.append(size > 0 ? std::string_view(out).substr(at, size) : std::string_view("\xEF\xBF\xBD"));
        at += size > 0 ? size : 1;
    }
    out.replace(begin, std::string::npos, repaired);
}

}  // namespace

void append_html_text(std::string_view html, std::string& out) {
    const std::size_t begin = out.size();
    if (std::count(html.begin(), html.end(), '<') > kTagsMax) {
        append_without_tags(html, out);
        return;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput* parsed = gumbo_parse_with_options(&options, html.data(), html.size());
    // Depth-first with an explicit stack: depth is the sender's choice.
    struct Step {
        const GumboNode* node;
        bool leave;
    };
    std::vector<Step> stack = {{parsed->root, false}};
    while (!stack.empty()) {
        const Step step = stack.back();
        stack.pop_back();
        const GumboNode& node = *step.node;
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
            append_text(node.v.text.text, begin, out);
            continue;
        }
        if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_DOCUMENT) continue;
        if (node.type == GUMBO_NODE_ELEMENT) {
            const GumboTag tag = node.v.element.tag;
            if (is_hidden(tag)) continue;
            if (tag == GUMBO_TAG_BR) {
                while (out.size() > begin && out.back() == ' ') out.pop_back();
                if (out.size() > begin) out += '\n';
                continue;
            }
            if (is_block(tag)) end_block(out, begin);
            if (step.leave) continue;
            if (is_block(tag)) stack.push_back({&node, true});
            const GumboVector& children = node.v.element.children;
            for (unsigned i = children.length; i > 0; --i) stack.push_back({static_cast<const GumboNode*>(children.data[i - 1]), false});
        }
    }
    while (out.size() > begin && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
    gumbo_destroy_output(&options, parsed);
    repair_utf8(out, begin);
}

bool looks_like_html(std::string_view text) {
    constexpr std::array<std::string_view, 10> kTags = {"<p>", "<p ", "</p>", "<br", "<div", "<a href", "</a>", "<strong>", "<em>", "<li>"};
    if (text.find('<') == std::string_view::npos) return false;
    for (const std::string_view tag : kTags) {
        if (text.find(tag) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace ceasewire
