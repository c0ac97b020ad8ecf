/// Extents of groups of 32, 32², 32³ ... points, built as the points arrive: any range is summed up in O(log n).
#include "core/trace/pyramid.hpp"

namespace kappa {

Pyramid::~Pyramid() {
  for (auto& level : levels_) delete level.load(std::memory_order_relaxed);
}

void Pyramid::add(double value) {
  open_[0].add(value);
  std::uint64_t groups = ++count_;
  for (std::size_t level = 0; level < levels_.size() && groups % fan_out == 0; ++level) {
    groups /= fan_out;
    if (!levels_[level].load(std::memory_order_relaxed)) levels_[level].store(new Level, std::memory_order_release);
    levels_[level].load(std::memory_order_relaxed)->grow(groups - 1) = open_[level];
    if (level + 1 < levels_.size()) open_[level + 1].add(open_[level]);
    open_[level] = {};
  }
}

}  // namespace kappa
