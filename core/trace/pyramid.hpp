/// Extents of groups of 32, 32², 32³ ... points, built as the points arrive: any range is summed up in O(log n).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "core/trace/stable_array.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Only complete groups are stored. Published by the column's length: a group is there if its last point is.
class Pyramid {
 public:
  static constexpr std::uint64_t fan_out = 32;
  static constexpr int levels = 8;

  Pyramid() = default;
  ~Pyramid();
  Pyramid(const Pyramid&) = delete;
  Pyramid& operator=(const Pyramid&) = delete;

  /// The writer's: the next point.
  void add(double value);

  /// Visits [first, last) from left to right in as few pieces as there are: `point(i)` and `group(extent)`. Either may
  /// return true to say that what is sought is here: a group is then entered, at a point the walk ends.
  template <class PointVisit, class GroupVisit>
  std::uint64_t walk(std::uint64_t first, std::uint64_t last, PointVisit&& point, GroupVisit&& group) const {
    const std::uint64_t end = last;
    int highest = levels;  // groups above it are not tried: one of them has just been entered
    while (first < last) {
      int level = 0;
      std::uint64_t span = 1;
      while (level < highest && first % (span * fan_out) == 0 && last - first >= span * fan_out) {
        span *= fan_out;
        ++level;
      }
      if (level == 0) {
        if (point(first)) return first;
        ++first;
      } else if (group(node(level - 1, first / span))) {
        last = first + span;
        highest = level - 1;
      } else {
        first += span;
      }
    }
    return end;
  }

 private:
  using Level = StableArray<Extent, 8>;
  const Extent& node(int level, std::uint64_t i) const {
    return (*levels_[static_cast<std::size_t>(level)].load(std::memory_order_acquire))[i];
  }

  std::array<std::atomic<Level*>, levels> levels_{};  // upper levels exist only in long columns
  std::array<Extent, levels> open_{};                 // the group that is being filled, for each level
  std::uint64_t count_ = 0;
};

}  // namespace kappa
