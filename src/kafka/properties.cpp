#include "kafka/properties.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ceasewire::kafka {
namespace {

constexpr std::array kRefused = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"bootstrap.servers", "set kafka brokers instead"},
    {"metadata.broker.list", "set kafka brokers instead"},
    {"client.id", "set the client id instead"},
    {"group.id", "set the group instead"},
    {"group.instance.id", "set the group instance instead: every lane needs its own"},
    {"enable.auto.commit", "offsets are committed only behind acknowledged output"},
    {"auto.commit.enable", "offsets are committed only behind acknowledged output"},
    {"enable.auto.offset.store", "offsets are stored only behind acknowledged output"},
    {"auto.commit.interval.ms", "set the commit interval instead"},
    {"auto.offset.reset",
     "a reset would skip or repeat messages silently; set where to start instead"},
    {"offset.store.method", "offsets live with the brokers"},
    {"partition.assignment.strategy", "set the assignment instead"},
    {"group.protocol", "the classic protocol is the one that is tested"},
    {"session.timeout.ms", "set the session timeout instead: other time-outs follow from it"},
    {"max.poll.interval.ms", "set the poll interval instead: liveness follows from it"},
    {"isolation.level", "aborted input must never be seen"},
    {"enable.partition.eof", "the loop relies on these events"},
    {"enable.idempotence", "without it a retry may reorder or double records"},
    {"enable.gapless.guarantee", "one refused record would stop the lane for good"},
    {"acks", "records count as delivered when every replica in sync has them"},
    {"request.required.acks", "records count as delivered when every replica in sync has them"},
    {"max.in.flight", "idempotence limits it"},
    {"max.in.flight.requests.per.connection", "idempotence limits it"},
    {"retries", "a broker that is away is waited for, never given up"},
    {"message.send.max.retries", "a broker that is away is waited for, never given up"},
    {"message.timeout.ms", "a broker that is away is waited for, never given up"},
    {"delivery.timeout.ms", "a broker that is away is waited for, never given up"},
    {"transactional.id", "exactly once is a setting of its own"},
    {"transaction.timeout.ms", "it follows from the session timeout"},
    {"queuing.strategy", "records keep their order"},
    {"delivery.report.only.error", "every acknowledgement is needed"},
    {"plugin.library.paths", "no foreign code in this process"},
    {"ssl.engine.location", "no foreign code in this process"},
    {"sasl.kerberos.kinit.cmd", "this process starts no others"},
    {"security.protocol", "set it in the security section"},
    {"sasl.password", "set it in the security section, where it is kept secret"},
    {"sasl.username", "set it in the security section"},
    {"ssl.key.password", "set it in the security section, where it is kept secret"},
    {"ssl.keystore.password",
     "set the key in the security section, where its password is kept secret"},
    {"ssl.key.pem", "set a key file in the security section"},
    {"sasl.oauthbearer.client.secret", "not supported"},
    {"log.queue", "the log is served by the lanes"},
    {"test.mock.num.brokers", "it would replace the brokers by a toy"},
});

}  // namespace

std::optional<std::string> why_refused(std::string_view property) {
    const auto* const found =
        std::find_if(kRefused.begin(), kRefused.end(),
                     [&](const auto& entry) { return entry.first == property; });
    if (found == kRefused.end()) return std::nullopt;
    return std::string(found->second);
}

}  // namespace ceasewire::kafka
