#pragma once
/// Small linear scorers, kept as a table that a person can read: a row a feature, a column a class.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ceasewire {

/// What a feature is looked up by: a hash of its name, which is "kind", "kind=value" or
/// "kind=value|value".
using FeatureId = std::uint64_t;

/// FNV-1a, 64 bits.
[[nodiscard]] constexpr std::uint64_t hash_part(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}

/// The id of the feature whose parts have these hashes; 0 for a part that is absent.
[[nodiscard]] constexpr FeatureId feature_id(std::uint64_t kind, std::uint64_t first = 0,
                                             std::uint64_t second = 0) {
    std::uint64_t id = kind;
    id = (id ^ (id >> 29U)) * 0x9E3779B97F4A7C15U + first;
    id = (id ^ (id >> 32U)) * 0xD6E8FEB86659FD93U + second;
    id = (id ^ (id >> 32U)) * 0xD6E8FEB86659FD93U;
    return id ^ (id >> 32U);
}
[[nodiscard]] FeatureId feature_id(std::string_view name);

/// The columns of models/weights-claims.tsv, in order: is a sentence a claim; what a proposition
/// does, "none" for one that is no claim; its stance; its status; who may be its source, its doer,
/// its target.
inline constexpr std::array<std::string_view, 28> kModelColumns = {"claim",
                                                                   "act:none",
                                                                   "act:call",
                                                                   "act:propose",
                                                                   "act:accept",
                                                                   "act:reject",
                                                                   "act:condition",
                                                                   "act:announce",
                                                                   "act:negotiate",
                                                                   "act:accuse",
                                                                   "act:violate",
                                                                   "act:implement",
                                                                   "act:pledge",
                                                                   "act:assess",
                                                                   "act:deny",
                                                                   "stance:for",
                                                                   "stance:against",
                                                                   "stance:conditional",
                                                                   "stance:neutral",
                                                                   "status:actual",
                                                                   "status:proposed",
                                                                   "status:conditional",
                                                                   "status:predicted",
                                                                   "status:possible",
                                                                   "status:denied",
                                                                   "source",
                                                                   "holder",
                                                                   "target"};
inline constexpr std::size_t kClaimColumn = 0;
inline constexpr std::size_t kNoneColumn = 1;
inline constexpr std::size_t kActColumn = 2;
inline constexpr std::size_t kStanceColumn = 15;
inline constexpr std::size_t kStatusColumn = 19;
inline constexpr std::size_t kSourceColumn = 25;
inline constexpr std::size_t kHolderColumn = 26;
inline constexpr std::size_t kTargetColumn = 27;

/// The columns of models/weights-terms.tsv: the closed list of terms.
inline constexpr std::array<std::string_view, 33> kTermColumns = {"ceasefire",
                                                                  "armistice",
                                                                  "cessation_of_hostilities",
                                                                  "humanitarian_pause",
                                                                  "temporary_ceasefire",
                                                                  "permanent_ceasefire",
                                                                  "unilateral_ceasefire",
                                                                  "partial_ceasefire",
                                                                  "immediate_ceasefire",
                                                                  "entry_into_force",
                                                                  "extension_or_phase",
                                                                  "violation",
                                                                  "collapse",
                                                                  "monitoring",
                                                                  "security_guarantees",
                                                                  "peacekeeping_force",
                                                                  "separation_of_forces",
                                                                  "troop_withdrawal",
                                                                  "disarmament",
                                                                  "hostage_release",
                                                                  "prisoner_exchange",
                                                                  "humanitarian_access",
                                                                  "humanitarian_corridor",
                                                                  "blockade_lifting",
                                                                  "displaced_return",
                                                                  "remains_return",
                                                                  "sanctions_relief",
                                                                  "reconstruction",
                                                                  "political_settlement",
                                                                  "peace_talks",
                                                                  "mediation",
                                                                  "peace_plan",
                                                                  "un_resolution"};

/// The columns of models/weights-actors.tsv: is a group, is a state's name an actor,
/// is a run of capitalised words somebody's name.
inline constexpr std::array<std::string_view, 3> kActorColumns = {"group", "state", "person"};

/// The column of models/weights-confidence.tsv: is what was found an actor.
inline constexpr std::array<std::string_view, 1> kConfidenceColumns = {"actor"};

/// The columns of models/weights-attributions.tsv: is a word the cue of an attribution; which words
/// are its content, which its source; does a part belong to the cue, the content, the source.
inline constexpr std::array<std::string_view, 6> kAttributionColumns = {
    "cue", "content", "source", "cue_part", "content_part", "source_part"};
inline constexpr std::size_t kCueColumn = 0;
inline constexpr std::size_t kContentColumn = 1;
inline constexpr std::size_t kTellerColumn = 2;
inline constexpr std::size_t kCuePartColumn = 3;
inline constexpr std::size_t kContentPartColumn = 4;
inline constexpr std::size_t kTellerPartColumn = 5;

/// For each feature one weight a column. Immutable once indexed; safe from many threads.
class LinearModel {
public:
    LinearModel() = default;
    /// `columns` must outlive the model.
    explicit LinearModel(std::span<const std::string_view> columns) : columns_(columns) {}

    [[nodiscard]] std::span<const std::string_view> columns() const { return columns_; }
    [[nodiscard]] bool empty() const { return names_.empty(); }
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] const std::string& name(std::uint32_t row) const { return names_[row]; }
    [[nodiscard]] const float* row(std::uint32_t row) const {
        return weights_.data() + row * columns_.size();
    }

    static constexpr std::uint32_t kAbsent = UINT32_MAX;
    /// False for most features that have no row, from memory that stays near the processor.
    [[nodiscard]] bool may_have(FeatureId id) const {
        const std::uint64_t bit = (id >> 32U) & filter_mask_;
        return (filter_[bit >> 6U] >> (bit & 63U) & 1U) != 0;
    }
    /// Asks for the memory that find() will read.
    void prefetch(FeatureId id) const { __builtin_prefetch(&slots_[id & mask_]); }
    void prefetch_row(std::uint32_t row, std::size_t column) const {
        __builtin_prefetch(this->row(row) + column);
    }
    /// The row of a feature, or kAbsent. Constant time.
    [[nodiscard]] std::uint32_t find(FeatureId id) const {
        for (std::uint64_t at = id & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].row == kAbsent || slots_[at].id == id) return slots_[at].row;
        }
    }

    /// Adds a row; `weights` has one number a column.
    void add(std::string name, const std::vector<float>& weights);
    /// Makes the rows findable. False with the later row's number when two rows have one name.
    [[nodiscard]] bool index(std::size_t& twin);

private:
    struct Slot {
        FeatureId id = 0;
        std::uint32_t row = kAbsent;
    };
    std::span<const std::string_view> columns_;
    std::vector<std::string> names_;
    std::vector<float> weights_;  ///< by row, then column
    std::vector<Slot> slots_{Slot{}};
    std::uint64_t mask_ = 0;
    std::vector<std::uint64_t> filter_{0};  ///< a bit for each id that has a row; 32 bits a row
    std::uint64_t filter_mask_ = 0;
};

}  // namespace ceasewire
