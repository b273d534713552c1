#pragma once
/// What is found in one document: sentences, actors with their mentions, claims. Spans are byte
/// offsets into the Document; indices are into sibling vectors.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/data.h"
#include "lexicon/lexicon.h"
#include "syntax/parse.h"
#include "text/document.h"
#include "text/sentences.h"
#include "text/span.h"

namespace ceasewire {

namespace analysis {
struct ClaimsSpace;
}

struct Mention {
    Span span;
    std::uint32_t token_begin = 0;
    std::uint32_t token_end = 0;
    std::uint32_t actor = 0;  ///< into Analysis::actors
    Form form = Form::name;
    std::string why;  ///< rule and lexicon row: "name actors-people.tsv:12"
    float score = 0;  ///< log-odds of the scorer that chose it; 0 where none was asked
};

struct FoundActor {
    std::uint32_t row = kNoRow;  ///< lexicon actor, or kNoRow for one that the lexicon lacks
    std::string id;              ///< empty for an unnamed group
    std::string name;
    ActorType type = ActorType::other;
    std::string country;
    std::vector<std::string_view>
        roles;                     ///< titles held on the article's day; owned by the lexicon
    std::uint32_t state = kNoRow;  ///< lexicon country that the actor belongs to, where known
    std::uint32_t owner = kNoRow;  ///< of an unnamed group: lexicon actor whose people they are
    /// Of an unnamed group: how many the text says they are; 0 where mentions differ.
    std::optional<std::uint32_t> number;
    double confidence = 0;  ///< that it is an actor; 0 to 1
};

enum class Act : std::uint8_t {
    call,
    propose,
    accept,
    reject,
    condition,
    announce,
    negotiate,
    accuse,
    violate,
    implement,
    pledge,
    assess,
    deny
};
inline constexpr std::size_t kActs = 13;
[[nodiscard]] std::string_view to_string(Act act);
enum class Stance : std::uint8_t { for_, against, conditional, neutral };
[[nodiscard]] std::string_view to_string(Stance stance);
enum class Status : std::uint8_t { actual, proposed, conditional, predicted, possible, denied };
[[nodiscard]] std::string_view to_string(Status status);
enum class Quote : std::uint8_t { none, direct, indirect, mixed };
[[nodiscard]] std::string_view to_string(Quote quote);

struct Quantity {
    Span span;
    double value = 0;
    std::string unit;
};

struct TimeExpression {
    Span span;
    std::optional<std::int32_t> from;  ///< days since 1970-01-01
    std::optional<std::int32_t> to;
};

struct Claim {
    Span span;
    SentenceIndex sentence;
    Act act = Act::assess;
    std::vector<std::uint32_t> actors;
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> via;
    std::vector<std::uint32_t> targets;
    Stance stance = Stance::neutral;
    Status status = Status::actual;
    std::vector<std::string_view> terms;  ///< slugs, owned by the lexicon
    std::vector<Quantity> quantities;
    std::vector<TimeExpression> when;
    Quote quote = Quote::none;
    std::optional<Span> cue;
    double confidence = 0;
    std::vector<std::string> why;
};

struct Analysis {
    bool on_topic = false;  ///< has words of war or diplomacy: worth a claims pass
    std::vector<Sentence> sentences;
    std::vector<bool> furniture;  ///< by sentence: page furniture, yields nothing
    std::vector<PhraseMatch> phrases;
    std::vector<FoundActor> actors;
    std::vector<Mention> mentions;  ///< in order of span
    std::vector<Claim> claims;      ///< in order of span

    syntax::Workspace workspace;  ///< working space of the parser
    syntax::Tree tree;            ///< of the sentence in hand
    std::unique_ptr<analysis::ClaimsSpace> claims_space;

    Analysis();
    ~Analysis();
    Analysis(Analysis&&) noexcept;
    Analysis& operator=(Analysis&&) noexcept;

    void clear();
};

struct AnalyzeOptions {
    std::optional<std::int32_t> day;  ///< the article's day
    std::string_view outlet;  ///< who publishes the article, where it says so: it is nobody's `via`
    bool claims = true;       ///< off for articles in a language that is not read
    bool any_topic = false;   ///< reads also what names neither war nor diplomacy; for training
    const syntax::Model* model = nullptr;  ///< of the parser; without one, subjects and tellers are
                                           ///< read from word order alone
};

/// Runs the passes in order: phrases, topic gate, sentences, furniture, mentions, claims. `out` is
/// cleared first and keeps its memory. Deterministic. Linear in the text. Safe from many threads
/// with one `out` each.
void analyze(const Document& document, const Lexicon& lexicon, const AnalyzeOptions& options,
             Analysis& out);

}  // namespace ceasewire
