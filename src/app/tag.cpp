#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/line_reader.h"
#include "app/load_lexicon.h"
#include "app/print.h"
#include "config/value.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace ceasewire::app {
namespace {

struct Options {
    std::vector<std::string> files;
    std::string output;
    std::string lexicon;
    std::string message_bytes_max = "8 MiB";
    unsigned jobs = 1;
    std::vector<std::string> layers;
};

/// A file descriptor that is closed with its owner, unless it is a standard one.
class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&&) = delete;
    ~File() {
        if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
    }
    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

private:
    int descriptor_;
};

struct Input {
    std::string name;  ///< "-": standard input
    File file;
    std::uint64_t bytes = 0;  ///< 0: not known
};

/// A file's name in a JSON line. Names are bytes: what is not ASCII in a name that is no UTF-8
/// becomes '?'.
std::string json_name(std::string name) {
    if (!is_utf8(name))
        std::replace_if(
            name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
            '?');
    std::string out;
    append_json_string(out, name);
    return out;
}

/// The line that says why a line is no article.
void append_rejected(std::string& out, const std::string* file, std::uint64_t line,
                     const Rejection& rejection) {
    out += "{\"rejected\":{";
    if (file != nullptr) out += "\"file\":" + json_name(*file) + ",";
    out += "\"line\":" + std::to_string(line) + ",\"reason\":\"" +
           std::string(to_string(rejection.reason)) + "\",\"field\":";
    if (rejection.field.empty()) {
        out += "null";
    } else {
        append_json_string(out, rejection.field);
    }
    out += ",\"byte\":" + (rejection.byte ? std::to_string(*rejection.byte) : "null") +
           ",\"message\":";
    append_json_string(out, rejection.message);
    out += "}}\n";
}

/// How far it is, in one line of a terminal that is drawn again and again.
class Progress {
public:
    Progress(bool shown, std::uint64_t total) : shown_(shown), total_(total) {}

    void update(std::uint64_t bytes, std::uint64_t records, std::uint64_t rejected) {
        if (!shown_) return;
        const auto now = Clock::now();
        if (now - drawn_ < std::chrono::milliseconds(200)) return;
        drawn_ = now;
        const double seconds = std::chrono::duration<double>(now - begin_).count();
        const double rate = seconds > 0 ? static_cast<double>(records) / seconds : 0;
        std::string line = "\r\x1b[K" + std::to_string(records) + " articles, " +
                           std::to_string(static_cast<std::uint64_t>(rate)) + "/s";
        if (rejected > 0) line += ", " + std::to_string(rejected) + " rejected";
        if (total_ > 0 && bytes > 0) {
            const double share =
                std::min(1.0, static_cast<double>(bytes) / static_cast<double>(total_));
            line += ", " + std::to_string(static_cast<int>(share * 100)) + " %, " +
                    std::to_string(static_cast<std::uint64_t>(seconds * (1 - share) / share)) +
                    " s left";
        }
        (void)write_all(STDERR_FILENO, line);
        visible_ = true;
    }

    /// Makes room for other lines, or for the end.
    void clear() {
        if (visible_) (void)write_all(STDERR_FILENO, "\r\x1b[K");
        visible_ = false;
        drawn_ = {};
    }

private:
    using Clock = std::chrono::steady_clock;
    bool shown_;
    std::uint64_t total_;
    bool visible_ = false;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point drawn_;
};

/// Workers that take turns: each takes the next batch of lines (one at a time), tags it (side by
/// side) and writes it when all earlier batches are written (one at a time, in order). So the
/// output is the same for any number of them, and what is held is one batch a worker.
class Tagging {
public:
    Tagging(std::vector<Input> inputs, int output, std::string output_name, const Lexicon& lexicon,
            std::size_t message_bytes_max, LayerChoice layers)
        : inputs_(std::move(inputs)),
          output_(output),
          output_name_(std::move(output_name)),
          lexicon_(lexicon),
          limits_{.message_bytes_max = message_bytes_max},
          layers_(layers),
          progress_(
              isatty(STDERR_FILENO) != 0 && (output != STDOUT_FILENO || isatty(STDOUT_FILENO) == 0),
              total_bytes()) {}

    /// The exit code.
    int run(unsigned workers) {
        std::vector<std::thread> others;
        for (unsigned i = 1; i < workers; ++i) others.emplace_back([this] { work(); });
        work();
        for (std::thread& other : others) other.join();
        progress_.clear();
        if (failure_) std::rethrow_exception(failure_);
        if (write_error_ != 0) return cannot_write(output_name_, write_error_);
        if (unreadable_) return kExitNoInput;
        return rejected_ > 0 ? kExitRejected : kExitOk;
    }

private:
    struct Work {
        LineBatch batch;
        std::size_t input = 0;
        std::uint64_t turn = 0;
        std::uint64_t bytes_read = 0;  ///< of all inputs so far
        std::string error;             ///< what is wrong with the input, instead of lines
    };

    [[nodiscard]] std::uint64_t total_bytes() const {
        std::uint64_t total = 0;
        for (const Input& input : inputs_) {
            if (input.bytes == 0) return 0;
            total += input.bytes;
        }
        return total;
    }

    /// The next lines, or false when there are no more.
    bool take(Work& work) {
        const std::lock_guard lock(reading_);
        work.error.clear();
        while (next_input_ < inputs_.size() && !stopped_) {
            if (!reader_)
                reader_.emplace(inputs_[next_input_].file.get(), limits_.message_bytes_max);
            const auto more = reader_->next(work.batch);
            work.input = next_input_;
            work.bytes_read = bytes_before_ + reader_->bytes_read();
            if (!more || !*more) {
                bytes_before_ = work.bytes_read;
                reader_.reset();
                ++next_input_;
            }
            if (!more) work.error = more.error();
            if (!more || *more) {
                work.turn = next_turn_++;
                return true;
            }
        }
        return false;
    }

    void work() {
        try {
            Scratch scratch(limits_);
            Work work;
            std::string records;
            std::string rejections;
            while (take(work)) {
                records.clear();
                rejections.clear();
                const std::uint64_t rejected = tag(work, scratch, records, rejections);
                if (!put(work, records, rejections, rejected)) return;
            }
        } catch (...) {
            const std::lock_guard lock(writing_);
            failure_ = std::current_exception();
            stopped_ = true;
            turn_came_.notify_all();
        }
    }

    /// Appends to `records` and `rejections`; returns how many lines were rejected.
    std::uint64_t tag(const Work& work, Scratch& scratch, std::string& records,
                      std::string& rejections) const {
        std::uint64_t rejected = 0;
        const std::string* file = inputs_.size() > 1 ? &inputs_[work.input].name : nullptr;
        for (const LineBatch::Line& line : work.batch.lines) {
            if (line.too_long) {
                append_rejected(rejections, file, line.number,
                                {Reason::too_large, "", std::nullopt,
                                 "the line has " + std::to_string(line.bytes) +
                                     " bytes, more than message_bytes_max, " +
                                     std::to_string(limits_.message_bytes_max)});
                ++rejected;
            } else if (const auto record =
                           enrich(work.batch.text_of(line), lexicon_, scratch, layers_)) {
                encode(*record, records);
                records += '\n';
            } else {
                append_rejected(rejections, file, line.number, record.error());
                ++rejected;
            }
        }
        return rejected;
    }

    /// Waits for this batch's turn and writes it; false when there is no use in going on.
    bool put(const Work& work, const std::string& records, const std::string& rejections,
             std::uint64_t rejected) {
        std::unique_lock lock(writing_);
        turn_came_.wait(lock, [&] { return turn_ == work.turn || stopped_; });
        if (stopped_) return false;
        if (!work.error.empty() || !rejections.empty()) progress_.clear();
        if (!work.error.empty()) {
            std::fprintf(stderr, "ceasewire: %s: %s\n", inputs_[work.input].name.c_str(),
                         work.error.c_str());
            unreadable_ = true;
        }
        // That nobody reads the rejections is no reason to lose records; the exit status tells of
        // them.
        (void)write_all(STDERR_FILENO, rejections);
        write_error_ = write_all(output_, records);
        if (write_error_ != 0) stopped_ = true;
        rejected_ += rejected;
        records_ += work.batch.lines.size() - rejected;
        progress_.update(work.bytes_read, records_, rejected_);
        ++turn_;
        turn_came_.notify_all();
        return !stopped_;
    }

    const std::vector<Input> inputs_;
    const int output_;
    const std::string output_name_;
    const Lexicon& lexicon_;
    const DecodeLimits limits_;
    const LayerChoice layers_;

    std::mutex reading_;  ///< guards the next five
    std::size_t next_input_ = 0;
    std::optional<LineReader> reader_;
    std::uint64_t bytes_before_ = 0;
    std::uint64_t next_turn_ = 0;

    std::mutex writing_;  ///< guards the rest
    std::condition_variable turn_came_;
    std::uint64_t turn_ = 0;
    std::uint64_t records_ = 0;
    std::uint64_t rejected_ = 0;
    bool unreadable_ = false;
    int write_error_ = 0;
    std::exception_ptr failure_;
    Progress progress_;
    std::atomic<bool> stopped_ = false;  ///< also read when taking
};

/// Opens every input before anything is written: a wrong name among many costs no half-done work.
std::optional<std::vector<Input>> open_inputs(const std::vector<std::string>& names) {
    std::vector<Input> inputs;
    bool good = true;
    for (const std::string& name : names) {
        File file(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat facts{};
        int error = 0;
        if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) error = errno;
        if (error == 0 && S_ISDIR(facts.st_mode)) error = EISDIR;
        if (error != 0) {
            std::fprintf(stderr, "ceasewire: %s: %s\n", name.c_str(), std::strerror(error));
            good = false;
            continue;
        }
        const bool regular = S_ISREG(facts.st_mode);
        if (regular) ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
        inputs.push_back(
            {name, std::move(file), regular ? static_cast<std::uint64_t>(facts.st_size) : 0});
    }
    if (!good) return std::nullopt;
    return inputs;
}

/// The file to write to; on failure prints why and gives the exit code.
Expected<File, int> open_output(const std::string& name, const std::vector<Input>& inputs) {
    if (name.empty() || name == "-") return File(STDOUT_FILENO);
    struct stat existing{};
    if (::stat(name.c_str(), &existing) == 0 && S_ISREG(existing.st_mode)) {
        for (const Input& input : inputs) {
            struct stat facts{};
            if (::fstat(input.file.get(), &facts) == 0 && facts.st_dev == existing.st_dev &&
                facts.st_ino == existing.st_ino) {
                std::fprintf(stderr, "ceasewire: --output %s would overwrite its own input\n",
                             name.c_str());
                return Unexpected(static_cast<int>(kExitUsage));
            }
        }
    }
    constexpr mode_t kMode = 0666;
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
    if (file < 0) return Unexpected(cannot_write(name, errno));
    return File(file);
}

int tag(const Options& options) {
    const auto message_bytes_max = config::parse_bytes(options.message_bytes_max);
    if (!message_bytes_max || message_bytes_max->count < 1) {
        std::fprintf(stderr,
                     "ceasewire: --message-bytes-max: expected a whole number and a unit, such as "
                     "\"8 MiB\"\n");
        return kExitUsage;
    }
    LayerChoice layers;
    for (const std::string& layer : options.layers) {
        layers.syntax = layers.syntax || layer == "syntax";
        layers.attributions = layers.attributions || layer == "attributions";
    }
    const auto lexicon = load_lexicon(
        options.lexicon, layers.attributions ? ShippedScorers::all : ShippedScorers::of_records);
    if (!lexicon) return kExitLexicon;
    auto inputs =
        open_inputs(options.files.empty() ? std::vector<std::string>{"-"} : options.files);
    if (!inputs) return kExitNoInput;
    auto output = open_output(options.output, *inputs);
    if (!output) return output.error();

    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    Tagging tagging(std::move(*inputs), output->get(),
                    output->get() == STDOUT_FILENO ? "standard output" : options.output, *lexicon,
                    static_cast<std::size_t>(message_bytes_max->count), layers);
    const int code = tagging.run(options.jobs == 0 ? cores : options.jobs);
    // A file system may keep the bad news for the end.
    if (output->get() != STDOUT_FILENO && ::close(output->release()) != 0 &&
        code != kExitCannotWrite)
        return cannot_write(options.output, errno);
    return code;
}

}  // namespace

Command add_tag(CLI::App& parent) {
    CLI::App* app = parent.add_subcommand(
        "tag", "Read articles, one JSON a line, and write one record a line, in their order");
    app->footer(
        "Each line of input is one article, plain or gzip (told by its first bytes). A line that "
        "is no article gives a line {\"rejected\": {...}} on\n"
        "standard error and exit status 3 at the end; every other line is tagged all the same. An "
        "empty line is rejected too, except the last of a file.");
    const auto options = std::make_shared<Options>();
    app->add_option("FILE", options->files, "Files of articles; none, or -: standard input")
        ->type_name("");
    app->add_option("-o,--output", options->output, "Write to this file instead of standard output")
        ->type_name("FILE");
    app->add_option("-j,--jobs", options->jobs,
                    "Threads; -j alone: one a core. The output is the same for any number")
        ->type_name("N")
        ->check(CLI::Range(0U, 1024U).description(""))
        ->default_str("1");
    app->add_option(
           "--lexicon", options->lexicon,
           "A directory of lexicon files that replace or extend those built into the program")
        ->type_name("DIR");
    app->add_option(
           "--layers", options->layers,
           "Add to each record what the analysis saw of the whole text, relevant or not: "
           "syntax (words with tags and heads), attributions (who says what), or both with "
           "a comma between")
        ->type_name("LIST")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"syntax", "attributions"}).description(""));
    app->add_option("--message-bytes-max", options->message_bytes_max,
                    "Longer lines are rejected as too_large, without being held")
        ->type_name("SIZE")
        ->capture_default_str();
    return {app, [options] { return tag(*options); }};
}

}  // namespace ceasewire::app
