#include "app/config_flags.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/exit_codes.h"
#include "config/render.h"

namespace ceasewire::app {

void add_config_flags(CLI::App& app, ConfigFlags& out) {
    app.add_option("--config", out.file, "The configuration file (TOML). [CEASEWIRE_CONFIG]")
        ->type_name("FILE");
    for (const config::Key& key : config::keys()) {
        if (key.flag.empty()) continue;
        const std::string name = "--" + std::string(key.flag);
        config::Config types;
        CLI::Option* option = nullptr;
        if (std::holds_alternative<bool*>(key.slot(types))) {
            option = app.add_flag_callback(
                name,
                [&out, &key, name] { out.flags.push_back({std::string(key.name), "true", name}); },
                config::help_of(key));
        } else {
            option = app.add_option_function<std::string>(
                            name,
                            [&out, &key, name](const std::string& value) {
                                out.flags.push_back({std::string(key.name), value, name});
                            },
                            config::help_of(key))
                         ->type_name("VALUE");
        }
        option->group("Settings");
    }
    app.add_option_function<std::vector<std::string>>(
           "--set",
           [&out](const std::vector<std::string>& all) {
               for (const std::string& text : all) {
                   const std::size_t equals = text.find('=');
                   if (equals == std::string::npos)
                       throw CLI::ValidationError("--set", "expected NAME=VALUE, not " + text);
                   out.flags.push_back({text.substr(0, equals), text.substr(equals + 1), "--set"});
               }
           },
           "Any key of the configuration, by its full name, such as "
           "kafka.consumer.fetch.min.bytes=1. May be given several times.")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false)
        ->group("Settings");
}

Expected<std::string, std::string> read_file(const std::string& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) return Unexpected(path + ": is a directory");
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) return Unexpected(path + ": " + std::strerror(errno));
    return text;
}

Expected<config::Loaded, int> load_config(const ConfigFlags& flags) {
    std::string file = flags.file;
    if (const char* named = std::getenv("CEASEWIRE_CONFIG"); file.empty() && named != nullptr)
        file = named;
    std::string text;
    if (!file.empty()) {
        auto read = read_file(file);
        if (!read) {
            std::fprintf(stderr, "ceasewire: %s\n", read.error().c_str());
            return Unexpected(static_cast<int>(kExitNoInput));
        }
        text = std::move(*read);
    }
    const auto environment = config::process_environment();
    auto loaded = config::load(
        {.file_name = file, .file_text = text, .environment = environment, .flags = flags.flags});
    if (!loaded) {
        for (const config::Error& error : loaded.error())
            std::fprintf(stderr, "ceasewire: %s\n", error.to_string().c_str());
        return Unexpected(static_cast<int>(kExitConfig));
    }
    for (const std::string& warning : loaded->warnings)
        std::fprintf(stderr, "ceasewire: warning: %s\n", warning.c_str());
    return std::move(*loaded);
}

}  // namespace ceasewire::app
