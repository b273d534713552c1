#pragma once
/// A value or the reason why there is none: std::expected's names for C++20, to be replaced by an
/// alias later.

#include <type_traits>
#include <utility>
#include <variant>

#include "base/assert.h"

namespace ceasewire {

template <class E>
class Unexpected {
public:
    constexpr explicit Unexpected(E error) : error_(std::move(error)) {}
    [[nodiscard]] constexpr const E& error() const& noexcept { return error_; }
    [[nodiscard]] constexpr E&& error() && noexcept { return std::move(error_); }

private:
    E error_;
};

template <class T, class E>
class [[nodiscard]] Expected {
public:
    using value_type = T;
    using error_type = E;

    constexpr Expected(T value)
        : state_(std::in_place_index<0>, std::move(value)) {
    }  // NOLINT(google-explicit-constructor): as std::expected
    constexpr Expected(
        Unexpected<E> error)  // NOLINT(google-explicit-constructor): as std::expected
        : state_(std::in_place_index<1>, std::move(error).error()) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return state_.index() == 0; }
    constexpr explicit operator bool() const noexcept { return has_value(); }

    /// The value. Asking an error for its value is our own mistake and stops the program.
    [[nodiscard]] constexpr T& value() & { return check(), std::get<0>(state_); }
    [[nodiscard]] constexpr const T& value() const& { return check(), std::get<0>(state_); }
    [[nodiscard]] constexpr T&& value() && { return check(), std::move(std::get<0>(state_)); }
    constexpr T& operator*() & { return value(); }
    constexpr const T& operator*() const& { return value(); }
    constexpr T&& operator*() && { return std::move(*this).value(); }
    constexpr T* operator->() { return &value(); }
    constexpr const T* operator->() const { return &value(); }

    [[nodiscard]] constexpr E& error() & { return check_error(), std::get<1>(state_); }
    [[nodiscard]] constexpr const E& error() const& { return check_error(), std::get<1>(state_); }
    [[nodiscard]] constexpr E&& error() && { return check_error(), std::move(std::get<1>(state_)); }

    template <class U>
    [[nodiscard]] constexpr T value_or(U&& other) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(other));
    }

private:
    constexpr void check() const { CEASEWIRE_ASSERT(has_value()); }
    constexpr void check_error() const { CEASEWIRE_ASSERT(!has_value()); }
    std::variant<T, E> state_;
};

/// Success without a value.
struct Nothing {
    friend constexpr bool operator==(Nothing, Nothing) = default;
};

}  // namespace ceasewire
