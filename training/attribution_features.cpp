/// Prints what the scorers of attributions see of annotated articles, and what would have been
/// right: fit_attributions.py learns from it.
///
/// ARTICLES has one article a line; SPANS has one attribution a line: the number of its article
/// (from 0), then source, cue and content, each as "begin-end,begin-end" in code points of the
/// body. A line of the answer: the scorer, a number that those it chooses among share, 1 or 0,
/// features.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/layers.h"
#include "article/article.h"
#include "inputs.h"

using namespace ceasewire;

namespace {

struct Gold {
    std::vector<bool> source, cue, content;  ///< by word
    std::int32_t head = -1;
};

std::size_t group = 0;

void print(const char* scorer, bool right, const analysis::FeatureVector& features) {
    std::string line = scorer;
    line += '\t' + std::to_string(group) + (right ? "\t1" : "\t0");
    for (const analysis::Feature& feature : features) line += '\t' + feature.name();
    std::puts(line.c_str());
}

double agreement(const std::vector<std::int32_t>& words, const std::vector<bool>& gold,
                 std::size_t wanted) {
    std::size_t shared = 0;
    for (const std::int32_t w : words) shared += gold[static_cast<std::size_t>(w)] ? 1 : 0;
    return shared == 0
               ? 0
               : 2.0 * static_cast<double>(shared) / static_cast<double>(words.size() + wanted);
}

const analysis::SpanCandidate* nearest(const std::vector<analysis::SpanCandidate>& candidates,
                                       const std::vector<bool>& gold, double& most) {
    const auto wanted = static_cast<std::size_t>(std::count(gold.begin(), gold.end(), true));
    const analysis::SpanCandidate* found = nullptr;
    most = 0;
    for (const analysis::SpanCandidate& candidate : candidates) {
        const double value = agreement(candidate.words, gold, wanted);
        if (value > most) {
            most = value;
            found = &candidate;
        }
        if (wanted == 0 && candidate.words.empty()) return &candidate;
    }
    return found;
}

void print_parts(const char* scorer, const std::vector<analysis::SpanPart>& parts,
                 const std::vector<bool>& gold) {
    for (const analysis::SpanPart& part : parts) {
        std::size_t inside = 0;
        for (const std::int32_t w : part.words) inside += gold[static_cast<std::size_t>(w)] ? 1 : 0;
        print(scorer, 2 * inside > part.words.size(), part.features);
        ++group;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr,
                     "usage: attribution_features LEXICON_DIRECTORY MODELS_DIRECTORY "
                     "ARTICLES.jsonl SPANS.tsv > features.tsv\n");
        return 64;
    }
    const Lexicon lexicon = training::read_lexicon(argv[1]);
    const syntax::Model model = training::read_parser(argv[2]);
    std::multimap<std::size_t, std::vector<std::string>> spans;
    std::ifstream table(argv[4]);
    for (std::string line; std::getline(table, line);) {
        std::vector<std::string> cells;
        std::istringstream row(line + "\t");
        for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
        if (cells.size() >= 4) spans.emplace(std::stoul(cells[0]), cells);
    }
    Decoder decoder;
    Document document;
    Layers layers;
    syntax::Workspace workspace;
    std::ifstream articles(argv[3]);
    std::size_t number = 0;
    for (std::string line; std::getline(articles, line); ++number) {
        const auto decoded = decoder.decode(line);
        if (!decoded) continue;
        document.assign((*decoded)->title, (*decoded)->body);
        document.index_code_points();
        read_layers(document, lexicon, {.syntax = true}, &model, workspace, layers);
        const analysis::ParsedText parsed{document.text(), layers.sentences, layers.words,
                                          layers.first_word};
        const analysis::AttributionQuestions ask(parsed, lexicon.data());
        const auto size = static_cast<std::int32_t>(layers.words.size());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
        for (const syntax::Word& word : layers.words)
            places.emplace_back(document.code_points_into_field(word.span.begin),
                                document.code_points_into_field(word.span.end));
        const auto marked = [&](const std::string& cell) {
            std::vector<bool> out(layers.words.size());
            std::istringstream list(cell);
            for (std::string span; std::getline(list, span, ',');) {
                const std::size_t dash = span.find('-');
                if (dash == std::string::npos) continue;
                const auto begin = static_cast<std::uint32_t>(std::stoul(span));
                const auto end = static_cast<std::uint32_t>(std::stoul(span.substr(dash + 1)));
                for (std::size_t w = 0; w < places.size(); ++w) {
                    if (places[w].first < end && places[w].second > begin &&
                        layers.words[w].upos != syntax::Upos::kPunct)
                        out[w] = true;
                    if (places[w].first < end && places[w].second > begin && cell == span &&
                        end - begin == 1)
                        out[w] = true;  // a colon alone
                }
            }
            return out;
        };
        std::map<std::int32_t, Gold> by_cue;
        const auto [first, last] = spans.equal_range(number);
        for (auto it = first; it != last; ++it) {
            Gold gold{marked(it->second[1]), marked(it->second[2]), marked(it->second[3]), -1};
            int best = -1;
            for (std::int32_t w = 0; w < size; ++w) {
                if (!gold.cue[static_cast<std::size_t>(w)] || !ask.may_be_cue(w)) continue;
                const std::int32_t head = layers.words[static_cast<std::size_t>(w)].head;
                const bool top = head < 0 || !gold.cue[static_cast<std::size_t>(head)];
                const syntax::Upos upos = layers.words[static_cast<std::size_t>(w)].upos;
                const int rank = (top ? 4 : 0) + (upos == syntax::Upos::kVerb ? 2 : 0) +
                                 (upos == syntax::Upos::kNoun ? 1 : 0);
                if (rank > best) {
                    best = rank;
                    gold.head = w;
                }
            }
            if (gold.head >= 0) by_cue.emplace(gold.head, std::move(gold));
        }
        analysis::FeatureVector features;
        std::vector<analysis::SpanCandidate> candidates;
        std::vector<analysis::SpanPart> parts;
        for (std::int32_t w = 0; w < size; ++w) {
            if (!ask.may_be_cue(w)) continue;
            const auto found = by_cue.find(w);
            ask.cue_features(w, features);
            print("cue", found != by_cue.end(), features);
            ++group;
            if (found == by_cue.end()) continue;
            const Gold& gold = found->second;
            double most = 0;
            ask.contents(w, candidates);
            if (const auto* right = nearest(candidates, gold.content, most)) {
                const auto wanted = static_cast<std::size_t>(
                    std::count(gold.content.begin(), gold.content.end(), true));
                for (const auto& candidate : candidates)
                    print("content", agreement(candidate.words, gold.content, wanted) >= most,
                          candidate.features);
                ++group;
                ask.content_parts(w, *right, parts);
                print_parts("content_part", parts, gold.content);
            }
            ask.sources(w, candidates);
            if (const auto* right = nearest(candidates, gold.source, most)) {
                for (const auto& candidate : candidates)
                    print("source", &candidate == right, candidate.features);
                ++group;
                ask.source_parts(w, *right, parts);
                print_parts("source_part", parts, gold.source);
            }
            ask.cue_parts(w, parts);
            std::erase_if(parts, [&](const analysis::SpanPart& part) {
                return gold.source[static_cast<std::size_t>(part.words.front())];
            });
            print_parts("cue_part", parts, gold.cue);
        }
    }
    return 0;
}
