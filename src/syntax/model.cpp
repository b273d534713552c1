#include "syntax/model.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "syntax/network.h"

namespace ceasewire::syntax {
namespace {

constexpr std::string_view kMagic = "CWSYNTAX";
constexpr std::uint32_t kDimensionMax = 1024;
constexpr std::uint32_t kRowsMax = 1U << 20U;

/// Reads little-endian arrays from the front of the bytes. After the first failure everything reads
/// as empty.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
    std::vector<T> array(std::size_t count) {
        static_assert(std::endian::native == std::endian::little);
        std::vector<T> values;
        if (bytes_.size() / sizeof(T) < count) {
            failed_ = true;
            bytes_ = {};
            values.resize(count);
            return values;
        }
        values.resize(count);
        if (count > 0) std::memcpy(values.data(), bytes_.data(), count * sizeof(T));
        bytes_ = bytes_.subspan(count * sizeof(T));
        return values;
    }

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::span<const std::byte> bytes_;
    bool failed_ = false;
};

constexpr std::size_t padded(std::size_t n) { return (n + kLanes - 1) / kLanes * kLanes; }

/// Turns rows [depth][columns] into the layout of MatrixView.
Matrix interleave(const std::vector<std::int16_t>& rows, std::size_t depth, std::size_t columns,
                  std::vector<std::int32_t> bias) {
    Matrix matrix;
    matrix.depth = padded(depth);
    matrix.columns = padded(columns);
    matrix.weights.assign(matrix.depth * matrix.columns, 0);
    for (std::size_t d = 0; d < depth; ++d) {
        for (std::size_t c = 0; c < columns; ++c) {
            matrix.weights[(d / 2 * matrix.columns + c) * 2 + d % 2] = rows[d * columns + c];
        }
    }
    bias.resize(matrix.columns, 0);
    matrix.bias = std::move(bias);
    return matrix;
}

/// The largest sum, in size, that a layer can give for inputs up to `input_max`.
std::int64_t largest_sum(const Matrix& matrix, std::int64_t input_max) {
    std::int64_t largest = 0;
    std::vector<std::int64_t> sums(matrix.columns, 0);
    for (std::size_t i = 0; i < matrix.weights.size(); ++i) {
        sums[i / 2 % matrix.columns] +=
            std::abs(static_cast<std::int64_t>(matrix.weights[i])) * input_max;
    }
    for (std::size_t c = 0; c < matrix.columns; ++c) {
        largest = std::max(largest, sums[c] + std::abs(static_cast<std::int64_t>(matrix.bias[c])));
    }
    return largest;
}

constexpr std::int64_t kSumMax =
    std::numeric_limits<std::int32_t>::max() - (1 << 20);  // leaves room for rounding

bool sums_fit(const Network& network) {
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
        const Network::Layer& layer = network.layers[l];
        const std::int64_t input =
            largest_sum(layer.input, l == 0 ? kVectorMax : 1 << kRecurrentBits);
        if (input > kSumMax) return false;
        for (const Matrix& state : layer.state) {
            const std::int64_t recurrent = largest_sum(state, 1 << kRecurrentBits);
            if (recurrent > kSumMax || (input >> 2) + (recurrent >> 4) > kSumMax) return false;
        }
    }
    if (largest_sum(network.tag, 1 << kRecurrentBits) > kSumMax ||
        largest_sum(network.parser, 1 << kRecurrentBits) > kSumMax)
        return false;
    return largest_sum(network.action, kHiddenMax) <= kSumMax &&
           largest_sum(network.relation[0], kHiddenMax) <= kSumMax &&
           largest_sum(network.relation[1], kHiddenMax) <= kSumMax;
}

bool keys_are_good(const std::vector<std::uint32_t>& keys) {
    return (keys.empty() || keys.front() != 0) &&
           std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end();
}

Unexpected<std::string> bad(std::string_view reason) {
    return Unexpected<std::string>("syntax model: " + std::string(reason));
}

}  // namespace

std::uint64_t model_hash(std::span<const std::byte> bytes) {
    // Four lanes, for one would take longer than all the rest of loading.
    std::array<std::uint64_t, 4> lanes{};
    lanes.fill(0xcbf29ce484222325U);
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        std::array<std::uint64_t, 4> words{};
        std::memcpy(words.data(), bytes.data() + at, 32);
        for (std::size_t lane = 0; lane < 4; ++lane)
            lanes[lane] = (lanes[lane] ^ words[lane]) * 0x100000001b3U;
    }
    std::uint64_t hash = lanes[0];
    for (std::size_t lane = 1; lane < 4; ++lane)
        hash = (hash ^ lanes[lane] ^ lanes[lane] >> 29U) * 0x9e3779b97f4a7c15U;
    for (; at < bytes.size(); ++at)
        hash = (hash ^ static_cast<std::uint64_t>(bytes[at])) * 0x100000001b3U;
    return hash;
}

void KeyTable::build(const std::vector<std::uint32_t>& keys) {
    const auto size = static_cast<std::uint32_t>(std::bit_ceil(keys.size() * 2 + 2));
    slots_.assign(size, Slot{});
    mask_ = size - 1;
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
        std::uint32_t at = keys[row] & mask_;
        while (slots_[at].key != 0) at = (at + 1) & mask_;
        slots_[at] = {keys[row], row};
    }
}

Model::Model(std::unique_ptr<const Network> network) : network_(std::move(network)) {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Expected<Model, std::string> load_model(std::span<const std::byte> bytes) {
    constexpr std::size_t kWords = 1 + sizeof(Shape) / sizeof(std::uint32_t);
    constexpr std::size_t kHeader = kMagic.size() + kWords * sizeof(std::uint32_t);
    if (bytes.size() < kHeader + sizeof(std::uint64_t)) return bad("too short to be one");
    if (std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
        return bad("does not begin with CWSYNTAX");

    std::array<std::uint32_t, kWords> header{};
    std::memcpy(header.data(), bytes.data() + kMagic.size(), sizeof header);
    if (header[0] != kModelVersion)
        return bad("version " + std::to_string(header[0]) + ", not " +
                   std::to_string(kModelVersion));
    std::uint64_t hash = 0;
    std::memcpy(&hash, bytes.data() + bytes.size() - sizeof hash, sizeof hash);
    if (model_hash(bytes.first(bytes.size() - sizeof hash)) != hash)
        return bad("damaged: its bytes do not match its hash");

    auto network = std::make_unique<Network>();
    Shape& shape = network->shape;
    const Shape ours;
    std::array<std::uint32_t, kWords - 1> sizes{};
    std::copy(header.begin() + 1, header.end(), sizes.begin());
    shape = std::bit_cast<Shape>(sizes);
    if (shape.shapes != ours.shapes || shape.glues != ours.glues ||
        shape.affix_kinds != ours.affix_kinds || shape.tags != ours.tags ||
        shape.relations != ours.relations || shape.positions != ours.positions ||
        shape.slots != ours.slots) {
        return bad("made for other labels or features");
    }
    const auto bad_size = [](std::uint32_t size) {
        return size == 0 || size % kLanes != 0 || size > kDimensionMax;
    };
    if (bad_size(shape.embedding) || bad_size(shape.hidden) || bad_size(shape.parser_hidden) ||
        shape.layers == 0 || shape.layers > 8 || shape.words > kRowsMax ||
        shape.affixes > kRowsMax) {
        return bad("sizes out of range");
    }

    const std::size_t e = shape.embedding;
    const std::size_t h = shape.hidden;
    const std::size_t k = shape.parser_hidden;
    // Before anything of that size is allocated.
    if (bytes.size() / (e * sizeof(std::int16_t)) <
        shape.words + static_cast<std::size_t>(shape.affixes))
        return bad("shorter than its sizes say");

    Reader reader(bytes.subspan(kHeader, bytes.size() - kHeader - sizeof hash));
    const auto matrix = [&](std::size_t depth, std::size_t columns, bool with_bias) {
        const auto rows = reader.array<std::int16_t>(depth * columns);
        return interleave(
            rows, depth, columns,
            with_bias ? reader.array<std::int32_t>(columns) : std::vector<std::int32_t>{});
    };
    const auto word_keys = reader.array<std::uint32_t>(shape.words);
    const auto affix_keys = reader.array<std::uint32_t>(shape.affixes);
    network->words = reader.array<std::int16_t>(shape.words * e);
    network->affixes = reader.array<std::int16_t>(shape.affixes * e);
    network->unknown = reader.array<std::int16_t>(e);
    network->shapes = reader.array<std::int16_t>(kShapeCount * e);
    network->glues = reader.array<std::int16_t>(kGlueCount * e);
    for (std::size_t l = 0; l < shape.layers; ++l) {
        Network::Layer layer;
        layer.input = matrix(l == 0 ? e : 2 * h, 6 * h, true);
        layer.state[0] = matrix(h, 3 * h, false);
        layer.state[1] = matrix(h, 3 * h, false);
        network->layers.push_back(std::move(layer));
    }
    network->tag = matrix(2 * h, kUposCount, true);
    network->parser = matrix(2 * h, kPositionCount * k, false);
    network->base = reader.array<std::int16_t>(k);
    network->absent = reader.array<std::int16_t>(kPositionCount * k);
    network->root = reader.array<std::int16_t>(k);
    network->slots = reader.array<std::int16_t>(kSlotCount * kSlotRows * k);
    network->action = matrix(k, kActionCount, true);
    network->relation[0] = matrix(k, kDeprelCount, true);
    network->relation[1] = matrix(k, kDeprelCount, true);
    if (reader.failed()) return bad("shorter than its sizes say");
    if (!reader.at_end()) return bad("longer than its sizes say");
    if (!keys_are_good(word_keys) || !keys_are_good(affix_keys))
        return bad("keys are not in order");
    if (!sums_fit(*network)) return bad("weights so large that sums could overflow");
    network->word_rows.build(word_keys);
    network->affix_rows.build(affix_keys);
    network->kernels = &fastest_kernels();
    return Model(std::move(network));
}

}  // namespace ceasewire::syntax
