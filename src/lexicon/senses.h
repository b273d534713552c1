#pragma once
/// Of which kinds English words are: "rebuff" is a word of refusing, "hurdle" an obstacle. Lets a
/// scorer know words that its training never saw.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ceasewire {

enum class PartOfSpeech : std::uint8_t { verb, noun, adjective };

/// Kinds by word. Fill, settle, then ask; asking is safe from any thread and costs a hash of the
/// word's stem and a binary search.
class Senses {
public:
    using Kind = std::uint16_t;

    /// The number of the kind so named, which is made when it is new.
    [[nodiscard]] Kind kind(std::string_view name);
    [[nodiscard]] std::string_view name(Kind kind) const { return names_[kind]; }
    void add(std::string_view word, PartOfSpeech part, Kind kind);
    void settle();

    struct Sense {
        std::uint64_t stem = 0;  ///< hash
        PartOfSpeech part = PartOfSpeech::verb;
        Kind kind = 0;
        auto operator<=>(const Sense&) const = default;
    };
    /// All senses of a stem as text::stem() gives it, verbs first; empty for an unknown word.
    [[nodiscard]] std::span<const Sense> of_stem(std::string_view stem) const;

private:
    std::vector<std::string> names_;
    std::vector<Sense> senses_;
};

}  // namespace ceasewire
