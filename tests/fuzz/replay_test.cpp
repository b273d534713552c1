/// Runs the committed corpus, the golden messages, the bundled feed and simple mutations of all
/// three through the fuzz target's checks, in every ordinary test run.

#include <random>

#include <gtest/gtest.h>

#include "enrich_fuzz.h"
#include "support/shipped_lexicon.h"

namespace ceasewire::fuzz {
namespace {

namespace fs = std::filesystem;

struct Input {
    std::string name;
    std::string bytes;
};

std::vector<Input> inputs() {
    const fs::path source = CEASEWIRE_SOURCE_DIR;
    std::vector<Input> found;
    for (const auto& entry : fs::directory_iterator(source / "tests" / "fuzz" / "corpus")) {
        found.push_back({entry.path().filename().string(), test::read_file(entry.path())});
    }
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
    std::sort(found.begin(), found.end(),
              [](const Input& a, const Input& b) { return a.name < b.name; });
    return found;
}

TEST(FuzzReplay, NothingIsWrongWithTheCorpus) {
    const auto all = inputs();
    ASSERT_GT(all.size(), 100U);
    for (const Input& input : all) EXPECT_EQ(complaint_about(input.bytes), "") << input.name;
}

/// A stand-in for the fuzzer where there is no libFuzzer: cut, doubled, flipped and spliced inputs.
TEST(FuzzReplay, NothingIsWrongWithMutationsOfTheCorpus) {
    const auto all = inputs();
    std::mt19937 random(20240611);
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
    for (int round = 0; round < 3000; ++round) {
        const Input& input = all[below(all.size())];
        std::string bytes = input.bytes;
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
        ASSERT_EQ(complaint_about(bytes), "")
            << "round " << round << " from " << input.name << ":\n"
            << bytes;
    }
}

}  // namespace
}  // namespace ceasewire::fuzz
