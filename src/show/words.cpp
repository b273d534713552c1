#include "show/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace ceasewire::show {
namespace {

constexpr std::array<std::string_view, 4> kNearer = {"accept", "announce", "implement", "pledge"};
constexpr std::array<std::string_view, 4> kWorking = {"assess", "call", "negotiate", "propose"};
constexpr std::array<std::string_view, 3> kDisputed = {"accuse", "condition", "deny"};
constexpr std::array<std::string_view, 2> kAway = {"reject", "violate"};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Course course_of(std::string_view act) {
    if (has(kNearer, act)) return Course::nearer;
    if (has(kAway, act)) return Course::away;
    if (has(kDisputed, act)) return Course::disputed;
    return Course::working;
}

std::string_view to_string(Course course) {
    switch (course) {
        case Course::nearer:
            return "nearer";
        case Course::working:
            return "working";
        case Course::disputed:
            return "disputed";
        case Course::away:
            return "away";
    }
    return "";
}

std::string_view meaning_of(Course course) {
    switch (course) {
        case Course::nearer:
            return "brings a halt nearer";
        case Course::working:
            return "works on it";
        case Course::disputed:
            return "disputes or ties it to something";
        case Course::away:
            return "moves it away";
    }
    return "";
}

Ink ink_of(Course course) {
    switch (course) {
        case Course::nearer:
            return Ink::green;
        case Course::working:
            return Ink::blue;
        case Course::disputed:
            return Ink::yellow;
        case Course::away:
            return Ink::red;
    }
    return Ink::plain;
}

std::vector<std::string_view> acts_of(Course course) {
    switch (course) {
        case Course::nearer:
            return {kNearer.begin(), kNearer.end()};
        case Course::working:
            return {kWorking.begin(), kWorking.end()};
        case Course::disputed:
            return {kDisputed.begin(), kDisputed.end()};
        case Course::away:
            return {kAway.begin(), kAway.end()};
    }
    return {};
}

Kind kind_of(std::string_view type) {
    constexpr std::array<std::string_view, 2> kPeople = {"person", "role_group"};
    constexpr std::array<std::string_view, 2> kStates = {"state", "government_body"};
    constexpr std::array<std::string_view, 2> kArmed = {"military", "armed_group"};
    constexpr std::array<std::string_view, 2> kMedia = {"media", "company"};
    if (has(kPeople, type)) return Kind::people;
    if (has(kStates, type)) return Kind::states;
    if (has(kArmed, type)) return Kind::armed;
    if (has(kMedia, type)) return Kind::media;
    return Kind::organisations;
}

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::people:
            return "people";
        case Kind::states:
            return "states";
        case Kind::armed:
            return "armed";
        case Kind::organisations:
            return "organisations";
        case Kind::media:
            return "media";
    }
    return "";
}

std::string_view meaning_of(Kind kind) {
    switch (kind) {
        case Kind::people:
            return "a person or a group of people";
        case Kind::states:
            return "a state or government body";
        case Kind::armed:
            return "an army or armed group";
        case Kind::organisations:
            return "an organisation or party";
        case Kind::media:
            return "news media or a company";
    }
    return "";
}

std::string spaced(std::string_view slug) {
    std::string out(slug);
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

std::string described(const RecordActor& actor) {
    std::string out = spaced(actor.type);
    if (!actor.country.empty()) out.append(" · ").append(actor.country);
    if (actor.number != 0) out.append(" · number ").append(std::to_string(actor.number));
    return out;
}

std::string codes_in_words(const RecordCodes& codes) {
    std::string out;
    if (!codes.cameo.empty()) out.append("CAMEO ").append(codes.cameo);
    if (codes.country.empty() && codes.sectors.empty()) return out;
    out += out.empty() ? "PLOVER" : ", PLOVER";
    if (!codes.country.empty()) out.append(" ").append(codes.country);
    for (const std::string_view sector : codes.sectors) out.append(" ").append(sector);
    return out;
}

std::string in_words(const RecordWhen& when) {
    std::string out(when.exact);
    if (when.from.empty() && when.to.empty()) return out;
    if (when.from == when.exact && when.to == when.from) return out;
    out += " (";
    if (when.from.empty()) {
        out.append("until ").append(when.to);
    } else if (when.to.empty()) {
        out.append("from ").append(when.from);
    } else {
        out.append(when.from);
        if (when.to != when.from) out.append(" to ").append(when.to);
    }
    return out + ")";
}

std::string in_words(const RecordQuantity& quantity) {
    std::array<char, 32> buffer{};
    const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), quantity.value);
    const std::string_view value(buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data()));
    std::string out(quantity.exact);
    if (out.find(value) != std::string::npos) return out;
    out.append(" (").append(value);
    if (!quantity.unit.empty()) out.append(" ").append(spaced(quantity.unit));
    return out + ")";
}

std::string reason_of(const RecordMention& mention) {
    if (mention.why.starts_with(mention.form)) return std::string(mention.why);
    std::string out(mention.form);
    if (!mention.why.empty()) out.append(": ").append(mention.why);
    return out;
}

std::string codes_in_words(const RecordClaim& claim) {
    std::string out;
    if (!claim.cameo.empty()) out.append("CAMEO ").append(claim.cameo);
    if (claim.plover_event.empty()) return out;
    out.append(out.empty() ? "PLOVER " : " · PLOVER ").append(claim.plover_event);
    if (!claim.plover_mode.empty()) out.append(", ").append(claim.plover_mode);
    return out;
}

std::string confidence_in_words(double confidence) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.2f", confidence);
    return buffer.data();
}

std::vector<std::pair<std::string_view, std::string>> details_in_words(const RecordClaim& claim) {
    return {
        {"terms", joined(claim.terms, [](std::string_view term) { return spaced(term); })},
        {"quantities",
         joined(claim.quantities, [](const RecordQuantity& each) { return in_words(each); })},
        {"when", joined(claim.when, [](const RecordWhen& each) { return in_words(each); })},
        {"stance", std::string(claim.stance)},
        {"status", std::string(claim.status)},
    };
}

}  // namespace ceasewire::show
