/// Inputs, formulas and random networks.
#include "core/random/mlp_data.hpp"

#include <cmath>

namespace kappa {

arma::mat network_inputs(Rng rng, InputLaw law, arma::uword inputs, arma::uword samples) {
  arma::mat x(inputs, samples);
  for (double& each : x) each = law == InputLaw::normal ? rng.normal() : rng.uniform(-1, 1);
  return x;
}

arma::rowvec formula(MlpTarget target, const arma::mat& x) {
  arma::rowvec y(x.n_cols);
  for (arma::uword i = 0; i < x.n_cols; ++i) {
    const auto at = [&](arma::uword j) { return j < x.n_rows ? x(j, i) : 0.0; };
    switch (target) {
      case MlpTarget::interaction:
        y[i] = std::sin(at(0)) + at(1) * at(2);
        break;
      case MlpTarget::double_interaction:
        y[i] = std::sin(2 * at(0)) + at(1) * at(2);
        break;
      default:
        y[i] = std::sin(3 * at(0)) * at(1) + at(2) * at(2) + 0.5 * std::abs(at(3));
    }
  }
  return y;
}

arma::vec network_start(Rng rng, const MlpShape& shape, double scale) {
  arma::vec p(shape.size(), arma::fill::zeros);
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    const double deviation = scale / std::sqrt(static_cast<double>(shape.widths[l]));
    for (arma::uword i = shape.weights_at(l); i < shape.biases_at(l); ++i) p[i] = deviation * rng.normal();
  }
  return p;
}

}  // namespace kappa
