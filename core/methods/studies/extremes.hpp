/// Largest and smallest of what was measured; something missing among it is not a number, which meets no bound.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

namespace kappa::studies {

/// NaN when empty or when one of them is.
inline double largest_of(const std::vector<double>& all) {
  double found = all.empty() ? std::numeric_limits<double>::quiet_NaN() : all.front();
  for (const double each : all)
    if (std::isnan(each) || each > found) found = each;
  return found;
}
inline double smallest_of(const std::vector<double>& all) {
  double found = all.empty() ? std::numeric_limits<double>::quiet_NaN() : all.front();
  for (const double each : all)
    if (std::isnan(each) || each < found) found = each;
  return found;
}

}  // namespace kappa::studies
