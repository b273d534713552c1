#pragma once
/// The arithmetic of the network, in integers so that every machine gives the same bits. There is
/// one source for it, compiled for each kind of processor; fastest_kernels() chooses when the
/// program runs.

#include <cstddef>
#include <cstdint>

namespace ceasewire::syntax {

/// Columns and depth of every matrix are padded with zeros to multiples of this.
inline constexpr std::size_t kLanes = 16;

/// The parser's hidden layer has 10 fraction bits and stays below 16.
inline constexpr int kHiddenBits = 10;
inline constexpr std::int32_t kHiddenMax = (16 << kHiddenBits) - 1;

/// Weights of a linear layer. Depth goes in pairs: [depth / 2][columns][2], since processors
/// multiply and add 16-bit pairs at once.
struct MatrixView {
    const std::int16_t* weights = nullptr;
    const std::int32_t* bias = nullptr;
    std::size_t depth = 0;
    std::size_t columns = 0;
};

struct Kernels {
    /// out[row][column] = bias[column] + sum over depth of in[row][depth] * weights. Nothing
    /// overflows: the model was checked for it.
    void (*multiply)(const std::int16_t* in, std::size_t rows, MatrixView matrix,
                     std::int32_t* out);

    /// Runs a gated recurrence over `words`, forward and backward. `z` holds the inputs' part,
    /// [words][6 * hidden] with 20 fraction bits: three blocks (forget, output, candidate) for the
    /// way forward, three for the way back. `state` are the matrices of the two ways; `out` has
    /// rows of 2 * hidden, 12 fraction bits, a half each. `cell` (2 * hidden) and `sums`
    /// (6 * hidden) are working space.
    void (*recur)(const std::int32_t* z, std::size_t words, const MatrixView* state,
                  std::int16_t* out, std::int32_t* cell, std::int32_t* sums);

    /// Shifts right with rounding.
    void (*shift)(std::int32_t* values, std::size_t count, int bits);

    /// Shifts right with rounding and narrows, saturating.
    void (*narrow)(const std::int32_t* in, std::size_t count, int bits, std::int16_t* out);

    /// out = sum of the rows, but at least 0 and at most kHiddenMax; `size` is a multiple of
    /// kLanes.
    void (*rectified_sum)(const std::int16_t* const* rows, std::size_t count, std::size_t size,
                          std::int16_t* out);
};

/// Plain C++ that runs anywhere.
[[nodiscard]] const Kernels& portable_kernels();

/// Writes all that this processor can run to `out` (room for kKernelKinds), the fastest first and
/// the portable last; returns how many. Thread-safe; the answer never changes.
inline constexpr std::size_t kKernelKinds = 3;
std::size_t runnable_kernels(const Kernels** out);
[[nodiscard]] const Kernels& fastest_kernels();

}  // namespace ceasewire::syntax
