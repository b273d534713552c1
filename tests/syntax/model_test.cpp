#include "syntax/model.h"

#include <span>
#include <string>

#include <gtest/gtest.h>

#include "syntax/tiny_model.h"

namespace ceasewire::syntax {
namespace {

std::string error_of(const std::string& file) {
    const auto model = load_model(std::as_bytes(std::span(file)));
    return model ? "" : model.error();
}

TEST(Model, Loads) { EXPECT_EQ(error_of(TinyModel().file()), ""); }

TEST(Model, SaysWhyItDoesNotLoad) {
    const std::string good = TinyModel().file();
    EXPECT_EQ(error_of(""), "syntax model: too short to be one");
    EXPECT_EQ(error_of(good.substr(0, 40)), "syntax model: too short to be one");
    EXPECT_EQ(error_of("X" + good.substr(1)), "syntax model: does not begin with CWSYNTAX");

    TinyModel model;
    model.version = 99;
    EXPECT_EQ(error_of(model.file()), "syntax model: version 99, not 1");
    model = TinyModel();
    model.shape.relations = kDeprelCount + 1;
    EXPECT_EQ(error_of(model.file()), "syntax model: made for other labels or features");
    model = TinyModel();
    model.spread = 32767;
    EXPECT_EQ(error_of(model.file()), "syntax model: weights so large that sums could overflow");
    model = TinyModel();
    std::swap(model.word_keys[0], model.word_keys[1]);
    EXPECT_EQ(error_of(model.file()), "syntax model: keys are not in order");
    model = TinyModel();
    model.affix_keys[0] = 0;
    EXPECT_EQ(error_of(model.file()), "syntax model: keys are not in order");
    for (const std::uint32_t size : {0U, 8U, 17U, 2048U}) {
        std::string body = TinyModel().bytes();
        std::memcpy(body.data() + 12, &size, sizeof size);
        EXPECT_EQ(error_of(TinyModel::with_hash(body)), "syntax model: sizes out of range") << size;
    }
    const std::string body = TinyModel().bytes();
    EXPECT_EQ(error_of(TinyModel::with_hash(body.substr(0, body.size() - 2))),
              "syntax model: shorter than its sizes say");
    EXPECT_EQ(error_of(TinyModel::with_hash(body + "x")),
              "syntax model: longer than its sizes say");
    model = TinyModel();
    std::string many = model.bytes();
    const std::uint32_t words = 1U << 20U;
    std::memcpy(many.data() + 12 + 16, &words, sizeof words);
    EXPECT_EQ(error_of(TinyModel::with_hash(many)), "syntax model: shorter than its sizes say");
}

TEST(Model, AnyDamagedByteIsFound) {
    const std::string good = TinyModel().file();
    for (std::size_t at = 0; at < good.size(); at += at < 100 ? 1 : 37) {
        std::string damaged = good;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        EXPECT_NE(error_of(damaged), "") << at;
    }
}

TEST(Model, UnalignedBytesLoadToo) {
    const std::string file = "x" + TinyModel().file();
    EXPECT_TRUE(load_model(std::as_bytes(std::span(file)).subspan(1)).has_value());
}

}  // namespace
}  // namespace ceasewire::syntax
