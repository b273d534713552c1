#pragma once
/// Dead letters back into the input, once what was wrong has been mended. Pure: decides and builds;
/// reading and writing are for others.

#include <array>
#include <cstdint>
#include <string_view>

#include "stream/dead_letter.h"
#include "stream/message.h"

namespace ceasewire::stream {

/// What becomes of one dead letter.
enum class Replay : std::uint8_t {
    again,         ///< goes back
    not_a_letter,  ///< no headers of ours: somebody else wrote it
    elsewhere,     ///< from a topic that is not among the inputs
    cut,           ///< not whole: the dead-letter topic would not take all of it
    too_often,     ///< sent back as often as allowed
    before,        ///< sent back already; found in the input
};
inline constexpr std::array kReplays = {Replay::again, Replay::not_a_letter, Replay::elsewhere,
                                        Replay::cut,   Replay::too_often,    Replay::before};
[[nodiscard]] constexpr std::string_view to_string(Replay replay) {
    switch (replay) {
        case Replay::again:
            return "sent back";
        case Replay::not_a_letter:
            return "no dead letters of this program";
        case Replay::elsewhere:
            return "from other topics";
        case Replay::cut:
            return "not whole";
        case Replay::too_often:
            return "sent back too often";
        case Replay::before:
            return "sent back before";
    }
    return "";
}

/// On a message that was sent back: how often by now, and which dead letter it was.
inline constexpr std::string_view kAttemptHeader = "ceasewire.attempt";
inline constexpr std::string_view kReplayedHeader = "ceasewire.replayed";

/// The last value of a header as text; empty when there is none.
[[nodiscard]] std::string_view text_of(const Message& message, std::string_view name);

/// How often the message of a dead letter has been sent back.
[[nodiscard]] std::uint32_t attempts_of(const Message& letter);

/// Whether a dead letter can go back: again, not_a_letter, cut or too_often.
[[nodiscard]] Replay replay_of(const Message& letter, std::uint32_t attempts_max);

/// Headers of the message as it goes back: those that it first came with, then the attempt and the
/// letter. The views live as long as the letter and the list.
void replay_headers(const Message& letter, HeaderList& out);

}  // namespace ceasewire::stream
