#include "analysis/speakers.h"

#include <algorithm>

namespace ceasewire::analysis {
namespace {

constexpr std::uint32_t kLongestLabel = 14;  // tokens: "United States Secretary of State X Y"

bool is_mark(std::string_view text) {
    return text.starts_with('"') || text.starts_with("\u201C") || text.starts_with("\u201D");
}

}  // namespace

Speakers::Speakers(const View& view, const Analysis& analysis,
                   const std::vector<SentenceFacts>& facts)
    : view_(view), analysis_(analysis), facts_(facts), labels_(facts.size()) {
    std::size_t turns = 0;
    for (std::size_t s = 0; s < facts.size(); ++s) {
        if (analysis.furniture[s]) continue;
        labels_[s] = label(s);
        const Sentence& sentence = analysis.sentences[s];
        const bool opens = s == 0 || analysis.sentences[s - 1].paragraph != sentence.paragraph;
        if ((labels_[s] || bare_label(s)) && opens && !sentence.title && !facts[s].quoted) ++turns;
    }
    transcript_ = turns >= 2;
}

/// "Name: …", "Minister Name: “…": the name that ends at a sentence's first colon.
std::optional<Reference> Speakers::label(std::size_t s) const {
    const Sentence& sentence = analysis_.sentences[s];
    const std::uint32_t until = std::min(sentence.token_end, sentence.token_begin + kLongestLabel);
    std::uint32_t colon = sentence.token_begin + 1;
    while (colon < until && view_.gap_before(colon).find(':') == std::string_view::npos) {
        if (view_.gap_before(colon).find_first_of(";\"") != std::string_view::npos)
            return std::nullopt;
        ++colon;
    }
    if (colon >= until || !view_.gap_before(colon).starts_with(':')) return std::nullopt;
    // A time ("12:30") and a verb or title of a list ("Why Egypt: …") are no names.
    if (view_.number(colon) && view_.number(colon - 1)) return std::nullopt;
    for (const CueHit& cue : facts_[s].reports) {
        if (cue.begin < colon) return std::nullopt;
    }
    for (const std::uint32_t m : facts_[s].mentions) {
        const Mention& mention = analysis_.mentions[m];
        if (mention.token_end != colon) continue;
        if (mention.token_begin > sentence.token_begin &&
            view_.is_any(mention.token_begin - 1, "and", "to", "for", "with", "on", "in", "from",
                         "at", "between", "of", "about", "against"))
            return std::nullopt;
        return reference_to(mention);
    }
    return std::nullopt;
}

/// "AUDIENCE MEMBER: …": capitals before a colon, whoever it is.
bool Speakers::bare_label(std::size_t s) const {
    constexpr std::uint32_t kMost = 4;  // words
    const Sentence& sentence = analysis_.sentences[s];
    for (std::uint32_t t = sentence.token_begin;
         t + 1 < sentence.token_end && t < sentence.token_begin + kMost; ++t) {
        if (!view_.all_caps(t)) return false;
        if (view_.gap_before(t + 1).starts_with(':')) return true;
    }
    return false;
}

/// "“…” – Name"; in a title also "…: Name".
std::optional<Reference> Speakers::signature(std::size_t s) const {
    const Sentence& sentence = analysis_.sentences[s];
    for (const std::uint32_t m : facts_[s].mentions) {
        const Mention& mention = analysis_.mentions[m];
        if (mention.token_begin <= sentence.token_begin + 2 ||
            mention.token_end + 1 < sentence.token_end)
            continue;
        std::uint32_t at = mention.token_begin;
        while (at > sentence.token_begin + 1 && mention.token_begin - at < 6 &&
               view_.adjacent(at) && view_.upper(at - 1))
            --at;
        const std::string_view gap = view_.gap_before(at);
        const std::size_t quote = std::min(gap.find('"'), gap.find("\u201D"));
        const std::size_t dash = std::min({gap.find("\u2014"), gap.find("\u2013"), gap.find('-')});
        const bool dashed = dash != std::string_view::npos && quote < dash;
        if (dashed || (sentence.title && gap.starts_with(": "))) return reference_to(mention);
    }
    return std::nullopt;
}

/// "– Name" as a sentence of its own behind the quotation.
std::optional<Reference> Speakers::signed_behind(std::size_t s) const {
    constexpr std::uint32_t kLongest = 10;  // tokens
    if (s + 1 >= facts_.size()) return std::nullopt;
    const Sentence& next = analysis_.sentences[s + 1];
    const std::string_view text = slice(view_.text(), next.span);
    if (next.token_end - next.token_begin > kLongest ||
        !(text.starts_with('-') || text.starts_with("\u2013") || text.starts_with("\u2014")))
        return std::nullopt;
    for (const std::uint32_t m : facts_[s + 1].mentions) {
        const Mention& mention = analysis_.mentions[m];
        if (analysis_.actors[mention.actor].type == ActorType::person) return reference_to(mention);
    }
    return std::nullopt;
}

bool Speakers::begins_with_mark(std::size_t s) const {
    return is_mark(slice(view_.text(), analysis_.sentences[s].span));
}

/// Whether sentence s goes on with the quotation of the one before it.
bool Speakers::continues(std::size_t s) const {
    const std::vector<Sentence>& sentences = analysis_.sentences;
    if (analysis_.furniture[s] || sentences[s - 1].title) return false;
    if (sentences[s].paragraph == sentences[s - 1].paragraph) return facts_[s].inside_quote;
    // A quotation of several paragraphs opens each of them and closes only the last.
    return facts_[s - 1].leaves_quote_open && begins_with_mark(s);
}

/// Who tells it in words of the article, outside quotation marks.
std::optional<Reference> Speakers::told_outside(std::size_t s, const Discourse& discourse) const {
    const Attribution told = read_attribution(view_, analysis_, facts_, s, discourse);
    if (told.chain.empty() || told.carried) return std::nullopt;
    return told.chain.back();
}

std::optional<Speaker> Speakers::of_quotation(std::size_t first, std::size_t last,
                                              const Discourse& discourse) const {
    if (labels_[first]) return Speaker{*labels_[first], "label"};
    if (const auto who = told_outside(first, discourse)) return Speaker{*who, "opens"};
    for (std::size_t s = last; s > first; --s) {
        if (const auto who = told_outside(s, discourse)) return Speaker{*who, "closes"};
    }
    if (const auto who = signed_behind(last)) return Speaker{*who, "label"};
    // A quotation without a teller goes on with the words of the last one.
    constexpr std::size_t kReach = 2;  // sentences
    if (begins_with_mark(first) && discourse.last && !discourse.last->chain.empty() &&
        discourse.last_sentence + kReach >= first)
        return Speaker{discourse.last->chain.back(), "goes_on"};
    return std::nullopt;
}

std::optional<Speaker> Speakers::at(std::size_t s, const Discourse& discourse) {
    if (s < run_end_) return running_;
    running_.reset();
    if (const auto who = signature(s)) return Speaker{*who, "label"};
    const Sentence& sentence = analysis_.sentences[s];
    if (sentence.title) {
        if (labels_[s]) return Speaker{*labels_[s], "label"};
        return std::nullopt;
    }
    // "According to the paper:" tells of the next paragraph.
    if (frame_ && sentence.paragraph > frame_paragraph_) frame_.reset();
    if (slice(view_.text(), sentence.span).ends_with(':') && s + 1 < facts_.size()) {
        frame_paragraph_ = analysis_.sentences[s + 1].paragraph;
        frame_ = told_outside(s, discourse);
        if (frame_ && analysis_.actors[frame_->actor].type != ActorType::media) frame_.reset();
    }
    if (transcript_ && !facts_[s].quoted &&
        (s == 0 || analysis_.sentences[s - 1].paragraph != sentence.paragraph)) {
        // "Q": a question of the press; whose is not told. "THE PRESIDENT:" is he of the title.
        const std::uint32_t first = sentence.token_begin;
        const bool labelled = labels_[s] || bare_label(s);
        if (labelled || view_.is(first, "q")) turn_ = labels_[s];
        if (labelled && view_.is(first, "the")) {
            turn_.reset();
            if (discourse.author)
                turn_ = Reference{*discourse.author, first, first + 1, Form::role, false};
        }
    }
    if (begins_with_mark(s) || facts_[s].leaves_quote_open) {
        std::size_t last = s;
        while (last + 1 < facts_.size() && continues(last + 1)) ++last;
        const auto speaker = of_quotation(s, last, discourse);
        if (last > s) {
            run_end_ = last + 1;
            running_ = speaker;
        }
        if (speaker) return speaker;
    }
    if (transcript_ && turn_) return Speaker{*turn_, "turn"};
    if (frame_ && sentence.paragraph == frame_paragraph_) return Speaker{*frame_, "frame"};
    return std::nullopt;
}

}  // namespace ceasewire::analysis
