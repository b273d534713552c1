#include "syntax/parse.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/allocations.h"
#include "syntax/network.h"
#include "syntax/tiny_model.h"
#include "syntax/tokenize.h"

namespace ceasewire::syntax {

bool operator==(const Word& a, const Word& b) {
    return a.span == b.span && a.head == b.head && a.upos == b.upos && a.deprel == b.deprel;
}
void PrintTo(const Word& word, std::ostream* out) {
    *out << word.span.begin << '-' << word.span.end << ' ' << name(word.upos) << ' ' << word.head
         << ' ' << name(word.deprel);
}

namespace {

Model load(const std::string& file) {
    auto model = load_model(std::as_bytes(std::span(file)));
    EXPECT_TRUE(model) << model.error();
    return std::move(model).value();
}

const Model& shipped() {
    static const Model model = [] {
        std::ifstream file(CEASEWIRE_SOURCE_DIR "/models/syntax.bin", std::ios::binary);
        return load(std::string(std::istreambuf_iterator<char>(file), {}));
    }();
    return model;
}

Tree parse_whole(std::string_view text, const Model& model, Workspace& workspace) {
    Tree tree;
    parse(text, {0, static_cast<std::uint32_t>(text.size())}, model, workspace, tree);
    return tree;
}

Tree parse_anew(std::string_view text, const Model& model) {
    Workspace workspace;
    return parse_whole(text, model, workspace);
}

/// "Talks:nsubj>resumed resumed:root>" and so on, as an editor would say it.
std::string arcs(std::string_view text, const Tree& tree) {
    std::string out;
    for (const Word& word : tree.words) {
        if (!out.empty()) out += ' ';
        out += slice(text, word.span);
        out += ':';
        out += name(word.deprel);
        out += '>';
        if (word.head != kNoHead)
            out += slice(text, tree.words[static_cast<std::size_t>(word.head)].span);
    }
    return out;
}

void expect_tree(const Tree& tree) {
    const auto n = static_cast<std::int32_t>(tree.words.size());
    int roots = 0;
    for (std::int32_t i = 0; i < n; ++i) {
        const Word& word = tree.words[static_cast<std::size_t>(i)];
        ASSERT_GE(word.head, kNoHead);
        ASSERT_LT(word.head, n);
        ASSERT_NE(word.head, i);
        ASSERT_LT(static_cast<std::size_t>(word.upos), kUposCount);
        ASSERT_LT(static_cast<std::size_t>(word.deprel), kDeprelCount);
        EXPECT_EQ(word.head == kNoHead, word.deprel == Deprel::kRoot);
        roots += word.head == kNoHead ? 1 : 0;
    }
    EXPECT_EQ(roots, n == 0 ? 0 : 1);
    // Every path ends at the root: children of words already reached are reached in turn.
    std::vector<std::vector<std::int32_t>> children(tree.words.size());
    std::vector<std::int32_t> reached;
    for (std::int32_t i = 0; i < n; ++i) {
        const std::int32_t head = tree.words[static_cast<std::size_t>(i)].head;
        if (head == kNoHead)
            reached.push_back(i);
        else
            children[static_cast<std::size_t>(head)].push_back(i);
    }
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const auto& more = children[static_cast<std::size_t>(reached[i])];
        reached.insert(reached.end(), more.begin(), more.end());
    }
    EXPECT_EQ(reached.size(), tree.words.size());
}

// ----------------------------------------------------------------------------------------------------
// the slow twin

using Row = std::vector<std::int64_t>;

std::int64_t weight(const Matrix& m, std::size_t depth, std::size_t column) {
    return m.weights[(depth / 2 * m.columns + column) * 2 + depth % 2];
}

Row slow_layer(const Matrix& m, const Row& in, std::size_t columns) {
    Row out(columns);
    for (std::size_t c = 0; c < columns; ++c) {
        out[c] = m.bias[c];
        for (std::size_t d = 0; d < in.size(); ++d) out[c] += in[d] * weight(m, d, c);
    }
    return out;
}

std::int64_t rounded(std::int64_t x, int bits) {
    return (x + (std::int64_t{1} << bits >> 1)) >> bits;
}

std::int64_t slow_squash(std::int64_t x) {
    const std::int64_t y = std::clamp<std::int64_t>(x, -8192, 8192);
    return y - ((y * std::abs(y)) >> 14);
}

std::size_t best(const Row& scores) {
    return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                    scores.begin());
}

/// The parser as its headers describe it, a word and a number at a time.
Tree slow_parse(std::string_view text, const Model& model) {
    const Network& net = model.network();
    const std::size_t e = net.shape.embedding, h = net.shape.hidden, k = net.shape.parser_hidden;
    std::vector<Span> words;
    tokenize(text, {0, static_cast<std::uint32_t>(text.size())}, words);
    std::vector<WordFeatures> features;
    describe_words(text, words, features);
    std::vector<Row> rows;
    for (const WordFeatures& f : features) {
        Row x(e);
        const auto add = [&](const std::vector<std::int16_t>& table, std::size_t row) {
            for (std::size_t i = 0; i < e; ++i) x[i] += table[row * e + i];
        };
        if (const auto row = net.word_rows.find(f.word); row != KeyTable::kAbsent) {
            add(net.words, row);
        } else {
            add(net.unknown, 0);
            for (const std::uint32_t affix : f.affixes) {
                if (affix != 0 && net.affix_rows.find(affix) != KeyTable::kAbsent)
                    add(net.affixes, net.affix_rows.find(affix));
            }
        }
        add(net.shapes, f.shape);
        add(net.glues, f.glue);
        for (std::int64_t& v : x) v = std::clamp<std::int64_t>(v, -8191, 8191);
        rows.push_back(x);
    }
    const std::size_t n = rows.size();
    for (std::size_t l = 0; l < net.layers.size(); ++l) {
        std::vector<Row> out(n, Row(2 * h));
        std::vector<Row> z;
        for (const Row& row : rows) {
            z.push_back(slow_layer(net.layers[l].input, row, 6 * h));
            for (std::int64_t& v : z.back()) v = rounded(v, l == 0 ? 2 : 4);
        }
        for (std::size_t side = 0; side < 2; ++side) {
            Row state(h), cell(h);
            for (std::size_t step = 0; step < n; ++step) {
                const std::size_t i = side == 0 ? step : n - 1 - step;
                const Row sums = slow_layer(net.layers[l].state[side], state, 3 * h);
                for (std::size_t c = 0; c < h; ++c) {
                    const auto at = [&](std::size_t block) {
                        return z[i][side * 3 * h + block * h + c] + rounded(sums[block * h + c], 4);
                    };
                    const std::int64_t forget = 2048 + (slow_squash(at(0) >> 9) >> 1);
                    const std::int64_t show = 2048 + (slow_squash(at(1) >> 9) >> 1);
                    const std::int64_t candidate = slow_squash(at(2) >> 8) * 16;
                    cell[c] = candidate + ((forget * (cell[c] - candidate)) >> 12);
                    out[i][side * h + c] = rounded(show * (cell[c] >> 1), 15);
                }
                state.assign(out[i].begin() + static_cast<std::ptrdiff_t>(side * h),
                             out[i].begin() + static_cast<std::ptrdiff_t>((side + 1) * h));
            }
        }
        rows = out;
    }
    Tree tree;
    std::vector<Row> parts;
    for (std::size_t i = 0; i < n; ++i) {
        tree.words.push_back(
            {.span = words[i],
             .upos = static_cast<Upos>(best(slow_layer(net.tag, rows[i], kUposCount)))});
        parts.push_back(slow_layer(net.parser, rows[i], kPositionCount * k));
        for (std::int64_t& v : parts.back())
            v = std::clamp<std::int64_t>(rounded(v, 14), -32767, 32767);
    }
    State state;
    state.reset(static_cast<std::int32_t>(n));
    while (!state.done()) {
        const View view = view_of(state);
        Row hidden(k);
        for (std::size_t i = 0; i < k; ++i) {
            hidden[i] = net.base[i];
            for (std::size_t p = 0; p < kPositionCount; ++p) {
                const std::int32_t word = view.words[p];
                hidden[i] += word == kNoWord ? net.absent[p * k + i]
                             : word == state.size
                                 ? net.root[i]
                                 : parts[static_cast<std::size_t>(word)][p * k + i];
            }
            for (const std::uint32_t slot : view.slots) hidden[i] += net.slots[slot * k + i];
            hidden[i] = std::clamp<std::int64_t>(hidden[i], 0, kHiddenMax);
        }
        Row scores = slow_layer(net.action, hidden, kActionCount);
        for (std::size_t a = 0; a < kActionCount; ++a) {
            if (!state.allowed(static_cast<Action>(a)))
                scores[a] = std::numeric_limits<std::int64_t>::min();
        }
        const auto action = static_cast<Action>(best(scores));
        std::size_t relation = 0;
        if (action != Action::kShift)
            relation = best(
                slow_layer(net.relation[action == Action::kLeft ? 0 : 1], hidden, kDeprelCount));
        state.apply(action, static_cast<std::uint8_t>(relation));
    }
    for (std::size_t i = 0; i < n; ++i) {
        Word& word = tree.words[i];
        word.head = state.head[i];
        word.deprel = static_cast<Deprel>(state.relation[i]);
        if (word.head == kNoHead)
            word.deprel = Deprel::kRoot;
        else if (word.deprel == Deprel::kRoot)
            word.deprel = Deprel::kParataxis;
    }
    return tree;
}

std::string random_text(std::mt19937_64& random, std::size_t words) {
    constexpr std::string_view kWords[] = {
        "truce", "said", "The",    "Hamas",  "don't", "of",        "to",        "“",
        "”",     ",",    ".",      "U.S.",   "3,000", "al-Sisi's", "ceasefire", "HOLDS",
        "and",   "that", "he",     "Monday", "—",     "é",         "reject",    "envoys",
        "who",   "not",  "killed", "?",      "(",     "zzqx"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        text += kWords[random() % std::size(kWords)];
        if (random() % 6 != 0) text += ' ';
    }
    return text;
}

TEST(Parse, AgreesWithItsSlowTwin) {
    std::mt19937_64 random(11);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        TinyModel tiny;
        tiny.seed = seed;
        const Model model = load(tiny.file());
        for (int round = 0; round < 30; ++round) {
            const std::string text = random_text(random, random() % 14);
            EXPECT_EQ(parse_anew(text, model).words, slow_parse(text, model).words) << text;
        }
    }
    for (int round = 0; round < 30; ++round) {
        const std::string text = random_text(random, random() % 20);
        EXPECT_EQ(parse_anew(text, shipped()).words, slow_parse(text, shipped()).words) << text;
    }
}

TEST(Parse, AUsedWorkspaceAnswersLikeANewOne) {
    std::mt19937_64 random(12);
    Workspace used;
    Tree tree;
    for (int round = 0; round < 300; ++round) {
        const std::string text = random_text(random, random() % 40);
        parse(text, {0, static_cast<std::uint32_t>(text.size())}, shipped(), used, tree);
        expect_tree(tree);
        ASSERT_EQ(tree.words, parse_anew(text, shipped()).words) << text;
    }
}

TEST(Parse, AUsedWorkspaceAllocatesNothing) {
    std::mt19937_64 random(13);
    Workspace workspace;
    Tree tree;
    const std::string longest = random_text(random, 600);
    parse(longest, {0, static_cast<std::uint32_t>(longest.size())}, shipped(), workspace, tree);
    std::vector<std::string> texts;
    for (int i = 0; i < 50; ++i) texts.push_back(random_text(random, random() % 60));
    const std::size_t before = allocations();
    for (const std::string& text : texts)
        parse(text, {0, static_cast<std::uint32_t>(text.size())}, shipped(), workspace, tree);
    EXPECT_EQ(allocations() - before, 0U);
}

TEST(Parse, ThreadsShareAModel) {
    std::mt19937_64 random(15);
    std::vector<std::string> texts;
    for (int i = 0; i < 40; ++i) texts.push_back(random_text(random, random() % 30));
    std::vector<Tree> alone;
    for (const std::string& text : texts) alone.push_back(parse_anew(text, shipped()));
    std::vector<int> differences(4, 0);
    std::vector<std::thread> threads;
    for (int& different : differences) {
        threads.emplace_back([&] {
            Workspace workspace;
            for (std::size_t i = 0; i < texts.size(); ++i) {
                different +=
                    parse_whole(texts[i], shipped(), workspace).words == alone[i].words ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(differences, std::vector<int>(4, 0));
}

TEST(Parse, AnyTextGivesATree) {
    Workspace workspace;
    for (const std::string_view text :
         {"",  " ",      "\n",     ".", "...", "?!", "“”",  "(",     "— — —", "a",      "A",
          "I", "\u200B", "\u0301", "ق", "1",   "'s", "n't", "don't", "@",     "http://"}) {
        expect_tree(parse_whole(text, shipped(), workspace));
    }
    expect_tree(parse_whole(std::string(5000, '"'), shipped(), workspace));
    std::string marks;
    for (int i = 0; i < 3000; ++i) marks += "( ";
    expect_tree(parse_whole(marks, shipped(), workspace));
}

TEST(Parse, ALongSentenceKeepsEveryWord) {
    std::mt19937_64 random(14);
    Workspace workspace;
    for (const std::size_t words : {kPieceWordsMax - 1, kPieceWordsMax, kPieceWordsMax + 1,
                                    2 * kPieceWordsMax + 1, std::size_t{10000}}) {
        std::string text;
        for (std::size_t i = 0; i < words; ++i) text += i % 9 == 8 ? ", " : "truce ";
        const Tree tree = parse_whole(text, shipped(), workspace);
        EXPECT_EQ(tree.words.size(), words);
        expect_tree(tree);
    }
    std::string unbroken;
    for (int i = 0; i < 10000; ++i) unbroken += "word ";
    const Tree tree = parse_whole(unbroken, shipped(), workspace);
    EXPECT_EQ(tree.words.size(), 10000U);
    expect_tree(tree);
}

TEST(Parse, SpansAreOfTheWholeText) {
    const std::string text = "First one. Talks resumed. Last one.";
    Workspace workspace;
    Tree tree;
    parse(text, {11, 25}, shipped(), workspace, tree);
    ASSERT_EQ(tree.words.size(), 3U);
    EXPECT_EQ(slice(text, tree.words[0].span), "Talks");
    EXPECT_EQ(slice(text, tree.words[2].span), ".");
}

// Sentences that any fair model of English must get right.
struct Reading {
    const char* name;
    const char* text;
    const char* arcs;
};

class ParseTable : public testing::TestWithParam<Reading> {};

TEST_P(ParseTable, ReadsPlainEnglish) {
    const std::string_view text = GetParam().text;
    EXPECT_EQ(arcs(text, parse_anew(text, shipped())), GetParam().arcs);
}

constexpr Reading kReadings[] = {
    {"active", "Israel rejected the proposal.",
     "Israel:nsubj>rejected rejected:root> the:det>proposal proposal:obj>rejected "
     ".:punct>rejected"},
    {"passive", "The truce was rejected by Hamas.",
     "The:det>truce truce:nsubj:pass>rejected was:aux:pass>rejected rejected:root> by:case>Hamas "
     "Hamas:obl:agent>rejected .:punct>rejected"},
    {"reported", "He said that they would not sign it.",
     "He:nsubj>said said:root> that:mark>sign they:nsubj>sign would:aux>sign not:advmod>sign "
     "sign:ccomp>said it:obj>sign .:punct>said"},
    {"contraction", "They don't accept it",
     "They:nsubj>accept do:aux>accept n't:advmod>accept accept:root> it:obj>accept"},
    {"possessive", "Egypt's envoy met them.",
     "Egypt:nmod:poss>envoy 's:case>Egypt envoy:nsubj>met met:root> them:obj>met .:punct>met"},
    {"shouted", "ISRAEL REJECTS TRUCE OFFER",
     "ISRAEL:nsubj>REJECTS REJECTS:root> TRUCE:compound>OFFER OFFER:obj>REJECTS"},
    {"title", "Rebels Say They Will Not Sign",
     "Rebels:nsubj>Say Say:root> They:nsubj>Sign Will:aux>Sign Not:advmod>Sign Sign:ccomp>Say"},
};
INSTANTIATE_TEST_SUITE_P(Readings, ParseTable, testing::ValuesIn(kReadings),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Parse, QuotesMayBeCurly) {
    const std::string straight = "\"We can't agree,\" he said.";
    const std::string curly = "“We can’t agree,” he said.";
    const Tree a = parse_anew(straight, shipped());
    const Tree b = parse_anew(curly, shipped());
    ASSERT_EQ(a.words.size(), b.words.size());
    for (std::size_t i = 0; i < a.words.size(); ++i) {
        EXPECT_EQ(a.words[i].head, b.words[i].head);
        EXPECT_EQ(a.words[i].deprel, b.words[i].deprel);
        EXPECT_EQ(a.words[i].upos, b.words[i].upos);
    }
}

TEST(Tree, NamesAndBases) {
    EXPECT_EQ(name(Upos::kPropn), "PROPN");
    EXPECT_EQ(name(Deprel::kNsubjPass), "nsubj:pass");
    EXPECT_EQ(base_relation(Deprel::kNsubjPass), Deprel::kNsubj);
    EXPECT_EQ(base_relation(Deprel::kObj), Deprel::kObj);
    for (std::size_t i = 0; i < kDeprelCount; ++i) {
        const auto deprel = static_cast<Deprel>(i);
        EXPECT_TRUE(name(deprel).starts_with(name(base_relation(deprel))));
    }
}

}  // namespace
}  // namespace ceasewire::syntax
