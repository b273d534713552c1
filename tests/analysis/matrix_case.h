#pragma once
/// A marked sentence with its whole claims, as matrix/*.txt and metamorphic/*.txt write them;
/// matrix/README.md describes the form.

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/marked_text.h"

namespace ceasewire::test {

/// What is judged of a case, in the order of the table.
inline constexpr std::array<std::string_view, 10> kMatrixFields = {
    "claims", "act", "holder", "source", "via", "targets", "stance", "status", "terms", "quote"};
inline constexpr std::size_t kMatrixFieldCount = kMatrixFields.size();
using FieldSet = std::array<bool, kMatrixFieldCount>;

/// Text without marks, and where each label stands in it.
struct MarkedSpans {
    std::string text;
    std::multimap<std::string, Span> labels;
};
/// `[label|words]` or `[Words]`.
[[nodiscard]] MarkedSpans read_marks(std::string_view marked);

/// "hamas,israel", "?egypt", "-": whom a field may name.
struct WantedNames {
    std::vector<std::string> wanted;
    std::vector<std::string> allowed;  ///< with "?"
    bool nobody = false;               ///< with "-": none is right as well
};

struct WantedTerm {
    std::vector<std::string> any_of;
    bool optional = false;
};

struct WantedClaim {
    std::vector<std::string> acts;
    WantedNames holder;
    WantedNames source;
    std::vector<std::pair<std::string, bool>> via;  ///< in order; whether it may be missing
    WantedNames targets;
    std::vector<std::string> stances;
    std::vector<std::string> statuses;
    std::vector<WantedTerm> terms;
    std::vector<std::string> quotes;
};

struct MatrixCase {
    std::size_t line = 0;  ///< of the sentence, from 1
    std::size_t last = 0;  ///< of its last line but "known"
    MarkedSpans title;     ///< empty without one
    MarkedSpans before;    ///< the sentences before
    MarkedSpans sentence;
    bool headline = false;  ///< the sentence is the title
    bool alone = false;     ///< no article around it says what it is about
    std::string day;        ///< empty: the usual one
    std::vector<std::string> traits;
    std::vector<WantedClaim> claims;
    bool more = false;  ///< further claims are neither wanted nor wrong
    FieldSet known{};   ///< known to be wrong
};

/// The cases of one file; what cannot be read is told in `errors`, with its line.
[[nodiscard]] std::vector<MatrixCase> parse_matrix(std::string_view content,
                                                   std::vector<std::string>& errors);

/// `content` with the known fields of the cases as `known` says, by case.
[[nodiscard]] std::string with_known(std::string_view content, const std::vector<MatrixCase>& cases,
                                     const std::vector<FieldSet>& known);

/// What the program says of a case.
struct Told {
    Analyzed analyzed;
    std::vector<const Claim*> claims;                      ///< of the case's sentence
    std::map<std::string, std::set<std::uint32_t>> named;  ///< by label: the actors found there
};
void tell(const MatrixCase& wanted, Told& out);

/// Which fields are right. A claim that is missing has no field right.
[[nodiscard]] FieldSet judge(const MatrixCase& wanted, const Told& told);

/// The claims as found, for a message: "reject Hamas by US officials via CNN to - / …".
[[nodiscard]] std::string described(const Told& told);

}  // namespace ceasewire::test
