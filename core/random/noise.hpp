/// Observation noise: Gaussian, heavy-tailed, contaminated, and flipped labels.
#pragma once

#include <armadillo>

#include "core/base/rng.hpp"

namespace kappa {

arma::vec gaussian_noise(const Rng& rng, arma::uword n, double sigma = 0.1);

/// Variance sigma^2 for nu > 2; at nu <= 2 it has none, and sigma is the plain scale.
arma::vec student_noise(const Rng& rng, arma::uword n, double sigma = 0.1, double nu = 3.0);
bool infinite_variance(double nu);

/// N(0, sigma^2) plus, with probability eps, N(0, (scale sigma)^2).
arma::vec outlier_noise(const Rng& rng, arma::uword n, double sigma = 0.1, double eps = 0.05, double scale = 10.0);

/// Each label changes sign with probability eps; raising eps only adds flips.
arma::vec flip_signs(const Rng& rng, arma::vec labels, double eps = 0.05);

}  // namespace kappa
