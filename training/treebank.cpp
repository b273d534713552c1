#include "treebank.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string_view>

namespace ceasewire::training {
namespace {

[[noreturn]] void fail(const std::string& message) {
    std::cerr << message << '\n';
    std::exit(1);
}

struct Row {
    std::string form, upos, fine_tag, relation;
    int head = 0;
};

struct Range {
    int last = 0;
    std::string form;
};

template <typename Label, std::size_t count>
std::uint8_t label_index(const std::string& wanted) {
    for (std::size_t i = 0; i < count; ++i) {
        if (syntax::name(static_cast<Label>(i)) == wanted) return static_cast<std::uint8_t>(i);
    }
    fail("unknown label " + wanted);
}

std::uint8_t fine_index(const std::string& tag, std::vector<std::string>& tags) {
    auto found = std::find(tags.begin(), tags.end(), tag);
    if (found == tags.end()) found = tags.insert(tags.end(), tag);
    return static_cast<std::uint8_t>(found - tags.begin());
}

Sentence place(const std::string& text, const std::vector<Row>& rows,
               const std::map<int, Range>& ranges, std::vector<std::string>& fine_tags) {
    Sentence sentence;
    sentence.text = text;
    const int count = static_cast<int>(rows.size());
    std::vector<int> kept_as(rows.size() + 1, 0);  // row number to word index + 1
    std::vector<int> word_row;
    std::size_t position = 0;
    for (int row = 1; row <= count;) {
        const auto range = ranges.find(row);
        const int last = range == ranges.end() ? row : range->second.last;
        const std::string& surface = range == ranges.end()
                                         ? rows[static_cast<std::size_t>(row - 1)].form
                                         : range->second.form;
        const std::size_t at = text.find(surface, position);
        if (at == std::string::npos) fail("words do not spell the text: " + text);
        std::string spelt;
        for (int part = row; part <= last; ++part)
            spelt += rows[static_cast<std::size_t>(part - 1)].form;
        if (spelt == surface) {
            std::size_t begin = at;
            for (int part = row; part <= last; ++part) {
                const std::size_t end =
                    begin + rows[static_cast<std::size_t>(part - 1)].form.size();
                sentence.words.push_back(
                    {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
                word_row.push_back(part);
                kept_as[static_cast<std::size_t>(part)] = static_cast<int>(word_row.size());
                begin = end;
            }
        } else {
            int outer = row;
            while (rows[static_cast<std::size_t>(outer - 1)].head >= row &&
                   rows[static_cast<std::size_t>(outer - 1)].head <= last) {
                ++outer;
            }
            sentence.words.push_back(
                {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + surface.size())});
            word_row.push_back(outer);
            for (int part = row; part <= last; ++part) {
                kept_as[static_cast<std::size_t>(part)] = static_cast<int>(word_row.size());
            }
        }
        position = at + surface.size();
        row = last + 1;
    }
    for (const int number : word_row) {
        const Row& row = rows[static_cast<std::size_t>(number - 1)];
        sentence.upos.push_back(label_index<syntax::Upos, syntax::kUposCount>(row.upos));
        sentence.fine_tag.push_back(fine_index(row.fine_tag, fine_tags));
        sentence.head.push_back(row.head == 0 ? syntax::kNoHead
                                              : kept_as[static_cast<std::size_t>(row.head)] - 1);
        sentence.relation.push_back(
            label_index<syntax::Deprel, syntax::kDeprelCount>(row.relation));
    }
    return sentence;
}

}  // namespace

Treebank read_treebank(const std::string& path, std::vector<std::string> fine_tags) {
    std::ifstream file(path);
    if (!file) fail("cannot read " + path);
    Treebank treebank{.sentences = {}, .fine_tags = std::move(fine_tags)};
    std::string line;
    std::string text;
    std::vector<Row> rows;
    std::map<int, Range> ranges;
    while (std::getline(file, line)) {
        if (line.starts_with("# text = ")) {
            text = line.substr(9);
        } else if (line.empty()) {
            if (!rows.empty())
                treebank.sentences.push_back(place(text, rows, ranges, treebank.fine_tags));
            rows.clear();
            ranges.clear();
        } else if (line[0] != '#') {
            std::vector<std::string> columns;
            std::stringstream stream(line);
            for (std::string column; std::getline(stream, column, '\t');) columns.push_back(column);
            if (columns.size() != 10) fail("not ten columns: " + line);
            if (columns[0].find('.') != std::string::npos) continue;
            if (const auto dash = columns[0].find('-'); dash != std::string::npos) {
                ranges[std::stoi(columns[0])] = {std::stoi(columns[0].substr(dash + 1)),
                                                 columns[1]};
            } else {
                rows.push_back(
                    {columns[1], columns[3], columns[4], columns[7], std::stoi(columns[6])});
            }
        }
    }
    if (!rows.empty()) treebank.sentences.push_back(place(text, rows, ranges, treebank.fine_tags));
    return treebank;
}

}  // namespace ceasewire::training
