#pragma once
/// Small dense products for training, on rows of floats. Eight lanes and a fixed order of
/// summation, so that a seed gives the same model wherever the compiler may fuse multiplication and
/// addition alike.

#include <cstddef>
#include <cstring>

namespace ceasewire::training {

using Lanes = float __attribute__((vector_size(32)));
using LanesAnywhere = float __attribute__((vector_size(32), aligned(4), may_alias));

inline Lanes load(const float* from) { return *reinterpret_cast<const LanesAnywhere*>(from); }
inline void store(float* to, Lanes lanes) { *reinterpret_cast<LanesAnywhere*>(to) = lanes; }

namespace detail {

/// c[4 x 16] += a[4 x depth] b[depth x 16], where `a` is read with the two given strides. Every sum
/// has a name of its own, for an array of them would live in memory.
inline void block4(const float* a, std::size_t a_row, std::size_t a_depth, const float* b,
                   std::size_t b_stride, float* c, std::size_t c_stride, std::size_t depth) {
    float* c1 = c + c_stride;
    float* c2 = c1 + c_stride;
    float* c3 = c2 + c_stride;
    Lanes s00 = load(c), s01 = load(c + 8), s10 = load(c1), s11 = load(c1 + 8);
    Lanes s20 = load(c2), s21 = load(c2 + 8), s30 = load(c3), s31 = load(c3 + 8);
    for (std::size_t d = 0; d < depth; ++d) {
        const Lanes b0 = load(b + d * b_stride);
        const Lanes b1 = load(b + d * b_stride + 8);
        const float* x = a + d * a_depth;
        s00 += b0 * x[0];
        s01 += b1 * x[0];
        s10 += b0 * x[a_row];
        s11 += b1 * x[a_row];
        s20 += b0 * x[2 * a_row];
        s21 += b1 * x[2 * a_row];
        s30 += b0 * x[3 * a_row];
        s31 += b1 * x[3 * a_row];
    }
    store(c, s00), store(c + 8, s01), store(c1, s10), store(c1 + 8, s11);
    store(c2, s20), store(c2 + 8, s21), store(c3, s30), store(c3 + 8, s31);
}

inline void block1(const float* a, std::size_t a_depth, const float* b, std::size_t b_stride,
                   float* c, std::size_t depth) {
    Lanes s0 = load(c), s1 = load(c + 8);
    for (std::size_t d = 0; d < depth; ++d) {
        s0 += load(b + d * b_stride) * a[d * a_depth];
        s1 += load(b + d * b_stride + 8) * a[d * a_depth];
    }
    store(c, s0), store(c + 8, s1);
}

/// The same over 64 columns of one row: eight sums hide the latency that two do not.
inline void block1_wide(const float* a, std::size_t a_depth, const float* b, std::size_t b_stride,
                        float* c, std::size_t depth) {
    Lanes s0 = load(c), s1 = load(c + 8), s2 = load(c + 16), s3 = load(c + 24);
    Lanes s4 = load(c + 32), s5 = load(c + 40), s6 = load(c + 48), s7 = load(c + 56);
    for (std::size_t d = 0; d < depth; ++d) {
        const float x = a[d * a_depth];
        const float* w = b + d * b_stride;
        s0 += load(w) * x;
        s1 += load(w + 8) * x;
        s2 += load(w + 16) * x;
        s3 += load(w + 24) * x;
        s4 += load(w + 32) * x;
        s5 += load(w + 40) * x;
        s6 += load(w + 48) * x;
        s7 += load(w + 56) * x;
    }
    store(c, s0), store(c + 8, s1), store(c + 16, s2), store(c + 24, s3);
    store(c + 32, s4), store(c + 40, s5), store(c + 48, s6), store(c + 56, s7);
}

inline void product(const float* a, std::size_t a_row, std::size_t a_depth, const float* b,
                    float* c, std::size_t rows, std::size_t depth, std::size_t columns) {
    std::size_t r = 0;
    for (; r + 4 <= rows; r += 4) {
        for (std::size_t k = 0; k < columns; k += 16) {
            block4(a + r * a_row, a_row, a_depth, b + k, columns, c + r * columns + k, columns,
                   depth);
        }
    }
    for (; r < rows; ++r) {
        std::size_t k = 0;
        for (; k + 64 <= columns; k += 64)
            block1_wide(a + r * a_row, a_depth, b + k, columns, c + r * columns + k, depth);
        for (; k < columns; k += 16)
            block1(a + r * a_row, a_depth, b + k, columns, c + r * columns + k, depth);
    }
}

}  // namespace detail

/// c[rows x columns] += a[rows x depth] w[depth x columns]; columns are a multiple of 16.
inline void multiply(const float* a, const float* w, float* c, std::size_t rows, std::size_t depth,
                     std::size_t columns) {
    detail::product(a, depth, 1, w, c, rows, depth, columns);
}

/// dw[depth x columns] += a[rows x depth] transposed, dc[rows x columns].
inline void multiply_weights(const float* a, const float* dc, float* dw, std::size_t rows,
                             std::size_t depth, std::size_t columns) {
    detail::product(a, 1, depth, dc, dw, depth, rows, columns);
}

inline float sum(Lanes lanes) {
    return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) +
           ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

/// `size` is a multiple of eight.
inline float dot(const float* a, const float* b, std::size_t size) {
    Lanes lanes = {};
    for (std::size_t k = 0; k < size; k += 8) lanes += load(a + k) * load(b + k);
    return sum(lanes);
}

/// da[rows x depth] += dc[rows x columns] w[depth x columns] transposed.
inline void multiply_back(const float* dc, const float* w, float* da, std::size_t rows,
                          std::size_t depth, std::size_t columns) {
    for (std::size_t r = 0; r < rows; ++r) {
        std::size_t d = 0;
        const float* gradient = dc + r * columns;
        for (; d + 4 <= depth; d += 4) {
            Lanes s0 = {}, s1 = {}, s2 = {}, s3 = {};
            const float* w0 = w + d * columns;
            for (std::size_t k = 0; k < columns; k += 8) {
                const Lanes g = load(gradient + k);
                s0 += g * load(w0 + k);
                s1 += g * load(w0 + columns + k);
                s2 += g * load(w0 + 2 * columns + k);
                s3 += g * load(w0 + 3 * columns + k);
            }
            float* out = da + r * depth + d;
            out[0] += sum(s0), out[1] += sum(s1), out[2] += sum(s2), out[3] += sum(s3);
        }
        for (; d < depth; ++d) {
            Lanes sums = {};
            for (std::size_t k = 0; k < columns; k += 8) {
                sums += load(gradient + k) * load(w + d * columns + k);
            }
            da[r * depth + d] += sum(sums);
        }
    }
}

}  // namespace ceasewire::training
