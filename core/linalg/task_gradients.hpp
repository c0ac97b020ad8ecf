/// One direction from the gradients of several tasks, G = [g_1 ... g_K]: aligned, projected, of least norm, averse to
/// conflict.
#pragma once

#include <armadillo>
#include <cstdint>

#include "core/base/rng.hpp"

namespace kappa {

enum class AlignedScale : std::uint8_t { minimum, median, root_mean_square };

/// The matrix of G's rank and column space whose singular values are all one number: the smallest of G above
/// lambda_max K eps (as squares), the lower of their medians, or their root mean square. Zero gives zero.
arma::mat aligned_gradients(const arma::mat& g, AlignedScale scale = AlignedScale::minimum);

/// Each column loses its components against the others, met in random order: g_i -= min(0, g_i.g_j / |g_j|^2) g_j.
arma::mat projected_gradients(const arma::mat& g, Rng rng);

/// Weights on the simplex of the shortest convex combination, by at most `most` Frank-Wolfe steps with exact line
/// search from equal weights; closed form for two tasks.
arma::vec least_norm_weights(const arma::mat& g, int most = 250);

/// Weights on the simplex that minimise g_w.g_0 + c |g_0| |g_w| with g_w = G w and the mean g_0.
arma::vec conflict_averse_weights(const arma::mat& g, double c, int most = 250);

}  // namespace kappa
