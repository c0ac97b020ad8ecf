/// What a range of points holds, merged point by point or range by range; and the search that needs nothing else.
#include <algorithm>
#include <cmath>

#include "core/trace/trace.hpp"

namespace kappa {

void Extent::add(double value) {
  if (std::isnan(value)) {
    has_nan = true;
    return;
  }
  if (std::isinf(value)) {
    has_infinite = true;
    return;
  }
  lo = finite ? std::min(lo, value) : value;
  hi = finite ? std::max(hi, value) : value;
  finite = true;
  has_zero |= value == 0;
  has_negative |= value < 0;
  if (value > 0) {
    positive = has_positive ? std::min(positive, value) : value;
    has_positive = true;
  }
}

void Extent::add(const Extent& other) {
  if (other.finite) {
    lo = finite ? std::min(lo, other.lo) : other.lo;
    hi = finite ? std::max(hi, other.hi) : other.hi;
    finite = true;
  }
  if (other.has_positive) {
    positive = has_positive ? std::min(positive, other.positive) : other.positive;
    has_positive = true;
  }
  has_zero |= other.has_zero;
  has_negative |= other.has_negative;
  has_nan |= other.has_nan;
  has_infinite |= other.has_infinite;
}

bool has(const Extent& extent, Feature feature, double value) {
  switch (feature) {
    case Feature::lowest:
      return extent.finite && extent.lo <= value;
    case Feature::highest:
      return extent.finite && extent.hi >= value;
    case Feature::lowest_positive:
      return extent.has_positive && extent.positive <= value;
    case Feature::zero:
      return extent.has_zero;
    case Feature::negative:
      return extent.has_negative;
    case Feature::not_a_number:
      return extent.has_nan;
    case Feature::infinite:
      return extent.has_infinite;
  }
  return false;
}

std::vector<Extremes> Column::extremes(std::span<const std::uint64_t> bounds) const {
  std::vector<Extremes> found;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const std::uint64_t first = bounds[i], last = bounds[i + 1];
    Extremes one{.extent = extent(first, last)};
    const Extent& all = one.extent;
    if (all.finite) one.lowest = find(first, last, Feature::lowest, all.lo);
    if (all.finite) one.highest = find(first, last, Feature::highest, all.hi);
    if (all.has_positive) one.lowest_positive = find(first, last, Feature::lowest_positive, all.positive);
    found.push_back(one);
  }
  return found;
}

std::uint64_t Column::find(std::uint64_t first, std::uint64_t last, Feature feature, double value) const {
  last = std::min(last, size());
  if (first >= last || !has(extent(first, last), feature, value)) return last;
  while (last - first > 1) {
    const std::uint64_t middle = first + (last - first) / 2;
    if (has(extent(first, middle), feature, value)) {
      last = middle;
    } else {
      first = middle;
    }
  }
  return first;
}

}  // namespace kappa
