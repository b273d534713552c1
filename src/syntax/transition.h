#pragma once
/// The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011): a stack of words
/// whose heads are not known yet, and a buffer of words to come. The root stands behind the last
/// word, so it becomes the front of the buffer when all words have been read.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "syntax/tree.h"

namespace ceasewire::syntax {

enum class Action : std::uint8_t {
    kShift,  // the buffer's front goes onto the stack
    kLeft,   // the buffer's front is the head of the stack's top, which is popped
    kRight,  // the word below the stack's top is its head; the top is popped
};
inline constexpr std::size_t kActionCount = 3;

inline constexpr std::int32_t kNoWord = -1;
inline constexpr std::uint8_t kNoRelation = kDeprelCount;  // a child that is not there

/// What the parser has built so far. Every word is shifted once and popped once, so a sentence of n
/// words takes 2n steps.
struct State {
    std::vector<std::int32_t> stack;
    std::int32_t front = 0;  // the buffer's first word; `size` is the root
    std::int32_t size = 0;

    // Per word: the head, the relation to it, and the relations of the outermost children so far.
    std::vector<std::int32_t> head;
    std::vector<std::uint8_t> relation;
    struct Children {
        std::uint8_t first = kNoRelation;      // leftmost child
        std::uint8_t near_left = kNoRelation;  // the left child that came last but one
        std::uint8_t last = kNoRelation;       // rightmost child
        std::uint8_t near_right = kNoRelation;
    };
    std::vector<Children> children;  // one more than words: the last is the root's

    void reset(std::int32_t words);
    [[nodiscard]] bool done() const { return front == size && stack.empty(); }
    [[nodiscard]] std::int32_t top(std::size_t depth) const {
        return depth < stack.size() ? stack[stack.size() - 1 - depth] : kNoWord;
    }
    /// Only one word may become the root's child, so left arcs from the root wait for the last
    /// word.
    [[nodiscard]] bool allowed(Action action) const;
    /// `relation` is ignored by a shift. The action must be allowed.
    void apply(Action action, std::uint8_t new_relation);
};

/// The words that the parser's hidden layer looks at.
enum Position : std::uint8_t { kTop2, kTop1, kTop0, kFront, kPositionCount };

/// The small tables that it adds: relations of the outermost children, and distances.
enum Slot : std::uint8_t {
    kTop0First,
    kTop0NearLeft,
    kTop0Last,
    kTop0NearRight,
    kTop1First,
    kTop1Last,
    kTop1NearRight,
    kFrontFirst,
    kFrontNearLeft,
    kTopsDistance,
    kFrontDistance,
    kSlotCount
};
inline constexpr std::uint32_t kSlotRows = kDeprelCount + 1;  // a distance uses the first ten

/// What the hidden layer is made of in one state. A position holds a word, kNoWord, or `size` for
/// the root; a slot holds a row of all tables laid end to end.
struct View {
    std::array<std::int32_t, kPositionCount> words{};
    std::array<std::uint32_t, kSlotCount> slots{};
};
[[nodiscard]] View view_of(const State& state);

}  // namespace ceasewire::syntax
