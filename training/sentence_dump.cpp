/// Prints every sentence of on-topic articles with its tree, cues and mentions: one JSON object a
/// line. For looking at what a scorer could see.

#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/claims.h"
#include "analysis/passes.h"
#include "article/article.h"
#include "inputs.h"
#include "lexicon/find.h"
#include "record/encode.h"

using namespace ceasewire;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr,
                     "usage: sentence_dump LEXICON_DIRECTORY MODELS_DIRECTORY < articles.jsonl\n");
        return 64;
    }
    const Lexicon lexicon = training::read_lexicon(argv[1], argv[2]);
    const syntax::Model model = training::read_parser(argv[2]);
    Analysis found;
    training::for_each_article(std::cin, [&](const Article& article, const Document& document) {
        AnalyzeOptions options;
        options.day = article.published_day;
        options.claims = false;
        options.model = &model;
        analyze(document, lexicon, options, found);
        if (!found.on_topic) return;
        const analysis::View view(document, lexicon, found.phrases);
        std::vector<analysis::SentenceFacts> facts;
        analysis::gather_facts(view, found, facts);
        const auto whole = analysis::gather_article_facts(view, found, facts);
        const auto at = [&](std::uint32_t byte) {
            return std::to_string(document.code_points_into_field(byte));
        };
        for (std::size_t s = 0; s < found.sentences.size(); ++s) {
            const Sentence& sentence = found.sentences[s];
            std::string out = "{\"id\":";
            append_json_string(out, article.id);
            out += sentence.title ? ",\"field\":\"title\"" : ",\"field\":\"body\"";
            out += ",\"start\":" + at(sentence.span.begin) + ",\"end\":" + at(sentence.span.end) +
                   ",\"paragraph\":" + std::to_string(sentence.paragraph) +
                   ",\"live\":" + (whole.live ? "true" : "false") +
                   ",\"furniture\":" + (found.furniture[s] ? "true" : "false") + ",\"words\":[";
            syntax::parse(view.text(), sentence.span, model, found.workspace, found.tree);
            bool first = true;
            for (const auto& word : found.tree.words) {
                out += first ? "[" : ",[";
                first = false;
                append_json_string(out, slice(view.text(), word.span));
                out += "," + at(word.span.begin) + "," + at(word.span.end) + ",\"" +
                       std::string(syntax::name(word.upos)) + "\",\"" +
                       std::string(syntax::name(word.deprel)) + "\"," + std::to_string(word.head) +
                       "]";
            }
            out += "],\"hits\":[";
            first = true;
            const auto hit = [&](const char* kind, const std::string& value,
                                 const std::string& detail, const analysis::CueHit& h) {
                const Span span = view.span_of(h.begin, h.end);
                out += first ? "[" : ",[";
                first = false;
                out += "\"" + std::string(kind) + "\",\"" + value + "\",\"" + detail + "\"," +
                       at(span.begin) + "," + at(span.end) + "]";
            };
            const auto& data = view.data();
            for (const auto& h : facts[s].core_terms) hit("core", data.terms[h.row].slug, "", h);
            for (const auto& h : facts[s].side_terms) hit("side", data.terms[h.row].slug, "", h);
            for (const auto* list : {&facts[s].reports, &facts[s].acts, &facts[s].negations,
                                     &facts[s].conditions, &facts[s].modals, &facts[s].deals}) {
                const char* kind = list == &facts[s].reports      ? "report"
                                   : list == &facts[s].acts       ? "act"
                                   : list == &facts[s].negations  ? "negation"
                                   : list == &facts[s].conditions ? "condition"
                                   : list == &facts[s].modals     ? "modal"
                                                                  : "deal";
                for (const auto& h : *list)
                    hit(kind, data.cues[h.row].value, data.cues[h.row].detail, h);
            }
            if (facts[s].figurative)
                out += std::string(first ? "" : ",") + "[\"figurative\",\"\",\"\",0,0]";
            out += "],\"mentions\":[";
            first = true;
            for (const std::uint32_t m : facts[s].mentions) {
                const Mention& mention = found.mentions[m];
                out += first ? "[" : ",[";
                first = false;
                out += std::to_string(mention.actor) + ",\"" +
                       std::string(to_string(found.actors[mention.actor].type)) + "\",";
                append_json_string(out, found.actors[mention.actor].name);
                out += "," + at(mention.span.begin) + "," + at(mention.span.end) + "]";
            }
            out += "]}";
            std::puts(out.c_str());
        }
    });
    return 0;
}
