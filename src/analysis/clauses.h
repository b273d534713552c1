#pragma once
/// A parsed sentence as the claims pass asks about it: what a word is said of, who is the subject
/// of a verb, which actor a noun phrase names. Internal to the analysis room.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/attribution.h"
#include "analysis/features.h"
#include "analysis/view.h"
#include "analysis/word_lists.h"
#include "syntax/tree.h"

namespace ceasewire::analysis {

inline constexpr std::int32_t kNoWord = -1;

/// Memory of a Clauses, for the next one to use again.
struct ClausesSpace {
    WordLists<std::int32_t> children;
    std::vector<std::uint32_t> token_begin;  ///< by word: its first token at or after its begin
    std::vector<std::uint32_t> token_end;
};

/// Refers to its arguments and stands in `space`; one at a time in each.
class Clauses {
public:
    /// `resolve` answers what a pronoun at a token refers to; `describe` whom a description that
    /// ends before a token means ("the group").
    Clauses(const View& view, const Analysis& analysis, const SentenceFacts& facts,
            const syntax::Tree& tree,
            std::function<std::optional<std::uint32_t>(std::uint32_t token)> resolve,
            std::function<std::optional<Reference>(std::uint32_t token_end)> describe,
            ClausesSpace& space);

    [[nodiscard]] std::size_t size() const { return tree_.words.size(); }
    [[nodiscard]] const syntax::Word& word(std::int32_t w) const {
        return tree_.words[static_cast<std::size_t>(w)];
    }
    [[nodiscard]] bool is(std::int32_t w, std::string_view lower) const;
    [[nodiscard]] std::span<const std::int32_t> children(std::int32_t w) const {
        return children_.of(static_cast<std::size_t>(w));
    }
    [[nodiscard]] std::int32_t root() const { return root_; }

    /// The word that holds token t, or kNoWord.
    [[nodiscard]] std::int32_t word_of_token(std::uint32_t t) const;

    /// The first child of w with one of these relations (subtypes ignored), or kNoWord.
    [[nodiscard]] std::int32_t child(std::int32_t w,
                                     std::initializer_list<syntax::Deprel> relations) const;

    /// The head of the subject of predicate w: its own, or that of the verb it is coordinated with
    /// or completes; the agent of a passive. kNoWord when none is told.
    [[nodiscard]] std::int32_t subject(std::int32_t w) const;

    /// The head of who does what w says: its subject; of a noun its owner or the one behind "by"
    /// ("Hamas's rejection", "a rejection by Hamas"). kNoWord when none is told.
    [[nodiscard]] std::int32_t doer(std::int32_t w) const;

    /// The first token of w itself.
    [[nodiscard]] std::uint32_t subtree_head_token(std::int32_t w) const {
        return token_begin_[static_cast<std::size_t>(w)];
    }

    /// The actors that the noun phrase with this head names: the head first, then what is
    /// coordinated with it.
    [[nodiscard]] std::vector<Reference> references(std::int32_t w) const;
    [[nodiscard]] std::optional<Reference> reference(std::int32_t w) const;

    /// The actor that word w itself names, refers to or describes.
    [[nodiscard]] std::optional<Reference> named(std::int32_t w) const { return named_by(w, 0); }

    /// First and last token (exclusive) of the subtree of w; empty where it has signs alone.
    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    [[nodiscard]] Range subtree(std::int32_t w) const;

    [[nodiscard]] bool passive(std::int32_t w) const;

private:
    [[nodiscard]] std::optional<Reference> named_by(std::int32_t w, int depth) const;

    const View& view_;
    const Analysis& analysis_;
    const SentenceFacts& facts_;
    const syntax::Tree& tree_;
    std::function<std::optional<std::uint32_t>(std::uint32_t)> resolve_;
    std::function<std::optional<Reference>(std::uint32_t)> describe_;
    WordLists<std::int32_t>& children_;
    std::vector<std::uint32_t>& token_begin_;
    std::vector<std::uint32_t>& token_end_;
    std::uint32_t first_token_ = 0;
    std::int32_t root_ = kNoWord;
};

/// The attribution of a parsed sentence, by its tree; empty chain when it has none.
[[nodiscard]] Attribution attribution_by_tree(const View& view, const Analysis& analysis,
                                              const SentenceFacts& facts, const Sentence& sentence,
                                              const Clauses& clauses);

/// The attribution of what stands under these verbs of telling, outermost first; `whole` is that of
/// the sentence, taken where the tree says nothing against it.
[[nodiscard]] Attribution attribution_at(const View& view, const Analysis& analysis,
                                         const SentenceFacts& facts, const Sentence& sentence,
                                         const Clauses& clauses,
                                         std::span<const std::int32_t> tellers,
                                         const Attribution& whole);

/// Whether two readings have one source, and the first knows more outlets or unnamed people through
/// whom it came.
[[nodiscard]] bool reaches_further(const Analysis& analysis, const Attribution& longer,
                                   const Attribution& shorter);

/// The outlets that hand on what the sentence tells, outermost first: "according to Reuters", "told
/// CNN", "the BBC quoted … as saying", "…, as the paper writes".
[[nodiscard]] std::vector<Reference> outlets(const View& view, const Analysis& analysis,
                                             const SentenceFacts& facts, const Clauses& clauses);

}  // namespace ceasewire::analysis
