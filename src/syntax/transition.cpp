#include "syntax/transition.h"

#include <cstddef>

namespace ceasewire::syntax {

void State::reset(std::int32_t words) {
    stack.clear();
    front = 0;
    size = words;
    const auto count = static_cast<std::size_t>(words);
    head.assign(count, kNoHead);
    relation.assign(count, kNoRelation);
    children.assign(count + 1, Children{});
}

bool State::allowed(Action action) const {
    switch (action) {
        case Action::kShift:
            return front < size;
        case Action::kLeft:
            return !stack.empty() && (front < size || stack.size() == 1);
        case Action::kRight:
            return stack.size() >= 2;
    }
    return false;
}

void State::apply(Action action, std::uint8_t new_relation) {
    if (action == Action::kShift) {
        stack.push_back(front++);
        return;
    }
    const std::int32_t child = stack.back();
    stack.pop_back();
    const bool left = action == Action::kLeft;
    const std::int32_t parent = left ? front : stack.back();
    const auto child_index = static_cast<std::size_t>(child);
    head[child_index] = parent == size ? kNoHead : parent;
    relation[child_index] = new_relation;

    // Children arrive from the inside out on either side, so the newest is the outermost.
    Children& siblings = children[static_cast<std::size_t>(parent)];
    if (left) {
        siblings.near_left = siblings.first;
        siblings.first = new_relation;
        siblings.first_word = child;
    } else {
        siblings.near_right = siblings.last;
        siblings.last = new_relation;
        siblings.last_word = child;
    }
}

}  // namespace ceasewire::syntax
