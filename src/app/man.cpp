#include <algorithm>
#include <string>
#include <string_view>

#include "app/command.h"
#include "app/print.h"
#include "config/keys.h"
#include "config/render.h"
#include "record/encode.h"

namespace ceasewire::app {
namespace {

/// Breaks text between words, into lines of at most 78 bytes where words allow; its own line ends
/// stay.
std::string wrapped(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
        const std::size_t size = end - begin;
        if (column > 0 && column + 1 + size > 78) {
            out += '\n';
            column = 0;
        } else if (column > 0) {
            out += ' ';
            ++column;
        }
        out += text.substr(begin, size);
        column += size;
        if (end < text.size() && text[end] == '\n') {
            out += '\n';
            column = 0;
        }
        begin = end + 1;
    }
    return out;
}

/// Text as roff: backslashes, dashes and leading dots are not what they look like there.
std::string roff(std::string_view text) {
    std::string out;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
        line_begins = c == '\n';
    }
    return out;
}

std::string prose(std::string_view text) { return roff(wrapped(text)); }

void append_item(std::string& out, const std::string& tag, std::string_view text) {
    out += ".TP\n" + tag + "\n" + prose(text) + "\n";
}

/// "\fB\-o\fR, \fB\-\-output\fR \fIFILE\fR".
std::string option_tag(const CLI::Option& option) {
    std::string tag;
    for (const std::string& name : option.get_snames())
        tag += (tag.empty() ? "\\fB\\-" : ", \\fB\\-") + roff(name) + "\\fR";
    for (const std::string& name : option.get_lnames())
        tag += (tag.empty() ? "\\fB\\-\\-" : ", \\fB\\-\\-") + roff(name) + "\\fR";
    if (option.get_items_expected_max() > 0 && !option.get_type_name().empty())
        tag += " \\fI" + roff(option.get_type_name()) + "\\fR";
    return tag;
}

std::string option_text(const CLI::Option& option) {
    std::string text = option.get_description();
    if (!text.ends_with('.') && !text.ends_with(']')) text += '.';
    if (!option.get_default_str().empty()) text += " Default: " + option.get_default_str() + ".";
    return text;
}

std::string sentence(std::string text) {
    if (!text.ends_with('.')) text += '.';
    return text;
}

void append_command(std::string& out, const CLI::App& command, const std::string& path) {
    std::string synopsis = "\\fBceasewire " + roff(path) + "\\fR";
    const auto options = command.get_options();
    const auto is_own_flag = [&](const CLI::Option* option) {
        return !option->get_positional() && option != command.get_help_ptr() &&
               option != command.get_version_ptr();
    };
    if (std::any_of(options.begin(), options.end(), is_own_flag)) synopsis += " [\\fIOPTIONS\\fR]";
    for (const CLI::Option* option : options) {
        if (option->get_positional())
            synopsis += " [\\fI" + roff(option->get_name()) + "\\fR" +
                        (option->get_items_expected_max() > 1 ? "...]" : "]");
    }
    out += ".SS " + synopsis + "\n" + prose(sentence(command.get_description())) + "\n";
    if (!command.get_footer().empty()) out += ".PP\n" + prose(command.get_footer()) + "\n";
    bool settings = false;
    for (const CLI::Option* option : command.get_options()) {
        if (option == command.get_help_ptr() || option == command.get_version_ptr()) continue;
        if (option->get_group() == "Settings" && option->get_name() != "--set") {
            settings = true;
            continue;
        }
        append_item(out,
                    option->get_positional() ? "\\fI" + roff(option->get_name()) + "\\fR"
                                             : option_tag(*option),
                    option_text(*option));
    }
    if (settings) out += ".PP\nand the flags of\n.BR CONFIGURATION .\n";
}

void append_commands(std::string& out, const CLI::App& app, const std::string& path) {
    for (const CLI::App* command :
         app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); })) {
        const std::string name =
            path.empty() ? command->get_name() : path + " " + command->get_name();
        if (command->get_subcommands([](const CLI::App*) { return true; }).empty()) {
            append_command(out, *command, name);
        } else {
            append_commands(out, *command, name);
        }
    }
}

void append_configuration(std::string& out) {
    out += ".SH CONFIGURATION\n" +
           prose(
               "One TOML file, named by --config or CEASEWIRE_CONFIG, may be overridden by the "
               "environment, and both by flags. What is unknown, of the "
               "wrong type or at odds with something else is an error that names its line. A "
               "commented file with every default: ") +
           ".BR \"ceasewire config sample\" .\n";
    for (const config::Section& section : config::sections()) {
        out += ".SS [" + roff(section.name) + "]\n" + prose(section.doc) + "\n";
        for (const config::Key& key : config::keys()) {
            if (key.section() != section.name) continue;
            std::string tag = "\\fB" + roff(key.leaf()) + "\\fR";
            if (!key.flag.empty()) tag += ", \\fB\\-\\-" + roff(key.flag) + "\\fR";
            append_item(out, tag, config::help_of(key));
        }
    }
    out += ".SS [kafka.consumer], [kafka.producer]\n" +
           prose(
               "Any property of librdkafka, handed through, except those that would break "
               "delivery, which are refused with the reason.\n");
}

/// The manual page, in man(7)'s language.
std::string manual(const CLI::App& root) {
    std::string out =
        ".\\\" Made by `ceasewire man` from the texts of --help.\n.TH CEASEWIRE 1 \"\" "
        "\"Ceasewire " +
        roff(kProgramVersion) + "\" \"User Commands\"\n";
    out += ".SH NAME\nceasewire \\- who claims what about a ceasefire, from news articles\n";
    out += ".SH SYNOPSIS\n.B ceasewire\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIFILE\\fR...]\n";
    out += ".SH DESCRIPTION\n" + prose(root.get_description()) + "\n" +
           prose(
               "It takes articles as JSON from a Kafka topic or from files and gives each back as "
               "one enriched record: the actors it names, each ceasefire "
               "claim it makes, who tells it and through whom, with the exact place in the text. "
               "What is no article is told apart and explained, never "
               "dropped. The same article and lexicon give the same record, byte for byte.\n");
    out +=
        ".SH COMMANDS\nEvery command takes \\fB\\-h\\fR, \\fB\\-\\-help\\fR and \\fB\\-V\\fR, "
        "\\fB\\-\\-version\\fR.\n";
    append_commands(out, root, "");
    append_configuration(out);
    out += ".SH EXIT STATUS\n";
    for (const ExitMeaning& exit : kExitMeanings)
        append_item(out, "\\fB" + std::to_string(exit.code) + "\\fR", exit.meaning);
    out += ".SH EXAMPLES\n.EX\n" +
           roff(
               "ceasewire tag articles.jsonl > records.jsonl\nzcat feed.gz | ceasewire tag -j | jq "
               "-c .claims[]\nceasewire config check "
               "/etc/ceasewire/ceasewire.toml\n") +
           ".EE\n";
    out += ".SH SEE ALSO\n.BR jq (1)\n";
    return out;
}

}  // namespace

Command add_man(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand("man", "Print the manual page");
    app->group("");  // hidden: for those who install the program
    return {app, [&parent] { return print_out(manual(parent)); }};
}

}  // namespace ceasewire::app
