// The kernels against the slow, obvious arithmetic that they stand for, and each kind of
// processor's against the portable ones.

#include "syntax/kernels.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace ceasewire::syntax {
namespace {

struct Layer {
    std::size_t depth, columns;
    std::vector<std::int16_t> rows;  // [depth][columns]
    std::vector<std::int16_t> weights;
    std::vector<std::int32_t> bias;

    Layer(std::size_t d, std::size_t c, std::mt19937_64& random, bool with_bias = true)
        : depth(d), columns(c), rows(d * c), weights(d * c), bias(c, 0) {
        for (std::size_t i = 0; i < d; ++i) {
            for (std::size_t k = 0; k < c; ++k) {
                rows[i * c + k] =
                    static_cast<std::int16_t>(static_cast<int>(random() % 4001) - 2000);
                weights[(i / 2 * c + k) * 2 + i % 2] = rows[i * c + k];
            }
        }
        if (!with_bias) return;
        for (std::int32_t& b : bias) b = static_cast<std::int32_t>(random() % 2000001) - 1000000;
    }
    [[nodiscard]] MatrixView view() const { return {weights.data(), bias.data(), depth, columns}; }
    [[nodiscard]] std::int64_t slow(const std::int16_t* in, std::size_t column) const {
        std::int64_t sum = bias[column];
        for (std::size_t d = 0; d < depth; ++d)
            sum += std::int64_t{in[d]} * rows[d * columns + column];
        return sum;
    }
};

std::vector<std::int16_t> random_row(std::size_t size, int limit, std::mt19937_64& random) {
    std::vector<std::int16_t> row(size);
    for (std::int16_t& v : row)
        v = static_cast<std::int16_t>(static_cast<int>(random() % (2 * limit + 1)) - limit);
    return row;
}

std::vector<const Kernels*> runnable() {
    std::vector<const Kernels*> all(kKernelKinds);
    all.resize(runnable_kernels(all.data()));
    return all;
}

class KernelsTest : public testing::TestWithParam<const Kernels*> {};
INSTANTIATE_TEST_SUITE_P(Processors, KernelsTest, testing::ValuesIn(runnable()),
                         [](const auto& info) {
                             return info.param == &portable_kernels()
                                        ? "portable"
                                        : "fast" + std::to_string(info.index + 1);
                         });

TEST_P(KernelsTest, MultiplyIsASumOfProducts) {
    std::mt19937_64 random(1);
    for (const std::size_t columns : {16U, 32U, 48U, 64U, 144U, 208U, 384U}) {
        for (const std::size_t rows : {1U, 2U, 4U, 7U}) {
            const Layer layer(32, columns, random);
            const auto in = random_row(rows * 32, 4096, random);
            std::vector<std::int32_t> out(rows * columns);
            GetParam()->multiply(in.data(), rows, layer.view(), out.data());
            for (std::size_t i = 0; i < out.size(); ++i) {
                ASSERT_EQ(out[i], layer.slow(in.data() + i / columns * 32, i % columns))
                    << rows << 'x' << columns;
            }
        }
    }
}

double slow_squash(double x) {
    const double y = std::clamp(x, -2.0, 2.0);
    return y - y * std::abs(y) / 4;
}

// In real numbers, so within the rounding of the integers.
TEST_P(KernelsTest, RecurBlendsCellsThroughGates) {
    std::mt19937_64 random(2);
    constexpr std::size_t kHidden = 16;
    constexpr std::size_t kWords = 9;
    const Layer state(kHidden, 3 * kHidden, random, false);
    std::vector<std::int32_t> z(kWords * 6 * kHidden);
    for (std::int32_t& v : z) v = static_cast<std::int32_t>(random() % (6U << 20U)) - (3 << 20);
    const Layer back(kHidden, 3 * kHidden, random, false);
    const MatrixView ways[] = {state.view(), back.view()};
    std::vector<std::int16_t> out(kWords * 2 * kHidden, 0);
    std::vector<std::int32_t> cell(2 * kHidden), sums(6 * kHidden);
    GetParam()->recur(z.data(), kWords, ways, out.data(), cell.data(), sums.data());
    for (const bool backward : {false, true}) {
        const Layer& way = backward ? back : state;
        const std::size_t half = backward ? kHidden : 0;
        std::vector<double> c(kHidden, 0), h(kHidden, 0);
        for (std::size_t step = 0; step < kWords; ++step) {
            const std::size_t word = backward ? kWords - 1 - step : step;
            std::vector<double> sum(3 * kHidden);
            for (std::size_t k = 0; k < 3 * kHidden; ++k) {
                sum[k] = z[word * 6 * kHidden + 3 * half + k] / double{1 << 20};
                for (std::size_t d = 0; d < kHidden; ++d)
                    sum[k] += h[d] * way.rows[d * 3 * kHidden + k] / 4096.0;
            }
            for (std::size_t k = 0; k < kHidden; ++k) {
                const double forget = 0.5 + slow_squash(sum[k] / 2) / 2;
                const double show = 0.5 + slow_squash(sum[kHidden + k] / 2) / 2;
                const double candidate = slow_squash(sum[2 * kHidden + k]);
                c[k] = candidate + forget * (c[k] - candidate);
                h[k] = show * c[k];
                EXPECT_NEAR(out[word * 2 * kHidden + half + k] / 4096.0, h[k], 0.01);
            }
        }
    }
}

TEST_P(KernelsTest, ShiftAndNarrowRound) {
    std::vector<std::int32_t> values = {0, 7, 8, -8, -9, 1 << 30, -(1 << 30), 24, 100};
    std::vector<std::int16_t> narrow(values.size());
    GetParam()->narrow(values.data(), values.size(), 4, narrow.data());
    EXPECT_EQ(narrow, (std::vector<std::int16_t>{0, 0, 1, 0, -1, 32767, -32767, 2, 6}));
    GetParam()->shift(values.data(), values.size(), 4);
    EXPECT_EQ(values, (std::vector<std::int32_t>{0, 0, 1, 0, -1, 1 << 26, -(1 << 26), 2, 6}));
}

TEST_P(KernelsTest, RectifiedSumIsBounded) {
    for (const std::size_t size : {kLanes, 2 * kLanes, 3 * kLanes, 5 * kLanes}) {
        const std::vector<std::int16_t> high(size, 15000), low(size, -15001), one(size, 1);
        const auto sum = [&](std::vector<const std::int16_t*> rows) {
            std::vector<std::int16_t> out(size + 1, -7);
            GetParam()->rectified_sum(rows.data(), rows.size(), size, out.data());
            EXPECT_EQ(out.back(), -7) << "behind its end";
            EXPECT_EQ(std::count(out.begin(), out.end() - 1, out[0]), size);
            return out[0];
        };
        EXPECT_EQ(sum({high.data(), one.data()}), 15001);
        EXPECT_EQ(sum({one.data()}), 1);
        EXPECT_EQ(sum({one.data(), one.data(), one.data()}), 3);
        EXPECT_EQ(sum({high.data(), low.data()}), 0);
        EXPECT_EQ(sum({high.data(), high.data(), high.data(), low.data()}), kHiddenMax);
    }
}

TEST(Kernels, ProcessorsAgreeToTheBit) {
    for (const std::size_t hidden : {16U, 48U, 64U}) {
        std::mt19937_64 random(3);
        for (int round = 0; round < 20; ++round) {
            const Layer forward(hidden, 3 * hidden, random, false);
            const Layer back(hidden, 3 * hidden, random, false);
            const MatrixView ways[] = {forward.view(), back.view()};
            std::vector<std::int32_t> z(12 * 6 * hidden), cell(2 * hidden), sums(6 * hidden);
            for (std::int32_t& v : z)
                v = static_cast<std::int32_t>(random() % (8U << 20U)) - (4 << 20);
            std::vector<std::int16_t> expected(12 * 2 * hidden, 0);
            portable_kernels().recur(z.data(), 12, ways, expected.data(), cell.data(), sums.data());
            for (const Kernels* kernels : runnable()) {
                std::vector<std::int16_t> out(12 * 2 * hidden, 0);
                kernels->recur(z.data(), 12, ways, out.data(), cell.data(), sums.data());
                EXPECT_EQ(out, expected);
            }
        }
    }
}

}  // namespace
}  // namespace ceasewire::syntax
