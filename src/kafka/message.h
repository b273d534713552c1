#pragma once
/// A message of librdkafka as one of ours, and the parts of one to be sent.

#include <string_view>

#include <librdkafka/rdkafka.h>

#include "stream/message.h"

namespace ceasewire::kafka {

/// Fills everything but `to.from.topic` and `to.backing`. The views point into `from`; `topic` is
/// kept as a view.
void read_message(const rd_kafka_message_t& from, std::string_view topic, stream::Message& to);

/// For rd_kafka_produceva: an argument of a type, to be filled; bytes that stay the caller's.
[[nodiscard]] rd_kafka_vu_t value_unit(rd_kafka_vtype_t type);
[[nodiscard]] rd_kafka_vu_t memory_unit(rd_kafka_vtype_t type, std::string_view bytes);

}  // namespace ceasewire::kafka
