/// Runs the committed corpora, for enrich the golden messages and the bundled feed too, and simple
/// mutations of all of them through the fuzz targets' checks, in every ordinary test run.

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "checks.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::fuzz {
namespace {

namespace fs = std::filesystem;

struct Input {
    std::string name;
    std::string bytes;
};

void add_messages(std::vector<Input>& found) {
    const fs::path source = CEASEWIRE_SOURCE_DIR;
    for (const auto& entry : fs::directory_iterator(source / "tests" / "golden")) {
        const fs::path path = entry.path() / "article.json";
        if (fs::exists(path)) {
            found.push_back({entry.path().filename().string(), test::read_file(path)});
        }
    }
    const std::string feed = test::read_file(source / "src" / "app" / "demo_feed.jsonl");
    for (std::size_t from = 0, line = 1; from < feed.size(); ++line) {
        const std::size_t end = std::min(feed.find('\n', from), feed.size());
        found.push_back({"feed line " + std::to_string(line), feed.substr(from, end - from)});
        from = end + 1;
    }
}

std::vector<Input> inputs_of(std::string_view target) {
    std::vector<Input> found;
    const fs::path corpus = fs::path(CEASEWIRE_SOURCE_DIR) / "tests" / "fuzz" / "corpus" / target;
    for (const auto& entry : fs::directory_iterator(corpus)) {
        found.push_back({entry.path().filename().string(), test::read_file(entry.path())});
    }
    if (target == "enrich") add_messages(found);
    std::sort(found.begin(), found.end(),
              [](const Input& a, const Input& b) { return a.name < b.name; });
    return found;
}

/// Cut, doubled, flipped and spliced.
std::string mutated(const std::vector<Input>& all, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
    std::string bytes = all[below(all.size())].bytes;
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
        const std::size_t at = below(bytes.size() + 1);
        switch (random() % 5) {
            case 0:
                bytes.resize(at);
                break;
            case 1:
                if (at < bytes.size()) bytes[at] = static_cast<char>(random());
                break;
            case 2:
                bytes.insert(at, bytes.substr(below(bytes.size() + 1), below(40)));
                break;
            case 3:
                bytes.erase(at, below(20));
                break;
            default: {
                const std::string& other = all[below(all.size())].bytes;
                bytes.insert(at, other.substr(below(other.size() + 1), below(200)));
            }
        }
    }
    return bytes;
}

class FuzzReplay : public testing::TestWithParam<Target> {};

TEST_P(FuzzReplay, NothingIsWrongWithTheCorpus) {
    const auto all = inputs_of(GetParam().name);
    ASSERT_FALSE(all.empty());
    for (const Input& input : all) EXPECT_EQ(GetParam().complaint(input.bytes), "") << input.name;
}

/// A stand-in for the fuzzer where there is no libFuzzer.
TEST_P(FuzzReplay, NothingIsWrongWithMutationsOfTheCorpus) {
    const auto all = inputs_of(GetParam().name);
    std::mt19937 random(20240611);
    for (int round = 0; round < 3000; ++round) {
        const std::string bytes = mutated(all, random);
        ASSERT_EQ(GetParam().complaint(bytes), "") << "round " << round << ":\n" << bytes;
    }
}

INSTANTIATE_TEST_SUITE_P(Every, FuzzReplay, testing::ValuesIn(kTargets),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ceasewire::fuzz
