#include <csignal>
#include <cstdio>
#include <exception>
#include <vector>

#include "app/command.h"
#include "record/encode.h"

int main(int argc, char** argv) {
    using namespace ceasewire::app;
    CLI::App app("Ceasewire reads news and says who claims what about a ceasefire.", "ceasewire");
    app.set_version_flag("--version", std::string("ceasewire ") + std::string(ceasewire::kProgramVersion));
    app.require_subcommand(1);
    const std::vector<Command> commands = {add_run(app), add_tag(app)};
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    std::signal(SIGPIPE, SIG_IGN);
    try {
        for (const Command& command : commands) {
            if (command.app->parsed()) return command.run();
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ceasewire: internal error, please report it: %s\n", error.what());
        return kExitInternal;
    }
    return kExitUsage;
}
