/// Pages for full-resolution values: in memory up to a budget, past it in an unlinked file at the same address.
#include "core/trace/chunk_store.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <utility>

namespace kappa {

ChunkPlace chunk_place(std::uint64_t element) {
  if (element >= doubling_total) {
    const std::uint64_t past = element - doubling_total;
    return {doublings + past / largest_chunk, past % largest_chunk};
  }
  const auto chunk = static_cast<std::uint64_t>(std::bit_width(element / first_chunk + 1) - 1);
  return {chunk, element - chunk_start(chunk)};
}

ChunkStore::ChunkStore(std::uint64_t budget, std::string directory)
    : budget_(budget), directory_(std::move(directory)) {}

ChunkStore::~ChunkStore() {
  for (const Chunk& chunk : all_) munmap(chunk.at, chunk.bytes);
  if (file_ >= 0) close(file_);
}

void* ChunkStore::take(std::size_t bytes) {
  shrink_to(budget_ > bytes ? budget_ - bytes : 0);
  void* at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  all_.push_back({at, bytes});
  resident_.fetch_add(bytes, std::memory_order_relaxed);
  return at;
}

void ChunkStore::retire(void* chunk, std::size_t bytes) { retired_.push_back({chunk, bytes}); }

void ChunkStore::shrink_to(std::uint64_t budget) {
  while (resident() > budget && !retired_.empty() && evict(retired_.front())) retired_.pop_front();
}

namespace {

bool write_at(int file, const void* from, std::size_t bytes, std::uint64_t offset) {
  const char* next = static_cast<const char*>(from);
  while (bytes > 0) {
    const ssize_t n = pwrite(file, next, bytes, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    next += n;
    bytes -= static_cast<std::size_t>(n);
    offset += static_cast<std::uint64_t>(n);
  }
  return true;
}

/// The system call itself: a race detector takes mmap for a write, while readers may go on here and find the same
/// bytes.
bool map_over(void* at, std::size_t bytes, int protection, int flags, int file, std::uint64_t offset) {
  return syscall(SYS_mmap, at, bytes, protection, flags | MAP_FIXED, file, offset) != -1;
}

}  // namespace

bool ChunkStore::evict(const Chunk& chunk) {
  if (!open_file() || !write_at(file_, chunk.at, chunk.bytes, file_size_)) return false;
  if (!map_over(chunk.at, chunk.bytes, PROT_READ, MAP_SHARED, file_, file_size_)) return false;
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  file_size_ += (chunk.bytes + page - 1) / page * page;  // where a page is larger than the smallest chunk
  resident_.fetch_sub(chunk.bytes, std::memory_order_relaxed);
  on_file_.fetch_add(chunk.bytes, std::memory_order_relaxed);
  return true;
}

bool ChunkStore::open_file() {
  if (file_ >= 0 || no_file_) return file_ >= 0;
  std::string where = directory_;
  if (const char* temporary = std::getenv("TMPDIR"); where.empty() && temporary) where = temporary;
  if (where.empty()) where = "/var/tmp";
  file_ = open(where.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ < 0) {  // some file systems have no nameless files: take a name and give it back
    std::string name = where + "/kappascope-XXXXXX";
    file_ = mkostemp(name.data(), O_CLOEXEC);
    if (file_ >= 0) unlink(name.c_str());
  }
  no_file_ = file_ < 0;
  return file_ >= 0;
}

}  // namespace kappa
