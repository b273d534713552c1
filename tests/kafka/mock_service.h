#pragma once
/// What services have in common that run on the mock cluster.

#include <chrono>

#include "app/service.h"
#include "kafka/mock_cluster.h"

namespace ceasewire::test {

/// From topic "in" to "out" and "dead", without metrics.
inline app::ServiceSettings settings_on(const MockCluster& cluster) {
    app::ServiceSettings settings;
    settings.kafka.brokers = cluster.address();
    settings.kafka.input_topics = {"in"};
    settings.kafka.output_topic = "out";
    settings.kafka.dead_letter_topic = "dead";
    settings.kafka.linger = std::chrono::milliseconds(5);
    settings.kafka.ask_topic_limits = false;  // the mock does not answer
    settings.metrics.enabled = false;
    return settings;
}

}  // namespace ceasewire::test
