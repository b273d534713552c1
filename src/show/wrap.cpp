#include "show/wrap.h"

#include <algorithm>

#include <utf8proc.h>

namespace ceasewire::show {
namespace {

constexpr std::string_view kReset = "\x1b[0m";

struct CodePoint {
    utf8proc_int32_t value = 0;
    std::size_t bytes = 1;
};

/// The code point that starts at `at`. Text is valid UTF-8 by contract; a stray byte, which only
/// our own mistake could bring here, is taken as one character and harms nothing.
CodePoint code_point_at(std::string_view text, std::size_t at) {
    CodePoint point;
    const auto* bytes =
        static_cast<const utf8proc_uint8_t*>(static_cast<const void*>(text.data() + at));
    const utf8proc_ssize_t length =
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &point.value);
    if (length <= 0) return {0xFFFD, 1};
    point.bytes = static_cast<std::size_t>(length);
    return point;
}

bool is_space(utf8proc_int32_t point) {
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return true;
        default:
            return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85;
    }
}

/// What a text of strangers must not do to a terminal: command it, or turn its direction.
bool is_dropped(utf8proc_int32_t point) {
    const bool turns = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return turns || utf8proc_category(point) == UTF8PROC_CATEGORY_CC;
}

/// A stretch that is drawn as one picture.
struct Cluster {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t columns = 0;
    bool space = false;
};

Cluster cluster_at(std::string_view text, std::size_t at) {
    CodePoint point = code_point_at(text, at);
    Cluster cluster{at, at + point.bytes, 0, point.value == ' '};
    cluster.columns = static_cast<std::size_t>(std::max(0, utf8proc_charwidth(point.value)));
    utf8proc_int32_t state = 0;
    while (cluster.end < text.size()) {
        const CodePoint next = code_point_at(text, cluster.end);
        if (utf8proc_grapheme_break_stateful(point.value, next.value, &state) != 0) break;
        // The selector for the coloured form makes a narrow sign two columns wide.
        if (next.value == 0xFE0F) cluster.columns = 2;
        cluster.columns = std::max(
            cluster.columns, static_cast<std::size_t>(std::max(0, utf8proc_charwidth(next.value))));
        cluster.end += next.bytes;
        point = next;
    }
    return cluster;
}

/// One line being filled; knows the ink that the terminal is in.
class Line {
public:
    Line(const StyledText& text, const TerminalStyle& style, std::string& out)
        : text_(text), style_(style), out_(out) {}

    void begin(std::string_view prefix) {
        out_ += prefix;
        columns_ = prefix_columns_ = columns_of(prefix);
    }
    void end() {
        set(Ink::plain);
        out_ += '\n';
    }
    void put(std::size_t begin, std::size_t end, std::size_t columns) {
        for (std::size_t at = begin; at < end;) {
            std::size_t stop = at + 1;
            while (stop < end && text_.ink(stop) == text_.ink(at)) ++stop;
            set(text_.ink(at));
            out_ += text_.text().substr(at, stop - at);
            at = stop;
        }
        columns_ += columns;
    }
    [[nodiscard]] bool fits(std::size_t columns) const {
        return columns_ + columns <= style_.columns;
    }
    [[nodiscard]] bool bare() const { return columns_ == prefix_columns_; }

private:
    void set(Ink ink) {
        if (!style_.colour || ink == ink_) return;
        if (ink_ != Ink::plain) out_ += kReset;
        out_ += sgr(ink);
        ink_ = ink;
    }

    const StyledText& text_;
    const TerminalStyle& style_;
    std::string& out_;
    Ink ink_ = Ink::plain;
    std::size_t columns_ = 0;
    std::size_t prefix_columns_ = 0;
};

}  // namespace

StyledText& StyledText::add(std::string_view text, Ink ink) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point_at(text, at);
        if (is_space(point.value)) {
            if (!text_.empty() && text_.back() != ' ') text_ += ' ';
        } else if (point.value == 0xFFFD && point.bytes == 1) {
            text_ += "\xEF\xBF\xBD";
        } else if (!is_dropped(point.value)) {
            text_.append(text, at, point.bytes);
        }
        at += point.bytes;
    }
    inks_.resize(text_.size(), ink);
    return *this;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Cluster cluster = cluster_at(text, at);
        columns += cluster.columns;
        at = cluster.end;
    }
    return columns;
}

void wrap(const StyledText& text, std::string_view first, std::string_view rest,
          const TerminalStyle& style, std::string& out) {
    Line line(text, style, out);
    line.begin(first);
    const std::string_view all = text.text();
    std::size_t at = 0;
    std::size_t gap = 0;  // where the space before the current word is, when there is one
    bool has_gap = false;
    while (at < all.size()) {
        if (all[at] == ' ') {
            gap = at++;
            has_gap = true;
            continue;
        }
        std::size_t end = at;
        std::size_t columns = 0;
        while (end < all.size() && all[end] != ' ') {
            const Cluster cluster = cluster_at(all, end);
            columns += cluster.columns;
            end = cluster.end;
        }
        if (!line.bare() && !line.fits(columns + (has_gap ? 1 : 0))) {
            line.end();
            line.begin(rest);
        } else if (has_gap && !line.bare()) {
            line.put(gap, gap + 1, 1);
        }
        has_gap = false;
        if (line.fits(columns)) {
            line.put(at, end, columns);
            at = end;
            continue;
        }
        while (at < end) {  // a word longer than a line
            const Cluster cluster = cluster_at(all, at);
            if (!line.bare() && !line.fits(cluster.columns)) {
                line.end();
                line.begin(rest);
            }
            line.put(cluster.begin, cluster.end, cluster.columns);
            at = cluster.end;
        }
    }
    line.end();
}

std::string_view sgr(Ink ink) {
    switch (ink) {
        case Ink::plain:
            return "";
        case Ink::bold:
            return "\x1b[1m";
        case Ink::dim:
            return "\x1b[2m";
        case Ink::underlined:
            return "\x1b[4m";
        case Ink::green:
            return "\x1b[1;32m";
        case Ink::red:
            return "\x1b[1;31m";
        case Ink::yellow:
            return "\x1b[1;33m";
        case Ink::blue:
            return "\x1b[1;36m";
    }
    return "";
}

std::string inked(std::string_view text, Ink ink, const TerminalStyle& style) {
    if (!style.colour || ink == Ink::plain) return std::string(text);
    std::string out(sgr(ink));
    out += text;
    out += kReset;
    return out;
}

}  // namespace ceasewire::show
