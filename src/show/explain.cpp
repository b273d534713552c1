#include "show/explain.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "show/markup.h"
#include "show/words.h"
#include "show/wrap.h"

namespace ceasewire::show {
namespace {

constexpr std::string_view kMargin = "  ";
constexpr std::string_view kClaimBar = "│ ";
constexpr std::size_t kLabelIndent = 4;
constexpr std::size_t kLabelColumns = 12;

class Explanation {
public:
    Explanation(const EnrichedRecord& record, const TerminalStyle& style, std::string& out)
        : record_(record), style_(style), out_(out) {}

    void write() {
        heading();
        field(Field::body);
        if (record_.claims.empty()) {
            StyledText none;
            none.add("No claim about a ceasefire.", Ink::dim);
            lines(none, kMargin);
            out_ += '\n';
        }
        actors();
        warnings();
    }

private:
    void lines(const StyledText& text, std::string_view prefix) {
        wrap(text, prefix, prefix, style_, out_);
    }

    void heading() {
        const Article& article = *record_.article;
        StyledText origin;
        for (const std::string_view part :
             {article.published_at.substr(0, 10), article.source, article.id}) {
            if (part.empty()) continue;
            origin.add(origin.empty() ? "" : " · ", Ink::dim).add(part, Ink::dim);
        }
        lines(origin, kMargin);
        out_ += '\n';
        field(Field::title);
    }

    /// The text, stretch by stretch: one that claims lie over with its claims below it, and one
    /// that none does.
    void field(Field which) {
        for (const Paragraph& paragraph : mark_up(record_, which)) {
            StyledText stretch;
            std::vector<std::uint32_t> ended;
            bool claimed = false;
            const auto flush = [&] {
                if (!stretch.empty() && stretch.text() != " ")
                    lines(stretch, claimed ? kClaimBar : kMargin);
                stretch = {};
                std::sort(ended.begin(), ended.end());
                if (!ended.empty()) out_ += '\n';
                for (const std::uint32_t claim : ended) write_claim(claim, paragraph);
                ended.clear();
            };
            for (std::size_t i = 0; i < paragraph.size(); ++i) {
                const Piece& piece = paragraph[i];
                if (i > 0 && !connected(paragraph[i - 1], piece)) flush();
                claimed = !piece.claims.empty();
                add(piece, which, stretch);
                ended.insert(ended.end(), piece.ends.begin(), piece.ends.end());
            }
            flush();
            if (paragraph.back().ends.empty()) out_ += '\n';
        }
    }

    /// Whether a claim goes on from one piece to the next, or none is over either.
    static bool connected(const Piece& before, const Piece& piece) {
        if (before.claims.empty() && piece.claims.empty()) return true;
        return std::any_of(piece.claims.begin(), piece.claims.end(), [&](std::uint32_t claim) {
            return std::find(before.claims.begin(), before.claims.end(), claim) !=
                   before.claims.end();
        });
    }

    void add(const Piece& piece, Field which, StyledText& to) const {
        Ink ink = which == Field::title ? Ink::bold : Ink::plain;
        if (piece.cue) ink = Ink::underlined;
        if (!piece.mention) {
            to.add(piece.text, ink);
        } else if (style_.colour) {
            to.add(piece.text, Ink::bold);
        } else {
            to.add("[").add(piece.text).add("]");
        }
    }

    /// Two spaces, the label, the value.
    void row(std::string_view label, const StyledText& value, Ink ink = Ink::dim) {
        if (value.empty()) return;
        const std::string indent(kLabelIndent + kLabelColumns, ' ');
        std::string text;
        wrap(value, indent, indent, style_, text);
        std::string padded(label);
        padded.resize(std::max(padded.size() + 1, kLabelColumns), ' ');
        // The prefix counts by columns, so its colour is put on after wrapping.
        out_ += std::string(kLabelIndent, ' ') + inked(padded, ink, style_) +
                text.substr(indent.size());
    }
    void row(std::string_view label, std::string_view value) {
        StyledText text;
        text.add(value);
        row(label, text);
    }

    void names(std::span<const ActorIndex> indices, StyledText& to) const {
        for (std::size_t i = 0; i < indices.size(); ++i) {
            if (i > 0) to.add(i + 1 == indices.size() ? " and " : ", ");
            to.add(record_.actors[indices[i]].name, Ink::bold);
        }
    }

    void write_claim(std::uint32_t index, const Paragraph& paragraph) {
        const RecordClaim& claim = record_.claims[index];
        StyledText who;
        const auto& doers = claim.actors.empty() ? claim.sources : claim.actors;
        if (doers.empty()) {
            who.add("nobody named", Ink::dim);
        } else {
            names(doers, who);
        }
        std::string act(claim.act);
        for (char& c : act) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        row(act, who, ink_of(course_of(claim.act)));
        if (is_part(index, paragraph)) row("words", claim.slice.exact);
        StyledText targets;
        names(claim.targets, targets);
        row("target", targets);
        StyledText sources;
        if (claim.sources.empty()) {
            sources.add("the article itself", Ink::dim);
        } else {
            names(claim.sources, sources);
        }
        row("told by", sources);
        StyledText via;  // from the speaker's side to the reader's
        for (std::size_t i = claim.via.size(); i-- > 0;) {
            if (!via.empty()) via.add(", then ");
            via.add(record_.actors[claim.via[i]].name, Ink::bold);
        }
        row("through", via);
        for (const auto& [label, words] : details_in_words(claim)) row(label, words);
        if (claim.quote != "none") row("quote", claim.quote);
        row("codes", codes_in_words(claim));
        row("confidence", confidence_in_words(claim.confidence));
        for (std::size_t i = 0; i < claim.why.size(); ++i) {
            StyledText why;
            row(i == 0 ? "why" : "", why.add(claim.why[i], Ink::dim));
        }
        out_ += '\n';
    }

    /// Whether a claim's words are only a part of what stands above it; a full stop is no part.
    [[nodiscard]] bool is_part(std::uint32_t index, const Paragraph& paragraph) const {
        const std::size_t size = record_.claims[index].slice.exact.size();
        return std::any_of(paragraph.begin(), paragraph.end(), [&](const Piece& piece) {
            const auto& claims = piece.claims;
            return std::find(claims.begin(), claims.end(), index) != claims.end() &&
                   record_.claims[claims.front()].slice.exact.size() > size + 2;
        });
    }

    void actors() {
        if (record_.actors.empty()) return;
        out_ += std::string(kMargin) + inked("Actors", Ink::bold, style_) + "\n\n";
        for (const RecordActor& actor : record_.actors) {
            StyledText name;
            name.add(actor.name, Ink::bold).add(", ").add(described(actor));
            for (const std::string_view role : actor.roles) name.add(", ").add(role);
            if (!actor.id.empty()) name.add(" · ", Ink::dim).add(actor.id, Ink::dim);
            if (!actor.wikidata.empty()) name.add(" · ", Ink::dim).add(actor.wikidata, Ink::dim);
            if (const std::string codes = codes_in_words(actor.codes); !codes.empty())
                name.add(" · ", Ink::dim).add(codes, Ink::dim);
            name.add(" · ", Ink::dim).add(confidence_in_words(actor.confidence), Ink::dim);
            wrap(name, kMargin, "      ", style_, out_);
            for (const RecordMention& mention : actor.mentions) {
                StyledText line;
                line.add("\"").add(mention.slice.exact).add("\" ");
                line.add(reason_of(mention), Ink::dim);
                wrap(line, "    ", "      ", style_, out_);
            }
        }
        out_ += '\n';
    }

    void warnings() {
        for (const ArticleWarning& warning : record_.article->warnings) {
            StyledText line;
            line.add("odd: ").add(spaced(to_string(warning.code)));
            if (!warning.field.empty()) line.add(" (").add(warning.field).add(")");
            lines(line, kMargin);
        }
    }

    const EnrichedRecord& record_;
    const TerminalStyle& style_;
    std::string& out_;
};

}  // namespace

void append_explanation(const EnrichedRecord& record, const TerminalStyle& style,
                        std::string& out) {
    Explanation(record, style, out).write();
}

}  // namespace ceasewire::show
