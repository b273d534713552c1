#include "article/article.h"

namespace ceasewire {

std::string_view to_string(Format format) {
    switch (format) {
        case Format::native:
            return "native";
        case Format::ninjs:
            return "ninjs";
        case Format::schema_org:
            return "schema_org";
        case Format::news_please:
            return "news_please";
        case Format::guardian:
            return "guardian";
        case Format::financial_times:
            return "financial_times";
        case Format::gdelt:
            return "gdelt";
        case Format::newsapi:
            return "newsapi";
        case Format::event_registry:
            return "event_registry";
        case Format::aylien:
            return "aylien";
        case Format::json_feed:
            return "json_feed";
        case Format::rss:
            return "rss";
        case Format::generic:
            return "generic";
    }
    return "";
}

std::string_view to_string(Warning warning) {
    switch (warning) {
        case Warning::published_at_unreadable:
            return "published_at_unreadable";
        case Warning::language_unsupported:
            return "language_unsupported";
        case Warning::duplicate_key:
            return "duplicate_key";
        case Warning::text_repaired:
            return "text_repaired";
    }
    return "";
}

}  // namespace ceasewire
