#pragma once
/// The lexicon that the program ships, for tests that want the meaning of real text. Needs no
/// GoogleTest, since the fuzzer is built without.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire::test {

/// The bytes of a file of the source tree; without it the program ends.
[[nodiscard]] inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in.is_open()) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::abort();
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Compiled from lexicon/ and models/ of the source tree, once a program. An error in it ends the
/// program with its message: no test can say anything useful then.
[[nodiscard]] inline const Lexicon& shipped_lexicon() {
    static const Lexicon lexicon = [] {
        std::vector<LexiconFile> files;
        const std::filesystem::path folder = CEASEWIRE_SOURCE_DIR "/lexicon";
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const std::filesystem::path& path = entry.path();
            if (path.extension() == ".tsv" || path.filename() == "VERSION") {
                files.push_back({path.filename().string(), read_file(path)});
            }
        }
        for (const char* model :
             {"weights-claims.tsv", "weights-terms.tsv", "weights-actors.tsv",
              "weights-confidence.tsv", "weights-attributions.tsv", "syntax.bin"}) {
            files.push_back(
                {model, read_file(CEASEWIRE_SOURCE_DIR "/models/" + std::string(model))});
        }
        auto compiled = Lexicon::compile(files);
        if (!compiled) {
            for (const LexiconError& error : compiled.error()) {
                std::fprintf(stderr, "%s\n", error.to_string().c_str());
            }
            std::abort();
        }
        return std::move(*compiled);
    }();
    return lexicon;
}

}  // namespace ceasewire::test
