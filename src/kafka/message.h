#pragma once
/// A message of librdkafka as one of ours.

#include <string_view>

#include <librdkafka/rdkafka.h>

#include "stream/message.h"

namespace ceasewire::kafka {

/// Fills everything but `to.from.topic` and `to.backing`. The views point into `from`; `topic` is
/// kept as a view.
void read_message(const rd_kafka_message_t& from, std::string_view topic, stream::Message& to);

}  // namespace ceasewire::kafka
