#pragma once
/// From the text of a sentence to its tree.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "syntax/features.h"
#include "syntax/model.h"
#include "syntax/transition.h"
#include "syntax/tree.h"
#include "text/span.h"

namespace ceasewire::syntax {

/// The network reads at most so many words at once. A longer sentence is parsed in pieces, cut at a
/// mark where there is one near, and the root of every further piece becomes a parataxis of the
/// first root: no word is lost, and time and memory stay linear.
inline constexpr std::size_t kPieceWordsMax = 256;

/// What one thread works in. Reused from sentence to sentence, it no longer allocates; it never
/// changes an answer.
struct Workspace {
    std::vector<Span> words;
    std::vector<WordFeatures> features;
    std::vector<std::uint32_t> rows;  // of the words, in the model
    std::vector<std::int16_t> inputs;
    std::vector<std::int16_t> recurrent;
    std::vector<std::int16_t> recurrent_below;
    std::vector<std::int32_t> sums;
    std::vector<std::int32_t> cell;
    std::vector<std::int32_t> state_sums;
    std::vector<std::int16_t>
        parts;  // what each word adds to the hidden layer: [words][positions][parser_hidden]
    std::vector<std::int16_t> hidden;
    std::vector<std::int32_t> scores;
    State state;
};

/// Replaces `out` by the tree of the sentence: its words with tags, heads and relations. Spans are
/// byte offsets into `text`, which must be valid UTF-8; `sentence` lies on its borders. A sentence
/// without words gives an empty tree.
///
/// The same text and model give the same tree on every machine. Linear in the sentence, some
/// microseconds a word; allocates only while the workspace and `out` grow to the longest sentence.
/// Many threads may share the model, each with its own workspace.
void parse(std::string_view text, Span sentence, const Model& model, Workspace& workspace,
           Tree& out);

/// The same for words that the caller has cut, in order and without overlap. `words` may be
/// `workspace.words`.
void parse_words(std::string_view text, std::span<const Span> words, const Model& model,
                 Workspace& workspace, Tree& out);

}  // namespace ceasewire::syntax
