#pragma once
/// Why a message is no article. The reasons are a closed list that dead letters, metrics, tests and
/// docs share.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ceasewire {

enum class Reason : std::uint8_t {
    empty,            ///< no bytes, or blanks only
    too_large,        ///< more bytes than message_bytes_max
    bad_utf8,         ///< invalid UTF-8, raw or after unescaping (a lone surrogate)
    bad_json,         ///< malformed JSON anywhere in the message
    too_deep,         ///< nested beyond json_depth_max
    not_an_article,   ///< valid JSON of no known shape
    wrong_type,       ///< a field that we need has the wrong type
    no_text,          ///< neither title nor body has a character that is not blank
    publish_refused,  ///< the broker would not take the record
};
inline constexpr std::array kReasons = {
    Reason::empty,      Reason::too_large, Reason::bad_utf8,
    Reason::bad_json,   Reason::too_deep,  Reason::not_an_article,
    Reason::wrong_type, Reason::no_text,   Reason::publish_refused};

/// The reason's stable name, as in dead letters and metric labels.
[[nodiscard]] constexpr std::string_view to_string(Reason reason) {
    switch (reason) {
        case Reason::empty:
            return "empty";
        case Reason::too_large:
            return "too_large";
        case Reason::bad_utf8:
            return "bad_utf8";
        case Reason::bad_json:
            return "bad_json";
        case Reason::too_deep:
            return "too_deep";
        case Reason::not_an_article:
            return "not_an_article";
        case Reason::wrong_type:
            return "wrong_type";
        case Reason::no_text:
            return "no_text";
        case Reason::publish_refused:
            return "publish_refused";
    }
    return "";
}

/// One message turned away. `message` is one line for a person, at most a kilobyte.
struct Rejection {
    Reason reason = Reason::empty;
    std::string field;  ///< JSON pointer ("/body"), empty where no field is to blame
    std::optional<std::uint64_t> byte;  ///< offset into the message as delivered, where known
    std::string message;
};

}  // namespace ceasewire
