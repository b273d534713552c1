#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "config/keys.h"
#include "config/loading.h"

namespace ceasewire::config {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Load, AnEmptyFileGivesTheDefaults) {
    const Config config = loaded("").config;
    EXPECT_EQ(config.kafka.brokers, "localhost:9092");
    EXPECT_EQ(config.topics.input, "articles");
    EXPECT_EQ(config.topics.output, "articles-enriched");
    EXPECT_EQ(config.topics.dead_letter, "articles-dead");
    EXPECT_FALSE(config.topics.create);
    EXPECT_EQ(config.enrich.message_bytes_max.count, 8 << 20);
    EXPECT_EQ(config.run.delivery, Delivery::at_least_once);
    EXPECT_EQ(config.run.start, Start::earliest);
    EXPECT_EQ(config.run.shutdown_budget, std::chrono::seconds(25));
    EXPECT_EQ(config.metrics.address, "127.0.0.1:9464");
    EXPECT_EQ(config.log.level, LogLevel::info);
}

TEST(Load, EveryTypeIsReadFromTheFile) {
    const Config config = loaded(R"(
        [kafka]
        brokers = "a:9092, b:9093"
        [topics]
        create = true
        partitions = 12
        [enrich]
        message_bytes_max = "512 KiB"
        [run]
        start = "latest"
        shutdown_budget = "1 min"
        [log]
        format = "json"
    )")
                              .config;
    EXPECT_EQ(config.kafka.brokers, "a:9092, b:9093");
    EXPECT_TRUE(config.topics.create);
    EXPECT_EQ(config.topics.partitions, 12);
    EXPECT_EQ(config.enrich.message_bytes_max.count, 512 << 10);
    EXPECT_EQ(config.run.start, Start::latest);
    EXPECT_EQ(config.run.shutdown_budget, std::chrono::minutes(1));
    EXPECT_EQ(config.log.format, LogFormat::json);
}

TEST(Load, AFlagWinsOverTheEnvironmentAndThatOverTheFile) {
    const std::string_view file =
        "[kafka]\ngroup = \"from-file\"\n[run]\nlanes = 1\n[topics]\ninput = \"i\"\n";
    const Environment environment = {
        {"CEASEWIRE_KAFKA_GROUP", "from-environment"}, {"CEASEWIRE_RUN_LANES", "2"}, {"HOME", "/"}};
    const std::vector<Flag> flags = {{"run.lanes", "3", "--lanes"}};
    const Loaded all = loaded(file, environment, flags);
    EXPECT_EQ(all.config.topics.input, "i");
    EXPECT_EQ(all.config.kafka.group, "from-environment");
    EXPECT_EQ(all.config.run.lanes, 3);
    const auto origin = [&](std::string_view name) {
        return all.origins[static_cast<std::size_t>(find_key(name) - keys().data())].to_string();
    };
    EXPECT_EQ(origin("topics.input"), "test.toml:6");
    EXPECT_EQ(origin("kafka.group"), "CEASEWIRE_KAFKA_GROUP");
    EXPECT_EQ(origin("run.lanes"), "--lanes");
    EXPECT_EQ(origin("kafka.brokers"), "default");
}

struct Wrong {
    const char* name;
    std::string_view file;
    std::string_view error;
};

class LoadWrong : public testing::TestWithParam<Wrong> {};

TEST_P(LoadWrong, NamesFileLineAndReason) {
    EXPECT_EQ(errors_of(GetParam().file), GetParam().error);
}

const Wrong kWrong[] = {
    {"UnknownKey", "[kafka]\n\nbroker = \"a:1\"\n",
     "test.toml:3:1: unknown key 'kafka.broker'; did you mean 'kafka.brokers'?"},
    {"UnknownKeyFarFromAll", "[log]\nzzzzzzzzzzzz = 1\n",
     "test.toml:2:1: unknown key 'log.zzzzzzzzzzzz'"},
    {"KeyInWrongSection", "[kafka]\nlanes = 2\n",
     "test.toml:2:1: unknown key 'kafka.lanes'; did you mean 'run.lanes'?"},
    {"KeyWithoutSection", "lanes = 2\n",
     "test.toml:1:1: unknown key 'lanes'; did you mean 'run.lanes'?"},
    {"UnknownSection", "[topic]\ninput = \"a\"\n",
     "test.toml:1:2: unknown section [topic]; did you mean [topics]?"},
    {"SectionAsKey", "kafka = 1\n", "test.toml:1:1: 'kafka' is a section: write [kafka]"},
    {"TextForNumber", "[run]\nlanes = \"2\"\n",
     "test.toml:2:1: run.lanes: expected a number from 0 to 256"},
    {"NumberForText", "[kafka]\ngroup = 3\n",
     "test.toml:2:1: kafka.group: expected text, in quotes"},
    {"NumberForTime", "[run]\nshutdown_budget = 25\n",
     "test.toml:2:1: run.shutdown_budget: expected a text with a unit, such as \"25 s\""},
    {"NumberForBytes", "[enrich]\nmessage_bytes_max = 1000\n",
     "test.toml:2:1: enrich.message_bytes_max: expected a text with a unit, such as \"8 MiB\""},
    {"ArrayForText", "[topics]\ninput = [\"a\"]\n",
     "test.toml:2:1: topics.input: expected text, in quotes"},
    {"TextForFlag", "[topics]\ncreate = \"yes\"\n",
     "test.toml:2:1: topics.create: expected true or false"},
    {"NotAChoice", "[run]\nstart = \"newest\"\n",
     "test.toml:2:1: run.start: expected \"earliest\" or \"latest\""},
    {"TooMany", "[run]\nlanes = 257\n",
     "test.toml:2:1: run.lanes: expected a number from 0 to 256"},
    {"TooShortATime", "[run]\nshutdown_budget = \"1 ms\"\n",
     "test.toml:2:1: run.shutdown_budget: expected a time, from \"1 s\" to \"10 min\""},
    {"UnknownUnit", "[run]\nshutdown_budget = \"25 sec\"\n",
     "test.toml:2:1: run.shutdown_budget: expected a whole number and a unit, such as \"25 s\""},
    {"EmptyGroup", "[kafka]\ngroup = \"\"\n", "test.toml:2:1: kafka.group: must not be empty"},
    {"BrokerWithoutPort", "[kafka]\nbrokers = \"a:1,b\"\n",
     "test.toml:2:1: kafka.brokers: expected host:port, or several with commas between them"},
    {"IllegalTopic", "[topics]\ninput = \"my articles\"\n",
     "test.toml:2:1: topics.input: a topic's name has only letters, digits, '.', '_' and '-'"},
    {"SameTopics", "[topics]\noutput = \"articles\"\n",
     "test.toml:2:1: topics.input and topics.output are both 'articles': the program would read "
     "its own records"},
    {"DeadLettersAmongRecords", "[topics]\ndead_letter = \"x\"\noutput = \"x\"\n",
     "test.toml:2:1: topics.output and topics.dead_letter are both 'x': readers would take dead "
     "letters for records"},
    {"PasswordInTheFile", "[kafka]\npassword = \"hunter2\"\n",
     "test.toml:2:1: kafka.password may not stand in this file: set CEASEWIRE_KAFKA_PASSWORD, or "
     "keep it in a file of its own and name that in "
     "kafka.password_file"},
    {"UserWithoutSasl", "[kafka]\nusername = \"u\"\n",
     "test.toml:2:1: kafka.username has no effect: kafka.security must be \"sasl_ssl\" or "
     "\"sasl_plaintext\""},
    {"SaslWithoutUser", "[kafka]\nsecurity = \"sasl_ssl\"\n",
     "test.toml:2:1: kafka.security asks for SCRAM-SHA-512, which needs kafka.username and "
     "kafka.password_file (or CEASEWIRE_KAFKA_PASSWORD)"},
    {"CertificateWithoutSsl", "[kafka]\nca_file = \"/a\"\n",
     "test.toml:2:1: kafka.ca_file has no effect: kafka.security must be \"ssl\" or \"sasl_ssl\""},
    {"CertificateWithoutKey", "[kafka]\nsecurity = \"ssl\"\ncertificate_file = \"/a\"\n",
     "test.toml:3:1: kafka.certificate_file and kafka.key_file belong together: one of them is "
     "missing"},
    {"MissingPasswordFile",
     "[kafka]\nsecurity = \"sasl_ssl\"\nusername = \"u\"\npassword_file = \"/nonexistent/p\"\n",
     "test.toml:4:1: kafka.password_file: cannot read /nonexistent/p: No such file or directory"},
    {"TransactionsForNothing", "[run]\ntransaction_interval = \"50 ms\"\n",
     "test.toml:2:1: run.transaction_interval has no effect: run.delivery must be "
     "\"exactly_once\""},
    {"DuplicatesOfNothing", "[run]\ndelivery = \"exactly_once\"\nuncommitted_records = 1000\n",
     "test.toml:3:1: run.uncommitted_records has no effect: run.delivery must be "
     "\"at_least_once\""},
    {"ANumberThatTheLineCutsOff", "[run]\nlanes = n\n",
     "test.toml:2:10: Error while parsing floating-point: expected 'nan', saw 'n\\u000a'"},
    {"AKeyOfTwoLines", "[run]\n\"a\\nb\" = 1\n", "test.toml:2:1: unknown key 'run.a\\u000ab'"},
    {"SeveralFromTheTop", "[run]\nlanes = -1\n[kafka]\nbroker = 1\n",
     "test.toml:2:1: run.lanes: expected a number from 0 to 256\n"
     "test.toml:4:1: unknown key 'kafka.broker'; did you mean 'kafka.brokers'?"},
    {"CommitsByTheClient", "[kafka.consumer]\n\"enable.auto.commit\" = true\n",
     "test.toml:2:1: kafka.consumer.enable.auto.commit may not be set: offsets are committed only "
     "when their records are acknowledged; this would "
     "lose messages"},
    {"PropertyOfThisFile", "[kafka.producer]\nacks = 1\n",
     "test.toml:2:1: kafka.producer.acks may not be set: it could lose, double or reorder records "
     "when a broker fails"},
    {"PropertyWithAKey", "[kafka.consumer]\ngroup.id = \"x\"\n",
     "test.toml:2:7: kafka.consumer.group.id may not be set: use kafka.group"},
    {"SecretProperty", "[kafka.consumer]\nssl.keystore.password = \"hunter2\"\n",
     "test.toml:2:14: kafka.consumer.ssl.keystore.password may not be set: it would hold a secret, "
     "and what is handed through is shown"},
    {"OneOfSeveralTopics", "[topics]\ninput = \"a, b\"\noutput = \"b\"\n",
     "test.toml:3:1: topics.input and topics.output are both 'b': the program would read its own "
     "records"},
    {"ATopicTwice", "[topics]\ninput = \"a,a\"\n",
     "test.toml:2:1: topics.input: 'a' is named twice"},
    {"EmptyTopic", "[topics]\ninput = \"a,\"\n",
     "test.toml:2:1: topics.input: expected a topic, or several with commas between them"},
    {"ListAsProperty", "[kafka.consumer]\ndebug = [\"cgrp\"]\n",
     "test.toml:2:1: kafka.consumer.debug: expected a text, a whole number or true or false"},
};

INSTANTIATE_TEST_SUITE_P(Table, LoadWrong, testing::ValuesIn(kWrong),
                         [](const auto& info) { return info.param.name; });

TEST(Load, BrokenTomlNamesThePlace) {
    EXPECT_THAT(errors_of("[kafka]\ngroup = \n"), HasSubstr("test.toml:2:"));
}

TEST(Load, ASecondValueForAKeyIsAnError) {
    EXPECT_THAT(errors_of("[run]\nlanes = 1\nlanes = 2\n"), HasSubstr("test.toml:3:"));
}

TEST(Load, ErrorsOutsideTheFileNameTheirPlace) {
    EXPECT_EQ(errors_of("", {{"CEASEWIRE_RUN_LANES", "many"}}),
              "CEASEWIRE_RUN_LANES: run.lanes: expected a whole number");
    EXPECT_EQ(errors_of("", {}, {{"run.lanes", "many", "--lanes"}}),
              "--lanes: run.lanes: expected a whole number");
    EXPECT_EQ(errors_of("", {}, {{"run.lane", "1", "--set"}}),
              "--set: unknown key 'run.lane'; did you mean 'run.lanes'?");
    EXPECT_EQ(
        errors_of("", {}, {{"topics.input", "x", "--input"}, {"topics.output", "x", "--output"}}),
        "--output: topics.input and topics.output are both 'x': the program would read its own "
        "records");
}

TEST(Load, PropertiesOfTheClientAreHandedThrough) {
    const Loaded all = loaded(
        "[kafka.consumer]\nfetch.min.bytes = 1\n\"fetch.wait.max.ms\" = 50\nsocket.nagle.disable = "
        "true\n[kafka.producer]\n"
        "compression.type = \"zstd\"\n",
        {{"CEASEWIRE_KAFKA_CONSUMER_FETCH_MIN_BYTES", "2"}},
        {{"kafka.producer.linger.ms", "7", "--set"}});
    const auto text = [](const std::vector<Property>& properties) {
        std::string out;
        for (const Property& each : properties)
            out += each.name + "=" + each.value + " (" + each.origin.to_string() + ")\n";
        return out;
    };
    EXPECT_EQ(text(all.config.kafka.consumer),
              "fetch.wait.max.ms=50 (test.toml:3)\nsocket.nagle.disable=true (test.toml:4)\n"
              "fetch.min.bytes=2 (CEASEWIRE_KAFKA_CONSUMER_FETCH_MIN_BYTES)\n");
    EXPECT_EQ(text(all.config.kafka.producer),
              "compression.type=zstd (test.toml:6)\nlinger.ms=7 (--set)\n");
}

TEST(Load, RefusesWhatWouldBreakDeliveryFromAnywhere) {
    EXPECT_THAT(errors_of("", {{"CEASEWIRE_KAFKA_PRODUCER_ENABLE_IDEMPOTENCE", "false"}}),
                HasSubstr("may not be set"));
    EXPECT_THAT(errors_of("", {}, {{"kafka.producer.transactional.id", "x", "--set"}}),
                HasSubstr("may not be set"));
    for (const char* property :
         {"enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "acks",
          "request.required.acks", "isolation.level", "transactional.id", "message.timeout.ms",
          "retries"}) {
        EXPECT_TRUE(refusal_of(property)) << property;
    }
    EXPECT_FALSE(refusal_of("fetch.min.bytes"));
}

TEST(Load, RefusesWhatWouldRunForeignCode) {
    for (const char* property :
         {"plugin.library.paths", "ssl.engine.location", "sasl.kerberos.kinit.cmd"}) {
        EXPECT_TRUE(refusal_of(property)) << property;
    }
}

TEST(Load, SecretsComeFromTheEnvironmentOrAFileOfTheirOwn) {
    const std::string_view file = "[kafka]\nsecurity = \"sasl_ssl\"\nusername = \"u\"\n";
    EXPECT_EQ(
        loaded(file, {{"CEASEWIRE_KAFKA_PASSWORD", "hunter2"}}).config.kafka.password.reveal(),
        "hunter2");

    const auto path =
        std::filesystem::temp_directory_path() / ("ceasewire-password-" + std::to_string(getpid()));
    std::ofstream(path) << "hunter2 \n";
    EXPECT_EQ(loaded(file, {{"CEASEWIRE_KAFKA_PASSWORD_FILE", path.string()}})
                  .config.kafka.password.reveal(),
              "hunter2 ");
    EXPECT_THAT(errors_of(file, {{"CEASEWIRE_KAFKA_PASSWORD", "a"},
                                 {"CEASEWIRE_KAFKA_PASSWORD_FILE", path.string()}}),
                HasSubstr("are both set"));
    std::ofstream(path, std::ios::trunc).flush();
    EXPECT_THAT(errors_of(file, {{"CEASEWIRE_KAFKA_PASSWORD_FILE", path.string()}}),
                HasSubstr("is empty"));
    std::filesystem::remove(path);

    EXPECT_THAT(errors_of(file, {}, {{"kafka.password", "hunter2", "--set"}}),
                HasSubstr("may not stand on the command line"));
    EXPECT_THAT(errors_of("", {}, {{"kafka.producer.sasl.password", "hunter2", "--set"}}),
                testing::Not(HasSubstr("hunter2")));
}

TEST(Load, WarnsOfNamesInTheEnvironmentThatMeanNothing) {
    EXPECT_THAT(loaded("", {{"CEASEWIRE_KAFKA_BROKER", "a:1"}}).warnings,
                testing::ElementsAre("CEASEWIRE_KAFKA_BROKER: no such setting; it is passed over"));
    // Kubernetes announces a Service named ceasewire like this; it must not disturb.
    EXPECT_THAT(loaded("", {{"CEASEWIRE_SERVICE_HOST", "10.0.0.1"},
                            {"CEASEWIRE_PORT_9464_TCP", "tcp://10.0.0.1:9464"},
                            {"CEASEWIRE_PORT", "x"}})
                    .warnings,
                IsEmpty());
}

TEST(Keys, NamesFlagsAndSectionsAreUniqueAndDocumented) {
    std::vector<std::string_view> names;
    std::vector<std::string_view> flags;
    std::vector<std::string> variables;
    for (const Key& key : keys()) {
        names.push_back(key.name);
        if (!key.flag.empty()) flags.push_back(key.flag);
        variables.push_back(environment_name(key.name));
        EXPECT_TRUE(key.doc.ends_with('.')) << key.name;
        EXPECT_TRUE(std::any_of(sections().begin(), sections().end(), [&](const Section& each) {
            return each.name == key.section();
        })) << key.name;
    }
    for (auto* list : {&names, &flags}) {
        std::sort(list->begin(), list->end());
        EXPECT_EQ(std::adjacent_find(list->begin(), list->end()), list->end());
    }
    std::sort(variables.begin(), variables.end());
    EXPECT_EQ(std::adjacent_find(variables.begin(), variables.end()), variables.end());
}

}  // namespace
}  // namespace ceasewire::config
