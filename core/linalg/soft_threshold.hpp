/// Soft thresholding, the proximal map of the one-norm, of numbers, matrices and singular values.
#pragma once

#include <armadillo>

namespace kappa {

/// sign(x) max(|x| - tau, 0); NaN stays NaN.
double soft(double x, double tau);
arma::mat soft(const arma::mat& x, double tau);

/// Proximal map of tau times the nuclear norm.
arma::mat soft_singular_values(const arma::mat& x, double tau);

}  // namespace kappa
