#pragma once
/// The lexicon: actors, offices, cues and terms, parsed from the text of its files and compiled
/// into one matcher. Immutable afterwards.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace ceasewire {

/// One file of a lexicon, as text: `name` is the file's name without folders ("actors-people.tsv").
struct LexiconFile {
    std::string name;
    std::string text;
};

/// What is wrong with a lexicon, for a person: prints as "actors.tsv:41:7: unknown type 'persn'".
struct LexiconError {
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;
    std::string message;
    [[nodiscard]] std::string to_string() const;
};

struct LexiconData;  // lexicon/data.h: for the rooms that read it row by row

class Lexicon {
public:
    /// Parses and compiles `files` (in any order; a file named VERSION holds the version). On
    /// failure every error found, at least one. Takes about 100 ms for 30,000 names. The files may
    /// be dropped afterwards.
    [[nodiscard]] static Expected<Lexicon, std::vector<LexiconError>> compile(
        const std::vector<LexiconFile>& files);

    ~Lexicon();
    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;
    Lexicon(const Lexicon&) = delete;
    Lexicon& operator=(const Lexicon&) = delete;

    [[nodiscard]] std::string_view version() const;
    [[nodiscard]] const LexiconData& data() const { return *data_; }

private:
    explicit Lexicon(std::unique_ptr<const LexiconData> data);
    std::unique_ptr<const LexiconData> data_;
};

}  // namespace ceasewire
