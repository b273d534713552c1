#pragma once
/// A marked text and its day, for tables of cases about who is in a text.

#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "analysis/marked_text.h"

namespace ceasewire::test {

struct ActorCase {
    const char* name;
    const char* marked;
    const char* day = "2024-06-11";
};

/// What the analysis finds, as marked text.
[[nodiscard]] inline std::string rendered(const ActorCase& given) {
    Analyzed analyzed;
    analyze(strip(given.marked), {.day = given.day, .claims = false}, analyzed);
    return render(shown(analyzed), actor_marks(analyzed));
}

[[nodiscard]] inline std::string case_name(const testing::TestParamInfo<ActorCase>& info) {
    return info.param.name;
}

inline void PrintTo(const ActorCase& given, std::ostream* out) { *out << given.name; }

}  // namespace ceasewire::test
