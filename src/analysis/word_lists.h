#pragma once
/// A list for each of many, such as the words of a sentence, all in one piece of memory. Internal
/// to the analysis room.

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ceasewire::analysis {

template <class T>
class WordLists {
public:
    /// Notes `value` for word (or whatever it is) `word`; seen by of() once build() was called.
    void add(std::size_t word, T value) {
        added_.emplace_back(static_cast<std::uint32_t>(word), value);
    }
    /// Every word of `words` gets what was added for it, in that order. Linear.
    void build(std::size_t words) {
        begin_.assign(words + 2, 0);
        for (const auto& [word, value] : added_) ++begin_[word + 2];
        for (std::size_t w = 2; w < begin_.size(); ++w) begin_[w] += begin_[w - 1];
        values_.resize(added_.size());
        for (const auto& [word, value] : added_) values_[begin_[word + 1]++] = value;
        added_.clear();
    }
    [[nodiscard]] std::span<const T> of(std::size_t word) const {
        return {values_.data() + begin_[word], values_.data() + begin_[word + 1]};
    }

private:
    std::vector<std::pair<std::uint32_t, T>> added_;
    std::vector<std::uint32_t> begin_;  ///< by word, and one more
    std::vector<T> values_;
};

}  // namespace ceasewire::analysis
