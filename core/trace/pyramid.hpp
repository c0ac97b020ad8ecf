/// Extents of groups of 32, 32², 32³ ... points, built as the points arrive: any range is summed up in O(log n).
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include "core/trace/stable_array.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// What a group of points holds, and in which of its (at most 32) members each of its ends is met first. Ends that no
/// point has reached are infinite; half a cache line, as walks over groups wait for memory.
struct Group {
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  double lo = infinity, hi = -infinity, positive = infinity;
  std::uint8_t has_zero : 1 = 0, has_nan : 1 = 0, has_infinite : 1 = 0;
  std::uint8_t lo_at = 0, hi_at = 0, positive_at = 0;

  void add(double value, std::uint8_t at) {
    if (!(std::abs(value) < infinity)) {
      has_nan |= value != value;
      has_infinite |= value == value;
      return;
    }
    if (value < lo) lo = value, lo_at = at;
    if (value > hi) hi = value, hi_at = at;
    if (value > 0 && value < positive) positive = value, positive_at = at;
    has_zero |= value == 0;
  }
  void add(const Group& member, std::uint8_t at) {
    if (member.lo < lo) lo = member.lo, lo_at = at;
    if (member.hi > hi) hi = member.hi, hi_at = at;
    if (member.positive < positive) positive = member.positive, positive_at = at;
    has_zero |= member.has_zero;
    has_nan |= member.has_nan;
    has_infinite |= member.has_infinite;
  }
  Extent extent() const;
};
static_assert(sizeof(Group) == 32);

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

  /// The `number`-th group of 32^level points, or a point (level 0).
  struct Piece {
    int level = 0;
    std::uint64_t number = 0;
  };
  /// From a complete group into the member that it tells of; what that will be asked for is sent for.
  void descend(Piece& piece, std::uint8_t Group::*at) const {
    if (piece.level == 0) return;
    piece.number = piece.number * fan_out + level(piece.level)[piece.number].*at;
    if (--piece.level > 0) __builtin_prefetch(&level(piece.level)[piece.number]);
  }

  /// Sends for the smallest groups around a point that ranges begin or end at, of so many points in all.
  void send_for(std::uint64_t point, std::uint64_t count) const {
    const std::uint64_t first = point / (fan_out * fan_out) * fan_out;
    if ((first + fan_out) * fan_out > count) return;
    const std::span<const Group> row = level(1).row(first, fan_out);
    for (std::size_t i = 0; i < row.size(); i += 2) __builtin_prefetch(&row[i]);
  }

  /// Visits [first, last) from left to right in as few pieces as there are: `points(from, to)` of one group of 32, and
  /// `groups(level, number, groups)`: some in a row, the number of their first. Each tells how many of them, from the
  /// left, do not hold what is sought: all of them, and the walk goes on; fewer, and the next group is entered, or the
  /// walk ends at that point.
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
      const std::uint64_t passed = visit_row(level, number, count, groups);
      first += passed * span;
      if (passed == count) continue;
      last = first + span;
      highest = level - 1;
    }
    return end;
  }

 private:
  using Level = StableArray<Group, 8>;
  const Level& level(int number) const {
    return *levels_[static_cast<std::size_t>(number - 1)].load(std::memory_order_acquire);
  }
  /// Groups that lie beside each other, handed over in the stretches in which they are stored.
  template <class GroupsVisit>
  std::uint64_t visit_row(int level, std::uint64_t first, std::uint64_t count, GroupsVisit&& groups) const {
    const Level& all = this->level(level);
    for (std::uint64_t done = 0; done < count;) {
      const std::span<const Group> row = all.row(first + done, count - done);
      const std::uint64_t passed = groups(level, first + done, row);
      done += passed;
      if (passed < row.size()) return done;
    }
    return count;
  }

  std::array<std::atomic<Level*>, levels> levels_{};  // upper levels exist only in long columns
  std::array<Group, levels> open_{};                  // the group that is being filled, for each level
  std::uint64_t count_ = 0;
};

}  // namespace kappa
