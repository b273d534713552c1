#include "record/compose.h"

#define XXH_INLINE_ALL
#include <algorithm>
#include <deque>
#include <string>

#include <xxhash.h>

#include "base/hex.h"
#include "lexicon/calendar.h"
#include "record/actor_codes.h"
#include "record/codes.h"

namespace ceasewire {
namespace {

constexpr std::uint32_t kLeftOut = UINT32_MAX;

std::string date_of(std::int32_t day) {
    // "Yesterday" in an article of 0000-01-01 has no date of four digits.
    const bool writable = day >= day_number(0, 1, 1) && day <= day_number(9999, 12, 31);
    return writable ? date_text(day) : std::string();
}

}  // namespace

struct Composer::State {
    std::vector<RecordActor> actors;
    std::vector<std::uint32_t> index_of;  // by actor of the analysis: index in the record
    std::vector<std::vector<RecordMention>> mentions;
    std::vector<std::vector<std::string_view>> aliases;
    std::vector<RecordClaim> claims;
    std::deque<std::vector<ActorIndex>> indices;
    std::deque<std::vector<std::string_view>> strings;
    std::deque<std::vector<RecordQuantity>> quantities;
    std::deque<std::vector<RecordWhen>> whens;
    std::deque<std::string> text;
    std::vector<RecordSpan> sentences;
    std::vector<RecordToken> tokens;
    std::vector<RecordAttribution> attributions;
    std::deque<std::vector<RecordSpan>> spans;

    std::string_view keep(std::string value) { return text.emplace_back(std::move(value)); }

    static RecordSlice slice_of(const Document& document, Span span) {
        const bool title = span.end <= document.title().end && !document.title().empty();
        return {title ? Field::title : Field::body, document.code_points_into_field(span.begin),
                document.code_points_into_field(span.end), document[span]};
    }

    static RecordSpan place_of(const Document& document, Span span) {
        const bool title = span.end <= document.title().end && !document.title().empty();
        return {title ? Field::title : Field::body, document.code_points_into_field(span.begin),
                document.code_points_into_field(span.end)};
    }

    std::span<const RecordSpan> places(const Document& document, const std::vector<Span>& from) {
        std::vector<RecordSpan>& to = spans.emplace_back();
        for (const Span span : from) to.push_back(place_of(document, span));
        return to;
    }

    std::span<const ActorIndex> map(const std::vector<std::uint32_t>& from) {
        std::vector<ActorIndex>& to = indices.emplace_back();
        for (const std::uint32_t actor : from) {
            if (index_of[actor] != kLeftOut) to.push_back(index_of[actor]);
        }
        return to;
    }

    /// One id for one proposition however it is worded: who, act, to whom, about what.
    std::string_view claim_id(const Claim& claim, const Analysis& analysis) {
        std::string key(to_string(claim.act));
        const auto append = [&](char mark, const std::vector<std::uint32_t>& who) {
            std::vector<std::string> names;
            for (const std::uint32_t actor : who)
                names.push_back(analysis.actors[actor].id.empty() ? analysis.actors[actor].name
                                                                  : analysis.actors[actor].id);
            std::sort(names.begin(), names.end());
            key += mark;
            for (const std::string& name : names) key += name + ',';
        };
        append('>', claim.actors.empty() ? claim.sources : claim.actors);
        append('@', claim.targets);
        key += '#';
        std::vector<std::string_view> terms(claim.terms);
        std::sort(terms.begin(), terms.end());
        for (const std::string_view term : terms) (key += term) += ',';
        std::string id = "c-";
        append_hex(id, XXH3_64bits(key.data(), key.size()), 16);
        return keep(std::move(id));
    }
};

Composer::Composer() : state_(std::make_unique<State>()) {}
Composer::~Composer() = default;
Composer::Composer(Composer&&) noexcept = default;
Composer& Composer::operator=(Composer&&) noexcept = default;

EnrichedRecord Composer::compose(const Article& article, Document& document,
                                 const Analysis& analysis, const Lexicon& lexicon) {
    State& s = *state_;
    EnrichedRecord record;
    record.article = &article;
    record.lexicon_version = lexicon.version();
    if (analysis.mentions.empty() && analysis.claims.empty()) return record;

    document.index_code_points();
    s.actors.clear();
    s.claims.clear();
    s.indices.clear();
    s.strings.clear();
    s.quantities.clear();
    s.whens.clear();
    s.text.clear();
    s.index_of.assign(analysis.actors.size(), kLeftOut);
    std::uint32_t count = 0;
    for (const Mention& mention : analysis.mentions) {
        if (s.index_of[mention.actor] == kLeftOut) s.index_of[mention.actor] = count++;
    }
    s.actors.resize(count);
    if (s.mentions.size() < count) s.mentions.resize(count);
    if (s.aliases.size() < count) s.aliases.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        s.mentions[i].clear();
        s.aliases[i].clear();
    }
    for (const Mention& mention : analysis.mentions) {
        s.mentions[s.index_of[mention.actor]].push_back(
            {State::slice_of(document, mention.span), to_string(mention.form), mention.why});
    }
    for (std::size_t i = 0; i < analysis.actors.size(); ++i) {
        if (s.index_of[i] == kLeftOut) continue;
        const FoundActor& from = analysis.actors[i];
        const std::uint32_t at = s.index_of[i];
        RecordActor& to = s.actors[at];
        to = {};
        to.id = from.id;
        to.name = from.name;
        to.type = to_string(from.type);
        to.country = from.country;
        ActorCodes codes = actor_codes(
            {from.type, from.name, from.country, from.row, from.owner, article.published_day},
            lexicon.data());
        to.codes.cameo = s.keep(std::move(codes.cameo));
        to.codes.country = codes.plover_country;
        to.codes.sectors = s.strings.emplace_back(std::move(codes.plover_sectors));
        to.number = from.number.value_or(0);
        to.confidence = from.confidence;
        to.roles = from.roles;
        if (from.row != kNoRow) {
            const ActorRow& row = lexicon.data().actors[from.row];
            to.wikidata = row.wikidata;
            for (const std::string& alias : row.aliases) s.aliases[at].push_back(alias);
        }
        to.aliases = s.aliases[at];
        to.mentions = s.mentions[at];
    }
    for (const Claim& claim : analysis.claims) {
        RecordClaim& to = s.claims.emplace_back();
        to.id = s.claim_id(claim, analysis);
        to.slice = State::slice_of(document, claim.span);
        to.act = to_string(claim.act);
        to.actors = s.map(claim.actors);
        to.sources = s.map(claim.sources);
        to.via = s.map(claim.via);
        to.targets = s.map(claim.targets);
        to.stance = to_string(claim.stance);
        to.status = to_string(claim.status);
        to.terms = claim.terms;
        auto& quantities = s.quantities.emplace_back();
        for (const Quantity& quantity : claim.quantities)
            quantities.push_back({document[quantity.span], quantity.value, quantity.unit});
        to.quantities = quantities;
        auto& whens = s.whens.emplace_back();
        for (const TimeExpression& when : claim.when) {
            whens.push_back({document[when.span],
                             when.from ? s.keep(date_of(*when.from)) : std::string_view(),
                             when.to ? s.keep(date_of(*when.to)) : std::string_view()});
        }
        to.when = whens;
        to.quote = to_string(claim.quote);
        if (claim.cue) to.cue = State::slice_of(document, *claim.cue);
        const EventCodes codes = event_codes(claim.act, claim.terms);
        to.cameo = codes.cameo;
        to.plover_event = codes.plover_event;
        to.plover_mode = codes.plover_mode;
        to.confidence = claim.confidence;
        auto& why = s.strings.emplace_back();
        for (const std::string& reason : claim.why) why.push_back(reason);
        to.why = why;
    }
    record.relevant = !analysis.claims.empty();
    record.actors = s.actors;
    record.claims = s.claims;
    return record;
}

RecordLayers Composer::compose_layers(Document& document, const Layers& layers,
                                      LayerChoice choice) {
    State& s = *state_;
    document.index_code_points();
    s.sentences.clear();
    s.tokens.clear();
    s.attributions.clear();
    s.spans.clear();
    RecordLayers out;
    for (const Sentence& sentence : layers.sentences)
        s.sentences.push_back(State::place_of(document, sentence.span));
    out.sentences = s.sentences;
    if (choice.syntax) {
        for (const syntax::Word& word : layers.words)
            s.tokens.push_back({State::place_of(document, word.span), syntax::name(word.upos),
                                word.head, syntax::name(word.deprel)});
        out.tokens = s.tokens;
    }
    if (choice.attributions) {
        for (const analysis::AttributionSpans& from : layers.attributions) {
            RecordAttribution& to = s.attributions.emplace_back();
            to.source = s.places(document, from.source);
            to.cue = s.places(document, from.cue);
            to.content = s.places(document, from.content);
            to.field = to.cue.front().field;
            to.quote = to_string(from.quote);
        }
        out.attributions = s.attributions;
    }
    return out;
}

}  // namespace ceasewire
