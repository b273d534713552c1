#pragma once
/// The enriched record: what leaves. A plain view that compose() fills and encode() writes.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "article/article.h"

namespace ceasewire {

inline constexpr std::string_view kSchemaVersion = "1.0";

enum class Field : std::uint8_t { title, body };
[[nodiscard]] constexpr std::string_view to_string(Field field) {
    return field == Field::title ? "title" : "body";
}

/// A slice of one field in code points, end excluded; `exact` is that slice.
struct RecordSlice {
    Field field = Field::body;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string_view exact;
};

struct RecordMention {
    RecordSlice slice;
    std::string_view form;  ///< name alias acronym role metonym misspelling nominal pronoun
    std::string_view why;   ///< rule and lexicon row
};

struct RecordCodes {
    std::string_view cameo;                     ///< empty: null
    std::string_view country;                   ///< PLOVER's, empty: null
    std::span<const std::string_view> sectors;  ///< PLOVER's
};

struct RecordActor {
    std::string_view id;  ///< empty: null (an unnamed group)
    std::string_view name;
    std::string_view type;
    std::string_view wikidata;  ///< empty: null
    std::string_view country;   ///< ISO 3166 alpha-3, empty: null
    RecordCodes codes;
    std::uint32_t number = 0;                   ///< of an unnamed group: how many; 0: unknown
    std::span<const std::string_view> roles;    ///< held on published_at
    std::span<const std::string_view> aliases;  ///< other full names, from the lexicon
    std::span<const RecordMention> mentions;    ///< never empty, in order of field and start
    double confidence = 0;
};

struct RecordQuantity {
    std::string_view exact;
    double value = 0;
    std::string_view unit;
};

struct RecordWhen {
    std::string_view exact;
    std::string_view from;  ///< YYYY-MM-DD, empty: null
    std::string_view to;
};

using ActorIndex = std::uint32_t;  ///< into EnrichedRecord::actors

struct RecordClaim {
    std::string_view id;
    RecordSlice slice;
    std::string_view act;
    std::span<const ActorIndex> actors;
    std::span<const ActorIndex> sources;
    std::span<const ActorIndex> via;
    std::span<const ActorIndex> targets;
    std::string_view stance;
    std::string_view status;
    std::span<const std::string_view> terms;
    std::span<const RecordQuantity> quantities;
    std::span<const RecordWhen> when;
    std::string_view quote;  ///< direct indirect mixed none
    std::optional<RecordSlice> cue;
    std::string_view cameo;         ///< empty: null
    std::string_view plover_event;  ///< empty: null
    std::string_view plover_mode;   ///< empty: null
    double confidence = 0;
    std::span<const std::string_view> why;
};

/// A place in one field, in code points, end excluded.
struct RecordSpan {
    Field field = Field::body;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

struct RecordToken {
    RecordSpan span;
    std::string_view upos;
    std::int32_t head = -1;  ///< into the record's tokens, -1 for a root
    std::string_view deprel;
};

/// All spans of one attribution lie in one field, in order.
struct RecordAttribution {
    Field field = Field::body;
    std::span<const RecordSpan> source;  ///< empty: nobody is named
    std::span<const RecordSpan> cue;
    std::span<const RecordSpan> content;
    std::string_view quote;  ///< direct indirect mixed
};

/// What the analysis saw, for people who debug and for scorers. A layer that was not asked for is
/// absent.
struct RecordLayers {
    std::span<const RecordSpan> sentences;
    std::optional<std::span<const RecordToken>> tokens;
    std::optional<std::span<const RecordAttribution>> attributions;
};

/// Every view points into the Scratch or the Lexicon that made the record and lives until the
/// scratch's next use.
struct EnrichedRecord {
    const Article* article = nullptr;
    bool relevant = false;
    std::span<const RecordActor> actors;
    std::span<const RecordClaim> claims;
    std::optional<RecordLayers> layers;  ///< only where they were asked for
    std::string_view lexicon_version;
};

}  // namespace ceasewire
