#pragma once
/// What must hold for any bytes at all, by the door through which bytes of others come in. Each
/// check returns the first thing that is wrong, empty when all is well; none is for several threads
/// at once.

#include <array>
#include <string>
#include <string_view>

namespace ceasewire::fuzz {

/// Sends `message` through enrich with a scratch that has been used, every eighth (by its hash)
/// with a new one too, and checks what every answer owes its reader: slices lie in their field on
/// code point borders and hold the very text, indices are valid, the output is JSON, both scratches
/// answer alike.
[[nodiscard]] std::string complaint_about_message(std::string_view message);

/// A schema registry's five bytes or a byte order mark in front of a message change nothing but the
/// places of errors.
[[nodiscard]] std::string complaint_about_framing(std::string_view message);

/// `bytes` as the headers of a message: what the loop makes of them for records and dead letters,
/// what `replay` and `verify` read out of them.
[[nodiscard]] std::string complaint_about_headers(std::string_view bytes);

/// `text` as a configuration file: a configuration, or errors that have a place and fill one line.
[[nodiscard]] std::string complaint_about_config(std::string_view text);

/// `bytes` as one file of a small lexicon (the first byte says which): it compiles, and then an
/// article can be read with it, or the errors have a place.
[[nodiscard]] std::string complaint_about_lexicon(std::string_view bytes);

/// `bytes` as what a client sends to the metrics endpoint: it answers with HTTP or hangs up, and
/// goes on answering others.
[[nodiscard]] std::string complaint_about_request(std::string_view bytes);

struct Target {
    std::string_view name;  ///< also of the corpus folder
    std::string (*complaint)(std::string_view bytes);
};
inline constexpr std::array<Target, 6> kTargets = {{
    {"enrich", complaint_about_message},
    {"framing", complaint_about_framing},
    {"headers", complaint_about_headers},
    {"config", complaint_about_config},
    {"lexicon", complaint_about_lexicon},
    {"http", complaint_about_request},
}};

}  // namespace ceasewire::fuzz
