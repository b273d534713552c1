#pragma once
/// Files that the program carries, so that one binary runs anywhere.

#include <span>
#include <string_view>

namespace ceasewire::app {

struct EmbeddedFile {
    std::string_view name;   ///< without folders
    std::string_view bytes;  ///< static storage
};

[[nodiscard]] std::span<const EmbeddedFile> embedded_lexicon();
/// One file: the messages of the bundled feed, one a line, some of them malformed.
[[nodiscard]] std::span<const EmbeddedFile> demo_feed();

}  // namespace ceasewire::app
