/// Inverses that survive bad input: roots of a semi-definite matrix, symmetric solves, pseudo-inverse Grams.
#pragma once

#include <armadillo>

namespace kappa {

/// (S + eps I)^(-1/p) for symmetric semi-definite S. With eps = 0 eigenvalues under 1e-12 of the largest are left out.
arma::mat inverse_root(const arma::mat& s, double p, double eps = 0.0);

/// S^(1/2) for symmetric semi-definite S.
arma::mat square_root(const arma::mat& s);

/// A^-1 B for symmetric A: Cholesky, or the pseudo-inverse when A is not safely positive definite.
arma::mat solve_spd(const arma::mat& a, const arma::mat& b);

/// (X'X)^+ from the SVD of X, at a relative cut-off on its singular values.
arma::mat pseudo_inverse_gram(const arma::mat& x, double cutoff = 1e-12);

/// X^+ at the same cut-off.
arma::mat pseudo_inverse(const arma::mat& x, double cutoff = 1e-12);

}  // namespace kappa
