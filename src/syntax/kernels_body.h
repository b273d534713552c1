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

// The sums of a block of columns stay in registers: the loops over kBlocks and kRows are unrolled.
template <int kRows, int kBlocks>
inline void multiply_blocks(const std::int16_t* in, MatrixView m, std::size_t column,
                            std::int32_t* out) {
    Ints sums[kRows][kBlocks];
#pragma GCC unroll 16
    for (int b = 0; b < kBlocks; ++b) {
        const Ints bias = load_ints(m.bias + column + b * kInts);
#pragma GCC unroll 16
        for (int r = 0; r < kRows; ++r) sums[r][b] = bias;
    }
    const std::int16_t* weights = m.weights + column * 2;
    for (std::size_t k = 0; k < m.depth; k += 2, weights += m.columns * 2) {
        Ints block[kBlocks];
#pragma GCC unroll 16
        for (int b = 0; b < kBlocks; ++b) block[b] = load_pairs(weights + b * 2 * kInts);
#pragma GCC unroll 16
        for (int r = 0; r < kRows; ++r) {
            const Ints x = spread_pair(in + r * m.depth + k);
#pragma GCC unroll 16
            for (int b = 0; b < kBlocks; ++b) sums[r][b] = multiply_pairs(sums[r][b], x, block[b]);
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 16
        for (int b = 0; b < kBlocks; ++b)
            store_ints(out + r * m.columns + column + b * kInts, sums[r][b]);
    }
}

/// One block, whose sum would wait for each multiplication: quarters of the depth run side by side.
inline void multiply_narrow(const std::int16_t* in, MatrixView m, std::size_t column,
                            std::int32_t* out) {
    constexpr int kQuarters = 4;
    static_assert(kLanes % (2 * kQuarters) == 0);
    Ints sums[kQuarters] = {load_ints(m.bias + column), zero_ints(), zero_ints(), zero_ints()};
    const std::int16_t* weights = m.weights + column * 2;
    for (std::size_t k = 0; k < m.depth; k += 2 * kQuarters) {
#pragma GCC unroll 4
        for (int q = 0; q < kQuarters; ++q, weights += m.columns * 2)
            sums[q] = multiply_pairs(sums[q], spread_pair(in + k + 2 * q), load_pairs(weights));
    }
    store_ints(out + column, add_ints(add_ints(sums[0], sums[1]), add_ints(sums[2], sums[3])));
}

template <int kBlocks>
inline void multiply_rows(const std::int16_t* in, std::size_t rows, MatrixView m,
                          std::size_t column, std::int32_t* out) {
    for (; rows >= kRowsAtOnce;
         rows -= kRowsAtOnce, in += kRowsAtOnce * m.depth, out += kRowsAtOnce * m.columns)
        multiply_blocks<kRowsAtOnce, kBlocks>(in, m, column, out);
    if (rows >= 4) {
        multiply_blocks<4, kBlocks>(in, m, column, out);
        rows -= 4, in += 4 * m.depth, out += 4 * m.columns;
    }
    if (rows == 3) multiply_blocks<3, kBlocks>(in, m, column, out);
    if (rows == 2) multiply_blocks<2, kBlocks>(in, m, column, out);
    if (rows == 1) multiply_blocks<1, kBlocks>(in, m, column, out);
}

/// Many rows: the weights of a few columns stay near for all of them.
void multiply_many(const std::int16_t* in, std::size_t rows, MatrixView m, std::int32_t* out) {
    std::size_t column = 0;
    for (; column + 2 * kInts <= m.columns; column += 2 * kInts)
        multiply_rows<2>(in, rows, m, column, out);
    if (column < m.columns) multiply_rows<1>(in, rows, m, column, out);
}

inline void multiply_one_row(const std::int16_t* in, MatrixView m, std::int32_t* out) {
    std::size_t column = 0;
    if (m.columns == 9 * kInts) {  // a recurrence of 48, sixteen numbers at once
        multiply_blocks<1, 9>(in, m, 0, out);
        return;
    }
    for (; column + 8 * kInts <= m.columns; column += 8 * kInts)
        multiply_blocks<1, 8>(in, m, column, out);
    for (; column + 4 * kInts <= m.columns; column += 4 * kInts)
        multiply_blocks<1, 4>(in, m, column, out);
    for (; column + 2 * kInts <= m.columns; column += 2 * kInts)
        multiply_blocks<1, 2>(in, m, column, out);
    if (column < m.columns) multiply_narrow(in, m, column, out);
}

void multiply(const std::int16_t* in, std::size_t rows, MatrixView m, std::int32_t* out) {
    if (rows > 1)
        multiply_many(in, rows, m, out);
    else if (rows == 1)
        multiply_one_row(in, m, out);
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

inline void multiply_one_row(const std::int16_t* in, MatrixView m, std::int32_t* out) {
    multiply(in, 1, m, out);
}

#endif

/// One step of the recurrence: cells blend the candidate with what they held, and show themselves
/// through the output gate.
inline void step(const std::int32_t* __restrict z, const std::int32_t* __restrict sums,
                 std::size_t hidden, std::int32_t* __restrict cell, std::int16_t* __restrict out) {
    for (std::size_t k = 0; k < hidden; ++k) {
        const std::int32_t forget = gate((z[k] + ((sums[k] + 8) >> 4)) >> 9);
        const std::int32_t show = gate((z[hidden + k] + ((sums[hidden + k] + 8) >> 4)) >> 9);
        const std::int32_t candidate =
            squash((z[2 * hidden + k] + ((sums[2 * hidden + k] + 8) >> 4)) >> 8) << 4;
        cell[k] = candidate + ((forget * (cell[k] - candidate)) >> 12);
        out[k] = static_cast<std::int16_t>((show * (cell[k] >> 1) + (1 << 14)) >> 15);
    }
}

// The two directions go side by side: each step of one waits for its last, and not for the other.
void recur(const std::int32_t* z, std::size_t words, const MatrixView* state, std::int16_t* out,
           std::int32_t* cell, std::int32_t* sums) {
    const std::size_t hidden = state[0].depth;
    for (std::size_t k = 0; k < 2 * hidden; ++k) cell[k] = 0;
    for (std::size_t k = 0; k < 6 * hidden; ++k) sums[k] = 0;
    std::int32_t* sums_back = sums + 3 * hidden;
    for (std::size_t i = 0; i < words; ++i) {
        const std::size_t back = words - 1 - i;
        if (i > 0) {
            multiply_one_row(out + (i - 1) * 2 * hidden, state[0], sums);
            multiply_one_row(out + (back + 1) * 2 * hidden + hidden, state[1], sums_back);
        }
        step(z + i * 6 * hidden, sums, hidden, cell, out + i * 2 * hidden);
        step(z + back * 6 * hidden + 3 * hidden, sums_back, hidden, cell + hidden,
             out + back * 2 * hidden + hidden);
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

/// Of the numbers from `begin` on, one after the other.
void rectified_rest(const std::int16_t* const* rows, std::size_t count, std::size_t begin,
                    std::size_t size, std::int16_t* out) {
    for (std::size_t i = begin; i < size; ++i) {
        std::int32_t sum = 0;
        for (std::size_t row = 0; row < count; ++row) sum += rows[row][i];
        out[i] = static_cast<std::int16_t>(sum < 0 ? 0 : sum > kHiddenMax ? kHiddenMax : sum);
    }
}

#ifdef CEASEWIRE_MULTIPLY_PAIRS

// Rows go in twos: their numbers side by side, each pair added by a multiplication by one.
void rectified_sum(const std::int16_t* const* rows, std::size_t count, std::size_t size,
                   std::int16_t* out) {
    std::size_t begin = 0;
    for (; begin + 2 * kInts <= size; begin += 2 * kInts) {
        Ints low = zero_ints();
        Ints high = low;
        for (std::size_t row = 0; row < count; row += 2) {
            const Ints a = load_pairs(rows[row] + begin);
            const Ints b = row + 1 < count ? load_pairs(rows[row + 1] + begin) : zero_ints();
            low = multiply_pairs(low, interleave_low(a, b), ones());
            high = multiply_pairs(high, interleave_high(a, b), ones());
        }
        store_shorts(out + begin, clamp_shorts(narrow_ints(low, high)));
    }
    rectified_rest(rows, count, begin, size, out);
}

#else

void rectified_sum(const std::int16_t* const* rows, std::size_t count, std::size_t size,
                   std::int16_t* out) {
    rectified_rest(rows, count, 0, size, out);
}

#endif

constexpr Kernels kKernels = {multiply, recur, shift, narrow, rectified_sum};

}  // namespace
}  // namespace ceasewire::syntax
