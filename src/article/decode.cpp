#include <simdjson.h>

#define XXH_INLINE_ALL
#include <algorithm>
#include <array>
#include <charconv>

#include <xxhash.h>

#include "article/article.h"
#include "article/date.h"
#include "article/html.h"
#include "article/locate.h"
#include "base/hex.h"

namespace ceasewire {
namespace {

using simdjson::dom::element;

/// Every key of any format that is read, by format-neutral name.
enum class Key : std::uint8_t {
    id,
    title,
    body,
    url,
    source,
    published_at,
    language,  // native
    headline,
    headlines,
    bodies,
    body_text,
    body_html,
    body_xhtml,
    uri,
    versioncreated,
    versionCreated,
    firstcreated,  // ninjs
    firstCreated,
    contentCreated,
    infoSources,
    infosources,
    infosource,
    copyrightHolder,
    copyrightholder,
    standard,
    at_type,
    at_id,
    identifier,
    articleBody,
    datePublished,
    inLanguage,
    publisher,
    mainEntityOfPage,  // schema.org
    maintext,
    source_domain,
    date_publish,
    filename,  // news-please
    webTitle,
    webUrl,
    webPublicationDate,
    fields,  // Guardian
    bodyXML,
    publishedDate,  // Financial Times
    seendate,
    domain,  // GDELT
    publishedAt,
    urlToImage,
    content,
    description,  // NewsAPI
    dateTimePub,
    dateTime,
    lang,   // Event Registry
    links,  // Aylien
    content_text,
    content_html,
    date_published,
    external_url,
    summary,  // JSON Feed
    guid,
    link,
    pubDate,
    isoDate,
    published,
    content_encoded,  // RSS, Atom
    name,
    text,
    article,
    date,
    datetime,
    timestamp,
    underscore_id,  // generic
    articles,
    stories,
    items,
    data,
    specversion,
    response,
    results,  // envelopes
    count
};
constexpr std::size_t kKeys = static_cast<std::size_t>(Key::count);
constexpr std::array<std::string_view, kKeys> kKeyNames = {"id",
                                                           "title",
                                                           "body",
                                                           "url",
                                                           "source",
                                                           "published_at",
                                                           "language",
                                                           "headline",
                                                           "headlines",
                                                           "bodies",
                                                           "body_text",
                                                           "body_html",
                                                           "body_xhtml",
                                                           "uri",
                                                           "versioncreated",
                                                           "versionCreated",
                                                           "firstcreated",
                                                           "firstCreated",
                                                           "contentCreated",
                                                           "infoSources",
                                                           "infosources",
                                                           "infosource",
                                                           "copyrightHolder",
                                                           "copyrightholder",
                                                           "standard",
                                                           "@type",
                                                           "@id",
                                                           "identifier",
                                                           "articleBody",
                                                           "datePublished",
                                                           "inLanguage",
                                                           "publisher",
                                                           "mainEntityOfPage",
                                                           "maintext",
                                                           "source_domain",
                                                           "date_publish",
                                                           "filename",
                                                           "webTitle",
                                                           "webUrl",
                                                           "webPublicationDate",
                                                           "fields",
                                                           "bodyXML",
                                                           "publishedDate",
                                                           "seendate",
                                                           "domain",
                                                           "publishedAt",
                                                           "urlToImage",
                                                           "content",
                                                           "description",
                                                           "dateTimePub",
                                                           "dateTime",
                                                           "lang",
                                                           "links",
                                                           "content_text",
                                                           "content_html",
                                                           "date_published",
                                                           "external_url",
                                                           "summary",
                                                           "guid",
                                                           "link",
                                                           "pubDate",
                                                           "isoDate",
                                                           "published",
                                                           "content:encoded",
                                                           "name",
                                                           "text",
                                                           "article",
                                                           "date",
                                                           "datetime",
                                                           "timestamp",
                                                           "_id",
                                                           "articles",
                                                           "stories",
                                                           "items",
                                                           "data",
                                                           "specversion",
                                                           "response",
                                                           "results"};

constexpr std::size_t kKeySlots = 512;
constexpr std::size_t key_slot(std::string_view key) {
    std::uint32_t hash = static_cast<std::uint32_t>(key.size()) * 0x9E3779B1U;
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return (hash ^ hash >> 15U) % kKeySlots;
}
constexpr std::array<std::uint8_t, kKeySlots> make_key_table() {
    std::array<std::uint8_t, kKeySlots> table{};
    for (std::size_t i = 0; i < kKeys; ++i) {
        std::size_t slot = key_slot(kKeyNames[i]);
        while (table[slot] != 0) slot = (slot + 1) % kKeySlots;
        table[slot] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}
constexpr std::array<std::uint8_t, kKeySlots> kKeyTable = make_key_table();

std::optional<Key> key_of(std::string_view name) {
    for (std::size_t slot = key_slot(name); kKeyTable[slot] != 0; slot = (slot + 1) % kKeySlots) {
        const std::size_t index = kKeyTable[slot] - 1U;
        if (kKeyNames[index] == name) return static_cast<Key>(index);
    }
    return std::nullopt;
}

/// The fields of one JSON object by key.
struct FieldTable {
    std::array<element, kKeys> values;
    std::array<bool, kKeys> present{};
    bool any_body_prefix = false;

    [[nodiscard]] bool has(Key key) const { return present[static_cast<std::size_t>(key)]; }
    [[nodiscard]] const element* get(Key key) const {
        return has(key) ? &values[static_cast<std::size_t>(key)] : nullptr;
    }
};

/// A number that the parser does not hold, see locate_json_error().
bool is_quoted_number(std::string_view text) {
    return text.substr(0, kQuotedNumberMark.size()) == kQuotedNumberMark;
}

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

}  // namespace

struct Decoder::State {
    explicit State(DecodeLimits wanted)
        : limits(wanted), parser(wanted.message_bytes_max + simdjson::SIMDJSON_PADDING) {}

    DecodeLimits limits;
    simdjson::dom::parser parser;
    std::string padded;  // the message with room behind it, which the parser may read
    std::string quoted;  // the message with large numbers in quotes
    Article article;
    FieldTable table;
    std::string html_title;
    std::string html_body;
    std::string joined_id;
    std::array<char, 24> time{};
    std::string language;
    std::size_t framing = 0;  // bytes cut off in front

    Expected<const Article*, Rejection> decode(std::string_view message);

private:
    Unexpected<Rejection> reject(Reason reason, std::string field, std::string message) {
        return Unexpected(Rejection{reason, std::move(field), std::nullopt, std::move(message)});
    }
    simdjson::error_code parse(std::string_view json, element& root);
    void fill(simdjson::dom::object object);
    std::optional<Rejection> take_article(simdjson::dom::object object);
    Format detect() const;

    std::optional<Rejection> take_text(std::string_view pointer, const element& value,
                                       std::string_view& out, bool& has, bool maybe_html, bool html,
                                       std::string& buffer);
    static std::string_view string_of(const element* value);
    std::string_view first_string(std::initializer_list<Key> keys);
    std::string_view text_or_number(const element* value, std::string& buffer);
    void take_meta(Format format);
    void take_time(std::initializer_list<Key> keys);
    void take_language(std::string_view tag);
    std::string_view source_of(Format format);
};

simdjson::error_code Decoder::State::parse(std::string_view json, element& root) {
    // Copied into one reused buffer: the parser reads a little beyond the end.
    if (padded.size() < json.size() + simdjson::SIMDJSON_PADDING)
        padded.resize(std::max(json.size() + simdjson::SIMDJSON_PADDING, padded.size() * 2));
    std::copy(json.begin(), json.end(), padded.begin());
    std::fill_n(padded.begin() + static_cast<std::ptrdiff_t>(json.size()),
                simdjson::SIMDJSON_PADDING, '\0');
    if (json.size() > parser.capacity() || parser.max_depth() != limits.json_depth_max + 1) {
        const auto capacity = std::max({json.size(), parser.capacity() * 2, std::size_t{1} << 16U});
        if (const auto error = parser.allocate(std::min(capacity, parser.max_capacity()),
                                               limits.json_depth_max + 1);
            error != simdjson::SUCCESS)
            return error;
    }
    return parser.parse(padded.data(), json.size(), false).get(root);
}

void Decoder::State::fill(simdjson::dom::object object) {
    table.present.fill(false);
    table.any_body_prefix = false;
    for (const auto field : object) {
        const auto key = key_of(field.key);
        if (!key) {
            table.any_body_prefix = table.any_body_prefix || field.key.substr(0, 5) == "body_";
            continue;
        }
        const auto index = static_cast<std::size_t>(*key);
        if (table.present[index]) {
            // The first value counts, as in most readers of streams; the record says that there was
            // another.
            constexpr std::array<std::pair<Key, std::string_view>, 7> kReported = {
                {{Key::id, "id"},
                 {Key::title, "title"},
                 {Key::body, "body"},
                 {Key::url, "url"},
                 {Key::source, "source"},
                 {Key::published_at, "published_at"},
                 {Key::language, "language"}}};
            const auto* found =
                std::find_if(kReported.begin(), kReported.end(),
                             [&](const auto& entry) { return entry.first == *key; });
            const std::string_view name =
                found == kReported.end() ? std::string_view() : found->second;
            const bool said = std::any_of(
                article.warnings.begin(), article.warnings.end(), [&](const ArticleWarning& w) {
                    return w.code == Warning::duplicate_key && w.field == name;
                });
            if (!said) article.warnings.push_back({Warning::duplicate_key, name});
            continue;
        }
        table.present[index] = true;
        table.values[index] = field.value;
    }
}

Format Decoder::State::detect() const {
    const auto has = [&](Key key) { return table.has(key); };
    if (has(Key::bodies) || has(Key::headlines) ||
        (has(Key::uri) && (table.any_body_prefix || has(Key::body_text) || has(Key::body_html) ||
                           has(Key::body_xhtml))))
        return Format::ninjs;
    if (has(Key::articleBody)) return Format::schema_org;
    if (const element* type = table.get(Key::at_type)) {
        const std::string_view name = string_of(type);
        if (name == "NewsArticle" || name == "Article" || name == "ReportageNewsArticle")
            return Format::schema_org;
    }
    if (has(Key::maintext) || (has(Key::source_domain) && has(Key::date_publish)))
        return Format::news_please;
    if (has(Key::webTitle) && has(Key::webPublicationDate)) return Format::guardian;
    if (has(Key::bodyXML)) return Format::financial_times;
    if (has(Key::seendate) && has(Key::domain)) return Format::gdelt;
    if (has(Key::publishedAt) &&
        (has(Key::urlToImage) || (has(Key::source) && table.get(Key::source)->is_object())))
        return Format::newsapi;
    if (has(Key::dateTimePub) || (has(Key::uri) && has(Key::dateTime) && has(Key::lang)))
        return Format::event_registry;
    if (has(Key::published_at) && has(Key::links) && table.get(Key::links)->is_object())
        return Format::aylien;
    if (has(Key::content_text) || has(Key::content_html)) return Format::json_feed;
    if ((has(Key::guid) || has(Key::link)) &&
        (has(Key::pubDate) || has(Key::isoDate) || has(Key::published)))
        return Format::rss;
    if (has(Key::title) || has(Key::body)) {
        const bool foreign = !has(Key::body) && (has(Key::text) || has(Key::content) ||
                                                 has(Key::article) || has(Key::description));
        return foreign ? Format::generic : Format::native;
    }
    return Format::generic;
}

std::string_view Decoder::State::string_of(const element* value) {
    std::string_view text;
    if (value == nullptr || value->get_string().get(text) != simdjson::SUCCESS ||
        is_quoted_number(text))
        return {};
    return text;
}

std::string_view Decoder::State::first_string(std::initializer_list<Key> keys) {
    for (const Key key : keys) {
        if (const std::string_view text = string_of(table.get(key)); !text.empty()) return text;
    }
    return {};
}

std::string_view Decoder::State::text_or_number(const element* value, std::string& buffer) {
    if (value == nullptr) return {};
    std::string_view text;
    if (value->get_string().get(text) == simdjson::SUCCESS)
        return is_quoted_number(text) ? text.substr(kQuotedNumberMark.size()) : text;
    std::array<char, 24> digits{};
    std::int64_t number = 0;
    std::uint64_t large = 0;
    if (value->get_int64().get(number) == simdjson::SUCCESS) {
        buffer.assign(digits.data(),
                      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
    } else if (value->get_uint64().get(large) == simdjson::SUCCESS) {
        buffer.assign(digits.data(),
                      std::to_chars(digits.data(), digits.data() + digits.size(), large).ptr);
    } else {
        return {};
    }
    return buffer;
}

std::optional<Rejection> Decoder::State::take_text(std::string_view pointer, const element& value,
                                                   std::string_view& out, bool& has,
                                                   bool maybe_html, bool html,
                                                   std::string& buffer) {
    if (value.is_null()) return std::nullopt;
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS || is_quoted_number(text))
        return Rejection{Reason::wrong_type, std::string(pointer), std::nullopt,
                         std::string(pointer.substr(1)) + " must be a string or null"};
    has = true;
    out = text;
    if (html || (maybe_html && looks_like_html(text))) {
        buffer.clear();
        append_html_text(text, buffer);
        out = buffer;
        article.html = true;
    }
    return std::nullopt;
}

std::string_view Decoder::State::source_of(Format format) {
    const auto name_in = [&](const element* value) -> std::string_view {
        if (value == nullptr) return {};
        if (value->is_string()) return string_of(value);
        const auto from_object = [&](simdjson::dom::object object) -> std::string_view {
            for (const std::string_view key : {"name", "title", "domain", "uri", "id"}) {
                std::string_view text;
                if (object[key].get_string().get(text) == simdjson::SUCCESS && !text.empty() &&
                    !is_quoted_number(text))
                    return text;
            }
            return {};
        };
        simdjson::dom::object object;
        simdjson::dom::array array;
        if (value->get_object().get(object) == simdjson::SUCCESS) return from_object(object);
        if (value->get_array().get(array) == simdjson::SUCCESS) {
            for (const element item : array) {
                if (item.get_object().get(object) == simdjson::SUCCESS) return from_object(object);
            }
        }
        return {};
    };
    if (format == Format::guardian) return "The Guardian";
    if (format == Format::financial_times) return "Financial Times";
    for (const Key key :
         {Key::source, Key::infoSources, Key::infosources, Key::infosource, Key::copyrightHolder,
          Key::copyrightholder, Key::publisher, Key::source_domain, Key::domain}) {
        if (const std::string_view name = name_in(table.get(key)); !name.empty()) return name;
    }
    std::string_view host = article.url;
    const std::size_t scheme = host.find("://");
    if (scheme == std::string_view::npos) return {};
    host.remove_prefix(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const std::size_t user = host.find('@'); user != std::string_view::npos)
        host.remove_prefix(user + 1);
    host = host.substr(0, host.find(':'));
    if (host.substr(0, 4) == "www.") host.remove_prefix(4);
    return host;
}

void Decoder::State::take_language(std::string_view tag) {
    if (tag.empty()) return;
    struct Name {
        std::string_view name;
        std::string_view tag;
    };
    constexpr std::array<Name, 44> kNames = {
        {{"eng", "en"},      {"english", "en"},    {"ara", "ar"},     {"arabic", "ar"},
         {"fra", "fr"},      {"fre", "fr"},        {"french", "fr"},  {"deu", "de"},
         {"ger", "de"},      {"german", "de"},     {"spa", "es"},     {"spanish", "es"},
         {"rus", "ru"},      {"russian", "ru"},    {"ukr", "uk"},     {"ukrainian", "uk"},
         {"heb", "he"},      {"hebrew", "he"},     {"tur", "tr"},     {"turkish", "tr"},
         {"por", "pt"},      {"portuguese", "pt"}, {"ita", "it"},     {"italian", "it"},
         {"zho", "zh"},      {"chi", "zh"},        {"chinese", "zh"}, {"jpn", "ja"},
         {"japanese", "ja"}, {"kor", "ko"},        {"korean", "ko"},  {"fas", "fa"},
         {"per", "fa"},      {"persian", "fa"},    {"hin", "hi"},     {"hindi", "hi"},
         {"urd", "ur"},      {"urdu", "ur"},       {"nld", "nl"},     {"dut", "nl"},
         {"dutch", "nl"},    {"pol", "pl"},        {"polish", "pl"},  {"swa", "sw"}}};
    const std::string primary = lowered(tag.substr(0, tag.find_first_of("-_")));
    const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                     [&](const Name& name) { return name.name == primary; });
    language = found == kNames.end() ? primary : std::string(found->tag);
    article.language = language;
    if (language != "en") article.warnings.push_back({Warning::language_unsupported, "language"});
}

void Decoder::State::take_time(std::initializer_list<Key> keys) {
    for (const Key key : keys) {
        const element* value = table.get(key);
        if (value == nullptr || value->is_null()) continue;
        std::optional<std::int64_t> seconds;
        std::int64_t number = 0;
        std::string_view text;
        if (value->get_string().get(text) == simdjson::SUCCESS) {
            if (blank(text)) continue;
            seconds = parse_time(text);
        } else if (value->get_int64().get(number) == simdjson::SUCCESS) {
            // Seconds since 1970, or milliseconds where seconds would lie beyond the year 5000.
            seconds =
                number > 100'000'000'000 || number < -100'000'000'000 ? number / 1000 : number;
        }
        if (seconds && write_time(*seconds, time.data())) {
            article.published_at = {time.data(), 20};
            article.published_day =
                static_cast<Day>((*seconds >= 0 ? *seconds : *seconds - 86399) / 86400);
        } else {
            article.warnings.push_back({Warning::published_at_unreadable, "published_at"});
        }
        return;
    }
}

void Decoder::State::take_meta(Format format) {
    switch (format) {
        case Format::aylien: {
            std::string_view permalink;
            if (table.get(Key::links)->at_key("permalink").get_string().get(permalink) ==
                    simdjson::SUCCESS &&
                !is_quoted_number(permalink))
                article.url = permalink;
            break;
        }
        default:
            article.url = first_string(
                {Key::url, Key::webUrl, Key::link, Key::external_url, Key::mainEntityOfPage});
            break;
    }
    take_time({Key::published_at,  Key::versionCreated, Key::versioncreated,
               Key::firstCreated,  Key::firstcreated,   Key::contentCreated,
               Key::datePublished, Key::date_publish,   Key::webPublicationDate,
               Key::publishedDate, Key::seendate,       Key::publishedAt,
               Key::dateTimePub,   Key::dateTime,       Key::date_published,
               Key::pubDate,       Key::isoDate,        Key::published,
               Key::date,          Key::datetime,       Key::timestamp});
    take_language(first_string({Key::language, Key::lang, Key::inLanguage}));
    article.source = source_of(format);
    for (const Key key :
         {Key::id, Key::uri, Key::guid, Key::identifier, Key::at_id, Key::underscore_id}) {
        article.id = text_or_number(table.get(key), joined_id);
        if (!article.id.empty()) return;
    }
    article.id = article.url;
    if (!article.id.empty()) return;
    XXH3_state_t* hash = XXH3_createState();
    XXH3_64bits_reset(hash);
    XXH3_64bits_update(hash, article.title.data(), article.title.size());
    XXH3_64bits_update(hash, "\0", 1);
    XXH3_64bits_update(hash, article.body.data(), article.body.size());
    const std::uint64_t digest = XXH3_64bits_digest(hash);
    XXH3_freeState(hash);
    joined_id = "xxh3:";
    append_hex(joined_id, digest, 16);
    article.id = joined_id;
}

std::optional<Rejection> Decoder::State::take_article(simdjson::dom::object object) {
    fill(object);
    const Format format = detect();
    article.format = format;
    const auto title = [&](Key key) -> std::optional<Rejection> {
        if (article.has_title || !table.has(key)) return std::nullopt;
        const std::string pointer = "/" + std::string(kKeyNames[static_cast<std::size_t>(key)]);
        return take_text(pointer, *table.get(key), article.title, article.has_title, false, false,
                         html_title);
    };
    const auto body = [&](Key key, bool html) -> std::optional<Rejection> {
        if (article.has_body || !table.has(key)) return std::nullopt;
        const std::string pointer = "/" + std::string(kKeyNames[static_cast<std::size_t>(key)]);
        return take_text(pointer, *table.get(key), article.body, article.has_body,
                         format != Format::native, html, html_body);
    };
    const auto all =
        [](std::initializer_list<std::optional<Rejection>> steps) -> std::optional<Rejection> {
        for (const auto& step : steps) {
            if (step) return step;
        }
        return std::nullopt;
    };
    std::optional<Rejection> failed;
    switch (format) {
        case Format::ninjs: {
            // 2.x and 3.x: arrays of objects; the text/plain body first, the main headline first.
            const auto pick = [&](Key key, std::initializer_list<std::string_view> wish_keys,
                                  std::string_view wish, std::string_view& text) -> bool {
                simdjson::dom::array array;
                if (!table.has(key) || table.get(key)->is_null()) return false;
                const std::string pointer =
                    "/" + std::string(kKeyNames[static_cast<std::size_t>(key)]);
                if (table.get(key)->get_array().get(array) != simdjson::SUCCESS) {
                    failed = Rejection{Reason::wrong_type, pointer, std::nullopt,
                                       pointer.substr(1) + " must be an array or null"};
                    return false;
                }
                bool found = false;
                bool wished = false;
                std::size_t index = 0;
                for (const element item : array) {
                    const std::string place = pointer + "/" + std::to_string(index++) + "/value";
                    std::string_view value;
                    std::string_view kind;
                    element given;
                    if (item["value"].get(given) != simdjson::SUCCESS || given.is_null()) continue;
                    if (given.get_string().get(value) != simdjson::SUCCESS ||
                        is_quoted_number(value)) {
                        failed = Rejection{Reason::wrong_type, place, std::nullopt,
                                           "the value must be a string or null"};
                        return false;
                    }
                    const bool fits = std::any_of(
                        wish_keys.begin(), wish_keys.end(), [&](std::string_view key_name) {
                            return item[key_name].get_string().get(kind) == simdjson::SUCCESS &&
                                   kind == wish;
                        });
                    if (!found || (fits && !wished)) text = value;
                    wished = wished || fits;
                    found = true;
                }
                return found;
            };
            std::string_view text;
            if (pick(Key::headlines, {"role"}, "main", text)) {
                article.title = text;
                article.has_title = true;
            }
            if (!failed && pick(Key::bodies, {"contentType", "contenttype"}, "text/plain", text)) {
                article.body = text;
                article.has_body = true;
                if (looks_like_html(text)) {
                    html_body.clear();
                    append_html_text(text, html_body);
                    article.body = html_body;
                    article.html = true;
                }
            }
            if (failed) break;
            failed = all({title(Key::headline), title(Key::title), body(Key::body_text, false),
                          body(Key::body_xhtml, true), body(Key::body_html, true)});
            break;
        }
        case Format::schema_org:
            failed = all({title(Key::headline), title(Key::name), body(Key::articleBody, false),
                          body(Key::description, false)});
            break;
        case Format::news_please:
            failed =
                all({title(Key::title), body(Key::maintext, false), body(Key::description, false)});
            break;
        case Format::guardian: {
            failed = title(Key::webTitle);
            if (const element* fields = table.get(Key::fields);
                fields != nullptr && fields->is_object()) {
                element text;
                if (!failed && fields->at_key("bodyText").get(text) == simdjson::SUCCESS)
                    failed = take_text("/fields/bodyText", text, article.body, article.has_body,
                                       false, false, html_body);
                if (!failed && !article.has_body &&
                    fields->at_key("body").get(text) == simdjson::SUCCESS)
                    failed = take_text("/fields/body", text, article.body, article.has_body, true,
                                       true, html_body);
                if (!failed && !article.has_title &&
                    fields->at_key("headline").get(text) == simdjson::SUCCESS)
                    failed = take_text("/fields/headline", text, article.title, article.has_title,
                                       false, false, html_title);
            }
            break;
        }
        case Format::financial_times:
            failed = all({title(Key::title), body(Key::bodyXML, true)});
            break;
        case Format::gdelt:
            failed = title(Key::title);
            break;
        case Format::newsapi:
            failed =
                all({title(Key::title), body(Key::content, false), body(Key::description, false)});
            break;
        case Format::event_registry:
        case Format::aylien:
            failed =
                all({title(Key::title), body(Key::body, false), body(Key::description, false)});
            break;
        case Format::json_feed:
            failed = all({title(Key::title), body(Key::content_text, false),
                          body(Key::content_html, true), body(Key::summary, false)});
            break;
        case Format::rss:
            failed =
                all({title(Key::title), body(Key::content_encoded, true), body(Key::content, false),
                     body(Key::description, false), body(Key::summary, false)});
            break;
        case Format::native:
            failed = all({title(Key::title), body(Key::body, false)});
            break;
        case Format::generic: {
            const bool known = table.has(Key::title) || table.has(Key::headline) ||
                               table.has(Key::body) || table.has(Key::text) ||
                               table.has(Key::content) || table.has(Key::article) ||
                               table.has(Key::description) || table.has(Key::summary);
            if (!known)
                return Rejection{
                    Reason::not_an_article, "", std::nullopt,
                    "the JSON object has no field that holds an article's title or text"};
            failed = all({title(Key::title), title(Key::headline), title(Key::name),
                          body(Key::body, false), body(Key::text, false), body(Key::content, false),
                          body(Key::article, false), body(Key::description, false),
                          body(Key::summary, false)});
            break;
        }
    }
    if (failed) return failed;
    if (blank(article.title) && blank(article.body))
        return Rejection{Reason::no_text, "", std::nullopt, "neither title nor body has any text"};
    const auto odd = [](std::string_view text) {
        // Without a way out of the loop, so that it reads many bytes a step.
        unsigned char found = 0;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            found |=
                static_cast<unsigned char>(byte < 0x20) & static_cast<unsigned char>(byte != '\n') &
                static_cast<unsigned char>(byte != '\t') & static_cast<unsigned char>(byte != '\r');
        }
        return found != 0;
    };
    if (odd(article.title)) article.warnings.push_back({Warning::text_repaired, "title"});
    if (odd(article.body)) article.warnings.push_back({Warning::text_repaired, "body"});
    take_meta(format);
    return std::nullopt;
}

Expected<const Article*, Rejection> Decoder::State::decode(std::string_view message) {
    article.warnings.clear();
    auto warnings = std::move(article.warnings);
    article = Article{};
    article.warnings = std::move(warnings);
    framing = 0;
    if (message.size() > limits.message_bytes_max) {
        return reject(Reason::too_large, "",
                      "the message has " + std::to_string(message.size()) +
                          " bytes; message_bytes_max is " +
                          std::to_string(limits.message_bytes_max));
    }
    std::string_view json = message;
    // Confluent framing: a zero byte and four bytes of schema id; JSON can begin with neither.
    if (json.size() > 5 && json[0] == '\0' && (json[5] == '{' || json[5] == '[')) framing = 5;
    json.remove_prefix(framing);
    if (json.substr(0, 3) == "\xEF\xBB\xBF") {
        framing += 3;
        json.remove_prefix(3);
    }
    if (blank(json))
        return Unexpected(Rejection{Reason::empty, "", std::nullopt, "the message is empty"});
    const auto located = [&](Rejection rejection) {
        if (rejection.byte) *rejection.byte += framing;
        return Unexpected(std::move(rejection));
    };
    element root;
    if (const auto error = parse(json, root); error != simdjson::SUCCESS) {
        if (auto rejection = locate_json_error(json, limits.json_depth_max, &quoted))
            return located(std::move(*rejection));
        // Valid after all: numbers beyond what the parser holds, which are read again as marked
        // strings.
        if (parse(quoted, root) != simdjson::SUCCESS)
            return reject(Reason::bad_json, "",
                          "malformed JSON: " + std::string(simdjson::error_message(error)));
    } else if (has_surrogate_escape(json)) {
        if (auto rejection = locate_json_error(json, limits.json_depth_max))
            return located(std::move(*rejection));
    }
    // Envelopes that hold one article are opened; those that hold several are not one message's
    // article.
    for (int opened = 0; opened < 4; ++opened) {
        simdjson::dom::array array;
        simdjson::dom::object object;
        if (root.get_array().get(array) == simdjson::SUCCESS) {
            if (array.size() != 1)
                return reject(Reason::not_an_article, "",
                              "the message holds " + std::to_string(array.size()) +
                                  " articles; it must hold one");
            root = array.at(0).value();
            continue;
        }
        if (root.get_object().get(object) != simdjson::SUCCESS) break;
        element inner;
        const auto array_in = [&](std::string_view key) {
            return object[key].get(inner) == simdjson::SUCCESS && inner.is_array();
        };
        const auto object_in = [&](std::string_view key) {
            return object[key].get(inner) == simdjson::SUCCESS && inner.is_object();
        };
        const bool has_text = object["title"].error() == simdjson::SUCCESS ||
                              object["body"].error() == simdjson::SUCCESS;
        if (object["specversion"].error() == simdjson::SUCCESS && object_in("data")) {
            root = inner;
        } else if (!has_text && (array_in("articles") || array_in("stories"))) {
            root = inner;
        } else if (array_in("items") && (object["version"].error() == simdjson::SUCCESS ||
                                         object["feed"].error() == simdjson::SUCCESS)) {
            root = inner;
        } else if (!has_text && object["response"].get(inner) == simdjson::SUCCESS &&
                   inner["results"].get(inner) == simdjson::SUCCESS && inner.is_array()) {
            root = inner;
        } else if (!has_text && object["articles"].get(inner) == simdjson::SUCCESS &&
                   inner.is_object() && inner["results"].get(inner) == simdjson::SUCCESS &&
                   inner.is_array()) {
            root = inner;
        } else {
            break;
        }
    }
    simdjson::dom::object object;
    if (root.get_object().get(object) != simdjson::SUCCESS)
        return reject(Reason::not_an_article, "", "the message is JSON but no object");
    if (auto rejection = take_article(object)) return Unexpected(std::move(*rejection));
    return &article;
}

Decoder::Decoder(DecodeLimits limits) : state_(std::make_unique<State>(limits)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
const DecodeLimits& Decoder::limits() const { return state_->limits; }
Expected<const Article*, Rejection> Decoder::decode(std::string_view message) {
    return state_->decode(message);
}

}  // namespace ceasewire
