/// libFuzzer's entry: any bytes go to the check that CEASEWIRE_FUZZ_TARGET names. `./dev fuzz`
/// builds one program for each and runs it with its corpus.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using ceasewire::fuzz::kTargets;
    static const auto* const target =
        std::find_if(kTargets.begin(), kTargets.end(),
                     [](const auto& known) { return known.name == CEASEWIRE_FUZZ_TARGET; });
    const auto* bytes = static_cast<const char*>(static_cast<const void*>(data));
    const std::string wrong = target->complaint({bytes, size});
    if (!wrong.empty()) {
        std::fprintf(stderr, "%s\n", wrong.c_str());
        std::abort();
    }
    return 0;
}
