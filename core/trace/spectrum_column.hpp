/// The column behind a spectrum: vectors of any width one after another, and where each begins.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/trace/chunk_store.hpp"
#include "core/trace/stable_array.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Values arrive one by one; a new step, or an index that does not grow, begins a new vector.
class ChunkedSpectrum final : public SpectrumColumn {
 public:
  /// The store outlives the column.
  explicit ChunkedSpectrum(ChunkStore& store) : store_(store) {}

  void append(std::uint64_t step, std::uint32_t index, double value);

  std::uint64_t size() const override;
  std::uint64_t step(std::uint64_t i) const override { return vectors_[i].step; }
  std::vector<double> values(std::uint64_t i) const override;
  std::uint64_t lower_bound(std::uint64_t step) const override;

 private:
  struct Vector {
    std::uint64_t step = 0, begin = 0;
  };

  ChunkStore& store_;
  StableArray<Vector, 16> vectors_;
  StableArray<double*, 4> chunks_;
  std::atomic<std::uint64_t> count_{0};  // vectors; published before the first value of the newest
  std::atomic<std::uint64_t> total_{0};  // values
  std::uint32_t last_index_ = 0;         // the writer's
};

}  // namespace kappa
