#pragma once
/// The seam that exactly once adds to Source and Sink: outputs and resume points that take effect
/// together or not at all.

#include <chrono>
#include <cstdint>
#include <span>

#include "base/expected.h"
#include "stream/failure.h"
#include "stream/source.h"

namespace ceasewire::stream {

/// How far the end of a transaction has come.
enum class Ending : std::uint8_t {
    pending,    ///< no answer yet: ask again, with the same arguments
    committed,  ///< outputs and resume points are there
    aborted,    ///< neither is, and no Delivery follows for the outputs: they may be published anew
};

/// Used from the lane's thread only, between calls of its sink. A failure is final.
class Transactions {
public:
    Transactions() = default;
    Transactions(const Transactions&) = delete;
    Transactions& operator=(const Transactions&) = delete;
    virtual ~Transactions() = default;

    /// What the sink accepts from now on belongs to one transaction.
    [[nodiscard]] virtual Expected<Nothing, Failure> begin() = 0;

    /// The transaction can only be undone any more, which no delivery may ever say: not all that
    /// fails in it is about a record.
    [[nodiscard]] virtual Expected<bool, Failure> doomed() { return false; }

    /// Makes the transaction's outputs visible and its resume points the group's, at once. Every
    /// output has had its Delivery. Waits about `wait` at most, for each of a few requests. A
    /// commit whose answer got lost is found out about, and ends as what it was.
    [[nodiscard]] virtual Expected<Ending, Failure> commit(std::span<const ResumePoint> points,
                                                           std::chrono::milliseconds wait) = 0;

    /// Undoes the transaction. Also ends a commit that is pending, which may turn out to be
    /// committed.
    [[nodiscard]] virtual Expected<Ending, Failure> abort(std::chrono::milliseconds wait) = 0;
};

}  // namespace ceasewire::stream
