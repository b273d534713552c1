#include "stream/dead_letter.h"

#include <array>

#include <openssl/evp.h>

#include "base/assert.h"
#include "base/hex.h"

namespace ceasewire::stream {
namespace {

constexpr std::size_t kMessageBytesMax = 1024;
constexpr std::size_t kSmallestCut = 256;

/// At most `bytes` of `text`, never half a character.
std::string_view head(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
    return text.substr(0, bytes);
}

}  // namespace

bool is_dead_letter_header(std::string_view name) {
    return name == kSourceHeader || name.starts_with("ceasewire.") ||
           name.starts_with("__connect.errors.");
}

std::optional<DeadLetterShape> smaller(const DeadLetterShape& shape, const Message& message) {
    DeadLetterShape next = shape;
    const std::size_t value = message.value ? message.value->size() : 0;
    const std::size_t now = shape.value_bytes.value_or(value);
    if (now > 0) {
        next.value_bytes = now / 2 < kSmallestCut ? 0 : now / 2;
        return next;
    }
    if (!shape.without_headers && !message.headers.empty()) {
        next.without_headers = true;
        return next;
    }
    if (!shape.without_key && message.key && !message.key->empty()) {
        next.without_key = true;
        return next;
    }
    return std::nullopt;
}

void HeaderList::clear() {
    headers_.clear();
    owned_.clear();
}

void HeaderList::add_owned(std::string_view name, std::string value) {
    owned_.push_back(std::move(value));
    headers_.push_back({name, std::string_view(owned_.back())});
}

std::string source_position(const Message& message) {
    std::string text(message.topic);
    text += '/';
    text += std::to_string(message.from.partition.value());
    text += '/';
    text += std::to_string(message.offset.value());
    return text;
}

void record_headers(const Message& message, HeaderList& out) {
    out.clear();
    for (const Header& header : message.headers) {
        if (header.name != kSourceHeader) out.add(header.name, header.value);
    }
    out.add_owned(kSourceHeader, source_position(message));
}

void dead_letter_headers(const Message& message, const Rejection& rejection,
                         const DeadLetterShape& shape, std::string_view group, HeaderList& out) {
    out.clear();
    if (!shape.without_headers) {
        for (const Header& header : message.headers) {
            // How often a message was sent back stays with it, or a cap could not hold.
            if (!is_dead_letter_header(header.name) || header.name == "ceasewire.attempt")
                out.add(header.name, header.value);
        }
    }
    const bool by_broker = rejection.reason == Reason::publish_refused;
    out.add_owned(kSourceHeader, source_position(message));
    out.add("__connect.errors.topic", message.topic);
    out.add_owned("__connect.errors.partition", std::to_string(message.from.partition.value()));
    out.add_owned("__connect.errors.offset", std::to_string(message.offset.value()));
    out.add("__connect.errors.connector.name", group);
    out.add("__connect.errors.task.id", "0");
    out.add("__connect.errors.stage", by_broker ? "TASK_PUT" : "VALUE_CONVERTER");
    out.add("__connect.errors.class.name", "ceasewire");
    out.add_owned("__connect.errors.exception.class.name",
                  "ceasewire." + std::string(to_string(rejection.reason)));
    out.add("__connect.errors.exception.message", head(rejection.message, kMessageBytesMax));
    out.add("ceasewire.reason", to_string(rejection.reason));
    if (!rejection.field.empty()) out.add("ceasewire.field", std::string_view(rejection.field));
    if (rejection.byte) out.add_owned("ceasewire.byte", std::to_string(*rejection.byte));
    if (shape.value_bytes) {
        const std::string_view value = message.value.value_or(std::string_view());
        out.add("ceasewire.truncated", "1");
        out.add_owned("ceasewire.original_bytes", std::to_string(value.size()));
        out.add_owned("ceasewire.sha256", sha256_hex(value));
    }
    if (shape.without_headers)
        out.add_owned("ceasewire.original_headers", std::to_string(message.headers.size()));
    if (shape.without_key)
        out.add_owned("ceasewire.original_key_bytes", std::to_string(message.key->size()));
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    CEASEWIRE_ASSERT(
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) append_hex(text, digest[i], 2);
    return text;
}

}  // namespace ceasewire::stream
