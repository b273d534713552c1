#include "text/document.h"

#include <cstring>

#include "base/assert.h"
#include "text/utf8.h"

namespace ceasewire {

void Document::assign(std::string_view title, std::string_view body) {
    constexpr std::string_view kGap = "\n\n";
    size_ = title.size() + kGap.size() + body.size();
    CEASEWIRE_ASSERT(size_ < UINT32_MAX - text::kTokenizePadding);
    if (buffer_.size() < size_ + text::kTokenizePadding)
        buffer_.resize(size_ + text::kTokenizePadding);
    char* at = buffer_.data();
    if (!title.empty()) std::memcpy(at, title.data(), title.size());
    at += title.size();
    std::memcpy(at, kGap.data(), kGap.size());
    at += kGap.size();
    if (!body.empty()) std::memcpy(at, body.data(), body.size());
    std::memset(at + body.size(), 0, text::kTokenizePadding);
    title_ = {0, static_cast<std::uint32_t>(title.size())};
    body_ = {static_cast<std::uint32_t>(title.size() + kGap.size()),
             static_cast<std::uint32_t>(size_)};
    tokens_.clear();
    checkpoints_.clear();
    text::tokenize({buffer_.data(), size_}, tokens_, scratch_);
}

void Document::index_code_points() {
    const std::string_view all = text();
    checkpoints_.clear();
    checkpoints_.reserve(all.size() / 64 + 1);
    std::uint32_t count = 0;
    for (std::size_t at = 0;; at += 64) {
        checkpoints_.push_back(count);
        if (at + 64 > all.size()) break;
        count += static_cast<std::uint32_t>(text::count_code_points(all.substr(at, 64)));
    }
}

std::uint32_t Document::code_points_into_field(std::uint32_t at) const {
    const auto before = [&](std::uint32_t byte) {
        const std::uint32_t block = byte / 64;
        return checkpoints_[block] + static_cast<std::uint32_t>(text::count_code_points(
                                         text().substr(block * 64U, byte % 64)));
    };
    CEASEWIRE_ASSERT(!checkpoints_.empty());
    const std::uint32_t field = at <= title_.end && at < body_.begin ? title_.begin : body_.begin;
    return before(at) - before(field);
}

}  // namespace ceasewire
