/// The libFuzzer target: any bytes enter through enrich. Build with the preset `fuzz`, then
/// `build/fuzz/tests/fuzz/enrich_fuzz -dict=tests/fuzz/json.dict CORPUS tests/fuzz/corpus`.

#include "enrich_fuzz.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto* bytes = static_cast<const char*>(static_cast<const void*>(data));
    const std::string wrong = ceasewire::fuzz::complaint_about({bytes, size});
    if (!wrong.empty()) {
        std::fprintf(stderr, "enrich_fuzz: %s\n", wrong.c_str());
        std::abort();
    }
    return 0;
}
