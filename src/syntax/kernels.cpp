// The portable kernels and the choice between them. On x86-64 "portable" may use SSE2, which every
// such processor has.

#include "syntax/kernels.h"

#if defined(__SSE2__)
#include <emmintrin.h>

#define CEASEWIRE_MULTIPLY_PAIRS
namespace ceasewire::syntax {
namespace {
using Ints = __m128i;
constexpr std::size_t kInts = 4;
inline Ints load_ints(const std::int32_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}
inline Ints load_pairs(const std::int16_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}
inline void store_ints(std::int32_t* to, Ints ints) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), ints);
}
inline Ints spread_pair(const std::int16_t* from) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm_set1_epi32(pair);
}
inline Ints multiply_pairs(Ints sum, Ints a, Ints b) {
    return _mm_add_epi32(sum, _mm_madd_epi16(a, b));
}
}  // namespace
}  // namespace ceasewire::syntax
#endif

#include "syntax/kernels_body.h"

namespace ceasewire::syntax {

#if defined(CEASEWIRE_AVX2)
const Kernels& avx2_kernels();
#endif

const Kernels& portable_kernels() { return kKernels; }

const Kernels& fastest_kernels() {
#if defined(CEASEWIRE_AVX2)
    if (__builtin_cpu_supports("avx2")) return avx2_kernels();
#endif
    return kKernels;
}

}  // namespace ceasewire::syntax
