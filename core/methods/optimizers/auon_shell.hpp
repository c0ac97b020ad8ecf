/// AuON's step around any map of the momentum: divided by the root mean square of the cosh of its normalised entries.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "core/methods/optimizers/matrix_momentum.hpp"

namespace kappa::optimizers {

/// √mean cosh²(γU/‖U‖): at least cosh(γ/√(mn)), which even entries have, and largest for a single entry.
inline double cosh_factor(const arma::mat& u, double gamma) {
  const double size = arma::norm(u, "fro") + 1e-7;
  double sum = 0;
  for (const double each : u) {
    const double c = std::cosh(gamma * each / size);
    sum += c * c;
  }
  return std::sqrt(sum / static_cast<double>(u.n_elem));
}

/// `Map` says `void mapped(const arma::mat& u, NewtonSchulzWork&, arma::mat& out) const` and whether it keeps the signs
/// of entries.
template <class Map>
struct AuonShell : Map {
  double learning_rate = 0.24;
  double momentum = 0.95;
  double gamma = 1.5;
  double weight_decay = 0.0;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = false;

  using State = MatrixMomentum;
  State init(const Blocks& x0) const { return matrix_momentum(*this, x0); }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    return step_matrices(*this, true, s, c, out,
                         [&](std::size_t i, const arma::mat& u, const arma::mat& x, arma::mat& update) {
                           update = -learning_rate * weight_decay * x;
                           if (arma::norm(u, "fro") == 0) return;
                           arma::mat mapped = s.spare.view(u.n_rows, u.n_cols);
                           Map::mapped(u, s.products, mapped);
                           const double r = cosh_factor(mapped, gamma);
                           update -= learning_rate / (r + 1e-8) * mapped;
                           c.report(c.x.count() > 1 ? "cosh_factor:" + c.x.shape(i).name : "cosh_factor", r);
                         });
  }
  Law laws() const { return Map::keeps_signs ? fallback.laws() & Law::sign : Law::none; }
};

/// The fields of the shell, and those of its map after the momentum's.
template <class M>
Params<M> auon_fields(Params<M> of_map) {
  Params<M> fields = {
      {&M::learning_rate, "learning_rate", "η", from_zero(1e-5, 10), "step size; scale it as for SGD"},
      {&M::momentum, "momentum", "β", below(0, 1), "memory of the mean gradient; Nesterov's look ahead is always on"},
      {&M::gamma, "gamma", "γ", range(0, 50), "size of the normalised momentum inside the cosh; 0 leaves r = 1"}};
  append(fields, std::move(of_map));
  append(fields, decay_and_fallback_fields<M>());
  return fields;
}

inline Citation auon_paper() {
  return {"Maity", 2025, "AuON: A Linear-time Alternative to Semi-Orthogonal Momentum Updates", "arXiv:2509.24320"};
}

}  // namespace kappa::optimizers
