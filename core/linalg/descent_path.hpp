/// Gradient descent on 1/2 |A w - y|^2 after any number of steps at once: its closed form in the SVD of A.
#pragma once

#include <armadillo>

namespace kappa {

/// Singular values below `cutoff` times the largest count as zero: along them nothing moves. NaN where the SVD fails.
class DescentPath {
 public:
  DescentPath(const arma::mat& a, const arma::vec& y, double cutoff = 1e-12);

  const arma::vec& singular_values() const { return s_; }  ///< descending, min(rows, cols) of them
  double condition_number() const;  ///< largest over smallest singular value; infinite when that counts as zero

  /// w after `steps` steps of size `step_size` from `start` (empty: zero). Infinitely many: the limit, NaN without one.
  arma::vec after(double steps, double step_size, const arma::vec& start = {}) const;
  /// The minimiser of 1/2 |A w - y|^2 + lambda/2 |w|^2; the shortest one at lambda = 0.
  arma::vec ridge(double lambda) const;

 private:
  arma::mat v_;       ///< right singular vectors
  arma::vec s_, uy_;  ///< singular values; U'y
  double zero_ = 0;   ///< at or below it a singular value is zero
};

/// (1 - x)^steps for x >= 0, without losing the digits of a small x; steps may be infinite.
double power_of_rest(double x, double steps);

}  // namespace kappa
