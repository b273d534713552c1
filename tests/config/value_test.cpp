#include "config/value.h"

#include <gtest/gtest.h>

namespace ceasewire::config {
namespace {

TEST(Bytes, ReadsWholeNumbersWithAUnit) {
    EXPECT_EQ(parse_bytes("8 MiB").value().count, 8 << 20);
    EXPECT_EQ(parse_bytes("8MiB").value().count, 8 << 20);
    EXPECT_EQ(parse_bytes("2 GB").value().count, 2'000'000'000);
    EXPECT_EQ(parse_bytes("0").value().count, 0);
    for (const char* wrong : {"", "8", "8 M", "1.5 GiB", "-1 B", "MiB", "8 MiB ",
                              "9223372036854775807 GiB", "99999999999999999999 B"}) {
        EXPECT_FALSE(parse_bytes(wrong)) << wrong;
    }
}

TEST(Bytes, ArePrintedInTheLargestWholeUnit) {
    EXPECT_EQ(format(Bytes{8 << 20}), "8 MiB");
    EXPECT_EQ(format(Bytes{1025}), "1025 B");
    EXPECT_EQ(format(Bytes{0}), "0");
}

TEST(Duration, ReadsAndPrints) {
    EXPECT_EQ(parse_duration("25 s").value(), std::chrono::seconds(25));
    EXPECT_EQ(parse_duration("500ms").value(), std::chrono::milliseconds(500));
    EXPECT_EQ(format(std::chrono::milliseconds(90'000)), "90 s");
    EXPECT_EQ(format(std::chrono::milliseconds(120'000)), "2 min");
    for (const char* wrong : {"25", "s", "1.5 s", "-1 s", "1 day"})
        EXPECT_FALSE(parse_duration(wrong)) << wrong;
}

TEST(Nearest, FindsSmallSlipsOnly) {
    EXPECT_EQ(nearest("kafka.broker", {"kafka.brokers", "kafka.group"}), "kafka.brokers");
    EXPECT_EQ(nearest("lnaes", {"lanes", "start"}), "lanes");
    EXPECT_EQ(nearest("zzzzzzzz", {"lanes", "start"}), "");
}

}  // namespace
}  // namespace ceasewire::config
