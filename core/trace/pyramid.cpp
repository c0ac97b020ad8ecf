/// Extents of groups of 32, 32², 32³ ... points, built as the points arrive: any range is summed up in O(log n).
#include "core/trace/pyramid.hpp"

namespace kappa {

Extent Group::extent() const {
  Extent all;
  all.finite = lo <= hi;
  all.has_positive = positive < infinity;
  if (all.finite) all.lo = lo, all.hi = hi;
  if (all.has_positive) all.positive = positive;
  all.has_zero = has_zero;
  all.has_negative = all.finite && lo < 0;
  all.has_nan = has_nan;
  all.has_infinite = has_infinite;
  return all;
}

Pyramid::~Pyramid() {
  for (auto& level : levels_) delete level.load(std::memory_order_relaxed);
}

void Pyramid::add(double value) {
  open_[0].add(value, static_cast<std::uint8_t>(count_ % fan_out));
  std::uint64_t groups = ++count_;
  for (std::size_t level = 0; level < levels_.size() && groups % fan_out == 0; ++level) {
    groups /= fan_out;
    if (!levels_[level].load(std::memory_order_relaxed)) levels_[level].store(new Level, std::memory_order_release);
    levels_[level].load(std::memory_order_relaxed)->grow(groups - 1) = open_[level];
    if (level + 1 < levels_.size())
      open_[level + 1].add(open_[level], static_cast<std::uint8_t>((groups - 1) % fan_out));
    open_[level] = {};
  }
}

}  // namespace kappa
