#include "kafka/mock_cluster.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>
#include <sys/socket.h>

/// Stands before the C library's. What is no socket does not take the option.
extern "C" int close(int descriptor) {
    static const auto next = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, "close"));
    const int before = errno;
    const linger at_once{1, 0};
    (void)setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    errno = before;
    return next(descriptor);
}

namespace ceasewire::test {

MockCluster::MockCluster(int brokers, const std::map<std::string, int>& partitions_of_topics) {
    char reason[512];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "client.id", "mock", nullptr, 0);
    rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
    owner_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
    cluster_ = rd_kafka_mock_cluster_new(owner_, brokers);
    for (const auto& [name, partitions] : partitions_of_topics)
        rd_kafka_mock_topic_create(cluster_, name.c_str(), partitions, 1);
}

MockCluster::~MockCluster() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(owner_);
}

void MockCluster::fail(Api api, rd_kafka_resp_err_t code, int times) const {
    for (int i = 0; i < times; ++i) rd_kafka_mock_push_request_errors(cluster_, api, 1, code);
}

void MockCluster::forgive(Api api) const { rd_kafka_mock_clear_request_errors(cluster_, api); }

void Quiet::log(stream::LogLevel level, std::string_view line) {
    using namespace std::chrono_literals;
    if (level == stream::LogLevel::debug) return;
    const std::lock_guard lock(mutex);
    if (std::getenv("CEASEWIRE_TEST_LOG") != nullptr)
        std::fprintf(stderr, "%6ld ms  %.*s\n",
                     static_cast<long>((std::chrono::steady_clock::now() - begin) / 1ms),
                     static_cast<int>(line.size()), line.data());
    text += std::string(line) + "\n";
}

}  // namespace ceasewire::test
