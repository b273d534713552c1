#pragma once
/// Numbers that must not be swapped: explicit in, explicit out, ordered and hashable.

#include <compare>
#include <cstddef>
#include <functional>

namespace ceasewire {

template <class Tag, class Rep>
class Strong {
public:
    using rep = Rep;
    constexpr Strong() = default;
    constexpr explicit Strong(Rep value) : value_(value) {}
    [[nodiscard]] constexpr Rep value() const { return value_; }
    friend constexpr auto operator<=>(Strong, Strong) = default;

private:
    Rep value_{};
};

}  // namespace ceasewire

template <class Tag, class Rep>
struct std::hash<ceasewire::Strong<Tag, Rep>> {
    std::size_t operator()(ceasewire::Strong<Tag, Rep> strong) const noexcept {
        return std::hash<Rep>{}(strong.value());
    }
};
