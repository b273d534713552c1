#pragma once
/// Where the demo's messages come from: the bundled feed, or a file of the user's.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace ceasewire::app {

/// One message a line, as it stands, malformed or not. Constant memory.
class DemoArticles {
public:
    /// The feed that the program carries.
    [[nodiscard]] static DemoArticles bundled();
    /// A file of lines, plain or gzip; "-" is standard input. Longer lines than `line_bytes_max`
    /// are left out and counted.
    [[nodiscard]] static Expected<DemoArticles, std::string> open(const std::string& path,
                                                                  std::size_t line_bytes_max);
    ~DemoArticles();
    DemoArticles(DemoArticles&&) noexcept;
    DemoArticles& operator=(DemoArticles&&) noexcept;

    /// The next message, valid until the next call; nothing at the end. The error says what is
    /// wrong with the file.
    [[nodiscard]] Expected<std::optional<std::string_view>, std::string> next();

    /// Whether next() can answer without waiting for whoever writes to the pipe.
    [[nodiscard]] bool ready() const;

    [[nodiscard]] std::uint64_t too_long() const;

private:
    struct State;
    explicit DemoArticles(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The bundled feed's lines, for tests.
[[nodiscard]] std::string_view demo_feed_bytes();

}  // namespace ceasewire::app
