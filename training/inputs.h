#pragma once
/// What every program here reads first. An error ends the program with its message.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "article/article.h"
#include "lexicon/lexicon.h"
#include "syntax/model.h"
#include "text/document.h"

namespace ceasewire::training {

[[nodiscard]] inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in.is_open()) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::exit(66);
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The lexicon of a directory, with the scorers of actors of `models` where that is given, and
/// `more` of its files.
[[nodiscard]] inline Lexicon read_lexicon(const std::filesystem::path& directory,
                                          const std::filesystem::path& models = {},
                                          const std::vector<std::string>& more = {}) {
    std::vector<LexiconFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        if (entry.path().extension() != ".tsv" && entry.path().filename() != "VERSION") continue;
        files.push_back({entry.path().filename().string(), read_file(entry.path())});
    }
    if (!models.empty())
        files.push_back({"weights-actors.tsv", read_file(models / "weights-actors.tsv")});
    for (const std::string& name : more) files.push_back({name, read_file(models / name)});
    auto lexicon = Lexicon::compile(files);
    if (!lexicon) {
        for (const LexiconError& error : lexicon.error())
            std::fprintf(stderr, "%s\n", error.to_string().c_str());
        std::exit(79);
    }
    return std::move(*lexicon);
}

/// The parser, models/syntax.bin.
[[nodiscard]] inline syntax::Model read_parser(const std::filesystem::path& models) {
    const std::string bytes = read_file(models / "syntax.bin");
    auto model = syntax::load_model(std::as_bytes(std::span(bytes)));
    if (!model) {
        std::fprintf(stderr, "%s: %s\n", models.c_str(), model.error().c_str());
        std::exit(66);
    }
    return std::move(*model);
}

/// Calls `visit` for each article of `in`, one JSON a line, and its text with code points counted;
/// lines that are no articles are passed over.
template <class Visit>
void for_each_article(std::istream& in, Visit&& visit) {
    Decoder decoder;
    Document document;
    for (std::string line; std::getline(in, line);) {
        const auto decoded = decoder.decode(line);
        if (!decoded) continue;
        document.assign((*decoded)->title, (*decoded)->body);
        document.index_code_points();
        visit(**decoded, document);
    }
}

}  // namespace ceasewire::training
