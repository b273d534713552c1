#pragma once
/// Names that texts use and the lexicon lacks: the queue of those who keep it.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lexicon/lexicon.h"
#include "lexicon/matcher.h"
#include "text/document.h"
#include "text/sentences.h"

namespace ceasewire {

/// Counts over articles. Holds at most kNamesMax names: when there are more, those seen once are
/// forgotten. Not for several threads at once.
class UnknownNames {
public:
    static constexpr std::size_t kNamesMax = 400'000;

    explicit UnknownNames(const Lexicon& lexicon) : lexicon_(lexicon) {}

    /// Counts the unknown names in the body of an article. A name is a run of capitalised words
    /// that are neither in a name of the lexicon nor an office; one word at the start of a sentence
    /// counts only where it is seen elsewhere too. A surname counts for the full name before it.
    /// Linear.
    void add(const Document& document, std::string_view article);

    struct Name {
        std::string name;
        std::uint64_t count = 0;
        std::uint64_t articles = 0;
        std::vector<std::string> examples;  ///< up to two, each with its article's id
    };
    /// Those counted at least `least` times, the most frequent first, then by name.
    [[nodiscard]] std::vector<Name> result(std::uint64_t least) const;

private:
    struct Seen {
        std::uint64_t within = 0;  ///< inside sentences, or of several words
        std::uint64_t first = 0;   ///< single words that open a sentence
        std::uint64_t articles = 0;
        std::vector<std::string> examples;
    };

    const Lexicon& lexicon_;
    std::unordered_map<std::string, Seen> names_;
    std::vector<PhraseMatch> matches_;
    std::vector<Sentence> sentences_;
};

}  // namespace ceasewire
