#include "lexicon/lexicon.h"

namespace ceasewire {
struct LexiconData {
    std::string version;
};
std::string LexiconError::to_string() const { return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message; }
Lexicon::Lexicon(std::unique_ptr<const LexiconData> data) : data_(std::move(data)) {}
Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
std::string_view Lexicon::version() const { return data_->version; }
Expected<Lexicon, std::vector<LexiconError>> Lexicon::compile(const std::vector<LexiconFile>& files) {
    auto data = std::make_unique<LexiconData>();
    for (const LexiconFile& file : files) {
        if (file.name == "VERSION") data->version = file.text.substr(0, file.text.find('\n'));
    }
    return Lexicon(std::move(data));
}
}  // namespace ceasewire
