/// The column behind a series: chunks of values, steps only where they are not regular, and a pyramid of extents.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "core/trace/chunk_store.hpp"
#include "core/trace/pyramid.hpp"
#include "core/trace/stable_array.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

static_assert(first_chunk % Pyramid::fan_out == 0);

/// One writer appends; any number of readers go by `size()`, which is published last.
class ChunkedColumn final : public Column {
 public:
  /// The store outlives the column.
  explicit ChunkedColumn(ChunkStore& store) : store_(store) {}

  void append(std::uint64_t step, double value);

  std::uint64_t size() const override { return size_.load(std::memory_order_acquire); }
  std::uint64_t step(std::uint64_t i) const override;
  double value(std::uint64_t i) const override;
  std::uint64_t lower_bound(std::uint64_t step) const override;
  Extent extent(std::uint64_t first, std::uint64_t last) const override;
  std::vector<Extremes> extremes(std::span<const std::uint64_t> bounds) const override;
  std::uint64_t find(std::uint64_t first, std::uint64_t last, Feature feature, double value) const override;

 private:
  struct Chunk {
    double* values = nullptr;
    std::uint64_t first_step = 0;
    std::atomic<std::uint64_t> stride{0};        // step = first_step + stride * offset, unless
    std::atomic<std::uint64_t*> steps{nullptr};  // they are spelled out
  };
  void open_chunk(std::uint64_t chunk, std::uint64_t step);
  /// Points of one group of the pyramid, which never lies in two chunks.
  std::span<const double> values(std::uint64_t first, std::uint64_t last) const;
  template <class Sum>
  void sum_up(std::uint64_t first, std::uint64_t last, Sum& sum) const;
  void send_for(std::uint64_t bound) const;
  void note_step(Chunk& chunk, std::uint64_t offset, std::uint64_t length, std::uint64_t step);

  ChunkStore& store_;
  StableArray<Chunk, 4> chunks_;
  Pyramid pyramid_;
  std::atomic<std::uint64_t> size_{0};
};

}  // namespace kappa
