#include "show/explain.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/line_reader.h"
#include "app/load_lexicon.h"
#include "app/print.h"
#include "enrich/enrich.h"
#include "record/encode.h"
#include "show/page.h"

namespace ceasewire::app {
namespace {

struct Options {
    std::string file = "-";
    std::string article;
    std::string html;
    std::string lexicon;
};

/// A message and where it came from.
struct Found {
    std::string message;
    std::uint64_t line = 1;
    bool more = false;  ///< articles follow that were not asked for
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

/// The article that a plain text is: its first line that is not blank is the title.
std::string article_of(std::string_view text, const std::string& name) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n\v\f"), text.size());
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string message = "{\"id\":";
    append_json_string(message, name == "-" ? "standard input" : name);
    message += ",\"title\":";
    append_json_string(message, text.substr(0, end));
    message += ",\"body\":";
    append_json_string(message, text.substr(end));
    return message + "}";
}

/// Reads an input once, from its first line: JSON lines, one JSON over several lines, or plain
/// text.
class Search {
public:
    Search(int file, std::string name, std::string wanted)
        : reader_(file, limits_.message_bytes_max, LineReader::kChunk),
          name_(std::move(name)),
          wanted_(std::move(wanted)),
          decoder_(limits_) {
        const bool digits = !wanted_.empty() && wanted_.size() <= 18 &&
                            wanted_.find_first_not_of("0123456789") == std::string::npos;
        if (digits) wanted_line_ = std::stoull(wanted_);
    }

    /// The article that is wanted, or one line that says why there is none.
    Expected<Found, std::string> run() {
        LineBatch batch;
        while (true) {
            const auto more = reader_.next(batch);
            if (!more) return Unexpected(name_ + ": " + more.error());
            if (!*more) break;
            for (const LineBatch::Line& line : batch.lines) {
                if (line.too_long)
                    return Unexpected(name_ + ": line " + std::to_string(line.number) + " has " +
                                      std::to_string(line.bytes) + " bytes, more than an article");
                if (!take(batch.text_of(line), line.number)) return *std::move(found_);
            }
            if (whole_.size() > limits_.message_bytes_max)
                return Unexpected(name_ + ": more than " +
                                  std::to_string(limits_.message_bytes_max) +
                                  " bytes, too much for one article");
        }
        return end();
    }

private:
    enum class Shape { unknown, lines, text };

    /// False when what is wanted is found and nothing after it can change that.
    bool take(std::string_view line, std::uint64_t number) {
        if (shape_ == Shape::unknown) {
            if (is_blank(line)) return true;
            const std::size_t first = line.find_first_not_of(" \t\xEF\xBB\xBF");
            const bool json = first != std::string_view::npos && line[first] == '{';
            // JSON over several lines begins with a line that is none by itself.
            const auto decoded = decoder_.decode(line);
            shape_ = json && (decoded || decoded.error().reason != Reason::bad_json) ? Shape::lines
                                                                                     : Shape::text;
            json_ = json;
        }
        if (shape_ == Shape::text) {
            whole_.append(line).append("\n");
            return true;
        }
        if (is_blank(line)) return true;
        if (found_) {
            // Only an id that is a number sends us on from a line of that number.
            found_->more = true;
            if (wanted_line_ == 0) return false;
        }
        if (wanted_.empty()) {
            found_ = Found{std::string(line), number, false};
            return true;
        }
        const auto decoded = decoder_.decode(line);
        if (decoded && (*decoded)->id == wanted_) {
            found_ = Found{std::string(line), number, false};
            return false;
        }
        if (number == wanted_line_) found_ = Found{std::string(line), number, false};
        return true;
    }

    Expected<Found, std::string> end() {
        if (shape_ == Shape::text && wanted_.empty()) {
            if (json_) return Found{std::move(whole_), 1, false};
            if (!is_utf8(whole_)) return Unexpected(name_ + ": the text is not UTF-8");
            return Found{article_of(whole_, name_), 1, false};
        }
        if (shape_ == Shape::text)
            return Unexpected(name_ + ": holds one article; --article picks one of several lines");
        if (found_) return *std::move(found_);
        if (shape_ == Shape::unknown) return Unexpected(name_ + ": holds no article");
        return Unexpected(name_ + ": no article has the id, or stands on line, " + wanted_);
    }

    const DecodeLimits limits_;
    LineReader reader_;
    const std::string name_;
    const std::string wanted_;
    std::uint64_t wanted_line_ = 0;
    Decoder decoder_;
    Shape shape_ = Shape::unknown;
    bool json_ = false;
    std::string whole_;
    std::optional<Found> found_;
};

int write_file(const std::string& name, std::string_view text) {
    constexpr mode_t kMode = 0666;
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
    if (file < 0) return cannot_write(name, errno);
    const int error = write_all(file, text);
    if (::close(file) != 0 && error == 0) return cannot_write(name, errno);
    return error == 0 ? static_cast<int>(kExitOk) : cannot_write(name, error);
}

int explain(const Options& options) {
    const auto lexicon = load_lexicon(options.lexicon);
    if (!lexicon) return kExitLexicon;
    const bool standard = options.file == "-";
    const int file = standard ? STDIN_FILENO : ::open(options.file.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        std::fprintf(stderr, "ceasewire: %s: %s\n", options.file.c_str(), std::strerror(errno));
        return kExitNoInput;
    }
    const auto found = Search(file, options.file, options.article).run();
    if (!standard) ::close(file);
    if (!found) {
        std::fprintf(stderr, "ceasewire: %s\n", found.error().c_str());
        return kExitNoInput;
    }
    Scratch scratch;
    const auto record = enrich(found->message, *lexicon, scratch);
    if (!record) {
        std::fprintf(stderr, "ceasewire: %s: line %llu is no article: %s: %s\n",
                     options.file.c_str(), static_cast<unsigned long long>(found->line),
                     std::string(to_string(record.error().reason)).c_str(),
                     record.error().message.c_str());
        return kExitRejected;
    }
    if (found->more && options.article.empty())
        std::fprintf(stderr,
                     "ceasewire: %s: this is the first of several articles; --article picks "
                     "another\n",
                     options.file.c_str());
    std::string out;
    if (options.html.empty()) {
        show::append_explanation(*record, show::terminal_style(STDOUT_FILENO), out);
        return print_out(out);
    }
    show::append_page(*record, out);
    return options.html == "-" ? print_out(out) : write_file(options.html, out);
}

}  // namespace

Command add_explain(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "explain", "Show one article as a reader would mark it up: actors, claims, and why");
    app->footer(
        "The input is what `tag` reads, one JSON that is laid out over several lines, or plain "
        "text, whose first line is the title.\n"
        "Each claim stands under its sentence; colours come where the terminal has them.");
    const auto options = std::make_shared<Options>();
    app->add_option("FILE", options->file, "A file, plain or gzip; none, or -: standard input")
        ->type_name("");
    app->add_option("--article", options->article,
                    "The article with this id, or on the line of this number; without it, the "
                    "first")
        ->type_name("ID|N");
    app->add_option("--html", options->html,
                    "Write a web page that needs no network to this file (-: standard output)")
        ->type_name("OUT");
    app->add_option(
           "--lexicon", options->lexicon,
           "A directory of lexicon files that replace or extend those built into the program")
        ->type_name("DIR");
    return {app, [options] { return explain(*options); }};
}

}  // namespace ceasewire::app
