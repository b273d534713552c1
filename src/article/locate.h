#pragma once
/// A slow, strict JSON reader that says where a message goes wrong, for the few that the fast
/// parser turned away.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "article/rejection.h"

namespace ceasewire {

/// What no text begins with: NUL and a non-character.
inline constexpr std::string_view kQuotedNumberMark{"\0\xEF\xBF\xBFnumber:", 11};

/// The first error of `json` (RFC 8259, UTF-8, one value, nothing after it), or nothing when there
/// is none. `byte` counts from the start of `json`. An array or object without elements is no level
/// of depth, as in simdjson. With `numbers_quoted`, a copy of valid JSON in which numbers of more
/// than 15 characters are strings that begin with kQuotedNumberMark, for parsers that refuse large
/// ones. Linear; depth costs no stack.
[[nodiscard]] std::optional<Rejection> locate_json_error(std::string_view json,
                                                         std::size_t depth_max,
                                                         std::string* numbers_quoted = nullptr);

/// Whether `json` has an escape of the surrogate range, which wants a second look.
[[nodiscard]] bool has_surrogate_escape(std::string_view json);

}  // namespace ceasewire
