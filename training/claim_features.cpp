/// Prints, for each article on standard input, what the claim scorers see of each sentence: one
/// JSON object a line. fit_claims.py learns from it.

#include <cstdio>
#include <iostream>
#include <string>

#include "analysis/claims.h"
#include "analysis/passes.h"
#include "article/article.h"
#include "inputs.h"
#include "lexicon/find.h"
#include "outputs.h"
#include "record/encode.h"

using namespace ceasewire;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr,
                     "usage: claim_features LEXICON_DIRECTORY MODELS_DIRECTORY < articles.jsonl > "
                     "features.jsonl\n");
        return 64;
    }
    const Lexicon lexicon = training::read_lexicon(argv[1], argv[2]);
    const syntax::Model model = training::read_parser(argv[2]);
    Analysis found;
    training::for_each_article(std::cin, [&](const Article& article, const Document& document) {
        AnalyzeOptions options;
        options.day = article.published_day;
        options.claims = false;
        options.any_topic = true;
        options.model = &model;
        analyze(document, lexicon, options, found);
        const analysis::View view(document, lexicon, found.phrases);
        std::vector<analysis::SentenceFacts> facts;
        analysis::gather_facts(view, found, facts);
        std::string known = "{\"id\":";
        append_json_string(known, article.id);
        known += ",\"actors\":[";
        for (std::size_t a = 0; a < found.actors.size(); ++a) {
            known += a == 0 ? "[" : ",[";
            append_json_string(known, found.actors[a].name);
            for (const Mention& mention : found.mentions) {
                if (mention.actor != a) continue;
                known += ',';
                append_json_string(known, slice(document.text(), mention.span));
            }
            known += ']';
        }
        std::puts((known + "]}").c_str());
        const auto at = [&](std::uint32_t byte) {
            return std::to_string(document.code_points_into_field(byte));
        };
        analysis::ArticleFacts whole = analysis::gather_article_facts(view, found, facts);
        const bool live = whole.live;
        whole.live = true;  // of the rest the scorer of acts still learns
        std::vector<analysis::SentenceView> wanted;
        for (std::size_t s = 0; s < facts.size(); ++s) {
            if (!found.furniture[s])
                analysis::look_at(view, found, facts, whole, s, wanted.emplace_back());
        }
        analysis::visit_candidates(
            view, options, found, facts, wanted, [&](const analysis::Candidate& candidate) {
                const Sentence& sentence = found.sentences[candidate.sentence];
                std::string out = "{\"id\":";
                append_json_string(out, article.id);
                out += sentence.title ? ",\"field\":\"title\"" : ",\"field\":\"body\"";
                out += ",\"start\":" + at(sentence.span.begin) +
                       ",\"end\":" + at(sentence.span.end) +
                       std::string(live ? ",\"live\":true" : ",\"live\":false") + ",\"claim\":";
                training::append_features(out, candidate.seen->features);
                out += ",\"propositions\":[";
                analysis::FeatureVector features;
                analysis::Parties parties;
                bool first = true;
                for (const std::int32_t anchor : candidate.propositions->anchors()) {
                    candidate.propositions->features(anchor, features);
                    features.append(candidate.propositions->shared());
                    int depth = 0;
                    for (std::int32_t w = anchor;
                         candidate.clauses->word(w).head != syntax::kNoHead;
                         w = candidate.clauses->word(w).head)
                        ++depth;
                    out += (first ? "{\"at\":" : ",{\"at\":") +
                           at(candidate.clauses->word(anchor).span.begin) +
                           ",\"depth\":" + std::to_string(depth) + ",\"features\":";
                    first = false;
                    training::append_features(out, features);
                    out += ",\"parties\":[";
                    analysis::Attribution read;
                    auto context = analysis::party_context(view, found, facts[candidate.sentence],
                                                           candidate, anchor, Act::assess, read);
                    context.act_name = "?";  // the learner writes the act in
                    find_parties(context, parties);
                    for (const analysis::Party& party : parties) {
                        out += std::string(out.back() == '[' ? "" : ",") + "[" +
                               (party.who ? std::to_string(party.who->actor) : "-1");
                        for (const analysis::Feature& feature : party.features) {
                            out += ',';
                            append_json_string(out, feature.name());
                        }
                        out += ']';
                    }
                    out += "]}";
                }
                out += "]}";
                std::puts(out.c_str());
            });
    });
    return 0;
}
