#include "analysis/matrix_case.h"

#include <algorithm>
#include <optional>
#include <sstream>

namespace ceasewire::test {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view between) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t at = std::min(text.find(between, from), text.size());
        if (at > from) parts.emplace_back(text.substr(from, at - from));
        from = at + between.size();
    }
    return parts;
}

WantedNames names_of(std::string_view list) {
    WantedNames names;
    for (std::string& name : split(list, ",")) {
        if (name == "-") {
            names.nobody = true;
        } else if (name.starts_with('?')) {
            names.allowed.push_back(name.substr(1));
        } else {
            names.wanted.push_back(std::move(name));
        }
    }
    return names;
}

WantedTerm term_of(std::string_view item) {
    WantedTerm term;
    for (std::string& slug : split(item, ",")) {
        if (slug == "-") {
            term.optional = true;
        } else if (slug.starts_with('?')) {
            term.optional = term.optional || item.starts_with('?');
            term.any_of.push_back(slug.substr(1));
        } else {
            term.any_of.push_back(std::move(slug));
        }
    }
    return term;
}

template <class List, class Value>
bool contains(const List& list, const Value& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

/// "reject hamas by officials via cnn to egypt / against actual / ceasefire / indirect".
std::optional<WantedClaim> claim_of(std::string_view line) {
    const std::vector<std::string> parts = split(line, " / ");
    if (parts.size() != 4) return std::nullopt;
    const std::vector<std::string> who = split(parts[0], " ");
    if (who.size() < 2 || who.size() % 2 != 0) return std::nullopt;
    WantedClaim claim;
    claim.acts = split(who[0], ",");
    claim.holder = names_of(who[1]);
    for (std::size_t i = 2; i < who.size(); i += 2) {
        if (who[i] == "by") {
            claim.source = names_of(who[i + 1]);
        } else if (who[i] == "to") {
            claim.targets = names_of(who[i + 1]);
        } else if (who[i] == "via") {
            for (const std::string& link : split(who[i + 1], ",")) {
                const bool optional = link.starts_with('?');
                claim.via.emplace_back(optional ? link.substr(1) : link, optional);
            }
        } else {
            return std::nullopt;
        }
    }
    const std::vector<std::string> how = split(parts[1], " ");
    if (how.size() != 2) return std::nullopt;
    claim.stances = split(how[0], ",");
    claim.statuses = split(how[1], ",");
    for (const std::string& item : split(parts[2], " ")) {
        if (item != "-") claim.terms.push_back(term_of(item));
    }
    claim.quotes = split(parts[3], ",");
    return claim;
}

/// The words of closed lists that a claim uses are in them, and its labels in the text.
void check(const MatrixCase& wanted, const std::string& where, std::vector<std::string>& errors) {
    const auto spelt = [&](const std::vector<std::string>& words, auto all, std::size_t count) {
        for (const std::string& word : words) {
            bool found = false;
            for (std::size_t i = 0; i < count; ++i)
                found = found || to_string(static_cast<decltype(all)>(i)) == word;
            if (!found) errors.push_back(where + "unknown word " + word);
        }
    };
    const auto labelled = [&](const std::string& label) {
        if (wanted.sentence.labels.count(label) + wanted.before.labels.count(label) +
                wanted.title.labels.count(label) ==
            0)
            errors.push_back(where + "no mark has the label " + label);
    };
    for (const WantedClaim& claim : wanted.claims) {
        spelt(claim.acts, Act::call, kActs);
        spelt(claim.stances, Stance::for_, 4);
        spelt(claim.statuses, Status::actual, 6);
        spelt(claim.quotes, Quote::none, 4);
        for (const WantedNames* names : {&claim.holder, &claim.source, &claim.targets}) {
            for (const std::string& label : names->wanted) labelled(label);
            for (const std::string& label : names->allowed) labelled(label);
        }
        for (const auto& [label, optional] : claim.via) labelled(label);
        for (const WantedTerm& term : claim.terms) {
            for (const std::string& slug : term.any_of) {
                if (!contains(kTermColumns, slug)) errors.push_back(where + "unknown term " + slug);
            }
        }
    }
}

void append(MarkedSpans& to, std::string_view between, std::string_view marked) {
    if (!to.text.empty()) to.text += between;
    MarkedSpans more = read_marks(marked);
    const auto shift = static_cast<std::uint32_t>(to.text.size());
    to.text += more.text;
    for (const auto& [label, span] : more.labels)
        to.labels.emplace(label, Span{span.begin + shift, span.end + shift});
}

bool is_comment(std::string_view line) { return line.starts_with('#'); }

bool all_among(const std::vector<std::uint32_t>& found, const std::set<std::uint32_t>& allowed) {
    return std::all_of(found.begin(), found.end(),
                       [&](std::uint32_t actor) { return allowed.contains(actor); });
}

/// The actors that these labels stand for.
std::set<std::uint32_t> actors_of(const std::vector<std::string>& labels, const Told& told) {
    std::set<std::uint32_t> actors;
    for (const std::string& label : labels) {
        const auto at = told.named.find(label);
        if (at != told.named.end()) actors.insert(at->second.begin(), at->second.end());
    }
    return actors;
}

/// One of those wanted is named, and nobody else than they and those allowed.
bool names_fit(const WantedNames& names, const std::vector<std::uint32_t>& found,
               const Told& told) {
    std::set<std::uint32_t> allowed = actors_of(names.wanted, told);
    const bool hit = std::any_of(found.begin(), found.end(),
                                 [&](std::uint32_t actor) { return allowed.contains(actor); });
    allowed.merge(actors_of(names.allowed, told));
    if (found.empty()) return names.nobody || names.wanted.empty();
    return (hit || names.wanted.empty()) && all_among(found, allowed);
}

bool holder_fits(const WantedClaim& wanted, const Claim& claim, const Told& told) {
    const std::vector<std::uint32_t>& found = claim.actors.empty() ? claim.sources : claim.actors;
    if (names_fit(wanted.holder, found, told)) return true;
    // Nobody does it: then who tells it may stand there, as everywhere.
    const bool nobody = wanted.holder.nobody || wanted.holder.wanted.empty();
    std::set<std::uint32_t> tellers = actors_of(wanted.source.wanted, told);
    tellers.merge(actors_of(wanted.source.allowed, told));
    return nobody && all_among(found, tellers);
}

bool via_fits(const WantedClaim& wanted, const Claim& claim, const Told& told) {
    std::size_t next = 0;
    for (const std::uint32_t actor : claim.via) {
        const auto is_next = [&] {
            return actors_of({wanted.via[next].first}, told).contains(actor);
        };
        while (next < wanted.via.size() && !is_next() && wanted.via[next].second) ++next;
        if (next == wanted.via.size() || !is_next()) return false;
        ++next;
    }
    return std::all_of(wanted.via.begin() + static_cast<std::ptrdiff_t>(next), wanted.via.end(),
                       [](const auto& link) { return link.second; });
}

bool targets_fit(const WantedClaim& wanted, const Claim& claim, const Told& told) {
    std::set<std::uint32_t> allowed = actors_of(wanted.targets.wanted, told);
    for (const std::string& label : wanted.targets.wanted) {
        const std::set<std::uint32_t> one = actors_of({label}, told);
        if (std::none_of(claim.targets.begin(), claim.targets.end(),
                         [&](std::uint32_t actor) { return one.contains(actor); }))
            return false;
    }
    allowed.merge(actors_of(wanted.targets.allowed, told));
    return all_among(claim.targets, allowed);
}

bool terms_fit(const WantedClaim& wanted, const Claim& claim) {
    std::size_t matched = 0;
    for (const WantedTerm& term : wanted.terms) {
        const auto found = static_cast<std::size_t>(
            std::count_if(claim.terms.begin(), claim.terms.end(),
                          [&](std::string_view slug) { return contains(term.any_of, slug); }));
        if (found == 0 && !term.optional) return false;
        matched += found;
    }
    return matched >= claim.terms.size();
}

FieldSet fits(const WantedClaim& wanted, const Claim& claim, const Told& told) {
    return {true,
            contains(wanted.acts, to_string(claim.act)),
            holder_fits(wanted, claim, told),
            names_fit(wanted.source, claim.sources, told),
            via_fits(wanted, claim, told),
            targets_fit(wanted, claim, told),
            contains(wanted.stances, to_string(claim.stance)),
            contains(wanted.statuses, to_string(claim.status)),
            terms_fit(wanted, claim),
            contains(wanted.quotes, to_string(claim.quote))};
}

}  // namespace

MarkedSpans read_marks(std::string_view marked) {
    MarkedSpans out;
    std::string label;
    bool in_label = false;
    std::uint32_t begin = 0;
    for (const char c : marked) {
        if (c == '[') {
            label.clear();
            in_label = false;
            begin = static_cast<std::uint32_t>(out.text.size());
        } else if (c == '|') {
            label = out.text.substr(begin);
            out.text.resize(begin);
            in_label = true;
        } else if (c == ']') {
            const auto end = static_cast<std::uint32_t>(out.text.size());
            if (!in_label) {
                label = out.text.substr(begin);
                for (char& letter : label) {
                    if (letter == ' ') letter = '-';
                    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter | 0x20);
                }
            }
            out.labels.emplace(label, Span{begin, end});
        } else {
            out.text += c;
        }
    }
    return out;
}

std::vector<MatrixCase> parse_matrix(std::string_view content, std::vector<std::string>& errors) {
    std::vector<MatrixCase> cases;
    std::optional<MatrixCase> now;
    bool closed = false;  // "none" or a claim has been read
    const auto finish = [&](std::size_t line) {
        if (!now) return;
        const std::string where = std::to_string(now->line) + ": ";
        if (now->sentence.text.empty() || now->traits.empty() || !closed)
            errors.push_back(std::to_string(line) +
                             ": a case lacks its sentence, traits or claims");
        check(*now, where, errors);
        cases.push_back(std::move(*now));
        now.reset();
        closed = false;
    };
    std::size_t number = 0;
    std::istringstream in{std::string(content)};
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (is_comment(line)) continue;
        if (line.empty()) {
            finish(number);
            continue;
        }
        if (!now) now.emplace();
        const std::string_view rest =
            std::string_view(line).substr(std::min<std::size_t>(2, line.size()));
        if (!line.starts_with("known:")) now->last = number;
        if (line.starts_with("title: ")) {
            now->title = read_marks(line.substr(7));
        } else if (line.starts_with("<< ")) {
            append(now->before, "\n\n", rest.substr(1));
            now->before.text += "\n";
        } else if (line.starts_with("< ")) {
            append(now->before, " ", rest);
        } else if (line.starts_with(": ")) {
            for (std::string& trait : split(rest, " ")) {
                now->headline = now->headline || trait == "headline";
                now->alone = now->alone || trait == "alone";
                if (trait[0] >= '0' && trait[0] <= '9') {
                    now->day = trait;
                } else {
                    now->traits.push_back(std::move(trait));
                }
            }
        } else if (line.starts_with("= ")) {
            if (auto claim = claim_of(rest)) {
                now->claims.push_back(std::move(*claim));
            } else {
                errors.push_back(std::to_string(number) + ": not a claim: " + line);
            }
            closed = true;
        } else if (line == "none") {
            closed = true;
        } else if (line == "more") {
            now->more = true;
        } else if (line.starts_with("known:")) {
            for (const std::string& field : split(line.substr(6), " ")) {
                const auto at = std::find(kMatrixFields.begin(), kMatrixFields.end(), field);
                if (at == kMatrixFields.end()) {
                    errors.push_back(std::to_string(number) + ": unknown field " + field);
                } else {
                    now->known[static_cast<std::size_t>(at - kMatrixFields.begin())] = true;
                }
            }
        } else if (now->sentence.text.empty()) {
            now->sentence = read_marks(line);
            now->line = number;
        } else {
            errors.push_back(std::to_string(number) + ": a second sentence: " + line);
        }
    }
    finish(number + 1);
    return cases;
}

std::string with_known(std::string_view content, const std::vector<MatrixCase>& cases,
                       const std::vector<FieldSet>& known) {
    std::string out;
    std::size_t number = 0;
    std::size_t next = 0;
    std::istringstream in{std::string(content)};
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (!line.starts_with("known:")) out += line + "\n";
        if (next == cases.size() || cases[next].last != number) continue;
        std::string fields;
        for (std::size_t f = 0; f < kMatrixFieldCount; ++f) {
            if (known[next][f]) fields += " " + std::string(kMatrixFields[f]);
        }
        if (!fields.empty()) out += "known:" + fields + "\n";
        ++next;
    }
    return out;
}

void tell(const MatrixCase& wanted, Told& out) {
    out.claims.clear();
    out.named.clear();
    Wish wish;
    if (!wanted.day.empty()) wish.day = wanted.day;
    wish.war = !wanted.alone;
    wish.title = wanted.headline ? wanted.sentence.text : wanted.title.text;
    // What an article's opening would have said: that a ceasefire is talked about, and nobody's
    // name.
    std::string body = wanted.alone ? "" : "A ceasefire has been talked about for weeks.\n\n";
    const auto before = static_cast<std::uint32_t>(body.size());
    body += wanted.before.text;
    if (!wanted.before.text.empty()) body += body.back() == '\n' ? "\n" : " ";
    const auto at = static_cast<std::uint32_t>(body.size());
    if (!wanted.headline) body += wanted.sentence.text;
    analyze(body, wish, out.analyzed);
    const Document& document = out.analyzed.document;
    const Analysis& analysis = out.analyzed.analysis;
    const std::uint32_t begin =
        wanted.headline ? document.title().begin : document.body().begin + at;
    const auto end = static_cast<std::uint32_t>(begin + wanted.sentence.text.size());
    for (const Claim& claim : analysis.claims) {
        if (claim.span.begin >= begin && claim.span.end <= end) out.claims.push_back(&claim);
    }
    // Whom the program finds where a label stands. What it made of a pronoun or of "the group" says
    // nothing about whom the label means, unless nothing else has it.
    std::map<std::string, std::set<std::uint32_t>> described;
    const auto name = [&](const MarkedSpans& marks, std::uint32_t shift) {
        for (const auto& [label, marked] : marks.labels) {
            const Span span{marked.begin + shift, marked.end + shift};
            const Mention* best = nullptr;
            double most = 0;
            for (const Mention& mention : analysis.mentions) {
                const std::uint32_t from = std::max(mention.span.begin, span.begin);
                const std::uint32_t to = std::min(mention.span.end, span.end);
                if (from >= to) continue;
                const double share = static_cast<double>(to - from) /
                                     static_cast<double>(std::max(mention.span.end, span.end) -
                                                         std::min(mention.span.begin, span.begin));
                if (share < most) continue;
                most = share;
                best = &mention;
            }
            if (best == nullptr || best->form == Form::pronoun) continue;
            (best->form == Form::nominal ? described : out.named)[label].insert(best->actor);
        }
    };
    name(wanted.sentence, begin);
    name(wanted.before, document.body().begin + before);
    name(wanted.title, document.title().begin);
    for (auto& [label, actors] : described) out.named.emplace(label, std::move(actors));
}

FieldSet judge(const MatrixCase& wanted, const Told& told) {
    FieldSet right;
    right.fill(true);
    std::vector<const Claim*> left = told.claims;
    for (const WantedClaim& claim : wanted.claims) {
        // The one that fits best, act and holder first.
        FieldSet best{};
        int most = -1;
        std::size_t chosen = 0;
        for (std::size_t i = 0; i < left.size(); ++i) {
            const FieldSet here = fits(claim, *left[i], told);
            int score = 0;
            for (std::size_t f = 0; f < kMatrixFieldCount; ++f)
                score += here[f] ? (f == 1 ? 100 : f == 2 ? 50 : 1) : 0;
            if (score <= most) continue;
            most = score;
            best = here;
            chosen = i;
        }
        if (most >= 0) left.erase(left.begin() + static_cast<std::ptrdiff_t>(chosen));
        for (std::size_t f = 0; f < kMatrixFieldCount; ++f) right[f] = right[f] && best[f];
    }
    right[0] = right[0] && (left.empty() || wanted.more);
    return right;
}

std::string described(const Told& told) {
    std::string out;
    const auto names = [&](const std::vector<std::uint32_t>& actors) {
        std::string list;
        for (const std::uint32_t actor : actors) {
            if (!list.empty()) list += ',';
            list += told.analyzed.analysis.actors[actor].name;
        }
        return list.empty() ? std::string("-") : list;
    };
    for (const Claim* claim : told.claims) {
        out += "\n    found: " + std::string(to_string(claim->act)) + " " + names(claim->actors) +
               " by " + names(claim->sources) + " via " + names(claim->via) + " to " +
               names(claim->targets) + " / " + std::string(to_string(claim->stance)) + " " +
               std::string(to_string(claim->status)) + " /";
        for (const std::string_view term : claim->terms) out += " " + std::string(term);
        out += " / " + std::string(to_string(claim->quote));
    }
    return out.empty() ? "\n    found: nothing" : out;
}

}  // namespace ceasewire::test
