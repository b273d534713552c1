#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <vector>

#include <simdjson.h>

#include "checks.h"
#include "enrich/enrich.h"
#include "lexicon/sectors.h"
#include "record/encode.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::fuzz {
namespace {

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

/// The text of a field and the byte at which each of its code points begins, the end included.
/// Built once a record, or a message of many mentions would take quadratic time.
class FieldText {
public:
    explicit FieldText(std::string_view text) : text_(text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
                starts_.push_back(static_cast<std::uint32_t>(i));
            }
        }
        starts_.push_back(static_cast<std::uint32_t>(text.size()));
    }
    [[nodiscard]] std::string check(const RecordSlice& slice, std::string_view what) const {
        if (slice.start >= slice.end) return std::string(what) + ": an empty slice";
        if (slice.end >= starts_.size()) return std::string(what) + ": beyond its field";
        const std::size_t from = starts_[slice.start];
        const std::size_t to = starts_[slice.end];
        if (text_.substr(from, to - from) != slice.exact) {
            return std::string(what) + ": exact is not the slice";
        }
        return "";
    }

private:
    std::string_view text_;
    std::vector<std::uint32_t> starts_;
};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 12> kTypes = {
    "person", "state", "government_body", "military", "armed_group", "political_group",
    "igo",    "ngo",   "media",           "company",  "role_group",  "other"};
constexpr std::array<std::string_view, 8> kForms = {"name",    "alias",       "acronym", "role",
                                                    "metonym", "misspelling", "nominal", "pronoun"};
constexpr std::array<std::string_view, 13> kActs = {
    "call",   "propose", "accept",    "reject", "condition", "announce", "negotiate",
    "accuse", "violate", "implement", "pledge", "assess",    "deny"};
constexpr std::array<std::string_view, 4> kStances = {"for", "against", "conditional", "neutral"};
constexpr std::array<std::string_view, 6> kStatuses = {"actual",    "proposed", "conditional",
                                                       "predicted", "possible", "denied"};
constexpr std::array<std::string_view, 4> kQuotes = {"direct", "indirect", "mixed", "none"};

std::string check_actor(const RecordActor& actor, const FieldText& title, const FieldText& body) {
    if (actor.name.empty()) return "an actor without a name";
    if (!is_one_of(actor.type, kTypes)) return "unknown type " + std::string(actor.type);
    if (actor.mentions.empty()) return "an actor that is not mentioned";
    if (!(actor.confidence >= 0 && actor.confidence <= 1)) return "an actor's confidence";
    if (actor.codes.cameo.size() % 3 != 0) return "a CAMEO code " + std::string(actor.codes.cameo);
    for (const std::string_view sector : actor.codes.sectors) {
        if (plover_bit(sector) == 0) return "unknown sector " + std::string(sector);
    }
    for (const RecordMention& mention : actor.mentions) {
        const FieldText& field = mention.slice.field == Field::title ? title : body;
        if (auto wrong = field.check(mention.slice, "mention"); !wrong.empty()) return wrong;
        if (!is_one_of(mention.form, kForms)) return "unknown form " + std::string(mention.form);
    }
    return "";
}

std::string check_claim(const EnrichedRecord& record, const RecordClaim& claim,
                        const FieldText& title, const FieldText& body) {
    const FieldText& field = claim.slice.field == Field::title ? title : body;
    if (auto wrong = field.check(claim.slice, "claim"); !wrong.empty()) return wrong;
    if (claim.cue) {
        const FieldText& cue_field = claim.cue->field == Field::title ? title : body;
        if (auto wrong = cue_field.check(*claim.cue, "cue"); !wrong.empty()) return wrong;
    }
    for (const auto& indices : {claim.actors, claim.sources, claim.via, claim.targets}) {
        for (const ActorIndex index : indices) {
            if (index >= record.actors.size()) return "an index beyond the actors";
        }
    }
    if (claim.id.empty()) return "a claim without an id";
    if (!is_one_of(claim.act, kActs)) return "unknown act " + std::string(claim.act);
    if (!is_one_of(claim.stance, kStances)) return "unknown stance " + std::string(claim.stance);
    if (!is_one_of(claim.status, kStatuses)) return "unknown status " + std::string(claim.status);
    if (!is_one_of(claim.quote, kQuotes)) return "unknown quote " + std::string(claim.quote);
    if (!(claim.confidence >= 0 && claim.confidence <= 1)) return "a confidence outside 0 to 1";
    return "";
}

std::string check_record(const EnrichedRecord& record) {
    const Article& article = *record.article;
    if (article.id.empty()) return "an article without an id";
    if (!is_utf8(article.title) || !is_utf8(article.body)) return "text that is not UTF-8";
    if (record.relevant != !record.claims.empty()) return "relevant and claims disagree";
    const FieldText title(article.title);
    const FieldText body(article.body);
    for (const RecordActor& actor : record.actors) {
        if (auto wrong = check_actor(actor, title, body); !wrong.empty()) return wrong;
    }
    for (const RecordClaim& claim : record.claims) {
        if (auto wrong = check_claim(record, claim, title, body); !wrong.empty()) return wrong;
    }
    return "";
}

std::string check_rejection(const Rejection& rejection, std::string_view message) {
    if (rejection.reason == Reason::publish_refused) return "the core refuses no publishing";
    if (rejection.byte && *rejection.byte > message.size()) return "a byte beyond the message";
    if (rejection.message.empty() || rejection.message.size() > 1024) {
        return "a rejection's message of no or too many bytes";
    }
    if (!is_utf8(rejection.message) || !is_utf8(rejection.field)) {
        return "a rejection that is not UTF-8";
    }
    if (rejection.message.find('\n') != std::string::npos) return "a message of several lines";
    return "";
}

/// The answer as bytes; complaints go to `wrong`.
std::string answer(std::string_view message, Scratch& scratch, std::string& wrong) {
    const auto record = enrich(message, test::shipped_lexicon(), scratch);
    std::string out;
    if (!record) {
        const Rejection& rejection = record.error();
        wrong = check_rejection(rejection, message);
        out = "rejected " + std::string(to_string(rejection.reason)) + ' ' + rejection.field + ' ' +
              (rejection.byte ? std::to_string(*rejection.byte) : "-") + ' ' + rejection.message;
        return out;
    }
    wrong = check_record(*record);
    encode(*record, out);
    if (!wrong.empty()) return out;
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(out).get(root) != simdjson::SUCCESS) {
        wrong = "the output is no JSON";
    } else if (out.find('\n') != std::string::npos) {
        wrong = "the output has more than one line";
    }
    return out;
}

}  // namespace

std::string complaint_about_message(std::string_view message) {
    static Scratch used;
    std::string wrong;
    const std::string from_used = answer(message, used, wrong);
    if (!wrong.empty()) return wrong;
    // A new scratch unpacks the models, which costs a hundred times as much as a message: every
    // eighth message is asked twice, and always the same ones.
    if (std::hash<std::string_view>{}(message) % 8 != 0) return "";
    Scratch fresh;
    const std::string from_fresh = answer(message, fresh, wrong);
    if (!wrong.empty()) return wrong;
    return from_used == from_fresh ? "" : "a used scratch answers otherwise than a new one";
}

}  // namespace ceasewire::fuzz
