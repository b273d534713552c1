#pragma once
/// The articles that the benchmarks read: see corpus/README.md. And a count of allocations for
/// those that report it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire::bench {

/// Ends the program when a benchmark does not do what it says it times.
inline void require(bool held, const char* what) {
    if (held) return;
    std::fprintf(stderr, "the benchmark's own check failed: %s\n", what);
    std::abort();
}

/// SplitMix64: the same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t operator()() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>((*this)() % count); }

private:
    std::uint64_t state_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    require(in.is_open(), path.c_str());
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Sentences {
    std::vector<std::string> off;  ///< off topic
    std::vector<std::string> on;   ///< about a ceasefire
};

inline const Sentences& sentences() {
    static const Sentences all = [] {
        Sentences made;
        std::ifstream in(CEASEWIRE_SOURCE_DIR "/benchmarks/corpus/sentences.txt");
        for (std::string line; std::getline(in, line);) {
            if (line.empty()) continue;
            if (line[0] == '+') {
                made.on.push_back(line.substr(1));
            } else {
                made.off.push_back(line);
            }
        }
        require(made.off.size() >= 10 && made.on.size() >= 10, "sentences.txt");
        return made;
    }();
    return all;
}

/// A body of about `bytes`, four sentences a paragraph; `on_percent` of the sentences are about a
/// ceasefire.
inline std::string body(std::uint64_t seed, std::size_t bytes, unsigned on_percent) {
    Random random(seed);
    std::string out;
    for (std::size_t i = 1; out.size() < bytes; ++i) {
        const auto& list = random.below(100) < on_percent ? sentences().on : sentences().off;
        out += list[random.below(list.size())];
        out += i % 4 == 0 ? "\n\n" : " ";
    }
    return out;
}

/// A message as producers send it: JSON of the native form, with newlines and straight quotes
/// escaped.
inline std::string message(std::uint64_t seed, std::size_t bytes, unsigned on_percent) {
    std::string json =
        R"({"id":")" + std::to_string(seed) +
        R"(","title":"Notes of the day","url":"https://news.example/)" + std::to_string(seed) +
        R"(","source":"Example","published_at":"2024-06-11T08:00:00Z","language":"en","body":")";
    for (const char c : body(seed, bytes, on_percent)) {
        if (c == '\n') {
            json += "\\n";
        } else if (c == '"') {
            json += "\\\"";
        } else {
            json += c;
        }
    }
    return json + R"(","tags":["a","b"],"words":640})";
}

inline std::vector<LexiconFile> lexicon_files() {
    std::vector<LexiconFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(CEASEWIRE_SOURCE_DIR "/lexicon")) {
        const auto& path = entry.path();
        if (path.extension() == ".tsv" || path.filename() == "VERSION")
            files.push_back({path.filename().string(), read_file(path)});
    }
    for (const char* model : {"weights-claims.tsv", "weights-terms.tsv", "weights-actors.tsv",
                              "weights-confidence.tsv", "weights-attributions.tsv", "syntax.bin"})
        files.push_back({model, read_file(CEASEWIRE_SOURCE_DIR "/models/" + std::string(model))});
    return files;
}

inline const Lexicon& lexicon() {
    static const Lexicon compiled = [] {
        auto made = Lexicon::compile(lexicon_files());
        require(made.has_value(), "the shipped lexicon compiles");
        return std::move(*made);
    }();
    return compiled;
}

}  // namespace ceasewire::bench
