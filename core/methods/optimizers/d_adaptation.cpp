/// D-Adaptation of AdamW: the step is a lower bound on the distance to the solution, raised as gradients come in.
#include <cmath>

#include "core/methods/optimizers/distance_estimate.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct DAdaptation : DistanceSettings {
  using State = DistanceEstimate;
  State init(const Blocks& x0) const { return {x0, initial_distance}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const auto t = static_cast<double>(++s.t);
    const arma::vec& g = c.g.flat();
    const double q = std::sqrt(beta2);
    const double delta = s.distance * learning_rate * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
    double along = 0;  // g against the old sum, in the old metric
    for (arma::uword i = 0; i < g.n_elem; ++i) {
      const double root = std::sqrt(s.v.flat()[i]) + epsilon;
      if (root > 0) along += g[i] * s.sum[i] / root;
    }
    s.m.flat() = beta1 * s.m.flat() + (1 - beta1) * delta * g;
    s.v.flat() = beta2 * s.v.flat() + (1 - beta2) * arma::square(g);
    s.sum = q * s.sum + (1 - q) * delta * g;
    s.numerator = q * s.numerator + (1 - q) * delta * along;
    s.raise((1 - q) * arma::norm(s.sum, 1));
    s.divide(1, epsilon, out);
    c.report("distance_estimate", s.distance);
    return Step::by;
  }
};

}  // namespace KAPPA_FILE

Method d_adaptation() {
  using M = KAPPA_FILE::DAdaptation;
  return optimizer<M>(
      {.title = "D-Adaptation (AdamW)",
       .idea = "Adam with a running lower bound on the distance to the solution in place of a step size.",
       .equation = "δ = d s √(1−β₂ᵗ)/(1−β₁ᵗ),  a = g·S/(√v+ε),  m ← β₁m + (1−β₁)δg,  S ← qS + (1−q)δg,  "
                   "N ← qN + (1−q)δa,  d ← max(d, N/((1−q)‖S‖₁)),  x ← x − m/(√v+ε),  q = √β₂",
       .cite = {{"Defazio, Mishchenko", 2023, "Learning-Rate-Free Learning by D-Adaptation", "arXiv:2301.07733"}}},
      distance_fields<M>("added to the root mean square", from_zero(1e-8, 1)));
}

}  // namespace kappa::optimizers
