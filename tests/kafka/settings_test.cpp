#include "kafka/settings.h"

#include <gtest/gtest.h>

#include "kafka/cluster.h"
#include "kafka/properties.h"

namespace ceasewire::kafka {
namespace {

Settings good() {
    Settings settings;
    settings.brokers = "localhost:9092";
    settings.input_topics = {"in"};
    settings.output_topic = "out";
    settings.dead_letter_topic = "dead";
    return settings;
}

TEST(Settings, ThatMakeSenseAreAccepted) { EXPECT_EQ(what_is_wrong(good()), std::nullopt); }

struct Case {
    const char* name;
    void (*spoil)(Settings&);
    const char* complaint;
};

class Wrong : public testing::TestWithParam<Case> {};

TEST_P(Wrong, SettingsAreExplained) {
    Settings settings = good();
    GetParam().spoil(settings);
    const auto wrong = what_is_wrong(settings);
    ASSERT_TRUE(wrong);
    EXPECT_NE(wrong->find(GetParam().complaint), std::string::npos) << *wrong;
    EXPECT_EQ(wrong->find("hunter2"), std::string::npos) << "a secret in a message";
}

INSTANTIATE_TEST_SUITE_P(
    Every, Wrong,
    testing::Values(
        Case{"no_brokers", [](Settings& s) { s.brokers.clear(); }, "no brokers"},
        Case{"no_input", [](Settings& s) { s.input_topics.clear(); }, "no input topic"},
        Case{"loop", [](Settings& s) { s.output_topic = "in"; }, "both input and output"},
        Case{"dead_loop", [](Settings& s) { s.dead_letter_topic = "in"; },
             "both input and dead-letter"},
        Case{"one_topic_for_both", [](Settings& s) { s.dead_letter_topic = "out"; },
             "topics of their own"},
        Case{"pattern", [](Settings& s) { s.input_topics = {"^in.*"}; }, "pattern"},
        Case{"twice", [](Settings& s) { s.input_topics = {"in", "in"}; }, "twice"},
        Case{"long_client_id", [](Settings& s) { s.client_id = std::string(40, 'x'); },
             "32 characters"},
        Case{"exactly_once", [](Settings& s) { s.delivery = Delivery::exactly_once; },
             "transactional id"},
        Case{"commit_by_hand",
             [](Settings& s) { s.consumer_properties = {{"enable.auto.commit", "false"}}; },
             "must not be set"},
        Case{"fewer_acks", [](Settings& s) { s.producer_properties = {{"acks", "1"}}; },
             "must not be set"},
        Case{"unknown_property",
             [](Settings& s) { s.producer_properties = {{"no.such.thing", "1"}}; },
             "no.such.thing"},
        Case{"bad_value",
             [](Settings& s) { s.consumer_properties = {{"fetch.min.bytes", "many"}}; },
             "fetch.min.bytes"},
        Case{"bad_key_file",
             [](Settings& s) {
                 s.security.protocol = Protocol::sasl_plaintext;
                 s.security.sasl_mechanism = "NO-SUCH";
                 s.security.username = "u";
                 s.security.password = Secret("hunter2");
                 s.consumer_properties = {{"sasl.password", "hunter2"}};
             },
             "must not be set"}),
    [](const auto& info) { return info.param.name; });

TEST(Properties, ThatOnlyChangeSpeedMayPass) {
    for (const char* name : {"fetch.min.bytes", "debug", "linger.ms", "socket.timeout.ms"})
        EXPECT_EQ(why_refused(name), std::nullopt) << name;
}

TEST(Properties, ThatRunForeignCodeMayNot) {
    for (const char* name :
         {"plugin.library.paths", "ssl.engine.location", "sasl.kerberos.kinit.cmd"})
        EXPECT_TRUE(why_refused(name)) << name;
}

}  // namespace
}  // namespace ceasewire::kafka
