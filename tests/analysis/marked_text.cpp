#include "analysis/marked_text.h"

#include <algorithm>

#include "lexicon/calendar.h"
#include "support/shipped_lexicon.h"
#include "syntax/model.h"

namespace ceasewire::test {
namespace {

constexpr std::string_view kWar = "\n\nThe war went on.";

const syntax::Model& model() {
    static const syntax::Model loaded = [] {
        const std::string& bytes = shipped_lexicon().data().syntax_model;
        auto made = syntax::load_model(std::as_bytes(std::span(bytes)));
        if (!made) std::abort();
        return std::move(*made);
    }();
    return loaded;
}

std::string label_of(const FoundActor& actor) { return actor.id.empty() ? "group" : actor.id; }

Span in_body(const Analyzed& analyzed, Span span) {
    const std::uint32_t at = analyzed.document.body().begin;
    return {span.begin - at, span.end - at};
}

bool is_shown(const Analyzed& analyzed, Span span) {
    return span.begin >= analyzed.document.body().begin &&
           span.end <= analyzed.document.body().end - analyzed.added;
}

}  // namespace

std::string strip(std::string_view marked) {
    std::string text;
    bool in_label = false;
    for (const char c : marked) {
        if (c == '[') {
            in_label = true;
        } else if (in_label) {
            in_label = c != '|';
        } else if (c != ']') {
            text += c;
        }
    }
    return text;
}

std::string render(std::string_view text, std::vector<Mark> marks) {
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    std::string out;
    std::vector<std::uint32_t> open;  // ends of the marks that are open
    std::size_t next = 0;
    for (std::uint32_t at = 0; at <= text.size(); ++at) {
        while (!open.empty() && open.back() == at) {
            out += ']';
            open.pop_back();
        }
        for (; next < marks.size() && marks[next].span.begin == at; ++next) {
            if (!open.empty() && open.back() < marks[next].span.end)
                return "marks cross: " + marks[next].label + " in " + std::string(text);
            out += "[" + marks[next].label + "|";
            open.push_back(marks[next].span.end);
        }
        if (at < text.size()) out += text[at];
    }
    return out;
}

void analyze(std::string_view text, const Wish& wish, Analyzed& out) {
    const std::string_view behind = wish.war ? kWar : std::string_view();
    out.added = static_cast<std::uint32_t>(behind.size());
    out.document.assign(wish.title, std::string(text) + std::string(behind));
    AnalyzeOptions options;
    if (const auto day = parse_day_range(wish.day)) options.day = day->first;
    options.claims = wish.claims;
    options.model = &model();
    analyze(out.document, shipped_lexicon(), options, out.analysis);
}

std::vector<Mark> actor_marks(const Analyzed& analyzed) {
    std::vector<Mark> marks;
    for (const Mention& mention : analyzed.analysis.mentions) {
        if (!is_shown(analyzed, mention.span)) continue;
        const std::string label = label_of(analyzed.analysis.actors[mention.actor]);
        marks.push_back(
            {label == "group" ? label : "actor:" + label, in_body(analyzed, mention.span)});
    }
    return marks;
}

std::vector<Mark> teller_marks(const Analyzed& analyzed) {
    std::vector<Mark> marks;
    for (const Claim& claim : analyzed.analysis.claims) {
        // A sentence's side clauses are claims of their own; the sentence's teller is what is
        // shown.
        const Sentence& sentence = analyzed.analysis.sentences[claim.sentence.value()];
        if (!is_shown(analyzed, sentence.span) || claim.span != sentence.span) continue;
        const auto name = [&](std::uint32_t actor) {
            const FoundActor& found = analyzed.analysis.actors[actor];
            return found.id.empty() ? found.name : found.id;
        };
        std::string label = claim.sources.empty() ? "author" : name(claim.sources.front());
        for (std::size_t i = 0; i < claim.via.size(); ++i)
            label += (i == 0 ? " via " : ", ") + name(claim.via[i]);
        marks.push_back({label, in_body(analyzed, sentence.span)});
    }
    return marks;
}

std::vector<Mark> sentence_marks(const Analyzed& analyzed) {
    std::vector<Mark> marks;
    for (const Sentence& sentence : analyzed.analysis.sentences) {
        if (is_shown(analyzed, sentence.span))
            marks.push_back({"s", in_body(analyzed, sentence.span)});
    }
    return marks;
}

std::string shown(const Analyzed& analyzed) {
    const Span body = analyzed.document.body();
    return std::string(analyzed.document[{body.begin, body.end - analyzed.added}]);
}

}  // namespace ceasewire::test
