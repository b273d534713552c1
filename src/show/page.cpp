#include "show/page.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "record/encode.h"
#include "show/markup.h"
#include "show/page_parts.h"
#include "show/words.h"

namespace ceasewire::show {
namespace {

constexpr std::size_t kAliasesShown = 4;

/// Names of strangers stand in bdi elements, so that what turns their direction ends with them.
void append_name(std::string_view name, std::string& out) {
    out += "<bdi>";
    append_escaped(name, out);
    out += "</bdi>";
}

std::string number(std::size_t index) { return std::to_string(index + 1); }

/// "1 claim", "2 claims".
std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

/// Writes one record's page. Claims and actors are c1, c2, … and a1, a2, …; where a claim begins in
/// the text is s1, s2, ….
class Page {
public:
    Page(const EnrichedRecord& record, std::string& out) : record_(record), out_(out) {}

    void write() {
        begin();
        header();
        body();
        claims();
        actors();
        footer();
        out_ += "<div id=\"note\" role=\"tooltip\" hidden></div>\n<script>";
        out_ += kPageScript;
        out_ += "</script>\n</body>\n</html>\n";
    }

private:
    void text(std::string_view words) { append_escaped(words, out_); }

    void begin() {
        const Article& article = *record_.article;
        out_ += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
        out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        out_ += "<meta name=\"color-scheme\" content=\"light dark\">\n";
        out_ += "<meta name=\"referrer\" content=\"no-referrer\">\n";
        out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"";
        out_ += kPagePolicy;
        out_ += "\">\n<title>";
        text(article.has_title ? article.title : article.id);
        out_ += " · ceasewire</title>\n<style>";
        out_ += kPageStyle;
        out_ +=
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#claims\">Go to the claims</a>\n";
        out_ += "<div class=\"sheet\">\n";
    }

    /// ` lang="ar"` where the article names a language that an attribute can hold.
    void language() {
        const std::string_view tag = record_.article->language;
        const bool fit =
            !tag.empty() && tag.size() <= 8 && std::all_of(tag.begin(), tag.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            });
        if (fit) out_.append(" lang=\"").append(tag).append("\"");
    }

    void header() {
        const Article& article = *record_.article;
        out_ += "<header>\n<p class=\"origin\">";
        bool first = true;
        const auto origin = [&](std::string_view part) {
            if (part.empty()) return;
            if (!first) out_ += " · ";
            first = false;
            append_name(part, out_);
        };
        origin(article.source);
        origin(article.published_at.substr(0, 10));
        origin(article.id);
        if (article.url != article.id) origin(article.url);
        out_ += "</p>\n<h1 dir=\"auto\"";
        language();
        out_ += ">";
        const auto title = mark_up(record_, Field::title);
        for (const Paragraph& paragraph : title) write(paragraph);
        if (title.empty()) out_ += "Untitled";
        out_ += "</h1>\n<p class=\"summary\">";
        out_ += record_.claims.empty() ? "No claim about a ceasefire"
                                       : counted(record_.claims.size(), "claim");
        out_ += ", " + counted(record_.actors.size(), "actor");
        out_ += ". Hover, focus or tap a mark to see why.</p>\n";
        legend();
        out_ += "</header>\n";
    }

    void legend() {
        out_ += "<details class=\"legend\" open>\n<summary>What the marks mean</summary>\n<ul>\n";
        for (const Course course :
             {Course::nearer, Course::working, Course::disputed, Course::away}) {
            out_.append("<li class=\"").append(to_string(course)).append("\">");
            for (const std::string_view act : acts_of(course))
                out_.append("<span class=\"act\">").append(act).append("</span> ");
            out_.append(meaning_of(course)).append("</li>\n");
        }
        for (const Kind kind :
             {Kind::people, Kind::states, Kind::armed, Kind::organisations, Kind::media}) {
            out_.append("<li><span class=\"actor ")
                .append(to_string(kind))
                .append("\">Name</span>");
            out_.append(meaning_of(kind)).append("</li>\n");
        }
        out_ += "</ul>\n</details>\n";
    }

    void body() {
        out_ += "<main class=\"text\"";
        language();
        out_ += ">\n";
        for (const Paragraph& paragraph : mark_up(record_, Field::body)) {
            out_ += "<p dir=\"auto\">";
            write(paragraph);
            out_ += "</p>\n";
        }
        out_ += "</main>\n";
    }

    /// One mark for pieces under the same claims; a claim's badge stands where its words end, but
    /// behind the full stop that an outer claim goes on with.
    void write(const Paragraph& paragraph) {
        std::vector<std::uint32_t> ended;
        for (std::size_t i = 0; i < paragraph.size(); ++i) {
            const Piece& piece = paragraph[i];
            if (i == 0 || paragraph[i - 1].claims != piece.claims || !piece.begins.empty()) {
                if (!ended.empty() && !is_punctuation(piece)) badges(ended);
                open_mark(piece);
            }
            if (piece.cue) out_ += "<span class=\"cue\">";
            if (piece.mention) {
                actor_in_text(piece);
            } else {
                text(piece.text);
            }
            if (piece.cue) out_ += "</span>";
            if (i + 1 == paragraph.size() || paragraph[i + 1].claims != piece.claims ||
                !paragraph[i + 1].begins.empty())
                close_mark(piece);
            ended.insert(ended.end(), piece.ends.begin(), piece.ends.end());
        }
        badges(ended);
    }

    static bool is_punctuation(const Piece& piece) {
        return !piece.claims.empty() && piece.text.size() <= 2 &&
               piece.text.find_first_not_of(".,;:!?\"')") == std::string_view::npos;
    }

    void open_mark(const Piece& piece) {
        open_spans_ = piece.begins.size();
        for (const std::uint32_t claim : piece.begins)
            out_ += "<span class=\"at\" id=\"s" + number(claim) + "\" tabindex=\"-1\">";
        if (piece.claims.empty()) return;
        // The innermost claim gives the colour, since it says the most about these words.
        const std::string_view act = record_.claims[piece.claims.back()].act;
        out_.append("<mark class=\"").append(to_string(course_of(act))).append("\"");
        data_claims(piece.claims);
        out_ += ">";
    }

    void close_mark(const Piece& piece) {
        if (!piece.claims.empty()) out_ += "</mark>";
        for (; open_spans_ > 0; --open_spans_) out_ += "</span>";
    }

    void badges(std::vector<std::uint32_t>& claims) {
        for (const std::uint32_t claim : claims) badge(claim);
        claims.clear();
    }

    void data_claims(const std::vector<std::uint32_t>& claims) {
        out_ += " data-claims=\"";
        for (std::size_t i = 0; i < claims.size(); ++i)
            out_ += (i > 0 ? " " : "") + number(claims[i]);
        out_ += "\"";
    }

    void actor_in_text(const Piece& piece) {
        const RecordActor& actor = record_.actors[piece.mention->actor];
        const RecordMention& mention = actor.mentions[piece.mention->mention];
        link_to_actor(piece.mention->actor);
        out_ += " data-why=\"Found by ";
        text(reason_of(mention));
        out_ += "\"";
        // What is left of a mention behind a shorter one inside it is no stop of its own.
        if (!piece.mention_begins) out_ += " tabindex=\"-1\"";
        out_ += ">";
        text(piece.text);
        out_ += "</a>";
    }

    void link_to_actor(ActorIndex index) {
        out_.append("<a class=\"actor ").append(to_string(kind_of(record_.actors[index].type)));
        out_ += "\" href=\"#a" + number(index) + "\"";
    }

    void badge(std::uint32_t index) {
        const std::string_view act = record_.claims[index].act;
        out_.append("<a class=\"act ").append(to_string(course_of(act)));
        out_ += "\" href=\"#c" + number(index) + "\" lang=\"en\" aria-label=\"Claim " +
                number(index) + ": ";
        text(act);
        out_ += "\">";
        text(act);
        out_ += "</a>";
    }

    void names(std::span<const ActorIndex> indices) {
        for (std::size_t i = 0; i < indices.size(); ++i) {
            if (i > 0) out_ += i + 1 == indices.size() ? " and " : ", ";
            link_to_actor(indices[i]);
            out_ += ">";
            append_name(record_.actors[indices[i]].name, out_);
            out_ += "</a>";
        }
    }

    template <class Write>
    void row_of(std::string_view label, Write write_value) {
        out_.append("<dt>").append(label).append("</dt><dd>");
        write_value();
        out_ += "</dd>\n";
    }
    void row(std::string_view label, std::string_view value) {
        if (!value.empty()) row_of(label, [&] { append_name(value, out_); });
    }

    void claims() {
        out_ +=
            "<aside id=\"claims\" tabindex=\"-1\" aria-labelledby=\"claims-title\">\n"
            "<h2 id=\"claims-title\">Claims</h2>\n";
        if (record_.claims.empty()) {
            out_ += "<p class=\"summary\">None was found.</p>\n";
        } else {
            out_ += "<ol class=\"list\">\n";
            for (std::uint32_t i = 0; i < record_.claims.size(); ++i) claim(i);
            out_ += "</ol>\n";
        }
        out_ += "</aside>\n";
    }

    void claim(std::uint32_t index) {
        const RecordClaim& claim = record_.claims[index];
        out_.append("<li class=\"card ").append(to_string(course_of(claim.act)));
        out_ += "\" id=\"c" + number(index) + "\" tabindex=\"-1\" data-claims=\"" + number(index) +
                "\">\n<p class=\"head\"><span class=\"act\">";
        text(claim.act);
        out_ += "</span> <span class=\"who\">";
        if (!claim.actors.empty()) {
            names(claim.actors);
        } else if (!claim.sources.empty()) {
            names(claim.sources);
        } else {
            out_ += "nobody named";
        }
        out_ += "</span> <a class=\"show\" href=\"#s" + number(index) +
                "\" aria-label=\"Show claim " + number(index) +
                " in the text\">in the text</a></p>\n";
        out_ += "<p class=\"says\" dir=\"auto\">";
        text(claim.slice.exact);
        out_ += "</p>\n<dl>\n";
        if (!claim.targets.empty()) row_of("target", [&] { names(claim.targets); });
        row_of("told by", [&] {
            if (claim.sources.empty()) {
                out_ += "the article itself";
            } else {
                names(claim.sources);
            }
        });
        if (!claim.via.empty()) {
            // From the speaker's side to the reader's.
            std::vector<ActorIndex> via(claim.via.rbegin(), claim.via.rend());
            row_of("through", [&] {
                for (std::size_t i = 0; i < via.size(); ++i) {
                    if (i > 0) out_ += ", then ";
                    names(std::span(via).subspan(i, 1));
                }
            });
        }
        for (const auto& [label, words] : details_in_words(claim)) row(label, words);
        row_of("confidence", [&] {
            out_ += confidence_in_words(claim.confidence) + "<span class=\"sure s" +
                    std::to_string(std::lround(std::clamp(claim.confidence, 0.0, 1.0) * 10)) +
                    "\"></span>";
        });
        out_ += "</dl>\n<details class=\"why\"><summary>Why</summary>\n<dl>\n";
        row("quote", claim.quote);
        row("cue", claim.cue ? claim.cue->exact : std::string_view());
        row("codes", codes_in_words(claim));
        row("claim id", claim.id);
        out_ += "</dl>\n<ul>";
        for (const std::string_view reason : claim.why) {
            out_ += "<li>";
            append_name(reason, out_);
            out_ += "</li>";
        }
        out_ += "</ul></details>\n</li>\n";
    }

    void actors() {
        out_ +=
            "<section id=\"actors\" aria-labelledby=\"actors-title\">\n"
            "<h2 id=\"actors-title\">Actors</h2>\n";
        if (record_.actors.empty()) out_ += "<p class=\"summary\">None was found.</p>\n";
        if (!record_.actors.empty()) out_ += "<ol class=\"list\">\n";
        for (ActorIndex i = 0; i < record_.actors.size(); ++i) actor(i);
        if (!record_.actors.empty()) out_ += "</ol>\n";
        out_ += "</section>\n";
    }

    void actor(ActorIndex index) {
        const RecordActor& actor = record_.actors[index];
        out_ += "<li class=\"card\" id=\"a" + number(index) + "\" tabindex=\"-1\">\n";
        out_.append("<p class=\"head\"><span class=\"actor ")
            .append(to_string(kind_of(actor.type)));
        out_ += "\">";
        append_name(actor.name, out_);
        out_ += "</span> <span class=\"origin\">";
        text(described(actor));
        out_ += "</span></p>\n<dl>\n";
        row("role", joined(actor.roles, [](std::string_view role) { return std::string(role); }));
        row("id", actor.id);
        row("Wikidata", actor.wikidata);
        row("codes", codes_in_words(actor.codes));
        row("confidence", confidence_in_words(actor.confidence));
        row("also", joined(actor.aliases.first(std::min(actor.aliases.size(), kAliasesShown)),
                           [](std::string_view name) { return std::string(name); }));
        out_ += "</dl>\n<details class=\"why named\"><summary>Named " +
                counted(actor.mentions.size(), "time") + "</summary><ul>";
        for (const RecordMention& mention : actor.mentions) {
            out_ += "<li>";
            append_name(mention.slice.exact, out_);
            out_ += " · ";
            text(reason_of(mention));
            out_ += "</li>";
        }
        out_ += "</ul></details>\n</li>\n";
    }

    void footer() {
        out_ += "<footer>Made by ceasewire ";
        out_.append(kProgramVersion).append(" with lexicon ");
        text(record_.lexicon_version);
        out_ += ". It says what the article claims, not what is true.";
        for (const ArticleWarning& warning : record_.article->warnings) {
            out_.append(" Odd: ").append(spaced(to_string(warning.code)));
            if (!warning.field.empty()) out_.append(" (").append(warning.field).append(")");
            out_ += ".";
        }
        out_ += "</footer>\n</div>\n";
    }

    const EnrichedRecord& record_;
    std::string& out_;
    std::size_t open_spans_ = 0;  ///< of claims that begin with the open mark
};

}  // namespace

void append_escaped(std::string_view text, std::string& out) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\'') {
            out += "&#39;";
        } else if (byte < 0x20 && c != '\n' && c != '\t') {
            out += "\xE2\x90";  // U+2400 and on: pictures of control characters
            out += static_cast<char>(0x80U + byte);
        } else if (byte == 0x7F) {
            out += "\xE2\x90\xA1";
        } else {
            out += c;
        }
    }
}

void append_page(const EnrichedRecord& record, std::string& out) { Page(record, out).write(); }

}  // namespace ceasewire::show
