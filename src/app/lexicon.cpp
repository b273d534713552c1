#include "lexicon/lexicon.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "app/command.h"
#include "app/line_reader.h"
#include "app/load_lexicon.h"
#include "app/print.h"
#include "article/article.h"
#include "lexicon/calendar.h"
#include "lexicon/data.h"
#include "lexicon/diff.h"
#include "lexicon/lookup.h"
#include "lexicon/unknown.h"
#include "lexicon/warnings.h"
#include "record/actor_codes.h"
#include "show/words.h"
#include "text/document.h"

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

/// "1 row", "2 rows".
std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
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
    // Of a lexicon laid over the shipped one, only what its own files are part of.
    const auto own = [&](const std::string& name) {
        return directory.empty() ||
               std::filesystem::exists(std::filesystem::path(directory) / name);
    };
    std::size_t warnings = 0;
    for (const LexiconWarning& warning : warnings_of(*files)) {
        if (!own(warning.at.file) && (warning.also.empty() || !own(warning.also))) continue;
        LexiconError line = warning.at;
        line.message = "warning: " + line.message;
        std::fprintf(stderr, "%s\n", line.to_string().c_str());
        ++warnings;
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
           std::to_string(took.count()) + " ms" +
           (warnings == 0 ? "" : ", " + counted(warnings, "warning")) + "\n";
    return print_out(out);
}

/// How many rows give each source.
std::map<std::string, std::size_t> sources_of(const std::vector<LexiconFile>& files) {
    std::map<std::string, std::size_t> sources;
    for (const LexiconFile& file : files) {
        std::optional<std::size_t> column;
        std::string_view rest = file.text;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (line.empty() || line.front() == '#' || !file.name.ends_with(".tsv")) continue;
            std::vector<std::string_view> cells;
            for (std::size_t at = 0; at <= line.size();) {
                const std::size_t end = std::min(line.find_first_of("\t\r", at), line.size());
                cells.push_back(line.substr(at, end - at));
                at = end + 1;
            }
            if (!column) {
                const auto found = std::find(cells.begin(), cells.end(), "source");
                if (found == cells.end()) break;
                column = static_cast<std::size_t>(found - cells.begin());
            } else {
                const std::string_view source = *column < cells.size() ? cells[*column] : "";
                ++sources[source.empty() ? "(none)" : std::string(source)];
            }
        }
    }
    return sources;
}

/// A heading and its counts, the largest first, at most `most` of them.
void append_counts(std::string& out, std::string_view heading,
                   const std::map<std::string, std::size_t>& counts, std::size_t most) {
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    out.append("\n").append(heading).append("\n");
    std::size_t rest = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i >= most) {
            rest += sorted[i].second;
            continue;
        }
        std::string number = std::to_string(sorted[i].second);
        number.insert(0, number.size() < 8 ? 8 - number.size() : 0, ' ');
        out += number + "  " + sorted[i].first + "\n";
    }
    if (rest > 0)
        out += "          and " + std::to_string(rest) + " of " +
               std::to_string(sorted.size() - most) + " others\n";
}

/// Files and the compiled lexicon; on failure the exit code, after lines on standard error.
struct Opened {
    std::vector<LexiconFile> files;
    Lexicon lexicon;
};
Expected<Opened, int> open_lexicon(const std::string& directory, bool alone = false) {
    auto files = lexicon_files(directory);
    if (!files) {
        std::fprintf(stderr, "ceasewire: %s\n", files.error().c_str());
        return Unexpected(static_cast<int>(kExitNoInput));
    }
    if (alone) {
        std::erase_if(*files, [&](const LexiconFile& file) {
            return !std::filesystem::exists(std::filesystem::path(directory) / file.name);
        });
    }
    auto lexicon = Lexicon::compile(*files);
    if (!lexicon) {
        for (const LexiconError& error : lexicon.error())
            std::fprintf(stderr, "ceasewire: lexicon: %s\n", error.to_string().c_str());
        return Unexpected(static_cast<int>(kExitLexicon));
    }
    return Opened{std::move(*files), std::move(*lexicon)};
}

int stats(const std::string& directory) {
    const auto opened = open_lexicon(directory);
    if (!opened) return opened.error();
    const LexiconData& data = opened->lexicon.data();
    std::map<std::string, std::size_t> types;
    std::map<std::string, std::size_t> names;
    std::map<std::string, std::size_t> countries;
    std::map<std::string, std::size_t> terms;
    for (const ActorRow& row : data.actors) {
        ++types[std::string(to_string(row.type))];
        ++countries[row.country.empty() ? "(none)" : row.country];
    }
    std::size_t all_names = 0;
    for (const Entry& entry : data.entries) {
        if (entry.meaning != Meaning::actor && entry.meaning != Meaning::metonym) continue;
        ++names[std::string(to_string(entry.form)) + " of a " +
                std::string(to_string(data.actors[entry.index].type))];
        ++all_names;
    }
    std::size_t open = 0;
    for (const HolderRow& row : data.holders) {
        ++terms["since " + date_text(row.from).substr(0, 4)];
        open += row.to == kOpenEnd ? 1 : 0;
    }
    std::string out = "lexicon " + std::string(opened->lexicon.version()) + ": " +
                      counted(data.actors.size(), "actor") + ", " + counted(all_names, "name") +
                      ", " + counted(data.offices.size(), "office") + ", " +
                      counted(data.holders.size(), "term") + ", " + std::to_string(open) +
                      " of them open\n";
    append_counts(out, "Actors by type", types, 20);
    append_counts(out, "Actors by country", countries, 20);
    append_counts(out, "Names by form and type", names, 40);
    append_counts(out, "Terms of office by first year", terms, 20);
    append_counts(out, "Rows by source", sources_of(opened->files), 20);
    return print_out(out);
}

int find(const std::string& name, const std::string& on, const std::string& directory) {
    std::optional<std::int32_t> day;
    if (!on.empty()) {
        const auto range = parse_day_range(on);
        if (!range || on.size() != 10) {
            std::fprintf(stderr, "ceasewire: --on: a day is YYYY-MM-DD: '%s'\n", on.c_str());
            return kExitUsage;
        }
        day = range->first;
    }
    if (!is_utf8(name)) {
        std::fprintf(stderr, "ceasewire: the name is not UTF-8\n");
        return kExitUsage;
    }
    const auto opened = open_lexicon(directory);
    if (!opened) return opened.error();
    const LexiconData& data = opened->lexicon.data();
    const Lookup lookup = look_up(name, day, data);
    std::string out;
    for (const Lookup::Answer& answer : lookup.answers) {
        if (answer.actor == kNoRow) {
            out += data.offices[answer.office].title + ": nobody known\n";
        } else {
            const ActorRow& actor = data.actors[answer.actor];
            out += actor.name + ": " + actor.id + ", " + std::string(to_string(actor.type));
            if (!actor.country.empty()) out += ", " + actor.country;
            if (!actor.wikidata.empty()) out += ", " + actor.wikidata;
            const ActorCodes known = actor_codes(
                {actor.type, actor.name, actor.country, answer.actor, kNoRow, day}, data);
            const std::string codes =
                show::codes_in_words({known.cameo, known.plover_country, known.plover_sectors});
            out += (codes.empty() ? "" : ", " + codes) + "\n";
        }
        for (const std::string& why : answer.why) out += "    " + why + "\n";
    }
    if (lookup.answers.empty()) {
        out += "nobody is called '" + name + "'\n";
        for (const std::string& near : lookup.near) out += "    near: " + near + "\n";
    }
    const int code = print_out(out);
    return code != kExitOk ? code : lookup.answers.empty() ? kExitFailure : kExitOk;
}

struct UnknownOptions {
    std::vector<std::string> files;
    std::string lexicon;
    std::uint64_t least = 3;
    std::size_t top = 100;
};

/// Reads the articles of one input; false when it cannot be read.
bool read_articles(const std::string& name, Decoder& decoder, Document& document,
                   UnknownNames& names, std::uint64_t& rejected) {
    const int file = name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    std::string error = file < 0 ? std::strerror(errno) : "";
    if (file >= 0) {
        LineReader reader(file, decoder.limits().message_bytes_max);
        LineBatch batch;
        while (true) {
            const auto more = reader.next(batch);
            if (!more) error = more.error();
            if (!more || !*more) break;
            for (const LineBatch::Line& line : batch.lines) {
                const auto article =
                    decoder.decode(line.too_long ? std::string_view() : batch.text_of(line));
                if (!article) {
                    ++rejected;
                    continue;
                }
                document.assign((*article)->title, (*article)->body);
                names.add(document, (*article)->id);
            }
        }
        if (file != STDIN_FILENO) ::close(file);
    }
    if (!error.empty()) std::fprintf(stderr, "ceasewire: %s: %s\n", name.c_str(), error.c_str());
    return error.empty();
}

int unknown(const UnknownOptions& options) {
    const auto opened = open_lexicon(options.lexicon);
    if (!opened) return opened.error();
    UnknownNames names(opened->lexicon);
    Decoder decoder;
    Document document;
    std::uint64_t rejected = 0;
    bool readable = true;
    for (const std::string& file :
         options.files.empty() ? std::vector<std::string>{"-"} : options.files)
        readable = read_articles(file, decoder, document, names, rejected) && readable;
    std::string out = "count\tarticles\tname\texample\texample\n";
    std::size_t shown = 0;
    for (const UnknownNames::Name& name : names.result(options.least)) {
        if (options.top != 0 && shown++ == options.top) break;
        out += std::to_string(name.count) + "\t" + std::to_string(name.articles) + "\t" + name.name;
        for (const std::string& example : name.examples) out += "\t" + example;
        out += "\n";
    }
    if (rejected > 0)
        std::fprintf(stderr, "ceasewire: %s no article; `ceasewire tag` says why\n",
                     (counted(rejected, "line") + (rejected == 1 ? " is" : " are")).c_str());
    const int code = print_out(out);
    if (code != kExitOk) return code;
    return !readable ? kExitNoInput : rejected > 0 ? kExitRejected : kExitOk;
}

int diff(const std::string& before, const std::string& after) {
    const auto open = [](const std::string& directory) {
        return open_lexicon(directory,
                            std::filesystem::exists(std::filesystem::path(directory) / "VERSION"));
    };
    const auto old = open(before);
    if (!old) return old.error();
    const auto fresh = open(after);
    if (!fresh) return fresh.error();
    const auto changes = diff_lexicons(old->lexicon.data(), fresh->lexicon.data());
    std::string out;
    for (const std::string& change : changes) out += change + "\n";
    const int code = print_out(out);
    return code != kExitOk ? code : changes.empty() ? kExitOk : kExitFailure;
}

}  // namespace

Command add_lexicon(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand("lexicon", "Check, count, ask and compare lexicons");
    app->require_subcommand(1);
    constexpr const char* kDirectory =
        "A directory of lexicon files, laid over those built into the program; without it, only "
        "these";
    const auto directory = std::make_shared<std::string>();
    CLI::App* check_app = app->add_subcommand(
        "check",
        "Say whether a lexicon is right; every mistake and oddity is named with file, line and "
        "column");
    check_app->add_option("DIR", *directory, kDirectory)->type_name("");

    CLI::App* stats_app = app->add_subcommand(
        "stats", "Count actors, names, terms of office and sources of a lexicon");
    stats_app->add_option("DIR", *directory, kDirectory)->type_name("");

    const auto name = std::make_shared<std::string>();
    const auto on = std::make_shared<std::string>();
    CLI::App* find_app = app->add_subcommand(
        "find", "Say whom a name or office means, and by which row; else what is near");
    find_app->add_option("NAME", *name, "A name, \"Ruritanian prime minister\", ...")
        ->required()
        ->type_name("");
    find_app->add_option("--on", *on, "Only offices held on this day")->type_name("YYYY-MM-DD");
    find_app->add_option("--lexicon", *directory, kDirectory)->type_name("DIR");

    const auto options = std::make_shared<UnknownOptions>();
    CLI::App* unknown_app = app->add_subcommand(
        "unknown",
        "List the names that articles use and the lexicon lacks, the most frequent first");
    unknown_app->footer(
        "Articles are read as `tag` reads them. The output is a table with tabs: how often, in how "
        "many articles, the name, and examples.");
    unknown_app->add_option("FILE", options->files, "Files of articles; none, or -: standard input")
        ->type_name("");
    unknown_app->add_option("--least", options->least, "Leave out names seen less often")
        ->type_name("N")
        ->capture_default_str();
    unknown_app->add_option("--top", options->top, "List no more than this many; 0: all")
        ->type_name("N")
        ->capture_default_str();
    unknown_app->add_option("--lexicon", options->lexicon, kDirectory)->type_name("DIR");

    const auto before = std::make_shared<std::string>();
    const auto after = std::make_shared<std::string>();
    CLI::App* diff_app = app->add_subcommand(
        "diff", "List what changed from one lexicon to another; exit status 1 when anything did");
    diff_app->footer(
        "A directory with a VERSION file is a whole lexicon; one without is laid over that built "
        "into the program.");
    diff_app->add_option("OLD", *before, "A directory of lexicon files")->required()->type_name("");
    diff_app->add_option("NEW", *after, "Another")->required()->type_name("");

    return {app, [=] {
                if (stats_app->parsed()) return stats(*directory);
                if (find_app->parsed()) return find(*name, *on, *directory);
                if (unknown_app->parsed()) return unknown(*options);
                if (diff_app->parsed()) return diff(*before, *after);
                return check(*directory);
            }};
}

}  // namespace ceasewire::app
