#include <algorithm>

#include "checks.h"
#include "config/config.h"
#include "config/keys.h"
#include "config/render.h"
#include "config/value.h"

namespace ceasewire::fuzz {
namespace {

template <class Parse>
std::string check_value(std::string_view text, Parse parse) {
    const auto value = parse(text);
    if (!value) return value.error().empty() ? "a value refused without a word" : "";
    const auto again = parse(config::format(*value));
    return again && *again == *value ? "" : "a value that prints as another";
}

}  // namespace

std::string complaint_about_config(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (auto wrong = check_value(line, config::parse_bytes); !wrong.empty()) return wrong;
    if (auto wrong = check_value(line, config::parse_duration); !wrong.empty()) return wrong;
    // Keys that name files would have them read.
    if (text.find("_file") != std::string_view::npos || text.find('\\') != std::string_view::npos)
        return "";
    const auto loaded =
        config::load({.file_name = "fuzz.toml", .file_text = text, .environment = {}, .flags = {}});
    if (loaded) {
        if (loaded->origins.size() != config::keys().size()) return "a key without an origin";
        return config::print(*loaded).empty() ? "nothing to print" : "";
    }
    if (loaded.error().empty()) return "refused without an error";
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const config::Error& error : loaded.error()) {
        if (error.message.empty()) return "an error without a message";
        if (error.to_string().find('\n') != std::string::npos) return "an error of several lines";
        if (error.line > lines) return "an error beyond the file: " + error.to_string();
    }
    return "";
}

}  // namespace ceasewire::fuzz
