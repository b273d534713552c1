#pragma once
/// How the demo keeps in step with a broker that forgets, and proves that nothing got lost.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ceasewire::app {

/// Counts what was fed and what came back. A plain value: it knows no client, no clock, no thread.
///
/// The in-process broker holds 5 MiB of a partition. What is under way, that is fed and not yet
/// read back, must therefore stay well below that on the input topic, and what it becomes on the
/// output topics too. How much larger an output is than its input is learnt on the way: the worst
/// ratio of late counts, and everything is assumed to land in one partition. A reader that gets no
/// processor for a while must not cost an answer, so what is not known yet is taken to be large: 64
/// at first, and never less than 16 (a record of many claims is some twenty times its article).
class DemoPace {
public:
    static constexpr std::size_t kUnderWayMax = 2'000;
    /// Half of what a partition holds, so that a ratio twice the worst seen still fits.
    static constexpr double kOutputBytesMax = 2.5 * 1024 * 1024;
    static constexpr double kInputBytesMax = 1024 * 1024;
    /// Headers and an answer of some size come with the smallest message.
    static constexpr std::size_t kBytesMin = 1024;
    static constexpr double kGrowthMin = 16;

    /// Whether a message of `bytes` may be fed now. The first always may.
    [[nodiscard]] bool may_feed(std::size_t bytes) const {
        if (under_way_.empty()) return true;
        const double weight = under_way_bytes_ + weight_of(bytes);
        return under_way_.size() < kUnderWayMax && weight <= kInputBytesMax &&
               weight * growth_ <= kOutputBytesMax;
    }

    /// A message goes in; returns its sequence number, counted from 0.
    std::uint64_t feed(std::size_t bytes) {
        const std::uint64_t sequence = fed_++;
        under_way_.emplace(sequence, bytes);
        under_way_bytes_ += weight_of(bytes);
        fed_bytes_ += bytes;
        back_.push_back(false);
        return sequence;
    }

    /// The output of `sequence` was read back. False for a second copy, and for what was never fed.
    bool read_back(std::uint64_t sequence, std::uint64_t output_bytes) {
        if (sequence >= fed_ || back_[sequence]) {
            ++copies_;
            return false;
        }
        back_[sequence] = true;
        ++returned_;
        const auto found = under_way_.find(sequence);
        const double weight = weight_of(found->second);
        under_way_bytes_ -= weight;
        under_way_.erase(found);
        // A large output shrinks the window at once; the memory of it fades over some hundreds.
        growth_ =
            std::max({static_cast<double>(output_bytes) / weight, growth_ * 0.995, kGrowthMin});
        return true;
    }

    [[nodiscard]] std::uint64_t fed() const { return fed_; }
    [[nodiscard]] std::uint64_t fed_bytes() const { return fed_bytes_; }
    [[nodiscard]] std::uint64_t returned() const { return returned_; }
    [[nodiscard]] std::uint64_t copies() const { return copies_; }
    [[nodiscard]] std::size_t under_way() const { return under_way_.size(); }
    [[nodiscard]] bool is_back(std::uint64_t sequence) const {
        return sequence < fed_ && back_[sequence];
    }

private:
    [[nodiscard]] static double weight_of(std::size_t bytes) {
        return static_cast<double>(std::max(bytes, kBytesMin));
    }

    std::unordered_map<std::uint64_t, std::size_t> under_way_;  ///< sequence to bytes
    std::vector<bool> back_;  ///< a bit for every message: 1.2 MB for ten million
    double under_way_bytes_ = 0;
    double growth_ = 64;
    std::uint64_t fed_ = 0;
    std::uint64_t fed_bytes_ = 0;
    std::uint64_t returned_ = 0;
    std::uint64_t copies_ = 0;
};

}  // namespace ceasewire::app
