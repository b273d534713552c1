#pragma once
/// What is the same on every page: how it looks and what its script does.

#include <string_view>

namespace ceasewire::show {

/// The content of the page's style element.
extern const std::string_view kPageStyle;

/// The content of its script element: notes beside the text for those who hover, focus or tap.
extern const std::string_view kPageScript;

/// What the page's own policy allows: this style and this script, known by its SHA-256, and nothing
/// from anywhere else.
extern const std::string_view kPagePolicy;

}  // namespace ceasewire::show
