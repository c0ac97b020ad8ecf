/// Random features of a row: ReLU, erf and Fourier maps of random projections.
#pragma once

#include <armadillo>
#include <cstdint>

#include "core/base/rng.hpp"

namespace kappa {

enum class FeatureMap : std::uint8_t { relu, erf, fourier };

/// W x + b for p features of d inputs; one feature per column, so that more features keep the first ones.
struct Projection {
  arma::mat weights;  ///< d x p
  arma::vec offsets;  ///< p
};

/// ReLU and erf: W ~ N(0, 1/d), b ~ N(0, bias_scale^2), erf without b. Fourier: W ~ N(0, 1/length_scale^2), b uniform
/// on [0, 2 pi).
Projection random_projection(const Rng& rng, FeatureMap map, arma::uword d, arma::uword p, double bias_scale = 0.0,
                             double length_scale = 1.0);

/// Of each row of x, n x p: max(Wx + b, 0)/sqrt(p), erf(Wx)/sqrt(p), sqrt(2/p) cos(Wx + b). Products of Fourier
/// features of x and x' tend to exp(-|x - x'|^2 / (2 length_scale^2)).
arma::mat feature_matrix(FeatureMap map, const arma::mat& x, const Projection& projection);

}  // namespace kappa
