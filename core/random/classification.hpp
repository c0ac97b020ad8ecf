/// Classification data: logistic labels, separable clouds with a margin, overlapping Gaussians, softmax clusters.
#pragma once

#include <armadillo>
#include <cstdint>

#include "core/base/rng.hpp"
#include "core/random/designs.hpp"

namespace kappa {

/// P(y = 1 | x) = 1 / (1 + exp(-x.w)).
arma::vec logistic_labels(const Rng& rng, const arma::mat& x, const arma::vec& w);

struct Separable {
  arma::mat x;
  arma::vec y, w;  ///< w has unit norm and y (x.w) >= margin on every row
};
enum class Cloud : std::uint8_t { sphere, gaussian };

/// The cloud conditioned on |x.w| >= margin, drawn without a rejection loop that could starve. Sphere margins cap at 1.
/// The plane's direction is random, or the given unit vector.
Separable separable_classes(const Rng& rng, arma::uword n, arma::uword d, double margin, Cloud cloud = Cloud::sphere);
Separable separable_classes(const Rng& rng, arma::uword n, arma::uword d, double margin, Cloud cloud, arma::vec w);

/// Two Gaussians at +-mu with one covariance, fair labels.
Labelled overlapping_gaussians(const Rng& rng, arma::uword n, const arma::vec& mu, const arma::mat& covariance);

/// Phi(-|covariance^(-1/2) mu|).
double bayes_error(const arma::vec& mu, const arma::mat& covariance);

struct Clusters {
  arma::mat x;
  arma::uvec label;   ///< 0 .. classes-1
  arma::mat centres;  ///< classes x d
};

/// x = radius u_label + deviation z with random unit u, classes drawn uniformly.
Clusters softmax_clusters(const Rng& rng, arma::uword n, arma::uword classes = 5, arma::uword d = 40,
                          double radius = 2.5, double deviation = 0.6);

}  // namespace kappa
