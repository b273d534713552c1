#pragma once
/// The lexicon of the repository, for tests of rooms that need any lexicon at all.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire::test {

inline const Lexicon& shipped_lexicon() {
    static const Lexicon lexicon = [] {
        std::vector<LexiconFile> files;
        for (const auto& entry :
             std::filesystem::directory_iterator(std::string(CEASEWIRE_SOURCE_DIR) + "/lexicon")) {
            const auto& path = entry.path();
            if (path.extension() != ".tsv" && path.filename() != "VERSION") continue;
            std::ifstream in(path, std::ios::binary);
            files.push_back(
                {path.filename().string(), std::string(std::istreambuf_iterator<char>(in), {})});
        }
        auto compiled = Lexicon::compile(files);
        if (!compiled) throw std::runtime_error(compiled.error().front().to_string());
        return std::move(compiled).value();
    }();
    return lexicon;
}

}  // namespace ceasewire::test
