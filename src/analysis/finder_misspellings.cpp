/// Surnames written wrongly, where the article has the person.

#include "analysis/finder.h"

namespace ceasewire::analysis {
namespace {

constexpr std::size_t kMisspeltBytesMax = 40;

/// Visits a hash of each form that at most two deletions, never of the first letter, make of
/// `word`.
template <class Visit>
void deletions(std::string_view word, Visit&& visit) {
    const auto hash = [&](std::size_t skip, std::size_t also) {
        std::uint64_t value = static_cast<unsigned char>(word[0]);
        for (std::size_t i = 1; i < word.size(); ++i) {
            if (i != skip && i != also)
                value = (value ^ static_cast<unsigned char>(word[i])) * 0x100000001B3ULL;
        }
        return value;
    };
    if (word.size() > kMisspeltBytesMax) return;
    visit(hash(0, 0));
    const bool two = word.size() + 2 >= 8;  // the other word may be longer by two
    for (std::size_t i = 1; i < word.size(); ++i) {
        visit(hash(i, i));
        for (std::size_t k = i + 1; two && k < word.size(); ++k) visit(hash(i, k));
    }
}

}  // namespace

void Finder::take_misspellings() {
    if (person_parts_.empty()) return;
    const Deletions known = surname_deletions();
    for (TokenIndex t = 0; t < view_.size(); ++t) {
        const std::uint32_t size = view_.token(t).end - view_.token(t).begin;
        if (size < 5 || covered_[t] != 0 || !view_.upper(t) || skipped(t) ||
            view_.at(Layer::names, t) != nullptr || view_.at(Layer::nouns, t) != nullptr)
            continue;
        if (sentence_start(t) && !acts_after(t + 1)) continue;
        const std::int64_t actor = misspelt_person(known, folded(view_.word(t)));
        if (actor < 0) continue;
        TokenIndex begin = t;
        if (t > 0 && name_word(t - 1) && view_.adjacent(t) && !sentence_start(t) &&
            data_.given_names.count(view_.token(t - 1).hash) != 0)
            --begin;
        mention(begin, t + 1, static_cast<std::uint32_t>(actor), Form::misspelling,
                "misspelling of a name in the article");
    }
}

Finder::Deletions Finder::surname_deletions() {
    Deletions known(&pool_);
    std::unordered_set<std::string_view> seen;
    for (std::uint32_t actor = 0; actor < analysis_.actors.size(); ++actor) {
        const auto part = person_parts_.find(actor);
        // Of several persons with one surname the first is meant.
        if (part == person_parts_.end() || part->second.size() < 5 ||
            !seen.insert(part->second).second)
            continue;
        deletions(part->second, [&](std::uint64_t key) { known[key].push_back(actor); });
    }
    return known;
}

std::int64_t Finder::misspelt_person(const Deletions& known, std::string_view word) const {
    std::int64_t best = -1;
    deletions(word, [&](std::uint64_t key) {
        const auto found = known.find(key);
        if (found == known.end()) return;
        for (const std::uint32_t actor : found->second) {
            if (best >= 0 && actor >= static_cast<std::uint32_t>(best)) break;
            const std::string& part = person_parts_.at(actor);
            const std::size_t most = part.size() >= 8 ? 2 : 1;
            if (part[0] != word[0] || part == word || word == part + "s" ||
                edit_distance(part, word, most) > most)
                continue;
            best = actor;
        }
    });
    return best;
}

}  // namespace ceasewire::analysis
