/// tests/golden/<case>/article.json holds the exact bytes of a message; record.json or
/// rejection.json what has to come out. CEASEWIRE_UPDATE_GOLDEN=1 rewrites them, and the diff is
/// the review.
///
/// A record.json is the record's bytes with line breaks and indentation added outside of strings,
/// nothing else, so that a diff shows the mention or claim that changed.

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "enrich/enrich.h"
#include "record/encode.h"
#include "support/shipped_lexicon.h"

namespace ceasewire {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = CEASEWIRE_SOURCE_DIR "/tests/golden";

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(kGolden)) {
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Limits of a case that has a limits.txt: lines of a name and a number.
DecodeLimits limits_of(const std::string& name) {
    DecodeLimits limits;
    const fs::path path = kGolden / name / "limits.txt";
    if (!fs::exists(path)) return limits;
    std::istringstream in(test::read_file(path));
    std::string key;
    std::size_t value = 0;
    while (in >> key >> value) {
        if (key == "message_bytes_max") {
            limits.message_bytes_max = value;
        } else if (key == "json_depth_max") {
            limits.json_depth_max = value;
        } else {
            ADD_FAILURE() << path << ": unknown limit " << key;
        }
    }
    return limits;
}

/// `json` with a line for each member of the outer objects, and one for each mention, quantity and
/// other small thing.
std::string with_line_breaks(std::string_view json) {
    constexpr std::size_t kOpenDepth = 3;  // the record, its lists, an actor or a claim
    std::string out;
    std::size_t depth = 0;
    bool in_string = false;
    const auto new_line = [&] {
        out += '\n';
        out.append(depth, ' ');
    };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            out += c;
            if (c == '\\') {
                out += json[++i];
            } else if (c == '"') {
                in_string = false;
            }
            continue;
        }
        if (c == '"') in_string = true;
        if (c == '{' || c == '[') {
            const bool blank = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
            out += c;
            if (++depth <= kOpenDepth && !blank) new_line();
            if (depth == kOpenDepth + 1 && !blank && json[i + 1] == '{') new_line();
            continue;
        }
        if (c == '}' || c == ']') {
            const bool blank = json[i - 1] == '{' || json[i - 1] == '[';
            --depth;
            if (depth < kOpenDepth && !blank) new_line();
            out += c;
            continue;
        }
        out += c;
        if (c == ',' && depth <= kOpenDepth) new_line();
        if (c == ',' && depth == kOpenDepth + 1 && json[i + 1] == '{') new_line();
    }
    out += '\n';
    return out;
}

std::string encode_rejection(const Rejection& rejection) {
    std::string out =
        "{\n \"reason\":\"" + std::string(to_string(rejection.reason)) + "\",\n \"field\":";
    if (rejection.field.empty()) {
        out += "null";
    } else {
        append_json_string(out, rejection.field);
    }
    out += ",\n \"byte\":" + (rejection.byte ? std::to_string(*rejection.byte) : "null");
    out += ",\n \"message\":";
    append_json_string(out, rejection.message);
    return out + "\n}\n";
}

struct Answer {
    std::string file;
    std::string text;
    std::string bytes;  ///< of a record, as it leaves
};

/// What a case that has a layers.txt asks for beside the record.
LayerChoice layers_of(const std::string& name) {
    const fs::path path = kGolden / name / "layers.txt";
    if (!fs::exists(path)) return {};
    const std::string text = test::read_file(path);
    return {.syntax = text.find("syntax") != std::string::npos,
            .attributions = text.find("attributions") != std::string::npos};
}

Answer answer(const std::string& message, Scratch& scratch, LayerChoice layers = {}) {
    const auto record = enrich(message, test::shipped_lexicon(), scratch, layers);
    if (!record) return {"rejection.json", encode_rejection(record.error()), ""};
    std::string bytes;
    encode(*record, bytes);
    return {"record.json", with_line_breaks(bytes), bytes};
}

bool updating() {
    const char* update = std::getenv("CEASEWIRE_UPDATE_GOLDEN");
    return update != nullptr && std::string_view(update) == "1";
}

class GoldenTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTest, AnswersAsRecorded) {
    const fs::path folder = kGolden / GetParam();
    const std::string message = test::read_file(folder / "article.json");
    Scratch scratch(limits_of(GetParam()));
    const Answer got = answer(message, scratch, layers_of(GetParam()));
    const std::string other = got.file == "record.json" ? "rejection.json" : "record.json";
    if (updating()) {
        fs::remove(folder / other);
        std::ofstream(folder / got.file, std::ios::binary) << got.text;
        return;
    }
    ASSERT_FALSE(fs::exists(folder / other)) << other << " was expected, and this came:\n"
                                             << got.text;
    ASSERT_TRUE(fs::exists(folder / got.file))
        << "no golden file yet; after reading what came, run with CEASEWIRE_UPDATE_GOLDEN=1:\n"
        << got.text;
    EXPECT_EQ(got.text, test::read_file(folder / got.file));
}

/// The same bytes whatever the scratch held before.
TEST_P(GoldenTest, AnswersTheSameFromAUsedScratch) {
    const std::string message = test::read_file(kGolden / GetParam() / "article.json");
    Scratch fresh(limits_of(GetParam()));
    const Answer first = answer(message, fresh, layers_of(GetParam()));
    Scratch used(limits_of(GetParam()));
    for (const char* before : {"meaning_furniture_machine_translation", "offsets_emoji",
                               "reject_bad_json_truncated", "warn_duplicate_key"}) {
        (void)answer(test::read_file(kGolden / before / "article.json"), used,
                     {.syntax = true, .attributions = true});
    }
    const Answer second = answer(message, used, layers_of(GetParam()));
    EXPECT_EQ(first.file, second.file);
    EXPECT_EQ(first.text, second.text);
    EXPECT_EQ(first.bytes, second.bytes);
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param; });

/// Every reason that the core can give has a case, every warning and every format too.
TEST(GoldenCoverage, HasEveryReasonWarningAndFormat) {
    std::set<std::string_view> reasons;
    std::set<std::string_view> warnings;
    std::set<std::string_view> formats;
    for (const std::string& name : cases()) {
        const std::string message = test::read_file(kGolden / name / "article.json");
        Scratch scratch(limits_of(name));
        const auto record = enrich(message, test::shipped_lexicon(), scratch);
        if (!record) {
            reasons.insert(to_string(record.error().reason));
            continue;
        }
        formats.insert(to_string(record->article->format));
        for (const ArticleWarning& warning : record->article->warnings) {
            warnings.insert(to_string(warning.code));
        }
    }
    for (const Reason reason : kReasons) {
        if (reason == Reason::publish_refused) continue;  // the broker's, not the core's
        EXPECT_TRUE(reasons.contains(to_string(reason))) << to_string(reason);
    }
    for (const Warning warning : {Warning::published_at_unreadable, Warning::language_unsupported,
                                  Warning::duplicate_key, Warning::text_repaired}) {
        EXPECT_TRUE(warnings.contains(to_string(warning))) << to_string(warning);
    }
    for (const Format format :
         {Format::native, Format::ninjs, Format::schema_org, Format::news_please, Format::guardian,
          Format::financial_times, Format::gdelt, Format::newsapi, Format::event_registry,
          Format::aylien, Format::json_feed, Format::rss, Format::generic}) {
        EXPECT_TRUE(formats.contains(to_string(format))) << to_string(format);
    }
}

/// One text in many shapes means one thing. (GDELT has a title only, and FT's HTML has its own line
/// breaks.)
TEST(GoldenFormats, DoNotChangeTheMeaning) {
    const auto meaning = [](const std::string& name) {
        Scratch scratch;
        const std::string message = test::read_file(kGolden / name / "article.json");
        const Answer got = answer(message, scratch);
        EXPECT_EQ(got.file, "record.json") << name << ": " << got.text;
        const std::size_t from = got.bytes.find(",\"actors\":");
        const std::size_t to =
            std::min(got.bytes.find(",\"warnings\":"), got.bytes.find(",\"lexicon\":"));
        EXPECT_NE(from, std::string::npos);
        return got.bytes.substr(from, to - from);
    };
    const std::string native = meaning("format_native");
    std::size_t compared = 0;
    for (const std::string& name : cases()) {
        if (!name.starts_with("format_") || name == "format_gdelt" ||
            name == "format_financial_times") {
            continue;
        }
        EXPECT_EQ(meaning(name), native) << name;
        ++compared;
    }
    EXPECT_GE(compared, 13U);
}

TEST(WithLineBreaks, AddsNothingInsideStrings) {
    EXPECT_EQ(
        with_line_breaks(R"({"a":[{"b":"x, {y}","c":[]}],"d":"\",{"})"),
        "{\n \"a\":[\n  {\n   \"b\":\"x, {y}\",\n   \"c\":[]\n  }\n ],\n \"d\":\"\\\",{\"\n}\n");
}

}  // namespace
}  // namespace ceasewire
