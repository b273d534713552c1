#include "app/demo_articles.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "app/embedded.h"
#include "app/line_reader.h"
#include "base/assert.h"

namespace ceasewire::app {

struct DemoArticles::State {
    std::string_view bundle;  ///< what is left of it; static storage
    int file = -1;
    std::unique_ptr<LineReader> reader;  ///< none: the bundle
    LineBatch batch;
    std::size_t line = 0;  ///< next in the batch
    std::uint64_t too_long = 0;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (file > STDIN_FILENO) ::close(file);
    }
};

DemoArticles::DemoArticles(std::unique_ptr<State> state) : state_(std::move(state)) {}
DemoArticles::~DemoArticles() = default;
DemoArticles::DemoArticles(DemoArticles&&) noexcept = default;
DemoArticles& DemoArticles::operator=(DemoArticles&&) noexcept = default;

std::string_view demo_feed_bytes() {
    const auto files = demo_feed();
    CEASEWIRE_ASSERT(files.size() == 1);
    return files[0].bytes;
}

DemoArticles DemoArticles::bundled() {
    auto state = std::make_unique<State>();
    state->bundle = demo_feed_bytes();
    return DemoArticles(std::move(state));
}

Expected<DemoArticles, std::string> DemoArticles::open(const std::string& path,
                                                       std::size_t line_bytes_max) {
    auto state = std::make_unique<State>();
    state->file = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (state->file < 0) return Unexpected(path + ": " + std::strerror(errno));
    state->reader = std::make_unique<LineReader>(state->file, line_bytes_max);
    return DemoArticles(std::move(state));
}

Expected<std::optional<std::string_view>, std::string> DemoArticles::next() {
    using Line = std::optional<std::string_view>;
    State& state = *state_;
    if (state.reader == nullptr) {
        if (state.bundle.empty()) return Line();
        const std::size_t end = state.bundle.find('\n');
        const std::string_view line = state.bundle.substr(0, end);
        state.bundle.remove_prefix(end == std::string_view::npos ? state.bundle.size() : end + 1);
        return Line(line);
    }
    for (;;) {
        while (state.line < state.batch.lines.size()) {
            const LineBatch::Line& line = state.batch.lines[state.line++];
            if (!line.too_long) return Line(state.batch.text_of(line));
            ++state.too_long;
        }
        state.line = 0;
        const auto more = state.reader->next(state.batch);
        if (!more) return Unexpected(more.error());
        if (!*more) return Line();
    }
}

bool DemoArticles::ready() const {
    if (state_->reader == nullptr || state_->line < state_->batch.lines.size()) return true;
    pollfd input{state_->file, POLLIN, 0};
    return ::poll(&input, 1, 0) != 0;
}

std::uint64_t DemoArticles::too_long() const { return state_->too_long; }

}  // namespace ceasewire::app
