#include "config/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/hex.h"

namespace ceasewire::config {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t size;
};
constexpr std::array kByteUnits = {
    Unit{"B", 1},     Unit{"KiB", 1 << 10},  Unit{"MiB", 1 << 20},     Unit{"GiB", 1 << 30},
    Unit{"kB", 1000}, Unit{"MB", 1'000'000}, Unit{"GB", 1'000'000'000}};
constexpr std::array kTimeUnits = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"min", 60'000},
                                   Unit{"h", 3'600'000}};

/// A whole number and one of `units`; zero needs no unit.
Expected<std::int64_t, std::string> parse_quantity(std::string_view text,
                                                   std::span<const Unit> units,
                                                   std::string_view example) {
    const auto wanted = [&] {
        return "expected a whole number and a unit, such as \"" + std::string(example) + "\"";
    };
    std::int64_t count = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failure != std::errc() || count < 0) return Unexpected(wanted());
    std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    if (unit.empty() && count == 0) return std::int64_t{0};
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const Unit& each) { return each.name == unit; });
    if (found == units.end()) return Unexpected(wanted());
    if (count > std::numeric_limits<std::int64_t>::max() / found->size)
        return Unexpected(std::string("is out of range"));
    return count * found->size;
}

std::string format_quantity(std::int64_t count, std::span<const Unit> units) {
    if (count == 0) return "0";
    const Unit* best = &units.front();
    for (const Unit& unit : units) {
        if (count % unit.size == 0 && unit.size > best->size) best = &unit;
    }
    return std::to_string(count / best->size) + " " + std::string(best->name);
}

}  // namespace

Expected<Bytes, std::string> parse_bytes(std::string_view text) {
    auto count = parse_quantity(text, kByteUnits, "8 MiB");
    if (!count) return Unexpected(std::move(count).error());
    return Bytes{*count};
}

Expected<std::chrono::milliseconds, std::string> parse_duration(std::string_view text) {
    auto count = parse_quantity(text, kTimeUnits, "25 s");
    if (!count) return Unexpected(std::move(count).error());
    return std::chrono::milliseconds(*count);
}

Expected<std::int64_t, std::string> parse_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || rest != text.data() + text.size())
        return Unexpected(std::string("expected a whole number"));
    return number;
}

std::string format(Bytes bytes) {
    return format_quantity(bytes.count, std::span(kByteUnits).first(4));
}
std::string format(std::chrono::milliseconds duration) {
    return format_quantity(duration.count(), kTimeUnits);
}

std::string in_one_line(std::string_view text) {
    std::string out;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            append_hex(out, byte, 2);
        } else {
            out += character;
        }
    }
    return out;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') out += '\\';
        out += character;
    }
    return in_one_line(out) + "\"";
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        parts.emplace_back(part);
        if (comma == std::string_view::npos) return parts;
        text.remove_prefix(comma + 1);
    }
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        // Levenshtein's distance, row by row.
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
        for (std::size_t i = 0; i < name.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i + 1;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t changed = diagonal + (name[i] == candidate[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace ceasewire::config
