/// Prints, for each article on standard input, what the scorers of actors see of each phrase that
/// may name one: one JSON object a line. fit_actors.py learns from it.

#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/passes.h"
#include "article/article.h"
#include "inputs.h"
#include "lexicon/find.h"
#include "record/encode.h"

using namespace ceasewire;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr,
                     "usage: actor_features LEXICON_DIRECTORY < articles.jsonl > features.jsonl\n");
        return 64;
    }
    const Lexicon lexicon = training::read_lexicon(argv[1]);
    std::string names = "{\"features\":[";
    for (std::size_t i = 0; i < analysis::actor_feature_names().size(); ++i) {
        if (i > 0) names += ',';
        append_json_string(names, analysis::actor_feature_names()[i]);
    }
    std::puts((names + "]}").c_str());
    Analysis found;
    std::vector<analysis::ActorCandidate> seen;
    training::for_each_article(std::cin, [&](const Article& article, const Document& document) {
        AnalyzeOptions options;
        options.day = article.published_day;
        options.claims = false;
        analyze(document, lexicon, options, found);
        if (found.sentences.empty()) return;
        const analysis::View view(document, lexicon, found.phrases);
        found.actors.clear();
        found.mentions.clear();
        seen.clear();
        analysis::find_mentions(view, options, found, &seen);
        for (const analysis::ActorCandidate& candidate : seen) {
            std::string out = "{\"id\":";
            append_json_string(out, article.id);
            out += ",\"scorer\":\"" + std::string(candidate.scorer) + "\",\"exact\":";
            append_json_string(out, document[candidate.span]);
            out += std::string(",\"topic\":") + (found.on_topic ? "true" : "false") +
                   ",\"start\":" + std::to_string(candidate.span.begin) +
                   ",\"score\":" + std::to_string(candidate.score) + ",\"context\":";
            const std::uint32_t from = candidate.span.begin > 60 ? candidate.span.begin - 60 : 0;
            std::uint32_t begin = from;
            const std::string_view text = document.text();
            while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
            std::uint32_t end = std::min<std::uint32_t>(candidate.span.end + 50,
                                                        static_cast<std::uint32_t>(text.size()));
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
                ++end;
            append_json_string(out, text.substr(begin, end - begin));
            out += ",\"features\":[";
            for (std::size_t i = 0; i < candidate.features.size(); ++i)
                out += (i > 0 ? "," : "") + std::to_string(candidate.features[i].first);
            out += "]}";
            std::puts(out.c_str());
        }
    });
    return 0;
}
