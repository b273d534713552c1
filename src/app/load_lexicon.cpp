#include "app/load_lexicon.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/embedded.h"
#include "base/hex.h"
#include "lexicon/model.h"

namespace ceasewire::app {
namespace {

/// "2026.11+5d0f3a9c": an analyst's rows change more often than anybody's VERSION file, and a
/// record must say which ones it was made with.
void mark_version(std::vector<LexiconFile>& files, std::uint64_t fingerprint) {
    for (LexiconFile& file : files) {
        if (file.name != "VERSION") continue;
        file.text.resize(std::min(file.text.find_first_of("\r\n"), file.text.size()));
        if (file.text.empty()) return;  // the compiler complains of that
        file.text += '+';
        append_hex(file.text, fingerprint, 8);
    }
}

}  // namespace

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
    std::uint64_t fingerprint = 0;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        if (!in || !(text << in.rdbuf()))
            return Unexpected(path.string() + ": cannot read the file");
        const std::string name = path.filename().string();
        fingerprint = feature_id(fingerprint, hash_part(name), hash_part(text.view()));
        const auto same = std::find_if(files.begin(), files.end(),
                                       [&](const LexiconFile& file) { return file.name == name; });
        if (same != files.end()) {
            same->text = text.str();
        } else {
            files.push_back({name, text.str()});
        }
    }
    mark_version(files, fingerprint);
    return files;
}

Expected<Lexicon, std::vector<std::string>> read_lexicon(const std::string& overlay,
                                                         ShippedScorers scorers) {
    auto files = lexicon_files(overlay, scorers);
    if (!files) return Unexpected(std::vector<std::string>{files.error()});
    auto lexicon = Lexicon::compile(*files);
    if (lexicon) return std::move(*lexicon);
    std::vector<std::string> lines;
    for (const LexiconError& error : lexicon.error())
        lines.push_back("lexicon: " + error.to_string());
    return Unexpected(std::move(lines));
}

std::unique_ptr<const Lexicon> load_lexicon(const std::string& overlay, ShippedScorers scorers) {
    auto lexicon = read_lexicon(overlay, scorers);
    if (lexicon) return std::make_unique<const Lexicon>(std::move(*lexicon));
    for (const std::string& line : lexicon.error())
        std::fprintf(stderr, "ceasewire: %s\n", line.c_str());
    return nullptr;
}

}  // namespace ceasewire::app
