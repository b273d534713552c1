#include "kafka/message.h"

#include <cstddef>
#include <optional>

namespace ceasewire::kafka {
namespace {

std::optional<std::string_view> view(const void* bytes, std::size_t size) {
    if (bytes == nullptr) return std::nullopt;
    return std::string_view(static_cast<const char*>(bytes), size);
}

void read_headers(const rd_kafka_message_t& from, stream::Message& to) {
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&from, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    to.headers.reserve(rd_kafka_header_cnt(headers));
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
        to.headers.push_back({name, view(value, size)});
    }
}

}  // namespace

void read_message(const rd_kafka_message_t& from, std::string_view topic, stream::Message& to) {
    to.from.partition = stream::Partition(from.partition);
    to.offset = stream::Offset(from.offset);
    to.topic = topic;
    to.key = view(from.key, from.key_len);
    to.value = view(from.payload, from.len);
    read_headers(from, to);
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    to.timestamp_ms = rd_kafka_message_timestamp(&from, &type);
}

rd_kafka_vu_t value_unit(rd_kafka_vtype_t type) {
    rd_kafka_vu_t unit{};
    unit.vtype = type;
    return unit;
}

rd_kafka_vu_t memory_unit(rd_kafka_vtype_t type, std::string_view bytes) {
    rd_kafka_vu_t unit = value_unit(type);
    // librdkafka takes no const, and writes nothing.
    unit.u.mem.ptr = const_cast<char*>(
        bytes.data() == nullptr ? ""
                                : bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    unit.u.mem.size = bytes.size();
    return unit;
}

}  // namespace ceasewire::kafka
