#include "app/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <unistd.h>
#include <zlib.h>

namespace ceasewire::app {
namespace {

/// Bytes of a file descriptor, decompressed where they are gzip.
class ByteSource {
public:
    ByteSource(int file, std::size_t chunk) : file_(file), raw_(chunk, '\0') {}
    ~ByteSource() {
        if (inflating_) inflateEnd(&stream_);
    }
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    /// Fills some of `out` (at least one byte); 0 at the end.
    Expected<std::size_t, std::string> read_some(char* out, std::size_t size) {
        if (!started_) {
            started_ = true;
            while (raw_end_ < 2) {
                const auto got = fill();
                if (!got) return got;
                if (*got == 0) break;
            }
            if (raw_end_ >= 2 && raw_[0] == '\x1f' && raw_[1] == '\x8b') {
                constexpr int kGzipOnly = 16;
                if (inflateInit2(&stream_, MAX_WBITS + kGzipOnly) != Z_OK)
                    return Unexpected(std::string("out of memory"));
                inflating_ = true;
            }
        }
        return inflating_ ? inflate_some(out, size) : copy_some(out, size);
    }

    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

private:
    /// Appends to raw_ what one read gives; 0 at the end.
    Expected<std::size_t, std::string> fill() {
        if (raw_begin_ == raw_end_) raw_begin_ = raw_end_ = 0;
        if (raw_end_ == raw_.size())
            raw_.resize(raw_.size() * 2);  // only chunks smaller than the magic number, in tests
        for (;;) {
            const ssize_t got = ::read(file_, raw_.data() + raw_end_, raw_.size() - raw_end_);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return Unexpected(std::string(std::strerror(errno)));
            raw_end_ += static_cast<std::size_t>(got);
            bytes_read_ += static_cast<std::uint64_t>(got);
            return static_cast<std::size_t>(got);
        }
    }

    Expected<std::size_t, std::string> copy_some(char* out, std::size_t size) {
        if (raw_begin_ == raw_end_) {
            const auto got = fill();
            if (!got || *got == 0) return got;
        }
        const std::size_t count = std::min(size, raw_end_ - raw_begin_);
        std::memcpy(out, raw_.data() + raw_begin_, count);
        raw_begin_ += count;
        return count;
    }

    Expected<std::size_t, std::string> inflate_some(char* out, std::size_t size) {
        stream_.next_out = reinterpret_cast<Bytef*>(out);  // zlib counts in unsigned bytes
        stream_.avail_out = static_cast<uInt>(size);
        for (;;) {
            if (raw_begin_ == raw_end_) {
                const auto got = fill();
                if (!got) return got;
                if (*got == 0) {
                    if (!member_ended_)
                        return Unexpected(std::string("the gzip data ends too early"));
                    return std::size_t{0};
                }
            }
            if (member_ended_) {
                if (inflateReset(&stream_) != Z_OK)
                    return Unexpected(std::string("the gzip data cannot be read on"));
                member_ended_ = false;
            }
            stream_.next_in = reinterpret_cast<Bytef*>(raw_.data() + raw_begin_);
            stream_.avail_in = static_cast<uInt>(raw_end_ - raw_begin_);
            const int status = inflate(&stream_, Z_NO_FLUSH);
            raw_begin_ = raw_end_ - stream_.avail_in;
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
                return Unexpected(std::string("the gzip data is damaged: ") +
                                  (stream_.msg == nullptr ? "no reason given" : stream_.msg));
            }
            member_ended_ = status == Z_STREAM_END;
            const std::size_t made = size - stream_.avail_out;
            if (made > 0) return made;
        }
    }

    int file_;
    std::string raw_;
    std::size_t raw_begin_ = 0;
    std::size_t raw_end_ = 0;
    std::uint64_t bytes_read_ = 0;
    z_stream stream_{};
    bool started_ = false;
    bool inflating_ = false;
    bool member_ended_ = false;
};

}  // namespace

struct LineReader::State {
    State(int file, std::size_t limit, std::size_t chunk_bytes)
        : source(file, chunk_bytes), line_bytes_max(limit), chunk(chunk_bytes) {}

    ByteSource source;
    std::size_t line_bytes_max;
    std::size_t chunk;
    std::string buffer;         ///< bytes that no batch has got: the beginning of a line
    std::size_t scanned = 0;    ///< of buffer: known to hold no newline
    std::uint64_t dropped = 0;  ///< bytes of the current line that were too many to keep
    std::uint64_t line_number = 0;
    bool blank_held = false;  ///< the line before was blank: given only if it is not the last
    LineBatch::Line blank;
    std::string blank_text;
    bool ended = false;

    static bool is_blank(std::string_view line) { return line.empty() || line == "\r"; }

    /// The line that buffer[begin, end) ends.
    void emit(LineBatch& batch, std::size_t begin, std::size_t end) {
        if (blank_held) {
            blank_held = false;
            blank.begin = batch.text.size();
            batch.text += blank_text;
            batch.lines.push_back(blank);
        }
        LineBatch::Line line;
        line.number = ++line_number;
        line.bytes = dropped + (end - begin);
        line.too_long = line.bytes > line_bytes_max;
        const std::string_view text =
            std::string_view(buffer).substr(begin, line.too_long ? 0 : end - begin);
        dropped = 0;
        if (!line.too_long && is_blank(text)) {
            line.size = text.size();
            blank = line;
            blank_text = text;
            blank_held = true;
            return;
        }
        line.begin = batch.text.size();
        line.size = text.size();
        batch.text += text;
        batch.lines.push_back(line);
    }

    void take_lines(LineBatch& batch) {
        std::size_t begin = 0;
        for (;;) {
            const std::size_t newline = buffer.find('\n', std::max(begin, scanned));
            if (newline == std::string::npos) break;
            emit(batch, begin, newline);
            begin = newline + 1;
        }
        buffer.erase(0, begin);
        if (buffer.size() > line_bytes_max) {
            dropped += buffer.size();
            buffer.clear();
        }
        scanned = buffer.size();
    }
};

LineReader::LineReader(int file, std::size_t line_bytes_max, std::size_t chunk)
    : state_(std::make_unique<State>(file, line_bytes_max, chunk)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;
std::uint64_t LineReader::bytes_read() const { return state_->source.bytes_read(); }

Expected<bool, std::string> LineReader::next(LineBatch& batch) {
    State& state = *state_;
    batch.clear();
    while (batch.lines.empty() && !state.ended) {
        const std::size_t kept = state.buffer.size();
        state.buffer.resize(kept + state.chunk);
        auto got = state.source.read_some(state.buffer.data() + kept, state.chunk);
        state.buffer.resize(kept + (got ? *got : 0));
        if (!got) {
            state.ended = true;
            return Unexpected(std::move(got).error());
        }
        if (*got > 0) {
            state.take_lines(batch);
            continue;
        }
        state.ended = true;
        if (!state.buffer.empty() || state.dropped > 0) state.emit(batch, 0, state.buffer.size());
        state.buffer.clear();
    }
    return !batch.lines.empty();
}

}  // namespace ceasewire::app
