#pragma once
/// The attributions of a text in marked form:
///
///     [who|The mayor] [cue|said] [says|the road is closed].
///
/// The content's mark tells how it is told: `says` in other words, `quotes` in the source's own,
/// `partly` in both. Where there are several, each mark has the attribution's number: `[who2|…]`.

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/layers.h"
#include "analysis/marked_text.h"
#include "support/shipped_lexicon.h"
#include "syntax/model.h"

namespace ceasewire::test {

struct Spoken {
    Document document;
    syntax::Workspace workspace;
    Layers layers;
};

inline void read(std::string_view text, Spoken& out) {
    static const syntax::Model model = [] {
        auto made =
            syntax::load_model(std::as_bytes(std::span(shipped_lexicon().data().syntax_model)));
        if (!made) std::abort();
        return std::move(*made);
    }();
    out.document.assign("", text);
    read_layers(out.document, shipped_lexicon(), {.syntax = true, .attributions = true}, &model,
                out.workspace, out.layers);
}

inline std::vector<Mark> spoken_marks(const Spoken& spoken) {
    std::vector<Mark> marks;
    const std::uint32_t at = spoken.document.body().begin;
    std::size_t number = 0;
    for (const analysis::AttributionSpans& found : spoken.layers.attributions) {
        ++number;
        const std::string which =
            spoken.layers.attributions.size() > 1 ? std::to_string(number) : "";
        const auto add = [&](const char* label, const std::vector<Span>& spans) {
            for (const Span span : spans)
                marks.push_back({label + which, {span.begin - at, span.end - at}});
        };
        add("who", found.source);
        add("cue", found.cue);
        add(found.quote == Quote::direct  ? "quotes"
            : found.quote == Quote::mixed ? "partly"
                                          : "says",
            found.content);
    }
    return marks;
}

}  // namespace ceasewire::test
