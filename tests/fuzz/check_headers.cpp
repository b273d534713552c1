#include <algorithm>
#include <vector>

#include "checks.h"
#include "stream/audit.h"
#include "stream/dead_letter.h"
#include "stream/replay.h"
#include "support/small_lexicon.h"

namespace ceasewire::fuzz {
namespace {

using stream::DeadLetterShape;
using stream::Header;
using stream::HeaderList;
using stream::Message;
using stream::Replay;

constexpr std::uint32_t kAttemptsMax = 3;
constexpr std::array<std::string_view, 12> kNames = {"ceasewire-source",
                                                     "ceasewire.reason",
                                                     "ceasewire.attempt",
                                                     "ceasewire.replayed",
                                                     "ceasewire.truncated",
                                                     "ceasewire.original_headers",
                                                     "ceasewire.original_key_bytes",
                                                     "ceasewire.sha256",
                                                     "__connect.errors.topic",
                                                     "__connect.errors.partition",
                                                     "__connect.errors.offset",
                                                     "trace"};

/// Takes parts off the front of the input.
class Parts {
public:
    explicit Parts(std::string_view bytes) : left_(bytes) {}
    [[nodiscard]] bool empty() const { return left_.empty(); }
    unsigned number() {
        if (left_.empty()) return 0;
        const auto byte = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        return byte;
    }
    std::string_view text() {
        const std::string_view taken = left_.substr(0, number() % 48);
        left_.remove_prefix(std::min(taken.size(), left_.size()));
        return taken;
    }

private:
    std::string_view left_;
};

Message message_of(std::string_view bytes) {
    Parts parts(bytes);
    Message message;
    message.from = {stream::TopicIndex(0),
                    stream::Partition(static_cast<std::int32_t>(parts.number()))};
    message.offset = stream::Offset(static_cast<std::int64_t>(parts.number()));
    message.topic = "news";
    if (parts.number() % 4 != 0) message.key = parts.text();
    if (parts.number() % 4 != 0) message.value = parts.text();
    while (!parts.empty()) {
        const unsigned choice = parts.number();
        const std::string_view name =
            choice < 2 * kNames.size() ? kNames[choice / 2] : parts.text();
        std::optional<std::string_view> value;
        if (parts.number() % 8 != 0) value = parts.text();
        message.headers.push_back({name, value});
    }
    return message;
}

/// Those that are not from us, in order.
std::vector<Header> foreign(std::span<const Header> headers) {
    std::vector<Header> out;
    for (const Header& header : headers)
        if (!stream::is_dead_letter_header(header.name)) out.push_back(header);
    return out;
}

bool same(const std::vector<Header>& a, const std::vector<Header>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Header& x, const Header& y) {
        return x.name == y.name && x.value == y.value;
    });
}

/// The same message with other headers; its views are those of the first.
Message with(const Message& message, const HeaderList& headers) {
    Message out;
    out.from = message.from;
    out.offset = message.offset;
    out.topic = message.topic;
    out.key = message.key;
    out.value = message.value;
    out.headers.assign(headers.headers().begin(), headers.headers().end());
    return out;
}

std::string check_record(const Message& message) {
    HeaderList out;
    stream::record_headers(message, out);
    const auto headers = out.headers();
    const auto of_source = [](const Header& header) {
        return header.name == stream::kSourceHeader;
    };
    if (std::count_if(headers.begin(), headers.end(), of_source) != 1)
        return "a record with none or several positions";
    if (headers.back().value != stream::source_position(message)) return "a record's position";
    std::vector<Header> kept;
    for (const Header& header : message.headers)
        if (!of_source(header)) kept.push_back(header);
    return same(kept, {headers.begin(), headers.end() - 1}) ? "" : "a record's headers";
}

std::string check_way_back(const Message& message, const Message& letter) {
    HeaderList out;
    stream::replay_headers(letter, out);
    const Message back = with(letter, out);
    if (stream::attempts_of(back) != stream::attempts_of(letter) + 1) return "an attempt uncounted";
    if (!same(foreign(back.headers), foreign(message.headers)))
        return "a message that goes back with other headers";
    return stream::replay_of(back, kAttemptsMax) == Replay::not_a_letter
               ? ""
               : "a message that went back looks like a letter";
}

std::string check_letters(const Message& message) {
    const Rejection rejection{.reason = Reason::bad_json, .field = "/a", .byte = 7, .message = "x"};
    DeadLetterShape shape;
    for (int steps = 0; steps < 100; ++steps) {
        HeaderList out;
        stream::dead_letter_headers(message, rejection, shape, "group", out);
        const Message letter = with(message, out);
        const Replay replay = stream::replay_of(letter, kAttemptsMax);
        const bool whole = shape == DeadLetterShape{};
        if (stream::text_of(letter, "ceasewire.reason") != "bad_json") return "a letter's reason";
        if (whole != (replay != Replay::cut))
            return "a cut letter that goes back, or a whole one not";
        if (whole) {
            if (stream::attempts_of(letter) != stream::attempts_of(message)) return "attempts lost";
            if (!same(foreign(letter.headers), foreign(message.headers)))
                return "a letter's headers";
            if (replay == Replay::again) {
                if (auto wrong = check_way_back(message, letter); !wrong.empty()) return wrong;
            } else if (replay != Replay::too_often) {
                return "our own letter is taken for somebody else's";
            }
        }
        const auto next = stream::smaller(shape, message);
        if (!next) return "";
        shape = *next;
    }
    return "a letter that can shrink for ever";
}

std::string check_audit(const Message& message) {
    static const Lexicon lexicon = std::move(Lexicon::compile(test::small_lexicon())).value();
    std::uint64_t found = 0;
    stream::Audit audit(lexicon, {}, "group", [&](const stream::Finding&) { ++found; });
    audit.begin({{"news", 0, 0, 4}});
    audit.saw(stream::Destination::records, message);
    audit.end();
    // Nothing was expected: the output is somebody else's, outside the window, or of no message.
    return audit.counts().messages == 0 && found <= 6 ? "" : "an audit of nothing that finds much";
}

}  // namespace

std::string complaint_about_headers(std::string_view bytes) {
    const Message message = message_of(bytes);
    for (const auto check : {check_record, check_letters, check_audit})
        if (auto wrong = check(message); !wrong.empty()) return wrong;
    return "";
}

}  // namespace ceasewire::fuzz
