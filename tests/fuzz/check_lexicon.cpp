#include <algorithm>
#include <array>

#include "checks.h"
#include "enrich/enrich.h"
#include "record/encode.h"
#include "support/small_lexicon.h"

namespace ceasewire::fuzz {
namespace {

constexpr std::string_view kArticle =
    R"({"title":"Arcadia accepts a ceasefire","body":"Ada Lovelace, the president of Arcadia, said on Monday the Army would keep the cease-fire. Two officials told ARC that it holds.","published_at":"2024-05-01T00:00:00Z","language":"en"})";

/// By the first byte; the corpus counts on the order.
constexpr std::array<const char*, 16> kFiles = {
    "VERSION",           "actors.tsv",         "countries.tsv",      "offices.tsv",
    "holders.tsv",       "roles.tsv",          "cues.tsv",           "terms.tsv",
    "given-names.tsv",   "places.tsv",         "senses.tsv",         "sectors.tsv",
    "weights-terms.tsv", "weights-actors.tsv", "weights-claims.tsv", "syntax.bin"};

}  // namespace

std::string complaint_about_lexicon(std::string_view bytes) {
    if (bytes.empty()) return "";
    const std::string name = kFiles[static_cast<unsigned char>(bytes.front()) % kFiles.size()];
    const std::string text(bytes.substr(1));
    const auto files = test::small_lexicon({{name, text}});
    const auto lexicon = Lexicon::compile(files);
    if (lexicon) {
        Scratch scratch;
        const auto record = enrich(kArticle, *lexicon, scratch);
        if (!record) return "an article refused because of the lexicon";
        std::string out;
        encode(*record, out);
        return out.empty() ? "a record of no bytes" : "";
    }
    if (lexicon.error().empty()) return "refused without an error";
    for (const LexiconError& error : lexicon.error()) {
        const auto file = std::find_if(files.begin(), files.end(),
                                       [&](const auto& known) { return known.name == error.file; });
        if (file == files.end()) return "an error in no file: " + error.to_string();
        if (error.message.empty()) return "an error without a message";
        const auto lines =
            static_cast<std::size_t>(std::count(file->text.begin(), file->text.end(), '\n')) + 1;
        if (error.line > lines) return "an error beyond the file: " + error.to_string();
    }
    return "";
}

}  // namespace ceasewire::fuzz
