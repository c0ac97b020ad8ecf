/// What the Jacobian J of the residuals says of training: the spectrum of JJ', its alignment with targets, its freedom.
#pragma once

#include <armadillo>

namespace kappa {

/// Eigenvalues of JJ', descending, min(rows, columns) of them: those that need not be zero. NaN where J is not finite.
arma::vec tangent_eigenvalues(const arma::mat& jacobian);
/// The largest of them, by power iteration where both sides pass 300.
double largest_tangent_eigenvalue(const arma::mat& jacobian);
/// y'JJ'y / (|y|² |JJ'|_F): 1 where y is the only direction that can be learned; NaN for y = 0 or J = 0.
double kernel_alignment(const arma::mat& jacobian, const arma::vec& targets);
/// The sum of λ/(λ + penalty) over the eigenvalues of JJ'; without a penalty its rank.
double effective_degrees_of_freedom(const arma::mat& jacobian, double penalty);

}  // namespace kappa
