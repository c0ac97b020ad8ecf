/// D-Adaptation of AdamW: the step is a lower bound on the distance to the solution, raised as gradients come in.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct DAdaptation {
  double learning_rate = 1;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double initial_distance = 1e-6;

  struct State {
    Blocks m, v;
    arma::vec sum;  ///< weighted gradients, S
    double numerator = 0, distance = 0;
    std::uint64_t t = 0;
  };
  State init(const Blocks& x0) const {
    return {zeros_like(x0), zeros_like(x0), arma::vec(x0.flat().n_elem, arma::fill::zeros), 0, initial_distance};
  }

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
    const double size = (1 - q) * arma::norm(s.sum, 1);
    if (size > 0) s.distance = std::max(s.distance, s.numerator / size);
    for (arma::uword i = 0; i < g.n_elem; ++i) {
      const double root = std::sqrt(s.v.flat()[i]) + epsilon;
      out.flat()[i] = root > 0 ? -s.m.flat()[i] / root : 0.0;
    }
    c.report("distance_estimate", s.distance);
    return Step::by;
  }
  Law laws() const { return Law::permutation | Law::sign; }
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
      {{&M::learning_rate, "learning_rate", "s", from_zero(1e-3, 10), "multiplies the step; a schedule goes here"},
       {&M::beta1, "beta1", "β₁", below(0, 1), "memory of the mean"},
       {&M::beta2, "beta2", "β₂", below(0, 1), "memory of the mean square; its root is that of the estimate"},
       {&M::epsilon, "epsilon", "ε", from_zero(1e-12, 1), "added to the root mean square"},
       {&M::initial_distance,
        "initial_distance",
        "d₀",
        from_zero(1e-8, 1),
        "first estimate of the distance",
        {.fixed = true}}});
}

}  // namespace kappa::optimizers
