/// Bounds that a method has from the best polynomial of degree t on the interval of the spectrum.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/modes.hpp"

namespace kappa::theories {

/// 1/T_t((κ+1)/(κ−1)) = 2 rᵗ/(1 + r²ᵗ), r = (√κ−1)/(√κ+1): never overflows.
inline double chebyshev_ratio(double condition, double t) {
  const double root = std::sqrt(condition), power = std::pow((root - 1) / (root + 1), t);
  return 2 * power / (1 + power * power);
}

/// f* + factor(κ, t) (f(x₀) − f*) on the loss; κ is over the positive eigenvalues.
template <class Factor>
std::vector<TheoryCurve> loss_bound(const TheorySetup& setup, std::string name, Factor factor) {
  const Facts& facts = setup.problem.facts();
  const Curvature curvature = *curvature_of(facts);
  const double condition = curvature.largest / curvature.smallest;
  TheoryCurve bound{
      .series = "loss", .curve = std::move(name), .kind = TheoryKind::bound, .x = theory_steps(setup.horizon), .y = {}};
  for (const double t : bound.x)
    bound.y.push_back(*facts.minimum + factor(condition, t) * (setup.start_loss - *facts.minimum));
  return {std::move(bound)};
}

inline bool bounded_quadratic(const TheorySetup& setup, std::string_view id) {
  return setup.optimizer_node.id == id && exact_quadratic(setup) && setup.problem.facts().minimum;
}

}  // namespace kappa::theories
