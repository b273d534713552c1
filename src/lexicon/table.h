#pragma once
/// Tab-separated text with a header line, as the lexicon's files are written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"

namespace ceasewire {

/// One value of a cell and where it stands.
struct Cell {
    std::string_view text;   ///< blanks around it removed
    std::size_t column = 1;  ///< bytes from the start of the line, from 1
};

/// Reads one file row by row. Errors go to `errors`; a row with a wrong number of cells is passed
/// over.
class TableReader {
public:
    /// `columns` are the names that the header must have, in any order; `optional` ones may be
    /// missing. The views must outlive the reader.
    TableReader(const LexiconFile& file, std::vector<std::string_view> columns,
                std::vector<std::string_view> optional, std::vector<LexiconError>& errors);

    /// Moves to the next row; false at the end (or at once, when the header is wrong).
    bool next();

    [[nodiscard]] Cell operator[](std::string_view column) const;
    [[nodiscard]] std::uint32_t line() const { return static_cast<std::uint32_t>(line_); }

    /// Reports an error at a cell of the current row.
    void fail(const Cell& at, std::string message);

private:
    bool take_line(std::string_view& line);

    const LexiconFile& file_;
    std::vector<std::string_view> columns_;
    std::vector<std::string_view> optional_;
    std::vector<LexiconError>& errors_;
    std::vector<std::size_t> place_of_;  // by column, then optional: its index in a row, or npos
    std::size_t width_ = 0;
    std::size_t at_ = 0;
    std::size_t line_ = 0;
    std::vector<Cell> cells_;
    bool good_ = false;
};

/// The values of a cell that are separated by `|`, blanks removed, empty ones left out.
[[nodiscard]] std::vector<Cell> split_values(const Cell& cell);

}  // namespace ceasewire
