#pragma once
/// The words and the order in which terminal and page show a claim: one vocabulary for both.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/record.h"
#include "show/wrap.h"

namespace ceasewire::show {

/// What an act does to a halt of the fighting, as a reader sorts them: one scale for every colour.
enum class Course : std::uint8_t { nearer, working, disputed, away };

/// The course of an act of the record. An act that this list lacks is `working`.
[[nodiscard]] Course course_of(std::string_view act);
/// One word, fit for a class of the page's style: "nearer".
[[nodiscard]] std::string_view to_string(Course course);
/// For the legend: "brings a halt nearer".
[[nodiscard]] std::string_view meaning_of(Course course);
/// The ink of a course where there is colour.
[[nodiscard]] Ink ink_of(Course course);
/// The acts of a course, in alphabetical order.
[[nodiscard]] std::vector<std::string_view> acts_of(Course course);

/// Sorts of actors that are marked alike.
enum class Kind : std::uint8_t { people, states, armed, organisations, media };

/// The kind of an actor's type. A type that this list lacks is `organisations`.
[[nodiscard]] Kind kind_of(std::string_view type);
[[nodiscard]] std::string_view to_string(Kind kind);
/// For the legend: "people and groups of people".
[[nodiscard]] std::string_view meaning_of(Kind kind);

/// A slug with blanks for underscores: "hostage release".
[[nodiscard]] std::string spaced(std::string_view slug);

/// "armed group · PSE", "role group · USA · number 2".
[[nodiscard]] std::string described(const RecordActor& actor);

/// "CAMEO PSEREB, PLOVER PSE REB"; empty when nothing is known.
[[nodiscard]] std::string codes_in_words(const RecordCodes& codes);

/// "Monday (2025-01-13)", "within a week (2025-01-13 to 2025-01-20)".
[[nodiscard]] std::string in_words(const RecordWhen& when);

/// "33 hostages", with the number where the words do not have it: "six weeks (6 week)".
[[nodiscard]] std::string in_words(const RecordQuantity& quantity);

/// The words of each, with commas between.
template <class Range, class Words>
[[nodiscard]] std::string joined(const Range& range, Words words) {
    std::string out;
    for (const auto& each : range) out += (out.empty() ? "" : ", ") + words(each);
    return out;
}

/// What a claim says beside who does what, as label and words, in the order that people read it:
/// terms, quantities, when, stance, status. Words may be empty.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> details_in_words(
    const RecordClaim& claim);

/// How and by which row a mention was found: "alias actors-bodies.tsv:1239", "metonym: seat that
/// acts actors-states.tsv:53".
[[nodiscard]] std::string reason_of(const RecordMention& mention);

/// "CAMEO 1246 · PLOVER REJECT, yield"; empty without codes.
[[nodiscard]] std::string codes_in_words(const RecordClaim& claim);

/// "0.86".
[[nodiscard]] std::string confidence_in_words(double confidence);

}  // namespace ceasewire::show
