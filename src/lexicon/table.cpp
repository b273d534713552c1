#include "lexicon/table.h"

#include <algorithm>

namespace ceasewire {
namespace {

Cell trimmed(std::string_view text, std::size_t column) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) {
        text.remove_prefix(1);
        ++column;
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return {text, column};
}

std::vector<Cell> split(std::string_view text, char separator, std::size_t column) {
    std::vector<Cell> cells;
    while (true) {
        const std::size_t end = text.find(separator);
        cells.push_back(trimmed(text.substr(0, end), column));
        if (end == std::string_view::npos) return cells;
        text.remove_prefix(end + 1);
        column += end + 1;
    }
}

}  // namespace

TableReader::TableReader(const LexiconFile& file, std::vector<std::string_view> columns,
                         std::vector<std::string_view> optional, std::vector<LexiconError>& errors)
    : file_(file), columns_(std::move(columns)), optional_(std::move(optional)), errors_(errors) {
    std::string_view header;
    if (!take_line(header)) {
        errors_.push_back(
            {file_.name, 1, 1, "the file is empty; its first line must name the columns"});
        return;
    }
    const auto names = split(header, '\t', 1);
    width_ = names.size();
    const auto place = [&](std::string_view column) {
        const auto found = std::find_if(names.begin(), names.end(),
                                        [&](const Cell& cell) { return cell.text == column; });
        return found == names.end() ? std::string_view::npos
                                    : static_cast<std::size_t>(found - names.begin());
    };
    good_ = true;
    for (const std::string_view column : columns_) {
        place_of_.push_back(place(column));
        if (place_of_.back() != std::string_view::npos) continue;
        good_ = false;
        errors_.push_back(
            {file_.name, line_, 1, "the header lacks the column '" + std::string(column) + "'"});
    }
    for (const std::string_view column : optional_) place_of_.push_back(place(column));
    for (const Cell& name : names) {
        if (std::any_of(names.data(), &name,
                        [&](const Cell& earlier) { return earlier.text == name.text; })) {
            good_ = false;
            errors_.push_back({file_.name, line_, name.column,
                               "the column '" + std::string(name.text) + "' stands twice"});
            continue;
        }
        const bool known =
            std::find(columns_.begin(), columns_.end(), name.text) != columns_.end() ||
            std::find(optional_.begin(), optional_.end(), name.text) != optional_.end();
        if (known) continue;
        good_ = false;
        errors_.push_back(
            {file_.name, line_, name.column, "unknown column '" + std::string(name.text) + "'"});
    }
}

bool TableReader::take_line(std::string_view& line) {
    while (at_ < file_.text.size()) {
        const std::string_view rest = std::string_view(file_.text).substr(at_);
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        line = rest.substr(0, end);
        at_ += end + 1;
        ++line_;
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!line.empty() && line.front() != '#' &&
            line.find_first_not_of(" \t") != std::string_view::npos)
            return true;
    }
    return false;
}

bool TableReader::next() {
    std::string_view line;
    while (good_ && take_line(line)) {
        cells_ = split(line, '\t', 1);
        // Editors drop empty cells at the end of a row.
        while (cells_.size() < width_) cells_.push_back({{}, line.size() + 1});
        if (cells_.size() == width_) return true;
        errors_.push_back({file_.name, line_, cells_[width_].column,
                           "more cells than the header has columns (" + std::to_string(width_) +
                               "): is there a tab too many?"});
    }
    return false;
}

Cell TableReader::operator[](std::string_view column) const {
    std::size_t index = 0;
    for (const auto* names : {&columns_, &optional_}) {
        for (const std::string_view name : *names) {
            if (name == column)
                return place_of_[index] == std::string_view::npos ? Cell{}
                                                                  : cells_[place_of_[index]];
            ++index;
        }
    }
    return {};
}

void TableReader::fail(const Cell& at, std::string message) {
    errors_.push_back({file_.name, line_, at.column, std::move(message)});
}

std::vector<Cell> split_values(const Cell& cell) {
    auto values = split(cell.text, '|', cell.column);
    std::erase_if(values, [](const Cell& value) { return value.text.empty(); });
    return values;
}

}  // namespace ceasewire
