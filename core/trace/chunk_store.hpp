/// Pages for full-resolution values: in memory up to a budget, past it in an unlinked file at the same address.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace kappa {

/// One writer takes and retires chunks; addresses stay valid for readers until the store is destroyed.
class ChunkStore {
 public:
  /// `directory` for the file; empty: $TMPDIR, or /var/tmp.
  explicit ChunkStore(std::uint64_t budget, std::string directory = {});
  ~ChunkStore();
  ChunkStore(const ChunkStore&) = delete;
  ChunkStore& operator=(const ChunkStore&) = delete;

  /// Zeroed pages; throws std::bad_alloc when the system has none. `bytes` is a multiple of the page size.
  void* take(std::size_t bytes);
  /// The chunk is complete and will only be read from now on, so it may move to the file.
  void retire(void* chunk, std::size_t bytes);

  std::uint64_t resident() const { return resident_.load(std::memory_order_relaxed); }
  std::uint64_t on_file() const { return on_file_.load(std::memory_order_relaxed); }

 private:
  struct Chunk {
    void* at;
    std::size_t bytes;
  };
  void shrink_to(std::uint64_t budget);
  bool evict(const Chunk& chunk);
  bool open_file();

  const std::uint64_t budget_;
  const std::string directory_;
  std::vector<Chunk> all_;
  std::deque<Chunk> retired_;  // oldest first, still in memory
  int file_ = -1;
  bool no_file_ = false;  // could not be created: everything stays in memory
  std::uint64_t file_size_ = 0;
  std::atomic<std::uint64_t> resident_{0}, on_file_{0};
};

/// How every column cuts itself into chunks: 512 elements of 8 bytes (a page), doubling up to a mebibyte, then
/// constant.
struct ChunkPlace {
  std::uint64_t chunk = 0, offset = 0;
};
inline constexpr std::uint64_t first_chunk = 512;
inline constexpr unsigned doublings = 8;
inline constexpr std::uint64_t largest_chunk = first_chunk << doublings;
inline constexpr std::uint64_t doubling_total = largest_chunk - first_chunk;  // elements before the constant part

constexpr std::uint64_t chunk_length(std::uint64_t chunk) {
  return chunk < doublings ? first_chunk << chunk : largest_chunk;
}
constexpr std::uint64_t chunk_start(std::uint64_t chunk) {
  return chunk < doublings ? (first_chunk << chunk) - first_chunk
                           : doubling_total + (chunk - doublings) * largest_chunk;
}
ChunkPlace chunk_place(std::uint64_t element);

}  // namespace kappa
