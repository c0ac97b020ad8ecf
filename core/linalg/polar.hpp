/// The polar factor U V' of a matrix: every non-zero singular value becomes one.
#pragma once

#include <armadillo>

namespace kappa {

/// From the thin SVD, restricted to singular values above 1e-12 of the largest. Zero gives zero, non-finite gives NaN.
arma::mat polar(const arma::mat& g);

/// The same, and |G|_* from the same SVD; NaN where the factor is.
arma::mat polar(const arma::mat& g, double& nuclear_norm);

}  // namespace kappa
