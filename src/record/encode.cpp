#include "record/encode.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/assert.h"
#include "base/hex.h"

namespace ceasewire {
namespace {

constexpr std::array<bool, 256> make_escape_table() {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = true;
    table['"'] = table['\\'] = true;
    return table;
}
constexpr std::array<bool, 256> kMustEscape = make_escape_table();

void append_escape(std::string& out, unsigned char byte) {
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            out += "\\u00";
            append_hex(out, byte, 2);
    }
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 24> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    out.append(buffer.data(), result.ptr);
}

/// Shortest form that reads back to the same double; integers without a point.
void append_double(std::string& out, double number) {
    CEASEWIRE_ASSERT(std::isfinite(number));  // JSON has no other numbers
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    out.append(buffer.data(), result.ptr);
}

void append_nullable(std::string& out, std::string_view text) {
    if (text.empty()) {
        out += "null";
    } else {
        append_json_string(out, text);
    }
}

template <class Range, class Append>
void append_array(std::string& out, const Range& range, Append append) {
    out += '[';
    bool first = true;
    for (const auto& element : range) {
        if (!first) out += ',';
        first = false;
        append(element);
    }
    out += ']';
}

void append_strings(std::string& out, std::span<const std::string_view> strings) {
    append_array(out, strings, [&](std::string_view text) { append_json_string(out, text); });
}

void append_indices(std::string& out, std::span<const ActorIndex> indices) {
    append_array(out, indices, [&](ActorIndex index) { append_number(out, index); });
}

void append_slice(std::string& out, const RecordSlice& slice) {
    out += "\"field\":\"";
    out += to_string(slice.field);
    out += "\",\"start\":";
    append_number(out, slice.start);
    out += ",\"end\":";
    append_number(out, slice.end);
    out += ",\"exact\":";
    append_json_string(out, slice.exact);
}

void append_article(std::string& out, const Article& article) {
    out += "{\"id\":";
    append_json_string(out, article.id);
    out += ",\"title\":";
    if (article.has_title) {
        append_json_string(out, article.title);
    } else {
        out += "null";
    }
    out += ",\"url\":";
    append_nullable(out, article.url);
    out += ",\"source\":";
    append_nullable(out, article.source);
    out += ",\"published_at\":";
    append_nullable(out, article.published_at);
    out += ",\"language\":";
    append_nullable(out, article.language);
    out += ",\"format\":\"";
    out += to_string(article.format);
    out += '"';
    if (article.html) {
        out += ",\"body\":";
        if (article.has_body) {
            append_json_string(out, article.body);
        } else {
            out += "null";
        }
    }
    out += '}';
}

void append_actor(std::string& out, const RecordActor& actor) {
    out += "{\"id\":";
    append_nullable(out, actor.id);
    out += ",\"name\":";
    append_json_string(out, actor.name);
    out += ",\"type\":\"";
    out += actor.type;
    out += "\",\"wikidata\":";
    append_nullable(out, actor.wikidata);
    out += ",\"country\":";
    append_nullable(out, actor.country);
    out += ",\"codes\":{\"cameo\":";
    append_nullable(out, actor.codes.cameo);
    out += ",\"plover\":{\"country\":";
    append_nullable(out, actor.codes.country);
    out += ",\"sector\":";
    append_strings(out, actor.codes.sectors);
    out += "}}";
    if (actor.number != 0) {
        out += ",\"number\":";
        append_number(out, actor.number);
    }
    out += ",\"roles\":";
    append_strings(out, actor.roles);
    if (!actor.aliases.empty()) {
        out += ",\"aliases\":";
        append_strings(out, actor.aliases);
    }
    out += ",\"mentions\":";
    append_array(out, actor.mentions, [&](const RecordMention& mention) {
        out += '{';
        append_slice(out, mention.slice);
        out += ",\"form\":\"";
        out += mention.form;
        out += '"';
        if (!mention.why.empty()) {
            out += ",\"why\":";
            append_json_string(out, mention.why);
        }
        out += '}';
    });
    out += ",\"confidence\":";
    append_double(out, actor.confidence);
    out += '}';
}

void append_claim(std::string& out, const RecordClaim& claim) {
    out += "{\"id\":";
    append_json_string(out, claim.id);
    out += ',';
    append_slice(out, claim.slice);
    out += ",\"act\":\"";
    out += claim.act;
    out += "\",\"actors\":";
    append_indices(out, claim.actors);
    out += ",\"sources\":";
    append_indices(out, claim.sources);
    out += ",\"via\":";
    append_indices(out, claim.via);
    out += ",\"targets\":";
    append_indices(out, claim.targets);
    out += ",\"stance\":\"";
    out += claim.stance;
    out += "\",\"status\":\"";
    out += claim.status;
    out += "\",\"terms\":";
    append_strings(out, claim.terms);
    out += ",\"quantities\":";
    append_array(out, claim.quantities, [&](const RecordQuantity& quantity) {
        out += "{\"exact\":";
        append_json_string(out, quantity.exact);
        out += ",\"value\":";
        append_double(out, quantity.value);
        out += ",\"unit\":";
        append_nullable(out, quantity.unit);
        out += '}';
    });
    out += ",\"when\":";
    append_array(out, claim.when, [&](const RecordWhen& when) {
        out += "{\"exact\":";
        append_json_string(out, when.exact);
        out += ",\"from\":";
        append_nullable(out, when.from);
        out += ",\"to\":";
        append_nullable(out, when.to);
        out += '}';
    });
    out += ",\"quote\":\"";
    out += claim.quote;
    out += "\",\"cue\":";
    if (claim.cue) {
        out += "{\"start\":";
        append_number(out, claim.cue->start);
        out += ",\"end\":";
        append_number(out, claim.cue->end);
        out += ",\"exact\":";
        append_json_string(out, claim.cue->exact);
        out += '}';
    } else {
        out += "null";
    }
    out += ",\"cameo\":";
    append_nullable(out, claim.cameo);
    out += ",\"plover\":";
    if (claim.plover_event.empty()) {
        out += "null";
    } else {
        out += "{\"event\":";
        append_json_string(out, claim.plover_event);
        out += ",\"mode\":";
        append_nullable(out, claim.plover_mode);
        out += '}';
    }
    out += ",\"confidence\":";
    append_double(out, claim.confidence);
    out += ",\"why\":";
    append_strings(out, claim.why);
    out += '}';
}

void append_place(std::string& out, const RecordSpan& span) {
    out += "\"field\":\"";
    out += to_string(span.field);
    out += "\",\"start\":";
    append_number(out, span.start);
    out += ",\"end\":";
    append_number(out, span.end);
}

void append_pairs(std::string& out, std::span<const RecordSpan> spans) {
    append_array(out, spans, [&](const RecordSpan& span) {
        out += '[';
        append_number(out, span.start);
        out += ',';
        append_number(out, span.end);
        out += ']';
    });
}

void append_layers(std::string& out, const RecordLayers& layers) {
    out += ",\"layers\":{\"sentences\":";
    append_array(out, layers.sentences, [&](const RecordSpan& sentence) {
        out += '{';
        append_place(out, sentence);
        out += '}';
    });
    if (layers.tokens) {
        out += ",\"tokens\":";
        append_array(out, *layers.tokens, [&](const RecordToken& token) {
            out += '{';
            append_place(out, token.span);
            out += ",\"upos\":\"";
            out += token.upos;
            out += "\",\"head\":";
            out += std::to_string(token.head);
            out += ",\"deprel\":\"";
            out += token.deprel;
            out += "\"}";
        });
    }
    if (layers.attributions) {
        out += ",\"attributions\":";
        append_array(out, *layers.attributions, [&](const RecordAttribution& attribution) {
            out += "{\"field\":\"";
            out += to_string(attribution.field);
            out += "\",\"source\":";
            append_pairs(out, attribution.source);
            out += ",\"cue\":";
            append_pairs(out, attribution.cue);
            out += ",\"content\":";
            append_pairs(out, attribution.content);
            out += ",\"quote\":\"";
            out += attribution.quote;
            out += "\"}";
        });
    }
    out += '}';
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (kMustEscape[byte]) [[unlikely]] {
            out.append(text, kept, i - kept);
            append_escape(out, byte);
            kept = i + 1;
        }
    }
    out.append(text, kept, text.size() - kept);
    out += '"';
}

void encode(const EnrichedRecord& record, std::string& out) {
    out += "{\"schema_version\":\"";
    out += kSchemaVersion;
    out += "\",\"article\":";
    append_article(out, *record.article);
    out += record.relevant ? ",\"relevant\":true" : ",\"relevant\":false";
    out += ",\"actors\":";
    append_array(out, record.actors, [&](const RecordActor& actor) { append_actor(out, actor); });
    out += ",\"claims\":";
    append_array(out, record.claims, [&](const RecordClaim& claim) { append_claim(out, claim); });
    if (!record.article->warnings.empty()) {
        out += ",\"warnings\":";
        append_array(out, record.article->warnings, [&](const ArticleWarning& warning) {
            out += "{\"code\":\"";
            out += to_string(warning.code);
            out += "\",\"field\":";
            append_nullable(out, warning.field);
            out += '}';
        });
    }
    if (record.layers) append_layers(out, *record.layers);
    out += ",\"lexicon\":";
    append_json_string(out, record.lexicon_version);
    out += ",\"ceasewire\":\"";
    out += kProgramVersion;
    out += "\"}";
}

}  // namespace ceasewire
