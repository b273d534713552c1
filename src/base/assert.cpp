#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace ceasewire {

void assertion_failed(const char* statement, const char* file, int line) noexcept {
    std::fprintf(stderr, "ceasewire: internal error, please report it: %s does not hold (%s:%d)\n",
                 statement, file, line);
    std::abort();
}

}  // namespace ceasewire
