// Tags the sentences of a CoNLL-U file from their raw text and prints the records that the scorer
// reads, so that a model can be judged without the program around it:
//     tag_treebank MODEL TREEBANK.conllu > records.jsonl
// Of any other file it parses the lines, one sentence each, and prints CoNLL-U: news for a smaller
// model to learn from.
//     tag_treebank MODEL news.txt > news.conllu
// Standard error gets the processor time of loading and of parsing.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "syntax/parse.h"
#include "text/utf8.h"

namespace {

using namespace ceasewire;
/// Of this process, for a machine may be shared.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print_record(std::size_t id, const std::string& text, const syntax::Tree& tree) {
    const auto before = [&](std::uint32_t at) {
        return text::count_code_points(std::string_view(text).substr(0, at));
    };
    std::printf("{\"article\":{\"id\":\"%zu\"},\"layers\":{\"tokens\":[", id);
    bool first = true;
    for (const syntax::Word& word : tree.words) {
        std::printf(
            "%s{\"field\":\"body\",\"start\":%zu,\"end\":%zu,\"upos\":\"%s\",\"head\":%d,"
            "\"deprel\":\"%s\"}",
            first ? "" : ",", before(word.span.begin), before(word.span.end),
            std::string(name(word.upos)).c_str(), word.head,
            std::string(name(word.deprel)).c_str());
        first = false;
    }
    std::printf("]}}\n");
}

void print_conllu(const std::string& text, const syntax::Tree& tree) {
    std::printf("# text = %s\n", text.c_str());
    for (std::size_t i = 0; i < tree.words.size(); ++i) {
        const syntax::Word& word = tree.words[i];
        std::printf("%zu\t%s\t_\t%s\t_\t_\t%d\t%s\t_\t_\n", i + 1,
                    std::string(slice(text, word.span)).c_str(),
                    std::string(name(word.upos)).c_str(), word.head + 1,
                    std::string(name(word.deprel)).c_str());
    }
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: tag_treebank MODEL TREEBANK.conllu|sentences.txt\n";
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
    const double loading = processor_seconds();
    const auto model = syntax::load_model(std::as_bytes(std::span(bytes)));
    if (!model) {
        std::cerr << model.error() << '\n';
        return 1;
    }
    const double load_seconds = processor_seconds() - loading;

    std::vector<std::string> texts;
    std::ifstream treebank(argv[2]);
    const bool is_treebank = std::string_view(argv[2]).ends_with(".conllu");
    for (std::string line; std::getline(treebank, line);) {
        if (!is_treebank) texts.push_back(line);
        if (is_treebank && line.starts_with("# text = ")) texts.push_back(line.substr(9));
    }
    syntax::Workspace workspace;
    std::vector<syntax::Tree> trees(texts.size());
    double seconds = 1e9;
    for (int round = 0; round < (is_treebank ? 5 : 1); ++round) {  // the best of five
        const double parsing = processor_seconds();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            syntax::parse(texts[i], {0, static_cast<std::uint32_t>(texts[i].size())}, *model,
                          workspace, trees[i]);
        }
        seconds = std::min(seconds, processor_seconds() - parsing);
    }
    std::size_t words = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (is_treebank)
            print_record(i, texts[i], trees[i]);
        else
            print_conllu(texts[i], trees[i]);
        words += trees[i].words.size();
    }
    std::fprintf(stderr,
                 "model of %zu bytes loaded in %.1f ms; %zu sentences, %zu words: %.0f "
                 "sentences/s, %.2f us a word\n",
                 bytes.size(), 1e3 * load_seconds, texts.size(), words,
                 static_cast<double>(texts.size()) / seconds,
                 1e6 * seconds / static_cast<double>(words));
    return 0;
}
