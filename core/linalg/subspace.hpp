/// How much of a vector, or of another subspace, lies in the span of orthonormal columns.
#pragma once

#include <armadillo>

namespace kappa {

/// |U'g|² / |g|²; NaN for g = 0.
inline double share_in_subspace(const arma::mat& basis, const arma::vec& g) {
  const double size = arma::norm(g);
  if (!(size > 0)) return arma::datum::nan;
  const double inside = arma::norm(basis.t() * g) / size;
  return inside * inside;
}

/// |U'V|_F² / k of two orthonormal bases with k columns each: 1 for the same subspace, k/d for a random one.
inline double subspace_overlap(const arma::mat& a, const arma::mat& b) {
  if (a.n_cols == 0 || a.n_cols != b.n_cols || a.n_rows != b.n_rows) return arma::datum::nan;
  return arma::accu(arma::square(a.t() * b)) / static_cast<double>(a.n_cols);
}

}  // namespace kappa
