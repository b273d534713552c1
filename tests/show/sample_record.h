#pragma once
/// A record written by hand, whose slices are found by their words.

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "record/record.h"

namespace ceasewire::show {

class SampleRecord {
public:
    SampleRecord(std::string title, std::string body)
        : title_(std::move(title)), body_(std::move(body)) {
        article.id = "sample/harbour";
        article.source = "Sample Wire";
        article.published_at = "2025-07-02T08:00:00Z";
        article.language = "en";
        article.title = title_;
        article.has_title = !title_.empty();
        article.body = body_;
        article.has_body = true;
    }
    SampleRecord(const SampleRecord&) = delete;
    SampleRecord& operator=(const SampleRecord&) = delete;

    /// The slice of `exact`, from its first place at or behind byte `from` of the field.
    [[nodiscard]] RecordSlice slice(std::string_view exact, Field field = Field::body,
                                    std::size_t from = 0) const {
        const std::string_view text = field == Field::body ? body_ : title_;
        const std::size_t at = text.find(exact, from);
        EXPECT_NE(at, std::string_view::npos) << exact;
        if (at == std::string_view::npos) return {};
        return {field, points(text.substr(0, at)), points(text.substr(0, at + exact.size())),
                text.substr(at, exact.size())};
    }

    RecordActor& actor(std::string_view name, std::string_view type, std::string_view id = "",
                       std::string_view country = "") {
        RecordActor& actor = actors_.emplace_back();
        actor.name = name;
        actor.type = type;
        actor.id = id;
        actor.country = country;
        actor.confidence = 0.9;
        mentions_.emplace_back();
        return actor;
    }
    /// A mention of the last actor.
    void mention(RecordSlice slice, std::string_view form = "name", std::string_view why = "") {
        mentions_.back().push_back({slice, form, why});
    }
    void mention(std::string_view exact, std::string_view form = "name", std::string_view why = "",
                 Field field = Field::body) {
        mention(slice(exact, field), form, why);
    }

    RecordClaim& claim(std::string_view act, RecordSlice slice) {
        RecordClaim& claim = claims_.emplace_back();
        claim.id = "c-1";
        claim.slice = slice;
        claim.act = act;
        claim.stance = "neutral";
        claim.status = "actual";
        claim.quote = "none";
        claim.confidence = 0.5;
        return claim;
    }
    RecordClaim& claim(std::string_view act, std::string_view exact) {
        return claim(act, slice(exact));
    }
    std::span<const ActorIndex> indices(std::initializer_list<ActorIndex> list) {
        return indices_.emplace_back(list);
    }
    std::span<const std::string_view> strings(std::initializer_list<std::string_view> list) {
        return strings_.emplace_back(list);
    }

    /// Views live as long as this and until the next change.
    [[nodiscard]] EnrichedRecord record() {
        for (std::size_t i = 0; i < actors_.size(); ++i) actors_[i].mentions = mentions_[i];
        EnrichedRecord record;
        record.article = &article;
        record.relevant = !claims_.empty();
        all_actors_.assign(actors_.begin(), actors_.end());
        all_claims_.assign(claims_.begin(), claims_.end());
        record.actors = all_actors_;
        record.claims = all_claims_;
        record.lexicon_version = "2026.1";
        return record;
    }

    Article article;

private:
    static std::uint32_t points(std::string_view text) {
        std::uint32_t count = 0;
        for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
        return count;
    }

    std::string title_;
    std::string body_;
    std::deque<RecordActor> actors_;
    std::deque<std::vector<RecordMention>> mentions_;
    std::deque<RecordClaim> claims_;
    std::deque<std::vector<ActorIndex>> indices_;
    std::deque<std::vector<std::string_view>> strings_;
    std::vector<RecordActor> all_actors_;
    std::vector<RecordClaim> all_claims_;
};

/// An article with everything that a page shows: a claim inside another, a title that claims, a
/// role, a date, a quantity, markup in a name.
inline void fill(SampleRecord& sample) {
    static const std::vector<RecordQuantity> quantities = {{"six-week", 6, "week"}};
    static const std::vector<RecordWhen> when = {{"Tuesday", "2025-07-01", "2025-07-01"}};
    RecordActor& front = sample.actor("Harbour Front", "armed_group", "harbour-front", "ARV");
    front.wikidata = "Q1";
    front.codes = {"ARVREB", "ARV", sample.strings({"REB"})};
    front.aliases = sample.strings({"The Front"});
    sample.mention("Harbour Front", "name", "name actors.tsv:2");
    sample.mention("it", "pronoun", "pronoun");
    RecordActor& minister = sample.actor("Ana Reyes", "person", "ana-reyes", "ARV");
    minister.roles = sample.strings({"Foreign Minister of Arvia"});
    sample.mention("Ana Reyes", "name", "name actors.tsv:7");
    sample.mention("Reyes", "name", "surname of an actor named before", Field::title);
    RecordActor& officials = sample.actor("Arvian officials", "role_group", "", "ARV");
    officials.number = 2;
    officials.codes = {"ARVGOV", "ARV", sample.strings({"GOV"})};
    sample.mention("Two Arvian officials", "role", "group by its noun");
    sample.actor("Sample Wire", "media", "sample-wire");
    sample.mention("Sample Wire");

    sample.claim("reject", sample.slice("Reyes turns truce down", Field::title)).actors =
        sample.indices({1});
    RecordClaim& accept = sample.claim(
        "accept",
        "Two Arvian officials said on Tuesday that the Harbour Front had accepted a six-week "
        "truce, but only if it keeps the port, Sample Wire reported.");
    accept.id = "c-accept";
    accept.actors = sample.indices({0});
    accept.sources = sample.indices({2});
    accept.via = sample.indices({3});
    accept.stance = "for";
    accept.terms = sample.strings({"temporary_ceasefire", "peace_talks"});
    accept.quantities = quantities;
    accept.when = when;
    accept.quote = "indirect";
    accept.cue = sample.slice("said");
    accept.cameo = "0356";
    accept.plover_event = "AGREE";
    accept.confidence = 0.96;
    accept.why = sample.strings({"claim: has=armed_group", "act: CAa=accept"});
    RecordClaim& condition = sample.claim("condition", "but only if it keeps the port");
    condition.actors = sample.indices({0});
    condition.targets = sample.indices({1, 2});
    condition.status = "conditional";
    condition.stance = "conditional";
}

inline constexpr std::string_view kSampleTitle = "Reyes turns truce down";
inline constexpr std::string_view kSampleBody =
    "Two Arvian officials said on Tuesday that the Harbour Front had accepted a six-week truce, "
    "but only if it keeps the port, Sample Wire reported.\n\nForeign Minister Ana Reyes was "
    "travelling.\n";

}  // namespace ceasewire::show
