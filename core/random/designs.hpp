/// Design matrices, one row per sample: Gaussian with a chosen covariance, mixtures, collinear blocks, a generator.
#pragma once

#include <armadillo>

#include "core/base/rng.hpp"

namespace kappa {

struct Design {
  arma::mat x;            ///< n x d
  arma::vec eigenvalues;  ///< of the covariance
  arma::mat rotation;     ///< its eigenvectors; empty means the coordinate axes

  arma::mat covariance() const;
  arma::vec image(const arma::vec& w) const;   ///< covariance w
  double quadratic(const arma::vec& w) const;  ///< w' covariance w
};

/// X = Z diag(sqrt(eigenvalues)) Q'. `exact` (read only for n >= d) makes X'X/n the covariance to rounding.
Design gaussian_design(const Rng& rng, arma::uword n, const arma::vec& eigenvalues, bool rotate = false,
                       bool exact = false);

/// How much larger than kappa an inexact isotropic design is expected to be: infinite for n <= d.
double empirical_condition_factor(arma::uword n, arma::uword d);

struct Labelled {
  arma::mat x;
  arma::vec y;  ///< +1 or -1
};

/// x = y mu + diag(deviations) z with fair labels.
Labelled two_class_mixture(const Rng& rng, arma::uword n, const arma::vec& mu, const arma::vec& deviations);

/// Columns of one block share a factor: sqrt(rho) z + sqrt(1 - rho) e, each column rescaled to norm sqrt(n).
arma::mat block_collinear(const Rng& rng, arma::uword n, arma::uword d, arma::uword block_size, double rho);

/// Rows of the same law, not rescaled: N(0, covariance), whose entries are 1, rho within a block, and 0.
arma::mat collinear_rows(const Rng& rng, arma::uword n, arma::uword d, arma::uword block_size, double rho);
arma::mat collinear_covariance(arma::uword d, arma::uword block_size, double rho);
arma::vec collinear_image(const arma::vec& w, arma::uword block_size, double rho);  ///< covariance w

/// x = tanh(1.5 A z) + 0.1 e, A d x k with N(0, 1/k) entries.
arma::mat generator_design(const Rng& rng, arma::uword n, arma::uword d, arma::uword k);
arma::mat generator_mixing(const Rng& rng, arma::uword d, arma::uword k);          ///< A
arma::mat generated_rows(const Rng& rng, arma::uword n, const arma::mat& mixing);  ///< of a given A

}  // namespace kappa
