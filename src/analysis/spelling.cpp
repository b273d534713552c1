#include "analysis/spelling.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/span.h"
#include "text/token.h"
#include "text/utf8.h"

namespace ceasewire::analysis {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size() + most || b.size() > a.size() + most || a.size() > 40 || b.size() > 40)
        return most + 1;
    std::array<std::size_t, 42> row{};
    for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t above = row[k];
            row[k] =
                std::min({row[k] + 1, row[k - 1] + 1, diagonal + (a[i - 1] == b[k - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return std::min(row[b.size()], most + 1);
}

std::string folded(std::string_view word) {
    std::string out;
    text::append_folded(word, out);
    return out;
}

std::string slug(std::string_view name) {
    std::string out;
    std::vector<text::Token> tokens;
    text::tokenize_simply(name, tokens);
    for (const text::Token& token : tokens) {
        if (!out.empty()) out += '-';
        text::append_folded(slice(name, token.span()), out);
    }
    return out;
}

}  // namespace ceasewire::analysis
