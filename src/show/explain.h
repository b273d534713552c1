#pragma once
/// One article on a terminal as a reader would mark it up.

#include <string>

#include "record/record.h"
#include "show/terminal.h"

namespace ceasewire::show {

/// Appends the whole article, a bar beside each sentence that makes a claim, and below it each of
/// its claims with every field and why; at the end the actors, and why each is thought to be named:
///
///     │ Two [US officials] said on Friday that [Hamas] had rejected the ceasefire proposal.
///
///         REJECT      Hamas
///         told by     US officials
///         ...
///
/// Actors are bold and cues underlined where there is colour, actors stand in brackets where there
/// is none. An article without claims is shown too. Text of the article reaches the terminal
/// without control characters. Linear in the article and in what was found.
void append_explanation(const EnrichedRecord& record, const TerminalStyle& style, std::string& out);

}  // namespace ceasewire::show
