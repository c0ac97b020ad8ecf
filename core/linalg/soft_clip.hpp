/// Soft clipping of singular values, sigma -> sigma / sqrt(1 + sigma^2/c^2), and maps that keep them below a limit.
#pragma once

#include <armadillo>

namespace kappa {

/// (I + UU'/c^2)^(-1/2) U from the thin SVD. Zero gives zero, non-finite NaN; c = 0 gives zero.
arma::mat soft_clip(const arma::mat& u, double c);

/// The same by products only: coupled Newton-Schulz steps for the inverse root, on the smaller side. Needs about
/// log_2.25(|U|^2/c^2) steps, and as many again to be exact.
arma::mat soft_clip_products(const arma::mat& u, double c, int steps);

/// u where |u| <= c, else u / sqrt(1 + |u|^2/c^2).
arma::vec soft_clip_vector(const arma::vec& u, double c);

/// sigma -> min(w, sigma) from the thin SVD.
arma::mat hard_cap(const arma::mat& w, double limit);

/// The same by four odd quintic steps, products only: an approximation.
arma::mat hard_cap_products(const arma::mat& w, double limit);

/// sigma -> sigma (1 - a sigma^2), then sigma -> sigma (1 + a sigma^2): two cubic steps.
arma::mat soft_cap(const arma::mat& w, double a);

/// The least a >= 0 for which `soft_cap` sends k = limit (1 - decay) + update to the limit, so that a matrix within it
/// stays within it after a decay and an update of that spectral norm, if k is at most 1.28 limits: past that the map
/// has its top before k. 0 where k is within the limit, 1 where it is not finite.
double soft_cap_strength(double limit, double decay, double update);

}  // namespace kappa
