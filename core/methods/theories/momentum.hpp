/// Heavy ball and Nesterov momentum on a quadratic, as two by two recursions for each eigenvalue.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/modes.hpp"

namespace kappa::theories {

struct MomentumSettings {
  double eta = 0, beta = 0, kept = 1;  ///< kept: 1 − dampening
};

/// None when a schedule moves one of them, weights decay, or dampening leaves the first step unlike all others.
inline std::optional<MomentumSettings> momentum_settings(const TheorySetup& setup) {
  const auto eta = setup.constant("learning_rate"), beta = setup.constant("momentum");
  const auto dampening = setup.constant("dampening"), decay = setup.constant("weight_decay");
  if (!eta || !beta || !dampening || !decay || *decay != 0 || (*beta == 0 && *dampening != 0)) return std::nullopt;
  return MomentumSettings{.eta = *eta, .beta = *beta, .kept = 1 - *dampening};
}

/// The velocity before the first step that makes the first step's own rule, b = g, one with the others.
inline arma::vec first_velocity(const Modes& modes, const MomentumSettings& m) {
  if (m.kept == 1) return arma::vec(modes.error.n_elem, arma::fill::zeros);
  return (1 - m.kept) / m.beta * (modes.eigenvalues % modes.error);
}

/// The exact loss, and the asymptotic rate ρ with and without the factor of a double root.
inline std::vector<TheoryCurve> momentum_curves(const TheorySetup& setup, const MomentumSettings& settings,
                                                const std::function<arma::mat22(double)>& transition) {
  std::vector<TheoryCurve> out;
  const auto modes = modes_at(setup.problem, setup.start);
  if (!modes) return out;
  const std::vector<double> steps = theory_steps(setup.horizon);
  out.push_back({.series = "loss",
                 .curve = "recursion for each eigenvalue",
                 .kind = TheoryKind::exact,
                 .x = steps,
                 .y = recursion_losses(*modes, first_velocity(*modes, settings), transition, steps)});
  const double rho = spectral_radius(*modes, transition), gap = setup.start_loss - modes->minimum;
  TheoryCurve rate{.series = "loss", .curve = "ρ²ᵗ", .kind = TheoryKind::guide, .x = steps, .y = {}};
  TheoryCurve twice{.series = "loss", .curve = "(1+t)² ρ²ᵗ", .kind = TheoryKind::guide, .x = steps, .y = {}};
  for (const double t : steps) {
    rate.y.push_back(modes->minimum + std::pow(rho, 2 * t) * gap);
    twice.y.push_back(modes->minimum + (1 + t) * (1 + t) * std::pow(rho, 2 * t) * gap);
  }
  out.push_back(std::move(rate));
  out.push_back(std::move(twice));
  for (TheoryCurve& curve : out) keep_finite(curve);
  return out;
}

}  // namespace kappa::theories
