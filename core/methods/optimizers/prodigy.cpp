/// Prodigy: Adam whose step is an estimate of the distance to the solution, which only grows.
#include <cmath>

#include "core/methods/optimizers/distance_estimate.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Prodigy : DistanceSettings {
  struct State : DistanceEstimate {
    Blocks x0;
  };
  State init(const Blocks& x0) const { return {{x0, initial_distance}, x0}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec& g = c.g.flat();
    const double beta3 = std::sqrt(beta2), d = s.distance, delta = d * learning_rate;
    const double weight = d / initial_distance * delta;
    s.numerator = beta3 * s.numerator + weight * arma::dot(g, s.x0.flat() - c.x.flat());
    s.m.flat() = beta1 * s.m.flat() + d * (1 - beta1) * g;
    s.v.flat() = beta2 * s.v.flat() + d * d * (1 - beta2) * arma::square(g);
    s.sum = beta3 * s.sum + weight * g;
    s.raise(arma::norm(s.sum, 1));
    s.divide(delta, s.distance * epsilon, out);
    c.report("distance_estimate", s.distance);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method prodigy() {
  using M = KAPPA_FILE::Prodigy;
  return optimizer<M>(
      {.title = "Prodigy",
       .idea = "Adam with the distance to the solution for a step size, estimated from how gradients point back.",
       .equation = "δ = d s,  r ← √β₂ r + (d/d₀) δ g·(x₀−x),  S ← √β₂ S + (d/d₀) δ g,  d ← max(d, r/‖S‖₁),  "
                   "m ← β₁m + d(1−β₁)g,  v ← β₂v + d²(1−β₂)g²,  x ← x − δ m/(√v + dε)",
       .cite = {{"Mishchenko, Defazio", 2023, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner",
                 "arXiv:2306.06101"}}},
      distance_fields<M>("added to the root mean square, times d",
                         Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-8, .slider_hi = 1}));
}

}  // namespace kappa::optimizers
