// The same kernels for x86-64 processors with AVX-512 and its multiply-and-add (VNNI); compiled for
// these and entered only where they are known to be there.

#include <immintrin.h>

#include "syntax/kernels.h"

#define CEASEWIRE_MULTIPLY_PAIRS
namespace ceasewire::syntax {
namespace {
using Ints = __m512i;
constexpr std::size_t kInts = 16;
constexpr int kRowsAtOnce = 8;  // that share each load of weights
inline Ints load_ints(const std::int32_t* from) {
    return _mm512_loadu_si512(reinterpret_cast<const __m512i*>(from));
}
inline Ints load_pairs(const std::int16_t* from) {
    return _mm512_loadu_si512(reinterpret_cast<const __m512i*>(from));
}
inline void store_ints(std::int32_t* to, Ints ints) {
    _mm512_storeu_si512(reinterpret_cast<__m512i*>(to), ints);
}
inline void store_shorts(std::int16_t* to, Ints shorts) {
    _mm512_storeu_si512(reinterpret_cast<__m512i*>(to), shorts);
}
inline Ints spread_pair(const std::int16_t* from) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm512_set1_epi32(pair);
}
inline Ints zero_ints() { return _mm512_setzero_si512(); }
inline Ints ones() { return _mm512_set1_epi16(1); }
inline Ints add_ints(Ints a, Ints b) { return _mm512_add_epi32(a, b); }
inline Ints multiply_pairs(Ints sum, Ints a, Ints b) { return _mm512_dpwssd_epi32(sum, a, b); }
inline Ints interleave_low(Ints a, Ints b) { return _mm512_unpacklo_epi16(a, b); }
inline Ints interleave_high(Ints a, Ints b) { return _mm512_unpackhi_epi16(a, b); }
inline Ints narrow_ints(Ints low, Ints high) { return _mm512_packs_epi32(low, high); }
inline Ints clamp_shorts(Ints shorts) {
    return _mm512_max_epi16(_mm512_min_epi16(shorts, _mm512_set1_epi16(kHiddenMax)), zero_ints());
}
}  // namespace
}  // namespace ceasewire::syntax

#include "syntax/kernels_body.h"

namespace ceasewire::syntax {

const Kernels& avx512_kernels();
const Kernels& avx512_kernels() { return kKernels; }

}  // namespace ceasewire::syntax
