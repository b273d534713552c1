// The same kernels for x86-64 processors with AVX2; compiled with -mavx2 and entered only where
// that is known to work.

#include <immintrin.h>

#include "syntax/kernels.h"

#define CEASEWIRE_MULTIPLY_PAIRS
namespace ceasewire::syntax {
namespace {
using Ints = __m256i;
constexpr std::size_t kInts = 8;
inline Ints load_ints(const std::int32_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
inline Ints load_pairs(const std::int16_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}
inline void store_ints(std::int32_t* to, Ints ints) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), ints);
}
inline Ints spread_pair(const std::int16_t* from) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, from, sizeof pair);
    return _mm256_set1_epi32(pair);
}
inline Ints multiply_pairs(Ints sum, Ints a, Ints b) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}
}  // namespace
}  // namespace ceasewire::syntax

#include "syntax/kernels_body.h"

namespace ceasewire::syntax {

const Kernels& avx2_kernels();
const Kernels& avx2_kernels() { return kKernels; }

}  // namespace ceasewire::syntax
