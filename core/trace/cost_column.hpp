/// What a run has paid, row by row: rows that grow evenly are one stretch, whatever their number.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/trace/column.hpp"

namespace kappa {

/// Seconds go to the store as a series does. A stretch is 120 bytes: a method that pays the same at every step has one,
/// one whose every step costs differently has one for two rows. Whoever calls holds the trace's lock.
class CostColumn {
 public:
  /// The store outlives the column.
  explicit CostColumn(ChunkStore& store) : seconds_(store) {}

  void append(const Trace::Cost& row);
  std::uint64_t size() const { return size_; }
  Trace::Cost row(std::uint64_t i) const;
  /// The newest row at or before `step`.
  std::optional<Trace::Cost> at(std::uint64_t step) const;

 private:
  struct Stretch {
    std::uint64_t first = 0;  ///< index of its first row
    Trace::Cost start, by;    ///< row first + k is start + k by, but for the seconds
    Trace::Cost row(std::uint64_t i) const;
  };
  std::vector<Stretch> stretches_;
  ChunkedColumn seconds_;
  std::uint64_t size_ = 0;
};

}  // namespace kappa
