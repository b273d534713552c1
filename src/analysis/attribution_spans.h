#pragma once
/// Who says what in any text, claim or not: for each attribution the words of its source, of its
/// cue ("said", "according to", "their belief") and of its content. Reads the trees of a whole
/// article, so that a quotation may go on over sentences. Internal to the analysis room, but for
/// the programs that learn.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"
#include "analysis/features.h"
#include "lexicon/data.h"
#include "syntax/tree.h"

namespace ceasewire::analysis {

/// A parsed text. All views must outlive the reader.
struct ParsedText {
    std::string_view text;
    std::span<const Sentence> sentences;
    std::span<const syntax::Word> words;        ///< of all sentences; heads index into these
    std::span<const std::uint32_t> first_word;  ///< by sentence, and one past the last word
};

/// A longer sentence is no prose; nothing is looked for in it, which keeps time linear.
inline constexpr std::uint32_t kAttributionWordsMax = 1'000;

/// What may be the source or the content of a cue: a set of words, and what its scorer sees.
struct SpanCandidate {
    std::int32_t node = -1;           ///< the word on top; -1: a quotation, or nobody
    std::int32_t quotation = -1;      ///< by number, for one without a node
    std::vector<std::int32_t> words;  ///< in order; empty: nobody is named
    std::string path;                 ///< from the cue: "<parataxis", ">nsubj"
    FeatureVector features;
};

/// A part of a candidate that its annotators may have left out, and what its scorer sees.
struct SpanPart {
    std::vector<std::int32_t> words;
    FeatureVector features;
};

/// The questions that the scorers are asked about one text. Which answers are right, `find_spans`
/// decides by models/weights-attributions.tsv; the programs that learn ask the same questions.
class AttributionQuestions {
public:
    AttributionQuestions(const ParsedText& parsed, const LexiconData& data);

    /// Whether word w may be a cue at all.
    [[nodiscard]] bool may_be_cue(std::int32_t w) const;
    void cue_features(std::int32_t w, FeatureVector& out) const;

    /// The candidates of cue w. Their features hold views of their `path`: move them, do not copy.
    void contents(std::int32_t w, std::vector<SpanCandidate>& out) const;
    void sources(std::int32_t w, std::vector<SpanCandidate>& out) const;

    void content_parts(std::int32_t w, const SpanCandidate& candidate,
                       std::vector<SpanPart>& out) const;
    void source_parts(std::int32_t w, const SpanCandidate& candidate,
                      std::vector<SpanPart>& out) const;
    /// Words near w that may belong to the cue: "has also said", "called for".
    void cue_parts(std::int32_t w, std::vector<SpanPart>& out) const;

    /// A quotation: its words [begin, end), with the marks.
    struct Quotation {
        std::int32_t begin = 0;
        std::int32_t end = 0;
        std::uint32_t paragraph = 0;
        bool goes_on = false;  ///< not closed where its paragraph ends, and taken up in the next
    };
    [[nodiscard]] const std::vector<Quotation>& quotations() const { return quotations_; }
    [[nodiscard]] std::int32_t quotation_of(std::int32_t w) const {
        return quotation_of_[static_cast<std::size_t>(w)];
    }
    [[nodiscard]] std::int32_t sentence_of(std::int32_t w) const {
        return sentence_of_[static_cast<std::size_t>(w)];
    }

private:
    [[nodiscard]] const syntax::Word& word(std::int32_t w) const {
        return parsed_.words[static_cast<std::size_t>(w)];
    }
    [[nodiscard]] std::string_view shown(std::int32_t w) const;
    [[nodiscard]] std::span<const std::int32_t> children(std::int32_t w) const;
    [[nodiscard]] std::string_view relation(std::int32_t w) const;
    [[nodiscard]] std::string_view part_of_speech(std::int32_t w) const;
    [[nodiscard]] std::string_view token_class(std::int32_t w) const;
    [[nodiscard]] std::string_view stem_of(std::int32_t w) const;
    [[nodiscard]] std::string_view shape(std::int32_t w) const;
    [[nodiscard]] std::string_view case_of(std::int32_t w) const;
    [[nodiscard]] std::int32_t subject(std::int32_t w) const;
    [[nodiscard]] bool passive(std::int32_t w) const;
    template <class Visit>
    void kinds(std::int32_t w, Visit&& visit) const;
    void subtree(std::int32_t w, std::int32_t without, std::vector<std::int32_t>& out) const;
    void find_quotations();
    void describe_content(std::int32_t w, SpanCandidate& candidate) const;
    void describe_source(std::int32_t w, SpanCandidate& candidate) const;
    void parts(const FeatureKind& kind, const FeatureKind& kind_path, std::int32_t w,
               const SpanCandidate& candidate, std::vector<SpanPart>& out) const;

    const ParsedText& parsed_;
    const LexiconData& data_;
    std::vector<std::uint32_t> child_begin_;
    std::vector<std::int32_t> child_;
    std::vector<std::int32_t> sentence_of_;
    std::vector<std::int32_t> quotation_of_;
    std::vector<std::string> lower_;
    std::vector<std::string> stems_;  ///< empty for a word without a kind
    std::vector<Quotation> quotations_;
};

/// One attribution. Spans are in order and do not touch; `source` and `content` may be of several.
struct AttributionSpans {
    std::vector<Span> source;
    std::vector<Span> cue;
    std::vector<Span> content;
    Quote quote = Quote::indirect;
};

/// Appends the attributions of a text in order of their cues, by the lexicon's weights; none
/// without them. Linear in the text. Safe from many threads.
void find_spans(const ParsedText& parsed, const LexiconData& data,
                std::vector<AttributionSpans>& out);

}  // namespace ceasewire::analysis
