#include <csignal>
#include <cstdio>
#include <exception>
#include <vector>

#include "app/command.h"
#include "app/command_line.h"

int main(int argc, char** argv) {
    using namespace ceasewire::app;
    CLI::App app;
    const std::vector<Command> commands = {add_demo(app),    add_run(app),    add_tag(app),
                                           add_explain(app), add_replay(app), add_verify(app),
                                           add_lexicon(app), add_config(app), add_man(app)};
    describe_program(app);
    try {
        app.parse(arguments_of(argc, argv));
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    std::signal(
        SIGPIPE,
        SIG_IGN);  // a reader that goes away is an error of write(), which can be told from others
    try {
        for (const Command& command : commands) {
            if (command.app->parsed()) return command.run();
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ceasewire: internal error, please report it: %s\n", error.what());
        return kExitInternal;
    }
    std::fputs(app.help().c_str(), stdout);
    return kExitUsage;
}
