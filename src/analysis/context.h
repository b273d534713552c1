#pragma once
/// Small questions about the words around a place in the text, as the actor pass asks them.
/// Internal to the analysis room.

#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"
#include "analysis/view.h"

namespace ceasewire::analysis {

using TokenIndex = std::uint32_t;

class Context {
public:
    Context(const View& view, const Analysis& analysis);

    [[nodiscard]] std::uint32_t sentence_of(TokenIndex t) const { return sentence_of_[t]; }
    [[nodiscard]] const Sentence& sentence_at(TokenIndex t) const {
        return sentences_[sentence_of_[t]];
    }
    [[nodiscard]] bool sentence_start(TokenIndex t) const {
        return sentence_at(t).token_begin == t;
    }
    [[nodiscard]] TokenIndex sentence_begin(TokenIndex t) const {
        return sentence_at(t).token_begin;
    }
    [[nodiscard]] TokenIndex sentence_end(TokenIndex t) const { return sentence_at(t).token_end; }

    /// A cue of that kind begins at token `t`.
    [[nodiscard]] bool cue_at(TokenIndex t, CueKind kind) const;

    /// Whether the words after `t` (a token end) are a verb that its subject does: what precedes
    /// them acts.
    [[nodiscard]] bool acts_after(TokenIndex t) const;

    /// Whether the words after `t` are a verb that its subject suffers: "were killed", "have been
    /// freed".
    [[nodiscard]] bool suffers_after(TokenIndex t) const;

    /// Whether token `t` has the form of a past participle.
    [[nodiscard]] bool participle(TokenIndex t) const;

private:
    /// "bombed the port", "seizes a town", "fled": a verb that no list of cues has, told by its
    /// form and by the object that begins behind it.
    [[nodiscard]] bool verb_with_object(TokenIndex t, TokenIndex end) const;

protected:
    const View& view_;
    const std::vector<Sentence>& sentences_;
    std::vector<std::uint32_t> sentence_of_;
};

}  // namespace ceasewire::analysis
