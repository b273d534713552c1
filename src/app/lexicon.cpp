#include "lexicon/lexicon.h"

#include <chrono>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/load_lexicon.h"
#include "app/print.h"

namespace ceasewire::app {
namespace {

/// Lines with data: neither blank, nor a comment, nor the header.
std::size_t rows_in(std::string_view text) {
    std::size_t rows = 0;
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        const std::string_view line = text.substr(0, newline);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos && line.front() != '#')
            ++rows;
        text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    }
    return rows == 0 ? 0 : rows - 1;
}

int check(const std::string& directory) {
    const auto files = lexicon_files(directory);
    if (!files) {
        std::fprintf(stderr, "ceasewire: %s\n", files.error().c_str());
        return kExitNoInput;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto lexicon = Lexicon::compile(*files);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    if (!lexicon) {
        for (const LexiconError& error : lexicon.error())
            std::fprintf(stderr, "%s\n", error.to_string().c_str());
        std::fprintf(stderr, "ceasewire: the lexicon has %zu error%s\n", lexicon.error().size(),
                     lexicon.error().size() == 1 ? "" : "s");
        return kExitLexicon;
    }
    std::string out;
    std::size_t rows = 0;
    std::size_t tables = 0;
    for (const LexiconFile& file : *files) {
        if (file.name == "VERSION") continue;
        out += file.name + ": " + std::to_string(rows_in(file.text)) + " rows\n";
        rows += rows_in(file.text);
        ++tables;
    }
    out += "lexicon " + std::string(lexicon->version()) + ": ok, " + std::to_string(rows) +
           " rows in " + std::to_string(tables) + " files, compiled in " +
           std::to_string(took.count()) + " ms\n";
    return print_out(out);
}

}  // namespace

Command add_lexicon(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand("lexicon", "Check the lexicon");
    app->require_subcommand(1);
    CLI::App* check_app = app->add_subcommand(
        "check",
        "Say whether a lexicon is right; every mistake is named with file, line and column");
    const auto directory = std::make_shared<std::string>();
    check_app
        ->add_option("DIR", *directory,
                     "A directory of lexicon files, laid over those built into the program; "
                     "without it, only these")
        ->type_name("");
    return {app, [directory] { return check(*directory); }};
}

}  // namespace ceasewire::app
