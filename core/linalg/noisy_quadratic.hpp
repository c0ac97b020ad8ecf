/// The expected loss of noisy gradient descent on a quadratic, exactly, mode by mode and step by step.
#pragma once

#include <armadillo>

namespace kappa {

/// E f(x_t) - f* for t = 0 .. T when every entry of every gradient carries independent noise of that deviation; `error`
/// holds x_0 - x* along the eigenvectors.
arma::vec expected_losses(const arma::vec& eigenvalues, const arma::vec& error, double noise, const arma::vec& rates);

}  // namespace kappa
