#include "stream/dead_letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ceasewire::stream {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const HeaderList& list) {
    std::vector<std::string> all;
    for (const Header& header : list.headers()) {
        all.push_back(std::string(header.name) + "=" +
                      (header.value ? std::string(*header.value) : "(null)"));
    }
    return all;
}

Message message() {
    Message message;
    message.from = {TopicIndex(0), Partition(3)};
    message.offset = Offset(42);
    message.topic = "news";
    message.key = "key";
    message.value = "{}";
    return message;
}

TEST(RecordHeaders, KeepsTheOriginalsInOrderAndAddsTheSource) {
    Message input = message();
    input.headers = {{"b", "1"}, {"a", std::nullopt}, {"b", "2"}, {"e", ""}};
    HeaderList list;
    record_headers(input, list);
    EXPECT_THAT(texts(list),
                ElementsAre("b=1", "a=(null)", "b=2", "e=", "ceasewire-source=news/3/42"));
}

TEST(RecordHeaders, ReplacesASourceThatCameIn) {
    Message input = message();
    input.headers = {{"ceasewire-source", "old/0/1"}, {"a", "1"}};
    HeaderList list;
    record_headers(input, list);
    EXPECT_THAT(texts(list), ElementsAre("a=1", "ceasewire-source=news/3/42"));
}

TEST(DeadLetterHeaders, SaysWhereAndWhy) {
    Message input = message();
    input.headers = {{"traceparent", "00-1"}};
    HeaderList list;
    const Rejection rejection{Reason::wrong_type, "/body", 17, "body is a number"};
    const Message& original = input;
    dead_letter_headers(original, rejection, {}, "group", list);
    EXPECT_THAT(
        texts(list),
        ElementsAre("traceparent=00-1", "ceasewire-source=news/3/42", "__connect.errors.topic=news",
                    "__connect.errors.partition=3", "__connect.errors.offset=42",
                    "__connect.errors.connector.name=group", "__connect.errors.task.id=0",
                    "__connect.errors.stage=VALUE_CONVERTER",
                    "__connect.errors.class.name=ceasewire",
                    "__connect.errors.exception.class.name=ceasewire.wrong_type",
                    "__connect.errors.exception.message=body is a number",
                    "ceasewire.reason=wrong_type", "ceasewire.field=/body", "ceasewire.byte=17"));
}

TEST(DeadLetterHeaders, TellAboutTheLastTimeOnly) {
    Message input = message();
    input.headers = {{"ceasewire.reason", "empty"},
                     {"__connect.errors.offset", "1"},
                     {"ceasewire.truncated", "1"},
                     {"x", "1"}};
    HeaderList list;
    const Rejection rejection{Reason::no_text, "", std::nullopt, "m"};
    const Message& original = input;
    dead_letter_headers(original, rejection, {}, "group", list);
    const auto all = texts(list);
    EXPECT_EQ(all.front(), "x=1");
    EXPECT_EQ(std::count(all.begin(), all.end(), "ceasewire.reason=no_text"), 1);
    EXPECT_THAT(all, testing::Not(testing::Contains("ceasewire.reason=empty")));
    EXPECT_THAT(all, testing::Not(testing::Contains("ceasewire.truncated=1")));
    EXPECT_THAT(all, testing::Not(testing::Contains("__connect.errors.offset=1")));
}

TEST(DeadLetterHeaders, CutMessagesOfNoMoreThanAKilobyteAtACharacter) {
    std::string text(1023, 'x');
    text += "\xC3\xA9 and more";
    HeaderList list;
    const Rejection rejection{Reason::bad_json, "", std::nullopt, text};
    const Message original = message();
    dead_letter_headers(original, rejection, {}, "group", list);
    EXPECT_THAT(texts(list),
                testing::Contains("__connect.errors.exception.message=" + std::string(1023, 'x')));
}

TEST(DeadLetterHeaders, SayWhatWasCut) {
    Message input = message();
    input.value = "abc";
    input.headers = {{"x", "1"}};
    HeaderList list;
    const Rejection rejection{Reason::too_large, "", std::nullopt, "m"};
    const Message& original = input;
    dead_letter_headers(original, rejection, DeadLetterShape{1, true, true, false}, "group", list);
    const auto all = texts(list);
    EXPECT_THAT(
        all,
        testing::IsSupersetOf(
            {"ceasewire.truncated=1", "ceasewire.original_bytes=3",
             "ceasewire.sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
             "ceasewire.original_headers=1", "ceasewire.original_key_bytes=3"}));
    EXPECT_THAT(all, testing::Not(testing::Contains("x=1")));
}

TEST(DeadLetterShape, ShrinksToNothingAndThenGivesUp) {
    const std::string value(5'000'000, 'v');
    Message input = message();
    input.value = value;
    input.headers = {{"x", "1"}};
    DeadLetterShape shape;
    std::size_t last = value.size();
    int steps = 0;
    while (const auto next = smaller(shape, input)) {
        ASSERT_NE(*next, shape);
        ASSERT_LE(next->value_bytes.value_or(last), last);
        last = next->value_bytes.value_or(last);
        shape = *next;
        ASSERT_LT(++steps, 40);
    }
    EXPECT_EQ(shape, (DeadLetterShape{0, true, true, false}));
}

TEST(DeadLetterShape, OfAnEmptyMessageWithoutKeyCannotShrink) {
    Message input = message();
    input.value = "";
    input.key = std::nullopt;
    EXPECT_EQ(smaller({}, input), std::nullopt);
}

TEST(Sha256, OfNothing) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace ceasewire::stream
