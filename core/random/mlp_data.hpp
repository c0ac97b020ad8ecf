/// Data for networks to fit: random inputs, and a formula or a random teacher network on them.
#pragma once

#include <armadillo>
#include <cstdint>

#include "core/base/rng.hpp"
#include "core/linalg/mlp.hpp"

namespace kappa {

enum class MlpTarget : std::uint8_t { interaction, double_interaction, ripple, teacher };
enum class InputLaw : std::uint8_t { normal, uniform };

/// Columns are samples: N(0, 1) entries, or uniform in [-1, 1].
arma::mat network_inputs(Rng rng, InputLaw law, arma::uword inputs, arma::uword samples);

/// A formula at each column; inputs that are not there count as 0.
arma::rowvec formula(MlpTarget target, const arma::mat& x);

/// Weights N(0, scale^2/fan_in), biases 0, in the flat order of the shape.
arma::vec network_start(Rng rng, const MlpShape& shape, double scale);

}  // namespace kappa
