#pragma once
/// Reads CoNLL-U treebanks for the syntax trainer. Sentences keep their raw text, and words are
/// spans into it, because the features look at the text.

#include <cstdint>
#include <string>
#include <vector>

#include "syntax/tree.h"
#include "text/span.h"

namespace ceasewire::training {

struct Sentence {
    std::string text;
    std::vector<Span> words;
    std::vector<std::uint8_t> upos;
    std::vector<std::uint8_t>
        fine_tag;                    // treebank-specific tag, as an index into Treebank::fine_tags
    std::vector<std::int32_t> head;  // kNoHead for the root
    std::vector<std::uint8_t> relation;
};

struct Treebank {
    std::vector<Sentence> sentences;
    std::vector<std::string> fine_tags;
};

/// Where the treebank splits a word into parts that do not spell it ("dunno"), the whole stays one
/// word, as in the scorer. Exits with a message if the file cannot be read or uses an unknown
/// label. Fine tags unknown to `fine_tags` are appended to it.
Treebank read_treebank(const std::string& path, std::vector<std::string> fine_tags = {});

}  // namespace ceasewire::training
