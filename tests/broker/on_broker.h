#pragma once
/// What tests on one real broker share: the broker, which serves a whole suite since starting one
/// takes longer than most tests, and topics and a group of each test's own.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/audit.h"
#include "broker/cluster.h"

namespace ceasewire::test {

/// The base of `Suite`, which may say by its own broker_setup() how its broker is set up. `Base` is
/// what it would be based on without.
template <class Suite, class Base = testing::Test>
class OneBroker : public Base {
public:
    static BrokerSetup broker_setup() { return {}; }
    static void SetUpTestSuite() { broker_ = std::make_unique<Broker>(Suite::broker_setup()); }
    static void TearDownTestSuite() { broker_.reset(); }
    static Broker& shared() { return *broker_; }

protected:
    Broker& broker = *broker_;
    const Topics topics = broker.topics();
    std::string in = broker.fresh("in");
    std::string out = broker.fresh("out");
    std::string dead = broker.fresh("dead");
    std::string group = broker.fresh("group");

    void make_topics(int inputs, int outputs = 1) const {
        topics.create(in, inputs);
        topics.create(out, outputs);
        topics.create(dead, 1);
    }
    [[nodiscard]] std::vector<std::string> run(const std::vector<std::string>& more = {}) const {
        return run_command(broker.address(), in, out, dead, group, more);
    }
    /// Messages that the group has committed, over all partitions.
    [[nodiscard]] std::size_t committed() const {
        std::size_t total = 0;
        for (const auto& [partition, offset] : topics.committed(group, in))
            total += offset < 0 ? 0 : static_cast<std::size_t>(offset);
        return total;
    }
    /// Each of the messages has its record or dead letter, as the core makes them; exactly once,
    /// one. (For programs that are linked with audit.cpp.)
    void expect_accounted(std::size_t messages, bool exactly_once) const {
        const Accounts accounts = audit(topics, in, out, dead);
        EXPECT_EQ(accounts.inputs, messages);
        EXPECT_EQ(accounts.records + accounts.dead_letters, messages);
        EXPECT_THAT(accounts.faults, testing::IsEmpty());
        if (exactly_once) {
            EXPECT_EQ(accounts.duplicates, 0U);
        }
        std::fprintf(stderr, "%zu messages, %zu duplicates\n", accounts.inputs,
                     accounts.duplicates);
    }

private:
    static inline std::unique_ptr<Broker> broker_;
};

}  // namespace ceasewire::test
