// Trains the tagger and parser of src/syntax from a treebank and writes its model file.
// See README.md beside this file for the command.
//
// The network: a word is the sum of what was learnt for its form, its affixes, its shape and its
// neighbourhood, and what its use in plain news text says (a fixed vector, projected). Layers of
// gated recurrence read the sentence in both directions. From the result one linear layer gives the
// tag, and another, summed over the words at the front of the buffer and the top of the stack, the
// parser's hidden layer. The parser learns with a dynamic oracle (Goldberg and Nievre 2013) from
// its own errors.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "matrix.h"
#include "syntax/features.h"
#include "syntax/network.h"
#include "syntax/transition.h"
#include "treebank.h"

namespace ceasewire::training {
namespace {

using syntax::Action;
using syntax::kActionCount;
using syntax::kAffixCount;
using syntax::kDeprelCount;
using syntax::kNoHead;
using syntax::kNoWord;
using syntax::kPositionCount;
using syntax::kSlotCount;
using syntax::kSlotRows;
using syntax::kUposCount;
using syntax::State;
using syntax::WordFeatures;

using Floats = std::vector<float>;

struct Options {
    std::string train, dev, vectors, out;
    std::string news;  // trees that a larger model made; each epoch sees other ones
    int news_sentences = 12544;
    std::uint64_t seed = 1;
    int epochs = 15;
    std::size_t embedding = 64, hidden = 64, layers = 1, parser_hidden = 96;
    int batch = 8;
    float rate = 2e-3F;
    float dropout = 0.25F;
    float explore = 0.9F;
    float fine_weight = 0.3F;
    float augment = 1.0F;
    int limit = 0;
};

Options parse_options(int argc, char** argv) {
    Options o;
    std::map<std::string, std::string> values;
    for (int i = 1; i + 1 < argc; i += 2) values[argv[i]] = argv[i + 1];
    const auto text = [&](const char* key, std::string& to) {
        if (values.count(key) != 0) to = values[key];
    };
    const auto real = [&](const char* key, auto& to) {
        if (values.count(key) != 0)
            to = static_cast<std::decay_t<decltype(to)>>(std::stod(values[key]));
    };
    text("--train", o.train);
    text("--dev", o.dev);
    text("--vectors", o.vectors);
    text("--out", o.out);
    text("--news", o.news);
    real("--news-sentences", o.news_sentences);
    real("--seed", o.seed);
    real("--epochs", o.epochs);
    real("--embedding", o.embedding);
    real("--hidden", o.hidden);
    real("--layers", o.layers);
    real("--parser-hidden", o.parser_hidden);
    real("--batch", o.batch);
    real("--rate", o.rate);
    real("--dropout", o.dropout);
    real("--explore", o.explore);
    real("--fine-weight", o.fine_weight);
    real("--augment", o.augment);
    real("--limit", o.limit);
    return o;
}

// ------------------------------------------------------------------------------------------
// parameters

/// A matrix with Adam's state. A sparse one is updated only in the rows that a batch touched.
struct Parameter {
    std::size_t rows = 0, columns = 0;
    Floats value, gradient, mean, square;
    bool sparse = false;
    std::vector<std::uint8_t> touched;
    std::vector<std::uint32_t> touched_rows;

    void shape(std::size_t r, std::size_t c, float spread, std::mt19937_64& random,
               bool is_sparse = false) {
        rows = r;
        columns = c;
        sparse = is_sparse;
        value.assign(r * c, 0.0F);
        gradient = mean = square = value;
        touched.assign(sparse ? r : 0, 0);
        // Not std::uniform_real_distribution: its numbers differ from library to library.
        for (float& v : value)
            v = spread * (static_cast<float>(random() >> 40) / 8388608.0F - 1.0F);
    }
    float* row(std::size_t r) { return value.data() + r * columns; }
    [[nodiscard]] const float* row(std::size_t r) const { return value.data() + r * columns; }
    float* gradient_row(std::size_t r) {
        if (sparse && touched[r] == 0) {
            touched[r] = 1;
            touched_rows.push_back(static_cast<std::uint32_t>(r));
        }
        return gradient.data() + r * columns;
    }

    void update_row(std::size_t r, float rate, float scale) {
        const std::size_t begin = r * columns;
        for (std::size_t i = begin; i < begin + columns; ++i) {
            const float g = gradient[i] * scale;
            mean[i] += 0.1F * (g - mean[i]);
            square[i] += 0.005F * (g * g - square[i]);
            value[i] -= rate * mean[i] / (std::sqrt(square[i]) + 1e-6F);
            gradient[i] = 0.0F;
        }
    }
    void update(float rate, float scale) {
        if (!sparse) {
            for (std::size_t r = 0; r < rows; ++r) update_row(r, rate, scale);
            return;
        }
        for (const std::uint32_t r : touched_rows) {
            update_row(r, rate, scale);
            touched[r] = 0;
        }
        touched_rows.clear();
    }
    [[nodiscard]] double gradient_norm2() const {
        double total = 0;
        if (!sparse) {
            for (const float g : gradient) total += static_cast<double>(g) * g;
        } else {
            for (const std::uint32_t r : touched_rows) {
                for (std::size_t i = r * columns; i < (r + 1) * columns; ++i) {
                    total += static_cast<double>(gradient[i]) * gradient[i];
                }
            }
        }
        return total;
    }
};

// tanh in two parabolas: as good for learning, and exact in integers.
inline float squash(float x) {
    const float a = std::min(std::fabs(x), 2.0F);
    const float y = a - 0.25F * a * a;
    return x < 0 ? -y : y;
}
inline float squash_slope(float x) { return std::max(1.0F - 0.5F * std::fabs(x), 0.02F); }
inline float gate(float x) { return 0.5F + 0.5F * squash(0.5F * x); }
inline float gate_slope(float x) { return 0.25F * squash_slope(0.5F * x); }

// ------------------------------------------------------------------------------------------
// network

constexpr std::uint32_t kNewsCountMin = 16;

constexpr std::size_t round_up(std::size_t n) { return (n + 15) / 16 * 16; }

struct Recurrence {
    std::size_t in = 0;
    Parameter input;                 // in x 6H: both directions' forget, output and candidate
    Parameter bias;                  // 1 x 6H
    std::array<Parameter, 2> state;  // H x 3H
};

struct Network {
    std::size_t embedding = 0, hidden = 0, parser_hidden = 0, vector_size = 0;
    std::unordered_map<std::uint32_t, std::uint32_t> word_rows, affix_rows, vector_rows;
    Floats vectors;                           // fixed, rows of vector_size
    Parameter words, affixes, shapes, glues;  // row 0 of words: unknown
    Parameter projection;                     // vector_size x embedding
    std::vector<Recurrence> layers;
    Parameter tag, tag_bias, fine, fine_bias;
    Parameter parser, parser_bias;                     // 2H x positions*K
    Parameter absent;                                  // positions x K
    Parameter root;                                    // 1 x K
    Parameter slots;                                   // kSlotCount*kSlotRows x K
    Parameter action, action_bias;                     // K x 16
    std::array<Parameter, 2> relation, relation_bias;  // K x 64

    std::vector<Parameter*> all() {
        std::vector<Parameter*> list = {&words,      &affixes, &shapes,      &glues,
                                        &projection, &tag,     &tag_bias,    &fine,
                                        &fine_bias,  &parser,  &parser_bias, &absent,
                                        &root,       &slots,   &action,      &action_bias};
        for (int d = 0; d < 2; ++d) {
            list.push_back(&relation[d]);
            list.push_back(&relation_bias[d]);
        }
        for (Recurrence& layer : layers) {
            list.insert(list.end(), {&layer.input, &layer.bias, &layer.state[0], &layer.state[1]});
        }
        return list;
    }
};

constexpr std::size_t kTagColumns = round_up(kUposCount);
constexpr std::size_t kRelationColumns = round_up(kDeprelCount);
constexpr std::size_t kActionColumns = 16;

struct Random {
    std::mt19937_64 engine;
    float uniform() { return static_cast<float>(engine() >> 40) / 16777216.0F; }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine() % n); }
};

/// One word's input rows, after word dropout.
struct InputRows {
    std::uint32_t word = 0;
    std::array<std::int32_t, kAffixCount> affixes{};
    std::int32_t vector = -1;
    std::uint8_t shape = 0, glue = 0;
};

/// Everything a sentence needs on the way forward and back.
struct Activations {
    std::size_t n = 0;
    std::vector<InputRows> rows;
    Floats x, x_mask;
    struct Layer {
        Floats z, out, out_mask;       // n x 6H, n x 2H
        std::array<Floats, 2> cell;    // n x H
        std::array<Floats, 2> hidden;  // before dropout
        Floats dz, dout;
    };
    std::vector<Layer> layers;
    Floats tag, fine, parser, dparser, dx;
};

class Trainer {
public:
    Trainer(const Options& options, Network& network, std::vector<std::uint32_t> word_counts)
        : o_(options), net_(network), word_counts_(std::move(word_counts)) {
        random_.engine.seed(options.seed * 7919 + 13);
    }

    void encode(const std::vector<WordFeatures>& features, bool training);
    void backward();
    void learn_sentence(const Sentence& sentence, bool explore, bool has_fine_tags);
    void parse(const Sentence& sentence, std::vector<std::uint8_t>& upos, State& state);

    Random random_;
    double loss_tag = 0, loss_action = 0, loss_relation = 0;

private:
    void sum_hidden(const syntax::View& view);
    void mask(Floats& m, std::size_t size, float rate, bool training);

    const Options& o_;
    Network& net_;
    std::vector<std::uint32_t> word_counts_;
    Activations a_;
    std::vector<WordFeatures> features_;
    Floats hidden_, dhidden_, hidden_mask_;
    State state_;
};

void Trainer::mask(Floats& m, std::size_t size, float rate, bool training) {
    m.assign(size, 1.0F);
    if (!training || rate <= 0) return;
    const float keep = 1.0F / (1.0F - rate);
    const auto bound = static_cast<std::uint32_t>(rate * 65536.0F);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (i % 4 == 0) bits = random_.engine();
        m[i] = (bits & 0xffff) < bound ? 0.0F : keep;
        bits >>= 16;
    }
}

void Trainer::encode(const std::vector<WordFeatures>& features, bool training) {
    const std::size_t n = features.size();
    const std::size_t e = net_.embedding;
    const std::size_t h = net_.hidden;
    a_.n = n;
    a_.rows.resize(n);
    a_.x.assign(n * e, 0.0F);
    for (std::size_t i = 0; i < n; ++i) {
        InputRows& rows = a_.rows[i];
        rows = InputRows{};
        const auto word = net_.word_rows.find(features[i].word);
        if (word != net_.word_rows.end()) {
            rows.word = word->second;
            const float count = static_cast<float>(word_counts_[rows.word]);
            if (training && random_.uniform() < 0.5F / (0.5F + count)) rows.word = 0;
        }
        const auto vector = net_.vector_rows.find(features[i].word);
        if (vector != net_.vector_rows.end() && !(training && random_.uniform() < 0.05F)) {
            rows.vector = static_cast<std::int32_t>(vector->second);
        }
        float* x = a_.x.data() + i * e;
        const auto add = [&](const float* row) {
            for (std::size_t k = 0; k < e; ++k) x[k] += row[k];
        };
        add(net_.words.row(rows.word));
        for (std::size_t k = 0; k < kAffixCount; ++k) {
            const auto affix = net_.affix_rows.find(features[i].affixes[k]);
            rows.affixes[k] =
                affix == net_.affix_rows.end() ? -1 : static_cast<std::int32_t>(affix->second);
            if (rows.affixes[k] >= 0)
                add(net_.affixes.row(static_cast<std::size_t>(rows.affixes[k])));
        }
        rows.shape = features[i].shape;
        rows.glue = features[i].glue;
        add(net_.shapes.row(rows.shape));
        add(net_.glues.row(rows.glue));
        if (rows.vector >= 0) {
            multiply(net_.vectors.data() + static_cast<std::size_t>(rows.vector) * net_.vector_size,
                     net_.projection.value.data(), x, 1, net_.vector_size, e);
        }
    }
    mask(a_.x_mask, n * e, o_.dropout * 0.6F, training);
    for (std::size_t i = 0; i < n * e; ++i) a_.x[i] *= a_.x_mask[i];

    a_.layers.resize(net_.layers.size());
    const float* in = a_.x.data();
    for (std::size_t l = 0; l < net_.layers.size(); ++l) {
        const Recurrence& layer = net_.layers[l];
        Activations::Layer& act = a_.layers[l];
        act.z.resize(n * 6 * h);
        for (std::size_t i = 0; i < n; ++i) {
            std::copy(layer.bias.value.begin(), layer.bias.value.end(),
                      act.z.begin() + static_cast<std::ptrdiff_t>(i * 6 * h));
        }
        multiply(in, layer.input.value.data(), act.z.data(), n, layer.in, 6 * h);
        act.out.assign(n * 2 * h, 0.0F);
        for (std::size_t d = 0; d < 2; ++d) {
            act.cell[d].assign(n * h, 0.0F);
            act.hidden[d].assign(n * h, 0.0F);
            for (std::size_t step = 0; step < n; ++step) {
                const std::size_t i = d == 0 ? step : n - 1 - step;
                float* z = act.z.data() + i * 6 * h + d * 3 * h;
                float* c = act.cell[d].data() + i * h;
                float* y = act.hidden[d].data() + i * h;
                const float* c_before = nullptr;
                if (step > 0) {
                    const std::size_t before = d == 0 ? i - 1 : i + 1;
                    multiply(act.hidden[d].data() + before * h, layer.state[d].value.data(), z, 1,
                             h, 3 * h);
                    c_before = act.cell[d].data() + before * h;
                }
                for (std::size_t k = 0; k < h; ++k) {
                    const float f = gate(z[k]);
                    const float out = gate(z[h + k]);
                    const float g = squash(z[2 * h + k]);
                    c[k] = g + f * ((c_before != nullptr ? c_before[k] : 0.0F) - g);
                    y[k] = out * c[k];
                }
                std::copy(y, y + h, act.out.data() + i * 2 * h + d * h);
            }
        }
        mask(act.out_mask, n * 2 * h, o_.dropout, training);
        for (std::size_t i = 0; i < n * 2 * h; ++i) act.out[i] *= act.out_mask[i];
        act.dout.assign(n * 2 * h, 0.0F);
        in = act.out.data();
    }

    a_.tag.assign(n * kTagColumns, 0.0F);
    for (std::size_t i = 0; i < n; ++i) {
        std::copy(net_.tag_bias.value.begin(), net_.tag_bias.value.end(),
                  a_.tag.begin() + static_cast<std::ptrdiff_t>(i * kTagColumns));
    }
    multiply(in, net_.tag.value.data(), a_.tag.data(), n, 2 * h, kTagColumns);
    const std::size_t columns = kPositionCount * net_.parser_hidden;
    a_.parser.assign(n * columns, 0.0F);
    multiply(in, net_.parser.value.data(), a_.parser.data(), n, 2 * h, columns);
    a_.dparser.assign(n * columns, 0.0F);
}

void Trainer::backward() {
    const std::size_t n = a_.n;
    const std::size_t e = net_.embedding;
    const std::size_t h = net_.hidden;
    const std::size_t columns = kPositionCount * net_.parser_hidden;
    {
        Activations::Layer& top = a_.layers.back();
        multiply_back(a_.dparser.data(), net_.parser.value.data(), top.dout.data(), n, 2 * h,
                      columns);
        multiply_weights(top.out.data(), a_.dparser.data(), net_.parser.gradient.data(), n, 2 * h,
                         columns);
    }
    Floats h_before(n * h), dh(h), dc(h);
    for (std::size_t l = net_.layers.size(); l-- > 0;) {
        Recurrence& layer = net_.layers[l];
        Activations::Layer& act = a_.layers[l];
        for (std::size_t i = 0; i < n * 2 * h; ++i) act.dout[i] *= act.out_mask[i];
        act.dz.assign(n * 6 * h, 0.0F);
        for (std::size_t d = 0; d < 2; ++d) {
            std::fill(dh.begin(), dh.end(), 0.0F);
            std::fill(dc.begin(), dc.end(), 0.0F);
            for (std::size_t step = n; step-- > 0;) {
                const std::size_t i = d == 0 ? step : n - 1 - step;
                const std::size_t before = d == 0 ? i - 1 : i + 1;
                const float* z = act.z.data() + i * 6 * h + d * 3 * h;
                float* dz = act.dz.data() + i * 6 * h + d * 3 * h;
                const float* c = act.cell[d].data() + i * h;
                const float* c_before = step > 0 ? act.cell[d].data() + before * h : nullptr;
                for (std::size_t k = 0; k < h; ++k) {
                    const float dy = dh[k] + act.dout[i * 2 * h + d * h + k];
                    const float f = gate(z[k]);
                    const float out = gate(z[h + k]);
                    const float g = squash(z[2 * h + k]);
                    const float cb = c_before != nullptr ? c_before[k] : 0.0F;
                    const float dcell = dy * out + dc[k];
                    dz[k] = dcell * (cb - g) * gate_slope(z[k]);
                    dz[h + k] = dy * c[k] * gate_slope(z[h + k]);
                    dz[2 * h + k] = dcell * (1.0F - f) * squash_slope(z[2 * h + k]);
                    dc[k] = dcell * f;
                }
                std::fill(dh.begin(), dh.end(), 0.0F);
                if (step > 0)
                    multiply_back(dz, layer.state[d].value.data(), dh.data(), 1, h, 3 * h);
            }
            // One product for the whole sentence; the strided halves are copied to make them dense.
            Floats dz_half(n * 3 * h);
            std::fill(h_before.begin(), h_before.end(), 0.0F);
            for (std::size_t i = 0; i < n; ++i) {
                std::copy_n(act.dz.data() + i * 6 * h + d * 3 * h, 3 * h,
                            dz_half.data() + i * 3 * h);
                const bool first = d == 0 ? i == 0 : i + 1 == n;
                if (!first)
                    std::copy_n(act.hidden[d].data() + (d == 0 ? i - 1 : i + 1) * h, h,
                                h_before.data() + i * h);
            }
            multiply_weights(h_before.data(), dz_half.data(), layer.state[d].gradient.data(), n, h,
                             3 * h);
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < 6 * h; ++k) layer.bias.gradient[k] += act.dz[i * 6 * h + k];
        }
        const float* in = l == 0 ? a_.x.data() : a_.layers[l - 1].out.data();
        multiply_weights(in, act.dz.data(), layer.input.gradient.data(), n, layer.in, 6 * h);
        if (l > 0) {
            multiply_back(act.dz.data(), layer.input.value.data(), a_.layers[l - 1].dout.data(), n,
                          layer.in, 6 * h);
        } else {
            a_.dx.assign(n * e, 0.0F);
            multiply_back(act.dz.data(), layer.input.value.data(), a_.dx.data(), n, layer.in,
                          6 * h);
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        float* dx = a_.dx.data() + i * e;
        for (std::size_t k = 0; k < e; ++k) dx[k] *= a_.x_mask[i * e + k];
        const auto add = [&](float* row) {
            for (std::size_t k = 0; k < e; ++k) row[k] += dx[k];
        };
        const InputRows& rows = a_.rows[i];
        add(net_.words.gradient_row(rows.word));
        for (const std::int32_t affix : rows.affixes) {
            if (affix >= 0) add(net_.affixes.gradient_row(static_cast<std::size_t>(affix)));
        }
        add(net_.shapes.gradient_row(rows.shape));
        add(net_.glues.gradient_row(rows.glue));
        if (rows.vector >= 0) {
            multiply_weights(
                net_.vectors.data() + static_cast<std::size_t>(rows.vector) * net_.vector_size, dx,
                net_.projection.gradient.data(), 1, net_.vector_size, e);
        }
    }
}

void Trainer::sum_hidden(const syntax::View& view) {
    const auto& at = view.words;
    const std::size_t k = net_.parser_hidden;
    hidden_ = net_.parser_bias.value;
    const auto add = [&](const float* row) {
        for (std::size_t i = 0; i < k; ++i) hidden_[i] += row[i];
    };
    for (std::size_t p = 0; p < kPositionCount; ++p) {
        if (at[p] == kNoWord) {
            add(net_.absent.row(p));
        } else if (at[p] == static_cast<std::int32_t>(a_.n)) {
            add(net_.root.row(0));
        } else {
            add(a_.parser.data() + (static_cast<std::size_t>(at[p]) * kPositionCount + p) * k);
        }
    }
    for (const std::uint32_t slot : view.slots) add(net_.slots.row(slot));
    for (float& v : hidden_) v = std::clamp(v, 0.0F, 16.0F);
}

/// How many gold arcs each action makes unreachable; huge where the action is not allowed.
std::array<int, kActionCount> costs(const State& state, const std::vector<std::int32_t>& gold) {
    constexpr int kForbidden = 1 << 20;
    std::array<int, kActionCount> cost = {kForbidden, kForbidden, kForbidden};
    const std::int32_t front = state.front;
    const auto head_of = [&](std::int32_t word) {  // the root as a head stands at `size`
        const std::int32_t head = gold[static_cast<std::size_t>(word)];
        return head == kNoHead ? state.size : head;
    };
    if (state.allowed(Action::kShift)) {
        int lost = 0;
        for (std::size_t depth = 0; depth < state.stack.size(); ++depth) {
            const std::int32_t word = state.top(depth);
            if (head_of(word) == front) ++lost;
            if (depth > 0 && head_of(front) == word) ++lost;
        }
        cost[0] = lost;
    }
    if (state.stack.empty()) return cost;
    const std::int32_t top = state.top(0);
    int children_in_buffer = 0;
    for (std::int32_t word = front; word < state.size; ++word)
        children_in_buffer += head_of(word) == top ? 1 : 0;
    if (state.allowed(Action::kLeft)) {
        const std::int32_t head = head_of(top);
        cost[1] =
            children_in_buffer + ((head > front || head == state.top(1)) && head != front ? 1 : 0);
    }
    if (state.allowed(Action::kRight)) {
        cost[2] = children_in_buffer + (head_of(top) >= front ? 1 : 0);
    }
    return cost;
}

/// Turns logits into the gradient of the negative log of the accepted outcomes' probability;
/// returns the loss.
template <typename Accept>
float softmax_gradient(const float* logits, std::size_t count, Accept accept, float* gradient,
                       float weight) {
    const float top = *std::max_element(logits, logits + count);
    float total = 0;
    float accepted = 0;
    for (std::size_t i = 0; i < count; ++i) {
        gradient[i] = std::exp(logits[i] - top);
        total += gradient[i];
        if (accept(i)) accepted += gradient[i];
    }
    accepted = std::max(accepted, 1e-20F);
    for (std::size_t i = 0; i < count; ++i) {
        gradient[i] = weight * (gradient[i] / total - (accept(i) ? gradient[i] / accepted : 0.0F));
    }
    return -std::log(accepted / total);
}

std::size_t best(const float* scores, std::size_t count) {
    return static_cast<std::size_t>(std::max_element(scores, scores + count) - scores);
}

void Trainer::learn_sentence(const Sentence& sentence, bool explore, bool has_fine_tags) {
    describe_words(sentence.text, sentence.words, features_);
    encode(features_, true);
    const std::size_t n = a_.n;
    const std::size_t h2 = 2 * net_.hidden;
    const std::size_t k = net_.parser_hidden;
    Activations::Layer& top = a_.layers.back();

    // Tags, and the treebank's finer tags as a second task that only serves training.
    Floats gradient(n * kTagColumns, 0.0F);
    for (std::size_t i = 0; i < n; ++i) {
        loss_tag += softmax_gradient(
            a_.tag.data() + i * kTagColumns, kUposCount,
            [&](std::size_t t) { return t == sentence.upos[i]; }, gradient.data() + i * kTagColumns,
            1.0F);
        for (std::size_t t = 0; t < kTagColumns; ++t)
            net_.tag_bias.gradient[t] += gradient[i * kTagColumns + t];
    }
    multiply_back(gradient.data(), net_.tag.value.data(), top.dout.data(), n, h2, kTagColumns);
    multiply_weights(top.out.data(), gradient.data(), net_.tag.gradient.data(), n, h2, kTagColumns);
    if (o_.fine_weight > 0 && has_fine_tags) {
        const std::size_t columns = net_.fine.columns;
        a_.fine.assign(n * columns, 0.0F);
        multiply(top.out.data(), net_.fine.value.data(), a_.fine.data(), n, h2, columns);
        gradient.assign(n * columns, 0.0F);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t t = 0; t < columns; ++t)
                a_.fine[i * columns + t] += net_.fine_bias.value[t];
            softmax_gradient(
                a_.fine.data() + i * columns, columns,
                [&](std::size_t t) { return t == sentence.fine_tag[i]; },
                gradient.data() + i * columns, o_.fine_weight);
            for (std::size_t t = 0; t < columns; ++t)
                net_.fine_bias.gradient[t] += gradient[i * columns + t];
        }
        multiply_back(gradient.data(), net_.fine.value.data(), top.dout.data(), n, h2, columns);
        multiply_weights(top.out.data(), gradient.data(), net_.fine.gradient.data(), n, h2,
                         columns);
    }

    state_.reset(static_cast<std::int32_t>(n));
    std::array<float, kActionColumns> action{}, daction{};
    std::array<float, kRelationColumns> relation{}, drelation{};
    while (!state_.done()) {
        const syntax::View view = syntax::view_of(state_);
        const auto& at = view.words;
        sum_hidden(view);
        mask(hidden_mask_, k, o_.dropout * 0.4F, true);
        for (std::size_t i = 0; i < k; ++i) hidden_[i] *= hidden_mask_[i];
        dhidden_.assign(k, 0.0F);

        std::copy(net_.action_bias.value.begin(), net_.action_bias.value.end(), action.begin());
        multiply(hidden_.data(), net_.action.value.data(), action.data(), 1, k, kActionColumns);
        const std::array<int, kActionCount> cost = costs(state_, sentence.head);
        const int least = *std::min_element(cost.begin(), cost.end());
        for (std::size_t i = 0; i < kActionCount; ++i) {
            if (!state_.allowed(static_cast<Action>(i))) action[i] = -1e9F;
        }
        daction.fill(0.0F);
        loss_action += softmax_gradient(
            action.data(), kActionCount, [&](std::size_t i) { return cost[i] == least; },
            daction.data(), 1.0F);
        for (std::size_t i = 0; i < kActionCount; ++i) net_.action_bias.gradient[i] += daction[i];
        multiply_back(daction.data(), net_.action.value.data(), dhidden_.data(), 1, k,
                      kActionColumns);
        multiply_weights(hidden_.data(), daction.data(), net_.action.gradient.data(), 1, k,
                         kActionColumns);

        std::size_t chosen = best(action.data(), kActionCount);
        if (cost[chosen] != least && !(explore && random_.uniform() < o_.explore)) {
            for (std::size_t i = 0; i < kActionCount; ++i) {
                if (cost[i] == least && (cost[chosen] != least || action[i] > action[chosen]))
                    chosen = i;
            }
        }
        std::uint8_t label = 0;
        for (std::size_t direction = 0; direction < 2; ++direction) {
            const auto arc = static_cast<Action>(direction + 1);
            if (!state_.allowed(arc)) continue;
            const std::int32_t parent = arc == Action::kLeft ? state_.front : state_.top(1);
            const std::int32_t gold = sentence.head[static_cast<std::size_t>(state_.top(0))];
            const bool correct =
                parent == (gold == kNoHead ? state_.size : gold) && cost[direction + 1] == least;
            const bool followed = chosen == direction + 1;
            if (!correct && !followed) continue;
            std::copy(net_.relation_bias[direction].value.begin(),
                      net_.relation_bias[direction].value.end(), relation.begin());
            multiply(hidden_.data(), net_.relation[direction].value.data(), relation.data(), 1, k,
                     kRelationColumns);
            if (followed) label = static_cast<std::uint8_t>(best(relation.data(), kDeprelCount));
            if (!correct) continue;
            drelation.fill(0.0F);
            const std::uint8_t wanted = sentence.relation[static_cast<std::size_t>(state_.top(0))];
            loss_relation += softmax_gradient(
                relation.data(), kDeprelCount, [&](std::size_t i) { return i == wanted; },
                drelation.data(), 1.0F);
            for (std::size_t i = 0; i < kDeprelCount; ++i)
                net_.relation_bias[direction].gradient[i] += drelation[i];
            multiply_back(drelation.data(), net_.relation[direction].value.data(), dhidden_.data(),
                          1, k, kRelationColumns);
            multiply_weights(hidden_.data(), drelation.data(),
                             net_.relation[direction].gradient.data(), 1, k, kRelationColumns);
        }
        for (std::size_t i = 0; i < k; ++i) {
            dhidden_[i] = hidden_[i] > 0 ? dhidden_[i] * hidden_mask_[i] : 0.0F;
            net_.parser_bias.gradient[i] += dhidden_[i];
        }
        const auto give = [&](float* row) {
            for (std::size_t i = 0; i < k; ++i) row[i] += dhidden_[i];
        };
        for (std::size_t p = 0; p < kPositionCount; ++p) {
            if (at[p] == kNoWord) {
                give(net_.absent.gradient_row(p));
            } else if (at[p] == static_cast<std::int32_t>(n)) {
                give(net_.root.gradient_row(0));
            } else {
                give(a_.dparser.data() +
                     (static_cast<std::size_t>(at[p]) * kPositionCount + p) * k);
            }
        }
        for (const std::uint32_t slot : view.slots) give(net_.slots.gradient_row(slot));
        state_.apply(static_cast<Action>(chosen), label);
    }
    backward();
}

void Trainer::parse(const Sentence& sentence, std::vector<std::uint8_t>& upos, State& state) {
    describe_words(sentence.text, sentence.words, features_);
    encode(features_, false);
    const std::size_t k = net_.parser_hidden;
    upos.clear();
    for (std::size_t i = 0; i < a_.n; ++i) {
        upos.push_back(
            static_cast<std::uint8_t>(best(a_.tag.data() + i * kTagColumns, kUposCount)));
    }
    state.reset(static_cast<std::int32_t>(a_.n));
    std::array<float, kActionColumns> action{};
    std::array<float, kRelationColumns> relation{};
    while (!state.done()) {
        sum_hidden(syntax::view_of(state));
        std::copy(net_.action_bias.value.begin(), net_.action_bias.value.end(), action.begin());
        multiply(hidden_.data(), net_.action.value.data(), action.data(), 1, k, kActionColumns);
        for (std::size_t i = 0; i < kActionCount; ++i) {
            if (!state.allowed(static_cast<Action>(i))) action[i] = -1e9F;
        }
        const std::size_t chosen = best(action.data(), kActionCount);
        std::uint8_t label = 0;
        if (chosen > 0) {
            std::copy(net_.relation_bias[chosen - 1].value.begin(),
                      net_.relation_bias[chosen - 1].value.end(), relation.begin());
            multiply(hidden_.data(), net_.relation[chosen - 1].value.data(), relation.data(), 1, k,
                     kRelationColumns);
            label = static_cast<std::uint8_t>(best(relation.data(), kDeprelCount));
        }
        state.apply(static_cast<Action>(chosen), label);
    }
}

// ------------------------------------------------------------------------------------------ data

/// Headlines in capitals, titles, and sentences without their full stop are rare in the treebank
/// and common in news, so some sentences are turned into them.
Sentence vary(const Sentence& sentence, Random& random, float amount) {
    Sentence s = sentence;
    const float draw = random.uniform();
    const float stop = random.uniform();
    if (draw < 0.025F * amount) {
        for (char& c : s.text) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        }
    } else if (draw < 0.05F * amount) {
        for (const Span word : s.words) {
            char& c = s.text[word.begin];
            if (word.end - word.begin > 3 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        }
    } else if (draw < 0.06F * amount) {
        for (char& c : s.text) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        }
    }
    const std::size_t last = s.words.size() - 1;
    if (stop < 0.08F * amount && last > 2 &&
        s.upos[last] == static_cast<std::uint8_t>(syntax::Upos::kPunct) &&
        s.head[last] != kNoHead &&
        std::count(s.head.begin(), s.head.end(), static_cast<std::int32_t>(last)) == 0) {
        s.text.resize(s.words[last].begin);
        s.words.pop_back();
        s.upos.pop_back();
        s.fine_tag.pop_back();
        s.head.pop_back();
        s.relation.pop_back();
    }
    return s;
}

struct Scores {
    double upos = 0, uas = 0, las = 0;
};

Scores evaluate(Trainer& trainer, const std::vector<Sentence>& sentences) {
    std::size_t words = 0, upos_right = 0, uas = 0, las = 0;
    std::vector<std::uint8_t> upos;
    State state;
    for (const Sentence& s : sentences) {
        trainer.parse(s, upos, state);
        for (std::size_t i = 0; i < s.words.size(); ++i) {
            ++words;
            upos_right += upos[i] == s.upos[i] ? 1 : 0;
            if (state.head[i] != s.head[i]) continue;
            ++uas;
            las += base_relation(static_cast<syntax::Deprel>(state.relation[i])) ==
                           base_relation(static_cast<syntax::Deprel>(s.relation[i]))
                       ? 1
                       : 0;
        }
    }
    const auto part = [&](std::size_t n) {
        return static_cast<double>(n) / static_cast<double>(words);
    };
    return {part(upos_right), part(uas), part(las)};
}

/// Lines of "word v1 v2 ...", written by word_vectors.
void read_vectors(const std::string& path, Network& net,
                  std::map<std::uint32_t, WordFeatures>& forms) {
    std::ifstream file(path);
    std::size_t count = 0;
    if (!(file >> count >> net.vector_size)) {
        std::cerr << "cannot read " << path << '\n';
        std::exit(1);
    }
    net.vectors.resize(count * net.vector_size);
    std::vector<WordFeatures> features;
    for (std::size_t i = 0; i < count; ++i) {
        std::string word;
        file >> word;
        const Span whole{0, static_cast<std::uint32_t>(word.size())};
        describe_words(word, std::span(&whole, 1), features);
        forms[features[0].word] = features[0];
        net.vector_rows[features[0].word] = static_cast<std::uint32_t>(i);
        for (std::size_t k = 0; k < net.vector_size; ++k)
            file >> net.vectors[i * net.vector_size + k];
    }
}

std::vector<std::uint32_t> build(const Options& o, const Treebank& train, const Treebank& news,
                                 Network& net, std::map<std::uint32_t, WordFeatures>& forms) {
    std::map<std::uint32_t, std::uint32_t> words;
    std::map<std::uint32_t, std::uint32_t> affixes;  // counted once per different word
    std::vector<WordFeatures> features;
    for (const Sentence& s : train.sentences) {
        describe_words(s.text, s.words, features);
        for (const WordFeatures& f : features) {
            if (words[f.word]++ == 0) {
                forms[f.word] = f;
                for (const std::uint32_t affix : f.affixes) ++affixes[affix];
            }
        }
    }
    // News words must be frequent to get a row: only generic ones ship.
    std::map<std::uint32_t, std::uint32_t> news_words;
    for (const Sentence& s : news.sentences) {
        describe_words(s.text, s.words, features);
        for (const WordFeatures& f : features) {
            if (++news_words[f.word] == kNewsCountMin) forms.emplace(f.word, f);
        }
    }
    for (const auto& [key, count] : news_words) {
        if (count >= kNewsCountMin) words[key] += count / 8;
    }
    std::vector<std::uint32_t> counts = {0};
    for (const auto& [key, count] : words) {
        if (count < 2) continue;
        net.word_rows[key] = static_cast<std::uint32_t>(counts.size());
        counts.push_back(count);
    }
    for (const auto& [key, count] : affixes) {
        if (key != 0 && count >= 3)
            net.affix_rows.emplace(key, static_cast<std::uint32_t>(net.affix_rows.size()));
    }
    std::mt19937_64 random(o.seed);
    const std::size_t e = net.embedding = o.embedding;
    const std::size_t h = net.hidden = o.hidden;
    const std::size_t k = net.parser_hidden = o.parser_hidden;
    const auto glorot = [](std::size_t in, std::size_t out) {
        return std::sqrt(6.0F / static_cast<float>(in + out));
    };
    net.words.shape(counts.size(), e, 0.15F, random, true);
    net.affixes.shape(net.affix_rows.size(), e, 0.15F, random, true);
    net.shapes.shape(syntax::kShapeCount, e, 0.15F, random, true);
    net.glues.shape(syntax::kGlueCount, e, 0.15F, random, true);
    net.projection.shape(net.vector_size, e, net.vector_size > 0 ? glorot(net.vector_size, e) : 0,
                         random);
    net.layers.resize(o.layers);
    for (std::size_t l = 0; l < o.layers; ++l) {
        Recurrence& layer = net.layers[l];
        layer.in = l == 0 ? e : 2 * h;
        layer.input.shape(layer.in, 6 * h, glorot(layer.in, h) * 1.2F, random);
        layer.bias.shape(1, 6 * h, 0, random);
        for (std::size_t d = 0; d < 2; ++d) {
            layer.state[d].shape(h, 3 * h, glorot(h, h), random);
            for (std::size_t i = 0; i < h; ++i) layer.bias.value[d * 3 * h + i] = 0.5F;
        }
    }
    net.tag.shape(2 * h, kTagColumns, glorot(2 * h, kTagColumns), random);
    net.tag_bias.shape(1, kTagColumns, 0, random);
    const std::size_t fine = round_up(train.fine_tags.size());
    net.fine.shape(2 * h, fine, glorot(2 * h, fine), random);
    net.fine_bias.shape(1, fine, 0, random);
    net.parser.shape(2 * h, kPositionCount * k, glorot(2 * h, k) * 0.8F, random);
    net.parser_bias.shape(1, k, 0, random);
    net.absent.shape(kPositionCount, k, 0.1F, random);
    net.root.shape(1, k, 0.1F, random);
    net.slots.shape(kSlotCount * kSlotRows, k, 0.05F, random, true);
    net.action.shape(k, kActionColumns, glorot(k, kActionCount), random);
    net.action_bias.shape(1, kActionColumns, 0, random);
    for (std::size_t d = 0; d < 2; ++d) {
        net.relation[d].shape(k, kRelationColumns, glorot(k, kDeprelCount), random);
        net.relation_bias[d].shape(1, kRelationColumns, 0, random);
    }
    return counts;
}

// ------------------------------------------------------------------------------------------ export

/// Appends little-endian fixed-point arrays; counts what did not fit.
class Writer {
public:
    void header(const std::vector<std::uint32_t>& words) {
        bytes_ = "CWSYNTAX";
        raw(words.data(), words.size() * sizeof(std::uint32_t));
    }
    void keys(const std::vector<std::uint32_t>& keys) {
        raw(keys.data(), keys.size() * sizeof(std::uint32_t));
    }

    /// `columns` of `stride` values a row, as 16-bit numbers with `bits` bits of fraction.
    void rows(const float* values, std::size_t count, std::size_t columns, std::size_t stride,
              int bits) {
        std::vector<std::int16_t> out;
        for (std::size_t r = 0; r < count; ++r) {
            for (std::size_t c = 0; c < columns; ++c) {
                const float v = std::round(values[r * stride + c] * static_cast<float>(1 << bits));
                clipped_ += std::fabs(v) > 32767.0F ? 1 : 0;
                out.push_back(static_cast<std::int16_t>(std::clamp(v, -32767.0F, 32767.0F)));
            }
        }
        raw(out.data(), out.size() * sizeof(std::int16_t));
    }
    void rows(const Parameter& p, std::size_t columns, int bits) {
        rows(p.value.data(), p.rows, columns, p.columns, bits);
    }
    void bias(const Parameter& p, std::size_t columns, int bits) {
        std::vector<std::int32_t> out;
        for (std::size_t c = 0; c < columns; ++c) {
            out.push_back(
                static_cast<std::int32_t>(std::lround(p.value[c] * static_cast<float>(1 << bits))));
        }
        raw(out.data(), out.size() * sizeof(std::int32_t));
    }
    void save(const std::string& path) {
        const std::uint64_t hash = syntax::model_hash(std::as_bytes(std::span(bytes_)));
        raw(&hash, sizeof hash);
        std::ofstream(path, std::ios::binary) << bytes_;
        std::printf("%s: %zu bytes, %zu weights clipped\n", path.c_str(), bytes_.size(), clipped_);
    }

private:
    void raw(const void* from, std::size_t size) {
        bytes_.append(static_cast<const char*>(from), size);
    }
    std::string bytes_;
    std::size_t clipped_ = 0;
};

/// Known words get one row with everything that their form implies, so that parsing needs one
/// look-up.
void save(Network& net, const std::map<std::uint32_t, WordFeatures>& forms,
          const std::string& path) {
    const std::size_t e = net.embedding;
    const std::size_t h = net.hidden;
    const std::size_t k = net.parser_hidden;
    std::vector<std::uint32_t> word_keys, affix_keys;
    Floats words;
    for (const auto& [key, form] : forms) {
        const auto word = net.word_rows.find(key);
        const auto vector = net.vector_rows.find(key);
        if (word == net.word_rows.end() && vector == net.vector_rows.end()) continue;
        word_keys.push_back(key);
        Floats sum(net.words.row(word == net.word_rows.end() ? 0 : word->second),
                   net.words.row(word == net.word_rows.end() ? 0 : word->second) + e);
        for (const std::uint32_t affix : form.affixes) {
            const auto row = net.affix_rows.find(affix);
            if (row == net.affix_rows.end()) continue;
            for (std::size_t i = 0; i < e; ++i) sum[i] += net.affixes.row(row->second)[i];
        }
        if (vector != net.vector_rows.end()) {
            multiply(net.vectors.data() + vector->second * net.vector_size,
                     net.projection.value.data(), sum.data(), 1, net.vector_size, e);
        }
        words.insert(words.end(), sum.begin(), sum.end());
    }
    Floats affixes;
    const std::map<std::uint32_t, std::uint32_t> affix_rows(net.affix_rows.begin(),
                                                            net.affix_rows.end());
    for (const auto& [key, row] : affix_rows) {
        affix_keys.push_back(key);
        affixes.insert(affixes.end(), net.affixes.row(row), net.affixes.row(row) + e);
    }
    syntax::Shape shape;
    shape.embedding = static_cast<std::uint32_t>(e);
    shape.hidden = static_cast<std::uint32_t>(h);
    shape.layers = static_cast<std::uint32_t>(net.layers.size());
    shape.parser_hidden = static_cast<std::uint32_t>(k);
    shape.words = static_cast<std::uint32_t>(word_keys.size());
    shape.affixes = static_cast<std::uint32_t>(affix_keys.size());
    std::vector<std::uint32_t> header(1 + sizeof shape / sizeof(std::uint32_t),
                                      syntax::kModelVersion);
    std::memcpy(header.data() + 1, &shape, sizeof shape);

    using syntax::kHiddenBits;
    using syntax::kRecurrentBits;
    using syntax::kVectorBits;
    using syntax::kWeightBits;
    Writer out;
    out.header(header);
    out.keys(word_keys);
    out.keys(affix_keys);
    out.rows(words.data(), word_keys.size(), e, e, kVectorBits);
    out.rows(affixes.data(), affix_keys.size(), e, e, kVectorBits);
    out.rows(net.words.row(0), 1, e, e, kVectorBits);
    out.rows(net.shapes, e, kVectorBits);
    out.rows(net.glues, e, kVectorBits);
    for (std::size_t l = 0; l < net.layers.size(); ++l) {
        out.rows(net.layers[l].input, 6 * h, kWeightBits);
        out.bias(net.layers[l].bias, 6 * h, (l == 0 ? kVectorBits : kRecurrentBits) + kWeightBits);
        out.rows(net.layers[l].state[0], 3 * h, kWeightBits);
        out.rows(net.layers[l].state[1], 3 * h, kWeightBits);
    }
    out.rows(net.tag, kUposCount, kWeightBits);
    out.bias(net.tag_bias, kUposCount, kRecurrentBits + kWeightBits);
    out.rows(net.parser, kPositionCount * k, kWeightBits);
    out.rows(net.parser_bias, k, kHiddenBits);
    out.rows(net.absent, k, kHiddenBits);
    out.rows(net.root, k, kHiddenBits);
    out.rows(net.slots, k, kHiddenBits);
    out.rows(net.action, kActionCount, kHiddenBits);
    out.bias(net.action_bias, kActionCount, 2 * kHiddenBits);
    for (std::size_t d = 0; d < 2; ++d) {
        out.rows(net.relation[d], kDeprelCount, kHiddenBits);
        out.bias(net.relation_bias[d], kDeprelCount, 2 * kHiddenBits);
    }
    out.save(path);
}

int run(const Options& o) {
    const Treebank train = read_treebank(o.train);
    const Treebank dev = read_treebank(o.dev, train.fine_tags);
    Treebank news;
    if (!o.news.empty()) {
        news = read_treebank(o.news);
        std::mt19937_64 random(o.seed + 99);
        for (std::size_t i = news.sentences.size(); i > 1; --i)
            std::swap(news.sentences[i - 1], news.sentences[random() % i]);
    }
    Network net;
    std::map<std::uint32_t, WordFeatures> forms;
    if (!o.vectors.empty()) read_vectors(o.vectors, net, forms);
    Trainer trainer(o, net, build(o, train, news, net, forms));
    std::printf("words %zu affixes %zu vectors %zu\n", net.words.rows, net.affixes.rows,
                net.vector_rows.size());

    const std::size_t treebank =
        o.limit > 0 ? static_cast<std::size_t>(o.limit) : train.sentences.size();
    const std::size_t per_epoch =
        news.sentences.empty() ? 0 : static_cast<std::size_t>(o.news_sentences);
    std::vector<std::size_t> order(treebank +
                                   per_epoch);  // the treebank's sentences, then the news
    std::size_t next_news = 0;
    const std::vector<Parameter*> parameters = net.all();
    const auto batches = static_cast<float>(o.epochs) * static_cast<float>(order.size()) /
                         static_cast<float>(o.batch);
    float batch = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int epoch = 0; epoch < o.epochs; ++epoch) {
        std::iota(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(treebank), 0);
        for (std::size_t i = 0; i < per_epoch; ++i)
            order[treebank + i] = train.sentences.size() + next_news++ % news.sentences.size();
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[trainer.random_.below(i)]);
        trainer.loss_tag = trainer.loss_action = trainer.loss_relation = 0;
        int in_batch = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const bool from_treebank = order[i] < train.sentences.size();
            const Sentence& sentence = from_treebank
                                           ? train.sentences[order[i]]
                                           : news.sentences[order[i] - train.sentences.size()];
            trainer.learn_sentence(vary(sentence, trainer.random_, o.augment), epoch > 0,
                                   from_treebank);
            if (++in_batch < o.batch && i + 1 < order.size()) continue;
            double norm2 = 0;
            for (const Parameter* p : parameters) norm2 += p->gradient_norm2();
            const auto per = 1.0F / static_cast<float>(o.batch);
            const float norm = static_cast<float>(std::sqrt(norm2)) * per;
            const float scale = per * std::min(1.0F, 10.0F / std::max(norm, 1e-6F));
            const float rate =
                o.rate * std::min({1.0F, (batch + 1) / 200.0F, 1.02F - batch / batches});
            for (Parameter* p : parameters) p->update(rate, scale);
            batch += 1;
            in_batch = 0;
        }
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        const Scores scores = evaluate(trainer, dev.sentences);
        std::printf(
            "epoch %d  %.0f s  loss tag %.0f action %.0f relation %.0f  dev upos %.4f uas %.4f las "
            "%.4f\n",
            epoch + 1, seconds, trainer.loss_tag, trainer.loss_action, trainer.loss_relation,
            scores.upos, scores.uas, scores.las);
        std::fflush(stdout);
    }
    if (!o.out.empty()) save(net, forms, o.out);
    return 0;
}

}  // namespace
}  // namespace ceasewire::training

int main(int argc, char** argv) {
    return ceasewire::training::run(ceasewire::training::parse_options(argc, argv));
}
