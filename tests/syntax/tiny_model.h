#pragma once
/// Model files with random weights, small enough to check by slow arithmetic and easy to damage.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "syntax/features.h"
#include "syntax/network.h"

namespace ceasewire::syntax {

/// The file before its hash, by parts, so that a test can change one.
struct TinyModel {
    Shape shape{
        .embedding = 16, .hidden = 16, .layers = 2, .parser_hidden = 16, .words = 3, .affixes = 2};
    std::uint32_t version = kModelVersion;
    std::vector<std::uint32_t> word_keys;
    std::vector<std::uint32_t> affix_keys{11, 500};
    int spread = 900;  // of weights
    std::uint64_t seed = 1;

    TinyModel() {
        word_keys = {word_hash("truce"), word_hash("said"), word_hash(".")};
        std::sort(word_keys.begin(), word_keys.end());
    }

    [[nodiscard]] std::string bytes() const {
        std::mt19937_64 random(seed);
        std::string out = "CWSYNTAX";
        const auto raw = [&](const auto& value) {
            out.append(reinterpret_cast<const char*>(&value), sizeof value);
        };
        raw(version);
        raw(shape);
        for (const std::uint32_t key : word_keys) raw(key);
        for (const std::uint32_t key : affix_keys) raw(key);
        const auto numbers = [&](std::size_t count, int limit) {
            for (std::size_t i = 0; i < count; ++i)
                raw(static_cast<std::int16_t>(static_cast<int>(random() % (2 * limit + 1)) -
                                              limit));
        };
        const auto biases = [&](std::size_t count) {
            for (std::size_t i = 0; i < count; ++i)
                raw(static_cast<std::int32_t>(random() % 200001) - 100000);
        };
        const std::size_t e = shape.embedding, h = shape.hidden, k = shape.parser_hidden;
        numbers((shape.words + shape.affixes + 1 + kShapeCount + kGlueCount) * e, 2000);
        for (std::size_t l = 0; l < shape.layers; ++l) {
            numbers((l == 0 ? e : 2 * h) * 6 * h, spread);
            biases(6 * h);
            numbers(2 * h * 3 * h, spread);
        }
        numbers(2 * h * kUposCount, spread);
        biases(kUposCount);
        numbers(2 * h * kPositionCount * k, spread);
        numbers((1 + kPositionCount + 1 + kSlotCount * kSlotRows) * k, 500);
        numbers(k * kActionCount, spread);
        biases(kActionCount);
        for (int side = 0; side < 2; ++side) {
            numbers(k * kDeprelCount, spread);
            biases(kDeprelCount);
        }
        return out;
    }

    [[nodiscard]] static std::string with_hash(std::string body) {
        const std::uint64_t hash = model_hash(std::as_bytes(std::span(body)));
        body.append(reinterpret_cast<const char*>(&hash), sizeof hash);
        return body;
    }
    [[nodiscard]] std::string file() const { return with_hash(bytes()); }
};

}  // namespace ceasewire::syntax
