// The same kernels for x86-64 processors with AVX2; compiled with -mavx2 and entered only where
// that is known to work.

#include <immintrin.h>

#include "syntax/kernels.h"

#define CEASEWIRE_MULTIPLY_PAIRS
namespace ceasewire::syntax {
namespace {
using Ints = __m256i;
constexpr std::size_t kInts = 8;
constexpr int kRowsAtOnce = 4;  // that share each load of weights
inline Ints load_ints(const std::int32_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
inline Ints load_pairs(const std::int16_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
inline void store_ints(std::int32_t* to, Ints ints) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), ints);
}
inline void store_shorts(std::int16_t* to, Ints shorts) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), shorts);
}
inline Ints spread_pair(const std::int16_t* from) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm256_set1_epi32(pair);
}
inline Ints zero_ints() { return _mm256_setzero_si256(); }
inline Ints ones() { return _mm256_set1_epi16(1); }
inline Ints add_ints(Ints a, Ints b) { return _mm256_add_epi32(a, b); }
inline Ints multiply_pairs(Ints sum, Ints a, Ints b) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}
inline Ints interleave_low(Ints a, Ints b) { return _mm256_unpacklo_epi16(a, b); }
inline Ints interleave_high(Ints a, Ints b) { return _mm256_unpackhi_epi16(a, b); }
inline Ints narrow_ints(Ints low, Ints high) { return _mm256_packs_epi32(low, high); }
inline Ints clamp_shorts(Ints shorts) {
    return _mm256_max_epi16(_mm256_min_epi16(shorts, _mm256_set1_epi16(kHiddenMax)), zero_ints());
}
}  // namespace
}  // namespace ceasewire::syntax

#include "syntax/kernels_body.h"

namespace ceasewire::syntax {

const Kernels& avx2_kernels();
const Kernels& avx2_kernels() { return kKernels; }

}  // namespace ceasewire::syntax
