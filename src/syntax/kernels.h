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

    /// Runs one direction of a gated recurrence over `words`. `z` holds the inputs' part, [words][6
    /// * hidden] with 20 fraction bits, and this direction's three blocks (forget, output,
    /// candidate) begin at z[0]. `out` has rows of 2 * hidden, 12 fraction bits, and this
    /// direction's half begins at out[0]. `cell` (hidden) and `sums` (3 * hidden) are working
    /// space.
    void (*recur)(const std::int32_t* z, std::size_t words, bool backward, MatrixView state,
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

/// The fastest that this processor can run. Thread-safe; the answer never changes.
[[nodiscard]] const Kernels& fastest_kernels();

}  // namespace ceasewire::syntax
