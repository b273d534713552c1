#include "show/claims.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "show/words.h"
#include "show/wrap.h"

namespace ceasewire::show {
namespace {

constexpr std::string_view kIndent = "             ";  // as wide as the act's column
constexpr std::string_view kBar = "           │ ";
constexpr std::size_t kActColumns = 11;

std::string upper(std::string_view ascii) {
    std::string out(ascii);
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

/// "A", "A and B", "A, B and C".
void add_names(const EnrichedRecord& record, std::span<const ActorIndex> indices, Ink ink,
               StyledText& text) {
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (i > 0) text.add(i + 1 == indices.size() ? " and " : ", ");
        text.add(record.actors[indices[i]].name, ink);
    }
}

bool same(std::span<const ActorIndex> a, std::span<const ActorIndex> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Whose act it is: the doer, else the one who tells it.
void add_who(const EnrichedRecord& record, const RecordClaim& claim, StyledText& text) {
    if (!claim.actors.empty()) {
        add_names(record, claim.actors, Ink::bold, text);
    } else if (!claim.sources.empty()) {
        add_names(record, claim.sources, Ink::bold, text);
    } else {
        text.add("nobody named", Ink::dim);
    }
    if (!claim.targets.empty()) {
        text.add(" → ");
        add_names(record, claim.targets, Ink::bold, text);
    }
}

/// "hostage release, ceasefire: 33 hostages, six weeks, Monday (2025-01-13)".
void add_terms(const RecordClaim& claim, StyledText& text) {
    bool first = true;
    for (const std::string_view term : claim.terms) {
        text.add(first ? "" : ", ").add(spaced(term));
        first = false;
    }
    bool first_detail = true;
    const auto detail = [&] {
        text.add(!first_detail ? ", " : text.empty() ? "" : ": ");
        first_detail = false;
    };
    for (const RecordQuantity& quantity : claim.quantities) {
        detail();
        text.add(quantity.exact);
    }
    for (const RecordWhen& when : claim.when) {
        detail();
        text.add(in_words(when));
    }
}

/// Who tells it and whose hands it went through, from the speaker's to the reader's.
void add_source(const EnrichedRecord& record, const RecordClaim& claim, StyledText& text) {
    if (claim.sources.empty()) {
        text.add("told by the article itself", Ink::dim);
    } else if (claim.actors.empty() || same(claim.actors, claim.sources)) {
        text.add("own statement");
    } else {
        text.add("told by ");
        add_names(record, claim.sources, Ink::bold, text);
    }
    for (std::size_t i = claim.via.size(); i-- > 0;) {
        text.add(", through ").add(record.actors[claim.via[i]].name, Ink::bold);
    }
}

std::string_view stance_in_words(std::string_view stance) {
    if (stance == "for") return "in favour";
    if (stance == "neutral") return "";
    return stance;
}

/// What the act leaves open: stance, status, how sure.
void add_degree(const RecordClaim& claim, StyledText& text) {
    const auto add = [&](std::string_view part) {
        if (!part.empty()) text.add(text.empty() ? "" : " · ", Ink::dim).add(part, Ink::dim);
    };
    add(stance_in_words(claim.stance));
    if (claim.status != "actual" && claim.status != claim.stance) add(claim.status);
    add("confidence " + confidence_in_words(claim.confidence));
}

/// The claim's own words, with the actors that its fields name and the cue marked.
void add_sentence(const EnrichedRecord& record, const RecordClaim& claim, StyledText& text) {
    const std::string_view exact = claim.slice.exact;
    // Slices count code points; find the byte of each, the end included.
    std::vector<std::size_t> byte_of;
    byte_of.reserve(exact.size() + 1);
    for (std::size_t i = 0; i < exact.size(); ++i) {
        if ((static_cast<unsigned char>(exact[i]) & 0xC0U) != 0x80U) byte_of.push_back(i);
    }
    byte_of.push_back(exact.size());
    std::vector<Ink> inks(exact.size(), Ink::plain);
    const auto mark = [&](const RecordSlice& slice, Ink ink) {
        if (slice.field != claim.slice.field || slice.end <= claim.slice.start ||
            slice.start >= claim.slice.end) {
            return;
        }
        const std::size_t from = std::max(slice.start, claim.slice.start) - claim.slice.start;
        const std::size_t to = std::min(slice.end, claim.slice.end) - claim.slice.start;
        if (to >= byte_of.size()) return;
        std::fill(inks.begin() + static_cast<std::ptrdiff_t>(byte_of[from]),
                  inks.begin() + static_cast<std::ptrdiff_t>(byte_of[to]), ink);
    };
    for (const auto& indices : {claim.actors, claim.sources, claim.via, claim.targets}) {
        for (const ActorIndex index : indices) {
            for (const RecordMention& mention : record.actors[index].mentions) {
                mark(mention.slice, Ink::bold);
            }
        }
    }
    if (claim.cue) mark(*claim.cue, Ink::underlined);
    for (std::size_t at = 0; at < exact.size();) {
        std::size_t end = at + 1;
        while (end < exact.size() && inks[end] == inks[at]) ++end;
        text.add(exact.substr(at, end - at), inks[at]);
        at = end;
    }
}

void append_heading(const Article& article, const TerminalStyle& style, std::string& out) {
    if (article.has_title) {
        StyledText title;
        wrap(title.add(article.title, Ink::bold), "", "", style, out);
    }
    StyledText origin;
    const auto add = [&](std::string_view part) {
        if (!part.empty()) origin.add(origin.empty() ? "" : " · ", Ink::dim).add(part, Ink::dim);
    };
    add(article.published_at.substr(0, 10));
    add(article.source);
    add(article.id);
    wrap(origin, "", "", style, out);
    out += '\n';
}

void append_claim(const EnrichedRecord& record, const RecordClaim& claim,
                  const TerminalStyle& style, std::string& out) {
    std::string label = upper(claim.act);
    label.resize(std::max(label.size(), kActColumns), ' ');
    StyledText who;
    add_who(record, claim, who);
    // The prefix counts by columns, so its colour is put on after wrapping.
    std::string lines;
    wrap(who, kIndent, kIndent, style, lines);
    out += "  " + inked(label, ink_of(course_of(claim.act)), style) + lines.substr(kIndent.size());
    const auto line = [&](const StyledText& text) {
        if (!text.empty()) wrap(text, kIndent, kIndent, style, out);
    };
    StyledText terms;
    add_terms(claim, terms);
    line(terms);
    StyledText source;
    add_source(record, claim, source);
    StyledText degree;
    add_degree(claim, degree);
    line(source);
    line(degree);
    StyledText sentence;
    add_sentence(record, claim, sentence);
    if (!sentence.empty()) wrap(sentence, kBar, kBar, style, out);
    out += '\n';
}

}  // namespace

void append_claims(const EnrichedRecord& record, const TerminalStyle& style, std::string& out) {
    if (record.claims.empty()) return;
    append_heading(*record.article, style, out);
    for (const RecordClaim& claim : record.claims) append_claim(record, claim, style, out);
}

}  // namespace ceasewire::show
