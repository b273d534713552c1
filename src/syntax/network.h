#pragma once
/// The network inside a Model: a word is a sum of learnt vectors; layers of gated recurrence read
/// the sentence both ways; from the result one linear layer gives the tag, and another what each
/// word adds to the parser's hidden layer, by its place on stack or buffer. Numbers are
/// fixed-point; the comments say how many bits are fraction.
///
/// The file: "CWSYNTAX", then 32-bit little-endian words: version, the sizes of Shape in order;
/// then the arrays in the order in which load_model() reads them, matrices by rows [depth][columns]
/// without padding; last the 64-bit model_hash() of all bytes before it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "syntax/features.h"
#include "syntax/kernels.h"
#include "syntax/transition.h"
#include "syntax/tree.h"

namespace ceasewire::syntax {

inline constexpr std::uint32_t kModelVersion = 1;

/// Tells a damaged file from a whole one; FNV-1a in four lanes.
[[nodiscard]] std::uint64_t model_hash(std::span<const std::byte> bytes);

struct Shape {
    std::uint32_t embedding = 0;  // size of a word's vector
    std::uint32_t hidden = 0;     // of a layer in one direction
    std::uint32_t layers = 0;
    std::uint32_t parser_hidden = 0;
    std::uint32_t words = 0;
    std::uint32_t affixes = 0;
    // What the program that learnt the model took for granted; must be ours.
    std::uint32_t shapes = kShapeCount;
    std::uint32_t glues = kGlueCount;
    std::uint32_t affix_kinds = kAffixCount;
    std::uint32_t tags = kUposCount;
    std::uint32_t relations = kDeprelCount;
    std::uint32_t positions = kPositionCount;
    std::uint32_t slots = kSlotCount;
};

/// Finds the row of a 32-bit key in constant time.
class KeyTable {
public:
    static constexpr std::uint32_t kAbsent = 0xFFFFFFFFU;

    /// Row i belongs to keys[i]; keys are not 0 and differ.
    void build(const std::vector<std::uint32_t>& keys);
    [[nodiscard]] std::uint32_t find(std::uint32_t key) const {
        for (std::uint32_t at = key & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].key == key) return slots_[at].row;
            if (slots_[at].key == 0) return kAbsent;
        }
    }

    /// Asks for the memory that find() will read.
    void prefetch(std::uint32_t key) const { __builtin_prefetch(&slots_[key & mask_]); }

private:
    struct Slot {
        std::uint32_t key = 0;
        std::uint32_t row = kAbsent;
    };
    std::vector<Slot> slots_{Slot{}};
    std::uint32_t mask_ = 0;
};

/// A linear layer in the layout of MatrixView.
struct Matrix {
    std::vector<std::int16_t> weights;
    std::vector<std::int32_t> bias;
    std::size_t depth = 0;
    std::size_t columns = 0;  // padded to a multiple of kLanes

    [[nodiscard]] MatrixView view() const { return {weights.data(), bias.data(), depth, columns}; }
};

struct Network {
    Shape shape;
    const Kernels* kernels = nullptr;

    // Vectors of words, 10 fraction bits. A known word's vector has its affixes' in it already.
    KeyTable word_rows;
    KeyTable affix_rows;
    std::vector<std::int16_t> words;
    std::vector<std::int16_t> affixes;
    std::vector<std::int16_t> unknown;
    std::vector<std::int16_t> shapes;
    std::vector<std::int16_t> glues;

    struct Layer {
        Matrix input;  // in x 6 hidden: forget, output, candidate; forward, then backward
        std::array<Matrix, 2> state;  // hidden x 3 hidden
    };
    std::vector<Layer> layers;

    Matrix tag;     // 2 hidden x tags
    Matrix parser;  // 2 hidden x positions * parser_hidden

    // Rows that the parser's hidden layer adds up, 10 fraction bits.
    std::vector<std::int16_t> base;    // always
    std::vector<std::int16_t> absent;  // one a position
    std::vector<std::int16_t> root;    // as the buffer's front
    std::vector<std::int16_t> slots;   // kSlotCount * kSlotRows

    Matrix action;                   // parser_hidden x 3
    std::array<Matrix, 2> relation;  // parser_hidden x relations, for left and right arcs
};

// Fraction bits. Inputs stay within +-8 and recurrent values within +-1, which bounds every sum.
inline constexpr int kVectorBits = 10;
inline constexpr int kVectorMax = (8 << kVectorBits) - 1;
inline constexpr int kWeightBits = 12;  // of layers that read vectors or recurrent values
inline constexpr int kRecurrentBits = 12;
inline constexpr int kSumBits = 20;  // of the recurrence's sums

}  // namespace ceasewire::syntax
