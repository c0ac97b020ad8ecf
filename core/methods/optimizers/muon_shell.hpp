/// Muon around any map that makes a matrix nearly orthogonal: momentum, shape factor, decay, fallback.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/methods/optimizers/fallback_blocks.hpp"

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

/// `Map` says `arma::mat orthogonal(const arma::mat&) const` and which laws it keeps on a matrix.
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

  struct State {
    Blocks m;
    FallbackBlocks rest;
  };
  State init(const Blocks& x0) const {
    return {zeros_like(x0), FallbackBlocks(x0, first_layer_fallback, last_layer_fallback, fallback)};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    for (const std::size_t i : s.rest.matrices()) {
      const arma::mat x = c.x.block(i), g = c.g.block(i);
      arma::mat m = s.m.block(i), update = out.block(i);
      m = momentum * m + (1 - momentum) * g;
      const arma::mat u = nesterov ? arma::mat((1 - momentum) * g + momentum * m) : m;
      update = -learning_rate * (shape_factor(scale, c.x.shape(i)) * Map::orthogonal(u) + weight_decay * x);
    }
    s.rest.step(fallback, c, out);
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Map::matrix_laws; }
};

/// The fields of the shell, and those of its map after the momentum's.
template <class M>
Params<M> muon_fields(Params<M> of_map) {
  Params<M> fields = {{&M::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step size"},
                      {&M::momentum, "momentum", "β", below(0, 1), "memory of the mean gradient"},
                      {&M::nesterov, "nesterov", "", Flag{}, "look ahead: U = (1−β)G + βM in place of M"}};
  for (Param<M>& field : of_map) fields.push_back(std::move(field));
  const Params<M> others = {
      {&M::scale, "scale", "s", choices({"original", "moonshot", "spectral", "none"}),
       "√max(1, m/n), 0.2 √max(m, n), √(m/n) or 1 for an m × n block"},
      {&M::weight_decay, "weight_decay", "λ", from_zero(1e-6, 1), "decoupled decay: W ← W(1 − ηλ) first"},
      {&M::fallback, "fallback", "", Slot{Kind::optimizer},
       "steps vectors, scalars, biases and the layers ticked below"},
      {&M::first_layer_fallback, "first_layer_fallback", "", Flag{}, "the fallback steps the first layer"},
      {&M::last_layer_fallback, "last_layer_fallback", "", Flag{}, "the fallback steps the last layer"}};
  fields.insert(fields.end(), others.begin(), others.end());
  return fields;
}

}  // namespace kappa::optimizers
