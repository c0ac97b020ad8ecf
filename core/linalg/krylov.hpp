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

/// Largest singular value; by power iteration (200 products, 1e-9, one restart) once both sides pass 300.
double spectral_norm(const arma::mat& w, const Rng& rng);

/// The k largest singular values descending; by Lanczos when that is worth it, else dense.
arma::vec top_singular_values(const arma::mat& w, arma::uword k, const Rng& rng);

}  // namespace kappa
