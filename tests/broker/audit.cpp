#include "broker/audit.h"

#include <map>
#include <optional>
#include <set>

#include "app/load_lexicon.h"
#include "enrich/enrich.h"
#include "record/encode.h"

namespace ceasewire::test {

NewMessage mixed(std::size_t i) {
    NewMessage message;
    const std::string number = std::to_string(i);
    message.key = "key-" + std::to_string(i % 97);
    if (i % 3 == 0)
        message.headers = {{"traceparent", "00-" + number}, {"feed", "one"}, {"feed", "two"}};
    if (i % 100 == 50) {
        switch ((i / 100) % 8) {
            case 0:
                message.value = "  ";
                break;
            case 1:
                message.value = "{\"title\":\"t\",\"body\":\"b\"} x";
                break;
            case 2:
                message.value = "{\"title\":\"\xFF\xFE\"}";
                break;
            case 3:
                message.value = std::string(200, '[') + std::string(200, ']');
                break;
            case 4:
                message.value = "{\"weather\":\"fine\"}";
                break;
            case 5:
                message.value = "{\"title\":7,\"body\":\"b\"}";
                break;
            case 6:
                message.value = "{\"title\":\" \",\"body\":\"\"}";
                break;
            default:
                message.value = "{\"title\":\"half";
                break;
        }
        return message;
    }
    if (i % 500 == 123) return message;  // a tombstone
    std::string body;
    if (i % 4 == 0) {
        body = "Hamas said it accepted the ceasefire proposal number " + number +
               ". Antony Blinken said on Monday that Israel was ready for a truce. The United "
               "Nations called for an immediate ceasefire in Gaza.";
    } else {
        body = "The city council met to discuss the budget for road number " + number +
               ". Nobody objected, and the meeting ended early.";
    }
    for (std::size_t filler = 0; filler < i % 7; ++filler)
        body +=
            " The weather stayed dry across the region for the rest of the week, forecasters said.";
    message.value = R"({"id":"article-)" + number + R"(","title":"News )" + number +
                    R"(","body":")" + body +
                    R"(","published_at":"2024-06-11T08:00:00Z","language":"en"})";
    return message;
}

Accounts audit(const Topics& topics, const std::string& in, const std::string& out,
               const std::string& dead) {
    Accounts accounts;
    const auto fault = [&](std::size_t& count, const std::string& text) {
        ++count;
        if (accounts.faults.size() < 20) accounts.faults.push_back(text);
    };
    std::map<std::string, std::vector<const StoredMessage*>> records;
    std::map<std::string, std::vector<const StoredMessage*>> letters;
    const auto output = topics.read(out);
    const auto rejected = topics.read(dead);
    // Within one output partition, first copies of one input partition come in its order.
    std::map<std::pair<int, std::string>, std::int64_t> last;
    std::set<std::string> seen;
    for (const StoredMessage& message : output) {
        const std::string source = message.header("ceasewire-source").value_or("");
        records[source].push_back(&message);
        if (!seen.insert(source).second) {
            ++accounts.duplicates;
            continue;
        }
        const auto slash = source.rfind('/');
        const std::int64_t offset = std::stoll(source.substr(slash + 1));
        auto& before =
            last.try_emplace({message.partition, source.substr(0, slash)}, -1).first->second;
        if (offset <= before)
            fault(accounts.reordered,
                  "out of order: " + source + " after " + std::to_string(before));
        before = offset;
    }
    for (const StoredMessage& message : rejected) {
        const std::string source = message.header("ceasewire-source").value_or("");
        if (!letters[source].empty()) ++accounts.duplicates;
        letters[source].push_back(&message);
    }
    accounts.records = records.size();
    accounts.dead_letters = letters.size();
    const auto lexicon = app::load_lexicon("");  // as the program loads it
    Scratch scratch;
    for (const StoredMessage& input : topics.read(in)) {
        ++accounts.inputs;
        const std::string source =
            in + "/" + std::to_string(input.partition) + "/" + std::to_string(input.offset);
        std::optional<std::string> bytes;
        std::optional<std::string> key = input.key;
        std::optional<Reason> reason;
        if (input.value) {
            const auto record = enrich(*input.value, *lexicon, scratch);
            if (record) {
                bytes.emplace();
                encode(*record, *bytes);
                key = std::string(record->article->id);
            } else {
                reason = record.error().reason;
            }
        }
        const auto& copies = reason ? letters[source] : records[source];
        const auto& others = reason ? records[source] : letters[source];
        if (copies.empty()) fault(accounts.lost, "lost: " + source);
        if (!others.empty()) fault(accounts.differing, "in the wrong topic: " + source);
        for (const StoredMessage* copy : copies) {
            if (copy->value != (reason ? input.value : bytes))
                fault(accounts.differing, "different bytes: " + source);
            if (copy->key != key) fault(accounts.differing, "different key: " + source);
            if (copy->headers.size() < input.headers.size() ||
                !std::equal(input.headers.begin(), input.headers.end(), copy->headers.begin())) {
                fault(accounts.differing, "different headers: " + source);
            }
            if (reason && copy->header("ceasewire.reason") != std::string(to_string(*reason)))
                fault(accounts.differing, "different reason: " + source);
            if (reason && copy->timestamp_ms != input.timestamp_ms)
                fault(accounts.differing, "different timestamp: " + source);
        }
        records.erase(source);
        letters.erase(source);
    }
    for (const auto& [source, copies] : records) {
        if (!copies.empty()) fault(accounts.differing, "from nowhere: " + source);
    }
    for (const auto& [source, copies] : letters) {
        if (!copies.empty()) fault(accounts.differing, "from nowhere: " + source);
    }
    return accounts;
}

}  // namespace ceasewire::test
