#include "config/render.h"

#include <algorithm>

#include "config/value.h"

namespace ceasewire::config {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kOriginColumn = 48;

/// Appends `text` in comment lines no longer than kColumns.
void append_comment(std::string& out, std::string_view text) {
    std::size_t column = 0;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        if (column == 0 || column + 1 + word.size() > kColumns) {
            out += column == 0 ? "#" : "\n#";
            column = 1;
        }
        out += ' ';
        out += word;
        column += 1 + word.size();
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    }
    out += '\n';
}

std::string capitalized(std::string text) {
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

std::string facts_of(const Key& key) {
    std::string facts = capitalized(domain_of(key)) + "; " + environment_name(key.name);
    if (!key.flag.empty()) facts += "; --" + std::string(key.flag);
    return facts + ".";
}

bool is_secret(const Key& key) {
    Config config;
    return std::holds_alternative<Secret*>(key.slot(config));
}

void append_line(std::string& out, const std::string& setting, const std::string& comment) {
    out += setting;
    out.append(setting.size() < kOriginColumn ? kOriginColumn - setting.size() : 1, ' ');
    out += "# " + comment + "\n";
}

void append_properties(std::string& out, std::string_view section,
                       const std::vector<Property>& properties) {
    if (properties.empty()) return;
    out += "\n[" + std::string(section) + "]\n";
    for (const Property& property : properties) {
        append_line(out, in_quotes(property.name) + " = " + in_quotes(property.value),
                    property.origin.to_string());
    }
}

}  // namespace

std::string value_text(const Key& key, const Config& config) {
    struct Show {
        std::string operator()(const std::string* value) const { return in_quotes(*value); }
        std::string operator()(const Secret*) const { return "\"\""; }
        std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
        std::string operator()(const std::int64_t* value) const { return std::to_string(*value); }
        std::string operator()(const Bytes* value) const { return in_quotes(format(*value)); }
        std::string operator()(const std::chrono::milliseconds* value) const {
            return in_quotes(format(*value));
        }
        std::string operator()(const Choice& choice) const {
            return in_quotes(choice.names[*choice.value]);
        }
    };
    Config copy = config;  // a slot can be written to; this one is only read
    return std::visit(Show{}, key.slot(copy));
}

std::string sample() {
    std::string out;
    append_comment(out,
                   "Ceasewire's configuration. Every line that is commented out shows a setting at "
                   "its default.");
    append_comment(out,
                   "Each can also be set by the environment and many by a flag, as named below; a "
                   "flag wins over the environment, and that over this "
                   "file. `ceasewire config check FILE` finds mistakes, `ceasewire config print` "
                   "shows the effective values and where they come from.");
    out += "#\n# Made from the program's own table by `ceasewire config sample`.\n";
    for (const Section& section : sections()) {
        out += "\n";
        append_comment(out, section.doc);
        out += "[" + std::string(section.name) + "]\n";
        for (const Key& key : keys()) {
            if (key.section() != section.name) continue;
            out += "\n";
            append_comment(out, key.doc);
            append_comment(out, facts_of(key));
            if (!is_secret(key))
                out += "#" + std::string(key.leaf()) + " = " + std::string(key.fallback) + "\n";
        }
        if (section.name == "kafka") {
            out += "\n";
            append_comment(out,
                           "Any other property of librdkafka, for the consumers and for the "
                           "producers, except those that would break delivery. By the "
                           "environment: CEASEWIRE_KAFKA_CONSUMER_FETCH_MIN_BYTES; by a flag: "
                           "--set kafka.consumer.fetch.min.bytes=1.");
            out +=
                "[kafka.consumer]\n#\"fetch.min.bytes\" = "
                "1\n\n[kafka.producer]\n#\"compression.type\" = \"lz4\"\n";
        }
    }
    return out;
}

std::string print(const Loaded& loaded) {
    std::string out;
    for (const Section& section : sections()) {
        if (!out.empty()) out += "\n";
        out += "[" + std::string(section.name) + "]\n";
        for (std::size_t i = 0; i < keys().size(); ++i) {
            const Key& key = keys()[i];
            if (key.section() != section.name) continue;
            const Origin& origin = loaded.origins[i];
            if (is_secret(key)) {
                if (origin.kind != Origin::Kind::fallback)
                    append_line(out, "# " + std::string(key.leaf()) + " is set, not shown",
                                origin.to_string());
                continue;
            }
            append_line(out, std::string(key.leaf()) + " = " + value_text(key, loaded.config),
                        origin.to_string());
        }
        if (section.name == "kafka") {
            append_properties(out, "kafka.consumer", loaded.config.kafka.consumer);
            append_properties(out, "kafka.producer", loaded.config.kafka.producer);
        }
    }
    return out;
}

std::string help_of(const Key& key) {
    std::string text = std::string(key.doc) + " " + capitalized(domain_of(key));
    if (!is_secret(key)) text += "; default " + std::string(key.fallback);
    return text + ". [" + environment_name(key.name) + "]";
}

}  // namespace ceasewire::config
