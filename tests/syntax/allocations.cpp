#include "syntax/allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> count{0};
}  // namespace

// In a file of their own, for inlined into others they look to the compiler like mismatched pairs.
void* operator new(std::size_t size) {
    ++count;
    if (void* place = std::malloc(size == 0 ? 1 : size)) return place;
    throw std::bad_alloc();
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

namespace ceasewire::syntax {

std::size_t allocations() { return count; }

}  // namespace ceasewire::syntax
