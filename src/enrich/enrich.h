#pragma once
/// The heart: one message in, one record or one rejection out. Everything else prepares its
/// arguments or carries its answer.

#include <memory>
#include <string_view>

#include "analysis/layers.h"
#include "article/article.h"
#include "base/expected.h"
#include "lexicon/lexicon.h"
#include "record/record.h"

namespace ceasewire {

/// Everything that enriching one message needs to hold: parser, buffers, vectors, cleared and not
/// freed between messages. One per thread. What it held before never changes an answer.
class Scratch {
public:
    explicit Scratch(DecodeLimits limits = {});
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    struct State;
    [[nodiscard]] State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

/// The enriched record of `message`, or why it is no article. With `layers` the record also tells
/// what the analysis saw of the whole text, relevant or not; the rest of it stays the same.
///
/// Pure: the same message and lexicon give the same record, byte for byte once encoded. No clock,
/// randomness, locale, environment, logging. The record's views live until the next call with the
/// same scratch. Linear in message.size(). Safe from many threads with one scratch each; `lexicon`
/// is shared and never written.
[[nodiscard]] Expected<EnrichedRecord, Rejection> enrich(std::string_view message,
                                                         const Lexicon& lexicon, Scratch& scratch,
                                                         LayerChoice layers = {});

}  // namespace ceasewire
