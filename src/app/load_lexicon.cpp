#include "app/load_lexicon.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/embedded.h"

namespace ceasewire::app {

Expected<std::vector<LexiconFile>, std::string> lexicon_files(const std::string& overlay,
                                                              ShippedScorers scorers) {
    std::vector<LexiconFile> files;
    for (const EmbeddedFile& file : embedded_lexicon()) {
        if (scorers == ShippedScorers::of_records && file.name == "weights-attributions.tsv")
            continue;
        files.push_back({std::string(file.name), std::string(file.bytes)});
    }
    if (overlay.empty()) return files;
    std::error_code failure;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(overlay, failure)) {
        const auto& path = entry.path();
        if (path.extension() == ".tsv" || path.filename() == "VERSION") paths.push_back(path);
    }
    if (failure)
        return Unexpected(overlay + ": cannot read the lexicon directory: " + failure.message());
    if (paths.empty()) return Unexpected(overlay + ": no .tsv file in the lexicon directory");
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        if (!in || !(text << in.rdbuf()))
            return Unexpected(path.string() + ": cannot read the file");
        const std::string name = path.filename().string();
        const auto same = std::find_if(files.begin(), files.end(),
                                       [&](const LexiconFile& file) { return file.name == name; });
        if (same != files.end()) {
            same->text = text.str();
        } else {
            files.push_back({name, text.str()});
        }
    }
    return files;
}

std::unique_ptr<const Lexicon> load_lexicon(const std::string& overlay, ShippedScorers scorers) {
    auto files = lexicon_files(overlay, scorers);
    if (!files) {
        std::fprintf(stderr, "ceasewire: %s\n", files.error().c_str());
        return nullptr;
    }
    auto lexicon = Lexicon::compile(*files);
    if (!lexicon) {
        for (const LexiconError& error : lexicon.error())
            std::fprintf(stderr, "ceasewire: lexicon: %s\n", error.to_string().c_str());
        return nullptr;
    }
    return std::make_unique<const Lexicon>(std::move(*lexicon));
}

}  // namespace ceasewire::app
