#pragma once
/// A decoded article and how to get one: JSON in any of the known shapes to an Article or a
/// Rejection.
///
/// The shapes are those of notes on news formats (native, ninjs 1-3, NewsAPI, GDELT DOC, Event
/// Registry, news-please, JSON Feed item, schema.org, Guardian, Financial Times, Aylien, RSS or
/// Atom as JSON, and a generic fallback), told apart by their keys.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/rejection.h"
#include "base/expected.h"

namespace ceasewire {

enum class Format : std::uint8_t {
    native,
    ninjs,
    schema_org,
    news_please,
    guardian,
    financial_times,
    gdelt,
    newsapi,
    event_registry,
    aylien,
    json_feed,
    rss,
    generic
};
[[nodiscard]] std::string_view to_string(Format format);

/// What was odd about an article and did not stop us.
enum class Warning : std::uint8_t {
    published_at_unreadable,
    language_unsupported,
    duplicate_key,
    text_repaired
};
[[nodiscard]] std::string_view to_string(Warning warning);

struct ArticleWarning {
    Warning code = Warning::text_repaired;
    std::string_view field;  ///< name of a record field ("body", "published_at"); static storage
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar, UTC.
using Day = std::int32_t;

/// One article. Every view points into the Decoder (or the message) it came from and lives until
/// the decoder's next use.
struct Article {
    std::string_view
        id;  ///< never empty: own id, else url, else "xxh3:" + 16 hex digits of the text's hash
    std::string_view title;
    std::string_view body;
    std::string_view url;
    std::string_view source;
    std::string_view
        published_at;  ///< RFC 3339 UTC ("2024-06-11T08:00:00Z"), empty when absent or unreadable
    std::string_view language;  ///< primary tag ("en"), empty when absent
    Format format = Format::native;
    bool has_title = false;
    bool has_body = false;
    bool html = false;  ///< title or body arrived as HTML: tags were removed, and the record must
                        ///< carry the text
    std::optional<Day> published_day;
    std::vector<ArticleWarning> warnings;
};

struct DecodeLimits {
    std::size_t message_bytes_max = std::size_t{8} << 20U;
    std::size_t json_depth_max = 64;
};

/// Decodes messages, one at a time; owns the parser and every byte that its articles point to. One
/// per thread.
class Decoder {
public:
    explicit Decoder(DecodeLimits limits = {});
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// The article in `message`, or why it is none. The whole message is validated, also after the
    /// last field that is needed. The article is owned by the decoder and valid until the next
    /// call. Linear in message.size().
    [[nodiscard]] Expected<const Article*, Rejection> decode(std::string_view message);

    [[nodiscard]] const DecodeLimits& limits() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ceasewire
