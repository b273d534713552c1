#pragma once
/// The lexicon that lanes work with, which may be replaced while they run.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "lexicon/lexicon.h"

namespace ceasewire::stream {

/// Safe from many threads. A lexicon lives until it is replaced and its last reader has moved on.
class LexiconInUse {
public:
    struct Look {
        std::shared_ptr<const Lexicon> lexicon;
        std::uint64_t generation = 0;
    };

    /// `lexicon` is not empty, here as in replace().
    explicit LexiconInUse(std::shared_ptr<const Lexicon> lexicon) : look_{std::move(lexicon), 0} {}

    [[nodiscard]] Look look() const {
        const std::lock_guard lock(mutex_);
        return look_;
    }
    /// Changes with every replacement. One relaxed load: for asking between batches.
    [[nodiscard]] std::uint64_t generation() const noexcept {
        return generation_.load(std::memory_order_relaxed);
    }
    void replace(std::shared_ptr<const Lexicon> lexicon) {
        std::shared_ptr<const Lexicon> old;  // freed, if nobody reads it, outside the lock
        const std::lock_guard lock(mutex_);
        old = std::exchange(look_.lexicon, std::move(lexicon));
        generation_.store(++look_.generation, std::memory_order_relaxed);
    }

private:
    mutable std::mutex mutex_;
    Look look_;
    std::atomic<std::uint64_t> generation_{0};
};

/// For a lexicon that somebody else owns and that outlives its readers.
[[nodiscard]] inline std::shared_ptr<const Lexicon> borrowed(const Lexicon& lexicon) {
    return {std::shared_ptr<const Lexicon>(), &lexicon};
}

}  // namespace ceasewire::stream
