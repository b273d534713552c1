#pragma once
/// Trees of news, put right where the parser's treebank, which has little of it, leads astray.
/// Internal to the analysis room.

#include "analysis/features.h"
#include "analysis/view.h"
#include "syntax/tree.h"

namespace ceasewire::analysis {

/// What somebody told a hearer ("told the paper that X had …") is no relative clause of the hearer,
/// what is reported behind a citation ("reported, citing …, that X …") no adverbial one; "…, the
/// envoy said" is joined to nothing; in "officials briefed on it said" somebody says; in "said it
/// would stay and accused Y" it is the teller who accuses; "Yerevan
/// accused …" and "…,” said an official travelling …" have subjects, and "Israel, Hamas agree" has
/// two. Time grows with the words of the sentence times those that tell something.
void mend(const View& view, const Analysis& analysis, const SentenceFacts& facts,
          const Sentence& sentence, syntax::Tree& tree);

}  // namespace ceasewire::analysis
