/// Prodigy: Adam whose step is an estimate of the distance to the solution, which only grows.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct Prodigy {
  double learning_rate = 1;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double initial_distance = 1e-6;

  struct State {
    Blocks x0, m, v;
    arma::vec sum;  ///< weighted gradients, S
    double numerator = 0, distance = 0;
  };
  State init(const Blocks& x0) const {
    return {x0, zeros_like(x0), zeros_like(x0), arma::vec(x0.flat().n_elem, arma::fill::zeros), 0, initial_distance};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec& g = c.g.flat();
    const double beta3 = std::sqrt(beta2), d = s.distance, delta = d * learning_rate;
    const double weight = d / initial_distance * delta;
    s.numerator = beta3 * s.numerator + weight * arma::dot(g, s.x0.flat() - c.x.flat());
    s.m.flat() = beta1 * s.m.flat() + d * (1 - beta1) * g;
    s.v.flat() = beta2 * s.v.flat() + d * d * (1 - beta2) * arma::square(g);
    s.sum = beta3 * s.sum + weight * g;
    const double size = arma::norm(s.sum, 1);
    if (size > 0) s.distance = std::max(d, s.numerator / size);
    for (arma::uword i = 0; i < g.n_elem; ++i) {
      const double root = std::sqrt(s.v.flat()[i]) + s.distance * epsilon;
      out.flat()[i] = root > 0 ? -delta * s.m.flat()[i] / root : 0.0;
    }
    c.report("distance_estimate", s.distance);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
};

}  // namespace KAPPA_FILE

Method prodigy() {
  using KAPPA_FILE::Prodigy;
  using M = Prodigy;
  return optimizer<M>(
      {.title = "Prodigy",
       .idea = "Adam with the distance to the solution for a step size, estimated from how gradients point back.",
       .equation = "δ = d s,  r ← √β₂ r + (d/d₀) δ g·(x₀−x),  S ← √β₂ S + (d/d₀) δ g,  d ← max(d, r/‖S‖₁),  "
                   "m ← β₁m + d(1−β₁)g,  v ← β₂v + d²(1−β₂)g²,  x ← x − δ m/(√v + dε)",
       .cite = {{"Mishchenko, Defazio", 2023, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner",
                 "arXiv:2306.06101"}}},
      {{&M::learning_rate, "learning_rate", "s", from_zero(1e-3, 10), "multiplies the step; a schedule goes here"},
       {&M::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&M::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square; its root is that of the estimate"},
       {&M::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square, times d"},
       {&M::initial_distance,
        "initial_distance",
        "d₀",
        Range{.lo = 0, .hi = 1e300, .log = true, .open_lo = true, .slider_lo = 1e-8, .slider_hi = 1},
        "first estimate of the distance",
        {.fixed = true}}});
}

}  // namespace kappa::optimizers
