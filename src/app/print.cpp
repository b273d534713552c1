#include "app/print.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "app/exit_codes.h"

namespace ceasewire::app {

int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

bool is_utf8(std::string_view text) {
    constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 3> kRanges = {
        {{0x80, 0x7ff}, {0x800, 0xffff}, {0x10000, 0x10ffff}}};
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        if (lead < 0x80) continue;
        const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc0 || lead >= 0xf8 || i + more > text.size()) return false;
        std::uint32_t value = lead & (0x3fU >> more);
        for (std::size_t j = 0; j < more; ++j) {
            const auto next = static_cast<unsigned char>(text[i++]);
            if ((next & 0xc0U) != 0x80) return false;
            value = value << 6U | (next & 0x3fU);
        }
        if (value < kRanges[more - 1].first || value > kRanges[more - 1].second ||
            (value >= 0xd800 && value < 0xe000))
            return false;
    }
    return true;
}

int cannot_write(const std::string& what, int error) {
    if (error == EPIPE) return kExitBrokenPipe;
    std::fprintf(stderr, "ceasewire: cannot write %s: %s\n", what.c_str(), std::strerror(error));
    return kExitCannotWrite;
}

int print_out(std::string_view text) {
    const int error = write_all(STDOUT_FILENO, text);
    return error == 0 ? static_cast<int>(kExitOk) : cannot_write("standard output", error);
}

}  // namespace ceasewire::app
