#include "app/command_line.h"

#include <algorithm>

#include "record/encode.h"

namespace ceasewire::app {
namespace {

bool is_number(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_version(CLI::App& app) {
    app.set_version_flag("-V,--version", "ceasewire " + std::string(kProgramVersion),
                         "Print the version and end");
    app.set_help_flag("-h,--help", "Print this help and end");
    for (CLI::App* child : app.get_subcommands([](CLI::App*) { return true; })) add_version(*child);
}

}  // namespace

void describe_program(CLI::App& app) {
    app.name("ceasewire");
    app.description("Ceasewire reads news articles and says who claims what about a ceasefire.");
    app.footer("`ceasewire COMMAND --help` tells more; so does the manual page, ceasewire(1).");
    app.require_subcommand(0, 1);
    add_version(app);
}

std::vector<std::string> arguments_of(int argc, char** argv) {
    std::vector<std::string> arguments;
    for (int i = 1; i < argc; ++i) {
        arguments.emplace_back(argv[i]);
        if (arguments.back() == "-j" && (i + 1 == argc || !is_number(argv[i + 1])))
            arguments.back() = "-j0";
        if (arguments.back() == "--") {
            while (++i < argc) arguments.emplace_back(argv[i]);
        }
    }
    std::reverse(arguments.begin(), arguments.end());
    return arguments;
}

}  // namespace ceasewire::app
