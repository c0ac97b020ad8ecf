/// Low-rank truths and the random linear measurements that see them.
#pragma once

#include <armadillo>

#include "core/base/rng.hpp"

namespace kappa {

/// M = U diag(s) U' with orthonormal U and s falling linearly from 1 to 1/kappa.
struct PsdTruth {
  arma::mat u;
  arma::vec s;
  arma::mat matrix() const;
};
PsdTruth psd_truth(const Rng& rng, arma::uword n, arma::uword r, double kappa);

/// y_i = <A_i, X>. Each vec(A_i) is one contiguous column of `measurements`.
class SensingOperator {
 public:
  SensingOperator() = default;
  SensingOperator(arma::uword rows, arma::uword cols, arma::mat measurements);

  arma::uword rows() const { return rows_; }
  arma::uword cols() const { return cols_; }
  arma::uword count() const { return measurements_.n_cols; }
  const arma::mat& measurements() const { return measurements_; }  ///< rows*cols x count
  arma::mat measurement(arma::uword i) const;

  arma::vec apply(const arma::mat& x) const;
  arma::mat adjoint(const arma::vec& z) const;  ///< sum of z_i A_i
  double norm() const;                          ///< largest singular value of the operator

 private:
  arma::uword rows_ = 0, cols_ = 0;
  arma::mat measurements_;
};

/// A_i = sym(G) / sqrt(m): entries of a symmetric Gaussian.
SensingOperator symmetric_sensing(const Rng& rng, arma::uword n, arma::uword m);
/// A_i = G / sqrt(m).
SensingOperator asymmetric_sensing(const Rng& rng, arma::uword rows, arma::uword cols, arma::uword m);

/// As many measurements as a symmetric n x n matrix has unknowns: nothing is left to complete.
bool fully_determined(arma::uword n, arma::uword m);

}  // namespace kappa
