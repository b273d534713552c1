#pragma once
/// Lines out of a file descriptor, plain or gzip, of any length, in constant memory.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace ceasewire::app {

/// Several lines of one file, owned by the batch.
struct LineBatch {
    struct Line {
        std::uint64_t number = 0;  ///< counted from 1 in its file
        std::uint64_t bytes = 0;   ///< without the newline; more than text's size when the line was
                                   ///< too long to be kept
        std::size_t begin = 0;     ///< into LineBatch::text
        std::size_t size = 0;
        bool too_long = false;  ///< then it has no text
    };
    std::string text;
    std::vector<Line> lines;

    [[nodiscard]] std::string_view text_of(const Line& line) const {
        return std::string_view(text).substr(line.begin, line.size);
    }
    void clear() {
        text.clear();
        lines.clear();
    }
};

/// Reads one file from its current position. Whether it is gzip is told by its first two bytes;
/// several gzip members in a row are one text.
///
/// A line ends with a newline or with the file. An empty last line (also one that holds only a
/// carriage return) is none. Holds at most line_bytes_max bytes and one chunk. Not for several
/// threads at once.
class LineReader {
public:
    static constexpr std::size_t kChunk = std::size_t{256} << 10U;

    /// `file` is a file descriptor that stays the caller's. `chunk` is for tests.
    LineReader(int file, std::size_t line_bytes_max, std::size_t chunk = kChunk);
    ~LineReader();
    LineReader(LineReader&&) noexcept;
    LineReader& operator=(LineReader&&) noexcept;
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    /// Replaces `batch` by the lines that are at hand, waiting for more only while there is none;
    /// false at the end of the file. The error says what went wrong with the file; the lines before
    /// it have been given.
    [[nodiscard]] Expected<bool, std::string> next(LineBatch& batch);

    /// How many bytes of the file have been read, compressed where they are.
    [[nodiscard]] std::uint64_t bytes_read() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire::app
