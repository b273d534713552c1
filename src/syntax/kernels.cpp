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
constexpr int kRowsAtOnce = 4;  // that share each load of weights
inline Ints load_ints(const std::int32_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}
inline Ints load_pairs(const std::int16_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}
inline void store_ints(std::int32_t* to, Ints ints) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), ints);
}
inline void store_shorts(std::int16_t* to, Ints shorts) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), shorts);
}
inline Ints spread_pair(const std::int16_t* from) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm_set1_epi32(pair);
}
inline Ints zero_ints() { return _mm_setzero_si128(); }
inline Ints ones() { return _mm_set1_epi16(1); }
inline Ints add_ints(Ints a, Ints b) { return _mm_add_epi32(a, b); }
inline Ints multiply_pairs(Ints sum, Ints a, Ints b) {
    return _mm_add_epi32(sum, _mm_madd_epi16(a, b));
}
inline Ints interleave_low(Ints a, Ints b) { return _mm_unpacklo_epi16(a, b); }
inline Ints interleave_high(Ints a, Ints b) { return _mm_unpackhi_epi16(a, b); }
inline Ints narrow_ints(Ints low, Ints high) { return _mm_packs_epi32(low, high); }
inline Ints clamp_shorts(Ints shorts) {
    return _mm_max_epi16(_mm_min_epi16(shorts, _mm_set1_epi16(kHiddenMax)), zero_ints());
}
}  // namespace
}  // namespace ceasewire::syntax
#endif

#include "syntax/kernels_body.h"

namespace ceasewire::syntax {

#if defined(CEASEWIRE_X86_KERNELS)
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();
#endif

const Kernels& portable_kernels() { return kKernels; }

std::size_t runnable_kernels(const Kernels** out) {
    std::size_t count = 0;
#if defined(CEASEWIRE_X86_KERNELS)
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        out[count++] = &avx512_kernels();
    if (__builtin_cpu_supports("avx2")) out[count++] = &avx2_kernels();
#endif
    out[count++] = &kKernels;
    return count;
}

const Kernels& fastest_kernels() {
    const Kernels* runnable[kKernelKinds];
    runnable_kernels(runnable);
    return *runnable[0];
}

}  // namespace ceasewire::syntax
