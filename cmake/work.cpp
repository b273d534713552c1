#include "work.h"

namespace {
thread_local std::uint64_t blocks = 0;
}

// What the compiler calls in each basic block of files compiled with -fsanitize-coverage=trace-pc.
extern "C" void __sanitizer_cov_trace_pc();
extern "C" void __sanitizer_cov_trace_pc() { ++blocks; }

namespace ceasewire {
std::uint64_t work_done() { return blocks; }
}  // namespace ceasewire
