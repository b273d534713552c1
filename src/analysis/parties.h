#pragma once
/// Who may be meant as the source of a claim, and whose act it may be: the candidates, and what a
/// scorer sees of each. Internal to the analysis room.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/propositions.h"

namespace ceasewire::analysis {

/// One who may be meant; `who` is empty for the article's own voice, or for nobody.
struct Party {
    std::optional<Reference> who;
    std::string_view role;  ///< for the proposition, or how he is carried over; static
    bool outside = false;   ///< not named in the sentence
    FeatureVector features;
};

/// The candidates of one claim. Keeps the memory of those that it held before.
class Parties {
public:
    void clear() { size_ = 0; }
    /// A new one, empty; the references to the others end here.
    [[nodiscard]] Party& add();
    void truncate(std::size_t size) { size_ = std::min(size_, size); }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Party& operator[](std::size_t i) { return all_[i]; }
    [[nodiscard]] const Party& operator[](std::size_t i) const { return all_[i]; }
    [[nodiscard]] auto begin() { return all_.begin(); }
    [[nodiscard]] auto end() { return all_.begin() + static_cast<std::ptrdiff_t>(size_); }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.begin() + static_cast<std::ptrdiff_t>(size_); }

private:
    std::vector<Party> all_;
    std::size_t size_ = 0;
};

/// What the candidates of a claim are judged by. Refers to what it is made of.
struct PartyContext {
    const View& view;
    const Analysis& analysis;
    const SentenceFacts& facts;
    const SentenceFacts* before;  ///< of the sentence before, or null
    const Sentence& sentence;
    const Clauses& clauses;
    const Propositions& propositions;
    const Discourse& discourse;
    std::size_t sentence_index = 0;
    std::int32_t anchor = kNoWord;
    Hashed act_name;
    const Attribution* read = nullptr;  ///< the attribution by rule
};

/// The candidates for source, holder and target: nobody first, then the references of the sentence
/// in order, then who spoke before. The scorers of the three see the same features and weigh them
/// each in its own way.
void find_parties(const PartyContext& context, Parties& out);

/// A source that is none of the candidates may still be the holder.
void add_party_of_source(const PartyContext& context, const Reference& source, Parties& out);

/// What the scorer of holders sees besides of the one who was chosen as the source.
void add_same(const PartyContext& context, const Party& party, FeatureVector& out);

/// Beside whom a target is chosen.
struct AimContext {
    const Party* holder = nullptr;  ///< the candidate whose act it is, or null
    bool tells = false;             ///< the one who is judged is the source
    std::size_t others = 0;         ///< actors of the sentence who are not the holder
    std::size_t place = 0;          ///< of the one who is judged among them
};

/// What the scorer of targets sees besides of one who is not the holder.
void add_aim(const PartyContext& context, const Party& party, const AimContext& aim,
             FeatureVector& out);

}  // namespace ceasewire::analysis
