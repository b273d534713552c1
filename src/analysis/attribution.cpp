#include "analysis/attribution.h"

#include <algorithm>
#include <array>

namespace ceasewire::analysis {
namespace {

bool auxiliary_or_adverb(const View& view, std::uint32_t t) {
    return view.is_any(t, "has", "have", "had", "is", "was", "were", "are", "be", "been", "being",
                       "also", "later", "earlier", "then", "again", "repeatedly", "on", "monday",
                       "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                       "previously", "recently", "reportedly", "will", "would", "may", "might",
                       "could", "should", "did", "does", "do", "not", "never", "still", "now",
                       "already", "today", "yesterday", "publicly", "strongly", "formally", "all",
                       "both", "each", "separately", "initially", "immediately", "quickly",
                       "further", "once", "just", "officially", "flatly", "firmly", "jointly",
                       "broadly", "long", "must", "can", "cannot", "s", "even", "only", "since");
}

/// Whether the gap before token t parts clauses.
bool clause_break(const View& view, std::uint32_t t) {
    const std::string_view gap = view.gap_before(t);
    return gap.find_first_of(";:") != std::string_view::npos ||
           gap.find("\u2014") != std::string_view::npos ||
           gap.find(" - ") != std::string_view::npos;
}

bool preposition(const View& view, std::uint32_t t) {
    return view.is_any(t, "of", "in", "with", "at", "from", "against", "between", "by", "about",
                       "on", "to", "into", "near", "under", "over", "after", "before", "during",
                       "for", "via", "through", "towards", "toward");
}

/// Whether token t of a sentence stands inside quotation marks.
bool in_quotation(const View& view, const SentenceFacts& facts, const Sentence& sentence,
                  std::uint32_t t) {
    bool open = facts.inside_quote;
    follow_quotation(slice(view.text(), {sentence.span.begin, view.token(t).begin}), open);
    return open;
}

/// A noun for words that somebody issued: it tells what its issuer tells.
bool document(const View& view, std::uint32_t t) {
    return view.is_any(t, "statement", "letter", "communique", "communiqu\u00E9", "document",
                       "text", "declaration", "message", "report", "memo", "memorandum", "tweet",
                       "post", "readout", "petition", "dispatch");
}

bool same_word(const View& view, std::uint32_t a, std::uint32_t b) {
    std::string_view one = view.word(a);
    std::string_view other = view.word(b);
    return one.size() == other.size() && one.substr(1) == other.substr(1);
}

/// Who is named right before token t.
std::optional<Reference> object_before(const View& view, const Analysis& analysis,
                                       const SentenceFacts& facts, std::uint32_t t) {
    for (const std::uint32_t m : facts.mentions) {
        const Mention& mention = analysis.mentions[m];
        const bool agent =
            mention.token_begin >= 2 &&
            (view.is(mention.token_begin - 1, "by") ||
             (view.is(mention.token_begin - 1, "the") && view.is(mention.token_begin - 2, "by")));
        if (mention.token_end == t && view.adjacent(t) && !agent) return reference_to(mention);
    }
    return std::nullopt;
}

bool pronoun(const View& view, std::uint32_t t) {
    return view.is_any(t, "he", "she", "they", "it", "who", "which", "we", "i");
}

/// The first of two people who open a sentence together, "X and Y met", "X spoke with Y": "they" of
/// the next are these two.
std::optional<std::uint32_t> first_of_pair(const View& view, const Analysis& analysis,
                                           const SentenceFacts& facts, const Sentence& sentence) {
    constexpr std::uint32_t kOpening = 8;  // tokens before the first of them at most
    constexpr std::uint32_t kApart = 20;   // tokens between the two at most
    const Mention* first = nullptr;
    for (const std::uint32_t m : facts.mentions) {
        const Mention& mention = analysis.mentions[m];
        if (analysis.actors[mention.actor].type != ActorType::person) continue;
        if (first == nullptr) {
            if (mention.token_begin > sentence.token_begin + kOpening) return std::nullopt;
            first = &mention;
            continue;
        }
        if (mention.actor == first->actor) continue;
        if (mention.token_begin > first->token_end + kApart) return std::nullopt;
        for (std::uint32_t t = first->token_end; t < mention.token_begin; ++t) {
            if (view.is_any(t, "and", "with", "met", "meets")) return first->actor;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> resolve_pronoun(const View& view, const Analysis& analysis,
                                             const std::vector<SentenceFacts>& facts, std::size_t s,
                                             std::uint32_t t, const Discourse& discourse) {
    const bool singular_person = view.is_any(t, "he", "she", "i", "him", "her");
    const auto fits = [&](std::uint32_t actor) {
        const FoundActor& found = analysis.actors[actor];
        if (singular_person)
            return found.type == ActorType::person ||
                   (found.type == ActorType::role_group && !found.name.empty() &&
                    found.name.back() != 's');
        if (view.is(t, "it"))
            return found.type != ActorType::person && found.type != ActorType::role_group;
        if (view.is_any(t, "they", "them")) return found.type != ActorType::person;
        return true;
    };
    if (view.is_any(t, "we", "i") && !facts[s].quoted && !facts[s].inside_quote)
        return discourse.author;
    if (view.is_any(t, "who", "which")) {
        // The name right before.
        for (auto m = facts[s].mentions.rbegin(); m != facts[s].mentions.rend(); ++m) {
            const Mention& mention = analysis.mentions[*m];
            if (mention.token_end <= t && t - mention.token_end <= 2) return mention.actor;
        }
        return std::nullopt;
    }
    // Nobody who speaks of himself by name: what a quotation names is not who is told to say it.
    const bool outside = (facts[s].quoted || facts[s].inside_quote) &&
                         !in_quotation(view, facts[s], analysis.sentences[s], t);
    // Earlier in the same sentence, then the last source, then the subjects of the sentences
    // before.
    for (const std::uint32_t m : facts[s].mentions) {
        const Mention& mention = analysis.mentions[m];
        if (mention.token_end <= t && fits(mention.actor) &&
            mention.token_begin < analysis.sentences[s].token_begin + 4 &&
            !(outside && in_quotation(view, facts[s], analysis.sentences[s], mention.token_begin)))
            return mention.actor;
    }
    if (discourse.last && !discourse.last->chain.empty() && discourse.last_sentence + 3 >= s &&
        fits(discourse.last->chain.back().actor))
        return discourse.last->chain.back().actor;
    const bool plural = view.is_any(t, "they", "them");
    for (std::size_t back = 1; back <= 3 && back <= s; ++back) {
        if (analysis.sentences[s - back].title) break;
        if (plural) {
            if (const auto first =
                    first_of_pair(view, analysis, facts[s - back], analysis.sentences[s - back]))
                return first;
        }
        for (const std::uint32_t m : facts[s - back].mentions) {
            if (fits(analysis.mentions[m].actor)) return analysis.mentions[m].actor;
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> first_person(const View& view, const Analysis& analysis) {
    if (analysis.sentences.empty() || !analysis.sentences.front().title) return std::nullopt;
    const Sentence& title = analysis.sentences.front();
    bool spoken = false;
    for (std::uint32_t t = title.token_begin; t < title.token_end; ++t)
        spoken =
            spoken || view.is_any(t, "statement", "remarks", "speech", "address", "interview",
                                  "letter", "transcript", "communique", "declaration", "message");
    if (!spoken) return std::nullopt;
    const Mention* found = nullptr;
    for (const Mention& mention : analysis.mentions) {
        if (mention.token_end > title.token_end) break;
        // "Statement from NSC Spokesperson X Y": the body's name leads to the person's.
        if (found != nullptr && analysis.actors[found->actor].type != ActorType::person &&
            analysis.actors[mention.actor].type == ActorType::person &&
            mention.token_begin >= found->token_end &&
            mention.token_begin - found->token_end <= 2) {
            found = &mention;
            break;
        }
        const bool by = mention.token_begin > title.token_begin &&
                        (view.is_any(mention.token_begin - 1, "by", "from", "of") ||
                         view.at(Layer::nouns, mention.token_begin - 1) != nullptr ||
                         view.ending_at(Layer::nouns, mention.token_begin - 1) != nullptr);
        if (found == nullptr || (by && analysis.actors[found->actor].type != ActorType::person))
            found = &mention;
        if (by && analysis.actors[found->actor].type == ActorType::person) break;
        if (found != nullptr && mention.token_begin > found->token_end + 2) break;
    }
    return found == nullptr ? std::nullopt : std::optional(found->actor);
}

std::optional<Reference> issuer_of(const View& view, const Analysis& analysis,
                                   const std::vector<SentenceFacts>& facts, std::size_t s,
                                   std::uint32_t head_end, const Discourse& discourse) {
    if (head_end == 0 || !document(view, head_end - 1)) return std::nullopt;
    const std::uint32_t noun = head_end - 1;
    // "the joint statement", not "a statement": that is a new one, and its owner stands beside it.
    std::uint32_t article = noun;
    while (article > analysis.sentences[s].token_begin && noun - article < 3 &&
           view.adjacent(article) && !view.is_any(article, "the", "this", "that"))
        --article;
    if (!view.is_any(article, "the", "this", "that")) return std::nullopt;
    const auto told_by = [&](std::uint32_t actor) {
        return Reference{actor, noun, head_end, Form::nominal, false};
    };
    const auto issuer_behind = [&](std::size_t k, std::uint32_t t) -> std::optional<Reference> {
        if (t + 1 >= analysis.sentences[k].token_end ||
            !view.is_any(t + 1, "by", "from", "of", "signed"))
            return std::nullopt;
        for (const std::uint32_t m : facts[k].mentions) {
            const Mention& mention = analysis.mentions[m];
            if (mention.token_begin > t + 1 && mention.token_begin <= t + 4)
                return told_by(mention.actor);
        }
        return std::nullopt;
    };
    if (const auto own = issuer_behind(s, noun)) return own;
    // "the report" of an outlet that has just told something.
    if (view.is(noun, "report") && discourse.last && discourse.last_sentence + 3 >= s) {
        for (const Reference& link : discourse.last->chain) {
            if (analysis.actors[link.actor].type == ActorType::media) return told_by(link.actor);
        }
    }
    constexpr std::size_t kReach = 4;  // sentences
    for (std::size_t back = 0; back <= std::min(s, kReach); ++back) {
        const std::size_t k = s - back;
        const Sentence& sentence = analysis.sentences[k];
        if (sentence.title) break;
        for (std::uint32_t t = back == 0 ? article : sentence.token_end; t > sentence.token_begin;
             --t) {
            if (!document(view, t - 1) || !same_word(view, t - 1, noun)) continue;
            if (const auto issuer = issuer_behind(k, t - 1)) return issuer;
            if (back > 0 && discourse.last && !discourse.last->chain.empty() &&
                discourse.last_sentence == k)
                return told_by(discourse.last->chain.back().actor);
            // Who is named first in front of it: "the army issued a statement".
            for (const std::uint32_t m : facts[k].mentions) {
                const Mention& mention = analysis.mentions[m];
                const bool dependent = mention.token_begin > sentence.token_begin &&
                                       preposition(view, mention.token_begin - 1);
                if (mention.token_end < t && !dependent) return told_by(mention.actor);
            }
        }
    }
    if (discourse.last && !discourse.last->chain.empty() && discourse.last_sentence + 2 >= s)
        return told_by(discourse.last->chain.back().actor);
    return std::nullopt;
}

std::optional<Reference> resolve_nominal(const View& view, const Analysis& analysis,
                                         const std::vector<SentenceFacts>& facts, std::size_t s,
                                         std::uint32_t head_end) {
    if (head_end == 0) return std::nullopt;
    const std::uint32_t first = analysis.sentences[s].token_begin;
    // "both sides", "the two leaders", "the parties": the one named first in the last sentence that
    // names two of that kind.
    const bool pair = head_end >= 2 && head_end - 1 > first &&
                      view.is_any(head_end - 2, "both", "two", "warring");
    const bool parties =
        view.is_any(head_end - 1, "sides", "parties", "countries", "nations", "neighbours",
                    "neighbors", "groups", "blocs", "governments", "armies", "factions");
    const bool people = view.is_any(head_end - 1, "leaders", "presidents", "ministers", "men",
                                    "diplomats", "politicians", "officials");
    if ((pair && (parties || people)) || (head_end - 1 > first && view.is(head_end - 2, "the") &&
                                          view.is_any(head_end - 1, "sides", "parties", "blocs"))) {
        const auto fits_kind = [&](const Mention& mention) {
            const ActorType type = analysis.actors[mention.actor].type;
            if (people && !parties) return type == ActorType::person;
            return type != ActorType::person && type != ActorType::role_group &&
                   type != ActorType::media;
        };
        for (std::size_t back = s + 1; back > 0 && back + 4 > s; --back) {
            const Mention* one = nullptr;
            for (const std::uint32_t m : facts[back - 1].mentions) {
                const Mention& mention = analysis.mentions[m];
                if (mention.token_end > head_end || !fits_kind(mention)) continue;
                if (one == nullptr) {
                    one = &mention;
                } else if (one->actor != mention.actor) {
                    return Reference{one->actor, head_end - 2, head_end, Form::nominal, true};
                }
            }
        }
        return std::nullopt;
    }
    const PhraseMatch* match = view.ending_at(Layer::nouns, head_end - 1);
    if (match == nullptr) return std::nullopt;
    bool nominal = false;
    view.entries(*match, [&](const Entry& entry) {
        nominal = nominal || (entry.meaning == Meaning::role_noun &&
                              view.data().role_nouns[entry.index].kind == "nominal");
    });
    if (!nominal) return std::nullopt;
    std::uint32_t begin = match->token;
    while (begin > analysis.sentences[s].token_begin && view.adjacent(begin) &&
           !view.is_any(begin, "the", "this") && match->token - begin < 4) {
        --begin;
        if (view.is_any(begin, "the", "this", "its", "their")) break;
    }
    if (!view.is_any(begin, "the", "this")) return std::nullopt;
    const auto fits = [&](ActorType type) {
        if (view.is_any(head_end - 1, "network", "broadcaster", "newspaper", "paper", "outlet",
                        "agency"))
            return type == ActorType::media;
        if (view.is_any(head_end - 1, "ministry", "department", "administration", "council", "body",
                        "watchdog"))
            return type == ActorType::government_body || type == ActorType::igo ||
                   type == ActorType::ngo;
        if (view.is_any(head_end - 1, "charity", "organisation", "organization"))
            return type == ActorType::ngo || type == ActorType::igo ||
                   type == ActorType::armed_group;
        return type == ActorType::armed_group || type == ActorType::political_group ||
               type == ActorType::ngo;
    };
    constexpr std::size_t kSentencesBack =
        40;  // beyond, no reader remembers, and time would not be linear
    for (std::size_t back = 0; back <= std::min(s, kSentencesBack); ++back) {
        const auto& mentions = facts[s - back].mentions;
        for (auto m = mentions.rbegin(); m != mentions.rend(); ++m) {
            const Mention& mention = analysis.mentions[*m];
            if (mention.token_begin >= begin || !fits(analysis.actors[mention.actor].type))
                continue;
            return Reference{mention.actor, begin + 1, head_end, Form::nominal, true};
        }
    }
    return std::nullopt;
}

std::optional<Reference> subject_of(const View& view, const Analysis& analysis,
                                    const std::vector<SentenceFacts>& facts, std::size_t s,
                                    std::uint32_t verb, std::uint32_t from,
                                    const Discourse& discourse) {
    std::uint32_t t = verb;
    // Over auxiliaries and adverbs to what stands before the verb group.
    while (t > from && auxiliary_or_adverb(view, t - 1) && !clause_break(view, t)) --t;
    if (t <= from) return std::nullopt;
    if (pronoun(view, t - 1)) {
        const auto actor = resolve_pronoun(view, analysis, facts, s, t - 1, discourse);
        if (!actor) return std::nullopt;
        return Reference{*actor, t - 1, t, Form::pronoun, true};
    }
    const auto& mentions = facts[s].mentions;
    const Mention* best = nullptr;
    const Mention* fallback = nullptr;
    for (auto m = mentions.rbegin(); m != mentions.rend(); ++m) {
        const Mention& mention = analysis.mentions[*m];
        if (mention.token_end > t || mention.token_begin < from) continue;
        bool broken = false;
        for (std::uint32_t k = mention.token_end; k < verb && !broken; ++k)
            broken = clause_break(view, k);
        if (broken) break;
        // A name behind a preposition or before another noun belongs to that noun: "a strike on
        // Gaza", "Israel's offer", "US efforts".
        const std::uint32_t before =
            mention.token_begin > from && view.is_any(mention.token_begin - 1, "the", "a", "an")
                ? mention.token_begin - 1
                : mention.token_begin;
        const bool dependent =
            before > from && preposition(view, before - 1) && view.adjacent(before);
        const bool owner = mention.token_end < t && view.possessive(mention.token_end);
        if (fallback == nullptr && !owner) fallback = &mention;
        if (dependent || owner) continue;
        best = &mention;
        if (mention.token_end == t || t - mention.token_end <= 1) break;
        // Words stand between: an earlier name may be the subject and this one its object ("Biden
        // and Harris met negotiators to hammer out …").
    }
    if (const auto issuer = issuer_of(view, analysis, facts, s, t, discourse)) return issuer;
    if (const auto nominal = resolve_nominal(view, analysis, facts, s, t);
        nominal && (best == nullptr || best->token_end <= nominal->begin))
        return nominal;
    if (best == nullptr) best = fallback;
    if (best == nullptr) return std::nullopt;
    return Reference{best->actor, best->token_begin, best->token_end, best->form, false};
}

std::optional<Reference> object_at(const View& view, const Analysis& analysis,
                                   const std::vector<SentenceFacts>& facts, std::size_t s,
                                   std::uint32_t after, std::uint32_t until) {
    const Mention* found = nullptr;
    for (const std::uint32_t m : facts[s].mentions) {
        const Mention& mention = analysis.mentions[m];
        if (mention.token_begin < after || mention.token_begin >= until) continue;
        if (found == nullptr) {
            bool near = mention.token_begin - after <= 4;
            for (std::uint32_t k = after; k < mention.token_begin && near; ++k)
                near = k == after || view.gap_before(k).find(',') == std::string_view::npos;
            if (!near) return std::nullopt;
            found = &mention;
            continue;
        }
        // "US officials", "State Department spokesman Matthew Miller": the last of names that touch
        // is the one meant.
        bool touching =
            mention.token_begin >= found->token_end && mention.token_begin - found->token_end <= 2;
        for (std::uint32_t k = found->token_end; touching && k <= mention.token_begin; ++k) {
            touching = view.adjacent(k) &&
                       (k == mention.token_begin || view.at(Layer::nouns, k) != nullptr ||
                        view.ending_at(Layer::nouns, k) != nullptr);
        }
        if (!touching &&
            !(mention.token_begin <= found->token_begin && mention.token_end >= found->token_end))
            break;
        found = &mention;
    }
    if (found == nullptr) return std::nullopt;
    return Reference{found->actor, found->token_begin, found->token_end, found->form, false};
}

Attribution read_attribution(const View& view, const Analysis& analysis,
                             const std::vector<SentenceFacts>& all, std::size_t s,
                             const Discourse& discourse) {
    const SentenceFacts& facts = all[s];
    const Sentence& sentence = analysis.sentences[s];
    const LexiconData& data = view.data();
    Attribution result;
    result.content_begin = sentence.token_begin;
    result.content_end = sentence.token_end;

    struct Link {
        Reference who;
        const CueHit* cue;
        bool trailing;
    };
    std::vector<Link> leading;
    std::vector<Link> trailing;
    std::uint32_t from = sentence.token_begin;
    bool in_quote = facts.inside_quote;
    std::uint32_t scanned = sentence.span.begin;  // up to where quotation marks were read
    for (const CueHit& cue : facts.reports) {
        const std::string& value = data.cues[cue.row].value;
        // Inside a quotation that began in this sentence: said by the one who is quoted, not about
        // him.
        const std::uint32_t cue_at = view.token(cue.begin).begin;
        if (scanned < cue_at) {
            follow_quotation(slice(view.text(), {scanned, cue_at}), in_quote);
            scanned = cue_at;
        }
        if (in_quote || value == "statement") continue;
        if (value == "according") {
            if (const auto who = object_at(view, analysis, all, s, cue.end, sentence.token_end))
                trailing.push_back({*who, &cue, true});
            continue;
        }
        if (value == "quote") {
            if (view.is(cue.begin, "as")) {
                // "reports X as saying"; of "quoted X as saying" the partner has been read.
                const auto object = object_before(view, analysis, facts, cue.begin);
                if (object && !leading.empty() && leading.back().who.actor != object->actor)
                    leading.push_back({*object, &cue, false});
                continue;
            }
            const bool passive = cue.end - cue.begin >= 3;  // "was quoted by"
            const auto object = object_at(view, analysis, all, s, cue.end, sentence.token_end);
            const auto subject = subject_of(view, analysis, all, s, cue.begin, from, discourse);
            if (passive) {
                if (object) leading.push_back({*object, &cue, false});
                if (subject) leading.push_back({*subject, &cue, false});
            } else if (view.is(cue.begin, "citing")) {
                // "the network said, citing a senior US official": the cited one is the source.
                if (object) leading.push_back({*object, &cue, false});
            } else {
                if (subject) leading.push_back({*subject, &cue, false});
                if (object) leading.push_back({*object, &cue, false});
            }
            from = cue.end;
            continue;
        }
        // Inverted: "…," said Blinken.
        const bool after_mark =
            cue.begin > sentence.token_begin &&
            view.gap_before(cue.begin).find_first_of(",\"") != std::string_view::npos;
        const bool after_curly =
            cue.begin > sentence.token_begin &&
            view.gap_before(cue.begin).find("\u201D") != std::string_view::npos;
        if (after_mark || after_curly) {
            auto object = object_at(view, analysis, all, s, cue.end, sentence.token_end);
            if (!object && cue.end + 1 < sentence.token_end)  // "…," said the statement
                object = issuer_of(view, analysis, all, s, cue.end + 2, discourse);
            if (object && object->begin - cue.end <= 1 && value != "think") {
                trailing.push_back({*object, &cue, true});
                continue;
            }
        }
        const auto subject = subject_of(view, analysis, all, s, cue.begin, from, discourse);
        if (!subject) continue;
        // Outside a quotation nobody tells who is only named inside it.
        if ((facts.quoted || facts.inside_quote) &&
            in_quotation(view, facts, sentence, subject->begin))
            continue;
        const std::uint32_t distance = cue.begin - subject->end;
        if (distance > 14) continue;
        if (value == "think" && analysis.actors[subject->actor].type == ActorType::state &&
            distance > 4)
            continue;
        // After the content: "…, Blinken said." Its subject is preceded by a comma or quotation
        // mark, and little follows.
        std::uint32_t subject_begin = subject->begin;
        while (subject_begin > sentence.token_begin && view.adjacent(subject_begin) &&
               (view.is_any(subject_begin - 1, "the", "a", "an") ||
                view.ending_at(Layer::nouns, subject_begin - 1) != nullptr ||
                view.ending_at(Layer::names, subject_begin - 1) != nullptr))
            --subject_begin;
        const std::string_view gap = view.gap_before(subject_begin);
        const bool comma = gap.find(',') != std::string_view::npos ||
                           gap.find("\u201D") != std::string_view::npos ||
                           gap.find('"') != std::string_view::npos;
        const bool late =
            subject_begin > sentence.token_begin + 4 && comma &&
            sentence.token_end - cue.end <= 12 &&
            (cue.begin - sentence.token_begin) * 2 > sentence.token_end - sentence.token_begin;
        if (late) {
            trailing.push_back({*subject, &cue, true});
        } else {
            if (!leading.empty() && leading.back().who.actor == subject->actor) {
                from = cue.end;
                continue;
            }
            // A second teller inside what the first tells; after ", and", ", while" or "but" it is
            // another statement, which is not nested.
            bool parallel = false;
            if (!leading.empty()) {
                for (std::uint32_t k = leading.back().cue->end; k < subject->begin; ++k) {
                    if (view.is_any(k, "while", "but", "whereas", "although", "though") ||
                        (view.is(k, "and") &&
                         view.gap_before(k).find(',') != std::string_view::npos))
                        parallel = true;
                }
            }
            if (parallel) break;
            leading.push_back({*subject, &cue, false});
            // "told CNN that": the outlet hands it on.
            if (view.is_any(cue.begin, "told", "tells")) {
                if (const auto outlet = object_at(view, analysis, all, s, cue.end,
                                                  std::min(cue.end + 3, sentence.token_end));
                    outlet && analysis.actors[outlet->actor].type == ActorType::media) {
                    leading.insert(leading.end() - 1, {*outlet, &cue, false});
                }
            }
        }
        from = cue.end;
    }
    // Outermost first: what trails wraps what leads.
    const CueHit* innermost = nullptr;
    for (auto link = trailing.rbegin(); link != trailing.rend(); ++link) {
        result.chain.push_back(link->who);
        innermost = link->cue;
    }
    for (const Link& link : leading) {
        if (!result.chain.empty() && result.chain.back().actor == link.who.actor) continue;
        result.chain.push_back(link.who);
        innermost = link.cue;
    }
    if (innermost != nullptr) {
        result.cue = view.span_of(innermost->begin, innermost->end);
        result.report_value = data.cues[innermost->row].value;
        if (leading.empty()) {
            std::uint32_t end = trailing.front().cue->begin;
            if (trailing.front().who.begin < end) end = trailing.front().who.begin;
            if (end > sentence.token_begin) {
                result.content_end = end;
            } else {
                result.content_begin =
                    std::max(trailing.front().cue->end, trailing.front().who.end);
            }
        } else {
            result.content_begin =
                std::min(std::max(innermost->end, leading.back().who.end), sentence.token_end);
        }
        if (result.content_begin >= result.content_end) {
            result.content_begin = sentence.token_begin;
            result.content_end = sentence.token_end;
        }
        return result;
    }
    // "We call on both sides …" in a statement: its author speaks.
    if (discourse.author && sentence.title) {
        const auto place = std::find_if(
            facts.mentions.begin(), facts.mentions.end(),
            [&](std::uint32_t m) { return analysis.mentions[m].actor == *discourse.author; });
        if (place != facts.mentions.end()) {
            const Mention& mention = analysis.mentions[*place];
            result.chain.push_back(reference_to(mention));
            result.carried = true;
            return result;
        }
    }
    if (discourse.author && !facts.quoted && !facts.inside_quote) {
        for (std::uint32_t t = sentence.token_begin; t < sentence.token_end; ++t) {
            if (!view.is_any(t, "we", "i", "my", "our")) continue;
            result.chain.push_back({*discourse.author, t, t + 1, Form::pronoun, true});
            result.carried = true;
            return result;
        }
    }
    if (discourse.speaker) {
        result.chain.push_back(discourse.speaker->who);
        result.carried = true;
        return result;
    }
    // No teller here. A quotation that is still open, or one without a verb in the paragraph of its
    // speaker, is his.
    const bool same_paragraph = discourse.last && discourse.last_sentence + 1 == s &&
                                discourse.last_paragraph == sentence.paragraph;
    if (facts.inside_quote && discourse.last) {
        result.chain = discourse.last->chain;
        result.carried = true;
    } else if (facts.quoted && same_paragraph && facts.reports.empty()) {
        result.chain = discourse.last->chain;
        result.carried = true;
    }
    return result;
}

}  // namespace ceasewire::analysis
