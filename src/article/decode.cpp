#include <simdjson.h>

#include "article/article.h"

namespace ceasewire {

struct Decoder::State {
    DecodeLimits limits;
    simdjson::dom::parser parser;
    simdjson::dom::document document;
    Article article;
};
Decoder::Decoder(DecodeLimits limits) : state_(std::make_unique<State>()) { state_->limits = limits; }
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
const DecodeLimits& Decoder::limits() const { return state_->limits; }
Expected<const Article*, Rejection> Decoder::decode(std::string_view message) {
    if (message.empty()) return Unexpected(Rejection{Reason::empty, "", 0, "the message is empty"});
    simdjson::dom::element root;
    if (state_->parser.parse(message.data(), message.size()).get(root) != simdjson::SUCCESS) return Unexpected(Rejection{Reason::bad_json, "", 0, "malformed JSON"});
    Article& a = state_->article;
    a = {};
    if (root["title"].get_string().get(a.title)) a.title = {};
    if (root["body"].get_string().get(a.body)) a.body = {};
    if (root["id"].get_string().get(a.id)) a.id = {};
    a.has_title = !a.title.empty();
    a.has_body = !a.body.empty();
    return &a;
}
}  // namespace ceasewire
