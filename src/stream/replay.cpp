#include "stream/replay.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace ceasewire::stream {

std::string_view text_of(const Message& message, std::string_view name) {
    for (auto at = message.headers.rbegin(); at != message.headers.rend(); ++at) {
        if (at->name == name) return at->value.value_or(std::string_view());
    }
    return {};
}

std::uint32_t attempts_of(const Message& letter) {
    const std::string_view text = text_of(letter, kAttemptHeader);
    std::uint32_t attempts = 0;
    // What is no number was not written by us.
    (void)std::from_chars(text.data(), text.data() + text.size(), attempts);
    return attempts;
}

Replay replay_of(const Message& letter, std::uint32_t attempts_max) {
    if (text_of(letter, "ceasewire.reason").empty() ||
        text_of(letter, "__connect.errors.topic").empty())
        return Replay::not_a_letter;
    for (const std::string_view name :
         {"ceasewire.truncated", "ceasewire.original_headers", "ceasewire.original_key_bytes"}) {
        if (!text_of(letter, name).empty()) return Replay::cut;
    }
    return attempts_of(letter) >= attempts_max ? Replay::too_often : Replay::again;
}

void replay_headers(const Message& letter, HeaderList& out) {
    out.clear();
    for (const Header& header : letter.headers) {
        if (!is_dead_letter_header(header.name)) out.add(header.name, header.value);
    }
    out.add_owned(kAttemptHeader, std::to_string(attempts_of(letter) + 1));
    out.add_owned(kReplayedHeader, source_position(letter));
}

}  // namespace ceasewire::stream
