/// The damped Gauss–Newton direction, solved where it is small: among residuals instead of parameters.
#pragma once

#include <armadillo>

namespace kappa {

/// d = −J' (λI + QJJ')⁻¹ r, which is −(J'QJ + λI)⁻¹ J'r; an empty Q is the identity. False when there is no finite
/// solution.
bool gauss_newton_direction(const arma::mat& j, const arma::vec& r, const arma::mat& q, double damping, arma::vec& d);

}  // namespace kappa
