#pragma once
/// Text that no newsroom sends, in pieces that a test repeats.

#include <string>

namespace ceasewire::test {

struct Hostile {
    const char* name;
    std::string once;  ///< "%" becomes a number in letters, so that names differ
};

inline std::string in_letters(std::size_t number) {
    std::string out;
    for (; number > 0 || out.empty(); number /= 26) out += static_cast<char>('a' + number % 26);
    return out;
}

/// "The ceasefire " and the piece so many times.
inline std::string made(const Hostile& hostile, std::size_t count) {
    std::string out = "The ceasefire ";
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = hostile.once.find('%');
        out += hostile.once.substr(0, at);
        if (at != std::string::npos) (out += in_letters(i)) += hostile.once.substr(at + 1);
    }
    return out;
}

inline const Hostile kHostile[] = {
    {"no_full_stop", "the truce and the war and many words of it "},
    {"no_full_stop_and_speech", "he said the group said that Hamas said the truce "},
    {"commas", "Hamas said, the truce, "},
    {"quotes", "\"the truce\" "},
    {"quotes_curly_nested", "“Hamas said ‘the truce "},
    {"quotes_without_words", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""},
    {"marks_only", "!?.,;:()-—…"},
    {"stops", "truce. "},
    {"initials", "A. B. C. "},
    {"presidents", "the president said the ceasefire "},
    {"president_of_many",
     "President Amir Hassan% said it. The prime minister rejected the truce. "},
    {"officials", "the official said the truce "},
    {"spokesmen", "A spokesman for Hamas said so. The spokesman rejected a truce. "},
    {"groups", "The group rejected the ceasefire. "},
    {"names_that_differ", "Amir Hassan% said so. "},
    {"names_and_near_names", "Amir Hassan% said so and Hassamn% left. "},
    {"acronyms_in_brackets", "Hamas (HAMS) said so. HAMS left. "},
    {"states", "Israel, Egypt and Qatar rejected the truce with Iran. "},
    {"modifiers", "senior "},
    {"modified", "senior Israeli Egyptian officials of Hamas "},
    {"empty_lines", "truce\n\n"},
    {"furniture", "See also: truce\n\n"},
    {"dates", "On Monday, May 31, 2024, five days of truce began. "},
    {"digits", "1,000,000"},
    {"zero_width", "tru\u200Bce\u200D \u200B"},
    {"not_composed", "Fe\u0301lix Tshisekedi said the truce "},
    {"right_to_left", "قال محمود عباس إن الهدنة truce "},
    {"no_blanks", "truce"},
    {"emoji", "😀truce😀 "},
    {"he_said", "He said the truce held. "},
    {"sided", "Hamas rejected the truce, while Israel accepted the deal, and Egypt urged calm; "},
    {"quotes_in_quotes", "\"Hamas said 'Israel said the truce "},
    {"quotes_closed", "“‘the truce’ ” "},
    {"chains_of_tellers", "Reuters reported that Hamas said that "},
    {"according", "according to Hamas, according to Reuters, "},
    {"told", "Hamas told Reuters, which told CNN, the truce "},
    {"quoted_as_saying", "CNN quoted Reuters as saying that "},
    {"denials", "denied that it had rejected the denial that "},
    {"conditions", "if Israel accepts, unless Hamas refuses, only if "},
    {"marked_right_to_left", "\u202BHamas\u202C \u200Fsaid\u200F the truce "},
    {"accents_heaped", "tru\u0301\u0302\u0303\u0304\u0305ce "},
    {"brackets", "((the truce [Hamas] {said} "},
    {"headlines", "Hamas: truce - Israel: no; "},
    {"speakers", "MR. MILLER: The truce holds.\n\nQ Does it?\n\n"},
};

}  // namespace ceasewire::test
