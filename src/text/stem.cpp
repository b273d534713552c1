#include "text/stem.h"

#include <unordered_map>

namespace ceasewire::text {
namespace {

/// Of a few letters: it is asked of every word, and nearly all are not in the list.
struct QuickHash {
    std::size_t operator()(std::string_view word) const {
        if (word.empty()) return 0;
        const auto letter = [&](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(word[i]));
        };
        return (letter(0) << 24U) + (letter(word.size() / 2) << 14U) +
               (letter(word.size() - 1) << 6U) + word.size();
    }
};
using Forms = std::unordered_map<std::string_view, std::string_view, QuickHash>;

/// Forms that no ending tells, and some whose endings mislead.
const Forms& irregular() {
    static const Forms kForms = {{"'d", "would"},
                                 {"'ll", "will"},
                                 {"'m", "be"},
                                 {"'re", "be"},
                                 {"'s", "be"},
                                 {"'ve", "have"},
                                 {"admitted", "admit"},
                                 {"admitting", "admit"},
                                 {"agreed", "agree"},
                                 {"agreeing", "agree"},
                                 {"agrees", "agree"},
                                 {"am", "be"},
                                 {"are", "be"},
                                 {"banned", "ban"},
                                 {"banning", "ban"},
                                 {"been", "be"},
                                 {"began", "begin"},
                                 {"beginning", "begin"},
                                 {"begun", "begin"},
                                 {"being", "be"},
                                 {"bombed", "bomb"},
                                 {"bombing", "bomb"},
                                 {"bombs", "bomb"},
                                 {"bore", "bear"},
                                 {"borne", "bear"},
                                 {"bought", "buy"},
                                 {"broke", "break"},
                                 {"broken", "break"},
                                 {"brought", "bring"},
                                 {"built", "build"},
                                 {"ca", "can"},
                                 {"called", "call"},
                                 {"calling", "call"},
                                 {"calls", "call"},
                                 {"came", "come"},
                                 {"children", "child"},
                                 {"committed", "commit"},
                                 {"committing", "commit"},
                                 {"could", "can"},
                                 {"cutting", "cut"},
                                 {"did", "do"},
                                 {"died", "die"},
                                 {"dies", "die"},
                                 {"discussed", "discuss"},
                                 {"discusses", "discuss"},
                                 {"discussing", "discuss"},
                                 {"does", "do"},
                                 {"doing", "do"},
                                 {"done", "do"},
                                 {"drawn", "draw"},
                                 {"drew", "draw"},
                                 {"driven", "drive"},
                                 {"dropped", "drop"},
                                 {"dropping", "drop"},
                                 {"drove", "drive"},
                                 {"dying", "die"},
                                 {"fallen", "fall"},
                                 {"fell", "fall"},
                                 {"felled", "fell"},
                                 {"felt", "feel"},
                                 {"fled", "flee"},
                                 {"forgot", "forget"},
                                 {"forgotten", "forget"},
                                 {"fought", "fight"},
                                 {"found", "find"},
                                 {"freed", "free"},
                                 {"freeing", "free"},
                                 {"frees", "free"},
                                 {"froze", "freeze"},
                                 {"frozen", "freeze"},
                                 {"gave", "give"},
                                 {"given", "give"},
                                 {"gone", "go"},
                                 {"got", "get"},
                                 {"gotten", "get"},
                                 {"grew", "grow"},
                                 {"grown", "grow"},
                                 {"had", "have"},
                                 {"has", "have"},
                                 {"having", "have"},
                                 {"held", "hold"},
                                 {"hitting", "hit"},
                                 {"is", "be"},
                                 {"kept", "keep"},
                                 {"killed", "kill"},
                                 {"killing", "kill"},
                                 {"kills", "kill"},
                                 {"knew", "know"},
                                 {"known", "know"},
                                 {"laid", "lay"},
                                 {"lain", "lie"},
                                 {"led", "lead"},
                                 {"left", "leave"},
                                 {"lent", "lend"},
                                 {"letting", "let"},
                                 {"lost", "lose"},
                                 {"lying", "lie"},
                                 {"made", "make"},
                                 {"meant", "mean"},
                                 {"men", "man"},
                                 {"met", "meet"},
                                 {"n't", "not"},
                                 {"n\u2019t", "not"},
                                 {"occurred", "occur"},
                                 {"occurring", "occur"},
                                 {"omitted", "omit"},
                                 {"overcame", "overcome"},
                                 {"paid", "pay"},
                                 {"passed", "pass"},
                                 {"passes", "pass"},
                                 {"passing", "pass"},
                                 {"people", "person"},
                                 {"permitted", "permit"},
                                 {"permitting", "permit"},
                                 {"planned", "plan"},
                                 {"planning", "plan"},
                                 {"plans", "plan"},
                                 {"pressed", "press"},
                                 {"presses", "press"},
                                 {"pressing", "press"},
                                 {"putting", "put"},
                                 {"ran", "run"},
                                 {"rebelled", "rebel"},
                                 {"rebels", "rebel"},
                                 {"referred", "refer"},
                                 {"referring", "refer"},
                                 {"risen", "rise"},
                                 {"rose", "rise"},
                                 {"running", "run"},
                                 {"said", "say"},
                                 {"sat", "sit"},
                                 {"saw", "see"},
                                 {"saying", "say"},
                                 {"says", "say"},
                                 {"seen", "see"},
                                 {"sent", "send"},
                                 {"setting", "set"},
                                 {"shot", "shoot"},
                                 {"showed", "show"},
                                 {"shown", "show"},
                                 {"sides", "side"},
                                 {"signed", "sign"},
                                 {"signing", "sign"},
                                 {"signs", "sign"},
                                 {"sold", "sell"},
                                 {"sought", "seek"},
                                 {"spent", "spend"},
                                 {"spoke", "speak"},
                                 {"spoken", "speak"},
                                 {"stood", "stand"},
                                 {"stopped", "stop"},
                                 {"stopping", "stop"},
                                 {"stricken", "strike"},
                                 {"struck", "strike"},
                                 {"submitted", "submit"},
                                 {"submitting", "submit"},
                                 {"swore", "swear"},
                                 {"sworn", "swear"},
                                 {"taken", "take"},
                                 {"thought", "think"},
                                 {"threw", "throw"},
                                 {"thrown", "throw"},
                                 {"tied", "tie"},
                                 {"ties", "tie"},
                                 {"told", "tell"},
                                 {"took", "take"},
                                 {"tying", "tie"},
                                 {"understood", "understand"},
                                 {"undertaken", "undertake"},
                                 {"undertook", "undertake"},
                                 {"vetoed", "veto"},
                                 {"vetoes", "veto"},
                                 {"vetoing", "veto"},
                                 {"was", "be"},
                                 {"went", "go"},
                                 {"were", "be"},
                                 {"withdrawn", "withdraw"},
                                 {"withdrew", "withdraw"},
                                 {"wo", "will"},
                                 {"women", "woman"},
                                 {"won", "win"},
                                 {"written", "write"},
                                 {"wrote", "write"},
                                 {"\u2019d", "would"},
                                 {"\u2019ll", "will"},
                                 {"\u2019s", "be"}};
    return kForms;
}

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

bool any_vowel(std::string_view text) {
    for (const char c : text) {
        if (vowel(c)) return true;
    }
    return false;
}

/// Without a last "e", so that "release" and "releas(ed)" meet.
std::string bare(std::string_view base) {
    if (base.size() > 3 && base.back() == 'e') base.remove_suffix(1);
    return std::string(base);
}

/// What is left of "-ed" and "-ing": a doubled consonant counts once ("stopp").
std::string undoubled(std::string_view base) {
    const char last = base.back();
    if (last == base[base.size() - 2] && last != 'l' && last != 's' && last != 'z')
        return std::string(base.substr(0, base.size() - 1));
    return bare(base);
}

}  // namespace

std::string lower(std::string_view word) {
    std::string out(word);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return out;
}

std::string stem(std::string_view word) {
    std::string w = lower(word);
    if (const auto found = irregular().find(w); found != irregular().end())
        return std::string(found->second);
    if (w.ends_with("'s")) w.resize(w.size() - 2);
    if (w.size() <= 3) return w;
    if ((w.ends_with("ies") || w.ends_with("ied")) && w.size() > 4)
        return w.substr(0, w.size() - 3) + "y";
    if (w.ends_with("ing") && w.size() > 5 && any_vowel(w.substr(0, w.size() - 3)))
        return undoubled(std::string_view(w).substr(0, w.size() - 3));
    if (w.ends_with("ed") && w.size() > 4 && any_vowel(w.substr(0, w.size() - 2)))
        return undoubled(std::string_view(w).substr(0, w.size() - 2));
    if (w.ends_with("sses") || w.ends_with("ches") || w.ends_with("shes") || w.ends_with("xes") ||
        w.ends_with("zes"))
        return w.substr(0, w.size() - 2);
    if (w.ends_with("s") && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is"))
        return w.ends_with("es") ? bare(std::string_view(w).substr(0, w.size() - 1))
                                 : w.substr(0, w.size() - 1);
    return bare(w);
}

}  // namespace ceasewire::text
