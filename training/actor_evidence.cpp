/// Prints, for each article on standard input, its actors in order of first mention, with what
/// speaks for each: one JSON object an article. fit_confidence.py learns from it.

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "analysis/confidence.h"
#include "article/article.h"
#include "inputs.h"
#include "outputs.h"

using namespace ceasewire;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr,
                     "usage: actor_evidence LEXICON_DIRECTORY MODELS_DIRECTORY < articles.jsonl > "
                     "evidence.jsonl\n");
        return 64;
    }
    const Lexicon lexicon =
        training::read_lexicon(argv[1], argv[2], {"weights-claims.tsv", "weights-terms.tsv"});
    const syntax::Model model = training::read_parser(argv[2]);
    Analysis found;
    analysis::FeatureVector evidence;
    training::for_each_article(std::cin, [&](const Article& article, const Document& document) {
        AnalyzeOptions options;
        options.day = article.published_day;
        options.model = &model;
        analyze(document, lexicon, options, found);
        std::string out = "{\"id\":";
        append_json_string(out, article.id);
        out += ",\"actors\":[";
        std::vector<bool> seen(found.actors.size());
        for (const Mention& mention : found.mentions) {
            if (seen[mention.actor]) continue;
            if (out.back() != '[') out += ',';
            seen[mention.actor] = true;
            analysis::evidence_of(mention.actor, found, lexicon.data(), evidence);
            training::append_features(out, evidence);
        }
        std::puts((out + "]}").c_str());
    });
    return 0;
}
