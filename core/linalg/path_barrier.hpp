/// How far losses along a straight path rise above the line between their ends.
#pragma once

#include <algorithm>
#include <armadillo>

namespace kappa {

/// Losses at evenly spaced points from one end to the other. Zero where the path never rises; NaN without two points.
inline double path_barrier(const arma::vec& losses) {
  if (losses.n_elem < 2 || losses.has_nan()) return arma::datum::nan;
  double highest = 0;
  const double last = static_cast<double>(losses.n_elem - 1);
  for (arma::uword i = 0; i < losses.n_elem; ++i) {
    const double t = static_cast<double>(i) / last;
    highest = std::max(highest, losses[i] - ((1 - t) * losses.front() + t * losses.back()));
  }
  return highest;
}

}  // namespace kappa
