#include "stream/audit.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include <openssl/evp.h>

#include "base/assert.h"
#include "record/encode.h"

namespace ceasewire::stream {
namespace {

std::uint64_t fingerprint(std::optional<std::string_view> bytes) {
    return bytes ? stream::fingerprint(*bytes) : 1;  // a null is not an empty text
}

std::uint64_t fingerprint(std::span<const Header> headers) {
    std::string all;
    for (const Header& header : headers) {
        all += std::to_string(header.name.size()) + ' ';
        all += header.name;
        all += header.value ? std::to_string(header.value->size()) + ' ' : "null ";
        all += header.value.value_or(std::string_view());
    }
    return stream::fingerprint(all);
}

/// The last value of a header.
std::optional<std::string_view> value_of(const Message& message, std::string_view name) {
    for (auto at = message.headers.rbegin(); at != message.headers.rend(); ++at) {
        if (at->name == name) return at->value;
    }
    return std::nullopt;
}

struct Origin {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
};

template <class Number>
bool read(std::string_view text, Number& out) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

/// "topic/partition/offset"
std::optional<Origin> read_source(std::string_view text) {
    const auto second = text.rfind('/');
    if (second == std::string_view::npos || second == 0) return std::nullopt;
    const auto first = text.rfind('/', second - 1);
    if (first == std::string_view::npos) return std::nullopt;
    Origin source{std::string(text.substr(0, first)), 0, 0};
    if (!read(text.substr(first + 1, second - first - 1), source.partition) ||
        !read(text.substr(second + 1), source.offset))
        return std::nullopt;
    return source;
}

/// The lexicon that a record says it was made with; empty when it says none. A text that looks like
/// this member has its quotes escaped.
std::string_view lexicon_of(std::optional<std::string_view> record) {
    constexpr std::string_view kMember = "\"lexicon\":\"";
    const std::string_view bytes = record.value_or(std::string_view());
    const auto at = bytes.rfind(kMember);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = bytes.substr(at + kMember.size());
    return rest.substr(0, rest.find('"'));
}

}  // namespace

std::uint64_t fingerprint(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    CEASEWIRE_ASSERT(
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | digest[i];
    return number;
}

Audit::Audit(const Lexicon& lexicon, DecodeLimits limits, std::string group,
             std::function<void(const Finding&)> report)
    : lexicon_(lexicon), group_(std::move(group)), report_(std::move(report)), scratch_(limits) {}

void Audit::begin(const std::vector<Stretch>& window) {
    window_.clear();
    for (const Stretch& stretch : window) {
        Window& entry = window_[{stretch.topic, stretch.partition}];
        entry.stretch = stretch;
        entry.slots.assign(
            static_cast<std::size_t>(std::max<std::int64_t>(0, stretch.end - stretch.begin)),
            Slot{});
    }
    for (auto& [places, run] : runs_) run.window_began_after = run.last_output;
}

void Audit::expect(const Message& message) {
    const auto found = window_.find({std::string(message.topic), message.from.partition.value()});
    if (found == window_.end()) return;
    const Stretch& stretch = found->second.stretch;
    if (message.offset.value() < stretch.begin || message.offset.value() >= stretch.end) return;
    ++counts_.messages;
    Slot& slot =
        found->second.slots[static_cast<std::size_t>(message.offset.value() - stretch.begin)];
    slot.original = fingerprint(message.value);
    slot.original_key = slot.key = fingerprint(message.key);
    slot.value = slot.original;
    record_headers(message, headers_);
    slot.headers = fingerprint(headers_.headers());
    if (!message.value) {
        slot.kind = Kind::tombstone;
        ++counts_.records;
        return;
    }
    const auto record = enrich(*message.value, lexicon_, scratch_);
    if (record) {
        slot.kind = Kind::record;
        ++counts_.records;
        bytes_.clear();
        encode(*record, bytes_);
        slot.value = stream::fingerprint(bytes_);
        slot.key = stream::fingerprint(record->article->id);
        return;
    }
    slot.kind = Kind::dead_letter;
    ++counts_.dead_letters;
    slot.reason = record.error().reason;
    dead_letter_headers(message, record.error(), {}, group_, headers_);  // views into the error
    slot.headers = fingerprint(headers_.headers());
}

void Audit::find(Fault fault, const std::string& source, const Message* output, std::string what) {
    ++counts_[fault];
    report_({fault, source, output != nullptr ? source_position(*output) : "", std::move(what)});
}

void Audit::saw(Destination where, const Message& output) {
    const auto text = value_of(output, kSourceHeader);
    const auto source = text ? read_source(*text) : std::nullopt;
    if (!source) {
        ++counts_.foreign;
        return;
    }
    const Place input{source->topic, source->partition};
    const auto found = window_.find(input);
    if (found == window_.end()) return;
    const Stretch& stretch = found->second.stretch;
    if (source->offset < stretch.begin || source->offset >= stretch.end) return;
    Slot& slot = found->second.slots[static_cast<std::size_t>(source->offset - stretch.begin)];
    const std::string name(*text);
    if (slot.kind == Kind::none) {
        find(Fault::unexpected, name, &output);
        return;
    }
    compare(slot, where, name, output);
    if (slot.seen) {
        find(Fault::doubled, name, &output);
        return;
    }
    slot.seen = true;
    const Place place{std::string(output.topic), output.from.partition.value()};
    Run& run = runs_[{place, input}];
    if (source->offset <= run.last_source || output.offset.value() < run.window_began_after)
        find(Fault::reordered, name, &output, "after offset " + std::to_string(run.last_source));
    run.last_source = std::max(run.last_source, source->offset);
    run.last_output = std::max(run.last_output, output.offset.value());
}

void Audit::compare(const Slot& slot, Destination where, const std::string& source,
                    const Message& output) {
    const bool letter = slot.kind == Kind::dead_letter;
    if (where == Destination::dead_letters && !letter) {
        if (value_of(output, "ceasewire.reason") == to_string(Reason::publish_refused)) {
            compare_refused(slot, source, output);
        } else {
            find(Fault::misplaced, source, &output);
        }
        return;
    }
    if (letter && where == Destination::records) {
        find(Fault::misplaced, source, &output);
        return;
    }
    if (letter && value_of(output, "ceasewire.reason") != to_string(slot.reason)) {
        if (value_of(output, "ceasewire.reason") == to_string(Reason::publish_refused)) {
            compare_refused(slot, source, output);
        } else {
            find(Fault::differing, source, &output, "reason");
        }
        return;
    }
    // A dead letter that was too large says what was cut, and the hash of the whole.
    const auto cut = value_of(output, "ceasewire.sha256");
    if (letter && cut) {
        compare_refused(slot, source, output);
        return;
    }
    if (fingerprint(output.value) != slot.value) {
        const std::string_view made = letter ? std::string_view() : lexicon_of(output.value);
        const bool other = !made.empty() && made != lexicon_.version();
        find(Fault::differing, source, &output,
             other ? "value, made with lexicon " + std::string(made) : "value");
    }
    const bool keyless = letter && value_of(output, "ceasewire.original_key_bytes");
    if (!keyless && fingerprint(output.key) != slot.key)
        find(Fault::differing, source, &output, "key");
    const bool bare = letter && (value_of(output, "ceasewire.original_headers") || keyless);
    if (!bare && fingerprint(output.headers) != slot.headers)
        find(Fault::differing, source, &output, "headers");
}

/// What the broker says about a record cannot be known beforehand; what became of the original can.
void Audit::compare_refused(const Slot& slot, const std::string& source, const Message& output) {
    if (value_of(output, "ceasewire.reason") == to_string(Reason::publish_refused))
        ++counts_.refused;
    const auto hash = value_of(output, "ceasewire.sha256");
    std::uint64_t original = fingerprint(output.value);
    if (hash) {
        original = 0;
        const std::string_view head = hash->substr(0, 16);
        std::from_chars(head.data(), head.data() + head.size(), original, 16);
    }
    if (original != slot.original) find(Fault::differing, source, &output, "value");
    if (!value_of(output, "ceasewire.original_key_bytes") &&
        fingerprint(output.key) != slot.original_key)
        find(Fault::differing, source, &output, "key");
}

void Audit::end() {
    for (const auto& [place, entry] : window_) {
        for (std::size_t i = 0; i < entry.slots.size(); ++i) {
            const Slot& slot = entry.slots[i];
            if (slot.kind == Kind::none || slot.seen) continue;
            find(Fault::missing,
                 place.first + '/' + std::to_string(place.second) + '/' +
                     std::to_string(entry.stretch.begin + static_cast<std::int64_t>(i)),
                 nullptr);
        }
    }
    window_.clear();
}

}  // namespace ceasewire::stream
