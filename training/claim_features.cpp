/// Prints, for each article on standard input, what the claim scorers see of each sentence: one JSON object a line. fit_claims.py learns from it.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>

#include "analysis/claims.h"
#include "analysis/passes.h"
#include "article/article.h"
#include "lexicon/find.h"
#include "record/encode.h"

using namespace ceasewire;

namespace {

void append_features(std::string& out, const analysis::FeatureVector& features) {
    out += '{';
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (i > 0) out += ',';
        append_json_string(out, analysis::feature_names()[features[i].first]);
        out += ':' + std::to_string(features[i].second);
    }
    out += '}';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: claim_features LEXICON_DIRECTORY SYNTAX_MODEL < articles.jsonl > features.jsonl\n");
        return 64;
    }
    std::vector<LexiconFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        if (entry.path().extension() != ".tsv" && entry.path().filename() != "VERSION") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        files.push_back({entry.path().filename().string(), text.str()});
    }
    const auto lexicon = Lexicon::compile(files);
    if (!lexicon) {
        for (const LexiconError& error : lexicon.error()) std::fprintf(stderr, "%s\n", error.to_string().c_str());
        return 79;
    }
    std::ifstream model_file(argv[2], std::ios::binary);
    std::ostringstream model_bytes;
    model_bytes << model_file.rdbuf();
    const std::string bytes = model_bytes.str();
    auto model = syntax::load_model(std::as_bytes(std::span(bytes)));
    if (!model) {
        std::fprintf(stderr, "%s: %s\n", argv[2], model.error().c_str());
        return 66;
    }
    std::string names = "{\"features\":[";
    for (std::size_t i = 0; i < analysis::feature_names().size(); ++i) {
        if (i > 0) names += ',';
        append_json_string(names, analysis::feature_names()[i]);
    }
    std::puts((names + "]}").c_str());
    Decoder decoder;
    Document document;
    Analysis found;
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto decoded = decoder.decode(line);
        if (!decoded) continue;
        const Article& article = **decoded;
        document.assign(article.title, article.body);
        document.index_code_points();
        AnalyzeOptions options;
        options.day = article.published_day;
        options.claims = false;
        options.model = &*model;
        analyze(document, *lexicon, options, found);
        if (!found.on_topic) continue;
        const analysis::View view(document, *lexicon, found.phrases);
        const auto facts = analysis::gather_facts(view, found);
        analysis::visit_candidates(view, options, found, facts, analysis::gather_article_facts(view, found, facts), [&](const analysis::Candidate& candidate) {
            const Sentence& sentence = found.sentences[candidate.sentence];
            std::string out = "{\"id\":";
            append_json_string(out, article.id);
            out += sentence.title ? ",\"field\":\"title\"" : ",\"field\":\"body\"";
            out += ",\"start\":" + std::to_string(document.code_points_into_field(sentence.span.begin)) + ",\"end\":" + std::to_string(document.code_points_into_field(sentence.span.end)) + ",\"predicate\":" + std::to_string(candidate.clauses == nullptr || candidate.predicate->predicate < 0 ? document.code_points_into_field(candidate.span.begin) : document.code_points_into_field(candidate.clauses->word(candidate.predicate->predicate).span.begin)) + (candidate.side ? ",\"side\":true" : ",\"side\":false") + ",\"gate\":";
            append_features(out, *candidate.gate);
            out += ",\"claim\":";
            append_features(out, *candidate.claim);
            out += '}';
            std::puts(out.c_str());
        });
    }
    return 0;
}
