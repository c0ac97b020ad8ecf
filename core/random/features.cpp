/// Random features: projections of their own streams, then one function entry by entry.
#include "core/random/features.hpp"

#include <cmath>
#include <numbers>

#include "core/random/matrices.hpp"

namespace kappa {

Projection random_projection(const Rng& rng, FeatureMap map, arma::uword d, arma::uword p, double bias_scale,
                             double length_scale) {
  const double scale = map == FeatureMap::fourier ? 1.0 / length_scale : 1.0 / std::sqrt(static_cast<double>(d));
  Projection out{scale * normal_matrix(rng.child("weights"), d, p), arma::vec(p, arma::fill::zeros)};
  Rng offsets = rng.child("offsets");
  if (map == FeatureMap::fourier)
    for (double& b : out.offsets) b = offsets.uniform(0.0, 2.0 * std::numbers::pi);
  else if (map == FeatureMap::relu)
    out.offsets = bias_scale * normal_vector(offsets, p);
  return out;
}

arma::mat feature_matrix(FeatureMap map, const arma::mat& x, const Projection& projection) {
  arma::mat z = x * projection.weights;
  z.each_row() += projection.offsets.t();
  const double p = static_cast<double>(z.n_cols);
  const double scale = std::sqrt((map == FeatureMap::fourier ? 2.0 : 1.0) / p);
  switch (map) {
    case FeatureMap::relu:
      z.transform([&](double v) { return v > 0.0 ? scale * v : 0.0; });
      break;
    case FeatureMap::erf:
      z.transform([&](double v) { return scale * std::erf(v); });
      break;
    case FeatureMap::fourier:
      z.transform([&](double v) { return scale * std::cos(v); });
      break;
  }
  return z;
}

}  // namespace kappa
