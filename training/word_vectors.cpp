// Learns from plain sentences how words are used: structured skip-gram with negative sampling (Ling
// et al. 2015), where each place around a word has its own output vectors, which serves syntax
// better than a bag of neighbours. Deterministic.
//     word_vectors SIZE EPOCHS SEED out.txt sentences.txt...
// SIZE is a multiple of eight. A file named *.conllu gives its "# text = " lines. Words seen less
// than five times are left out.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "matrix.h"
#include "syntax/features.h"
#include "syntax/tokenize.h"

namespace {

using namespace ceasewire;

constexpr std::uint32_t kCountMin = 5;
constexpr int kWindow = 3;
constexpr int kNegatives = 5;

struct Entry {
    std::string form;
    std::uint32_t count = 0;
    std::uint32_t row = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 6) {
        std::cerr << "usage: word_vectors SIZE EPOCHS SEED out.txt sentences.txt...\n";
        return 2;
    }
    const auto size = static_cast<std::size_t>(std::stoul(argv[1]));
    const int epochs = std::stoi(argv[2]);
    std::mt19937_64 random(std::stoull(argv[3]));

    std::map<std::uint32_t, Entry> entries;
    std::vector<std::vector<std::uint32_t>> sentences;
    std::vector<Span> words;
    for (int i = 5; i < argc; ++i) {
        std::ifstream file(argv[i]);
        const bool treebank = std::string(argv[i]).ends_with(".conllu");
        for (std::string line; std::getline(file, line);) {
            if (treebank) {
                if (!line.starts_with("# text = ")) continue;
                line.erase(0, 9);
            }
            syntax::tokenize(line, {0, static_cast<std::uint32_t>(line.size())}, words);
            std::vector<std::uint32_t>& sentence = sentences.emplace_back();
            for (const Span word : words) {
                const std::uint32_t key = syntax::word_hash(slice(line, word));
                Entry& entry = entries[key];
                if (entry.count++ == 0) entry.form = slice(line, word);
                sentence.push_back(key);
            }
        }
    }
    std::vector<const Entry*> kept;
    std::vector<std::uint32_t> noise;  // rows, as often as count^0.75 says
    for (auto& [key, entry] : entries) {
        if (entry.count < kCountMin) continue;
        entry.row = static_cast<std::uint32_t>(kept.size());
        kept.push_back(&entry);
        noise.insert(noise.end(), static_cast<std::size_t>(std::pow(entry.count, 0.75)), entry.row);
    }
    std::size_t tokens = 0;
    for (auto& sentence : sentences) {
        std::vector<std::uint32_t> rows;
        for (const std::uint32_t key : sentence) {
            if (entries[key].count >= kCountMin) rows.push_back(entries[key].row);
        }
        sentence = rows;
        tokens += rows.size();
    }
    std::printf("%zu words kept of %zu, %zu tokens\n", kept.size(), entries.size(), tokens);

    std::vector<float> in(kept.size() * size);
    std::array<std::vector<float>, 2 * kWindow> out;
    for (float& v : in)
        v = (static_cast<float>(random() >> 40) / 16777216.0F - 0.5F) / static_cast<float>(size);
    for (auto& table : out) table.assign(kept.size() * size, 0.0F);
    std::vector<float> gradient(size);
    double done = 0;
    const double total = static_cast<double>(tokens) * epochs;
    for (int epoch = 0; epoch < epochs; ++epoch) {
        for (const auto& sentence : sentences) {
            const auto n = static_cast<int>(sentence.size());
            for (int i = 0; i < n; ++i, done += 1) {
                const float rate = 0.05F * static_cast<float>(std::max(1 - done / total, 0.01));
                // Frequent words teach little after a while.
                const std::uint32_t count = kept[sentence[static_cast<std::size_t>(i)]]->count;
                const double keep = std::sqrt(1e-3 * static_cast<double>(tokens) / count);
                if (static_cast<double>(random() >> 40) / 16777216.0 > keep) continue;
                float* v = in.data() + sentence[static_cast<std::size_t>(i)] * size;
                std::fill(gradient.begin(), gradient.end(), 0.0F);
                for (int offset = -kWindow; offset <= kWindow; ++offset) {
                    if (offset == 0 || i + offset < 0 || i + offset >= n) continue;
                    auto& table = out[static_cast<std::size_t>(offset < 0 ? offset + kWindow
                                                                          : offset + kWindow - 1)];
                    for (int k = 0; k <= kNegatives; ++k) {
                        const std::uint32_t target =
                            k == 0 ? sentence[static_cast<std::size_t>(i + offset)]
                                   : noise[random() % noise.size()];
                        float* u = table.data() + target * size;
                        const float dot = training::dot(v, u, size);
                        const float step =
                            rate * ((k == 0 ? 1.0F : 0.0F) - 1.0F / (1.0F + std::exp(-dot)));
                        for (std::size_t d = 0; d < size; ++d) {
                            gradient[d] += step * u[d];
                            u[d] += step * v[d];
                        }
                    }
                }
                for (std::size_t d = 0; d < size; ++d) v[d] += gradient[d];
            }
        }
    }
    // Scaled so that a coordinate's root mean square is 1/2, whatever the corpus.
    double square = 0;
    for (const float v : in) square += static_cast<double>(v) * v;
    const auto scale = static_cast<float>(0.5 / std::sqrt(square / static_cast<double>(in.size())));
    std::ofstream file(argv[4]);
    file << kept.size() << ' ' << size << '\n';
    for (const Entry* entry : kept) {
        file << entry->form;
        for (std::size_t d = 0; d < size; ++d) file << ' ' << in[entry->row * size + d] * scale;
        file << '\n';
    }
    return 0;
}
