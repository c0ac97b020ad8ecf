/// Muon around any map that makes a matrix nearly orthogonal: momentum, shape factor, decay, fallback.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/methods/optimizers/matrix_momentum.hpp"

namespace kappa::optimizers {

enum class MuonScale : std::uint8_t { original, moonshot, spectral, none };

/// What the orthogonal update of a rows x cols block is multiplied by.
inline double shape_factor(MuonScale scale, const BlockShape& shape) {
  const auto m = static_cast<double>(shape.rows), n = static_cast<double>(shape.cols);
  switch (scale) {
    case MuonScale::original:
      return std::sqrt(std::max(1.0, m / n));
    case MuonScale::moonshot:
      return 0.2 * std::sqrt(std::max(m, n));
    case MuonScale::spectral:
      return std::sqrt(m / n);
    case MuonScale::none:
      break;
  }
  return 1;
}

/// `Map` says `void orthogonal(const arma::mat& u, NewtonSchulzWork&, arma::mat& out) const` and which laws it keeps on
/// a matrix.
template <class Map>
struct MuonShell : Map {
  double learning_rate = 0.02;
  double momentum = 0.95;
  bool nesterov = true;
  MuonScale scale = MuonScale::original;
  double weight_decay = 0.0;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = false;

  using State = MatrixMomentum;
  State init(const Blocks& x0) const { return matrix_momentum(*this, x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    return step_matrices(*this, nesterov, s, c, out,
                         [&](std::size_t i, const arma::mat& u, const arma::mat& x, arma::mat& update) {
                           Map::orthogonal(u, s.products, update);
                           update = -learning_rate * (shape_factor(scale, c.x.shape(i)) * update + weight_decay * x);
                         });
  }
  Law laws() const { return Map::matrix_laws; }
};

/// The fields of the shell, and those of its map after the momentum's.
template <class M>
Params<M> muon_fields(Params<M> of_map) {
  Params<M> fields = {{&M::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step size"},
                      {&M::momentum, "momentum", "β", below(0, 1), "memory of the mean gradient"},
                      {&M::nesterov, "nesterov", "", Flag{}, "look ahead: U = (1−β)G + βM in place of M"}};
  append(fields, std::move(of_map));
  append(fields, {{&M::scale, "scale", "s", choices({"original", "moonshot", "spectral", "none"}),
                   "√max(1, m/n), 0.2 √max(m, n), √(m/n) or 1 for an m × n block"}});
  append(fields, decay_and_fallback_fields<M>());
  return fields;
}

}  // namespace kappa::optimizers
