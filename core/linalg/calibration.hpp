/// Whether probabilities mean what they say: among all that were given thirty per cent, does it happen three times in
/// ten?
#pragma once

#include <algorithm>
#include <armadillo>
#include <cmath>

namespace kappa {

/// The sum over equal bins of |sum of (probability − outcome)|, over the count; outcomes are 0 or 1. NaN without data.
inline double expected_calibration_error(const arma::vec& probabilities, const arma::vec& outcomes,
                                         arma::uword bins = 10) {
  const arma::uword n = probabilities.n_elem;
  if (n == 0 || outcomes.n_elem != n || bins == 0 || probabilities.has_nan()) return arma::datum::nan;
  arma::vec gaps(bins, arma::fill::zeros);
  for (arma::uword i = 0; i < n; ++i) {
    const double place = std::clamp(probabilities[i], 0.0, 1.0) * static_cast<double>(bins);
    gaps[std::min(static_cast<arma::uword>(place), bins - 1)] += probabilities[i] - outcomes[i];
  }
  return arma::accu(arma::abs(gaps)) / static_cast<double>(n);
}

}  // namespace kappa
