#pragma once
/// The indexed text of one article: title and body in one buffer, with their words.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"
#include "text/token.h"

namespace ceasewire {

/// Owns one UTF-8 buffer that every Span of an analysis points into: title, a gap of two newlines,
/// body. Reused between articles.
class Document {
public:
    /// Takes a new text and finds its tokens. Earlier spans and views lose their meaning.
    void assign(std::string_view title, std::string_view body);

    [[nodiscard]] std::string_view text() const { return {buffer_.data(), size_}; }
    [[nodiscard]] std::string_view operator[](Span span) const { return slice(text(), span); }
    [[nodiscard]] Span title() const { return title_; }
    [[nodiscard]] Span body() const { return body_; }
    [[nodiscard]] const std::vector<text::Token>& tokens() const { return tokens_; }
    [[nodiscard]] std::string_view word(std::size_t token) const {
        return slice(text(), tokens_[token].span());
    }

    /// Code points from the start of the field that holds byte `at` (title or body) to `at`. Needs
    /// index_code_points() first. O(1).
    [[nodiscard]] std::uint32_t code_points_into_field(std::uint32_t at) const;

    /// Prepares code_points_into_field(). Linear; only articles with something to report pay for
    /// it.
    void index_code_points();

private:
    std::string buffer_;  // the text and kTokenizePadding zero bytes
    std::size_t size_ = 0;
    Span title_;
    Span body_;
    std::vector<text::Token> tokens_;
    std::vector<std::uint32_t> checkpoints_;  // code points before each 64th byte of the buffer
    std::string scratch_;
};

}  // namespace ceasewire
