#pragma once
/// A field of an article cut into the pieces that a reader would mark: which claims lie over each,
/// which actor it names, whether it is a cue.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace ceasewire::show {

/// One mention of one actor of a record.
struct MentionIndex {
    ActorIndex actor = 0;
    std::uint32_t mention = 0;  ///< into the actor's mentions
    friend bool operator==(const MentionIndex&, const MentionIndex&) = default;
};

/// A stretch of text with the same marks on all of it.
struct Piece {
    std::string_view text;                ///< of the article's field
    std::vector<std::uint32_t> claims;    ///< of the record, that cover it, the longest first
    std::vector<std::uint32_t> begins;    ///< of these, the ones whose first piece this is
    std::vector<std::uint32_t> ends;      ///< and those whose last piece this is
    std::optional<MentionIndex> mention;  ///< the shortest that covers it
    bool mention_begins = false;          ///< first piece of this mention
    bool cue = false;                     ///< words that made one of the claims be found
};

/// Never empty. Pieces follow one another without a gap.
using Paragraph = std::vector<Piece>;

/// The paragraphs of `field`, blanks around each left out; spans of the record, which count code
/// points, may nest and overlap, and one that ends behind the text ends with it. Every claim of the
/// field begins in one piece and ends in one, also when its span holds nothing but blanks.
///
/// A blank line parts paragraphs; in a text without any, each line is one. Views point into the
/// article. Takes time by the text and by the marks times those that overlap.
[[nodiscard]] std::vector<Paragraph> mark_up(const EnrichedRecord& record, Field field);

}  // namespace ceasewire::show
