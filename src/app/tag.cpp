#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "app/command.h"
#include "app/load_lexicon.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace ceasewire::app {
Command add_tag(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand("tag", "Tag articles, one JSON per line, from files or standard input");
    return {app, [] {
                const auto lexicon = load_lexicon("");
                if (!lexicon) return static_cast<int>(kExitLexicon);
                Scratch scratch;
                std::string line;
                std::string out;
                while (std::getline(std::cin, line)) {
                    const auto record = enrich(line, *lexicon, scratch);
                    if (!record) continue;
                    out.clear();
                    encode(*record, out);
                    std::puts(out.c_str());
                }
                return static_cast<int>(kExitOk);
            }};
}
}  // namespace ceasewire::app
