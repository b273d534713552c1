#include "article/locate.h"

#include <cstring>
#include <vector>

namespace ceasewire {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
public:
    Reader(std::string_view json, std::size_t depth_max, std::string* quoted)
        : json_(json), depth_max_(depth_max), quoted_(quoted) {}

    std::optional<Rejection> read() {
        if (!value_or_containers()) return error_;
        skip_blanks();
        if (at_ < json_.size()) fail(Reason::bad_json, at_, "text after the end of the JSON value");
        if (!error_ && quoted_ != nullptr) quoted_->append(json_, copied_, json_.size() - copied_);
        return error_;
    }

private:
    bool fail(Reason reason, std::size_t byte, const char* message) {
        if (!error_) error_ = Rejection{reason, "", byte, message};
        return false;
    }
    void skip_blanks() {
        while (at_ < json_.size() && is_blank(json_[at_])) ++at_;
    }

    /// Reads one value with an explicit stack of '{' and '['.
    bool value_or_containers() {
        std::vector<char> stack;
        while (true) {
            // At the start of a value.
            skip_blanks();
            if (at_ >= json_.size())
                return fail(Reason::bad_json, at_, "the JSON ends before its value is complete");
            const char c = json_[at_];
            if (c == '{' || c == '[') {
                const std::size_t begin = at_++;
                skip_blanks();
                if (at_ < json_.size() && json_[at_] == (c == '{' ? '}' : ']')) {
                    ++at_;
                } else {
                    if (stack.size() >= depth_max_)
                        return fail(Reason::too_deep, begin, "nested deeper than json_depth_max");
                    stack.push_back(c);
                    if (c == '{' && !key()) return false;
                    continue;
                }
            } else if (!scalar(c)) {
                return false;
            }
            // After a value: a comma, a closing bracket, or the end.
            while (true) {
                if (stack.empty()) return true;
                skip_blanks();
                if (at_ >= json_.size())
                    return fail(Reason::bad_json, at_,
                                stack.back() == '{' ? "the JSON ends inside an object"
                                                    : "the JSON ends inside an array");
                const char next = json_[at_];
                if (next == (stack.back() == '{' ? '}' : ']')) {
                    ++at_;
                    stack.pop_back();
                    continue;
                }
                if (next != ',')
                    return fail(
                        Reason::bad_json, at_,
                        stack.back() == '{' ? "expected ',' or '}'" : "expected ',' or ']'");
                ++at_;
                skip_blanks();
                if (stack.back() == '{' && !key()) return false;
                break;
            }
        }
    }

    bool key() {
        if (at_ >= json_.size() || json_[at_] != '"')
            return fail(Reason::bad_json, at_, "expected a key in double quotes");
        if (!string()) return false;
        skip_blanks();
        if (at_ >= json_.size() || json_[at_] != ':')
            return fail(Reason::bad_json, at_, "expected ':' after a key");
        ++at_;
        return true;
    }

    bool scalar(char c) {
        if (c == '"') return string();
        if (c == '-' || is_digit(c)) return number();
        for (const std::string_view word :
             {std::string_view("true"), std::string_view("false"), std::string_view("null")}) {
            if (json_.substr(at_, word.size()) == word) {
                at_ += word.size();
                return true;
            }
        }
        return fail(Reason::bad_json, at_, "expected a JSON value");
    }

    bool number() {
        const std::size_t begin = at_;
        if (json_[at_] == '-') ++at_;
        if (at_ >= json_.size() || !is_digit(json_[at_]))
            return fail(Reason::bad_json, at_, "expected a digit");
        if (json_[at_] == '0') {
            ++at_;
        } else {
            while (at_ < json_.size() && is_digit(json_[at_])) ++at_;
        }
        if (at_ < json_.size() && json_[at_] == '.') {
            ++at_;
            if (at_ >= json_.size() || !is_digit(json_[at_]))
                return fail(Reason::bad_json, at_, "expected a digit after '.'");
            while (at_ < json_.size() && is_digit(json_[at_])) ++at_;
        }
        if (at_ < json_.size() && (json_[at_] == 'e' || json_[at_] == 'E')) {
            ++at_;
            if (at_ < json_.size() && (json_[at_] == '+' || json_[at_] == '-')) ++at_;
            if (at_ >= json_.size() || !is_digit(json_[at_]))
                return fail(Reason::bad_json, at_, "expected a digit in the exponent");
            while (at_ < json_.size() && is_digit(json_[at_])) ++at_;
        }
        if (at_ < json_.size() &&
            (is_digit(json_[at_]) || std::isalpha(static_cast<unsigned char>(json_[at_])) != 0)) {
            return fail(Reason::bad_json, at_, "malformed number");
        }
        if (quoted_ != nullptr &&
            (at_ - begin > 15 ||
             json_.substr(begin, at_ - begin).find_first_of("eE") != std::string_view::npos)) {
            quoted_->append(json_, copied_, begin - copied_);
            *quoted_ += R"("\u0000\uFFFFnumber:)";
            quoted_->append(json_, begin, at_ - begin);
            *quoted_ += '"';
            copied_ = at_;
        }
        return true;
    }

    int hex4(std::size_t at) const {
        if (at + 4 > json_.size()) return -1;
        int value = 0;
        for (std::size_t i = at; i < at + 4; ++i) {
            const char c = json_[i];
            int digit = 0;
            if (is_digit(c)) {
                digit = c - '0';
            } else if (c >= 'a' && c <= 'f') {
                digit = c - 'a' + 10;
            } else if (c >= 'A' && c <= 'F') {
                digit = c - 'A' + 10;
            } else {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    bool string() {
        const std::size_t open = at_++;
        while (at_ < json_.size()) {
            const auto byte = static_cast<unsigned char>(json_[at_]);
            if (byte == '"') {
                ++at_;
                return true;
            }
            if (byte < 0x20)
                return fail(Reason::bad_json, at_,
                            "a control character in a string must be escaped");
            if (byte == '\\') {
                if (!escape()) return false;
            } else if (byte < 0x80) {
                ++at_;
            } else if (!sequence(byte)) {
                return false;
            }
        }
        return fail(Reason::bad_json, open, "the string that begins here has no end");
    }

    bool escape() {
        if (at_ + 1 >= json_.size())
            return fail(Reason::bad_json, at_, "the JSON ends inside an escape");
        const char c = json_[at_ + 1];
        if (c != 'u') {
            if (std::strchr("\"\\/bfnrt", c) == nullptr || c == '\0')
                return fail(Reason::bad_json, at_, "unknown escape");
            at_ += 2;
            return true;
        }
        const int unit = hex4(at_ + 2);
        if (unit < 0) return fail(Reason::bad_json, at_, "\\u wants four hexadecimal digits");
        if (unit >= 0xDC00 && unit <= 0xDFFF)
            return fail(Reason::bad_utf8, at_, "a lone low surrogate is no character");
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            const int low = json_.substr(at_ + 6, 2) == "\\u" ? hex4(at_ + 8) : -1;
            if (low < 0xDC00 || low > 0xDFFF)
                return fail(Reason::bad_utf8, at_, "a lone high surrogate is no character");
            at_ += 6;
        }
        at_ += 6;
        return true;
    }

    bool sequence(unsigned char lead) {
        std::size_t size = 0;
        char32_t value = 0;
        if (lead >= 0xC2 && lead <= 0xDF) {
            size = 2;
            value = lead & 31U;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            size = 3;
            value = lead & 15U;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            size = 4;
            value = lead & 7U;
        } else {
            return fail(Reason::bad_utf8, at_, "invalid UTF-8: this byte cannot begin a character");
        }
        for (std::size_t i = 1; i < size; ++i) {
            const unsigned char next =
                at_ + i < json_.size() ? static_cast<unsigned char>(json_[at_ + i]) : 0;
            if ((next & 0xC0U) != 0x80)
                return fail(Reason::bad_utf8, at_, "invalid UTF-8: a character is cut short");
            value = value << 6U | (next & 63U);
        }
        if ((size == 3 && (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))) ||
            (size == 4 && (value < 0x10000 || value > 0x10FFFF))) {
            return fail(Reason::bad_utf8, at_, "invalid UTF-8: no such character");
        }
        at_ += size;
        return true;
    }

    std::string_view json_;
    std::size_t depth_max_;
    std::string* quoted_;
    std::size_t at_ = 0;
    std::size_t copied_ = 0;
    std::optional<Rejection> error_;
};

}  // namespace

std::optional<Rejection> locate_json_error(std::string_view json, std::size_t depth_max,
                                           std::string* numbers_quoted) {
    if (numbers_quoted != nullptr) numbers_quoted->clear();
    return Reader(json, depth_max, numbers_quoted).read();
}

bool has_surrogate_escape(std::string_view json) {
    for (std::size_t at = json.find('\\'); at != std::string_view::npos && at + 2 < json.size();
         at = json.find('\\', at)) {
        if (json[at + 1] == 'u' && (json[at + 2] == 'd' || json[at + 2] == 'D')) return true;
        at += 2;
    }
    return false;
}

}  // namespace ceasewire
