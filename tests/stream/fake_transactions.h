#pragma once
/// Transactions over the fakes: outputs wait here until they and their resume points become the
/// world's at once.

#include <algorithm>
#include <deque>
#include <vector>

#include "stream/fakes.h"
#include "stream/transactions.h"

namespace ceasewire::stream::fake {

class Transactions final : public stream::Transactions {
public:
    Transactions(World& world, Sink& sink) : world_(world), sink_(sink) {
        sink_.transaction = &outputs_;
    }

    /// What the next calls of commit() answer; then committed. A pending one has not happened,
    /// unless `pending_happened`.
    std::deque<Ending> commits;
    bool pending_happened = false;  ///< the commit is through and only its answer is lost
    std::deque<Ending> aborts;      ///< likewise, of abort(): pending or aborted
    std::optional<Failure> failure;
    std::function<void()> before_commit = [] {};
    int begun = 0;
    int committed = 0;
    int aborted = 0;
    std::vector<std::size_t> sizes;  ///< outputs of each committed one
    bool open = false;

    Expected<Nothing, Failure> begin() override {
        EXPECT_FALSE(open);
        EXPECT_TRUE(outputs_.empty());
        open = true;
        ++begun;
        return Nothing{};
    }

    Expected<Ending, Failure> commit(std::span<const ResumePoint> points,
                                     std::chrono::milliseconds /*wait*/) override {
        EXPECT_TRUE(open);
        EXPECT_TRUE(sink_.idle()) << "committed with outputs on their way";
        before_commit();
        if (failure) return Unexpected(*failure);
        Ending ending = Ending::committed;
        if (!commits.empty()) {
            ending = commits.front();
            commits.pop_front();
        }
        if (ending == Ending::aborted) {
            undo();
        } else if (ending == Ending::committed || pending_happened) {
            apply(points);
        }
        return ending;
    }

    Expected<Ending, Failure> abort(std::chrono::milliseconds /*wait*/) override {
        EXPECT_TRUE(open);
        if (failure) return Unexpected(*failure);
        Ending ending = Ending::aborted;
        if (!aborts.empty()) {
            ending = aborts.front();
            aborts.pop_front();
        }
        if (ending == Ending::pending) return ending;
        if (applied_) {
            open = applied_ = false;
            return Ending::committed;
        }
        undo();
        return Ending::aborted;
    }

private:
    void apply(std::span<const ResumePoint> points) {
        if (!applied_) {
            ++committed;
            sizes.push_back(outputs_.size());
            for (Written& written : outputs_) {
                EXPECT_FALSE(world_.written_sources.contains(written.source))
                    << "twice: " << written.source;
                world_.write(std::move(written));
            }
            outputs_.clear();
            for (const ResumePoint& point : points) world_.commit(point);
        }
        applied_ = pending_happened;
        open = applied_;
        if (!pending_happened) applied_ = false;
    }
    void undo() {
        ++aborted;
        outputs_.clear();
        sink_.purge();
        open = false;
    }

    World& world_;
    Sink& sink_;
    std::vector<Written> outputs_;
    bool applied_ = false;
};

}  // namespace ceasewire::stream::fake
