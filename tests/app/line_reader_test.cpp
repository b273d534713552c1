#include "app/line_reader.h"

#include <cstdio>
#include <random>
#include <sstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>
#include <zlib.h>

namespace ceasewire::app {
namespace {

/// A file descriptor that gives `bytes`.
class FileOf {
public:
    explicit FileOf(const std::string& bytes) : file_(std::tmpfile()) {
        if (file_ == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
            std::abort();  // no room for a temporary file
        std::rewind(file_);
        lseek(fileno(file_), 0, SEEK_SET);
    }
    ~FileOf() { std::fclose(file_); }
    FileOf(const FileOf&) = delete;
    FileOf& operator=(const FileOf&) = delete;
    [[nodiscard]] int get() const { return fileno(file_); }

private:
    std::FILE* file_;
};

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// "1:abc|2:<7 bytes>|error: ...": what the reader gives, a line each.
std::string read(const std::string& bytes, std::size_t line_bytes_max = 100,
                 std::size_t chunk = 256) {
    const FileOf file(bytes);
    LineReader reader(file.get(), line_bytes_max, chunk);
    LineBatch batch;
    std::string out;
    for (;;) {
        const auto more = reader.next(batch);
        if (!more) return out + "error: " + more.error();
        if (!*more) return out;
        for (const LineBatch::Line& line : batch.lines) {
            out += std::to_string(line.number) + ":" +
                   (line.too_long ? "<" + std::to_string(line.bytes) + " bytes>"
                                  : std::string(batch.text_of(line))) +
                   "|";
        }
    }
}

TEST(LineReader, SplitsAtNewlines) {
    EXPECT_EQ(read(""), "");
    EXPECT_EQ(read("a"), "1:a|");
    EXPECT_EQ(read("a\n"), "1:a|");
    EXPECT_EQ(read("a\nbc\n"), "1:a|2:bc|");
    EXPECT_EQ(read("a\r\nb"), "1:a\r|2:b|");
    EXPECT_EQ(read(std::string("a\0b\n", 4)), std::string("1:a\0b|", 6));
}

TEST(LineReader, PassesOverAnEmptyLastLineOnly) {
    EXPECT_EQ(read("\n"), "");
    EXPECT_EQ(read("a\n\n"), "1:a|");
    EXPECT_EQ(read("a\n\r\n"), "1:a|");
    EXPECT_EQ(read("a\n\nb\n"), "1:a|2:|3:b|");
    EXPECT_EQ(read("\n\na\n\n\n"), "1:|2:|3:a|4:|");
    EXPECT_EQ(read("a\n \n"), "1:a|2: |");
}

TEST(LineReader, DropsWhatIsTooLongAndGoesOn) {
    EXPECT_EQ(read("abcd\nabcde\nx\n", 4), "1:abcd|2:<5 bytes>|3:x|");
    EXPECT_EQ(read("abcde", 4), "1:<5 bytes>|");
    EXPECT_EQ(read(std::string(1000, 'a') + "\nb", 4, 3), "1:<1000 bytes>|2:b|");
}

TEST(LineReader, ReadsGzipByItsFirstBytes) {
    EXPECT_EQ(read(gzip("a\nb\n")), "1:a|2:b|");
    EXPECT_EQ(read(gzip("")), "");
    EXPECT_EQ(read(gzip("a\nb") + gzip("c\nd\n")), "1:a|2:bc|3:d|");
    EXPECT_EQ(read("\x1f"), "1:\x1f|");
    EXPECT_EQ(read(gzip(std::string(100'000, 'a') + "\nb\n"), 50), "1:<100000 bytes>|2:b|");
}

TEST(LineReader, SaysWhatIsWrongWithGzipAfterTheGoodLines) {
    const std::string whole = gzip("a\nb\n");
    EXPECT_THAT(read(whole.substr(0, whole.size() - 4)),
                testing::EndsWith("error: the gzip data ends too early"));
    EXPECT_THAT(read(whole.substr(0, 5)), testing::EndsWith("error: the gzip data ends too early"));
    EXPECT_THAT(read(whole + "garbage"),
                testing::StartsWith("1:a|2:b|error: the gzip data is damaged"));
    std::string damaged = whole;
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
    EXPECT_THAT(read(damaged), testing::HasSubstr("error: the gzip data is damaged"));
}

TEST(LineReader, SaysWhyAFileCannotBeRead) {
    const int folder = open("/", O_RDONLY);
    LineReader reader(folder, 100);
    LineBatch batch;
    const auto more = reader.next(batch);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error(), "Is a directory");
    close(folder);
}

/// The obvious way, which holds everything.
std::string read_slowly(const std::string& bytes, std::size_t line_bytes_max) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : bytes) {
        if (c == '\n') {
            lines.push_back(line);
            line.clear();
        } else {
            line += c;
        }
    }
    if (!line.empty()) lines.push_back(line);
    if (!lines.empty() && (lines.back().empty() || lines.back() == "\r")) lines.pop_back();
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out += std::to_string(i + 1) + ":" +
               (lines[i].size() > line_bytes_max ? "<" + std::to_string(lines[i].size()) + " bytes>"
                                                 : lines[i]) +
               "|";
    }
    return out;
}

TEST(LineReader, AgreesWithItsSlowTwin) {
    std::mt19937 random(4);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (char& c : bytes) c = "\n\n\r ab"[random() % 6];
        const std::size_t limit = 1 + random() % 6;
        const std::size_t chunk = 1 + random() % 9;
        ASSERT_EQ(read(bytes, limit, chunk), read_slowly(bytes, limit))
            << testing::PrintToString(bytes) << " limit " << limit << " chunk " << chunk;
        ASSERT_EQ(read(gzip(bytes), limit, chunk), read_slowly(bytes, limit))
            << testing::PrintToString(bytes) << " limit " << limit << " chunk " << chunk;
    }
}

}  // namespace
}  // namespace ceasewire::app
