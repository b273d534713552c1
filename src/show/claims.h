#pragma once
/// A record's claims as people read them on a terminal.

#include <string>

#include "record/record.h"
#include "show/terminal.h"

namespace ceasewire::show {

/// Appends the article's headline and, below it, each of its claims: the act and whose it is,
/// towards whom, on what terms, told by whom and through whom, and the sentence that says so:
///
///     Mediators hand over final draft of Gaza truce
///     2025-01-14 · Sample Wire · sample/gaza-doha-draft
///
///       ACCEPT     Hamas
///                  hostage release: 33 hostages, six weeks
///                  told by an Egyptian official, through The Washington Post
///                │ The Washington Post quoted an Egyptian official as saying that ...
///
/// Appends nothing when there are no claims. The colours repeat what the words say. Text of the
/// article reaches the terminal without control characters. Linear in the record.
void append_claims(const EnrichedRecord& record, const TerminalStyle& style, std::string& out);

}  // namespace ceasewire::show
