#include "syntax/tokenize.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "text/utf8.h"

namespace ceasewire::syntax {
namespace {

using namespace std::string_view_literals;

enum class Kind : std::uint8_t { kSpace, kWord, kMark };

struct Character {
    char32_t value = 0;
    std::uint32_t size = 1;
    Kind kind = Kind::kSpace;
};

constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char32_t c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char32_t c) { return is_upper(c) || is_lower(c) || c >= 0x80; }
constexpr bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019 || c == '`' || c == 0x2BC;
}

constexpr bool is_wide_space(char32_t c) {
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Compares without regard to ASCII case; `lower` is in lower case.
bool equals_lower(std::string_view word, std::string_view lower) {
    return word.size() == lower.size() &&
           std::equal(word.begin(), word.end(), lower.begin(), [](char a, char b) {
               return (is_upper(static_cast<unsigned char>(a)) ? static_cast<char>(a + 32) : a) ==
                      b;
           });
}

template <std::size_t count>
bool one_of(std::string_view word, const std::array<std::string_view, count>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view entry) { return equals_lower(word, entry); });
}

// The dot belongs to these, unless it ends the sentence: then it is the full stop.
constexpr std::array kAbbreviations = {
    "mr"sv,     "mrs"sv,  "ms"sv,    "dr"sv,   "drs"sv,  "prof"sv, "gen"sv,  "sen"sv,    "sens"sv,
    "rep"sv,    "reps"sv, "gov"sv,   "st"sv,   "sts"sv,  "lt"sv,   "col"sv,  "sgt"sv,    "capt"sv,
    "maj"sv,    "cmdr"sv, "adm"sv,   "brig"sv, "rev"sv,  "hon"sv,  "pres"sv, "messrs"sv, "mt"sv,
    "ft"sv,     "no"sv,   "nos"sv,   "vol"sv,  "fig"sv,  "pp"sv,   "cf"sv,   "ca"sv,     "v"sv,
    "vs"sv,     "supt"sv, "amb"sv,   "atty"sv, "spc"sv,  "cpl"sv,  "pvt"sv,  "det"sv,    "insp"sv,
    "sec"sv,    "ext"sv,  "etc"sv,   "inc"sv,  "ltd"sv,  "corp"sv, "co"sv,   "cos"sv,    "jr"sv,
    "sr"sv,     "bros"sv, "jan"sv,   "feb"sv,  "mar"sv,  "apr"sv,  "aug"sv,  "sept"sv,   "sep"sv,
    "oct"sv,    "nov"sv,  "dec"sv,   "mon"sv,  "tue"sv,  "tues"sv, "wed"sv,  "thu"sv,    "thur"sv,
    "thurs"sv,  "fri"sv,  "sat"sv,   "sun"sv,  "ave"sv,  "blvd"sv, "dept"sv, "est"sv,    "esq"sv,
    "approx"sv, "attn"sv, "gov't"sv, "intl"sv, "assn"sv, "univ"sv, "al"sv,   "calif"sv,  "fla"sv,
    "pa"sv,     "va"sv,   "conn"sv,  "mass"sv, "mich"sv, "minn"sv, "tenn"sv, "wash"sv,   "wis"sv,
    "ariz"sv,   "ill"sv,  "ind"sv,   "okla"sv, "ore"sv,  "ph.d"sv};

// Written onto a number, they are words of their own: "5pm", "10km".
constexpr std::array kUnits = {
    "am"sv, "pm"sv, "k"sv,   "m"sv,   "mm"sv,  "cm"sv, "km"sv,  "kg"sv,  "g"sv,    "mg"sv,
    "ft"sv, "lb"sv, "lbs"sv, "mph"sv, "kph"sv, "hr"sv, "hrs"sv, "min"sv, "mins"sv, "bn"sv,
    "mn"sv, "b"sv,  "gb"sv,  "mb"sv,  "mw"sv,  "gw"sv, "p"sv,   "kw"sv,  "tn"sv};

// What follows the last dot of a name on the net, or of a file.
constexpr std::array kDomains = {
    "com"sv, "org"sv, "net"sv, "edu"sv, "gov"sv,  "mil"sv,  "int"sv, "info"sv, "biz"sv, "tv"sv,
    "co"sv,  "uk"sv,  "il"sv,  "ua"sv,  "ru"sv,   "eu"sv,   "us"sv,  "ca"sv,   "au"sv,  "de"sv,
    "fr"sv,  "ir"sv,  "ly"sv,  "me"sv,  "io"sv,   "news"sv, "doc"sv, "docx"sv, "xls"sv, "xlsx"sv,
    "pdf"sv, "txt"sv, "ppt"sv, "htm"sv, "html"sv, "jpg"sv,  "zip"sv, "exe"sv,  "php"sv};

// The treebank keeps these with the word after the hyphen, and cuts at every other hyphen between
// words.
constexpr std::array kPrefixes = {
    "e"sv,       "co"sv,    "non"sv,   "pre"sv,   "post"sv,  "anti"sv,  "pro"sv,     "mid"sv,
    "multi"sv,   "re"sv,    "semi"sv,  "ex"sv,    "neo"sv,   "sub"sv,   "counter"sv, "psycho"sv,
    "arch"sv,    "over"sv,  "inter"sv, "intra"sv, "ultra"sv, "super"sv, "quasi"sv,   "pseudo"sv,
    "bi"sv,      "tri"sv,   "de"sv,    "mini"sv,  "micro"sv, "macro"sv, "trans"sv,   "socio"sv,
    "cross"sv,   "extra"sv, "hyper"sv, "infra"sv, "mega"sv,  "meta"sv,  "nano"sv,    "omni"sv,
    "peri"sv,    "proto"sv, "pan"sv,   "geo"sv,   "eco"sv,   "agro"sv,  "bio"sv,     "ethno"sv,
    "electro"sv, "under"sv};

struct Contraction {
    std::string_view whole;
    std::uint8_t tail;  // bytes of the second word
    bool lower_only;    // "Im" and "Ive" are names too
};
constexpr Contraction kContractions[] = {
    {"cannot", 3, false},   {"gonna", 2, false},  {"wanna", 2, false},   {"gotta", 2, false},
    {"outta", 2, false},    {"dont", 2, false},   {"wont", 2, false},    {"cant", 2, false},
    {"didnt", 2, false},    {"doesnt", 2, false}, {"isnt", 2, false},    {"wasnt", 2, false},
    {"arent", 2, false},    {"werent", 2, false}, {"couldnt", 2, false}, {"wouldnt", 2, false},
    {"shouldnt", 2, false}, {"havent", 2, false}, {"hasnt", 2, false},   {"hadnt", 2, false},
    {"aint", 2, false},     {"im", 1, true},      {"ive", 2, true},      {"youre", 2, false},
    {"theyre", 2, false},   {"youve", 2, false},  {"theyve", 2, false},  {"youll", 2, false},
    {"theyll", 2, false},   {"thats", 1, false},  {"whats", 1, false},   {"theres", 1, false},
    {"hes", 1, false},      {"shes", 1, false},   {"heres", 1, false},   {"lets", 1, false}};

/// Longer chains of digits and hyphens are no telephone numbers.
constexpr std::uint32_t kNumberBytesMax = 24;

/// Nor are longer chains of words and dots a path.
constexpr std::size_t kPathBytesMax = 100;

constexpr std::array kClitics = {"s"sv, "m"sv, "d"sv, "ll"sv, "ve"sv, "re"sv};

constexpr std::array kFaces = {":-)"sv, ";-)"sv, ":-("sv, ":)"sv, ";)"sv,
                               ":("sv,  "=)"sv,  ":D"sv,  ":P"sv};

/// Cuts one run of characters without white space. Each step takes one word or mark from the front.
class Chunk {
public:
    Chunk(std::string_view text, Span chunk, bool last, std::vector<Span>& out)
        : text_(text), begin_(chunk.begin), end_(chunk.end), last_(last), out_(out) {}

    void cut() {
        if (cut_address()) return;
        std::uint32_t at = begin_;
        while (at < end_) at = at_character(at).kind == Kind::kWord ? cut_word(at) : cut_marks(at);
    }

private:
    [[nodiscard]] Character at_character(std::uint32_t at) const;
    [[nodiscard]] char32_t value_at(std::uint32_t at) const {
        return at < end_ ? at_character(at).value : 0;
    }
    [[nodiscard]] bool is_word_at(std::uint32_t at) const {
        return at < end_ && at_character(at).kind == Kind::kWord;
    }
    [[nodiscard]] bool is_word_before(std::uint32_t at) const {
        return text::is_word(text::code_point_before(text_, at).value);
    }
    [[nodiscard]] std::string_view view(std::uint32_t from, std::uint32_t to) const {
        return text_.substr(from, to - from);
    }
    [[nodiscard]] std::uint32_t word_run_end(std::uint32_t at) const {
        while (is_word_at(at)) at += at_character(at).size;
        return at;
    }
    void emit(std::uint32_t from, std::uint32_t to) {
        if (from < to) out_.push_back({from, to});
    }

    bool cut_address();
    std::uint32_t cut_word(std::uint32_t begin);
    std::uint32_t cut_marks(std::uint32_t begin);
    void emit_word(std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] bool keeps_dot_inside(std::uint32_t begin, std::uint32_t segment,
                                        std::uint32_t dot) const;
    [[nodiscard]] bool keeps_dot_after(std::uint32_t begin, std::uint32_t dot) const;
    [[nodiscard]] bool keeps_hyphen(std::uint32_t begin, std::uint32_t hyphen) const;

    std::string_view text_;
    std::uint32_t begin_;
    std::uint32_t end_;
    bool last_;  // nothing but white space follows in the sentence
    std::vector<Span>& out_;
};

Character character_at(std::string_view text, std::uint32_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
        if (byte <= ' ') return {byte, 1, Kind::kSpace};
        const bool word = is_digit(byte) || is_letter(byte);
        return {byte, 1, word ? Kind::kWord : Kind::kMark};
    }
    const text::CodePoint point = text::code_point_at(text, at);
    if (is_wide_space(point.value)) return {point.value, point.size, Kind::kSpace};
    return {point.value, point.size, text::is_word(point.value) ? Kind::kWord : Kind::kMark};
}

Character Chunk::at_character(std::uint32_t at) const { return character_at(text_, at); }

bool Chunk::cut_address() {
    const std::string_view all = view(begin_, end_);
    bool address =
        all.find("://") != std::string_view::npos ||
        all.substr(std::min(all.size(), all.find_first_not_of("<([{\"'"))).starts_with("www.");
    if (const std::size_t at = all.find('@');
        !address && at != std::string_view::npos && at > 0 && at + 1 < all.size()) {
        address = (all[at - 1] == '.' || is_word_before(begin_ + static_cast<std::uint32_t>(at))) &&
                  is_word_at(begin_ + static_cast<std::uint32_t>(at) + 1);
    }
    if (const std::size_t slash = all.find('/');
        !address && slash != std::string_view::npos && slash + 1 < all.size()) {
        const std::string_view host = all.substr(0, slash);
        const std::size_t dot = host.rfind('.');
        address =
            dot != std::string_view::npos && dot > 0 && one_of(host.substr(dot + 1), kDomains);
    }
    if (!address && all.size() <= kPathBytesMax) {  // "comp.sources.unix"
        address = std::count(all.begin(), all.end(), '.') >= 2 && all.back() != '.' &&
                  all.find("..") == std::string_view::npos &&
                  std::all_of(all.begin(), all.end(), [](char c) {
                      return is_lower(static_cast<unsigned char>(c)) || c == '.' || c == '-';
                  });
    }
    if (!address) return false;
    std::uint32_t from = begin_;
    while (from < end_ && "<([{\"'"sv.find(text_[from]) != std::string_view::npos)
        emit(from, from + 1), ++from;
    std::uint32_t to = end_;
    while (to > from && ".,;:!?)]}>\"'"sv.find(text_[to - 1]) != std::string_view::npos) --to;
    emit(from, to);
    for (; to < end_; ++to) emit(to, to + 1);
    return true;
}

/// "U.S", "3.5" and "mail.com" keep the dot, "end.Next" does not.
bool Chunk::keeps_dot_inside(std::uint32_t begin, std::uint32_t segment, std::uint32_t dot) const {
    const std::uint32_t run_end = word_run_end(dot + 1);
    if (is_digit(static_cast<unsigned char>(text_[dot - 1])) && is_digit(value_at(dot + 1)))
        return true;
    const bool initials = dot - segment == 1 && (run_end - dot == 2 || begin != segment);
    return initials || one_of(view(dot + 1, run_end), kDomains) ||
           equals_lower(view(segment, dot), "ph");
}

bool Chunk::keeps_dot_after(std::uint32_t begin, std::uint32_t dot) const {
    if (last_ && word_run_end(dot + 1) == dot + 1) return false;
    const std::string_view word = view(begin, dot);
    if (word.size() >= 3 && word[word.size() - 2] == '.' &&
        is_letter(static_cast<unsigned char>(word.back())))
        return true;  // "U.S."
    if (word.size() == 1 && is_upper(static_cast<unsigned char>(word[0])) && word[0] != 'I')
        return true;  // "George W. Bush"
    return one_of(word, kAbbreviations);
}

/// Prefixes, telephone numbers and dates keep their hyphen.
bool Chunk::keeps_hyphen(std::uint32_t begin, std::uint32_t hyphen) const {
    if (one_of(view(begin, hyphen), kPrefixes))
        return !is_upper(static_cast<unsigned char>(text_[begin + 1]));  // "UN-backed"
    if (!is_digit(static_cast<unsigned char>(text_[hyphen - 1]))) return false;
    std::uint32_t groups = 1;
    std::uint32_t digits = 0;
    std::array<std::uint32_t, 2> sizes{};
    std::uint32_t from = hyphen;
    while (from > begin_ && hyphen - from <= kNumberBytesMax &&
           (is_digit(static_cast<unsigned char>(text_[from - 1])) || text_[from - 1] == '-')) {
        --from;
    }
    for (std::uint32_t at = from; at <= end_; ++at) {
        if (at - from > 2 * kNumberBytesMax) return false;
        const char32_t c = at < end_ ? static_cast<unsigned char>(text_[at]) : 0;
        if (is_digit(c)) {
            ++digits;
            continue;
        }
        if (groups <= 2) sizes[groups - 1] = digits;
        digits = 0;
        if (c != '-') {
            if (is_letter(c)) return false;
            break;
        }
        ++groups;
    }
    return groups >= 3 || (sizes[0] == 3 && sizes[1] == 4);
}

void Chunk::emit_word(std::uint32_t begin, std::uint32_t end) {
    const std::string_view word = view(begin, end);
    if (word.size() <= 8) {
        for (const Contraction& entry : kContractions) {
            if (entry.lower_only ? word == entry.whole : equals_lower(word, entry.whole)) {
                emit(begin, end - entry.tail);
                emit(end - entry.tail, end);
                return;
            }
        }
    }
    if (is_digit(static_cast<unsigned char>(word[0]))) {
        const std::size_t letters = word.find_first_not_of("0123456789.,:");
        if (letters != std::string_view::npos && one_of(word.substr(letters), kUnits)) {
            const std::uint32_t unit = begin + static_cast<std::uint32_t>(letters);
            emit(begin, unit);
            emit(unit, end);
            return;
        }
    }
    emit(begin, end);
}

/// Takes a word from `begin`, with the marks inside that belong to it, and the clitic after it.
/// Returns where it ends.
std::uint32_t Chunk::cut_word(std::uint32_t begin) {
    std::uint32_t at = word_run_end(begin);
    std::uint32_t segment = begin;  // after the last dot
    while (at < end_) {
        const Character mark = at_character(at);
        const std::uint32_t next = at + mark.size;
        const auto before = static_cast<unsigned char>(text_[at - 1]);
        const char32_t after = value_at(next);
        const bool word_after = is_word_at(next);
        bool joins = false;
        if (mark.value == '.') {
            if (word_after) {
                joins = keeps_dot_inside(begin, segment, at);
                segment = next;
            }
            if (!joins && keeps_dot_after(begin, at) && after != '.') {
                emit(begin, next);
                return next;
            }
        } else if (word_after) {
            if (mark.value == ',' || mark.value == ':' || mark.value == '/') {
                joins = is_digit(before) && is_digit(after);
                if (mark.value == '/' && at == begin + 1 && is_letter(before) &&
                    word_run_end(next) == next + 1)
                    joins = true;  // "w/o"
            } else if (is_apostrophe(mark.value)) {
                const std::uint32_t tail_end = word_run_end(next);
                const std::string_view tail = view(next, tail_end);
                const bool decade = before == '0' &&
                                    is_digit(static_cast<unsigned char>(text_[begin])) &&
                                    equals_lower(tail, "s");
                if (decade) {
                    emit(begin, tail_end);
                    return tail_end;
                }
                if (one_of(tail, kClitics)) {
                    emit(begin, at);
                    emit(at, tail_end);
                    return tail_end;
                }
                if (equals_lower(tail, "t") && (before == 'n' || before == 'N')) {
                    emit(begin, at - 1);
                    emit(at - 1, tail_end);
                    return tail_end;
                }
                joins = true;
            } else if (mark.value == '-' || mark.value == 0x2010 || mark.value == 0x2011) {
                joins = keeps_hyphen(begin, at);
            } else if (mark.value == '&') {
                joins = is_letter(before) && at - begin <= 3 && is_letter(after) &&
                        word_run_end(next) - next <= 2;
            } else if (mark.value == '_' || mark.value == '@') {
                joins = true;
            } else if (mark.value == '*') {
                joins = is_letter(before) && is_letter(after);
            }
        }
        if (!joins) break;
        at = word_run_end(next);
    }
    emit_word(begin, at);
    return at;
}

/// Takes one mark, or a run of marks that stands for one, from `begin`. Returns where it ends.
std::uint32_t Chunk::cut_marks(std::uint32_t begin) {
    const Character mark = at_character(begin);
    std::uint32_t at = begin + mark.size;
    const auto run = [&](auto accepts) {
        while (at < end_ && accepts(value_at(at))) at += at_character(at).size;
        emit(begin, at);
        return at;
    };
    if (is_apostrophe(mark.value)) {
        // A clitic or a year that stands alone: "'s", "'06"; or a quotation mark made of two.
        const std::uint32_t tail_end = word_run_end(at);
        const std::string_view tail = view(at, tail_end);
        const bool year = tail.size() == 2 && is_digit(static_cast<unsigned char>(tail[0])) &&
                          is_digit(static_cast<unsigned char>(tail[1]));
        if ((begin == begin_ && one_of(tail, kClitics) && tail_end == end_) || year) at = tail_end;
        if (value_at(at) == mark.value && tail.empty() && mark.size == 1) ++at;
        emit(begin, at);
        return at;
    }
    if (const char32_t c = mark.value; c == ':' || c == ';' || c == '=') {
        for (const std::string_view face : kFaces) {
            if (view(begin, end_) == face) {
                emit(begin, end_);
                return end_;
            }
        }
    }
    if ((mark.value == '#' || mark.value == '@') && begin == begin_ && is_letter(value_at(at)) &&
        is_word_at(at)) {  // "#topic"
        while (is_word_at(at) || value_at(at) == '_') at += at_character(at).size;
        emit(begin, at);
        return at;
    }
    if (mark.value == '+' && begin == begin_ && is_digit(value_at(at))) {  // "+44"
        at = word_run_end(at);
        emit(begin, at);
        return at;
    }
    switch (mark.value) {
        case '!':
        case '?':
            return run([](char32_t c) { return c == '!' || c == '?'; });
        case '.':
            if (begin == begin_ && is_digit(value_at(at))) {  // ".5"
                at = word_run_end(at);
                emit(begin, at);
                return at;
            }
            return run([](char32_t c) { return c == '.'; });
        case '-':
        case '*':
        case '=':
        case '_':
        case '~':
        case '+':
        case '#':
        case '<':
        case '>':
        case '|':
        case '$':
        case '\\':
            return run([&](char32_t c) { return c == mark.value; });
        default:
            emit(begin, at);
            return at;
    }
}

}  // namespace

void tokenize(std::string_view text, Span sentence, std::vector<Span>& out) {
    out.clear();
    std::uint32_t end = sentence.end;  // of the last chunk
    while (end > sentence.begin) {
        const text::CodePoint point = text::code_point_before(text, end);
        if (point.value > ' ' && !is_wide_space(point.value)) break;
        end -= point.size;
    }
    std::uint32_t at = sentence.begin;
    while (at < end) {
        const Character space = character_at(text, at);
        if (space.kind == Kind::kSpace) {
            at += space.size;
            continue;
        }
        std::uint32_t chunk_end = at;
        while (chunk_end < end) {
            const Character character = character_at(text, chunk_end);
            if (character.kind == Kind::kSpace) break;
            chunk_end += character.size;
        }
        Chunk(text, {at, chunk_end}, chunk_end == end, out).cut();
        at = chunk_end;
    }
}

}  // namespace ceasewire::syntax
