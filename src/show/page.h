#pragma once
/// A record as a page of its own: the marked text, the claims, the actors and why.

#include <string>

#include "record/record.h"

namespace ceasewire::show {

/// Appends a whole HTML document that shows one article with what was found in it. It asks nothing
/// of a network, works without its script (links then lead to the claims and actors below the
/// text), and follows the reader's choice of light or dark.
///
/// Text of strangers stands in it as text: markup is escaped, control characters become pictures of
/// themselves, and what turns the direction of writing ends with its own words. The same record
/// gives the same page. Linear in the article and in what was found.
void append_page(const EnrichedRecord& record, std::string& out);

/// Appends `text` (valid UTF-8) so that it means itself in the content of an element and between
/// either kind of quotes.
void append_escaped(std::string_view text, std::string& out);

}  // namespace ceasewire::show
