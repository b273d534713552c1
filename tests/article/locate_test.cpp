#include "article/locate.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <simdjson.h>

namespace ceasewire {
namespace {

constexpr std::size_t kDepth = 8;

struct Bad {
    const char* name;
    std::string json;
    Reason reason;
    std::size_t byte;
};

const std::vector<Bad> kBad = {
    {"nothing", "", Reason::bad_json, 0},
    {"word", "nope", Reason::bad_json, 0},
    {"cut_after_colon", R"({"a":)", Reason::bad_json, 5},
    {"cut_in_object", R"({"a":1)", Reason::bad_json, 6},
    {"cut_in_array", "[1,2", Reason::bad_json, 4},
    {"cut_in_string", R"({"a":"b)", Reason::bad_json, 5},
    {"cut_in_escape", "[\"\\", Reason::bad_json, 2},
    {"comma_before_brace", R"({"a":1,})", Reason::bad_json, 7},
    {"comma_before_bracket", "[1,]", Reason::bad_json, 3},
    {"comma_missing", "[1 2]", Reason::bad_json, 3},
    {"colon_missing", R"({"a" 1})", Reason::bad_json, 5},
    {"key_without_quotes", "{a:1}", Reason::bad_json, 1},
    {"key_a_number", "{1:1}", Reason::bad_json, 1},
    {"single_quotes", "{'a':1}", Reason::bad_json, 1},
    {"brackets_crossed", R"({"a":[1})", Reason::bad_json, 7},
    {"two_documents", "{}{}", Reason::bad_json, 2},
    {"trailing_word", "{} x", Reason::bad_json, 3},
    {"trailing_nul", std::string("{}\0", 3), Reason::bad_json, 2},
    {"newline_in_string", "[\"a\nb\"]", Reason::bad_json, 3},
    {"tab_in_string", "[\"a\tb\"]", Reason::bad_json, 3},
    {"nul_in_string", std::string("[\"a\0b\"]", 7), Reason::bad_json, 3},
    {"escape_unknown", R"(["\x41"])", Reason::bad_json, 2},
    {"escape_capital_u", R"(["\U0041"])", Reason::bad_json, 2},
    {"escape_short", R"(["\u12"])", Reason::bad_json, 2},
    {"number_leading_zero", "[01]", Reason::bad_json, 2},
    {"number_plus", "[+1]", Reason::bad_json, 1},
    {"number_point_first", "[.5]", Reason::bad_json, 1},
    {"number_point_last", "[5.]", Reason::bad_json, 3},
    {"number_exponent_empty", "[5e]", Reason::bad_json, 3},
    {"number_minus_alone", "[-]", Reason::bad_json, 2},
    {"number_hexadecimal", "[0x1]", Reason::bad_json, 2},
    {"not_a_number", "[NaN]", Reason::bad_json, 1},
    {"true_misspelt", "[ture]", Reason::bad_json, 1},
    {"true_glued", "[truex]", Reason::bad_json, 5},
    {"comment", "[1 /* x */]", Reason::bad_json, 3},
    {"lone_high_surrogate", R"(["\ud83d"])", Reason::bad_utf8, 2},
    {"lone_low_surrogate", R"(["\ude00"])", Reason::bad_utf8, 2},
    {"surrogates_swapped", R"(["\ude00\ud83d"])", Reason::bad_utf8, 2},
    {"high_surrogate_twice", R"(["\ud83d\ud83d"])", Reason::bad_utf8, 2},
    {"high_surrogate_then_text", R"(["\ud83dxx"])", Reason::bad_utf8, 2},
    {"lone_surrogate_in_key", R"({"\ud83d":1})", Reason::bad_utf8, 2},
    {"raw_surrogate", "[\"\xED\xA0\xBD\"]", Reason::bad_utf8, 2},
    {"raw_latin1", "[\"caf\xE9\"]", Reason::bad_utf8, 5},
    {"raw_in_key", "{\"\xFF\":1}", Reason::bad_utf8, 2},
    {"raw_overlong_slash", "[\"\xC0\xAF\"]", Reason::bad_utf8, 2},
    {"raw_overlong_three", "[\"\xE0\x80\xAF\"]", Reason::bad_utf8, 2},
    {"raw_beyond_unicode", "[\"\xF4\x90\x80\x80\"]", Reason::bad_utf8, 2},
    {"raw_continuation_first", "[\"\x80\"]", Reason::bad_utf8, 2},
    {"raw_cut_short", "[\"\xE2\x82\"]", Reason::bad_utf8, 2},
    {"too_deep", "[[[[[[[[[1]]]]]]]]]", Reason::too_deep, 8},
    {"too_deep_objects", R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}})",
     Reason::too_deep, 40},
    {"first_error_counts", "[\"\xFF\", nope", Reason::bad_utf8, 2},
};

class LocateTest : public testing::TestWithParam<Bad> {};
TEST_P(LocateTest, NamesTheFirstErrorAndItsByte) {
    const auto error = locate_json_error(GetParam().json, kDepth);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(to_string(error->reason), to_string(GetParam().reason));
    EXPECT_EQ(error->byte, GetParam().byte) << error->message;
    EXPECT_FALSE(error->message.empty());
}
INSTANTIATE_TEST_SUITE_P(Errors, LocateTest, testing::ValuesIn(kBad),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Locate, PassesWhatIsValid) {
    for (const std::string_view json :
         {"{}", "[]", "0", "-0", "1.5e-7", "\"\"", "true", " \t\r\n null \n",
          R"({"a":[1,2,{"b":null}],"":""})", R"(["\ud83d\ude00","\"\\\/\b\f\n\r\t\u0000"])",
          "[\"\x7F\u00E9\u6F22\U0001F600\"]", "[[[[[[[[1]]]]]]]]", "[[[[[[[[[]]]]]]]]]",
          "[1e400,123456789012345678901234567890]", R"({"a":1,"a":2})"}) {
        EXPECT_FALSE(locate_json_error(json, kDepth).has_value()) << json;
    }
}

TEST(Locate, QuotesNumbersThatParsersRefuse) {
    std::string quoted;
    EXPECT_FALSE(
        locate_json_error(R"({"a":123456789012345678901234567890,"b":[1e400,-5],"c":"1e400"})",
                          kDepth, &quoted)
            .has_value());
    EXPECT_EQ(
        quoted,
        R"({"a":"\u0000\uFFFFnumber:123456789012345678901234567890","b":["\u0000\uFFFFnumber:1e400",-5],"c":"1e400"})");
}

TEST(Locate, DepthCostsNoStack) {
    const std::string deep(2'000'000, '[');
    const auto error = locate_json_error(deep, 3'000'000);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->byte, deep.size());
}

TEST(SurrogateEscape, IsFoundWhereItStands) {
    EXPECT_TRUE(has_surrogate_escape(R"(["\ud83d"])"));
    EXPECT_TRUE(has_surrogate_escape(R"(["\\\uDC00"])"));
    EXPECT_FALSE(has_surrogate_escape(R"(["\\ud83d"])"));
    EXPECT_FALSE(has_surrogate_escape(R"(["\u00e9"])"));
    EXPECT_FALSE(has_surrogate_escape("\\"));
    EXPECT_FALSE(has_surrogate_escape("\\u"));
    EXPECT_FALSE(has_surrogate_escape(""));
}

/// The parser that articles go through and the slow reader are twins: a message that one takes, the
/// other takes. The parser refuses numbers that it cannot hold, and takes lone surrogates; decode()
/// asks the reader in both cases, and so the twins are compared without them.
TEST(Locate, AgreesWithTheFastParserOnRandomMutations) {
    const std::vector<std::string> seeds = {
        R"({"id":"a","title":"Truce \u201cholds\u201d","body":"It\nheld \ud83d\ude00.","n":[1,-2.5e3,true,false,null,{}],"o":{"p":[[]]}})",
        R"([{"a":"\\\"","b":""},"é漢😀",0,12.0E+2,[[[[]]]]])",
        "[[[[[[[[1]]]],{\"a\":[[[{}]]]}]]]]",
        " \n{\t\"x\" : [ 1 , 2 ] , \"y\" : { } }\r\n",
    };
    const std::string alphabet =
        "{}[]\",:\\u/0123456789eE+-.truefalsn \n\t\x01\x80\xC3\xA9\xE2\xED\xF0\xFF";
    std::mt19937 random(5);
    simdjson::dom::parser parser;
    ASSERT_EQ(parser.allocate(4096, kDepth + 1), simdjson::SUCCESS);
    std::size_t valid = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string json = seeds[random() % seeds.size()];
        for (auto changes = 1 + random() % 3; changes > 0 && !json.empty(); --changes) {
            const std::size_t at = random() % json.size();
            const char c = alphabet[random() % alphabet.size()];
            switch (random() % 5) {
                case 0:
                    json[at] = c;
                    break;
                case 1:
                    json.insert(at, 1, c);
                    break;
                case 2:
                    json.erase(at, 1);
                    break;
                case 3:
                    json.resize(at);
                    break;
                default:
                    std::swap(json[at], json[random() % json.size()]);
                    break;
            }
        }
        const auto located = locate_json_error(json, kDepth);
        if (has_surrogate_escape(json) && located && located->reason == Reason::bad_utf8) continue;
        const simdjson::padded_string padded(json);
        const auto error = parser.parse(padded).error();
        if (error == simdjson::NUMBER_ERROR && !located) continue;
        if (error == simdjson::EMPTY) {
            ASSERT_TRUE(located.has_value());
            continue;
        }
        ASSERT_EQ(error == simdjson::SUCCESS, !located.has_value())
            << json << "\n"
            << simdjson::error_message(error) << "\n"
            << (located ? located->message : "valid");
        valid += error == simdjson::SUCCESS ? 1U : 0U;
    }
    EXPECT_GT(valid, 1'000U);  // else the mutations prove nothing
}

}  // namespace
}  // namespace ceasewire
