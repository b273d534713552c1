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
    } else {
        siblings.near_right = siblings.last;
        siblings.last = new_relation;
    }
}

namespace {

std::uint32_t distance_row(std::int32_t distance) {
    if (distance <= 4) return static_cast<std::uint32_t>(distance);
    if (distance <= 6) return 5;
    if (distance <= 9) return 6;
    if (distance <= 14) return 7;
    if (distance <= 24) return 8;
    return 9;
}

}  // namespace

View view_of(const State& state) {
    static constexpr State::Children kChildless{};
    const auto children_of = [&](std::int32_t word) -> const State::Children& {
        return word == kNoWord ? kChildless : state.children[static_cast<std::size_t>(word)];
    };
    View view;
    view.words = {state.top(2), state.top(1), state.top(0), state.front};
    const std::int32_t top0 = view.words[kTop0];
    const std::int32_t top1 = view.words[kTop1];
    const State::Children& under_top0 = children_of(top0);
    const State::Children& under_top1 = children_of(top1);
    const State::Children& under_front = children_of(state.front);
    view.slots = {under_top0.first,
                  under_top0.near_left,
                  under_top0.last,
                  under_top0.near_right,
                  under_top1.first,
                  under_top1.last,
                  under_top1.near_right,
                  under_front.first,
                  under_front.near_left,
                  top1 == kNoWord ? 0 : distance_row(top0 - top1),
                  top0 == kNoWord ? 0 : distance_row(state.front - top0)};
    for (std::uint32_t slot = 0; slot < kSlotCount; ++slot) view.slots[slot] += slot * kSlotRows;
    return view;
}

}  // namespace ceasewire::syntax
