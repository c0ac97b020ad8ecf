/// Moving medians and means: what is drawn over a raw curve, never instead of it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/figure/build.hpp"

namespace kappa {

/// The median or mean around entry `i` of `size`. Near either end the window is narrower, so that it stays centred;
/// what is not finite is left out, and where most of it is, there is no value.
template <class ValueAt>
double moving(const ValueAt& value_at, std::uint64_t i, std::uint64_t size, const Smoothing& smoothing) {
  const std::uint64_t half = std::min({std::uint64_t{smoothing.window / 2}, i, size - 1 - i});
  std::vector<double> finite;
  for (std::uint64_t k = i - half; k <= i + half; ++k)
    if (const double v = value_at(k); std::isfinite(v)) finite.push_back(v);
  if (finite.size() <= half) return std::numeric_limits<double>::quiet_NaN();
  if (smoothing.mean) {
    double mean = 0;  // by shares: a sum may overflow
    for (double v : finite) mean += v / static_cast<double>(finite.size());
    return mean;
  }
  const auto middle = finite.begin() + static_cast<std::ptrdiff_t>(finite.size() / 2);
  std::nth_element(finite.begin(), middle, finite.end());
  if (finite.size() % 2 == 1) return *middle;
  return *std::max_element(finite.begin(), middle) / 2 + *middle / 2;
}

}  // namespace kappa
