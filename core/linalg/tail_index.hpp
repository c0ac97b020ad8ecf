/// How heavy a tail is: Hill's estimate of the power with which the largest values thin out.
#pragma once

#include <algorithm>
#include <armadillo>
#include <cmath>

namespace kappa {

/// 1 / mean of log(x₍ᵢ₎ / x₍ₖ₊₁₎) over the k largest of the sizes: P(X > x) falls as x to the minus this. NaN where k +
/// 1 positive values are not there or the k + 1 largest are equal.
inline double hill_tail_index(const arma::vec& values, arma::uword k) {
  if (k == 0 || values.n_elem <= k || values.has_nan()) return arma::datum::nan;
  const arma::vec sizes = arma::sort(arma::abs(values), "descend");
  if (!(sizes[k] > 0)) return arma::datum::nan;
  double sum = 0;
  for (arma::uword i = 0; i < k; ++i) sum += std::log(sizes[i] / sizes[k]);
  return sum > 0 ? static_cast<double>(k) / sum : arma::datum::nan;
}

}  // namespace kappa
