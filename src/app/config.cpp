#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/config_flags.h"
#include "app/print.h"
#include "config/render.h"

namespace ceasewire::app {

Command add_config(CLI::App& parent) {
    struct State {
        ConfigFlags check;
        ConfigFlags print;
        CLI::App* check_app = nullptr;
        CLI::App* print_app = nullptr;
    };
    const auto state = std::make_shared<State>();
    CLI::App* app = parent.add_subcommand("config", "Check, print or explain the configuration");
    app->require_subcommand(1);

    CLI::App* check = app->add_subcommand(
        "check", "Say whether a configuration is right; every mistake is named with its line");
    state->check_app = check;
    check->add_option("FILE", state->check.file, "The configuration file (TOML)")->type_name("");

    CLI::App* print = app->add_subcommand(
        "print", "Print the effective settings, each with its origin. Secrets are not shown");
    state->print_app = print;
    add_config_flags(*print, state->print);

    app->add_subcommand("sample", "Print a commented file with every setting at its default");

    return {
        app, [state] {
            if (state->check_app->parsed()) {
                const auto loaded = load_config(state->check);
                if (!loaded) return loaded.error();
                return print_out((state->check.file.empty() ? "configuration" : state->check.file) +
                                 ": ok\n");
            }
            if (state->print_app->parsed()) {
                const auto loaded = load_config(state->print);
                if (!loaded) return loaded.error();
                return print_out(config::print(*loaded));
            }
            return print_out(config::sample());
        }};
}

}  // namespace ceasewire::app
