#pragma once
/// Text out of HTML.

#include <string>
#include <string_view>

namespace ceasewire {

/// Appends the text of `html`: tags removed, entities decoded, blocks parted by an empty line,
/// scripts, styles and comments left out. Never fails: what a browser can show is text. Valid UTF-8
/// in, valid UTF-8 out. Linear in html.size(), whatever the tags.
void append_html_text(std::string_view html, std::string& out);

/// Whether a text looks like HTML: it holds a tag of those that articles use.
[[nodiscard]] bool looks_like_html(std::string_view text);

}  // namespace ceasewire
