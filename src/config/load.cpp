#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include <toml++/toml.h>
#include <unistd.h>

#include "config/config.h"
#include "config/keys.h"
#include "config/render.h"
#include "config/value.h"

namespace ceasewire::config {
namespace {

constexpr std::string_view kConsumerPrefix = "kafka.consumer.";
constexpr std::string_view kProducerPrefix = "kafka.producer.";

/// A place as an Error and an Origin name it.
struct Place {
    Origin::Kind kind = Origin::Kind::fallback;
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;

    [[nodiscard]] Origin origin() const {
        return {kind, line == 0 ? file : file + ":" + std::to_string(line)};
    }
};

std::string length_problem(std::string_view text, const Key& key) {
    if (static_cast<std::int64_t>(text.size()) < key.min) return "must not be empty";
    if (static_cast<std::int64_t>(text.size()) > key.max)
        return "is longer than " + std::to_string(key.max) + " bytes";
    if (text.find_first_of(std::string_view("\0\n\r", 3)) != std::string_view::npos)
        return "must be one line";
    return {};
}

/// Puts a value given as text into its slot; says what is wrong with it, or nothing.
struct Assign {
    const Key& key;
    std::string_view text;

    std::string operator()(std::string* slot) const {
        if (auto problem = length_problem(text, key); !problem.empty()) return problem;
        if (key.check != nullptr) {
            if (auto problem = key.check(text); !problem.empty()) return problem;
        }
        *slot = text;
        return {};
    }
    std::string operator()(Secret* slot) const {
        if (auto problem = length_problem(text, key); !problem.empty()) return problem;
        *slot = Secret(std::string(text));
        return {};
    }
    std::string operator()(bool* slot) const {
        if (text != "true" && text != "false") return "expected true or false";
        *slot = text == "true";
        return {};
    }
    std::string operator()(std::int64_t* slot) const {
        const auto number = parse_number(text);
        if (!number) return number.error();
        if (*number < key.min || *number > key.max) return "expected " + domain_of(key);
        *slot = *number;
        return {};
    }
    std::string operator()(Bytes* slot) const {
        const auto bytes = parse_bytes(text);
        if (!bytes) return bytes.error();
        if (bytes->count < key.min || bytes->count > key.max) return "expected " + domain_of(key);
        *slot = *bytes;
        return {};
    }
    std::string operator()(std::chrono::milliseconds* slot) const {
        const auto duration = parse_duration(text);
        if (!duration) return duration.error();
        if (duration->count() < key.min || duration->count() > key.max)
            return "expected " + domain_of(key);
        *slot = *duration;
        return {};
    }
    std::string operator()(const Choice& slot) const {
        const auto found = std::find(slot.names.begin(), slot.names.end(), text);
        if (found == slot.names.end()) return "expected " + domain_of(key);
        *slot.value = static_cast<std::uint8_t>(found - slot.names.begin());
        return {};
    }
};

/// A fallback as text: the table writes texts with the quotes of TOML and nothing to unescape.
std::string_view plain(std::string_view fallback) {
    return fallback.starts_with('"') ? fallback.substr(1, fallback.size() - 2) : fallback;
}

/// What kind of TOML value a key wants. All but numbers and booleans are written as strings.
std::string wrong_type(const Key& key, const Slot& slot, const toml::node& node) {
    if (std::holds_alternative<std::int64_t*>(slot))
        return node.is_integer() ? "" : "expected " + domain_of(key);
    if (std::holds_alternative<bool*>(slot))
        return node.is_boolean() ? "" : "expected true or false";
    if (node.is_string()) return "";
    if (std::holds_alternative<Bytes*>(slot))
        return "expected a text with a unit, such as \"8 MiB\"";
    if (std::holds_alternative<std::chrono::milliseconds*>(slot))
        return "expected a text with a unit, such as \"25 s\"";
    return "expected " + domain_of(key) + ", in quotes";
}

std::optional<std::string> scalar_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    return std::nullopt;
}

std::string suggestion(std::string_view name) {
    std::vector<std::string_view> candidates;
    for (const Key& key : keys()) candidates.push_back(key.name);
    std::string_view near = nearest(name, candidates);
    const std::string_view leaf = name.substr(name.rfind('.') + 1);
    for (const Key& key : keys()) {
        if (key.leaf() == leaf) near = key.name;
    }
    return near.empty() ? "" : "; did you mean '" + std::string(near) + "'?";
}

class Loader {
public:
    explicit Loader(const Sources& sources) : sources_(sources), places_(keys().size()) {}

    Expected<Loaded, std::vector<Error>> load() {
        for (const Key& key : keys()) {
            [[maybe_unused]] const std::string problem =
                std::visit(Assign{key, plain(key.fallback)}, key.slot(loaded_.config));
            CEASEWIRE_ASSERT(problem.empty());
        }
        if (!sources_.file_name.empty()) take_file();
        take_environment();
        for (const Flag& flag : sources_.flags) take_flag(flag);
        if (errors_.empty()) {
            check_topics();
            check_security();
            check_delivery();
            read_secret("kafka.password", "kafka.password_file", loaded_.config.kafka.password,
                        loaded_.config.kafka.password_file);
            read_secret("kafka.key_password", "kafka.key_password_file",
                        loaded_.config.kafka.key_password, loaded_.config.kafka.key_password_file);
        }
        if (!errors_.empty()) return Unexpected(std::move(errors_));
        for (const Place& place : places_) loaded_.origins.push_back(place.origin());
        return std::move(loaded_);
    }

private:
    /// A message may hold what stands in the file, also from the TOML library.
    void fail(const Place& place, const std::string& message) {
        errors_.push_back({place.file, place.line, place.column, in_one_line(message)});
    }

    static std::size_t index_of(std::string_view name) {
        const Key* key = find_key(name);
        CEASEWIRE_ASSERT(key != nullptr);
        return static_cast<std::size_t>(key - keys().data());
    }

    /// Where a key was set; a default is blamed on the configuration as a whole.
    [[nodiscard]] Place place_of(std::string_view name) const {
        Place place = places_[index_of(name)];
        if (place.kind == Origin::Kind::fallback)
            place.file = sources_.file_name.empty() ? "configuration" : sources_.file_name;
        return place;
    }
    [[nodiscard]] bool is_set(std::string_view name) const {
        return places_[index_of(name)].kind != Origin::Kind::fallback;
    }

    /// Set, and to something else than its default: only then can it be without effect.
    [[nodiscard]] bool is_changed(std::string_view name) const {
        const Key& key = keys()[index_of(name)];
        return is_set(name) &&
               (name.ends_with("password") || value_text(key, loaded_.config) != key.fallback);
    }

    void assign(const Key& key, std::string_view text, const Place& place) {
        if (const std::string problem = std::visit(Assign{key, text}, key.slot(loaded_.config));
            !problem.empty()) {
            fail(place, std::string(key.name) + ": " + problem);
        }
        places_[static_cast<std::size_t>(&key - keys().data())] = place;
    }

    void set_property(std::string_view full_name, std::string value, const Place& place) {
        const bool consumer = full_name.starts_with(kConsumerPrefix);
        const std::string name(
            full_name.substr(consumer ? kConsumerPrefix.size() : kProducerPrefix.size()));
        if (const auto reason = refusal_of(name)) {
            fail(place, std::string(full_name) + " may not be set: " + std::string(*reason));
            return;
        }
        auto& properties = consumer ? loaded_.config.kafka.consumer : loaded_.config.kafka.producer;
        std::erase_if(properties, [&](const Property& each) { return each.name == name; });
        properties.push_back({name, std::move(value), place.origin()});
    }

    // ---- the file
    // ------------------------------------------------------------------------------------------------------

    Place place_in_file(const toml::source_region& region) const {
        return {Origin::Kind::file, std::string(sources_.file_name), region.begin.line,
                region.begin.column};
    }

    void take_file() {
        try {
            const toml::table table = toml::parse(sources_.file_text, sources_.file_name);
            for (const auto& [name, node] : table) take_section(name, node);
        } catch (const toml::parse_error& error) {
            fail(place_in_file(error.source()), std::string(error.description()));
        }
        // toml++ keeps tables sorted by name; people read from the top.
        std::stable_sort(errors_.begin(), errors_.end(),
                         [](const Error& a, const Error& b) { return a.line < b.line; });
    }

    void take_section(const toml::key& name, const toml::node& node) {
        const auto all = sections();
        const bool known = std::any_of(
            all.begin(), all.end(), [&](const Section& each) { return each.name == name.str(); });
        const toml::table* table = node.as_table();
        if (!known) {
            std::string near;
            if (table != nullptr) {
                std::vector<std::string_view> names;
                for (const Section& each : all) names.push_back(each.name);
                if (const std::string_view found = nearest(name.str(), names); !found.empty()) {
                    near = "; did you mean [" + std::string(found) + "]?";
                }
                fail(place_in_file(name.source()),
                     "unknown section [" + std::string(name.str()) + "]" + near);
            } else {
                fail(place_in_file(name.source()),
                     "unknown key '" + std::string(name.str()) + "'" + suggestion(name.str()));
            }
            return;
        }
        if (table == nullptr) {
            fail(place_in_file(name.source()), "'" + std::string(name.str()) +
                                                   "' is a section: write [" +
                                                   std::string(name.str()) + "]");
            return;
        }
        for (const auto& [leaf, value] : *table)
            take_key(std::string(name.str()) + "." + std::string(leaf.str()), leaf, value);
    }

    void take_key(const std::string& name, const toml::key& leaf, const toml::node& node) {
        const Place place = place_in_file(leaf.source());
        if (name == "kafka.consumer" || name == "kafka.producer") {
            if (const toml::table* table = node.as_table()) {
                take_properties(name, *table);
            } else {
                fail(place, "'" + name + "' is a section: write [" + name + "]");
            }
            return;
        }
        const Key* key = find_key(name);
        if (key == nullptr) {
            fail(place, "unknown key '" + name + "'" + suggestion(name));
            return;
        }
        const Slot slot = key->slot(loaded_.config);
        if (std::holds_alternative<Secret*>(slot)) {
            fail(place, name + " may not stand in this file: set " + environment_name(name) +
                            ", or keep it in a file of its own and name that in " + name + "_file");
            return;
        }
        if (const std::string problem = wrong_type(*key, slot, node); !problem.empty()) {
            fail(place, name + ": " + problem);
            return;
        }
        assign(*key, *scalar_text(node), place);
    }

    /// `fetch.min.bytes = 1` is three tables in TOML, `"fetch.min.bytes" = 1` is none: both mean
    /// the property of that name.
    void take_properties(const std::string& prefix, const toml::table& table) {
        for (const auto& [leaf, node] : table) {
            const std::string name = prefix + "." + std::string(leaf.str());
            if (const toml::table* inner = node.as_table()) {
                take_properties(name, *inner);
            } else if (auto text = scalar_text(node)) {
                set_property(name, std::move(*text), place_in_file(leaf.source()));
            } else {
                fail(place_in_file(leaf.source()),
                     name + ": expected a text, a whole number or true or false");
            }
        }
    }

    // ---- the environment and the command line
    // ------------------------------------------------------------------------------

    void take_environment() {
        for (const auto& [name, value] : sources_.environment) {
            if (!name.starts_with("CEASEWIRE_")) continue;
            const Place place{Origin::Kind::environment, name};
            const auto all = keys();
            const auto key = std::find_if(all.begin(), all.end(), [&](const Key& each) {
                return environment_name(each.name) == name;
            });
            if (key != all.end()) {
                assign(*key, value, place);
                continue;
            }
            bool property = false;
            for (const std::string_view prefix : {kConsumerPrefix, kProducerPrefix}) {
                const std::string head = environment_name(prefix);
                if (!name.starts_with(head) || name.size() == head.size()) continue;
                std::string full(prefix);
                for (const char c : name.substr(head.size()))
                    full += c == '_'               ? '.'
                            : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a')
                                                   : c;
                set_property(full, value, place);
                property = true;
            }
            if (!property && !is_foreign(name))
                loaded_.warnings.push_back(name + ": no such setting; it is passed over");
        }
    }

    /// Names that others put into our environment: our own tests and scripts, and Kubernetes, which
    /// announces a Service named ceasewire to every pod as CEASEWIRE_SERVICE_HOST,
    /// CEASEWIRE_PORT_9464_TCP and so on.
    static bool is_foreign(std::string_view name) {
        constexpr std::array<std::string_view, 7> kOurs = {
            "CEASEWIRE_CONFIG",        "CEASEWIRE_UPDATE_GOLDEN", "CEASEWIRE_JOBS",
            "CEASEWIRE_KAFKA_VERSION", "CEASEWIRE_KAFKA_JARS",    "CEASEWIRE_KAFKA_HEAP",
            "CEASEWIRE_KAFKA_CONFIG"};
        return std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end() ||
               name.starts_with("CEASEWIRE_TEST_") ||
               name.find("_SERVICE_HOST") != std::string_view::npos ||
               name.find("_SERVICE_PORT") != std::string_view::npos || name.ends_with("_PORT") ||
               name.find("_PORT_") != std::string_view::npos;
    }

    void take_flag(const Flag& flag) {
        const Place place{Origin::Kind::flag, flag.shown};
        const std::string_view name = flag.name;
        if (const Key* key = find_key(name)) {
            if (std::holds_alternative<Secret*>(key->slot(loaded_.config))) {
                fail(place,
                     flag.name +
                         " may not stand on the command line, where every user can read it: set " +
                         environment_name(name) + ", or " + flag.name + "_file");
                return;
            }
            assign(*key, flag.value, place);
        } else if ((name.starts_with(kConsumerPrefix) && name.size() > kConsumerPrefix.size()) ||
                   (name.starts_with(kProducerPrefix) && name.size() > kProducerPrefix.size())) {
            set_property(name, flag.value, place);
        } else {
            fail(place, "unknown key '" + flag.name + "'" + suggestion(name));
        }
    }

    // ---- what only the whole can tell
    // -----------------------------------------------------------------------------------

    void check_topics() {
        const Config::Topics& topics = loaded_.config.topics;
        const auto clash = [&](std::string_view a, std::string_view b, const std::string& value,
                               std::string_view why) {
            const std::string_view blamed = is_set(b) || !is_set(a) ? b : a;
            fail(place_of(blamed), std::string(a) + " and " + std::string(b) + " are both '" +
                                       value + "': " + std::string(why));
        };
        std::vector<std::string> inputs = split_list(topics.input);
        for (const std::string& input : inputs) {
            if (input == topics.output)
                clash("topics.input", "topics.output", input,
                      "the program would read its own records");
            if (input == topics.dead_letter)
                clash("topics.input", "topics.dead_letter", input,
                      "the program would read its own dead letters");
        }
        if (topics.output == topics.dead_letter) {
            clash("topics.output", "topics.dead_letter", topics.output,
                  "readers would take dead letters for records");
        }
        std::sort(inputs.begin(), inputs.end());
        if (const auto twice = std::adjacent_find(inputs.begin(), inputs.end());
            twice != inputs.end()) {
            fail(place_of("topics.input"), "topics.input: '" + *twice + "' is named twice");
        }
    }

    void check_security() {
        const Config::Kafka& kafka = loaded_.config.kafka;
        const bool sasl =
            kafka.security == Security::sasl_plaintext || kafka.security == Security::sasl_ssl;
        const bool ssl = kafka.security == Security::ssl || kafka.security == Security::sasl_ssl;
        const bool password_given = !kafka.password.empty() || !kafka.password_file.empty();
        const bool by_password =
            kafka.sasl_mechanism == "PLAIN" || kafka.sasl_mechanism.starts_with("SCRAM-");
        if (sasl && by_password && (kafka.username.empty() || !password_given)) {
            fail(place_of("kafka.security"),
                 "kafka.security asks for " + kafka.sasl_mechanism +
                     ", which needs kafka.username and kafka.password_file (or "
                     "CEASEWIRE_KAFKA_PASSWORD)");
        }
        if (!sasl) {
            for (const std::string_view name : {"kafka.username", "kafka.password",
                                                "kafka.password_file", "kafka.sasl_mechanism"}) {
                if (is_changed(name))
                    fail(place_of(name), std::string(name) +
                                             " has no effect: kafka.security must be \"sasl_ssl\" "
                                             "or \"sasl_plaintext\"");
            }
        }
        if (!ssl) {
            for (const std::string_view name :
                 {"kafka.verify_hostname", "kafka.ca_file", "kafka.certificate_file",
                  "kafka.key_file", "kafka.key_password", "kafka.key_password_file"}) {
                if (is_changed(name))
                    fail(place_of(name),
                         std::string(name) +
                             " has no effect: kafka.security must be \"ssl\" or \"sasl_ssl\"");
            }
        } else if (kafka.certificate_file.empty() != kafka.key_file.empty()) {
            fail(place_of(kafka.key_file.empty() ? "kafka.certificate_file" : "kafka.key_file"),
                 "kafka.certificate_file and kafka.key_file belong together: one of them is "
                 "missing");
        }
        if (kafka.security == Security::sasl_plaintext && kafka.sasl_mechanism == "PLAIN") {
            loaded_.warnings.push_back(
                "kafka.security: sasl_plaintext with PLAIN sends the password over the network in "
                "the clear");
        }
    }

    void check_delivery() {
        const auto only_with = [&](Delivery delivery, std::string_view name) {
            if (loaded_.config.run.delivery == delivery || !is_changed(name)) return;
            fail(place_of(name),
                 std::string(name) + " has no effect: run.delivery must be \"" +
                     (delivery == Delivery::exactly_once ? "exactly_once" : "at_least_once") +
                     "\"");
        };
        for (const std::string_view name :
             {"run.transaction_interval", "run.transaction_records", "run.transactional_id"})
            only_with(Delivery::exactly_once, name);
        only_with(Delivery::at_least_once, "run.uncommitted_records");
    }

    void read_secret(std::string_view secret_key, std::string_view file_key, Secret& secret,
                     const std::string& path) {
        if (path.empty()) return;
        if (!secret.empty()) {
            fail(place_of(file_key), std::string(secret_key) + " and " + std::string(file_key) +
                                         " are both set: which one is meant?");
            return;
        }
        errno = 0;
        std::ifstream in(path, std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        if (!in.is_open() || in.bad()) {
            fail(place_of(file_key),
                 std::string(file_key) + ": cannot read " + path + ": " + std::strerror(errno));
            return;
        }
        if (text.ends_with('\n')) text.pop_back();
        if (text.ends_with('\r')) text.pop_back();
        if (text.empty()) {
            fail(place_of(file_key), std::string(file_key) + ": " + path + " is empty");
            return;
        }
        secret = Secret(std::move(text));
    }

    const Sources& sources_;
    Loaded loaded_;
    std::vector<Place> places_;
    std::vector<Error> errors_;
};

}  // namespace

std::string Error::to_string() const {
    std::string out = file;
    if (line != 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
    return out + ": " + message;
}

Expected<Loaded, std::vector<Error>> load(const Sources& sources) { return Loader(sources).load(); }

std::vector<std::pair<std::string, std::string>> process_environment() {
    std::vector<std::pair<std::string, std::string>> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            all.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return all;
}

}  // namespace ceasewire::config
