#pragma once
/// Cuts a sentence into syntactic words as the English Web Treebank does, which is finer than the
/// words that the phrase matcher reads: "don't" is "do" and "n't", "Assad's" is "Assad" and "'s",
/// "al-Sisi" three words, "U.S." and "1,200" one.

#include <string_view>
#include <vector>

#include "text/span.h"

namespace ceasewire::syntax {

/// Replaces `out` by the words of `text[sentence]`, in order, as byte offsets into `text`. They
/// never overlap, none is empty, and every character that is not white space belongs to one. `text`
/// must be valid UTF-8 and `sentence` lie on its borders.
///
/// Linear in sentence.size(); allocates only when `out` must grow. Safe from many threads.
void tokenize(std::string_view text, Span sentence, std::vector<Span>& out);

}  // namespace ceasewire::syntax
