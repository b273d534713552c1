/// A sentence that is changed in one way changes its claims in that way and in no other: a new name
/// is a new name, one more "X reported that" is one more `via`, and nothing else moves.
/// metamorphic/bases.txt has the sentences and what is known to go wrong.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "analysis/matrix_case.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

const std::string kBases = CEASEWIRE_SOURCE_DIR "/tests/analysis/metamorphic/bases.txt";

/// The least share of changes that disturb nothing; raise it with what is reached.
constexpr double kFloor = 0.86;

struct Base {
    std::size_t line = 0;
    std::string who;
    std::string says;
    std::string what;
    std::string other;            ///< "-": nobody to rename
    std::set<std::string> known;  ///< "wrap:act"
};

std::vector<Base> read_bases(const std::string& content) {
    std::vector<Base> bases;
    std::istringstream in(content);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("known:")) {
            std::istringstream words(line.substr(6));
            for (std::string word; words >> word;) bases.back().known.insert(word);
            continue;
        }
        Base base;
        base.line = number;
        std::string* const parts[] = {&base.who, &base.says, &base.what, &base.other};
        std::size_t from = 0;
        for (std::string* part : parts) {
            const std::size_t end = std::min(line.find("; ", from), line.size());
            *part = line.substr(from, end - from);
            from = std::min(end + 2, line.size());
        }
        bases.push_back(std::move(base));
    }
    return bases;
}

/// The first letter that is read, not a mark's, in upper case.
std::string capital(std::string marked) {
    for (std::size_t i = 0; i < marked.size(); ++i) {
        if (marked[i] == '[') {
            const std::size_t bar = marked.find('|', i);
            if (bar < marked.find(']', i)) i = bar;
            continue;
        }
        if (marked[i] >= 'a' && marked[i] <= 'z') marked[i] = static_cast<char>(marked[i] - 0x20);
        break;
    }
    return marked;
}

/// What is told of the claims, by field, with labels for the actors who have one.
using Signature = std::vector<std::array<std::string, test::kMatrixFieldCount>>;

Signature signature_of(const std::string& marked) {
    test::MatrixCase wanted;
    wanted.sentence = test::read_marks(marked);
    wanted.day = "2025-06-11";
    test::Told told;
    test::tell(wanted, told);
    const auto names = [&](const std::vector<std::uint32_t>& actors) {
        std::string list;
        for (const std::uint32_t actor : actors) {
            std::string name = told.analyzed.analysis.actors[actor].name;
            for (const auto& [label, found] : told.named) {
                if (found.contains(actor)) name = label;
            }
            list += name + ",";
        }
        return list;
    };
    Signature all;
    for (const Claim* claim : told.claims) {
        std::string terms;
        for (const std::string_view term : claim->terms) terms += std::string(term) + " ";
        all.push_back({"", std::string(to_string(claim->act)), names(claim->actors),
                       names(claim->sources), names(claim->via), names(claim->targets),
                       std::string(to_string(claim->stance)), std::string(to_string(claim->status)),
                       terms, std::string(to_string(claim->quote))});
    }
    return all;
}

struct Change {
    const char* name;
    std::string from;
    std::string to;
    std::string outer;  ///< label that comes to stand in front of `via`
};

std::vector<Change> changes_of(const Base& base) {
    const std::string front = capital(base.who) + " " + base.says + " that " + base.what + ".";
    std::vector<Change> changes;
    if (base.other != "-") {
        std::string what = base.what;
        const std::size_t bar = what.find('|');
        what.replace(bar + 1, what.find(']', bar) - bar - 1, base.other);
        changes.push_back(
            {"rename", front, capital(base.who) + " " + base.says + " that " + what + ".", ""});
    }
    changes.push_back(
        {"appositive", front,
         capital(base.who) + ", who had flown in, " + base.says + " that " + base.what + ".", ""});
    changes.push_back(
        {"back", front, capital(base.what) + ", " + base.who + " " + base.says + ".", ""});
    changes.push_back({"quotes",
                       "\"" + capital(base.what) + ",\" " + base.who + " " + base.says + ".",
                       "“" + capital(base.what) + ",” " + base.who + " " + base.says + ".", ""});
    changes.push_back(
        {"quoted_front", "\"" + capital(base.what) + ",\" " + base.who + " " + base.says + ".",
         capital(base.who) + " " + base.says + ": \"" + capital(base.what) + ".\"", ""});
    changes.push_back(
        {"wrap", front,
         "[w|Reuters] reported that " + base.who + " " + base.says + " that " + base.what + ".",
         "w"});
    changes.push_back(
        {"wrap_behind", front,
         capital(base.who) + " " + base.says + " that " + base.what + ", [w|Reuters] reported.",
         "w"});
    changes.push_back(
        {"wrap_according", front,
         "According to [w|Reuters], " + base.who + " " + base.says + " that " + base.what + ".",
         "w"});
    changes.push_back(
        {"wrap_twice",
         "[w|Reuters] reported that " + base.who + " " + base.says + " that " + base.what + ".",
         "[v|The Guardian] said that [w|Reuters] reported that " + base.who + " " + base.says +
             " that " + base.what + ".",
         "v"});
    changes.push_back({"day", front,
                       capital(base.who) + " " + base.says + " on Monday that " + base.what + ".",
                       ""});
    return changes;
}

/// The fields in which the change did more, or less, than it must.
std::vector<std::string> disturbed(const Change& change) {
    Signature from = signature_of(change.from);
    const Signature to = signature_of(change.to);
    std::vector<std::string> fields;
    if (from.empty() || from.size() != to.size()) fields.emplace_back(test::kMatrixFields[0]);
    for (std::size_t f = 1; f < test::kMatrixFieldCount; ++f) {
        bool same = true;
        for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
            std::string wanted = from[i][f];
            if (test::kMatrixFields[f] == "via" && !change.outer.empty())
                wanted = change.outer + "," + wanted;
            same = same && wanted == to[i][f];
        }
        if (!same) fields.emplace_back(test::kMatrixFields[f]);
    }
    return fields;
}

TEST(Metamorphic, AChangeChangesWhatItMust) {
    const std::string content = test::read_file(kBases);
    const std::vector<Base> bases = read_bases(content);
    ASSERT_GE(bases.size(), 36U);
    const bool update = std::getenv("CEASEWIRE_UPDATE_KNOWN") != nullptr;
    std::map<std::string, std::pair<std::size_t, std::size_t>> shares;
    std::map<std::size_t, std::string> known;  // by line of the base
    for (const Base& base : bases) {
        std::set<std::string> found;
        for (const Change& change : changes_of(base)) {
            const std::vector<std::string> fields = disturbed(change);
            auto& [right, count] = shares[change.name];
            right += fields.empty() ? 1U : 0U;
            ++count;
            for (const std::string& field : fields) {
                const std::string name = change.name + (":" + field);
                found.insert(name);
                if (!update && !base.known.contains(name))
                    ADD_FAILURE() << kBases << ":" << base.line << ": " << name << "\n    from "
                                  << change.from << "\n    to   " << change.to;
            }
        }
        for (const std::string& name : base.known) {
            if (!update && !found.contains(name))
                ADD_FAILURE() << kBases << ":" << base.line
                              << ": marked as known, and right: " << name;
        }
        std::string line;
        for (const std::string& name : found) line += " " + name;
        known[base.line] = line;
    }
    std::size_t right = 0;
    std::size_t count = 0;
    for (const auto& [name, share] : shares) {
        std::printf("%-16s%4zu of%4zu\n", name.c_str(), share.first, share.second);
        right += share.first;
        count += share.second;
    }
    std::printf("%-16s%4zu of%4zu\n", "all", right, count);
    EXPECT_GE(static_cast<double>(right), kFloor * static_cast<double>(count));
    if (!update) return;
    std::string out;
    std::size_t number = 0;
    std::istringstream in(content);
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (!line.starts_with("known:")) out += line + "\n";
        const auto at = known.find(number);
        if (at != known.end() && !at->second.empty()) out += "known:" + at->second + "\n";
    }
    std::ofstream(kBases, std::ios::binary) << out;
}

}  // namespace
}  // namespace ceasewire
