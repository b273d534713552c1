#include "syntax/parse.h"

#include <algorithm>
#include <array>

#include "syntax/network.h"
#include "syntax/tokenize.h"

namespace ceasewire::syntax {
namespace {

void add_row(const std::vector<std::int16_t>& rows, std::size_t row, std::size_t size,
             std::int32_t* sum) {
    const std::int16_t* values = rows.data() + row * size;
    for (std::size_t i = 0; i < size; ++i) sum[i] += values[i];
}

/// Finds each word's own row, and asks for its memory: the vectors are larger than what is near the
/// processor.
void find_rows(std::span<const WordFeatures> words, const Network& network,
               std::vector<std::uint32_t>& rows) {
    constexpr std::size_t kInLine = 32;  // numbers
    const std::size_t e = network.shape.embedding;
    rows.resize(words.size());
    for (const WordFeatures& word : words) network.word_rows.prefetch(word.word);
    for (std::size_t i = 0; i < words.size(); ++i) {
        rows[i] = network.word_rows.find(words[i].word);
        if (rows[i] == KeyTable::kAbsent) {
            for (const std::uint32_t affix : words[i].affixes) network.affix_rows.prefetch(affix);
        } else {
            for (std::size_t k = 0; k < e; k += kInLine)
                __builtin_prefetch(network.words.data() + rows[i] * e + k);
        }
    }
}

/// The sum of what is known of a word: its own row where there is one, else the rows of its
/// affixes.
void embed(const WordFeatures& word, std::uint32_t row, const Network& network, std::int32_t* sum,
           std::int16_t* out) {
    const std::size_t e = network.shape.embedding;
    std::fill_n(sum, e, 0);
    if (row != KeyTable::kAbsent) {
        add_row(network.words, row, e, sum);
    } else {
        add_row(network.unknown, 0, e, sum);
        for (const std::uint32_t affix : word.affixes) {
            if (affix == 0) continue;
            if (const std::uint32_t found = network.affix_rows.find(affix);
                found != KeyTable::kAbsent)
                add_row(network.affixes, found, e, sum);
        }
    }
    add_row(network.shapes, word.shape, e, sum);
    add_row(network.glues, word.glue, e, sum);
    for (std::size_t i = 0; i < e; ++i)
        out[i] = static_cast<std::int16_t>(std::clamp(sum[i], -kVectorMax, kVectorMax));
}

/// Reads the piece in both directions, layer over layer. The top layer's values end in
/// `w.recurrent`, [words][2 * hidden].
void encode(std::span<const WordFeatures> words, const Network& network, Workspace& w) {
    const std::size_t n = words.size();
    const std::size_t e = network.shape.embedding;
    const std::size_t h = network.shape.hidden;
    const Kernels& kernels = *network.kernels;
    w.inputs.resize(n * e);
    w.sums.resize(std::max({n * 6 * h, n * network.parser.columns, e}));
    w.cell.resize(2 * h);
    w.state_sums.resize(6 * h);
    find_rows(words, network, w.rows);
    for (std::size_t i = 0; i < n; ++i)
        embed(words[i], w.rows[i], network, w.sums.data(), w.inputs.data() + i * e);

    w.recurrent.resize(n * 2 * h);
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
        const Network::Layer& layer = network.layers[l];
        const bool first = l == 0;
        if (!first) std::swap(w.recurrent, w.recurrent_below);
        w.recurrent.resize(n * 2 * h);
        kernels.multiply(first ? w.inputs.data() : w.recurrent_below.data(), n, layer.input.view(),
                         w.sums.data());
        kernels.shift(w.sums.data(), n * 6 * h,
                      (first ? kVectorBits : kRecurrentBits) + kWeightBits - kSumBits);
        const std::array<MatrixView, 2> state = {layer.state[0].view(), layer.state[1].view()};
        kernels.recur(w.sums.data(), n, state.data(), w.recurrent.data(), w.cell.data(),
                      w.state_sums.data());
    }
}

template <class Scores>
std::size_t best_of(const Scores& scores, std::size_t count) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i) {
        if (scores[i] > scores[best]) best = i;
    }
    return best;
}

void tag(const Network& network, Workspace& w, std::span<Word> words) {
    w.sums.resize(std::max(w.sums.size(), words.size() * network.tag.columns));
    network.kernels->multiply(w.recurrent.data(), words.size(), network.tag.view(), w.sums.data());
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i].upos =
            static_cast<Upos>(best_of(w.sums.data() + i * network.tag.columns, kUposCount));
    }
}

void fill_hidden(const Network& network, Workspace& w) {
    const std::size_t k = network.shape.parser_hidden;
    const View view = view_of(w.state);
    std::array<const std::int16_t*, 1 + std::size_t{kPositionCount} + std::size_t{kSlotCount}>
        rows{};
    std::size_t count = 0;
    rows[count++] = network.base.data();
    for (std::size_t p = 0; p < kPositionCount; ++p) {
        const std::int32_t word = view.words[p];
        if (word == kNoWord) {
            rows[count++] = network.absent.data() + p * k;
        } else if (word == w.state.size) {
            rows[count++] = network.root.data();
        } else {
            rows[count++] =
                w.parts.data() + (static_cast<std::size_t>(word) * kPositionCount + p) * k;
        }
    }
    for (const std::uint32_t slot : view.slots) rows[count++] = network.slots.data() + slot * k;
    network.kernels->rectified_sum(rows.data(), count, k, w.hidden.data());
}

Action best_action(const State& state, const std::int32_t* scores) {
    auto best = Action::kShift;
    bool found = false;
    for (const Action action : {Action::kShift, Action::kLeft, Action::kRight}) {
        if (!state.allowed(action)) continue;
        if (!found ||
            scores[static_cast<std::size_t>(action)] > scores[static_cast<std::size_t>(best)])
            best = action;
        found = true;
    }
    return best;
}

/// Two steps a word: shift it, and later give it its head.
void attach(const Network& network, Workspace& w, std::size_t words) {
    const Kernels& kernels = *network.kernels;
    const std::size_t k = network.shape.parser_hidden;
    kernels.multiply(w.recurrent.data(), words, network.parser.view(), w.sums.data());
    w.parts.resize(words * network.parser.columns);
    kernels.narrow(w.sums.data(), w.parts.size(), kRecurrentBits + kWeightBits - kHiddenBits,
                   w.parts.data());
    w.hidden.resize(k);
    w.scores.resize(std::max(network.action.columns, network.relation[0].columns));
    w.state.reset(static_cast<std::int32_t>(words));
    while (!w.state.done()) {
        if (w.state.stack.empty()) {  // nothing to decide
            w.state.apply(Action::kShift, kNoRelation);
            continue;
        }
        fill_hidden(network, w);
        kernels.multiply(w.hidden.data(), 1, network.action.view(), w.scores.data());
        const Action action = best_action(w.state, w.scores.data());
        std::size_t relation = 0;
        if (action != Action::kShift) {
            const Matrix& relations = network.relation[action == Action::kLeft ? 0 : 1];
            kernels.multiply(w.hidden.data(), 1, relations.view(), w.scores.data());
            relation = best_of(w.scores, kDeprelCount);
        }
        w.state.apply(action, static_cast<std::uint8_t>(relation));
    }
}

/// A word's only head outside the sentence is the root, and the root has no other relation: what
/// the parts of the network say apart is made to agree.
Deprel agreed_relation(std::uint8_t relation, bool is_root) {
    const auto deprel = static_cast<Deprel>(relation);
    if (is_root) return Deprel::kRoot;
    return deprel == Deprel::kRoot ? Deprel::kParataxis : deprel;
}

void parse_piece(std::span<const WordFeatures> features, const Network& network, Workspace& w,
                 std::size_t offset, std::span<Word> words) {
    encode(features, network, w);
    tag(network, w, words);
    attach(network, w, words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::int32_t head = w.state.head[i];
        words[i].head = head == kNoHead ? kNoHead : head + static_cast<std::int32_t>(offset);
        words[i].deprel = agreed_relation(w.state.relation[i], head == kNoHead);
    }
}

/// Where the piece that begins at `begin` ends: after all words, or after the last mark of the
/// piece's second half, or when it is full.
std::size_t piece_end(std::string_view text, std::span<const Span> words, std::size_t begin) {
    if (words.size() - begin <= kPieceWordsMax) return words.size();
    for (std::size_t end = begin + kPieceWordsMax; end > begin + kPieceWordsMax / 2; --end) {
        const std::string_view word = slice(text, words[end - 1]);
        if (word == "." || word == ";" || word == "!" || word == "?" || word == ",") return end;
    }
    return begin + kPieceWordsMax;
}

}  // namespace

void parse_words(std::string_view text, std::span<const Span> words, const Model& model,
                 Workspace& workspace, Tree& out) {
    const Network& network = model.network();
    describe_words(text, words, workspace.features);
    out.words.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) out.words[i].span = words[i];
    const std::span<Word> all = out.words;

    std::int32_t root = kNoHead;
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = piece_end(text, words, begin);
        parse_piece(std::span(workspace.features).subspan(begin, end - begin), network, workspace,
                    begin, all.subspan(begin, end - begin));
        for (std::size_t i = begin; i < end; ++i) {
            if (all[i].head != kNoHead) continue;
            if (root == kNoHead) {
                root = static_cast<std::int32_t>(i);
            } else {
                all[i].head = root;
                all[i].deprel = Deprel::kParataxis;
            }
        }
        begin = end;
    }
}

void parse(std::string_view text, Span sentence, const Model& model, Workspace& workspace,
           Tree& out) {
    tokenize(text, sentence, workspace.words);
    parse_words(text, workspace.words, model, workspace, out);
}

}  // namespace ceasewire::syntax
