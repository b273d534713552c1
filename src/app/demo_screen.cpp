#include "app/demo_screen.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "kafka/mock_broker.h"
#include "show/claims.h"
#include "show/wrap.h"

namespace ceasewire::app {
namespace {

using show::Ink;
using show::StyledText;

std::optional<std::uint64_t> sequence_of(const stream::Message& message) {
    for (const stream::Header& header : message.headers) {
        if (header.name != kafka::kSequenceHeader || !header.value) continue;
        std::uint64_t sequence = 0;
        const char* end = header.value->data() + header.value->size();
        if (std::from_chars(header.value->data(), end, sequence).ec == std::errc()) return sequence;
    }
    return std::nullopt;
}

/// The counts that are not 0, the largest first.
template <class Names, class Name>
std::string counts_text(const Names& names, const Name& name_of,
                        std::span<const std::uint64_t> counts) {
    std::vector<std::pair<std::uint64_t, std::string>> rows;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) rows.emplace_back(counts[i], std::string(name_of(names[i])));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string out;
    for (const auto& [count, name] : rows) {
        out += (out.empty() ? "" : " · ") + name + " " + with_commas(count);
    }
    return out;
}

std::string rate_text(double per_second) {
    std::array<char, 32> buffer{};
    if (per_second >= 100) return with_commas(static_cast<std::uint64_t>(per_second));
    std::snprintf(buffer.data(), buffer.size(), "%.1f", per_second);
    return buffer.data();
}

std::string bytes_text(std::uint64_t bytes) {
    std::array<char, 32> buffer{};
    const auto size = static_cast<double>(bytes);
    if (bytes < std::uint64_t{1} << 20U) {
        std::snprintf(buffer.data(), buffer.size(), "%.1f KiB", size / 1024);
    } else {
        std::snprintf(buffer.data(), buffer.size(), "%.1f MiB", size / 1024 / 1024);
    }
    return buffer.data();
}

}  // namespace

std::string with_commas(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

void DemoScreen::lane_started(std::shared_ptr<const stream::LaneCounters> counters) {
    const std::lock_guard lock(mutex_);
    lanes_.push_back(std::move(counters));
}

double DemoScreen::core_seconds() const {
    const std::lock_guard lock(mutex_);
    double seconds = 0;
    for (const auto& lane : lanes_) {
        seconds += static_cast<double>(
                       lane->stages[static_cast<std::size_t>(stream::Stage::enrich)].sum_us()) *
                   1e-6;
    }
    return seconds;
}

void DemoScreen::enriched(const stream::Message& message, const EnrichedRecord& record) {
    std::string text;
    if (options_.claims && record.relevant) {
        show::append_claims(record, options_.style, text);
    } else if (options_.claims && options_.irrelevant) {
        StyledText line;
        line.add(record.article->has_title ? record.article->title : record.article->id, Ink::dim);
        show::wrap(line, "no claim    ", "            ", options_.style, text);
        text += '\n';
    }
    const std::lock_guard lock(mutex_);
    for (const RecordClaim& claim : record.claims) {
        const auto found = std::find(stream::kActs.begin(), stream::kActs.end(), claim.act);
        const auto index = found == stream::kActs.end()
                               ? stream::kActs.size() - 1
                               : static_cast<std::size_t>(found - stream::kActs.begin());
        ++counts_.acts[index];
    }
    keep(message, std::move(text));
}

void DemoScreen::rejected(const stream::Message& message, const Rejection& rejection) {
    std::string text;
    if (options_.claims) {
        StyledText line;
        line.add(to_string(rejection.reason), Ink::yellow);
        if (!rejection.field.empty()) line.add(" at ").add(rejection.field);
        if (rejection.byte) line.add(" at byte ").add(std::to_string(*rejection.byte));
        line.add(": ").add(rejection.message);
        show::wrap(line, "dead letter ", "            ", options_.style, text);
        text += '\n';
    }
    const std::lock_guard lock(mutex_);
    ++counts_.reasons[static_cast<std::size_t>(rejection.reason)];
    keep(message, std::move(text));
}

void DemoScreen::keep(const stream::Message& message, std::string text) {
    if (const auto sequence = sequence_of(message)) {
        ready_[*sequence] = std::move(text);
    } else {
        others_ += text;
    }
}

void DemoScreen::log(stream::LogLevel level, std::string_view line) {
    if (level < stream::LogLevel::error) return;
    const std::lock_guard lock(mutex_);
    log_.emplace_back(line);
}

void DemoScreen::take(std::uint64_t sequence, std::string& out) {
    const std::lock_guard lock(mutex_);
    const auto found = ready_.find(sequence);
    if (found == ready_.end()) return;
    out += found->second;
    ready_.erase(found);
}

void DemoScreen::take_others(std::string& out) {
    const std::lock_guard lock(mutex_);
    out += others_;
    others_.clear();
}

std::vector<std::string> DemoScreen::take_log() {
    const std::lock_guard lock(mutex_);
    return std::exchange(log_, {});
}

DemoScreen::Counts DemoScreen::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

std::string summary_text(const DemoSummary& summary, const show::TerminalStyle& style) {
    std::string out;
    const auto line = [&](std::string_view name, const StyledText& text) {
        std::string label(name);
        label.resize(14, ' ');
        show::wrap(text, label, std::string(14, ' '), style, out);
    };
    const double seconds = std::max(summary.seconds, 1e-3);
    const std::uint64_t back = summary.records + summary.dead_letters;
    StyledText articles;
    articles.add(with_commas(summary.fed), Ink::bold).add(" in, ");
    articles.add(with_commas(back), Ink::bold).add(" out: ");
    articles.add(with_commas(summary.records)).add(" records and ");
    articles.add(with_commas(summary.dead_letters)).add(" dead letters");
    if (summary.under_way > 0) {
        articles.add(", " + with_commas(summary.under_way) + " under way when interrupted");
    } else if (summary.lost > 0) {
        articles.add(", ").add(with_commas(summary.lost) + " lost", Ink::red);
    } else {
        articles.add(", none lost");
    }
    if (summary.copies > 0) articles.add(", " + with_commas(summary.copies) + " sent twice");
    if (summary.too_long > 0) {
        articles.add("; lines too long to feed: " + with_commas(summary.too_long));
    }
    line("articles", articles);
    StyledText relevant;
    relevant.add(with_commas(summary.relevant), Ink::bold).add(" with a ceasefire claim");
    line("relevant", relevant);
    const auto same = [](std::string_view name) { return name; };
    StyledText claims;
    claims.add(with_commas(summary.claims), Ink::bold);
    const std::string acts = counts_text(stream::kActs, same, summary.counts.acts);
    if (!acts.empty()) claims.add(": ").add(acts);
    line("claims", claims);
    StyledText letters;
    letters.add(with_commas(summary.dead_letters), Ink::bold);
    const std::string reasons = counts_text(
        kReasons, [](Reason reason) { return to_string(reason); }, summary.counts.reasons);
    if (!reasons.empty()) letters.add(": ").add(reasons);
    line("dead letters", letters);
    StyledText speed;
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.2f s", seconds);
    speed.add(rate_text(static_cast<double>(back) / seconds), Ink::bold);
    speed.add(" articles/s through the broker and back (").add(bytes_text(summary.fed_bytes));
    speed.add(" in ").add(buffer.data()).add(")");
    if (summary.core_seconds > 0) {
        speed.add("; a core alone does ");
        speed.add(rate_text(static_cast<double>(back) / summary.core_seconds), Ink::bold);
    }
    line("speed", speed);
    return out;
}

}  // namespace ceasewire::app
