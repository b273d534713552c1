#include "app/print.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

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
