#include "config/render.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "config/loading.h"

namespace ceasewire::config {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string values(const Config& config) {
    std::string out;
    for (const Key& key : keys())
        out += std::string(key.name) + " = " + value_text(key, config) + "\n";
    return out;
}

TEST(Sample, IsTheFileInDeploy) {
    const std::string path = CEASEWIRE_SOURCE_DIR "/deploy/ceasewire.toml";
    if (std::getenv("CEASEWIRE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << sample();
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    EXPECT_EQ(text.str(), sample()) << "CEASEWIRE_UPDATE_GOLDEN=1 rewrites it";
}

TEST(Sample, LoadsAsTheDefaults) {
    EXPECT_EQ(values(loaded(sample()).config), values(loaded("").config));
}

TEST(Sample, LoadsWithEverySettingUncommented) {
    std::istringstream in(sample());
    std::string text;
    std::size_t settings = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#') && !line.starts_with("# ") && line != "#") {
            line.erase(0, 1);
            ++settings;
        }
        text += line;
        text += '\n';
    }
    EXPECT_GT(settings, keys().size() - 3);
    const Loaded all = loaded(text);
    EXPECT_EQ(values(all.config), values(loaded("").config));
    EXPECT_EQ(all.config.kafka.consumer.size(), 1U);
    EXPECT_EQ(all.config.kafka.producer.size(), 1U);
}

TEST(Print, NamesTheOriginAndHidesSecrets) {
    const std::string text =
        print(loaded("[kafka]\nsecurity = \"sasl_ssl\"\nusername = "
                     "\"u\"\n[kafka.consumer]\nfetch.min.bytes = 3\n",
                     {{"CEASEWIRE_KAFKA_PASSWORD", "hunter2"}}, {{"run.lanes", "4", "--lanes"}}));
    EXPECT_THAT(text,
                HasSubstr("security = \"sasl_ssl\"                           # test.toml:2\n"));
    EXPECT_THAT(
        text,
        HasSubstr("# password is set, not shown                    # CEASEWIRE_KAFKA_PASSWORD\n"));
    EXPECT_THAT(text, HasSubstr("lanes = 4                                       # --lanes\n"));
    EXPECT_THAT(text, HasSubstr("\"fetch.min.bytes\" = \"3\""));
    EXPECT_THAT(text, HasSubstr("start = \"earliest\"                              # default\n"));
    EXPECT_THAT(text, Not(HasSubstr("hunter")));
}

TEST(Print, LoadsAgainToTheSameValues) {
    const Loaded first = loaded(
        "[kafka]\nbrokers = \"a:1\"\n[run]\nshutdown_budget = \"90 s\"\n[enrich]\nlexicon = \"a "
        "\\\"b\\\"\\t\\\\\"\n"
        "[kafka.producer]\nbatch.size = 5\n");
    const std::string text = print(first);
    EXPECT_EQ(values(loaded(text).config), values(first.config));
    EXPECT_EQ(loaded(text).config.kafka.producer.front().value, "5");
}

TEST(Help, NamesTypeDefaultAndEnvironment) {
    EXPECT_THAT(help_of(*find_key("run.lanes")),
                HasSubstr("A number from 0 to 256; default 0. [CEASEWIRE_RUN_LANES]"));
    EXPECT_THAT(help_of(*find_key("kafka.password")), Not(HasSubstr("default")));
}

}  // namespace
}  // namespace ceasewire::config
