/// Stands before the C library's allocator and counts, for each thread.
#include "tests/support/allocations.hpp"

#include <cerrno>
#include <cstddef>

namespace {
thread_local std::uint64_t asked = 0;
}

namespace kappa::test {

std::uint64_t allocations() { return asked; }

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
bool counts_allocations() { return false; }
#else
bool counts_allocations() { return true; }
#endif

}  // namespace kappa::test

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__GLIBC__)

// The C library lets a program define these and keeps its own under other names; memory is still freed as ever.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++asked;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++asked;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  ++asked;
  return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++asked;
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** at, std::size_t alignment, std::size_t size) {
  *at = memalign(alignment, size);
  return *at == nullptr ? ENOMEM : 0;
}
}
// NOLINTEND(bugprone-reserved-identifier)

#endif
