/// Matrix-free eigenvalues and solves: power iteration, Lanczos, conjugate gradients.
#pragma once

#include <armadillo>
#include <functional>

#include "core/base/rng.hpp"

namespace kappa {

using LinearMap = std::function<arma::vec(const arma::vec&)>;

struct PowerResult {
  double value = arma::datum::nan;  ///< eigenvalue of largest magnitude, by the Rayleigh quotient
  arma::vec vector;
  int iterations = 0;
  bool converged = false;
};

/// Symmetric `apply`; stops when the value changes by less than `tolerance` relative.
PowerResult power_iteration(const LinearMap& apply, const arma::vec& start, int most = 100, double tolerance = 1e-6);

struct LanczosResult {
  arma::vec values;    ///< Ritz values, descending
  arma::mat vectors;   ///< Ritz vectors, one column per value; empty unless asked for
  arma::vec residual;  ///< |A v - theta v| of each, as Lanczos itself knows it
  int steps = 0;
  bool exhausted = false;  ///< an invariant subspace was found: the values are exact
};

/// Symmetric `apply` on R^n; at most k steps from `start`, each re-orthogonalised twice, stops at beta < 1e-12.
LanczosResult lanczos(const LinearMap& apply, arma::uword n, arma::uword k, const arma::vec& start,
                      bool want_vectors = false);

struct SolveResult {
  arma::vec x;
  int iterations = 0;
  double residual = arma::datum::nan;  ///< |b - A x| / |b|
  bool converged = false;
};

/// Positive definite `apply`. Stops early on non-positive curvature; an empty `start` means zero.
SolveResult conjugate_gradient(const LinearMap& apply, const arma::vec& b, int most, double tolerance = 1e-10,
                               const arma::vec& start = {});

/// Largest singular value, as `top_singular_values` finds it; NaN for an empty or non-finite matrix.
double spectral_norm(const arma::mat& w, const Rng& rng);

/// The k largest singular values, descending. Where both sides pass 256 and k is at most a 48th of the shorter, by
/// Golub-Kahan-Lanczos from a start drawn from `rng`, until every residual is within 1e-10 of the largest value (which
/// bounds the error; between separated values it is of rounding size). For k > 1 a Cholesky factor then shows that none
/// was missed. All values (`singular_values`) else, where it takes too many steps, and where some values repeat.
arma::vec top_singular_values(const arma::mat& w, arma::uword k, const Rng& rng);

}  // namespace kappa
