#pragma once
/// The proof that a stretch of the input was carried: the core runs again, and each record and dead
/// letter is compared with what it says. Knows no client; reads nothing by itself.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "enrich/enrich.h"
#include "stream/dead_letter.h"
#include "stream/message.h"
#include "stream/sink.h"

namespace ceasewire::stream {

enum class Fault : std::uint8_t {
    missing,    ///< neither a record nor a dead letter
    doubled,    ///< a further copy
    reordered,  ///< first copies of one input partition out of its order within an output partition
    differing,  ///< other bytes, key or headers than the core's
    misplaced,  ///< a record where a dead letter belongs, or the other way round
    unexpected,  ///< of an input position where there is no message
};
inline constexpr std::array kFaults = {Fault::missing,   Fault::doubled,   Fault::reordered,
                                       Fault::differing, Fault::misplaced, Fault::unexpected};
[[nodiscard]] constexpr std::string_view to_string(Fault fault) {
    switch (fault) {
        case Fault::missing:
            return "missing";
        case Fault::doubled:
            return "doubled";
        case Fault::reordered:
            return "reordered";
        case Fault::differing:
            return "differing";
        case Fault::misplaced:
            return "misplaced";
        case Fault::unexpected:
            return "unexpected";
    }
    return "";
}

struct Finding {
    Fault fault = Fault::missing;
    std::string source;  ///< topic/partition/offset of the input
    std::string output;  ///< the same of the output; empty when there is none
    std::string what;    ///< "value", "key", ...; empty where the fault says all
};

struct AuditCounts {
    std::uint64_t messages = 0;
    std::uint64_t records = 0;  ///< that the core makes of them, with tombstones
    std::uint64_t dead_letters = 0;
    std::uint64_t refused = 0;  ///< records that the broker did not take: dead letters after all
    std::uint64_t foreign = 0;  ///< outputs without a position of ours: somebody else's
    std::array<std::uint64_t, kFaults.size()> faults{};
    std::uint64_t& operator[](Fault fault) { return faults[static_cast<std::size_t>(fault)]; }
    std::uint64_t operator[](Fault fault) const { return faults[static_cast<std::size_t>(fault)]; }
};

/// Works by windows: begin() with some stretches of input, expect() for each of their messages,
/// then saw() for each output that may belong to them, in order within an output partition, then
/// end(). Holds 48 bytes for each offset of a window and nothing else that grows with the input.
class Audit {
public:
    struct Stretch {
        std::string topic;
        std::int32_t partition = 0;
        std::int64_t begin = 0;
        std::int64_t end = 0;
    };

    /// `group` is the name that dead letters carry. `report` hears every finding. A record that was
    /// made with another lexicon than this one differs; the finding says which it names.
    Audit(const Lexicon& lexicon, DecodeLimits limits, std::string group,
          std::function<void(const Finding&)> report);

    void begin(const std::vector<Stretch>& window);
    void expect(const Message& message);
    void saw(Destination where, const Message& output);
    void end();
    [[nodiscard]] const AuditCounts& counts() const { return counts_; }

private:
    enum class Kind : std::uint8_t { none, record, tombstone, dead_letter };
    /// What an output must be, as the beginnings of SHA-256.
    struct Slot {
        std::uint64_t value = 0;
        std::uint64_t key = 0;
        std::uint64_t headers = 0;
        std::uint64_t original = 0;      ///< the message's value
        std::uint64_t original_key = 0;  ///< and key, should the broker refuse the record
        Kind kind = Kind::none;
        bool seen = false;
        Reason reason = Reason::empty;
    };
    struct Run {
        std::int64_t last_source = -1;
        std::int64_t last_output = -1;
        std::int64_t window_began_after = -1;  ///< outputs of earlier windows end there
    };
    struct Window {
        Stretch stretch;
        std::vector<Slot> slots;
    };
    using Place = std::pair<std::string, std::int32_t>;

    void find(Fault fault, const std::string& source, const Message* output, std::string what = "");
    void compare(const Slot& slot, Destination where, const std::string& source,
                 const Message& output);
    void compare_refused(const Slot& slot, const std::string& source, const Message& output);

    const Lexicon& lexicon_;
    const std::string group_;
    const std::function<void(const Finding&)> report_;
    Scratch scratch_;
    HeaderList headers_;
    std::string bytes_;
    std::map<Place, Window> window_;
    std::map<std::pair<Place, Place>, Run> runs_;  ///< output place, input place
    AuditCounts counts_;
};

/// The first eight bytes of the SHA-256, as a number.
[[nodiscard]] std::uint64_t fingerprint(std::string_view bytes);

}  // namespace ceasewire::stream
