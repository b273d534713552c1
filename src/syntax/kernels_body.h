// No header of its own right: each kernels_*.cpp includes it once, compiled for its processor.
// Includes nothing that defines inline functions, for the linker may keep any one copy of those,
// and a copy made for a newer processor would stop an older one.

#include <cstddef>
#include <cstdint>

#include "syntax/kernels.h"

namespace ceasewire::syntax {
namespace {

// Fraction bits: recurrence 12 for values in [-1, 1], 16 for cells, 20 for sums.
constexpr std::int32_t kOne = 1 << 12;
constexpr std::int32_t kTwo = 2 << 12;

inline std::int32_t clamp_to_two(std::int32_t x) { return x > kTwo ? kTwo : x < -kTwo ? -kTwo : x; }

/// Two parabolas in place of tanh: x - x|x|/4 up to 2, where it is 1 and level.
inline std::int32_t squash(std::int32_t x) {
    const std::int32_t y = clamp_to_two(x);
    const std::int32_t size = y < 0 ? -y : y;
    return y - ((y * size) >> 14);
}

inline std::int32_t gate(std::int32_t x) { return kOne / 2 + (squash(x) >> 1); }  // of a halved x

#ifdef CEASEWIRE_MULTIPLY_PAIRS

// Four rows share each load of weights; the sums have names of their own so that they stay in
// registers.
void multiply_four(const std::int16_t* in, MatrixView m, std::size_t column, std::int32_t* out) {
    const std::size_t d = m.depth;
    const std::size_t c = m.columns;
    Ints s00 = load_ints(m.bias + column), s01 = load_ints(m.bias + column + kInts);
    Ints s10 = s00, s11 = s01, s20 = s00, s21 = s01, s30 = s00, s31 = s01;
    const std::int16_t* weights = m.weights + column * 2;
    for (std::size_t k = 0; k < d; k += 2, weights += c * 2) {
        const Ints w0 = load_pairs(weights);
        const Ints w1 = load_pairs(weights + 2 * kInts);
        const Ints x0 = spread_pair(in + k);
        const Ints x1 = spread_pair(in + d + k);
        const Ints x2 = spread_pair(in + 2 * d + k);
        const Ints x3 = spread_pair(in + 3 * d + k);
        s00 = multiply_pairs(s00, x0, w0), s01 = multiply_pairs(s01, x0, w1);
        s10 = multiply_pairs(s10, x1, w0), s11 = multiply_pairs(s11, x1, w1);
        s20 = multiply_pairs(s20, x2, w0), s21 = multiply_pairs(s21, x2, w1);
        s30 = multiply_pairs(s30, x3, w0), s31 = multiply_pairs(s31, x3, w1);
    }
    out += column;
    store_ints(out, s00), store_ints(out + kInts, s01);
    store_ints(out + c, s10), store_ints(out + c + kInts, s11);
    store_ints(out + 2 * c, s20), store_ints(out + 2 * c + kInts, s21);
    store_ints(out + 3 * c, s30), store_ints(out + 3 * c + kInts, s31);
}

template <int kBlocks>
void multiply_one(const std::int16_t* in, MatrixView m, std::size_t column, std::int32_t* out) {
    Ints s0 = load_ints(m.bias + column), s1 = load_ints(m.bias + column + kInts);
    Ints s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    if constexpr (kBlocks >= 4) {
        s2 = load_ints(m.bias + column + 2 * kInts), s3 = load_ints(m.bias + column + 3 * kInts);
    }
    if constexpr (kBlocks >= 8) {
        s4 = load_ints(m.bias + column + 4 * kInts), s5 = load_ints(m.bias + column + 5 * kInts);
        s6 = load_ints(m.bias + column + 6 * kInts), s7 = load_ints(m.bias + column + 7 * kInts);
    }
    const std::int16_t* weights = m.weights + column * 2;
    for (std::size_t k = 0; k < m.depth; k += 2, weights += m.columns * 2) {
        const Ints x = spread_pair(in + k);
        s0 = multiply_pairs(s0, x, load_pairs(weights));
        s1 = multiply_pairs(s1, x, load_pairs(weights + 2 * kInts));
        if constexpr (kBlocks >= 4) {
            s2 = multiply_pairs(s2, x, load_pairs(weights + 4 * kInts));
            s3 = multiply_pairs(s3, x, load_pairs(weights + 6 * kInts));
        }
        if constexpr (kBlocks >= 8) {
            s4 = multiply_pairs(s4, x, load_pairs(weights + 8 * kInts));
            s5 = multiply_pairs(s5, x, load_pairs(weights + 10 * kInts));
            s6 = multiply_pairs(s6, x, load_pairs(weights + 12 * kInts));
            s7 = multiply_pairs(s7, x, load_pairs(weights + 14 * kInts));
        }
    }
    out += column;
    store_ints(out, s0), store_ints(out + kInts, s1);
    if constexpr (kBlocks >= 4) store_ints(out + 2 * kInts, s2), store_ints(out + 3 * kInts, s3);
    if constexpr (kBlocks >= 8) {
        store_ints(out + 4 * kInts, s4), store_ints(out + 5 * kInts, s5);
        store_ints(out + 6 * kInts, s6), store_ints(out + 7 * kInts, s7);
    }
}

void multiply(const std::int16_t* in, std::size_t rows, MatrixView m, std::int32_t* out) {
    std::size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        for (std::size_t column = 0; column < m.columns; column += 2 * kInts) {
            multiply_four(in + row * m.depth, m, column, out + row * m.columns);
        }
    }
    for (; row < rows; ++row) {
        const std::int16_t* x = in + row * m.depth;
        std::int32_t* y = out + row * m.columns;
        std::size_t column = 0;
        for (; column + 8 * kInts <= m.columns; column += 8 * kInts)
            multiply_one<8>(x, m, column, y);
        for (; column + 4 * kInts <= m.columns; column += 4 * kInts)
            multiply_one<4>(x, m, column, y);
        for (; column < m.columns; column += 2 * kInts) multiply_one<2>(x, m, column, y);
    }
}

#else

void multiply(const std::int16_t* in, std::size_t rows, MatrixView m, std::int32_t* out) {
    for (std::size_t row = 0; row < rows; ++row, in += m.depth, out += m.columns) {
        for (std::size_t column = 0; column < m.columns; ++column) out[column] = m.bias[column];
        const std::int16_t* weights = m.weights;
        for (std::size_t k = 0; k < m.depth; k += 2, weights += m.columns * 2) {
            const std::int32_t x0 = in[k];
            const std::int32_t x1 = in[k + 1];
            for (std::size_t column = 0; column < m.columns; ++column) {
                out[column] += x0 * weights[2 * column] + x1 * weights[2 * column + 1];
            }
        }
    }
}

#endif

/// One step of the recurrence: cells blend the candidate with what they held, and show themselves
/// through the output gate.
void step(const std::int32_t* z, const std::int32_t* sums, std::size_t hidden, std::int32_t* cell,
          std::int16_t* out) {
    for (std::size_t k = 0; k < hidden; ++k) {
        const std::int32_t forget = gate((z[k] + ((sums[k] + 8) >> 4)) >> 9);
        const std::int32_t show = gate((z[hidden + k] + ((sums[hidden + k] + 8) >> 4)) >> 9);
        const std::int32_t candidate =
            squash((z[2 * hidden + k] + ((sums[2 * hidden + k] + 8) >> 4)) >> 8) << 4;
        cell[k] = candidate + ((forget * (cell[k] - candidate)) >> 12);
        out[k] = static_cast<std::int16_t>((show * (cell[k] >> 1) + (1 << 14)) >> 15);
    }
}

void recur(const std::int32_t* z, std::size_t words, bool backward, MatrixView state,
           std::int16_t* out, std::int32_t* cell, std::int32_t* sums) {
    const std::size_t hidden = state.depth;
    for (std::size_t k = 0; k < hidden; ++k) cell[k] = 0;
    for (std::size_t k = 0; k < 3 * hidden; ++k) sums[k] = 0;
    for (std::size_t i = 0; i < words; ++i) {
        const std::size_t word = backward ? words - 1 - i : i;
        if (i > 0) multiply(out + (backward ? word + 1 : word - 1) * 2 * hidden, 1, state, sums);
        step(z + word * 6 * hidden, sums, hidden, cell, out + word * 2 * hidden);
    }
}

void shift(std::int32_t* values, std::size_t count, int bits) {
    const std::int32_t half = bits > 0 ? 1 << (bits - 1) : 0;
    for (std::size_t i = 0; i < count; ++i) values[i] = (values[i] + half) >> bits;
}

inline std::int16_t saturate(std::int32_t x) {
    return static_cast<std::int16_t>(x > 32767 ? 32767 : x < -32767 ? -32767 : x);
}

void narrow(const std::int32_t* in, std::size_t count, int bits, std::int16_t* out) {
    const std::int32_t half = 1 << (bits - 1);
    for (std::size_t i = 0; i < count; ++i) out[i] = saturate((in[i] + half) >> bits);
}

void rectified_sum(const std::int16_t* const* rows, std::size_t count, std::size_t size,
                   std::int16_t* out) {
    for (std::size_t begin = 0; begin < size; begin += kLanes) {
        std::int32_t sums[kLanes] = {};
        for (std::size_t row = 0; row < count; ++row) {
            const std::int16_t* values = rows[row] + begin;
            for (std::size_t i = 0; i < kLanes; ++i) sums[i] += values[i];
        }
        for (std::size_t i = 0; i < kLanes; ++i) {
            out[begin + i] = static_cast<std::int16_t>(sums[i] < 0            ? 0
                                                       : sums[i] > kHiddenMax ? kHiddenMax
                                                                              : sums[i]);
        }
    }
}

constexpr Kernels kKernels = {multiply, recur, shift, narrow, rectified_sum};

}  // namespace
}  // namespace ceasewire::syntax
