/// Encryption and authentication on a real broker: every way in works from end to end, every wrong
/// key is answered by one line that a person can act on, and no secret is ever shown.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/on_broker.h"

namespace ceasewire::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Every secret here contains this, so one search finds any of them.
constexpr const char* kMark = "wh1spered";
const std::string kPlainPassword = std::string("plain-") + kMark;
const std::string kScramPassword = std::string("scram-") + kMark;
const std::string kKeyPassword = std::string("key-") + kMark;

/// Certificates as an administrator makes them, by openssl, in a folder of their own.
class Certificates {
public:
    Certificates() {
        const char* base = std::getenv("TMPDIR");
        std::string pattern =
            std::string(base != nullptr ? base : "/tmp") + "/ceasewire-tls-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) std::abort();
        folder_ = pattern;
        for (const std::string authority : {"ours", "theirs"}) {
            openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                "-subj /CN=" +
                authority + " -keyout " + authority + ".key -out " + authority + ".pem");
        }
        write("index", "");
        write("authority.conf",
              "[ca]\ndefault_ca = it\n[it]\ndatabase = index\nserial = serial\nnew_certs_dir = .\n"
              "default_md = sha256\nunique_subject = no\npolicy = any\n[any]\n"
              "commonName = supplied\n");
        sign("broker", "ours", "IP:127.0.0.1,DNS:localhost");
        sign("old", "ours", "IP:127.0.0.1,DNS:localhost", "20200201000000Z");
        sign("elsewhere", "ours", "DNS:elsewhere.example");
        sign("client", "ours", "DNS:client");
        sign("stranger", "theirs", "DNS:client");
        openssl("pkcs8 -topk8 -v2 aes256 -in client.key -out locked.key -passout pass:" +
                kKeyPassword);
        write("password", kScramPassword + "\n");
        write("key_password", kKeyPassword);
    }
    Certificates(const Certificates&) = delete;
    Certificates& operator=(const Certificates&) = delete;
    ~Certificates() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

private:
    void openssl(const std::string& arguments) const {
        const std::string line = "cd '" + folder_ + "' && openssl " + arguments + " 2> openssl.out";
        if (std::system(line.c_str()) != 0) {
            std::ifstream out(path("openssl.out"));
            throw std::runtime_error("openssl " + arguments + ": " +
                                     std::string(std::istreambuf_iterator<char>(out), {}));
        }
    }
    /// NAME.pem, NAME.key, and both together in NAME.both, as a broker wants them.
    void sign(const std::string& name, const std::string& authority, const std::string& names,
              const std::string& end = "20991231235959Z") const {
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=" + name +
                " -keyout " + name + ".key -out " + name + ".request");
        write(name + ".names", "subjectAltName=" + names + "\n");
        // As an authority does, since `x509` takes no dates before OpenSSL 3.4 and from then on no
        // number of days that has passed.
        openssl("ca -batch -notext -config authority.conf -create_serial -in " + name +
                ".request -cert " + authority + ".pem -keyfile " + authority +
                ".key -startdate 20200101000000Z -enddate " + end + " -extfile " + name +
                ".names -out " + name + ".pem");
        std::ofstream both(path(name + ".both"));
        for (const std::string part : {".key", ".pem"})
            both << std::ifstream(path(name + part)).rdbuf();
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
    }
    std::string folder_;
};

/// Blanks separate properties on their way to the broker; its file of properties knows other ones.
std::string jaas(const std::string& listener, const std::string& mechanism,
                 std::string login_module) {
    for (auto at = login_module.find(' '); at != std::string::npos; at = login_module.find(' '))
        login_module.replace(at, 1, "\\u0020");
    return "listener.name." + listener + "." + mechanism +
           ".sasl.jaas.config=org.apache.kafka.common.security." + login_module + " ";
}

/// One broker for all, with a listener for every way in and for every mistake of a broker's.
class Security : public OneBroker<Security> {
public:
    static BrokerSetup broker_setup() {
        certificates_ = std::make_unique<Certificates>();
        const auto file = [](const std::string& name) { return certificates_->path(name); };
        const std::string plain =
            "plain.PlainLoginModule required user_reader=\"" + kPlainPassword + "\";";
        const std::string scram = "scram.ScramLoginModule required;";
        BrokerSetup setup;
        setup.listeners =
            "TLS:SSL MUTUAL:SSL OLD:SSL ELSEWHERE:SSL SASL:SASL_PLAINTEXT BOTH:SASL_SSL";
        setup.format = "--add-scram SCRAM-SHA-256=[name=reader,password=" + kScramPassword +
                       "] --add-scram SCRAM-SHA-512=[name=reader,password=" + kScramPassword + "]";
        setup.config = "ssl.keystore.type=PEM ssl.keystore.location=" + file("broker.both") +
                       " ssl.truststore.type=PEM ssl.truststore.location=" + file("ours.pem") +
                       " listener.name.old.ssl.keystore.location=" + file("old.both") +
                       " listener.name.elsewhere.ssl.keystore.location=" + file("elsewhere.both") +
                       " listener.name.mutual.ssl.client.auth=required"
                       " listener.name.sasl.sasl.enabled.mechanisms=SCRAM-SHA-256"
                       " listener.name.both.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512 " +
                       jaas("sasl", "scram-sha-256", scram) + jaas("both", "plain", plain) +
                       jaas("both", "scram-sha-512", scram);
        return setup;
    }
    static void TearDownTestSuite() {
        OneBroker::TearDownTestSuite();
        certificates_.reset();
    }

protected:
    [[nodiscard]] static std::string file(const std::string& name) {
        return certificates_->path(name);
    }

    using Settings = std::map<std::string, std::string>;  ///< of [kafka], the secrets left out

    /// With a log that tells everything, also what the client library has to say.
    [[nodiscard]] std::vector<std::string> run(const std::string& listener,
                                               const Settings& settings) const {
        std::vector<std::string> more = {"--set", "log.level=debug", "--set",
                                         "kafka.consumer.debug=security,broker,conf"};
        for (const auto& [name, value] : settings)
            more.insert(more.end(), {"--set", "kafka." + name + "=" + value});
        return run_command(broker.address(listener), in, out, dead, group, more);
    }

    void feed(int count) const {
        topics.fill(in, std::vector<NewMessage>(
                            count, NewMessage{"k", R"({"title":"t","body":"b"})", {}, 0, 0}));
    }
    [[nodiscard]] bool reaches(std::int64_t offset) const {
        return eventually([&] { return topics.committed(group, in).at(0) == offset; }, 60s);
    }

    /// Carries messages through `listener`, and looks for secrets in everything that is shown.
    void expect_passage(const std::string& listener, const Settings& settings,
                        const std::vector<std::string>& secrets = {}) const {
        make_topics(1);
        feed(20);
        const auto command = run(listener, settings);
        Process process(command, "", secrets);
        ASSERT_TRUE(reaches(20)) << process.log();
        EXPECT_THAT(http_get(process.metrics_url() + "/metrics").second,
                    AllOf(HasSubstr("ceasewire_records_produced_total 20"), Not(HasSubstr(kMark))));
        std::ifstream words("/proc/" + std::to_string(process.pid()) + "/cmdline");
        EXPECT_THAT(std::string(std::istreambuf_iterator<char>(words), {}), Not(HasSubstr(kMark)));
        process.signal(SIGTERM);
        EXPECT_EQ(process.wait(40s), 0) << process.log();
        EXPECT_THAT(process.log(), AllOf(HasSubstr("debug"), Not(HasSubstr(kMark))));
        EXPECT_EQ(topics.size(out), 20);

        std::vector<std::string> print = command;
        print.front() = "print";
        print.insert(print.begin(), "config");
        Process shown(print, "", secrets);
        EXPECT_EQ(shown.wait(40s), 0) << shown.log();
        EXPECT_THAT(shown.log(), AllOf(HasSubstr(broker.address(listener)), Not(HasSubstr(kMark))));
    }

private:
    static inline std::unique_ptr<Certificates> certificates_;
};

TEST_F(Security, Tls) {
    expect_passage("TLS", {{"security", "ssl"}, {"ca_file", file("ours.pem")}});
}

TEST_F(Security, TlsToAHostOfAnotherNameWhereThatIsAllowed) {
    expect_passage(
        "ELSEWHERE",
        {{"security", "ssl"}, {"ca_file", file("ours.pem")}, {"verify_hostname", "false"}});
}

TEST_F(Security, MutualTlsWithALockedKey) {
    expect_passage("MUTUAL", {{"security", "ssl"},
                              {"ca_file", file("ours.pem")},
                              {"certificate_file", file("client.pem")},
                              {"key_file", file("locked.key")},
                              {"key_password_file", file("key_password")}});
}

TEST_F(Security, ScramSha256WithAPasswordFromAFile) {
    expect_passage("SASL", {{"security", "sasl_plaintext"},
                            {"sasl_mechanism", "SCRAM-SHA-256"},
                            {"username", "reader"},
                            {"password_file", file("password")}});
}

TEST_F(Security, PlainOverTlsWithAPasswordFromTheEnvironment) {
    expect_passage("BOTH",
                   {{"security", "sasl_ssl"},
                    {"ca_file", file("ours.pem")},
                    {"sasl_mechanism", "PLAIN"},
                    {"username", "reader"}},
                   {"CEASEWIRE_KAFKA_PASSWORD=" + kPlainPassword});
}

TEST_F(Security, EveryWrongKeyIsOneLineToActOn) {
    make_topics(1);
    const auto tls = [&](const std::string& authority, Settings more = {}) {
        more.insert({{"security", "ssl"}, {"ca_file", file(authority)}});
        return more;
    };
    const auto scram = [&](const std::string& mechanism) {
        return Settings{{"security", "sasl_ssl"},
                        {"ca_file", file("ours.pem")},
                        {"sasl_mechanism", mechanism},
                        {"username", "reader"}};
    };
    struct Case {
        std::string name;
        std::string listener;
        Settings settings;
        int status;
        std::string words;
    };
    const std::vector<Case> cases = {
        {"wrong password, PLAIN", "BOTH", scram("PLAIN"), 77, "refuse our credentials"},
        {"wrong password, SCRAM", "BOTH", scram("SCRAM-SHA-512"), 77, "refuse our credentials"},
        {"mechanism not offered", "BOTH", scram("SCRAM-SHA-256"), 77, "SCRAM-SHA-256"},
        {"unknown authority", "TLS", tls("theirs.pem"), 69,
         "name the authority's certificate in kafka.ca_file"},
        {"expired", "OLD", tls("ours.pem"), 69, "that we do not accept: it has expired"},
        {"wrong host", "ELSEWHERE", tls("ours.pem"), 69, "it is for another host"},
        {"no certificate of ours", "MUTUAL", tls("ours.pem"), 77,
         "do not accept our certificate, or miss one (kafka.certificate_file, kafka.key_file)"},
        {"certificate of a stranger", "MUTUAL",
         tls("ours.pem",
             {{"certificate_file", file("stranger.pem")}, {"key_file", file("stranger.key")}}),
         77, "do not accept our certificate"},
        {"no encryption where there should be",
         "TLS",
         {},
         69,
         "is kafka.security what this port speaks?"},
        {"encryption where there is none", "SASL", tls("ours.pem"), 69,
         "is kafka.security what this port speaks?"},
        {"no such file", "TLS", tls("nowhere.pem"), 78, "kafka.ca_file: cannot read "},
        {"locked key without its password", "MUTUAL",
         tls("ours.pem",
             {{"certificate_file", file("client.pem")}, {"key_file", file("locked.key")}}),
         78, "ssl.key.location"},
    };
    const std::string wrong = std::string("wrong-") + kMark;
    std::vector<std::unique_ptr<Process>> processes;  // side by side: each waits for some seconds
    for (const Case& each : cases) {
        auto command = run(each.listener, each.settings);
        // Who is told why ends long before; only the others wait for all of it.
        const bool told = each.words.find("what this port speaks") == std::string::npos;
        command.insert(command.end(),
                       {"--set", told ? "run.startup_wait=60 s" : "run.startup_wait=10 s"});
        const bool password = each.settings.contains("username");
        processes.push_back(
            std::make_unique<Process>(command, "",
                                      password ? std::vector{"CEASEWIRE_KAFKA_PASSWORD=" + wrong}
                                               : std::vector<std::string>{}));
    }
    auto verify = run("BOTH", scram("PLAIN"));
    verify.front() = "verify";
    Process reader(verify, "", {"CEASEWIRE_KAFKA_PASSWORD=" + wrong});
    for (std::size_t i = 0; i < cases.size(); ++i) {
        SCOPED_TRACE(cases[i].name);
        Process& process = *processes[i];
        EXPECT_EQ(process.wait(180s), cases[i].status) << process.log();
        std::vector<std::string> lines = process.complaints();
        std::erase_if(lines, [](const std::string& line) {
            return line.find("Z debug ") != std::string::npos;
        });
        EXPECT_THAT(lines, ElementsAre(HasSubstr(cases[i].words))) << process.log();
        EXPECT_THAT(process.log(), Not(HasSubstr(kMark)));
    }
    EXPECT_EQ(reader.wait(180s), 77) << reader.log();
    EXPECT_THAT(reader.log(), AllOf(HasSubstr("refuse our credentials"), Not(HasSubstr(kMark))));
}

/// A broker that dies closes its encrypted connections uncleanly, which librdkafka < 2.2.0 takes
/// for an error of its own kind.
TEST_F(Security, ABrokersDeathOverTlsCostsNothing) {
    make_topics(1);
    feed(200);
    auto command = run("BOTH", {{"security", "sasl_ssl"},
                                {"ca_file", file("ours.pem")},
                                {"sasl_mechanism", "SCRAM-SHA-512"},
                                {"username", "reader"},
                                {"password_file", file("password")}});
    command.insert(command.end(),
                   {"--delivery", "exactly_once", "--set", "run.transactional_id=" + group});
    Process process(command);
    ASSERT_TRUE(reaches(200)) << process.log();
    broker.kill9();
    broker.start();
    feed(200);
    ASSERT_TRUE(
        eventually([&] { return !process.running() || topics.read(out).size() == 400; }, 90s))
        << process.log();
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait(40s), 0) << process.log();
    auto verify = command;
    verify.front() = "verify";
    Process verified(verify);
    EXPECT_EQ(verified.wait(60s), 0) << verified.log();
    EXPECT_THAT(verified.log(), HasSubstr("400 messages: 400 records"));
}

}  // namespace
}  // namespace ceasewire::test
