#pragma once
/// Whose words a sentence is where quotation marks and layout tell it: a quotation over several
/// sentences, "NAME: …", a quotation that is signed. Internal to the analysis room.

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/attribution.h"
#include "analysis/features.h"
#include "analysis/view.h"

namespace ceasewire::analysis {

/// Refers to its arguments; they must outlive it.
class Speakers {
public:
    Speakers(const View& view, const Analysis& analysis, const std::vector<SentenceFacts>& facts);

    /// Who speaks in sentence `s`, or nothing. Ask in order of the sentences, once each;
    /// `discourse` is what those before leave.
    [[nodiscard]] std::optional<Speaker> at(std::size_t s, const Discourse& discourse);

    /// Whether sentence `s` only names who said the one before: "– NAME".
    [[nodiscard]] bool signs(std::size_t s) const {
        return s > 0 && facts_[s - 1].quoted && signed_behind(s - 1).has_value();
    }

private:
    [[nodiscard]] std::optional<Reference> label(std::size_t s) const;
    [[nodiscard]] bool bare_label(std::size_t s) const;
    [[nodiscard]] std::optional<Reference> signature(std::size_t s) const;
    [[nodiscard]] std::optional<Reference> signed_behind(std::size_t s) const;
    [[nodiscard]] bool begins_with_mark(std::size_t s) const;
    [[nodiscard]] bool continues(std::size_t s) const;
    [[nodiscard]] std::optional<Reference> told_outside(std::size_t s,
                                                        const Discourse& discourse) const;
    [[nodiscard]] std::optional<Speaker> of_quotation(std::size_t first, std::size_t last,
                                                      const Discourse& discourse) const;

    const View& view_;
    const Analysis& analysis_;
    const std::vector<SentenceFacts>& facts_;
    std::vector<std::optional<Reference>> labels_;  ///< by sentence
    std::size_t run_end_ = 0;  ///< the sentences before it belong to the quotation in hand
    std::optional<Speaker> running_;
    bool transcript_ = false;  ///< speakers take turns, each with his name in front
    std::optional<Reference> turn_;
    std::optional<Reference> frame_;  ///< the outlet whose words a paragraph repeats
    std::uint32_t frame_paragraph_ = 0;
};

}  // namespace ceasewire::analysis
