/// Extents of groups of 32, 32², 32³ ... points, built as the points arrive: any range is summed up in O(log n).
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <span>

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

  /// Visits [first, last) from left to right in as few pieces as there are: `points(from, to)` of one group of 32, and
  /// `groups(extents)` in a row. Each tells how many of them, from the left, do not hold what is sought: all of them,
  /// and the walk goes on; fewer, and the next group is entered, or the walk ends at that point.
  template <class PointsVisit, class GroupsVisit>
  std::uint64_t walk(std::uint64_t first, std::uint64_t last, PointsVisit&& points, GroupsVisit&& groups) const {
    const std::uint64_t end = last;
    int highest = levels;  // groups above it are not tried: one of them has just been entered
    while (first < last) {
      int level = 0;
      std::uint64_t span = 1;
      while (level < highest && first % (span * fan_out) == 0 && last - first >= span * fan_out) {
        span *= fan_out;
        ++level;
      }
      // As many pieces of this size as there are before the next larger one begins.
      const std::uint64_t number = first / span;
      const std::uint64_t room = level < highest ? fan_out - number % fan_out : ~std::uint64_t{0};
      const std::uint64_t count = std::min(room, (last - first) / span);
      if (level == 0) {
        const std::uint64_t passed = points(first, first + count);
        if (passed < count) return first + passed;
        first += count;
        continue;
      }
      const std::uint64_t passed = visit_row(level - 1, number, count, groups);
      first += passed * span;
      if (passed == count) continue;
      last = first + span;
      highest = level - 1;
    }
    return end;
  }

 private:
  using Level = StableArray<Extent, 8>;
  /// Groups that lie beside each other, handed over in the stretches in which they are stored.
  template <class GroupsVisit>
  std::uint64_t visit_row(int level, std::uint64_t first, std::uint64_t count, GroupsVisit&& groups) const {
    for (std::uint64_t done = 0; done < count;) {
      const std::span<const Extent> row =
          levels_[static_cast<std::size_t>(level)].load(std::memory_order_acquire)->row(first + done, count - done);
      const std::uint64_t passed = groups(row);
      done += passed;
      if (passed < row.size()) return done;
    }
    return count;
  }

  std::array<std::atomic<Level*>, levels> levels_{};  // upper levels exist only in long columns
  std::array<Extent, levels> open_{};                 // the group that is being filled, for each level
  std::uint64_t count_ = 0;
};

}  // namespace kappa
