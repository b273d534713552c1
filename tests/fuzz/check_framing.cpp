#include "article/article.h"
#include "checks.h"

namespace ceasewire::fuzz {
namespace {

struct Answer {
    std::string text;
    std::optional<std::size_t> byte;  ///< of a rejection
};

Answer answer(Decoder& decoder, std::string_view message) {
    const auto decoded = decoder.decode(message);
    Answer out;
    if (!decoded) {
        const Rejection& why = decoded.error();
        out.text = std::string(to_string(why.reason)) + '|' + why.field;
        out.byte = why.byte;
        return out;
    }
    const Article& article = **decoded;
    for (const std::string_view part : {article.id, article.title, article.body, article.url,
                                        article.source, article.published_at, article.language})
        out.text.append(part) += '|';
    out.text += std::to_string(article.warnings.size());
    return out;
}

}  // namespace

std::string complaint_about_framing(std::string_view message) {
    static Decoder decoder;
    const Answer plain = answer(decoder, message);
    const auto compare = [&](std::string_view front, std::string_view what) {
        const Answer framed = answer(decoder, std::string(front) + std::string(message));
        if (framed.text != plain.text)
            return std::string(what) + " changes the answer: " + framed.text;
        if (framed.byte.has_value() != plain.byte.has_value() ||
            (plain.byte && *framed.byte != *plain.byte + front.size()))
            return std::string(what) + " moves the place of an error wrongly";
        return std::string();
    };
    if (message.empty() || (message.front() != '{' && message.front() != '[')) return "";
    if (auto wrong = compare(std::string_view("\0\0\0\1\x2a", 5), "a registry's frame");
        !wrong.empty())
        return wrong;
    return compare("\xEF\xBB\xBF", "a byte order mark");
}

}  // namespace ceasewire::fuzz
